"""Lines as a person sees them: what every text format shares."""

from __future__ import annotations

import re
from collections.abc import Iterator

Line = tuple[int, int]

_WRAP_WIDTH = 60
_PARTED = re.compile(r"\S(?:\t+|\s{4,})\S")  # something is set flush right in it
_ENDS_SENTENCE = re.compile(r"[.!?:;]['\")\]]?\s*$")


def trimmed(text: str, start: int, end: int, also: str = "") -> Line | None:
    """The span without blanks at either end, nor characters of ``also``; None where nothing is left."""

    def blank(character: str) -> bool:
        return character.isspace() or character in "\ufeff\u200b" or character in also

    while start < end and blank(text[start]):
        start += 1
    while end > start and blank(text[end - 1]):
        end -= 1
    return (start, end) if start < end else None


def logical_lines(text: str, start: int, end: int) -> Iterator[Line]:
    """The lines of a paragraph, with hard-wrapped prose joined again.

    A line goes on in the next one where it is long, doesn't end a sentence and has no forced break; short
    lines are facts of their own, as resumes stack them.
    """
    current: Line | None = None
    position = start
    for raw in text[start:end].splitlines(keepends=True):
        span = trimmed(text, position, position + len(raw))
        position += len(raw)
        if span is None:
            continue
        if current and _goes_on(text[current[0] : current[1]], text[slice(*span)]):
            current = (current[0], span[1])
        else:
            if current:
                yield current
            current = span
        if raw.rstrip("\n").endswith(("  ", "\\")):
            yield current
            current = None
    if current:
        yield current


def _goes_on(before: str, after: str) -> bool:
    last = before.rsplit("\n", 1)[-1].strip()
    if re.match(r"[-*•▪◦·‣–]\s", after) or _PARTED.search(last):
        return False
    if after[0].islower() and not _ENDS_SENTENCE.search(last):
        return True
    return len(last) >= _WRAP_WIDTH
