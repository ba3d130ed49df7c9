"""A fictional candidate to ask about, and a chat model whose replies are written by the test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from ask_debbie.answering.answer import Answer, Message
from ask_debbie.answering.assistant import Assistant
from ask_debbie.answering.draft import Drafter
from ask_debbie.corpus.corpus import Corpus, read_corpus
from ask_debbie.models.artifacts import ModelStore
from ask_debbie.models.embeddings import MiniLM
from ask_debbie.models.turns import Turns
from ask_debbie.retrieval.chroma_client import memory_client
from ask_debbie.retrieval.index import PassageIndex
from ask_debbie.retrieval.retriever import HybridRetriever

TODAY = dt.date(2026, 11, 1)

PROFILE = """\
name = "Noor Halvorsen"
pronouns = "she/her"
headline = "Charge nurse · Bergen"
starters = ["Has she led teams?", "Which record systems has she used?", "What did she study?"]

[contact]
email = "noor@example.org"
policy = "You can ask Noor at noor@example.org."
"""
RESUME = """\
# Noor Halvorsen

- Email: noor@example.org
- Phone: +47 55 50 12 34
- Location: Bergen, Norway

## Experience

### Fjordside Hospital

#### Charge Nurse, Intensive Care Unit

3/2019-present

- Led a night team of 6 nurses who look after 14 ventilated patients.
- Moved the unit's records from paper charts to MetaVision in 9 weeks.
- Trained 23 new nurses in central line care, after which line infections fell by 40%.
- Ran a blood drive that was never cancelled.

### Red Cross Clinic

#### Staff Nurse, Children's Ward

8/2014-2/2019

- Cared for 30 children a week in the children's ward.
- Organised a vaccination day with 4 volunteers, at which 512 families were reached.
- Negotiated a $75K grant for isolation rooms.

## Skills

- Record systems: MetaVision, DIPS Arena, Cerner
- Languages: Norwegian, English, Spanish

## Education

### University of Bergen

B.Sc. in Nursing, Minor in Gender Studies

Graduated: 6/2014
"""
PROJECT = """\
# Quiet Nights

Lowered the noise of alarms on the ward at night with 3 colleagues. Measured noise with sound meters from
Bruel, and 61 patients slept longer.
"""
FILES: Mapping[str, str] = {"profile.toml": PROFILE, "resume.md": RESUME, "projects/quiet-nights.md": PROJECT}

_NAMES = count()


class ScriptedModel(BaseChatModel):
    """Streams what a test wrote, one reply a call, and notes what it was sent.

    A reply is a text, streamed in pieces of ``piece`` characters, or a list of texts and errors, each text one
    piece and each error raised in its place. After the last reply the queue is empty, and a call fails the test.
    """

    piece: int = 7
    _replies: list[str | list[str | BaseException]] = PrivateAttr(default_factory=list)
    _usage: tuple[int, int] | None = PrivateAttr(default=None)
    _seen: list[list[BaseMessage]] = PrivateAttr(default_factory=list)
    _closed: list[int] = PrivateAttr(default_factory=list)

    @classmethod
    def of(
        cls, *replies: str | list[str | BaseException], usage: tuple[int, int] | None = None
    ) -> ScriptedModel:
        model = cls()
        model._replies.extend(replies)
        model._usage = usage
        return model

    @property
    def seen(self) -> list[list[BaseMessage]]:
        """The messages of each call."""
        return self._seen

    @property
    def unread(self) -> list[int]:
        """Of each call that ended, how many pieces were never asked for."""
        return self._closed

    @property
    def left(self) -> int:
        """How many replies nobody has asked for."""
        return len(self._replies)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        chunks = [chunk.message for chunk in self._stream(messages)]
        text = "".join(str(chunk.content) for chunk in chunks)
        return ChatResult(generations=[ChatGeneration(message=AIMessageChunk(content=text))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self._seen.append(messages)
        assert self._replies, "the model was asked more often than the test expects"
        reply = self._replies.pop(0)
        pieces: list[str | BaseException] = (
            [reply[i : i + self.piece] for i in range(0, len(reply), self.piece)]
            if isinstance(reply, str)
            else reply
        )
        given = 0
        try:
            for piece in pieces:
                given += 1
                if isinstance(piece, BaseException):
                    raise piece
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
            if self._usage is not None:
                sent, written = self._usage
                usage = UsageMetadata(input_tokens=sent, output_tokens=written, total_tokens=sent + written)
                yield ChatGenerationChunk(message=AIMessageChunk(content="", usage_metadata=usage))
        finally:
            self._closed.append(len(pieces) - given)


AssistantOf = Callable[..., Assistant]


def write_corpus(folder: Path, files: Mapping[str, str]) -> Path:
    """The folder, with the files of a corpus in it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def user(*questions: str) -> list[Message]:
    """A conversation in which nobody answered yet."""
    return [Message(role="user", content=question) for question in questions]


