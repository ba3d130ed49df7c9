"""Sentences that say more than their quotes do, found by a checker that shares no code with the product's own.

Every number, date and name of a sentence with markers has to be in a quote that it cites, or in that quote's
breadcrumb. Beside those it may give what follows: lengths of time from the dates there and today, a date inside a
range when the question names it, a count of its citations (less those that are headings of others) or of a quoted
list's items, and an acronym of quoted words. A sentence without markers may have no number or name but those of the visitor's turns and of
profile.toml, and, where it denies something, a heading of the documents.

It takes words by their letters, so it doesn't see what is false in lower case ("she enjoys sailing"), nor a name at
the beginning of a sentence that neither the documents nor the visitor mention ("Google hired her"); and it takes the
numbers and dates of the quotes as a heap, so it doesn't see two of them exchanged.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ask_debbie.answering.answer import Answer, Citation, Sentence
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.evaluation.written_dates import Dated, Month, dated, follows, lengths, together
from ask_debbie.evaluation.written_numbers import numbers

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s)>\]]+|[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_](?:[\w.'’&+#]*[\w+#])?")
_START = re.compile(r"(?:^|[.!?:;•]\s+|\n\s*)[^\w\n]*$")
_POSSESSIVE = re.compile(r"['’]s?$")
_PRONOUNS = frozenset(
    "i she he they her his their him them me my it its hers theirs this that these those mr ms mrs dr".split()
)
_UP_TO_NOW = re.compile(r"\b(?:ago|since|so far|now|today|currently)\b", re.IGNORECASE)
_DENIAL = re.compile(r"n['’]t\b|\b(?:no|not|never|nothing|none)\b", re.IGNORECASE)
_MINOR = frozenset("a an and at de des du for in of on or the to".split())
_LOOK_BACK = 60  # characters before a word that show whether a sentence begins with it
_LONGEST_ITEM = 5  # words of a list's item


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a sentence may say.

    Attributes:
        text: its words, numbers and names.
        dates: its dates.
        asked: the dates of the visitor's turns; they may be said again where a range of ``dates`` goes over them.
        counts: numbers that are a count of something cited.
    """

    text: str
    dates: Dated
    asked: Dated
    turns: str
    counts: frozenset[int]


