"""The queue for the local engine is fair, bounded, and honest about how long it takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import AbstractContextManager, ExitStack

import pytest

from ask_debbie.errors import EngineError
from ask_debbie.models.turns import ASKING, EACH, Place, Ticket, Turns, TurnsFullError


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def pass_through(turns: Turns, seconds: float, clock: Clock) -> None:
    with turns.join() as ticket:
        list(ticket.wait())
        clock.now += seconds


def test_the_first_enters_at_once() -> None:
    turns = Turns()
    with turns.join() as ticket:
        assert list(ticket.wait()) == []
        assert len(turns) == 1
    assert len(turns) == 0


def test_the_second_is_told_its_place_then_enters() -> None:
    turns = Turns(first_guess=6, clock=Clock())
    with turns.join() as second_later:
        list(second_later.wait())
        with turns.join() as second, turns.join() as third:
            assert next(second.wait(0)) == Place(1, 6.0)
            assert next(third.wait(0)) == Place(2, 12.0)


def test_the_estimate_follows_what_turns_took() -> None:
    clock = Clock()
    turns = Turns(first_guess=6, clock=clock)
    pass_through(turns, 16, clock)
    with turns.join() as first:
        list(first.wait())
        with turns.join() as second:
            waiting = second.wait(0)
            assert next(waiting).seconds == pytest.approx(9)
            clock.now += 4
            assert next(waiting).seconds == pytest.approx(5)
            clock.now += 100
            assert next(waiting).seconds == 1


def test_the_place_is_told_at_once_when_it_changes_and_now_and_then_otherwise() -> None:
    turns = Turns()
    first, second = turns.join(), turns.join()
    list(first.__enter__().wait())
    second.__enter__()
    with turns.join() as third:
        places = third.wait(poll=0.05)
        assert next(places).ahead == 2
        assert next(places).ahead == 2
        patient = third.wait(poll=60)
        next(patient)
        threading.Timer(0.05, lambda: second.__exit__(None, None, None)).start()
        start = time.monotonic()
        assert next(patient).ahead == 1
        assert time.monotonic() - start < 10
        first.__exit__(None, None, None)
        assert next(patient, None) is None


def test_first_come_first_served_and_never_two_at_once() -> None:
    turns = Turns(capacity=50)
    order: list[int] = []
    inside = 0
    most = 0
    joined = [threading.Event() for _ in range(20)]

    def visit(number: int) -> None:
        nonlocal inside, most
        with turns.join() as ticket:
            joined[number].set()
            for _ in ticket.wait(0.01):
                pass
            inside += 1
            most = max(most, inside)
            order.append(number)
            time.sleep(0.002)
            inside -= 1

    threads = []
    for number in range(20):
        threads.append(threading.Thread(target=visit, args=(number,)))
        threads[-1].start()
        assert joined[number].wait(10)
    for thread in threads:
        thread.join(20)
    assert order == list(range(20))
    assert most == 1
    assert len(turns) == 0


def test_an_abandoned_waiter_drops_out() -> None:
    turns = Turns()

    def answer() -> Generator[Place, None, None]:
        with turns.join() as ticket:
            yield from ticket.wait(0.01)
            raise AssertionError("it never was its turn")

    with turns.join() as first:
        list(first.wait())
        abandoned = answer()
        assert next(abandoned).ahead == 1
        with turns.join() as third:
            assert next(third.wait()).ahead == 2
            abandoned.close()
            assert next(third.wait()).ahead == 1


def test_a_failure_ends_the_turn() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.join() as ticket:
        list(ticket.wait())
        raise ZeroDivisionError
    with turns.join() as next_one:
        assert list(next_one.wait()) == []


def test_a_full_queue_says_so() -> None:
    turns = Turns(capacity=1, first_guess=8, clock=Clock())
    with turns.join() as first:
        list(first.wait())
        with turns.join():
            with pytest.raises(TurnsFullError, match="in about 8 seconds") as raised, turns.join():
                pass
            assert isinstance(raised.value, EngineError)
            assert raised.value.seconds == 8
        with turns.join():
            assert len(turns) == 2


def test_one_who_never_started_leaves_the_average_alone() -> None:
    clock = Clock()
    turns = Turns(first_guess=6, clock=clock)
    with turns.join():
        clock.now += 1000
    with turns.join() as first:
        list(first.wait())
        with turns.join() as second:
            assert next(second.wait()).seconds == 6


def test_visitors_come_by_turns() -> None:
    turns = Turns()
    with ExitStack() as stack:
        for visitor in ("greedy", "greedy", "greedy", "second", "third", "second"):
            reset = ASKING.set(visitor)
            stack.enter_context(turns.join())
            ASKING.reset(reset)
        order = [ticket.visitor for ticket in turns._queue]
        assert order == ["greedy", "second", "third", "greedy", "second", "greedy"]


def test_nobody_fills_the_queue_alone() -> None:
    turns = Turns()
    reset = ASKING.set("greedy")
    with ExitStack() as stack:
        for _ in range(EACH):
            stack.enter_context(turns.join())
        with pytest.raises(TurnsFullError), turns.join():
            pass
        ASKING.reset(reset)
        with turns.join():
            assert len(turns) == EACH + 1


def test_a_newcomer_never_passes_whoever_has_waited_longest() -> None:
    turns = Turns()

    def join(visitor: str) -> None:
        reset = ASKING.set(visitor)
        place = turns.join()
        places[place.__enter__()] = place
        ASKING.reset(reset)

    places: dict[Ticket, AbstractContextManager[Ticket]] = {}
    for visitor in ("a", "a", "b"):
        join(visitor)
    places[turns._queue[0]].__exit__(None, None, None)
    join("c")
    assert [ticket.visitor for ticket in turns._queue] == ["b", "a", "c"]
