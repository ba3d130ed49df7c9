"""Which title a question gives the candidate, and whether any document does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.role_words import title_score
from ask_debbie.retrieval.terms import stem, stems, words

_GIVEN = re.compile(
    r"\b(?:(?:is|was|been|being|be|become|became|as|to|made|a?s) (?:\w+ )?an?|promoted to|promotion to|as) "
    r"(?P<title>(?!an?\b)[\w&-]+(?: [\w&-]+){1,2}?)(?=\s*(?:[?.,;]|$|\b(?:at|for|in|with|of|by|since|before|after|when|and|or|there|now|then|over|more|less|during|until|while)\b))",
    re.IGNORECASE,
)
_ALIKE = (
    frozenset("engineer developer programmer coder".split()),
    frozenset("teacher instructor tutor educator lecturer professor".split()),
    frozenset("manager lead head supervisor".split()),
)


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of one corpus."""

    corpus: Corpus

    def unheld(self, text: str) -> str | None:
        """The title that a question's text gives the candidate and that no document has; None where there is none."""
        given = _GIVEN.search(text)
        if given is None or title_score(given["title"]) < 1:
            return None
        *ranks, head = words(given["title"])
        wanted = [{stem(rank)} for rank in ranks] + [{stem(w) for w in alike(head)}]
        held = [set(stems(entry.names)) for entry in self.corpus.timeline.entries]
        if any(all(names & named for names in wanted) for named in held):
            return None
        phrase = f" {' '.join(stems(given['title']))} "
        said = (f" {' '.join(stems(plain(p.text)))} " for p in self.corpus.passages)
        return None if any(phrase in text for text in said) else given["title"]


def alike(word: str) -> frozenset[str]:
    """A folded word with the others that titles use for it."""
    return frozenset({word}).union(*(group for group in _ALIKE if word in group))
