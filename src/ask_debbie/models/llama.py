"""llama.cpp's own server, run inside this process, with its OpenAI-compatible API on a private port.

Settings below without another reason were picked by measuring the 1.5B model on 2 cores: first token, tokens
a second, resident memory.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import secrets
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import httpx

from ask_debbie.errors import EngineError
from ask_debbie.models.artifacts import ModelStore, Progress, silent

CONTEXT = 8192  # tokens; each takes 28 KB of memory with the 1.5B model
BATCH = 256  # tokens read at once; progress is told, and a cancelled request noticed, between batches
SPARE_PROMPTS = 128  # MiB for the states of prompts that another one pushed out of the slot
ADMIN_TIMEOUT = 60.0  # seconds for anything but reading a prompt
READING_TIMEOUT = 600.0  # seconds without a sign of progress while a prompt is read


class LlamaServer:
    """One model, one slot: requests are answered one after another, so queue before asking.

    Starting takes 1.5 to 3 seconds for the 1.5B model, during which Python's other threads stand still (the
    binding holds the interpreter lock): start it before serving anybody.

    Attributes:
        base_url: Address of the OpenAI-compatible API, ending in `/v1`.
        api_key: Made for this process; without it the server answers nobody.
        model: The model's name, as requests and answers give it.
        headers: To be sent with every request. The server closes a connection after a streamed answer without
            saying so, and a client that kept it would fail on its next question.
        n_ctx: Tokens that a prompt and its answer may have together.
        states: Folder of saved prompt states.
        fingerprint: Changes with anything that makes a saved state unusable, other than the prompt.

    Args:
        file: The model, as GGUF.
        name: What to call it.
        identity: Tells the model's bytes from others', such as their SHA-256.
        states: Folder for saved prompt states; made if needed.
        n_ctx: See above.
        threads: CPU threads; 0 takes all cores that this process may use.

    Raises:
        EngineError: The model can't be loaded.
    """

    def __init__(
        self,
        file: Path,
        *,
        name: str,
        identity: str,
        states: Path,
        n_ctx: int = CONTEXT,
        threads: int = 0,
    ) -> None:
        self.model = name
        self.api_key = secrets.token_urlsafe(24)
        self.headers: Mapping[str, str] = {"Connection": "close"}
        self.n_ctx = n_ctx
        self.states = states.resolve()
        server, version = self._start(file, threads or available_cores())
        self.fingerprint = hashlib.sha256(f"{identity} {version} {n_ctx} f16".encode()).hexdigest()
        self._address: str = server.listening_address
        self.base_url = f"{self._address}/v1"
        self._http = httpx.Client(
            base_url=self._address,
            headers={"Authorization": f"Bearer {self.api_key}", **self.headers},
            timeout=ADMIN_TIMEOUT,
            trust_env=False,  # a proxy has no business between this process and itself
        )
        # the C++ server stops when its last reference goes
        self._close = weakref.finalize(self, _stop, [server], self._http)

    @classmethod
    def from_store(
        cls,
        store: ModelStore,
        name: str,
        *,
        states: Path,
        n_ctx: int = CONTEXT,
        threads: int = 0,
        progress: Progress = silent,
    ) -> Self:
        """Start one with a pinned chat model, fetching its file if it isn't there.

        Raises:
            ArtifactError: The file can't be had.
            EngineError: It can't be loaded.
        """
        path = store.ensure(name, progress)
        identity = store.file(name).sha256
        return cls(path, name=name, identity=identity, states=states, n_ctx=n_ctx, threads=threads)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the server and free its memory; further calls do nothing."""
        self._close()

    def apply_template(self, messages: Sequence[Mapping[str, str]]) -> str:
        """The text that the model is given for these chat messages."""
        return str(self._post("/apply-template", {"messages": list(messages)})["prompt"])

    def count_tokens(self, text: str) -> int:
        """How many tokens the text is."""
        return len(self._post("/tokenize", {"content": text})["tokens"])

    def read(self, prompt: str, progress: Progress = silent) -> None:
        """Have the model read a prompt and keep it in the slot, so that what follows it is answered at once.

        Reading goes at 60 to 80 tokens a second with the 1.5B model on 2 cores; `progress` counts tokens.

        Raises:
            EngineError: The prompt is longer than the context, or the server is gone.
        """
        body = {
            "prompt": prompt,
            "n_predict": 0,
            "cache_prompt": True,
            "stream": True,
            "return_progress": True,
        }
        with (
            _answering(),
            self._http.stream("POST", "/completion", json=body, timeout=READING_TIMEOUT) as response,
        ):
            if response.is_error:
                response.read()
                raise _refused(response)
            for line in response.iter_lines():
                event = json.loads(line.removeprefix("data: ")) if line.startswith("data: {") else {}
                if step := event.get("prompt_progress"):
                    progress(step["processed"], step["total"], f"{self.model} reads the documents")

    def save_prefix(self, filename: str) -> int:
        """Write the slot's state into the states folder; return its bytes (29 KB a token for the 1.5B model).

        Raises:
            EngineError: It can't be written.
        """
        return int(self._post("/slots/0?action=save", {"filename": filename})["n_written"])

    def restore_prefix(self, filename: str) -> bool:
        """Read a state back into the slot; False if the server refuses it.

        The file must be one that was saved whole: llama.cpp aborts the process on a truncated one.
        """
        try:
            return int(self._post("/slots/0?action=restore", {"filename": filename})["n_restored"]) > 0
        except EngineError:
            return False

    def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        with _answering():
            response = self._http.post(path, json=body)
        if response.is_error:
            raise _refused(response)
        answer: dict[str, Any] = response.json()
        return answer

    def _start(self, file: Path, threads: int) -> tuple[Any, str]:
        """Load the model; return the binding's server and the binding's version."""
        # OpenMP's threads spin while they wait for one another, which starves them where anything else wants
        # a core: 1 to 4 tokens a second, against 10 to 13 with short spins, which cost 5% on an idle machine.
        # Read when the engine's library is loaded.
        os.environ.setdefault("GOMP_SPINCOUNT", "500")
        try:
            import xllamacpp
        except ImportError as error:
            raise EngineError(
                f"The local engine can't run on this machine ({error}). Use --engine openai or extractive."
            ) from error

        params = xllamacpp.CommonParams()
        params.model.path = str(file)
        params.model_alias = {self.model}
        params.verbosity = -1  # nothing of llama.cpp on stderr
        params.hostnames = ["127.0.0.1"]
        params.port = 0
        params.api_keys = [self.api_key]
        params.ui = False
        params.endpoint_slots = True
        params.slot_save_path = f"{self.states}{os.sep}"  # llama.cpp appends the file's name as it is
        params.n_parallel = 1
        params.n_ctx = self.n_ctx
        params.n_batch = params.n_ubatch = BATCH
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
        params.warmup = False
        params.cache_prompt = True
        params.cache_ram_mib = SPARE_PROMPTS
        params.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_ENABLED
        # weights are repacked for the CPU while loading; mapped too, they would count twice (0.6 GB more)
        params.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE
        # answers copy from the prompt; short guesses cost little where they fail
        params.speculative.types = [xllamacpp.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_MAP_K]
        params.speculative.ngram_map_k.size_n = 3
        params.speculative.ngram_map_k.size_m = 4
        try:
            self.states.mkdir(parents=True, exist_ok=True)
            return xllamacpp.Server(params), str(xllamacpp.__version__)
        except (RuntimeError, MemoryError, OSError) as error:
            raise EngineError(
                f"The local model {file} can't be loaded ({error}). "
                "`ask-debbie models verify` checks the file; --engine extractive answers without it."
            ) from error


def available_cores() -> int:
    """CPU cores that this process may use: its affinity, and a container's quota."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        return max(1, min(cores, math.ceil(int(quota) / int(period))))
    except (OSError, ValueError):  # no cgroup, or its quota is "max"
        return cores


def _stop(server: list[Any], http: httpx.Client) -> None:
    http.close()
    server.clear()


def _refused(response: httpx.Response) -> EngineError:
    error = response.json().get("error", {})
    if error.get("type") == "exceed_context_size_error":
        return EngineError(
            f"The prompt has {error['n_prompt_tokens']} tokens, and the local model reads {error['n_ctx']}. "
            "Shorten the documents, or use --engine openai or extractive."
        )
    return EngineError(f"The local model refused: {error.get('message', response.text)}")


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (httpx.HTTPError, RuntimeError) as error:  # RuntimeError: this server was closed
        reason = str(error) or type(error).__name__
        raise EngineError(f"The local model doesn't answer ({reason}). Start the program again.") from error
