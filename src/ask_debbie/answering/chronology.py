"""Questions of when, how long and in what order, answered from the timeline by arithmetic."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ask_debbie.answering.claim import Claim
from ask_debbie.answering.question import Question, Term
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import DateRange, YearMonth, find_dates, find_ranges, in_words
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.timeline import Entry, months_together
from ask_debbie.retrieval.terms import Glossary, fold, stem, stems

_ROLE = r"(?:job|role|position|title|post|employer|company|work|gig|paycheck|internship|career|team)"
_LENGTH = re.compile(
    r"\bhow long\b|\bhow many (?:\w+ )?(?:years|yrs|months)\b|\bhow much time\b|\b(?:duration|tenure|length) of\b|"
    r"\b(?:years|yrs|months) of (?:\w+ )?experience\b|\bfor how long\b|\bhow (?:long|much) between\b"
)
_TOTAL = re.compile(
    r"\b(?:years|yrs|much|long)\b.{0,40}\b(?:experience|in (?:total|all)|overall|altogether|professional(?:ly)?|"
    r"career|workforce|industry|working|been (?:an? )?(?:\w+ )?(?:engineer|developer|nurse|architect|teacher|designer))\b"
)
_START = re.compile(
    r"\b(?:start|starts|started|starting|join|joined|joining|begin|began|begun|enter|entered|hired)\b"
)
_END = re.compile(
    r"\b(?:leave|left|leaving|end|ended|finish|finished|stop|stopped|quit|until when|last day|complete[d]?)\b"
)
_GRADUATE = re.compile(
    r"\bgraduat\w*|\bgot (?:her|his|their) (?:degree|diploma)\b|\bfinish\w* (?:school|college|university|(?:her|his|their) (?:degree|studies))\b"
)
_WHEN = re.compile(
    r"\bwhen\b|\bsince\b|\b(?:what|which) (?:year|month|date|dates|period|years)\b|\bfrom when\b|\bstart date\b|\bend date\b"
)
_NOW = re.compile(
    r"\b(?:current(?:ly)?|now|nowadays|these days|at present|present|at the moment|right now|today)\b"
)
_BEFORE = re.compile(
    r"\b(?:before|prior to|previous(?:ly)?|preceding|preced\w+|earlier than)\b|\blast (?:job|role|position|employer|company)\b"
)
_AFTER = re.compile(r"\b(?:after|following|next|since leaving|straight after|directly after)\b")
_FIRST = re.compile(
    rf"\b(?:first|earliest|oldest)\b.{{0,20}}\b{_ROLE}\b|\b(?:start\w*|begin\w*|began) (?:out )?(?:her|his|their) career\b|\bcareer (?:start|begin|began)\w*"
)
_LATEST = re.compile(rf"\b(?:latest|most recent|newest)\b.{{0,20}}\b{_ROLE}\b")
_LIST = re.compile(
    r"\b(?:list|which|what(?: are)?|name|all|every)\b.{0,30}\b(?:jobs|roles|positions|companies|employers|titles|internships)\b|"
    r"\b(?:career|work|employment|job) (?:history|path|timeline|progression)\b|\bwhere (?:has|have|did|all) \w+ (?:\w+ )?work(?:ed)?\b|"
    r"\bwho (?:has|have|did) \w+ work(?:ed)? for\b|\bwhich (?:two|three|four) \w+ (?:has|have|did)\b.{0,20}\b(?:work|employ)\w*"
)
_WHERE_NOW = re.compile(
    rf"\b(?:where|who|what|which|whom|whose)\b.{{0,60}}\b(?:work\w*|do|does|doing|employ\w*|{_ROLE})\b|^(?:her|his|their )?current\b.{{0,20}}{_ROLE}"
)
_LONGEST = re.compile(r"\b(longest|longer|shortest|shorter)\b")
_DOING = re.compile(
    r"\b(?:doing|do|work\w*|job|role|title|position|employ\w*|where|up to|company|at|still|already|study\w*|intern\w*|professionally)\b"
)
_ABOUT_TIME = frozenset(
    stem(w)
    for w in """start started starting begin began join joined leave left end ended finish finished graduate
        graduated graduation spend spent spending stay stayed tenure duration length career intern
        internship interning interned employment employed employee present total between gap since until
        last lasted lasting run ran still first recent previous prior before after next order newest
        oldest history title paycheck signs sign hired hire school college university degree studies
        engineer developer professional industry workforce longest longer shortest shorter complete
        completed date dates period full fulltime immediately directly straight timeline progression path
        whole entire combined time position each two three both former most exact exactly month lie came
        come earlier later already more less than study studying studied take took project gig switch
        switched held hold holding join promoted promotion become became long does early mid late summer
        winter spring fall autumn""".split()
)


@dataclass(frozen=True, slots=True)
class Chronology:
    """Answers of one corpus's timeline, as of ``today``."""

    corpus: Corpus
    glossary: Glossary
    today: dt.date

    def answer(self, question: Question) -> list[Claim] | None:
        """The claims that answer a question of time; empty where it is one and the timeline doesn't say; None
        where it is no question of time, or of something that has no dates."""
        text = fold(question.text)
        moments = find_ranges(question.text) or find_dates(question.text)
        if _LENGTH.search(text):
            return self._length(question, text)
        if _LONGEST.search(text) and re.search(_ROLE, text):
            return self._longest(question, text)
        if re.search(
            r"\b(?:more|less|over|at least) than \w+ years\b|\bover \w+ years\b", text
        ) and self._entries(question):
            return self._length(question, text)
        came_first = re.search(r"\b(?:came|was|were|is|worked) (?:\w+ )?(?:first|earlier|later)\b", text)
        if came_first and (claims := self._first_of(question)) is not None:
            return claims
        if moments and _DOING.search(text):
            return self._at(question, moments[0])
        if (
            re.search(r"\b(?:which|what|list|name|any|her|his|their)\b.{0,20}\bprojects\b", text)
            and not question.subjects
        ):
            return self._projects(question)
        ordered = _BEFORE.search(text) or _AFTER.search(text)
        if _LIST.search(text) and not ordered and not self._left_over(question, self.corpus.timeline.entries):
            return self._list(question)
        if _GRADUATE.search(text) and (_WHEN.search(text) or moments):
            return self._graduation(question)
        if _WHEN.search(text):
            return self._when(question, text)
        return self._in_order(question, text)

    def current(self) -> list[Claim]:
        """What the candidate does now; what she did last, where nothing goes on."""
        works = [e for e in self.corpus.timeline.entries if e.kind == "work" and not e.dates.single]
        return [self._was(e) for e in works if e.dates.end is None][:1] or [self._was(e) for e in works[:1]]

    # Lengths

    def _length(self, question: Question, text: str) -> list[Claim] | None:
        entries = self._entries(question)
        if entries is None:
            works = self.corpus.timeline.of_kind("work")
            if not (_TOTAL.search(text) and works) or self._left_over(question, works):
                return None
            return [self._total(works)]
        if not entries:
            return None
        groups = self._by_subject(question, entries)
        if re.search(r"\bbetween\b|\bgap\b|\bafter\b", text):
            if _GRADUATE.search(text) and self.corpus.timeline.of_kind("education"):
                groups = [list(self.corpus.timeline.of_kind("education")[:1]), *groups]
            if len(groups) == 2:
                return [self._gap(*groups)]
        return [self._length_of(group, question) for group in groups]

    def _length_of(self, entries: Sequence[Entry], question: Question) -> Claim:
        ordered = sorted(entries, key=lambda e: e.dates.start.first)
        if ordered[0].dates.single:
            return self._dated(ordered[0])
        months = months_together(ordered, self.today)
        years_only = not all(e.dates.start.month for e in ordered)
        start = _first_date(ordered[0].dates)
        last = max(ordered, key=lambda e: e.dates.until(self.today).last)
        end = "the present" if last.dates.end is None else _last_date(last.dates)
        where, named = self._place(ordered, question)
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
            f"{_sentence_case(words)}, from {_last_date(ended.dates)} to {_first_date(began.dates)}.",
            _dates_of([ended, began]),
        )

    def _longest(self, question: Question, text: str) -> list[Claim] | None:
        entries = self._entries(question) or self.corpus.timeline.of_kind("work")
        if len(entries) < 2 or self._left_over(question, entries):
            return None
        ordered = sorted(entries, key=lambda e: e.dates.months(self.today), reverse="short" not in text)
        return [
            Claim(f"{self._role(e)}: {in_words(e.dates.months(self.today))} ({e.dates.text}).", _proof(e))
            for e in ordered[:2]
        ]

    # Dates

    def _when(self, question: Question, text: str) -> list[Claim] | None:
        entries = self._entries(question)
        if not entries:
            return None
        claims = []
        for group in self._by_subject(question, entries):
            ordered = sorted(group, key=lambda e: e.dates.start.first)
            where, named = self._place(ordered, question)
            first, last = ordered[0], max(ordered, key=lambda e: e.dates.until(self.today).last)
            g = self.corpus.profile.grammar
            if first.dates.single:
                if _START.search(text):
                    return []
                claims.append(self._dated(first))
            elif _END.search(text) and not _START.search(text):
                if last.dates.end is None:
                    claims.append(
                        Claim(
                            f"{_sentence_case(g.subject)} {g.is_} still there{where}: {last.dates.text}.",
                            (last.passage, *named),
                        )
                    )
                else:
                    claims.append(Claim(f"Until {_last_date(last.dates)}{where}.", (last.passage, *named)))
            elif _START.search(text) or re.search(r"\bsince\b", text):
                claims.append(
                    Claim(
                        f"{_sentence_case(g.subject)} started{where} in {_first_date(first.dates)}.",
                        (first.passage, *named),
                    )
                )
            else:
                end = "the present" if last.dates.end is None else _last_date(last.dates)
                claims.append(
                    Claim(f"From {_first_date(first.dates)} to {end}{where}.", (*_dates_of(ordered), *named))
                )
        return claims

    def _first_of(self, question: Question) -> list[Claim] | None:
        groups = self._by_subject(question, self._entries(question) or [])
        if len(groups) < 2:
            return None
        ordered = sorted((e for group in groups for e in group), key=lambda e: e.dates.start.first)
        firsts = [next(e for e in ordered if e in group) for group in groups]
        return [self._was(e) for e in sorted(firsts, key=lambda e: e.dates.start.first)[:2]]

    def _graduation(self, question: Question) -> list[Claim] | None:
        entries = [e for e in self._entries(question) or () if e.kind == "education"]
        entries = entries or list(self.corpus.timeline.of_kind("education"))
        if not entries:
            return None
        return [self._dated(max(entries, key=lambda e: e.dates.until(self.today).last))]

    def _dated(self, entry: Entry) -> Claim:
        g = self.corpus.profile.grammar
        when = entry.dates.text if entry.dates.single else _last_date(entry.dates)
        if re.search(r"\bgraduat", entry.passage.text, re.IGNORECASE):
            return Claim(f"{_sentence_case(g.subject)} graduated in {when} ({entry.title}).", _proof(entry))
        return Claim(f"{entry.title}: {entry.dates.text}.", _proof(entry))

    def _at(self, question: Question, moment: DateRange) -> list[Claim] | None:
        timeline, g = self.corpus.timeline, self.corpus.profile.grammar
        entries = [e for e in timeline.during(moment.start, self.today) if not e.dates.single]
        if self._left_over(question, timeline.entries):
            return None
        named = self._entries(question)
        if named:
            inside = [e for e in named if e in entries]
            if not inside:
                where, headings = self._place(named, question)
                ordered = sorted(named, key=lambda e: e.dates.start.first)
                end = (
                    "the present"
                    if any(e.dates.end is None for e in named)
                    else _last_date(max(named, key=lambda e: e.dates.until(self.today).last).dates)
                )
                text = f"Not by {g.possessive} documents: {g.subject} {g.was} there{where} from {_first_date(ordered[0].dates)} to {end}."
                return [Claim(text, (*_dates_of(ordered), *headings))]
            entries = inside
        entries = _in_season(entries, question.text, moment, self.today) or entries
        study = re.search(r"\bstud", fold(question.text)) is not None
        works = [e for e in entries if e.kind == ("education" if study else "work")] or entries
        works = [*works, *(e for e in entries if e not in works and e.kind not in {"project"})]
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
        reference = self._entries(question)
        if _BEFORE.search(text) or _AFTER.search(text):
            if self._left_over(question, self.corpus.timeline.entries):
                return None
            current = [e for e in works if e.dates.end is None] or works[:1]
            base = [e for e in reference or () if e.kind in {"work", "education"}] or current
            if _BEFORE.search(text):
                start = min(e.dates.start.first for e in base)
                earlier = [e for e in works if e.dates.start.first < start and e not in base]
                return [self._was(e) for e in earlier[:1]]
            end = max(e.dates.until(self.today).first for e in base)
            later = [e for e in works if e.dates.start.first >= end - 1 and e not in base]
            return [self._was(e) for e in later[-1:]]
        if self._left_over(question, works) or (question.subjects and not _NOW.search(text)):
            return None
        if _FIRST.search(text):
            return [self._was(works[-1])]
        current = [e for e in works if e.dates.end is None]
        if (_NOW.search(text) and _WHERE_NOW.search(text)) or _LATEST.search(text) or _is_present_tense(text):
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
        if not unique or self._left_over(question, unique):
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
            and not re.search(r"\b(?:role|job|position|title)s\b", text)
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

    # What a question names

    def _entries(self, question: Question) -> list[Entry] | None:
        """The entries that a question means; None where it names none; empty where what it names has no dates."""
        timeline = self.corpus.timeline
        text = fold(question.text)
        if question.subjects:
            held = [e for e in timeline.entries if any(s.holds(e.passage) for s in question.subjects)]
            interns = (
                [e for e in timeline.entries if e not in held and _is_intern(e)]
                if re.search(r"\bintern(?:ship)?\b", text)
                else []
            )
            named = held + interns
            return [] if self._left_over(question, named) else named
        if re.search(r"\bintern(?:ship|ed|ing)?\b", text):
            return [e for e in timeline.entries if _is_intern(e)]
        roots = {t.stem for t in question.terms if t.stem not in _ABOUT_TIME} | (
            {t.stem for t in question.terms} & {"engin", "develop", "senior", "staff"}
        )
        if roots:
            titled = [e for e in timeline.entries if roots <= set(stems(e.names))]
            if titled:
                return titled
            projects = [
                e
                for e in timeline.of_kind("project", "volunteering", "other")
                if self._all_stated(question, e)
            ]
            return projects or ([] if any(t.stem in {"staff", "senior"} for t in question.terms) else None)
        if _NOW.search(text) and re.search(_ROLE, text):
            return [e for e in timeline.of_kind("work") if e.dates.end is None]
        if re.search(r"\b(?:degree|college|university|school|studies|study|studied)\b", text):
            return list(timeline.of_kind("education"))
        if any(p.kind == "sentence" for p in question.earlier) and re.search(r"\bit\b", text):
            return None  # "how long did it take?" asks of what was cited, not of the job that it stands under
        return [e for e in timeline.entries if any(s.holds(e.passage) for s in question.carried)] or None

    def _all_stated(self, question: Question, entry: Entry) -> bool:
        held = [
            p
            for p in self.corpus.passages
            if p.document == entry.passage.document and entry.headings and _under(entry.headings[-1], p)
        ]
        stated = {s for p in held for s in stems(plain(p.text))}
        concepts = {c.name for p in held for c in self.glossary.in_passage(stems(plain(p.text)))}
        wanted = [t for t in question.terms if t.stem not in _ABOUT_TIME]
        return bool(wanted) and all(t.stem in stated or t.concepts & concepts for t in wanted)

    def _left_over(self, question: Question, entries: Iterable[Entry]) -> list[Term]:
        """The terms that no entry's names account for: then the question is about something else."""
        named = {s for e in entries for s in stems(e.names)}
        return [t for t in question.terms if t.stem not in named and t.stem not in _ABOUT_TIME]

    def _by_subject(self, question: Question, entries: Sequence[Entry]) -> list[list[Entry]]:
        groups = [[e for e in entries if s.holds(e.passage)] for s in question.subjects]
        loose = [e for e in entries if not any(e in group for group in groups)]
        found = [group for group in groups if group] + ([loose] if loose else [])
        return found or [list(entries)]

    # Words

    def _place(self, entries: Sequence[Entry], question: Question) -> tuple[str, tuple[Passage, ...]]:
        """How to name what the entries share, and the headings that do."""
        del question
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


