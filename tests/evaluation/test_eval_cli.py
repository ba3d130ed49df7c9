"""`ask-debbie eval` as somebody at a shell meets it."""

from __future__ import annotations

import importlib.util
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ask_debbie.answering.answer import Answer, Message
from ask_debbie.cli import main
from ask_debbie.evaluation.engines import LazyAssistant
from ask_debbie.evaluation.results import Results


class Said(NamedTuple):
    code: int
    out: str
    err: str


Eval = Callable[..., Said]


@pytest.fixture
def run_eval(
    tmp_path: Path,
    models_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    question_file: Path,
) -> Eval:
    """Runs ``ask-debbie --engine extractive eval`` beside the question file."""
    monkeypatch.setattr("ask_debbie.evaluation.cache.user_cache_path", lambda name: tmp_path / "cache" / name)
    monkeypatch.setenv("ASK_DEBBIE_MODELS_DIR", str(models_dir))
    monkeypatch.setenv("ASK_DEBBIE_ENGINE", "extractive")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(question_file.parent)

    def run(*arguments: str | Path, common: Sequence[str] = ()) -> Said:
        monkeypatch.setattr("sys.argv", ["ask-debbie", *common, "eval", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Said(int(left.value.code or 0), out, err)

    return run


def test_all_that_it_writes(run_eval: Eval, tmp_path: Path) -> None:
    said = run_eval("mateo.yaml", "--json", "out/a.json", "--junit", "out/a.xml", "--report", "out/a.html")
    assert said.code == 0
    assert "mateo · extractive" in said.out
    results = Results.model_validate_json((tmp_path / "out/a.json").read_bytes())
    assert [outcome.id for outcome in results.runs[0].outcomes][:2] == ["facts-001", "dates-001"]
    suite = ET.parse(tmp_path / "out/a.xml").getroot()[0]
    assert suite.attrib["name"] == "extractive · mateo"
    assert [case.attrib["name"] for case in suite] == [outcome.id for outcome in results.runs[0].outcomes]
    wrong = [outcome.id for outcome in results.runs[0].outcomes if not outcome.right]
    assert [case.attrib["name"] for case in suite if case.find("failure") is not None] == wrong
    assert "Mateo" in (tmp_path / "out/a.html").read_text("utf-8")

    again = run_eval("mateo.yaml", "--json", "out/b.json", "--against", "out/a.json")
    assert (tmp_path / "out/b.json").read_bytes() == (tmp_path / "out/a.json").read_bytes()
    assert "4 answers and their times were kept" in again.err
    assert "has the same questions right as extractive of" in again.out

    fresh = run_eval("mateo.yaml", "--json", "out/c.json", "--fresh")
    assert "kept" not in fresh.err
    assert untimed(tmp_path / "out/c.json") == untimed(tmp_path / "out/a.json")


def untimed(path: Path) -> Any:
    data = json.loads(path.read_text("utf-8"))
    for run in data["runs"]:
        for outcome in run["outcomes"]:
            del outcome["answer"]["timings"]
    for sets in data["figures"].values():
        for categories in sets.values():
            for name, figures in categories.items():
                categories[name] = [figure for figure in figures if figure["unit"] != "ms"]
    return data


def test_floors_decide_the_exit_status(run_eval: Eval, tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("[extractive.mateo]\ncorrect = 0.25\n")
    assert run_eval("mateo.yaml", "--floors", floors).code == 0
    floors.write_text("[extractive.mateo]\ncorrect = 1.01\nwhole = 0\n")
    said = run_eval("mateo.yaml", "--floors", floors)
    assert said.code == 1
    assert "extractive · mateo: correct is" in said.err
    assert "extractive · mateo: whole is" in said.err


def test_an_interruption_says_how_to_go_on(run_eval: Eval, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    ask = LazyAssistant.ask

    def interrupted(self: LazyAssistant, messages: Sequence[Message]) -> Answer:
        if len(asked) == 2:
            raise KeyboardInterrupt
        asked.append(messages[-1]["content"])
        return ask(self, messages)

    monkeypatch.setattr(LazyAssistant, "ask", interrupted)
    said = run_eval("mateo.yaml")
    assert said.code == 130
    assert "Interrupted. Run the same again, and it goes on where it was." in said.err
    monkeypatch.setattr(LazyAssistant, "ask", ask)
    assert "2 answers and their times were kept" in run_eval("mateo.yaml").err


def test_without_the_extra(run_eval: Eval, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "scipy" else find(name))
    said = run_eval("mateo.yaml")
    assert said.code == 1
    assert said.err == "The evaluation needs a few packages more: pip install 'ask-debbie[eval]'\n"


def test_only_some_questions(run_eval: Eval, tmp_path: Path) -> None:
    assert run_eval("mateo.yaml", "--only", "^facts", "--json", "some.json").code == 0
    results = Results.model_validate_json((tmp_path / "some.json").read_bytes())
    assert [outcome.id for outcome in results.runs[0].outcomes] == ["facts-001"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 1, "There are no questions in tests/evaluation. Name a file of them"),
        (["none.yaml"], 1, "none.yaml can't be read"),
        (["mateo.yaml", "--only", "nothing"], 1, "No question's id matches nothing."),
        (["mateo.yaml", "mateo.yaml"], 1, "Two files of questions are called mateo."),
        (["mateo.yaml", "--against", "mateo.yaml"], 1, "mateo.yaml isn't the JSON of an evaluation"),
        (["mateo.yaml", "--against", "none.json"], 1, "none.json can't be read"),
        (["mateo.yaml", "--floors", "mateo.yaml"], 1, "mateo.yaml isn't valid TOML"),
        (["mateo.yaml", "--json", "candidate"], 1, "candidate can't be written"),
        (["mateo.yaml", "--junit", "mateo.yaml/a.xml"], 1, "can't be written"),
        (["mateo.yaml", "--only", "("], 2, "it isn't a regular expression"),
        (["mateo.yaml", "--only", "a", "--floors", "f"], 2, "without --only"),
        (["mateo.yaml", "--engine", "chatty"], 2, "'chatty' is none of auto, openai, local, extractive"),
        (["mateo.yaml", "--model", "gpt-4.1"], 2, "gpt-4.1 is for --engine openai"),
        (
            ["mateo.yaml", "--engine", "openai", "--model", "qwen2.5-coder-0.5b-instruct"],
            2,
            "is for --engine local",
        ),
        (["mateo.yaml", "--engine", "openai"], 1, "openai:gpt-4.1-mini can't be evaluated."),
    ],
)
def test_what_goes_wrong_is_told_plainly(run_eval: Eval, arguments: list[str], code: int, told: str) -> None:
    said = run_eval(*arguments)
    assert said.code == code
    assert told in " ".join(said.err.replace("│", " ").split())


def test_the_corpus_is_the_files_own(run_eval: Eval) -> None:
    said = run_eval("mateo.yaml", common=["--corpus", "candidate"])
    assert said.code == 2
    assert "names its own" in said.err
