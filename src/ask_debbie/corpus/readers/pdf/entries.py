"""A section's items as headings, lines and bullets: the employer above the role, the role above its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ask_debbie.corpus.document import BlockKind
from ask_debbie.corpus.readers.pdf.contacts import facts_of
from ask_debbie.corpus.readers.pdf.paragraphs import Cell, Item, joined, text_of
from ask_debbie.corpus.readers.pdf.parts import (
    Part,
    date_in,
    in_known_country,
    is_length,
    is_place,
    parts_of,
    sounds_like_a_role,
)
from ask_debbie.corpus.readers.pdf.sections import Body, Section

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
_MOST_WORDS = 16


class Written(NamedTuple):
    """One block to write, and the characters that it is made of."""

    kind: BlockKind
    level: int
    chars: Cell


@dataclass(frozen=True, slots=True)
class _Header:
    """The items ``[start:end]`` that name one entry."""

    start: int
    end: int
    parts: tuple[Part, ...]
    look: tuple[float, bool, bool]


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
    styled = any(_is_styled(item, body) for item in section.items)
    headers = list(_headers(section.items, education, body if styled else None))
    employer_look: tuple[float, bool, bool] | None = None
    position = 0
    for header in headers:
        yield from _plain_blocks(section.items[position : header.start], styled)
        under = (
            employer_look is not None and employer_look == header.look and not _of(header, "employer", "name")
        )
        yield from _degree_blocks(header) if education else _heading_blocks(header, under)
        grouped = bool(_names(header)[0]) and bool(_names(header)[1])
        employer_look = header.look if grouped or under else None
        position = header.end
    yield from _plain_blocks(section.items[position:], styled)


def _headers(items: Sequence[Item], education: bool, body: Body | None) -> Iterator[_Header]:
    """The entries' headings; ``body`` is None where all is set in one type."""
    free = 0
    for place, item in enumerate(items):
        if place < free or not _is_dated(item, education):
            continue
        start, end = place, place + 1
        beside = _is_town_beside(items, place, free, education, body)
        named = 0 if beside else len(_naming(item, education))
        while start > free and place - start < 3 and named < 2:
            above = items[start - 1]
            if is_length(above.text):
                start -= 1
                continue
            close = items[start].gap < 4.5 or above.page != items[start].page
            if not close or not _is_heading_line(above) or (body and not _is_styled(above, body)):
                break
            if above.marked or (not body and named and not _begins(items, start - 1)):
                break
            start -= 1
            named += len(_naming(above, education))
        while end < len(items) and end - place < 3 and _belongs(items, end, named, education):
            named += len(_naming(items[end], education))
            end += 1
        parts = _header_parts(items, start, place, end, education, beside)
        if sum(part.kind in ("role", "employer", "name") for part in parts) < 2 and end - start == 1:
            parts = parts_of(item, education, commas=True)
        parts = _with_employer(parts)
        if any(part.kind in ("role", "employer", "name") for part in parts):
            yield _Header(start, end, tuple(parts), _look(item))
            free = end


def _is_town_beside(items: Sequence[Item], place: int, free: int, education: bool, body: Body | None) -> bool:
    """Whether a line of dates has a town beside them, under lines that name the entry: "2012 – 2014    Paris"."""
    if body is None or place == free or len(items[place].cells) < 2 or _is_styled(items[place], body):
        return False
    names = _naming(items[place], education)
    short = len(names) == 1 and names[0].kind == "name" and len(names[0].text.split()) <= 2
    return short and _is_styled(items[place - 1], body) and not items[place - 1].marked


def _header_parts(
    items: Sequence[Item], start: int, dated: int, end: int, education: bool, beside: bool
) -> list[Part]:
    """The parts of an entry's heading; what stands above a role, and names none, is its employer, whole."""
    own = set() if beside else {part.kind for part in _naming(items[dated], education)}
    parts: list[Part] = []
    for place in range(start, end):
        found = parts_of(items[place], education)
        if place == dated and beside:
            found = [part._replace(kind="place") if part.kind == "name" else part for part in found]
        roles = any(part.kind == "role" for part in found)
        if place < dated and own and ("role" in own or not roles) and place == start:
            parts += [Part("employer", items[place].cells[0], 0), *(part for part in found if part.cell)]
        elif (
            place == dated and start < dated and not roles and not any(part.kind == "role" for part in parts)
        ):
            first = next((part for part in found if part.kind in ("employer", "name")), None)
            parts += [part._replace(kind="role") if part is first else part for part in found]
        else:
            parts += found
    return parts


def _with_employer(parts: list[Part]) -> list[Part]:
    """With "The Quarry Hotel, Leeds" as what it is, which looks like a town and its state."""
    naming = [part for part in parts if part.kind in ("role", "employer", "name")]
    if len(naming) > 1 or (naming and naming[0].kind != "role"):
        return parts
    return [
        part._replace(kind="employer")
        if part.kind == "place" and (not naming or part.chars[0].style & 3 or not in_known_country(part.text))
        else part
        for part in parts
    ]


