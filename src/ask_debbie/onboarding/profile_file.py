"""A profile as the text of profile.toml, with a word on each key for whoever opens it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

import tomlkit
from tomlkit.items import Array

from ask_debbie.corpus.profile import Profile


def profile_text(profile: Profile) -> str:
    """TOML that reads back as the same profile, whatever is in it."""
    document = tomlkit.document()
    document.add(
        tomlkit.comment("What the page says of you. Change anything; a key that isn't known is an error.")
    )
    document.add(tomlkit.nl())
    document.add("name", tomlkit.string(profile.name))
    document.add("pronouns", tomlkit.string(profile.pronouns).comment("she/her, he/him or they/them"))
    document.add("headline", tomlkit.string(profile.headline))
    document.add("accent", tomlkit.string(profile.accent).comment("the page's one colour"))
    document.add("starters", _lines(profile.starters))
    contact = tomlkit.table()
    contact.comment("shown on the page, and where your documents don't say")
    for key, value in profile.contact.model_dump(exclude_none=True).items():
        contact.add(key, tomlkit.string(value))
    document.add("contact", contact)
    if profile.links:
        links = tomlkit.aot()
        for link in profile.links:
            entry = tomlkit.table()
            entry.add("label", tomlkit.string(link.label))
            entry.add("url", tomlkit.string(link.url))
            links.append(entry)
        document.add("links", links)
    private = tomlkit.table()
    private.comment("never indexed, shown or sent to a model")
    private.add("fields", _lines(profile.private.fields))
    private.add("lines", _lines(profile.private.lines))
    document.add("private", private)
    text = tomlkit.dumps(document)
    if Profile.model_validate(tomllib.loads(text)) != profile:
        raise AssertionError("profile.toml doesn't read back as it was written")
    return text


def _lines(values: Sequence[str]) -> Array:
    array = tomlkit.array()
    array.extend(values)
    return array.multiline(len(values) > 1)
