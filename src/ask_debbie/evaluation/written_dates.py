"""Dates and lengths of time as texts write them, and which lengths follow from which dates.

Apart from ``corpus.dates`` on purpose: what checks the product shares no code with it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from ask_debbie.evaluation.written_numbers import WORD_NUMBER, word_value

_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?<![\w$€£.,])(?:(?P<name>{_MONTH})\.?,?(?:\s+(?:of\s+)?(?P<named>{_YEAR})(?![\w%]))?"
    rf"|(?P<month>0?[1-9]|1[0-2])/(?P<slashed>{_YEAR})(?![\w%])"
    rf"|(?P<iso>{_YEAR})-(?P<isomonth>0[1-9]|1[0-2])(?!\d)"
    rf"|(?P<year>{_YEAR})(?![\w%]|[.,]\d))"
)
_TO = re.compile(r"\s*(?:-|–|—|to|until|till|through)\s*")
_OPEN = re.compile(
    r"\s*(?:-|–|—|to|until|till|through)\s*(?:the\s+)?(?:present|now|today|date|current)\b", re.I
)
_SINCE = re.compile(r"\b(?:since|from)\s+$", re.IGNORECASE)
_NUMBER = rf"(?:\d+(?:\.\d+)?|{WORD_NUMBER})"
_LENGTH = re.compile(
    rf"\b(?:(?P<years>{_NUMBER})(?P<half>\s+and\s+a\s+half)?[\s-]+years?\b(?P<later>\s+and\s+a\s+half)?"
    rf"(?:,?\s*(?:and\s+)?(?P<rest>{_NUMBER})[\s-]+months?\b)?|(?P<months>{_NUMBER})[\s-]+months?\b)",
    re.IGNORECASE,
)
_NEARLY = re.compile(r"\b(?:almost|nearly|close to|just under)\s+$", re.IGNORECASE)

Month = tuple[int, int]
"""Year and month; month 0 is the whole year, year 0 any year."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time, in months, and how exactly it was said.

    Attributes:
        slack: months by which the true length may differ: 0 where months are named, else half the last digit.
        whole_years: said in whole years, which people round.
        upward: said to be a little less ("nearly 8 years").
    """

    text: str
    months: float
    slack: float
    whole_years: bool
    upward: bool


@dataclass(slots=True)
class Dated:
    """The dates of a text.

    Attributes:
        rest: the text with its dates blanked, so that what is left of digits are numbers.
    """

    rest: str
    months: list[Month] = field(default_factory=list)
    ranges: list[tuple[Month, Month]] = field(default_factory=list)

    def holds(self, month: Month) -> bool:
        """Whether the text has this date, written in whichever way; a year stands in any of its months."""
        year, number = month
        if year == 0:
            return any(m == number for _, m in self.months)
        return any(y == year and number in (0, m) for y, m in self.months)

    def spans(self, month: Month) -> bool:
        """Whether a range of the text goes over this date."""
        year, number = month
        first, last = year * 12 + (number or 1), year * 12 + (number or 12)
        return year > 0 and any(_first(start) <= last and first <= _last(end) for start, end in self.ranges)


def dated(text: str, today: dt.date) -> Dated:
    """Find the dates and ranges of a text; "present" is today's month."""
    found = Dated(text)
    matches = list(_DATE.finditer(text))
    months = [_month(match) for match in matches]
    found.months = list(months)
    for place, match in enumerate(matches):
        after = text[match.end() :]
        now = (today.year, today.month)
        following = matches[place + 1] if place + 1 < len(matches) else None
        if months[place][0] and (_OPEN.match(after) or _SINCE.search(text[: match.start()])):
            found.ranges.append((months[place], now))
        elif following and _TO.fullmatch(text[match.end() : following.start()]):
            end = months[place + 1]
            start = months[place] if months[place][0] else (end[0], months[place][1])
            found.ranges.append((start, end))
    for match in reversed(matches):
        found.rest = found.rest[: match.start()] + " " * len(match[0]) + found.rest[match.end() :]
    return found


def lengths(text: str) -> tuple[list[Length], str]:
    """The lengths in years or months of a text, and the text without them."""
    found = [_length(match) for match in _LENGTH.finditer(text)]
    return found, _LENGTH.sub(lambda match: " " * len(match[0]), text)


def follows(length: Length, evidence: Dated, today: dt.date, *, to_today: bool) -> bool:
    """Whether a length follows from the dates of the evidence, counted in any usual way.

    Args:
        to_today: whether it may be counted from a single date or a past range to today.
    """
    for months in set(_possible(evidence, today, to_today)):
        if abs(months - length.months) <= length.slack:
            return True
        years = {months // 12, (months + 6) // 12, *([-(-months // 12)] if length.upward else [])}
        if length.whole_years and length.months / 12 in years:
            return True
    return False


def _possible(evidence: Dated, today: dt.date, to_today: bool) -> Iterator[int]:
    """Months between any two dates, and of all ranges together; the last month counted or not."""
    points = {m for m in evidence.months if m[0]} | {m for pair in evidence.ranges for m in pair}
    if to_today:
        points.add((today.year, today.month))
    for first, second in combinations(sorted(points), 2):
        for start in {_first(first), _last(first)}:
            for end in {_first(second), _last(second)}:
                yield from (end - start, end - start + 1)
    ranges = sorted({(_first(start), _last(end)) for start, end in evidence.ranges})
    for counted in (0, 1):
        yield sum(end - start + counted for start, end in ranges)
        yield _union(ranges, counted)


def _union(ranges: Sequence[tuple[int, int]], counted: int) -> int:
    merged: list[list[int]] = []
    for start, end in ranges:
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return sum(end - start + counted for start, end in merged)


def _length(match: re.Match[str]) -> Length:
    upward = _NEARLY.search(match.string[: match.start()]) is not None
    if match["months"]:
        return Length(match[0], _value(match["months"]), 0, False, upward)
    half = match["half"] or match["later"]
    months = 12 * (_value(match["years"]) + (0.5 if half else 0))
    if match["rest"]:
        return Length(match[0], months + _value(match["rest"]), 0, False, upward)
    if half:
        return Length(match[0], months, 3, False, upward)
    exact = months % 12 != 0
    return Length(match[0], months, 0.6 if exact else 0, not exact, upward)


def _value(text: str) -> float:
    return float(text) if text[0].isdigit() else float(word_value(text))


def _month(match: re.Match[str]) -> Month:
    if match["name"]:
        return int(match["named"] or 0), 1 + _NAMES.index(match["name"][:3].lower())
    if match["month"]:
        return int(match["slashed"]), int(match["month"])
    if match["iso"]:
        return int(match["iso"]), int(match["isomonth"])
    return int(match["year"]), 0


def _first(month: Month) -> int:
    return month[0] * 12 + (month[1] or 1)


def _last(month: Month) -> int:
    return month[0] * 12 + (month[1] or 12)


def together(parts: Iterable[Dated]) -> Dated:
    """The dates of several texts."""
    whole = Dated("")
    for part in parts:
        whole.rest += f"\n{part.rest}"
        whole.months += part.months
        whole.ranges += part.ranges
    return whole
