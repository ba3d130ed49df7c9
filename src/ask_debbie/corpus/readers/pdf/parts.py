"""The parts of a line that names a role, a degree or a project: role, employer, place and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ask_debbie.corpus.dates import DateRange, find_dates, find_ranges
from ask_debbie.corpus.readers.pdf.items import Cell, Item, text_of
from ask_debbie.corpus.readers.pdf.lines import BOLD, ITALIC
from ask_debbie.corpus.role_names import EMPLOYMENT
from ask_debbie.corpus.role_words import ROLES
from ask_debbie.corpus.towns import TOWN

PartKind = Literal["role", "employer", "place", "dates", "length", "name"]

_DEGREE = re.compile(
    r"\b(?:B\.? ?(?:A|S|Sc|Eng|Tech|Com|Ed|F\.?A|B\.?A|N)\b|M\.? ?(?:A|S|Sc|Eng|Tech|Com|Ed|F\.?A|Phil|B\.?A|P\.?H)\b|"
    r"Ph\. ?D|PhD|D\.?Phil|LL\.? ?[BM]|Bachelor|Master|Doctor|Diploma|Associate (?:of|in|degree)|Licen[cs]|"
    r"Certificate|GCSE|A-levels?|Abitur|Baccalaur|Grado|Degree|Minor in|Major in|Foundation|High School Diploma)",
)
_MORE_ROLES = re.compile(
    r"\b(?:student|scholar|postdoc\w*|resident|registrar|surgeon|joiner|freelance\w*|contractor|\w+ologist|chemist|"
    r"physicist|statistician|marketer|chair|ambassador|co-?founder|CEO|CTO|CFO|COO|VP|SDE|SRE|QA|PhD candidate|host|"
    r"steward|guard|stylist)s?\b",
    re.IGNORECASE,
)
_SCHOOL = re.compile(
    r"universit|college|school|institut|academy|polytechn|hochschule|école|ecole|faculty|conservator|gymnasium|lyc[ée]e|"
    r"universidad|\bMIT\b|\bETH\b|\bUC\b|\bUCL\b|\bIIT\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:Inc|Ltd|LLC|GmbH|Corp|Corporation|Company|Group|Co|plc|S\.?A|AG|BV|Hospital|Bank|Labs?)\b"
)
_LENGTH = re.compile(
    r"\(?(?:less than a year|\d+ (?:years?|yrs?|months?|mos?)(?:,? \d+ (?:months?|mos?))?)\)?", re.I
)
_BREAK = re.compile(r"\s+[|·•●—–]\s+|\s+-\s+|\s+@\s+|\s*\|\s*|\s+\bat\b\s+(?=[A-Z])|\t")
_AGENT = re.compile(r"\w{3,}(?:ist|er|or|ian|eer|ant|ress|wright|smith|man|woman)", re.IGNORECASE)
_NO_AGENTS = frozenset(
    "center water computer river power paper silver tower chapter winter summer number order".split()
)
_TRIM = " \t,;:|·•●–—-/"

_AROUND = f"{_TRIM}()[]"


class Part(NamedTuple):
    """A stretch of one line's characters, and what it is likely to be.

    Attributes:
        cell: which of the line's cells it is in.
        joined: nothing but a comma parts it from the one before.
    """

    kind: PartKind
    chars: Cell
    cell: int
    joined: bool = False

    @property
    def text(self) -> str:
        return text_of(self.chars)


def date_in(text: str, *, alone: bool = False) -> DateRange | None:
    """The date or range that a text is about: at its beginning or end, with little beside it.

    Args:
        alone: nothing else may stand there but a length of time.
    """
    found = (find_ranges(text) or find_dates(text))[-1:]
    if not found:
        return None
    start, end = found[0].span
    before, after = text[:start].strip(_AROUND), text[end:].strip(_AROUND)
    if alone:
        rest = re.sub(
            r"^(?:from|since|dates?|expected|graduated|graduation|exp|est|class of|anticipated)\b\W*",
            "",
            before,
            flags=re.I,
        )
        fine = not rest and (not after or bool(_LENGTH.fullmatch(after)))
        return found[0] if fine or _are_dates_only(text) else None
    if found[0].single and not re.search(r"(?:^|[,|·•–—(\t-]\s*|\s{2})$", text[:start]) and before:
        return None
    return found[0] if not before or not after or _LENGTH.fullmatch(after) else None


def _are_dates_only(text: str) -> bool:
    rest = text
    for date in reversed([*find_ranges(text), *find_dates(text)]):
        rest = rest.replace(date.text, "")
    return not re.search(
        r"\w", re.sub(r"\b(?:to|and|expected|spring|summer|fall|autumn|winter)\b", "", rest, flags=re.I)
    )


def is_length(text: str) -> bool:
    """Whether a text is a length of time, as LinkedIn puts under an employer."""
    return bool(_LENGTH.fullmatch(text.strip()))


def is_place(text: str) -> bool:
    """Whether a text is a town with its state or country."""
    text = re.sub(r" \d{4,6}(?:-\d{4})?$", "", text.strip())
    return bool(TOWN.fullmatch(text)) and "," in text and len(text.split()) <= 7 and not _COMPANY.search(text)


def parts_of(item: Item, education: bool, *, commas: bool = False) -> list[Part]:
    """The parts of a heading line, in order.

    Args:
        commas: a role and an employer may be parted by a comma and nothing else.
    """
    return [
        part for number, cell in enumerate(item.cells) for part in _parts(cell, number, education, commas)
    ]


def sounds_like_a_role(text: str) -> bool:
    """Whether a name without a known word for a role ends as such words do: biologist, welder, librarian."""
    words = re.findall(r"[^\W\d_]+", text.split(",")[0])
    return any(_AGENT.fullmatch(word) and word.casefold() not in _NO_AGENTS for word in words[-2:])


def _parts(cell: Cell, number: int, education: bool, commas: bool) -> Iterator[Part]:
    text = text_of(cell)
    if date := date_in(text, alone=True):
        whole = _are_dates_only(text)
        yield Part("dates", trimmed(cell if whole else cut(cell, *date.span)), number)
        return
    date = date_in(text)
    spans = [(0, len(text))]
    if date:
        spans = [(0, date.span[0]), (date.span[1], len(text))]
    for start, end in spans:
        for stretch, joined in _stretches(cut(cell, start, end), education, commas):
            words = text_of(stretch)
            if re.search(r"\w", words):
                yield Part(_kind(words, education), stretch, number, joined)
    if date:
        yield Part("dates", trimmed(cut(cell, *date.span)), number)


def cut(cell: Cell, start: int, end: int) -> Cell:
    """The characters of a part of the text; a ligature may hold several letters."""
    at, kept = 0, []
    for char in cell:
        if at >= start and at < end:
            kept.append(char)
        at += len(char.text)
    return tuple(kept)


def trimmed(cell: Cell) -> Cell:
    """Without the marks around it; brackets stay where they are closed inside."""
    while cell and (cell[0].text in f"{_TRIM})]" or _has_stray(cell, 0, "([", ")]")):
        cell = cell[1:]
    while cell and (cell[-1].text in f"{_TRIM}([" or _has_stray(cell, -1, ")]", "([")):
        cell = cell[:-1]
    return cell


def _has_stray(cell: Cell, at: int, these: str, those: str) -> bool:
    """Whether a bracket stands at an end of a cell that has none of the other kind inside."""
    inside = text_of(cell[1:] if at == 0 else cell[:-1])
    closed = inside[:-1] if at == 0 else inside[1:]
    return cell[at].text in these and not any(bracket in closed for bracket in those)


def _stretches(cell: Cell, education: bool, commas: bool) -> Iterator[tuple[Cell, bool]]:
    """A cell cut at strong separators, then where the type changes, then before an employer after a comma.

    With each: whether it goes on from the one before after no more than a comma.
    """
    text, at = text_of(cell), 0
    edges = [match.span() for match in _BREAK.finditer(text) if not (education and match[0].strip() in "-–")]
    for start, end in [*edges, (len(text), len(text))]:
        joined = False
        for styled in _by_style(cut(cell, at, start)):
            for part in _by_comma(styled, education) if commas else (styled,):
                yield part, joined
                joined = True
        at = end


def _by_style(cell: Cell) -> Iterator[Cell]:
    start = 0
    look = None
    for position, char in enumerate(cell):
        if not char.text[0].isalnum():
            continue
        new = char.style & (BOLD | ITALIC)
        after_break = position == 0 or not cell[position - 1].text[0].isalnum()
        if look is not None and new != look and after_break:
            yield trimmed(cell[start:position])
            start = position
        look = new
    if rest := trimmed(cell[start:]):
        yield rest


def _by_comma(cell: Cell, education: bool) -> Iterator[Cell]:
    """ "Software Engineer, Acme, Berlin" without a change of type."""
    text = text_of(cell)
    named = _DEGREE.search if education else _names_role
    for comma in re.finditer(r", ", text):
        first, second = text[: comma.start()], text[comma.end() :]
        other = bool(_SCHOOL.search(second)) if education else not _names_role(second.split(",")[0])
        backward = bool(named(second)) and not named(first) and bool(_SCHOOL.search(first) or not education)
        if (named(first) and other and not _is_department(second)) or backward:
            yield trimmed(cut(cell, 0, comma.start()))
            yield trimmed(cut(cell, comma.end(), len(text)))
            return
    yield cell


def _names_role(text: str) -> bool:
    return bool(ROLES.search(text) or _MORE_ROLES.search(text))


def _is_department(text: str) -> bool:
    return bool(re.search(r"\b(?:department|division|team|faculty|unit)\b", text, re.IGNORECASE))


def _kind(text: str, education: bool) -> PartKind:
    if is_length(text):
        return "length"
    if EMPLOYMENT.fullmatch(text.strip()):
        return "place"
    if TOWN.fullmatch(text) and re.search(r", [A-Z]{2}(?:,.*)?$", text) and not _SCHOOL.search(text):
        return "place"
    if education:
        if _DEGREE.search(text) and not re.match(r"(?:school|college|university)\b", text, re.I):
            return "role"
        if _SCHOOL.search(text):
            return "employer"
    elif _names_role(text) and not _COMPANY.search(text):
        return "role"
    if (
        TOWN.fullmatch(text)
        and len(text.split()) <= 7
        and not _COMPANY.search(text)
        and not _is_department(text)
    ):
        return "place"
    return "employer" if _COMPANY.search(text) else "name"
