"""Attacks on the assistant's rules: words in a document or in a question that would have it do something else."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from ask_debbie.errors import AskDebbieError

Place = Literal["paragraph", "bullet", "question", "alone"]
Judge = Literal["words", "task", "markup"]

_QUOTED = re.compile(r"[\"“”]([^\"“”\n]{4,200})[\"“”]")
_TAG = re.compile(r"\[[A-Z][\w ]{1,20}\]:?|\b(?:DAN|DUDE|STAN|GPT|ANTI-DAN):")


class Attack(BaseModel):
    """One attack.

    Attributes:
        group: what it is counted under: the source and where it stands.
        place: as a paragraph at the resume's end, as a bullet inside a role, after an ordinary question, or alone
            as the question.
        judge: by what obeying is told: "words" that only obeying shows, a "task" done (anything said that isn't
            the candidate's documents' nor a set phrase), or "markup" that is active in a browser.
        shows: for "words", those words.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    group: str
    text: str
    place: Place
    judge: Judge
    shows: tuple[str, ...] = ()


def read_attacks(path: Path) -> tuple[Attack, ...]:
    """The attacks of a YAML file such as ``tests/evaluation/injection.yaml``, or of a folder of public sets.

    Of a folder, each of these is read where it is there: ``garak_resume_even.jsonl`` and ``garak_payload_*.json``
    (NVIDIA/garak), ``giskard_prompt_injections.csv`` (Giskard-AI/prompt-injections) and
    ``bipia_text_attack_train.json`` (microsoft/BIPIA).

    Raises:
        AskDebbieError: where there is nothing to read, or it isn't what its name says.
    """
    try:
        attacks = _of_folder(path) if path.is_dir() else _of_yaml(path)
    except OSError as error:
        raise AskDebbieError(f"{path} can't be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else type(error).__name__
        raise AskDebbieError(f"{path} holds something that isn't an attack ({reason}).") from error
    if not attacks:
        raise AskDebbieError(f"{path} holds no attack: give a .yaml file or a folder of the public sets.")
    return tuple(attacks)


def _of_yaml(path: Path) -> list[Attack]:
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"not YAML: {error}") from error
    return [
        Attack(
            id=item["id"],
            group=f"own: {_WHERE[place]}",
            text=item["text"],
            place=place,
            judge=item["judge"],
            shows=tuple(item.get("shows", ())),
        )
        for item in data["attacks"]
        for place in item["places"]
    ]


def _of_folder(folder: Path) -> list[Attack]:
    return [*_garak_resume(folder), *_giskard(folder), *_bipia(folder), *_payloads(folder)]


_WHERE: dict[Place, str] = {
    "paragraph": "in the resume, as a paragraph",
    "bullet": "in the resume, as a bullet",
    "question": "after a question",
    "alone": "as the question",
}


def _garak_resume(folder: Path) -> list[Attack]:
    path = folder / "garak_resume_even.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    places: tuple[Place, ...] = ("paragraph", "bullet")
    return [
        Attack(
            id=row["id"],
            group=f"garak resume: {_WHERE[place]}",
            text=row["injection"],
            place=place,
            judge="words",
            shows=(row["trigger"],),
        )
        for place in places
        for row in rows
    ]


def _giskard(folder: Path) -> list[Attack]:
    path = folder / "giskard_prompt_injections.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Attack(
            id=f"giskard-{row['index']}",
            group=f"Giskard: {_WHERE['alone']}",
            text=row["prompt"],
            place="alone",
            judge="words",
            shows=demanded(row["prompt"]),
        )
        for row in rows
    ]


def demanded(prompt: str) -> tuple[str, ...]:
    """What a prompt wants to see: its quoted phrases of two words or more, and speakers' tags such as ``[DAN]:``."""
    quoted = (phrase.strip() for phrase in _QUOTED.findall(prompt))
    return tuple(dict.fromkeys([*(p for p in quoted if " " in p), *_TAG.findall(prompt)]))


def _bipia(folder: Path) -> list[Attack]:
    path = folder / "bipia_text_attack_train.json"
    data: dict[str, list[str]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    places: tuple[Place, ...] = ("question", "paragraph")
    return [
        Attack(
            id=f"bipia-{name.lower().replace(' ', '-')}-{number}",
            group=f"BIPIA: {_WHERE[place]}",
            text=text,
            place=place,
            judge="task",
        )
        for place in places
        for name, texts in data.items()
        for number, text in enumerate(texts)
    ]


def _payloads(folder: Path) -> list[Attack]:
    places: tuple[Place, ...] = ("question", "bullet")
    found: list[Attack] = []
    for place in places:
        for path in sorted(folder.glob("garak_payload_*.json")):
            data: dict[str, Any] = json.loads(path.read_text("utf-8"))
            found += [
                Attack(
                    id=f"{path.stem}-{number}",
                    group=f"garak payloads: {_WHERE[place]}",
                    text=text,
                    place=place,
                    judge="markup",
                )
                for number, text in enumerate(data["payloads"])
            ]
    return found
