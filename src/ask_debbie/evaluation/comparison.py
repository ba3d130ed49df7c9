"""Two runs over the same questions: is one better, or is it noise?"""

from __future__ import annotations

import numpy as np

from ask_debbie.evaluation.intervals import RESAMPLES, SEED
from ask_debbie.evaluation.results import Comparison, Run


def compare(base: Run, other: Run) -> Comparison:
    """The paired difference in questions right, over the questions of both runs (matched by id).

    The test is McNemar's in its exact form, a binomial test of the discordant pairs (McNemar 1947); the interval
    is a percentile bootstrap over the pairs, with a fixed seed. Both are 0 wide or 1 where there are no pairs.
    """
    from scipy.stats import binomtest

    before = {outcome.id: outcome.right for outcome in base.outcomes}
    after = {outcome.id: outcome.right for outcome in other.outcomes}
    both = [name for name in before if name in after]
    gained = tuple(name for name in both if after[name] and not before[name])
    lost = tuple(name for name in both if before[name] and not after[name])
    uneven = len(gained) + len(lost)
    p = float(binomtest(len(gained), uneven, 0.5).pvalue) if uneven else 1.0
    count = max(len(both), 1)
    shares = [len(gained) / count, len(lost) / count]
    drawn = np.random.default_rng(SEED).multinomial(count, [*shares, 1 - sum(shares)], RESAMPLES)
    low, high = np.percentile((drawn[:, 0] - drawn[:, 1]) / count, [2.5, 97.5])
    return Comparison(
        base=base.name,
        other=other.name,
        questions=other.questions,
        difference=(len(gained) - len(lost)) / count,
        low=float(low),
        high=float(high),
        gained=gained,
        lost=lost,
        p=p,
    )


def in_words(comparison: Comparison) -> str:
    """The comparison in one plain sentence."""
    points = f"{100 * comparison.difference:+.1f} points ({100 * comparison.low:+.1f} to {100 * comparison.high:+.1f})"
    counts = f"{len(comparison.gained)} gained, {len(comparison.lost)} lost, p = {comparison.p:.3f}"
    if not comparison.gained and not comparison.lost:
        return f"{comparison.other} has the same questions right as {comparison.base}."
    verdict = "more than noise" if comparison.p < 0.05 else "no more than noise"
    return f"{comparison.other} against {comparison.base}: {points}, {counts}: {verdict}."
