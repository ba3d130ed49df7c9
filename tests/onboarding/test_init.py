"""From a resume and a note to a corpus that answers; what is there is never lost."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ask_debbie import Settings, build_assistant
from ask_debbie.corpus.corpus import read_corpus
from ask_debbie.corpus.document import Document
from ask_debbie.corpus.profile import Contact, Link, Private, Profile
from ask_debbie.corpus.readers import READERS
from ask_debbie.errors import AskDebbieError, DocumentError
from ask_debbie.onboarding.install import install
from ask_debbie.onboarding.profile_file import profile_text
from tests.onboarding.conftest import NOTE, RESUME, Run


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# What is made


def test_what_it_finds(run: Run, folder: Path, resume: Path, note: Path) -> None:
    done = run(folder, resume, note)
    assert done.exit_code == 0, done.output
    files = contents(folder)
    assert sorted(files) == ["Nina's resume.txt", "profile.toml", "projects/checklist.md"]
    assert files["Nina's resume.txt"] == RESUME.encode()
    assert files["projects/checklist.md"] == NOTE.encode()
    profile = read_corpus(folder).profile
    assert profile.model_dump(exclude={"starters"}) == {
        "name": "Nina Okafor",
        "pronouns": "she/her",
        "headline": "Registered Nurse · Chicago, IL",
        "accent": "#1f5f8b",
        "contact": {"email": "nina.okafor@mail.example", "policy": None},
        "links": ({"label": "LinkedIn", "url": "https://linkedin.com/in/nina-okafor"},),
        "private": {"fields": ("phone", "birth"), "lines": ("1420 W Lake Street",)},
    }


def test_what_is_private_is_in_no_document(run: Run, folder: Path, resume: Path) -> None:
    assert run(folder, resume).exit_code == 0
    corpus = read_corpus(folder)
    assert corpus.warnings == ()
    text = "".join(document.text for document in corpus.documents.values())
    for secret in ("555", "Lake Street", "1989"):
        assert secret not in text


def test_the_first_questions_are_answered(run: Run, folder: Path, resume: Path, note: Path) -> None:
    assert run(folder, resume, note).exit_code == 0
    assistant = build_assistant(Settings(corpus=folder, engine="extractive"))
    starters = assistant.profile.starters
    assert len(starters) == 4
    assert "What does she do at Mercy General Hospital?" in starters
    assert "Tell me about Night Checklist." in starters
    for question in starters:
        answer = assistant.ask(question)
        assert answer.status == "answered", question
        assert answer.citations, question


def test_it_says_what_to_do_next(run: Run, folder: Path, resume: Path) -> None:
    said = run(folder, resume).stdout
    assert f"ask-debbie --corpus {folder} serve" in said
    assert f"ask-debbie check {folder}" in said
    assert "3 sections, 2 jobs (2012 to now), 1 degree" in said


def test_it_says_what_it_is_unsure_of(run: Run, folder: Path, resume: Path) -> None:
    text = RESUME.replace("June 2018 - Present\n", "6/2018-3/2012\n")
    resume.write_text(text, "utf-8")
    said = run(folder, resume).stdout
    assert "Look at this" in said
    assert "6/2018-3/2012 ends before it begins." in said


def test_flags_go_before_what_is_found(run: Run, folder: Path, resume: Path) -> None:
    flags = ["--name", "Ní Mháille", "--pronouns", "they/them", "--headline", "", "--accent", "#7a3e9d"]
    more = [
        "--email",
        "n@example.org",
        "--policy",
        "Ask.",
        "--link",
        "Blog=https://n.example",
        "--private",
        "phone",
    ]
    assert run(folder, resume, *flags, *more, "--starter", "What does she do?").exit_code == 0
    profile = read_corpus(folder).profile
    assert (profile.name, profile.pronouns, profile.headline) == ("Ní Mháille", "they/them", "")
    assert profile.accent == "#7a3e9d"
    assert profile.contact == Contact(email="n@example.org", policy="Ask.")
    assert profile.links == (Link(label="Blog", url="https://n.example"),)
    assert profile.private == Private(fields=("phone",))
    assert profile.starters == ("What does she do?",)


def test_a_first_question_that_is_not_answered_is_told(run: Run, folder: Path, resume: Path) -> None:
    done = run(folder, resume, "--starter", "Which submarines has she sailed?")
    assert done.exit_code == 0
    assert 'The documents don\'t answer "Which submarines has she sailed?".' in done.stderr


def test_folders_and_patterns(run: Run, folder: Path, resume: Path, note: Path) -> None:
    assert run(folder, resume, note.parent).exit_code == 0
    assert "projects/checklist.md" in contents(folder)
    assert run(folder.with_name("other"), resume, note.parent / "*.md").exit_code == 0
    assert "projects/checklist.md" in contents(folder.with_name("other"))


def test_two_files_of_one_name(run: Run, folder: Path, resume: Path, note: Path) -> None:
    other = note.parent.parent / "checklist.md"
    other.write_text("# Day Checklist\n\nAnother one, for days.\n", "utf-8")
    assert run(folder, resume, note, other, note).exit_code == 0
    assert {"projects/checklist.md", "projects/checklist-2.md"} <= set(contents(folder))


def test_a_folder_that_has_the_documents_already(run: Run, resume: Path) -> None:
    before = contents(resume.parent)
    assert run(resume.parent).exit_code == 0
    after = contents(resume.parent)
    assert after.keys() == before.keys() | {"profile.toml"}
    assert {name: after[name] for name in before} == before


def test_hidden_files_of_a_folder_are_not_taken(run: Run, folder: Path, resume: Path) -> None:
    hidden = resume.parent / ".git" / "notes.md"
    hidden.parent.mkdir()
    hidden.write_text("# Not meant\n\nfor anybody\n", "utf-8")
    assert run(folder, resume.parent).exit_code == 0
    assert sorted(contents(folder)) == ["Nina's resume.txt", "profile.toml"]


# What goes wrong


def test_a_broken_file_that_is_there_already(run: Run, resume: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, raw: bytes, hide: object) -> Document:
        raise DocumentError("it is protected by a password")

    monkeypatch.setitem(READERS, ".xyz", refuse)
    (resume.parent / "scan.xyz").write_bytes(b"x")
    done = run(resume.parent)
    assert done.exit_code == 0
    assert "scan.xyz: it is protected by a password." in done.stderr


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(
    run: Run, folder: Path, resume: Path, broken: Path
) -> None:
    done = run(folder, broken, resume, "nowhere.md")
    assert done.exit_code == 0
    assert f"{broken}: only .md" in done.stderr
    assert "nowhere.md: no such file" in done.stderr
    assert sorted(contents(folder)) == ["Nina's resume.txt", "profile.toml"]


def test_nothing_that_can_be_read(run: Run, folder: Path, broken: Path) -> None:
    done = run(folder, broken)
    assert isinstance(done.exception, AskDebbieError)
    assert str(broken) in str(done.exception)
    assert not folder.parent.exists()


def test_a_name_that_cannot_be_told(run: Run, folder: Path, note: Path) -> None:
    note.write_text("just a line of text about the sea and ships\n", "utf-8")
    done = run(folder, note)
    assert isinstance(done.exception, AskDebbieError)
    assert "--name" in str(done.exception)
    assert not folder.parent.exists()
    assert run(folder, note, "--name", "Ines Vale").exit_code == 0


@pytest.mark.parametrize(
    ("flag", "value"),
    [("--accent", "red"), ("--name", " "), ("--link", "javascript:alert(1)"), ("--link", "")],
)
def test_a_flag_that_cannot_be(run: Run, folder: Path, resume: Path, flag: str, value: str) -> None:
    done = run(folder, resume, flag, value)
    assert done.exit_code == 2
    assert flag in done.stderr
    assert not folder.parent.exists()


# What is there already


def test_a_corpus_is_not_made_twice(run: Run, folder: Path, resume: Path) -> None:
    assert run(folder, resume).exit_code == 0
    before = contents(folder)
    done = run(folder, resume, "--name", "Somebody Else")
    assert "--force" in str(done.exception)
    assert contents(folder) == before


def test_a_file_of_another_text_is_not_replaced(run: Run, folder: Path, resume: Path) -> None:
    folder.mkdir(parents=True)
    (folder / resume.name).write_text("# Ines Vale\n\nAnother resume.\n", "utf-8")
    before = contents(folder)
    done = run(folder, resume)
    assert "--force" in str(done.exception)
    assert contents(folder) == before
    assert run(folder, resume, "--force").exit_code == 0
    assert (folder / resume.name).read_text("utf-8") == RESUME


def test_force_keeps_what_the_profile_says(run: Run, folder: Path, resume: Path, note: Path) -> None:
    assert run(folder, resume).exit_code == 0
    edited = (folder / "profile.toml").read_text("utf-8").replace("Registered Nurse", "Nurse of nights")
    (folder / "profile.toml").write_text(edited, "utf-8")
    starters = read_corpus(folder).profile.starters
    assert run(folder, note, "--force", "--accent", "#7a3e9d").exit_code == 0
    profile = read_corpus(folder).profile
    assert (profile.headline, profile.accent) == ("Nurse of nights · Chicago, IL", "#7a3e9d")
    assert profile.starters == starters
    assert sorted(contents(folder)) == ["Nina's resume.txt", "profile.toml", "projects/checklist.md"]


@pytest.mark.parametrize("fails_at", [0, 1, 2])
@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, fails_at: int) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "resume.md").write_text("mine")
    calls = 0
    real = getattr(Path, step)

    def failing(path: Path, *arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls == fails_at + 1:
            raise OSError(28, "No space left on device", str(path))
        return real(path, *arguments)

    monkeypatch.setattr(Path, step, failing)
    files = {"resume.md": b"new", "projects/one.md": b"one", "profile.toml": b"name = 'x'"}
    with pytest.raises(AskDebbieError, match="No space left on device"):
        install(files, folder)
    monkeypatch.undo()
    assert contents(folder) == {"resume.md": b"mine"}
    assert list(folder.iterdir()) == [folder / "resume.md"]


# Any text


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(
    name=TEXT.filter(str.strip),
    headline=TEXT,
    starters=st.lists(TEXT, max_size=3),
    email=st.none() | TEXT,
    label=TEXT,
    lines=st.lists(TEXT, max_size=2),
)
def test_any_text_reads_back(
    name: str, headline: str, starters: list[str], email: str | None, label: str, lines: list[str]
) -> None:
    profile = Profile(
        name=name,
        headline=headline,
        starters=tuple(starters),
        contact=Contact(email=email),
        links=(Link(label=label, url=f"https://example.org/{label}"),),
        private=Private(fields=("phone",), lines=tuple(lines)),
    )
    assert Profile.model_validate(tomllib.loads(profile_text(profile))) == profile


def test_an_odd_name_from_the_command_line(run: Run, folder: Path, resume: Path) -> None:
    name = 'Nina "N" O\'Kafor\\ = [x] # \udcff\x07\n🩺'
    assert run(folder, resume, "--name", name).exit_code == 0
    assert read_corpus(folder).profile.name == 'Nina "N" O\'Kafor\\ = [x] # ?🩺'
