"""A PDF among the sources: pictures of its pages with what is cited marked, and nothing private on them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from playwright.sync_api import expect
from reportlab.pdfgen.canvas import Canvas

from ask_debbie.answering.answer import Citation, Sentence
from ask_debbie.corpus.document import Document
from ask_debbie.corpus.privacy import without_private
from ask_debbie.corpus.profile import Private
from ask_debbie.corpus.readers import read_document
from ask_debbie.settings import Settings
from ask_debbie.web.pictures import render_source
from ask_debbie.web.render import Mark
from ask_debbie.web.server import create_app
from tests.corpus.pdf.drawn import drawn, lines
from tests.web.conftest import Site, Visit
from tests.web.fakes import FakeAssistant
from tests.web.visits import ask, violations

QUESTION = "What did she steer?"
FERRIES = "Steered 14 ferries for the Harbour Trust."
PRIVATE = Private(lines=("Left after the merger.",))


def first(canvas: Canvas) -> None:
    lines(canvas, "Rosa Marín", "Left after the merger.")


def second(canvas: Canvas) -> None:
    lines(canvas, *(f"A line about harbour number {n}, and no more than that." for n in range(20)), FERRIES)


def read(private: Private = PRIVATE) -> Document:
    return read_document("papers/cv.pdf", drawn(first, second), partial(without_private, private=private))


@pytest.fixture
def document() -> Document:
    return read()


@pytest.fixture
def client(assistant: FakeAssistant, document: Document) -> Iterator[TestClient]:
    assistant.documents[document.path] = document
    with TestClient(create_app(assistant, Settings()), base_url="http://site.example") as client:
        yield client


def marks(document: Document) -> list[Mark]:
    start = document.text.index(FERRIES)
    return [Mark(start, start + len(FERRIES), 1)]


def test_a_page_is_a_picture(client: TestClient) -> None:
    reply = client.get("/pages/2/papers/cv.pdf")
    assert reply.status_code == 200
    assert reply.headers["content-type"] in ("image/png", "image/webp")
    assert "max-age" in reply.headers["cache-control"]
    picture = Image.open(io.BytesIO(reply.content))
    assert picture.width == 1240
    assert picture.height / picture.width == pytest.approx(842 / 595, abs=0.01)


@pytest.mark.parametrize(
    "path", ["0/papers/cv.pdf", "3/papers/cv.pdf", "1/resume.md", "1/none.pdf", "1/../../etc/passwd"]
)
def test_what_is_no_page_of_a_document_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(f"/pages/{path}").status_code == 404


def shades(client: TestClient, document: Document, where: Document) -> set[int]:
    """The shades of grey that the picture has where ``where`` has its private line."""
    start = where.text.index("Left after")
    (box,) = where.boxes(start, start + len("Left after the merger."))
    picture = Image.open(io.BytesIO(client.get(f"/pages/1/{document.path}").content)).convert("L")
    width, height = picture.size
    region = picture.crop(
        (
            round(box.left * width),
            round(box.top * height),
            round(box.right * width),
            round(box.bottom * height),
        )
    )
    return {shade for _, shade in region.getcolors() or ()}  # type: ignore[misc]


def test_what_is_private_is_painted_over(
    client: TestClient, assistant: FakeAssistant, document: Document
) -> None:
    public = read(Private())
    hidden = shades(client, document, public)
    assert max(hidden) - min(hidden) <= 8
    assistant.documents[document.path] = public
    assert max(shades(client, document, public)) - min(shades(client, document, public)) > 200


def test_the_marks_lie_on_the_words(document: Document) -> None:
    html = render_source(document, marks(document))
    before, after = html.split('<div class="words">')
    assert before.count('class="sheet"') == 2
    assert before.count('class="spot" data-markers="1"') == 1
    assert before.index('class="spot"') > before.index("pages/2/papers/cv.pdf")
    assert '<mark data-markers="1">' in after


def test_a_changed_page_has_another_address(document: Document) -> None:
    assert render_source(document) != render_source(read(Private()))


def test_where_a_citation_links_shows_the_page(client: TestClient, document: Document) -> None:
    (mark,) = marks(document)
    html = client.get(f"/sources/papers/cv.pdf?at={mark.start}-{mark.end}").text
    assert "<p>Page 2</p>" in html
    assert '<i id="cited" class="spot"' in html
    assert 'src="../../pages/2/papers/cv.pdf?v=' in html
    assert html.count('id="cited"') == 1


def script(assistant: FakeAssistant, document: Document) -> None:
    (mark,) = marks(document)
    assistant.documents[document.path] = document
    citation = Citation(1, document.path, ("Work",), FERRIES, mark.start, mark.end, "page 2")
    assistant.when(
        QUESTION, *assistant.answered(QUESTION, [Sentence("She steered ferries.", (1,))], [citation])
    )


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_place_is_marked_on_the_page(
    assistant: FakeAssistant, document: Document, site: Site, visit: Visit, width: int, height: int
) -> None:
    script(assistant, document)
    page = visit(width, height)
    ask(page, QUESTION)
    page.locator(".cite").click()
    spot = page.locator("#page .spot.current")
    expect(spot).to_be_in_viewport()
    expect(page.locator("#page .path span")).to_contain_text("papers/cv.pdf, page 2")
    expect(page.locator(".source .where")).to_contain_text("cv, page 2")
    image = page.locator(".sheet img").nth(1)
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") == 1240
    assert spot.bounding_box()["width"] < page.locator(".sheet").first.bounding_box()["width"]  # type: ignore[index]
    expect(page.locator("#page .words mark")).to_have_text(FERRIES)  # for whoever listens

    page.get_by_role("button", name="Text", exact=True).click()
    expect(page.locator("#page .words mark.current")).to_be_in_viewport()
    expect(page.locator(".sheets")).to_be_hidden()
    assert violations(page) == []
