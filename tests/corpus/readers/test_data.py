"""Resumes as data: older keys, what programs and people write, and what an export holds besides."""

from __future__ import annotations

import json

import pytest

from ask_debbie.corpus.document import Document
from ask_debbie.corpus.readers import read_document
from ask_debbie.corpus.readers.record import plain_text
from ask_debbie.corpus.readers.resume_writer import written_date, written_dates
from tests.corpus.readers.one_resume import JSON_RESUME, LINKEDIN, RENDERCV, zipped


def lines(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2013-12-01", "December 2013"),
        ("2013-12", "December 2013"),
        ("2013", "2013"),
        ("2013-12-01T00:00:00Z", "December 2013"),
        ("Dec 2013", "December 2013"),
        ("present", "Present"),
        ("2013-13", "2013"),
        ("Fall 2013", "Fall 2013"),
        ("", ""),
    ],
)
def test_a_date_as_a_person_writes_it(date: str, written: str) -> None:
    assert written_date(date) == written


def test_dates_of_an_entry() -> None:
    assert written_dates("2013-12", "2014-12") == "December 2013 – December 2014"
    assert written_dates("2013-12", "") == "December 2013"
    assert written_dates("2013-12", "", goes_on=True) == "December 2013 – Present"
    assert written_dates("", "2014") == "2014"
    assert written_dates("2014", "2014") == "2014"


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("Led **5** of [us](https://a.example).", "Led 5 of us."),
        ("<p>One</p><p>Two &amp; three</p>", "One\nTwo & three"),
        ("A <course> with #hash & > 20%", "A <course> with #hash & > 20%"),
        ("- *one*\n- two", "- one\n- two"),
        ("snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"),
    ],
)
def test_marks_are_no_text(marked: str, plain: str) -> None:
    assert plain_text(marked) == plain


def test_json_resume_in_its_earlier_keys() -> None:
    data = {
        "basics": {"name": "A", "website": "https://a.example"},
        "work": [{"company": "Acme", "position": "Welder", "website": "x", "startDate": "2011"}],
        "education": [
            {"institution": "B", "studyType": "MSc", "area": "Ships", "gpa": 3.5, "endDate": "2010"}
        ],
        "awards": [{"title": "Prize", "awarder": "C", "date": "2014-11-01"}],
        "languages": [{"language": "Dutch", "level": "B2"}],
    }
    found = lines(read_document("a.json", json.dumps(data).encode()))
    assert {
        "Website: https://a.example",
        "Acme",
        "Welder",
        "2011 – Present",
        "MSc in Ships",
        "Grade: 3.5",
    } <= set(found)
    assert {"Prize, C, November 2014", "Dutch: B2"} <= set(found)


@pytest.mark.parametrize("encode", ["utf-8-sig", "utf-16", "utf-8"])
def test_json_by_its_encoding(encode: str) -> None:
    raw = json.dumps({"basics": {"name": "Zoë Núñez"}}, ensure_ascii=False).encode(encode)
    assert lines(read_document("a.json", raw)) == ["Zoë Núñez"]


def test_json_resume_may_be_written_in_yaml() -> None:
    raw = json.dumps(JSON_RESUME).encode()
    assert read_document("a.yml", raw).text == read_document("a.json", raw).text


def test_rendercv_sections_keep_their_names_and_entries_their_kinds() -> None:
    more = """
    selected_honors:
      - bullet: Golden Stethoscope, 2019
    Field Notes:
      - name: Foal Monitor
        date: 2020
        highlights:
          - Counts breaths
    publications:
      - title: Hooves
        authors: ["*A. Okafor*", B. Lee]
        journal: Equine Journal
        date: 2018-04
"""
    found = lines(read_document("a.yaml", RENDERCV.replace("\ndesign:", more + "design:").encode()))
    assert {
        "Selected Honors",
        "Golden Stethoscope, 2019",
        "Field Notes",
        "Foal Monitor",
        "Counts breaths",
    } <= set(found)
    assert "Hooves, A. Okafor, B. Lee, Equine Journal, April 2018" in found


def test_linkedin_only_what_the_profile_shows() -> None:
    text = read_document("a.zip", zipped(LINKEDIN)).text
    for unshown in ("secret", "Jul 4", "Eze", "old@okafor", "12 Harbour Road"):
        assert unshown not in text


def test_linkedin_in_a_folder_with_a_macs_files_beside() -> None:
    files = {f"Basic_Export/{name}": text for name, text in LINKEDIN.items()}
    files |= {f"__MACOSX/Basic_Export/._{name}": "\0\0" for name in LINKEDIN}
    assert read_document("a.zip", zipped(files)).text == read_document("a.zip", zipped(LINKEDIN)).text


def test_linkedin_lists() -> None:
    more = {
        "Projects.csv": "Title,Description,Url,Started On,Finished On\nFoal Monitor,A collar.,,Jan 2020,Dec 2020\n",
        "Volunteering.csv": "Company Name,Role,Cause,Started On,Finished On,Description\nDonkey Haven,Vet,,2015,2016,\n",
        "Honors.csv": "Title,Description,Issued On\nVet of the Year,By Farm Weekly.,Nov 2021\n",
        "Publications.csv": "Name,Published On,Description,Publisher,Url\nHooves,Apr 2018,,Equine Journal,\n",
    }
    found = lines(read_document("a.zip", zipped(LINKEDIN | more)))
    assert {"Foal Monitor", "January 2020 – December 2020", "Donkey Haven", "2015 – 2016"} <= set(found)
    assert {"Vet of the Year, November 2021", "Hooves, Equine Journal, April 2018"} <= set(found)
