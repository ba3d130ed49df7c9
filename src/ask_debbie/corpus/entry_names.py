"""The titles and employers of jobs, from the headings that name them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ask_debbie.corpus.dates import find_ranges
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.role_names import tell_names

_WIDE = re.compile(r"\t+|\s{3,}")


def with_names(entries: Sequence[Entry], passages: Sequence[Passage]) -> list[Entry]:
    """The entries, each job with its title and employer, told by all jobs of its document together.

    The dates of an employer whose roles have their own are no job.
    """
    whole = [found for entry in entries if (found := _with_heading_below(entry, passages))]
    jobs = [entry for entry in whole if _is_own_text(entry)]
    sections: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in jobs:
        sections[entry.passage.document, entry.kind].append(entry)
    named: dict[int, Entry] = {}
    for section in sections.values():
        shared = {h.key for h in _shared(section)}
        lines = [
            [_parts(h) for h in entry.headings if h.key not in shared] or [[entry.title]] for entry in section
        ]
        for entry, own, names in zip(section, lines, tell_names(lines), strict=True):
            employers = [h for h in entry.headings if h.key in shared]
            if names.employer and not employers:
                named[id(entry)] = replace(entry, title=names.title, organisation=names.employer)
            elif employers:
                named[id(entry)] = replace(
                    entry, title=", ".join(own[0]), organisation=plain(employers[-1].text)
                )
            elif len(own) == 1:
                named[id(entry)] = replace(entry, title=names.title or entry.title, organisation=None)
    return [named.get(id(entry), entry) for entry in whole]


def _is_own_text(entry: Entry) -> bool:
    """Whether a job stands in a document that is its file's own text; other readers have told its names."""
    return entry.kind in {"work", "volunteering"} and not entry.passage.place


def _shared(section: Sequence[Entry]) -> list[Passage]:
    """The headings that stand above several jobs: their employers."""
    over: dict[Passage, int] = defaultdict(int)
    for entry in section:
        for heading in entry.headings[:-1]:
            over[heading] += 1
    return [heading for heading, times in over.items() if times > 1]


def _with_heading_below(entry: Entry, passages: Sequence[Passage]) -> Entry | None:
    """An entry with the headings that follow its dates and name it too; None where what follows are its roles, with
    dates of their own."""
    if entry.kind != "work" or entry.passage.kind not in {"dates", "heading"} or not entry.headings:
        return entry
    last = entry.headings[-1]
    trail = (*last.breadcrumb, plain(last.text))
    document = [p for p in passages if p.document == entry.passage.document and p.start >= entry.passage.end]
    below: list[Passage] = []
    for passage in document:
        if passage.kind != "heading" or passage.breadcrumb != (*trail, *(plain(h.text) for h in below)):
            if below or len(passage.text) > 40:
                break
            continue
        below.append(passage)
    if not below:
        return entry
    inside = (*trail, *(plain(h.text) for h in below))
    dated = any(
        (
            p.kind in {"dates", "heading"}
            and find_ranges(p.text)
            and (*p.breadcrumb, plain(p.text))[: len(inside)] == inside
        )
        or (p.kind == "dates" and p.breadcrumb[: len(inside)] == inside and find_ranges(p.text))
        for p in document
    )
    if dated:
        return None
    return replace(
        entry, title=plain(below[-1].text), organisation=plain(last.text), headings=(*entry.headings, *below)
    )


def _parts(heading: Passage) -> list[str]:
    """The parts of a heading that are set apart, without dates."""
    text = heading.text
    for found in find_ranges(text):
        text = text.replace(found.text, " ")
    text = re.sub(r"\(\s*\)|\[\s*\]|<[^<>]*>|&nbsp;", " ", text)
    return [
        said for part in _WIDE.split(text) if re.search(r"\w", said := plain(part).strip(" ,;:|·•–—-*_/"))
    ]
