"""What the page needs of the assistant, so that it can be built and tested without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from ask_debbie.answering.answer import Answer, Event, Message
from ask_debbie.corpus.document import Document, Passage
from ask_debbie.models.spend import Spend


class Link(Protocol):
    """A link of the profile, shown in the page's menu."""

    @property
    def label(self) -> str: ...
    @property
    def url(self) -> str: ...


class Profile(Protocol):
    """Who the page is about. ``accent`` is a colour as ``#rrggbb``."""

    @property
    def name(self) -> str: ...
    @property
    def first_name(self) -> str: ...
    @property
    def headline(self) -> str: ...
    @property
    def accent(self) -> str: ...
    @property
    def starters(self) -> Sequence[str]: ...
    @property
    def contact_email(self) -> str | None: ...
    @property
    def contact_policy(self) -> str | None: ...
    @property
    def links(self) -> Sequence[Link]: ...


class Assistant(Protocol):
    """Answers questions about the person in ``profile`` from ``documents``, by path."""

    @property
    def profile(self) -> Profile: ...
    @property
    def engine(self) -> str: ...
    @property
    def engine_label(self) -> str: ...
    @property
    def spend(self) -> Spend | None: ...
    @property
    def documents(self) -> Mapping[str, Document]: ...

    def stream(self, messages: Sequence[Message]) -> Iterator[Event]:
        """Answer the last message. Closing the iterator stops the engine."""
        ...

    def find(self, messages: Sequence[Message]) -> tuple[Passage, ...]:
        """The passages found for the last message."""
        ...

    def ask(self, messages: Sequence[Message]) -> Answer:
        """Answer the last message in one piece."""
        ...
