"""The plain-text reader: headings told by their looks, and an employer with its roles."""

from __future__ import annotations

import pytest

from ask_debbie.corpus.passages import split
from ask_debbie.corpus.readers.plain import read_plain
from ask_debbie.corpus.timeline import read_timeline

RESUME = """\
Tobias Okafor
Lagos | tobias@example.org | +234 803 555 0199

PROFESSIONAL EXPERIENCE

Palm Hotel Group
Pastry Cook
1/2013 - 5/2015
- Made desserts for 120 covers, and
  wrote the menu.
* Won a regional prize.

Kitchen Porter
6/2011 - 12/2012
- Ran the dish line.

Delta Bakery
Head Baker
2/2018 - present
- Runs 3 ovens.

Skills
------
Breads: sourdough, brioche, injera
"""


def seen(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in read_plain("a.txt", text).blocks]


def trail(text: str, words: str) -> tuple[str, ...]:
    (found,) = [
        p for p in split(read_plain("a.txt", text), "Tobias Okafor") if words in p.text and p.kind != "list"
    ]
    return found.breadcrumb


def test_a_role_stands_under_its_employer() -> None:
    assert trail(RESUME, "desserts") == (
        "PROFESSIONAL EXPERIENCE",
        "Palm Hotel Group",
        "Pastry Cook",
        "1/2013 - 5/2015",
    )


def test_an_employers_second_role_stands_under_it_too() -> None:
    assert trail(RESUME, "dish line") == (
        "PROFESSIONAL EXPERIENCE",
        "Palm Hotel Group",
        "Kitchen Porter",
        "6/2011 - 12/2012",
    )


def test_the_next_employer_leaves_the_last() -> None:
    assert trail(RESUME, "3 ovens") == (
        "PROFESSIONAL EXPERIENCE",
        "Delta Bakery",
        "Head Baker",
        "2/2018 - present",
    )


def test_a_role_that_carries_its_dates_is_a_heading() -> None:
    text = "Tobias Okafor\n\nExperience\n\nHead Baker, Delta Bakery, 2/2018 - present\n- Runs 3 ovens.\n"
    assert trail(text, "3 ovens") == ("Experience", "Head Baker, Delta Bakery", "2/2018 - present")


def test_the_name_on_top_is_a_heading() -> None:
    assert seen(RESUME)[0] == ("heading", "Tobias Okafor")


@pytest.mark.parametrize("title", ["tobias@example.org", "Phone: 1", "12 Palm Road"])
def test_a_contact_line_on_top_is_no_heading(title: str) -> None:
    assert seen(f"{title}\n\nBaker in Lagos since he was a boy.\n")[0] == ("line", title)


@pytest.mark.parametrize(
    "title",
    [
        "Work Experience",
        "EDUCATION",
        "Technical Skills",
        "Certifications",
        "Volunteering",
        "SIDE QUESTS",
        "Projects:",
    ],
)
def test_sections_are_known_by_name_or_capitals(title: str) -> None:
    assert ("heading", title) in seen(f"Tobias Okafor\n\n{title}\n\n- Something.\n")


def test_an_underline_marks_and_is_not_read() -> None:
    assert seen("Skills\n======\n\n- Baking.\n") == [("heading", "Skills"), ("bullet", "Baking.")]


@pytest.mark.parametrize("mark", ["-", "*", "•", "▪", "–", "1.", "2)"])
def test_every_bullet_mark_is_left_out(mark: str) -> None:
    assert seen(f"Skills\n\n{mark} Baking.\n") == [("heading", "Skills"), ("bullet", "Baking.")]


def test_a_wrapped_bullet_is_one_passage() -> None:
    texts = [passage.text for passage in split(read_plain("a.txt", RESUME))]
    assert "Made desserts for 120 covers, and\n  wrote the menu." in texts
    assert "Won a regional prize." in texts


def test_a_hyphen_inside_a_line_is_no_bullet() -> None:
    assert ("bullet", "Baked well-known pan-African breads - and cakes.") in seen(
        "Skills\n\n- Baked well-known pan-African breads - and cakes.\n"
    )


def test_a_hard_wrapped_paragraph_is_one_line() -> None:
    text = (
        "He has baked in Lagos and in Porto for eleven years, at night mostly,\nand trains younger bakers.\n"
    )
    assert seen(text) == [("line", text.strip())]


def test_nothing_in_nothing_out() -> None:
    assert seen("") == seen(" \n\n\t\n") == []


def test_a_name_in_capitals_is_no_section() -> None:
    text = "CARMEN VEGA\n+34 955 550 147\n\nEXPERIENCE\n\nWelder, Acme\n2019 - 2020\n"
    document = read_plain("resume.txt", text)
    assert [(s.title, s.level) for s in document.sections][:2] == [("CARMEN VEGA", 1), ("EXPERIENCE", 2)]


SCRAMBLED = """\
Noor Halvorsen

PROJECTS

Quiet Ward

Rust

2/2018-5/2018

Graduated: 5/2019

An app that shows how loud a ward is.

EDUCATION

University of Bergen

B.Sc., Major in Nursing, Minor in Statistics

Relevant Coursework: Pharmacology, Statistics
"""


def test_a_degree_under_a_school_is_said_and_names_nothing() -> None:
    assert trail(SCRAMBLED, "Major in")[-2:] == ("EDUCATION", "University of Bergen")


def test_a_graduation_that_stands_elsewhere_is_that_of_the_only_school() -> None:
    passages = split(read_plain("a.txt", SCRAMBLED), "Noor Halvorsen")
    found = {(e.kind, e.names, e.dates.text) for e in read_timeline(passages).entries}
    assert found == {
        ("project", "Quiet Ward Rust", "2/2018-5/2018"),
        ("education", "University of Bergen", "5/2019"),
    }
