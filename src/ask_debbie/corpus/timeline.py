"""Dates read once: each role, project and degree with its start, end and length."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ask_debbie.corpus.dates import DateRange, YearMonth, find_dates, find_ranges
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.entry import Entry, EntryKind
from ask_debbie.corpus.entry_names import with_names
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.readers.plain import SECTION_WORDS
from ask_debbie.corpus.references import read_reference
from ask_debbie.corpus.role_words import ROLES
from ask_debbie.corpus.towns import is_surely_place

_KINDS: tuple[tuple[EntryKind, str], ...] = (
    ("volunteering", r"volunt|community|pro bono"),
    ("project", r"project|portfolio"),
    ("education", r"educat|studies|academic (?:background|history)|degrees|university|college|formation"),
    ("work", r"experience|employment|work|career|positions?|appointments|internships?|professional"),
)
_WITHIN = re.compile(r"\w\s+(?:from|between|in|during|since|until|for|over|by|through|of)$")
_DIVIDERS = "·|•,;–—"
_SHORT = 120  # characters of a line that lists one thing with its dates


@dataclass(frozen=True, slots=True)
class Timeline:
    """All entries, latest start first.

    Attributes:
        milestones: what has one date and is no job, project or degree, the latest first.
    """

    entries: tuple[Entry, ...]
    milestones: tuple[Entry, ...] = ()

    def of_kind(self, *kinds: EntryKind) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.kind in kinds)

    def during(self, moment: YearMonth, today: dt.date) -> tuple[Entry, ...]:
        """What covers any of a month or a year."""
        return tuple(entry for entry in self.entries if entry.dates.covers(moment, today))


def months_together(entries: Iterable[Entry], today: dt.date) -> int:
    """Length in months of the time that any of the entries covers: overlaps count once, gaps don't count; from May to
    June there is none."""
    ranges = [(entry.dates.start, entry.dates.until(today)) for entry in entries]
    monthly = all(start.month and end.month for start, end in ranges)
    if monthly:
        spans = sorted((start.first, end.first) for start, end in ranges)
    else:
        spans = sorted((start.year * 12, end.year * 12) for start, end in ranges)
    total, reached = 0, -1
    for start, end in spans:
        joined = monthly and reached >= 0 and start == reached + 1
        total += max(0, end - (reached if joined else max(start, reached)))
        reached = max(reached, end)
    return total


def read_timeline(passages: Sequence[Passage]) -> Timeline:
    """The entries of all documents' passages, each document's in its order."""
    found = [entry for passage in passages for entry in _entries(passage, passages)]
    dated = {e.headings[-1].key for e in found if e.headings and e.passage.kind in {"dates", "heading"}}
    # "on the surge unit from April to December 2020" under a job's own dates is a step inside it
    inside = [e for e in found if _is_step(e) and e.headings and e.headings[-1].key in dated]
    entries = with_names([entry for entry in found if entry not in inside], passages)
    return Timeline(
        tuple(sorted(entries, key=lambda e: (e.dates.start.first, e.dates.end is None), reverse=True))
    )


def _is_step(entry: Entry) -> bool:
    return entry.kind in {"work", "volunteering"} and entry.passage.kind in {"sentence", "field"}


def _is_bare_section(trail: Sequence[str]) -> bool:
    """Whether a breadcrumb is a section's heading alone: dates right under it are of a line nearby, not of it."""
    return len(trail) == 1 and SECTION_WORDS.fullmatch(trail[0]) is not None


def _entries(passage: Passage, passages: Sequence[Passage]) -> Iterator[Entry]:
    ranges = find_ranges(passage.text)
    dates = ranges or find_dates(passage.text)
    if not dates:
        return
    if passage.kind == "heading":
        if ranges:
            yield _entry(passage, ranges[0], (*passage.breadcrumb, plain(passage.text)), passages)
    elif passage.kind == "dates" and _is_stray_graduation(passage):
        schools = _schools(passage.document, passages)
        if len(schools) == 1:
            yield Entry("education", plain(schools[0].text), None, dates[0], passage, schools)
    elif passage.kind == "dates" and passage.breadcrumb and not _is_bare_section(passage.breadcrumb):
        yield _entry(passage, dates[0], passage.breadcrumb, passages)
    elif passage.kind in {"sentence", "field"} and not read_reference(plain(passage.text)):
        kind = kind_of(passage.document, passage.breadcrumb)
        early = dates[0].span[1] < _SHORT
        listed = kind in {"education", "volunteering"} or (
            len(passage.text) < _SHORT and _stands_apart(passage.text, dates[0])
        )
        if early and ((ranges and listed) or kind == "education"):
            # what follows the dates describes; what stands before them names
            title = _without(passage.text[: dates[0].span[1]], dates[0]) or _without(passage.text, dates[0])
            headings = _headings(passage, passage.breadcrumb, passages)
            if kind == "work" and is_surely_place(re.split(r"[;(]", title.strip("*_ "))[0].strip()):
                return  # "Leeds, UK; remote from March 2020" under a job's own dates
            if kind == "project" and len(passage.breadcrumb) == 1 and headings:
                title = plain(headings[-1].text)  # a line of facts under a project's own title
            organisation = headings[-1].text if headings else None
            yield Entry(kind, title, organisation and plain(organisation), dates[0], passage, headings)


