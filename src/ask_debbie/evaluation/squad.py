"""SQuAD 2.0 asked of the assistant: each paragraph is a corpus of its own, half of the questions have no answer."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ValidationError

from ask_debbie.answering.answer import Answer
from ask_debbie.errors import AskDebbieError
from ask_debbie.evaluation.results import Case, Study
from ask_debbie.evaluation.studies import drawn, share
from ask_debbie.evaluation.throwaway import Throwaway
from ask_debbie.models.artifacts import Progress, silent
from ask_debbie.retrieval.terms import fold

METHOD = (
    "Each paragraph is the only document of a candidate without a name or contact. Right for a question with an "
    "answer: the shown text holds any of the gold answers, folded. Right for one without: the assistant abstains. "
    "It is made for one person's work, and declines what it takes for none of that: those are counted apart."
)
_PROFILE = 'name = "Sam Page"\npronouns = "they/them"\n'


class SquadItem(BaseModel):
    """One question, as the file of ``chrischute/squad`` has it, one JSON object a line."""

    id: str
    title: str
    question: str
    context: str
    answers: tuple[str, ...]
    is_impossible: bool


def read_squad(path: Path) -> tuple[SquadItem, ...]:
    """Read a file of JSON lines.

    Raises:
        AskDebbieError: where it can't be read or isn't of that form.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(SquadItem.model_validate(json.loads(line)) for line in lines if line.strip())
    except OSError as error:
        raise AskDebbieError(f"{path} can't be read: {error.strerror}.") from error
    except (ValidationError, ValueError) as error:
        raise AskDebbieError(f"{path} isn't JSON lines of SQuAD questions.") from error


def run_squad(
    make: Throwaway, items: tuple[SquadItem, ...], *, limit: int | None = None, progress: Progress = silent
) -> Study:
    """Ask a sample of ``limit`` questions, all without one; ``progress`` counts them."""
    asked = drawn(items, limit)
    found: list[bool] = []
    rightly: list[bool] = []
    declined: list[bool] = []
    cases: list[Case] = []
    engine = ""
    for number, item in enumerate(asked):
        progress(number, len(asked), "Asking SQuAD questions")
        answer = _asked(make, item)
        engine = engine or answer.engine
        declined.append(answer.status == "declined")
        if item.is_impossible:
            right = answer.status == "abstained"
            rightly.append(right)
            wanted = "the paragraph has no answer"
        else:
            text = _folded(" ".join(sentence.text for sentence in answer.sentences))
            right = answer.status == "answered" and any(_folded(gold) in text for gold in item.answers)
            found.append(right)
            wanted = f"the answer is {' or '.join(dict.fromkeys(item.answers))}"
        if not right:
            group = "abstains rightly" if item.is_impossible else "answers rightly"
            why = f"{wanted}; it {answer.status}"
            cases.append(Case(group=group, question=item.question, answer=answer.text, why=why))
    progress(len(asked), len(asked), "Asking SQuAD questions")
    figures = (
        share("answers rightly", found),
        share("abstains rightly", rightly),
        share("right, all", [*found, *rightly]),
        share("declined as off its subject", declined),
    )
    return Study(name="SQuAD 2.0", run=engine, method=METHOD, figures=figures, cases=tuple(cases))


def _asked(make: Throwaway, item: SquadItem) -> Answer:
    title = item.title.replace("_", " ")
    files = {"profile.toml": _PROFILE, "article.md": f"# {title}\n\n{item.context}\n"}
    return make({name: text.encode() for name, text in files.items()}).ask(item.question)


def _folded(text: str) -> str:
    return " ".join(fold(text).split())
