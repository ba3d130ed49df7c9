"""Asking: the conversation, what is kept of it, and an interruption."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ask_debbie.corpus.corpus import Corpus
from ask_debbie.errors import EngineError
from ask_debbie.evaluation.cache import AnswerCache, product_digest
from ask_debbie.evaluation.dataset import QuestionSet, read_questions
from ask_debbie.evaluation.engines import LazyAssistant
from ask_debbie.evaluation.results import Run
from ask_debbie.evaluation.runner import evaluate
from ask_debbie.settings import Settings
from tests.evaluation.conftest import TODAY, AnswerOf, Scripted

TRAINED = "Trained 5 volunteers to dive in the exhibit."


@pytest.fixture
def questions(question_file: Path) -> QuestionSet:
    return read_questions(question_file)


@pytest.fixture
def cache(tmp_path: Path) -> AnswerCache:
    return AnswerCache(tmp_path / "cache")


@pytest.fixture
def scripted(answer_of: AnswerOf, corpus: Corpus) -> Scripted:
    return Scripted(answer_of(("He trained 5 volunteers.", [TRAINED])), corpus)


def test_own_answers_stand_between_the_turns(
    questions: QuestionSet, corpus: Corpus, scripted: Scripted
) -> None:
    run = evaluate(questions, corpus, scripted, only="followup")
    assert [outcome.id for outcome in run.outcomes] == ["followup-001"]
    assert scripted.asked == [
        [{"role": "user", "content": "Which fish did he care for?"}],
        [
            {"role": "user", "content": "Which fish did he care for?"},
            {"role": "assistant", "content": "He trained 5 volunteers [1]."},
            {"role": "user", "content": "Where was that?"},
        ],
    ]


def test_an_interrupted_run_goes_on_where_it_was(
    questions: QuestionSet, corpus: Corpus, scripted: Scripted, cache: AnswerCache, answer_of: AnswerOf
) -> None:
    stopped = Scripted(answer_of(("He trained 5 volunteers.", [TRAINED])), corpus, stop_after=2)
    with pytest.raises(KeyboardInterrupt):
        evaluate(questions, corpus, stopped, cache=cache)
    told: list[tuple[int, int, str]] = []
    run = evaluate(questions, corpus, scripted, cache=cache, progress=lambda *it: told.append(it))
    assert cache.hits == 2
    assert [messages[-1]["content"] for messages in scripted.asked] == [
        "Does he speak Mandarin?",
        "Which fish did he care for?",
        "Where was that?",
    ]
    assert [outcome.id for outcome in run.outcomes] == [question.id for question in questions.questions]
    assert told[0] == (0, 4, "Asking fake · mateo")
    assert told[-1][:2] == (4, 4)
    scripted.asked.clear()
    assert evaluate(questions, corpus, scripted, cache=cache) == run
    assert scripted.asked == []


def test_an_edited_key_needs_no_new_answer(
    questions: QuestionSet, corpus: Corpus, scripted: Scripted, cache: AnswerCache
) -> None:
    before = evaluate(questions, corpus, scripted, cache=cache, only="facts")
    scripted.asked.clear()
    edited = questions.questions[0].model_copy(update={"contains": (("seven",),)})
    after = evaluate(questions.model_copy(update={"questions": (edited,)}), corpus, scripted, cache=cache)
    assert (before.outcomes[0].right, after.outcomes[0].right) == (True, False)
    assert scripted.asked == []


def test_what_decides_an_answer_decides_its_place(cache: AnswerCache) -> None:
    day = dt.date(2026, 11, 1)
    keys = {
        cache.key(["a", "b"], day, "corpus", "engine"),
        cache.key(["a b"], day, "corpus", "engine"),
        cache.key(["a", "b"], day + dt.timedelta(1), "corpus", "engine"),
        cache.key(["a", "b"], day, "other", "engine"),
        cache.key(["a", "b"], day, "corpus", "other"),
    }
    assert len(keys) == 5
    assert len(product_digest()) == 64


def test_fresh_asks_again_and_keeps(
    questions: QuestionSet, corpus: Corpus, scripted: Scripted, cache: AnswerCache
) -> None:
    evaluate(questions, corpus, scripted, cache=cache, only="facts")
    evaluate(questions, corpus, scripted, cache=AnswerCache(cache.folder, fresh=True), only="facts")
    assert len(scripted.asked) == 2
    evaluate(questions, corpus, scripted, cache=cache, only="facts")
    assert len(scripted.asked) == 2


def test_a_damaged_file_is_asked_again(
    questions: QuestionSet, corpus: Corpus, scripted: Scripted, cache: AnswerCache
) -> None:
    evaluate(questions, corpus, scripted, cache=cache, only="facts")
    (kept,) = cache.folder.rglob("*.json")
    kept.write_bytes(kept.read_bytes()[:-20])
    evaluate(questions, corpus, scripted, cache=cache, only="facts")
    assert len(scripted.asked) == 2


@pytest.mark.parametrize("odd", [{"engine": "extractive"}, {"status": "error"}])
def test_what_may_pass_is_not_kept(
    questions: QuestionSet, corpus: Corpus, cache: AnswerCache, answer_of: AnswerOf, odd: dict[str, str]
) -> None:
    answerer = Scripted(answer_of(("He trained 5 volunteers.", [TRAINED]), **odd), corpus)
    evaluate(questions, corpus, answerer, cache=cache, only="facts")
    evaluate(questions, corpus, answerer, cache=cache, only="facts")
    assert len(answerer.asked) == 2


def test_a_folder_that_takes_nothing_costs_only_the_cache(
    questions: QuestionSet, corpus: Corpus, scripted: Scripted, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    run = evaluate(questions, corpus, scripted, cache=AnswerCache(tmp_path / "file"), only="facts")
    assert run.outcomes[0].right


def test_the_real_assistant_answers_the_same_twice(
    questions: QuestionSet, corpus: Corpus, candidate_corpus: Path, models_dir: Path
) -> None:
    settings = Settings(corpus=candidate_corpus, engine="extractive", models_dir=models_dir)
    runs = []
    for _ in range(2):
        with LazyAssistant(settings, questions.today) as answerer:
            runs.append(evaluate(questions, corpus, answerer))
    assert untimed(runs[0]) == untimed(runs[1])
    assert runs[0].name == "extractive"
    facts, dates, absent, followup = runs[0].outcomes
    assert facts.right
    assert dates.right
    assert absent.right
    assert facts.ranks == (1,)
    assert dates.unsupported == followup.unsupported == ()


def untimed(run: Run) -> str:
    for outcome in run.outcomes:
        outcome.answer["timings"] = {}
    return run.model_dump_json()


def test_an_engine_that_cannot_be_had_is_not_replaced(candidate_corpus: Path, models_dir: Path) -> None:
    settings = Settings(corpus=candidate_corpus, engine="openai", models_dir=models_dir)
    with (
        LazyAssistant(settings, TODAY) as answerer,
        pytest.raises(
            EngineError, match=r"openai:gpt-4\.1-mini can't be evaluated\. The openai engine needs a key"
        ),
    ):
        answerer.ask([{"role": "user", "content": "Has he trained anybody?"}])


def test_an_engine_is_known_before_it_is_built(candidate_corpus: Path) -> None:
    def identity(**given: object) -> tuple[str, str]:
        answerer = LazyAssistant(Settings(corpus=candidate_corpus, **given), TODAY)  # type: ignore[arg-type]
        return answerer.name, answerer.identity

    assert identity(engine="extractive")[0] == "extractive"
    assert identity(engine="auto")[0] == "local:qwen2.5-coder-1.5b-instruct"
    assert identity(engine="auto", openai_api_key="sk")[0] == "openai:gpt-4.1-mini"
    seen = [
        identity(engine="local"),
        identity(engine="local", local_model="qwen2.5-coder-0.5b-instruct"),
        identity(engine="openai"),
        identity(engine="openai", openai_base_url="http://localhost:1"),
        identity(engine="openai", max_question=10),
    ]
    assert len({text for _, text in seen}) == len(seen)
    assert "sk" not in identity(engine="openai", openai_api_key="sk-secret")[1]
