"""Citations are numbered in order of appearance, and neighbouring items are one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ask_debbie.answering.answer import Answer, Sentence
from ask_debbie.answering.claim import Claim
from ask_debbie.answering.numbering import Composer
from ask_debbie.corpus.corpus import Corpus, read_corpus
from ask_debbie.corpus.document import Passage

ROLES = """\
# Ines Vale

## Work

### Harbour Trust

#### Surveyor

3/2016-present

- Sailed home.

#### Diver

1/2014-2/2016

- Dived.

## Education

### Solent University

2010-2013

BSc Geology
"""


def by_text(corpus: Corpus, *texts: str) -> tuple[Passage, ...]:
    found = [[p for p in corpus.passages if p.text == text] for text in texts]
    return tuple(passages[-1] for passages in found)


def test_numbers_follow_appearance_and_a_passage_keeps_its_own(corpus: Corpus) -> None:
    one, two, three = [p for p in corpus.passages if p.kind == "sentence"][:3]
    composer = Composer(corpus)
    first, new = composer.add(Claim("First.", (two, one)))
    assert first.markers == (1, 2)
    assert [c.quote for c in new] == [two.text, one.text]
    second, new = composer.add(Claim("Second.", (one, three)))
    assert second.markers == (2, 3)
    assert [c.quote for c in new] == [three.text]
    third, new = composer.add(Claim("Third.", (two,)))
    assert third.markers == (1,)
    assert new == []


def test_a_claim_of_absence_has_no_number(corpus: Corpus) -> None:
    composer = Composer(corpus)
    sentence, new = composer.add(Claim("Her documents don't say."))
    assert sentence.markers == ()
    assert new == []
    assert composer.citations == []


def test_neighbouring_items_are_one_quote(corpus: Corpus) -> None:
    composer = Composer(corpus)
    sentence, new = composer.add(Claim("All.", by_text(corpus, "Norwegian", "English", "Spanish")))
    assert sentence.markers == (1,)
    assert [c.quote for c in new] == ["Norwegian, English, Spanish"]


def test_items_with_another_between_stay_apart(corpus: Corpus) -> None:
    composer = Composer(corpus)
    sentence, new = composer.add(Claim("Two.", by_text(corpus, "Norwegian", "Spanish")))
    assert sentence.markers == (1, 2)
    assert [c.quote for c in new] == ["Norwegian", "Spanish"]


def test_items_out_of_order_stay_apart(corpus: Corpus) -> None:
    composer = Composer(corpus)
    _, new = composer.add(Claim("Two.", by_text(corpus, "English", "Norwegian")))
    assert [c.quote for c in new] == ["English", "Norwegian"]


def test_sentences_are_never_merged(corpus: Corpus) -> None:
    one, two = [p for p in corpus.passages if p.kind == "sentence" and p.document == "resume.md"][:2]
    _, new = Composer(corpus).add(Claim("Two.", (one, two)))
    assert [c.quote for c in new] == [one.text, two.text]


def test_items_of_two_lists_are_not_merged(corpus: Corpus) -> None:
    _, new = Composer(corpus).add(Claim("Two.", by_text(corpus, "Cerner", "Norwegian")))
    assert len(new) == 2


def head(corpus: Corpus, *texts: str) -> tuple[Passage, ...]:
    return tuple(next(p for p in corpus.passages if p.text == text and p.kind != "item") for text in texts)


def test_headings_and_dates_above_one_another_are_one_quote(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text('name = "Ines Vale"\n')
    (tmp_path / "resume.md").write_text(ROLES)
    corpus = read_corpus(tmp_path)
    composer = Composer(corpus)
    _, new = composer.add(Claim("Now.", head(corpus, "3/2016-present", "Harbour Trust", "Surveyor")))
    assert [c.quote for c in new] == ["Harbour Trust\n\n#### Surveyor\n\n3/2016-present"]
    assert new[0].breadcrumb == ("Work", "Harbour Trust", "Surveyor")

    second, new = composer.add(Claim("Before.", head(corpus, "1/2014-2/2016", "Harbour Trust", "Diver")))
    assert [c.quote for c in new] == ["Diver\n\n1/2014-2/2016"]
    assert second.markers == (1, 2), "the employer is quoted already"

    _, new = composer.add(Claim("Degree.", head(corpus, "BSc Geology", "Solent University")))
    assert [c.quote for c in new] == ["Solent University\n\n2010-2013\n\nBSc Geology"]

    _, new = Composer(corpus).add(Claim("Apart.", head(corpus, "Sailed home.", "Surveyor", "Work")))
    assert [c.quote for c in new] == ["Sailed home.", "Surveyor", "Work"], "a bullet stands by itself"


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        (Sentence("She led.", (1,)), "She led [1]."),
        (Sentence("She led!", (1, 2)), "She led [1][2]!"),
        (Sentence("She led", (3,)), "She led [3]"),
        (Sentence("She led.", ()), "She led."),
        (Sentence("It was at 6 p.m.", (1,)), "It was at 6 p.m [1]."),
    ],
)
def test_markers_stand_before_the_full_stop(sentence: Sentence, marked: str) -> None:
    assert sentence.marked == marked


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 200), max_size=4), max_size=6))
def test_markers_and_citations_match_whatever_is_cited(corpus: Corpus, picks: list[list[int]]) -> None:
    composer = Composer(corpus)
    announced = []
    for pick in picks:
        passages = tuple(corpus.passages[i % len(corpus.passages)] for i in pick)
        sentence, new = composer.add(Claim("Said.", passages))
        announced += new
        assert bool(sentence.markers) == bool(passages)
        shown = [composer.citations[m - 1] for m in sentence.markers]
        for passage in passages:
            assert any(
                c.document == passage.document and c.start <= passage.start and passage.end <= c.end
                for c in shown
            )
    markers = [m for s in composer.sentences for m in s.markers]
    assert list(dict.fromkeys(markers)) == [c.marker for c in composer.citations]
    assert [c.marker for c in composer.citations] == list(range(1, len(composer.citations) + 1))
    assert announced == composer.citations
    for c in composer.citations:
        assert corpus.documents[c.document].text[c.start : c.end] == c.quote


def test_the_wire_says_what_the_object_says() -> None:
    answer = Answer("q", "answered", (Sentence("She led.", (1,)), Sentence("She trained.", (1,))))
    wire = answer.to_wire()
    assert wire["answer"] == answer.text == "She led [1]. She trained [1]."
    assert set(wire) == {"question", "status", "answer", "citations", "engine", "timings", "usage"}
    assert set(wire["timings"]) == {"retrieval_ms", "first_token_ms", "first_text_ms", "total_ms"}
    assert set(wire["usage"]) == {"prompt_tokens", "completion_tokens", "cost_usd"}


def test_a_heading_is_quoted_with_the_line_under_its_facts(tmp_path: Path) -> None:
    project = "# Tide Clock\n\n- Language: Rust\n- Dates: 1/2020-3/2020\n\nShows the tide.\n\n- Sold 40.\n"
    (tmp_path / "profile.toml").write_text('name = "Ines Vale"\n')
    (tmp_path / "clock.md").write_text(project)
    corpus = read_corpus(tmp_path)
    composer = Composer(corpus)
    _, cited = composer.add(
        Claim("Tide Clock shows the tide.", by_text(corpus, "Tide Clock", "Shows the tide."))
    )
    assert [c.quote for c in cited] == [project[2 : project.index("\n\n- Sold")]]
    _, cited = composer.add(Claim("Tide Clock sold 40.", by_text(corpus, "Sold 40.")))
    assert [c.quote for c in cited] == ["Sold 40."]
