"""Dates as resumes write them, and arithmetic with them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ask_debbie.corpus.dates import DateRange, YearMonth, find_dates, find_ranges, in_words

TODAY = dt.date(2024, 3, 15)
MONTHS = st.builds(YearMonth, st.integers(1950, 2049), st.integers(1, 12))
NAMES = "January February March April May June July August September October November December".split()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("7/2019–9/2021", (2019, 7), (2021, 9)),
        ("07/2019 - 09/2021", (2019, 7), (2021, 9)),
        ("7/2019 — 9/2021", (2019, 7), (2021, 9)),
        ("7/2019--9/2021", (2019, 7), (2021, 9)),
        ("July 2019 to September 2021", (2019, 7), (2021, 9)),
        ("Jul. 2019 – Sept. 2021", (2019, 7), (2021, 9)),
        ("JUL 2019 – SEP 2021", (2019, 7), (2021, 9)),
        ("July, 2019 through September, 2021", (2019, 7), (2021, 9)),
        ("July 1, 2019 - September 30th, 2021", (2019, 7), (2021, 9)),
        ("7/15/2019 - 9/30/2021", (2019, 7), (2021, 9)),
        ("2019-07 – 2021-09", (2019, 7), (2021, 9)),
        ("2019-07-01 to 2021-09-30", (2019, 7), (2021, 9)),
        ("2019.07 - 2021.09", (2019, 7), (2021, 9)),
        ("2012–2016", (2012, 0), (2016, 0)),
        ("2012 until 2016", (2012, 0), (2016, 0)),
        ("Summer 2018 - Fall 2019", (2018, 0), (2019, 0)),
        ("2018 - 5/2019", (2018, 0), (2019, 5)),
        ("9/2021-present", (2021, 9), None),
        ("9/2021 – Present", (2021, 9), None),
        ("September 2021 to date", (2021, 9), None),
        ("2021 - now", (2021, 0), None),
        ("2021 - heute", (2021, 0), None),
        ("9/2021 -", (2021, 9), None),
        ("since September 2021", (2021, 9), None),
        ("From 2021", (2021, 0), None),
    ],
)
def test_ranges_as_resumes_write_them(text: str, start: tuple[int, int], end: tuple[int, int] | None) -> None:
    (found,) = find_ranges(text)
    assert found.start == YearMonth(*start)
    assert found.end == (YearMonth(*end) if end else None)
    assert not found.single


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5 of 9",
        "2021-2019",
        "$2019-2020",
        "1.2019-1.2020.3",
        "ratio 7/20199/2021",
        "(415) 555-2019",
        "300-2019",
    ],
)
def test_what_is_no_range(text: str) -> None:
    assert find_ranges(text) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Graduated: 5/2019", (2019, 5)),
        ("May 2019", (2019, 5)),
        ("12/31/2019", (2019, 12)),
        ("2019-05-01", (2019, 5)),
        ("in 2019.", (2019, 0)),
        ("Summer 2021", (2021, 0)),
    ],
)
def test_single_dates(text: str, date: tuple[int, int]) -> None:
    (found,) = find_dates(text)
    assert found.start == found.end == YearMonth(*date)
    assert found.single


@pytest.mark.parametrize("text", ["2,019 fish", "$2019", "2019%", "2000+ fish", "13/2019", "12019"])
def test_figures_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


def test_a_date_in_a_range_is_no_single_date() -> None:
    text = "Sailed 7/2019-9/2021, wrote a book in 2022"
    assert [found.text for found in find_ranges(text)] == ["7/2019-9/2021"]
    assert [found.text for found in find_dates(text)] == ["2022"]


def test_several_ranges_in_order() -> None:
    text = "Sailed 1/2020-3/2020 and 5/2021-6/2021"
    assert [found.text for found in find_ranges(text)] == ["1/2020-3/2020", "5/2021-6/2021"]


@given(st.text(max_size=60), MONTHS, MONTHS, st.text(max_size=60))
@settings(deadline=None)
def test_a_found_date_is_verbatim_at_its_span(
    before: str, start: YearMonth, end: YearMonth, after: str
) -> None:
    text = f"{before}{start.month}/{start.year} - {end.month}/{end.year}{after}"
    for found in [*find_ranges(text), *find_dates(text)]:
        assert text[slice(*found.span)] == found.text


@given(MONTHS, st.integers(0, 600), st.sampled_from(["-", " - ", "–", " to "]), st.booleans())
@settings(deadline=None)
def test_a_written_range_is_read_back(start: YearMonth, length: int, dash: str, named: bool) -> None:
    end = YearMonth(*divmod(start.first + length, 12))
    end = YearMonth(end.year, end.month + 1)
    assume(end.year < 2100)

    def written(moment: YearMonth) -> str:
        return f"{NAMES[moment.month - 1]} {moment.year}" if named else f"{moment.month}/{moment.year}"

    (found,) = find_ranges(written(start) + dash + written(end))
    assert (found.start, found.end) == (start, end)
    assert found.months(TODAY) == length


def test_the_length_of_a_range_is_the_difference_of_its_months() -> None:
    (found,) = find_ranges("7/2019–9/2021")
    assert found.months(TODAY) == 26
    assert in_words(found.months(TODAY)) == "2 years 2 months"


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (dt.date(2021, 9, 30), "less than a month"),
        (dt.date(2021, 10, 1), "1 month"),
        (dt.date(2022, 9, 1), "1 year"),
        (dt.date(2024, 3, 15), "2 years 6 months"),
    ],
)
def test_present_is_the_day_of_asking(today: dt.date, words: str) -> None:
    (found,) = find_ranges("9/2021-present")
    assert found.until(today) == YearMonth.of(today)
    assert in_words(found.months(today)) == words


@pytest.mark.parametrize("text", ["2012-2016", "2012 - 5/2016", "5/2012 - 2016"])
def test_years_alone_count_as_whole_years(text: str) -> None:
    (found,) = find_ranges(text)
    assert found.months(TODAY) == 48
    assert in_words(48, whole_years=True) == "4 years"


def test_a_start_still_to_come_is_no_negative_length() -> None:
    (found,) = find_ranges("9/2030-present")
    assert found.months(TODAY) == 0


@pytest.mark.parametrize(
    ("months", "whole_years", "words"),
    [
        (0, False, "less than a month"),
        (1, False, "1 month"),
        (11, False, "11 months"),
        (12, False, "1 year"),
        (13, False, "1 year 1 month"),
        (26, False, "2 years 2 months"),
        (0, True, "less than a year"),
        (12, True, "1 year"),
        (30, True, "2 years"),
    ],
)
def test_months_in_words(months: int, whole_years: bool, words: str) -> None:
    assert in_words(months, whole_years=whole_years) == words


@given(st.integers(0, 1200))
def test_words_say_the_months(months: int) -> None:
    total, parts = 0, in_words(months).split()
    if months:
        for count, unit in zip(parts[::2], parts[1::2], strict=True):
            total += int(count) * (12 if unit.startswith("year") else 1)
    assert total == months


@pytest.mark.parametrize(
    ("moment", "covered"),
    [
        ((2019, 6), False),
        ((2019, 7), True),
        ((2020, 0), True),
        ((2021, 9), True),
        ((2021, 10), False),
        ((2019, 0), True),
        ((2021, 0), True),
        ((2022, 0), False),
    ],
)
def test_a_range_covers_what_lies_in_it(moment: tuple[int, int], covered: bool) -> None:
    (found,) = find_ranges("7/2019-9/2021")
    assert found.covers(YearMonth(*moment), TODAY) is covered


@given(MONTHS, MONTHS, MONTHS)
def test_a_year_is_covered_where_one_of_its_months_is(
    start: YearMonth, end: YearMonth, moment: YearMonth
) -> None:
    assume(start.first <= end.first)
    dates = DateRange(start, end, (0, 0), "")
    months = [dates.covers(YearMonth(moment.year, month), TODAY) for month in range(1, 13)]
    assert dates.covers(YearMonth(moment.year), TODAY) is any(months)


@given(st.text())
@settings(deadline=None)
def test_any_text_can_be_searched_for_dates(text: str) -> None:
    for found in [*find_ranges(text), *find_dates(text)]:
        assert found.months(TODAY) >= 0


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("15/03/2019 - 30/06/2021", (2019, 3), (2021, 6)),
        ("01/09/2018 – CURRENT", (2018, 9), None),
        ("09/01/2018 - 12/31/2020", (2018, 9), (2020, 12)),
        ("03.04.2019 - 02.05.2020", (2019, 4), (2020, 5)),
        ("03/04/2019 - 05/06/2020", (2019, 0), (2020, 0)),
        ("07/07/2019 - Present", (2019, 7), None),
        ("03/15/2019 - 04/10/2020", (2019, 3), (2020, 4)),
    ],
)
def test_whole_dates_are_read_by_what_they_show(
    text: str, start: tuple[int, int], end: tuple[int, int] | None
) -> None:
    (found,) = find_ranges(text)
    assert (found.start.year, found.start.month) == start
    assert (found.end and (found.end.year, found.end.month)) == end
