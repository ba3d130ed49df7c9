"""LaTeX resumes, through pylatexenc: what their text, their template's commands and their own commands print."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerError

from ask_debbie.corpus.document import Document
from ask_debbie.corpus.readers import latex_commands as commands
from ask_debbie.corpus.readers.decode import unpacked_text
from ask_debbie.corpus.readers.document_writer import DocumentWriter
from ask_debbie.corpus.readers.latex_source import Node, Source
from ask_debbie.corpus.readers.line_builder import LineBuilder
from ask_debbie.corpus.readers.marked_line import hidden_warning, linked
from ask_debbie.corpus.readers.outline import write_outline
from ask_debbie.errors import DocumentError

_LARGEST = 300_000
_MOST_EXPANSIONS = 3_000
_DEEPEST = 12


def read_latex(path: str, raw: bytes, hide: Callable[[str], str]) -> Document:
    """The lines that a LaTeX file prints, each with its line in the file."""
    text = unpacked_text(raw, _LARGEST)
    builder = LineBuilder()
    try:
        source = Source(text)
        _Page(source, builder).read()
    except RecursionError:
        raise DocumentError("its groups are nested too deeply to be a resume") from None
    except LatexWalkerError as error:
        raise DocumentError(f"it isn't valid LaTeX: {str(error).splitlines()[0]}") from None
    builder.end()
    writer = DocumentWriter()
    writer.warnings += hidden_warning(builder.hidden)
    write_outline(builder.lines, writer)
    return writer.document(path, hide)


class _Page:
    """Goes through a parsed file once."""

    def __init__(self, source: Source, to: LineBuilder) -> None:
        self._source = source
        self._to = to
        self._starts = [0, *(match.end() for match in re.finditer("\n", source.body))]
        self._symbols = LatexNodes2Text()
        self._bold = False
        self._hidden = False
        self._inline = False  # whether a forced break is but a comma
        self._expanded = self._depth = 0
        self._at = ""  # where the command stands that is being expanded

    def read(self) -> None:
        for line, command in self._source.preamble:
            self._at = f"line {line}"
            self._all(self._source.nodes(command))
        self._at = ""
        self._to.gap()
        self._all(self._source.nodes(self._source.body))

    def _all(self, nodes: Iterable[Node]) -> None:
        bold, hidden = self._bold, self._hidden
        for node in nodes:
            if node is not None:
                self._node(node)
        self._bold, self._hidden = bold, hidden  # as a group's end has it

    def _node(self, node: Node) -> None:
        kind = type(node).__name__
        if kind == "LatexCharsNode":
            self._text(node)
        elif kind == "LatexGroupNode":
            self._all(node.nodelist)
        elif kind == "LatexMacroNode":
            self._macro(node)
        elif kind == "LatexEnvironmentNode":
            self._environment(node)
        elif kind == "LatexSpecialsNode" and node.specials_chars == "&":
            self._to.part()
        elif kind == "LatexSpecialsNode" and node.specials_chars == "\n\n":
            self._to.gap()
        elif kind != "LatexCommentNode":
            self._add(self._symbol([node]), node)

    def _text(self, node: Node) -> None:
        first, *rest = re.split(r"\n[ \t]*\n\s*", node.chars)
        self._add(first, node)
        for paragraph in rest:
            self._to.gap()
            self._add(paragraph, node)

    def _add(self, text: str, node: Node) -> None:
        if self._hidden:
            self._to.hidden.append(text)
        else:
            self._to.add(text, bold=self._bold, where=self._at or self._where(node))

    def _where(self, node: Node) -> str:
        position = (
            node.pos + len(node.chars) - len(node.chars.lstrip()) if hasattr(node, "chars") else node.pos
        )
        return f"line {bisect_right(self._starts, position)}"

    def _macro(self, node: Node) -> None:
        name, given = node.macroname, _arguments(node)
        if name in commands.SECTIONS:
            self._to.gap()
            self._all(given)
            self._to.end(commands.SECTIONS[name])
        elif shape := commands.ENTRIES.get((name, len(given))):
            self._entry(shape, given)
        elif name in commands.LISTED and given:
            self._to.end()
            self._to.bullet = name != "cvitem"
            self._joined(given, commands.LISTED[name])
            self._to.end()
        elif name in commands.DOUBLE and given:
            self._joined(given[:2], ": ")
            self._joined(given[2:], ": ")
        elif name == "name" and given:
            self._joined(given, " ", level=1)
        elif name == "social" and given:
            kind = _optional(node)
            self._labelled({"linkedin": "LinkedIn", "github": "GitHub"}.get(kind, kind.title()), given)
        elif name in commands.HEADLINES and given:
            self._joined(given, ", ")
        elif name in commands.CONTACTS and given:
            self._labelled(commands.CONTACTS[name], given)
        elif name == "item":
            self._to.end()
            self._to.bullet = True
            self._all(_optional_nodes(node))
            if _optional_nodes(node):
                self._to.add(" ")
        elif name == "href" and len(given) == 2:
            self._link(node, given)
        elif name in self._source.defined:
            self._expand(node)
        else:
            self._shown(name, given, node)

    def _shown(self, name: str, given: list[Node], node: Node) -> None:
        if name in commands.BREAKS:
            self._to.add(", ") if self._inline else self._to.end()
        elif name in commands.FILLS or (name == "hspace" and "fill" in node.latex_verbatim()):
            self._to.part()
        elif name == "color" and given:
            self._hidden = self._hidden or "white" in given[-1].latex_verbatim().lower()
        elif name in {"bfseries", "bf"}:
            self._bold = True
        elif name in commands.DROPPED:
            return
        elif name in commands.LAST_SHOWN and given:
            bold, hidden = self._bold, self._hidden
            self._bold = bold or name == "textbf"
            self._hidden = hidden or (name == "textcolor" and "white" in given[0].latex_verbatim().lower())
            self._all(given[-1:])
            self._bold, self._hidden = bold, hidden
        elif given and name.isalpha() and len(name) > 1:
            self._all(given)
        else:
            self._add(self._symbol([node]) + (node.macro_post_space or ""), node)

    def _symbol(self, nodes: list[Node]) -> str:
        try:
            return str(self._symbols.nodelist_to_text(nodes))
        except (AttributeError, IndexError, TypeError, ValueError):  # an accent over nothing, and the like
            return ""

    def _entry(self, shape: commands.Shape, given: list[Node]) -> None:
        self._to.gap()
        for place, row in enumerate(shape.rows):
            for argument in row:
                self._all([given[argument]])
                self._to.part()
            self._to.end(0 if place else shape.level)
        for argument in shape.under:
            self._to.end()
            self._all([given[argument]])
        self._to.end()

    def _joined(self, given: list[Node], between: str, level: int = 0) -> None:
        if not level:
            bullet = self._to.bullet
            self._to.end()
            self._to.bullet = bullet
        shown = [argument for argument in given if argument.latex_verbatim().strip("{} \n")]
        for place, argument in enumerate(shown):
            if place:
                self._to.add(between if place == 1 else ", ")
            self._all([argument])
        self._to.end(level)

    def _labelled(self, label: str, given: list[Node]) -> None:
        self._to.end()
        self._to.add(f"{label}: ")
        self._inline = True
        for place, argument in enumerate(given):
            if argument.latex_verbatim().strip("{} \n"):
                self._to.add(", " if place else "")
                self._all([argument])
        self._inline = False
        self._to.end()

    def _link(self, node: Node, given: list[Node]) -> None:
        shown = self._symbol([given[1]])
        text = linked(shown, given[0].latex_verbatim().strip("{} "))
        if text != shown:
            self._add(text, node)
        else:
            self._all([given[1]])

    def _expand(self, node: Node) -> None:
        """A command of the file's own, printed by what defines it."""
        size, default, body = self._source.defined[node.macroname]
        self._expanded += 1
        if self._expanded > _MOST_EXPANSIONS or self._depth >= _DEEPEST:
            raise DocumentError("its own commands call each other too often to be a resume's")
        for place, argument in enumerate(_all_arguments(node)[:size]):
            given = default if argument is None else argument.latex_verbatim()
            body = body.replace(f"#{place + 1}", given.strip("[]") if place == 0 and default else given)
        if len(body) > _LARGEST:
            raise DocumentError("its own commands print far more than a resume holds")
        outer, self._at = self._at, self._at or self._where(node)
        self._depth += 1
        if body.count("\\begin") != body.count("\\end"):  # a list's beginning or end alone
            body = re.sub(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\[[^\[\]]*\])?", "", body)
        self._all(self._source.nodes(body))
        self._depth -= 1
        self._at = outer

    def _environment(self, node: Node) -> None:
        name, given = node.environmentname, _arguments(node)
        if name in commands.SKIPPED_ENVIRONMENTS:
            return
        self._to.gap() if name in {"rSubsection", "rSection", "center"} else self._to.end()
        if name in commands.SECTIONS and given:
            self._all(given[:1])
            self._to.end(commands.SECTIONS[name])
        elif shape := commands.ENTRIES.get((name, len(given))):
            self._entry(shape, given)
        self._all(node.nodelist)
        self._to.end()


def _all_arguments(node: Node) -> list[Node]:
    return list(node.nodeargd.argnlist or []) if node.nodeargd else []


def _arguments(node: Node) -> list[Node]:
    """The braced arguments of a command."""
    kinds = node.nodeargd.argspec if node.nodeargd else ""
    return [n for n, kind in zip(_all_arguments(node), kinds, strict=False) if n is not None and kind == "{"]


def _optional_nodes(node: Node) -> list[Node]:
    kinds = node.nodeargd.argspec if node.nodeargd else ""
    return [n for n, kind in zip(_all_arguments(node), kinds, strict=False) if n is not None and kind == "["]


def _optional(node: Node) -> str:
    return "".join(n.latex_verbatim().strip("[] ") for n in _optional_nodes(node))