def _is_intern(entry: Entry) -> bool:
    return "intern" in stems(entry.names)


def _under(heading: Passage, passage: Passage) -> bool:
    trail = (*heading.breadcrumb, plain(heading.text))
    return passage.key == heading.key or passage.breadcrumb[: len(trail)] == trail


def _is_present_tense(text: str) -> bool:
    return (
        re.search(
            r"\b(?:where|who) (?:does|do|is|are) (?:she|he|they|\w+) (?:work|employed)\w*\b|^where work\w*\b|\bwhat (?:does|do) (?:she|he|they|\w+) do(?: for (?:a living|work))?\W*$|\bwhat is (?:her|his|their) (?:job|role|position|title)\b",
            text,
        )
        is not None
    )


def _first_date(dates: DateRange) -> str:
    return _split(dates)[0]


def _last_date(dates: DateRange) -> str:
    return _split(dates)[1]


def _split(dates: DateRange) -> tuple[str, str]:
    """The two ends of a range, as its document writes them."""
    halves = re.split(
        r"\s*(?:–|—|−|\bto\b|\buntil\b|\bthrough\b|(?<=[\d\w])\s*-{1,3}\s*(?=[\d\w]))\s*",
        dates.text,
        maxsplit=1,
        flags=re.IGNORECASE,
    )
    if dates.single or len(halves) < 2:
        bare = re.sub(r"^(?:since|from)\s+", "", dates.text, flags=re.IGNORECASE)
        return bare, bare
    return halves[0], halves[1]


def _dates_of(entries: Sequence[Entry]) -> tuple[Passage, ...]:
    return tuple(dict.fromkeys(e.passage for e in entries))


def _proof(entry: Entry) -> tuple[Passage, ...]:
    return tuple(dict.fromkeys((entry.passage, *entry.headings)))


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
