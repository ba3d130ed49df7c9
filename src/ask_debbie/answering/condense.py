"""A conversation in, its last question out, complete in itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ask_debbie.answering.answer import Message
from ask_debbie.answering.question import Question, QuestionReader
from ask_debbie.answering.subjects import Mention, Subject
from ask_debbie.corpus.document import Passage
from ask_debbie.retrieval.terms import fold, stem, stems, words

_YES = re.compile(
    r"\W*(?:yes|yeah|yep|yup|sure|ok(?:ay)?|please(?: do)?|go (?:on|ahead)|do|absolutely|of course|sounds good|why not|"
    r"i(?:'d| would) (?:like|love) (?:that|to)|that would be (?:great|nice)|tell me|si|oui|ja|sim)"
    r"(?:[\s,.!]+(?:please|thanks|thank you|do|go ahead|tell me(?: more)?|i(?:'d| would) like that|that would be (?:great|nice)|sure|more))*\W*"
)
_MORE = re.compile(
    r"\b(?:(?:tell|say|know|hear|give) (?:me |us )?(?:a bit |some |a little )?more|more (?:details?|about (?:that|it|this))|elaborate|go on|expand on|anything else|what else|details)\b"
)
_ABOUT = re.compile(
    r"^\W*(?:and|or|so|ok(?:ay)?|but|also)?[\s,]*(?:what|how) about\s+|^\W*(?:and|or|what of)\s+(?!(?:how|what|who|when|where|why|which|did|does|do|has|have|is|was|were|can)\b)(?=\w)|^\W*same (?:for|with)\s+"
)
_POINTS_BACK = re.compile(
    r"\b(?:that|this|it|its|those|these|there|then|them|one|ones|same|such|former|latter|the (?:team|project|company|role|job|tool|app|product|migration|initiative|service|number|course|prize|award|building|library))\b"
)
_POINTS_BACK_FIRMLY = re.compile(
    r"\b(?:that|this|it|those|these|there|then|the (?:former|latter|same)|the (?:first|second|third|last|other) one)\b(?!\s+(?:she|he|they))"
)
_CONTINUES = re.compile(
    r"^\W*(?:and|so|but|also|or|then|why|how come|how so|really|which one|which ones|who|when|where|how (?:many|much|long|big|often)|for whom|with whom|with what|in what)\b"
)
_THERE = re.compile(
    r"\b(?:there|at that (?:job|company|place|time)|in that (?:role|job|position)|on that project)\b(?! (?:is|are|was|were|any)\b)"
)
_OTHER = re.compile(
    r"\bthe other(?:\s+(?:one|project|role|job|position|team|company|employer|school|degree|internship))?\b(?!\s+\w{4,})"
)
_BEFORE_THAT = re.compile(
    r"\b(?:before|after|prior to)\s+(?:(?:that|this|it|then)\b|(?:she|he|they) \w+ (?:that|this|there)\b)"
)


@dataclass(frozen=True)
class Turn:
    """A question of the conversation, read."""

    question: Question
    _cite: Callable[[Question], tuple[Passage, ...]]

    @cached_property
    def cited(self) -> tuple[Passage, ...]:
        """The passages that its answer would cite: a search, which few of the questions after it need."""
        return self._cite(self.question)


def condense(
    messages: Sequence[Message],
    reader: QuestionReader,
    cite: Callable[[Question], tuple[Passage, ...]],
    refuse: Callable[[str], str | None],
) -> Question:
    """The last question, complete in itself.

    A question that points back ("how many people was that?"), goes on ("what about load testing?") or accepts
    an offer ("yes please") takes what it lacks from the turns before it; one that stands by itself takes nothing.

    Args:
        messages: the whole conversation; the last is the question.
        cite: the passages that a question's answer would rest on.
        refuse: says what is declined; a turn that was leaves no subject behind.
    """
    turn: Turn | None = None
    said = ""
    *before, last = messages
    for message in before:
        if message["role"] == "assistant":
            said = message["content"]
        elif message["content"] and not refuse(message["content"]):
            question = _resolved(message["content"], reader, turn, said)
            turn = Turn(question, cite)
    return _resolved(last["content"], reader, turn, said)


def _resolved(asked: str, reader: QuestionReader, turn: Turn | None, said: str) -> Question:
    question = reader.read(asked)
    if turn is None:
        return question
    text = fold(question.text)
    if _YES.fullmatch(text) or _YES.fullmatch(fold(asked)):
        return _accepted(question, reader, turn, said)
    if _MORE.search(text) and not question.subjects and len(question.terms) <= 1:
        return replace(turn.question, asked=asked, earlier=turn.cited, more=True)
    if not question.subjects and (found := _about_the_other(question, reader, turn)) is not None:
        return found
    if _BEFORE_THAT.search(text) and not question.subjects:
        return replace(question, earlier=turn.cited)
    if about := _ABOUT.match(text):
        rest = question.text[about.end() :].strip(" ?!.")
        if rest and len(words(rest)) <= 6:
            return _substituted(question, reader.read(rest), reader, turn)
    if _POINTS_BACK_FIRMLY.search(text) or (
        _CONTINUES.match(text) and not question.subjects and len(question.terms) <= 2
    ):
        return _joined(question, reader, turn)
    if not question.terms and not question.subjects:
        return _joined(question, reader, turn)
    if _POINTS_BACK.search(text) and not question.subjects:
        return replace(question, carried=turn.question.scope, earlier=turn.cited)
    return question


def _accepted(question: Question, reader: QuestionReader, turn: Turn, said: str) -> Question:
    """ "Yes please" asks for what the assistant offered or named last."""
    offered = said.rsplit("?", 1)[0] if "?" in said else said
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", re.sub(r"\s*\[\d+\]", "", offered)) if "@" not in s]
    if not sentences:
        return replace(turn.question, asked=question.asked, earlier=turn.cited, more=True)
    wanted = reader.read(sentences[-1])
    return replace(wanted, asked=question.asked, strangers=(), carried=turn.question.scope, more=True)


def _substituted(question: Question, rest: Question, reader: QuestionReader, turn: Turn) -> Question:
    """ "What about Java?" asks the question before it, about Java."""
    before = turn.question
    if rest.terms:
        return replace(
            rest,
            asked=question.asked,
            carried=() if rest.mentions else before.scope,
            foreign=question.foreign,
        )
    dropped = {root for mention in before.mentions for root in mention.name} | {
        stem(fold(s)) for s in before.strangers
    }
    kept = " ".join(word for word in before.text.split() if not set(stems(word)) & dropped)
    return replace(
        reader.read(f"{kept.strip(' ?!.')} {rest.text}"), asked=question.asked, foreign=question.foreign
    )


def _about_the_other(question: Question, reader: QuestionReader, turn: Turn) -> Question | None:
    """ "And the other project?" asks of the one beside what was spoken of; None where there isn't just one."""
    other = _OTHER.search(question.text.lower())
    here = _spoken_of(reader, turn) if other else None
    if other is None or here is None:
        return None
    beside = [s for s in reader.subjects.all if s != here and s.trail[:-1] == here.trail[:-1]]
    if len(beside) != 1:
        return None
    name = beside[0].short
    if len(question.text.split()) > 4:
        text = f"{question.text[: other.start()]}{name}{question.text[other.end() :]}"
    else:
        named = {root for mention in turn.question.mentions for root in mention.name}
        kept = [w for w in turn.question.text.strip(" ?!.").split() if not set(stems(w)) & named]
        text = f"{' '.join(kept)} {name}?"
    return replace(reader.read(text), asked=question.asked, foreign=question.foreign)


def _spoken_of(reader: QuestionReader, turn: Turn) -> Subject | None:
    """The one thing that a turn was about: what it named, or what the passages of its answer stand under."""
    if turn.question.scope:
        return turn.question.scope[0]
    holding = [s for s in reader.subjects.all if any(s.holds(p) for p in turn.cited)]
    return max(holding, key=lambda s: len(s.trail), default=None)


def _joined(question: Question, reader: QuestionReader, turn: Turn) -> Question:
    """What points back is asked of the passages that the answer before it cited."""
    about = _spoken_of(reader, turn)
    if about and not question.mentions and _THERE.search(fold(question.text)):
        # "there" is that place and no other, though no word of the question names it
        return replace(question, mentions=(Mention(about, (), 0, 0),), earlier=turn.cited)
    return replace(question, carried=turn.question.scope or ((about,) if about else ()), earlier=turn.cited)
