"""Text that is its own document: the lines above a job's bullets become headings, its dates lines of their own.

A line is cut into blocks where it holds several such parts; nothing of the text is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from ask_debbie.corpus.dates import find_dates, find_ranges
from ask_debbie.corpus.document import Block
from ask_debbie.corpus.role_names import EMPLOYMENT, names_in_line, tell_names
from ask_debbie.corpus.role_words import OWN, title_score
from ask_debbie.corpus.towns import is_surely_place

_WORK = re.compile(
    r"experience|employment|\bwork\b|career|positions?\b|appointments|internships?|professional (?:history|background)|"
    r"volunteer",
    re.IGNORECASE,
)
_NOT_WORK = re.compile(r"skill|educat|project|interest|summary|profile|qualif|certif", re.IGNORECASE)
_WIDE = re.compile(r"\t+|\s{3,}")
_APART = re.compile(r"\t+|\s{3,}|\s*\|\s*|\s+[·•/]\s+|(?:\s*(?:<[^<>\n]*>|&nbsp;))+\s*")
_TAG = re.compile(r"<[^<>\n]*>")
_LABEL = re.compile(r"[^\W\d_][^:\d]{0,30}:\s")
_SAYS_WHEN = re.compile(r"dates?|period|duration|when|from", re.IGNORECASE)
_LENGTH = re.compile(r"\(?(?:\d+ (?:years?|yrs?|months?|mos?)\W*)+\)?", re.IGNORECASE)
_PROSE = re.compile(r"(?<!\bInc)(?<!\bLtd)(?<!\bCo)(?<!\bCorp)[.;!?]$")
_EDGE = " \t,;:|·•/–—-"
_LONG, _MOST_WORDS = 110, 16
_TITLE = 1.5  # title_score of what is surely a title: "Manchester" ends like one

_Span = tuple[int, int]


@dataclass(slots=True)
class _Line:
    """One line that may name a job: the spans of its names, its dates and of what is neither."""

    block: Block
    names: list[_Span] = field(default_factory=list)
    dates: _Span | None = None
    rest: list[_Span] = field(default_factory=list)


def with_role_heads(text: str, blocks: Sequence[Block], *, levels: bool) -> list[Block]:
    """The blocks of a document, with a heading for each line that names a job in its sections of jobs.

    Args:
        levels: whether the headings' depths are the writer's own, and not guessed.
    """
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        found.append(block)
        at += 1
        if block.kind != "heading" or not _is_work(text[block.start : block.end]):
            continue
        end = at
        while end < len(blocks) and not (blocks[end].kind == "heading" and blocks[end].level <= block.level):
            end += 1
        found += _section(text, blocks[at:end], block.level, levels)
        at = end
    return found


def _is_work(title: str) -> bool:
    return len(title.split()) <= 5 and bool(_WORK.search(title)) and not _NOT_WORK.search(title)


def _section(text: str, blocks: Sequence[Block], level: int, levels: bool) -> Iterator[Block]:
    grouped = 0  # the depth of the roles under the employer above; 0 where there is none
    entries = list(_entries(text, blocks, levels))
    for lines, following in zip_longest(entries, entries[1:], fillvalue=()):
        _set_town_aside(text, lines)
        named = [line for line in lines if line.names]
        dated = any(line.dates for line in lines)
        single = len(named) == 1 and _count(text, named[0]) == 1
        if not named or not (dated or (single and named[0].block.kind == "heading")):
            yield from (line.block for line in lines)
            continue
        first, *more = [text[slice(*line.names[0])] for line in named]
        opens = not dated or (bool(more) and not named[0].dates and title_score(first) < title_score(more[0]))
        opens = opens or (single and _covers(text, named[0], following))
        under = grouped and single and dated and not opens and not OWN.search(first)
        yield from _written(text, lines, grouped if under else level + 1, levels)
        if not under:
            grouped = level + 2 if opens else 0


def _covers(text: str, employer: _Line, following: Sequence[_Line]) -> bool:
    """Whether a line with dates is an employer's: the next one is a job whose dates lie in its own."""
    roles = [line for line in following if line.names]
    if len(roles) != 1 or not (roles[0].dates and employer.dates):
        return False
    outer, inner = (find_ranges(text[slice(*span)]) for span in (employer.dates, roles[0].dates))
    scores = [title_score(text[slice(*line.names[0])]) for line in (employer, roles[0])]
    if not (outer and inner) or scores[0] >= scores[1]:
        return False
    begins = outer[0].start.first <= inner[0].start.first
    return begins and (
        outer[0].end is None or (inner[0].end is not None and inner[0].end.last <= outer[0].end.last)
    )


