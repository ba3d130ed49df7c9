"""References as lists of publications write them: who, when, what, where."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ask_debbie.corpus.dates import find_ranges

_NUMBER = re.compile(r"^\s*(?:\[[A-Za-z]{0,3}\d{1,3}\]|\(?[A-Za-z]?\d{1,3}[.)])\s+")
_YEAR = r"(?:19|20)\d\d"
_PENDING = (
    r"in press|forthcoming|to appear|accepted|submitted|under review|in preparation|in revision|n\.\s?d\."
)
_AFTER_AUTHORS = re.compile(  # Marín, R., & Okafor, T. (2020). Title. Where, 12(3), 45–67.
    rf"(?P<authors>\S.{{1,600}}?)\s+\((?P<year>{_YEAR}|{_PENDING})[a-z]?(?:,[^()]{{1,20}})?\)[.,:]?\s+"
    r"(?P<title>\S.*?[.?!])\s+(?P<rest>\S.*)",
    re.IGNORECASE,
)
_QUOTED = re.compile(  # R. Marín and T. Okafor, "Title," Where, vol. 12, no. 3, pp. 45–67, Mar. 2020.
    r"(?P<authors>\S.{1,600}?)[,.:]?\s+[\"“](?P<title>[^\"“”]{8,}?)[\"”][,.]?\s+(?P<rest>\S.*)"
)
_BEFORE_VOLUME = re.compile(  # Marín R, Okafor T. Title. Where. 2020;12(3):45-67.
    rf"(?P<authors>[^.]{{3,600}})\.\s+(?P<title>\S.*?[.?!])\s+(?P<rest>\S.*?\b(?P<year>{_YEAR})(?:\s+[A-Z][a-z]{{2}})?(?:\s+\d\d?)?\s?[;:].*)"
)
_FIGURES = re.compile(  # numbers that are no years: pages, volumes, identifiers, addresses
    r"\bpp?\.\s*[\w–-]+|:\s*\w?\d+(?:\s*[-–]\s*\w?\d+)?|\b\d+\s*\(\d{1,3}\)|\b(?:doi|arxiv|isbn|issn)\S*\s*\S+|https?://\S+"
    r"|\b10\.\d{4,}/\S+|\b(?:vol|no|art|nr)\.\s*\d+|[$€£]\s?[\d.,]+|\b\d+[.,]\d+",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:(?:van|von|der|den|de|del|della|da|dos|di|la|le|el|al|bin|ter|et)\s+)*[^\W\d_a-z][\w.'’-]*"
)
_JOINT = re.compile(r"[*†‡#§¹²]")


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a list.

    Attributes:
        authors: as written; empty where it can't be told which part they are.
        where: what follows the title; empty where that can't be told.
        years: those that it may be of; none where it has no year.
    """

    authors: str
    where: str
    years: frozenset[int]


def read_reference(text: str) -> Reference | None:
    """A reference in one of the common styles; None for any other text.

    Args:
        text: without inline marks.
    """
    bare = _NUMBER.sub("", text).strip()
    for style in (_AFTER_AUTHORS, _QUOTED, _BEFORE_VOLUME):
        match = style.fullmatch(bare)
        if match is None or not _are_names(match["authors"]):
            continue
        found = match.groupdict().get("year")
        if found is None:
            years = years_in(match["rest"])
            last = re.search(rf"\(({_YEAR})\)|\b({_YEAR})\.?$", _FIGURES.sub(" ", match["rest"]).strip())
            if last:
                years = frozenset({int(last[1] or last[2])})
        else:
            years = frozenset({int(found)} if found.isdigit() else ())
        return Reference(match["authors"].strip(" ,."), match["rest"], years)
    return None


def years_in(text: str) -> frozenset[int]:
    """All years that an entry may be of: those that it names, and those between the ends of its ranges."""
    bare = _FIGURES.sub(" ", text)
    years: set[int] = set()
    for found in find_ranges(bare):
        if found.end is not None:
            years |= set(range(found.start.year, found.end.year + 1))
        bare = bare.replace(found.text, " ")
    return frozenset(years | {int(year) for year in re.findall(rf"(?<![\w-]){_YEAR}(?!\w)", bare)})


def goes_on(text: str) -> bool:
    """Whether a text has a date that is open: ``2019–present``."""
    return any(found.end is None for found in find_ranges(text))


def _are_names(authors: str) -> bool:
    """Whether all of a text is names: ``Marín, R., & Okafor, T.``, ``R. Marín and T. Okafor``."""
    pieces = re.split(r"\s*[,;&]\s*|\s+and\s+", _JOINT.sub("", authors))
    words = [word for piece in pieces for word in _NAME.sub(" ", piece).split()]
    return not [w for w in words if w not in {"and", "al.", "al", "et", "…", "...", ".", "-", "–"}]


@dataclass(frozen=True, slots=True)
class Author:
    """Tells one person among the authors of references.

    Args:
        name: in full, as she writes it.
    """

    name: str

    def place(self, authors: str) -> tuple[bool, bool] | None:
        """Whether she is the first of the authors, and whether the last; None where that can't be told."""
        found = [match for pattern in self._forms() for match in pattern.finditer(authors)]
        if not found:
            return None
        start, end = min(m.start() for m in found), max(m.end() for m in found)
        first = not re.search(r"\w", authors[:start])
        after = re.sub(r"^[^\w&]+", "", authors[end:])
        shortened = re.search(r"\bet al\b|…|\.\.\.", authors) is not None
        joint = _JOINT.search(authors) is not None
        if joint and not first:
            return None
        last = not re.search(r"\w", after)
        return first, last and not shortened

    def _forms(self) -> list[re.Pattern[str]]:
        bare = re.sub(r"^(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.?\s+|,.*$", "", self.name).strip()
        given, *rest = bare.split() or [""]
        initials = r"(?:[\s.-]*[^\W\d_a-z](?![^\W\d_A-Z]))*\.?"
        forms = []
        for size in range(len(rest)):
            family = re.escape(" ".join(rest[size:]))
            first = rf"(?:{re.escape(given)}\b|{re.escape(given[:1])}(?![^\W\d_A-Z])\.?)"
            middle = "".join(
                rf"(?:\s+{re.escape(w)}|[\s.-]*{re.escape(w[:1])}(?![^\W\d_A-Z])\.?)?" for w in rest[:size]
            )
            forms.append(rf"(?<![\w’'-]){family},?\s+{first}{middle}{initials}(?![\w’'])")
            forms.append(rf"(?<![\w’'-]){first}{middle}{initials}\s+{family}(?![\w’'])")
        return [re.compile(form) for form in forms]
