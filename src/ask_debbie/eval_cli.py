"""`ask-debbie eval`: fixed questions in; figures, a report and an exit status out."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer
from rich.console import Console

from ask_debbie.errors import AskDebbieError
from ask_debbie.models.catalog import CATALOG
from ask_debbie.settings import Engine, Settings, read_settings

if TYPE_CHECKING:
    from ask_debbie.evaluation.cache import AnswerCache
    from ask_debbie.evaluation.dataset import QuestionSet
    from ask_debbie.evaluation.results import Run, Study

_EXTRA = ("jinja2", "junitparser", "matplotlib", "scipy", "yaml")
_QUESTIONS = Path("tests/evaluation")
_INTERRUPTED = 130
_remarks = Console(stderr=True, highlight=False, soft_wrap=True)


def evaluate(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="YAML files of questions.", show_default="tests/evaluation/*.yaml"),
    ] = None,
    engine: Annotated[
        list[str] | None,
        typer.Option("--engine", help="Who writes the answers; may be given again.", show_default="auto"),
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option("--model", help="A model of the local or openai engine; may be given again."),
    ] = None,
    only: Annotated[
        str | None, typer.Option("--only", metavar="REGEX", help="Only questions with such an id.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write everything as JSON.")
    ] = None,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="Write JUnit XML, a case a question.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write an HTML report.")
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="FILE", help="Compare with an earlier run's JSON."),
    ] = None,
    floors: Annotated[
        Path | None,
        typer.Option(
            "--floors", metavar="FILE", help="Exit with status 1 where a figure is under its floor (TOML)."
        ),
    ] = None,
    injection: Annotated[
        str | None,
        typer.Option("--injection", metavar="DIR", help="Try a folder's attacks on the corpus; own: ours."),
    ] = None,
    squad: Annotated[
        Path | None, typer.Option("--squad", metavar="FILE", help="Ask SQuAD 2.0's questions (JSON lines).")
    ] = None,
    canard: Annotated[
        Path | None, typer.Option("--canard", metavar="FILE", help="Complete CANARD's follow-ups (JSON).")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, help="Most attacks of a group and questions of a public set."),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Ask again what was answered before by the same code.")
    ] = False,
) -> None:
    """Ask fixed questions, and count how many answers are right and proved."""
    common = context.obj or {}
    if common.get("corpus"):
        raise typer.BadParameter("each file of questions names its own", param_hint="--corpus")
    if only and floors:
        raise typer.BadParameter("they are for whole sets, without --only", param_hint="--floors")
    _check_pattern(only)
    _require_extra()
    engines = engine or ([common["engine"]] if common.get("engine") else [read_settings().engine])
    chosen = list(dict.fromkeys(_engines([_engine(name) for name in engines], model or [])))

    from ask_debbie.evaluation.cache import AnswerCache
    from ask_debbie.evaluation.floors import below, read_floors
    from ask_debbie.evaluation.further import print_studies
    from ask_debbie.evaluation.summary import changes, read_results, summarise
    from ask_debbie.evaluation.terminal_table import print_results

    further = injection is not None or squad is not None or canard is not None
    # attacks and public sets alone, unless fixed questions are named too
    sets = [] if further and not files else _question_sets(files, only)
    least = read_floors(floors) if floors else {}
    earlier = read_results(against) if against else None
    for path in (json_file, junit, report):
        _check_writable(path)
    cache = AnswerCache(fresh=fresh)
    try:
        runs = [_run(*it, questions, cache) for it in chosen for questions in sets]
        studies = _studies(chosen, injection, squad, canard, limit) if further else []
    except KeyboardInterrupt:
        again = "the same without --fresh" if fresh else "the same"
        _remark(f"Interrupted. Run {again} again, and it goes on where it was.")
        raise typer.Exit(_INTERRUPTED) from None
    results = summarise(runs, studies)
    if cache.hits:
        _remark(f"{cache.hits} answers and their times were kept from before; --fresh asks again.")
    print_results(results, changes(earlier, results) if earlier else ())
    print_studies(results.studies)
    if json_file:
        json_file.write_text(results.model_dump_json(indent=1) + "\n", encoding="utf-8")
    if junit:
        from ask_debbie.evaluation.junit import write_junit

        write_junit(results, junit)
    if report:
        from ask_debbie.evaluation.report import write_report

        write_report(results, report, earlier)
    under = below(least, results)
    for line in under:
        _remarks.print(line, style="red", markup=False)
    if under:
        raise typer.Exit(1)


def _run(engine: Engine, model: str | None, questions: QuestionSet, cache: AnswerCache) -> Run:
    from ask_debbie.corpus.corpus import read_corpus
    from ask_debbie.evaluation.engines import LazyAssistant
    from ask_debbie.evaluation.runner import evaluate as run
    from ask_debbie.terminal_progress import terminal_progress

    settings = _settings(questions.corpus, engine, model)
    with (
        terminal_progress() as progress,
        LazyAssistant(settings, questions.today, progress=progress, say=_remark) as answerer,
    ):
        return run(questions, read_corpus(questions.corpus), answerer, cache=cache, progress=progress)


def _studies(
    chosen: Sequence[tuple[Engine, str | None]],
    injection: str | None,
    squad: Path | None,
    canard: Path | None,
    limit: int | None,
) -> list[Study]:
    from ask_debbie.evaluation.further import run_studies
    from ask_debbie.terminal_progress import terminal_progress

    settings = [_settings(read_settings().corpus, *it) for it in chosen]
    with terminal_progress() as progress:
        return run_studies(
            settings, injection=injection, squad=squad, canard=canard, limit=limit, progress=progress
        )


def _settings(corpus: Path, engine: Engine, model: str | None) -> Settings:
    given = {} if model is None else {"local_model" if engine == "local" else "openai_model": model}
    return read_settings(corpus=corpus, engine=engine, **given)


def _engine(name: str) -> Engine:
    known: dict[str, Engine] = {engine: engine for engine in get_args(Engine)}
    if name not in known:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(known)}", param_hint="--engine")
    return known[name]


def _engines(engines: Sequence[Engine], models: Sequence[str]) -> Iterator[tuple[Engine, str | None]]:
    """Each engine with each of the models that are for it; with its default where none is."""
    from ask_debbie.evaluation.engines import resolved_engine

    ours = {file.name for file in CATALOG if file.role == "chat"}
    kinds = [resolved_engine(read_settings(engine=engine)) for engine in engines]
    for name in models:
        if ("local" if name in ours else "openai") not in kinds:
            hint = f"{name} is for --engine {'local' if name in ours else 'openai'}, which isn't asked for"
            raise typer.BadParameter(hint, param_hint="--model")
    for kind in kinds:
        mine: list[str | None] = [name for name in models if kind == ("local" if name in ours else "openai")]
        yield from ((kind, name) for name in mine or [None])


def _question_sets(files: Sequence[Path] | None, only: str | None) -> list[QuestionSet]:
    from ask_debbie.evaluation.dataset import read_questions

    paths = files or sorted(_QUESTIONS.glob("*.yaml"))
    if not paths:
        raise AskDebbieError(
            f"There are no questions in {_QUESTIONS}. Name a file of them: ask-debbie eval FILE.yaml"
        )
    sets = [read_questions(path) for path in paths]
    names = [questions.name for questions in sets]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise AskDebbieError(f"Two files of questions are called {twice}. Rename one.")
    chosen = [kept for questions in sets if (kept := questions.matching(only)).questions]
    if not chosen:
        raise AskDebbieError(f"No question's id matches {only}.")
    return chosen


def _check_pattern(only: str | None) -> None:
    try:
        re.compile(only or "")
    except re.error as error:
        raise typer.BadParameter(f"it isn't a regular expression: {error}", param_hint="--only") from None


def _check_writable(path: Path | None) -> None:
    """Fail now rather than after the last answer."""
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        path.open("ab").close()
        if is_new:
            path.unlink()
    except OSError as error:
        raise AskDebbieError(f"{path} can't be written: {error.strerror}.") from error


def _require_extra() -> None:
    if any(importlib.util.find_spec(name) is None for name in _EXTRA):
        raise AskDebbieError("The evaluation needs a few packages more: pip install 'ask-debbie[eval]'")


def _remark(text: str) -> None:
    _remarks.print(text, style="yellow", markup=False)
