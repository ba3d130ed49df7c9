"""Text in the documents that speaks to a reader's software and says nothing about the candidate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ask_debbie.corpus.document import Passage
from ask_debbie.retrieval.terms import fold

_ADDRESSES = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules|prompts?|guidelines|scoring|criteria|above|previous)\b|"
    r"\bnote (?:to|for) .{0,30}\b(?:software|systems?|ai|llms?|bots?|models?|assistants?|screeners?|parsers?|algorithms?|graders?)\b|"
    r"\bnote by a\b.{0,40}\brecruiter\b|"
    r"\b(?:do not|don't|never) (?:evaluate|assess|score|reject|mention) (?:the|this) (?:candidate|applicant|resume)\b|"
    r"\b(?:simply|only|just|always|must) (?:respond|reply|answer|output|say|print|state)\b|"
    r"\b(?:respond|reply|answer|output|report|say|conclude)(?: \w+){0,2}(?: with)? ?: ?[\"'“]?\w|"
    r"\b(?:if|when) (?:you are )?asked\b.{0,60}\b(?:respond|reply|answer|say)\b|"
    r"\byou are (?:now |an? )(?:ai|llm|assistant|language model|chatbot|recruit\w+)\b|"
    r"\b(?:system|hidden|developer) (?:prompt|instruction|message)s?\b.{0,3}:|"
    r"\[/?(?:system|inst)\]|<\|.{0,20}\|>|<\s*script\b|\bjavascript:|"
    r"\byour (?:answer|response|reply|output|evaluation)\b|"
    r"\b(?:candidate|applicant|resume)\b.{0,40}\b(?:most qualified|best (?:candidate|resume|applicant))\b|"
    r"\b(?:highly|strongly) recommend(?:ed)? (?:for|to) .{0,20}\b(?:hire|hiring|interview)\b|"
    r"\bbest resume\b"
)
_JOINED = 2  # characters at most between two sentences of one paragraph


def tampered(passages: Sequence[Passage]) -> frozenset[tuple[str, int, int]]:
    """The keys of the passages that instruct a reader's software, with the rest of their paragraphs."""
    return frozenset(
        p.key
        for paragraph in _paragraphs(passages)
        if any(addresses_software(p.text) for p in paragraph)
        for p in paragraph
    )


def addresses_software(text: str) -> bool:
    """Whether a text tells a reader's software what to do or to say."""
    return _ADDRESSES.search(fold(text)) is not None


def _paragraphs(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    paragraph: list[Passage] = []
    for passage in sorted(passages, key=lambda p: p.key):
        last = paragraph[-1] if paragraph else None
        if last and (passage.document != last.document or passage.start - last.end > _JOINED):
            yield paragraph
            paragraph = []
        paragraph.append(passage)
    if paragraph:
        yield paragraph
