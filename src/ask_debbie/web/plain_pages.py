"""Pages without a script: a document with a cited place marked in it, and the API's reference."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse

from ask_debbie.corpus.document import Document
from ask_debbie.web.colours import dark_theme_css, theme_css
from ask_debbie.web.desk import Desk
from ask_debbie.web.pictures import render_pages
from ask_debbie.web.places import find_words, read_span
from ask_debbie.web.protocols import Profile
from ask_debbie.web.render import Mark, document_title, render_document
from ask_debbie.web.shell import icon, template

CHANGED = "This document has changed since. The words that were cited are no longer in it."


def source_routes(desk: Desk) -> APIRouter:
    """`/sources/PATH?at=START-END&words=FINGERPRINT#cited`: where a citation's link leads."""
    router = APIRouter(include_in_schema=False)

    @router.get("/sources/{path:path}", response_class=HTMLResponse)
    def read_source(path: str, at: str = "", words: str = "") -> str:
        assistant = desk.assistant
        if path not in assistant.documents:
            raise HTTPException(404, "No such document")
        home = "../" * (path.count("/") + 1)
        return source_page(assistant.profile, assistant.documents[path], home, at=at, words=words)

    return router


def source_page(profile: Profile, document: Document, home: str, *, at: str = "", words: str = "") -> str:
    """A document as a page, with a place marked in it.

    Args:
        at: the place, as ``120-180``; anything else marks nothing.
        words: the fingerprint of what stood there; it is marked where it stands now, and missed where nowhere.
    """
    place = read_span(at)
    found = find_words(document.text, place, words) if place and words else place
    marks = [Mark(found.start, found.end, 1)] if found else []
    body = _marked(document, marks, home)
    gone = f'<p id="cited" role="note">{CHANGED}</p>' if place and not found else ""
    return _page(profile, document_title(document, profile.name), gone + body, home)


def _marked(document: Document, marks: Sequence[Mark], home: str) -> str:
    """The document with its marks, the first of which is the one cited; with pictures of its pages, if it has any."""
    text = render_document(document, marks).replace("<mark ", '<mark id="cited" ', 1)
    if not document.facsimile:
        return text
    pages = render_pages(document, marks, home)
    where = document.where(marks[0].start, marks[0].end) if marks else ""
    if '<i class="spot"' in pages:
        pages = pages.replace('<i class="spot"', '<i id="cited" class="spot"', 1)
        text = text.replace('<mark id="cited" ', "<mark ", 1)
    said = f"<p>{escape(where).capitalize()}</p>" if where else ""
    return (
        f'{said}<div class="sheets" aria-hidden="true">{pages}</div>'
        f"<details open><summary>Its text</summary>{text}</details>"
    )


def reference_page(profile: Profile, schema: dict[str, Any], home: str) -> str:
    """An OpenAPI description as a page to read."""
    parts = [
        f"<h1>{escape(schema['info']['title'])}</h1><p>{escape(schema['info'].get('description', ''))}</p>",
        '<p><a href="openapi.json">openapi.json</a></p>',
    ]
    server = next(iter(schema.get("servers", [])), {"url": ""})["url"]
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            answers = "".join(
                f"<li>{escape(status)}: {escape(answer.get('description', ''))}</li>"
                for status, answer in operation["responses"].items()
            )
            parts.append(
                f"<h2><code>{method.upper()} {escape(server + path)}</code></h2>"
                f"<p>{escape(operation.get('description', ''))}</p><ul>{answers}</ul>"
            )
    parts.append("<h2>Objects</h2>")
    for name, shape in schema.get("components", {}).get("schemas", {}).items():
        rows = "".join(
            f"<dt><code>{escape(key)}</code> {escape(_kind(value))}</dt><dd>{escape(value.get('description', ''))}</dd>"
            for key, value in shape.get("properties", {}).items()
        )
        parts.append(
            f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{escape(shape.get("description", ""))}</p><dl>{rows}</dl>'
        )
    return _page(profile, schema["info"]["title"], "".join(parts), home)


def _kind(shape: dict[str, Any]) -> str:
    if "$ref" in shape:
        return str(shape["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in shape:
        return " or ".join(_kind(option) for option in shape["anyOf"])
    if shape.get("type") == "array":
        return f"list of {_kind(shape.get('items', {}))}"
    return str(shape.get("const", shape.get("type", "any")))


def _page(profile: Profile, title: str, body: str, home: str) -> str:
    return template("plain.html").substitute(
        title=escape(f"{title} · {profile.name}"),
        icon=icon(profile.name, profile.accent),
        theme=theme_css(profile.accent),
        dark=dark_theme_css(profile.accent),
        home=escape(home),
        home_words=escape(f"Ask about {profile.name}"),
        body=body,
    )
