"""Who a corpus is about, as far as its documents say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Document, Passage
from ask_debbie.corpus.passages import names_candidate, plain
from ask_debbie.corpus.private_facts import PrivateFact, private_facts
from ask_debbie.corpus.profile import Link
from ask_debbie.corpus.role_words import ROLES

_TITLE = re.compile(
    r"^(?:resume|résumé|curriculum vitae|cv|lebenslauf)(?: of| for|:| [-–—])?\s+|['’]s (?:resume|résumé|cv)$|"
    r"\s*[-–—|]?\s*(?:resume|résumé|curriculum vitae|cv)$",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"\s*(?:,|\||·|•|\(|\s[-–—]\s).*$")
_NAME = re.compile(r"(?:[^\W\d_][\w'’.-]*)(?: [^\W\d_][\w'’.-]*){1,4}")
_SMALL = frozenset("de da do dos del della di du la le van von der den el al bin ibn ben y e".split())
_NOT_A_NAME = re.compile(
    r"\b(?:experience|education|skills|summary|profile|contact|projects?|about|objective|employment|history|portfolio)\b",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(r"\b(she|he|they)\s*/\s*(her|him|his|them|their)s?\b", re.IGNORECASE)
_PAIRS = {"she": "she/her", "he": "he/him", "they": "they/them"}
_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(
    r"(?<![\w@.])(?:https?://|www\.)[^\s)>\]|,;]+|"
    r"(?<![\w@./])(?:linkedin\.com/in|github\.com|gitlab\.com|orcid\.org|behance\.net|dribbble\.com|medium\.com|"
    r"twitter\.com|x\.com|bsky\.app/profile|kaggle\.com|stackoverflow\.com/users)/[^\s)>\]|,;]+",
    re.IGNORECASE,
)
_SITES = {
    "linkedin.com": "LinkedIn",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "orcid.org": "ORCID",
    "behance.net": "Behance",
    "dribbble.com": "Dribbble",
    "medium.com": "Medium",
    "twitter.com": "Twitter",
    "x.com": "X",
    "bsky.app": "Bluesky",
    "kaggle.com": "Kaggle",
    "stackoverflow.com": "Stack Overflow",
    "scholar.google.com": "Google Scholar",
}
_ANY_SITE = re.compile(r"(?:personal )?(?:web ?site|homepage|web|url|link|site|https?)", re.IGNORECASE)
_PLACE_LABEL = re.compile(
    r"(?:current )?(?:location|based in|lives in|residence|place|city)[*_]*[ \t]*:[*_]*[ \t]*(.+)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,2}, [A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,2}"
)
_NO_PLACE = re.compile(r"citizen|visa|permit|resident|relocat|remote", re.IGNORECASE)
_CONTACT = re.compile(r"contact|personal|details|kontakt|links|online|basics|info", re.IGNORECASE)
_SECTION = re.compile(
    r"experience|employment|career|education|skills|projects|summary|profile|objective|about|publications|currently|"
    r"in short|history|certif|awards|languages|interests|volunteer|teaching|research|work",
    re.IGNORECASE,
)
_NO_JOB = re.compile(r"(?:member|volunteer)\b", re.IGNORECASE)
_MOST_LINKS = 5
_TAGLINE = 70  # characters


@dataclass(frozen=True, slots=True)
class Found:
    """What the documents say; empty where they don't."""

    pronouns: str
    headline: str
    email: str
    links: tuple[Link, ...]
    private: tuple[PrivateFact, ...]


def find_name(documents: Sequence[Document]) -> str:
    """The candidate's name: the title of a resume, or its first line; empty where neither looks like one."""
    for document in documents:
        blocks = [document.text[b.start : b.end] for b in document.blocks[:3]]
        for text in blocks:
            labelled = re.match(r"(?:full )?name[*_]*\s*:[*_]*\s*(.+)", plain(text), re.IGNORECASE)
            name = _as_name(labelled[1] if labelled else plain(text))
            if name:
                return name
    return ""


def _as_name(text: str) -> str:
    bare = _AFTER_NAME.sub("", _TITLE.sub("", text).strip()).strip(" .*_")
    words = bare.split()
    capital = all(word[0].isupper() or word.lower() in _SMALL for word in words)
    if not _NAME.fullmatch(bare) or not capital or _NOT_A_NAME.search(bare) or ROLES.search(bare):
        return ""
    if bare.isupper():
        return " ".join(w.lower() if w.lower() in _SMALL else w.title() for w in words)
    return bare


