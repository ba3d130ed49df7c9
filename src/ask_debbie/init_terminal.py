"""What `ask-debbie init` shows and asks on a terminal."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ask_debbie.check_cli import findings_table
from ask_debbie.checking.check import check
from ask_debbie.checking.finding import Finding
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.passages import names_candidate, plain
from ask_debbie.corpus.private_facts import FactKind
from ask_debbie.corpus.profile import FILE_NAME, Contact, Private, Profile
from ask_debbie.onboarding.found import Found
from ask_debbie.onboarding.gather import Gathered

_MOST_UNSURE = 8
_PIPE_WIDTH = 120  # a pipe has no width to fit into
_WHAT: dict[FactKind, str] = {
    "phone": "phone number",
    "address": "address",
    "birth": "date of birth",
    "id": "identity number",
    "personal": "personal detail",
}
_PRONOUNS = ("she/her", "he/him", "they/them")


def say(text: str) -> None:
    """A remark on the way."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(Text(text, style="yellow"))


def show_read(corpus: Corpus, gathered: Gathered) -> None:
    """Each file, and what was understood of it."""
    for line in gathered.refused:
        Console(stderr=True, highlight=False, soft_wrap=True).print(Text(line, style="red"))
    console = _console()
    console.print(Text("Read", style="bold"))
    table = _grid()
    for name in corpus.documents:
        table.add_row("", Text(name), Text(_understood(corpus, name), style="dim"))
    console.print(table)
    console.print()


def ask_for(profile: Profile, found: Found, given: frozenset[str], *, name_known: bool) -> Profile:
    """The profile after a few questions; Enter takes what is in brackets. What flags say isn't asked."""
    typer.echo("Press Enter to take what is in brackets; a dash leaves it empty.\n")
    change: dict[str, object] = {}
    if "name" not in given:
        change["name"] = _prompt("Your name", profile.name if name_known else "", needed=True)
    if "pronouns" not in given:
        change["pronouns"] = _ask_pronouns(profile.pronouns)
    if "headline" not in given:
        change["headline"] = _prompt("Line under your name", profile.headline)
    if "email" not in given:
        email = _prompt("Email for visitors, public", profile.contact.email or "")
        change["contact"] = Contact(email=email or None, policy=profile.contact.policy)
    if "accent" not in given:
        change["accent"] = typer.prompt("Colour of the page", profile.accent, value_proc=_colour)
    if "private" not in given:
        change["private"] = _ask_private(profile.private, found)
    typer.echo()
    return profile.model_copy(update=change)


def choose_starters(proposed: Sequence[str]) -> tuple[str, ...]:
    """Those of the proposed first questions that the owner wants."""
    typer.echo("First questions for visitors; the documents answer each of them:")
    for number, question in enumerate(proposed, 1):
        typer.echo(f"  {number}  {question}")
    chosen: tuple[str, ...] = typer.prompt(
        "Which of them, such as 1 3", "all", value_proc=lambda text: _picked(text, proposed)
    )
    typer.echo()
    return proposed if isinstance(chosen, str) else chosen


def show_made(folder: Path, made: Sequence[str], corpus: Corpus, today: dt.date) -> None:
    """What was written, what it wasn't sure of, and what to do next."""
    console = _console()
    console.print(Text.assemble(("Written to ", "bold"), f"{folder}: {', '.join(made)}"))
    console.print()
    _show_profile(console, corpus.profile)
    unsure = [found for found in check(corpus, today) if _is_doubt(found)]
    if unsure:
        console.print(Text("Look at this", style="bold"))
        console.print(findings_table(unsure[:_MOST_UNSURE], with_files=True))
        if len(unsure) > _MOST_UNSURE:
            console.print(Text(f"  and {len(unsure) - _MOST_UNSURE} more", style="dim"))
        console.print()
    where = shlex.quote(str(folder))
    console.print(Text("Next", style="bold"))
    steps = {
        f"ask-debbie check {where}": "what to correct, and what to add",
        f"ask-debbie --corpus {where} serve --open": "the page, in your browser",
        f"{folder / FILE_NAME}": "your name, colour and links, to change by hand",
    }
    width = max(map(len, steps))
    for command, what in steps.items():
        # never wrapped or cut: it is there to be copied
        console.print(Text.assemble(f"  {command:<{width}}  ", (what, "dim")), soft_wrap=True)


