"""What a bag of words can't see: which number counts what, what is denied, who did it to whom, from what to what."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from ask_debbie.retrieval.terms import STOP_WORDS, fold, stem, words

Alike = Callable[[str, str], bool]

_SPELLED = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}
_MULTIPLES = {"k": 1e3, "m": 1e6, "b": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_PIECE = re.compile(
    r"(?P<sign>[$€£])?(?P<number>\d[\d,]*(?:\.\d+)?)\+?(?:\s?(?P<times>thousand|million|billion|[kmb](?![a-z0-9])))?(?P<percent>\s?%)?"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)"
)
_DENIAL = re.compile(r"not|no|never|none|neither|nor|without|cannot|\w+n't")
_MORE = r"more than|over|at least|less than|fewer than|under|up to|nearly|almost|about|around|roughly"
_QUANTIFIED = re.compile(rf"\b(?P<how>{_MORE})\s+(?P<number>[$€£]?\d[\d.,]*)")
_ONE = re.compile(r"\bone (?!of\b|or\b|and\b)(?P<noun>[^\W\d_]+)")
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|being)\s+(?:\w+ly\s+)?(?P<verb>\w+(?:ed|en|wn|ught)|led|run|made|built)\s+by\b"
)
_OBJECT = re.compile(r"\b\w+\s+(?P<who>her|him|them)\b(?=\s*(?:[.,;!?]|$|to\b|in\b|for\b|on\b|at\b|with\b))")
_FROM_TO = (
    re.compile(r"\bfrom\s+(?P<a>.{1,60}?)\s+(?:to|into|towards?)\s+(?P<b>[^,;.]{1,40})"),
    re.compile(r"\breplac\w+\s+(?P<a>.{1,60}?)\s+(?:with|by)\s+(?P<b>[^,;.]{1,40})"),
    re.compile(r"\bto\s+(?P<b>.{1,60}?)\s+from\s+(?P<a>[^,;.]{1,40})"),
)
_DEGREE = re.compile(r"\b(?P<label>minor|major)\w*\s+in\s+(?P<field>\w+)")
_NEAR = 2  # words of content within which a number and what it counts stand


class _Piece(NamedTuple):
    kind: Literal["number", "word", "denial"]
    key: str


def keeps_relations(sentence: str, quote: str, alike: Alike) -> bool:
    """Whether a sentence relates its words as the quote does that states them.

    Args:
        alike: whether two stems may stand for each other.
    """
    said, stated = _pieces(sentence), _pieces(quote)
    return (
        _keeps_denials(said, stated, alike)
        and _keeps_counts(said, stated, alike)
        and _keeps_quantifiers(fold(sentence), fold(quote))
        and _keeps_roles(fold(sentence), fold(quote))
    )


def _pieces(text: str) -> list[_Piece]:
    found = []
    for match in _PIECE.finditer(fold(text)):
        word = match["word"]
        if word is None:
            value = float(match["number"].replace(",", "")) * _MULTIPLES.get(match["times"] or "", 1.0)
            unit = match["sign"] or ("%" if match["percent"] else "")
            found.append(_Piece("number", f"{unit}{value:g}"))
        elif _DENIAL.fullmatch(word):
            found.append(_Piece("denial", word))
        elif word in _SPELLED and word != "one":
            found.append(_Piece("number", f"{_SPELLED[word]:g}"))
        elif word not in STOP_WORDS:
            found += [_Piece("word", stem(w)) for w in words(word)]
    return found


def _denied(pieces: Sequence[_Piece]) -> set[str]:
    """The stems that a denial stands before."""
    return {
        following.key
        for place, piece in enumerate(pieces)
        if piece.kind == "denial"
        for following in pieces[place + 1 : place + 2]
        if following.kind == "word"
    }


def _keeps_denials(said: Sequence[_Piece], stated: Sequence[_Piece], alike: Alike) -> bool:
    denied_here, denied_there = _denied(said), _denied(stated)
    if any(not any(alike(a, b) for b in denied_there) for a in denied_here):
        return False
    affirmed = {p.key for p in said if p.kind == "word"} - denied_here
    return not affirmed & denied_there


def _keeps_counts(said: Sequence[_Piece], stated: Sequence[_Piece], alike: Alike) -> bool:
    for place, piece in enumerate(said):
        if piece.kind != "number":
            continue
        value = _unit(piece.key)[1]
        places = [i for i, p in enumerate(stated) if p.kind == "number" and _unit(p.key)[1] == value]
        if not places:
            continue  # it is the dates' above the passage, which are checked by themselves
        places = [i for i in places if _same_number(piece, stated[i])]
        after, before = _after(said, place)[:1], _before(said, place)
        if not after and not before and place and said[place - 1].kind == "number":
            continue  # part of a longer number, such as a telephone's
        if not any(
            _meet(after, _after(stated, i), alike) if after else _meet(before, _before(stated, i), alike)
            for i in places
        ):
            return False
    return True


def _after(pieces: Sequence[_Piece], place: int) -> list[str]:
    """The stems that follow a number, up to the next one: what it counts."""
    found: list[str] = []
    for piece in pieces[place + 1 : place + 1 + _NEAR]:
        if piece.kind == "number":
            break
        if piece.kind == "word":
            found.append(piece.key)
    return found


def _before(pieces: Sequence[_Piece], place: int) -> list[str]:
    """The stems before a number that ends its sentence: what it measures."""
    return [piece.key for piece in pieces[max(0, place - _NEAR) : place] if piece.kind == "word"]


def _same_number(said: _Piece, stated: _Piece) -> bool:
    unit, value = _unit(said.key)
    other_unit, other = _unit(stated.key)
    return value == other and (not unit or unit == other_unit)


def _unit(key: str) -> tuple[str, str]:
    return (key[0], key[1:]) if key[0] in "$€£%" else ("", key)


def _meet(some: Sequence[str], others: Sequence[str], alike: Alike) -> bool:
    return any(alike(a, b) for a in some for b in others)


def _keeps_quantifiers(sentence: str, quote: str) -> bool:
    for match in _QUANTIFIED.finditer(sentence):
        number = re.escape(match["number"].strip(".,"))
        more = match["how"] in {"more than", "over", "at least"} and re.search(rf"{number}\w?\+", quote)
        if not more and not re.search(rf"\b{match['how']}\s+{number}", quote):
            return False
    return all(
        re.search(rf"\b(?:one|1)\s+(?:\w+\s+)?{re.escape(match['noun'])}", quote)
        for match in _ONE.finditer(sentence)
        if re.search(rf"\b{re.escape(match['noun'])}", quote)
    )


def _keeps_roles(sentence: str, quote: str) -> bool:
    for match in _PASSIVE.finditer(sentence):
        if not re.search(rf"\b{re.escape(match['verb'])}\s+by\b", quote):
            return False
    return all(re.search(rf"\b{match['who']}\b", quote) for match in _OBJECT.finditer(sentence))


def keeps_direction(sentence: str, quote: str) -> bool:
    """Whether what a whole sentence says goes from A to B doesn't go from B to A in a quote, and what it says is a
    minor or a major is that."""
    sentence, quote = fold(sentence), fold(quote)
    for match in _DEGREE.finditer(sentence):
        if match["label"] in quote and not re.search(
            rf"\b{match['label']}\w*\W+in\s+{match['field']}", quote
        ):
            return False
    quoted = words(quote)
    for pattern in _FROM_TO:
        for match in pattern.finditer(sentence):
            start = [quoted.index(w) for w in words(match["a"]) if w in quoted and w not in STOP_WORDS]
            end = [quoted.index(w) for w in words(match["b"]) if w in quoted and w not in STOP_WORDS]
            if start and end and min(start) > min(end):
                return False
    return True
