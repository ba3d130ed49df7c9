"""The README says what is so: its generated parts are current, its example is the corpus's own text."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def test_generated_parts_are_current() -> None:
    narrow = {**os.environ, "COLUMNS": "40", "FORCE_COLOR": "1", "GITHUB_ACTIONS": "true"}
    command = [sys.executable, str(ROOT / "docs" / "readme.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=narrow, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_example_answer_is_true() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    answer = json.loads(example)
    assert list(answer) == ["question", "status", "answer", "citations", "engine", "timings", "usage"]
    for citation in answer["citations"]:
        text = (ROOT / "corpus" / citation["document"]).read_text("utf-8")
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert f"[{citation['marker']}]" in answer["answer"]


def test_every_make_target_that_is_named_exists() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    named = re.findall(r"^make ([a-z]+)", README.read_text("utf-8"), re.MULTILINE)
    assert named
    assert set(named) <= set(targets)


def test_every_file_that_is_linked_exists() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README.read_text("utf-8"))
    assert "LICENSE" in links
    assert [link for link in links if not (ROOT / link).exists()] == []
