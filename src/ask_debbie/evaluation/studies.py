"""What studies share: a sample to look at, and figures of what was counted."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from ask_debbie.evaluation.intervals import SEED, bootstrap, wilson
from ask_debbie.evaluation.results import Figure

T = TypeVar("T")


def drawn(items: Sequence[T], limit: int | None) -> list[T]:
    """At most ``limit`` of the items, the same ones each time, in their order; all where it is None."""
    size = len(items) if limit is None else min(limit, len(items))
    draw = random.Random(SEED)  # noqa: S311 - a sample, no secret
    return [items[i] for i in sorted(draw.sample(range(len(items)), size))]


def share(name: str, found: Sequence[bool]) -> Figure:
    """The share that is true, with Wilson's interval."""
    if not found:
        return Figure(name=name, value=None, low=None, high=None, count=0, unit="share")
    low, high = wilson(sum(found), len(found))
    return Figure(
        name=name, value=sum(found) / len(found), low=low, high=high, count=len(found), unit="share"
    )


def mean(name: str, values: Sequence[float]) -> Figure:
    """The mean of values from 0 to 1, with a bootstrap's interval."""
    if not values:
        return Figure(name=name, value=None, low=None, high=None, count=0, unit="share")
    low, high = bootstrap(values, np.mean)
    value = sum(values) / len(values)
    return Figure(name=name, value=value, low=low, high=high, count=len(values), unit="share")
