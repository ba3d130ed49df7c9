"""Where every question arrives, by whatever door: counted against the quotas, answered beside the event loop,
measured and logged, without a word of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence

from anyio.to_thread import run_sync

from ask_debbie.answering.answer import Answer, Event, Finished, Message
from ask_debbie.counters import Counters
from ask_debbie.errors import AskDebbieError
from ask_debbie.models.turns import ASKING, LEFT
from ask_debbie.settings import Settings
from ask_debbie.web.background import Background
from ask_debbie.web.metrics import Metrics
from ask_debbie.web.protocols import Assistant
from ask_debbie.web.quotas import OverQuotaError, Quotas, Visitors

HEARTBEAT_SECONDS = 5.0
MOST_AT_ONCE = 256

_log = logging.getLogger(__name__)


class BusyError(AskDebbieError):
    """As many questions as can be are being answered."""

    seconds = 5

    def __init__(self) -> None:
        super().__init__("A lot of people are asking right now. Please try again in a moment.")


class Desk:
    """Takes questions for one assistant after another.

    Attributes:
        assistant: who answers now. Whoever needs it twice takes it once: the next moment it may be another.

    Args:
        heartbeat: the longest silence towards whoever listens, in seconds.
    """

    def __init__(
        self,
        assistant: Assistant,
        settings: Settings,
        counters: Counters,
        *,
        heartbeat: float = HEARTBEAT_SECONDS,
    ) -> None:
        self.assistant = assistant
        self.metrics = Metrics(settings, assistant.spend)
        self._visitors = Visitors(counters)
        self._quotas = Quotas(settings, counters, assistant.profile)
        self._heartbeat = heartbeat
        self._asking = 0
        self._lock = threading.Lock()

    def switch(self, assistant: Assistant) -> None:
        """Have another assistant answer from now on; what is being answered ends as it began."""
        self.assistant = assistant
        self._quotas.profile = assistant.profile

    async def ask(
        self, assistant: Assistant, messages: Sequence[Message], address: str | None, door: str
    ) -> Background[Event]:
        """The events of an answer, from when they are listened to; None after each heartbeat of silence.

        Args:
            assistant: who answers, from the beginning to the end.
            messages: the conversation; its last is the question.
            address: where the visitor asks from.
            door: the way it came: ``page``, ``api``, ``gradio`` or ``mcp``.

        Raises:
            OverQuotaError: enough was asked for now.
            BusyError: too many are asking at this moment.
        """
        visitor = await run_sync(self._admit, messages, address)

        def start() -> Iterator[Event]:  # in a thread that answers nothing else
            ASKING.set(visitor)
            LEFT.set(lambda: events.is_abandoned)
            return self._answer(assistant, messages, visitor, door)

        events = Background(start, self._heartbeat)
        return events

    async def let_in(self, address: str | None) -> None:
        """Count a request, whatever it is for.

        Raises:
            OverQuotaError: it is one too many from there.
        """
        try:
            await run_sync(lambda: self._quotas.let_in(self._visitors.name(address)))
        except OverQuotaError as error:
            self.metrics.refused.labels(error.whose).inc()
            raise

    def _admit(self, messages: Sequence[Message], address: str | None) -> str:
        visitor = self._visitors.name(address)
        if self._asking >= MOST_AT_ONCE:
            self.metrics.refused.labels("at once").inc()
            raise BusyError
        try:
            self._quotas.admit(visitor, messages)
        except OverQuotaError as error:
            self.metrics.refused.labels(error.whose).inc()
            _log.info(
                "refused", extra={"visitor": visitor, "quota": error.whose, "retry_after": error.seconds}
            )
            raise
        return visitor

    def _answer(
        self, assistant: Assistant, messages: Sequence[Message], visitor: str, door: str
    ) -> Iterator[Event]:
        answer: Answer | None = None
        self._count(1)
        stream = assistant.stream(messages)
        try:
            for event in stream:
                if isinstance(event, Finished):
                    answer = event.answer
                yield event
        except GeneratorExit:
            self.metrics.abandoned.labels(door).inc()
            _log.info("abandoned", extra={"visitor": visitor, "door": door})
            raise
        except Exception:
            self.metrics.failed.labels(door).inc()
            _log.exception("failed", extra={"visitor": visitor, "door": door})
            raise
        finally:
            close = getattr(stream, "close", None)
            if close is not None:
                close()
            self._count(-1)
        if answer is not None:
            self._note(answer, visitor, door)

    def _count(self, by: int) -> None:
        with self._lock:
            self._asking += by
        self.metrics.asking.inc(by)

    def _note(self, answer: Answer, visitor: str, door: str) -> None:
        self.metrics.answered(door, answer)
        wire = answer.to_wire()
        numbers = {**wire["timings"], **wire["usage"], "citations": len(answer.citations)}
        who = {"visitor": visitor, "door": door, "status": answer.status, "engine": answer.engine}
        _log.info("answered", extra={**who, **numbers})
