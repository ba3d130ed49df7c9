"""The real local model from end to end: asked, proved, and its state kept for the next start."""

from __future__ import annotations

import gc
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from ask_debbie.answering.answer import Answer, Message
from ask_debbie.answering.assistant import READING, Assistant
from ask_debbie.compose import Workshop, build_assistant
from ask_debbie.following import Follower
from ask_debbie.models.artifacts import ModelStore
from ask_debbie.settings import Settings

pytestmark = pytest.mark.slow


@pytest.fixture
def engine_lock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Two chat models at once on a few cores slow each other tenfold, so test processes take turns."""
    with FileLock(tmp_path_factory.getbasetemp().parent / "ask-debbie-engine.lock"):
        yield


def check(answer: Answer, assistant: Assistant) -> None:
    for citation in answer.citations:
        assert assistant.documents[citation.document].text[citation.start : citation.end] == citation.quote
    markers = [marker for sentence in answer.sentences for marker in sentence.markers]
    assert list(dict.fromkeys(markers)) == [citation.marker for citation in answer.citations]


def test_the_local_model_answers_and_starts_again_from_its_state(
    engine_lock: None, candidate_corpus: Path, models_dir: Path, tmp_path: Path
) -> None:
    settings = Settings.model_validate(
        {
            "engine": "local",
            "corpus": candidate_corpus,
            "models_dir": models_dir,
            "index_dir": tmp_path / "index",
        }
    )
    ModelStore(models_dir).ensure(settings.local_model)
    told: list[str] = []
    assistant = build_assistant(settings, say=told.append)
    assert assistant.engine == f"local:{settings.local_model}"

    asked = "¿Cuántos voluntarios ha formado?"  # in other languages the model is always asked
    first = assistant.ask(asked)
    assert first.status == "answered"
    assert first.engine == assistant.engine
    assert first.usage.prompt_tokens > 0
    assert first.timings.first_token_ms is not None
    assert "5" in first.text
    assert any("Trained 5 volunteers" in citation.quote for citation in first.citations)
    check(first, assistant)

    talk = [
        Message(role="user", content=asked),
        Message(role="assistant", content=first.text),
        Message(role="user", content="what did he train them to do?"),
    ]
    follow_up = assistant.ask(talk)
    assert follow_up.status == "answered"
    assert any("dive" in citation.quote for citation in follow_up.citations)
    check(follow_up, assistant)

    absent = assistant.ask("Does he speak Portuguese?")
    assert absent.status == "abstained"
    assert "Portuguese" in absent.text
    check(absent, assistant)

    (states,) = (tmp_path / "index").glob("*/states")
    saved = {path.name: path.stat().st_mtime_ns for path in states.iterdir() if path.is_file()}
    assert len(saved) == 1
    del assistant
    gc.collect()  # the first engine goes before the second comes

    again = build_assistant(settings, say=told.append)
    assert {path.name: path.stat().st_mtime_ns for path in states.iterdir() if path.is_file()} == saved
    answer = again.ask(asked)
    assert answer.engine == f"local:{settings.local_model}"
    assert answer.usage.prompt_tokens > 0
    assert "5" in answer.text
    check(answer, again)


def test_the_same_model_reads_what_was_edited(
    engine_lock: None, candidate_corpus: Path, models_dir: Path, tmp_path: Path
) -> None:
    """Until it has, the answers are quotes of the new documents; the weights aren't loaded again."""
    settings = Settings(
        engine="local", corpus=candidate_corpus, models_dir=models_dir, index_dir=tmp_path / "index"
    )
    workshop = Workshop(settings)
    first = workshop.first()
    came: queue.Queue[Assistant] = queue.Queue()
    resume = candidate_corpus / "resume.md"
    with Follower(workshop, first).following(came.put):
        resume.write_text(resume.read_text().replace("Trained 5 volunteers", "Trained 8 volunteers"))
        at_once, read = came.get(timeout=120), came.get(timeout=120)
    question = "How many volunteers did he train?"
    quoted, written, before = (one.ask(question) for one in (at_once, read, first))
    assert (quoted.engine, quoted.notice) == ("extractive", READING)
    assert (written.engine, written.notice) == (f"local:{settings.local_model}", None)
    assert " 8 volunteers" in quoted.text
    assert " 8 volunteers" in written.text
    assert " 5 volunteers" in before.text
    one, other = (assistant._drafter for assistant in (first, read))
    assert one is not None
    assert other is not None
    assert one.keep is other.keep
