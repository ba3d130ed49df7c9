"""Addresses that words or icons lead to, written out where the page itself doesn't say them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ask_debbie.corpus.readers.pdf.entries import Written
from ask_debbie.corpus.readers.pdf.items import text_of
from ask_debbie.corpus.readers.pdf.parts import date_in
from ask_debbie.corpus.readers.pdf.process import Char, Link, RawFile

_NAMES = {
    "linkedin.": "LinkedIn",
    "github.": "GitHub",
    "gitlab.": "GitLab",
    "orcid.": "ORCID",
    "scholar.google.": "Google Scholar",
    "stackoverflow.": "Stack Overflow",
    "twitter.": "Twitter",
    "medium.": "Medium",
    "behance.": "Behance",
    "dribbble.": "Dribbble",
    "kaggle.": "Kaggle",
    "researchgate.": "ResearchGate",
    "mailto:": "Email",
}
_MOST = 30  # links of a page
_PAGES = 20
_LONGEST = 120


def with_links(blocks: Sequence[Written], file: RawFile) -> list[Written]:
    """The blocks, with a line after each that has a link whose address isn't written anywhere."""
    said = _bare("".join(text_of(block.chars) for block in blocks))
    body = next(
        (at for at, block in enumerate(blocks) if block.kind == "heading" and block.level > 1), len(blocks)
    )
    handles: set[int] = set()
    under: dict[int, list[Written]] = {}
    standing: dict[int, list[tuple[int, Char]]] = {}
    for place, block in enumerate(blocks):
        for char in block.chars:
            standing.setdefault(char.page, []).append((place, char))
    for page, raw in enumerate(file.pages):
        for link in raw.links[: _MOST if page < _PAGES else 0]:
            address = link.address.strip()
            wanted = re.match(r"(?:https?://|mailto:)\S+$", address) and "/maps" not in address
            if not wanted or len(address) > _LONGEST or _bare(address) in said:
                continue
            at = _block_at(standing.get(page, ()), link)
            if at is not None and (at < body or _host(address)):
                said += _bare(address)
                handle = text_of(blocks[at].chars).strip().casefold()
                if _host(address) and " " not in handle and handle in address.casefold():
                    handles.add(at)  # "rmarin" beside an icon: its address says all of it
                under.setdefault(_after(blocks, at), []).append(_line(blocks[at], link, page))
    return [
        one
        for place, block in enumerate(blocks)
        for one in (*(() if place in handles else (block,)), *under.get(place, ()))
    ]


def _after(blocks: Sequence[Written], place: int) -> int:
    """Where a line about a block goes: under a heading's dates, not between the two."""
    if blocks[place].kind == "heading":
        while place + 1 < len(blocks) and (
            (blocks[place + 1].kind == "heading" and blocks[place + 1].level > blocks[place].level)
            or (blocks[place + 1].kind == "line" and date_in(text_of(blocks[place + 1].chars), alone=True))
        ):
            place += 1
    return place


def _bare(text: str) -> str:
    text = re.sub(r"^(?:https?://)?(?:www\.)?|^mailto:", "", text.strip())
    return re.sub(r"[\s/]+", "", text).casefold()


def _block_at(standing: Sequence[tuple[int, Char]], link: Link) -> int | None:
    """The block that the link's words are in, or the nearest one beside it."""
    middle_x, middle_y = (link.x0 + link.x1) / 2, (link.y0 + link.y1) / 2
    beside = (
        (max(char.x0 - middle_x, middle_x - char.x1, 0.0), place)
        for place, char in standing
        if char.y0 - 3 <= middle_y <= char.y1 + 3
    )
    return min(beside, default=(0.0, None))[1]


def _line(block: Written, link: Link, page: int) -> Written:
    """ "GitHub: https://github.com/rmarin", at the place of the words that lead there."""
    words = "".join(char.text for char in block.chars if char.page == page and _is_inside(char, link))
    text = f"{_host(link.address) or ' '.join(words.split()) or 'Link'}: {link.address.strip().removeprefix('mailto:')}"
    step = max(link.x1 - link.x0, 1.0) / len(text)
    size = block.chars[0].size
    x0, y0, x1, y1 = link[1:]
    first = Char("", x0, y0, x1, y1, y1, size, style=0, seen=1, colour=0, page=page)
    chars = tuple(
        first._replace(text=letter, x0=x0 + at * step, x1=x0 + (at + 1) * step)
        for at, letter in enumerate(text)
    )
    return Written("line", 0, chars)


def _host(address: str) -> str:
    return next((name for part, name in _NAMES.items() if part in address.casefold()), "")


def _is_inside(char: Char, link: Link) -> bool:
    return link.x0 - 1 <= (char.x0 + char.x1) / 2 <= link.x1 + 1 and link.y0 - 2 <= char.base <= link.y1 + 2
