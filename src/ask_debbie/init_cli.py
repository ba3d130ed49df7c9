"""`ask-debbie init`: a resume and notes in, a corpus folder that can be served out."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError

from ask_debbie.errors import ArtifactError, AskDebbieError
from ask_debbie.settings import read_settings

if TYPE_CHECKING:
    from ask_debbie.answering.assistant import Assistant
    from ask_debbie.corpus.corpus import Corpus
    from ask_debbie.corpus.profile import Profile
    from ask_debbie.onboarding.draft import CorpusDraft

_NO_NAME = "Your name can't be told from the documents. Give it: --name 'Rosa Marín'"


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The corpus folder to make.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILES", help="Your resume and notes, or folders of them.", show_default=False
        ),
    ] = None,
    name: Annotated[str | None, typer.Option(help="Your name.")] = None,
    pronouns: Annotated[str | None, typer.Option(help="she/her, he/him or they/them.")] = None,
    headline: Annotated[str | None, typer.Option(help="The line under your name.")] = None,
    email: Annotated[str | None, typer.Option(help="Where visitors may write; shown on the page.")] = None,
    policy: Annotated[
        str | None, typer.Option(help="A sentence on how to reach you, for what the documents don't say.")
    ] = None,
    accent: Annotated[str | None, typer.Option(help="The page's colour, #rrggbb.")] = None,
    link: Annotated[
        list[str] | None,
        typer.Option("--link", metavar="LABEL=URL", help="A link on the page; may be given again."),
    ] = None,
    private: Annotated[
        list[str] | None,
        typer.Option(
            "--private",
            metavar="FIELD",
            help="What to hide: phone, address, birth or any label; may be given again. none: nothing.",
        ),
    ] = None,
    starter: Annotated[
        list[str] | None,
        typer.Option("--starter", metavar="QUESTION", help="A first question; may be given again."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take what the documents suggest; ask nothing.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that are there; what profile.toml says is kept.")
    ] = False,
) -> None:
    """Make a corpus folder of your resume and notes; asks for what they don't say."""
    from ask_debbie import init_terminal as terminal
    from ask_debbie.corpus.profile import FILE_NAME
    from ask_debbie.onboarding.draft import CorpusDraft, earlier_profile, proposed_profile
    from ask_debbie.onboarding.found import find
    from ask_debbie.onboarding.gather import gather
    from ask_debbie.onboarding.install import install
    from ask_debbie.onboarding.profile_file import profile_text

    given = _given(
        name=name,
        pronouns=pronouns,
        headline=headline,
        email=email,
        policy=policy,
        accent=accent,
        link=link,
        private=private,
        starter=starter,
    )
    earlier = earlier_profile(folder)
    if earlier and not force:
        raise AskDebbieError(
            f"{folder / FILE_NAME} is there already. Edit it, or use --force: what it says is kept then, too."
        )
    gathered = gather(files or [], folder, replace=force)
    with tempfile.TemporaryDirectory(prefix="ask-debbie-", ignore_cleanup_errors=True) as room:
        draft = CorpusDraft(Path(room), {**gathered.kept, **gathered.new})
        corpus = draft.read()
        terminal.show_read(corpus, gathered)
        found = find(corpus)
        profile = _with(proposed_profile(draft.name, found, earlier), given)
        asking = not yes and sys.stdin.isatty() and sys.stdout.isatty()
        known = bool(draft.name or earlier or name)
        if asking:
            profile = terminal.ask_for(profile, found, frozenset(given), name_known=known)
        elif not known:
            raise AskDebbieError(_NO_NAME)
        profile = _with_starters(draft, profile, given, asking=asking)
        corpus = draft.read(profile)
        made = {**gathered.new, FILE_NAME: profile_text(profile).encode()}
        install(made, folder)
    terminal.show_made(folder, list(made), corpus, dt.date.today())


def _given(**flags: Any) -> dict[str, Any]:
    """The flags that were given, without what can't stand in a file."""
    return {
        key: [_clean(text) for text in value] if isinstance(value, list) else _clean(value)
        for key, value in flags.items()
        if value is not None
    }


def _clean(text: str) -> str:
    return "".join(c for c in text.encode("utf-8", "replace").decode() if c.isprintable()).strip()


def _with(profile: Profile, given: Mapping[str, Any]) -> Profile:
    """The profile with what the flags say.

    Raises:
        BadParameter: one of them says what can't be.
    """
    from ask_debbie.corpus.profile import Profile

    data = profile.model_dump()
    data.update({key: given[key] for key in ("name", "pronouns", "headline", "accent") if key in given})
    data["contact"].update({key: given[key] or None for key in ("email", "policy") if key in given})
    if "link" in given:
        data["links"] = [_link(text) for text in given["link"]]
    if "private" in given:
        data["private"] = {"fields": [field for field in given["private"] if field.lower() != "none"]}
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        flag = "link" if first["loc"][0] == "links" else str(first["loc"][-1])
        says = {"accent": "it isn't a colour such as #0f6f78", "name": "it is empty"}.get(flag, first["msg"])
        raise typer.BadParameter(says.removeprefix("Value error, "), param_hint=f"--{flag}") from None


def _link(text: str) -> dict[str, str]:
    """``Portfolio=https://example.org``, or the address alone."""
    label, sign, url = text.partition("=")
    if not sign or "/" in label:
        label, url = text.split("://")[-1].strip("/"), text
    return {"label": label.strip(), "url": url.strip()}


def _with_starters(
    draft: CorpusDraft, profile: Profile, given: Mapping[str, Any], *, asking: bool
) -> Profile:
    """The profile with first questions: those that are given, an earlier profile's, or those that are answered."""
    from ask_debbie import init_terminal as terminal
    from ask_debbie.answering.about import is_answered
    from ask_debbie.onboarding.starters import propose_starters

    corpus = draft.read(profile)
    assistant = _assistant(draft, corpus)
    if chosen := given.get("starter") or profile.starters:
        for question in chosen:
            if not is_answered(assistant.ask(question)):
                terminal.say(f'The documents don\'t answer "{question}".')
        return profile.model_copy(update={"starters": tuple(chosen)})
    proposed = propose_starters(corpus, assistant)
    if asking and proposed:
        proposed = terminal.choose_starters(proposed)
    return profile.model_copy(update={"starters": proposed})


def _assistant(draft: CorpusDraft, corpus: Corpus) -> Assistant:
    from ask_debbie import init_terminal as terminal
    from ask_debbie.compose import build_quoting_assistant
    from ask_debbie.models.artifacts import ModelStore
    from ask_debbie.models.embeddings import MiniLM
    from ask_debbie.terminal_progress import terminal_progress

    settings = read_settings(corpus=draft.room, engine="extractive")
    with terminal_progress() as progress:
        try:
            embeddings = MiniLM.from_store(ModelStore(settings.models_dir), progress)
        except ArtifactError as error:
            terminal.say(f"{error} The first questions are tried by keywords alone.")
            embeddings = None
        return build_quoting_assistant(settings, corpus, embeddings, progress=progress)
