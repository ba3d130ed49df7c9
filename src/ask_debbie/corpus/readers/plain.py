"""Plain text: headings are told by their looks, bullets by their marks, wrapped lines are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ask_debbie.corpus.dates import find_ranges
from ask_debbie.corpus.document import Block, Document
from ask_debbie.corpus.readers.entries import names_degree, tells_of_schools
from ask_debbie.corpus.readers.lines import logical_lines, trimmed
from ask_debbie.corpus.readers.role_heads import with_role_heads

_BULLET = re.compile(r"[ \t]*(?:[-*•▪◦·‣–—]|\d{1,2}[.)])[ \t]+")
_UNDERLINE = re.compile(r"[ \t]*([=\-_~*])\1{2,}[ \t]*$")
SECTION_WORDS = re.compile(
    r"(work |professional |relevant |research |teaching |clinical )*(experience|employment( history)?|history)|"
    r"(technical |core |key )?(skills|competencies|technologies|tools)( & \w+| and \w+)?|education( and \w+)?|"
    r"(notable |selected |personal |side )?projects|publications|(licen[sc]es|certificat(?:ion|e)s?|qualifications?|awards|honou?rs)"
    r"( (&|and) \w+)?|languages|interests|hobbies|volunteer\w*( work| experience)?|summary|profile|objective|"
    r"about( me)?|contact( \w+)?|references|memberships|affiliations|patents|talks|presentations",
    re.IGNORECASE,
)


def read_plain(path: str, text: str) -> Document:
    """The blocks of a plain-text file."""
    return Document(path, text, tuple(with_role_heads(text, list(_blocks(text)), levels=False)))


def _blocks(text: str) -> Iterator[Block]:
    in_section = False
    group_open = False
    first = True
    of_schools = under_name = False  # whether the section tells of schools, and the line before names one
    for start, end in _paragraphs(text):
        lines = _split_bullets(text, start, end)
        for position, (begin, stop, bullet) in enumerate(lines):
            line = text[begin:stop]
            if _UNDERLINE.match(line):
                continue
            is_degree, under_name = of_schools and under_name and names_degree(line), False
            if bullet:
                yield Block("bullet", begin, stop)
            elif is_section(line, first=first):
                in_section, group_open = True, False
                of_schools = tells_of_schools(line)
                yield Block("heading", begin, stop, 2)
            elif first and len(line.split()) <= 5 and not re.search(r"[@:]|\d", line):
                yield Block("heading", begin, stop, 1)
            elif in_section and not is_degree and _is_entry(line, text[stop:], len(lines) - position - 1):
                # An employer stands above its dated roles, which are told from it by their dates.
                dated = bool(find_ranges(line) or find_ranges(_next_line(text[stop:])))
                yield Block("heading", begin, stop, 4 if dated and group_open else 3)
                group_open = group_open if dated else True
                under_name = not dated
            else:
                yield Block("line", begin, stop)
            first = False


def _next_line(rest: str) -> str:
    """The line that follows, where it says when and nothing else."""
    following = rest.lstrip().split("\n", 1)[0].strip(" ()")
    ranges = find_ranges(following)
    return following if ranges and ranges[0].text.strip() == following else ""


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+", text):
        yield match.start(), match.end()


def _split_bullets(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    marks = [
        m
        for m in re.finditer(_BULLET.pattern, text[start:end], re.MULTILINE)
        if _at_line_start(text, start + m.start())
    ]
    edges = [start + m.start() for m in marks] + [end]
    found: list[tuple[int, int, bool]] = []
    found.extend((*line, False) for line in logical_lines(text, start, edges[0]))
    for mark, stop in zip(marks, edges[1:], strict=True):
        after = _next_entry(text, start + mark.start(), start + mark.end(), stop)
        span = trimmed(text, start + mark.end(), after)
        if span:
            found.append((*span, True))
        found.extend((*line, False) for line in logical_lines(text, after, stop))
    return found


def _next_entry(text: str, mark: int, begin: int, stop: int) -> int:
    """Where the lines of a next role begin right under a bullet, no deeper than its mark; else where it stops."""
    indent = len(re.match(r"[ \t]*", text[mark:begin])[0])  # type: ignore[index]
    lines = list(re.finditer(r"([ \t]*)(\S[^\n]*)", text[begin:stop]))[1:]
    for place, line in enumerate(lines):
        near = [line[2], *(other[2] for other in lines[place + 1 : place + 3])]
        short = len(line[2]) <= 110 and (line[2][0].isupper() or line[2][0].isdigit())
        dated = next((at for at, said in enumerate(near) if find_ranges(said)), None)
        if (
            len(line[1]) <= indent
            and short
            and dated is not None
            and all(len(said) < 60 for said in near[:dated])
        ):
            return begin + line.start()
    return stop


def _at_line_start(text: str, position: int) -> bool:
    return position == 0 or text[position - 1] == "\n"


def is_section(line: str, *, first: bool = False) -> bool:
    """Whether a line looks like a section's heading: by its words, or in capitals; these don't tell a document's
    ``first`` line from a name."""
    bare = line.strip(" :-=*#")
    return bool(SECTION_WORDS.fullmatch(bare)) or (
        not first
        and len(bare) >= 4
        and bare.isupper()
        and len(bare.split()) <= 5
        and not re.search(r"\d|@", bare)
    )


def _is_entry(line: str, rest: str, lines_left: int) -> bool:
    """A role's or project's name: short, no sentence, followed by more or carrying its dates."""
    if (
        len(line) > 90
        or line.endswith((".", ";", ","))
        or re.match(r"[^:]{1,30}:\s*(?:\d|\S+(,|@|\.))", line)
    ):
        return False
    if find_ranges(line):
        return find_ranges(line)[0].text.strip() != line.strip()
    return lines_left > 0 or (
        bool(re.match(r"\s*\n\s*\S", rest)) and len(line.split()) <= 12 and ":" not in line[-2:]
    )
