"""How many of something a long CV lists: the right number, or none."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest

from ask_debbie.answering.assistant import Assistant
from ask_debbie.answering.counts import EntryCounter
from ask_debbie.answering.question import QuestionReader
from ask_debbie.corpus.corpus import read_corpus
from ask_debbie.retrieval.terms import default_glossary
from tests import academic
from tests.academic import Career, Paper, apa, career, cv, ieee, vancouver
from tests.answering.conftest import AssistantOf, check_whole, write_corpus

Count = Callable[[Career], int]
CAREER = career()


def papers(c: Career, fits: Callable[[Paper], bool]) -> int:
    return sum(fits(p) for p in c.papers)


CASES: dict[str, Count] = {
    "How many publications does she have?": lambda c: len(c.papers),
    "How many papers has she published?": lambda c: len(c.papers),
    "What is the total number of publications?": lambda c: len(c.papers),
    "How many journal articles has she written?": lambda c: len(c.journals),
    "How many conference papers are there?": lambda c: len(c.conferences),
    "How many book chapters has she written?": lambda c: len(c.chapters),
    "How many publications since 2018?": lambda c: papers(c, lambda p: p.year >= 2018),
    "How many papers did she publish in 2020?": lambda c: papers(c, lambda p: p.year == 2020),
    "How many papers did she publish before 2010?": lambda c: papers(c, lambda p: p.year < 2010),
    "How many articles between 2012 and 2015?": lambda c: papers(c, lambda p: 2012 <= p.year <= 2015),
    "How many publications after 2021?": lambda c: papers(c, lambda p: p.year > 2021),
    "How many publications in 2013 and 2014?": lambda c: papers(c, lambda p: p.year in (2013, 2014)),
    "How many first-author papers does she have?": lambda c: papers(c, lambda p: p.first),
    "How many first-author papers in 2020?": lambda c: papers(c, lambda p: p.first and p.year == 2020),
    "How many papers since 2015 as first author?": lambda c: papers(c, lambda p: p.first and p.year >= 2015),
    "How many single-author papers has she written?": lambda c: papers(c, lambda p: len(p.authors) == 1),
    "How many last-author papers has she got?": lambda c: papers(
        c, lambda p: len(p.authors) > 1 and p.authors[-1][1] == "Brandvold"
    ),
    "How many papers in Nature?": lambda c: papers(c, lambda p: p.venue == "Nature"),
    "How many papers did she publish in Nature Communications since 2015?": lambda c: papers(
        c, lambda p: p.venue == "Nature Communications" and p.year >= 2015
    ),
    "How many papers in the Journal of Polar Ice?": lambda c: papers(
        c, lambda p: p.venue == "Journal of Polar Ice"
    ),
    "How many conference papers at the Symposium on Snow?": lambda c: sum(
        p.venue == "Symposium on Snow" for p in c.conferences
    ),
    "How many papers did she write with Hayashi?": lambda c: papers(
        c, lambda p: any(family == "Hayashi" for _, family in p.authors)
    ),
    "How many talks in 2019?": lambda c: sum(t.year == 2019 for t in c.talks),
    "How many invited talks has she given since 2016?": lambda c: sum(t.year >= 2016 for t in c.talks),
    "How many talks has she given in Kyoto?": lambda c: sum(t.town == "Kyoto" for t in c.talks),
    "How many patents does she hold?": lambda c: len(c.patents),
    "How many grants has she received?": lambda c: len(c.grants),
    "How many publications are listed in her CV?": lambda c: len(c.papers),
    "How many papers has she published in total so far?": lambda c: len(c.papers),
    "How many of her first-author papers were published after 2015?": lambda c: papers(
        c, lambda p: p.first and p.year > 2015
    ),
    "How many courses has she taught?": lambda c: len(c.courses),
}
UNKNOWN = (
    "How many papers about albedo has she written?",
    "How many papers in the Journal of Hot Air?",
    "How many papers did she write with Nakamura?",
    "How many grants in 2012?",  # running or awarded?
    "How many retracted papers does she have?",
    "How many citations does she have?",
    "How many papers has she reviewed?",
    "How many books has she written?",
    "How many papers did she publish last year?",
    "How many papers in the last five years?",
    "How many papers does she publish per year?",
    "How many recent papers does she have?",
    "How many papers did she write with Aasen and Barros?",
    "How many papers in Nature and The Cold Letters?",
    "How many papers with more than five authors?",
    "How many papers are under review?",
)


def files(c: Career, style: Callable[[Paper], str] = apa) -> dict[str, str]:
    return {"profile.toml": academic.PROFILE, "cv.md": cv(c, style)}


@pytest.fixture(scope="module")
def professor(tmp_path_factory: pytest.TempPathFactory, retriever_of: Callable[..., object]) -> Assistant:
    corpus = read_corpus(write_corpus(tmp_path_factory.mktemp("professor"), files(CAREER)))
    return Assistant(corpus, retriever_of(corpus))  # type: ignore[arg-type]


def told(text: str) -> int:
    """The number that an answer gives."""
    match = re.match(r"(\d+|None) of the \d+ entries|Her documents list (\d+) entr", text)
    assert match, text
    found = match[1] or match[2]
    return 0 if found == "None" else int(found)


@pytest.mark.parametrize(("question", "count"), CASES.items(), ids=list(CASES))
def test_the_number_is_right(professor: Assistant, question: str, count: Count) -> None:
    answer = professor.ask(question)
    assert answer.status == "answered", answer.text
    assert told(answer.text) == count(CAREER), answer.text
    check_whole(answer, professor)
    assert answer.citations
    number = count(CAREER)
    if 0 < number <= 8:
        assert len(answer.citations) == number
    else:
        assert answer.citations[0].quote in {
            "Publications",
            "Journal Articles",
            "Conference Papers",
            "Book Chapters",
            "Invited Talks",
            "Grants",
            "Patents",
            "Teaching",
        }


@pytest.mark.parametrize("question", UNKNOWN)
def test_what_cannot_be_counted_is_not_guessed(professor: Assistant, question: str) -> None:
    answer = professor.ask(question)
    assert answer.status == "abstained", answer.text
    check_whole(answer, professor)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("style", [apa, ieee, vancouver])
def test_in_every_style(
    seed: int, style: Callable[[Paper], str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the style and the career: each number right, none missing."""
    c = career(seed)
    corpus = read_corpus(write_corpus(tmp_path_factory.mktemp("professor"), files(c, style)))
    reader = QuestionReader(corpus, default_glossary())
    counter = EntryCounter(corpus)
    for question, count in CASES.items():
        claims = counter.answer(reader.read(question))
        if count(c) == 0 and re.search(r" with | in the | at the |Nature|Kyoto", question):
            assert claims == []
            continue
        assert claims, question
        assert told(claims[0].text) == count(c), question


