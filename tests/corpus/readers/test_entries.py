"""Layouts of entries in documents with markup: each role with its own employer and dates."""

from __future__ import annotations

import pytest

from ask_debbie.corpus.passages import split
from ask_debbie.corpus.readers import read_document
from ask_debbie.corpus.timeline import read_timeline

TWO = [("Analyst", "Delta Bank", "2018 – 2020"), ("Teller", "Coast Credit Union", "2015 – 2018")]


def roles(body: str, section: str = "Experience") -> list[tuple[str, str | None, str]]:
    page = f"<h1>Ada Mensah</h1><h2>{section}</h2>{body}<h2>Skills</h2><p>Excel</p>"
    entries = read_timeline(split(read_document("cv.html", page.encode()), "Ada Mensah")).entries
    return [(e.title, e.organisation, e.dates.text) for e in entries]


@pytest.mark.parametrize(
    "body",
    [
        "<h3>Delta Bank</h3><h4>Analyst</h4><p>2018 – 2020</p><h3>Coast Credit Union</h3><h4>Teller</h4><p>2015 – 2018</p>",
        "<h3>Analyst at Delta Bank</h3><p>2018 – 2020</p><p>Led audits.</p><h3>Teller at Coast Credit Union</h3><p>2015 – 2018</p>",
        "<h3>Analyst — Delta Bank (2018 – 2020)</h3><ul><li>x</li></ul><h3>Teller — Coast Credit Union (2015 – 2018)</h3>",
        "<p><b>Delta Bank, Analyst</b>, 2018 – 2020</p><p>Led audits.</p><p><b>Coast Credit Union, Teller</b>, 2015 – 2018</p>",
        "<p>2018 – 2020</p><p>Analyst</p><p>Delta Bank</p><ul><li>x</li></ul><p>2015 – 2018</p><p>Teller</p><p>Coast Credit Union</p>",
        "<p>Analyst</p><p>2018 – 2020</p><p>Delta Bank</p><p>Teller</p><p>2015 – 2018</p><p>Coast Credit Union</p>",
        "<p>Analyst</p><p>Delta Bank</p><p>2018 – 2020</p><p>Teller</p><p>Coast Credit Union</p><p>2015 – 2018</p>",
        "<table><tr><td>2018 – 2020</td><td>Analyst, Delta Bank</td></tr><tr><td>2015 – 2018</td><td>Teller, Coast Credit Union</td></tr></table>",
        "<table><tr><td>Delta Bank</td><td>Austin, TX</td></tr><tr><td>Analyst</td><td>2018 – 2020</td></tr></table>"
        "<table><tr><td>Coast Credit Union</td><td>Reno, NV</td></tr><tr><td>Teller</td><td>2015 – 2018</td></tr></table>",
        "<p>Delta Bank | Analyst | 2018 – 2020</p><ul><li>Led audits</li></ul><p>Coast Credit Union | Teller | 2015 – 2018</p>",
        "<ul><li><b>Analyst</b>, Delta Bank <span class='date'>2018 – 2020</span></li><li><b>Teller</b>, Coast Credit Union"
        " <span class='date'>2015 – 2018</span></li></ul>",
    ],
)  # fmt: skip
def test_two_jobs(body: str) -> None:
    assert roles(body) == TWO


def test_roles_at_one_employer() -> None:
    body = (
        "<h3>Delta Bank</h3><h4>Head of Audit</h4><p>2020 – 2022</p><ul><li>Led 5.</li></ul>"
        "<h4>Analyst</h4><p>2018 – 2020</p><h3>Teller at Coast Credit Union</h3><p>2015 – 2018</p>"
    )
    assert roles(body) == [("Head of Audit", "Delta Bank", "2020 – 2022"), *TWO]


def test_a_job_without_an_employer_is_not_given_the_one_before() -> None:
    body = "<h3>Analyst at Delta Bank</h3><p>2018 – 2020</p><h3>Freelance Translator</h3><p>2015 – 2018</p>"
    assert roles(body)[1] == ("Freelance Translator", None, "2015 – 2018")


def test_a_line_that_only_mentions_a_year_is_no_job() -> None:
    body = "<h3>Analyst at Delta Bank</h3><p>2018 – 2020</p><ul><li>Won the 2019 prize</li><li>Prize | 2020</li></ul>"
    assert roles(body) == TWO[:1]


@pytest.mark.parametrize(
    "body",
    [
        "<p>BSc in Economics</p><p>University of Ghana, 2012 – 2015</p>",
        "<p>University of Ghana <span class='right'>2012 – 2015</span></p><p>BSc in Economics</p>",
        "<p>BSc in Economics, University of Ghana, 2012 – 2015</p>",
        "<h3>BSc in Economics</h3><p>University of Ghana</p><p>2012 – 2015</p>",
    ],
)
def test_a_degree(body: str) -> None:
    page = f"<h1>Ada Mensah</h1><h2>Education</h2>{body}"
    document = read_document("cv.html", page.encode())
    (entry,) = read_timeline(split(document, "Ada Mensah")).entries
    assert (entry.title, entry.dates.text) == ("University of Ghana", "2012 – 2015")
    degree = next(p for p in split(document, "Ada Mensah") if p.text == "BSc in Economics")
    assert degree.breadcrumb == ("Education", "University of Ghana", "2012 – 2015")


def test_what_is_only_expected_stays_expected() -> None:
    page = "<h2>Education</h2><p>University of Ghana</p><p>BSc in Economics, expected May 2028</p>"
    assert "expected May 2028" in read_document("cv.html", page.encode()).text


@pytest.mark.parametrize("name", ["<p>ADA MENSAH</p>", "<h1>ADA MENSAH</h1>", "<h2>ADA MENSAH</h2>"])
def test_a_name_in_capitals_is_no_section(name: str) -> None:
    page = f"{name}<p>+233 30 555 0147</p><h2>EXPERIENCE</h2><p>Analyst, Delta Bank</p><p>2018 – 2020</p>"
    document = read_document("cv.html", page.encode())
    assert document.text.startswith("ADA MENSAH\nPhone: +233 30 555 0147\n\nEXPERIENCE\n")
    assert [s.title for s in document.sections if s.level == 2][-1] == "EXPERIENCE"


def test_contact_facts_of_a_section_of_their_own_have_their_labels() -> None:
    page = "<h1>Ada Mensah</h1><h2>Contact</h2><p>+233 30 555 0147</p><p>ada@mensah.example</p><p>Accra, Ghana</p>"
    lines = read_document("cv.html", page.encode()).text.splitlines()
    assert lines[-3:] == ["Phone: +233 30 555 0147", "Email: ada@mensah.example", "Location: Accra, Ghana"]
