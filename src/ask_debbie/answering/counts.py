"""Questions of how many entries a section has: counted in code, over all of them, or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ask_debbie.answering.claim import Claim
from ask_debbie.answering.question import Question
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.listings import Listed, Listing, read_listings
from ask_debbie.retrieval.terms import STOP_WORDS, fold, stem, stems, words

_COUNT = re.compile(
    r"\b(?:how many|(?:the |a )?(?:total )?(?:number|count) of|count (?:all )?(?:of )?(?=her|his|their|the))\s+"
)
_NOUN_ENDS = re.compile(
    r"\b(?:has|have|had|did|does|do|is|are|was|were|can|in|at|on|since|with|by|from|before|after|between|until|up to|prior|"
    r"during|over|to|as|about|that|which|where|she|he|they|there|published|written|given)\b|[?.,!:]"
)
_KINDS = (
    "publication publications papers paper articles article",
    "talk talks presentations presentation lectures lecture",
    "grant grants funding",
    "course courses classes teaching taught",
    "award awards honours honors prizes prize distinctions",
    "student students supervision advising mentoring advisees",
    "patent patents inventions",
)
_SAME = [frozenset(stem(word) for word in kind.split()) for kind in _KINDS]
_SAID_BESIDES = frozenset(
    stem(word)
    for word in """publish published write wrote written got appear appeared author authored coauthor give given gave deliver delivered present
        presented receive received win won teach taught hold held file filed list listed total all altogether overall
        supervise supervised advise advised come came far career cv resume document documents profile work
        works""".split()
)
_QUALIFYING = frozenset(
    """last past this next recent recently current currently now today ago per each every average more less fewer than
        most least over under about around not no without except other another only both same different""".split()
)
_TAILS = re.compile(r"\b(?:experience|activities|history|record|list|taught|given|selected|full|complete)\b")
_ROLES = (
    ("first", re.compile(r"\b(?:as )?(?:the )?(?:first|lead|1st)[\s-]author(?:ed|ship|s)?\b")),
    ("last", re.compile(r"\b(?:as )?(?:the )?(?:last|senior)[\s-]author(?:ed|ship|s)?\b")),
    ("sole", re.compile(r"\b(?:as )?(?:the )?(?:sole|single|solo|only)[\s-]author(?:ed|ship|s)?\b")),
)
_YEAR = r"((?:19|20)\d\d)"
_SPANS: tuple[tuple[re.Pattern[str], Callable[[int, int], tuple[int, int]]], ...] = (
    (
        re.compile(
            rf"\bbetween {_YEAR} and {_YEAR}|\bfrom {_YEAR} (?:to|until|till|through) {_YEAR}|{_YEAR}\s*[-–]\s*{_YEAR}"
        ),
        lambda a, b: (a, b),
    ),
    (
        re.compile(rf"\bsince {_YEAR}|\bfrom {_YEAR} on(?:wards?)?|\b{_YEAR} or (?:later|after)"),
        lambda a, _: (a, 9999),
    ),
    (re.compile(rf"\b(?:after|later than) {_YEAR}"), lambda a, _: (a + 1, 9999)),
    (re.compile(rf"\b(?:before|prior to|earlier than) {_YEAR}"), lambda a, _: (0, a - 1)),
    (re.compile(rf"\b(?:until|till|up to|through|by) {_YEAR}"), lambda a, _: (0, a)),
)
_ONE = re.compile(rf"\b(?:(?:in|of|during|from|for|the year)\s+)*{_YEAR}\b")
_PLACE = re.compile(r"\b(?:in|at)\s+(?:the\s+)?(?P<name>[^?!,]+)")
_WITH = re.compile(r"\b(?:(?:co-?author\w*|written|together) )?with\s+(?P<name>[^?!,]+)")
_PROCEEDINGS = r"(?:in\s+)?(?:the\s+)?(?:proc\w*\.?\s+)?(?:of\s+)?(?:the\s+)?(?:\d+\w\w\s+)?"
_ALL = 8  # entries that are all cited
_FIRST = 3  # cited of more


@dataclass(slots=True)
class _Asked:
    """What a question counts."""

    noun: list[str]
    spans: list[tuple[int, int]] = field(default_factory=list)
    role: str | None = None
    where: str | None = None
    who: str | None = None
    unknown: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def is_plain(self) -> bool:
        return not (self.spans or self.role or self.where or self.who)


class EntryCounter:
    """Counts the entries of one corpus's listings."""

    def __init__(self, corpus: Corpus) -> None:
        self._name = corpus.profile.name
        self._grammar = corpus.profile.grammar
        self._candidate = frozenset(stems(corpus.profile.name))
        self._listings = read_listings(corpus)

    def answer(self, question: Question) -> list[Claim] | None:
        """The number, and what was counted; empty where it can't be told for sure; None where nothing that a
        section lists is counted."""
        found = _COUNT.search(fold(question.text))
        if not self._listings or found is None or question.earlier or question.foreign:
            return None
        asked = self._read(fold(question.text)[found.end() :])
        listings = self._named(asked)
        if not listings:
            return None
        if question.strangers or asked.unknown:
            return []
        entries = [entry for listing in listings for entry in listing.entries]
        counted = [(entry, _fits(entry, asked)) for entry in entries]
        if any(fits is None for _, fits in counted):
            return []
        fitting = [entry for entry, fits in counted if fits]
        if not fitting and (asked.where or asked.who):
            return []
        undated = [e for e in entries if not e.years] if asked.spans else []
        return [self._said(asked, listings, entries, fitting, undated)]

    def _read(self, text: str) -> _Asked:
        asked = _Asked([])
        for role, pattern in _ROLES:
            if pattern.search(text):
                asked.role, text = role, pattern.sub(" ", text)
        for pattern, span in _SPANS:
            for said in pattern.finditer(text):
                years = [int(year) for year in said.groups() if year]
                asked.spans.append(span(years[0], years[-1]))
                asked.said.append(_tidy(said[0]))
            text = pattern.sub(" ", text)
        if not asked.spans:
            years = [int(said[1]) for said in _ONE.finditer(text)]
            asked.spans = [(year, year) for year in years]
            asked.said = [f"of {_joined([str(year) for year in years])}"] if years else []
            text = _ONE.sub(" ", text)
        end = _NOUN_ENDS.search(text)
        noun, rest = (text[: end.start()], text[end.start() :]) if end else (text, "")
        asked.noun = [w for w in words(noun) if w not in STOP_WORDS - _QUALIFYING]
        match = _PLACE.search(rest)
        if match:
            if not all(self._says_nothing(word) for word in words(match["name"])):
                asked.where = _tidy(match["name"])
            rest = rest[: match.start()] + rest[match.end() :]
        elif match := _WITH.search(rest):
            asked.who, rest = _tidy(match["name"]), rest[: match.start()] + rest[match.end() :]
        asked.unknown = [word for word in words(rest) if not self._says_nothing(word)]
        if asked.who and re.search(r"\b(?:and|or)\b", asked.who):
            asked.unknown.append(asked.who)
        return asked

    def _says_nothing(self, word: str) -> bool:
        """Whether a word restricts nothing of what is counted."""
        if word in _QUALIFYING:
            return False
        return word in STOP_WORDS or stem(word) in _SAID_BESIDES | self._candidate

    def _named(self, asked: _Asked) -> list[Listing]:
        """The listings that the noun names, without those inside others of them."""
        if not asked.noun:
            return []
        named = [listing for listing in self._listings if _names(listing, asked.noun)]
        return [
            one
            for one in named
            if not any(other is not one and set(_keys(one)) < set(_keys(other)) for other in named)
        ]

    def _said(
        self,
        asked: _Asked,
        listings: Sequence[Listing],
        entries: Sequence[Listed],
        fitting: Sequence[Listed],
        undated: Sequence[Listed],
    ) -> Claim:
        under = _joined([f"“{listing.title}”" for listing in listings])
        parts = list(asked.said)
        if asked.where:
            parts.append(f"in {_cased(asked.where, entries)}")
        if asked.who:
            parts.append(f"with {_cased(asked.who, entries)}")
        if asked.role:
            parts.append({"first": "with {} as the first author", "last": "with {} as the last author",
                          "sole": "with {} as the only author"}[asked.role].format(self._name))  # fmt: skip
        listed = "is" if len(fitting) == 1 else "are"
        if asked.is_plain:
            what = "entry" if len(entries) == 1 else "entries"
            text = (
                f"{self._grammar.possessive.capitalize()} documents list {len(entries)} {what} under {under}"
            )
        else:
            number = len(fitting) if fitting else "None"
            text = f"{number} of the {len(entries)} entries under {under} {listed} {' '.join(parts)}"
        if undated:
            text += f"; {len(undated)} {'has' if len(undated) == 1 else 'have'} no year"
        headings = tuple(listing.heading for listing in listings)
        cited = tuple(entry.passage for entry in fitting)
        return Claim(f"{text}.", cited if 0 < len(cited) <= _ALL else (*headings, *cited[:_FIRST]))


