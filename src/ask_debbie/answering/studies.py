"""Questions of what and where the candidate studied, answered from the education entries of the timeline."""

from __future__ import annotations

import re
from itertools import takewhile

from ask_debbie.answering.claim import Claim
from ask_debbie.answering.demands import states_grade
from ask_debbie.answering.entry_words import proof
from ask_debbie.answering.phrasing import state
from ask_debbie.answering.question import Question
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import fold, stem

_ASKED = frozenset(
    stem(word)
    for word in """study studied studies education educated educational degree degrees university universities college
        colleges school schools attend attended alma mater highest academic higher go went graduate graduated get got
        earn earned receive received hold obtain obtained institution background train trained major majored""".split()
)
_DEGREE = frozenset(stem(word) for word in ("degree", "highest"))
_GRADE = re.compile(r"\b(?:grades?|gpas?|final marks?|degree class(?:ification)?)\b")
_FIGURE = re.compile(r"\d[.,:]\d|\b(?:GPA|[Gg]rade)\b")
_OF_GRADE = _ASKED | frozenset(
    stem(word)
    for word in """grade grades gpa gpas mark marks final overall average class classification master masters master's msc bachelor
        bachelors bachelor's bsc undergraduate undergrad doctorate phd mba finish finished university's get""".split()
)
_LEVELS = (
    (re.compile(r"\bph\.? ?d\b|\bdoctora"), 0),
    (re.compile(r"\bmaster|\bm\.?sc?\b|\bmba\b|\bpostgrad"), 1),
    (re.compile(r"\bbachelor|\bb\.?sc?\b|\bundergrad|\bfirst degree"), 2),
)  # how the rank of a degree is asked for
_NOW = re.compile(r"\b(?:when|how (?:long|many|old|much|well)|since|year|grade|gpa|why)\b")
_WHAT = re.compile(
    r"\b(?:what|where|which|tell|list|describe|any|highest)\b|\ba (?:\w+ )?degree\b|\bgo to (?:college|uni\w*|school)\b|^\W*\w+(?: \w+)?\W*$"
)
_RANKS = (
    r"\bph\.? ?d\b|\bd\.?phil\b|doctor(?:ate|al)?\b|\bdr\.",
    r"\bm\.? ?(?:sc?|a|eng|ed|phil|b\.?a|f\.?a|p\.?h|d|des|arch|res|mus|math|chem|phys|sw|sn|nurs|com)\b\.?|\bmba\b|master|diplom-|magister|\bpgc?e\b",
    r"\bb\.? ?(?:sc?|a|eng|tech|ed|com|f\.?a|arch|des|mus|sw|sn|nurs|phil|asc|appsc)\b\.?|bachelor|licence|licenciatura|\bbba\b|\bllb\b|undergraduate",
    r"associate|diploma|certificate|foundation degree|\bhnd\b|minor|major|degree",
)
_MASTER = (
    r"\b[Mm]aster(?:['’]s|s)?(?= (?:of|in|degree|thesis|student)\b)|\b[Mm]aster['’]s\b|\bM[aá]ster (?:en|de|em)\b|\bMBA\b|"
    r"\bM\. ?(?:Sc|A|S|Eng|Ed|Phil|Arch|Res|Tech)\b|\bM(?:Sc|A|S|Eng|Ed|Phil|Arch|Res|Tech|FA|PH|Litt|Math|Chem|Phys|Nurs|Com)\b|"
    r"\bDiplom\b|\bLL\.?M\b|\b[Mm]a(?:gister|îtrise)\b|\b[Ll]aurea magistrale\b"
)
_DOCTORATE = r"\bPh\.? ?D|\bD\.?Phil\b|\b[Dd]octor(?:ate|al|ado|at)\b|\b[Dd]octor of\b|\bEd\.?D\b|\bDr\.? (?:rer|phil|ing)\b"
_HIGHER = (  # how a degree is asked for, and how it is stated
    (
        re.compile(r"\bph\.? ?d\b|\bdoctorate\b|\bdoctoral (?:degree|thesis|dissertation)\b"),
        re.compile(_DOCTORATE),
    ),
    (
        re.compile(
            r"\b(?:a|her|his|their|any) masters?\b(?! of)|\bmaster's\b|\bmasters? (?:degree|thesis)\b|\bmba\b"
        ),
        re.compile(_MASTER),
    ),
)
_SCHOOL = re.compile(
    r"\b(?:universit|college|school|institut|academy|hochschule|polytechni)\w*", re.IGNORECASE
)
_SAID = frozenset({"sentence", "field"})
_LINE = 160  # characters of a line that names a degree
_CERTAIN = 3  # ranks of degrees that no course has
_MOST = 4