def check_whole(answer: Answer, assistant: Assistant) -> None:
    """What holds of every answer: verbatim quotes, and markers that are the citations, in order of appearance."""
    for citation in answer.citations:
        text = assistant.documents[citation.document].text
        assert text[citation.start : citation.end] == citation.quote
        assert citation.quote.strip()
    markers = [marker for sentence in answer.sentences for marker in sentence.markers]
    assert list(dict.fromkeys(markers)) == [citation.marker for citation in answer.citations]
    assert [citation.marker for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert answer.sentences
    assert all(sentence.text.strip() for sentence in answer.sentences)


@pytest.fixture(scope="session")
def minilm(models_dir: Path) -> MiniLM:
    return MiniLM.from_store(ModelStore(models_dir), threads=1)


@pytest.fixture(scope="session")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("noor"), FILES)


@pytest.fixture(scope="session")
def corpus(corpus_folder: Path) -> Corpus:
    return read_corpus(corpus_folder)


@pytest.fixture(scope="session")
def retriever_of(minilm: MiniLM) -> Callable[[Corpus], HybridRetriever]:
    """Search over any corpus, in a Chroma of this process's memory."""

    def build(corpus: Corpus) -> HybridRetriever:
        index = PassageIndex(memory_client(), minilm, f"answering-{next(_NAMES)}")
        index.update(corpus)
        return HybridRetriever(passages=corpus.passages, store=index.store(corpus))

    return build


@pytest.fixture(scope="session")
def retriever(corpus: Corpus, retriever_of: Callable[[Corpus], HybridRetriever]) -> HybridRetriever:
    return retriever_of(corpus)


@pytest.fixture(scope="session")
def assistant(corpus: Corpus, retriever: HybridRetriever) -> Assistant:
    """Answers about Noor in her documents' own words, with no model."""
    return Assistant(corpus, retriever, today=lambda: TODAY)


@pytest.fixture(scope="session")
def assistant_with(corpus: Corpus, retriever: HybridRetriever) -> AssistantOf:
    """Answers about Noor with a scripted model."""

    def build(
        model: BaseChatModel, *, turns: Turns | None = None, prices: tuple[float, float] | None = None
    ) -> Assistant:
        drafter = Drafter(
            model, corpus, name="scripted", label="A script", budget=20_000, turns=turns, prices=prices
        )
        return Assistant(corpus, retriever, drafter, today=lambda: TODAY)

    return build


@pytest.fixture
def assistant_of(tmp_path: Path, retriever_of: Callable[[Corpus], HybridRetriever]) -> AssistantOf:
    """Answers from any files, with a scripted model or none."""

    def build(files: Mapping[str, str], model: BaseChatModel | None = None) -> Assistant:
        corpus = read_corpus(write_corpus(tmp_path / f"corpus-{next(_NAMES)}", files))
        drafter = model and Drafter(model, corpus, name="scripted", label="A script", budget=20_000)
        return Assistant(corpus, retriever_of(corpus), drafter or None, today=lambda: TODAY)

    return build
