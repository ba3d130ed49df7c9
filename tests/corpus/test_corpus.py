"""A corpus folder read whole: what is passed over, what is damaged, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ask_debbie.corpus.corpus import read_corpus
from ask_debbie.corpus.profile import read_profile
from ask_debbie.errors import CorpusError
from tests.corpus.conftest import Read, Write


def test_every_document_of_the_folder_is_read(read_files: Read) -> None:
    corpus = read_files(
        {"resume.md": "- Sailed.\n", "projects/atlas.md": "# Atlas\n", "notes.txt": "Dived.\n"}
    )
    assert sorted(corpus.documents) == ["notes.txt", "projects/atlas.md", "resume.md"]
    assert {p.document for p in corpus.passages} == set(corpus.documents)
    assert corpus.warnings == ()


def test_every_passage_is_verbatim(read_files: Read) -> None:
    corpus = read_files({"resume.md": "# Ines Vale\r\n\r\n- Sailed.\r\n", "notes.txt": "Dived.\r\n"})
    assert corpus.passages
    for passage in corpus.passages:
        assert corpus.documents[passage.document].text[passage.start : passage.end] == passage.text


def test_hidden_files_and_the_profile_are_no_documents(read_files: Read) -> None:
    corpus = read_files(
        {"resume.md": "- Sailed.\n", ".draft.md": "- Secret.\n", ".git/notes.md": "- Secret.\n"}
    )
    assert list(corpus.documents) == ["resume.md"]
    assert corpus.warnings == ()


@pytest.mark.parametrize("name", ["photo.jpg", "resume.odt", "README"])
def test_an_unknown_kind_of_file_is_told_by_name(read_files: Read, name: str) -> None:
    corpus = read_files({"resume.md": "- Sailed.\n", name: b"\xff\xd8\x00"})
    (warning,) = corpus.warnings
    assert warning.startswith(f"{name} was passed over")
    assert ".md" in warning


def test_a_kind_is_known_in_capitals(read_files: Read) -> None:
    assert list(read_files({"RESUME.MD": "- Sailed.\n"}).documents) == ["RESUME.MD"]


def test_bytes_that_are_not_utf8_are_told_with_their_line(read_files: Read) -> None:
    corpus = read_files({"resume.md": b"# Ines Vale\n\n- Sailed to A\xf1o Nuevo.\n- Dived.\n"})
    (warning,) = corpus.warnings
    assert "resume.md, line 3" in warning
    assert "UTF-8" in warning
    assert "Dived." in {p.text for p in corpus.passages}


def test_a_replacement_character_that_is_really_there_is_no_damage(read_files: Read) -> None:
    assert read_files({"resume.md": "- Sailed \ufffd.\n"}).warnings == ()


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["resume.md", "resume.txt"])
def test_any_line_ending_gives_the_same_corpus(read_files: Read, name: str, ending: str) -> None:
    text = "Ines Vale\n\nSkills\n\n- Sails, and\n  dives.\n- Draws.\n"
    corpus = read_files({name: text.replace("\n", ending)})
    assert corpus.documents[name].text == text
    assert [p.text for p in corpus.passages][-2:] == ["Sails, and\n  dives.", "Draws."]


@pytest.mark.parametrize("name", ["resume.md", "resume.txt"])
def test_a_byte_order_mark_is_in_no_passage(read_files: Read, name: str) -> None:
    corpus = read_files({name: b"\xef\xbb\xbf" + b"Ines Vale sails and dives for the trust.\n"})
    assert [p.text for p in corpus.passages] == ["Ines Vale sails and dives for the trust."]
    assert corpus.warnings == ()


def test_a_file_that_cannot_be_read_is_told(read_files: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "locked.md":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    corpus = read_files({"resume.md": "- Sailed.\n", "locked.md": "- Secret.\n"})
    assert list(corpus.documents) == ["resume.md"]
    assert corpus.warnings == ("locked.md was passed over: Permission denied.",)


def test_a_link_to_nowhere_is_passed_over(write_corpus: Write) -> None:
    folder = write_corpus({"resume.md": "- Sailed.\n"})
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    assert list(read_corpus(folder).documents) == ["resume.md"]


@pytest.mark.parametrize(
    "files",
    [{}, {"resume.md": ""}, {"resume.md": " \n\n"}, {"photo.jpg": "x"}, {"resume.md": "<!-- later -->\n"}],
)
def test_an_empty_corpus_is_refused_with_what_to_do(write_corpus: Write, files: dict[str, str]) -> None:
    folder = write_corpus(files)
    with pytest.raises(CorpusError, match=r"resume\.md") as caught:
        read_corpus(folder)
    assert str(folder) in str(caught.value)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="nowhere"):
        read_corpus(tmp_path / "nowhere")


def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "resume.md").write_text("- Sailed.\n")
    with pytest.raises(CorpusError):
        read_corpus(tmp_path / "resume.md")


def test_the_digest_is_of_the_content(write_corpus: Write) -> None:
    def digest(files: dict[str, str | bytes]) -> str:
        return read_corpus(write_corpus(files)).digest

    first = digest({"resume.md": "- Sailed.\n"})
    assert digest({"resume.md": "- Sailed.\n"}) == first
    assert digest({"resume.md": b"- Sailed.\r\n"}) == first
    assert digest({"resume.md": "- Dived.\n"}) != first
    assert digest({"resume.md": "- Sailed.\n", "notes.md": "- More.\n"}) != first
    (write_corpus({}) / "notes.md").unlink()
    assert digest({"profile.toml": 'name = "Ines Vale-Costa"\n', "resume.md": "- Sailed.\n"}) != first


def test_a_corpus_does_not_change(read_files: Read) -> None:
    corpus: Any = read_files({"resume.md": "- Sailed.\n"})
    with pytest.raises(TypeError):
        corpus.documents["resume.md"] = None
    with pytest.raises(AttributeError):
        corpus.passages = ()


class TestProfile:
    def test_a_name_is_enough(self, write_corpus: Write) -> None:
        profile = read_profile(write_corpus({}))
        assert (profile.name, profile.first_name) == ("Ines Vale", "Ines")
        assert profile.grammar.subject == "they"
        assert profile.contact_policy is None
        assert profile.private.fields == profile.private.lines == ()

    def test_all_of_it(self, write_corpus: Write) -> None:
        text = (
            'name = "Ines Vale"\npronouns = "she/her"\nheadline = "Surveyor"\naccent = "#AA00ff"\nstarters = ["Who?"]\n'
            '[contact]\nemail = "ines@example.org"\n[[links]]\nlabel = "Site"\nurl = "https://ines.example"\n'
            '[private]\nfields = ["phone"]\nlines = ["x"]\n'
        )
        profile = read_profile(write_corpus({"profile.toml": text}))
        assert profile.grammar.possessive == "her"
        assert profile.contact_policy == "You can ask Ines at ines@example.org."
        assert profile.links[0].url == "https://ines.example"
        assert profile.private.fields == ("phone",)

    @pytest.mark.parametrize(
        ("pronouns", "subject"),
        [("she/her", "she"), ("He / Him", "he"), ("they/them", "they"), ("xe/xem", "they")],
    )
    def test_pronouns(self, write_corpus: Write, pronouns: str, subject: str) -> None:
        text = f'name = "Ines Vale"\npronouns = "{pronouns}"\n'
        assert read_profile(write_corpus({"profile.toml": text})).grammar.subject == subject

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ('name = "Ines Vale"\ncolour = "red"\n', "colour"),
            ('name = "Ines Vale"\n[private]\nfield = []\n', r"private\.field"),
            ("headline = 'x'\n", "name"),
            ('name = ""\n', "name"),
            ('name = "Ines Vale"\naccent = "teal"\n', "accent"),
            ('name = "Ines Vale"\naccent = "#12345"\n', "accent"),
            ('name = "Ines Vale"\naccent = "#123456;}"\n', "accent"),
            ('name = "Ines Vale"\nstarters = "Who?"\n', "starters"),
            ("name = 5\n", "name"),
            (
                'name = "Ines Vale"\n[[links]]\nlabel = "x"\nurl = "javascript:alert(1)"\n',
                r"links\.0\.url.*https://",
            ),
            ('name = "Ines Vale"\n[[links]]\nlabel = "x"\nurl = " javascript:alert(1)"\n', r"links\.0\.url"),
            ('name = "Ines Vale"\n[[links]]\nlabel = "x"\nurl = "data:text/html,x"\n', r"links\.0\.url"),
            ('name = "Ines Vale"\ncontact = "ines@vale.example"\n', r"contact must be .* a line \[contact\]"),
            ('nam = "Ines Vale"\n', "nam isn't known; known are name, pronouns"),
            ('name = "Ines Vale"\n[links]\nlabel = "x"\nurl = "https://x.example"\n', r"\[\[links\]\]"),
            ("name = Ines\n", "TOML"),
            ('name = "Ines Vale"\nname = "x"\n', "TOML"),
            (b'name = "In\xe9s"\n', "TOML"),
        ],
    )
    def test_an_error_is_told_with_its_place(
        self, write_corpus: Write, text: str | bytes, words: str
    ) -> None:
        folder = write_corpus({"profile.toml": text, "resume.md": "- Sailed.\n"})
        with pytest.raises(CorpusError, match=words) as caught:
            read_corpus(folder)
        assert str(folder / "profile.toml") in str(caught.value)
        assert "\n" not in str(caught.value) or "TOML" in str(caught.value)

    def test_a_missing_profile_is_told_with_what_it_needs(self, write_corpus: Write) -> None:
        folder = write_corpus({"resume.md": "- Sailed.\n"})
        (folder / "profile.toml").unlink()
        with pytest.raises(CorpusError, match="name ="):
            read_corpus(folder)

    def test_a_profile_that_is_a_folder_is_told(self, write_corpus: Write) -> None:
        folder = write_corpus({"resume.md": "- Sailed.\n"})
        (folder / "profile.toml").unlink()
        (folder / "profile.toml").mkdir()
        with pytest.raises(CorpusError, match="can't be read"):
            read_corpus(folder)