def _set_town_aside(text: str, lines: Sequence[_Line]) -> None:
    """What stands beside the dates, where other lines name title and employer, is where the job was; likewise what
    stands under dates with their length, as LinkedIn writes them."""
    after_length = False
    for line in lines:
        others = [one for one in lines if one is not line and one.names]
        whole = any(_names_both(text, one) for one in others)
        told = len(others) > 1 or whole
        under = whole and line is not lines[0] and line.block.kind != "heading"
        said = re.split(r"[,;(]", text[slice(*line.names[0])])[0] if len(line.names) == 1 else ""
        lone = bool(said) and title_score(said) < (_TITLE if whole and line.dates else 1)
        short = lone and len(said.split()) <= 4
        if short and ((line.dates and told) or under or (after_length and not line.dates)):
            line.rest.append(line.names.pop())
        elif others and _tells_where(text, line):
            line.rest += line.names
            line.names = []
        after_length = any(_LENGTH.fullmatch(text[slice(*span)].strip(" ()")) for span in line.rest)


def _tells_where(text: str, line: _Line) -> bool:
    """Whether a line under a job's names says no more than where it was, and how."""
    if line.block.kind == "heading" or len(line.names) != 1:
        return False
    return is_surely_place(re.split(r"[;(]", text[slice(*line.names[0])].strip("*_ "))[0].strip())


def _names_both(text: str, line: _Line) -> bool:
    said = text[line.names[0][0] : line.names[-1][1]]
    return bool(tell_names([[_WIDE.split(said)[:1]]])[0].employer)


def _written(text: str, lines: Sequence[_Line], base: int, levels: bool) -> Iterator[Block]:
    """One entry's blocks, each heading one deeper than the one before it."""
    level = 0
    for line in lines:
        own = line.block.level if line.block.kind == "heading" and levels else 0
        for start, end, is_name in _stretches(line):
            if is_name:
                level = max(own, level + 1) if own or level else base
                yield Block("heading", *_in_marks(text, *_balanced(text, start, end)), min(level, 6))
            else:
                yield Block("line", start, end)


def _stretches(line: _Line) -> Iterator[tuple[int, int, bool]]:
    """The spans of a line in order, names that follow each other as one."""
    others = [*line.rest, *([line.dates] if line.dates else [])]
    open_span: _Span | None = None
    for span in sorted([*line.names, *others]):
        if span in line.names:
            open_span = (open_span[0], span[1]) if open_span else span
            continue
        if open_span:
            yield *open_span, True
        open_span = None
        yield *span, False
    if open_span:
        yield *open_span, True


def _entries(text: str, blocks: Sequence[Block], levels: bool) -> Iterator[list[_Line]]:
    """The section's entries, each as the lines that name it and say when; any other block by itself."""
    run: list[_Line] = []
    for block in blocks:
        line = _read(text, block)
        if line is None:
            yield from _split(text, run, levels)
            run = []
            yield [_Line(block)]
        else:
            run.append(line)
    yield from _split(text, run, levels)