UNSURE = {
    "an author list cut short": "- Aasen, A., et al. (2020). Firn mapping. *Annals of Snow*, 3, 1–9.",
    "authors that aren't told": "- Firn mapping from drones. Annals of Snow, 2020.",
    "equal contributions": "- Aasen, A.\\*, & Brandvold, I.\\* (2020). Firn mapping. *Annals of Snow*, 3, 1–9.",
    "somebody of the same name": "- Brandvold, K., & Aasen, A. (2020). Firn mapping. *Annals of Snow*, 3, 1–9.",
}


@pytest.mark.parametrize("entry", UNSURE.values(), ids=list(UNSURE))
def test_one_doubtful_author_list_makes_the_number_doubtful(assistant_of: AssistantOf, entry: str) -> None:
    sure = "- Brandvold, I. (2020). Ice. *Annals of Snow*, 2, 1–9.\n- Brandvold, I. (2019). Snow. *Annals of Snow*, 1, 1–9."
    ask = partial(_ask, assistant_of, f"## Publications\n\n{sure}\n{entry}\n")
    assert ask("How many first-author papers in 2020?").status == "abstained"
    assert told(ask("How many first-author papers in 2019?").text) == 1
    assert told(ask("How many publications does she have?").text) == 3


def test_an_entry_without_a_year_is_told(assistant_of: AssistantOf) -> None:
    entries = "- Brandvold, I. (2020). Ice. *Annals of Snow*, 2, 1–9.\n- Brandvold, I. (in press). Snow. *Annals of Snow*."
    answer = _ask(assistant_of, f"## Publications\n\n{entries}\n", "How many papers since 2018?")
    assert answer.text.startswith("1 of the 2 entries under “Publications” is since 2018; 1 has no year")


def test_a_gap_in_the_numbers_is_no_list_to_count(assistant_of: AssistantOf) -> None:
    entries = "\n".join(
        f"[{n}] I. Brandvold, “Ice number {n} of the north,” *Annals of Snow*, 20{n}.\n" for n in (14, 13, 11)
    )
    assert (
        _ask(assistant_of, f"## Publications\n\n{entries}\n", "How many papers does she have?").status
        != "answered"
    )


def test_years_as_headings_and_notes_under_entries(assistant_of: AssistantOf) -> None:
    text = """## Talks

### 2021

- On firn, Oslo
  - Best talk of the day
- On ice, Lima

### 2020

- On snow, Oslo
"""
    ask = partial(_ask, assistant_of, text)
    assert told(ask("How many talks in 2021?").text) == 2
    assert told(ask("How many talks in Oslo?").text) == 2
    assert told(ask("How many talks has she given?").text) == 3


def _ask(assistant_of: AssistantOf, text: str, question: str):  # type: ignore[no-untyped-def]
    assistant = assistant_of({"profile.toml": academic.PROFILE, "cv.md": f"# {academic.NAME}\n\n{text}"})
    answer = assistant.ask(question)
    check_whole(answer, assistant)
    return answer
