"""One answer against its key, by the rules of tests/evaluation/README.md."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from ask_debbie.answering.answer import Answer
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.evaluation.dataset import REGEX, Question
from ask_debbie.evaluation.results import Outcome
from ask_debbie.evaluation.unsupported import SupportChecker

Span = tuple[str, int, int]
"""A place in the corpus: document, start, end."""

_MARKER = re.compile(r"\s*\[\d+\]")


class Scorer:
    """Scores answers about one candidate.

    Args:
        today: the day that "present" means, for lengths that the answers give.
    """

    def __init__(self, corpus: Corpus, today: dt.date) -> None:
        self._corpus = corpus
        self._support = SupportChecker(corpus, today)

    def score(self, question: Question, answer: Answer, found: Sequence[Span]) -> Outcome:
        """The outcome of one question.

        Args:
            found: the passages that were found for it, best first.
        """
        places = [self._places(entry) for entry in question.evidence]
        quotes = [(c.document, c.start, c.end) for c in answer.citations]
        answered = answer.status == "answered"
        cited = tuple(_any_overlap(entry, quotes) for entry in places) if answered else ()
        apt = (
            tuple(any(_any_overlap(entry, [quote]) for entry in places) for quote in quotes)
            if answered and places
            else ()
        )
        return Outcome(
            id=question.id,
            category=question.category,
            turns=question.turns,
            expected=question.status,
            contains=question.contains,
            excludes=question.excludes,
            evidence=question.evidence,
            answer=answer.to_wire(),
            failures=tuple(_failures(question, answer, cited)),
            ranks=tuple(_rank(entry, found) for entry in places),
            cited=cited,
            apt=apt,
            unsupported=self._support.unsupported(answer, question.turns),
        )

    def _places(self, texts: Sequence[str]) -> list[Span]:
        return [
            (path, match.start(), match.end())
            for text in texts
            for path, document in self._corpus.documents.items()
            for match in re.finditer(re.escape(text), document.text)
        ]


def is_found(wording: str, text: str) -> bool:
    """Whether a wording of a key, plain or ``re:``, is in an answer's folded text."""
    if wording.startswith(REGEX):
        return re.search(wording.removeprefix(REGEX), text, re.IGNORECASE) is not None
    return " ".join(wording.split()).casefold() in text.casefold()


def folded(text: str) -> str:
    """An answer's text without its markers, each run of blanks one space."""
    return " ".join(_MARKER.sub("", text).split())


def _failures(question: Question, answer: Answer, cited: Sequence[bool]) -> list[str]:
    text = folded(answer.text)
    failures = []
    if answer.status not in question.status:
        failures.append(f"It is {answer.status}, and should be {' or '.join(question.status)}.")
    for entry in question.contains:
        if not any(is_found(wording, text) for wording in entry):
            failures.append(f"It doesn't say {' or '.join(entry)}.")
    for wording in question.excludes:
        if is_found(wording, text):
            failures.append(f"It must not say {wording}.")
    for entry, is_cited in zip(question.evidence, cited, strict=False):
        if not is_cited:
            failures.append(f"It doesn't cite “{'” or “'.join(entry)}”.")
    return failures


def _rank(entry: Sequence[Span], found: Sequence[Span]) -> int | None:
    return next((rank for rank, passage in enumerate(found, 1) if _any_overlap(entry, [passage])), None)


def _any_overlap(first: Sequence[Span], second: Sequence[Span]) -> bool:
    return any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a in first for b in second)
