"""Everything that a deployment of two processes has: nginx, the two, Redis, a Chroma server; and a paid model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from tests.answering.server import FakeOpenAI
from tests.chroma_server import ChromaServer, running_chroma
from tests.redis_server import redis_server
from tests.web.nginx_server import Nginx, nginx
from tests.web.processes import ServerProcess, two_processes

COMPOSE = Path(__file__).parents[2] / "deploy" / "compose.yaml"
QUESTION = "Has he trained any volunteers?"
FREE = {"ASK_DEBBIE_QUOTA_VISITOR": "", "ASK_DEBBIE_QUOTA_CONVERSATION": "", "ASK_DEBBIE_QUOTA_EVERYONE": ""}
PAID = {
    "ASK_DEBBIE_ENGINE": "openai",
    "ASK_DEBBIE_OPENAI_INPUT_PRICE": "1",
    "ASK_DEBBIE_OPENAI_OUTPUT_PRICE": "1",
    **FREE,
}


def asking(question: str, **more: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": question}], **more}


@dataclass
class Deployment:
    """All of it, running."""

    processes: list[ServerProcess]
    nginx: Nginx
    chroma: ChromaServer

    def visitor(self, address: str) -> httpx.Client:
        """Somebody who comes from that address of this machine's."""
        transport = httpx.HTTPTransport(verify=self.nginx.trust(), local_address=address)
        return httpx.Client(transport=transport, base_url=self.nginx.url, timeout=60)

    def ask(self, address: str, question: str = QUESTION) -> httpx.Response:
        with self.visitor(address) as visitor:
            return visitor.post("v1/chat/completions", json=asking(question))

    def kill_who_answers(self, model: FakeOpenAI) -> None:
        """Kill the process that is at an answer of a model that hangs; from then on the model answers."""
        assert model.hanging.wait(30)
        model.manner = "well"
        (busy,) = (p for p in self.processes if p.metric("ask_debbie_answers_in_progress") > 0)
        busy.kill()


def shipped(redis: str, chroma: str) -> dict[str, str]:
    """The settings of the compose file's processes, with this machine's addresses in place of the containers'."""
    service = yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]["assistant-1"]
    here = {"REDIS_URL": redis, "CHROMA_URL": chroma, "ASK_DEBBIE_PROXIES": "127.0.0.1"}
    return {name: here.get(name, told) for name, told in service["environment"].items()}


@contextmanager
def deployment(folder: Path, settings: dict[str, str]) -> Iterator[Deployment]:
    """All of it while the block lasts, started at once, with those settings and the extractive engine."""
    for name in ("redis", "chroma"):
        (folder / name).mkdir()
    with redis_server(folder / "redis") as redis, running_chroma(folder / "chroma") as chroma:
        environment = {**shipped(redis.url, chroma.url), "ASK_DEBBIE_ENGINE": "extractive", **settings}
        with two_processes(folder, environment) as processes:
            ports = [process.port for process in processes]
            with nginx(folder / "nginx", ports) as front:
                yield Deployment(processes, front, chroma)
