"""A section's items as headings, lines and bullets: the employer above the role, the role above its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from ask_debbie.corpus.document import BlockKind
from ask_debbie.corpus.readers.pdf.contacts import facts_of
from ask_debbie.corpus.readers.pdf.headers import (
    Header,
    headers_in,
    is_heading_line,
    is_styled,
    names_in,
    parts_in,
)
from ask_debbie.corpus.readers.pdf.items import Cell, Item, joined, text_of
from ask_debbie.corpus.readers.pdf.names import with_names
from ask_debbie.corpus.readers.pdf.parts import Part, date_in
from ask_debbie.corpus.readers.pdf.sections import Body, Section
from ask_debbie.corpus.role_words import OWN, title_score

_EDUCATION = re.compile(
    r"educat|academic|studies|degree|qualification|bildung|formaci|formation|educaci", re.I
)
_LISTS = re.compile(
    r"skill|language|interest|hobb|award|honou?r|certif|licen|publication|reference|summary|profile|about|objective|"
    r"technolog|tools|coursework|scholarship|patent|talk|presentation|competenc|achievement|software|"
    r"kenntnisse|sprachen|idiomas|langues|strength|expertise|overview|statement",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"contact|kontakt|personal (?:details|information|data)|^(?:links|details)$", re.IGNORECASE
)


class Written(NamedTuple):
    """One block to write, and the characters that it is made of."""

    kind: BlockKind
    level: int
    chars: Cell


def blocks_of(section: Section, body: Body) -> Iterator[Written]:
    """The blocks of a section, its heading first.

    Args:
        body: how the document's running text is set.
    """
    if section.title:
        yield Written("heading", section.level, section.title)
    if not section.title or _CONTACT.search(section.name):
        facts = facts_of(cell for item in section.items for cell in item.cells)
        yield from (Written("line", 0, fact) for fact in facts)
        return
    if _LISTS.search(section.name) and not re.search(r"experience|educat", section.name, re.I):
        yield from (Written("bullet" if item.marked else "line", 0, _row(item)) for item in section.items)
        return
    education = bool(_EDUCATION.search(section.name)) and not re.search(r"experience", section.name, re.I)
    styled = any(is_styled(item, body) for item in section.items)
    headers = list(headers_in(section.items, education, body if styled else None))
    if not education:
        headers = with_names(headers)
    employer_look: tuple[float, bool, bool] | None = None
    position = 0
    for header, following in zip_longest(headers, headers[1:]):
        yield from _plain_blocks(section.items[position : header.start], styled)
        under = (
            employer_look is not None
            and employer_look == header.look
            and len(parts_in(header, "role", "employer", "name")) == 1
            and not OWN.search(header.parts[0].text)
        )
        yield from _degree_blocks(header) if education else _heading_blocks(header, under)
        grouped = bool(names_in(header)[0]) and bool(names_in(header)[1])
        opens = following is not None and not education and _opens_group(header, following)
        employer_look = following.look if opens and following else header.look if grouped or under else None
        position = header.end
    yield from _plain_blocks(section.items[position:], styled)


def _opens_group(header: Header, following: Header) -> bool:
    """Whether an entry is an employer with the dates of all that stands under it: roles with their own."""
    names = [parts_in(one, "role", "employer", "name") for one in (header, following)]
    alone = all(len(parts) == 1 for parts in names)
    return (
        alone
        and header.end == following.start
        and header.look != following.look
        and title_score(names[0][0].text) < 1 <= title_score(names[1][0].text) + header.look[1]
    )


def _heading_blocks(header: Header, under: bool) -> Iterator[Written]:
    employers, roles = names_in(header)
    if under and not roles:
        employers, roles = [], employers
    said: list[Part] = [*employers, *roles]
    if employers:
        chars, beside = _with_place(employers[0], header.parts, roles)
        said += beside
        yield Written("heading", 3, chars)
    for role in roles:
        yield Written("heading", 4 if employers or under else 3, role.chars)
    for part in parts_in(header, "dates"):
        yield Written("line", 0, part.chars)
    for part in header.parts:
        if part not in said and part.kind not in ("dates", "length"):
            yield Written("line", 0, part.chars)


def _degree_blocks(header: Header) -> Iterator[Written]:
    """A school as a heading; a degree with its dates as a line, as it is a fact to be quoted."""
    employers, roles = names_in(header)
    said: list[Part] = [*employers, *roles]
    if employers:
        chars, beside = _with_place(employers[0], header.parts, roles)
        said += beside
        yield Written("heading", 3, chars)
    dates = parts_in(header, "dates")
    facts = [part.chars for part in (*roles, *dates)]
    if facts:
        yield Written("line", 0, joined(facts, ", "))
    for part in header.parts:
        if part not in said and part.kind not in ("dates", "length"):
            yield Written("line", 0, part.chars)


def _with_place(part: Part, parts: Sequence[Part], roles: Sequence[Part]) -> tuple[Cell, list[Part]]:
    """ "Google" and "Mountain View, CA" after it in the same cell as one."""
    place = parts.index(part)
    after = parts[place + 1] if place + 1 < len(parts) else None
    if (
        after is not None
        and after not in roles
        and after.joined
        and after.kind in ("place", "name")
        and after.cell == part.cell
    ):
        near = (
            after.chars[0].base - part.chars[-1].base < 2 * part.chars[-1].size
            and after.chars[0].page == part.chars[0].page
        )
        if near:
            blank = part.chars[-1]._replace(text=" ", x0=part.chars[-1].x1)
            comma = blank._replace(text=",", x1=blank.x0)
            return (*part.chars, comma, blank, *after.chars), [after]
    return part.chars, []


def _plain_blocks(items: Sequence[Item], styled: bool) -> Iterator[Written]:
    """What describes an entry; a line in bold with text under it heads one without dates."""
    for place, item in enumerate(items):
        below = items[place + 1] if place + 1 < len(items) else None
        heads = (
            item.bold and below is not None and not below.bold and not item.marked and is_heading_line(item)
        )
        plain = not styled and _unstyled_head(items, place)
        if heads or plain:
            yield Written("heading", 3, _row(item))
        else:
            yield Written("bullet" if item.marked else "line", 0, _row(item))


def _unstyled_head(items: Sequence[Item], place: int) -> bool:
    """In text of one type: a short line without a full stop, before lines that are sentences."""
    item = items[place]
    below = items[place + 1] if place + 1 < len(items) else None
    if (
        item.marked
        or below is None
        or not is_heading_line(item)
        or item.lines > 1
        or len(item.text.split()) > 9
    ):
        return False
    above = place == 0 or items[place - 1].marked or items[place - 1].text.endswith(".")
    return above and (below.marked or below.text.endswith("."))


def _row(item: Item) -> Cell:
    """The cells of an item as one text: a label before its values, a bar between what else stands apart."""
    first, second = item.cells[0], item.cells[1:]
    label = len(second) == 1 and len(first) < 40 and not _is_when(first) and not _is_when(second[0])
    if label:
        return joined(item.cells, " " if first[-1].text == ":" else ": ")
    return joined(item.cells, " | ")


def _is_when(cell: Cell) -> bool:
    return date_in(text_of(cell), alone=True) is not None
