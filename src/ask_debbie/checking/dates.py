"""Dates that can't be, and roles that have none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ask_debbie.checking.finding import Finding, at, shortened
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import YearMonth, find_dates, find_ranges, find_reversed
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.timeline import kind_of

_NO_MONTH = re.compile(r"(?<![\d/.-])(?P<month>1[3-9]|[2-9]\d)/(?:19|20)\d\d(?!\d)")
_LONG = 120  # characters of a line that says more than what and when
_WRITE = "Write them as 3/2018-6/2022, or 3/2018-present, on the line under the role."


def find_dates_that_cannot_be(corpus: Corpus, today: dt.date) -> Iterator[Finding]:
    """Ranges that end before they begin, months beyond twelve, and what begins after today."""
    for passage in corpus.passages:
        if len(passage.text) >= _LONG or passage.kind == "item":
            continue
        document = corpus.documents[passage.document]
        for found in find_reversed(passage.text):
            yield at(
                document,
                passage.start + found.span[0],
                "error",
                "dates-reversed",
                f"{plain(found.text)} ends before it begins.",
                "Write the beginning first; until then no duration is computed from it.",
            )
        for match in _NO_MONTH.finditer(passage.text):
            yield at(
                document,
                passage.start + match.start(),
                "error",
                "dates-month",
                f"{match[0]} has a month {match['month']}.",
                "Write month/year, such as 3/2018.",
            )
    yield from _future(corpus, YearMonth.of(today))


def _future(corpus: Corpus, now: YearMonth) -> Iterator[Finding]:
    for entry in corpus.timeline.entries:
        document = corpus.documents[entry.passage.document]
        start = entry.passage.start + entry.dates.span[0]
        if entry.dates.start.first > now.last and not entry.dates.single:
            yield at(
                document,
                start,
                "warning",
                "dates-future",
                f"{shortened(entry.title, 40)} begins in the future: {plain(entry.dates.text)}.",
                "If that is a slip, correct the year; if not, say in the role's first line that it is to come.",
            )
        elif entry.kind == "work" and entry.dates.end and entry.dates.end.first > now.last:
            yield at(
                document,
                start,
                "remark",
                "dates-future",
                f"{shortened(entry.title, 40)} ends in the future: {plain(entry.dates.text)}.",
                "If you don't mean a fixed end, write -present.",
            )


def find_roles_without_dates(corpus: Corpus) -> Iterator[Finding]:
    """Roles under a work section that no dates could be read for."""
    for document in corpus.documents.values():
        headings = [p for p in corpus.passages if p.document == document.path and p.kind == "heading"]
        for heading, after in zip_longest(headings, headings[1:]):
            trail = (*heading.breadcrumb, plain(heading.text))
            is_leaf = after is None or after.breadcrumb[: len(trail)] != trail
            if not heading.breadcrumb or kind_of(document.path, heading.breadcrumb) != "work" or not is_leaf:
                continue
            own = [
                p
                for p in corpus.passages
                if p.document == document.path
                and heading.start <= p.start < (after.start if after else len(document.text))
            ]
            if _dated(own, trail, corpus.timeline.entries, document.path):
                continue
            yield at(
                document,
                heading.start,
                "warning",
                "role-without-dates",
                f"{shortened(plain(heading.text), 50)} has no dates: how long it was can't be answered.",
                _WRITE,
            )


def find_no_jobs(corpus: Corpus) -> Iterator[Finding]:
    """That no document has a job with dates, as where a section's title isn't known."""
    if not corpus.timeline.of_kind("work"):
        yield Finding(
            "remark",
            "no-jobs",
            "No job with dates was found in any document: when and how long can't be answered.",
            "If there are jobs, put them under a heading such as Experience, each with its dates.",
        )


def _dated(own: Sequence[Passage], trail: tuple[str, ...], entries: Sequence[Entry], document: str) -> bool:
    """Whether a role's own lines, or a heading above it, say when; dates that can't be are told elsewhere."""
    if any(
        find_ranges(p.text) or find_reversed(p.text) or _NO_MONTH.search(p.text)
        for p in own
        if len(p.text) < _LONG and p.kind != "item"
    ):
        return True
    if any(p.kind == "dates" and find_dates(p.text) for p in own):
        return True
    return any(
        entry.passage.document == document
        and (
            (entry.passage.kind == "dates" and _leads_to(entry.passage.breadcrumb, trail))
            or (
                entry.passage.kind == "heading"
                and _leads_to((*entry.passage.breadcrumb, plain(entry.passage.text)), trail)
            )
        )
        for entry in entries
    )


def _leads_to(above: tuple[str, ...], trail: tuple[str, ...]) -> bool:
    return trail[: len(above)] == above
