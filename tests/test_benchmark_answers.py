"""The plain ways that answers are compared with, on a scripted model."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openai
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from ask_debbie.answering.answer import Message
from ask_debbie.corpus.corpus import read_corpus
from ask_debbie.evaluation.dataset import Question, QuestionSet
from ask_debbie.evaluation.runner import evaluate
from benchmarks.answers import EXTRACTIVE, RAG, WHOLE, fair, main, plain_rag, status_of, table, whole_resume
from tests.answering.conftest import ScriptedModel, user

TODAY = dt.date(2026, 11, 1)


def question(name: str, *turns: str, **given: object) -> Question:
    return Question.model_validate(
        {"id": name, "category": "facts", "turns": turns, "status": "answered", **given}
    )


def test_the_whole_resume_goes_before_the_conversation(candidate_corpus: Path) -> None:
    model = ScriptedModel.of("He trained 5 volunteers.", usage=(900, 8))
    way = whole_resume(read_corpus(candidate_corpus), model)

    answer = way.ask(
        [
            Message(role="user", content="What does he do?"),
            Message(role="assistant", content="He is an aquarist."),
            Message(role="user", content="Has he trained anybody?"),
        ]
    )

    sent = [(message.type, str(message.content)) for message in model.seen[0]]
    assert [kind for kind, _ in sent] == ["system", "human", "ai", "human"]
    assert "42 species" in sent[0][1] and "1,300 were counted" in sent[0][1]
    assert "555 01 23" not in sent[0][1], "what is private is in no document"
    assert (answer.status, answer.text, answer.citations) == ("answered", "He trained 5 volunteers.", ())
    assert answer.usage.prompt_tokens == 900
    assert answer.timings.first_token_ms is not None
    assert answer.timings.first_token_ms <= answer.timings.total_ms
    assert way.find(user("Has he trained anybody?")) == ()


def test_plain_rag_puts_chunks_of_its_own_corpus_into_the_prompt(
    candidate_corpus: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "profile.toml").write_text('name = "Ane Dahl"')
    (other / "resume.md").write_text("# Ane Dahl\n\nWelder.\n")
    embeddings = DeterministicFakeEmbedding(size=8)
    plain_rag(read_corpus(other), embeddings, ScriptedModel())
    model = ScriptedModel.of("The resume does not mention that.")

    answer = plain_rag(read_corpus(candidate_corpus), embeddings, model).ask(user("Does he know Rust?"))

    system = str(model.seen[0][0].content)
    assert "Rhine Aquarium" in system and "Ane Dahl" not in system
    assert (answer.engine, answer.status) == (RAG, "abstained")


def test_a_model_that_fails_is_an_error_and_no_answer(candidate_corpus: Path) -> None:
    model = ScriptedModel.of(["He", openai.OpenAIError("gone")])
    answer = whole_resume(read_corpus(candidate_corpus), model).ask(user("Who is he?"))
    assert (answer.status, answer.text) == ("error", "The model failed: OpenAIError.")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("He trained 5 volunteers.", "answered"),
        ("No, he worked at the aquarium. The documents don't mention Rust.", "answered"),
        ("No, he provided lessons for volunteers.", "answered"),
        ("He is not only a diver but known for his eels.", "answered"),
        ("The documents do not mention Rust.", "abstained"),
        ("I don't know.", "abstained"),
        ("I'm sorry, but I can't help with that.", "abstained"),
        ("There is no information about his salary.", "abstained"),
        ("That question is not related to his work.", "abstained"),
        ("", "abstained"),
    ],
)
def test_a_plain_answer_is_what_its_first_sentence_says(text: str, status: str) -> None:
    assert status_of(text) == status


def test_all_ways_are_scored_alike_and_without_citations(candidate_corpus: Path) -> None:
    questions = QuestionSet(
        name="mateo",
        corpus=candidate_corpus,
        today=TODAY,
        questions=(
            question("a", "Has he trained anybody?", contains=["5"], evidence=["Trained 5 volunteers"]),
            question("b", "Is he married?", status="declined"),
        ),
    )
    corpus = read_corpus(candidate_corpus)
    way = whole_resume(corpus, ScriptedModel.of("He trained 5 volunteers.", "I can't answer that."))

    run = evaluate(fair(questions), corpus, way)
    text = table([run], "a model")

    assert [outcome.failures for outcome in run.outcomes] == [(), ()]
    assert f"| {WHOLE} | 2 | 100.0 % " in text


def test_the_command_writes_the_table(
    candidate_corpus: Path, tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASK_DEBBIE_MODELS_DIR", str(models_dir))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "mateo.yaml"
    file.write_text(
        f"corpus: {candidate_corpus}\ntoday: 2026-11-01\nquestions:\n"
        "  - id: a\n    category: facts\n    question: How many volunteers did he train?\n"
        "    status: answered\n    contains: ['5']\n"
    )
    out = tmp_path / "comparison.md"

    main([str(file), "--way", EXTRACTIVE, "--out", str(out)])

    assert f"| {EXTRACTIVE} | 1 | 100.0 %" in out.read_text("utf-8")
