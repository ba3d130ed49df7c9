"""The checker of what answers say beyond their quotes: what is planted is found, what follows isn't."""

from __future__ import annotations

from pathlib import Path

import pytest

from ask_debbie.corpus.corpus import Corpus, read_corpus
from ask_debbie.evaluation.unsupported import SupportChecker
from tests.evaluation.conftest import TODAY, AnswerOf

CARED = "Cared for 42 species of freshwater fish in an exhibit of 900,000 litres."
TRAINED = "Trained 5 volunteers to dive in the exhibit."
DATES = "3/2018-6/2022"
EARLIER = "5/2015-2/2018"
TOOLS = "Python, R and QGIS"
GRANT = "Saved $30K a month, 2.1% of the budget, in eleven days."


@pytest.fixture
def corpus(candidate_corpus: Path) -> Corpus:
    with (candidate_corpus / "resume.md").open("a", encoding="utf-8") as file:
        file.write(
            f"\n## Skills\n\n- Tools: {TOOLS}\n- {GRANT}\n- Diver, since May 2019\n- Talk: Fish That Teach\n"
        )
    return read_corpus(candidate_corpus)


def found(corpus: Corpus, answer_of: AnswerOf, text: str, *quotes: str, turns: tuple[str, ...] = ()) -> str:
    """What the checker names as too much, or nothing."""
    wrong = SupportChecker(corpus, TODAY).unsupported(answer_of((text, quotes)), turns)
    return wrong[0].rpartition(": ")[2].removesuffix(")") if wrong else ""


@pytest.mark.parametrize(
    ("text", "quotes", "excess"),
    [
        ("He cared for 43 species.", [CARED], "43"),
        ("He cared for forty-three species.", [CARED], "forty-three"),
        ("He cared for 42 species in 90,000 litres.", [CARED], "90,000"),
        ("He cared for 42% of the fish.", [CARED], "42%"),
        ("He cared for $42 of fish.", [CARED], "$42"),
        ("He saved 2.1 of the budget.", [GRANT], "2.1"),
        ("He saved $30M a month.", [GRANT], "$30M"),
        ("It took eleven weeks and 12 days.", [GRANT], "12"),
        ("He cared for fish at Google.", [CARED], "google"),
        ("He cared for fish in Lake Thun.", [CARED], "lake, thun"),
        ("DynamoDB held the 42 species.", [CARED], "dynamodb"),
        ("He used S3 for it.", [CARED], "s3"),
        ("QGIS was used.", [CARED], "qgis"),
        ("He trained volunteers in 2017.", [TRAINED], "2017"),
        ("He trained volunteers in March 2020.", [TRAINED], "3/2020"),
        ("He trained volunteers in April.", [TRAINED], "month 4"),
        ("He trained volunteers from 3/2018 to 7/2022.", [TRAINED], "7/2022"),
        ("He trained 9 volunteers.", [TRAINED, "6/2015"], "9"),
        ("He was there for 5 years.", [DATES], "5 years"),
        ("He was there for 4 years and 6 months.", [DATES], "4 years and 6 months"),
        ("He was there for 4.6 years.", [DATES], "4.6 years"),
        ("He was there for nearly 6 years.", [DATES], "6 years"),
        ("He knows four tools: Python, R and QGIS.", [TOOLS], "four"),
        ("Write to him at other@example.org.", [TRAINED], "other@example.org"),
        ("See www.example.com for it.", [TRAINED], "www.example.com"),
    ],
)
def test_what_is_planted_is_found(
    corpus: Corpus, answer_of: AnswerOf, text: str, quotes: list[str], excess: str
) -> None:
    assert found(corpus, answer_of, text, *quotes) == excess


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Mateo cared for forty-two species in 900K litres.", [CARED]),
        ("He saved 30 thousand a month, and 2.1 percent, in 11 days.", [GRANT]),
        ("He's saved $30,000 a month.", [GRANT]),
        ("At the Rhine Aquarium he trained five volunteers.", [TRAINED]),
        ("At the RA he trained 5 volunteers from March 2018 to June 2022.", [TRAINED]),
        ("He trained them in 2018 or 2022.", [TRAINED]),
        ("He was there for 4 years 3 months.", [DATES]),
        ("He was there for 4 years and 4 months.", [DATES]),
        ("He was there for over four years.", [DATES]),
        ("He was there for almost 5 years.", [DATES]),
        ("He was there for 4.3 years.", [DATES]),
        ("He was there for four and a half years, or 51 months.", [DATES]),
        ("He has 7 years of work, 5/2015-2/2018 and 3/2018-6/2022.", [DATES, EARLIER]),
        ("That is 1 month after the 2 years 9 months before.", [DATES, EARLIER]),
        ("A diver for 7 years, since May 2019.", ["Diver, since May 2019"]),
        ("He knows three tools: Python, R and QGIS.", [TOOLS]),
        ("He had two jobs.", [DATES, EARLIER]),
        ("That was in March 2018, and these were others.", [DATES]),
    ],
)
def test_what_follows_is_not(corpus: Corpus, answer_of: AnswerOf, text: str, quotes: list[str]) -> None:
    assert found(corpus, answer_of, text, *quotes) == ""


def test_a_date_in_a_range_is_one_that_was_asked_for(corpus: Corpus, answer_of: AnswerOf) -> None:
    said = "In 2020 he was an Aquarist."
    assert found(corpus, answer_of, said, DATES, turns=("What did he do in 2020?",)) == ""
    assert found(corpus, answer_of, said, DATES, turns=("What did he do?",)) == "2020"
    assert found(corpus, answer_of, said, EARLIER, turns=("What did he do in 2020?",)) == "2020, aquarist"


def test_headings_of_one_entry_are_not_counted(corpus: Corpus, answer_of: AnswerOf) -> None:
    assert (
        found(corpus, answer_of, "He had three colleagues.", DATES, "Aquarist", "Rhine Aquarium") == "three"
    )


@pytest.mark.parametrize(
    ("text", "turns", "excess"),
    [
        ("His documents don't mention Google.", ("Was he at Google?",), ""),
        ("His documents don't mention Google.", ("Was he at Amazon?",), "google"),
        ("His documents don't mention 7.", ("Did he train 7?",), ""),
        ("His documents don't mention 7.", ("Did he train 8?",), "7"),
        ("His documents don't say that about Rhine Aquarium.", ("And there?",), ""),
        ("He worked at the Rhine Aquarium.", ("Where did he work?",), "rhine, aquarium"),
        ("You can ask Mateo at mateo@example.org.", (), ""),
        ("You can ask Mateo at mateo@example.com.", (), "mateo@example.com"),
        ("He is 44.", ("How old is he?",), "44"),
    ],
)
def test_sentences_without_markers(
    corpus: Corpus, answer_of: AnswerOf, text: str, turns: tuple[str, ...], excess: str
) -> None:
    assert found(corpus, answer_of, text, turns=turns) == excess


def test_each_sentence_has_its_own_quotes(corpus: Corpus, answer_of: AnswerOf) -> None:
    answer = answer_of(("He cared for 42 species.", [CARED]), ("He trained 42 volunteers.", [TRAINED]))
    (wrong,) = SupportChecker(corpus, TODAY).unsupported(answer, ())
    assert wrong == "He trained 42 volunteers [2]. (not in its quotes: 42)"
