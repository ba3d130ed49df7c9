"""Files that are no good, or too much: a cause and a remedy, never a crash."""

from __future__ import annotations

import subprocess
import sys
import zlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from ask_debbie.corpus.readers import read_document
from ask_debbie.corpus.readers.pdf import process
from ask_debbie.errors import DocumentError
from tests.corpus.pdf.drawn import drawn, lines


def small(canvas: Canvas) -> None:
    lines(canvas, "Rosa Vale", "Experience", "Pilot, Harbour Trust, 2012 - 2016", "Steered 14 ferries.")


def crowded(canvas: Canvas) -> None:
    lines(canvas, *["Steered ferries, tugs and pilot boats between the outer islands and the harbour."] * 100)


def picture_of_text(canvas: Canvas) -> None:
    canvas.rect(100, 100, 300, 500, fill=1)


def test_what_is_empty() -> None:
    with pytest.raises(DocumentError, match=r"^it is empty: export"):
        read_document("cv.pdf", b"")


@pytest.mark.parametrize("raw", [b"This is no PDF!", b"%PDF-1.7\n%%EOF", drawn(small)[:200], b"\0" * 5000])
def test_what_is_damaged(raw: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^it is damaged.*(export it again|save it as)"):
        read_document("cv.pdf", raw)


def test_what_is_locked() -> None:
    with pytest.raises(DocumentError, match="protected by a password: save a copy without one"):
        read_document("cv.pdf", drawn(small, encrypt="tide"))


def test_what_is_scanned() -> None:
    with pytest.raises(
        DocumentError, match=r"there is no text in it, as in a scan: export .* or save its text"
    ):
        read_document("cv.pdf", drawn(picture_of_text))


def test_a_scan_with_its_text_hidden_behind_it() -> None:
    def scan(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        text.setTextRenderMode(3)
        text.textLine("Recognised, perhaps wrongly")
        canvas.drawText(text)

    with pytest.raises(DocumentError, match="none of its text can be seen"):
        read_document("cv.pdf", drawn(scan))


def test_too_many_pages() -> None:
    with pytest.raises(DocumentError, match="it has 101 pages, more than the 100 that are read"):
        read_document("cv.pdf", drawn(*[small] * 101))


def test_too_many_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_CHARACTERS", 20)
    with pytest.raises(DocumentError, match="more than 20 characters"):
        process.read_file(drawn(small) + b"\n%other")


def test_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_BYTES", 100)
    with pytest.raises(DocumentError, match="larger than"):
        process.read_file(drawn(small) + b"\n%another")


def test_what_takes_too_long_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_PATIENCE", 0.001)
    with pytest.raises(DocumentError, match="takes more than"):
        process.read_file(drawn(small) + b"\n%slow")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no process's share of a processor")
def test_what_takes_too_much_of_a_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 1)
    with pytest.raises(DocumentError, match="takes more than"):
        process.read_file(drawn(*[crowded] * 15))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="it takes a shell")
def test_a_busy_machine_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven seconds on the clock that cost the reader nothing: it is stopped and goes on."""
    run = subprocess.run

    def held_up(command: list[str], **how: Any) -> Any:
        return run(["/bin/sh", "-c", 'sleep 7; exec "$@"', "sh", *command], **how)

    monkeypatch.setattr(subprocess, "run", held_up)
    assert process.read_file(drawn(small) + b"\n%busy").pages[0].chars


def bomb(size: int) -> bytes:
    """A page whose content, a few kB in the file, is ``size`` blanks when unpacked."""
    squeezer = zlib.compressobj(9)
    packed = (
        b"".join(squeezer.compress(b" " * 1_000_000) for _ in range(size // 1_000_000)) + squeezer.flush()
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>"
    content = b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream"
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content]
    parts = [b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(bodies, 1)]
    return b"%PDF-1.4\n" + b"".join(parts) + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


@pytest.mark.slow
def test_a_decompression_bomb() -> None:
    with pytest.raises(DocumentError):
        read_document("cv.pdf", bomb(2_000_000_000))


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_damage_does_more_than_be_refused(data: st.DataObject) -> None:
    raw = bytearray(drawn(small))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        kind = data.draw(st.sampled_from(["change", "cut", "repeat"]))
        if kind == "change":
            raw[at] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del raw[at : at + data.draw(st.integers(1, 80))]
        else:
            raw[at:at] = raw[at : at + data.draw(st.integers(1, 80))] * data.draw(st.integers(1, 20))
        if not raw:
            break
    try:
        document = read_document("cv.pdf", bytes(raw))
    except DocumentError:
        return
    assert all(document.text[block.start : block.end].strip() for block in document.blocks)
