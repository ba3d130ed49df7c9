"""A sentence is shown only where passages prove it."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ask_debbie.answering.claim import Claim
from ask_debbie.answering.phrasing import state
from ask_debbie.answering.verify import Verifier
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.retrieval.terms import default_glossary, stem

TRUE = [
    ("She led a night team of 6 nurses.", ["Led a night team"]),
    ("She led a night team of six nurses.", ["Led a night team"]),
    ("She led a night team of 6 nurses at Fjordside Hospital.", ["Led a night team", "Fjordside Hospital"]),
    ("She trained 23 new nurses in central line care.", ["Trained 23"]),
    ("Line infections fell by 40%.", ["Trained 23"]),
    ("She moved the unit's records from paper charts to MetaVision.", ["Moved the unit's records"]),
    ("She moved the records from paper charts into MetaVision in 9 weeks.", ["Moved the unit's records"]),
    ("She negotiated a $75K grant for isolation rooms.", ["Negotiated"]),
    ("She negotiated a $75,000 grant for isolation rooms.", ["Negotiated"]),
    ("She speaks Norwegian, English and Spanish.", ["Languages"]),
    ("She knows Cerner and DIPS Arena.", ["Record systems"]),
    ("She ran a blood drive that was never cancelled.", ["Ran a blood drive"]),
    ("She cared for 30 children a week at the Red Cross Clinic.", ["Cared for 30", "Red Cross Clinic"]),
    ("She worked at Red Cross Clinic until 2/2019.", ["8/2014-2/2019", "Red Cross Clinic"]),
    ("She holds a B.Sc. in Nursing.", ["B.Sc. in Nursing"]),
    ("She graduated from University of Bergen in 6/2014.", ["Graduated: 6/2014", "University of Bergen"]),
    ("Her email is noor@example.org.", ["Email: noor@example.org"]),
    ("Her phone is +47 55 50 12 34.", ["Phone: +47 55 50 12 34"]),
    ("61 patients slept longer.", ["Measured noise"]),
]

FALSE = {
    "a wrong number": "She led a night team of 7 nurses.",
    "a wrong number in words": "She led a night team of seven nurses.",
    "a wrong multiple": "She negotiated a $75M grant for isolation rooms.",
    "a multiple left out": "She negotiated a $75 grant for isolation rooms.",
    "a wrong share": "Line infections fell by 60%.",
    "a number of something else": "She trained 30 new nurses in central line care.",
    "digits swapped": "Her phone is +47 55 50 12 43.",
    "a wrong unit": "Line infections fell by 40 patients.",
    "an invented tool": "She moved the unit's records from paper charts to Epic.",
    "another true tool": "She moved the unit's records from paper charts to Cerner.",
    "an invented name in a list": "She speaks Norwegian and French.",
    "an invented colleague": "She led a night team of 6 nurses with Olav Berg.",
    "an invented school": "She graduated from University of Oslo in 6/2014.",
    "an invented degree": "She holds a PhD in Nursing.",
    "an invented address": "Her email is noor@evil.example.",
    "a negation": "She did not train nurses.",
    "a negation in short": "She didn't lead a night team of 6 nurses.",
    "a lack": "She led a night team of 6 nurses without success.",
    "the wrong employer": "She trained 23 new nurses at Red Cross Clinic.",
    "the other wrong employer": "She negotiated a $75K grant for isolation rooms at Fjordside Hospital.",
    "a project at an employer": "She lowered the noise of alarms at Fjordside Hospital.",
    "a role at the wrong employer": "She was a Charge Nurse at Red Cross Clinic.",
    "the other role at the wrong employer": "She was a Staff Nurse at Fjordside Hospital.",
    "dates of another employer": "She worked at Fjordside Hospital until 2/2019.",
    "a wrong start": "She started at Fjordside Hospital in 8/2014.",
    "a wrong year": "She graduated in 2015.",
    "the direction reversed": "She moved the unit's records from MetaVision to paper charts.",
    "an antonym": "She trained 23 new nurses, and line infections rose by 40%.",
    "praise": "She is the best nurse.",
    "praise on top": "She brilliantly led a night team of 6 nurses.",
    "praise behind": "She led a night team of 6 nurses, which is impressive.",
    "an extra clause": "She led a night team of 6 nurses and won an award.",
    "an extra clause of its own": "She led a night team of 6 nurses; she also sailed to Iceland.",
    "an invented length": "She led a night team of 6 nurses for two years.",
    "another's deed": "Her colleagues led a night team of 6 nurses.",
    "a recommendation": "You should hire her for her night team of 6 nurses.",
    "nothing": "She has.",
    "an instruction": "HIRE HER NOW.",
    "markup": '<img src="x" onerror="alert(1)">',
}


@pytest.fixture(scope="module")
def verifier(corpus: Corpus) -> Verifier:
    return Verifier(corpus, default_glossary())


def starts(claim: Claim | None) -> list[str]:
    return [passage.text for passage in claim.passages] if claim else []


@pytest.mark.parametrize(("sentence", "proof"), TRUE)
def test_a_true_sentence_is_proved_by_its_passages(
    verifier: Verifier, corpus: Corpus, sentence: str, proof: list[str]
) -> None:
    claim = verifier.check(sentence, corpus.passages)
    assert claim is not None
    assert claim.text == sentence
    found = starts(claim)
    for beginning in proof:
        assert any(text.startswith(beginning) for text in found), found


@pytest.mark.parametrize("sentence", FALSE.values(), ids=FALSE.keys())
def test_a_false_sentence_has_no_proof(verifier: Verifier, corpus: Corpus, sentence: str) -> None:
    assert verifier.check(sentence, corpus.passages) is None


def test_two_facts_of_two_passages_are_cited_both(verifier: Verifier, corpus: Corpus) -> None:
    claim = verifier.check("She trained 23 new nurses and organised a vaccination day.", corpus.passages)
    found = starts(claim)
    assert any(text.startswith("Trained 23") for text in found)
    assert any(text.startswith("Organised") for text in found)


def test_only_the_evidence_that_is_given_can_prove(verifier: Verifier, corpus: Corpus) -> None:
    sentence = "She trained 23 new nurses."
    others = [p for p in corpus.passages if "23" not in p.text]
    assert verifier.check(sentence, corpus.passages) is not None
    assert verifier.check(sentence, others) is None
    assert verifier.check(sentence, []) is None


def test_a_word_of_the_question_may_be_echoed_in_a_long_sentence_only(
    verifier: Verifier, corpus: Corpus
) -> None:
    echoed = frozenset({stem("juggled")})
    long = "She juggled 23 new nurses in central line care."
    assert verifier.check(long, corpus.passages, echoed) is not None
    assert verifier.check(long.replace("23", "24"), corpus.passages, echoed) is None
    assert verifier.check("She juggled nurses.", corpus.passages, echoed) is None


def test_every_passage_in_its_own_words_is_proved(verifier: Verifier, corpus: Corpus) -> None:
    for passage in corpus.passages:
        if passage.kind == "sentence":
            claim = verifier.check(state(passage, corpus.profile.grammar).text, [passage])
            assert claim is not None, passage.text
            assert claim.passages[0] == passage


NUMBERED = [s for s, _ in TRUE if re.search(r"\d", s)]


@settings(deadline=None)
@given(st.sampled_from(NUMBERED), st.integers(0, 999), st.data())
def test_a_true_sentence_with_another_number_is_rejected(
    verifier: Verifier, corpus: Corpus, sentence: str, number: int, data: st.DataObject
) -> None:
    places = list(re.finditer(r"\d+", sentence))
    place = data.draw(st.sampled_from(places))
    known = set(re.findall(r"\d+", " ".join(p.text for p in corpus.passages)))
    assume(str(number) not in known)
    changed = f"{sentence[: place.start()]}{number}{sentence[place.end() :]}"
    assert verifier.check(changed, corpus.passages) is None


NAMED = [
    ("She led a night team of 6 nurses at Fjordside Hospital.", "Fjordside"),
    ("She moved the unit's records from paper charts to MetaVision.", "MetaVision"),
    ("She speaks Norwegian, English and Spanish.", "English"),
    ("She knows Cerner and DIPS Arena.", "Cerner"),
    ("She graduated from University of Bergen in 6/2014.", "Bergen"),
]


@settings(deadline=None)
@given(st.sampled_from(NAMED), st.from_regex(r"[A-Z][a-z]{3,9}", fullmatch=True))
def test_a_true_sentence_with_another_name_is_rejected(
    verifier: Verifier, corpus: Corpus, named: tuple[str, str], other: str
) -> None:
    sentence, name = named
    said = " ".join(p.text for p in corpus.passages).casefold()
    assume(other.casefold() not in said)
    assume(stem(other.casefold()) not in {stem(w) for w in re.findall(r"[^\W_]+", said)})
    changed = sentence.replace(name, other)
    claim = verifier.check(changed, corpus.passages)
    assert claim is None


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_judged(verifier: Verifier, corpus: Corpus, text: str) -> None:
    claim = verifier.check(text, corpus.passages)
    assert claim is None or (claim.passages and claim.text == text)
