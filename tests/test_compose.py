"""The assistant as it is put together, when the world changes under it."""

from __future__ import annotations

import shutil
from pathlib import Path

from ask_debbie.compose import build_assistant
from ask_debbie.settings import Settings


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