def _split(text: str, run: Sequence[_Line], levels: bool) -> Iterator[list[_Line]]:
    current: list[_Line] = []
    usual = 0  # lines before the dates of the run's first entry
    for line in run:
        dated = next((at for at, one in enumerate(current) if one.dates), None)
        if current and dated is not None:
            full = _is_full(text, current)
            gap = re.search(r"\n[ \t]*\n", text[current[-1].block.end : line.block.start]) is not None
            same = (
                levels
                and line.block.kind == current[0].block.kind == "heading"
                and line.block.level <= current[0].block.level
            )
            if line.dates and _tells_where(text, line):
                # "Leeds, UK; remote from March 2020"
                line.names, line.dates, line.rest = [], None, [(line.block.start, line.block.end)]
            elif line.dates:
                keep = max(dated + 1, len(current) - usual)
                yield current[:keep]
                current = current[keep:]
            elif same or (full and gap):
                yield current
                current = []
        current.append(line)
        if line.dates and not usual:
            usual = len(current) - 1
    if current:
        yield current


def _is_full(text: str, lines: Sequence[_Line]) -> bool:
    """Whether lines name all of a job."""
    named = [[text[slice(*span)] for span in line.names] for line in lines if line.names]
    title, employer = tell_names([named])[0] if named else ("", "")
    return bool(employer) and title_score(title) >= 1.5


def _count(text: str, line: _Line) -> int:
    return sum(len(names_in_line(text[slice(*span)])) for span in line.names)


def _read(text: str, block: Block) -> _Line | None:
    said = text[block.start : block.end]
    if block.kind == "bullet" or "\n" in said:
        return None
    shown = _TAG.sub(" ", said)
    if block.kind == "line" and (
        len(shown) > _LONG
        or len(shown.split()) > _MOST_WORDS
        or _PROSE.search(said.strip("*_ "))
        or _LABEL.match(said)
    ):
        return None
    ranges = find_ranges(said) or [d for d in find_dates(said) if d.text == said.strip(" *_()")]
    if len(ranges) > 1:
        return None
    line = _Line(block)
    cut = ranges[0].span if ranges else (len(said), len(said))
    if ranges:
        line.dates = (block.start + cut[0], block.start + cut[1])
    for start, end in (0, cut[0]), (cut[1], len(said)):
        for a, b in _segments(said, start, end):
            span = (block.start + a, block.start + b)
            bare = said[a:b].strip("*_ ")
            aside = bool(line.names) and (EMPLOYMENT.fullmatch(bare) or is_surely_place(bare))
            (line.rest if aside or _LENGTH.fullmatch(bare) else line.names).append(span)
    return line


def _segments(said: str, start: int, end: int) -> Iterator[_Span]:
    """The spans of a line's parts that say something, without marks around them."""
    edges = [(m.start(), m.end()) for m in _APART.finditer(said, start, end)]
    at = start
    for stop, after in [*edges, (end, end)]:
        a, b = at, stop
        at = after
        while a < b and said[a] in f"{_EDGE})]*_":
            a += 1
        while b > a and said[b - 1] in f"{_EDGE}([*_":
            b -= 1
        a, b = _balanced(said, a, b)
        if re.search(r"\w", said[a:b]) and not _SAYS_WHEN.fullmatch(said[a:b]):
            yield a, b


def _balanced(said: str, a: int, b: int) -> _Span:
    """With the marks of bold and italics around it that are closed or opened inside."""
    for mark in ("**", "__", "*", "_"):
        inside = said[a:b].replace("**", "") if mark == "*" else said[a:b]
        if inside.count(mark) % 2:
            if said.endswith(mark, 0, a):
                a -= len(mark)
            elif said.startswith(mark, b):
                b += len(mark)
    return a, b


def _in_marks(text: str, a: int, b: int) -> _Span:
    """With the marks right around it, where they are a pair."""
    mark = next((m for m in ("**", "__", "*", "_") if text.endswith(m, 0, a) and text.startswith(m, b)), "")
    return a - len(mark), b + len(mark)
