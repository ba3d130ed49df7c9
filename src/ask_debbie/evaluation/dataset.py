"""Fixed questions, as tests/evaluation/README.md describes them, read from YAML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictStr,
    ValidationError,
    model_validator,
)

from ask_debbie.corpus.corpus import Corpus
from ask_debbie.errors import AskDebbieError

REGEX = "re:"
_MOST_TURNS = 5


class DatasetError(AskDebbieError):
    """A file of questions that can't be used: names the file, the question and what to change."""


def _listed(value: Any) -> Any:
    """One thing, or a list of them, as a tuple."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _alternatives(value: Any) -> Any:
    return tuple(_listed(entry) for entry in value) if isinstance(value, list | tuple) else value


_Text = Annotated[StrictStr, Field(min_length=1, pattern=r"\S")]
_Wordings = Annotated[tuple[_Text, ...], Field(min_length=1), BeforeValidator(_listed)]
_Expected = Literal["answered", "abstained", "declined"]


class Question(BaseModel):
    """One fixed question and what a right answer has to show.

    Attributes:
        turns: the visitor's turns; the last is the question.
        status: the statuses of which any is right.
        contains: each entry has to be found, by any one of its wordings.
        evidence: each entry has to be cited, by any one of its texts.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[StrictStr, Field(pattern=r"^[\w.-]+$")]
    category: Annotated[StrictStr, Field(pattern=r"^[\w-]+$")]
    turns: Annotated[tuple[_Text, ...], Field(min_length=1, max_length=_MOST_TURNS)]
    status: Annotated[tuple[_Expected, ...], Field(min_length=1), BeforeValidator(_listed)]
    contains: Annotated[tuple[_Wordings, ...], BeforeValidator(_alternatives)] = ()
    excludes: tuple[_Text, ...] = ()
    evidence: Annotated[tuple[_Wordings, ...], BeforeValidator(_alternatives)] = ()

    @model_validator(mode="before")
    @classmethod
    def _turns(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise ValueError("must have keys such as id and question")
        if ("question" in data) == ("turns" in data):
            raise ValueError("needs either question or turns")
        if "question" not in data:
            return data
        return {**{k: v for k, v in data.items() if k != "question"}, "turns": (data["question"],)}

    @model_validator(mode="after")
    def _can_be_scored(self) -> Question:
        if self.category == "all":
            raise ValueError('the category "all" stands for the whole set')
        for wording in (*(w for entry in self.contains for w in entry), *self.excludes):
            if wording.startswith(REGEX):
                try:
                    re.compile(wording.removeprefix(REGEX), re.IGNORECASE)
                except re.error as error:
                    raise ValueError(f"the pattern {wording!r} isn't a regular expression: {error}") from None
        return self


class QuestionSet(BaseModel):
    """The questions of one file.

    Attributes:
        name: the file's name without its ending.
        corpus: the candidate's folder, resolved.
        today: the day that "present" means.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    corpus: Path
    today: dt.date
    questions: tuple[Question, ...]

    def matching(self, only: str | None) -> QuestionSet:
        """The questions whose id a regular expression is found in; all without one."""
        if only is None:
            return self
        kept = tuple(question for question in self.questions if re.search(only, question.id))
        return self.model_copy(update={"questions": kept})


def read_questions(path: Path) -> QuestionSet:
    """Read a file of questions.

    Raises:
        DatasetError: where the file or one of its questions isn't as it has to be.
    """
    data = _load(path)
    if not isinstance(data, dict) or set(data) != {"corpus", "today", "questions"}:
        raise DatasetError(f"{path}: needs the keys corpus, today and questions, and no others.")
    if not isinstance(data["corpus"], str):
        raise DatasetError(f"{path}: corpus has to be the path of a folder.")
    folder = (path.parent / data["corpus"]).resolve()
    if not folder.is_dir():
        raise DatasetError(
            f"{path}: there is no corpus folder at {folder}. Its path is relative to the file."
        )
    if type(data["today"]) is not dt.date:
        raise DatasetError(f"{path}: today has to be a date such as 2026-11-01.")
    if not isinstance(data["questions"], list) or not data["questions"]:
        raise DatasetError(f"{path}: questions has to be a list with at least one question.")
    questions = tuple(_question(path, place, given) for place, given in enumerate(data["questions"], 1))
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise DatasetError(f"{path}: question {question.id}: another question has this id. Rename one.")
        seen.add(question.id)
    return QuestionSet(name=path.stem, corpus=folder, today=data["today"], questions=questions)


def missing_evidence(questions: QuestionSet, corpus: Corpus) -> list[str]:
    """Evidence texts that stand verbatim in no document, each as ``id: text``. Private text stands in none."""
    texts = [document.text for document in corpus.documents.values()]
    return [
        f"{question.id}: {text}"
        for question in questions.questions
        for entry in question.evidence
        for text in entry
        if not any(text in whole for whole in texts)
    ]


def _load(path: Path) -> Any:
    import yaml

    class Loader(yaml.SafeLoader):
        """YAML's own, except that a key given twice is an error: the first would be lost without a word."""

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            keys = [self.construct_object(key, deep=True) for key, _ in node.value]
            for twice in (key for key in keys if keys.count(key) > 1):
                line = node.start_mark.line + 1
                raise DatasetError(f"{path}, from line {line}: the key {twice} stands there twice.")
            return super().construct_mapping(node, deep)

    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise DatasetError(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        raise DatasetError(f"{path} isn't UTF-8. Save it as UTF-8.") from None
    except yaml.MarkedYAMLError as error:
        where = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise DatasetError(f"{path}{where}: this isn't YAML: {error.problem}.") from None
    except (yaml.YAMLError, ValueError) as error:
        raise DatasetError(f"{path} isn't YAML: {' '.join(str(error).split())}.") from None


def _question(path: Path, place: int, given: Any) -> Question:
    name = given.get("id") if isinstance(given, dict) else None
    try:
        return Question.model_validate(given)
    except ValidationError as error:
        what = "; ".join(dict.fromkeys(_reasons(error)))
        raise DatasetError(
            f"{path}: question {name if isinstance(name, str) else f'number {place}'}: {what}."
        ) from None


def _reasons(error: ValidationError) -> Iterator[str]:
    for found in error.errors():
        where = ".".join(str(part) for part in found["loc"])
        match found["type"]:
            case "string_type":
                why = f"has to be text; put {found['input']!r} in quotes"
            case "extra_forbidden":
                why = "isn't a key of a question"
            case "missing":
                why = "is missing"
            case "value_error":
                why = str(found["ctx"]["error"])
            case "string_pattern_mismatch" | "string_too_short":
                why = f"can't be {found['input']!r}"
            case _:
                why = found["msg"][:1].lower() + found["msg"][1:]
        yield f"{where} {why}".strip()
