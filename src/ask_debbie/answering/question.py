"""A question as the assistant works with it: what it is about, and what an answer would have to state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ask_debbie.answering.small_talk import asking, in_full
from ask_debbie.answering.spelling import Spelling
from ask_debbie.answering.subjects import Mention, Subject, Subjects
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import find_dates
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import STOP_WORDS, Glossary, fold, stem, stems, words
from ask_debbie.retrieval.vocabulary import in_english

GENERIC = frozenset(
    stem(word)
    for word in """experience experiences experienced work works working worked job jobs role roles position
        positions use uses used using usage know knows known knowledge skill skills skilled familiar
        familiarity proficient proficiency background exposure expertise expert tell list lists listed
        mention mentions name names named show describe explain give involve involved kind kinds type
        types sort sorts thing things stuff way example examples candidate person resume cv document
        documents page profile ever time times able good well really actually please career professional
        professionally currently current now today far recent recently latest detail details specific
        specifically exactly particular various different certain main key big biggest information
        info anything something everything someone question answer say says said talk explain wondering
        curious like looking hello hi hey thanks thank company companies employer employers place places
        many much old long years year month months day days lot bit quite also there any handle handled
        handling deal dealt dealing hands practical comfortable strong sure possible hear heard see seen
        find look part play played responsible responsibility responsibilities achievement accomplishment
        accomplished accomplish do done happen happened number total altogether overall ish kinda sorta often
        gonna wanna gotta smth sth thru pls plz u ur r abt btw ok okay yeah yep happens happen come came
        go gone put keep kept title titles want wants need needs call called belong word words term terms belt field
        fair enough sorry took since ended ending taking part people person ppl folks guys count amount
        belt field area areas topic point worth mind idea sense line case figure chance true false right
        wrong correct read reading written write else earlier previously former past prior concerned walk
        regarding related relevant include includes included including""".split()
)


_BESIDES = re.compile(
    r"\b(?:besides|other than|apart from|aside from|except(?: for)?|in addition to)\s+((?:the |her |his |their )?[\w+#.-]+"
    r"(?:(?:,? and |, | or )[\w+#.-]+)*)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*(?:\+\+|#)?")
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-ZÀ-Þ][^\W\d_]+(?:\s+[A-ZÀ-Þ][^\W\d_]+)+")
_ASKING = frozenset(
    "what where who whom whose how when why which did does do has have is are was were".split()
)
_NUMBERS = frozenset("two three four five six seven eight nine ten".split())
_LISTING = frozenset("what which name list these those her his their the".split())
_MOMENT = re.compile(
    r"(?:19|20)\d\d|jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|"
    r"nov(ember)?|dec(ember)?|early|mid|late|spring|summer|autumn|fall|winter"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question that an answer's evidence should state, in that word or another of its concepts."""

    word: str
    stem: str
    concepts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, understood on its own.

    Attributes:
        asked: the visitor's words.
        text: the question complete in itself and in English words: what is searched.
        terms: what an answer's evidence should state.
        besides: what it leaves out: English, in "which languages besides English?".
        strangers: names and known terms that the documents never mention.
        mentions: employers, roles, projects and schools that it names; evidence has to stand under one, or name it.
        carried: subjects of the conversation so far, which it may still be about.
        earlier: passages that the answer before it cited, when it goes on from them.
        foreign: whether it was asked in another language.
        more: it asks for more of what was said.
        known_besides: beside the strangers it names something that the documents have: "Java or Rust?".
    """

    asked: str
    text: str
    terms: tuple[Term, ...] = ()
    besides: tuple[Term, ...] = ()
    strangers: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    carried: tuple[Subject, ...] = ()
    earlier: tuple[Passage, ...] = ()
    foreign: bool = False
    more: bool = False
    known_besides: bool = False

    @property
    def pointed(self) -> bool:
        """Whether it asks for a detail of what was said before."""
        return bool(self.earlier) and not self.strangers and len(self.terms) <= 2

    @property
    def subjects(self) -> tuple[Subject, ...]:
        return tuple(mention.subject for mention in self.mentions)

    @property
    def scope(self) -> tuple[Subject, ...]:
        return self.subjects or self.carried


class QuestionReader:
    """Reads questions about one corpus."""

    def __init__(self, corpus: Corpus, glossary: Glossary) -> None:
        self.subjects = Subjects(corpus)
        self.glossary = glossary
        self.passages = corpus.passages
        self.candidate = frozenset(stems(corpus.profile.name)) | {"candid"}
        texts = [plain(p.text) for p in corpus.passages]
        self._passage_stems = [
            (p, tuple(stems(plain(p.text)))) for p in corpus.passages if p.kind not in {"heading", "item"}
        ]
        self.words = frozenset(word for text in texts for word in words(text))
        self.stems = frozenset(stem(word) for word in self.words)
        self.concepts = frozenset(c.name for text in texts for c in glossary.in_passage(stems(text)))
        self.proper = frozenset(
            w for text in texts for t in _TOKEN.findall(text) if t[:1].isupper() for w in words(t)
        )
        self.lower = frozenset(
            w for text in texts for t in _TOKEN.findall(text) if t[:1].islower() for w in words(t)
        )
        self._spelling = Spelling(self.words, self.stems, glossary)

    def read(self, asked: str) -> Question:
        """The question by itself, without what was said before."""
        said = in_full(asking(asked))
        english = None if self._is_english(said) else in_english(said, self._known_in(said))
        text = self._spelling.mended(said) if english is None else self._spelling.by_documents(english)
        left_out = _BESIDES.search(text)
        asked_for = f"{text[: left_out.start()]}{text[left_out.end() :]}" if left_out else text
        mentions = self.subjects.named_in(stems(asked_for))
        mentions += self._named_in_text(asked_for, mentions)
        terms = self._terms(asked_for, mentions)
        foreign = english is not None or _is_foreign(asked)
        strangers = self._strangers(text, terms, foreign=foreign)
        return Question(
            asked=asked,
            text=text,
            terms=terms,
            besides=self._terms(left_out[1], ()) if left_out else (),
            strangers=strangers,
            mentions=tuple(mentions),
            foreign=foreign,
            known_besides=self._known_besides(text, terms, strangers),
        )

    def without_mentions(self, question: Question) -> Question:
        """The same question, in which the words that name a subject are terms like any other."""
        return (
            replace(question, mentions=(), terms=self._terms(question.text, ()))
            if question.mentions
            else question
        )

    def names_known_thing(self, question: Question) -> bool:
        """Whether it names a tool, a skill or the like that the glossary knows and no document has."""
        return any(self.glossary.is_member(w) for name in question.strangers for w in words(name))

    def say(self, passages: Sequence[Passage], terms: Sequence[Term]) -> bool:
        """Whether any passage, with the headings above it, states any of the terms."""
        for passage in passages:
            found = stems(" ".join((plain(passage.text), *passage.breadcrumb, *passage.aliases)))
            if any(t.stem in found for t in terms):
                return True
            concepts = {c.name for c in self.glossary.in_passage(found)}
            if any(t.concepts & concepts for t in terms):
                return True
        return False

    def _named_in_text(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Names of several words that no heading has, but a passage: what is asked is asked of that."""
        found, named = stems(text), []
        for match in _NAME.finditer(text) if " or " not in text else ():
            name = tuple(stems(match[0]))
            start = next((i for i in range(len(found)) if tuple(found[i : i + len(name)]) == name), None)
            if start is None or any(m.start < start + len(name) and start < m.end for m in mentions):
                continue
            holder = next((p for p, s in self._passage_stems if _contains(s, name)), None)
            if holder is not None:
                subject = Subject(match[0], holder, (*holder.breadcrumb, match[0]))
                named.append(Mention(subject, name, start, start + len(name)))
        return named

    def _terms(self, text: str, mentions: Sequence[Mention]) -> tuple[Term, ...]:
        tokens = words(text)
        found = [stem(word) for word in tokens]
        concepts = self.glossary.in_question(found)
        named = {place for m in mentions for place in range(m.start, m.end)}
        terms: dict[str, Term] = {}
        for place, (word, root) in enumerate(zip(tokens, found, strict=True)):
            proper = place > 0 and word in self._proper_in(text) and word not in self.proper
            if proper:
                terms.setdefault(root, Term(word, root))
                continue
            if word.isdigit() and len(word) <= 2 and find_dates(text):
                continue  # the month of a date
            passing = (
                word in STOP_WORDS
                or (word in _NUMBERS and place > 0 and tokens[place - 1] in _LISTING)
                or root in GENERIC
                or root in self.candidate
                or bool(_MOMENT.fullmatch(word))
            )
            if place in named or passing:
                continue
            spanning = frozenset(c.name for c in concepts if c.start <= place < c.end)
            terms.setdefault(root, Term(word, root, spanning))
        return tuple(terms.values())

    def _strangers(self, text: str, terms: Sequence[Term], *, foreign: bool) -> tuple[str, ...]:
        """What the question names and no document does: capitalised words inside a sentence, words that no
        dictionary has, and words that the glossary knows as the name of something."""
        by_stem = {term.stem: term for term in terms}
        inner = _inner_capitals(text)
        strangers: list[str] = []
        for token in _TOKEN.findall(text):
            for piece in words(token):
                term = by_stem.get(stem(piece))
                if _MOMENT.fullmatch(piece):
                    continue
                if (
                    term is not None
                    and piece in STOP_WORDS
                    and piece not in self.proper
                    and token in inner
                    and not text.isupper()
                ):
                    strangers.append(token)
                    continue
                if term is None or term.stem in self.stems:
                    continue
                kind = token.islower() and re.search(rf"\b(?:which|what) {re.escape(piece)}\b", fold(text))
                member = self.glossary.is_member(piece) and not kind  # "which library" names none
                if member and not term.concepts & self.concepts:
                    strangers.append(token)
                elif foreign or term.concepts & self.concepts or text.isupper():
                    continue
                elif (
                    re.match("[A-Z]", token) and (token in inner or len(re.findall("[A-Z0-9]", token)) > 1)
                ) or (len(piece) > 3 and piece.isalpha() and not self._spelling.is_known(piece)):
                    strangers.append(token)
        if not text.isupper():
            strangers += self._unknown_pairs(text)
        return tuple(dict.fromkeys(strangers))

    def _unknown_pairs(self, text: str) -> list[str]:
        """Names of two words of which the documents have the first in other names, and the second in none:
        "Microsoft Teams", where they have Microsoft Excel and teams."""
        return [
            f"{pair[1]} {pair[2]}"
            for pair in re.finditer(r"\b([A-Z]\w+)(?= ([A-Z]\w+)\b)", text)
            if fold(pair[1]) in self.proper
            and fold(pair[2]) not in self.proper
            and stem(fold(pair[2])) in self.stems
            and not any(_contains(s, tuple(stems(f"{pair[1]} {pair[2]}"))) for _, s in self._passage_stems)
        ]

    def _known_besides(self, text: str, terms: Sequence[Term], strangers: Sequence[str]) -> bool:
        strange = {stem(w) for s in strangers for w in words(s)}
        for name in strangers:  # "Google Cloud" is one stranger
            after = re.search(rf"{re.escape(name)}\s+([A-Z][^\W_]*)", text)
            strange |= set(stems(after[1])) if after else set()
        listed = re.search(r"\b(?:or|and|vs)\b|[,/]", fold(text)) is not None
        return listed and any(
            t.stem in self.stems
            and t.stem not in strange
            and (
                self.glossary.is_member(t.word)
                or (
                    t.word.capitalize() in text
                    and t.word in self.proper
                    and not text.startswith(t.word.capitalize())
                )
            )
            for t in terms
        )

    def _proper_in(self, text: str) -> frozenset[str]:
        """The folded common words that a text writes as names: "Go" in "Python and Go"."""
        inner = frozenset() if text.isupper() else _inner_capitals(text)
        return frozenset(
            word
            for token in inner
            for word in words(token)
            if word in STOP_WORDS
            and len(word) > 1
            and word not in _ASKING
            and not _MOMENT.fullmatch(word)
            and len(inner) <= 4
        )

    def _known_in(self, text: str) -> frozenset[str]:
        """The documents' words, with those of a text that differ in their endings alone."""
        return self.words | {word for word in words(text) if stem(word) in self.stems}

    def _is_english(self, text: str) -> bool:
        """Whether every word, but names, is an English one."""
        names = _inner_capitals(text)
        ordinary = [fold(t) for t in _TOKEN.findall(text) if t not in names and t.isalpha()]
        plainly = len(ordinary) > 1 or any(word in STOP_WORDS for word in ordinary)
        return plainly and self._spelling.are_english(ordinary)


def _contains(found: Sequence[str], name: tuple[str, ...]) -> bool:
    return any(tuple(found[i : i + len(name)]) == name for i in range(len(found) - len(name) + 1))


def _inner_capitals(text: str) -> frozenset[str]:
    """The capitalised words that no sentence begins with."""
    return frozenset(
        match[0]
        for match in _TOKEN.finditer(text)
        if match[0][:1].isupper()
        and match[0] != "I"
        and re.search(r"[^\s.!?:;\"'“”‘(¿¡-]\W*$", text[: match.start()])
        and not re.search(r"[.!?:]\W*$", text[: match.start()])
    )


def _is_foreign(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(ord(c) > 0x24F for c in letters) > len(letters) / 2 if letters else False
