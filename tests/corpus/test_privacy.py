"""What the profile keeps private reaches no passage, document, index or prompt, and moves nothing else."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ask_debbie.answering.briefing import brief
from ask_debbie.corpus.privacy import missing_lines, unknown_fields, without_private
from ask_debbie.corpus.profile import Private
from ask_debbie.retrieval.chroma_client import memory_client
from ask_debbie.retrieval.index import PassageIndex
from ask_debbie.retrieval.retriever import HybridRetriever
from tests.corpus.conftest import Read

FIRED = "Left the trust after a quarrel about the tide tables."
RESUME = f"""\
# Ines Vale

- Email: ines@example.org
- Phone: (212) 555-0134
- Date of birth: 3 May 1990

## Experience

### Harbour Trust

- Mapped 14 wrecks in 900,000 square metres.
- Sailed home. {FIRED}

Call her on 212-555-0134 for more.
"""
PROFILE = f"""\
name = "Ines Vale"
[private]
fields = ["birth", "email"]
lines = ["{FIRED}", "(212) 555-0134", "212-555-0134"]
"""
SECRETS = ("ines@example.org", "555-0134", "3 May 1990", "quarrel", "tide tables")


class Numbered:
    """Vectors that depend on the text alone, and a record of all that was embedded."""

    name = "numbered"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.texts += texts
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])
        vector: list[float] = np.random.default_rng(seed).normal(size=8).tolist()
        return vector


def test_private_text_is_nowhere(read_files: Read) -> None:
    corpus = read_files({"profile.toml": PROFILE, "resume.md": RESUME})
    embeddings = Numbered()
    index = PassageIndex(memory_client(), embeddings, "ad-private")
    index.update(corpus)
    rows = index.store(corpus).get()
    retriever = HybridRetriever(passages=corpus.passages, store=index.store(corpus))
    everywhere = {
        "document": corpus.documents["resume.md"].text,
        "passages": repr(corpus.passages),
        "timeline": repr(corpus.timeline),
        "index": repr(rows["documents"]) + repr(rows["metadatas"]),
        "embedded": repr(embeddings.texts),
        "found": repr(retriever.search("Why did she leave, and what is her phone number?")),
        "prompt": brief(corpus, 100_000).text,
    }
    for where, text in everywhere.items():
        assert [secret for secret in SECRETS if secret in text] == [], where
        assert "14 wrecks" in text or where == "timeline", f"{where} holds the rest"


def test_what_is_not_private_keeps_its_place(read_files: Read) -> None:
    corpus = read_files({"profile.toml": PROFILE, "resume.md": RESUME})
    text = corpus.documents["resume.md"].text
    assert len(text) == len(RESUME)
    assert text.index("Sailed home.") == RESUME.index("Sailed home.")
    (sailed,) = [p for p in corpus.passages if p.text == "Sailed home."]
    assert RESUME[sailed.start : sailed.end] == sailed.text


@pytest.mark.parametrize(
    ("field", "text", "secret"),
    [
        ("phone", "- Phone: (212) 555-0134\n", "555"),
        ("phone", "- **Phone:** (212) 555-0134\n", "555"),
        ("phone", "Porto | +351 912 555 012 | Sailor", "555"),
        ("phone", "Call 212.555.0134 or (212) 555-0134.", "0134"),
        ("phone", "[Call](tel:+12125550134)", "0134"),
        ("phone", "| Phone | (212) 555-0134 |", "555"),
        ("phone", "PHONE NUMBER: 212-555-0134", "555"),
        ("Phone", "Mobile: 212-555-0134", "555"),
        ("email", "E-mail: ines@example.org", "@"),
        ("email", "Write to ines.vale+work@mail.example.org today", "@"),
        ("email", "[Write](mailto:ines@example.org)", "@"),
        ("address", "Address: 12 Quay Street, Porto", "Quay"),
        ("address", "Location: Porto", "Porto"),
        ("website", "Website: www.ines.example\n\nSee www.ines.example/wrecks too", "www.ines.example\n"),
        ("birth", "Date of birth: 3 May 1990", "1990"),
        ("birth", "Born: 1990", "1990"),
        ("birth", "Age: 33", "33"),
        ("salary", "Salary: 90k", "90k"),
        ("marital status", "Marital Status: single", "single"),
    ],
)
def test_a_private_field_is_blanked(field: str, text: str, secret: str) -> None:
    assert secret in text
    shown = without_private(text, Private(fields=(field,)))
    assert secret not in shown
    assert len(shown) == len(text)


def test_a_labelled_value_is_blanked_wherever_it_stands() -> None:
    text = "Website: www.ines.example\n\nThe atlas is at www.ines.example\n"
    assert "www" not in without_private(text, Private(fields=("website",)))


@pytest.mark.parametrize(
    "text",
    [
        "2012-2016",
        "2012 - 2016",
        "3/2018-6/2022",
        "2019-07-01 to 2021-09-30",
        "900,000 litres",
        "14 wrecks",
        "in 2019",
        "version 1.2.3",
        "https://x.example/20190704123456",
    ],
)
def test_a_private_phone_leaves_other_figures(text: str) -> None:
    assert without_private(text, Private(fields=("phone",))) == text


def test_a_field_ends_where_the_next_fact_begins() -> None:
    text = "Phone: (212) 555-0134 | Porto\nSailor\n"
    shown = without_private(text, Private(fields=("phone",)))
    assert shown.endswith("| Porto\nSailor\n")


def test_a_private_line_may_be_wrapped_in_the_document() -> None:
    text = "- Left the trust after\n  a quarrel. Sailed.\n"
    shown = without_private(text, Private(lines=("Left the trust after a quarrel.",)))
    assert shown.split() == ["-", "Sailed."]
    assert [at for at, c in enumerate(shown) if c == "\n"] == [at for at, c in enumerate(text) if c == "\n"]


def test_a_private_line_is_no_pattern() -> None:
    assert without_private("axb a.b", Private(lines=("a.b",))) == "axb \u00a0\u00a0\u00a0"


@given(
    st.text(),
    st.lists(st.sampled_from(["phone", "email", "address", "website", "birth", "a.*", "(", "é"]), max_size=4),
)
def test_blanking_keeps_every_offset(text: str, fields: list[str]) -> None:
    shown = without_private(text, Private(fields=tuple(fields), lines=(text[2:9], "x")))
    assert len(shown) == len(text)
    assert all(after in (before, "\u00a0") for before, after in zip(text, shown, strict=True))


def test_nothing_private_changes_nothing() -> None:
    assert without_private(RESUME, Private()) == RESUME
    assert without_private(RESUME, Private(lines=("", "  "))) == RESUME


def test_a_private_line_that_is_nowhere_is_told(read_files: Read) -> None:
    profile = 'name = "Ines Vale"\n[private]\nlines = ["Was a pirate.", "Sailed home."]\n'
    corpus = read_files({"profile.toml": profile, "resume.md": RESUME})
    (warning,) = corpus.warnings
    assert "Was a pirate." in warning
    assert "profile.toml" in warning


def test_missing_lines_and_unknown_fields() -> None:
    private = Private(fields=("phone", "Email", "salary"), lines=("Sailed home.", "Was a pirate.", " "))
    assert missing_lines(RESUME, private) == ("Was a pirate.",)
    assert unknown_fields(private) == ("salary",)


def test_the_digest_tells_private_settings_apart(read_files: Read) -> None:
    shown = read_files({"resume.md": RESUME})
    hidden = read_files({"profile.toml": PROFILE, "resume.md": RESUME})
    assert shown.digest != hidden.digest


def test_an_unknown_private_field_is_told_and_taken_as_a_label(read_files: Read) -> None:
    profile = 'name = "Ines Vale"\n[private]\nfields = ["salary"]\n'
    corpus = read_files({"profile.toml": profile, "resume.md": "- Salary: 90k\n- Sailed.\n"})
    (warning,) = corpus.warnings
    assert "'salary'" in warning
    assert [p.text for p in corpus.passages] == ["Sailed."]
