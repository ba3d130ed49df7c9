"""Brings the README's generated parts up to date: the command's help, the settings, the map of the source,
the comparison with the plain ways.

Run by `make docs`. With --check it changes nothing, prints what differs and exits with 1 if anything does.
"""

from __future__ import annotations

import ast
import difflib
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer
from platformdirs import user_cache_path, user_data_path
from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from ask_debbie.cli import app
from ask_debbie.settings import Settings

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "ask_debbie"
README = ROOT / "README.md"
WIDTH = 100
COLUMN = 32
NOT_SHOWN = {"--help", "--install-completion", "--show-completion"}


def command_help() -> str:
    """All commands with their options. Made here rather than by typer, whose layout changes with versions."""
    root = typer.main.get_command(app)
    blocks = [_command("ask-debbie", root)]
    for name, command in _children(root):
        below = list(_children(command))
        blocks += [_command(f"ask-debbie {name} {inner}", it) for inner, it in below] or [
            _command(f"ask-debbie {name}", command)
        ]
    return "\n".join(["```text", "\n\n".join(blocks), "```"])


def _children(command: Any) -> Iterator[tuple[str, Any]]:
    yield from getattr(command, "commands", {}).items()


def _command(title: str, command: Any) -> str:
    shown = [p for p in command.params if not NOT_SHOWN.intersection(p.opts)]
    usage = [
        title,
        *("COMMAND" for _ in list(_children(command))[:1]),
        *(_argument(p) for p in shown if _is_argument(p)),
    ]
    lines = [_row(" ".join(usage), command.help or "", 0)]
    for parameter in shown:
        if not _is_argument(parameter):
            default = f" [{parameter.show_default}]" if isinstance(parameter.show_default, str) else ""
            lines.append(_row(_option(parameter), f"{parameter.help or ''}{default}", 2))
    return "\n".join(lines)


def _is_argument(parameter: Any) -> bool:
    return not parameter.opts[0].startswith("-")


def _argument(parameter: Any) -> str:
    name = (parameter.metavar or parameter.name.upper()) + ("..." if parameter.nargs == -1 else "")
    return name if parameter.required else f"[{name}]"


def _option(parameter: Any) -> str:
    names = "/".join([*parameter.opts, *parameter.secondary_opts])
    return names if parameter.is_flag else f"{names} {parameter.metavar or parameter.name.upper()}"


def _row(left: str, right: str, indent: int) -> str:
    first = f"{' ' * indent}{left}"
    room = WIDTH - COLUMN
    lines = textwrap.wrap(right, room) or [""]
    fits = len(first) + 2 <= COLUMN
    head = [f"{first:<{COLUMN}}{lines.pop(0)}".rstrip() if fits else first]
    return "\n".join([*head, *(f"{'':<{COLUMN}}{line}" for line in lines)])


def settings_table() -> str:
    """Every field of Settings: its variable, its default, its sentence."""
    rows = [
        f"| `{_variable(name, field)}` | {_default(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| Variable | Default | What it is |", "|---|---|---|", *rows])


def _variable(name: str, field: FieldInfo) -> str:
    if isinstance(field.validation_alias, AliasChoices):
        return str(field.validation_alias.choices[0])
    return f"{Settings.model_config['env_prefix']}{name.upper()}"


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True, validated_data={})
    if value in (None, (), ""):
        return "none"
    for kind, home in (("cache", user_cache_path("ask-debbie")), ("data", user_data_path("ask-debbie"))):
        if isinstance(value, Path) and value.is_relative_to(home):
            return f"`ask-debbie/{value.relative_to(home).as_posix()}` in your {kind} folder"
    return f"`{value}`"


def source_map() -> str:
    """The top of the source tree in each module's own words; what is in the packages by name."""
    lines = ["src/ask_debbie/"]
    for path in sorted(SOURCE.iterdir(), key=lambda p: (p.is_dir(), p.name)):
        if path.suffix == ".py" and path.name != "__init__.py":
            lines.append(_row(path.name, _first_sentence(path), 2))
        elif (path / "__init__.py").exists():
            lines.append(_row(f"{path.name}/", _first_sentence(path / "__init__.py"), 2))
            lines.append(
                textwrap.fill(
                    ", ".join(_contents(path)), WIDTH, initial_indent="    ", subsequent_indent="    "
                )
            )
    return "\n".join(["```text", *lines, "```"])


def _contents(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir(), key=lambda p: (p.is_dir(), p.name)):
        if path.is_dir() and not path.name.startswith("__"):
            yield f"{path.name}/"
        elif path.suffix in {".py", ".toml", ".csv"} and path.name != "__init__.py":
            yield path.name


def _first_sentence(module: Path) -> str:
    text = " ".join((ast.get_docstring(ast.parse(module.read_text("utf-8"))) or "").split("\n\n")[0].split())
    return re.split(r"(?<=\.) (?=[A-Z])", text)[0]


def comparison() -> str:
    """The table that `make compare` wrote."""
    text = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")
    return text.partition("\n\n")[2].strip()


PARTS: dict[str, Callable[[], str]] = {
    "help": command_help,
    "settings": settings_table,
    "source": source_map,
    "comparison": comparison,
}


def updated(text: str) -> str:
    """The README's text with each generated part made anew."""
    for name, make in PARTS.items():
        before, start, rest = text.partition(f"<!-- {name}:start -->\n")
        _, end, after = rest.partition(f"<!-- {name}:end -->\n")
        if not start or not end:
            raise SystemExit(f"{README.name} needs the lines <!-- {name}:start --> and <!-- {name}:end -->.")
        text = f"{before}{start}{make()}\n{end}{after}"
    return text


def main(arguments: list[str]) -> int:
    """Update the README, or check it; the exit status."""
    before = README.read_text("utf-8")
    after = updated(before)
    if before == after:
        return 0
    if arguments == ["--check"]:
        difference = difflib.unified_diff(
            before.splitlines(), after.splitlines(), "README.md", "as generated", "", "", 1
        )
        sys.stdout.write("\n".join([*difference, "`make docs` brings it up to date.", ""]))
        return 1
    README.write_text(after, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
