"""The kinds of sections that list entries, and the words that ask for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ask_debbie.retrieval.terms import STOP_WORDS, stem


@dataclass(frozen=True, slots=True)
class Kind:
    """Stems of the nouns that name a kind of entry, in a heading or a question, and of other words that ask for it."""

    nouns: frozenset[str]
    words: frozenset[str] = frozenset()


def _kind(nouns: str, words: str = "") -> Kind:
    return Kind(_stems(nouns), _stems(words))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


VOLUNTEERING = _kind(
    "volunteering volunteer voluntary unpaid charity charities charitable nonprofit nonprofits ngo pro bono",
    "volunteered non",
)
KINDS = (
    _kind(
        "award awards prize prizes honour honours honor honors distinction distinctions recognition accolade "
        "accolades trophy trophies medal medals",
        "won win awarded recognised recognized",
    ),
    _kind(
        "talk talks presentation presentations lecture lectures keynote keynotes speech speeches conference conferences",
        "spoken spoke presented public publicly speaker",
    ),
    _kind(
        "publication publications paper papers article articles journal journals",
        "published publish authored",
    ),
    _kind(
        "certification certifications certificate certificates cert certs licence licences license licenses "
        "accreditation accreditations qualification qualifications registration",
        "certified qualified accredited licensed",
    ),
    VOLUNTEERING,
    _kind("membership memberships affiliation affiliations"),
    _kind("interest interests hobby hobbies pastime pastimes", "spare leisure fun"),
    _kind("patent patents invention inventions", "patented invented"),
)
_BESIDES = _stems(
    """pick picked along get got receive received earn earned gain gained collect collected hold held obtain obtained
    win won write wrote written give given gave deliver delivered present presented publish published speak speaking
    appear appeared life free spare outside formal official industry major notable list listed all altogether far date
    organisation organisations organization organizations group groups club clubs event events back anywhere profit
    keyboard office desk screen off away hours topic subject full extra run walk time spend spends work works licensed own community cause causes award awarded stage selected other various"""
)  # restrict nothing of what such a section has


def named_in(heading: Sequence[str], *, wholly: bool = False) -> list[Kind]:
    """The kinds that a heading's stems name.

    Args:
        wholly: whether it has to name nothing else, as "Board of charities" does.
    """
    found = {root for root in heading if root not in STOP_WORDS}
    kinds = [kind for kind in KINDS if kind.nouns & found]
    rest = found - _BESIDES.union(*(kind.nouns for kind in kinds))
    return [] if wholly and rest else kinds


def asked_in(stems: Iterable[str]) -> list[Kind]:
    """The kinds that a question's stems ask for; none where any of them says something else."""
    found = set(stems)
    if found - _BESIDES.union(*(kind.nouns | kind.words for kind in KINDS)):
        return []
    light = _BESIDES if any(kind.nouns & found for kind in KINDS) else frozenset()  # "won any patents"
    return [kind for kind in KINDS if (kind.nouns | (kind.words - light)) & found]


def names_kinds(stems: Iterable[str]) -> bool:
    """Whether all of some stems name kinds."""
    return all(any(root in kind.nouns for kind in KINDS) for root in stems)
