"""The texts by which passages are found."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain


@dataclass(frozen=True, slots=True)
class View:
    """One text by which a passage is found; a passage has one with its breadcrumb and one without."""

    id: str
    text: str
    passage: Passage


def views(passages: Sequence[Passage]) -> list[View]:
    """What is embedded. An id comes from file, text and place among equals: no edit elsewhere changes it."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for passage in passages:
        bare = plain(passage.text)
        for text in dict.fromkeys(
            (bare, f"{' › '.join(passage.breadcrumb)}: {bare}" if passage.breadcrumb else bare)
        ):
            seen[passage.document, text] += 1
            key = "\0".join((passage.document, text, str(seen[passage.document, text])))
            found.append(
                View(hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32], text, passage)
            )
    return found
