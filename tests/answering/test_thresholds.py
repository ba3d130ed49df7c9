"""Whether something lasted as long as asked, held when something else happened, and titles that nobody gave."""

from __future__ import annotations

import pytest

from ask_debbie.answering.assistant import Assistant
from ask_debbie.answering.thresholds import read_threshold
from tests.answering.conftest import check_whole


@pytest.mark.parametrize(
    ("asked", "months", "years_only", "met"),
    [
        ("Was she there for more than five years?", 62, False, True),
        ("Was she there for more than five years?", 59, False, False),
        ("Was she there for more than five years?", 60, False, None),  # both months whole, it was 61
        ("Has she been there over 5 yrs?", 60, True, None),
        ("At least 18 months there?", 18, False, True),
        ("Did she stay for less than two years?", 30, False, False),
        ("Did she stay for less than two years?", 12, True, True),
        ("Was it a year or more?", 11, False, None),
        ("At most three years there?", 40, False, False),
        ("Does she have 10+ years of experience?", 130, False, True),
    ],
)
def test_a_length_is_held_against_what_is_asked(
    asked: str, months: int, years_only: bool, met: bool | None
) -> None:
    threshold = read_threshold(asked)
    assert threshold is not None
    assert threshold.met_by(months, years_only=years_only) is met


@pytest.mark.parametrize(
    "asked",
    [
        "How many years was she there?",
        "What did she do five years ago?",
        "Was she there?",
        "Did she join five years later?",
    ],
)
def test_other_questions_name_no_length_to_hold_against(asked: str) -> None:
    assert read_threshold(asked) is None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Has she been a charge nurse for more than five years?", "Yes: 7 years 8 months"),
        ("Has she been at Fjordside for ten years yet?", "No: 7 years 8 months"),
        ("more than 4 years at the Red Cross Clinic?", "Yes: 4 years 6 months"),
        ("Did she leave any job in less than five years?", "Staff Nurse, Children's Ward, Red Cross Clinic"),
        ("Does she have at least 10 years of experience?", "Yes: 12 years 3 months"),
        ("Was she still studying when she joined Fjordside?", "No: University of Bergen"),
        ("Did she already have her bachelor's when she started at the Red Cross Clinic?", "Yes: "),
        ("Any break between the Red Cross Clinic and Fjordside?", "No gap of a whole month"),
        ("Time spent at Red Cross Clinic?", "4 years 6 months"),
        ("year she graduated?", "6/2014"),
    ],
)
def test_yes_or_no_comes_with_the_dates_that_it_follows_from(
    assistant: Assistant, asked: str, said: str
) -> None:
    answer = assistant.ask(asked)
    assert answer.status == "answered"
    assert said in answer.text, answer.text
    assert any("20" in citation.quote for citation in answer.citations)
    check_whole(answer, assistant)


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("How long was she a chief nurse?", "chief nurse"),
        ("When did she become a nursing director?", "nursing director"),
        ("How long has she worked as a nurse practitioner?", "nurse practitioner"),
    ],
)
def test_a_title_that_no_document_gives_her_is_named_as_missing(
    assistant: Assistant, asked: str, title: str
) -> None:
    answer = assistant.ask(asked)
    assert answer.status == "abstained"
    assert f"don't mention the title of {title}" in answer.text


def test_a_date_of_graduation_says_nothing_of_the_time_before(assistant: Assistant) -> None:
    text = assistant.ask("Was she still studying when she joined the Red Cross Clinic?").text
    assert text.startswith("No: University of Bergen")
    earlier = assistant.ask("Was she already a charge nurse when she finished her bachelor's?").text
    assert earlier.startswith("No: ")


def test_jobs_by_their_titles_do_not_rule_out_experience(assistant: Assistant) -> None:
    answer = assistant.ask("Does she have over ten years of intensive care experience?")
    assert "No: " not in answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "Did she know Spanish before joining Fjordside?",
        "Was she already using MetaVision when she joined Fjordside?",
        "Had she led anyone before Fjordside?",
    ],
)
def test_no_dates_say_from_when_on_something_was_known(assistant: Assistant, asked: str) -> None:
    assert not assistant.ask(asked).text.startswith(("Yes: ", "No: "))


def test_time_after_what_was_said_is_counted_from_it(assistant: Assistant) -> None:
    answer = assistant.ask(
        [
            {"role": "user", "content": "When did she graduate?"},
            {"role": "assistant", "content": "She graduated in 6/2014."},
            {"role": "user", "content": "And how long after that did she start at the Red Cross Clinic?"},
        ]
    )
    assert answer.text.startswith("2 months, from 6/2014 to 8/2014")
    check_whole(answer, assistant)
