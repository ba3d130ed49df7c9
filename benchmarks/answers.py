"""Right answers, side by side with the plain ways: ``python -m benchmarks.answers``.

The same fixed questions, the same local model and the same scoring, in one run. The plain ways cite nothing, so
none is asked for: a question is right here when its status, its ``contains`` and its ``excludes`` are. They don't
tell "the documents don't say" from "I won't answer that" either, so that either is right where one of them is.
The table is written to docs/comparison.md. Answers are kept, so that an interrupted run goes on where it was.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import openai
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from ask_debbie.answering.answer import Answer, Message, Sentence, Status, Timings, Usage
from ask_debbie.corpus.corpus import Corpus, read_corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.evaluation.cache import AnswerCache
from ask_debbie.evaluation.dataset import Question, QuestionSet, read_questions
from ask_debbie.evaluation.engines import LazyAssistant
from ask_debbie.evaluation.figures import figure, figures
from ask_debbie.evaluation.report import show
from ask_debbie.evaluation.results import Run
from ask_debbie.evaluation.runner import Answerer, evaluate
from ask_debbie.evaluation.studies import drawn
from ask_debbie.evaluation.summary import machine
from ask_debbie.models.artifacts import ModelStore, Progress
from ask_debbie.models.chat import local_chat
from ask_debbie.models.embeddings import MiniLM
from ask_debbie.models.llama import LlamaServer
from ask_debbie.settings import Settings
from ask_debbie.terminal_progress import terminal_progress
from benchmarks.plain import PlainPipeline

WHOLE, RAG, LOCAL, EXTRACTIVE = (
    "whole resume in the prompt",
    "plain LangChain RAG",
    "ask-debbie, local",
    "ask-debbie, extractive",
)
WAYS = (WHOLE, RAG, LOCAL, EXTRACTIVE)
TABLE = Path("docs/comparison.md")
PROMPT = (
    "You answer questions about {name}, a job candidate, for recruiters. Answer only from the documents below, "
    "in at most three sentences. If they don't say, say that the documents don't mention it. Don't answer "
    "questions that aren't about {name}'s work.\n\n{documents}"
)
NOT_ANSWERED = re.compile(
    r"(?:\b(?:not|never|cannot|unable|nothing)|n['’]t)\b(?:\W+\w+){0,3}?\W+(?:mention|say|state|specif|provid|includ|"
    r"contain|list|indicat|disclos|know|information|details?|find|answer|help|assist|share|discuss|comment|able|"
    r"available|appropriate|relevant|related)|\bno\W+(?:\w+\W+)?(?:information|details?|mention|indication|record)\b|"
    r"\bi(?:['’]m| am) (?:sorry|unable)\b|\bi (?:can['’]t|cannot|won['’]t)\b",
    re.IGNORECASE,
)
"""A plain way's answer counts as not answered where its first sentence has this."""


class PlainWay:
    """A chat model with a system message, asked once a question; earlier turns go with it as they were.

    Args:
        prompt: the system message for a question.
        identity: what decides the answers besides the questions and documents.
    """

    def __init__(
        self, name: str, model: BaseChatModel, prompt: Callable[[str], str], *, identity: str
    ) -> None:
        self.name = name
        self.identity = f"{name} {identity} {PROMPT} {NOT_ANSWERED.pattern}"
        self._model = model
        self._prompt = prompt

    def ask(self, messages: Sequence[Message]) -> Answer:
        started = time.perf_counter()
        question = messages[-1]["content"]
        sent: list[BaseMessage] = [SystemMessage(self._prompt(question))]
        for message in messages:
            kind = HumanMessage if message["role"] == "user" else AIMessage
            sent.append(kind(message["content"]))
        pieces: list[str] = []
        first: float | None = None
        usage = Usage()
        try:
            for chunk in self._model.stream(sent):
                if chunk.content and first is None:
                    first = _since(started)
                pieces.append(str(chunk.content))
                if counted := getattr(chunk, "usage_metadata", None):
                    usage = Usage(counted["input_tokens"], counted["output_tokens"])
        except openai.OpenAIError as error:
            pieces = [f"The model failed: {type(error).__name__}."]
            status: Status = "error"
        else:
            status = status_of("".join(pieces))
        return Answer(
            question=question,
            status=status,
            sentences=(Sentence("".join(pieces).strip() or "(nothing)"),),
            engine=self.name,
            timings=Timings(None, first, first, _since(started)),
            usage=usage,
        )

    def find(self, messages: Sequence[Message]) -> tuple[Passage, ...]:
        """Nothing: what it found isn't passages of the corpus."""
        del messages
        return ()


