"""How entries of the timeline are put into words, with the passages that prove it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from ask_debbie.answering.claim import Claim
from ask_debbie.corpus.dates import in_words
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.profile import Grammar


class EntryWords:
    """Sentences about one candidate's entries."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def place(self, entries: Sequence[Entry]) -> tuple[str, tuple[Passage, ...]]:
        """How to name what the entries share, and the headings that do."""
        first = entries[0]
        if (
            len(entries) > 1
            and first.organisation
            and all(e.organisation == first.organisation for e in entries)
        ):
            return f" at {first.organisation}", tuple(dict.fromkeys(h for e in entries for h in e.headings))
        if not first.headings:
            return "", ()
        if first.kind in {"work", "volunteering"}:
            return f" as {self.role(first)}", first.headings
        if first.kind == "project":
            return f" on {_project(first)}", first.headings
        return f" ({first.title})", first.headings[-1:]

    def role(self, entry: Entry) -> str:
        title = plain(entry.title)
        return (
            f"{title}, {entry.organisation}"
            if entry.organisation and entry.organisation not in title
            else title
        )

    def during(self, entry: Entry) -> str:
        """How to say that something was then: " as Nurse, Acme", " on Tide Clock"."""
        if entry.kind in {"work", "volunteering"}:
            return f" as {self.role(entry)}"
        return f" {self.naming(entry)}"

    def naming(self, entry: Entry) -> str:
        if entry.kind in {"work", "volunteering"} and entry.organisation:
            return f"at {entry.organisation}: {plain(entry.title)}"
        return (
            f"at {entry.title}"
            if entry.kind == "education"
            else f"on {_project(entry)}"
            if entry.kind == "project"
            else plain(entry.title)
        )

    def was(self, entry: Entry) -> Claim:
        g = self._grammar
        verb = g.is_ if entry.dates.end is None else g.was
        return Claim(
            f"{sentence_case(g.subject)} {verb} {self.naming(entry)} ({entry.dates.text}).", proof(entry)
        )

    def gap(self, one: Sequence[Entry], other: Sequence[Entry], today: dt.date) -> Claim:
        """How long it was from the end of the earlier to the beginning of the later."""
        early, late = sorted((one, other), key=lambda g: min(e.dates.start.first for e in g))
        ended = max(early, key=lambda e: e.dates.until(today).last)
        began = min(late, key=lambda e: e.dates.start.first)
        end, start = ended.dates.until(today), began.dates.start
        if end.month and start.month:
            months = max(0, start.first - end.first)
            words = in_words(months) + (f" ({months} months)" if months > 12 else "")
        else:
            words = f"about {in_words(max(0, start.year - end.year) * 12, whole_years=True)}"
        return Claim(
            f"{sentence_case(words)}, from {ended.dates.written[1]} to {began.dates.written[0]}.",
            dates_of([ended, began]),
        )

    def with_dates(self, entry: Entry) -> str:
        """Its name with its dates, which a line that is its own name may have already."""
        name = self.naming(entry)
        return name if entry.dates.text in name else f"{name} ({entry.dates.text})"

    def told(self, entry: Entry) -> Claim:
        """What it is and when, in no more words than that."""
        if entry.dates.single and (entry.headings == () or entry.headings[0].kind != "heading"):
            return self.milestone(entry)
        if entry.passage.kind in {"sentence", "field"}:
            return Claim(f"{plain(entry.passage.text).rstrip(' .')}.", proof(entry))
        return Claim(f"{self.role(entry)}: {entry.dates.text}.", proof(entry))

    def milestone(self, entry: Entry) -> Claim:
        """The line that names something with one date, with the date where that stands beside it."""
        return Claim(
            f"{entry.title}: {entry.dates.text}." if entry.headings else f"{entry.title}.", proof(entry)
        )

    def dated(self, entry: Entry) -> Claim:
        g = self._grammar
        when = entry.dates.text if entry.dates.single else entry.dates.written[1]
        if re.search(r"\bgraduat", entry.passage.text, re.IGNORECASE):
            return Claim(f"{sentence_case(g.subject)} graduated in {when} ({entry.title}).", proof(entry))
        return Claim(f"{entry.title}: {entry.dates.text}.", proof(entry))


def by_employer(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries in groups, one for each employer; what has none stands by itself."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.organisation or f" {entry.title}", []).append(entry)
    return list(groups.values())


def dates_of(entries: Sequence[Entry]) -> tuple[Passage, ...]:
    return tuple(dict.fromkeys(e.passage for e in entries))


def proof(entry: Entry) -> tuple[Passage, ...]:
    return tuple(dict.fromkeys((entry.passage, *entry.headings)))


def _project(entry: Entry) -> str:
    """A project's name, with what stands between it and its dates: the language that it is written in."""
    return f"{entry.organisation} ({entry.title})" if entry.organisation else entry.title


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
