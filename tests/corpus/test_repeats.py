"""Passages that two documents share are kept once, in the document that is understood best."""

from __future__ import annotations

from tests.corpus.conftest import Read

RESUME = "# Ines Vale\n\n## Work\n\n### Harbour Trust\n\n#### Surveyor\n\n3/2016-8/2019\n\n- Mapped 14 wrecks.\n- Sailed home.\n"


def test_the_better_place_keeps_what_is_said_twice(read_files: Read) -> None:
    corpus = read_files(
        {
            "a.txt": "Ines Vale\n\nWORK\n\n- Mapped 14 wrecks.\n",
            "b.md": "# Ines Vale\n\n## Work\n\n- Mapped 14 wrecks.\n\n" + RESUME.split("## Work")[1],
        }
    )
    assert [
        p.document for p in corpus.passages if p.text == "Mapped 14 wrecks." and len(p.breadcrumb) == 1
    ] == ["b.md"]


def test_a_copy_adds_nothing_and_has_no_headings_left(read_files: Read) -> None:
    alone = read_files({"resume.md": RESUME})
    twice = read_files({"resume.md": RESUME, "copy/resume.md": RESUME.replace("## Work", "## Experience")})
    assert [p.text for p in twice.passages if p.kind != "heading"] == [
        p.text for p in alone.passages if p.kind != "heading"
    ]
    assert len(twice.timeline.entries) == len(alone.timeline.entries) == 1


def test_what_only_the_copy_has_stays_with_its_headings(read_files: Read) -> None:
    corpus = read_files({"resume.md": RESUME, "z.md": RESUME + "- Dived for amphorae.\n"})
    (dived,) = [p for p in corpus.passages if p.text == "Dived for amphorae."]
    assert dived.breadcrumb == ("Work", "Harbour Trust", "Surveyor", "3/2016-8/2019")
    assert [p.text for p in corpus.passages if p.document == "z.md" and p.kind == "heading"] == [
        "Ines Vale",
        "Work",
        "Harbour Trust",
        "Surveyor",
    ]


def test_the_same_words_under_another_employer_are_another_fact(read_files: Read) -> None:
    corpus = read_files({"a.md": RESUME, "b.md": RESUME.replace("Harbour Trust", "Quay Company")})
    assert sum(p.text == "Mapped 14 wrecks." for p in corpus.passages) == 2
