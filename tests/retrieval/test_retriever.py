"""Hybrid search: the order of what is found, LangChain's interface, and the words that it sees."""

from __future__ import annotations

import csv
import unicodedata
from importlib import resources

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from ask_debbie.corpus.corpus import Corpus
from ask_debbie.retrieval.chroma_client import memory_client
from ask_debbie.retrieval.index import PassageIndex
from ask_debbie.retrieval.retriever import HybridRetriever
from ask_debbie.retrieval.terms import (
    STOP_WORDS,
    Glossary,
    content_stems,
    default_glossary,
    fold,
    stem,
    stems,
    words,
)
from ask_debbie.retrieval.vocabulary import in_english
from tests.retrieval.conftest import RESUME, Corpora, CountingEmbeddings

_OK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ASCII = st.text(st.characters(max_codepoint=127), max_size=80)


@pytest.fixture
def corpus(corpora: Corpora) -> Corpus:
    return corpora(RESUME)


@pytest.fixture
def keyword_only(corpus: Corpus) -> HybridRetriever:
    return HybridRetriever(passages=corpus.passages)


@pytest.fixture
def hybrid(corpus: Corpus) -> HybridRetriever:
    index = PassageIndex(memory_client(), CountingEmbeddings(), "ad-retriever")
    index.update(corpus)
    return HybridRetriever(passages=corpus.passages, store=index.store(corpus))


class TestSearch:
    @pytest.mark.parametrize(
        "query", ["Who trained the volunteers?", "", "zzz", "🐟", "a" * 10_000, "\0", "שלום"]
    )
    def test_every_passage_is_found_once(self, hybrid: HybridRetriever, corpus: Corpus, query: str) -> None:
        found = hybrid.search(query)
        assert sorted(f.passage.key for f in found) == sorted(p.key for p in corpus.passages)

    def test_the_order_is_that_of_the_scores(self, hybrid: HybridRetriever) -> None:
        scores = [found.score for found in hybrid.search("manuals on tides")]
        assert scores == sorted(scores, reverse=True)

    def test_both_searches_count(self, hybrid: HybridRetriever) -> None:
        (best, *rest) = hybrid.search("Wrote two manuals on tides.")
        assert best.passage.text == "Wrote two manuals on tides."
        assert best.cosine == pytest.approx(1, abs=1e-5)
        assert best.keyword == 1
        assert all(f.score <= best.score for f in rest)
        for found in [best, *rest]:
            assert found.score >= found.cosine
            assert 0 <= found.keyword <= 1

    def test_a_keyword_lifts_a_passage(self, hybrid: HybridRetriever) -> None:
        for found in hybrid.search("volunteers"):
            assert (found.score > found.cosine) == ("volunteers" in found.passage.text)

    def test_a_breadcrumb_is_searched_and_not_quoted(self, keyword_only: HybridRetriever) -> None:
        scores = {f.passage.text: f.keyword for f in keyword_only.search("harbour")}
        assert scores["Wrote two manuals on tides."] > 0
        assert scores["QGIS"] == 0

    def test_a_word_that_is_nowhere_finds_nothing_by_keyword(self, keyword_only: HybridRetriever) -> None:
        assert {f.keyword for f in keyword_only.search("astronaut")} == {0.0}

    def test_keywords_alone_find_too(self, keyword_only: HybridRetriever) -> None:
        (best, *rest) = keyword_only.search("How many volunteers did she train?")
        assert best.passage.text == "Trained 9 volunteers to dive."
        assert best.score > rest[0].score
        assert {f.cosine for f in [best, *rest]} == {0.0}

    def test_a_kind_finds_its_members(self, keyword_only: HybridRetriever) -> None:
        found = [
            f.passage.text for f in keyword_only.search("load testing tools") if f.passage.kind == "item"
        ]
        assert set(found[:2]) == {"Locust", "Apache JMeter"}

    def test_a_member_does_not_find_its_siblings(self, keyword_only: HybridRetriever) -> None:
        scores = {
            f.passage.text: f.keyword for f in keyword_only.search("JMeter") if f.passage.kind == "item"
        }
        assert scores["Apache JMeter"] > 0
        assert scores["Locust"] == 0

    def test_the_same_question_finds_the_same(self, hybrid: HybridRetriever) -> None:
        assert hybrid.search("tides and volunteers") == hybrid.search("tides and volunteers")


