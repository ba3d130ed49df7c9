"""The command line: results on stdout, progress and remarks on stderr."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from ask_debbie.check_cli import check
from ask_debbie.errors import AskDebbieError
from ask_debbie.eval_cli import evaluate
from ask_debbie.init_cli import init
from ask_debbie.models_cli import app as models_app
from ask_debbie.settings import Engine, Settings, read_settings

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Answers questions about a candidate from her own documents, and proves every sentence.",
)
app.add_typer(models_app, name="models")
remarks = Console(stderr=True, highlight=False, soft_wrap=True)

CorpusOption = Annotated[
    Path | None,
    typer.Option("--corpus", help="Folder with the candidate's documents.", show_default="corpus"),
]
EngineOption = Annotated[
    Engine | None, typer.Option("--engine", help="Who writes the answers.", show_default="auto")
]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("ask-debbie"))
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    corpus: CorpusOption = None,
    engine: EngineOption = None,
    show_version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    del show_version
    context.obj = {"corpus": corpus, "engine": engine}


@app.command()
def index(context: typer.Context, corpus: CorpusOption = None, engine: EngineOption = None) -> None:
    """Bring the search index up to date with the documents."""
    from ask_debbie.compose import update_index
    from ask_debbie.terminal_progress import terminal_progress

    settings = _settings(context, corpus, engine)
    with terminal_progress() as progress:
        built = update_index(settings, progress=progress, say=_remark)
    typer.echo(
        f"{built.passages} passages indexed; {built.embedded} texts embedded, {built.removed} removed."
    )


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="The question.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    jsonl: Annotated[
        str | None,
        typer.Option(
            "--jsonl",
            metavar="FILE",
            help="Answer a file of JSON lines, or - for standard input, a line each.",
        ),
    ] = None,
    corpus: CorpusOption = None,
    engine: EngineOption = None,
) -> None:
    """Answer one question, or a file of them."""
    from ask_debbie.terminal import answer_lines, open_lines, show

    if (question is None) == (jsonl is None):
        raise typer.BadParameter("give either a question or --jsonl FILE", param_hint="QUESTION")
    if jsonl is not None:
        with open_lines(jsonl) as lines:
            answer_lines(_assistant(context, corpus, engine), lines, sys.stdout)
        return
    answer = _assistant(context, corpus, engine).ask(question or "")
    show(answer, as_json=as_json)
    if answer.status == "error":
        raise typer.Exit(1)


@app.command()
def chat(context: typer.Context, corpus: CorpusOption = None, engine: EngineOption = None) -> None:
    """Talk with the assistant; it remembers the conversation until you leave."""
    from ask_debbie.terminal import converse

    converse(_assistant(context, corpus, engine))


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[
        int | None,
        typer.Option(help="Port to listen on; 0 picks a free one.", show_default="7860", min=0, max=65535),
    ] = None,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in a browser.")
    ] = False,
    root_path: Annotated[
        str | None, typer.Option(help="Path under which a proxy shows the site.", show_default="none")
    ] = None,
    reload: Annotated[
        bool | None,
        typer.Option("--reload/--no-reload", help="Follow edits of the documents.", show_default="reload"),
    ] = None,
    corpus: CorpusOption = None,
    engine: EngineOption = None,
) -> None:
    """Serve the page, the API and MCP."""
    settings = _settings(context, corpus, engine, root_path=root_path, reload=reload)
    from ask_debbie.compose import Workshop
    from ask_debbie.following import Follower
    from ask_debbie.terminal_progress import terminal_progress
    from ask_debbie.web.logs import log_to_stderr
    from ask_debbie.web.server import create_app
    from ask_debbie.web.server import serve as run

    with terminal_progress() as progress:
        workshop = Workshop(settings, progress=progress, say=_remark)
        assistant = workshop.first()
    if settings.reload:
        app = create_app(assistant, settings, Follower(workshop, assistant).following)
    else:
        app = create_app(assistant, settings)
    log_to_stderr(settings)
    run(
        app,
        host or settings.host,
        settings.port if port is None else port,
        open_browser=open_browser,
    )


app.command("init")(init)
app.command("check")(check)
app.command("eval")(evaluate)


def main() -> None:
    """Run the command line; what a user can cause ends in one plain line and an exit status."""
    try:
        app()
    except AskDebbieError as error:
        remarks.print(str(error), style="red", markup=False)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    except OSError as error:
        remarks.print(f"The answer can't be written: {error.strerror}.", style="red", markup=False)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _settings(
    context: typer.Context, corpus: Path | None, engine: Engine | None, **more: str | bool | None
) -> Settings:
    given: dict[str, Any] = dict(context.obj or {})
    here = {"corpus": corpus, "engine": engine, **more}
    given = {**given, **{key: value for key, value in here.items() if value is not None}}
    return read_settings(**{key: value for key, value in given.items() if value is not None})


def _assistant(context: typer.Context, corpus: Path | None, engine: Engine | None) -> Any:
    from ask_debbie.compose import build_assistant
    from ask_debbie.terminal_progress import terminal_progress

    settings = _settings(context, corpus, engine)
    with terminal_progress() as progress:
        return build_assistant(settings, progress=progress, say=_remark)


def _remark(text: str) -> None:
    remarks.print(text, style="yellow", markup=False)


if __name__ == "__main__":
    main()
