"""Words of a question as the documents spell them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache

from spellchecker import SpellChecker

from ask_debbie.retrieval.terms import STOP_WORDS, Glossary, fold, stem

_COGNATE = 0.8
_ALIKE = 0.84  # the same for a slip of the pen
_LEFT_OFF = "db"  # what people leave off a product's name: "Dynamo", "Mongo"


class Spelling:
    """What the words of one corpus, of the glossary and of English look like.

    Args:
        written: the documents' words, folded.
        stems: their stems.
    """

    def __init__(self, written: frozenset[str], stems: frozenset[str], glossary: Glossary) -> None:
        self._written = written
        self._stems = stems
        self._glossary = glossary
        self._all = sorted(word for word in written | glossary.words if len(word) >= 5 and word.isalpha())
        self._own = sorted(word for word in written if len(word) >= 5 and word.isalpha())
        self._dictionary = _english()

    def is_known(self, word: str) -> bool:
        """Whether a folded word is spelt as the documents, the glossary or an English dictionary spell it."""
        if (
            word in self._written
            or word in self._glossary.words
            or stem(word) in self._stems
            or word in STOP_WORDS
        ):
            return True
        return bool(self._dictionary.known([word])) or self._glossary.is_member(word)

    def are_english(self, folded: Sequence[str]) -> bool:
        """Whether a dictionary has all of the words."""
        return len(self._dictionary.known(folded)) == len(set(folded))

    def mended(self, text: str) -> str:
        """The text with misspelt and shortened words as the documents or the glossary spell them."""

        def mend(match: re.Match[str]) -> str:
            word = fold(match[0])
            if full := self._full_name(word):
                return full
            if self.is_known(word) or re.search("[a-z][A-Z]|^[A-Z]+$", match[0]):
                return match[0]
            name = match[0][0].isupper() and match.start() > 0
            close = self._close(word, self._own if name else self._all, _ALIKE)
            return close or (match[0] if name else self._dictionary.correction(word) or match[0])

        return re.sub(r"[^\W\d_]{4,}", mend, text)

    def by_documents(self, text: str) -> str:
        """The text with words that have remained in another language as the documents spell ones like them."""

        def mend(match: re.Match[str]) -> str:
            word = fold(match[0])
            return match[0] if self.is_known(word) else self._close(word, self._own, _COGNATE) or match[0]

        return re.sub(r"[^\W\d_]{5,}", mend, text)

    def _full_name(self, word: str) -> str | None:
        known = word in self._written or stem(word) in self._stems
        return None if known or word + _LEFT_OFF not in self._written else word + _LEFT_OFF

    @staticmethod
    def _close(word: str, spellings: Sequence[str], cutoff: float) -> str | None:
        close = get_close_matches(word, spellings, n=3, cutoff=cutoff)
        return next((one for one in close if one[0] == word[0]), None)


@cache
def _english() -> SpellChecker:
    """The dictionary, which takes a third of a second to load and is never changed."""
    return SpellChecker(distance=1)
