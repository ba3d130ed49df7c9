"""Prints each speed bar beside what was measured. Nothing else should run meanwhile."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from ask_debbie.compose import build_assistant, build_retriever
from ask_debbie.corpus.corpus import read_corpus
from ask_debbie.models.artifacts import ModelStore
from ask_debbie.models.chat import local_chat
from ask_debbie.models.embeddings import MiniLM
from ask_debbie.models.llama import LlamaServer
from ask_debbie.settings import Settings
from ask_debbie.terminal_progress import terminal_progress
from benchmarks.plain import PlainPipeline, chroma_default

QUESTIONS = (
    "How many engineers did she manage on the migration to DynamoDB?",
    "What did she do about production incidents?",
    "Which web framework is the escape room built on?",
    "Has she mentored anyone?",
    "What did she build with Kafka?",
)
QUERIES = tuple(
    f"{question} {word}" for question in QUESTIONS for word in ("", "please", "at work", "exactly")
)


def main() -> None:
    settings = Settings(engine="local")
    if sys.argv[1:] == ["restart"]:
        print(json.dumps(_restart(settings)))
        return
    table = Table("What", "ask-debbie", "plain", "times", "bar", box=None)
    with terminal_progress() as progress:
        build_assistant(
            settings, progress=progress
        )  # the index and the model's state are in place after this
    restart = json.loads(
        subprocess.run(
            [sys.executable, "-m", "benchmarks", "restart"], check=True, capture_output=True, text=True
        ).stdout.splitlines()[-1]
    )
    plain_first, plain_whole = _plain(settings)
    for label, ours in (
        ("first token, second question on", restart["first_token"]),
        ("first shown text, second question on", restart["first_text"]),
        ("first token, first question after a restart", restart["first_after_restart"]),
        ("first shown text, first question after a restart", restart["text_after_restart"]),
    ):
        table.add_row(label, f"{ours:.2f} s", f"{plain_first:.2f} s", f"{plain_first / ours:.1f}", "≥ 10")
    whole = restart["whole"]
    table.add_row("whole answer", f"{whole:.2f} s", f"{plain_whole:.2f} s", f"{plain_whole / whole:.1f}", "")
    ours, theirs = _retrieval(settings)
    table.add_row("retrieval", f"{ours * 1000:.1f} ms", "", "", "≤ 30 ms")
    table.add_row(
        "  against Chroma's default embedding alone",
        f"{ours * 1000:.1f} ms",
        f"{theirs * 1000:.1f} ms",
        f"{theirs / ours:.1f}",
        "≥ 5",
    )
    table.add_row("ready after a restart", f"{restart['ready']:.1f} s", "", "", "≤ 8 s")
    table.add_row("resident memory", f"{restart['memory'] / 1e9:.2f} GB", "", "", "≤ 2.5 GB")
    Console(width=130).print(table)


def _restart(settings: Settings) -> dict[str, float]:
    """What a new process measures: from its start until ready, then its answers; seconds and bytes."""
    assistant = build_assistant(settings)
    ready = time.time() - psutil.Process().create_time()
    answers = [assistant.ask(question) for question in QUESTIONS]
    tokens = [a.timings.first_token_ms for a in answers]
    texts = [a.timings.first_text_ms for a in answers]
    assert all(t is not None for t in tokens + texts), "every question has to reach the model"
    token_s = [t / 1000 for t in tokens if t is not None]
    text_s = [t / 1000 for t in texts if t is not None]
    return {
        "ready": ready,
        "first_after_restart": token_s[0],
        "text_after_restart": text_s[0],
        "first_token": statistics.median(token_s[1:]),
        "first_text": statistics.median(text_s[1:]),
        "whole": statistics.median(a.timings.total_ms / 1000 for a in answers[1:]),
        "memory": float(psutil.Process().memory_info().rss),
    }


def _plain(settings: Settings) -> tuple[float, float]:
    """Medians of the plain pipeline's first token and whole answer, in seconds, from its second question on."""
    store = ModelStore(settings.models_dir)
    with (
        tempfile.TemporaryDirectory() as states,
        LlamaServer.from_store(
            store, settings.local_model, states=Path(states), threads=settings.threads
        ) as server,
    ):
        model = local_chat(server, first_token_timeout=120, answer_timeout=300)
        pipeline = PlainPipeline(read_corpus(settings.corpus), MiniLM.from_store(store), model)
        measured = [pipeline.first_and_whole(question) for question in QUESTIONS][1:]
    return statistics.median(first for first, _ in measured), statistics.median(
        whole for _, whole in measured
    )


def _retrieval(settings: Settings) -> tuple[float, float]:
    """Medians of our whole retrieval and of Chroma's default embedding of the question alone, in seconds."""
    retriever = build_retriever(settings, read_corpus(settings.corpus))
    with tempfile.TemporaryDirectory() as folder:
        default = chroma_default(ModelStore(settings.models_dir), Path(folder))
        return _median(retriever.search), _median(lambda query: default([query]))


def _median(search: Callable[[str], object]) -> float:
    search(QUERIES[0])
    taken = []
    for query in QUERIES:
        started = time.perf_counter()
        search(query)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
