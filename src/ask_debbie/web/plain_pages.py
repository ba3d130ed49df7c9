"""Pages without a script: a document with a cited place marked in it, and the API's reference."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse

from ask_debbie.corpus.document import Document
from ask_debbie.web.colours import dark_theme_css, theme_css
from ask_debbie.web.desk import Desk
from ask_debbie.web.pictures import render_pages
from ask_debbie.web.protocols import Profile
from ask_debbie.web.render import Mark, document_title, render_document
from ask_debbie.web.shell import icon, template

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


def source_routes(desk: Desk) -> APIRouter:
    """`/sources/PATH?at=START-END#cited`: where a citation's link leads."""
    router = APIRouter(include_in_schema=False)
    assistant = desk.assistant

    @router.get("/sources/{path:path}", response_class=HTMLResponse)
    async def read_source(path: str, at: str = "") -> str:
        if path not in assistant.documents:
            raise HTTPException(404, "No such document")
        home = "../" * (path.count("/") + 1)
        return source_page(assistant.profile, assistant.documents[path], at, home)

    return router


def source_page(profile: Profile, document: Document, at: str, home: str) -> str:
    """A document as a page, with what ``at`` names (``120-180``) marked, if it names anything."""
    span = _SPAN.fullmatch(at)
    marks = [Mark(int(span[1]), int(span[2]), 1)] if span else []
    text = render_document(document, marks).replace("<mark ", '<mark id="cited" ', 1)
    body = text
    if document.facsimile:
        pages = render_pages(document, marks, home)
        where = document.where(marks[0].start, marks[0].end) if marks else ""
        if '<i class="spot"' in pages:
            pages = pages.replace('<i class="spot"', '<i id="cited" class="spot"', 1)
            text = text.replace('<mark id="cited" ', "<mark ", 1)
        said = f"<p>{escape(where).capitalize()}</p>" if where else ""
        body = (
            f'{said}<div class="sheets" aria-hidden="true">{pages}</div>'
            f"<details open><summary>Its text</summary>{text}</details>"
        )
    return _page(profile, document_title(document, profile.name), body, home)


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
