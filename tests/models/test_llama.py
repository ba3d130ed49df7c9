"""The local model's server: private, quiet, warm after a restart, and free again when a visitor leaves."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ask_debbie.errors import EngineError
from ask_debbie.models.artifacts import ModelStore
from ask_debbie.models.catalog import CHAT
from ask_debbie.models.llama import LlamaServer, available_cores
from ask_debbie.models.prefix import warm

FACTS = (
    "Rosa Marín has been an intensive care nurse at Hospital La Fe in Valencia since March 2018. "
    "She led the night team of six nurses for two years and trained new staff. "
    "Before that she worked at Cruz Roja from 5/2014 to 8/2016, in emergency transport. "
    "She speaks Spanish and English and holds the CCRN certificate. "
)
SYSTEM = "You answer questions about Rosa Marín in one sentence, from these documents only.\n\n" + FACTS * 2


@pytest.fixture(scope="module")
def chat_model(engine_lock: None, models_dir: Path) -> Path:
    return ModelStore(models_dir).ensure(CHAT.name)


@pytest.fixture(scope="module")
def server(chat_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaServer]:
    states = tmp_path_factory.mktemp("states")
    with LlamaServer(chat_model, name=CHAT.name, identity=CHAT.sha256, states=states) as server:
        yield server


def client(server: LlamaServer) -> httpx.Client:
    headers = {"Authorization": f"Bearer {server.api_key}", **server.headers}
    return httpx.Client(base_url=server.base_url, headers=headers, timeout=120)


def request(question: str, system: str = SYSTEM, **options: Any) -> dict[str, Any]:
    messages = [{"role": "system", "content": system}, {"role": "user", "content": question}]
    return {"messages": messages, "temperature": 0, "max_tokens": 8} | options


def chat(server: LlamaServer, question: str, system: str = SYSTEM, **options: Any) -> dict[str, Any]:
    with client(server) as http:
        response = http.post("/chat/completions", json=request(question, system, **options))
        response.raise_for_status()
        answer: dict[str, Any] = response.json()
        return answer


def cached(answer: dict[str, Any]) -> int:
    return int(answer["usage"]["prompt_tokens_details"]["cached_tokens"])


def test_available_cores() -> None:
    assert available_cores() >= 1


@pytest.mark.parametrize("content", [None, b"", b"GGUF" + bytes(1000), b"no model at all"])
def test_file_that_is_no_model_is_an_engine_error(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "model.gguf"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(EngineError, match="can't be loaded"):
        LlamaServer(file, name="toy", identity="0", states=tmp_path / "states")


@pytest.mark.slow
def test_only_with_the_key(server: LlamaServer) -> None:
    assert server.base_url.startswith("http://127.0.0.1:")
    with httpx.Client(base_url=server.base_url) as stranger:
        assert stranger.post("/chat/completions", json=request("Hi")).status_code == 401
        assert stranger.get("/models").status_code == 401


@pytest.mark.slow
def test_tokens_and_template(server: LlamaServer) -> None:
    assert server.count_tokens("hello there") == 2
    assert server.count_tokens("") == 0
    text = server.apply_template([{"role": "user", "content": "Hi"}])
    assert "<|im_start|>user\nHi<|im_end|>" in text


@pytest.mark.slow
def test_answers_go_on_from_the_warm_prefix(server: LlamaServer) -> None:
    told: list[tuple[int, int]] = []
    system = SYSTEM + "Be brief."
    assert warm(server, system, lambda done, total, label: told.append((done, total))) == "computed"
    assert told[-1][0] == told[-1][1] > 100
    answer = chat(server, "Where does she work?", system)
    assert cached(answer) == told[-1][1]
    assert answer["timings"]["prompt_n"] < 20
    assert answer["model"] == CHAT.name


@pytest.mark.slow
def test_another_front_in_between_costs_nothing(server: LlamaServer) -> None:
    warm(server, SYSTEM)
    chat(server, "Is this a question? Yes or no.", system="You sort questions. " * 30)
    assert chat(server, "Which languages?")["timings"]["prompt_n"] < 20


@pytest.mark.slow
def test_one_token_tells_its_log_probabilities(server: LlamaServer) -> None:
    question = "Do the documents say where she works? Reply with one word, Yes or No."
    answer = chat(server, question, max_tokens=1, logprobs=True, top_logprobs=20)
    (token,) = answer["choices"][0]["logprobs"]["content"]
    found = {entry["token"]: entry["logprob"] for entry in token["top_logprobs"]}
    assert len(found) == 20
    assert found["Yes"] > found["No"]


@pytest.mark.slow
def test_a_visitor_who_leaves_frees_the_slot(server: LlamaServer) -> None:
    body = request("Write a long story about her.", max_tokens=1500, stream=True)
    with client(server) as http, http.stream("POST", "/chat/completions", json=body) as response:
        lines = response.iter_lines()
        for _ in range(10):
            next(lines)
    start = time.monotonic()
    chat(server, "Hi", max_tokens=1)
    assert time.monotonic() - start < 10  # seconds; the story would take a minute


@pytest.mark.slow
def test_a_prompt_that_is_too_long_is_said_plainly(server: LlamaServer) -> None:
    with pytest.raises(EngineError, match=r"has \d+ tokens, and the local model reads 8192"):
        warm(server, FACTS * 200)


@pytest.mark.slow
def test_a_state_that_is_not_there_is_not_restored(server: LlamaServer) -> None:
    assert not server.restore_prefix("missing.state")


RESTART = """
import json, sys, time
start = time.monotonic()
from pathlib import Path
import httpx
from ask_debbie.models.llama import LlamaServer
from ask_debbie.models.prefix import warm
file, states, body = sys.argv[1:]
with LlamaServer(Path(file), name="chat", identity="pinned", states=Path(states)) as server:
    body = json.loads(body)
    how = warm(server, body["messages"][0]["content"])
    ready = time.monotonic() - start
    key = {"Authorization": f"Bearer {server.api_key}", **server.headers}
    answer = httpx.post(f"{server.base_url}/chat/completions", headers=key, json=body, timeout=120).json()
print(json.dumps({"how": how, "ready": ready, "prompt_n": answer["timings"]["prompt_n"]}))
"""


@pytest.mark.slow
def test_a_new_process_starts_warm_and_says_nothing(chat_model: Path, tmp_path: Path) -> None:
    def restart() -> dict[str, Any]:
        command = [sys.executable, "-c", RESTART, str(chat_model), str(tmp_path), json.dumps(request("Who?"))]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        assert run.stderr == ""
        result: dict[str, Any] = json.loads(run.stdout)  # and nothing else on stdout
        return result

    assert restart()["how"] == "computed"
    again = restart()
    assert again["how"] == "restored"
    assert again["prompt_n"] < 20
    (state,) = tmp_path.iterdir()
    state.write_bytes(state.read_bytes()[: state.stat().st_size // 2])  # llama.cpp would abort on this
    assert restart()["how"] == "computed"


@pytest.mark.slow
def test_a_closed_server_is_an_engine_error(chat_model: Path, tmp_path: Path) -> None:
    server = LlamaServer(chat_model, name="chat", identity="0", states=tmp_path, n_ctx=512)
    server.close()
    server.close()
    with pytest.raises(EngineError, match="doesn't answer"):
        server.count_tokens("hello")
    with pytest.raises(EngineError, match="doesn't answer"):
        server.read("hello")
