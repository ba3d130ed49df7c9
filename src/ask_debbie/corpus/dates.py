"""Dates as resumes write them, and arithmetic with them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?\s*(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?"
    r"(?P<{0}year1>(?:19|20)\d\d)"
)
_DATE = (
    rf"(?:{_MONTH}"
    r"|(?P<{0}one>0?[1-9]|[12]\d|3[01])(?P<{0}mark>[/.])(?P<{0}two>0?[1-9]|[12]\d|3[01])[/.](?P<{0}year5>(?:19|20)\d\d)"
    r"|(?P<{0}month2>0?[1-9]|1[0-2])[/.](?P<{0}year2>(?:19|20)\d\d)"
    r"|(?P<{0}year3>(?:19|20)\d\d)[-/.](?P<{0}month3>0[1-9]|1[0-2])(?:-\d\d)?(?!\d)"
    r"|(?:(?:spring|summer|fall|autumn|winter)\s+)?(?P<{0}year4>(?:19|20)\d\d))"
)
_PRESENT = (
    r"(?P<present>present|now|current(?:ly)?|today|ongoing|date|actualidad|heute|aujourd'hui|oggi|presente)"
)
_TO = r"\s*(?:-{1,3}|–|—|−|\bto\b|\buntil\b|\btill\b|\bthrough\b)\s*"
_RANGE = re.compile(
    rf"(?<![\d/.,$€£-]){_DATE.format('s')}{_TO}(?:{_PRESENT}|{_DATE.format('e')})(?![\d/]|\.\d)",
    re.IGNORECASE,
)
_SAME_YEAR = re.compile(
    rf"\b(?P<from>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    rf"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?{_TO}{_DATE.format('e')}(?![\d/]|\.\d)",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"\b(?:since|from)\s+{_DATE.format('s')}(?![\d/])", re.IGNORECASE)
_OPEN = re.compile(rf"(?<![\d/.,$-]){_DATE.format('s')}\s*[-–—]\s*$", re.IGNORECASE)
_POINT = re.compile(rf"(?<![\d/.,$€£-]){_DATE.format('s')}(?![\d/+%]|[.,]\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class YearMonth:
    """A month, or a whole year where ``month`` is 0."""

    year: int
    month: int = 0

    @classmethod
    def of(cls, day: dt.date) -> YearMonth:
        return cls(day.year, day.month)

    @property
    def first(self) -> int:
        """Months since year 0 at its beginning."""
        return self.year * 12 + max(self.month, 1) - 1

    @property
    def last(self) -> int:
        """Months since year 0 at its last month."""
        return self.year * 12 + (self.month or 12) - 1


@dataclass(frozen=True, slots=True)
class DateRange:
    """A range or a single date, and where it stands in the text that it was found in.

    Attributes:
        end: None where the text says that it goes on ("present").
        single: one date, not a range; then ``start == end``.
    """

    start: YearMonth
    end: YearMonth | None
    span: tuple[int, int]
    text: str
    single: bool = False

    @property
    def written(self) -> tuple[str, str]:
        """Its two ends as its document writes them; the same twice where it writes one."""
        halves = re.split(
            r"\s*(?:–|—|−|\bto\b|\buntil\b|\bthrough\b|(?<=[\d\w])\s*-{1,3}\s*(?=[\d\w]))\s*",
            self.text,
            maxsplit=1,
            flags=re.IGNORECASE,
        )
        if self.single or len(halves) < 2:
            bare = re.sub(r"^(?:since|from)\s+", "", self.text, flags=re.IGNORECASE)
            return bare, bare
        return halves[0], halves[1]

    def until(self, today: dt.date) -> YearMonth:
        """Its end; today's month where it goes on."""
        return self.end or YearMonth.of(today)

    def months(self, today: dt.date) -> int:
        """Length in months, as the difference of the two months: 7/2019-9/2021 is 26. Years alone count as
        whole years: 2012-2016 is 48."""
        end = self.until(today)
        if not (self.start.month and end.month):
            return (end.year - self.start.year) * 12
        return max(0, end.first - self.start.first)

    def covers(self, moment: YearMonth, today: dt.date) -> bool:
        """Whether any of ``moment`` (a month or a year) lies in the range."""
        return self.start.first <= moment.last and moment.first <= self.until(today).last


