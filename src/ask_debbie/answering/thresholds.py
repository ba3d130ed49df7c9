"""Whether something lasted as long as a question names: "more than five years at Acme?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_BELOW = ("less than", "fewer than", "under", "shorter than", "at most", "no more than")
_ABOVE = ("more than", "longer than", "over", "above")
_AT_LEAST = ("at least", "a minimum of", "upwards of", "no less than")
_LENGTH = re.compile(
    rf"(?:\bfor )?(?:\b(?P<how>{'|'.join((*_BELOW[::-1], *_ABOVE, *_AT_LEAST))}) )?"
    rf"\b(?P<count>\d{{1,2}}|an?|{'|'.join(_NUMBERS)})(?:\s?\+| full| whole| or more| plus)?[ -]"
    r"(?P<unit>year|yr|month)s?\b(?: or (?:more|longer)\b)?(?! (?:ago|old|later|before|after|from|between|passed)\b)",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\W*(?:what|which|who|whom|how|why|where|when)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A length that a question asks about.

    Attributes:
        months: the length.
        below: whether less than that is asked for.
        strict: whether just that long isn't more.
        rest: the question without it.
    """

    months: int
    below: bool
    strict: bool
    rest: str

    def met_by(self, months: int, *, years_only: bool) -> bool | None:
        """Whether a length is as asked; None where its dates are too coarse to tell."""
        least, most = (max(0, months - 11), months + 11) if years_only else (months, months + 1)
        if least > self.months or (least == self.months and not self.strict):
            return not self.below
        if most < self.months or (most == self.months and self.strict):
            return self.below
        return None


def read_threshold(text: str) -> Threshold | None:
    """The length that a question asks about; None where it isn't one of yes or no, or names none."""
    found = None if _OPEN.match(text) else _LENGTH.search(text)
    if found is None:
        return None
    how, count = (found["how"] or "").lower(), found["count"].lower()
    number = int(count) if count.isdigit() else _NUMBERS.index(count) + 1 if count in _NUMBERS else 1
    return Threshold(
        months=number * (1 if found["unit"].lower() == "month" else 12),
        below=how in _BELOW,
        strict=how in (*_ABOVE, *_BELOW[-2:]),
        rest=f"{text[: found.start()]} {text[found.end() :]}",
    )