def _is_dated(item: Item, education: bool) -> bool:
    """Whether an item is the one of a heading that says when."""
    if any(date_in(text_of(cell), alone=True) for cell in item.cells):
        return len(item.text.split()) <= 2 * _MOST_WORDS and (len(item.cells) > 1 or not item.marked)
    if item.marked or item.lines > 2 or len(item.text.split()) > _MOST_WORDS or item.text.endswith("."):
        return False
    date = date_in(item.text)
    return date is not None and (not date.single or education or item.bold)


def _is_heading_line(item: Item) -> bool:
    text = item.text
    label = re.match(r"[^:]{1,40}:(\s|$)", text)
    return (
        len(text.split()) <= _MOST_WORDS
        and item.lines <= 2
        and not label
        and not (
            re.search(r"[.!?;]$", text) and not re.search(r"\b(?:Inc|Ltd|Co|Corp|B\.A|Jr|Sr|[A-Z])\.$", text)
        )
    )


def _is_styled(item: Item, body: Body) -> bool:
    """Whether it is set apart from running text: bold at its beginning, italic, or larger."""
    first = item.cells[0][0]
    return (
        bool(first.style & 3)
        or item.size > body.size + 0.4
        or item.colour != body.colour
        or item.text.isupper()
    )


def _begins(items: Sequence[Item], place: int) -> bool:
    """In text of one type: whether a short line follows one that ends a sentence, or begins the section."""
    return (
        place == 0
        or items[place - 1].text.endswith((".", ";"))
        or items[place - 1].marked
        or items[place].gap > 2.4
    )


def _belongs(items: Sequence[Item], place: int, named: int, education: bool) -> bool:
    """Whether the item below still names the entry: its other half, or where it was."""
    item = items[place]
    if item.marked or item.gap > 2.6 or not _is_heading_line(item) or _is_dated(item, education):
        return False
    styled = bool(item.cells[0][0].style & 3)
    if is_place(item.text) and (named > 1 or (not styled and in_known_country(item.text))):
        return True
    parts = parts_of(item, education)
    after = items[place + 1] if place + 1 < len(items) else None
    if after is not None and _is_dated(after, education) and not item.italic:
        return False
    kinds = {"name" if part.kind == "place" and named < 2 else part.kind for part in parts}
    apart = styled or len(item.cells) > 1
    return (
        named < 2
        and bool(kinds & {"role", "employer", "name"})
        and (apart or (kinds <= {"role", "employer"}))
    )


def _naming(item: Item, education: bool) -> list[Part]:
    return [part for part in parts_of(item, education) if part.kind in ("role", "employer", "name")]


def _of(header: _Header, *kinds: str) -> list[Part]:
    return [part for part in header.parts if part.kind in kinds]


def _names(header: _Header) -> tuple[list[Part], list[Part]]:
    """The parts that name the employer (with its place beside it) and those that name the role."""
    naming = _of(header, "role", "employer", "name")
    roles = _of(header, "role")[:1]
    if not roles and len(naming) > 1:
        roles = [part for part in naming if sounds_like_a_role(part.text)]
        roles = roles if len(roles) == 1 else []
    if not roles and len(naming) > 1 and not _of(header, "employer"):
        roles = naming[1:2]
    elif not roles and len(naming) > 1:
        roles = [part for part in naming if part.kind == "name"][:1]
    return [part for part in naming if part not in roles][:1], roles


def _heading_blocks(header: _Header, under: bool) -> Iterator[Written]:
    employers, roles = _names(header)
    said: list[Part] = [*employers, *roles]
    if employers:
        chars, beside = _with_place(employers[0], header.parts, roles)
        said += beside
        yield Written("heading", 3, chars)
    for role in roles:
        yield Written("heading", 4 if employers or under else 3, role.chars)
    for part in _of(header, "dates"):
        yield Written("line", 0, part.chars)
    for part in header.parts:
        if part not in said and part.kind not in ("dates", "length"):
            yield Written("line", 0, part.chars)


def _degree_blocks(header: _Header) -> Iterator[Written]:
    """A school as a heading; a degree with its dates as a line, as it is a fact to be quoted."""
    employers, roles = _names(header)
    said: list[Part] = [*employers, *roles]
    if employers:
        chars, beside = _with_place(employers[0], header.parts, roles)
        said += beside
        yield Written("heading", 3, chars)
    dates = _of(header, "dates")
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


def _look(item: Item) -> tuple[float, bool, bool]:
    return round(item.size), item.bold, item.italic


def _plain_blocks(items: Sequence[Item], styled: bool) -> Iterator[Written]:
    """What describes an entry; a line in bold with text under it heads one without dates."""
    for place, item in enumerate(items):
        below = items[place + 1] if place + 1 < len(items) else None
        heads = (
            item.bold and below is not None and not below.bold and not item.marked and _is_heading_line(item)
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
        or not _is_heading_line(item)
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