def find_ranges(text: str) -> list[DateRange]:
    """The date ranges in a text, in order."""
    found = []
    for match in _RANGE.finditer(text):
        start = _read(match, "s")
        end = None if match["present"] else _read(match, "e")
        if end is None or start.first <= end.last:
            found.append(DateRange(start, end, match.span(), match[0]))
    for match in _SAME_YEAR.finditer(text):
        end = _read(match, "e")
        if end.month and not any(start <= match.start() < stop for start, stop in (f.span for f in found)):
            start = YearMonth(end.year, _MONTHS.index(match["from"][:3].lower()) + 1)
            if start.first <= end.last:
                found.append(DateRange(start, end, match.span(), match[0]))
    if not found:
        for pattern in (_SINCE, _OPEN):
            found.extend(DateRange(_read(m, "s"), None, m.span(), m[0]) for m in pattern.finditer(text))
    return found


def find_reversed(text: str) -> list[DateRange]:
    """The ranges in a text whose end comes before their beginning; no other function gives these."""
    found = []
    for match in _RANGE.finditer(text):
        if not match["present"] and _read(match, "e").last < _read(match, "s").first:
            found.append(DateRange(_read(match, "s"), _read(match, "e"), match.span(), match[0]))
    return found


def find_dates(text: str) -> list[DateRange]:
    """The single dates in a text that are in no range, in order."""
    taken = [found.span for found in find_ranges(text)]
    return [
        DateRange(date, date, match.span(), match[0], single=True)
        for match in _POINT.finditer(text)
        for date in [_read(match, "s")]
        if not any(start <= match.start() < end for start, end in taken)
    ]


def in_words(months: int, *, whole_years: bool = False) -> str:
    """``26`` → ``2 years 2 months``; ``whole_years`` where only years are known."""
    years, rest = divmod(months, 12)
    parts = [f"{years} year{'s' * (years != 1)}"] if years else []
    if rest and not whole_years:
        parts.append(f"{rest} month{'s' * (rest != 1)}")
    return " ".join(parts) or ("less than a year" if whole_years else "less than a month")


def _read(match: re.Match[str], side: str) -> YearMonth:
    if year := match[f"{side}year5"]:
        month = {True: match[f"{side}two"], False: match[f"{side}one"], None: "0"}[_day_first(match)]
        return YearMonth(int(year), int(month) if int(month) <= 12 else 0)
    if name := match[f"{side}name"]:
        return YearMonth(int(match[f"{side}year1"]), _MONTHS.index(name[:3].lower()) + 1)
    if month := match[f"{side}month2"]:
        return YearMonth(int(match[f"{side}year2"]), int(month))
    if month := match[f"{side}month3"]:
        return YearMonth(int(match[f"{side}year3"]), int(month))
    return YearMonth(int(match[f"{side}year4"]))


def _day_first(match: re.Match[str]) -> bool | None:
    """Whether the dates of a match are written day/month/year, by what either side shows: a number that is no month,
    dots, or the first of a month, which is when jobs begin; None where nothing tells it from month/day/year."""
    groups = match.groupdict()
    firsts: list[bool] = []
    for side in ("s", "e"):
        if not groups.get(f"{side}year5"):
            continue
        one, two = int(match[f"{side}one"]), int(match[f"{side}two"])
        if one > 12 or match[f"{side}mark"] == ".":
            return True
        if two > 12:
            return False
        if one == two:
            return True
        if 1 in (one, two):
            firsts.append(one == 1)
    return firsts[0] if firsts and all(first == firsts[0] for first in firsts) else None
