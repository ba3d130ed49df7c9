"""When, how long and in what order, by arithmetic from the documents' dates."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ask_debbie.answering.answer import Answer
from ask_debbie.answering.assistant import Assistant
from ask_debbie.answering.chronology import Chronology
from ask_debbie.answering.question import QuestionReader
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import in_words
from ask_debbie.retrieval.terms import default_glossary
from tests.answering.conftest import TODAY, check_whole

ICU, WARD, DEGREE = "3/2019-present", "8/2014-2/2019", "Graduated: 6/2014"
MONTHS = "January February March April June July August September October November December".split()
NUMBERS = [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12]


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


@pytest.mark.parametrize(
    ("asked", "said", "cited"),
    [
        ("How long did she work at Red Cross Clinic?", "4 years 6 months", WARD),
        ("How many years was she at the Red Cross Clinic?", "4 years 6 months", WARD),
        ("How long has she been at Fjordside Hospital?", "7 years 8 months", ICU),
        ("Adding it all up, how many years has she put in at Fjordside so far?", "7 years 8 months", ICU),
        ("Which team was she on in April 2020?", "Fjordside Hospital", ICU),
        ("How many years of experience does she have?", "12 years 3 months", WARD),
        ("When did she start at Fjordside Hospital?", "3/2019", ICU),
        ("When did she join the Red Cross Clinic?", "8/2014", WARD),
        ("When did she leave the Red Cross Clinic?", "2/2019", WARD),
        ("When did she leave Fjordside Hospital?", "still", ICU),
        ("When did she graduate?", "6/2014", DEGREE),
        ("Where was she working in 2016?", "Red Cross Clinic", WARD),
        ("What was she doing in April 2020?", "Fjordside Hospital", ICU),
        ("Where does she work now?", "Fjordside Hospital", ICU),
        ("What is her current role?", "Charge Nurse", ICU),
        ("What was her last job before Fjordside?", "Red Cross Clinic", WARD),
        ("What did she do after the Red Cross Clinic?", "Fjordside Hospital", ICU),
        ("Was she at Fjordside in 2016?", "3/2019", ICU),
        ("Which job was the longest?", "7 years 8 months", ICU),
        ("List her jobs", "Staff Nurse", WARD),
    ],
)
def test_questions_of_time_are_answered_with_the_dates_cited(
    assistant: Assistant, asked: str, said: str, cited: str
) -> None:
    answer = assistant.ask(asked)
    assert answer.status == "answered"
    assert said in answer.text
    assert any(cited in quote for quote in quotes(answer))
    check_whole(answer, assistant)


def test_a_year_in_two_jobs_names_both_in_order(assistant: Assistant) -> None:
    text = assistant.ask("What was she doing in 2019?").text
    assert 0 < text.index("Red Cross Clinic") < text.index("Fjordside Hospital")


@pytest.mark.parametrize(
    "asked", ["What was she doing in 2009?", "What was she doing in 2012?", "Where did she work in 2031?"]
)
def test_a_time_that_the_documents_do_not_cover_is_not_guessed(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(asked)
    assert answer.status == "abstained"
    assert "Fjordside" not in answer.text.split("noor@")[0]


@pytest.mark.parametrize(
    "asked",
    ["How long did she work at Haukeland?", "When did she start at Google?", "How long was she at NASA?"],
)
def test_the_dates_of_an_employer_that_is_not_there_are_not_made_up(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(asked)
    assert answer.status == "abstained"
    assert "2019" not in answer.text
    assert not re.search(r"\d+ (?:years|months)", answer.text)


@pytest.mark.parametrize(
    "asked", ["Has she led teams?", "Which languages does she speak?", "Does she know Cerner?"]
)
def test_other_questions_are_left_to_the_evidence(corpus: Corpus, reader: QuestionReader, asked: str) -> None:
    glossary = default_glossary()
    question = reader.read(asked)
    assert Chronology(corpus, glossary, TODAY, reader.read).answer(question) is None


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> QuestionReader:
    return QuestionReader(corpus, default_glossary())


@settings(deadline=None, max_examples=40)
@given(st.dates(dt.date(2019, 4, 1), dt.date(2060, 12, 31)))
def test_present_is_the_day_of_asking(corpus: Corpus, reader: QuestionReader, today: dt.date) -> None:
    glossary = default_glossary()
    question = reader.read("How long has she been at Fjordside Hospital?")
    claims = Chronology(corpus, glossary, today, reader.read).answer(question)
    months = (today.year - 2019) * 12 + today.month - 3
    assert claims is not None
    assert claims[0].text.startswith(in_words(months).capitalize())
    assert claims[0].passages[0].text == ICU


@settings(deadline=None, max_examples=40)
@given(st.integers(1960, 2060), st.integers(0, 10))
def test_where_she_was_follows_from_the_cited_dates(
    corpus: Corpus, reader: QuestionReader, year: int, month: int
) -> None:
    glossary = default_glossary()
    question = reader.read(f"Where was she working in {MONTHS[month]} {year}?")
    claims = Chronology(corpus, glossary, TODAY, reader.read).answer(question)
    assert claims is not None
    said = " ".join(claim.text for claim in claims)
    asked = year * 12 + NUMBERS[month]
    assert ("Red Cross Clinic" in said) == (2014 * 12 + 8 <= asked <= 2019 * 12 + 2)
    assert ("Fjordside Hospital" in said) == (2019 * 12 + 3 <= asked <= TODAY.year * 12 + TODAY.month)
    cited = {passage.text for claim in claims for passage in claim.passages}
    assert (WARD in cited) == ("Red Cross Clinic" in said)
    assert (ICU in cited) == ("Fjordside Hospital" in said)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("How long ago did she graduate?", "12 years 5 months ago"),
        ("How long ago did she leave the Red Cross Clinic?", "7 years 9 months ago"),
        ("Is she still at the Red Cross Clinic?", "No longer"),
        ("Does she still work at Fjordside Hospital?", "Yes"),
        ("Fjordside or the Red Cross Clinic, which came first?", "She was at Red Cross Clinic"),
        ("Was the Red Cross Clinic before or after Fjordside Hospital?", "Before"),
        ("What was her job in mid-2016?", "Staff Nurse"),
        ("What was her title at the Red Cross Clinic?", "Staff Nurse"),
        ("List each employer together with the title she held there.", "Charge Nurse"),
        ("Total time at Fjordside Hospital so far?", "7 years 8 months"),
    ],
)
def test_more_ways_to_ask_about_time(assistant: Assistant, asked: str, said: str) -> None:
    answer = assistant.ask(asked)
    assert answer.status == "answered"
    assert said in answer.text


def test_a_reason_is_no_date(assistant: Assistant) -> None:
    assert assistant.ask("Why didn't she go back to the Red Cross Clinic after 2019?").status == "abstained"
