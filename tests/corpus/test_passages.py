"""Passages: verbatim, in order, one fact each."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import is_dates, plain, shown, split
from ask_debbie.corpus.readers.decode import TextReader
from ask_debbie.corpus.readers.markdown import read_markdown
from ask_debbie.corpus.readers.plain import read_plain
from ask_debbie.corpus.timeline import read_timeline

TEXT_READERS = {"markdown": read_markdown, "plain": read_plain}
_PIECES = st.sampled_from(
    [
        "# ",
        "## ",
        "- ",
        "* ",
        "1. ",
        "\n",
        "\n\n",
        "  ",
        "**Bold**",
        "**",
        "[a](b.md)",
        "| a | b |\n|---|---|\n",
        "---\n",
        "<!-- ",
        "-->",
        "> ",
        "```\n",
        "a, b, c",
        "Skills: ",
        "Phone: (415) 555-0136",
        " | ",
        "\u2028",
        "\x85",
        "\x0b",
        "\x0c",
        "\x1c",
        "\r",
        "\t",
        "5/2018-8/2019",
        "2019–present",
        "Word",
        "One is. Two is.",
        "\ufeff",
        "\xa0",
        "===\n",
        "a@b.co",
        "\\",
        "\u200f",
        "(",
        ")",
        "`",
        "    code\n",
        "�",
        "\x00",
        "<div>\n",
        "·",
        "🐟",
        "שלום",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.one_of(_PIECES, st.text(max_size=5)), max_size=25).map("".join)
).map(lambda text: text.replace("\r\n", "\n").replace("\r", "\n"))  # as read_corpus hands it on
_SLOW_OK = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])


def passages(text: str) -> tuple[Passage, ...]:
    return split(read_markdown("a.md", text))


def of_kind(text: str, kind: str) -> list[str]:
    return [passage.text for passage in passages(text) if passage.kind == kind]


@pytest.mark.parametrize("reader", TEXT_READERS.values(), ids=TEXT_READERS.keys())
@given(text=TEXTS)
@example(text="- Skills: a, b (c, d), e\n\n| a |\n|---|\n| 1/2019-present |\n")
@example(text="\ufeff---\n---\n<!--")
@_SLOW_OK
def test_any_text_gives_verbatim_passages_in_order(reader: TextReader, text: str) -> None:
    document = reader("a", text)
    found = split(document)

    assert document.text == text
    for passage in found:
        assert 0 <= passage.start < passage.end <= len(text)
        assert text[passage.start : passage.end] == passage.text
    assert [p.start for p in found] == sorted(p.start for p in found)
    whole = [p for p in found if p.kind != "item"]
    for before, after in itertools.pairwise(whole):
        assert before.end <= after.start, "only a list and its items share text"
    assert len({p.key for p in found}) == len(found)


@pytest.mark.parametrize("reader", TEXT_READERS.values(), ids=TEXT_READERS.keys())
@given(text=TEXTS)
@_SLOW_OK
def test_an_item_lies_in_its_list(reader: TextReader, text: str) -> None:
    whole: Passage | None = None
    for passage in split(reader("a", text)):
        if passage.kind == "list":
            whole = passage
        elif passage.kind == "item":
            assert whole is not None
            assert whole.start <= passage.start < passage.end <= whole.end


@pytest.mark.parametrize("reader", TEXT_READERS.values(), ids=TEXT_READERS.keys())
@given(text=TEXTS)
@_SLOW_OK
def test_any_text_has_a_timeline(reader: TextReader, text: str) -> None:
    found = split(reader("a", text))
    for entry in read_timeline(found).entries:
        assert entry.passage in found
        assert entry.dates.text


def test_a_bullet_is_a_passage_under_its_headings_and_dates() -> None:
    text = "# Ines Vale\n\n## Work\n\n### Harbour Trust\n\n#### Surveyor\n\n3/2016-8/2019\n\n- Sailed.\n"
    (sailed,) = [p for p in split(read_markdown("a.md", text), "Ines Vale") if p.text == "Sailed."]
    assert sailed.breadcrumb == ("Work", "Harbour Trust", "Surveyor", "3/2016-8/2019")
    assert sailed.document == "a.md"


def test_the_candidates_own_name_is_in_no_breadcrumb() -> None:
    document = read_markdown("a.md", "# INES VALE\n\n## Work\n\n- Sailed.\n")
    assert [p.breadcrumb for p in split(document, "Ines Vale")] == [(), (), ("Work",)]
    assert split(document, "Someone Else")[-1].breadcrumb == ("INES VALE", "Work")


def test_dates_of_one_role_are_not_those_of_the_next() -> None:
    text = "## Work\n\n### Mate\n\n1/2015-2/2016\n\n- Sailed.\n\n### Cook\n\n- Cooked.\n\n### Master\n\n3/2016-4/2017\n\n- Led.\n"
    found = {p.text: p.breadcrumb for p in passages(text)}
    assert found["Sailed."] == ("Work", "Mate", "1/2015-2/2016")
    assert found["Cooked."] == ("Work", "Cook")
    assert found["Led."] == ("Work", "Master", "3/2016-4/2017")


def test_a_breadcrumb_has_no_markdown_in_it() -> None:
    assert passages("## **Work** at [Harbour](x.md)\n\n- Sailed.\n")[-1].breadcrumb == ("Work at Harbour",)


def test_a_bullet_of_several_sentences_is_a_passage_each() -> None:
    assert of_kind("- Wrote two manuals. Trained 9 volunteers.\n", "sentence") == [
        "Wrote two manuals.",
        "Trained 9 volunteers.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Worked for Dr. Amal Haddad at sea.",
        "Holds a B.S. Honours degree in geology.",
        "Sailed for Harbour Inc. Porto branch for years.",
        "Measured 3.5 Hz tremors, e.g. Atlantic ones.",
        "Cut losses by $1.2M a year.",
    ],
)
def test_an_abbreviation_or_a_figure_ends_no_sentence(text: str) -> None:
    assert of_kind(f"- {text}\n", "sentence") == [text]


def test_a_labelled_list_splits_into_its_items() -> None:
    found = passages("## Skills\n\n- Survey tools: QGIS, Blender (reliefs, mostly), PostGIS\n")
    assert [p.text for p in found if p.kind == "list"] == [
        "Survey tools: QGIS, Blender (reliefs, mostly), PostGIS"
    ]
    items = [p for p in found if p.kind == "item"]
    assert [p.text for p in items] == ["QGIS", "Blender (reliefs, mostly)", "PostGIS"]
    assert {p.breadcrumb for p in items} == {("Skills", "Survey tools")}


@pytest.mark.parametrize("separator", [", ", "; ", " | ", " · ", " • "])
def test_every_separator_splits_a_list(separator: str) -> None:
    assert of_kind(f"## Skills\n\n- {separator.join(['QGIS', 'Blender', 'PostGIS'])}\n", "item") == [
        "QGIS",
        "Blender",
        "PostGIS",
    ]


def test_a_bold_label_is_a_label() -> None:
    found = [p for p in passages("- **Tools**: QGIS, Blender, PostGIS\n") if p.kind == "item"]
    assert [(p.text, p.breadcrumb) for p in found] == [
        (t, ("Tools",)) for t in ("QGIS", "Blender", "PostGIS")
    ]


def test_prose_with_commas_is_no_list() -> None:
    text = "Sailed to Vigo, to Porto, and to Faro for the harbour trust"
    assert of_kind(f"## Work\n\n- {text}\n", "sentence") == [text]


def test_a_sentence_in_a_skills_section_is_no_list() -> None:
    text = "She draws in QGIS, Blender, and ink."
    assert of_kind(f"## Skills\n\n{text}\n", "sentence") == [text]


@pytest.mark.parametrize(
    "line",
    [
        "Email: ines@example.org | Phone: (212) 555-0134 | Location: Porto",
        "Email: ines@example.org · Phone: (212) 555-0134 · Location: Porto",
        "Email: ines@example.org\tPhone: (212) 555-0134\tLocation: Porto",
        "Email: ines@example.org Phone: (212) 555-0134 Location: Porto",
    ],
)
def test_each_fact_of_a_contact_line_is_a_passage(line: str) -> None:
    assert of_kind(line + "\n", "field") == [
        "Email: ines@example.org",
        "Phone: (212) 555-0134",
        "Location: Porto",
    ]


def test_a_bar_in_other_lines_splits_nothing() -> None:
    assert of_kind("Surveyor | Harbour Trust\n", "sentence") == ["Surveyor | Harbour Trust"]


@pytest.mark.parametrize(
    "text",
    [
        "9/2021-present",
        "Dates: 2/2018-5/2018",
        "(May 2018 – August 2018)",
        "Graduated: 5/2019",
        "2012–2016",
    ],
)
def test_a_line_of_dates(text: str) -> None:
    assert is_dates(text)
    assert of_kind(f"## Work\n\n{text}\n", "dates") == [text]


@pytest.mark.parametrize("text", ["", "Surveyor, 2012–2016", "In 2019 she sailed", "5 years", "Sailed."])
def test_a_line_of_more_or_less_than_dates(text: str) -> None:
    assert not is_dates(text)


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("**Bold** and *slanted* and `code`", "Bold and slanted and code"),
        ("[Harbour Trust](https://harbour.example/a_b)", "Harbour Trust"),
        ("<ines@example.org>", "ines@example.org"),
        ("<https://example.org>", "https://example.org"),
        (r"\$30K and 5\*", "$30K and 5*"),
        ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
        ("a\n   wrapped\tline", "a wrapped line"),
        ("C++ & C#", "C++ & C#"),
    ],
)
def test_plain_takes_marks_and_leaves_words(markdown: str, words: str) -> None:
    assert plain(markdown) == words


@given(st.text())
@settings(deadline=None)
def test_plain_never_crashes_and_folds_blanks(text: str) -> None:
    assert plain(text) == " ".join(plain(text).split())


def passages_of(text: str, candidate: str = "Ines Vale") -> list[Passage]:
    return list(split(read_markdown("resume.md", text), candidate))


def test_dates_above_a_title_are_that_titles() -> None:
    text = "# Ines Vale\n\n## Work\n\n2016-2019\n**Harbour Trust**\n\n- Mapped wrecks.\n\n2020 - now\n**Navy**\n\n- Dives.\n"
    trails = {p.text: p.breadcrumb for p in passages_of(text)}
    assert trails["Mapped wrecks."] == ("Work", "Harbour Trust", "2016-2019")
    assert trails["Dives."] == ("Work", "Navy", "2020 - now")


def test_a_contact_fact_without_a_label_is_found_by_one() -> None:
    text = "# Ines Vale, PhD\n\nAveiro | ines@example.org | +351 234 555 012 | https://vale.example\n"
    aliases = {p.text: p.aliases for p in passages_of(text)}
    assert aliases["ines@example.org"] == ("email address",)
    assert aliases["+351 234 555 012"] == ("phone number",)
    assert aliases["https://vale.example"] == ("website",)
    assert aliases["Aveiro"] == ()


def test_a_title_in_italics_stays_whole() -> None:
    text = "# Ines Vale\n\n## Studies\n\nThesis: *Who Maps the Sea? Charts and Power*. Graded with honours.\n"
    assert [p.text for p in passages_of(text)][2:] == [
        "Thesis: *Who Maps the Sea? Charts and Power*.",
        "Graded with honours.",
    ]


def test_a_certificate_with_its_year_is_one_entry() -> None:
    text = "# Ines Vale\n\n## Certifications\n\n- Diver Level 3, Navy School, 2018\n"
    assert [p.kind for p in passages_of(text)][-1] == "sentence"


@pytest.mark.parametrize(
    ("quote", "seen"),
    [
        ("Sailed **home**.", "Sailed home."),
        ("Harbour Trust\n\n#### Surveyor\n\n3/2016-present", "Harbour Trust · Surveyor · 3/2016-present"),
        ("Surveyor\n3/2016-present", "Surveyor · 3/2016-present"),
        ("Mapped fourteen wrecks in nine hundred thousand square metres\nof sea.",
         "Mapped fourteen wrecks in nine hundred thousand square metres of sea."),
        ("Languages:\n- Norwegian\n- English", "Languages: · Norwegian · English"),
        ("Solent University\n=======\n2010-2013", "Solent University · 2010-2013"),
    ],
)  # fmt: skip
def test_a_quote_is_shown_on_one_line_without_marks(quote: str, seen: str) -> None:
    assert shown(quote) == seen
