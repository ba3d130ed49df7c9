"""The several things that one question lists: "pages per week and time to acknowledge, before and after?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ask_debbie.answering.question import Question, Term
from ask_debbie.answering.subjects import Mention
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import fold, stem, stems

_BREAK = re.compile(r"\s*[:;?]\s+|\s*\.\s+|\s+[-–—]+\s+")
_BETWEEN = re.compile(
    r"\s*,\s*(?:(?:and|plus|also)\s+)?|\s+(?:and(?: also)?|plus|as well as|along with|&|/|vs\.?|versus|compared (?:to|with))\s+",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\W*(?:what|which|where|when|who|how)\b.*\b(?:did|does|do|has|have|had|is|are|was|were|can)\b"
    r"(?!.*\b(?:for|in|on|with|about|using)\b)"
)
_WITHIN = re.compile(r"\W*(?:in|at|as|on|for|with|during|when|while|by|from|of|about)\b")
_PALE = frozenset(
    stem(word)
    for word in """number numbers figure figures effect effects result results outcome outcomes change changed changes
        before after both each compare comparison difference differ stat stats metric metrics improvement improvements
        headline business interested care hiring tool tools package packages software""".split()
)  # what is asked of each of the things, and none of them
_MOST = 4


def topics_in(question: Question) -> list[Question]:
    """A question for each of the things that a question lists; empty where it lists no more than one."""
    clauses = [clause for clause in _BREAK.split(question.text) if clause.strip()]
    listing = max(clauses, key=lambda clause: len(_segments(clause, question)), default="")
    segments = _segments(listing, question)
    if len(segments) > 2 and _CLAUSE.match(fold(segments[0])) and listing.startswith(segments[0]):
        segments = segments[1:]  # "What did she bring down: falls, infections?"
    if not 2 <= len(segments) <= _MOST:
        return []
    shared = _shared(question, segments)
    listed = {t.stem for segment in segments for t in _terms(segment, question)}
    frame = [t for t in _terms(question.text, question) if t.stem not in listed] or (
        _terms(segments[0], question) if _mentions(segments[0], question) else []
    )
    topics = [_topic(segment, question, shared, frame) for segment in segments]
    return topics if len({topic.text for topic in topics}) > 1 else []


def _topic(segment: str, question: Question, shared: tuple[Mention, ...], frame: Sequence[Term]) -> Question:
    terms = _terms(segment, question)
    mentions = _mentions(segment, question)
    if not terms or _WITHIN.match(
        fold(segment)
    ):  # "… with Kafka at Acme and at Umbra?", "… in the lab and as a head"
        own = {t.stem for t in terms}
        terms = [*(t for t in frame if t.stem not in own), *terms]
        segment = " ".join([*(t.word for t in frame), segment])
    if not mentions:
        mentions = shared
        segment = " ".join([segment, *(m.subject.short for m in mentions)])
    return replace(question, text=segment.strip(), terms=tuple(terms), mentions=mentions)


def _segments(clause: str, question: Question) -> list[str]:
    """The clause's parts between commas and the like that name something; a name with "&" in it is one."""
    names = [plain(m.subject.title) for m in question.mentions]
    masked = clause
    for name in names:
        for part in re.split(r"\s*[,|(]\s*", name):
            masked = re.sub(re.escape(part), lambda m: "_" * len(m[0]), masked, flags=re.IGNORECASE)
    spans, start = [], 0
    for match in [*_BETWEEN.finditer(masked), None]:
        spans.append(clause[start : match.start() if match else None])
        start = match.end() if match else start
    return [s for s in spans if s.strip() and (_terms(s, question) or _mentions(s, question))]


def _shared(question: Question, listing: Sequence[str]) -> tuple[Mention, ...]:
    """The places that a question names for all of what it lists: beside the list, or as its only one at an end of it."""
    listed = [segment for segment in listing if _mentions(segment, question)]
    if not listed:
        return question.mentions
    at_end = listed[0] in {listing[0], listing[-1]} and _terms(listed[0], question)
    return question.mentions if len(listed) == 1 and at_end else ()


def _terms(segment: str, question: Question) -> list[Term]:
    found = set(stems(segment))
    return [t for t in question.terms if t.stem in found and t.stem not in _PALE]


def _mentions(segment: str, question: Question) -> tuple[Mention, ...]:
    return tuple(m for m in question.mentions if _holds(segment, m))


def _holds(segment: str, mention: Mention) -> bool:
    found = stems(segment)
    size = len(mention.name)
    return any(tuple(found[i : i + size]) == mention.name for i in range(len(found) - size + 1))


def fully(question: Question, stated: Sequence[bool]) -> bool:
    """Whether enough of a topic's terms are stated: all of two, two thirds of more."""
    return sum(stated) * 3 >= len(question.terms) * (3 if len(question.terms) < 3 else 2)