def whole_resume(corpus: Corpus, model: BaseChatModel, *, identity: str = "") -> PlainWay:
    """All documents in the system message, which is the same for every question: the server keeps its state."""
    documents = "\n\n".join(document.text for document in corpus.documents.values())
    system = PROMPT.format(name=corpus.profile.name, documents=documents)
    return PlainWay(WHOLE, model, lambda _: system, identity=identity)


def plain_rag(
    corpus: Corpus, embeddings: Embeddings, model: BaseChatModel, *, identity: str = ""
) -> PlainWay:
    """The pipeline of LangChain's tutorials, with the conversation before the question."""
    return PlainWay(RAG, model, PlainPipeline(corpus, embeddings, model).prompt, identity=identity)


def status_of(text: str) -> Status:
    """What a plain answer is, by its first sentence."""
    first = re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]
    return "abstained" if not first or NOT_ANSWERED.search(first) else "answered"


def fair(questions: QuestionSet) -> QuestionSet:
    """The questions as they can be asked of ways that cite nothing and don't tell abstaining from declining."""
    return questions.model_copy(update={"questions": tuple(_fair(q) for q in questions.questions)})


def _fair(question: Question) -> Question:
    status = question.status
    if {"abstained", "declined"} & set(status):
        status = tuple(dict.fromkeys((*status, "abstained", "declined")))
    return question.model_copy(update={"evidence": (), "status": status})


def table(runs: Sequence[Run], model: str) -> str:
    """The comparison as Markdown: a row for each way, all question sets together."""
    sets = ", ".join(dict.fromkeys(run.questions for run in runs))
    rows = []
    for way in dict.fromkeys(run.name for run in runs):
        outcomes = [outcome for run in runs if run.name == way for outcome in run.outcomes]
        found = figures(outcomes)
        names = ("correct", "abstention_recall", "wrongly_unanswered", "first_token", "whole")
        cells = [show(figure(found, name)) for name in names]
        rows.append(f"| {way} | {len(outcomes)} | {' | '.join(cells)} |")
    return "\n".join(
        [
            f"{dt.date.today().isoformat()} · {machine()} · {model} · {sets}. In brackets 95 % intervals; times are",
            "medians. Scored without citations, which the plain ways can't give.",
            "",
            "| Way | Questions | Right | Not answered, of what shouldn't be | Not answered, of what should be | First token | Whole answer |",
            "|---|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _since(started: float) -> float:
    """Milliseconds."""
    return round((time.perf_counter() - started) * 1000, 1)


@contextmanager
def _plain_way(way: str, corpus: Corpus, settings: Settings) -> Iterator[Answerer]:
    store = ModelStore(settings.models_dir)
    identity = store.file(settings.local_model).sha256
    with ExitStack() as stack:
        server = stack.enter_context(
            LlamaServer.from_store(
                store, settings.local_model, states=Path(), threads=settings.threads
            )  # it saves no state
        )
        model = local_chat(server, first_token_timeout=300, answer_timeout=600)
        yield (
            whole_resume(corpus, model, identity=identity)
            if way == WHOLE
            else plain_rag(corpus, MiniLM.from_store(store), model, identity=identity)
        )


def _run(way: str, questions: QuestionSet, cache: AnswerCache, progress: Progress) -> Run:
    corpus = read_corpus(questions.corpus)
    engine = "extractive" if way == EXTRACTIVE else "local"
    settings = Settings(corpus=questions.corpus, engine=engine)
    with (
        LazyAssistant(settings, questions.today, progress=progress)
        if way in {LOCAL, EXTRACTIVE}
        else _plain_way(way, corpus, settings)
    ) as answerer:
        run = evaluate(questions, corpus, answerer, cache=cache, progress=progress)
    return run.model_copy(update={"name": way})


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.answers", description="Compare right answers."
    )
    parser.add_argument("files", nargs="*", type=Path, help="YAML files of questions")
    parser.add_argument("--sample", type=int, help="at most so many questions of each file")
    parser.add_argument("--way", action="append", choices=WAYS, help="only this way; may be given again")
    parser.add_argument("--fresh", action="store_true", help="ask again what was answered before")
    parser.add_argument("--out", type=Path, default=TABLE, help=f"where the table goes [{TABLE}]")
    given = parser.parse_args(arguments)
    files = given.files or sorted(Path("tests/evaluation").glob("*.yaml"))
    sets = [fair(read_questions(path)) for path in files]
    sets = [s.model_copy(update={"questions": tuple(drawn(s.questions, given.sample))}) for s in sets]
    cache = AnswerCache(fresh=given.fresh)
    with terminal_progress() as progress:
        runs = [_run(way, questions, cache, progress) for way in given.way or WAYS for questions in sets]
    text = table(runs, Settings().local_model)
    given.out.write_text(f"# Compared with the plain ways\n\n{text}", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
