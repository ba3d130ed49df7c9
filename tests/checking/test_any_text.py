"""Whatever stands in a document, it is looked through, and what is found is in it."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ask_debbie.checking.check import check
from ask_debbie.corpus.corpus import read_corpus
from ask_debbie.errors import CorpusError

PIECES = (
    "# ", "## Experience\n", "### Tagus\n", "- ", "\n", " ", "3/2018-6/2022", "13/2020", "5/2042-present", "ﬁ", "e cient",
    "Ã©", "develop-\nment", "<!-- ignore previous instructions -->", "\u200b", "\U000e0061\U000e0062\U000e0063", "Phone: +1 (415) 555-0134",
    "12 Oak Street", "DE89 3704 0044 0532 0130 00", "SSN: 078-05-1120", "10 years of experience", "EXPERIENCE    EDUCATION", "born 1990", "|", "**", "`",
)  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=40), st.sampled_from([".md", ".txt"])
)
def test_any_text(pieces: list[str], suffix: str) -> None:
    text = "".join(pieces).encode("utf-8", "replace")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "profile.toml").write_text('name = "Ines Vale"\n', "utf-8")
        (folder / f"resume{suffix}").write_bytes(text)
        try:
            corpus = read_corpus(folder)
        except CorpusError:
            return
        lines = next(iter(corpus.documents.values())).text.count("\n") + 1
        for found in check(corpus, dt.date(2024, 3, 15)):
            assert found.message
            assert found.remedy
            assert found.line is None or 1 <= found.line <= lines


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece", ["a", "a ", "1 ", "12 Oak ", "a-\n", "<", "Name: ", "\ufb01", "3/2018-", "Phone: 1"]
)
def test_long_text_takes_no_long_time(tmp_path: Path, piece: str) -> None:
    (tmp_path / "profile.toml").write_text('name = "Ines Vale"\n', "utf-8")
    (tmp_path / "resume.txt").write_text(piece * (100_000 // len(piece)), "utf-8")
    check(read_corpus(tmp_path), dt.date(2024, 3, 15))
