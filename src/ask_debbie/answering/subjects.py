"""The employers, roles, projects and schools that the documents' headings name, and where a question names one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import find_ranges
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import names_candidate, plain
from ask_debbie.retrieval.terms import STOP_WORDS, stem, stems, words

_SEGMENT = re.compile(r"\s*(?:[:()|,;·•]|\s[–—-]\s|\bat\b|@)\s*")
_GENERIC = frozenset(
    stem(word)
    for word in """engineer engineering manager management team software developer development senior junior lead
        intern internship assistant associate director head chief officer analyst consultant designer
        nurse teacher professor researcher specialist coordinator project university college school
        hospital company department bachelor master degree science arts part time full system services
        service the of and for in inc ltd llc experience work office group institute center centre academy
        certificate certified""".split()
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A heading that is no section's, with all that stands under it."""

    title: str
    heading: Passage
    trail: tuple[str, ...]

    def holds(self, passage: Passage) -> bool:
        """Whether the passage is the heading, one above nothing else, or stands under it."""
        if passage.document != self.heading.document:
            return False
        return passage.key == self.heading.key or passage.breadcrumb[: len(self.trail)] == self.trail

    @property
    def short(self) -> str:
        """The title without dates, up to its first divider."""
        dates = find_ranges(self.title)
        bare = self.title.replace(dates[0].text, "") if dates else self.title
        return bare.strip(" ,|()–—-")


@dataclass(frozen=True, slots=True)
class Mention:
    """A subject that a question names: the stems that do so, and their positions."""

    subject: Subject
    name: tuple[str, ...]
    start: int
    end: int


class Subjects:
    """All subjects of a corpus; ``current`` is the job that goes on, where one does."""

    def __init__(self, corpus: Corpus) -> None:
        self.all = tuple(_subjects(corpus))
        works = [e for e in corpus.timeline.of_kind("work") if e.dates.end is None and e.headings]
        self.current = next((s for e in works for s in self.all if s.heading == e.headings[-1]), None)
        titles = [set(stems(subject.title)) for subject in self.all]
        lower = {
            word
            for p in corpus.passages
            if p.kind != "heading"
            for word in re.findall(r"(?<![\w'])[a-z][\w]+", plain(p.text))
        }
        lower_stems = {stem(word) for word in lower}
        self._names: list[tuple[tuple[str, ...], Subject]] = []
        for place, subject in enumerate(self.all):
            elsewhere = set().union(*(t for other, t in enumerate(titles) if other != place))
            names = _names(subject.title, elsewhere, lower_stems)
            if "intern" in stems(subject.title):
                names |= {
                    ("intern",),
                    ("internship",),
                }  # how everybody speaks of such a job, whatever its title
            self._names += [(name, subject) for name in sorted(names)]

    def named_in(self, found: Sequence[str]) -> list[Mention]:
        """The subjects that a text's stems name; of names at one place the longest."""
        mentions = [
            Mention(subject, name, start, start + len(name))
            for name, subject in self._names
            for start in range(len(found) - len(name) + 1)
            if tuple(found[start : start + len(name)]) == name
        ]
        longest = [
            m
            for m in mentions
            if not any(
                o.start <= m.start and m.end <= o.end and (o.end - o.start) > (m.end - m.start)
                for o in mentions
            )
        ]
        unique: dict[tuple[str, int, int], Mention] = {}
        for mention in longest:
            unique.setdefault(mention.subject.heading.key, mention)
        return list(unique.values())


def _subjects(corpus: Corpus) -> list[Subject]:
    found = []
    for passage in corpus.passages:
        title = plain(passage.text)
        if passage.kind != "heading" or names_candidate(title, corpus.profile.name):
            continue
        deep = bool(passage.breadcrumb)
        alone = not passage.breadcrumb and passage.start == _first_heading(corpus, passage.document)
        if deep or alone:
            found.append(Subject(title, passage, (*passage.breadcrumb, title)))
    return found


def _first_heading(corpus: Corpus, document: str) -> int:
    return next((b.start for b in corpus.documents[document].blocks if b.kind == "heading"), -1)


def _names(title: str, elsewhere: set[str], lower: set[str]) -> set[tuple[str, ...]]:
    bare = title
    for dates in find_ranges(title):
        bare = bare.replace(dates.text, " ")
    names: set[tuple[str, ...]] = set()
    for segment in _SEGMENT.split(bare):
        whole = tuple(stems(segment))
        if len(whole) > 1 or (whole and _is_name(segment.strip(), lower)):
            names.add(whole)
        bare_name = _without_generic(segment)
        if bare_name and all(_is_name(word, lower) for word in bare_name):
            names.add(tuple(stems(" ".join(bare_name))))
        first = segment.split()[:1]
        key = tuple(stems(" ".join(first)))
        if len(key) == 1 and len(first[0]) > 3 and key[0] not in elsewhere and _is_name(first[0], lower):
            names.add(key)
    full = tuple(stems(bare))
    return {
        name
        for name in names | ({full} if len(full) > 1 else set())
        if name and set(name) - {stem(w) for w in STOP_WORDS}
    }


def _without_generic(segment: str) -> list[str]:
    """A name's own words: "San Telmo" of "Hospital San Telmo"."""
    found = [(word, not stems(word) or stem(words(word)[0]) in _GENERIC) for word in segment.split()]
    while found and found[0][1]:
        found.pop(0)
    while found and found[-1][1]:
        found.pop()
    return [word for word, _ in found]


def _is_name(word: str, lower: set[str]) -> bool:
    bare = [stem(w) for w in words(word)]
    return word[:1].isupper() and len(word) > 1 and not any(b in _GENERIC or b in lower for b in bare)
