"""What a document says to software and hides from people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ask_debbie.answering.tampering import addresses_software
from ask_debbie.checking.finding import Finding, at, shortened
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Document
from ask_debbie.corpus.passages import plain

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_STYLED = re.compile(
    r"<[^<>]*\bstyle\s*=\s*[\"'][^\"'<>]*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|"
    r"font-size\s*:\s*[01](?:px|pt|em)?\s*[;\"']|(?<!-)color\s*:\s*(?:white\b|#fff(?:fff)?\b|transparent\b))|"
    r"<[^<>]*\shidden(?=[\s>])",
    re.IGNORECASE,
)
_TAGS = re.compile(r"[\U000e0020-\U000e007f]{3,}")
_FLAG = "\U0001f3f4"  # England's flag and its like are spelt with such characters
_INVISIBLE = re.compile(r"[\u200b\u2060-\u2064\u180e]|(?<=[A-Za-z])[\u200c\u200d\ufeff](?=[A-Za-z])")
_TURNED = re.compile(r"[\u202d\u202e]")
_REMOVE = "Remove it. It is no evidence here, but other software obeys such lines, and people who find them don't call."


def find_hidden(corpus: Corpus) -> Iterator[Finding]:
    """Instructions to software, and text that people can't see."""
    for passage in corpus.passages:
        if passage.kind != "item" and addresses_software(passage.text):
            yield at(
                corpus.documents[passage.document],
                passage.start,
                "error",
                "instruction",
                f'It tells a reader\'s software what to do: "{shortened(plain(passage.text))}"',
                _REMOVE,
            )
    for document in corpus.documents.values():
        yield from _unseen_instructions(document)
        yield from _styled(document)
        yield from _invisible(document)


def _unseen_instructions(document: Document) -> Iterator[Finding]:
    """Instructions in what is no passage: comments, and characters that spell without being seen."""
    for match in _COMMENT.finditer(document.text):
        if addresses_software(match[1]):
            yield at(
                document,
                match.start(),
                "error",
                "instruction",
                f'A comment that nobody sees tells software what to do: "{shortened(match[1])}"',
                _REMOVE,
            )
    for match in _TAGS.finditer(document.text):
        if document.text[match.start() - 1 : match.start()] == _FLAG:
            continue
        spelt = "".join(chr(ord(c) - 0xE0000) for c in match[0])
        yield at(
            document,
            match.start(),
            "error",
            "instruction",
            f'Invisible characters spell: "{shortened(spelt)}"',
            "Remove them: delete the words around that place and type them again.",
        )


def _styled(document: Document) -> Iterator[Finding]:
    for match in _STYLED.finditer(document.text):
        yield at(
            document,
            match.start(),
            "warning",
            "invisible-text",
            f"HTML that hides its text from people: {shortened(match[0], 50)}",
            "Show the text or remove it: the assistant reads and quotes it.",
        )


def _invisible(document: Document) -> Iterator[Finding]:
    for pattern, what in ((_INVISIBLE, "nobody sees"), (_TURNED, "turns the writing direction")):
        found = list(pattern.finditer(document.text))
        if found:
            name = unicodedata.name(found[0][0], "unnamed").lower()
            count = f", {len(found)} times" if len(found) > 1 else ""
            yield at(
                document,
                found[0].start(),
                "warning",
                "invisible-text",
                f"A character that {what} stands here{count}: {name}.",
                "Delete the words around that place and type them again.",
            )
