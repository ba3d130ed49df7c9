"""Which items are headings of sections: known names, and whatever is set in the type of those."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ask_debbie.corpus.dates import find_ranges
from ask_debbie.corpus.readers.pdf.items import Cell, Item, parted_at, text_of
from ask_debbie.corpus.readers.pdf.lines import BOLD, Piece
from ask_debbie.corpus.readers.plain import SECTION_WORDS

_MORE_NAMES = re.compile(
    r"((work|professional|career|academic|personal|additional|other|volunteer|industry|leadership|field|"
    r"relevant|selected|military|community|top|key|core|soft|hard|technical|language|computer|digital|transferable|"
    r"executive|career|my|research|main|further|extracurricular|academic) )*"
    r"(background|career|qualifications?|training|courses?|coursework|achievements?|accomplishments?|highlights|"
    r"expertise|strengths?|activities|involvement|leadership|service|development|affiliations|grants|fellowships|"
    r"scholarships|information|details|contact( info(rmation)?)?|contact me|links|skills|competences|proficiencies|"
    r"statement|overview|biography|bio|portfolio|software|technologies|programming languages?|frameworks|"
    r"experiences?|roles?|positions?|jobs?|internships?|studies|degrees?|research|teaching|conferences|grants|"
    r"volunteering|hobbies|interests|languages?|tools|references|referees|seminars|workshops|honors-awards|"
    r"areas of expertise|open source|social|memberships?|summary|profile|about me|certifications?|licenses)"
    r"( (&|and|/) [\w-]+( [\w-]+)?)?|"
    r"(berufserfahrung|ausbildung|kenntnisse|sprachen|bildung|profil|experiencia( laboral| profesional)?|educación|"
    r"formación( académica)?|idiomas|habilidades|competencias|perfil|expérience(s)?( professionnelles?)?|formation|"
    r"compétences|langues|centres d'intérêt)",
    re.IGNORECASE,
)
_BESIDE_NAME = re.compile(r"\s+[—–|•·]\s+")
_LONGEST = 7  # words


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, None for what stands before the first one, and the items under it."""

    title: Cell | None
    items: tuple[Item, ...]
    level: int = 2

    @property
    def name(self) -> str:
        return text_of(self.title) if self.title else ""


def is_section_name(text: str) -> bool:
    """Whether a text is what resumes call a section."""
    bare = " ".join(text.strip(" :.-–—|").split())
    return bool(SECTION_WORDS.fullmatch(bare) or _MORE_NAMES.fullmatch(bare))


class Body(NamedTuple):
    """How most of the text is set: its size in points and its colour."""

    size: float
    colour: int


def body_of(items: Iterable[Item]) -> Body:
    """How most of the text of a document is set."""
    looks: Counter[Body] = Counter()
    for item in items:
        looks[Body(round(item.size * 2) / 2, item.colour)] += len(item.text)
    return looks.most_common(1)[0][0] if looks else Body(10.0, 0)


def sections_of(items: Sequence[Item]) -> list[Section]:
    """The items under the headings that they belong to, in order."""
    parted = list(_without_margin_headings(items))
    body = body_of(parted).size
    name = _name_in(parted, body)
    known = [item for item in parted if item is not name and _may_head(item) and is_section_name(item.text)]
    apart = [item for item in known if _is_apart(item, body)]
    names = apart if len(apart) * 2 >= len(known) else known
    looks = {_look(item) for item in apart if _is_large_or_capital(item, body)}
    where = [(_look(item), item.left, _middle(item)) for item in apart]
    sections: list[Section] = []
    title: Cell | None = None
    under: list[Item] = []
    for item in parted:
        named = any(item is one for one in names)
        alike = item is not name and _may_head(item) and _look(item) in looks and _stands_like(item, where)
        if named or alike:
            sections.append(Section(title, tuple(under)))
            title, under = item.cells[0], []
        else:
            under.append(item)
    return _name_first([*sections, Section(title, tuple(under))], name)


