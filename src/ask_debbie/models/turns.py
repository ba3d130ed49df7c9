"""Turns at the one local engine: visitors by turns, and everybody knows how long it will be."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import NamedTuple

from ask_debbie.errors import EngineError

FIRST_GUESS = 6.0  # seconds that a turn takes, before any was measured
WEIGHT = 0.3  # of the latest turn in the moving average
EACH = 5  # of one visitor's questions in the queue
POLL = 0.5  # seconds between two words to somebody whose place stays the same

ASKING: ContextVar[str] = ContextVar("asking", default="")  # the visitor whose question this thread answers
LEFT: ContextVar[Callable[[], bool]] = ContextVar(
    "left", default=lambda: False
)  # whether that visitor has left


class Place(NamedTuple):
    """How many are ahead, the one whose turn it is included, and about how long until nobody is."""

    ahead: int
    seconds: float


class TurnsFullError(EngineError):
    """As many as may are waiting already.

    Attributes:
        seconds: About how long until one of them is through.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            f"Too many people are asking right now. Try again in about {max(1, round(seconds))} seconds."
        )


class Ticket:
    """A place in the queue; see `Turns`."""

    def __init__(self, turns: Turns, visitor: str, before: int) -> None:
        self._turns = turns
        self.visitor = visitor
        self.before = before  # how many of the same visitor's are to be served first
        self.started: float | None = None

    def wait(self, poll: float = POLL) -> Iterator[Place]:
        """Yield the place at once, when it changes, and every `poll` seconds; end when the turn has come."""
        return self._turns._wait(self, poll)


class Turns:
    """A fair queue for something that serves one at a time. Safe to share between threads.

        with turns.join() as ticket:
            for place in ticket.wait():
                ...  # tell how many are ahead
            ...      # it is this one's turn until the block ends

    Whoever leaves the block, by whatever way, leaves the queue; so does a generator that is closed in it. One
    visitor's second question waits until everybody else's first has had its turn (`ASKING` says whose it is).

    Args:
        capacity: How many may wait, besides the one whose turn it is.
        first_guess: Seconds that a turn is expected to take before any was measured.
        clock: Seconds from some fixed point.
    """

    def __init__(
        self,
        capacity: int = 20,
        *,
        first_guess: float = FIRST_GUESS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._capacity = capacity
        self._average = first_guess
        self._clock = clock
        self._queue: deque[Ticket] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def join(self) -> Iterator[Ticket]:
        """Stand in the queue, behind those who have had no more turns.

        Raises:
            TurnsFullError: It is as long as it may be, or has enough of this visitor's.
        """
        visitor = ASKING.get()
        with self._changed:
            before = sum(ahead.visitor == visitor for ahead in self._queue) if visitor else 0
            if len(self._queue) > self._capacity or before >= EACH:
                raise TurnsFullError(self._current())
            ticket = Ticket(self, visitor, before)
            later = (i for i, other in enumerate(self._queue) if i and other.before > before)
            self._queue.insert(next(later, len(self._queue)), ticket)
        try:
            yield ticket
        finally:
            self._leave(ticket)

    def __len__(self) -> int:
        """How many are in the queue, the one whose turn it is included."""
        return len(self._queue)

    def _wait(self, ticket: Ticket, poll: float) -> Iterator[Place]:
        told: int | None = None
        while True:
            with self._changed:
                self._changed.wait_for(partial(self._has_moved, ticket, told), poll)
                place = self._place(ticket)
                if place.ahead == 0:
                    ticket.started = self._clock()
                    return
            told = place.ahead
            yield place

    def _has_moved(self, ticket: Ticket, told: int | None) -> bool:
        return self._queue.index(ticket) != told

    def _place(self, ticket: Ticket) -> Place:
        ahead = self._queue.index(ticket)
        return Place(ahead, self._current() + (ahead - 1) * self._average if ahead else 0.0)

    def _current(self) -> float:
        """Seconds until the present turn ends, as far as one can tell."""
        started = self._queue[0].started
        under_way = self._clock() - started if started is not None else 0.0
        return max(1.0, self._average - under_way)  # one that takes longer than most should end soon

    def _leave(self, ticket: Ticket) -> None:
        with self._changed:
            self._queue.remove(ticket)
            for other in self._queue:
                if ticket.visitor and other.visitor == ticket.visitor and other.before > ticket.before:
                    other.before -= 1
            if ticket.started is not None:
                taken = self._clock() - ticket.started
                self._average += WEIGHT * (taken - self._average)
            self._changed.notify_all()