def _names(listing: Listing, noun: Sequence[str]) -> bool:
    """Whether a section lists what a noun says: "papers" are under "Publications", and "books" not under "Book
    Chapters"."""
    parts = re.split(r"\s*(?:[,/(&:]|\band\b|\bin\b|\bof\b|\bfor\b)\s*", _TAILS.sub("", fold(listing.title)))
    heads = {found[-1] for part in parts if (found := stems(part))}
    kinds = [kind for kind in _SAME if kind & heads]
    *others, last = (stem(word) for word in noun)
    is_kind = last in heads or any(last in kind for kind in kinds)
    return is_kind and all(
        word in stems(listing.title) or any(word in kind for kind in kinds) for word in others
    )


def _keys(listing: Listing) -> list[tuple[str, int, int]]:
    return [entry.passage.key for entry in listing.entries]


def _fits(entry: Listed, asked: _Asked) -> bool | None:
    """Whether an entry is one of those that are asked for; None where it can't be told."""
    answers = [
        _in_years(entry, asked.spans) if asked.spans else True,
        _in_role(entry, asked.role) if asked.role else True,
        _in_place(entry, asked.where) if asked.where else True,
        _in_company(entry, asked.who) if asked.who else True,
    ]
    if False in answers:
        return False
    return None if None in answers else True


