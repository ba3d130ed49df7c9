"""The corpus that comes with the repository says what it must, each fact in one place."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from ask_debbie.corpus.corpus import Corpus, read_corpus
from ask_debbie.corpus.dates import YearMonth, in_words
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.timeline import months_together
from ask_debbie.retrieval.retriever import HybridRetriever

FOLDER = Path(__file__).parents[2] / "corpus"
TODAY = dt.date(2024, 3, 15)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(FOLDER)


def test_it_is_read_without_a_remark(corpus: Corpus) -> None:
    assert corpus.warnings == ()
    assert sorted(corpus.documents) == ["projects/esc-twilio.md", "projects/pintos.md", "resume.md"]


def test_nothing_of_hers_is_private(corpus: Corpus) -> None:
    assert corpus.profile.private.fields == corpus.profile.private.lines == ()
    texts = {p.text for p in corpus.passages}
    assert {"Phone: (415) 713-7936", "Location: San Francisco Bay Area, US Citizen"} <= texts
    for name, document in corpus.documents.items():
        assert document.text == (FOLDER / name).read_text(encoding="utf-8")


def test_every_bullet_is_a_passage_or_more(corpus: Corpus) -> None:
    for name, document in corpus.documents.items():
        ours = [p for p in corpus.passages if p.document == name]
        bullets = list(re.finditer(r"^- (.+)$", document.text, re.MULTILINE))
        assert bullets
        for bullet in bullets:
            inside = [p for p in ours if bullet.start(1) <= p.start and p.end <= bullet.end(1)]
            assert inside, bullet[1]
            said = " ".join(p.text for p in inside if p.kind != "item")
            assert plain(bullet[1]) == plain(said), "no word of a bullet is lost"


def test_every_line_is_in_a_passage(corpus: Corpus) -> None:
    for name, document in corpus.documents.items():
        covered = {at for p in corpus.passages if p.document == name for at in range(p.start, p.end)}
        left = "".join(c for at, c in enumerate(document.text) if at not in covered)
        assert re.sub(r"\(projects/[\w.-]+\)", "", left).strip("#-[] \n") == re.sub(
            r"[^#\-\[\]\s]", "", re.sub(r"\(projects/[\w.-]+\)", "", left)
        ).strip("#-[] \n")


def test_each_contact_fact_is_a_passage(corpus: Corpus) -> None:
    fields = {
        p.text.split(":")[0] for p in corpus.passages if p.kind == "field" and p.document == "resume.md"
    }
    assert {"Email", "Website", "Phone", "Location"} <= fields


def test_load_testing_tools_can_find_two_names(corpus: Corpus) -> None:
    items = {p.text: p for p in corpus.passages if p.kind == "item"}
    assert items["Apache JMeter"].breadcrumb == items["Locust"].breadcrumb == ("Skills", "Technical Skills")
    found = HybridRetriever(passages=corpus.passages).search("Which load testing tools does she know?")
    scores = {f.passage.text: f.keyword for f in found if f.passage.kind == "item"}
    others = [score for text, score in scores.items() if text not in {"Apache JMeter", "Locust"}]
    assert min(scores["Apache JMeter"], scores["Locust"]) > max(others)


@pytest.mark.parametrize("skill", ["Java", "C", "Terraform", "AWS DynamoDB", "MySQL MHA", "Zeppelin"])
def test_each_skill_is_a_passage(corpus: Corpus, skill: str) -> None:
    assert [p for p in corpus.passages if p.kind == "item" and p.text == skill]


def test_the_timeline(corpus: Corpus) -> None:
    found = [
        (e.kind, e.title, e.organisation, e.dates.text, e.passage.document) for e in corpus.timeline.entries
    ]
    sender = "Messaging Services Sender Team: Senior Software Engineer"
    core = "Messaging Core Infrastructure Team: Software Engineer"
    intern = "Amazon Web Services (AWS): Software Development Engineer Intern"
    assert found == [
        ("work", sender, "Twilio", "9/2021-present", "resume.md"),
        ("project", "Esc Twilio", None, "12/2020-8/2021", "projects/esc-twilio.md"),
        ("work", core, "Twilio", "7/2019-9/2021", "resume.md"),
        ("education", "University of California, Berkeley", None, "5/2019", "resume.md"),
        ("work", intern, "Amazon", "5/2018-8/2018", "resume.md"),
        ("project", "PintOS Operating System", None, "2/2018-5/2018", "projects/pintos.md"),
    ]


def test_the_lengths(corpus: Corpus) -> None:
    lengths = [in_words(e.dates.months(TODAY)) for e in corpus.timeline.entries if not e.dates.single]
    assert lengths == ["2 years 6 months", "8 months", "2 years 2 months", "3 months", "3 months"]


def test_the_time_at_twilio_and_at_work(corpus: Corpus) -> None:
    work = corpus.timeline.of_kind("work")
    assert (
        in_words(months_together([e for e in work if e.organisation == "Twilio"], TODAY))
        == "4 years 8 months"
    )
    assert in_words(months_together(work, TODAY)) == "4 years 11 months"


def test_what_she_was_doing_in_2020(corpus: Corpus) -> None:
    during = corpus.timeline.during(YearMonth(2020), TODAY)
    assert [e.dates.text for e in during] == ["12/2020-8/2021", "7/2019-9/2021"]


def test_a_projects_facts_are_in_its_note_alone(corpus: Corpus) -> None:
    resume = plain(corpus.documents["resume.md"].text)
    sentences = [
        p.text for p in corpus.passages if p.document.startswith("projects/") and p.kind != "heading"
    ]
    assert len(sentences) >= 10
    assert [text for text in sentences if plain(text) in resume] == []


def test_the_resume_names_every_project(corpus: Corpus) -> None:
    text = corpus.documents["resume.md"].text
    for name in corpus.documents:
        if name.startswith("projects/"):
            assert f"]({name})" in text
            title = next(p.text for p in corpus.passages if p.document == name and p.kind == "heading")
            assert title in {p.text for p in corpus.passages if p.document == "resume.md"}


def test_no_escape_or_wrap_of_the_seed_is_left(corpus: Corpus) -> None:
    for document in corpus.documents.values():
        assert "\\" not in document.text
        for line, after in zip(document.text.splitlines(), document.text.splitlines()[1:], strict=False):
            assert not (line.startswith("- ") and after.strip() and not after.startswith("- ")), (
                "a bullet is one line"
            )


def test_the_graduation_date_belongs_to_berkeley(corpus: Corpus) -> None:
    (passage,) = [p for p in corpus.passages if p.text == "Graduated: 5/2019"]
    assert passage.breadcrumb == ("Education", "University of California, Berkeley")


@pytest.mark.parametrize(
    "fact",
    [
        "$30K",
        "300+ million messages/day",
        "9K queries/second",
        "960+ million message segments/day",
        "40K messages/second",
    ],
)
def test_the_seeds_figures_are_there_once(corpus: Corpus, fact: str) -> None:
    assert sum(document.text.count(fact) for document in corpus.documents.values()) == 1