def _is_stray_graduation(passage: Passage) -> bool:
    """Whether a date is that of a degree, and stands elsewhere: where columns were read as one text."""
    graduated = re.match(r"\W*graduat(?:ed|ion)\b", passage.text, re.IGNORECASE)
    return graduated is not None and kind_of(passage.document, passage.breadcrumb) != "education"


def _schools(document: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    return tuple(
        p
        for p in passages
        if p.document == document
        and p.kind == "heading"
        and len(p.breadcrumb) == 1
        and kind_of(document, p.breadcrumb) == "education"
    )


def _entry(passage: Passage, dates: DateRange, trail: tuple[str, ...], passages: Sequence[Passage]) -> Entry:
    headings = _headings(passage, trail, passages)
    title = _without(trail[-1], find_ranges(trail[-1])[0]) if find_ranges(trail[-1]) else trail[-1]
    above = [plain(h.text) for h in headings if plain(h.text) != trail[-1]]
    kind = kind_of(passage.document, trail)
    organisation = above[-1] if above else None
    if kind == "work" and organisation is None:
        title, organisation = _role_and_employer(title)
    return Entry(kind, title, organisation, dates, passage, headings)


def _role_and_employer(title: str) -> tuple[str, str | None]:
    """Both halves of "Acme, Bonn — Site Manager", in whatever order; the title alone where it isn't clear."""
    halves = re.split(r"\s+[—–|@·-]\s+|\s+\bat\b\s+", title, maxsplit=1)
    if len(halves) != 2:
        return title, None
    roles = [ROLES.search(half) is not None for half in halves]
    if roles == [True, False]:
        return halves[0], halves[1]
    return (halves[1], halves[0]) if roles == [False, True] else (title, None)


def _headings(passage: Passage, trail: tuple[str, ...], passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The nearest headings before the passage that carry the trail's names, without a section's own."""
    found: list[Passage] = []
    after = next((p for p in passages if p.document == passage.document and p.start >= passage.end), None)
    if after is not None and after.kind == "heading" and (*after.breadcrumb, plain(after.text)) == trail:
        found.append(after)  # dates that stand before what they are of
        trail = trail[:-1]
    for depth in range(len(trail), 0, -1):
        for other in passages:
            if other.document != passage.document or other.kind != "heading" or other.start > passage.start:
                continue
            if (*other.breadcrumb, plain(other.text)) == trail[:depth]:
                latest = other
                if not (found and found[-1] == latest):
                    found = [f for f in found if f.breadcrumb != latest.breadcrumb] + [latest]
    sections = [depth for depth, title in enumerate(trail) if _is_section(title)]
    inside = sections[0] + 1 if sections and len(trail) > sections[0] + 1 else 0
    named = [
        h
        for h in found
        if len(h.breadcrumb) >= inside and (inside or h.breadcrumb or not _is_section(plain(h.text)))
    ]
    return tuple(sorted(named, key=lambda h: h.start))


def _is_section(title: str) -> bool:
    return any(re.search(pattern, title, re.IGNORECASE) for _, pattern in _KINDS) and len(title.split()) <= 5


def kind_of(document: str, trail: tuple[str, ...]) -> EntryKind:
    """What stands under these headings of a document."""
    for title in trail:
        for kind, pattern in _KINDS:
            if _is_section(title) and re.search(pattern, title, re.IGNORECASE):
                return kind
    return "project" if "project" in document.lower() else "other"


def _without(text: str, dates: DateRange) -> str:
    bare = text[: dates.span[0]] + text[dates.span[1] :] if text[slice(*dates.span)] == dates.text else text
    line = re.sub(r"\(\s*\)|\[\s*\]", "", plain(bare)).strip(" \t,;:|·•–—-")
    if line.count("(") > line.count(")"):  # the dates' own
        line = line.rstrip(" ,;(").removeprefix("(")
    return line if line.count(")") <= line.count("(") else line.strip(" )")


def _stands_apart(text: str, dates: DateRange) -> bool:
    before, after = text[: dates.span[0]].rstrip(" (*_["), text[dates.span[1] :].lstrip(" .)*_]")
    if _WITHIN.search(before):
        return False  # "Joined the surge unit from April to June 2020"
    return not before or not after or (before[-1] in _DIVIDERS and after[0] in _DIVIDERS)
