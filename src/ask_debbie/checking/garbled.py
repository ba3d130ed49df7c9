"""Text that looks damaged on its way into the file: each kind of damage once a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from ftfy import fix_encoding
from ftfy.badness import is_bad
from spellchecker import SpellChecker

from ask_debbie.checking.finding import Finding, at
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Document

_AGAIN = "Export it again, as a text or Word file if you can, or correct it by hand."
_LIGATURES = ("fi", "fl", "ff", "ffi", "ffl")
_HYPHENATED = re.compile(r"\b([A-Za-z]{2,})[-\u2010\u00ad][ \t]*(?:\n[ \t>]*|[ \t])([a-z]{2,})\b")
_SUSPENDED = frozenset(
    ("and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o")
)  # "pre- and postnatal"
_SPACED = re.compile(r"(?<!\S)(?:[A-Z] ){4,}[A-Z](?!\S)")
_GLUED = re.compile(r"(?<![\w/.@#-])[A-Za-z]{32,}(?![\w/.@-])")
_SPLIT_WORD = re.compile(r"\b([A-Za-z]{1,12})(?= ([a-z]{1,12})\b)")
_LOWER_WORD = re.compile(r"(?<![\w/.@'’-])[a-z]{4,20}(?![\w/.@'’-])")
_SECTION = (
    r"(?:experience|education|skills|languages|contact|certifications|publications|awards|interests|hobbies|projects|"
    r"references|profile|summary)"
)
_TWO_SECTIONS = re.compile(rf"[ \t#*]*({_SECTION})[ \t]{{1,40}}({_SECTION})[ \t*]*", re.IGNORECASE)
_ONE_TITLE = (
    frozenset(  # of a pair, the second word: "Language Skills", "Projects Experience", "Profile Summary"
        ("experience", "skills", "summary", "profile", "projects", "interests", "references")
    )
)
_GAP = re.compile(r"\S(?: {4,}|\t+)\S")
_WORDY = re.compile(r"(?:[a-z]{2,}\W+){2,}[a-z]{2,}")
_BESIDE = 3  # lines with prose at both sides of a gap from which they look like two columns
_REPLACED = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0e-\x1f]")
_LIGATURE = re.compile(r"[\ufb00-\ufb06]")
_LONG_WORD = 40  # characters of a word that are looked at
_LOST = 2  # words from which letters look lost rather than misspelt


class _Damage(NamedTuple):
    """Where it begins, and what of the text shows it."""

    start: int
    sample: str


def find_garbled(corpus: Corpus) -> Iterator[Finding]:
    """What looks garbled, in each document."""
    for document in corpus.documents.values():
        for look, kind, message in _LOOKS:
            found = list(look(document))
            if not found:
                continue
            samples = list(dict.fromkeys(damage.sample for damage in found))
            shown = ", ".join(f'"{sample}"' for sample in samples[:3])
            more = f" and {len(samples) - 3} more" if len(samples) > 3 else ""
            yield at(document, found[0].start, "warning", kind, f"{message}: {shown}{more}.", _AGAIN)


def _lines(document: Document) -> Iterator[_Damage]:
    for match in re.finditer(r"[^\n]+", document.text):
        yield _Damage(match.start(), match[0])


def _words(document: Document) -> Iterator[_Damage]:
    for match in re.finditer(r"\S+", document.text):
        yield _Damage(match.start(), match[0][:_LONG_WORD])


def _replaced(document: Document) -> Iterator[_Damage]:
    for word in _words(document):
        if _REPLACED.search(word.sample):
            yield _Damage(word.start, _REPLACED.sub("\ufffd", word.sample))


def _mojibake(document: Document) -> Iterator[_Damage]:
    for word in _words(document):
        if is_bad(word.sample) and fix_encoding(word.sample) != word.sample:
            yield word


def _ligature_characters(document: Document) -> Iterator[_Damage]:
    return (word for word in _words(document) if _LIGATURE.search(word.sample))


def _lost_ligatures(document: Document) -> Iterator[_Damage]:
    """ "e cient" and "speci c", where the letters of one type have gone, or "specic" without a gap."""
    found = []
    for match in _SPLIT_WORD.finditer(document.text):
        first, second = match.groups()
        if (not _is_word(first) or not _is_word(second)) and _with_ligature(first.lower(), second):
            found.append(_Damage(match.start(), f"{first} {second}"))
    for match in _LOWER_WORD.finditer(document.text):
        word = match[0]
        if not _is_word(word) and any(_with_ligature(word[:cut], word[cut:]) for cut in range(1, len(word))):
            found.append(_Damage(match.start(), word))
    return iter(found if len({damage.sample for damage in found}) >= _LOST else [])


def _hyphenation(document: Document) -> Iterator[_Damage]:
    for match in _HYPHENATED.finditer(document.text):
        first, second = match.groups()
        if second not in _SUSPENDED and _is_word((first + second).lower()):
            yield _Damage(match.start(), f"{first}- {second}")


def _spaced(document: Document) -> Iterator[_Damage]:
    for match in _SPACED.finditer(document.text):
        yield _Damage(match.start(), match[0])


def _glued(document: Document) -> Iterator[_Damage]:
    for match in _GLUED.finditer(document.text):
        yield _Damage(match.start(), f"{match[0][:30]}…")


def _columns(document: Document) -> Iterator[_Damage]:
    """Two sections' titles on one line, or lines of prose beside each other."""
    beside = []
    for line in _lines(document):
        titles = _TWO_SECTIONS.fullmatch(line.sample)
        if titles and titles[1].lower() != titles[2].lower() and titles[2].lower() not in _ONE_TITLE:
            yield _Damage(line.start, " ".join(line.sample.split()))
        gap = _GAP.search(line.sample)
        if gap and not line.sample.lstrip().startswith(("|", "```")):
            left, right = line.sample[: gap.start() + 1], line.sample[gap.end() - 1 :]
            if _WORDY.search(left) and _WORDY.search(right):
                beside.append(_Damage(line.start, " ".join(line.sample.split())[:50]))
    if len(beside) >= _BESIDE:
        yield beside[0]


_LOOKS: tuple[tuple[Callable[[Document], Iterator[_Damage]], str, str], ...] = (
    (_replaced, "lost-characters", "Characters were lost"),
    (_mojibake, "encoding", "Letters were read in a wrong encoding"),
    (_ligature_characters, "ligatures", "fi, fl or ff stands as one character, which no search finds"),
    (_lost_ligatures, "ligatures", "Letters such as fi, fl or ff seem to be missing"),
    (_hyphenation, "hyphenation", "Words are still divided as at the end of a line"),
    (_spaced, "spaced-letters", "Letters stand apart"),
    (_glued, "glued-words", "Words stand together without blanks"),
    (_columns, "columns", "Two columns seem to be mixed"),
)


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(distance=1)


def _is_word(text: str) -> bool:
    """Whether English has the word; a letter by itself is none but for "a" and "I"."""
    return text.lower() in _dictionary() and (len(text) > 1 or text.lower() in "ai")


def _with_ligature(first: str, second: str) -> bool:
    """Whether two parts make a word of six letters or more with the letters of a ligature between them."""
    return len(first + second) >= 4 and any(_is_word(first + letters + second) for letters in _LIGATURES)
