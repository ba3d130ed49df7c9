"""Files of questions: what is read, and what each mistake in one is told as."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ask_debbie.corpus.corpus import read_corpus
from ask_debbie.evaluation.dataset import DatasetError, missing_evidence, read_questions


def test_reads_a_file(question_file: Path, candidate_corpus: Path) -> None:
    questions = read_questions(question_file)
    assert questions.name == "mateo"
    assert questions.corpus == candidate_corpus.resolve()
    assert questions.today == dt.date(2026, 11, 1)
    first, second, third, last = questions.questions
    assert first.turns == ("How many volunteers did he train?",)
    assert first.contains == ((r"re:\b5\b", "five"),)
    assert second.evidence == (("Graduated: 6/2015", "B.Sc. in Biology"),)
    assert third.status == ("abstained", "declined")
    assert last.turns == ("Which fish did he care for?", "Where was that?")
    assert [q.id for q in questions.matching("^d|up").questions] == ["dates-001", "followup-001"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("today: 2026-11-01\n", "", "needs the keys corpus, today and questions"),
        ("today: 2026-11-01", "today: soon", "today has to be a date"),
        ("today: 2026-11-01", "today: 2026-11-01 10:00:00", "today has to be a date"),
        ("corpus: candidate", "corpus: nobody", "no corpus folder at"),
        ("corpus: candidate", "corpus: 7", "corpus has to be the path"),
        ("corpus: candidate", "corpus: [candidate", "isn't YAML"),
        ("id: dates-001", "id: facts-001", "question facts-001: another question has this id"),
        ("id: dates-001", "id: 7", "question number 2: id has to be text; put 7 in quotes"),
        ("id: dates-001", "id: a b", "question a b: id can't be 'a b'"),
        ("category: dates", "category: all", 'question dates-001: the category "all"'),
        ("    question: When did he graduate?\n", "", "question dates-001: needs either question or turns"),
        ("question: When", "turns: [a]\n    question: When", "dates-001: needs either question or turns"),
        ('["Which fish did he care for?", "Where was that?"]', "[]", "question followup-001: turns"),
        ('["Which fish did he care for?", "Where was that?"]', "[a, b, c, d, e, f]", "followup-001: turns"),
        (
            '["Which fish did he care for?", "Where was that?"]',
            "['', b]",
            "followup-001: turns.0 can't be ''",
        ),
        ('["Which fish did he care for?", "Where was that?"]', "Where?", "followup-001: turns"),
        ('contains: ["2015"]', "contains: [2015]", "contains.0.0 has to be text; put 2015 in quotes"),
        ('contains: ["2015"]', "contains: [[]]", "question dates-001: contains.0"),
        ('contains: ["2015"]', "contains: '2015'", "question dates-001: contains"),
        ('contains: ["2015"]', "contains: ['re:(2015']", "the pattern 're:(2015' isn't a regular expression"),
        ("excludes: [lion]", "excludes: ['re:[']", "question facts-001: the pattern 're:['"),
        ("excludes: [lion]", "exclude: [lion]", "question facts-001: exclude isn't a key of a question"),
        ("excludes: [lion]", "contains: [lion]", "the key contains stands there twice"),
        ("status: [abstained, declined]", "status: error", "question absent-001: status"),
        ("status: [abstained, declined]", "status: []", "question absent-001: status"),
        ("    status: [abstained, declined]\n", "", "question absent-001: status is missing"),
        ("- id: absent-001\n    category", "- absent-001\n  - category", "question number 3: must have keys"),
    ],
)
def test_mistakes_are_told_plainly(question_file: Path, old: str, new: str, told: str) -> None:
    text = question_file.read_text("utf-8")
    assert old in text
    question_file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DatasetError) as caught:
        read_questions(question_file)
    message = str(caught.value)
    assert told in message
    assert str(question_file) in message
    assert "\n" not in message


@pytest.mark.parametrize("content", [b"", b"questions: []", b"\xff\xfe", b"- 1", b"a: \x00", b"x: &a [*b]"])
def test_what_is_no_file_of_questions(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.yaml"
    path.write_bytes(content)
    with pytest.raises(DatasetError, match=r"odd\.yaml"):
        read_questions(path)


def test_an_empty_list_of_questions(question_file: Path) -> None:
    head = question_file.read_text("utf-8").partition("questions:")[0]
    question_file.write_text(head + "questions: []", encoding="utf-8")
    with pytest.raises(DatasetError, match="at least one question"):
        read_questions(question_file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="can't be read"):
        read_questions(tmp_path / "none.yaml")


def test_evidence_that_no_document_has(question_file: Path) -> None:
    text = question_file.read_text("utf-8").replace("B.Sc. in Biology", "B.Sc. in Botany")
    text = text.replace("[Trained 5 volunteers]", '["+41 61 555 01 23"]')
    question_file.write_text(text, encoding="utf-8")
    questions = read_questions(question_file)
    # the phone number is private: what the assistant can't have can't be evidence
    private = questions.corpus / "profile.toml"
    assert "phone" in private.read_text("utf-8")
    assert missing_evidence(questions, read_corpus(questions.corpus)) == [
        "facts-001: +41 61 555 01 23",
        "dates-001: B.Sc. in Botany",
    ]
