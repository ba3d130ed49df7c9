"""Under which employer, school or project a passage stands, and which questions want to know."""

from __future__ import annotations

import re

from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.readers.plain import SECTION_WORDS
from ask_debbie.retrieval.terms import fold

_PLACES = (
    r"(?:alma mater|compan(?:y|ies)|employers?|firms?|jobs?|roles?|teams?|projects?|universit(?:y|ies)|schools?|colleges?|"
    r"positions?|practices?|hospitals?|clinics?|organi[sz]ations?|institutions?|agenc(?:y|ies)|studios?|labs?|offices?|"
    r"places?|charit(?:y|ies)|clubs?|nonprofits?|non-profits?)"
)
_WHERE = re.compile(
    rf"\b(?:where(?! (?:can|do) i\b)|(?:which|what) (?:of (?:her|his|their|the) )?(?:\w+ )?{_PLACES}|"
    r"(?:at|for|with) (?:which|what|whom)|whom? for|who (?:was|were|is|are|did|does) \w+ (?:\w+ )?work(?:ing)? for)\b"
)
_NAME = re.compile(
    r"\b(?:called|named?|titled?|which (?:\w+ )?project|what(?:'s| is) (?:her|his|their)\b.{0,30}\b(?:project|app|tool|newsletter))\b"
)


def asks_where(text: str) -> bool:
    """Whether a question wants the employer, the school or the project that goes with the answer."""
    return _WHERE.search(fold(text)) is not None


def asks_name(text: str) -> bool:
    """Whether a question wants a name: a project's, a newsletter's."""
    return _NAME.search(fold(text)) is not None


class Places:
    """The headings that the passages of one corpus stand under."""

    def __init__(self, corpus: Corpus) -> None:
        self._headings = {
            (p.document, (*p.breadcrumb, plain(p.text))): p
            for p in reversed(corpus.passages)
            if p.kind == "heading"
        }
        self._kinds = {
            heading.key: entry.kind for entry in corpus.timeline.entries for heading in entry.headings
        }

        self._descriptions = self._first_under(corpus)

    def _first_under(self, corpus: Corpus) -> set[tuple[str, int, int]]:
        first: dict[tuple[str, int, int], Passage] = {}
        for passage in corpus.passages:
            heading = self.of(passage) if passage.kind == "sentence" else None
            if heading and (self.is_project(heading) or self._kinds.get(heading.key) == "volunteering"):
                first.setdefault(heading.key, passage)
        return {passage.key for passage in first.values()}

    def above(self, passage: Passage) -> tuple[Passage, ...]:
        """The headings that a passage stands under, outermost first."""
        trail = passage.breadcrumb
        found = (self._headings.get((passage.document, trail[:size])) for size in range(1, len(trail) + 1))
        return tuple(heading for heading in found if heading is not None)

    def of(self, passage: Passage) -> Passage | None:
        """The heading that names the employer, the school or the project of a passage."""
        for heading in self.above(passage):
            top = not heading.breadcrumb
            if (not top or "/" in passage.document) and not SECTION_WORDS.fullmatch(plain(heading.text)):
                return heading
        return None

    def is_project(self, heading: Passage) -> bool:
        """Whether a heading names a project."""
        return self._kinds.get(heading.key, "project") == "project" and (
            "/" in heading.document
            or re.search("project", " ".join(heading.breadcrumb), re.IGNORECASE) is not None
        )

    def is_described_by(self, passage: Passage) -> bool:
        """Whether a passage is the first that a project's or a charity's heading has under it: what it is."""
        return passage.key in self._descriptions
