"""A model's words, cut into sentences as they stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import openai
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ask_debbie.answering.answer import Waiting
from ask_debbie.answering.briefing import brief
from ask_debbie.answering.draft import Draft, Drafter
from ask_debbie.answering.evidence import Evidence, Signals
from ask_debbie.answering.question import Question
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.profile import Profile
from ask_debbie.errors import EngineError
from ask_debbie.models.turns import Turns
from tests.answering.conftest import ScriptedModel

PROFILE = Profile(name="Noor Halvorsen", pronouns="she/her")
TEXT = "She led 6 nurses. She trained 23 of them at St. Olav. Her B.Sc. is in nursing!"


def draft_of(pieces: Sequence[str | Waiting], profile: Profile = PROFILE) -> Draft:
    return Draft(lambda draft: iter(pieces), profile)


def sentences(*pieces: str, profile: Profile = PROFILE) -> list[str]:
    return [s for s in draft_of(pieces, profile).sentences() if isinstance(s, str)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She led 6 nurses. She trained 23.", ["She led 6 nurses.", "She trained 23."]),
        ("She led 6 nurses! Did she train? Yes.", ["She led 6 nurses!", "Did she train?", "Yes."]),
        ("She led 6 nurses", ["She led 6 nurses."]),
        ("One line\nanother line", ["One line.", "Another line."]),
        ("She grew it by 4.5 percent. She left.", ["She grew it by 4.5 percent.", "She left."]),
        ("She worked for Dr. Lund. She left.", ["She worked for Dr. Lund.", "She left."]),
        ("She worked at St. Olav. She left.", ["She worked at St. Olav.", "She left."]),
        ("She joined Acme Inc. Later, she left.", ["She joined Acme Inc. Later, she left."]),
        ("She met Prof. A. Berg. She left.", ["She met Prof. A. Berg.", "She left."]),
        ("- She led.\n- She trained.", ["She led.", "She trained."]),
        ("Answer: She led.", ["She led."]),
        ("Based on the documents, she led.", ["She led."]),
        ("According to her resume, she led.", ["She led."]),
        ("**She led** 6 `nurses`.", ["She led 6 nurses."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_are_cut_and_cleaned(text: str, expected: list[str]) -> None:
    found = [s[:1].upper() + s[1:] for s in sentences(text)]
    assert found == expected


@settings(deadline=None)
@given(st.lists(st.integers(0, len(TEXT)), max_size=12))
def test_how_the_text_is_cut_into_pieces_changes_nothing(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(TEXT)]
    pieces = [TEXT[a:b] for a, b in pairwise(edges)]
    assert sentences(*pieces) == sentences(TEXT)


def test_a_sentence_is_given_before_the_next_is_written() -> None:
    written: list[str] = []

    def pieces(draft: Draft) -> Iterator[str]:
        for piece in ("She led 6 nurses. ", "She ", "trained 23. "):
            written.append(piece)
            yield piece

    stream = Draft(pieces, PROFILE).sentences()
    assert next(stream) == "She led 6 nurses."
    assert "trained 23. " not in written


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Noor led 6 nurses.", "She led 6 nurses."),
        ("Noor Halvorsen led 6 nurses.", "She led 6 nurses."),
        ("Noor's team had 6 nurses.", "Her team had 6 nurses."),
        ("Noor’s team had 6 nurses.", "Her team had 6 nurses."),
        ("Noorland is a place.", "Noorland is a place."),
        ("Write to noor@example.org.", "Write to noor@example.org."),
    ],
)
def test_the_candidate_is_spoken_of_by_pronoun(said: str, shown: str) -> None:
    assert sentences(said) == [shown]


def test_they_keeps_the_name() -> None:
    assert sentences("Sam has led.", profile=Profile(name="Sam Ode")) == ["Sam has led."]


@pytest.mark.parametrize(
    "said",
    [
        "Not stated.",
        "not stated",
        "This is not mentioned in the documents.",
        "The documents do not say.",
        "Her documents don't mention Epic.",
        "There is no information about that.",
    ],
)
def test_a_model_that_finds_nothing_is_understood(said: str) -> None:
    draft = draft_of([said])
    assert list(draft.sentences()) == []
    assert draft.absent


def test_what_a_model_does_find_is_not_absent() -> None:
    draft = draft_of(["She led 6 nurses."])
    assert list(draft.sentences()) == ["She led 6 nurses."]
    assert not draft.absent


def test_a_place_in_the_queue_is_passed_on() -> None:
    draft = draft_of([Waiting(2, 9.0), Waiting(1, 3.0), "She led."])
    assert list(draft.sentences()) == [Waiting(2, 9.0), Waiting(1, 3.0), "She led."]


QUESTION = Question("Has she led teams?", "Has she led teams?")


def drafter(model: ScriptedModel, corpus: Corpus, turns: Turns | None = None, **options: Any) -> Drafter:
    return Drafter(model, corpus, name="scripted", label="A script", budget=20_000, turns=turns, **options)


def evidence_of(corpus: Corpus) -> Evidence:
    passages = tuple(p for p in corpus.passages if p.kind == "sentence")[:3]
    return Evidence(passages, Signals(1.0, 1.0, 0.5), (1.0, 0.9, 0.8), ())


def test_the_models_front_is_the_same_for_every_question(corpus: Corpus) -> None:
    model = ScriptedModel.of("She led.", "She led.")
    writer = drafter(model, corpus)
    for asked in ("Has she led teams?", "What did she study?"):
        list(writer.draft(Question(asked, asked), evidence_of(corpus)).sentences())
    (front, one), (again, other) = model.seen
    assert front.content == again.content == writer.system
    assert "Has she led teams?" in str(one.content)
    assert "What did she study?" in str(other.content)


def test_the_documents_are_in_the_front_where_they_fit(corpus: Corpus) -> None:
    assert "Trained 23 new nurses" in brief(corpus, 20_000).text
    assert "Trained 23 new nurses" not in brief(corpus, 100).text
    assert "Noor Halvorsen" in brief(corpus, 100).text


def test_usage_is_counted_and_priced(corpus: Corpus) -> None:
    model = ScriptedModel.of("She led.", usage=(1_000_000, 500_000))
    draft = drafter(model, corpus, prices=(0.4, 1.6)).draft(QUESTION, evidence_of(corpus))
    list(draft.sentences())
    assert (draft.usage.prompt_tokens, draft.usage.completion_tokens) == (1_000_000, 500_000)
    assert draft.usage.cost_usd == pytest.approx(1.2)


def test_usage_without_prices_has_no_cost(corpus: Corpus) -> None:
    draft = drafter(ScriptedModel.of("She led.", usage=(10, 5)), corpus).draft(QUESTION, evidence_of(corpus))
    list(draft.sentences())
    assert draft.usage.prompt_tokens == 10
    assert draft.usage.cost_usd is None


@pytest.mark.parametrize(
    "error",
    [openai.OpenAIError("no"), OSError("gone"), ValueError("odd"), TypeError("None"), KeyError("choices")],
)
def test_a_failing_model_is_an_engine_error_after_its_whole_sentences(
    corpus: Corpus, error: Exception
) -> None:
    model = ScriptedModel.of(["She led 6 nurses. ", "She tr", error])
    draft = drafter(model, corpus).draft(QUESTION, evidence_of(corpus))
    found: list[str | Waiting] = []
    with pytest.raises(EngineError):
        found.extend(draft.sentences())
    # extend() keeps what came before the error
    assert found == ["She led 6 nurses."]


def test_a_draft_that_nobody_reads_asks_no_model(corpus: Corpus) -> None:
    model = ScriptedModel.of("She led.")
    turns = Turns(2)
    draft = drafter(model, corpus, turns).draft(QUESTION, evidence_of(corpus))
    draft.close()
    assert model.left == 1
    assert len(turns) == 0


def test_closing_a_draft_stops_the_model_and_frees_the_turn(corpus: Corpus) -> None:
    model = ScriptedModel.of("She led 6 nurses. " * 50)
    turns = Turns(2)
    draft = drafter(model, corpus, turns).draft(QUESTION, evidence_of(corpus))
    next(draft.sentences())
    assert len(turns) == 1
    draft.close()
    assert len(turns) == 0
    assert len(model.unread) == 1
    assert model.unread[0] > 50
