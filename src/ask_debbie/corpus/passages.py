"""Documents in, passages out: a resume's own units, one fact a unit where its lists allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ask_debbie.corpus.dates import find_dates, find_ranges
from ask_debbie.corpus.document import Block, Document, Passage, PassageKind
from ask_debbie.corpus.readers.lines import logical_lines, trimmed
from ask_debbie.corpus.references import read_reference

_LABEL = re.compile(r"(?P<label>\*{0,2}[^\W\d_][^:.,;|]{0,40}?\*{0,2})[ \t]*:(?:\*\*)?[ \t]+(?=\S)")
_ITEM = re.compile(r"[^,;|·•]+")
_LIST_SECTION = re.compile(
    r"skill|competenc|technolog|tools|languages|interests|hobbies|coursework|certificat|keywords",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*\s+(?=[\"“'‘(\[]?[A-ZÀ-ÖØ-Þ0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Inc|Ltd|Co|Corp|Dept|[Nn]o|[Vv]ol|pp|vs|etc|e\.g|i\.e|approx|Univ|Hon|Ing|Dipl|cf|al|Fig|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
    r"|\b[A-Z](?:\.[A-Za-z]+)*|\b[A-Z][a-z]?)\.$"
)
_CONTACT = re.compile(
    r"@[\w-]+\.\w|\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{3,4}|https?://|www\.|linkedin|github", re.IGNORECASE
)
_CONTACT_LABEL = re.compile(
    r"(?<!\S)(?:e-?mail|(?:tele)?phone|tel|mobile|cell|web ?site|linkedin|github|location|address|portfolio)[ \t]*:",
    re.IGNORECASE,
)
_UNLABELLED = (
    ("email address", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("phone number", re.compile(r"\+?[\d() .-]{8,20}")),
    ("website", re.compile(r"(?:https?://|www\.)\S+")),
)
_BAR = re.compile(r"\s+[|·•]\s+|\t+")
_MANY_ITEMS = 3
_ITEM_WORDS = 6


def split(document: Document, candidate: str = "") -> tuple[Passage, ...]:
    """The passages of a document, in order.

    Args:
        candidate: her name; a top heading with nothing else in it adds nothing to a breadcrumb.
    """
    passages = (_with_aliases(p) for p in _with_dates(list(_passages(document, candidate))))
    if not document.places:
        return tuple(passages)
    return tuple(replace(p, place=document.where(p.start, p.end)) for p in passages)


def _with_aliases(passage: Passage) -> Passage:
    """A contact fact that stands without a label is searched with one."""
    if passage.breadcrumb or passage.kind != "sentence":
        return passage
    found = tuple(name for name, pattern in _UNLABELLED if pattern.fullmatch(plain(passage.text)))
    return replace(passage, aliases=found) if found else passage


def _passages(document: Document, candidate: str) -> Iterator[Passage]:
    trail: list[tuple[int, str]] = []
    for place, block in enumerate(document.blocks):
        text = document.text[block.start : block.end]
        breadcrumb = tuple(title for _, title in trail)
        if heading := _dated_heading(document, place):
            above = (title for level, title in trail if level < heading.level)
            breadcrumb = (*above, plain(document.text[heading.start : heading.end]))
            yield Passage(document.path, block.start, block.end, text, "dates", breadcrumb)
            continue
        if block.kind == "heading":
            trail = [above for above in trail if above[0] < block.level]
            breadcrumb = tuple(title for _, title in trail)
            title = plain(text)
            if not names_candidate(title, candidate):
                trail.append((block.level, title))
            yield Passage(document.path, block.start, block.end, text, "heading", breadcrumb)
        else:
            yield from _units(document, block, breadcrumb)


def names_candidate(title: str, candidate: str) -> bool:
    """Whether a heading is the candidate's name, perhaps with letters after it: "Rosa Marín, RN"."""
    rest = title.casefold().removeprefix(candidate.casefold())
    return (
        bool(candidate)
        and len(rest) < len(title)
        and not re.match(r"['’\w]", rest)
        and len(rest.split()) <= 4
    )


_TITLED = re.compile(
    r"\b(?:publications?|papers?|articles?|talks?|presentations?|lectures?|awards?|honou?rs|prizes?|patents?)\b",
    re.IGNORECASE,
)


def _dated_heading(document: Document, place: int) -> Block | None:
    """The heading right under a line of dates that follows a blank line: the dates are that heading's."""
    block, after = document.blocks[place], document.blocks[place + 1 : place + 2]
    if not after or after[0].kind != "heading" or block.kind == "heading":
        return None
    lead = document.text[: block.start].rstrip(" \t`*_")
    between = document.text[block.end : after[0].start].strip(" \t`*_:|)–—-")
    before = document.text[document.blocks[place - 1].end : block.start] if place else "\n"
    if not between and "\n" in before:
        lead = ""  # in front of the heading, in its own line
    joined = between in {"", "\n"}
    alone = not lead or lead.endswith("\n\n")
    return after[0] if joined and alone and is_dates(document.text[block.start : block.end]) else None


