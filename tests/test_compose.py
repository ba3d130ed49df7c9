"""The assistant as it is put together, when the world changes under it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ask_debbie.answering.answer import SentenceReady
from ask_debbie.answering.assistant import RESTING
from ask_debbie.compose import build_assistant, build_spend
from ask_debbie.errors import AskDebbieError
from ask_debbie.settings import Settings
from tests.answering.server import serving


def test_documents_that_vanish_while_serving_cost_nothing(
    candidate_corpus: Path, models_dir: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "corpus"
    shutil.copytree(candidate_corpus, folder)
    settings = Settings(
        corpus=folder, engine="extractive", models_dir=models_dir, index_dir=tmp_path / "index"
    )
    assistant = build_assistant(settings)
    question = assistant.profile.starters[0] if assistant.profile.starters else "What does she do?"
    before = assistant.ask(question)
    shutil.rmtree(folder)
    after = assistant.ask(question)
    assert after.sentences == before.sentences
    assert after.citations == before.citations


def test_an_index_that_vanishes_while_serving_leaves_the_keywords(
    candidate_corpus: Path, models_dir: Path, tmp_path: Path
) -> None:
    settings = Settings(
        corpus=candidate_corpus, engine="extractive", models_dir=models_dir, index_dir=tmp_path / "index"
    )
    assistant = build_assistant(settings)
    store = assistant._retriever.store
    assert store is not None
    store.delete_collection()
    answer = assistant.ask("How many people did she lead, and where?")
    assert answer.status in {"answered", "abstained"}


QUESTION = "Has he trained any volunteers?"


def test_the_days_dollars_are_never_passed(candidate_corpus: Path, models_dir: Path, tmp_path: Path) -> None:
    with serving("well", "He trained 5 volunteers to dive in the exhibit.") as server:
        settings = Settings(
            corpus=candidate_corpus,
            engine="openai",
            models_dir=models_dir,
            index_dir=tmp_path / "index",
            openai_base_url=server.url,
            openai_input_price=1.0,
            openai_output_price=1.0,
            daily_cap=0.006,  # an answer of this server comes to 0.0025
        )
        assistant = build_assistant(settings)
        answers = [assistant.ask(QUESTION) for _ in range(4)]
        engines = [answer.engine for answer in answers]
        assert engines == ["openai:gpt-4.1-mini", "openai:gpt-4.1-mini", "extractive", "extractive"]
        assert len(server.bodies) == 2
    assert assistant.spend is not None
    assert assistant.spend.dollars == pytest.approx(0.005)
    assert {answer.status for answer in answers} == {"answered"}
    assert answers[-1].notice == RESTING
    assert assistant.engine == "extractive"


def test_who_leaves_early_is_counted_as_the_dearest(
    candidate_corpus: Path, models_dir: Path, tmp_path: Path
) -> None:
    with serving(
        "well", "He trained 5 volunteers to dive in the exhibit. He cared for 42 species."
    ) as server:
        settings = Settings(
            corpus=candidate_corpus,
            engine="openai",
            models_dir=models_dir,
            index_dir=tmp_path / "index",
            openai_base_url=server.url,
            openai_input_price=1.0,
            openai_output_price=1.0,
            daily_cap=1,
        )
        assistant = build_assistant(settings)
        stream = assistant.stream([{"role": "user", "content": QUESTION}])
        assert any(isinstance(event, SentenceReady) for event in stream)
        stream.close()  # type: ignore[attr-defined]
    assert assistant.spend is not None
    assert assistant.spend.dollars > 0.001


def test_a_refused_request_costs_nothing(candidate_corpus: Path, models_dir: Path, tmp_path: Path) -> None:
    with serving("429", "") as server:
        settings = Settings(
            corpus=candidate_corpus,
            engine="openai",
            models_dir=models_dir,
            index_dir=tmp_path / "index",
            openai_base_url=server.url,
            openai_input_price=1.0,
            openai_output_price=1.0,
            daily_cap=1,
        )
        assistant = build_assistant(settings)
        assert assistant.ask(QUESTION).engine == "extractive"
    assert assistant.spend is not None
    assert assistant.spend.dollars == 0


def test_a_cap_without_prices_is_refused(candidate_corpus: Path) -> None:
    with pytest.raises(AskDebbieError, match="needs prices"):
        build_spend(Settings(corpus=candidate_corpus, daily_cap=1))
