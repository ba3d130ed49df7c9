"""Two processes behind a real nginx, with a real Redis and a real Chroma server between them; one may die."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx
import pytest
import yaml

from tests.answering.server import FakeOpenAI
from tests.web.conftest import Deploy
from tests.web.deployment import COMPOSE, FREE, PAID, QUESTION, Deployment, asking
from tests.web.visits import eventually

pytestmark = pytest.mark.slow

VISITORS = [f"127.0.0.{number}" for number in range(10, 26)]
AN_ANSWER = (1000, 100)  # tokens read and written: 0.0011 dollars by those prices


def test_both_use_one_index_though_both_have_built_it(deploy: Deploy) -> None:
    deployed = deploy()
    for process in deployed.processes:
        assert "memory" not in process.log, "it keeps an index of its own"
        reply = httpx.post(f"{process.url}v1/chat/completions", json=asking(QUESTION)).json()
        assert "5 volunteers" in reply["choices"][0]["message"]["content"]
        assert httpx.get(f"{process.url}readyz").status_code == 200
    database = f"{deployed.chroma.url}/api/v2/tenants/default_tenant/databases/default_database"
    names = [collection["name"] for collection in httpx.get(f"{database}/collections").json()]
    assert len(names) == 2
    assert sum(name.endswith("-serving") for name in names) == 1


def healthy(command: list[str], container: str, here: str) -> bool:
    """What a container's health check says, asked of the process that is here in its place."""
    program, *arguments = [part.replace(container, here) for part in command]
    assert program == "python"
    assert any(here in part for part in arguments)
    return subprocess.run([sys.executable, *arguments], capture_output=True).returncode == 0


def test_the_health_checks_tell_who_is_there(deploy: Deploy) -> None:
    deployed = deploy()
    image = (COMPOSE.parent / "Dockerfile").read_text("utf-8")
    (check,) = re.findall(r"^HEALTHCHECK.*\n +CMD (\[.*\])$", image, re.MULTILINE)
    process = deployed.processes[0]
    own = (json.loads(check), "127.0.0.1:7860", f"127.0.0.1:{process.port}")
    _, *asked = yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]["chroma"]["healthcheck"]["test"]
    assert healthy(*own)
    assert healthy(asked, "http://127.0.0.1:8000", deployed.chroma.url)
    process.kill()
    assert not healthy(*own)


def test_a_quota_holds_over_both(deploy: Deploy) -> None:
    deployed = deploy(ASK_DEBBIE_QUOTA_EVERYONE="12/day")
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda address: deployed.ask(address).status_code, VISITORS))
    assert sorted(statuses) == [200] * 12 + [429] * 4
    answered = [len(process.events("answered")) for process in deployed.processes]
    assert sum(answered) == 12
    assert all(answered), "both had visitors"


def test_a_visitors_quota_follows_to_the_other_process(deploy: Deploy) -> None:
    deployed = deploy(ASK_DEBBIE_QUOTA_VISITOR="2/hour")
    assert deployed.ask(VISITORS[0]).status_code == 200
    (busy,) = (process for process in deployed.processes if process.events("answered"))
    busy.kill()
    assert deployed.ask(VISITORS[0]).status_code == 200
    refused = deployed.ask(VISITORS[0])
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 3000
    assert deployed.ask(VISITORS[1]).status_code == 200


def test_the_days_dollars_hold_over_both(deploy: Deploy, model: FakeOpenAI) -> None:
    model.usage = AN_ANSWER
    deployed = deploy(**PAID, OPENAI_BASE_URL=model.url, ASK_DEBBIE_DAILY_CAP="0.006")
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(deployed.ask, VISITORS))
    assert {reply.status_code for reply in replies} == {200}
    engines = [reply.json()["ask_debbie"]["engine"] for reply in replies]
    assert set(engines) == {"openai:gpt-4.1-mini", "extractive"}
    assert engines.count("openai:gpt-4.1-mini") == len(model.bodies) <= 5
    spent = [process.metric("ask_debbie_spend_usd_today") for process in deployed.processes]
    assert spent == [pytest.approx(len(model.bodies) * 0.0011)] * 2
    assert all(process.events("answered") for process in deployed.processes), "both had visitors"


def test_an_answer_in_one_piece_survives_its_process(deploy: Deploy, model: FakeOpenAI) -> None:
    """The visitor sees nothing of it: nginx asks the other process."""
    deployed = deploy(**PAID, OPENAI_BASE_URL=model.url)
    model.manner = "hangs midway"
    with ThreadPoolExecutor(1) as pool:
        reply = pool.submit(deployed.ask, VISITORS[0])
        deployed.kill_who_answers(model)
        answer = reply.result(30)
    assert answer.status_code == 200
    assert "5 volunteers" in answer.json()["choices"][0]["message"]["content"]
    assert len(model.bodies) == 2


@dataclass
class Visit:
    """What became of one visitor's questions: tries for each, and what went wrong."""

    tries: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def keep_asking(deployed: Deployment, address: str, enough: threading.Event) -> Visit:
    """Question after question; one that is cut short is asked once more, as the widget does."""
    visit = Visit()
    with deployed.visitor(address) as visitor:
        while not enough.is_set():
            for number in (1, 2, 3):
                try:
                    text = streamed(visitor)
                except httpx.HTTPError as error:
                    visit.wrong.append(type(error).__name__)
                    continue
                assert "5 volunteers" in text
                visit.tries.append(number)
                break
            else:
                visit.tries.append(4)
    return visit


def streamed(visitor: httpx.Client) -> str:
    with visitor.stream("POST", "v1/chat/completions", json=asking(QUESTION, stream=True)) as reply:
        reply.raise_for_status()
        *frames, last = [
            line.removeprefix("data: ") for line in reply.iter_lines() if line.startswith("data: ")
        ]
    if last != "[DONE]":
        raise httpx.RemoteProtocolError("cut short")
    chunks = [json.loads(frame) for frame in frames]
    assert not [chunk for chunk in chunks if "error" in chunk]
    return "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks)


def test_one_dies_under_load_and_nobody_asks_more_than_twice(deploy: Deploy) -> None:
    deployed = deploy(**FREE)
    dying, surviving = deployed.processes
    enough = threading.Event()
    with ThreadPoolExecutor(len(VISITORS)) as pool:
        visits = [pool.submit(keep_asking, deployed, address, enough) for address in VISITORS]
        eventually(lambda: all(len(process.events("answered")) > 50 for process in deployed.processes), 60)
        dying.kill()
        before = len(surviving.events("answered"))
        eventually(lambda: len(surviving.events("answered")) > before + 200, 60)
        enough.set()
        done = [visit.result(30) for visit in visits]
    tries = [number for visit in done for number in visit.tries]
    assert len(tries) > 300
    assert max(tries) <= 2, [visit.wrong for visit in done]
    assert all(visit.tries for visit in done)


def test_a_stream_that_is_cut_is_answered_when_asked_again(deploy: Deploy, model: FakeOpenAI) -> None:
    deployed = deploy(**PAID, OPENAI_BASE_URL=model.url)
    model.manner = "hangs midway"
    with deployed.visitor(VISITORS[0]) as visitor:
        with (
            pytest.raises(httpx.RemoteProtocolError),
            visitor.stream("POST", "v1/chat/completions", json=asking(QUESTION, stream=True)) as reply,
        ):
            lines = reply.iter_lines()
            assert next(lines).startswith("data: "), "it has begun, so that nginx can't ask anybody else"
            deployed.kill_who_answers(model)
            for _ in lines:
                pass
        assert "5 volunteers" in streamed(visitor)
