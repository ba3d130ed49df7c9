"""The kind of thing that a question asks for, and whether a passage holds one: a number, a sum, a date, a name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ask_debbie.answering.going_on import meant_by
from ask_debbie.corpus.dates import find_dates
from ask_debbie.corpus.role_words import ROLES
from ask_debbie.retrieval.terms import STOP_WORDS, fold, stem, words

_SPELLED = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty hundred thousand dozen million"
)
_FIGURE = rf"(?:(?<![\w.,])[~<>]?[$€£¥]?\d[\d.,]*\s?(?:[km]\b|million|thousand|billion)?\+?|\b(?:{'|'.join(_SPELLED.split())})\b)"
_MONEY = re.compile(
    r"[$€£¥]\s?\d|\b(?:cad|usd|eur|gbp|chf)\s?\d|\d[\d.,]*\s?(?:k|m|million|thousand)?\s?(?:dollars?|euros?|pounds?|francs?|usd|eur|gbp|chf)\b"
)
_UNITS = frozenset(
    stem(word)
    for word in "percent year month week day hour minute second ms euro dollar pound kg km cm mm".split()
)
_COUNTED = re.compile(r"\bhow many\s+((?:[^\W\d_][\w-]*\s*){1,3})")
_PEOPLE = frozenset(stem(word) for word in "people person persons folks heads".split())
_SUM = re.compile(
    r"\bhow much (?:money|did (?:it|that|this) cost|was (?:it|that) worth)\b|\bcosts?\b|\bbudget\b|\bgrants?\b|\bprice\b"
)
_SIZE = re.compile(
    r"\bhow (?:much|big|large|far|fast|high|tall|heavy|wide|often|accurate)\b|\bby what\b|\bpercent\w*\b|\bwhat share\b|\bhow many\b"
)
_CHANGE = re.compile(
    r"\bfrom what\b.{0,20}\bto what\b|\bwhat was (?:it|that) (?:before|originally|to start with)\b|\bfrom where to where\b|"
    r"\b(?:start\w*|begin|began)\b.{0,30}\b(?:end up|now|finish|land)\b|\bbefore and after\b|\bwhat did (?:it|that) use to be\b"
)
_WHO = re.compile(r"^\W*(?:\w+\W+){0,2}(?:who|whom)\b|\bwith whom\b|\bfor whom\b")
_NAME = re.compile(r"(?:\bDr\.?\s+|[^\s.!?:–—|]\s+)(?:[A-ZÀ-Þ][\w'’-]+)(?:\s+[A-ZÀ-Þ][\w'’-]+)+")
_NAMES = re.compile(r"[^\s.!?]\s+[A-Z][\w+#.]*")
_TITLE = 6  # words of a line that is a title
_WHEN = re.compile(r"\bwhen\b|\b(?:which|what) (?:year|month|day|date)\b|\bsince when\b")
_LENGTH = re.compile(r"\bhow long\b(?! ago\b)|\bhow much time\b")
_TIMES = re.compile(r"\bhow many (?:minutes|hours|days|weeks|months|years)\b")
_DURATION = re.compile(
    rf"\b(?:{_FIGURE}|an?|half an?)[ -](?:second|minute|hour|day|week|month|quarter|semester|term|year|evening|weekend|night)s?\b"
)
_HOW = re.compile(
    r"^\W*(?:and |so |but |ok(?:ay)? )?how\b(?:'d| (?:did|do|does|has|have|had|was|were|is|are)\b|\W*$)"
)
_MEANS = re.compile(r"\b(?:by|with|through|using|via|after|instead of|thanks to)\b|[:;]")
_WHY = re.compile(r"\bwhy\b|\bhow come\b|\bwhat (?:was|is) the (?:reason|problem|point)\b")
_REASON = re.compile(
    r"\b(?:because|since|so that|due to|thanks to|would(?:n't)?|had to|wanted|needed|could(?:n't)?|for the sake)\b"
)
_OUTCOME = re.compile(
    r"\bwhat (?:came|resulted) (?:out )?(?:of|from)\b|\bwhat (?:was|were|is|are) the (?:results?|outcomes?|effects?|impact|upshot)\b|"
    r"\bwhat (?:did|has) (?:it|that|this) (?:change\w*|bring|brought|achieve\w*|lead|led|do|done)\b|"
    r"\b(?:did|has|does) (?:it|that|this) (?:all )?(?:work\w*|help\w*|pay|paid|make|made)\b|\bhow did (?:it|that|this) (?:go|end|turn out|work out)\b"
)
_PART = re.compile(
    r"\bwhat\b.{0,12}\b(?:her|his|their) (?:\w+ )?(?:role|part|job|position|title|contribution|function)\b|\bin what (?:role|capacity)\b"
)
_AS = re.compile(r"\b(?:role|part)s?:|\bas (?:\w+ )?(?:a|an|the|its)\b|\bi (?:am|was)\b")


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """What a question asks for.

    Attributes:
        strict: whether a passage without it can't be the answer.
        further: whether what stands right after what was said is likely to tell it.
    """

    holds: Callable[[str], float]
    strict: bool
    further: bool = False


def asked_kind(question: str) -> AnswerKind | None:
    """What a question asks for; None where its words don't tell.

    ``holds`` says of a text, 0 to 1, how plainly it has such a thing.
    """
    text = fold(question)
    if asks_change(text):
        return AnswerKind(_change, strict=True)
    if counted := _COUNTED.search(text):
        roots = [stem(w) for w in words(counted[1]) if w not in STOP_WORDS]
        return AnswerKind(lambda said: _count(said, roots[:2]), strict=True)
    if _SUM.search(text):
        return AnswerKind(lambda said: float(_MONEY.search(fold(said)) is not None), strict=False)
    if _SIZE.search(text):
        return AnswerKind(lambda said: float(re.search(_FIGURE, _undated(said)) is not None), strict=True)
    if _WHEN.search(text):
        return AnswerKind(lambda said: float(bool(find_dates(said))), strict=True)
    if _LENGTH.search(text):
        return AnswerKind(lambda said: float(_DURATION.search(_undated(said)) is not None), strict=True)
    if _OUTCOME.search(text):
        return AnswerKind(_outcome, strict=True)
    if _WHY.search(text):
        return AnswerKind(
            lambda said: float(_REASON.search(fold(said)) is not None), strict=True, further=True
        )
    if meant_by(text):
        return AnswerKind(lambda said: float(_NAMES.search(said) is not None), strict=True)
    if _PART.search(text):
        return AnswerKind(lambda said: _part(said), strict=True)
    if _HOW.search(text):
        return AnswerKind(
            lambda said: float(_MEANS.search(fold(said)) is not None), strict=True, further=True
        )
    if _WHO.search(text):
        return AnswerKind(lambda said: 0.5 * (_NAME.search(said) is not None), strict=False)
    return None


def asks_time(question: str) -> bool:
    """Whether a question asks when something was, or how long it took."""
    text = fold(question)
    return (
        _WHEN.search(text) is not None or _LENGTH.search(text) is not None or _TIMES.search(text) is not None
    )


def asks_change(text: str) -> bool:
    """Whether a folded question asks from what to what something went."""
    return _CHANGE.search(text) is not None


def _undated(text: str) -> str:
    for date in find_dates(text):
        text = text.replace(date.text, " ")
    return fold(text)


def _part(text: str) -> float:
    """1 where a text says what somebody is in something, less where it is a title by itself or names one."""
    if _AS.search(fold(text)):
        return 1.0
    return 0.8 if ROLES.search(text) and len(text.split()) <= _TITLE else 0.3 if ROLES.search(text) else 0.0


def _change(text: str) -> float:
    figures = re.findall(_FIGURE, _undated(text))
    joined = re.search(
        rf"\bfrom\s+{_FIGURE}.{{0,25}}\bto\s+{_FIGURE}|{_FIGURE}.{{0,30}}\b(?:against|instead of|used to|than|to)\b.{{0,30}}{_FIGURE}",
        _undated(text),
    )
    return 1.0 if joined else 0.5 if len(figures) > 1 else 0.0


def _outcome(text: str) -> float:
    """1 where a text says from what to what something went, less where it has any figure."""
    return max(_change(text), 0.5 * (re.search(_FIGURE, _undated(text)) is not None))


def _count(text: str, roots: list[str]) -> float:
    """1 where a figure stands before what is counted, less where it stands elsewhere."""
    undated = _undated(text)
    stated = {stem(w) for w in words(undated)}
    best = 0.0
    for figure in re.finditer(_FIGURE, undated):
        after = [stem(w) for w in words(undated[figure.end() :])[:3]]
        unit = bool(after and after[0] in _UNITS) or undated[figure.end() :].lstrip().startswith("%")
        if roots and set(roots) & set(after):
            return 1.0
        if roots and roots[0] in _PEOPLE and not unit:
            best = max(best, 0.7)
        elif roots and set(roots) & stated:
            best = max(best, 0.6)
        else:
            best = max(best, 0.2 if unit else 0.3)
    return best