def _is_doubt(found: Finding) -> bool:
    """Whether it is about how the documents were read; what is private was asked for."""
    return (found.severity != "remark" or found.kind == "no-jobs") and not found.kind.startswith("private")


def _show_profile(console: Console, profile: Profile) -> None:
    hidden = [*profile.private.fields, *profile.private.lines]
    rows = {
        "Name": f"{profile.name} ({profile.pronouns})",
        "Headline": profile.headline,
        "Contact": profile.contact_policy or "",
        "Links": ", ".join(link.label for link in profile.links),
        "Private": ", ".join(hidden),
        "First questions": "\n".join(profile.starters),
    }
    table = _grid()
    for key, value in rows.items():
        table.add_row("", Text(key, style="dim"), Text(value or "none"))
    console.print(table)
    console.print()


def _understood(corpus: Corpus, name: str) -> str:
    """``4 sections, 3 jobs (2013 to now), 2 degrees``; a note's title."""
    headings = [p for p in corpus.passages if p.document == name and p.kind == "heading"]
    sections = [
        p for p in headings if not p.breadcrumb and not names_candidate(plain(p.text), corpus.profile.name)
    ]
    if name.startswith("projects/") and headings:
        return f"a note on {plain(headings[0].text)}"
    entries = [entry for entry in corpus.timeline.entries if entry.passage.document == name]
    works = [entry for entry in entries if entry.kind == "work"]
    if not (sections or entries):
        return "a text without sections"
    said = [_counted(len(sections), "section")]
    if works:
        first = min(entry.dates.start.year for entry in works)
        last = (
            "now"
            if any(e.dates.end is None for e in works)
            else max(e.dates.end.year for e in works if e.dates.end)
        )
        said.append(f"{_counted(len(works), 'job')} ({first} to {last})")
    else:
        said.append("no job with dates")
    if degrees := sum(entry.kind == "education" for entry in entries):
        said.append(_counted(degrees, "degree"))
    return ", ".join(said)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"


def _prompt(text: str, default: str, *, needed: bool = False) -> str:
    value = ""
    while not value:
        value = typer.prompt(text, default or None if needed else default, show_default=bool(default)).strip()
        value = "".join(c for c in value if c.isprintable())
        if value == "-" or not value:
            value = ""
            if not needed:
                break
    return value


def _ask_pronouns(default: str) -> str:
    def pair(text: str) -> str:
        first = text.split("/")[0].strip().lower()
        match = [p for p in _PRONOUNS if p.split("/")[0] == first]
        if not match:
            raise typer.BadParameter("write she, he or they")
        return match[0]

    value: str = typer.prompt("Pronouns: she, he or they", default, value_proc=pair)
    return value


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text.strip()):
        raise typer.BadParameter("write a colour such as #0f6f78")
    return text.strip()


def _ask_private(proposed: Private, found: Found) -> Private:
    """What to hide: each kind that was found is asked for by itself."""
    fields, lines = list(proposed.fields), list(proposed.lines)
    for kind, what in _WHAT.items():
        facts = [fact for fact in found.private if fact.kind == kind]
        if not facts:
            continue
        shown = ", ".join(dict.fromkeys(fact.value for fact in facts))
        if not typer.confirm(f"Hide your {what}, {shown}?", default=True):
            fields = [field for field in fields if field not in {fact.field for fact in facts}]
            lines = [line for line in lines if line not in {fact.line for fact in facts}]
    return Private(fields=tuple(fields), lines=tuple(lines))


def _picked(text: str, proposed: Sequence[str]) -> tuple[str, ...]:
    if text.strip().lower() in {"all", ""}:
        return tuple(proposed)
    if text.strip() == "-":
        return ()
    numbers = re.findall(r"\d+", text)
    if not numbers or any(not 1 <= int(number) <= len(proposed) for number in numbers):
        raise typer.BadParameter(f"write numbers from 1 to {len(proposed)}, all, or a dash for none")
    return tuple(dict.fromkeys(proposed[int(number) - 1] for number in numbers))


def _grid() -> Table:
    return Table.grid(padding=(0, 2, 0, 0))


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_PIPE_WIDTH)
