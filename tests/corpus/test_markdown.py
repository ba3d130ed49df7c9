"""The Markdown reader: what becomes a heading, a bullet or a line, and what isn't read."""

from __future__ import annotations

import pytest

from ask_debbie.corpus.document import Block, Document
from ask_debbie.corpus.passages import split
from ask_debbie.corpus.readers.markdown import read_markdown

RESUME = """\
# Ines Vale

- Email: ines@example.org

## Experience

### Harbour Trust

#### Surveyor

3/2016-8/2019

- Mapped 14 wrecks with a side-scan sonar, over three winters,
  and published the charts.
- Wrote two manuals.
    - One of them in Galician.

## Education

University of Aveiro
"""


def seen(text: str) -> list[tuple[str, str]]:
    document = read_markdown("a.md", text)
    return [(block.kind, text[block.start : block.end]) for block in document.blocks]


def levels(document: Document) -> list[tuple[str, int]]:
    return [(document.text[b.start : b.end], b.level) for b in document.blocks if b.kind == "heading"]


def test_headings_bullets_and_lines_are_told_apart() -> None:
    assert seen(RESUME) == [
        ("heading", "Ines Vale"),
        ("bullet", "Email: ines@example.org"),
        ("heading", "Experience"),
        ("heading", "Harbour Trust"),
        ("heading", "Surveyor"),
        ("line", "3/2016-8/2019"),
        (
            "bullet",
            "Mapped 14 wrecks with a side-scan sonar, over three winters,\n  and published the charts.",
        ),
        ("bullet", "Wrote two manuals."),
        ("bullet", "One of them in Galician."),
        ("heading", "Education"),
        ("line", "University of Aveiro"),
    ]


def test_headings_carry_their_depth() -> None:
    document = read_markdown("a.md", RESUME)
    assert levels(document) == [
        ("Ines Vale", 1),
        ("Experience", 2),
        ("Harbour Trust", 3),
        ("Surveyor", 4),
        ("Education", 2),
    ]


def test_a_section_governs_up_to_the_next_heading_of_its_level() -> None:
    document = read_markdown("a.md", RESUME)
    sections = {section.title: section for section in document.sections}
    experience = sections["Experience"]
    assert (
        document.text[experience.start : experience.end].rstrip("# \n").endswith("One of them in Galician.")
    )
    assert sections["Harbour Trust"].end == experience.end == sections["Education"].start
    assert sections["Ines Vale"].end == len(RESUME)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## Skills ##\n", "Skills"),
        ("Skills\n------\n", "Skills"),
        ("Skills\n======\n", "Skills"),
        ("##\tSkills\n", "Skills"),
        ("  ## Skills  \n", "Skills"),
        ("## C# and F#\n", "C# and F#"),
    ],
)
def test_the_marks_of_a_heading_are_no_part_of_it(text: str, title: str) -> None:
    assert seen(text) == [("heading", title)]


def test_an_empty_heading_is_nothing() -> None:
    assert seen("#\n\n## \n") == []


@pytest.mark.parametrize("mark", ["-", "*", "+", "1.", "2)"])
def test_every_bullet_mark_is_left_out(mark: str) -> None:
    assert seen(f"{mark} Sailed.\n") == [("bullet", "Sailed.")]


def test_a_wrapped_bullet_is_one_passage() -> None:
    text = "- Mapped wrecks in the north,\n  the south\n  and the west.\n- Sailed.\n"
    found = [passage.text for passage in split(read_markdown("a.md", text))]
    assert found == ["Mapped wrecks in the north,\n  the south\n  and the west.", "Sailed."]


def test_each_paragraph_of_a_bullet_is_read_once() -> None:
    assert seen("- First.\n\n  Second.\n- Third.\n") == [
        ("bullet", "First."),
        ("bullet", "Second."),
        ("bullet", "Third."),
    ]


def test_a_hard_wrapped_paragraph_is_one_line() -> None:
    text = "She mapped the sea floor off the northern coast for the harbour authority\nand for two museums.\n"
    assert seen(text) == [("line", text.strip())]


def test_short_stacked_lines_are_facts_of_their_own() -> None:
    assert seen("Porto, Portugal\nGalician speaker\nKeen sailor\n") == [
        ("line", "Porto, Portugal"),
        ("line", "Galician speaker"),
        ("line", "Keen sailor"),
    ]


