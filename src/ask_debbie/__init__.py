"""Answers questions about a candidate from her own documents, and proves every sentence."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ask_debbie.answering.answer import Answer, Citation, Message, Sentence
    from ask_debbie.answering.assistant import Assistant
    from ask_debbie.compose import build_assistant
    from ask_debbie.errors import AskDebbieError
    from ask_debbie.settings import Settings

__all__ = [
    "Answer",
    "AskDebbieError",
    "Assistant",
    "Citation",
    "Message",
    "Sentence",
    "Settings",
    "build_assistant",
]

_HOMES = {
    "Answer": "answering.answer",
    "AskDebbieError": "errors",
    "Assistant": "answering.assistant",
    "Citation": "answering.answer",
    "Message": "answering.answer",
    "Sentence": "answering.answer",
    "Settings": "settings",
    "build_assistant": "compose",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: all of them at once would slow every command by seconds."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"ask_debbie.{_HOMES[name]}"), name)
