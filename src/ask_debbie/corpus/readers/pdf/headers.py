"""Where an entry begins: the lines around its dates that name the role, the employer, the degree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ask_debbie.corpus.readers.pdf.items import Item, text_of
from ask_debbie.corpus.readers.pdf.parts import (
    Part,
    date_in,
    is_length,
    is_place,
    parts_of,
    sounds_like_a_role,
)
from ask_debbie.corpus.readers.pdf.sections import Body
from ask_debbie.corpus.role_words import title_score
from ask_debbie.corpus.towns import TOWN, in_known_country, is_town

_MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class Header:
    """The items ``[start:end]`` that name one entry."""

    start: int
    end: int
    parts: tuple[Part, ...]
    look: tuple[float, bool, bool]


def headers_in(items: Sequence[Item], education: bool, body: Body | None) -> Iterator[Header]:
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
            apart = (
                body is None
                or is_styled(above, body)
                or is_length(items[start].text)
                or _is_under_title(items, start, free, named, body)
            )
            if not close or not is_heading_line(above) or not apart:
                break
            if above.marked or (not body and named and not _begins(items, start - 1)):
                break
            start -= 1
            named += len(_naming(above, education))
        while end < len(items) and end - place < 3 and _belongs(items, end, named, education, start):
            named += len(_naming(items[end], education))
            end += 1
        parts = _header_parts(items, start, place, end, education, beside)
        if sum(part.kind in ("role", "employer", "name") for part in parts) < 2 and end - start == 1:
            parts = parts_of(item, education, commas=education)
        parts = parts if education else _with_employer(parts)
        if any(part.kind in ("role", "employer", "name") for part in parts):
            yield Header(start, end, tuple(parts), _look(item))
            free = end


def _is_under_title(items: Sequence[Item], start: int, free: int, named: int, body: Body) -> bool:
    """Whether the line above is plain, and the title in bold above it: the employer between role and dates."""
    if named or start - 2 < free or items[start - 1].marked:
        return False
    title = items[start - 2]
    return (
        is_styled(title, body) and is_heading_line(title) and not title.marked and items[start - 1].gap < 2.4
    )


def _is_town_beside(items: Sequence[Item], place: int, free: int, education: bool, body: Body | None) -> bool:
    """Whether a line of dates has a town beside them, under lines that name the entry: "2012 – 2014    Paris"."""
    if place == free:
        return False
    names = _naming(items[place], education)
    short = len(names) == 1 and names[0].kind == "name" and len(names[0].text.split()) <= 2
    if body is None:
        above = items[place - 1]
        after = items[place].text.endswith(names[0].text) if names else False
        return short and after and is_heading_line(above) and not above.marked and items[place].gap < 1.8
    if len(items[place].cells) < 2 or is_styled(items[place], body):
        return False
    above_too = [part for part in _naming(items[place - 1], education) if part.cell == 0]
    if short and names[0].cell == 0 and len(above_too) < 2:
        return False  # the employer, under the title
    return short and is_styled(items[place - 1], body) and not items[place - 1].marked


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
    if len(naming) > 1 or (naming and naming[0].kind == "employer"):
        return parts
    return [
        part._replace(kind="name")
        if part.kind == "place" and (not naming or part.chars[0].style & 3 or not is_town(part.text))
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


def is_heading_line(item: Item) -> bool:
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


def is_styled(item: Item, body: Body) -> bool:
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


def _belongs(items: Sequence[Item], place: int, named: int, education: bool, start: int) -> bool:
    """Whether the item below still names the entry: its other half, or where it was."""
    item = items[place]
    if item.marked or item.gap > 2.6 or not is_heading_line(item) or _is_dated(item, education):
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
    above = [part.kind for one in items[start:place] for part in _naming(one, education)]
    lacking = "role" not in above and (
        "role" in kinds or (styled and not items[place - 1].cells[0][0].style & 3)
    )
    return (
        (named < 2 or (lacking and not education))
        and bool(kinds & {"role", "employer", "name"})
        and (apart or kinds <= {"role", "employer"} or _stands_before_text(items, place))
    )


def _stands_before_text(items: Sequence[Item], place: int) -> bool:
    """Whether a plain line is a name, as it is short and what follows it tells something. Under dates with their
    length, as LinkedIn writes them, it is a town."""
    item = items[place]
    after = items[place + 1] if place + 1 < len(items) else None
    name = re.sub(r"\([^()]*\)", "", item.text).strip()
    if re.search(r"\d (?:yrs?|years?|mos?|months?)\b", items[place - 1].text):
        return False
    return (
        after is not None
        and (after.marked or after.lines > 1 or after.text.endswith("."))
        and len(name.split()) <= 7
        and name[:1].isupper()
        and (name.count(",") <= 1 or TOWN.fullmatch(name) is not None)
        and not re.search(r"\d", name)
    )


def _naming(item: Item, education: bool) -> list[Part]:
    """The parts that name something; what is joined to an employer's name by a comma is where it is."""
    found: list[Part] = []
    for part in parts_of(item, education):
        town = (
            bool(found)
            and not education
            and part.joined
            and part.kind == "name"
            and found[-1].kind != "role"
            and found[-1].cell == part.cell
            and title_score(part.text) < 1
        )
        if part.kind in ("role", "employer", "name") and not town:
            found.append(part)
    return found


def parts_in(header: Header, *kinds: str) -> list[Part]:
    return [part for part in header.parts if part.kind in kinds]


def names_in(header: Header) -> tuple[list[Part], list[Part]]:
    """The parts that name the employer (with its place beside it) and those that name the role."""
    naming = parts_in(header, "role", "employer", "name")
    roles = parts_in(header, "role")[:1]
    if not roles and len(naming) > 1:
        roles = [part for part in naming if sounds_like_a_role(part.text)]
        roles = roles if len(roles) == 1 else []
    if not roles and len(naming) > 1 and not parts_in(header, "employer"):
        roles = naming[1:2]
    elif not roles and len(naming) > 1:
        roles = [part for part in naming if part.kind == "name"][:1]
    return [part for part in naming if part not in roles][:1], roles


def _look(item: Item) -> tuple[float, bool, bool]:
    return round(item.size), item.bold, item.italic
