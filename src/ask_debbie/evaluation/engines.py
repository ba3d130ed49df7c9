"""The assistant as the evaluation asks it: known by name before it is built, built when first asked, and let go."""

from __future__ import annotations

import datetime as dt
import gc
import json
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from ask_debbie.answering.answer import Answer, Message
from ask_debbie.answering.assistant import Assistant
from ask_debbie.compose import build_assistant
from ask_debbie.corpus.document import Passage
from ask_debbie.errors import EngineError
from ask_debbie.models.artifacts import ModelStore, Progress, silent
from ask_debbie.models.catalog import EMBEDDINGS, TOKENIZER
from ask_debbie.settings import Engine, Settings


def _quiet(text: str) -> None:
    del text


def resolved_engine(settings: Settings) -> Engine:
    """The engine that ``auto`` stands for with these settings; any other is itself."""
    if settings.engine != "auto":
        return settings.engine
    has_server = settings.openai_api_key is not None or settings.openai_base_url is not None
    return "openai" if has_server else "local"


class LazyAssistant:
    """An Answerer that loads no model while all its answers are in the cache.

    Used as a context; at its end the assistant is let go, so that one model at a time is in memory. It stands for
    one engine: where that can't be had, asking fails, rather than evaluating another under its name.

    Args:
        settings: with the corpus, the engine and its model.
        today: the day that "present" means.
        say: told, in plain sentences, what the owner should know.
    """

    def __init__(
        self,
        settings: Settings,
        today: dt.date,
        *,
        progress: Progress = silent,
        say: Callable[[str], None] = _quiet,
    ) -> None:
        self._settings = settings
        self._today = today
        self._progress = progress
        self._say = say
        self._assistant: Assistant | None = None
        self._engine = resolved_engine(settings)

    @property
    def name(self) -> str:
        models = {"local": self._settings.local_model, "openai": self._settings.openai_model}
        return f"{self._engine}:{models[self._engine]}" if self._engine in models else self._engine

    @property
    def identity(self) -> str:
        s = self._settings
        parts: dict[str, str | int | None] = {"name": self.name, "max_question": s.max_question}
        match self._engine:
            case "local":
                file = ModelStore(s.models_dir).file(s.local_model)
                parts |= {"file": file.filename, "sha256": file.sha256, "threads": s.threads}
            case "openai":
                prices = [s.openai_input_price, s.openai_output_price]
                parts |= {"server": s.openai_base_url, "prices": str(prices)}
        return json.dumps(parts)

    def ask(self, messages: Sequence[Message]) -> Answer:
        return self._built().ask(messages)

    def find(self, messages: Sequence[Message]) -> tuple[Passage, ...]:
        return self._built().find(messages)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the assistant go, with its model; the next question builds another."""
        self._assistant = None
        gc.collect()  # the local model's server stops when its last reference goes

    def _built(self) -> Assistant:
        if self._assistant is None:
            store = ModelStore(self._settings.models_dir)
            for file in (EMBEDDINGS, TOKENIZER):  # without these the search would quietly be a lesser one
                store.ensure(file.name, self._progress)
            said: list[str] = []
            assistant = build_assistant(
                self._settings, progress=self._progress, say=said.append, today=lambda: self._today
            )
            if assistant.engine != self.name:
                raise EngineError(f"{self.name} can't be evaluated. {' '.join(said)}")
            for remark in said:
                self._say(remark)
            self._assistant = assistant
        return self._assistant
