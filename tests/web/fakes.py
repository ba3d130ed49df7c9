"""A scripted assistant: each question has its steps, and a gate holds a stream until the test opens it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ask_debbie.answering.answer import (
    Answer,
    Citation,
    Event,
    EvidenceFound,
    Finished,
    Message,
    Sentence,
    SentenceReady,
    Status,
    Waiting,
)
from ask_debbie.corpus.document import Document, Passage
from ask_debbie.models.spend import Spend

RESUME = """# Rosa Marín

- Email: rosa@example.org
- Languages: Spanish, English

## Experience

### Hospital La Fe

**ICU nurse**, 3/2018-present

- Leads the *night team* of six nurses in the [intensive care unit](https://lafe.example/icu).
- Trained 12 new nurses on the hospital's own record system, SISLaFe,
  and wrote its handbook.

### Cruz Roja

**Emergency nurse**, 5/2014-8/2016

- Answered 40+ calls a week as part of a two-person ambulance crew.

## Education

Degree in Nursing, University of Valencia

Graduated: 6/2013
"""
HANDBOOK = """# SISLaFe handbook

- Dates: 2/2019-5/2019

A guide of 80 pages for new nurses, still used on every ward.
"""


@dataclass(frozen=True)
class FakeLink:
    label: str
    url: str


@dataclass(frozen=True)
class FakeProfile:
    name: str = "Rosa Marín"
    first_name: str = "Rosa"
    pronouns: str = "she/her"
    headline: str = "ICU nurse · Valencia"
    accent: str = "#1f6f5c"
    starters: tuple[str, ...] = (
        "How long has she worked in intensive care?",
        "Has she led a team?",
        "Which languages does she speak?",
    )
    contact_email: str | None = "rosa@example.org"
    contact_policy: str | None = "You can ask Rosa at rosa@example.org."
    links: tuple[FakeLink, ...] = (FakeLink("rosa.example", "https://rosa.example/"),)


class Gate:
    """A step that holds the stream until ``open``."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def open(self) -> None:
        self._event.set()

    def wait(self) -> None:
        if not self._event.wait(30):
            raise TimeoutError("the test never opened the gate")


class Queueing:
    """A step that waits a moment in the queue."""


Step = Event | Gate | Queueing | Exception


def documents(*more: Document) -> dict[str, Document]:
    both = (Document("resume.md", RESUME), Document("projects/handbook.md", HANDBOOK), *more)
    return {document.path: document for document in both}


@dataclass
class FakeAssistant:
    """``scripts`` has the steps by question; any other question gets ``default``."""

    profile: FakeProfile = field(default_factory=FakeProfile)
    engine: str = "fake"
    engine_label: str = "Local model"
    spend: Spend | None = None
    documents: dict[str, Document] = field(default_factory=documents)
    scripts: dict[str, Sequence[Step]] = field(default_factory=dict)
    asked: list[list[Message]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    completed: list[str] = field(default_factory=list)

    def when(self, question: str, *steps: Step) -> None:
        self.scripts[question] = steps

    def citation(self, marker: int, quote: str, path: str = "resume.md", *breadcrumb: str) -> Citation:
        start = self.documents[path].text.index(quote)
        return Citation(marker, path, breadcrumb, quote, start, start + len(quote))

    def found(self, *quotes: str) -> EvidenceFound:
        text = self.documents["resume.md"].text
        return EvidenceFound(
            tuple(
                Passage(
                    "resume.md",
                    text.index(q),
                    text.index(q) + len(q),
                    q,
                    "item",
                    ("Experience", "Hospital La Fe"),
                )
                for q in quotes
            )
        )

    def answered(
        self,
        question: str,
        sentences: Sequence[Sentence],
        citations: Sequence[Citation] = (),
        *,
        status: Status = "answered",
        follow_ups: tuple[str, ...] = (),
        notice: str | None = None,
    ) -> list[Event]:
        """Sentences one by one, each with the citations that it is the first to use, and the whole."""
        shown: set[int] = set()
        events: list[Event] = []
        for sentence in sentences:
            new = [c for c in citations if c.marker in sentence.markers and c.marker not in shown]
            shown.update(c.marker for c in new)
            events.append(SentenceReady(sentence, new))
        answer = Answer(
            question,
            status,
            tuple(sentences),
            tuple(citations),
            engine="fake",
            follow_ups=follow_ups,
            notice=notice,
        )
        return [*events, Finished(answer)]

    def stream(self, messages: Sequence[Message]) -> Iterator[Event]:
        self.asked.append(list(messages))
        question = messages[-1]["content"]
        steps = self.scripts.get(question)
        if steps is None:
            steps = self.answered(
                question, [Sentence(f"Rosa's documents don't mention {question}")], status="abstained"
            )
        try:
            for step in steps:
                if isinstance(step, Gate):
                    step.wait()
                elif isinstance(step, Queueing):
                    time.sleep(0.05)
                    yield Waiting(1, 0.0)
                elif isinstance(step, Exception):
                    raise step
                else:
                    yield step
            self.completed.append(question)
        finally:
            self.closed.append(question)

    def find(self, messages: Sequence[Message]) -> tuple[Passage, ...]:
        return ()

    def ask(self, messages: Sequence[Message]) -> Answer:
        for event in self.stream(messages):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("a stream without an end")


def team_answer(fake: FakeAssistant, question: str) -> list[Event]:
    """An answer with two sentences, three citations in two documents, and chips."""
    return fake.answered(
        question,
        [
            Sentence("She leads the night team of six nurses at La Fe, since March 2018.", (1, 2)),
            Sentence("She also wrote a guide of 80 pages for new nurses.", (3,)),
        ],
        [
            fake.citation(
                1,
                "Leads the *night team* of six nurses in the [intensive care unit](https://lafe.example/icu).",
                "resume.md",
                "Experience",
                "Hospital La Fe",
            ),
            fake.citation(2, "3/2018-present", "resume.md", "Experience", "Hospital La Fe", "ICU nurse"),
            fake.citation(
                3, "A guide of 80 pages for new nurses", "projects/handbook.md", "SISLaFe handbook"
            ),
        ],
        follow_ups=("Which certifications does she have?", "Which languages does she speak?"),
    )
