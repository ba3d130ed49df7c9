"""Visitors, for locust: each asks, waits for the whole answer, reads it for a while, and asks again.

Each comes from an address of its own, as behind a proxy that the server believes, and does what the widget does: it
reads the profile, then asks in a conversation that grows, and takes each answer as a stream.
"""

from __future__ import annotations

import itertools
import json
import random
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from locust import HttpUser, between, task

QUESTIONS = (
    "What did she do at Amazon?",
    "Has she mentored new hires?",
    "How long has she worked at Twilio?",
    "Which programming languages does she know?",
    "What did she study?",
    "Does she know Kubernetes?",
    "How many engineers did she manage on the migration to DynamoDB?",
    "What did she do about production incidents?",
    "Which web framework is the escape room built on?",
    "What did she build with Kafka?",
    "and before that?",
    "Is she married?",
    "Hello!",
    "Tell me about her experience with AWS.",
)
READING = (5.0, 10.0)  # seconds between an answer and the next question
ARRIVING = 10.0  # seconds within which the first questions come
PATIENCE = 300.0  # seconds of silence after which a visitor leaves
REMEMBERED = 20  # messages that go along with a question

_numbers = itertools.count(1)


class NoAnswerError(Exception):
    """The server said something else."""


class Visitor(HttpUser):
    """Tells locust of each ``answer`` and its ``first text``, by the engine that wrote it."""

    wait_time = between(*READING)

    def on_start(self) -> None:
        number = next(_numbers)
        self.headers = {"X-Forwarded-For": f"198.18.{number // 250}.{number % 250 + 1}"}
        self.said: list[dict[str, str]] = []
        self.client.get("/v1/profile", headers=self.headers, name="profile")
        time.sleep(random.uniform(0, ARRIVING))

    @task
    def ask(self) -> None:
        messages = [*self.said, {"role": "user", "content": random.choice(QUESTIONS)}]
        started = time.perf_counter()
        first: float | None = None
        pieces: list[str] = []
        engine = "none"
        problem: Exception | None = None
        try:
            for frame in self._frames(messages):
                choice = frame["choices"][0]
                if text := choice["delta"].get("content"):
                    first = first or time.perf_counter() - started
                    pieces.append(text)
                if choice["finish_reason"]:
                    if frame["ask_debbie"]["status"] == "error" or not pieces:
                        raise NoAnswerError("".join(pieces))
                    engine = frame["ask_debbie"]["engine"].partition(":")[0]
            if engine == "none":
                raise NoAnswerError("The stream was cut off.")
        except Exception as error:  # counted, whatever it is
            problem = error
        self._tell("answer", engine, time.perf_counter() - started, problem)
        if first is not None:
            self._tell("first text", engine, first)
        self.said = [*messages, {"role": "assistant", "content": "".join(pieces)}][-REMEMBERED:]

    def _frames(self, messages: list[dict[str, str]]) -> Iterator[dict[str, Any]]:
        reply = self.client.post(
            "/v1/chat/completions",
            json={"messages": messages, "stream": True},
            headers=self.headers,
            stream=True,
            timeout=PATIENCE,
            name="question",
        )
        with closing(reply):
            if reply.status_code != 200:
                raise NoAnswerError(f"{reply.status_code}: {reply.text}")
            yield from _events(reply.iter_lines())

    def _tell(self, kind: str, name: str, seconds: float, problem: Exception | None = None) -> None:
        self.environment.events.request.fire(
            request_type=kind,
            name=name,
            response_time=seconds * 1000,
            response_length=0,
            exception=problem,
            context={},
        )


def _events(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.startswith(b"data: {"):
            event: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
            if "error" in event:
                raise NoAnswerError(event["error"]["message"])
            yield event