@pytest.mark.parametrize("ending", ["  ", "\\"])
def test_a_forced_break_ends_a_line(ending: str) -> None:
    long = "She mapped the sea floor off the northern coast for the harbour authority"
    kinds = seen(f"{long}{ending}\nPorto and its museums\n")
    assert [text for _, text in kinds] == [long + ending.strip(), "Porto and its museums"]


def test_front_matter_is_not_read() -> None:
    text = "---\ntitle: secret draft\ntags: [a, b]\n---\n# Ines Vale\n"
    assert seen(text) == [("heading", "Ines Vale")]


def test_a_rule_below_the_top_opens_no_front_matter() -> None:
    assert ("line", "Kept.") in seen("# Ines Vale\n\n---\n\nKept.\n\n---\n")


@pytest.mark.parametrize(
    "text",
    [
        "Before.\n\n<!-- salary: 90k -->\n\nAfter.\n",
        "Before. <!-- salary: 90k -->\n\nAfter.\n",
        "Before.\n\n<!-- salary:\n\n- 90k\n\n## and more\n-->\n\nAfter.\n",
    ],
)
def test_comments_are_not_read(text: str) -> None:
    assert seen(text) == [("line", "Before."), ("line", "After.")]


def test_a_comment_that_is_never_closed_hides_the_rest() -> None:
    assert seen("Before.\n\n<!-- salary: 90k\n\nAfter.\n") == [("line", "Before.")]


def test_blocks_after_what_is_not_read_keep_their_place() -> None:
    text = "---\na: b\n---\n<!-- x\ny -->\n- Sailed.\n"
    (block,) = read_markdown("a.md", text).blocks
    assert block == Block("bullet", text.index("Sailed."), text.index("Sailed.") + len("Sailed."))


def test_the_document_keeps_the_files_text() -> None:
    text = "\ufeff---\na: b\n---\n# Ines Vale\n"
    assert read_markdown("a.md", text).text == text


def test_a_byte_order_mark_does_not_hide_a_heading() -> None:
    assert seen("\ufeff# Ines Vale\n") == [("heading", "Ines Vale")]


def test_a_tables_rows_are_read_and_its_column_names_and_rule_are_not() -> None:
    text = "| Year | Award |\n|------|:-----:|\n| 2017 | Golden Sextant |\n| 2018 | Silver Compass |\n"
    assert seen(text) == [
        ("bullet", "2017 | Golden Sextant"),
        ("bullet", "2018 | Silver Compass"),
    ]


def test_a_table_without_outer_bars_is_read() -> None:
    assert ("bullet", "2017 | Golden Sextant") in seen("Year | Award\n---|---\n2017 | Golden Sextant\n")


def test_a_bold_line_is_a_heading_below_the_last() -> None:
    document = read_markdown("a.md", "## Experience\n\n**Harbour Trust**\n\n- Sailed.\n")
    assert levels(document) == [("Experience", 2), ("**Harbour Trust**", 3)]
    assert split(document)[-1].breadcrumb == ("Experience", "Harbour Trust")


def test_a_line_that_begins_in_bold_names_a_role() -> None:
    document = read_markdown(
        "a.md", "## Experience\n\n**Surveyor**, Harbour Trust (3/2016-8/2019)\n\n- Sailed.\n"
    )
    assert split(document)[-1].breadcrumb == ("Experience", "Surveyor, Harbour Trust", "3/2016-8/2019")


@pytest.mark.parametrize(
    "line", ["**Tools:** QGIS and Blender", "**Tools**: QGIS and Blender", "She is **calm** at sea"]
)
def test_a_bold_label_or_word_is_no_heading(line: str) -> None:
    assert seen(line + "\n") == [("line", line)]


def test_a_bullet_that_is_a_link_is_its_words() -> None:
    assert seen("- [Wreck Atlas](projects/wreck-atlas.md)\n") == [("bullet", "Wreck Atlas")]


def test_nothing_in_nothing_out() -> None:
    assert seen("") == seen("\n \n\n") == []


def test_html_is_read_by_the_text_between_its_tags() -> None:
    text = (
        '# Ines Vale\n\n<div class="x"><a href="m">ines@example.org</a>\n| <b>Aveiro</b></div>\n<!-- no -->\n'
    )
    assert seen(text)[1:] == [("line", "ines@example.org"), ("line", "Aveiro")]


def test_scripts_are_not_read() -> None:
    assert seen("<script>\nlet a = 1\n</script>\n\nReal.\n") == [("line", "Real.")]
