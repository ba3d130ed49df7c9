"""`/v1/profile` and `/v1/documents`: who it is about, and the documents with each place that a citation can name."""

from __future__ import annotations

from fastapi import APIRouter
from typing_extensions import TypedDict

from ask_debbie.corpus.document import Document
from ask_debbie.web.colours import accent_or_default
from ask_debbie.web.desk import Desk
from ask_debbie.web.errors import ApiError, ErrorReply
from ask_debbie.web.markdown import BlockKind
from ask_debbie.web.protocols import Assistant
from ask_debbie.web.render import blocks_of, document_title, safe_url


class PublicLink(TypedDict):
    """A link of the page's menu."""

    label: str
    url: str


class Contact(TypedDict):
    """How to reach the candidate, where she says so."""

    email: str | None
    policy: str | None


class Engine(TypedDict):
    """Who writes: by name, as answers carry it, and for a visitor."""

    name: str
    label: str


class PublicProfile(TypedDict):
    """What a page about the candidate shows before the first question."""

    name: str
    first_name: str
    headline: str
    accent: str
    greeting: str
    starters: list[str]
    contact: Contact
    links: list[PublicLink]
    engine: Engine


class SectionInfo(TypedDict):
    """A heading, and the span of the text that it governs."""

    title: str
    level: int
    start: int
    end: int


class DocumentInfo(TypedDict):
    """A document by its path, with its headings."""

    path: str
    title: str
    sections: list[SectionInfo]


class DocumentList(TypedDict):
    """All documents."""

    documents: list[DocumentInfo]


class TextRun(TypedDict):
    """Visible text with one look: `text[start:end]` of the document. `link` is http, https or mailto."""

    start: int
    end: int
    strong: bool
    emphasis: bool
    code: bool
    link: str | None


class TextBlock(TypedDict):
    """A heading (`level` 1 to 6), a list item (`level` is its depth, from 0; `label` its number), or running text."""

    kind: BlockKind
    level: int
    label: str
    runs: list[TextRun]


class WholeDocument(DocumentInfo):
    """A document to show: its text, and the blocks that a reader sees, their syntax left out."""

    text: str
    blocks: list[TextBlock]


def library_routes(desk: Desk) -> APIRouter:
    """The routes of the profile and the documents."""
    router = APIRouter()

    @router.get("/profile")
    async def read_profile() -> PublicProfile:
        """Who it is about."""
        return public_profile(desk.assistant)

    @router.get("/documents")
    async def list_documents() -> DocumentList:
        """The documents, with their sections."""
        return document_list(desk.assistant)

    @router.get("/documents/{path:path}", responses={404: {"model": ErrorReply}})
    async def read_document(path: str) -> WholeDocument:
        """One document, whole. What is private in it is blank."""
        assistant = desk.assistant
        if path not in assistant.documents:
            raise ApiError(404, "No such document: see /v1/documents.", "not_found", "path")
        document = assistant.documents[path]
        return {**document_info(assistant, document), "text": document.text, "blocks": _blocks(document)}

    return router


def public_profile(assistant: Assistant) -> PublicProfile:
    """What everybody may know of the profile."""
    profile = assistant.profile
    return {
        "name": profile.name,
        "first_name": profile.first_name,
        "headline": profile.headline,
        "accent": accent_or_default(profile.accent),
        "greeting": f"What would you like to know about {profile.first_name}?",
        "starters": list(profile.starters),
        "contact": {"email": profile.contact_email, "policy": profile.contact_policy},
        "links": [{"label": link.label, "url": link.url} for link in profile.links if safe_url(link.url)],
        "engine": {"name": assistant.engine, "label": assistant.engine_label},
    }


def document_list(assistant: Assistant) -> DocumentList:
    """All documents, each with its title and headings."""
    return {"documents": [document_info(assistant, document) for document in assistant.documents.values()]}


def document_info(assistant: Assistant, document: Document) -> DocumentInfo:
    """A document's title and headings."""
    return {
        "path": document.path,
        "title": document_title(document, assistant.profile.name),
        "sections": [
            {"title": section.title, "level": section.level, "start": section.start, "end": section.end}
            for section in document.sections
        ],
    }


def _blocks(document: Document) -> list[TextBlock]:
    return [
        {
            "kind": block.kind,
            "level": block.level,
            "label": block.label,
            "runs": [
                {
                    "start": run.start,
                    "end": run.end,
                    "strong": run.strong,
                    "emphasis": run.emphasis,
                    "code": run.code,
                    "link": safe_url(run.link) if run.link else None,
                }
                for run in block.runs
            ],
        }
        for block in blocks_of(document)
    ]
