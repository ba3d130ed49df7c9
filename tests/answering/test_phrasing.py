"""A passage in the third person, with no word of substance that it doesn't have."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ask_debbie.answering.phrasing import in_third_person, listed, state
from ask_debbie.corpus.document import Passage, PassageKind
from ask_debbie.corpus.profile import Grammar, Profile
from ask_debbie.retrieval.terms import STOP_WORDS, words

SHE = Profile(name="A", pronouns="she/her").grammar
HE = Profile(name="A", pronouns="he/him").grammar
THEY = Profile(name="A").grammar


def passage(text: str, kind: PassageKind = "sentence") -> Passage:
    return Passage("resume.md", 0, len(text), text, kind)


@pytest.mark.parametrize(
    ("text", "grammar", "said"),
    [
        ("Led 6 nurses.", SHE, "She led 6 nurses."),
        ("Led 6 nurses", HE, "He led 6 nurses."),
        ("Led 6 nurses", THEY, "They led 6 nurses."),
        ("Trained 23 nurses.", SHE, "She trained 23 nurses."),
        ("Successfully ran a ward.", SHE, "She successfully ran a ward."),
        ("Co-led 6 nurses.", SHE, "She co-led 6 nurses."),
        ("Lead 6 nurses.", SHE, "She leads 6 nurses."),
        ("Teach 6 nurses.", SHE, "She teaches 6 nurses."),
        ("Supply beds.", SHE, "Supply beds."),
        ("Lead 6 nurses.", THEY, "They lead 6 nurses."),
        ("Responsible for the ward.", SHE, "She was responsible for the ward."),
        ("Responsible for the ward.", THEY, "They were responsible for the ward."),
        ("I led my team.", SHE, "She led her team."),
        ("I am proud that I have led.", SHE, "She is proud that she has led."),
        ("Promoted to head nurse.", SHE, "She was promoted to head nurse."),
        ("Promoted two nurses.", SHE, "She promoted two nurses."),
        ("Awarded the ward prize.", THEY, "They were awarded the ward prize."),
        ("Shortlisted, Nurse of the Year, 2021", SHE, "Shortlisted, Nurse of the Year, 2021."),
        ("I wrote it myself.", SHE, "She wrote it herself."),
        ("I wrote it myself.", THEY, "They wrote it themselves."),
        ("Support 6 wards.", SHE, "She supports 6 wards."),
        ("Support calls about beds fell by half.", SHE, "Support calls about beds fell by half."),
        ("Manage the ward that grew fastest.", SHE, "She manages the ward that grew fastest."),
        ("Two wards in Bergen", SHE, "Two wards in Bergen."),
        ("AWS was moved.", SHE, "AWS was moved."),
        ("**Led** 6 [nurses](x.md).", SHE, "She led 6 nurses."),
    ],
)
def test_a_sentence_is_said_of_the_candidate(text: str, grammar: Grammar, said: str) -> None:
    claim = state(passage(text), grammar)
    assert claim.text == said
    assert claim.passages == (passage(text),)


def test_a_field_is_said_with_its_label() -> None:
    assert state(passage("Email: a@b.c", "field"), SHE).text == "Her email is a@b.c."
    assert (
        state(passage("Languages: Greek, Thai, Urdu", "list"), HE).text
        == "His languages are Greek, Thai, Urdu."
    )
    assert state(passage("Graduated: 6/2014", "dates"), SHE).text == "She graduated: 6/2014."


def test_items_are_said_together() -> None:
    one, two, three = (passage(text, "item") for text in ("Greek", "Thai", "Urdu"))
    assert "Greek, Thai and Urdu" in listed([one, two, three], SHE).text
    assert "list Greek." in listed([one], SHE).text
    assert listed([one, two], SHE).passages == (one, two)


OURS = {"it", "documents", "list", "lists"}


@settings(deadline=None)
@given(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=80),
    st.sampled_from(["sentence", "item"]),
    st.sampled_from([SHE, HE, THEY]),
)
def test_numbers_are_kept_and_none_is_added(text: str, kind: PassageKind, grammar: Grammar) -> None:
    claim = state(passage(text, kind), grammar)
    assert (
        re.findall(r"\d", claim.text) == re.findall(r"\d", " ".join(text.split()))
        or "\\" in text
        or "]" in text
    )
    assert claim.passages == (passage(text, kind),)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from("Led trained wards patients in Bergen with 6 MySQL for grants night a teams".split()),
        min_size=1,
        max_size=8,
    )
)
def test_no_word_of_substance_is_added(parts: list[str]) -> None:
    text = " ".join(parts)
    said = {word for word in words(state(passage(text), SHE).text) if word not in STOP_WORDS | OURS}
    allowed = set(words(text))
    assert all(word in allowed or word.removesuffix("s") in allowed for word in said)


def test_work_that_began_is_no_work_of_hers() -> None:
    assert in_third_person("Work began in January 2022", SHE) == "Work began in January 2022."
