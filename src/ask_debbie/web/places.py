"""The address of a cited place, which still finds its words when the document has been edited."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple
from urllib.parse import quote as escaped

from ask_debbie.answering.answer import Citation

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


class Place(NamedTuple):
    """A span of a document's text."""

    start: int
    end: int


def source_address(citation: Citation) -> str:
    """Where the site shows a citation in its document, relative to the site's own address."""
    where = f"{citation.start}-{citation.end}"
    return f"sources/{escaped(citation.document)}?at={where}&words={fingerprint(citation.quote)}#cited"


def fingerprint(quote: str) -> str:
    """Tells a quote from other words, in twelve digits."""
    return hashlib.blake2b(quote.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def read_span(at: str) -> Place | None:
    """``120-180`` as a place; None for anything else."""
    span = _SPAN.fullmatch(at)
    return Place(int(span[1]), int(span[2])) if span else None


def find_words(text: str, place: Place, words: str) -> Place | None:
    """Where the words of this fingerprint stand now: where they stood, or the nearest place; None where nowhere."""
    length = place.end - place.start
    starts = range(len(text) - length + 1) if length > 0 else range(0)
    for start in sorted(starts, key=lambda start: abs(start - place.start)):
        if fingerprint(text[start : start + length]) == words:
            return Place(start, start + length)
    return None
