"""What the outcomes of a run add up to, for the whole and for each category.

``correct``                right, of all questions
``wrongly_unanswered``     not answered, of those whose only right status is answered
``abstention_precision``   rightly not answered, of those not answered whose key allows one of the two only
``abstention_recall``      abstained or declined, of those whose key has no "answered"
``declined``               declined, of those whose only right status is declined
``evidence_at_1`` to ``8`` of the questions with evidence whose only right status is answered, those all of whose
                           evidence is in the first so many passages found
``evidence_mrr``           over the same questions, the mean of 1 / the rank of the first passage found that holds
                           any of the evidence; 0 where none does
``citation_recall``        evidence entries that are cited, over the answered questions with evidence
``citation_precision``     citations that overlap any of the evidence, over the same
``unsupported``            sentences that say more than their quotes, over all answers
``first_token``, ``first_text``, ``whole``   median milliseconds, where there is such a moment
``prompt_tokens``, ``completion_tokens``     mean of the answers that a chat model was asked for
``cost``                   mean dollars of the answers whose prices are known

Shares have Wilson's interval, the rest a percentile bootstrap over the questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from ask_debbie.evaluation.intervals import bootstrap
from ask_debbie.evaluation.results import Figure, Outcome, Run
from ask_debbie.evaluation.studies import share

DEPTHS = (1, 3, 5, 8)
ALL = "all"
LESS_IS_BETTER = frozenset(
    "wrongly_unanswered unsupported first_token first_text whole prompt_tokens completion_tokens cost".split()
)
_TIMES = {"first_token": "first_token_ms", "first_text": "first_text_ms", "whole": "total_ms"}


def figures_by_category(run: Run) -> dict[str, tuple[Figure, ...]]:
    """All figures of a run: of the whole as "all", then of each category in the questions' order."""
    categories = dict.fromkeys(outcome.category for outcome in run.outcomes)
    return {
        ALL: figures(run.outcomes),
        **{c: figures([o for o in run.outcomes if o.category == c]) for c in categories},
    }


def figures(outcomes: Sequence[Outcome]) -> tuple[Figure, ...]:
    """All figures of some outcomes, always in the same order."""
    return (*_correctness(outcomes), *_evidence(outcomes), *_effort(outcomes))


def figure(found: Iterable[Figure], name: str) -> Figure:
    """The figure of a name."""
    return next(figure for figure in found if figure.name == name)


def _correctness(outcomes: Sequence[Outcome]) -> Iterator[Figure]:
    answerable = [o for o in outcomes if set(o.expected) == {"answered"}]
    unanswerable = [o for o in outcomes if "answered" not in o.expected]
    to_decline = [o for o in outcomes if set(o.expected) == {"declined"}]
    silent = [o for o in [*answerable, *unanswerable] if o.answer["status"] in ("abstained", "declined")]
    yield share("correct", [o.right for o in outcomes])
    yield share("wrongly_unanswered", [o.answer["status"] != "answered" for o in answerable])
    yield share("abstention_precision", ["answered" not in o.expected for o in silent])
    yield share("abstention_recall", [o.answer["status"] in ("abstained", "declined") for o in unanswerable])
    yield share("declined", [o.answer["status"] == "declined" for o in to_decline])


def _evidence(outcomes: Sequence[Outcome]) -> Iterator[Figure]:
    sought = [o for o in outcomes if o.evidence and set(o.expected) == {"answered"}]
    for depth in DEPTHS:
        yield share(
            f"evidence_at_{depth}",
            [all(rank is not None and rank <= depth for rank in o.ranks) for o in sought],
        )
    yield _sampled(
        "evidence_mrr",
        [1 / min(ranks) if (ranks := [r for r in o.ranks if r]) else 0.0 for o in sought],
        "share",
        np.mean,
    )
    yield share("citation_recall", [cited for o in outcomes for cited in o.cited])
    yield share("citation_precision", [apt for o in outcomes for apt in o.apt])
    yield _sampled("unsupported", [len(o.unsupported) for o in outcomes], "count", np.sum)


def _effort(outcomes: Sequence[Outcome]) -> Iterator[Figure]:
    for name, key in _TIMES.items():
        times = [o.answer["timings"][key] for o in outcomes if o.answer["timings"][key] is not None]
        yield _sampled(name, times, "ms", np.median)
    written = [o.answer["usage"] for o in outcomes if o.answer["usage"]["prompt_tokens"]]
    for name in ("prompt_tokens", "completion_tokens"):
        yield _sampled(name, [usage[name] for usage in written], "tokens", np.mean)
    costs = [usage["cost_usd"] for usage in written if usage["cost_usd"] is not None]
    yield _sampled("cost", costs, "usd", np.mean)


def _sampled(name: str, values: Sequence[float], unit: Any, statistic: Any) -> Figure:
    if not values:
        return Figure(name=name, value=None, low=None, high=None, count=0, unit=unit)
    low, high = bootstrap(values, statistic)
    value = float(statistic(np.asarray(values, dtype=float)))
    return Figure(name=name, value=value, low=low, high=high, count=len(values), unit=unit)
