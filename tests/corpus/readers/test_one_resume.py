"""The same resume in every format: the same name, contacts, sections, roles, dates, languages, certificate."""

from __future__ import annotations

from functools import partial

import pytest

from ask_debbie.corpus.dates import YearMonth
from ask_debbie.corpus.document import Document
from ask_debbie.corpus.passages import split
from ask_debbie.corpus.privacy import without_private
from ask_debbie.corpus.profile import Private
from ask_debbie.corpus.readers import read_document
from ask_debbie.corpus.timeline import read_timeline
from tests.corpus.readers.one_resume import RESUMES

NAME = "Amara Okafor"
WORK = {
    ("Head of Surgery", "Avon Vale Vets", YearMonth(2019, 3), None),
    ("Veterinary Surgeon", "Avon Vale Vets", YearMonth(2014, 6), YearMonth(2019, 2)),
    ("Veterinary Assistant", "Somerset Farm Clinic", YearMonth(2012), YearMonth(2014)),
}


@pytest.fixture(params=RESUMES)
def document(request: pytest.FixtureRequest) -> Document:
    name: str = request.param
    return read_document(name, RESUMES[name]())


def lines(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def test_every_role_has_its_employer_and_dates(document: Document) -> None:
    entries = read_timeline(split(document, NAME)).of_kind("work")
    assert {(e.title, e.organisation, e.dates.start, e.dates.end) for e in entries} == WORK
    assert len(entries) == len(WORK)


def test_the_degree_has_its_school_and_dates(document: Document) -> None:
    (entry,) = read_timeline(split(document, NAME)).of_kind("education")
    assert (entry.title, entry.dates.start, entry.dates.end) == (
        "University of Bristol",
        YearMonth(2007, 10),
        YearMonth(2012, 7),
    )
    degree = next(p for p in split(document, NAME) if p.text.startswith("Bachelor"))
    assert degree.breadcrumb[0].casefold() == "education"
    assert degree.breadcrumb[1] == "University of Bristol"
    assert degree.text in {"Bachelor of Veterinary Science", "Bachelor in Veterinary Science"}


def test_name_and_contacts_are_on_top(document: Document) -> None:
    top = document.text.split("\n\n")[0].splitlines()
    assert top[0] == NAME
    assert {"Veterinary Surgeon", "Email: amara@okafor.example", "Phone: +44 117 555 0134"} <= set(top)


def test_sections_in_order(document: Document) -> None:
    titles = [section.title.casefold() for section in document.sections if section.level == 2]
    wanted = ["experience", "education", "skills", "languages"]
    places = [next(at for at, title in enumerate(titles) if word in title) for word in wanted]
    assert places == sorted(places)


def test_what_was_done_is_under_its_role(document: Document) -> None:
    (trained,) = (p for p in split(document, NAME) if p.text == "Trained 9 surgeons.")
    assert trained.breadcrumb[1:3] == ("Avon Vale Vets", "Head of Surgery")
    (cattle,) = (p for p in split(document, NAME) if p.text.startswith("Vaccinated"))
    assert cattle.breadcrumb[1:3] == ("Somerset Farm Clinic", "Veterinary Assistant")


def test_languages_with_levels_and_a_certificate_with_its_giver(document: Document) -> None:
    found = lines(document)
    assert {"English: native", "Igbo: B1", "Equine Practice, Vet Council, May 2016"} <= set(found)


def test_skills_are_items(document: Document) -> None:
    items = {p.text.casefold() for p in split(document, NAME) if p.kind == "item"}
    assert {"horses", "cattle", "sheep"} <= items


def test_every_line_has_its_place(document: Document) -> None:
    starts = {place.start for place in document.places}
    assert starts == {block.start for block in document.blocks}
    assert all(place.where and place.where != ", " for place in document.places)


@pytest.mark.parametrize("name", RESUMES)
def test_private_fields_are_in_no_line(name: str) -> None:
    hide = partial(without_private, private=Private(fields=("phone", "email", "address", "website")))
    document = read_document(name, RESUMES[name](), hide)
    for secret in ("555 0134", "amara@", "12 Harbour Road", "okafor.example"):
        assert secret not in document.text
    assert "Head of Surgery" in document.text


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("resume.json", "work, Avon Vale Vets"),
        ("fresh.json", "employment, Avon Vale Vets"),
        ("rendercv.yaml", "experience, Avon Vale Vets"),
        ("linkedin.zip", "Positions, Avon Vale Vets"),
        ("page.html", "paragraph 8"),
        ("moderncv.tex", "line 14"),
        ("styled.docx", "paragraph 6"),
        ("plain.docx", "paragraph 8"),
    ],
)
def test_a_citation_names_the_place(name: str, where: str) -> None:
    document = read_document(name, RESUMES[name]())
    place = next(p for p in document.places if document.text[p.start : p.end] == "Trained 9 surgeons.")
    assert place.where == where
