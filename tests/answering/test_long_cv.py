"""Documents that are longer than a small model's prompt: what it holds, and who answers of the rest."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from ask_debbie.answering.assistant import Assistant
from ask_debbie.answering.briefing import brief
from ask_debbie.answering.draft import Drafter
from ask_debbie.corpus.corpus import Corpus, read_corpus
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.retriever import HybridRetriever
from tests import academic
from tests.answering.conftest import ScriptedModel, check_whole, write_corpus

CAREER = academic.career()
PART = 9_000
_NAMES = count()


@pytest.fixture(scope="module")
def long_corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    files = {"profile.toml": academic.PROFILE, "cv.md": academic.cv(CAREER)}
    return read_corpus(write_corpus(tmp_path_factory.mktemp("professor"), files))


@pytest.fixture(scope="module")
def long_retriever(long_corpus: Corpus, retriever_of: Callable[[Corpus], HybridRetriever]) -> HybridRetriever:
    return retriever_of(long_corpus)


def test_it_has_twelve_pages_of_entries(long_corpus: Corpus) -> None:
    assert len(CAREER.papers) == 150
    assert len(long_corpus.documents["cv.md"].text) > 12 * 2_500


def test_a_part_holds_all_sections_and_of_the_longest_the_beginning(long_corpus: Corpus) -> None:
    briefing = brief(long_corpus, 18_000, PART)
    assert not briefing.is_whole
    assert len(briefing.text) < PART + 1_500  # with the rules
    for said in ("ice radar group of 11", "Ph.D. in Geophysics", "Tools: QGIS", CAREER.patents[-1].title):
        assert said in briefing.text
    first, last = CAREER.journals[0].title, CAREER.chapters[-1].title
    assert first in briefing.text
    assert last not in briefing.text
    for passage in long_corpus.passages:
        assert (
            briefing.holds(passage) == (plain(passage.text) in plain(briefing.text)) or len(passage.text) < 60
        )


@pytest.mark.parametrize("part", [0, 1, 100, 2_000, 20_000, 10**6])
def test_a_part_is_never_longer_than_it_may_be(long_corpus: Corpus, part: int) -> None:
    rules = len(brief(long_corpus, 1).text)
    assert len(brief(long_corpus, 1, part).text) <= rules + part
    assert brief(long_corpus, 10**6, part).is_whole


def assistant_with(model: ScriptedModel, corpus: Corpus, retriever: HybridRetriever) -> Assistant:
    drafter = Drafter(model, corpus, name="scripted", label="A script", budget=18_000, part=PART)
    return Assistant(corpus, retriever, drafter)


def test_of_what_it_holds_the_model_is_asked_with_nothing_but_the_question(
    long_corpus: Corpus, long_retriever: HybridRetriever
) -> None:
    model = ScriptedModel.of("She leads the ice radar group of 11 researchers.")
    assistant = assistant_with(model, long_corpus, long_retriever)
    answer = assistant.ask("Which ice radar group does she lead?")
    ((_, question),) = model.seen
    assert question.content == "Which ice radar group does she lead?"
    assert answer.engine == "scripted"
    check_whole(answer, assistant)


def test_of_the_rest_quotes_are_the_answer_at_once(
    long_corpus: Corpus, long_retriever: HybridRetriever
) -> None:
    model = ScriptedModel.of()
    assistant = assistant_with(model, long_corpus, long_retriever)
    paper = CAREER.chapters[-1]
    answer = assistant.ask(f"Has she written about {paper.title.lower()}?")
    assert model.seen == []
    assert answer.engine == "extractive"
    assert answer.notice is None
    assert paper.title in answer.text
    assert "she." not in answer.text  # her initial is no pronoun
    assert [c.quote for c in answer.citations][:1] == [academic.vancouver(paper)]
    check_whole(answer, assistant)


def test_pages_are_no_years_of_work(long_corpus: Corpus) -> None:
    """Of 1938–1950, an article's pages, no entry of the timeline is made."""
    places = {entry.passage.start for entry in long_corpus.timeline.entries}
    text = long_corpus.documents["cv.md"].text
    publications = text.index("## Publications"), text.index("## Invited Talks")
    assert not [place for place in places if publications[0] < place < publications[1]]