class Studies:
    """Answers of one corpus's education."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def answer(self, question: Question) -> list[Claim] | None:
        """A sentence for each degree, the latest first, the highest alone where that is asked; None for what asks
        anything else, or where no entry names a degree."""
        text = fold(question.text)
        if self._lacks(text) and not question.earlier:
            return []
        roots = {term.stem for term in question.terms}
        if _GRADE.search(text):
            return None if roots - _OF_GRADE or question.strangers else self._grades(question, text)
        if not roots or roots - _ASKED or question.strangers or question.earlier:
            return None
        if _NOW.search(text) or not _WHAT.search(text):
            return None
        entries = [e for e in self._corpus.timeline.of_kind("education") if e.headings or _names_degree(e)]
        if question.mentions:
            entries = [e for e in entries if any(s.holds(e.passage) for s in question.subjects)]
        lines = [(entry, self._degree(entry)) for entry in entries]
        if not lines or (
            roots & _DEGREE and not any(line or e.organisation or _names_degree(e) for e, line in lines)
        ):
            return None
        if "highest" in text:
            ranks = [degree_rank(plain(line.text) if line else entry.title) for entry, line in lines]
            lines = [lines[at] for at in range(len(lines)) if ranks[at] == min(ranks)][:1]
        claims = {self._say(entry, line): None for entry, line in lines[:_MOST]}
        return list(claims)

    def _grades(self, question: Question, text: str) -> list[Claim] | None:
        """The grade of each degree, or of the one that is asked about; None where the documents give none, empty where that
        one's isn't given."""
        level = next((rank for words, rank in _LEVELS if words.search(text)), None)
        stated = _FIGURE.search if "gpa" in text else states_grade
        claims: list[Claim] = []
        asked: list[Entry] = []
        for entry in self._corpus.timeline.of_kind("education"):
            if question.mentions and not any(s.holds(entry.passage) for s in question.subjects):
                continue
            line = entry.passage if _names_degree(entry) else self._degree(entry)
            degree = plain(line.text) if line else entry.title
            if level is not None and degree_rank(degree) != level:
                continue
            asked.append(entry)
            told = self._say(entry, line)
            grade = next((p for p in self._under(entry) if p != line and stated(plain(p.text))), None)
            if grade:
                said = plain(grade.text).rstrip(" .")
                claims.append(Claim(f"{told.text.rstrip(' .')}; {said}.", (*told.passages, grade)))
            elif stated(told.text):
                claims.append(told)
        if (level is not None or question.mentions) and asked and not claims:
            return []
        return claims[:_MOST] or None

    def _under(self, entry: Entry) -> list[Passage]:
        """What the documents say of an entry: under its heading, or in the lines after its own."""
        within = [p for p in self._corpus.passages if p.document == entry.passage.document]
        if entry.headings:
            above = (*entry.headings[-1].breadcrumb, plain(entry.headings[-1].text))
            return [p for p in within if p.kind in _SAID and p.breadcrumb[: len(above)] == above]
        after = [
            p for p in within if p.start > entry.passage.end and p.breadcrumb == entry.passage.breadcrumb
        ]
        dated = {e.passage.key for e in self._corpus.timeline.entries}
        return list(takewhile(lambda p: p.kind in _SAID and p.key not in dated, after))

    def _lacks(self, text: str) -> bool:
        """Whether a question is of a master's or a doctorate, and no document speaks of one."""
        asked = [stated for named, stated in _HIGHER if named.search(text)]
        return bool(asked) and not any(
            stated.search(plain(p.text)) for stated in asked for p in self._corpus.passages
        )

    def _degree(self, entry: Entry) -> Passage | None:
        """The line under an entry's heading that names a degree."""
        if entry.organisation:
            return None
        under = self._under(entry) if entry.headings else []
        return next(
            (p for p in under if len(p.text) < _LINE and degree_rank(plain(p.text)) < len(_RANKS)), None
        )

    def _say(self, entry: Entry, line: Passage | None) -> Claim:
        if not entry.headings:  # the school stands in the degree's line, or in the next one
            school = [p for p in self._under(entry)[:1] if _SCHOOL.search(plain(p.text))]
            if _SCHOOL.search(plain(entry.passage.text)):
                school = []
            told = ", ".join(plain(p.text).rstrip(" .,") for p in (entry.passage, *school))
            return Claim(f"{told}.", (entry.passage, *school))
        if entry.organisation:
            return Claim(f"{plain(entry.title)}, {entry.organisation} ({entry.dates.text}).", proof(entry))
        if line is None:
            return Claim(f"{plain(entry.title)} ({entry.dates.text}).", proof(entry))
        said = state(line, self._corpus.profile.grammar)
        heading = entry.headings[-1]
        return Claim(f"At {plain(heading.text)}: {said.text}", (*said.passages, heading))


def _names_degree(entry: Entry) -> bool:
    """Whether an entry is a line of its own that names a degree."""
    line = entry.passage
    return not entry.headings and len(line.text) < _LINE and degree_rank(plain(line.text)) < _CERTAIN


def degree_rank(text: str) -> int:
    """0 for a doctorate, 1 for a master's degree, 2 for a bachelor's and so on down; the number of ranks where a text names no degree."""
    return next(
        (at for at, pattern in enumerate(_RANKS) if re.search(pattern, text, re.IGNORECASE)), len(_RANKS)
    )