class TestLangChain:
    def test_it_is_a_retriever(self, hybrid: HybridRetriever, corpus: Corpus) -> None:
        assert isinstance(hybrid, BaseRetriever)
        documents = hybrid.invoke("Who trained the volunteers?")
        assert len(documents) == hybrid.k == 8
        for document in documents:
            assert isinstance(document, LangChainDocument)
            span = slice(document.metadata["start"], document.metadata["end"])
            assert corpus.documents[document.metadata["document"]].text[span] == document.page_content

    def test_it_gives_the_best_first_with_their_breadcrumbs(self, hybrid: HybridRetriever) -> None:
        query = "Trained 9 volunteers to dive."
        documents = hybrid.invoke(query)
        assert documents[0].page_content == query
        assert documents[0].metadata["breadcrumb"] == [
            "Experience",
            "Harbour Trust",
            "Surveyor",
            "3/2016-8/2019",
        ]
        assert [d.metadata["score"] for d in documents] == [f.score for f in hybrid.search(query)[:8]]

    def test_k_is_its_number(self, corpus: Corpus) -> None:
        assert len(HybridRetriever(passages=corpus.passages, k=2).invoke("tides")) == 2

    def test_it_is_a_runnable(self, keyword_only: HybridRetriever) -> None:
        first, second = keyword_only.batch(["volunteers", "tides"])
        assert first[0].page_content == "Trained 9 volunteers to dive."
        assert second[0].page_content == "Wrote two manuals on tides."


class TestGlossary:
    GLOSSARY = Glossary([["cut costs", "saved money"]], [(["fish"], ["trout", "brown eel"])])

    def asked(self, text: str) -> set[str]:
        return {c.name for c in self.GLOSSARY.in_question(stems(text))}

    def stated(self, text: str) -> set[str]:
        return {c.name for c in self.GLOSSARY.in_passage(stems(text))}

    def test_same_is_one_concept_on_both_sides(self) -> None:
        assert self.asked("Did she cut costs?") == self.stated("Saved money for the trust.") == {"=0"}

    def test_a_kind_is_asked_by_name_and_stated_by_members(self) -> None:
        assert self.asked("Which fish does she know?") == {"<0"}
        assert self.asked("Does she know trout?") == set()
        assert (
            self.stated("Raised trout.")
            == self.stated("Raised brown eels.")
            == self.stated("Fed fish.")
            == {"<0"}
        )
        assert self.stated("Brown bread.") == set()

    def test_one_word_may_stand_inside_a_phrase(self) -> None:
        assert self.stated("Cut monthly costs.") == {"=0"}
        assert self.stated("Cut the very monthly costs.") == set()

    def test_the_longest_phrase_wins(self) -> None:
        glossary = Glossary([["code"], ["infrastructure as code"]], [])
        assert [c.name for c in glossary.in_question(stems("infrastructure as code"))] == ["=1"]
        assert [c.name for c in glossary.in_question(stems("code and infrastructure"))] == ["=0"]

    def test_a_concept_knows_its_words(self) -> None:
        (concept,) = self.GLOSSARY.in_question(stems("She saved money"))
        assert (concept.start, concept.end) == (1, 3)

    def test_words_and_members(self) -> None:
        assert {"trout", "brown", "eel", "fish", "costs", "cut"} <= self.GLOSSARY.words
        assert self.GLOSSARY.is_member("trout")
        assert not self.GLOSSARY.is_member("fish")

    @pytest.mark.parametrize(
        ("question", "passage"),
        [
            ("load testing tools", "Locust"),
            ("load testing tools", "Apache JMeter"),
            ("Which programming languages does she know?", "Python"),
            ("Which databases has she used?", "AWS DynamoDB"),
            ("Did she save money?", "drive down monthly costs by $30K"),
        ],
    )
    def test_the_packages_own(self, question: str, passage: str) -> None:
        glossary = default_glossary()
        asked = {c.name for c in glossary.in_question(stems(question))}
        stated = {c.name for c in glossary.in_passage(stems(passage))}
        assert asked & stated

    @given(st.text())
    @_OK
    def test_concepts_lie_in_the_text(self, text: str) -> None:
        found = stems(text)
        for concept in [*default_glossary().in_question(found), *default_glossary().in_passage(found)]:
            assert 0 <= concept.start < concept.end <= len(found)


