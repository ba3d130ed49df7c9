"""95 % intervals, for shares and for whatever else a sample gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

SEED = 20_261_101
RESAMPLES = 2_000
Statistic = Callable[..., Any]


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927), as (low, high)."""
    from scipy.stats import binomtest

    interval = binomtest(hits, count).proportion_ci(confidence_level=0.95, method="wilson")
    return float(interval.low), float(interval.high)


def bootstrap(values: Sequence[float], statistic: Statistic) -> tuple[float, float]:
    """The percentile interval of a statistic (Efron 1979), the same for the same values.

    Args:
        statistic: such as ``numpy.median``; called with an array of resamples and ``axis=1``.
    """
    sample = np.asarray(values, dtype=float)
    drawn = np.random.default_rng(SEED).integers(0, len(sample), (RESAMPLES, len(sample)))
    low, high = np.percentile(statistic(sample[drawn], axis=1), [2.5, 97.5])
    return float(low), float(high)
