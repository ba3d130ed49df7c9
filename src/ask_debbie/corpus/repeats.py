"""What several documents say alike: it is said once, at the place where it stands best."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import is_dates, plain

Key = tuple[str, str, tuple[str, ...]]


def without_repeats(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages without those that another document has too, word for word and under the same employer and role.

    The document that is understood best keeps them: the one with most passages below two headings or more. A heading
    goes with the last that stood under it.
    """
    documents = list(dict.fromkeys(p.document for p in passages))
    if len(documents) < 2:
        return tuple(passages)
    depth = Counter(p.document for p in passages if len(p.breadcrumb) > 1)
    said: dict[Key, str] = {}
    for document in sorted(documents, key=lambda name: -depth[name]):
        for passage in passages:
            if passage.document == document and passage.kind != "heading":
                said.setdefault(_key(passage), document)
    kept = {p.key for p in passages if p.kind == "heading" or said[_key(p)] == p.document}
    if len(kept) == len(passages):
        return tuple(passages)
    repeated = [p for p in passages if p.key not in kept]
    emptied = {
        heading.key
        for heading in passages
        if heading.kind == "heading"
        and any(_is_under(p, heading) for p in repeated)
        and not any(p.key in kept and p.kind != "heading" and _is_under(p, heading) for p in passages)
    }
    return tuple(p for p in passages if p.key in kept - emptied)


def _key(passage: Passage) -> Key:
    above = tuple(_words(title) for title in passage.breadcrumb[1:] if not is_dates(title))
    return passage.kind, _words(plain(passage.text)), above


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+|[+#]+", text.casefold()))


def _is_under(passage: Passage, heading: Passage) -> bool:
    trail = (*heading.breadcrumb, plain(heading.text))
    return (
        passage.document == heading.document
        and passage.start > heading.start
        and passage.breadcrumb[: len(trail)] == trail
    )
