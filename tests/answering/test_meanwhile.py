"""What went on besides, between and since: certificates, projects, volunteering and gaps, by the documents' dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from ask_debbie.answering.assistant import Assistant
from ask_debbie.corpus.corpus import Corpus, read_corpus
from ask_debbie.retrieval.retriever import HybridRetriever
from tests.answering.conftest import TODAY, check_whole, write_corpus

PROFILE = """\
name = "Ravi Sorensen"
pronouns = "he/him"
headline = "Site manager"

[contact]
email = "ravi@example.org"
policy = "You can ask Ravi at ravi@example.org."
"""
RESUME = """\
# Ravi Sorensen

## Experience

### Halden Bridgeworks

#### Site Manager

4/2021-present

- Ran the rebuilding of two swing bridges with a crew of 31.

#### Site Engineer

6/2018-3/2021

- Wrote the lifting plans for 12 cranes.
- Persuaded the county to close the quay for one night only.

### Kvist Surveys

#### Survey Assistant

2/2014-5/2016

- Measured 90 km of road.

## Volunteering

### Sea Rescue Stavern

#### Deckhand

5/2019-present

- Two weekends a month at sea.
- Won a grant for a new winch in 2022.

### Repair Cafe

#### Bench Helper

1/2015-6/2017

- Mended radios.

## Education

### Agder Polytechnic

M.Sc. in Structural Engineering

8/2016-5/2018

## Certificates

Crane Supervisor

2019

Confined Space Rescue

2022

## Awards

- Young Builder of the Year, Norsk Bygg, October 2020
- Best Safety Idea, 2016
"""
PROJECT = """\
# Tide Clock

- Dates: 9/2019-2/2020

A clock that shows the tides, built with pupils.
"""


@pytest.fixture(scope="module")
def ravi(
    tmp_path_factory: pytest.TempPathFactory, retriever_of: Callable[[Corpus], HybridRetriever]
) -> Assistant:
    files = {"profile.toml": PROFILE, "resume.md": RESUME, "projects/tide-clock.md": PROJECT}
    folder: Path = write_corpus(tmp_path_factory.mktemp("ravi"), files)
    corpus = read_corpus(folder)
    return Assistant(corpus, retriever_of(corpus), today=lambda: dt.date(TODAY.year, TODAY.month, 1))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("how long's he been at his current place?", ["5 years 7 months", "Site Manager"]),
        ("As of today, how many years has he spent in the Halden seat?", ["8 years 5 months"]),
        ("Total time at Halden Bridgeworks across both roles?", ["8 years 5 months"]),
        ("How long did he stay at each company?", ["8 years 5 months", "2 years 3 months"]),
        ("Is the sea rescue still going on or did it stop?", ["Yes", "5/2019-present"]),
        ("Is the sea rescue volunteering ongoing?", ["Still going on", "5/2019-present"]),
        ("Did the repair cafe come to an end?", ["Ended in 6/2017"]),
        ("When did Tide Clock wrap up?", ["2/2020"]),
        ("How long was he a deckhand?", ["as Deckhand, Sea Rescue Stavern"]),
        ("When did he become a crane supervisor?", ["Crane Supervisor: 2019"]),
        ("When did he get Confined Space Rescue?", ["Confined Space Rescue: 2022"]),
        ("What is his most recent certificate?", ["latest", "Confined Space Rescue: 2022"]),
        ("What was his first award?", ["first", "Best Safety Idea, 2016"]),
        ("Where was he working when he won Young Builder of the Year?", ["October 2020", "Site Engineer"]),
        ("Which employer was he with while he built the Tide Clock?", ["Halden", "6/2018-3/2021"]),
        ("Did he do the crane supervisor course before or after Tide Clock?", ["Before", "2019"]),
        ("What did he do between Kvist Surveys and Halden?", ["Agder Polytechnic"]),
        ("How long was it between Kvist and Halden?", ["2 years 1 month"]),
        ("Any gaps in his employment?", ["2 years", "Kvist Surveys", "Halden", "Agder Polytechnic"]),
        ("What was his job title before he became Site Manager?", ["Site Engineer"]),
        (
            "What year did he persuade the county to close the quay?",
            ["the county", "Site Engineer", "6/2018-3/2021"],
        ),
        ("When was the winch grant won?", ["won a grant for a new winch in 2022"]),
        ("What year did his career begin?", ["2/2014"]),
        ("Order of his employers, oldest first?", ["Kvist Surveys and Halden Bridgeworks"]),
        ("Which of the awards came first?", ["Best Safety Idea, 2016"]),
        ("Which is newer, the crane course or the confined space one?", ["Confined Space Rescue: 2022"]),
        ("Did he stay at any job for less than three years?", ["Survey Assistant", "2 years 9 months"]),
        ("Did he ever hold two jobs at the same time?", ["No two jobs at the same time", "2/2014-5/2016"]),
        (
            "Was he already a deckhand when he became Site Manager?",
            ["Yes: ", "5/2019-present", "4/2021-present"],
        ),
        ("Did he do his master's before joining Halden?", ["Yes: ", "8/2016-5/2018", "6/2018-3/2021"]),
        ("How long had he been at Halden when he won Young Builder of the Year?", ["2 years 4 months"]),
        ("How many years since he graduated?", ["8 years 6 months ago", "5/2018"]),
        ("Is there a gap between Kvist Surveys and the next job?", ["2 years", "Site Engineer"]),
        ("How long did his master's take?", ["1 year 9 months"]),
        ("What did he do at Kvist Surveys and when was it?", ["90 km of road", "2/2014", "5/2016"]),
        (
            "Where was he working when the pandemic started in March 2020?",
            ["Halden Bridgeworks", "Site Engineer"],
        ),
    ],
)
def test_what_has_dates_is_told_with_them(ravi: Assistant, asked: str, said: list[str]) -> None:
    answer = ravi.ask(asked)
    assert answer.status == "answered"
    assert all(words in answer.text for words in said), answer.text
    check_whole(answer, ravi)


@pytest.mark.parametrize(
    "asked",
    [
        "What did he do between the Repair Cafe and Sea Rescue on Mars?",
        "How long has he been in the Maersk seat?",
        "Where was he working when he won the Pritzker Prize?",
    ],
)
def test_what_is_not_there_gets_no_dates(ravi: Assistant, asked: str) -> None:
    assert ravi.ask(asked).status == "abstained"


@pytest.mark.parametrize("asked", ["Are there gaps in his skills?", "Has he stopped measuring?"])
def test_what_only_sounds_like_a_question_of_time_gets_no_dates(ravi: Assistant, asked: str) -> None:
    text = ravi.ask(asked).text
    assert "between Survey Assistant" not in text
    assert "Ended in" not in text


def test_a_date_of_its_own_needs_no_role_beside_it(ravi: Assistant) -> None:
    answer = ravi.ask("When did he win Young Builder of the Year?")
    assert answer.text.startswith("Young Builder of the Year, Norsk Bygg, October 2020")
    assert "That was" not in answer.text


def test_jobs_at_two_places_are_no_single_job(ravi: Assistant) -> None:
    claims = ravi.ask("How long was he at Kvist Surveys and at Halden Bridgeworks?").text
    assert "2 years 3 months" in claims
    assert "8 years 5 months" in claims


def test_a_milestone_is_no_job(ravi: Assistant) -> None:
    timeline = ravi.corpus.timeline
    assert {m.title for m in timeline.milestones} >= {"Crane Supervisor", "Confined Space Rescue"}
    assert not {m.passage for m in timeline.milestones} & {e.passage for e in timeline.of_kind("work")}
