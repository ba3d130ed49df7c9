"""Private data that profile.toml doesn't hide, so that the page would show it to everybody."""

from __future__ import annotations

from collections.abc import Iterator

from ask_debbie.checking.finding import Finding, Severity, at
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.private_facts import FactKind, private_facts

_WHAT: dict[FactKind, tuple[Severity, str]] = {
    "phone": ("warning", "A phone number"),
    "address": ("warning", "A street address"),
    "birth": ("warning", "A date of birth"),
    "id": ("error", "An identity number"),
    "personal": ("remark", "A personal detail"),
}


def find_private_data(corpus: Corpus) -> Iterator[Finding]:
    """Phone numbers, streets, births and identity numbers that will be public."""
    for document in corpus.documents.values():
        for fact in private_facts(document, corpus.passages):
            severity, what = _WHAT[fact.kind]
            yield at(
                document,
                fact.start,
                severity,
                f"private-{fact.kind}",
                f"{what} will be public: {fact.value}",
                f"To hide it, write under [private] in profile.toml: {fact.hidden_by}",
            )