class TestVocabulary:
    @pytest.mark.parametrize(
        "question",
        [
            "¿Dónde estudió?",
            "Où a-t-elle étudié ?",
            "Wo hat sie studiert?",
            "Onde ela estudou?",
            "Dove ha studiato?",
            "Waar heeft ze gestudeerd?",
            "彼女はどこで勉強しましたか？",
            "Gdzie studiowała?",
            "Где она училась?",
            "Nerede okudu?",
            "उसने कहाँ पढ़ाई की?",
            "أين درست؟",
            "Var studerade hon?",
            "그녀는 어디에서 공부했나요?",
        ],
    )
    def test_where_she_studied(self, question: str) -> None:
        english = in_english(question)
        assert english is not None
        assert "studied" in english.split()

    @pytest.mark.parametrize(
        ("question", "wanted"),
        [
            ("¿Qué idiomas de programación conoce?", {"language", "programming"}),
            ("Quelles bases de données connaît-elle ?", {"databases"}),
            ("她在哪里上的大学?", {"university"}),
        ],
    )
    def test_what_is_asked(self, question: str, wanted: set[str]) -> None:
        assert wanted <= set((in_english(question) or "").split())

    @pytest.mark.parametrize(
        ("question", "english"),
        [
            ("Wie viele Hilfeartikel schrieb er?", "how many help articles write"),
            ("Welche Kartensoftware benutzt sie?", "which maps software used"),
            ("¿Cuántos árboles plantaron?", "how many trees planted"),
            ("In welcher Stadt arbeitet er?", "where work"),
            ("¿En qué empresas ha trabajado?", "what companies work"),
            ("Was machte sie vor 2015?", "what do before 2015"),
            ("Da quando a quando lavorava lì?", "what period work"),
            ("Wat doet ze voor werk?", "what is their job"),
        ],
    )
    def test_it_reads_as_the_english_question_would(self, question: str, english: str) -> None:
        assert in_english(question, frozenset({"was"})) == english

    def test_every_cell_is_a_word_of_a_language_and_can_be_found(self) -> None:
        text = (resources.files("ask_debbie.retrieval") / "words.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(text.splitlines()))
        assert all(None not in row and None not in row.values() for row in rows)
        assert all(row["en"] and row["de"].split() for row in rows)
        assert in_english("Wie viele Setzlinge?") == "how many seedlings"

    def test_names_stay(self) -> None:
        assert "Kafka" in (in_english("¿Dónde trabajó ella con Kafka?") or "")
        assert "Twilio" in (in_english("彼女はTwilioで何をしましたか？") or "").replace("twilio", "Twilio")

    def test_accents_and_capitals_do_not_matter(self) -> None:
        assert in_english("DONDE ESTUDIO?") == in_english("¿dónde estudió?")

    @pytest.mark.parametrize(
        "question",
        [
            "",
            "   ",
            "42",
            "?!",
            "Python?",
            "Where did she study?",
            "Has she led teams?",
            "What does Debbie do at Twilio?",
        ],
    )
    def test_english_and_no_language_are_left(self, question: str) -> None:
        assert in_english(question) is None

    def test_known_names_are_no_sign_of_a_language(self) -> None:
        assert in_english("porto vigo", frozenset({"porto", "vigo"})) is None

    @given(st.text())
    @_OK
    def test_any_question_can_be_tried(self, text: str) -> None:
        english = in_english(text)
        assert english is None or english == " ".join(english.split())


class TestTerms:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("MARÍN", "marin"),
            ("Ångström", "angstrom"),
            ("it’s", "it's"),
            ("ﬁsh", "fish"),
            ("Straße", "straße"),
            ("中文", "中文"),
        ],
    )
    def test_fold(self, text: str, folded: str) -> None:
        assert fold(text) == folded

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("AWS's C++ and C#", ["aws", "c++", "and", "c#"]),
            ("She doesn't", ["she", "does"]),
            ("R&D, Node.js.", ["r&d", "node.js"]),
            ("side-scan", ["side", "scan"]),
            ("9K/second", ["9k", "second"]),
            ("snake_case", ["snake", "case"]),
            ("", []),
            ("?!", []),
        ],
    )
    def test_words(self, text: str, found: list[str]) -> None:
        assert words(text) == found

    @pytest.mark.parametrize(
        ("one", "other"),
        [("migrated", "migrating"), ("database", "databases"), ("led", "Led"), ("Marín", "marin")],
    )
    def test_forms_of_a_word_share_a_stem(self, one: str, other: str) -> None:
        assert stems(one) == stems(other)

    def test_names_with_signs_or_digits_keep_their_form(self) -> None:
        assert stems("c++ s3 node.js") == ["c++", "s3", "node.js"]

    def test_content_leaves_out_what_carries_no_meaning(self) -> None:
        assert content_stems("What did she do with the databases?") == [stem("databases")]

    @given(ASCII)
    @_OK
    def test_folding_ascii_twice_is_folding_once(self, text: str) -> None:
        assert fold(fold(text)) == fold(text) == text.lower()

    @given(st.text())
    @_OK
    def test_accents_are_gone(self, text: str) -> None:
        decomposed = unicodedata.normalize("NFD", fold(text))
        assert not [c for c in decomposed if "\u0300" <= c <= "\u036f"]

    @given(ASCII)
    @_OK
    def test_a_word_is_its_own_word(self, text: str) -> None:
        for word in words(text):
            assert word == word.lower()
            assert not word.isspace()

    @given(st.text(max_size=40), st.text(max_size=40))
    @_OK
    def test_words_of_two_texts_are_those_of_each(self, one: str, other: str) -> None:
        assert words(f"{one} . {other}") == words(one) + words(other)

    @given(st.text())
    @_OK
    def test_stems_are_as_many_as_words(self, text: str) -> None:
        assert len(stems(text)) == len(words(text))
        assert content_stems(text) == [stem(word) for word in words(text) if word not in STOP_WORDS]

    @given(ASCII)
    @_OK
    def test_capitals_do_not_matter(self, text: str) -> None:
        assert stems(text.upper()) == stems(text.lower())
