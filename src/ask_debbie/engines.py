"""The chat models that the settings ask for: each is made once, and drafts about any state of the corpus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ask_debbie.answering.draft import Drafter
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.errors import AskDebbieError, EngineError
from ask_debbie.models.artifacts import ModelStore, Progress
from ask_debbie.models.llama import LlamaServer
from ask_debbie.models.spend import Spend
from ask_debbie.models.turns import Turns, TurnsFullError
from ask_debbie.settings import Settings

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

T = TypeVar("T")
Say = Callable[[str], None]

_LOCAL_CHARACTERS = 18_000  # of documents in the local model's prompt: about 4,500 of its 8,192 tokens
_LOCAL_PART = 9_000  # of longer ones: a part isn't worth a longer reading
_OPENAI_CHARACTERS = 60_000
_WAITING = 20  # visitors in the local model's queue


def quiet(text: str) -> None:
    """Tell nobody."""
    del text


@dataclass(frozen=True, slots=True)
class _Local:
    """The local model: its server, what speaks to it, and the queue in front."""

    server: LlamaServer
    chat: ChatOpenAI
    turns: Turns


class Engines:
    """Makes drafters for states of one corpus.

    Args:
        spend: the day's dollars, where something caps them.
        states: folder for what the local model keeps of its reading.
        progress: told of downloads.
        say: told of what can't be had.
    """

    def __init__(
        self, settings: Settings, spend: Spend | None, states: Path, progress: Progress, say: Say
    ) -> None:
        self.wanted = settings.engine != "extractive"
        self.is_paid = settings.engine == "openai" or (settings.engine == "auto" and _has_server(settings))
        self._settings = settings
        self._spend = spend
        self._say = say
        self._paid = self._tried(lambda: _open_paid(settings)) if self.is_paid else None
        spare = self.is_paid and spend is not None and settings.after_cap == "local"
        wants_local = spare or (self.wanted and not self.is_paid)
        self._local = self._tried(lambda: _open_local(settings, states, progress)) if wants_local else None

    @property
    def has_local(self) -> bool:
        return self._local is not None

    def paid(self, corpus: Corpus) -> Drafter | None:
        """Who drafts for money, if somebody does."""
        if self._paid is None:
            return None
        settings = self._settings
        prices = None
        if settings.openai_input_price is not None and settings.openai_output_price is not None:
            prices = (settings.openai_input_price, settings.openai_output_price)
        return Drafter(
            self._paid,
            corpus,
            name=f"openai:{settings.openai_model}",
            label="OpenAI" if settings.openai_base_url is None else settings.openai_model,
            budget=_OPENAI_CHARACTERS,
            prices=prices,
            spend=self._spend,
        )

    def local(self, corpus: Corpus, progress: Progress) -> Drafter | None:
        """Who drafts on this machine, once the model has read the corpus; None where it can't.

        Reading waits for its turn, and visitors wait for it: some 20 seconds where nothing of it is known.

        Args:
            progress: told of the reading; what it raises ends that.

        Raises:
            TurnsFullError: Too many are waiting for the model.
        """
        local = self._local
        return self._tried(lambda: self._read(local, corpus, progress)) if local else None

    def _read(self, local: _Local, corpus: Corpus, progress: Progress) -> Drafter:
        from ask_debbie.models.prefix import warm

        drafter = Drafter(
            local.chat,
            corpus,
            name=f"local:{self._settings.local_model}",
            label="Local model",
            budget=_LOCAL_CHARACTERS,
            part=_LOCAL_PART,
            turns=local.turns,
            keep=local.server,
            reads_lines=True,
        )
        with local.turns.join() as ticket:
            for _ in ticket.wait():
                pass
            warm(local.server, drafter.system, progress)
        drafter.warm_up()
        return drafter

    def _tried(self, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except TurnsFullError:
            raise
        except AskDebbieError as error:
            self._say(f"{error} Answers are quoted directly until then.")
            return None


def _has_server(settings: Settings) -> bool:
    return settings.openai_api_key is not None or settings.openai_base_url is not None


def _open_paid(settings: Settings) -> ChatOpenAI:
    from ask_debbie.models.chat import openai_chat

    if not _has_server(settings):
        raise EngineError(
            "The openai engine needs a key: set OPENAI_API_KEY, or OPENAI_BASE_URL for another server."
        )
    return openai_chat(
        model=settings.openai_model,
        api_key=settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none",
        base_url=settings.openai_base_url,
        first_token_timeout=settings.first_token_timeout,
        answer_timeout=settings.answer_timeout,
    )


def _open_local(settings: Settings, states: Path, progress: Progress) -> _Local:
    from ask_debbie.models.chat import local_chat

    server = LlamaServer.from_store(
        ModelStore(settings.models_dir),
        settings.local_model,
        states=states,
        threads=settings.threads,
        progress=progress,
    )
    model = local_chat(
        server, first_token_timeout=settings.first_token_timeout, answer_timeout=settings.answer_timeout
    )
    return _Local(server, model, Turns(_WAITING))
