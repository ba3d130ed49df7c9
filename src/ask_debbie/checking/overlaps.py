"""Two full-time roles at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ask_debbie.checking.finding import Finding, at
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.passages import plain

_HANDOVER = 1  # months
_ASIDE = re.compile(
    r"part[- ]time|intern\b|internship|volunt|freelanc|self[- ]employed|consult|advis|board|member|mentor|sessional|"
    r"adjunct|visiting|tutor|teaching assistant|research assistant|fellow|founder|owner|contract|side|student|"
    r"honorary|chair|weekend|evening|locum|casual|per diem|relief|bank\b|seasonal|summer",
    re.IGNORECASE,
)


def find_overlaps(corpus: Corpus, today: dt.date) -> Iterator[Finding]:
    """Two full-time roles with different employers at once, for more than a month's handover."""
    roles = [
        entry
        for entry in corpus.timeline.of_kind("work")
        if entry.organisation and not entry.dates.single and not _ASIDE.search(_said_of(entry))
    ]
    for place, later in enumerate(roles):
        for earlier in roles[place + 1 :]:
            if later.organisation == earlier.organisation or _same_role(later, earlier):
                continue
            months = min(_end(later, today), _end(earlier, today)) - max(
                later.dates.start.last, earlier.dates.start.last
            )
            if months <= _HANDOVER:
                continue
            yield at(
                corpus.documents[later.passage.document],
                later.passage.start + later.dates.span[0],
                "remark",
                "roles-overlap",
                f"{later.organisation} ({plain(later.dates.text)}) and {earlier.organisation} "
                f"({plain(earlier.dates.text)}) overlap by {months} months.",
                'If one was part-time, say so in its title: "Tutor (part-time)".',
            )


def _said_of(entry: Entry) -> str:
    return " ".join((entry.names, entry.passage.text, *entry.passage.breadcrumb))


def _same_role(one: Entry, other: Entry) -> bool:
    """The same role in two documents, one of which writes the employer in another way."""
    return one.passage.document != other.passage.document and one.title.casefold() == other.title.casefold()


def _end(entry: Entry, today: dt.date) -> int:
    return entry.dates.until(today).first
