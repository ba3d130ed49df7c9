"""Which of an entry's names is the title, and which the employer: by their words, and by the other entries' order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ask_debbie.corpus.role_words import title_score
from ask_debbie.corpus.towns import in_known_country, is_surely_place

EMPLOYMENT = re.compile(
    r"\(?(?:(?:full|part)[- ]time|permanent|contract|contractor|temporary|fixed[- ]term|seasonal|self-employed|freelance|"
    r"internship|apprenticeship|casual)\)?",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\b(?:department|dept|division|team|faculty|unit|squad|office|branch|group)\b", re.IGNORECASE
)
_AT = re.compile(r"\s+(?:at|@)\s+(?=\S)|\s+with\s+(?=[A-ZÀ-Þ])")
_MARK = re.compile(r"\s+[|·•/]\s+|\s*\|\s*|\s{3,}|\t")
_DIVIDER = re.compile(r"\s+[–—|·•/-]\s+|\s*\|\s*|\s{3,}|\t")
_SURE = 1.5  # title_score from which a name is a title


class Names(NamedTuple):
    """An entry's title and employer, each as it stands in its lines; empty where it has none."""

    title: str
    employer: str


@dataclass(slots=True)
class _Name:
    text: str
    aside: bool = False
    score: float = field(init=False)

    def __post_init__(self) -> None:
        self.score = title_score(self.text)


def tell_names(entries: Sequence[Sequence[Sequence[str]]]) -> list[Names]:
    """The title and the employer of each of a section's entries.

    A document keeps to one order: where one entry's words don't tell, those of the others do.

    Args:
        entries: for each entry the lines that name it, without dates, each in the parts that are set apart in it.
    """
    found = [_candidates(lines) for lines in entries]
    alone = [names[0].text for names in found if len(names) == 1]
    ends = [at == 0 for text in alone if (at := _title_among(_fragments(text))) is not None]
    first = None if not ends else sum(ends) * 2 > len(ends)
    found = [_at_commas(names[0].text, first) if len(names) == 1 else names for names in found]
    return [_tell(names, found) for names in found]


def names_in_line(text: str) -> list[str]:
    """The names in a line without its dates: its title and employer, where it has both."""
    return [name.text for name in _candidates([[text]])] if re.search(r"\w", text) else []


def _candidates(lines: Sequence[Sequence[str]]) -> list[_Name]:
    """The names that may be title or employer: towns and kinds of contract are neither."""
    named = _named(lines, _MARK)
    if len(named) < 2:
        named = _named(
            lines, _DIVIDER
        )  # "Engineer – Payments" is a title, where another line names the employer
    kept = [name for name in named if not is_surely_place(name.text)] or named
    if sum(not name.aside for name in kept) > 1:
        kept = [name for name in kept if not name.aside or name.score >= _SURE]
    return kept


def _named(lines: Sequence[Sequence[str]], mark: re.Pattern[str]) -> list[_Name]:
    return [
        _Name(text, aside=at > 0)
        for line in lines
        for at, part in enumerate(line)
        for text in _at_marks(part, mark)
        if not EMPLOYMENT.fullmatch(text)
    ]


def _at_marks(text: str, mark: re.Pattern[str]) -> list[str]:
    halves = _AT.split(text, maxsplit=1)
    pieces = [halves[0], *_DIVIDER.split(halves[1])] if len(halves) == 2 else mark.split(text)
    return [
        re.sub(r"^(?:at|with|@)\s+|\s*[/|]$", "", piece.strip(" ,;:"))
        for piece in pieces
        if re.search(r"\w", piece)
    ]


def _fragments(text: str) -> list[str]:
    """What stands between commas; a unit is part of the title before it."""
    masked = re.sub(r"\([^()]*\)", lambda m: "_" * len(m[0]), text)
    edges = [match.start() for match in re.finditer(r",\s", masked)]
    found: list[str] = []
    for start, end in zip([0, *(edge + 1 for edge in edges)], [*edges, len(text)], strict=True):
        said = text[start:end]
        if found and _UNIT.search(said) and title_score(found[-1]) >= _SURE:
            found[-1] += "," + said
        else:
            found.append(said)
    return found


def _title_among(fragments: Sequence[str]) -> int | None:
    """The place of the one fragment that is a title; None where none is, or several are."""
    scores = [title_score(text) for text in fragments]
    best = max(range(len(scores)), key=scores.__getitem__)
    clear = len(scores) > 1 and scores[best] >= _SURE and scores.count(scores[best]) == 1
    return best if clear else None


def _at_commas(text: str, first: bool | None) -> list[_Name]:
    """The names in a line whose parts only commas divide: "Smith, Jones & Co., Boston, MA, Accountant".

    Args:
        first: whether titles stand first in such lines of this document; None where no line tells.
    """
    fragments = _fragments(text)
    at = _title_among(fragments)
    if at is None and first is not None and len(fragments) > 1:
        at = 0 if first else len(fragments) - 1
        if not first and in_known_country(fragments[-1]):
            at = None
    if at is None:
        return [_Name(text)]
    before, title, after = (
        ",".join(part) for part in (fragments[:at], fragments[at : at + 1], fragments[at + 1 :])
    )
    names = [_Name(part.strip(" ,")) for part in (_without_town(before) or before, title, after)]
    for name in names:
        name.score = 0.0
    names[1].score = 9.0
    return [name for name in names if name.text]


def _without_town(text: str) -> str:
    pieces = text.split(",")
    if len(pieces) > 2 and in_known_country(pieces[-1]):
        return ",".join(pieces[:-2])
    return ",".join(pieces[:-1]) if len(pieces) > 1 else text


def _tell(names: Sequence[_Name], section: Sequence[Sequence[_Name]]) -> Names:
    if len(names) < 2:
        return Names(names[0].text if names else "", "")
    alike = [[name.score for name in other] for other in section if len(other) == len(names)]
    usual = [sum(column) / len(alike) for column in zip(*alike, strict=True)]
    if max(usual) - min(usual) < 0.1:
        several = [[name.score for name in other] for other in section if len(other) > 1]
        first = sum((scores[0] > max(scores[1:])) - (scores[0] < max(scores[1:])) for scores in several)
        usual[0 if first > 0 else 1] += 0.5
    total = [2 * name.score + score for name, score in zip(names, usual, strict=True)]
    best = max(range(len(total)), key=total.__getitem__)
    employer = next(at for at in range(len(names)) if at != best)
    return Names(names[best].text, names[employer].text)
