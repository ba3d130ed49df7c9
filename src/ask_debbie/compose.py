"""The assistant, put together from the settings. The one place that knows every part."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from ask_debbie.answering.assistant import READING, RESTING, Assistant
from ask_debbie.answering.scope_examples import ScopeExamples
from ask_debbie.corpus.corpus import Corpus, read_corpus
from ask_debbie.counters import Counters
from ask_debbie.engines import Engines, Say, quiet
from ask_debbie.errors import ArtifactError, AskDebbieError, StoreError
from ask_debbie.models.artifacts import ModelStore, Progress, silent
from ask_debbie.models.embeddings import MiniLM
from ask_debbie.models.spend import Spend
from ask_debbie.retrieval.chroma_client import memory_client, open_client
from ask_debbie.retrieval.index import Built, PassageIndex
from ask_debbie.retrieval.retriever import HybridRetriever
from ask_debbie.settings import Settings


def build_assistant(
    settings: Settings,
    *,
    progress: Progress = silent,
    say: Say = quiet,
    today: Callable[[], dt.date] = dt.date.today,
) -> Assistant:
    """The assistant that the settings ask for, or the nearest that can be had.

    What fails along the way (no key, no network, no weights, no room for the index) is told through ``say``
    and costs fluency or speed, never the answer.

    Args:
        progress: told of downloads, embedding and the model's first reading of the documents.
        say: told, in plain sentences, what the owner should know.
        today: the day that "present" means.

    Raises:
        CorpusError: The corpus can't be read.
    """
    return Workshop(settings, progress=progress, say=say, today=today).first()


class Workshop:
    """Makes an assistant for each state of one corpus; what takes long to make, they share.

    Args: as of :func:`build_assistant`.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        progress: Progress = silent,
        say: Say = quiet,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self.settings = settings
        self.progress = progress
        self.say = say
        self._today = today
        self._index: PassageIndex | None = None

    def first(self) -> Assistant:
        """The assistant for the corpus as it is now, when all has been read.

        Raises:
            CorpusError: The corpus can't be read.
        """
        corpus = read_corpus(self.settings.corpus)
        for warning in corpus.warnings:
            self.say(warning)
        # nothing but the chosen engine may see a question: LangChain's tracing would send them elsewhere
        os.environ["LANGSMITH_TRACING"] = os.environ["LANGCHAIN_TRACING_V2"] = "false"
        assistant = self.at_once(corpus)
        return self.after_reading(assistant) if self.has_to_read else assistant

    def at_once(self, corpus: Corpus) -> Assistant:
        """The assistant for a corpus that the local model hasn't read: it leaves the writing to others."""
        retriever = self._retriever(corpus)
        retriever.search(corpus.profile.name)  # loads what is loaded on first use
        engines = self._engines
        drafter = engines.paid(corpus)
        notice = RESTING if engines.wanted and drafter is None else None
        return Assistant(
            corpus,
            retriever,
            drafter,
            today=self._today,
            notice=READING if notice and engines.has_local else notice,
            max_question=self.settings.max_question,
            examples=self._examples,
        )

    @property
    def has_to_read(self) -> bool:
        """Whether there is a local model, which has to read a corpus before it can write of it."""
        return self._engines.has_local

    def after_reading(self, assistant: Assistant, progress: Progress | None = None) -> Assistant:
        """The same assistant with the local model, once that has read the corpus.

        Args:
            progress: told of the reading; what it raises ends that.

        Raises:
            TurnsFullError: Too many are waiting for the model.
        """
        local = self._engines.local(assistant.corpus, progress or self.progress)
        return assistant.with_local(local, as_spare=self._engines.is_paid)

    def _tell(self, text: str) -> None:
        self.say(text)

    @cached_property
    def _engines(self) -> Engines:
        states = _home(self.settings) / "states"
        return Engines(self.settings, build_spend(self.settings), states, self.progress, self._tell)

    @cached_property
    def _embeddings(self) -> MiniLM | None:
        try:
            return MiniLM.from_store(ModelStore(self.settings.models_dir), self.progress)
        except ArtifactError as error:
            self.say(f"{error} Until then the search goes by keywords alone.")
            return None

    @cached_property
    def _examples(self) -> ScopeExamples | None:
        if self._embeddings is None:
            return None
        return ScopeExamples.load(self._embeddings, self.settings.models_dir, self.progress)

    def _retriever(self, corpus: Corpus) -> HybridRetriever:
        if self._embeddings is None:
            return HybridRetriever(passages=corpus.passages)
        try:
            self._index = index = self._index or _index(self.settings, self._embeddings)
            index.update(corpus, _embedding(self.progress))
            return HybridRetriever(passages=corpus.passages, store=index.store(corpus))
        except StoreError as error:
            self.say(f"{error} It is kept in memory for now.")
            index = PassageIndex(memory_client(), self._embeddings, index_name(self.settings.corpus))
            index.update(corpus, _embedding(self.progress))
            return HybridRetriever(passages=corpus.passages, store=index.store(corpus))


