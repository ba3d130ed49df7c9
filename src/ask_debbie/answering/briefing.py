"""What a chat model is given with every question: the rules, and of the documents as much as it may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise

from ask_debbie.answering.tampering import tampered
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage

Span = tuple[str, int, int]  # a document's path, start and end


@dataclass(frozen=True, slots=True)
class Briefing:
    """A system message.

    Attributes:
        left_out: what of the documents it doesn't hold for want of room; all of them, where it holds none.
    """

    text: str
    left_out: tuple[Span, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.left_out

    def holds(self, passage: Passage) -> bool:
        return not any(
            path == passage.document and start < passage.end and passage.start < end
            for path, start, end in self.left_out
        )


def brief(corpus: Corpus, budget: int, part: int = 0) -> Briefing:
    """The system message for a corpus.

    Args:
        budget: characters of documents up to which it holds them all.
        part: characters of them that it holds where they are more.
    """
    left_out: tuple[Span, ...] = ()
    documents = _documents(corpus)
    if len(documents) > budget:
        left_out = tuple(_left_out(corpus, part))
        documents = _documents(corpus, left_out) if part else "The lines that matter come with each question."
    g = corpus.profile.grammar
    text = prompt("system").format(
        name=corpus.profile.name,
        possessive=g.possessive,
        Subject=g.subject.capitalize(),
        documents=documents,
    )
    return Briefing(text, left_out)


def prompt(name: str) -> str:
    """A prompt's text, by its file's name."""
    path = resources.files("ask_debbie.answering") / "prompts" / f"{name}.md"
    return path.read_text(encoding="utf-8").strip()


def _left_out(corpus: Corpus, part: int) -> Iterable[Span]:
    """The ends of the longest sections, so that what stays of all is at most ``part`` characters."""
    sections = [span for path in corpus.documents for span in _sections(corpus, path)]
    most = _level([end - start for _, start, end in sections], part)
    for path, start, end in sections:
        if end - start > most:
            fitting = [
                p.end
                for p in corpus.passages
                if p.document == path and start <= p.start and p.end <= start + most
            ]
            yield path, max(fitting, default=start), end


def _sections(corpus: Corpus, path: str) -> list[Span]:
    starts = [
        p.start for p in corpus.passages if p.document == path and p.kind == "heading" and not p.breadcrumb
    ]
    edges = sorted({0, *starts, len(corpus.documents[path].text)})
    return [(path, start, end) for start, end in pairwise(edges)]


def _level(lengths: Sequence[int], room: int) -> int:
    """The length at which to cut, for the lengths to have room together."""
    ordered = sorted(lengths)
    for place, length in enumerate(ordered):
        longer = len(ordered) - place
        if length * longer > room:
            return room // longer
        room -= length
    return max(ordered, default=0)


def _documents(corpus: Corpus, left_out: Sequence[Span] = ()) -> str:
    """The documents as text, without what speaks to a reader's software."""
    cut = [*tampered(corpus.passages), *left_out]
    paths = sorted(corpus.documents, key=lambda path: (path.count("/"), path))
    return "\n\n".join(
        _readable(_without(corpus.documents[path].text, [(a, b) for p, a, b in cut if p == path]))
        for path in paths
    )


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    kept, place = [], 0
    for start, end in sorted(spans):
        kept.append(text[place : max(place, start)])
        place = max(place, end)
    return "".join([*kept, text[place:]])


def _readable(text: str) -> str:
    without_links = re.sub(r"!?\[([^\[\]]*)\]\([^()\s]*\)", r"\1", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t\u00a0]+\n", "\n", without_links)).strip()
