"""Answers questions about a candidate from her own documents, and proves every sentence."""

from ask_debbie.answering.answer import Answer, Citation, Message, Sentence
from ask_debbie.answering.assistant import Assistant
from ask_debbie.compose import build_assistant
from ask_debbie.errors import AskDebbieError
from ask_debbie.settings import Settings

__all__ = ["Answer", "AskDebbieError", "Assistant", "Citation", "Message", "Sentence", "Settings", "build_assistant"]
