"""The assistant, put together from the settings. The one place that knows every part."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

from ask_debbie.answering.assistant import RESTING, Assistant
from ask_debbie.answering.draft import Drafter
from ask_debbie.answering.scope_examples import ScopeExamples
from ask_debbie.corpus.corpus import Corpus, read_corpus
from ask_debbie.counters import Counters
from ask_debbie.errors import ArtifactError, AskDebbieError, EngineError, StoreError
from ask_debbie.models.artifacts import ModelStore, Progress, silent
from ask_debbie.models.embeddings import MiniLM
from ask_debbie.models.spend import Spend
from ask_debbie.retrieval.index import Built, PassageIndex, memory_client, open_client
from ask_debbie.retrieval.retriever import HybridRetriever
from ask_debbie.settings import Settings

Say = Callable[[str], None]

_LOCAL_CHARACTERS = 18_000  # of documents in the local model's prompt: about 4,500 of its 8,192 tokens
_OPENAI_CHARACTERS = 60_000
_WAITING = 20  # visitors in the local model's queue


def _quiet(text: str) -> None:
    del text


def build_assistant(
    settings: Settings,
    *,
    progress: Progress = silent,
    say: Say = _quiet,
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
    corpus = read_corpus(settings.corpus)
    for warning in corpus.warnings:
        say(warning)
    # nothing but the chosen engine may see a question: LangChain's tracing would send them elsewhere
    os.environ["LANGSMITH_TRACING"] = os.environ["LANGCHAIN_TRACING_V2"] = "false"
    retriever = build_retriever(settings, corpus, progress=progress, say=say)
    retriever.search(corpus.profile.name)  # loads what is loaded on first use
    spend = build_spend(settings)
    drafter = _drafter(settings, corpus, spend, progress, say)
    spare = None
    if spend is not None and settings.after_cap == "local" and _is_paid(settings):
        local = settings.model_copy(update={"engine": "local"})
        spare = _drafter(local, corpus, None, progress, say)
    wanted_model = settings.engine != "extractive"
    return Assistant(
        corpus,
        retriever,
        drafter,
        spare=spare,
        today=today,
        notice=RESTING if wanted_model and drafter is None else None,
        max_question=settings.max_question,
        examples=_scope_examples(settings, progress),
    )


def _scope_examples(settings: Settings, progress: Progress) -> ScopeExamples | None:
    store = ModelStore(settings.models_dir)
    try:
        return ScopeExamples.load(MiniLM.from_store(store, progress), settings.models_dir, progress)
    except ArtifactError:
        return None  # build_retriever has said so


def build_retriever(
    settings: Settings, corpus: Corpus, *, progress: Progress = silent, say: Say = _quiet
) -> HybridRetriever:
    """Search over an index that is brought up to date; by keyword alone where vectors can't be had."""
    try:
        embeddings = MiniLM.from_store(ModelStore(settings.models_dir), progress)
    except ArtifactError as error:
        say(f"{error} Until then the search goes by keywords alone.")
        return HybridRetriever(passages=corpus.passages)
    try:
        index = _index(settings, embeddings)
        index.update(corpus, _embedding(progress))
        return HybridRetriever(passages=corpus.passages, store=index.store(corpus))
    except StoreError as error:
        say(f"{error} It is kept in memory for now.")
        index = PassageIndex(memory_client(), embeddings, index_name(settings.corpus))
        index.update(corpus, _embedding(progress))
        return HybridRetriever(passages=corpus.passages, store=index.store(corpus))


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


def update_index(settings: Settings, *, progress: Progress = silent, say: Say = _quiet) -> Built:
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


def _drafter(
    settings: Settings, corpus: Corpus, spend: Spend | None, progress: Progress, say: Say
) -> Drafter | None:
    if settings.engine == "extractive":
        return None
    try:
        if _is_paid(settings):
            return _openai(settings, corpus, spend)
        return _local(settings, corpus, progress)
    except AskDebbieError as error:
        say(f"{error} Answers are quoted directly until then.")
        return None


def _is_paid(settings: Settings) -> bool:
    return settings.engine == "openai" or (settings.engine == "auto" and _has_server(settings))


def _has_server(settings: Settings) -> bool:
    return settings.openai_api_key is not None or settings.openai_base_url is not None


def _openai(settings: Settings, corpus: Corpus, spend: Spend | None) -> Drafter:
    from ask_debbie.models.chat import openai_chat

    if not _has_server(settings):
        raise EngineError(
            "The openai engine needs a key: set OPENAI_API_KEY, or OPENAI_BASE_URL for another server."
        )
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none"
    model = openai_chat(
        model=settings.openai_model,
        api_key=key,
        base_url=settings.openai_base_url,
        first_token_timeout=settings.first_token_timeout,
        answer_timeout=settings.answer_timeout,
    )
    prices = None
    if settings.openai_input_price is not None and settings.openai_output_price is not None:
        prices = (settings.openai_input_price, settings.openai_output_price)
    return Drafter(
        model,
        corpus,
        name=f"openai:{settings.openai_model}",
        label="OpenAI" if settings.openai_base_url is None else settings.openai_model,
        budget=_OPENAI_CHARACTERS,
        prices=prices,
        spend=spend,
    )


def _local(settings: Settings, corpus: Corpus, progress: Progress) -> Drafter:
    from ask_debbie.models.chat import local_chat
    from ask_debbie.models.llama import LlamaServer
    from ask_debbie.models.prefix import warm
    from ask_debbie.models.turns import Turns

    server = LlamaServer.from_store(
        ModelStore(settings.models_dir),
        settings.local_model,
        states=_home(settings) / "states",
        threads=settings.threads,
        progress=progress,
    )
    model = local_chat(
        server, first_token_timeout=settings.first_token_timeout, answer_timeout=settings.answer_timeout
    )
    drafter = Drafter(
        model,
        corpus,
        name=f"local:{settings.local_model}",
        label="Local model",
        budget=_LOCAL_CHARACTERS,
        turns=Turns(_WAITING),
        keep=server,
        reads_lines=True,
    )
    warm(server, drafter.system, progress)
    drafter.warm_up()
    return drafter
