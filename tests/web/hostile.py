"""Somebody whose documents, profile and writing model are full of payloads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ask_debbie.answering.assistant import Assistant
from ask_debbie.compose import build_assistant
from ask_debbie.settings import Settings
from tests.answering.server import FakeOpenAI, serving
from tests.web.payloads import PAYLOADS

NAMES = (
    "Otter Heron Marten Badger Falcon Osprey Beaver Walrus Puffin Plover Curlew Magpie Jackdaw Raven Thrush "
    "Linnet Siskin Dipper Kestrel Merlin Harrier Buzzard Bittern Egret Pelican Cormorant Gannet Petrel Albatross "
    "Penguin Narwhal Dolphin Porpoise Manatee Lynx Wolverine Ermine Hedgehog Squirrel Dormouse Chamois Ibex Marmot "
    "Bison Moose Reindeer Caribou Wombat"
).split()
RAW = "notes/<img src=x onerror=window.pwned=1>.md"


def in_line(payload: str) -> str:
    """As a bullet can hold it."""
    return " ".join(payload.split())


def won(number: int) -> str:
    """What the documents and the model say of one payload."""
    return f"Won the {NAMES[number]} prize for {in_line(PAYLOADS[number])}"


def write_hostile_corpus(folder: Path) -> Path:
    lines = "\n".join(f"- {won(number)}" for number in range(len(PAYLOADS)))
    text = f"# Mateo Brunner\n\n## Prizes {PAYLOADS[0]}\n\n### Rhine Aquarium {PAYLOADS[6]}\n\n3/2018-6/2022\n\n{lines}\n"
    (folder / "notes").mkdir(parents=True)
    (folder / "resume.md").write_text(text, encoding="utf-8")
    (folder / RAW).write_text("# Raw\n\n" + "\n\n".join(PAYLOADS), encoding="utf-8")
    strings = [json.dumps(payload.replace("\x7f", "")) for payload in PAYLOADS[:4]]
    profile = [
        'name = "Mateo Brunner"',
        'pronouns = "he/him"',
        f"headline = {strings[0]}",
        f"starters = [{', '.join(strings)}]",
        "[contact]",
        f"policy = {strings[3]}",
        "[[links]]",
        f"label = {strings[1]}",
        'url = "https://evil.example/\\"onmouseover=\\"window.pwned=1"',
    ]
    (folder / "profile.toml").write_text("\n".join(profile), encoding="utf-8")
    return folder


def asking(numbers: Sequence[int]) -> str:
    """A question that the documents on some payloads answer."""
    return f"What did he win the {' prize and the '.join(NAMES[number] for number in numbers)} prize for?"


def said(numbers: Sequence[int]) -> str:
    """What the model writes then: what it can prove, and what it can't."""
    proved = " ".join(f"He w{won(number)[1:]}." for number in numbers)
    return f"{proved} {' '.join(PAYLOADS[number] for number in numbers)}".replace("|", "/")


@contextmanager
def hostile_assistant(
    folder: Path, models_dir: Path, origin: str
) -> Iterator[tuple[Assistant, Settings, FakeOpenAI]]:
    """The assistant, asked through an engine whose server writes whatever ``text`` is."""
    with serving("well", "") as server:
        settings = Settings(
            corpus=write_hostile_corpus(folder / "corpus"),
            engine="openai",
            models_dir=models_dir,
            index_dir=folder / "index",
            openai_base_url=server.url,
            origins=(origin,),
            quota_visitor="",
            quota_conversation="",
        )
        yield build_assistant(settings), settings, server
