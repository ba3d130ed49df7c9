"""Name, headline, contact and links, as resumes write them."""

from __future__ import annotations

import pytest

from ask_debbie.corpus.profile import Link
from ask_debbie.corpus.readers import read_document
from ask_debbie.onboarding.found import Found, find, find_name
from tests.corpus.conftest import Read

NAMES = {
    "# Rosa Marín, RN\n\nText": "Rosa Marín",
    "# ISAAC DE LA CRUZ\n\nText": "Isaac de la Cruz",
    "# Curriculum Vitae\n\n## Jean-Luc O'Neill\n\nText": "Jean-Luc O'Neill",
    "# Resume of Ludwig van Beethoven\n\nText": "Ludwig van Beethoven",
    "# Ada Lovelace's CV\n\nText": "Ada Lovelace",
    "# Ada Lovelace – Mathematician\n\nText": "Ada Lovelace",
    "# Dr. Grace Hopper | Rear Admiral\n\nText": "Dr. Grace Hopper",
    "**Name:** Wang Xiu Ying\n\nText": "Wang Xiu Ying",
    "# Лев Толстой\n\nText": "Лев Толстой",
    "# Experience\n\n## Software Engineer\n\nText": "",
    "# Project Portfolio\n\nText": "",
    "# Senior Software Engineer\n\nText": "",
    "just a sentence about nothing much\n": "",
}


@pytest.mark.parametrize("text", NAMES)
def test_the_name(text: str) -> None:
    assert find_name([read_document("resume.md", text.encode())]) == NAMES[text]


def found(read: Read, top: str, rest: str = "") -> Found:
    resume = f"# Ines Vale\n\n{top}\n\n## Experience\n\n{rest}\n"
    return find(read({"resume.md": resume}))


@pytest.mark.parametrize(
    ("top", "rest", "headline"),
    [
        ("Deck Officer", "", "Deck Officer"),
        ("Deck Officer\n\nLisbon, Portugal", "", "Deck Officer · Lisbon, Portugal"),
        ("Architect, OAA\n\n- Hamilton, Ontario", "", "Architect, OAA · Hamilton, Ontario"),
        ("- Location: Porto", "", "Porto"),
        ("- Location: San Francisco Bay Area, US Citizen", "", "San Francisco Bay Area"),
        ("12 Oak Street, Springfield, IL 62704", "", "Springfield, IL"),
        ("- ines@vale.example", "### Tagus\n\n#### Deck Officer\n\n2018-present\n\n- Sails.", "Deck Officer"),
        (
            "- ines@vale.example",
            "### Tagus\n\n#### Ferries Team: Deck Officer\n\n2018-present\n\n- Sails.",
            "Deck Officer",
        ),
        ("I have sailed for 12 years and I like it.", "", ""),
    ],
)
def test_the_headline(read_files: Read, top: str, rest: str, headline: str) -> None:
    assert found(read_files, top, rest).headline == headline


@pytest.mark.parametrize(
    ("top", "pronouns"),
    [
        ("She/Her", "she/her"),
        ("Pronouns: they / them", "they/them"),
        ("(he/him/his)", "he/him"),
        ("Either/or", ""),
    ],
)
def test_the_pronouns(read_files: Read, top: str, pronouns: str) -> None:
    assert found(read_files, top).pronouns == pronouns


@pytest.mark.parametrize(
    ("top", "links"),
    [
        ("linkedin.com/in/ines | www.vale.example", [("LinkedIn", "https://linkedin.com/in/ines"), ("vale.example", "https://www.vale.example")]),
        ("- Portfolio: <https://vale.example/work>", [("Portfolio", "https://vale.example/work")]),
        ("- [My boats](https://boats.example/a?b=1#c)", [("My boats", "https://boats.example/a?b=1#c")]),
        ("- Website: https://vale.example.", [("vale.example", "https://vale.example")]),
        ("- ines@vale.example", []),
        ("- GitHub: https://github.com/ines, https://github.com/ines/", [("GitHub", "https://github.com/ines")]),
    ],
)  # fmt: skip
def test_the_links(read_files: Read, top: str, links: list[tuple[str, str]]) -> None:
    assert list(found(read_files, top).links) == [Link(label=label, url=url) for label, url in links]


def test_the_address_of_a_reference_is_not_hers(read_files: Read) -> None:
    rest = "- Reference: captain@tagus.example"
    assert found(read_files, "ines@vale.example", rest).email == "ines@vale.example"


def test_links_of_employers_are_not_hers(read_files: Read) -> None:
    assert found(read_files, "Deck Officer", "### Tagus\n\nhttps://tagus.example").links == ()


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["a", "a.", "http://", "she/", "Name: ", "1, "])
def test_long_text_takes_no_long_time(read_files: Read, piece: str) -> None:
    found(read_files, piece * (50_000 // len(piece)))
