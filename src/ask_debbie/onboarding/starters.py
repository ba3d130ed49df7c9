"""First questions for visitors: only those that the documents answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from ask_debbie.answering.about import is_answered
from ask_debbie.answering.answer import Answer
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import find_ranges
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.passages import plain

MOST = 4
_ANY_PROJECT = re.compile(r"(?:\w+ )?projects?(?: \w+)?", re.IGNORECASE)
_LONG_NAME = 5  # words


class Asker(Protocol):
    """What this module needs of the assistant."""

    def ask(self, messages: str) -> Answer: ...


class _Proposal(NamedTuple):
    """A question, and what the passages that answer it have to name."""

    question: str
    shows: str


def propose_starters(corpus: Corpus, asker: Asker) -> tuple[str, ...]:
    """Up to four questions, each of which is answered from a passage that is about it."""
    kept: list[str] = []
    for group in _groups(corpus):
        for proposal in group:
            if is_answered(asker.ask(proposal.question), proposal.shows):
                kept.append(proposal.question)
                break
        if len(kept) == MOST:
            break
    return tuple(kept)


def _groups(corpus: Corpus) -> Iterator[list[_Proposal]]:
    """Questions of one kind each; the first of a kind that is answered is enough."""
    g = corpus.profile.grammar
    named = [(entry, name) for entry in corpus.timeline.of_kind("work") if (name := _employer(entry))]
    works = [_about_work(entry, name, g.does, g.subject) for entry, name in named]
    latest = named[0][1] if named else None
    earlier = [work for work, (_, name) in zip(works, named, strict=True) if name != latest]
    yield works
    yield [_Proposal(f"Tell me about {name}.", re.escape(name)) for name in _projects(corpus)]
    yield [
        _Proposal(
            f"What did {g.subject} study, and where?",
            r"\beducation|universit|college|degree|bachelor|master of|diploma",
        )
    ]
    yield [
        _Proposal(
            f"{g.has.capitalize()} {g.subject} led a team?", r"\b(?:led|lead|manag|direct|supervis|head)\w*"
        )
    ]
    yield [_Proposal(f"Which certifications {g.does} {g.subject} hold?", r"certif|licen[cs]")]
    yield [
        _Proposal(f"Which programming languages {g.does} {g.subject} know?", r"programming|coding"),
        _Proposal(f"Which tools {g.does} {g.subject} use?", r"tools|software|technolog|skills"),
        _Proposal(f"What are {g.possessive} skills?", r"skill"),
    ]
    yield [_Proposal(f"What {g.has} {g.subject} published?", r"publi|journal|papers?")]
    yield [_Proposal(f"Which languages {g.does} {g.subject} speak?", r"languages\b.*|native|fluent")]
    yield [_Proposal(f"Which awards {g.has} {g.subject} won?", r"award|prize|honou?r|medal|recognition")]
    yield earlier
    yield [_Proposal(f"How many years of experience {g.does} {g.subject} have?", r"\d")]


def _about_work(entry: Entry, name: str, does: str, subject: str) -> _Proposal:
    verb = does if entry.dates.end is None else "did"
    return _Proposal(f"What {verb} {subject} do at {name}?", re.escape(name))


def _employer(entry: Entry) -> str | None:
    """An employer's name without its place: "Kestrel & Dow Architects" of "Kestrel & Dow Architects, Toronto"."""
    name = _undated(entry.organisation or "")
    short = re.split(r",\s|\s[|·–—]\s|\s\(", name)[0].strip(" *_")
    return short if short and len(short.split()) <= _LONG_NAME else None


def _projects(corpus: Corpus) -> list[str]:
    notes = [
        plain(
            next(corpus.documents[name].text[b.start : b.end] for b in document.blocks if b.kind == "heading")
        )
        for name, document in corpus.documents.items()
        if name.startswith("projects/") and any(b.kind == "heading" for b in document.blocks)
    ]
    dated = [entry.title for entry in corpus.timeline.of_kind("project")]
    names = [re.split(r"\s[|·–—]\s|:\s", _undated(name))[0].strip(" *_.") for name in (*notes, *dated)]
    return [
        name
        for name in dict.fromkeys(names)
        if name and len(name.split()) <= _LONG_NAME and not _ANY_PROJECT.fullmatch(name)
    ]


def _undated(name: str) -> str:
    for found in find_ranges(name):
        name = name.replace(found.text, "")
    return name.strip(" ,|()–—-")
