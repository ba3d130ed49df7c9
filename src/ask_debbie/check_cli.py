"""`ask-debbie check`: a corpus in; what a careful friend would say, and an exit status, out."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ask_debbie.errors import ArtifactError
from ask_debbie.settings import Settings, read_settings

if TYPE_CHECKING:
    from ask_debbie.checking.finding import Finding
    from ask_debbie.corpus.corpus import Corpus

_STYLES = {"error": "bold red", "warning": "yellow", "remark": "cyan"}
_PIPE_WIDTH = 120  # a pipe has no width to fit into
_UNANSWERED = "unanswered"


def check(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The corpus folder.", show_default="corpus")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with status 1 for remarks too.")] = False,
    ask: Annotated[
        bool,
        typer.Option("--questions/--no-questions", help="Ask what recruiters ask, without a chat model."),
    ] = True,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="KIND", help="Leave a kind of finding out; may be given again."),
    ] = None,
) -> None:
    """Look through the documents as a careful friend would, before they go online."""
    from ask_debbie.checking.check import check as look_through
    from ask_debbie.corpus.corpus import read_corpus

    given = folder or (context.obj or {}).get("corpus")
    settings = read_settings(engine="extractive", **({"corpus": given} if given else {}))
    corpus = read_corpus(settings.corpus)
    findings = look_through(corpus, dt.date.today())
    skipped: list[str] = []
    if ask:
        findings += _unanswered(settings, corpus, skipped)
    findings = [found for found in findings if found.kind not in (ignore or ())]
    if as_json:
        _print_json(settings.corpus, findings, skipped)
    else:
        _print(corpus, findings, skipped)
    if any(strict or found.severity != "remark" for found in findings):
        raise typer.Exit(1)


def _unanswered(settings: Settings, corpus: Corpus, skipped: list[str]) -> list[Finding]:
    """What recruiters ask and the corpus doesn't answer; why nothing was asked goes to ``skipped``."""
    from ask_debbie.checking.questions import find_unanswered
    from ask_debbie.compose import build_quoting_assistant
    from ask_debbie.models.artifacts import ModelStore
    from ask_debbie.models.embeddings import MiniLM
    from ask_debbie.terminal_progress import terminal_progress

    with terminal_progress() as progress:
        try:
            embeddings = MiniLM.from_store(ModelStore(settings.models_dir), progress)
        except ArtifactError as error:
            skipped.append(f"The questions that recruiters ask weren't asked. {error}")
            return []
        assistant = build_quoting_assistant(settings, corpus, embeddings, progress=progress)
        return list(find_unanswered(assistant, progress))


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    found = Counter(finding.severity for finding in findings)
    return {"errors": found["error"], "warnings": found["warning"], "remarks": found["remark"]}


def _print_json(folder: Path, findings: Sequence[Finding], skipped: Sequence[str]) -> None:
    report = {
        "corpus": str(folder),
        **_counts(findings),
        "skipped": list(skipped),
        "findings": [finding.to_wire() for finding in findings],
    }
    print(json.dumps(report, ensure_ascii=False, indent=2))  # noqa: T201 - the command's result


def _print(corpus: Corpus, findings: Sequence[Finding], skipped: Sequence[str]) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_PIPE_WIDTH)
    about_files = [found for found in findings if found.kind != _UNANSWERED]
    for file, its in groupby(about_files, key=lambda found: found.file):
        console.print(Text(file or "The documents together", style="bold"))
        console.print(findings_table(list(its)))
        console.print()
    if unanswered := [found for found in findings if found.kind == _UNANSWERED]:
        console.print(Text("What recruiters ask, and the documents don't answer", style="bold"))
        table = Table.grid(padding=(0, 2, 0, 0))
        for found in unanswered:
            table.add_row("", Text(found.message), Text(found.remedy, style="dim"))
        console.print(table)
        console.print()
    for reason in skipped:
        console.print(Text(reason, style="yellow"))
    console.print(Text(_summary(corpus, findings)))
    sys.stdout.flush()


def findings_table(findings: Sequence[Finding], *, with_files: bool = False) -> Table:
    """Findings, each with its remedy below."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for found in findings:
        what = Text.assemble(found.message, "\n", (f"→ {found.remedy}", "dim"))
        where = ", ".join(filter(None, (found.file if with_files else "", found.where)))
        table.add_row("", Text(found.severity, style=_STYLES[found.severity]), Text(where), what)
    return table


def _summary(corpus: Corpus, findings: Sequence[Finding]) -> str:
    documents = f"{len(corpus.documents)} document{'s' * (len(corpus.documents) != 1)}"
    counts = [
        f"{number} {name if number != 1 else name[:-1]}"
        for name, number in _counts(findings).items()
        if number
    ]
    return f"{documents}: {', '.join(counts) or 'nothing to remark'}."
