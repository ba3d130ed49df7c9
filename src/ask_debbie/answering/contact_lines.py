"""The lines of a document that say how to reach the candidate: they answer that, and speak for nothing else."""

from __future__ import annotations

import re

from ask_debbie.answering.claim import Claim
from ask_debbie.answering.question import Question
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.towns import is_surely_place
from ask_debbie.retrieval.terms import fold, stem

_LONGEST = 90  # characters
_MOST = 3
_PHONE = r"(?<!\d)\(?\+?\d[\d ().-]{6,}\d"
_WAY = re.compile(rf"@[\w-]+\.\w|{_PHONE}|https?://|www\.|linkedin|github", re.IGNORECASE)
_KINDS = (
    (re.compile(r"\be-?mails?\b"), re.compile(r"@[\w-]+\.\w")),
    (re.compile(r"\b(?:phone|telephone|mobile|cell|number)\b"), re.compile(_PHONE)),
    (re.compile(r"\blinked ?in\b"), re.compile(r"linkedin")),
    (re.compile(r"\bgithub\b"), re.compile(r"github")),
    (
        re.compile(r"\b(?:web ?sites?|home ?page|portfolio|blog|url|site)\b"),
        re.compile(r"https?://(?!\S*(?:linkedin|github))|www\.(?!linkedin|github)"),
    ),
)
_WORDS = frozenset(
    stem(word)
    for word in """email e mail address phone telephone mobile cell number linkedin linked github website web site page
        home homepage portfolio blog url link links profile handle account contact details personal best""".split()
)
_BASED = (
    r"\bwhere(?:'s| is| are|s| does| do)? (?:she|he|they|NAME)(?: currently| now)? (?:based|live|living|located|from)?\W*$"
    r"|\b(?:which|what) (?:city|town|country|part of the (?:country|world)) (?:is|are|does|do) (?:she|he|they|NAME)\b(?! work)"
    r"|^\W*(?:what(?:'s| is|s) )?(?:her|his|their) (?:current )?location\W*$|^\W*(?:current )?location\W*$"
)
_LOCATION = re.compile(r"\W*location\b", re.IGNORECASE)
_HEAD = 6  # passages at the top of the documents
_OF_WORK = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|know\w*|familiar|experience\w*|buil[dt]\w*|ma[dk]e|did|how many)\b"
)
_NUMBER = re.compile(r"\b(?:her|his|their) number\W*$")


def _place_in(text: str) -> str | None:
    """The piece of a line that is a town with its state or country."""
    pieces = re.split(r"\s*[·|•–—]\s*", text)
    return next((piece for piece in pieces if is_surely_place(piece) and "," in piece), None)


def is_contact_line(passage: Passage) -> bool:
    """Whether a passage is an address, a number or a link at the head of a document, or under a heading for them."""
    return (
        passage.kind in {"field", "sentence"}
        and len(passage.text) < _LONGEST
        and len(passage.breadcrumb) <= 1
        and _WAY.search(passage.text) is not None
    )


def is_of_work(question: Question) -> bool:
    """Whether it asks what was done with a thing, be it a way to be reached: "has she used GitHub?"."""
    return _OF_WORK.search(fold(question.text)) is not None


class ContactLines:
    """The contact lines of one corpus, and the line that says where the candidate is."""

    def __init__(self, corpus: Corpus) -> None:
        self._lines = tuple(p for p in corpus.passages if is_contact_line(p))
        heads = [p for p in corpus.passages if p.kind in {"field", "sentence"} and len(p.breadcrumb) <= 1]
        self._location = next(
            (p for p in heads if _LOCATION.match(p.text)),
            next((p for p in heads[:_HEAD] if _place_in(plain(p.text))), None),
        )
        self._grammar = corpus.profile.grammar
        name = "|".join(re.escape(fold(word)) for word in corpus.profile.name.split())
        self._asks_where = re.compile(_BASED.replace("NAME", name))

    @property
    def best(self) -> tuple[Passage, ...]:
        """The first few."""
        return self._lines[:_MOST]

    def where(self, question: Question) -> Claim | None:
        """Where the candidate is, if that is asked and the documents say it."""
        if self._location is None or question.mentions or question.strangers:
            return None
        if not self._asks_where.search(fold(question.text)):
            return None
        said = plain(self._location.text)
        labelled = _LOCATION.match(said)
        place = said[labelled.end() :].strip(" :") if labelled else _place_in(said)
        possessive = self._grammar.possessive
        return Claim(
            f"{possessive[:1].upper()}{possessive[1:]} location is {(place or said).rstrip('.')}.",
            (self._location,),
        )

    def asked_for(self, question: Question) -> tuple[Passage, ...] | None:
        """Those of the kinds that a question asks for and nothing else: "her LinkedIn?"; None where it asks more."""
        text = fold(question.text)
        if is_of_work(question) or any(t.stem not in _WORDS for t in question.terms):
            return None
        if not question.terms and not _NUMBER.search(text):
            return None
        wanted = [holds for asks, holds in _KINDS if asks.search(text)]
        return (
            tuple(p for p in self._lines if any(h.search(fold(p.text)) for h in wanted)) if wanted else None
        )
