"""What an evaluation found out: an outcome for each question, a run for each engine. All of it is JSON."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from ask_debbie.answering.answer import Status


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Outcome(_Model):
    """One question, as one engine answered it.

    Attributes:
        turns: the visitor's turns; the last is the question that counts.
        expected: the statuses of which any is right.
        answer: the answer on the wire (``Answer.to_wire``).
        failures: why it isn't right, in words; right where empty.
        ranks: for each evidence entry, the place (from 1) of the first found passage that holds it; None where no
            passage does.
        cited: for each evidence entry, whether a citation overlaps it. Empty where nothing was answered.
        apt: for each citation, whether it overlaps any evidence entry. Empty where nothing was answered or the
            question names no evidence.
        unsupported: sentences with a number, name or date that their quotes don't have.
    """

    id: str
    category: str
    turns: tuple[str, ...]
    expected: tuple[Status, ...]
    contains: tuple[tuple[str, ...], ...] = ()
    excludes: tuple[str, ...] = ()
    evidence: tuple[tuple[str, ...], ...] = ()
    answer: dict[str, Any]
    failures: tuple[str, ...] = ()
    ranks: tuple[int | None, ...] = ()
    cited: tuple[bool, ...] = ()
    apt: tuple[bool, ...] = ()
    unsupported: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        return not self.failures


class Run(_Model):
    """One question set, asked of one engine.

    Attributes:
        name: what tells it from the other runs of a report: the engine, as its answers carry it.
        questions: the question set's name.
    """

    name: str
    questions: str
    outcomes: tuple[Outcome, ...]


class Figure(_Model):
    """A share, a median or a mean over a count of things, with its 95 % interval.

    Attributes:
        value: None where there is nothing to count.
        unit: "share" (0 to 1), "ms", "tokens", "usd" or "count".
        count: how many things it is taken over.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    count: int
    unit: Literal["share", "ms", "tokens", "usd", "count"]


class Comparison(_Model):
    """The paired difference of two runs over the questions that both answered.

    Attributes:
        questions: the question set's name.
        difference: share right of ``other`` less that of ``base``, with its 95 % interval.
        gained, lost: ids that only ``other``, or only ``base``, has right.
        p: chance of as uneven a split, were they equally good (exact McNemar test).
    """

    base: str
    other: str
    questions: str = ""
    difference: float
    low: float
    high: float
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    p: float


class Case(_Model):
    """One thing that a study looked at and that went wrong.

    Attributes:
        group: the figure of the study that it belongs to.
        why: what is wrong with the answer, in words.
    """

    group: str
    question: str
    answer: str
    why: str


class Study(_Model):
    """What was found with questions that aren't of the fixed sets: attacks, public sets.

    Attributes:
        method: how it was counted, in a sentence or two.
        cases: what went wrong, each with its why.
    """

    name: str
    run: str
    method: str
    figures: tuple[Figure, ...]
    cases: tuple[Case, ...] = ()


class Results(_Model):
    """All runs of one evaluation.

    Attributes:
        figures: by run name, question set and category ("all" for the whole).
        studies: what was found beside the fixed questions.
    """

    format: Literal[1] = 1
    date: str
    machine: str
    runs: tuple[Run, ...]
    figures: dict[str, dict[str, dict[str, tuple[Figure, ...]]]]
    comparisons: tuple[Comparison, ...] = ()
    studies: tuple[Study, ...] = ()
