"""Text as the keyword search sees it: stems, and the concepts that a glossary finds among them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*(?:\+\+|#)?")
_ACCENTS = re.compile("[\u0300-\u036f]")
_ENDING = re.compile(r"(?:'s|'d|'ll|'ve|'re|'m|n't|')$")
_STEMMER = snowballstemmer.stemmer("english")
_LONGEST = 6
_POSSESSIVES = frozenset({"my", "your", "his", "her", "our"})

STOP_WORDS = frozenset(
    """a about above after again all also am an and any anyone anything are as at be because been before
        being between both but by can could d did do does doing done don during each either else ever
        every few for from further get gets getting give given go goes got had has have having he her here
        hers herself him himself his how however i if in into is it its itself just ll let like made make
        makes many may me might mine more most much must my myself need no nor not now of off on once one
        only or other our ours out over own per please quite rather re s same shall she should so some someone
        something such t than that the their theirs them themselves then there these they thing things
        this those through to too under until up upon us ve very via was we well were what when where
        whether which while who whom whose why will with within without would yes yet you your yours""".split()
)


def fold(text: str) -> str:
    """Lower case, without accents, with plain quotes."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))


def words(text: str) -> list[str]:
    """The words of a text, folded, without possessive and contracted endings: ``AWS's C++`` → ``aws``, ``c++``."""
    return [_ENDING.sub("", match) or match for match in _WORD.findall(fold(text))]


@cache
def stem(word: str) -> str:
    """The English Snowball stem of a folded word; names with digits or signs stay."""
    return str(_STEMMER.stemWord(word)) if word.isalpha() else word


def stems(text: str) -> list[str]:
    """The stems of all words, stop words too, in order."""
    return [stem(word) for word in words(text)]


def content_stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


_STOP_STEMS = frozenset(stem(word) for word in STOP_WORDS)


@dataclass(frozen=True, slots=True)
class Concept:
    """A glossary group that a text touches, and the positions of the words that do so."""

    name: str
    start: int
    end: int


class Glossary:
    """Groups of words that mean, or are kinds of, the same; general knowledge of no candidate.

    A ``same`` group is one concept however it is worded. A ``kind`` group is a concept to a passage that names
    a member of it, and to a question that names the kind: "load testing tools" finds "JMeter", and a question
    about JMeter doesn't find Locust.
    """

    def __init__(
        self, same: Iterable[Sequence[str]], kinds: Iterable[tuple[Sequence[str], Sequence[str]]]
    ) -> None:
        self._asked: dict[tuple[str, ...], set[str]] = {}
        self._stated: dict[tuple[str, ...], set[str]] = {}
        self._members: set[str] = set()
        self._words: set[str] = set()
        for number, phrases in enumerate(same):
            for phrase in phrases:
                self._words.update(words(phrase))
                self._add(self._asked, phrase, f"={number}")
                self._add(self._stated, phrase, f"={number}")
        for number, (names, members) in enumerate(kinds):
            for name in names:
                self._words.update(words(name))
                self._add(self._asked, name, f"<{number}")
            for phrase in (*names, *members):
                self._add(self._stated, phrase, f"<{number}")
            self._members.update(fold(member) for member in members)
            self._words.update(word for member in members for word in words(member))

    @property
    def words(self) -> frozenset[str]:
        """Every folded word of its phrases."""
        return frozenset(self._words)

    def is_member(self, word: str) -> bool:
        """Whether a folded word is, by itself, the name of a tool, a skill or the like."""
        return word in self._members

    @staticmethod
    def _add(table: dict[tuple[str, ...], set[str]], phrase: str, name: str) -> None:
        key = tuple(_anyone(stems(phrase)))
        if key:
            table.setdefault(key, set()).add(name)

    def in_question(self, found: Sequence[str]) -> list[Concept]:
        """The concepts that a question's stems ask for."""
        found = _anyone(found)
        concepts = _scan(self._asked, found)
        return [*concepts, *(c for whole in concepts for c in self._of_its_one_word(whole, found))]

    def _of_its_one_word(self, whole: Concept, found: Sequence[str]) -> list[Concept]:
        """What the one word that matters in a phrase asks for by itself: "where did she study" is "study" too."""
        places = [at for at in range(whole.start, whole.end) if found[at] not in _STOP_STEMS]
        if len(places) != 1 or whole.end - whole.start == 1:
            return []
        at = places[0]
        return [Concept(name, at, at + 1) for name in sorted(self._asked.get((found[at],), ()))]

    def in_passage(self, found: Sequence[str]) -> list[Concept]:
        """The concepts that a passage's stems state."""
        found = _anyone(found)
        return [
            *_scan(self._stated, found),
            *_scan_inside(self._stated, found),
            *_scan_gaps(self._stated, found),
        ]


def _anyone(found: Sequence[str]) -> list[str]:
    """Stems with one possessive for all: "find her feet" is "find your feet"."""
    return ["their" if word in _POSSESSIVES else word for word in found]


def _scan(table: dict[tuple[str, ...], set[str]], found: Sequence[str]) -> list[Concept]:
    """The concepts at each place, those of the longest phrase only: "infrastructure as code" isn't "code"."""
    concepts: list[Concept] = []
    start = 0
    while start < len(found):
        for size in range(min(_LONGEST, len(found) - start), 0, -1):
            names = table.get(tuple(found[start : start + size]))
            if names:
                concepts += [Concept(name, start, start + size) for name in sorted(names)]
                start += size - 1
                break
        start += 1
    return concepts


def _scan_inside(table: dict[tuple[str, ...], set[str]], found: Sequence[str]) -> list[Concept]:
    """The concepts of ``same`` groups whose phrases stand inside longer ones."""
    return [
        Concept(name, start, start + size)
        for size in (1, 2, 3)
        for start in range(len(found) - size + 1)
        for name in sorted(table.get(tuple(found[start : start + size]), ()))
        if name.startswith("=")
    ]


def _scan_gaps(table: dict[tuple[str, ...], set[str]], found: Sequence[str]) -> list[Concept]:
    """The concepts of phrases with one other word inside: "drive down monthly costs" is "drive down costs"."""
    return [
        Concept(name, start, start + size + 1)
        for size in (2, 3, 4)
        for start in range(len(found) - size)
        for gap in range(1, size)
        for name in sorted(
            table.get((*found[start : start + gap], *found[start + gap + 1 : start + size + 1]), ())
        )
    ]


@cache
def default_glossary() -> Glossary:
    """The glossary that comes with the package: all files of its folder."""
    folder = resources.files("ask_debbie.retrieval") / "glossary"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    data = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return Glossary(
        [group["words"] for part in data for group in part.get("same", ())],
        [(group["of"], group["members"]) for part in data for group in part.get("kind", ())],
    )
