"""LaTeX source, parsed by pylatexenc with the commands that it uses and defines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pylatexenc.latexwalker import LatexWalker, get_default_latex_context_db
from pylatexenc.macrospec import EnvironmentSpec, MacroSpec

from ask_debbie.corpus.readers.latex_commands import (
    CONTACTS,
    DOUBLE,
    DROPPED,
    ENTRIES,
    ENVIRONMENTS,
    HEADLINES,
    LAST_SHOWN,
    LISTED,
    SECTIONS,
)

Node = Any  # pylatexenc has no types

_DEFINED = re.compile(
    r"\\(?:re)?(?:new|provide)command\*?\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(?:\[(\d)\])?\s*(\[[^\[\]]{0,500}\])?\s*\{"
)
PERSONAL = {*CONTACTS, *HEADLINES, "name", "social"}
_COUNTED = {*(name for name, _ in ENTRIES), *LISTED, *DOUBLE, *PERSONAL}
_COMMAND = r"\\({})(?![A-Za-z])"
_BLACK = re.compile(r"[^\n]")
_OPTIONAL = re.compile(r"\s*\[[^\[\]]{0,500}\]")
_BLANK = re.compile(r"[ \t]*\n?[ \t]*")
_MOST_ARGUMENTS = 8


class Source:
    """A file's source and the commands that it defines.

    Attributes:
        defined: by name, the number of arguments, the first one's default, and the body.
        preamble: the commands before the document that say who the candidate is, with their lines.
        body: what is printed; all that isn't blanked, so that lines stay what they are.
    """

    def __init__(self, text: str) -> None:
        text = re.sub(r"(?m)(?<!\\)%.*$", "", text)
        text = re.sub(r"\\iffalse\b.*?(?:\\fi\b|\Z)", _blanked, text, flags=re.DOTALL)
        self._ends = _group_ends(text)
        self.defined: dict[str, tuple[int, str, str]] = {}
        pieces, done = [], 0
        for match in _DEFINED.finditer(text):
            end = self._ends.get(match.end() - 1, 0)
            if end and match.start() >= done:
                self.defined[match[1]] = (int(match[2] or 0), match[3] or "", text[match.end() : end - 1])
                pieces += [text[done : match.start()], _BLACK.sub(" ", text[match.start() : end])]
                done = end
        text = "".join([*pieces, text[done:]])
        printed = re.search(r"\\begin\s*\{document\}(.*?)(?:\\end\s*\{document\}|\Z)", text, re.DOTALL)
        start, end = printed.span(1) if printed else (0, len(text))
        self._text = text
        self.body = _BLACK.sub(" ", text[:start]) + text[start:end]
        self.preamble = list(self._personal(start)) if printed else []
        self._context = get_default_latex_context_db()
        self._context.add_context_category(
            "resume", macros=self._macros(), environments=_environments(), prepend=True
        )

    def _personal(self, end: int) -> Iterator[tuple[int, str]]:
        for match in re.finditer(_COMMAND.format("|".join(PERSONAL)), self._text[:end]):
            stop = self._arguments_end(match.end())[0]
            yield self._text.count("\n", 0, match.start()) + 1, self._text[match.start() : stop]

    def nodes(self, text: str) -> list[Node]:
        """What a piece of source holds.

        Raises:
            RecursionError: it is nested too deeply.
        """
        walker = LatexWalker(text, latex_context=self._context, tolerant_parsing=True)
        return list(walker.get_latex_nodes()[0])

    def _macros(self) -> list[MacroSpec]:
        specs = {
            name: "[" * bool(default) + "{" * (size - bool(default))
            for name, (size, default, _) in self.defined.items()
        }
        specs |= DROPPED | LAST_SHOWN | dict.fromkeys(SECTIONS, "*[{") | {"href": "[{{", "item": "["}
        used = dict.fromkeys(_COUNTED, 0)
        for match in re.finditer(_COMMAND.format("|".join(_COUNTED)), self._text):
            used[match[1]] = max(used[match[1]], self._arguments_end(match.end())[1])
        specs |= {name: "[" + "{" * count for name, count in used.items()}
        return [MacroSpec(name, spec) for name, spec in specs.items()]

    def _arguments_end(self, position: int) -> tuple[int, int]:
        """Where the braced groups that follow a command end, and how many they are."""
        optional = _OPTIONAL.match(self._text, position)
        position, count = optional.end() if optional else position, 0
        while count < _MOST_ARGUMENTS:
            blank = _BLANK.match(self._text, position)
            end = self._ends.get(blank.end() if blank else position)
            if not end:
                break
            position, count = end, count + 1
        return position, count


def _environments() -> list[EnvironmentSpec]:
    return [EnvironmentSpec(name, spec) for name, spec in ENVIRONMENTS.items()]


def _blanked(match: re.Match[str]) -> str:
    return _BLACK.sub(" ", match[0])


def _group_ends(text: str) -> dict[int, int]:
    """Where each braced group ends, by where it begins."""
    ends: dict[int, int] = {}
    begun: list[int] = []
    for match in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        if match[0] == "{":
            begun.append(match.start())
        elif match[0] == "}" and begun:
            ends[begun.pop()] = match.end()
    return ends
