"""profile.toml: who the candidate is to the page, how to reach her, and what stays private."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from ask_debbie.errors import CorpusError

FILE_NAME = "profile.toml"


class Grammar(NamedTuple):
    """How a sentence speaks of the candidate, and the verbs that agree with it."""

    subject: str
    possessive: str
    object: str
    was: str
    is_: str
    has: str
    does: str


_FORMS = {
    "she": Grammar("she", "her", "her", "was", "is", "has", "does"),
    "he": Grammar("he", "his", "him", "was", "is", "has", "does"),
    "they": Grammar("they", "their", "them", "were", "are", "have", "do"),
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Contact(_Strict):
    """How to reach the candidate for what the documents don't say."""

    email: str | None = None
    policy: str | None = Field(None, description="One sentence, shown when an answer abstains.")


class Link(_Strict):
    """A link on the page's menu."""

    label: str
    url: str

    @field_validator("url")
    @classmethod
    def _is_web_or_mail(cls, url: str) -> str:
        if not url.startswith(("https://", "http://", "mailto:")):
            raise ValueError("must begin with https://, http:// or mailto:")
        return url


class Private(_Strict):
    """What is never indexed, shown or sent to a model."""

    fields: tuple[str, ...] = Field(
        (), description="Kinds of contact data: phone, email, address, website, birth."
    )
    lines: tuple[str, ...] = Field((), description="Verbatim text of the documents.")


class Profile(_Strict):
    """The candidate as the page presents her."""

    name: str = Field(min_length=1, pattern=r"\S")
    pronouns: str = "they/them"
    headline: str = ""
    accent: str = Field("#1f5f8b", pattern=r"^#[0-9a-fA-F]{6}$")
    starters: tuple[str, ...] = ()
    contact: Contact = Contact()
    links: tuple[Link, ...] = ()
    private: Private = Private()

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def contact_email(self) -> str | None:
        return self.contact.email

    @property
    def contact_policy(self) -> str | None:
        """The sentence that says how to reach her; made from the address where none is written."""
        if self.contact.policy:
            return self.contact.policy
        return f"You can ask {self.first_name} at {self.contact.email}." if self.contact.email else None

    @property
    def grammar(self) -> Grammar:
        return _FORMS.get(self.pronouns.split("/")[0].strip().lower(), _FORMS["they"])


def read_profile(folder: Path) -> Profile:
    """Read ``profile.toml`` of a corpus folder.

    Raises:
        CorpusError: where it is absent, isn't TOML, or has a key or value that isn't known.
    """
    path = folder / FILE_NAME
    try:
        return Profile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise CorpusError(
            f'{path} is missing: it needs at least a line such as name = "Rosa Marín".'
        ) from None
    except OSError as error:
        raise CorpusError(f"{path} can't be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} isn't valid TOML: {error}.") from error
    except ValidationError as error:
        raise CorpusError(f"{path}: {_complaint(_first(error.errors()))}.") from None


def _first(errors: list[ErrorDetails]) -> ErrorDetails:
    """A key that isn't known before one that is missing: it may be that one, misspelt."""
    return next((error for error in errors if error["type"] == "extra_forbidden"), errors[0])


def _complaint(error: ErrorDetails) -> str:
    """What is wrong with a key, and how to write it, for somebody who doesn't know TOML."""
    *above, key = [str(part) for part in error["loc"]]
    where = ".".join([*above, key])
    match error["type"]:
        case "missing":
            return f'{where} is missing: write {key} = "…"'
        case "extra_forbidden":
            parts: dict[str, type[BaseModel]] = {"contact": Contact, "links": Link, "private": Private}
            known = parts.get(above[0] if above else "", Profile).model_fields
            return f"{where} isn't known; known are {', '.join(known)}"
        case "model_type":
            if above:
                return f'{where} must have a label and a url: {{ label = "…", url = "https://…" }}'
            return (
                f"{where} must be a part of its own: a line [{where}], and what belongs to it below that line"
            )
        case "tuple_type" if key == "links":
            return f"{where} must each begin with a line [[{where}]]"
        case "tuple_type":
            return f'{where} must be a list, such as {key} = ["…", "…"]'
        case "string_type":
            return f"{where} must be text in quotes"
        case "string_pattern_mismatch" if key == "accent":
            return f'{where} must be a colour such as accent = "#1f5f8b"'
        case "string_too_short" | "string_pattern_mismatch":
            return f"{where} is empty"
        case _:
            return f"{where}: {error['msg'].removeprefix('Value error, ')}"