def _name_in(items: Sequence[Item], body: float) -> Item | None:
    """The item that says whose resume it is: the largest of the first page, or its first line."""
    first = [
        item
        for item in items[:80]
        if item.page == 0
        and len(item.text.split()) <= 6
        and not re.search(r"[@:\d]", item.text)
        and re.search(r"[^\W\d]{2}", item.text)
        and not item.marked
        and not re.fullmatch(r"curriculum vitae|resum[eé]|résumé|cv", item.text.strip(), re.IGNORECASE)
    ]
    if not first:
        return None
    largest = max(first, key=lambda item: item.size)
    if largest.size > 1.12 * body and not is_section_name(largest.text):
        return largest
    return items[0] if first[0] is items[0] and not is_section_name(items[0].text) else None


def _name_first(sections: list[Section], name: Item | None) -> list[Section]:
    """With the name, and what stands under it before the next heading, before all else: beside it may be a column."""
    for place, section in enumerate(sections):
        at = next((at for at, item in enumerate(section.items) if item is name), None)
        if at is None or name is None:
            continue
        first, *more = parted_at(name.cells[0], _BESIDE_NAME)
        heading = Section(first, (), 1)
        end = at + 1
        while (
            end < len(section.items)
            and section.items[end].column == name.column
            and section.items[end].page == 0
        ):
            end += 1
        around = section.items[:at] if section.title else ()
        rest = section.items[end:] if section.title else ()
        under = (
            section.items[at + 1 : end] if section.title else (*section.items[:at], *section.items[at + 1 :])
        )
        cells = (*more, *name.cells[1:])
        beside = (replace(name, cells=cells, marks=(False,) * len(cells)),) if cells else ()
        left = [replace(section, items=(*around, *rest))] if section.title else []
        return [heading, Section(None, (*beside, *under)), *sections[:place], *left, *sections[place + 1 :]]
    return sections


def _without_margin_headings(items: Iterable[Item]) -> Iterator[Item]:
    """A heading that stands in the margin beside its section's first line, by itself."""
    for item in items:
        head = text_of(item.cells[0])
        beside = len(item.cells) > 1 and not item.marks[0] and not find_ranges(head)
        capital = head.isupper() and Piece(0, item.cells[0]).all(BOLD) and len(head) > 3
        if (
            beside
            and len(head.split()) <= _LONGEST
            and (capital or is_section_name(head))
            and _differs(item, head)
        ):
            yield replace(item, cells=item.cells[:1], marks=item.marks[:1], lines=1)
            left = item.cells[1][0].x0
            yield replace(item, cells=item.cells[1:], marks=item.marks[1:], left=left, gap=1.0)
        else:
            yield item


def _differs(item: Item, head: str) -> bool:
    """Whether the first cell is set otherwise than the second: not the label of a table's row."""
    if head.isupper() and is_section_name(head):
        return True
    first, second = Piece(0, item.cells[0]), Piece(0, item.cells[1])
    capitals = first.text.isupper() and not second.text.isupper()
    return capitals or first.size > second.size + 0.8 or (first.size < second.size - 0.8 and first.all(BOLD))


def _may_head(item: Item) -> bool:
    text = item.text
    return (
        len(item.cells) == 1
        and not item.marked
        and item.lines <= 2
        and len(text.split()) <= _LONGEST
        and bool(re.search(r"[^\W\d]{2}", text))
        and not re.search(r"[@,;]|\d{3}|[.!?]$", text)
    )


def _is_apart(item: Item, body: float) -> bool:
    return item.bold or _is_large_or_capital(item, body) or item.italic


def _is_large_or_capital(item: Item, body: float) -> bool:
    return item.size > 1.06 * body or item.text.isupper()


def _look(item: Item) -> tuple[float, bool, bool]:
    return round(item.size), item.bold, item.text.isupper()


def _middle(item: Item) -> float:
    return (item.cells[0][0].x0 + item.cells[0][-1].x1) / 2


def _stands_like(item: Item, where: Iterable[tuple[tuple[float, bool, bool], float, float]]) -> bool:
    return any(
        look == _look(item) and (abs(left - item.left) < 3 or abs(middle - _middle(item)) < 4)
        for look, left, middle in where
    )
