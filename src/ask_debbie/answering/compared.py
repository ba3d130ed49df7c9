"""What held when something else happened: "was she still studying when she joined Acme?"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ask_debbie.answering import time_words as said
from ask_debbie.answering.claim import Claim
from ask_debbie.answering.entries import EntryFinder
from ask_debbie.answering.entry_words import EntryWords, proof, sentence_case
from ask_debbie.answering.question import Question
from ask_debbie.corpus.dates import YearMonth, in_words
from ask_debbie.corpus.entry import Entry
from ask_debbie.retrieval.terms import fold

_WHEN = re.compile(r"\b(?:when|while|by the time|at the time|the (?:day|month|year)) ", re.IGNORECASE)
_STATE = re.compile(r"\b(?P<still>still)\b|\balready\b|\byet\b|\b(?P<long>how long)\b")
_FURTHER = re.compile(r",? or (?:was|were|had|did|only|already|not)\b.*$", re.IGNORECASE)
_ORDER = re.compile(
    r"\W*(?:did|was|were|is|had|has|have|does) (?P<one>.+?) (?P<word>before|after)(?! or\b) (?P<other>.+)",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\bor (?:only )?(?:before|after)\b|\b(?:before|after) or\b", re.IGNORECASE)
_ABLE = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|kn[eo]w\w*|familiar|experience\w*|work\w* with|mentor\w*|manag(?:e|ed|ing)|lead|led|leading|on call|"
    r"wr[io]t\w*|cod(?:e|ed|ing)|program\w*|anyone|anything)\b"
)
_UNDER_WAY = re.compile(r"\b(?:doing|studying|work\w*|start\w*|in|at)\b")


@dataclass(frozen=True, slots=True)
class Compared:
    """Answers of one corpus's timeline about two things at one time, as of ``today``."""

    finder: EntryFinder
    words: EntryWords
    today: dt.date
    read: Callable[[str], Question]

    def answer(self, question: Question) -> list[Claim] | None:
        """Yes or no with both dates, or how long one had lasted; None where a question asks nothing of the kind, or
        the timeline doesn't have both."""
        if (claims := self._in_order(question)) is not None:
            return claims
        halves = _WHEN.split(_FURTHER.sub("", question.text), maxsplit=1)
        state = _STATE.search(fold(halves[0]))
        if state is None or len(halves) < 2:
            return None
        found = [self._found(half) for half in halves]
        if not all(found) or set(found[0]) & set(found[1]):
            return None
        held = sorted(found[0], key=lambda e: e.dates.start.first)
        event = _latest(found[1]) if said.END.search(fold(halves[1])) else found[1][-1]
        moment = event.dates.start
        if said.END.search(fold(halves[1])):
            moment = event.dates.until(self.today)
        told = "; ".join(map(self._told, (held[0], event)))
        passages = (*proof(held[0]), *proof(event))
        if state["long"]:
            months = moment.first - held[0].dates.start.first
            if months <= 0 or not (moment.month and held[0].dates.start.month):
                return [Claim(f"{sentence_case(told)}.", passages)]
            return [Claim(f"{sentence_case(in_words(months))}: {told}.", passages)]
        last = max(held, key=lambda e: e.dates.until(self.today).last)
        if state["still"] and last.dates.single:  # a degree's one date says when it ended, not when it began
            known = False if moment.first > last.dates.start.last else None
        elif state["still"]:
            known = self._covers(held[0].dates.start, last.dates.until(self.today), moment)
        else:
            done = held[0].kind == "education" and not _UNDER_WAY.search(fold(halves[0]))
            known = _by(last.dates.until(self.today) if done else held[0].dates.start, moment)
        word = {True: "Yes: ", False: "No: ", None: ""}[known]
        return [Claim(f"{word}{told if word else sentence_case(told)}.", passages)]

    def _in_order(self, question: Question) -> list[Claim] | None:
        """Whether one thing came before or after another."""
        found = _ORDER.match(_FURTHER.sub("", question.text))
        if found is None or _CHOICE.search(found[0]):
            return None
        sides = [self._found(found[side]) for side in ("one", "other")]
        if not all(sides) or set(sides[0]) & set(sides[1]):
            return None
        one, other = (min(side, key=lambda e: e.dates.start.first) for side in sides)
        before = found["word"].lower() == "before"
        ended = said.END.search(fold(found["other"])) or not (
            before or said.START.search(fold(found["other"]))
        )
        moment = other.dates.until(self.today) if ended else other.dates.start
        begun = one.dates.start
        done = one.dates.until(self.today) if not said.START.search(fold(found["one"])) else begun
        known = None
        if (before and done.last <= moment.first) or (not before and begun.first >= moment.last):
            known = True
        elif (before and begun.first > moment.last) or (not before and begun.last < moment.first):
            known = False
        told = f"{self._told(one)}; {self._told(other)}"
        word = {True: "Yes: ", False: "No: ", None: ""}[known]
        return [Claim(f"{word}{told if word else sentence_case(told)}.", (*proof(one), *proof(other)))]

    def _found(self, half: str) -> Sequence[Entry]:
        read = self.read(half)
        if _ABLE.search(fold(half)):
            return ()  # no certificate or project says from when on something was known
        named = self.finder.named_by(read)
        if named and named[0].kind != "education" and self.finder.left_over(read, named):
            named = []  # told of, not named
        found = named or self.finder.milestones(read)
        employers = {e.organisation for e in found}
        return found if len(found) == 1 or (employers != {None} and len(employers) == 1) else ()

    def _told(self, entry: Entry) -> str:
        return self.words.told(entry).text.rstrip(".")

    @staticmethod
    def _covers(start: YearMonth, end: YearMonth, moment: YearMonth) -> bool | None:
        if start.last <= moment.first and moment.last <= end.first:
            return True
        return False if moment.first > end.last or moment.last < start.first else None


def _by(done: YearMonth, moment: YearMonth) -> bool | None:
    """Whether one came no later than the other; None where their dates are too coarse to tell."""
    if done.last <= moment.first:
        return True
    return False if done.first > moment.last else None


def _latest(entries: Sequence[Entry]) -> Entry:
    return max(entries, key=lambda e: e.dates.start.first)
