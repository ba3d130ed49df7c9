"""Questions of when, how long and in what order, answered from the timeline by arithmetic."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ask_debbie.answering import time_words as said
from ask_debbie.answering.claim import Claim
from ask_debbie.answering.compared import Compared
from ask_debbie.answering.entries import EntryFinder, picked
from ask_debbie.answering.entry_lists import EntryLists
from ask_debbie.answering.entry_words import EntryWords, by_employer, dates_of, proof, sentence_case
from ask_debbie.answering.going_on import OTHERS
from ask_debbie.answering.lengths import Lengths
from ask_debbie.answering.meanwhile import Meanwhile
from ask_debbie.answering.order import Order
from ask_debbie.answering.question import Question
from ask_debbie.answering.thresholds import read_threshold
from ask_debbie.answering.titles import Titles
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import DateRange, YearMonth, find_dates, find_ranges
from ask_debbie.corpus.entry import Entry
from ask_debbie.retrieval.terms import Glossary, fold, stems


class Chronology:
    """Answers of one corpus's timeline, as of ``today``."""

    def __init__(
        self, corpus: Corpus, glossary: Glossary, today: dt.date, read: Callable[[str], Question]
    ) -> None:
        self.corpus = corpus
        self.today = today
        self._read = read
        self._finder = EntryFinder(corpus, glossary)
        self._titles = Titles(corpus)
        self._words = EntryWords(corpus.profile.grammar)
        self._lists = EntryLists(corpus, self._finder, self._words)
        self._lengths = Lengths(corpus, self._finder, self._words, today)
        self._meanwhile = Meanwhile(corpus, self._finder, self._words, today, read)
        self._compared = Compared(self._finder, self._words, today, read)
        self._order = Order(corpus, self._finder, self._words, today, read)

    def answer(self, question: Question) -> list[Claim] | None:
        """The claims that answer a question of time; empty where it is one and the timeline doesn't say; None
        where it is no question of time, or of something that has no dates."""
        text = fold(question.text)
        of_others = self.corpus.profile.grammar.subject != "they" and OTHERS.search(text) is not None
        if said.WHY.search(text) or (of_others and question.earlier and not question.mentions):
            return None
        asked = re.sub(r"\b(early|mid|late)-(?=\d{4})", r"\1 ", question.text, flags=re.IGNORECASE)
        moments = find_ranges(asked) or find_dates(asked)
        if said.AGO.search(text) and (claims := self._order.ago(question)) is not None:
            return claims
        limit = read_threshold(question.text)
        if (
            limit
            and (claims := self._lengths.whether(self._read_on(question, limit.rest), limit)) is not None
        ):
            return claims
        if (claims := self._compared.answer(question)) is not None:
            return claims
        if said.LENGTH.search(text):
            claims = self._lengths.of(question, text) or self._meanwhile.apart(question)
            return claims or ([] if self._titles.unheld(question.text) else None)
        if said.LONGEST.search(text) and re.search(said.ROLE, text):
            return self._lengths.longest(question, text)
        halves = said.BEFORE_OR_AFTER.split(question.text, maxsplit=1)
        if len(halves) == 2 and (claims := self._order.either(*halves)) is not None:
            return claims
        if (claims := self._meanwhile.answer(question, text)) is not None:
            return claims
        if said.ONE_OR_OTHER.search(text) and (claims := self._order.first_of(question)) is not None:
            return claims
        if (
            (said.STILL.search(text) or said.OVER.search(text))
            and _asks_whether(text)
            and not (moments or said.WHEN.search(text))
            and (claims := self._order.still(question)) is not None
        ):
            return claims
        if moments and said.DOING.search(text):
            return self._at(self._without_others(question), moments[0])
        if (
            re.search(
                r"\b(?:which|what|list|name|any|all|both|show|her|his|their)\b.{0,20}\bprojects\b", text
            )
            and not question.subjects
        ):
            return self._lists.projects(question)
        if said.VOLUNTEERING.search(text) and not question.subjects:
            return self._lists.volunteering(question)
        ordered = said.BEFORE.search(text) or said.AFTER.search(text)
        if (
            said.LIST.search(text)
            and not said.LATEST.search(text)
            and not ordered
            and not self._finder.left_over(question, self.corpus.timeline.entries)
        ):
            return self._lists.jobs(question)
        if (
            said.LATEST.search(text)
            and not said.TOTAL.search(text)
            and (claims := self._order.in_order(question, text))
        ):
            return claims
        if said.GRADUATE.search(text) and (said.WHEN.search(text) or moments):
            return self._graduation(question)
        if said.WHEN.search(text):
            claims = self._when(question, text)
            return claims or ([] if claims is not None or self._titles.unheld(question.text) else None)
        plain_title = said.TITLE.search(text) and not (said.NOW.search(text) or ordered)
        if plain_title and (claims := self._order.titles(question)):
            return claims
        return self._order.in_order(question, text)

    def _read_on(self, question: Question, text: str) -> Question:
        """What a question asks without a part of it, in the conversation as it is."""
        return replace(self._read(text), carried=question.carried, earlier=question.earlier)

    def _without_others(self, question: Question) -> Question:
        """The question without what happened in the world then."""
        text = said.OF_OTHERS.sub("", question.text)
        return question if text == question.text else self._read(text)

    def latest(self, question: Question) -> list[Claim] | None:
        """The latest or the first of the certificates, awards and the like that a section lists."""
        text = fold(question.text)
        which = said.LATEST_LISTED.search(text)
        wanted = [t for t in question.terms if t.stem not in said.ABOUT_TIME | said.GOT]
        wanted += self._finder.sections_in(text)
        if which is None or not wanted or question.mentions or question.strangers or question.earlier:
            return None
        held = [m for m in self.corpus.timeline.milestones if self._finder.stands_under(m, wanted)]
        of_kind = [m for m in held if all(t.stem in stems(m.title) for t in wanted)]
        held = of_kind if len(of_kind) > 1 else held
        if len(held) < 2:
            return None
        first = which["first"] is not None
        best = (min if first else max)(held, key=lambda m: m.dates.start.first)
        claims = [self._words.milestone(m) for m in held if m.dates.covers(best.dates.start, self.today)]
        label = "The first with a date" if first else "The latest with a date"
        return [Claim(f"{label}: {claim.text}", claim.passages) for claim in claims[:2]]

    def current(self) -> list[Claim]:
        """What the candidate does now; what she did last, where nothing goes on."""
        return self._order.current()

    def _when(self, question: Question, text: str) -> list[Claim] | None:
        entries = self._finder.named_by(question)
        if entries is None and said.CAREER.search(text) and not said.END.search(text):
            entries = self._beginning(question)
        if not entries:
            held = [] if said.END.search(text) else self._finder.milestones(question)
            return [self._words.milestone(e) for e in held] if len(held) == 1 else None
        claims = []
        groups = self._finder.by_subject(question, picked(entries, text))
        for group in (by for named in groups for by in by_employer(named)):
            ordered = sorted(group, key=lambda e: e.dates.start.first)
            where, named = self._words.place(ordered)
            first, last = ordered[0], max(ordered, key=lambda e: e.dates.until(self.today).last)
            g = self.corpus.profile.grammar
            if first.dates.single:
                if said.START.search(text):
                    return []
                claims.append(self._words.dated(first))
            elif said.END.search(text) and not said.START.search(text):
                if last.dates.end is None:
                    claims.append(
                        Claim(
                            f"{sentence_case(g.subject)} {g.is_} still there{where}: {last.dates.text}.",
                            (last.passage, *named),
                        )
                    )
                else:
                    claims.append(Claim(f"Until {last.dates.written[1]}{where}.", (last.passage, *named)))
            elif said.START.search(text) or re.search(r"\b(?:since|as of)\b", text):
                claims.append(
                    Claim(
                        f"{sentence_case(g.subject)} started{where} in {first.dates.written[0]}.",
                        (first.passage, *named),
                    )
                )
            else:
                end = "the present" if last.dates.end is None else last.dates.written[1]
                claims.append(
                    Claim(f"From {first.dates.written[0]} to {end}{where}.", (*dates_of(ordered), *named))
                )
        return claims

    def _beginning(self, question: Question) -> list[Entry]:
        """The first job, where a question is of the career as a whole."""
        works = [e for e in self.corpus.timeline.of_kind("work") if not e.dates.single]
        return [] if question.earlier or self._finder.left_over(question, works) else works[-1:]

    def _graduation(self, question: Question) -> list[Claim] | None:
        entries = [e for e in self._finder.named_by(question) or () if e.kind == "education"]
        entries = entries or list(self.corpus.timeline.of_kind("education"))
        if not entries:
            return None
        return [self._words.dated(max(entries, key=lambda e: e.dates.until(self.today).last))]

    def _at(self, question: Question, moment: DateRange) -> list[Claim] | None:
        timeline, g = self.corpus.timeline, self.corpus.profile.grammar
        entries = [e for e in timeline.during(moment.start, self.today) if not e.dates.single]
        named = self._finder.named_by(question)
        if named:
            entries = _in_season(entries, question.text, moment, self.today)
        if not named and self._finder.left_over(question, timeline.entries):
            return None
        if named:
            inside = [e for e in named if e in entries]
            if not inside:
                where, headings = self._words.place(named)
                ordered = sorted(named, key=lambda e: e.dates.start.first)
                end = (
                    "the present"
                    if any(e.dates.end is None for e in named)
                    else max(named, key=lambda e: e.dates.until(self.today).last).dates.written[1]
                )
                text = f"Not by {g.possessive} documents: {g.subject} {g.was} there{where} from {ordered[0].dates.written[0]} to {end}."
                return [Claim(text, (*dates_of(ordered), *headings))]
            entries = inside
        entries = _in_season(entries, question.text, moment, self.today) or entries
        study = re.search(r"\bstud", fold(question.text)) is not None
        works = [e for e in entries if e.kind == ("education" if study else "work")] or entries
        if re.search(r"\bprojects?\b", fold(question.text)):
            works = [e for e in entries if e.kind == "project"] or works
        else:
            works = [*works, *(e for e in entries if e not in works and e.kind != "project")]
        return [
            Claim(f"In {moment.text} {g.subject} {g.was} {self._words.naming(e)} ({e.dates.text}).", proof(e))
            for e in sorted(works, key=lambda e: (e.kind != "work" and not study, e.dates.start.first))[:3]
        ]


_SEASONS = {
    "early": (1, 4), "spring": (3, 5), "mid": (5, 8), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11), "late": (9, 12),
}  # fmt: skip


def _in_season(entries: Sequence[Entry], text: str, moment: DateRange, today: dt.date) -> list[Entry]:
    """Of a year's entries those of the part of it that a question names."""
    for word, (first, last) in _SEASONS.items():
        if re.search(rf"\b{word}\b", fold(text)) and not moment.start.month:
            months = [YearMonth(moment.start.year, month) for month in range(first, last + 1)]
            return [e for e in entries if any(e.dates.covers(m, today) for m in months)]
    return list(entries)


def _asks_whether(text: str) -> bool:
    return re.match(r"\W*(?:what|which|who|whom|how|why|where)\b", text) is None
