"""What has one date and is no job: certificates, awards, publications, talks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ask_debbie.corpus.dates import DateRange, find_dates, find_ranges
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.timeline import kind_of

_LINE = 220  # characters of a line that names one thing and its date
_ENDS = re.compile(r"\b(?:until|till|through|to|expir\w+|valid|renew\w*|by)\W*$", re.IGNORECASE)


def read_milestones(passages: Sequence[Passage], entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The lines that name one thing and its date, or stand beside the line that has it; the latest first."""
    taken = {entry.passage.key for entry in entries if not entry.dates.single}
    found = [entry for p in passages if p.key not in taken and (entry := _dated_line(p))]
    found += [entry for section in _sections(passages) for entry in _pairs(section)]
    return tuple(sorted(found, key=lambda e: e.dates.start.first, reverse=True))


def _dated_line(passage: Passage) -> Entry | None:
    if passage.kind not in {"sentence", "field"} or len(passage.text) > _LINE or not _lists(passage):
        return None
    dates = [d for d in find_dates(passage.text) if not _ENDS.search(passage.text[: d.span[0]])]
    if find_ranges(passage.text) or len(dates) != 1:
        return None
    return Entry("other", plain(passage.text).rstrip(" ."), None, dates[0], passage, ())


def _lists(passage: Passage) -> bool:
    """Whether a passage stands right under a section that lists things, and tells of no job or project."""
    return len(passage.breadcrumb) in {1, 2} and kind_of(passage.document, passage.breadcrumb) in {
        "education",
        "volunteering",
        "other",
    }


def _sections(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """The lines right under each heading of a section that has lines of dates alone."""
    sections: dict[tuple[str, tuple[str, ...]], list[Passage]] = {}
    for passage in passages:
        if (
            passage.kind in {"sentence", "field", "dates"}
            and len(passage.breadcrumb) == 1
            and _lists(passage)
        ):
            sections.setdefault((passage.document, passage.breadcrumb), []).append(passage)
    return (lines for lines in sections.values() if any(p.kind == "dates" for p in lines))


def _pairs(lines: Sequence[Passage]) -> Iterator[Entry]:
    """Each line of dates with the line that it belongs to: the one above, or below where the section begins with dates."""
    step = 1 if lines[0].kind == "dates" else -1
    for place, passage in enumerate(lines):
        other = lines[place + step] if 0 <= place + step < len(lines) else None
        dates = _dates(passage) if passage.kind == "dates" else None
        if dates and other and other.kind != "dates" and len(other.text) <= _LINE:
            yield Entry("other", plain(other.text).rstrip(" ."), None, dates, passage, (other,))


def _dates(passage: Passage) -> DateRange | None:
    return next(iter(find_ranges(passage.text) or find_dates(passage.text)), None)