class SupportChecker:
    """Checks answers about one candidate.

    Args:
        today: the day that "present" means.
    """

    def __init__(self, corpus: Corpus, today: dt.date) -> None:
        self._today = today
        profile = corpus.profile
        self._own = frozenset(_key(word) for word in _WORD.findall(profile.name)) | _PRONOUNS
        self._profile = "\n".join(
            [profile.name, profile.headline, profile.contact_policy or "", profile.contact_email or ""]
            + [f"{link.label} {link.url}" for link in profile.links]
            + list(profile.starters)
        )
        self._titles = "\n".join(s.title for d in corpus.documents.values() for s in d.sections)
        self._names = frozenset(
            word for d in corpus.documents.values() for word in _names(d.text, frozenset(), frozenset())
        )

    def unsupported(self, answer: Answer, turns: Sequence[str]) -> tuple[str, ...]:
        """The sentences, as shown, each with what it has too much: ``text (not in its quotes: Google, 7)``."""
        by_marker = {citation.marker: citation for citation in answer.citations}
        wrong = []
        for sentence in answer.sentences:
            cited = [by_marker[marker] for marker in sentence.markers if marker in by_marker]
            basis = self._quotes(cited, turns) if cited else self._question(sentence, turns)
            excess = dict.fromkeys(self._excess(sentence.text, basis))
            if excess:
                where = "its quotes" if cited else "the question"
                wrong.append(f"{sentence.marked} (not in {where}: {', '.join(excess)})")
        return tuple(wrong)

    def _quotes(self, cited: Sequence[Citation], turns: Sequence[str]) -> _Basis:
        pieces = [piece for c in cited for piece in (c.quote, *c.breadcrumb)]
        headings = {piece for c in cited for piece in c.breadcrumb}
        items = [_items(c.quote) for c in cited]
        counts = {sum(c.quote not in headings for c in cited), *items, sum(items)}
        dates = together([dated(piece, self._today) for piece in pieces])
        asked = "\n".join(turns)
        return _Basis("\n".join(pieces), dates, dated(asked, self._today), asked, frozenset(counts))

    def _question(self, sentence: Sentence, turns: Sequence[str]) -> _Basis:
        texts = [*turns, self._profile, *([self._titles] if _DENIAL.search(sentence.text) else [])]
        dates = together([dated(text, self._today) for text in texts])
        return _Basis("\n".join(texts), dates, Dated(""), "\n".join(turns), frozenset())

    def _excess(self, text: str, basis: _Basis) -> Iterator[str]:
        """What a text has that is neither in its basis nor follows from it."""
        for address in (found.rstrip(".,;:") for found in _ADDRESS.findall(text)):
            if address.casefold() not in basis.text.casefold():
                yield address
        text = _without_addresses(text)
        said = dated(text, self._today)
        for month in said.months:
            asked = basis.asked.holds(month) and (basis.dates.spans(month) or self._is_today(month))
            if not (basis.dates.holds(month) or asked):
                yield (
                    "/".join(str(part) for part in (month[1], month[0]) if part)
                    if month[0]
                    else f"month {month[1]}"
                )
        yield from self._excess_numbers(said.rest, basis)
        yield from self._excess_names(text, basis)

    def _is_today(self, month: Month) -> bool:
        return month in {(self._today.year, self._today.month), (self._today.year, 0)}

    def _excess_numbers(self, text: str, basis: _Basis) -> Iterator[str]:
        written = _without_addresses(basis.dates.rest)
        quoted = {length.months for length in lengths(written)[0]}
        to_today = _UP_TO_NOW.search(text) is not None
        said, text = lengths(text)
        for length in said:
            if length.months not in quoted and not follows(
                length, basis.dates, self._today, to_today=to_today
            ):
                yield length.text
        known = numbers(written)[0]
        for number in numbers(text)[0]:
            is_count = not number.unit and number.value >= 2 and number.value in basis.counts
            if not (is_count or number.is_in(known)):
                yield number.text

    def _excess_names(self, text: str, basis: _Basis) -> Iterator[str]:
        words = {_key(part) for word in _WORD.findall(basis.text) for part in _parts(word)}
        acronyms = _initials(basis.text)
        elsewhere = self._names | frozenset(_names(basis.turns, frozenset(), frozenset()))
        for name in _names(text, self._own, elsewhere):
            if not ({name, name.removesuffix("s"), f"{name}s"} & words or name in acronyms):
                yield name


def _names(text: str, exempt: frozenset[str], elsewhere: frozenset[str]) -> Iterator[str]:
    """Words of a text that are names, in lower case: with a capital or a digit in them.

    A sentence's first word is one only where it is a name ``elsewhere`` or has a capital that isn't its first.
    """
    text = numbers(dated(_without_addresses(text), dt.date.min).rest)[1]
    for match in _WORD.finditer(text):
        first = bool(_START.search(text, max(0, match.start() - _LOOK_BACK), match.start()))
        for part in _parts(match[0]):
            key = _key(part)
            inner = any(c.isupper() for c in part[1:]) or (any(map(str.isdigit, part)) and part[0].isalpha())
            capital = part[0].isupper() and (not first or key in elsewhere)
            if (inner or capital) and key and key not in exempt:
                yield key


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub(lambda match: " " * len(match[0]), text)


def _parts(word: str) -> list[str]:
    return [part for part in re.split(r"(?<=\w)&(?=\w)", word) if part]


def _key(word: str) -> str:
    return _POSSESSIVE.sub("", word.rstrip(".")).replace(".", "").replace("’", "'").casefold()


def _initials(text: str) -> frozenset[str]:
    """Acronyms of two to six neighbouring words with capitals, without the small words between them."""
    found: set[str] = set()
    for line in text.splitlines():
        words = [word for word in _WORD.findall(line) if word not in _MINOR]
        for size in range(2, 7):
            for place in range(len(words) - size + 1):
                firsts = "".join(word[0] for word in words[place : place + size])
                if firsts.isupper():
                    found.add(firsts.casefold())
    return frozenset(found)


def _items(quote: str) -> int:
    """How many items a quoted list has; 0 for what isn't one."""
    items = [item for item in re.split(r"[,;\n•|]|\band\b|&", quote.rpartition(":")[2]) if item.strip()]
    return len(items) if len(items) > 1 and all(len(i.split()) <= _LONGEST_ITEM for i in items) else 0