def _in_years(entry: Listed, spans: Sequence[tuple[int, int]]) -> bool | None:
    if not entry.years:
        return False  # and said to have no year
    inside = {any(start <= year <= end for start, end in spans) for year in entry.years}
    if entry.open:
        inside.add(any(end == 9999 or end > max(entry.years) for _, end in spans))
    return inside.pop() if len(inside) == 1 else None


def _in_role(entry: Listed, role: str) -> bool | None:
    if entry.place is None:
        return None
    first, last = entry.place
    return {"first": first, "last": last and not first, "sole": first and last}[role]


def _in_place(entry: Listed, where: str) -> bool | None:
    """Whether it appeared somewhere: the whole name, and not as a part of a longer one."""
    text = fold(entry.reference.where if entry.reference else entry.text)
    name = r"\W+".join(re.escape(word) for word in re.findall(r"[\w&+]+", where))
    if re.search(
        rf"(?:^|[,.;:(“\"]\s*|\bin\s+){_PROCEEDINGS}{name}(?=\s*(?:[,.;:()]|\d|vol\b|no\b|$))", text
    ):
        return True
    mentioned = re.search(rf"(?<!\w){name}(?!\w)", text) is not None
    return None if mentioned and entry.reference is None else False


def _in_company(entry: Listed, who: str) -> bool | None:
    """Whether somebody is among the authors."""
    if entry.reference is None:
        return None
    family = fold(who).split()[-1]
    if re.search(r"\bet al\b|…|\.\.\.", entry.reference.authors):
        return None
    return re.search(rf"(?<![\w'’-]){re.escape(family)}(?![\w'’])", fold(entry.reference.authors)) is not None


def _cased(name: str, entries: Sequence[Listed]) -> str:
    """A name as the entries write it."""
    for entry in entries:
        place = fold(entry.text).find(name)
        if place >= 0 and len(fold(entry.text)) == len(entry.text):
            return entry.text[place : place + len(name)]
    return name


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:")


def _joined(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
