"""Numbers as texts write them: figures with their units, and words."""

from __future__ import annotations

import re
from typing import NamedTuple

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SIZES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9}
_SHORT = {"k": 1_000, "m": 10**6, "b": 10**9}
_WORDS = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * (place + 2) for place, word in enumerate(_TENS)},
    "dozen": 12,
    "twice": 2,
}
_WORD = rf"(?:{'|'.join(sorted([*_WORDS, *_SIZES], key=len, reverse=True))})"
WORD_NUMBER = rf"(?:{_WORD}(?:(?:[\s-]+|\s+and\s+){_WORD})*)"
"""Matches a number in words."""

_FIGURE = re.compile(
    r"(?<![\w.,])(?P<sign>[$€£])?\s?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:(?P<short>[kKMB])(?!\w)|(?:st|nd|rd|th)\b)?\+?"
    r"(?:\s*(?P<percent>%|percent\b|per cent\b)|[\s-]*(?P<size>hundred|thousand|million|billion)\b)?(?![\w])",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(rf"\b{WORD_NUMBER}\b(?P<percent>\s*(?:percent|per cent)\b)?", re.IGNORECASE)


class Number(NamedTuple):
    """A value and its unit: "%", "$" (or another currency's sign), or "" for none."""

    value: float
    unit: str
    text: str

    def is_in(self, others: list[Number]) -> bool:
        """Whether one of the others says the same. A currency may be left unsaid, a percent sign may not."""
        return any(
            abs(self.value - other.value) < 1e-9 * max(abs(self.value), 1)
            and (self.unit == other.unit or (not self.unit and other.unit != "%"))
            for other in others
        )


def numbers(text: str) -> tuple[list[Number], str]:
    """The numbers of a text, and the text without them. The word "one" alone is no number: it is a pronoun too."""
    found: list[Number] = []

    def figure(match: re.Match[str]) -> str:
        size = _SHORT.get((match["short"] or "").lower(), 1) * _SIZES.get((match["size"] or "").lower(), 1)
        value = float(match["digits"].replace(",", "")) * size
        found.append(Number(value, "%" if match["percent"] else match["sign"] or "", match[0].strip()))
        return " " * len(match[0])

    def words(match: re.Match[str]) -> str:
        said = re.sub(r"\s*per ?cent$", "", match[0], flags=re.IGNORECASE)
        if said.lower() != "one":
            found.append(Number(word_value(said), "%" if match["percent"] else "", match[0]))
        return " " * len(match[0])

    return found, _IN_WORDS.sub(words, _FIGURE.sub(figure, text))


def word_value(text: str) -> int:
    """The value of a number in words: "two hundred and twelve" is 212."""
    total = part = 0
    for word in re.split(r"[\s-]+", text.lower()):
        if word in _SIZES:
            part = max(part, 1) * _SIZES[word]
            if _SIZES[word] >= 1_000:
                total, part = total + part, 0
        else:
            part += _WORDS.get(word, 0)
    return total + part