def build_retriever(
    settings: Settings, corpus: Corpus, *, progress: Progress = silent, say: Say = quiet
) -> HybridRetriever:
    """Search over an index that is brought up to date; by keyword alone where vectors can't be had."""
    return Workshop(settings, progress=progress, say=say)._retriever(corpus)


def build_quoting_assistant(
    settings: Settings,
    corpus: Corpus,
    embeddings: MiniLM | None,
    *,
    progress: Progress = silent,
    today: Callable[[], dt.date] = dt.date.today,
) -> Assistant:
    """An assistant without a chat model, to learn what a corpus can answer; its index is in memory alone.

    Args:
        embeddings: None searches by keywords alone, and finds less.
    """
    store = None
    if embeddings is not None:
        index = PassageIndex(memory_client(), embeddings, index_name(settings.corpus))
        index.update(corpus, _embedding(progress))
        store = index.store(corpus)
    retriever = HybridRetriever(passages=corpus.passages, store=store)
    return Assistant(corpus, retriever, today=today, max_question=settings.max_question)


def build_counters(settings: Settings) -> Counters:
    """Counts of this process, or those that Redis shares.

    Raises:
        AskDebbieError: Redis is asked for, and can't be used.
    """
    return Counters(settings.redis_url.get_secret_value() if settings.redis_url else None)


def build_spend(settings: Settings) -> Spend | None:
    """The day's dollars, where something caps them.

    Raises:
        AskDebbieError: There is a cap, and no price to count by.
    """
    if settings.daily_cap is None:
        return None
    if settings.openai_input_price is None or settings.openai_output_price is None:
        raise AskDebbieError(
            "ASK_DEBBIE_DAILY_CAP needs prices to count by: set ASK_DEBBIE_OPENAI_INPUT_PRICE and "
            "ASK_DEBBIE_OPENAI_OUTPUT_PRICE."
        )
    return Spend(build_counters(settings), settings.daily_cap)


def update_index(settings: Settings, *, progress: Progress = silent, say: Say = quiet) -> Built:
    """Bring the index up to date, and nothing else.

    Raises:
        AskDebbieError: where it can't be.
    """
    corpus = read_corpus(settings.corpus)
    for warning in corpus.warnings:
        say(warning)
    embeddings = MiniLM.from_store(ModelStore(settings.models_dir), progress)
    return _index(settings, embeddings).update(corpus, _embedding(progress))


def index_name(folder: Path) -> str:
    """A corpus folder's name in a store, by its resolved path."""
    path = folder.resolve()
    slug = re.sub(r"[^a-z0-9]+", "-", path.name.lower()).strip("-")[:24] or "corpus"
    return f"ad-{slug}-{hashlib.sha256(str(path).encode()).hexdigest()[:10]}"


def _home(settings: Settings) -> Path:
    return settings.index_dir / index_name(settings.corpus)


def _index(settings: Settings, embeddings: MiniLM) -> PassageIndex:
    home = _home(settings)
    client = open_client(
        home / "chroma",
        url=settings.chroma_url,
        tenant=settings.chroma_tenant,
        database=settings.chroma_database,
        token=settings.chroma_token.get_secret_value() if settings.chroma_token else None,
    )
    lock = None if settings.chroma_url else home / "index.lock"
    room = None if settings.chroma_url else home
    return PassageIndex(client, embeddings, index_name(settings.corpus), lock, room)


def _embedding(progress: Progress) -> Callable[[int, int], None]:
    return lambda done, total: progress(done, total, "Indexing the documents")