def _units(document: Document, block: Block, breadcrumb: tuple[str, ...]) -> Iterator[Passage]:
    text = document.text[block.start : block.end]

    def passage(start: int, end: int, kind: PassageKind) -> Passage:
        return Passage(document.path, start, end, document.text[start:end], kind, breadcrumb)

    facts = _facts(text)
    if len(facts) > 1:
        for start, end in facts:
            yield from _units(document, Block("line", block.start + start, block.start + end), breadcrumb)
        return
    label = None if _names_work(text, breadcrumb) else _LABEL.match(text)
    items = _items(text, label.end() if label else 0, bool(label), breadcrumb)
    if is_dates(text):
        yield passage(block.start, block.end, "dates")
    elif items:
        yield passage(block.start, block.end, "list")
        for start, end in items:
            part = passage(block.start + start, block.start + end, "item")
            yield replace(part, breadcrumb=(*breadcrumb, label["label"].strip("*_ "))) if label else part
    elif read_reference(plain(text)):
        yield passage(block.start, block.end, "sentence")
    elif label and len(label["label"].split()) <= 4 and not _sentence_cuts(text[label.end() :]):
        yield passage(block.start, block.end, "field")
    else:
        start = 0
        for cut in [*_sentence_cuts(text), len(text)]:
            span = trimmed(text, start, cut)
            if span:
                yield passage(block.start + span[0], block.start + span[1], "sentence")
            start = cut


def _names_work(text: str, breadcrumb: tuple[str, ...]) -> bool:
    """Whether a line gives the title of a paper, a talk or an award with its date: "Faster Feedback: What Happens Next,
    Workshop on Learning, March 2026" lists nothing."""
    return bool(breadcrumb) and _TITLED.search(breadcrumb[-1]) is not None and bool(find_dates(text))


def _facts(text: str) -> list[tuple[int, int]]:
    """The spans of the several facts of a contact line: ``Phone: … | a@b.c``, ``Email: … Phone: …``."""
    edges = [m.span() for m in _BAR.finditer(text)] if _CONTACT.search(text) else []
    edges += [(m.start(), m.start()) for m in _CONTACT_LABEL.finditer(text) if m.start() > 0]
    spans, start = [], 0
    for edge, after in sorted([*edges, (len(text), len(text))]):
        span = trimmed(text, start, edge, "|·•")
        if span:
            spans.append(span)
        start = after
    return spans


def _items(text: str, start: int, labelled: bool, breadcrumb: tuple[str, ...]) -> list[tuple[int, int]]:
    """The spans of a list's items; empty where the text is no list."""
    if text.rstrip().endswith(".") or not (labelled or _LIST_SECTION.search(" ".join(breadcrumb))):
        return []
    masked = re.sub(r"\([^()]*\)", lambda m: "_" * len(m[0]), text)
    spans = [trimmed(text, m.start(), m.end()) for m in _ITEM.finditer(masked, start)]
    found = [span for span in spans if span]
    if not labelled and any(is_dates(text[a:b]) for a, b in found):
        return []  # the parts of one entry: a certificate, who gave it, when
    long = sum(len(text[a:b].split()) > _ITEM_WORDS for a, b in found)
    return found if len(found) >= _MANY_ITEMS and long <= len(found) // 4 else []


def _sentence_cuts(text: str) -> list[int]:
    return [
        m.end()
        for m in _SENTENCE_END.finditer(text)
        if not _ABBREVIATION.search(text[: m.start() + 1]) and not _is_inside_title(text, m.start())
    ]


def _is_inside_title(text: str, place: int) -> bool:
    """Whether a place is inside a title in italics, quotes or parentheses: *Who Speaks? A Study*."""
    before, after = text[:place], text[place:]
    italics = len(re.findall(r"(?<!\*)\*(?!\*)", before)) % 2 and re.search(r"(?<!\*)\*(?!\*)", after)
    bracketed = before.count("(") > before.count(")") and ")" in after
    return bool(italics) or bracketed


def is_dates(text: str) -> bool:
    """Whether a line says when, and nothing else: ``9/2021-present``, ``Dates: 2/2018-5/2018``."""
    dates = find_ranges(text) or find_dates(text)
    if not dates:
        return False
    rest = text
    for found in reversed(dates):
        rest = rest[: found.span[0]] + rest[found.span[1] :]
    return bool(
        re.fullmatch(
            r"[\W_]*(?:dates?|period|duration|when|years?|graduated|expected|issued)?[\W_]*", rest, re.I
        )
    )


def _with_dates(passages: list[Passage]) -> Iterator[Passage]:
    """Put each role's dates at the end of the breadcrumbs under it."""
    dates: dict[tuple[str, ...], str] = {}
    for passage in passages:
        if passage.kind == "dates" and find_ranges(passage.text):
            dates.setdefault(passage.breadcrumb, find_ranges(passage.text)[0].text)
    for passage in passages:
        when = next((dates[c] for c in _prefixes(passage.breadcrumb) if c in dates), None)
        dated = when and passage.kind not in {"heading", "dates"}
        yield replace(passage, breadcrumb=(*passage.breadcrumb, when)) if dated and when else passage


def _prefixes(breadcrumb: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return (breadcrumb[:size] for size in range(len(breadcrumb), 0, -1))


def shown(quote: str) -> str:
    """A quote on one line, as a person would read it: its lines without their marks, a dot between them."""
    lines = [
        plain(re.sub(r"^(?:#{1,6}|[-*+>•])[ \t]+", "", paragraph[start:end]))
        for paragraph in re.split(r"\n[ \t]*\n", quote)
        for start, end in logical_lines(paragraph, 0, len(paragraph))
    ]
    return " · ".join(line for line in lines if re.search(r"\w", line))


def plain(markdown: str) -> str:
    """Inline Markdown without its marks, blanks folded."""
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()\s]*\)", r"\1", markdown)
    text = re.sub(r"(\*\*|__|`)(.+?)\1", r"\2", text, flags=re.DOTALL)
    text = re.sub(r"(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)", r"\2", text, flags=re.DOTALL)
    text = re.sub(r"<(https?://[^<>\s]+|[^<>\s@]+@[^<>\s]+)>", r"\1", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+\-.!$~|&<>])", r"\1", text)
    return " ".join(text.split())
