"""Questions of what and where the candidate studied, answered from the education entries of the timeline."""

from __future__ import annotations

import re

from ask_debbie.answering.claim import Claim
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
_NOW = re.compile(r"\b(?:when|how (?:long|many|old|much|well)|since|year|grade|gpa|why)\b")
_WHAT = re.compile(r"\b(?:what|where|which|tell|list|describe|any|highest)\b|^\W*\w+(?: \w+)?\W*$")
_RANKS = (
    r"\bph\.? ?d\b|\bd\.?phil\b|doctor(?:ate|al)?\b|\bdr\.",
    r"\bm\.? ?(?:sc?|a|eng|ed|phil|b\.?a|f\.?a|p\.?h|d)\b\.?|\bmba\b|master|diplom-|magister|\bpgc?e\b",
    r"\bb\.? ?(?:sc?|a|eng|tech|ed|com|f\.?a|arch)\b\.?|bachelor|licence|licenciatura|\bbba\b|\bllb\b|undergraduate",
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
        if not roots or roots - _ASKED or question.strangers or question.earlier:
            return None
        if _NOW.search(text) or not _WHAT.search(text):
            return None
        entries = [e for e in self._corpus.timeline.of_kind("education") if e.headings]
        if question.mentions:
            entries = [e for e in entries if any(s.holds(e.passage) for s in question.subjects)]
        lines = [(entry, self._degree(entry)) for entry in entries]
        if not lines or (roots & _DEGREE and not any(line or entry.organisation for entry, line in lines)):
            return None
        if "highest" in text:
            ranks = [degree_rank(plain(line.text) if line else entry.title) for entry, line in lines]
            lines = [lines[at] for at in range(len(lines)) if ranks[at] == min(ranks)][:1]
        claims = {self._say(entry, line): None for entry, line in lines[:_MOST]}
        return list(claims)

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
        above = (*entry.headings[-1].breadcrumb, plain(entry.headings[-1].text))
        under = [
            p
            for p in self._corpus.passages
            if p.document == entry.passage.document
            and p.kind in {"sentence", "field"}
            and p.breadcrumb[: len(above)] == above
        ]
        return next(
            (p for p in under if len(p.text) < 160 and degree_rank(plain(p.text)) < len(_RANKS)), None
        )

    def _say(self, entry: Entry, line: Passage | None) -> Claim:
        if entry.organisation:
            return Claim(f"{plain(entry.title)}, {entry.organisation} ({entry.dates.text}).", proof(entry))
        if line is None:
            return Claim(f"{plain(entry.title)} ({entry.dates.text}).", proof(entry))
        said = state(line, self._corpus.profile.grammar)
        heading = entry.headings[-1]
        return Claim(f"At {plain(heading.text)}: {said.text}", (*said.passages, heading))


def degree_rank(text: str) -> int:
    """0 for a doctorate, 1 for a master's degree, 2 for a bachelor's and so on down; the number of ranks where a text names no degree."""
    return next(
        (at for at, pattern in enumerate(_RANKS) if re.search(pattern, text, re.IGNORECASE)), len(_RANKS)
    )
