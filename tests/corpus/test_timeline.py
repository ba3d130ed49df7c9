"""The timeline: each role, project and degree with its dates, read once."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ask_debbie.corpus.dates import DateRange, YearMonth
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.passages import split
from ask_debbie.corpus.readers.markdown import read_markdown
from ask_debbie.corpus.readers.plain import read_plain
from ask_debbie.corpus.timeline import Timeline, months_together, read_timeline

TODAY = dt.date(2024, 3, 15)
RESUME = """\
# Ines Vale

## Experience

### Harbour Trust

#### Chief Surveyor

3/2020-present

- Leads 4 divers.

#### Surveyor

3/2016-6/2020

- Mapped 14 wrecks.

### Museum of Tides

#### Guide

2013-2015

- Guided visitors since 1900s paintings.

## Projects

### Wreck Atlas (5/2018-8/2018)

An atlas.

## Volunteering

- Beach warden, Vila Beach, 6/2010-8/2010

## Education

### University of Aveiro

M.Sc. in Geology

Graduated: 7/2012

## Awards

- Golden Sextant, 2017
"""


def timeline(text: str, path: str = "resume.md") -> Timeline:
    return read_timeline(split(read_markdown(path, text), "Ines Vale"))


def month_span(start: YearMonth, months: int) -> DateRange:
    year, month = divmod(start.first + months, 12)
    return DateRange(start, YearMonth(year, month + 1), (0, 0), "")


def entry(dates: DateRange) -> Entry:
    passage = Passage("a.md", 0, 1, "x", "dates")
    return Entry("work", "x", None, dates, passage, ())


def test_every_dated_thing_is_an_entry_latest_first() -> None:
    found = [(e.kind, e.title, e.organisation, e.dates.text) for e in timeline(RESUME).entries]
    assert found == [
        ("work", "Chief Surveyor", "Harbour Trust", "3/2020-present"),
        ("project", "Wreck Atlas", None, "5/2018-8/2018"),
        ("work", "Surveyor", "Harbour Trust", "3/2016-6/2020"),
        ("work", "Guide", "Museum of Tides", "2013-2015"),
        ("education", "University of Aveiro", None, "7/2012"),
        ("volunteering", "Beach warden, Vila Beach", None, "6/2010-8/2010"),
    ]


def test_an_entry_cites_the_line_of_its_dates() -> None:
    for found in timeline(RESUME).entries:
        assert found.dates.text in found.passage.text
        assert RESUME[found.passage.start : found.passage.end] == found.passage.text


def test_an_entry_names_its_headings_outermost_first_without_the_sections() -> None:
    chief = timeline(RESUME).entries[0]
    assert [heading.text for heading in chief.headings] == ["Harbour Trust", "Chief Surveyor"]
    assert chief.names == "Harbour Trust Chief Surveyor"


def test_lengths() -> None:
    months = {e.title: e.dates.months(TODAY) for e in timeline(RESUME).entries}
    assert months["Surveyor"] == 51
    assert months["Chief Surveyor"] == 48
    assert months["Guide"] == 24
    assert months["Wreck Atlas"] == 3


@pytest.mark.parametrize(
    ("moment", "titles"),
    [
        (YearMonth(2020), {"Chief Surveyor", "Surveyor"}),
        (YearMonth(2018, 6), {"Surveyor", "Wreck Atlas"}),
        (YearMonth(2014), {"Guide"}),
        (YearMonth(2024), {"Chief Surveyor"}),
        (YearMonth(2025), set()),
        (YearMonth(2011), set()),
    ],
)
def test_what_covers_a_moment(moment: YearMonth, titles: set[str]) -> None:
    assert {e.title for e in timeline(RESUME).during(moment, TODAY)} == titles


def test_entries_of_a_kind() -> None:
    found = timeline(RESUME)
    assert {e.title for e in found.of_kind("work")} == {"Chief Surveyor", "Surveyor", "Guide"}
    assert {e.title for e in found.of_kind("education", "project")} == {"University of Aveiro", "Wreck Atlas"}
    assert found.of_kind() == ()


def test_roles_that_overlap_count_once() -> None:
    work = timeline(RESUME).of_kind("work")
    harbour = [e for e in work if e.organisation == "Harbour Trust"]
    assert months_together(harbour, TODAY) == 96
    assert sum(e.dates.months(TODAY) for e in harbour) == 99


def test_gaps_do_not_count() -> None:
    earlier, later = month_span(YearMonth(2010, 1), 6), month_span(YearMonth(2015, 1), 6)
    assert months_together([entry(earlier), entry(later)], TODAY) == 12


def test_years_among_months_make_all_of_them_years() -> None:
    years = DateRange(YearMonth(2012), YearMonth(2014), (0, 0), "")
    assert months_together([entry(years), entry(month_span(YearMonth(2014, 5), 24))], TODAY) == 48


def test_nothing_takes_no_time() -> None:
    assert months_together([], TODAY) == 0


@given(st.lists(st.tuples(st.integers(1980 * 12, 2020 * 12), st.integers(0, 80)), max_size=6))
def test_together_is_the_size_of_the_union(spans: list[tuple[int, int]]) -> None:
    entries = [entry(month_span(YearMonth(first // 12, first % 12 + 1), size)) for first, size in spans]
    union = {month for first, size in spans for month in range(first, first + size)}
    ends = {first + size for first, size in spans}
    union |= {first - 1 for first, _ in spans if first - 1 in ends}  # until May, and from June on
    assert months_together(entries, TODAY) == len(union)
    assert months_together(reversed(entries), TODAY) == len(union)


def test_a_notes_heading_names_its_project() -> None:
    text = "# Wreck Atlas\n\n- Dates: 5/2018-8/2018\n\nAn atlas of wrecks.\n"
    (found,) = timeline(text, "projects/wreck-atlas.md").entries
    assert (found.kind, found.title, found.organisation) == ("project", "Wreck Atlas", None)


def test_dates_inside_a_sentence_make_no_role() -> None:
    assert timeline("## Experience\n\n- Rebuilt in 2017 what the storm of 2016 took.\n").entries == ()


def test_when_something_was_done_inside_a_job_is_no_job() -> None:
    text = RESUME.replace("- Leads 4 divers.", "- Joined the salvage crew from April to December 2021.")
    assert len(read_timeline(split(read_markdown("r.md", text))).entries) == len(
        read_timeline(split(read_markdown("r.md", RESUME))).entries
    )


def test_plain_text_has_the_same_timeline() -> None:
    text = "Ines Vale\n\nWork Experience\n\nHarbour Trust\nSurveyor\n3/2016 - 8/2019\n- Sailed.\n"
    (found,) = read_timeline(split(read_plain("resume.txt", text), "Ines Vale")).entries
    assert (found.kind, found.title, found.organisation) == ("work", "Surveyor", "Harbour Trust")
    assert found.dates.months(TODAY) == 41


@pytest.mark.parametrize(
    "line",
    ["**Acme Ltd, Porto** — Site Engineer (2016-2019)", "**Site Engineer** — Acme Ltd, Porto (2016-2019)"],
)
def test_role_and_employer_on_one_line(line: str) -> None:
    passages = split(
        read_markdown("resume.md", f"# Ines Vale\n\n## Work\n\n{line}\n\n- Built a quay.\n"), "Ines Vale"
    )
    (entry,) = read_timeline(passages).entries
    assert (entry.title, entry.organisation) == ("Site Engineer", "Acme Ltd, Porto")


def test_a_projects_line_of_facts_is_dated_by_the_range_inside_it() -> None:
    text = "# Quay Survey\n\nAcme Ltd, Porto · May 2022 to December 2023 · lead\n"
    (entry,) = read_timeline(split(read_markdown("projects/quay.md", text), "Ines Vale")).entries
    assert (entry.title, entry.dates.months(TODAY)) == ("Quay Survey", 19)


def test_a_step_with_dates_inside_a_job_is_no_job_of_its_own() -> None:
    text = "## Experience\n\n### Harbour Trust\n\n#### Surveyor\n\n3/2016-6/2020\n\n- Lent to the flood crew from April to June 2018.\n"
    timeline = read_timeline(split(read_markdown("resume.md", text)))
    assert [entry.dates.text for entry in timeline.entries] == ["3/2016-6/2020"]