def find(corpus: Corpus) -> Found:
    """What else the page wants to know."""
    area = list(_contact_area(corpus))
    text = "\n".join(plain(p.text) for p in area)
    everything = "\n".join(document.text for document in corpus.documents.values())
    pronouns = _PRONOUNS.search(text) or _PRONOUNS.search(everything)
    email = _EMAIL.search(text) or _EMAIL.search(everything)
    return Found(
        _PAIRS[pronouns[1].lower()] if pronouns else "",
        _headline(corpus, area),
        email[0] if email else "",
        tuple(_links(corpus, area)),
        tuple(
            fact
            for document in corpus.documents.values()
            for fact in private_facts(document, corpus.passages)
        ),
    )


def _contact_area(corpus: Corpus) -> Iterator[Passage]:
    """The passages above a document's first section, and those of a section of contact data."""
    for document in corpus.documents.values():
        if document.path.startswith("projects/"):
            continue
        own = [p for p in corpus.passages if p.document == document.path]
        begins = (p.start for p in own if p.kind == "heading" and _SECTION.search(plain(p.text)))
        first = next(begins, len(document.text))
        for passage in own:
            if passage.start < first or (passage.breadcrumb and _CONTACT.search(passage.breadcrumb[0])):
                yield passage


def _headline(corpus: Corpus, area: Sequence[Passage]) -> str:
    """The title and the place: "Architect · Hamilton, Ontario"."""
    title = _tagline(corpus, area) or _latest_title(corpus)
    place = _place(area)
    return " · ".join(filter(None, (title, place)))


def _tagline(corpus: Corpus, area: Sequence[Passage]) -> str:
    """The line under the name, where it is a title."""
    for name, line in pairwise(area):
        if name.kind != "heading" or not names_candidate(plain(name.text), corpus.profile.name):
            continue
        text = plain(line.text).rstrip(".")
        fits = len(text) <= _TAGLINE and not re.search(r"[\d@:|/]|\bI\b", text)
        if line.kind in {"sentence", "list"} and fits and (ROLES.search(text) or not _PLACE.fullmatch(text)):
            return text
        return ""
    return ""


def _latest_title(corpus: Corpus) -> str:
    works = [work for work in corpus.timeline.of_kind("work") if not _NO_JOB.match(work.title)]
    if not works:
        return ""
    entry = next((work for work in works if work.dates.end is None), works[0])
    parts = [part.strip() for part in re.split(r":\s|\s[–—|·]\s", entry.title)]
    title = next((part for part in reversed(parts) if ROLES.search(part)), entry.title)
    return title if len(title) <= _TAGLINE else ""


def _place(area: Sequence[Passage]) -> str:
    for text in (line for passage in area for line in _facts(passage)):
        labelled = _PLACE_LABEL.match(text)
        given = labelled[1] if labelled else text
        if not labelled and (not _PLACE.fullmatch(given) or ROLES.search(given)):
            continue
        parts = [part.strip() for part in given.split(",")]
        kept = [part for part in parts if part and not _NO_PLACE.search(part) and not re.search(r"\d", part)]
        if kept and len(", ".join(kept[:2])) <= _TAGLINE:
            return ", ".join(kept[:2])
    return ""


def _facts(passage: Passage) -> Iterator[str]:
    """The lines of a passage; what follows a street is the place."""
    for line in () if passage.kind == "heading" else passage.text.splitlines():
        yield re.sub(r"^[^,]*\d[^,]*,\s*", "", re.sub(r"(?<=[A-Z]) \d{5}(?:-\d{4})?$", "", plain(line)))


def _links(corpus: Corpus, area: Sequence[Passage]) -> Iterator[Link]:
    found: dict[str, Link] = {}
    for passage in area:
        text = corpus.documents[passage.document].text
        line = text[text.rfind("\n", 0, passage.start) + 1 :].split("\n", 1)[0]
        for match in _URL.finditer(line):
            bare = match[0].rstrip(".\"'*_`}")
            url = bare if bare.lower().startswith("http") else f"https://{bare}"
            found.setdefault(url.lower().rstrip("/"), Link(label=_label(url, line[: match.start()]), url=url))
    yield from list(found.values())[:_MOST_LINKS]


def _label(url: str, before: str) -> str:
    """A site's own name, else how the document calls the link, else where it leads."""
    host = re.sub(r"^https?://(?:www\.)?", "", url)
    host = re.split(r"[/?#]", host)[0].lower()
    called = re.search(r"([^\W\d_][\w ]{2,20})[*_]*: ?[<\[(*_]*$|\[([^\[\]]{3,30})\]\($", before)
    name = (called[1] or called[2] or "").strip() if called else ""
    return _SITES.get(host) or ("" if _ANY_SITE.fullmatch(name) else name) or host
