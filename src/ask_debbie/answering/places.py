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


class Places:
    """The headings that the passages of one corpus stand under."""

    def __init__(self, corpus: Corpus) -> None:
        self._headings = {
            (p.document, (*p.breadcrumb, plain(p.text))): p
            for p in reversed(corpus.passages)
            if p.kind == "heading"
        }
        self._own_time = {
            heading.key
            for entry in corpus.timeline.of_kind("project", "volunteering")
            for heading in entry.headings
        }

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

    def is_own_time(self, heading: Passage) -> bool:
        """Whether a heading names a project or a charity: what stands under it says little without its name."""
        return heading.key in self._own_time
