"""CANARD: are follow-up questions completed as people complete them?

The assistant doesn't write a completed question. It keeps the question, puts in what "what about X?" left out,
and carries the subjects and passages that the question points back to. What is compared with the human rewrite
is all of that: the question's text, the names of the subjects that it carries, and in a second measure the
passages of the answer before it that it goes on from.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from ask_debbie.answering.answer import Message
from ask_debbie.answering.condense import condense
from ask_debbie.answering.evidence import EvidenceWeigher
from ask_debbie.answering.extract import ExtractiveWriter
from ask_debbie.answering.question import Question, QuestionReader
from ask_debbie.answering.scope import Scope
from ask_debbie.corpus.corpus import read_corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.errors import AskDebbieError
from ask_debbie.evaluation.results import Case, Study
from ask_debbie.evaluation.studies import drawn, mean, share
from ask_debbie.evaluation.throwaway import Throwaway
from ask_debbie.models.artifacts import Progress, silent
from ask_debbie.retrieval.retriever import HybridRetriever
from ask_debbie.retrieval.terms import content_stems, default_glossary, stems

METHOD = (
    "The dialogue's subject is made the candidate, and its section's title and answers so far are the corpus. Added are "
    "the stems of content that the human rewrite has and the question hasn't, without the subject's name: of whom it "
    "is asked goes without saying here. Recall: the share of them that the completed question or its carried subjects "
    "have (and in a second figure the passages that it goes on from); precision: the share of what the completed "
    "question adds that the human added; both over all additions. Exact: the same stems of content as the rewrite. "
    "F: ROUGE-1 over all stems but the name's, the mean of the questions whose rewrite adds something."
)


class CanardItem(BaseModel):
    """One question of a dialogue, as CANARD's files have it: two titles, then questions and answers in turn."""

    history: Annotated[tuple[str, ...], Field(alias="History", min_length=2)]
    question: Annotated[str, Field(alias="Question")]
    rewrite: Annotated[str, Field(alias="Rewrite")]

    @property
    def is_follow_up(self) -> bool:
        return len(self.history) > 3


@dataclass(frozen=True, slots=True)
class Completed:
    """A question as the assistant completes it: its text, the subjects it carries, the passages it goes on from."""

    text: str
    subjects: str
    passages: str

    @property
    def whole(self) -> str:
        return f"{self.text} {self.subjects}"


def read_canard(path: Path) -> tuple[CanardItem, ...]:
    """Read one of CANARD's JSON files.

    Raises:
        AskDebbieError: where it can't be read or isn't of that form.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(data, list):
            raise ValueError("no list")
        return tuple(CanardItem.model_validate(item) for item in data)
    except OSError as error:
        raise AskDebbieError(f"{path} can't be read: {error.strerror}.") from error
    except (ValidationError, ValueError) as error:
        raise AskDebbieError(f"{path} isn't a JSON list of CANARD's questions.") from error


def run_canard(
    make: Throwaway, items: Sequence[CanardItem], *, limit: int | None = None, progress: Progress = silent
) -> Study:
    """Complete a sample of ``limit`` follow-ups, all without one; ``progress`` counts them. Asks no model."""
    asked = drawn([item for item in items if item.is_follow_up], limit)
    hit: list[bool] = []
    carried: list[bool] = []
    apt: list[bool] = []
    exact: list[bool] = []
    ours: list[float] = []
    unchanged: list[float] = []
    cases: list[Case] = []
    for number, item in enumerate(asked):
        progress(number, len(asked), "Completing CANARD questions")
        completed = complete(make, item)
        known = set(content_stems(item.question)) | set(stems(item.history[0]))
        wanted = set(content_stems(item.rewrite)) - known
        added = set(content_stems(completed.whole)) - known
        apt += [root in wanted for root in added]
        exact.append(wanted == added)
        if not wanted:
            continue
        hit += [root in added for root in wanted]
        in_passages = added | set(content_stems(completed.passages))
        carried += [root in in_passages for root in wanted]
        ours.append(rouge_1(completed.whole, item.rewrite, item.history[0]))
        unchanged.append(rouge_1(item.question, item.rewrite, item.history[0]))
        if missing := wanted - in_passages:
            cases.append(
                Case(
                    group="additions recalled, with the passages it goes on from",
                    question=item.question,
                    answer=completed.whole.strip(),
                    why=f"people ask: {item.rewrite} (missing: {', '.join(sorted(missing))})",
                )
            )
    progress(len(asked), len(asked), "Completing CANARD questions")
    figures = (
        share("additions recalled", hit),
        share("additions recalled, with the passages it goes on from", carried),
        share("additions that people add too", apt),
        share("exactly the same content", exact),
        mean("ROUGE-1 F", ours),
        mean("ROUGE-1 F of the question as it was asked", unchanged),
    )
    return Study(name="CANARD", run="condense", method=METHOD, figures=figures, cases=tuple(cases))


def complete(make: Throwaway, item: CanardItem) -> Completed:
    """The item's question as the assistant completes it from the turns before it."""
    title, section, *turns = item.history
    answers = "\n\n".join(turns[1::2])
    profile = f'name = {json.dumps(title)}\npronouns = "they/them"\n'
    document = f"# {title}\n\n## {section}\n\n{answers}\n"
    corpus = read_corpus(make.folder({"profile.toml": profile.encode(), "article.md": document.encode()}))
    glossary = default_glossary()
    weigher = EvidenceWeigher(corpus.passages, glossary)
    writer = ExtractiveWriter(corpus, weigher)
    retriever = HybridRetriever(passages=corpus.passages)

    def cited(question: Question) -> tuple[Passage, ...]:
        evidence = weigher.weigh(question, retriever.search(question.text))
        return tuple(dict.fromkeys(p for claim in writer.write(question, evidence) for p in claim.passages))

    roles = ("user", "assistant")
    messages = [Message(role=roles[i % 2], content=text) for i, text in enumerate(turns)]  # type: ignore[typeddict-item]
    conversation = [*messages, Message(role="user", content=item.question)]
    reader = QuestionReader(corpus, glossary)
    question = condense(conversation, reader, cited, Scope(corpus.profile).refusal)
    subjects = " ".join(dict.fromkeys(plain(subject.short) for subject in question.scope))
    return Completed(question.text, subjects, " ".join(plain(p.text) for p in question.earlier))


def rouge_1(text: str, reference: str, without: str = "") -> float:
    """F1 of the overlap of stems, each counted as often as it stands (Lin 2004), 0 to 1.

    Args:
        without: text whose stems count on neither side.
    """
    left_out = set(stems(without))
    mine, theirs = (Counter(s for s in stems(side) if s not in left_out) for side in (text, reference))
    common = sum((mine & theirs).values())
    return 2 * common / (mine.total() + theirs.total()) if common else 0.0
