"""Questions of when, how long and in what order, answered from the timeline by arithmetic."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from ask_debbie.answering import time_words as said
from ask_debbie.answering.claim import Claim
from ask_debbie.answering.entries import EntryFinder
from ask_debbie.answering.question import Question
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import DateRange, YearMonth, find_dates, find_ranges, in_words
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.timeline import Entry, months_together
from ask_debbie.retrieval.terms import Glossary, fold


class Chronology:
    """Answers of one corpus's timeline, as of ``today``."""

    def __init__(
        self, corpus: Corpus, glossary: Glossary, today: dt.date, read: Callable[[str], Question]
    ) -> None:
        self.corpus = corpus
        self._read = read
        self.today = today
        self._finder = EntryFinder(corpus, glossary)

    def answer(self, question: Question) -> list[Claim] | None:
        """The claims that answer a question of time; empty where it is one and the timeline doesn't say; None
        where it is no question of time, or of something that has no dates."""
        text = fold(question.text)
        if said.WHY.search(text):
            return None
        asked = re.sub(r"\b(early|mid|late)-(?=\d{4})", r"\1 ", question.text, flags=re.IGNORECASE)
        moments = find_ranges(asked) or find_dates(asked)
        if said.AGO.search(text) and (claims := self._ago(question)) is not None:
            return claims
        if said.LENGTH.search(text):
            return self._length(question, text)
        if said.LONGEST.search(text) and re.search(said.ROLE, text):
            return self._longest(question, text)
        if re.search(
            r"\b(?:more|less|over|at least) than \w+ years\b|\bover \w+ years\b", text
        ) and self._finder.named_by(question):
            return self._length(question, text)
        halves = said.BEFORE_OR_AFTER.split(question.text, maxsplit=1)
        if len(halves) == 2 and (claims := self._either(*halves)) is not None:
            return claims
        if said.ONE_OR_OTHER.search(text) and (claims := self._first_of(question)) is not None:
            return claims
        if (
            said.STILL.search(text)
            and _asks_whether(text)
            and not (moments or said.WHEN.search(text))
            and (claims := self._still(question)) is not None
        ):
            return claims
        if moments and said.DOING.search(text):
            return self._at(question, moments[0])
        if (
            re.search(r"\b(?:which|what|list|name|any|her|his|their)\b.{0,20}\bprojects\b", text)
            and not question.subjects
        ):
            return self._projects(question)
        ordered = said.BEFORE.search(text) or said.AFTER.search(text)
        if (
            said.LIST.search(text)
            and not ordered
            and not self._finder.left_over(question, self.corpus.timeline.entries)
        ):
            return self._list(question)
        if said.GRADUATE.search(text) and (said.WHEN.search(text) or moments):
            return self._graduation(question)
        if said.WHEN.search(text):
            return self._when(question, text)
        if said.TITLE.search(text) and not said.NOW.search(text) and (claims := self._titles(question)):
            return claims
        return self._in_order(question, text)

    def current(self) -> list[Claim]:
        """What the candidate does now; what she did last, where nothing goes on."""
        works = [e for e in self.corpus.timeline.entries if e.kind == "work" and not e.dates.single]
        return [self._was(e) for e in works if e.dates.end is None][:1] or [self._was(e) for e in works[:1]]

    # Lengths

    def _length(self, question: Question, text: str) -> list[Claim] | None:
        entries = self._finder.named_by(question)
        if entries is None:
            works = self.corpus.timeline.of_kind("work")
            if not (said.TOTAL.search(text) and works) or self._finder.left_over(question, works):
                return None
            return [self._total(works)]
        if not entries:
            return None
        groups = self._finder.by_subject(question, entries)
        if re.search(r"\bbetween\b|\bgap\b|\bafter\b", text):
            if said.GRADUATE.search(text) and self.corpus.timeline.of_kind("education"):
                groups = [list(self.corpus.timeline.of_kind("education")[:1]), *groups]
            if len(groups) == 2:
                return [self._gap(*groups)]
        return [self._length_of(group) for group in groups]

    def _length_of(self, entries: Sequence[Entry]) -> Claim:
        ordered = sorted(entries, key=lambda e: e.dates.start.first)
        if ordered[0].dates.single:
            return self._dated(ordered[0])
        months = months_together(ordered, self.today)
        years_only = not all(e.dates.start.month for e in ordered)
        start = ordered[0].dates.written[0]
        last = max(ordered, key=lambda e: e.dates.until(self.today).last)
        end = "the present" if last.dates.end is None else last.dates.written[1]
        where, named = self._place(ordered)
        length = _sentence_case(in_words(months, whole_years=years_only))
        return Claim(f"{length}{where}, from {start} to {end}.", (*_dates_of(ordered), *named))

    def _total(self, works: Sequence[Entry]) -> Claim:
        ordered = sorted(works, key=lambda e: e.dates.start.first)
        months = months_together(ordered, self.today)
        years_only = not all(e.dates.start.month for e in ordered)
        parts = [e.dates.text for e in ordered]
        listed = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
        return Claim(
            f"{in_words(months, whole_years=years_only)} of work in all, over {listed}.", _dates_of(ordered)
        )

    def _gap(self, one: Sequence[Entry], other: Sequence[Entry]) -> Claim:
        early, late = sorted((one, other), key=lambda g: min(e.dates.start.first for e in g))
        ended = max(early, key=lambda e: e.dates.until(self.today).last)
        began = min(late, key=lambda e: e.dates.start.first)
        months = max(0, began.dates.start.first - ended.dates.until(self.today).first)
        words = in_words(months) + (f" ({months} months)" if months > 12 else "")
        return Claim(
            f"{_sentence_case(words)}, from {ended.dates.written[1]} to {began.dates.written[0]}.",
            _dates_of([ended, began]),
        )

    def _longest(self, question: Question, text: str) -> list[Claim] | None:
        entries = self._finder.named_by(question) or self.corpus.timeline.of_kind("work")
        if len(entries) < 2 or self._finder.left_over(question, entries):
            return None
        ordered = sorted(entries, key=lambda e: e.dates.months(self.today), reverse="short" not in text)
        return [
            Claim(f"{self._role(e)}: {in_words(e.dates.months(self.today))} ({e.dates.text}).", _proof(e))
            for e in ordered[:2]
        ]

    # Dates

    def _when(self, question: Question, text: str) -> list[Claim] | None:
        entries = self._finder.named_by(question)
        if not entries:
            return None
        claims = []
        for group in self._finder.by_subject(question, entries):
            ordered = sorted(group, key=lambda e: e.dates.start.first)
            where, named = self._place(ordered)
            first, last = ordered[0], max(ordered, key=lambda e: e.dates.until(self.today).last)
            g = self.corpus.profile.grammar
            if first.dates.single:
                if said.START.search(text):
                    return []
                claims.append(self._dated(first))
            elif said.END.search(text) and not said.START.search(text):
                if last.dates.end is None:
                    claims.append(
                        Claim(
                            f"{_sentence_case(g.subject)} {g.is_} still there{where}: {last.dates.text}.",
                            (last.passage, *named),
                        )
                    )
                else:
                    claims.append(Claim(f"Until {last.dates.written[1]}{where}.", (last.passage, *named)))
            elif said.START.search(text) or re.search(r"\bsince\b", text):
                claims.append(
                    Claim(
                        f"{_sentence_case(g.subject)} started{where} in {first.dates.written[0]}.",
                        (first.passage, *named),
                    )
                )
            else:
                end = "the present" if last.dates.end is None else last.dates.written[1]
                claims.append(
                    Claim(f"From {first.dates.written[0]} to {end}{where}.", (*_dates_of(ordered), *named))
                )
        return claims

    def _first_of(self, question: Question) -> list[Claim] | None:
        groups = self._finder.by_subject(question, self._finder.named_by(question) or [])
        if len(groups) < 2:
            return None
        ordered = sorted((e for group in groups for e in group), key=lambda e: e.dates.start.first)
        firsts = [next(e for e in ordered if e in group) for group in groups]
        return [self._was(e) for e in sorted(firsts, key=lambda e: e.dates.start.first)[:2]]

    def _titles(self, question: Question) -> list[Claim] | None:
        """What the candidate was where a question names, and asks nothing else."""
        named = (
            [e for e in self._finder.named_by(question) or () if e.kind == "work"]
            if question.mentions
            else []
        )
        if not named or self._finder.left_over(question, named):
            return None
        return [self._was(e) for e in sorted(named, key=lambda e: e.dates.start.first, reverse=True)[:3]]

    def _either(self, one: str, other: str) -> list[Claim] | None:
        """Which of two came first, each named by one half of a question."""
        found = [self._finder.named_by(self._read(half)) for half in (one, other)]
        firsts = [min(f, key=lambda e: e.dates.start.first) for f in found if f]
        if len(firsts) < 2 or firsts[0] == firsts[1]:
            return None
        word = "Before" if firsts[0].dates.start.first < firsts[1].dates.start.first else "After"
        told = " and ".join(f"{self._as(e)} ({e.dates.text})" for e in firsts)
        return [Claim(f"{word}: {told}.", (*_proof(firsts[0]), *_proof(firsts[1])))]

    def _still(self, question: Question) -> list[Claim] | None:
        """Whether what the question names goes on: its latest entry, and what goes on instead where it ended."""
        named = [e for e in self._finder.named_by(question) or () if not e.dates.single]
        if not named:
            return None
        last = max(named, key=lambda e: (e.dates.end is None, e.dates.start.first))
        if last.dates.end is None:
            return [Claim(f"Yes: {self._as(last)} ({last.dates.text}).", _proof(last))]
        where, headings = self._place([last])
        ended = Claim(f"No longer{where}: {last.dates.text}.", (last.passage, *headings))
        return [ended, *(c for c in self.current() if last.kind == "work" and c.passages[0] != last.passage)]

    def _ago(self, question: Question) -> list[Claim] | None:
        """How long it is from an entry's date to today."""
        text = fold(question.text)
        study = said.GRADUATE.search(text) or re.search(
            r"\b(?:university|college|school|degree|stud\w+)\b", text
        )
        named = self._finder.named_by(question) or (
            self.corpus.timeline.of_kind("education") if study else ()
        )
        if not named:
            return None
        entry = max(named, key=lambda e: e.dates.until(self.today).last)
        starts = said.START.search(text) is not None and not entry.dates.single
        moment = entry.dates.start if starts or entry.dates.end is None else entry.dates.end
        written = entry.dates.text if entry.dates.single else entry.dates.written[0 if starts else 1]
        months = YearMonth.of(self.today).first - moment.first
        length = _sentence_case(in_words(months, whole_years=not moment.month))
        return [Claim(f"{length} ago: {entry.title}, {written}.", _proof(entry))]

    def _graduation(self, question: Question) -> list[Claim] | None:
        entries = [e for e in self._finder.named_by(question) or () if e.kind == "education"]
        entries = entries or list(self.corpus.timeline.of_kind("education"))
        if not entries:
            return None
        return [self._dated(max(entries, key=lambda e: e.dates.until(self.today).last))]

    def _dated(self, entry: Entry) -> Claim:
        g = self.corpus.profile.grammar
        when = entry.dates.text if entry.dates.single else entry.dates.written[1]
        if re.search(r"\bgraduat", entry.passage.text, re.IGNORECASE):
            return Claim(f"{_sentence_case(g.subject)} graduated in {when} ({entry.title}).", _proof(entry))
        return Claim(f"{entry.title}: {entry.dates.text}.", _proof(entry))

    def _at(self, question: Question, moment: DateRange) -> list[Claim] | None:
        timeline, g = self.corpus.timeline, self.corpus.profile.grammar
        entries = [e for e in timeline.during(moment.start, self.today) if not e.dates.single]
        named = self._finder.named_by(question)
        if not named and self._finder.left_over(question, timeline.entries):
            return None
        if named:
            inside = [e for e in named if e in entries]
            if not inside:
                where, headings = self._place(named)
                ordered = sorted(named, key=lambda e: e.dates.start.first)
                end = (
                    "the present"
                    if any(e.dates.end is None for e in named)
                    else max(named, key=lambda e: e.dates.until(self.today).last).dates.written[1]
                )
                text = f"Not by {g.possessive} documents: {g.subject} {g.was} there{where} from {ordered[0].dates.written[0]} to {end}."
                return [Claim(text, (*_dates_of(ordered), *headings))]
            entries = inside
        entries = _in_season(entries, question.text, moment, self.today) or entries
        study = re.search(r"\bstud", fold(question.text)) is not None
        works = [e for e in entries if e.kind == ("education" if study else "work")] or entries
        if re.search(r"\bprojects?\b", fold(question.text)):
            works = [e for e in entries if e.kind == "project"] or works
        else:
            works = [*works, *(e for e in entries if e not in works and e.kind != "project")]
        return [
            Claim(f"In {moment.text} {g.subject} {g.was} {self._as(e)} ({e.dates.text}).", _proof(e))
            for e in sorted(works, key=lambda e: e.dates.start.first)[:3]
        ]

    # Order

    def _in_order(self, question: Question, text: str) -> list[Claim] | None:
        works = [e for e in self.corpus.timeline.entries if e.kind == "work" and not e.dates.single]
        if not works:
            return None
        g = self.corpus.profile.grammar
        reference = self._finder.named_by(question)
        if said.BEFORE.search(text) or said.AFTER.search(text):
            if self._finder.left_over(question, self.corpus.timeline.entries):
                return None
            current = [e for e in works if e.dates.end is None] or works[:1]
            base = [e for e in reference or () if e.kind in {"work", "education"}] or current
            if said.BEFORE.search(text):
                start = min(e.dates.start.first for e in base)
                earlier = [e for e in works if e.dates.start.first < start and e not in base]
                return [self._was(e) for e in earlier[:1]]
            end = max(e.dates.until(self.today).first for e in base)
            later = [e for e in works if e.dates.start.first >= end - 1 and e not in base]
            return [self._was(e) for e in later[-1:]]
        if self._finder.left_over(question, works) or (question.subjects and not said.NOW.search(text)):
            return None
        if said.FIRST.search(text):
            return [self._was(works[-1])]
        current = [e for e in works if e.dates.end is None]
        if (
            (said.NOW.search(text) and said.WHERE_NOW.search(text))
            or said.LATEST.search(text)
            or _is_present_tense(text)
        ):
            return [
                Claim(f"{_sentence_case(g.subject)} {g.is_} {self._as(e)} ({e.dates.text}).", _proof(e))
                for e in current
            ] or [self._was(works[0])]
        return None

    def _projects(self, question: Question) -> list[Claim] | None:
        projects = [
            e
            for e in self.corpus.timeline.of_kind("project")
            if e.headings and e.headings[0].breadcrumb == ()
        ]
        unique = list({e.headings[0].key: e for e in projects}.values())
        if not unique or self._finder.left_over(question, unique):
            return None
        return [
            Claim(f"{plain(e.headings[0].text)} ({e.dates.text}).", (e.headings[0], e.passage))
            for e in unique[:5]
        ]

    def _list(self, question: Question) -> list[Claim] | None:
        works = [e for e in self.corpus.timeline.entries if e.kind == "work"]
        if question.subjects:
            works = [e for e in works if any(s.holds(e.passage) for s in question.subjects)]
        if not works:
            return None
        text = fold(question.text)
        organisations = list(dict.fromkeys(e.headings[0] for e in works if e.organisation and e.headings))
        if (
            re.search(r"\b(?:compan|employer|firm|where|who|practices)", text)
            and not re.search(r"\b(?:role|job|position|title)s?\b", text)
            and organisations
        ):
            names = [plain(h.text) for h in organisations]
            listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
            g = self.corpus.profile.grammar
            return [Claim(f"{_sentence_case(g.subject)} {g.has} worked at {listed}.", tuple(organisations))]
        ordered = sorted(
            works,
            key=lambda e: e.dates.start.first,
            reverse=not re.search(r"oldest (?:to|first)|chronolog", text),
        )
        return [Claim(f"{self._role(e)} ({e.dates.text}).", _proof(e)) for e in ordered[:5]]

    def _was(self, entry: Entry) -> Claim:
        g = self.corpus.profile.grammar
        verb = g.is_ if entry.dates.end is None else g.was
        return Claim(
            f"{_sentence_case(g.subject)} {verb} {self._as(entry)} ({entry.dates.text}).", _proof(entry)
        )

    # Words

    def _place(self, entries: Sequence[Entry]) -> tuple[str, tuple[Passage, ...]]:
        """How to name what the entries share, and the headings that do."""
        first = entries[0]
        if (
            len(entries) > 1
            and first.organisation
            and all(e.organisation == first.organisation for e in entries)
        ):
            return f" at {first.organisation}", first.headings[:1]
        if not first.headings:
            return "", ()
        if first.kind == "work":
            return f" as {self._role(first)}", first.headings
        return f" on {first.title}" if first.kind == "project" else f" ({first.title})", first.headings[-1:]

    def _role(self, entry: Entry) -> str:
        title = plain(entry.title)
        return (
            f"{title}, {entry.organisation}"
            if entry.organisation and entry.organisation not in title
            else title
        )

    def _as(self, entry: Entry) -> str:
        if entry.kind == "work" and entry.organisation:
            return f"at {entry.organisation}: {plain(entry.title)}"
        return (
            f"at {entry.title}"
            if entry.kind == "education"
            else f"on {entry.title}"
            if entry.kind == "project"
            else plain(entry.title)
        )


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


def _is_present_tense(text: str) -> bool:
    return (
        re.search(
            r"\b(?:where|who) (?:does|do|is|are) (?:she|he|they|\w+) (?:work|employed)\w*\b|^where work\w*\b|\bwhat (?:does|do) (?:she|he|they|\w+) do(?: for (?:a living|work))?\W*$|\bwhat is (?:her|his|their) (?:job|role|position|title)\b",
            text,
        )
        is not None
    )


def _dates_of(entries: Sequence[Entry]) -> tuple[Passage, ...]:
    return tuple(dict.fromkeys(e.passage for e in entries))


def _proof(entry: Entry) -> tuple[Passage, ...]:
    return tuple(dict.fromkeys((entry.passage, *entry.headings)))


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
