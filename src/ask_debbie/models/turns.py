"""Turns at the one local engine: first come, first served, and everybody knows how long it will be."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from ask_debbie.errors import EngineError

FIRST_GUESS = 6.0  # seconds that a turn takes, before any was measured
WEIGHT = 0.3  # of the latest turn in the moving average
POLL = 0.5  # seconds between two words to somebody whose place stays the same


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

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
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

    Whoever leaves the block, by whatever way, leaves the queue; so does a generator that is closed in it.

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
        """Stand at the end of the queue.

        Raises:
            TurnsFullError: It is as long as it may be.
        """
        ticket = Ticket(self)
        with self._changed:
            if len(self._queue) > self._capacity:
                raise TurnsFullError(self._current())
            self._queue.append(ticket)
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
            if ticket.started is not None:
                taken = self._clock() - ticket.started
                self._average += WEIGHT * (taken - self._average)
            self._changed.notify_all()
