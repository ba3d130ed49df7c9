"""Two documents that say different things of one role or one fact."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ask_debbie.answering.agreement import disagreeing_entries, disagreeing_facts
from ask_debbie.checking.finding import Finding, at, place_of, shortened
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import in_words
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.timeline import months_together

_YEARS = re.compile(
    r"\b(\d{1,2})\+? years?['’]?\s(?:of\s)?(?:(?:professional|work|working|industry|relevant|hands-on)\s)?experience\b",
    re.IGNORECASE,
)
_ROUNDED = 12  # months by which people round their years up


def find_dates_that_disagree(corpus: Corpus) -> Iterator[Finding]:
    """One role, with other dates in another document."""
    for other, entry in disagreeing_entries(corpus.timeline):
        elsewhere = other.passage.document
        _, where = place_of(corpus.documents[elsewhere], other.passage.start)
        yield at(
            corpus.documents[entry.passage.document],
            entry.passage.start + entry.dates.span[0],
            "warning",
            "documents-disagree",
            f"{shortened(entry.title, 50)}: {plain(entry.dates.text)} here, {plain(other.dates.text)} in "
            f"{elsewhere}, {where}.",
            "Make both say the same.",
        )


def find_numbers_that_disagree(corpus: Corpus) -> Iterator[Finding]:
    """One sentence in two documents, with other numbers."""
    for one, other in disagreeing_facts(corpus.passages):
        yield _differing(corpus, other, one)


def find_years_that_disagree(corpus: Corpus, today: dt.date) -> Iterator[Finding]:
    """More years of experience than the jobs with dates come to."""
    months = months_together(corpus.timeline.of_kind("work"), today)
    for passage in corpus.passages if months else ():
        claim = _YEARS.search(passage.text) if passage.kind == "sentence" else None
        if claim and int(claim[1]) * 12 > months + _ROUNDED:
            yield at(
                corpus.documents[passage.document],
                passage.start + claim.start(),
                "remark",
                "years-disagree",
                f'"{" ".join(claim[0].split())}", and the jobs with dates come to {in_words(months)}.',
                "Add the jobs that are missing, or correct the number.",
            )


def _differing(corpus: Corpus, passage: Passage, other: Passage) -> Finding:
    _, where = place_of(corpus.documents[other.document], other.start)
    return at(
        corpus.documents[passage.document],
        passage.start,
        "warning",
        "documents-disagree",
        f'"{shortened(plain(passage.text))}" has other numbers in {other.document}, {where}.',
        "Make both say the same.",
    )
