"""A fictional professor with a CV of twelve pages, made from data by which answers are known to be right."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

NAME = "Ilse Brandvold"
PROFILE = """\
name = "Ilse Brandvold"
pronouns = "she/her"
headline = "Professor of glaciology · Tromsø"
starters = ["How many publications does she have?"]

[contact]
email = "ilse@example.org"
"""
_GIVEN = "Anders Beatriz Chidi Dunja Emil Farah Goran Hiroko Ivan Jana Kofi Lucia".split()
_FAMILY = "Aasen Barros Chukwu Dragic Eklund Farouk Gruber Hayashi Iversen Janka Kwarteng Lombardi".split()
_THINGS = "glacier fjord sea-ice permafrost meltwater moraine snowpack firn crevasse iceberg".split()
_WHAT = "retreat dynamics albedo velocity thickness hydrology calving temperature chemistry mapping".split()
_HOW = "from radar from drones with seismometers in a warming Arctic over a century by neural networks".split(
    " "
)
_AFTER = (
    "what two winters of field work tell of",
    "a method and its limits for",
    "new bounds on the rate of",
)
JOURNALS = ("Nature", "Nature Communications", "Journal of Polar Ice", "Annals of Snow", "The Cold Letters")
CONFERENCES = ("Polar Computing Conference", "Symposium on Snow", "Workshop on Ice Cores")
TOWNS = ("Oslo", "Lima", "Nairobi", "Kyoto", "Turin")
COURSES = ("Glacier Physics", "Field Methods", "Statistics for Geoscientists", "Remote Sensing")


@dataclass(frozen=True)
class Paper:
    authors: tuple[tuple[str, str], ...]  # given and family names
    title: str
    venue: str
    year: int
    volume: int
    pages: tuple[int, int]

    @property
    def first(self) -> bool:
        return f"{self.authors[0][0]} {self.authors[0][1]}" == NAME


@dataclass(frozen=True)
class Talk:
    title: str
    town: str
    year: int


@dataclass(frozen=True)
class Grant:
    title: str
    start: int
    end: int


@dataclass(frozen=True)
class Career:
    """All that the CV lists."""

    journals: tuple[Paper, ...]
    conferences: tuple[Paper, ...]
    chapters: tuple[Paper, ...]
    talks: tuple[Talk, ...]
    grants: tuple[Grant, ...]
    patents: tuple[Talk, ...]
    courses: tuple[tuple[str, int], ...]

    @property
    def papers(self) -> tuple[Paper, ...]:
        return (*self.journals, *self.conferences, *self.chapters)


def career(seed: int = 7) -> Career:
    """One career a seed."""
    rng = random.Random(seed)

    def title() -> str:
        words = f"{rng.choice(_THINGS)} {rng.choice(_WHAT)} {rng.choice(_HOW)} {rng.choice(_THINGS)}"
        if rng.random() < 0.1:
            words = f"nature, {words}"  # a word that is a journal's name too
        if rng.random() < 0.1:
            words += f" in {rng.randint(1995, 2024)}"  # a year that isn't the paper's
        return (
            f"{words[:1].upper()}{words[1:]}: {rng.choice(_AFTER)} {rng.choice(_THINGS)} {rng.choice(_WHAT)}"
        )

    def papers(count: int, venues: Sequence[str]) -> tuple[Paper, ...]:
        made = []
        for _ in range(count):
            others = rng.sample(list(zip(_GIVEN, _FAMILY, strict=True)), rng.randint(0, 5))
            place = rng.randint(0, len(others)) if rng.random() < 0.6 else 0
            given, family = NAME.split()
            authors = (*others[:place], (given, family), *others[place:])
            page = rng.randint(1, 2400)
            made.append(
                Paper(
                    authors,
                    title(),
                    rng.choice(venues),
                    rng.randint(2004, 2024),
                    rng.randint(1, 90),
                    (page, page + rng.randint(3, 20)),
                )
            )
        return tuple(sorted(made, key=lambda p: -p.year))

    talks = tuple(Talk(title(), rng.choice(TOWNS), rng.randint(2008, 2024)) for _ in range(40))
    grants = tuple(Grant(title(), y, y + rng.randint(1, 4)) for y in sorted(rng.sample(range(2006, 2022), 9)))
    patents = tuple(Talk(title(), "EP", rng.randint(2010, 2022)) for _ in range(3))
    courses = tuple((rng.choice(COURSES), year) for year in range(2010, 2025) for _ in range(2))
    return Career(
        papers(80, JOURNALS),
        papers(50, CONFERENCES),
        papers(20, JOURNALS[2:]),
        talks,
        grants,
        patents,
        courses,
    )


def apa(p: Paper) -> str:
    names = [f"{family}, {given[0]}." for given, family in p.authors]
    listed = f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else names[0]
    return f"{listed} ({p.year}). {p.title}. *{p.venue}*, {p.volume}({p.volume % 6 + 1}), {p.pages[0]}–{p.pages[1]}."


def ieee(p: Paper) -> str:
    names = [f"{given[0]}. {family}" for given, family in p.authors]
    listed = f"{', '.join(names[:-1])}, and {names[-1]}" if len(names) > 2 else " and ".join(names)
    town = TOWNS[p.volume % len(TOWNS)]
    return f"{listed}, “{p.title},” in *Proc. {p.venue}*, {town}, {p.year}, pp. {p.pages[0]}–{p.pages[1]}."


def vancouver(p: Paper) -> str:
    listed = ", ".join(f"{family} {given[0]}" for given, family in p.authors)
    return (
        f"{listed}. {p.title}. {p.venue}. {p.year};{p.volume}({p.volume % 6 + 1}):{p.pages[0]}-{p.pages[1]}."
    )


def numbered(entries: Sequence[str]) -> str:
    return "\n".join(f"{number}. {entry}" for number, entry in enumerate(entries, start=1))


def bullets(entries: Sequence[str]) -> str:
    return "\n".join(f"- {entry}" for entry in entries)


def cv(c: Career, journal_style: Callable[[Paper], str] = apa) -> str:
    """The CV as Markdown."""
    return f"""\
# {NAME}

- Email: ilse@example.org

## Appointments

### University of Tromsø

#### Professor of Glaciology

8/2014-present

- Leads the ice radar group of 11 researchers.
- Chairs the doctoral committee of the faculty.

### Institute of Cold Regions

#### Research Scientist

9/2006-7/2014

- Built a network of 24 seismometers on the Skarvfonna ice cap.
- Managed the field station at Ny-Sandvik for 3 seasons.

## Education

### University of Bergen

Ph.D. in Geophysics

Graduated: 6/2006

## Publications

### Journal Articles

{numbered([journal_style(p) for p in c.journals])}

### Conference Papers

{numbered([ieee(p) for p in c.conferences])}

### Book Chapters

{numbered([vancouver(p) for p in c.chapters])}

## Invited Talks

{bullets([f"{t.title}, {t.town}, {t.year}" for t in c.talks])}

## Grants

{bullets([f"{g.title}, {g.start}–{g.end}, Polar Research Council" for g in c.grants])}

## Patents

{bullets([f"{p.title}, {p.town} {p.year}" for p in c.patents])}

## Teaching

{bullets([f"{name}, {year}" for name, year in c.courses])}

## Skills

- Tools: QGIS, MATLAB, Python, Ansys
"""
