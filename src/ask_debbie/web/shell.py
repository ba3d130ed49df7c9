"""What is on the page before any script runs: its head and its furniture, filled in from the profile."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import quote

from ask_debbie.corpus.document import Document
from ask_debbie.web.colours import accent_or_default, theme_css
from ask_debbie.web.protocols import Assistant, Link
from ask_debbie.web.render import document_title, safe_url

_EMAIL = re.compile(r"[^@\s\"<>]+@[^@\s\"<>]+")


@cache
def template(name: str) -> Template:
    """A template of this package's, by its file's name."""
    return Template(files(__package__).joinpath("templates", name).read_text(encoding="utf-8"))


def head_html(assistant: Assistant, *, assets: str, nonce: str) -> str:
    """The page's part of ``<head>``. ``assets`` is the folder of the static files, relative to the page."""
    profile = assistant.profile
    return template("head.html").substitute(
        title=escape(f"Ask about {profile.name}"),
        description=escape(
            f"Ask about {profile.name}'s work. Every answer comes from {profile.first_name}'s own documents, "
            "with the passage that proves it."
        ),
        theme=theme_css(profile.accent),
        icon=icon(profile.name, profile.accent),
        assets=escape(assets),
        nonce=escape(nonce),
    )


def shell_html(assistant: Assistant, *, max_question: int) -> str:
    """The page's furniture: header, conversation, question box, sources, menu."""
    profile = assistant.profile
    return template("shell.html").substitute(
        name=escape(profile.name),
        first_name=escape(profile.first_name),
        headline=escape(profile.headline),
        engine=escape(assistant.engine_label),
        email=escape(profile.contact_email or ""),
        starters=_starters(profile.starters),
        links=_links(profile.links, profile.contact_email),
        documents=_documents(assistant.documents.values(), profile.name),
        max_question=max_question,
    )


def _starters(starters: Iterable[str]) -> str:
    return "".join(f'<li><button type="button" class="starter">{escape(s)}</button></li>' for s in starters)


def _links(links: Iterable[Link], email: str | None) -> str:
    items = [
        f'<li><a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(link.label)}</a></li>'
        for link in links
        if (url := safe_url(link.url))
    ]
    if email and _EMAIL.fullmatch(email):
        items.append(f'<li><a href="mailto:{escape(email)}">{escape(email)}</a></li>')
    return "".join(items)


def _documents(documents: Iterable[Document], name: str) -> str:
    return "".join(
        f'<li><button type="button" class="document" data-path="{escape(document.path)}">'
        f'<span class="name">{escape(document_title(document, name))}</span>'
        f'<span class="path">{escape(document.path)}</span></button></li>'
        for document in documents
    )


def icon(name: str, accent: str) -> str:
    """The site's icon, as an address that holds it."""
    letter = escape(name[:1].upper())
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>"
        f"<rect width='32' height='32' rx='8' fill='{accent_or_default(accent)}'/>"
        "<text x='16' y='22.5' font-family='sans-serif' font-size='19' font-weight='600' "
        f"text-anchor='middle' fill='white'>{letter}</text></svg>"
    )
    return f"data:image/svg+xml,{quote(svg)}"
