"""A conversation in, its last question out, complete in itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ask_debbie.answering import going_on as wording
from ask_debbie.answering.answer import Message
from ask_debbie.answering.question import Question, QuestionReader
from ask_debbie.answering.subjects import Mention, Subject
from ask_debbie.answering.time_words import END, START
from ask_debbie.corpus.document import Passage
from ask_debbie.retrieval.terms import fold, stem, stems, words


@dataclass(frozen=True)
class Turn:
    """A question of the conversation, read."""

    question: Question
    _cite: Callable[[Question], tuple[Passage, ...]]
    before: Turn | None = None

    @cached_property
    def cited(self) -> tuple[Passage, ...]:
        """The passages that its answer would cite: a search, which few of the questions after it need. Where there
        were none, and it names nothing, those of the turn before it."""
        cited = self._cite(self.question)
        if cited or self.before is None or self.question.mentions:
            return cited
        return self.before.cited


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
            turn = Turn(question, cite, turn)
    return _resolved(last["content"], reader, turn, said)


def _resolved(asked: str, reader: QuestionReader, turn: Turn | None, said: str) -> Question:
    if turn is not None and (elsewhere := wording.ELSEWHERE.match(fold(asked))):
        return replace(reader.read(asked[elsewhere.end() :]), asked=asked)
    if turn is not None and (back := _gone_back(asked, reader)) is not None:
        return back
    question = reader.read(asked)
    if turn is None:
        return question
    text = fold(question.text)
    if wording.YES.fullmatch(text) or wording.YES.fullmatch(fold(asked)):
        return _accepted(question, reader, turn, said)
    if wording.MORE.search(text) and not question.subjects and len(question.terms) <= 1:
        return replace(turn.question, asked=asked, earlier=turn.cited, more=True)
    if not question.subjects and (found := _about_the_other(question, reader, turn)) is not None:
        return found
    if wording.STEP.search(text) and not question.subjects:
        return _stepped(question, reader, turn)
    if question.subjects and not question.terms and turn.question.terms and wording.SAME.search(text):
        names = " ".join(s.short for s in question.subjects)  # "did she use it at Acme too?"
        same = replace(
            turn.question, asked=question.asked, text=f"{turn.question.text.strip(' ?!.')} {names}?"
        )
        return replace(same, mentions=question.mentions, earlier=(), carried=())
    if about := wording.ABOUT.match(text):
        rest = question.text[about.end() :].strip(" ?!.")
        if rest and len(words(rest)) <= 6:
            return _substituted(question, reader.read(rest), reader, turn)
    if not question.terms and not question.subjects and _named_only(turn):
        # "what for?", after a tool that a list names, asks the question before it
        return replace(turn.question, asked=asked, text=f"{question.text} {turn.question.text}")
    if wording.POINTS_BACK_FIRMLY.search(text):
        return _joined(question, reader, turn)
    if wording.CONTINUES.match(text) and not question.subjects and len(question.terms) <= 2:
        joined = _joined(question, reader, turn)
        of_time = bool(START.search(text) or END.search(text))  # "when did she leave?"
        of_it = wording.OF_A_DETAIL.match(text) and not _is_of_candidate(
            text, reader
        )  # "how many came back?"
        return joined if of_time or of_it or _goes_on(joined, reader) else question
    if not question.terms and not question.subjects:
        return _joined(question, reader, turn)
    if wording.POINTS_BACK.search(text) and not question.subjects:
        return replace(question, carried=turn.question.scope, earlier=turn.cited)
    if not question.subjects and not question.strangers and not _is_of_candidate(text, reader):
        joined = _joined(question, reader, turn)
        return joined if joined.carried and reader.say(_near(joined, reader), question.terms) else question
    return question


def _is_of_candidate(text: str, reader: QuestionReader) -> bool:
    """Whether a folded question speaks of the candidate: one that doesn't can be of what was spoken of."""
    return wording.PERSON.search(text) is not None or not reader.candidate.isdisjoint(stems(text))


def _near(question: Question, reader: QuestionReader) -> list[Passage]:
    return [p for p in reader.passages if p in question.earlier or any(s.holds(p) for s in question.carried)]


def _gone_back(asked: str, reader: QuestionReader) -> Question | None:
    """ "Back to the day job: how many customers has it?" asks of what it goes back to; None for all else."""
    back = wording.BACK_TO.match(fold(asked))
    if back is None:
        return None
    named = reader.read(back["what"]).subjects
    if not named and wording.JOB.search(back["what"]) and reader.subjects.current:
        named = (reader.subjects.current,)
    question = reader.read(asked[back.start("rest") :])
    if not named or question.mentions:
        return replace(question, asked=asked)
    return replace(question, asked=asked, mentions=(Mention(named[0], (), 0, 0),))


def _stepped(question: Question, reader: QuestionReader, turn: Turn) -> Question:
    """ "And before that?" asks of what came before what was spoken of: of another place, where a place was."""
    about = _spoken_of(reader, turn)
    text = question.text
    if wording.OF_A_PLACE.search(fold(turn.question.text)) and not wording.OF_A_PLACE.search(fold(text)):
        text = f"{text.strip(' ?!.')}, which place?"
    return replace(question, text=text, earlier=(*turn.cited, *((about.heading,) if about else ())))


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
    other = wording.OTHER.search(question.text.lower())
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


def _named_only(turn: Turn) -> bool:
    """Whether the answer before named something and said nothing of it."""
    terms = turn.question.terms
    return bool(terms) and bool(turn.cited) and all(p.kind in {"item", "list"} for p in turn.cited)


def _is_written_as_name(mention: Mention, text: str) -> bool:
    """Whether a question writes a subject's name with a capital, or in several words: "interns" names no job."""
    roots = set(mention.name)
    return len(roots) > 1 or any(w[:1].isupper() and roots & set(stems(w)) for w in text.split())


def _goes_on(question: Question, reader: QuestionReader) -> bool:
    """Whether what the conversation is about says anything of a question that doesn't plainly point back at it, or
    the question says too little to be of anything else."""
    return (
        not question.terms
        or reader.say(_near(question, reader), question.terms)
        or not (any(t.concepts for t in question.terms) or reader.say(reader.passages, question.terms))
    )


def _joined(question: Question, reader: QuestionReader, turn: Turn) -> Question:
    """What points back is asked of the passages that the answer before it cited."""
    about = _spoken_of(reader, turn)
    if meant := wording.meant_by(fold(question.text)):
        question = replace(question, terms=reader.read(f"which {meant}").terms)
    named = [m for m in question.mentions if _is_written_as_name(m, question.text)]
    if about and not named and wording.THERE.search(fold(question.text)):
        question = reader.without_mentions(question)
        # "there" is that place and no other, though no word of the question names it
        return replace(question, mentions=(Mention(about, (), 0, 0),), earlier=turn.cited)
    return replace(question, carried=turn.question.scope or ((about,) if about else ()), earlier=turn.cited)
