"""Many visitors at once, on a server of its own: ``python -m benchmarks.load``. Nothing else should run meanwhile.

The quotas are those that the server comes with.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

QUESTION = "What did she do at Amazon?"
VISITORS = Path(__file__).with_name("visitors.py")
ALL_ANSWERED = 300  # seconds in which the last questions are answered, once no more are asked


@dataclass(frozen=True)
class Load:
    """What visitors saw. Times are in milliseconds.

    Attributes:
        answered: answers by who wrote them.
        failed: questions without an answer, and other requests that failed.
        answers: times of whole answers, and how many took each; texts: of their first sentences.
    """

    answered: dict[str, int]
    failed: int
    answers: Counter[int]
    texts: Counter[int]


@contextmanager
def served(engine: str, corpus: Path = Path("corpus")) -> Iterator[str]:
    """The address of a server that believes its visitors' addresses."""
    command = [sys.executable, "-m", "ask_debbie.cli", "--corpus", str(corpus), "--engine", engine, "serve"]
    believed = {"ASK_DEBBIE_PROXIES": "127.0.0.1", "ASK_DEBBIE_LOG_LEVEL": "warning"}
    with subprocess.Popen(
        [*command, "--port", "0"], env={**os.environ, **believed}, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        if " at http" not in said:
            raise RuntimeError("The server didn't start.")
        try:
            yield said.split(" at ", 1)[1].split()[0]
        finally:
            server.terminate()
            server.communicate(timeout=30)


def measure(address: str, visitors: int, seconds: int) -> Load:
    """Let visitors come for so many seconds, and wait until all their questions are answered."""
    locust = subprocess.run(
        [
            *(sys.executable, "-m", "locust", "-f", str(VISITORS), "--host", address, "--headless", "--json"),
            *("--users", str(visitors), "--spawn-rate", str(visitors), "--run-time", f"{seconds}s"),
            *("--stop-timeout", str(ALL_ANSWERED), "--exit-code-on-error", "0", "--only-summary"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    entries: list[dict[str, Any]] = json.loads(locust.stdout)
    answered: Counter[str] = Counter()
    times: dict[str, Counter[int]] = {"answer": Counter(), "first text": Counter()}
    for entry in entries:
        if entry["method"] in times:
            times[entry["method"]].update({int(ms): many for ms, many in entry["response_times"].items()})
        if entry["method"] == "answer":
            answered[entry["name"]] += entry["num_requests"] - entry["num_failures"]
    failed = sum(entry["num_failures"] for entry in entries)
    if failed:
        sys.stderr.write(locust.stderr)
    return Load(dict(+answered), failed, times["answer"], times["first text"])


def overhead(address: str, questions: int = 60) -> float:
    """What the server adds to the assistant's own time for a question, median in milliseconds."""
    added: list[float] = []
    with httpx.Client(base_url=address) as client:
        for number in range(questions):
            body = {"messages": [{"role": "user", "content": QUESTION}]}
            started = time.perf_counter()
            reply = client.post(
                "/v1/chat/completions", json=body, headers={"X-Forwarded-For": f"198.19.0.{number}"}
            )
            taken = (time.perf_counter() - started) * 1000
            added.append(taken - reply.json()["ask_debbie"]["timings"]["total_ms"])
    return statistics.median(added)


def quantile(times: Counter[int], share: float) -> float:
    """The time that so large a share of them doesn't exceed, in milliseconds."""
    ordered = sorted(times.elements())
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="how long visitors come [60]")
    seconds = parser.parse_args().seconds
    title = f"Visitors for {seconds} s, each reading 5 to 10 s between two questions"
    table = Table(
        "Engine", "Visitors", "Answers, by", "Failed", "Half within", "95 % within", "Bar", title=title
    )
    with served("extractive") as address:
        added = overhead(address)
    for engine, visitors, bar in (
        ("extractive", 100, "none failed, 95 % ≤ 1 s"),
        ("local", 20, "none failed"),
    ):
        with served(engine) as address:
            load = measure(address, visitors, seconds)
        table.add_row(
            engine,
            str(visitors),
            ", ".join(f"{many} {writer}" for writer, many in load.answered.items()),
            str(load.failed),
            *(f"{quantile(load.answers, share) / 1000:.2f} s" for share in (0.5, 0.95)),
            bar,
        )
    console = Console(width=120)
    console.print(table)
    console.print(f"What the server adds to the assistant's own time: {added:.1f} ms (bar: at most 15 ms)")


if __name__ == "__main__":
    main()
