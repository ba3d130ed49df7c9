"""Every knob, once: name, type, default, unit and environment variable. Nothing else reads the environment."""

from __future__ import annotations

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from ask_debbie.errors import AskDebbieError

Engine = Literal["auto", "openai", "local", "extractive"]

_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?")


def _words(given: object) -> object:
    """A list as people write one in an environment variable: with blanks or commas between."""
    return tuple(given.replace(",", " ").split()) if isinstance(given, str) else given


def _origin(given: str) -> str:
    origin = given.lower().rstrip("/")
    if not _ORIGIN.fullmatch(origin):
        raise ValueError(f"{given!r} isn't an origin such as https://example.org")
    return origin


def _network(given: str) -> str:
    ip_network(given, strict=False)
    return given


def _quota(given: str) -> str:
    if given.strip():
        from limits import parse_many  # takes a while to import, and not every command needs it

        try:
            parse_many(given)
        except ValueError:
            raise ValueError(f"{given!r} isn't a quota such as 20/minute, 200/hour") from None
    return given.strip()


def _prefix(given: str) -> str:
    path = given.strip().strip("/")
    if not re.fullmatch(r"[\w.~-]*(?:/[\w.~-]+)*", path):
        raise ValueError(f"{given!r} isn't a path such as /assistant")
    return f"/{path}" if path else ""


Origins = Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], NoDecode, BeforeValidator(_words)]
Networks = Annotated[tuple[Annotated[str, AfterValidator(_network)], ...], NoDecode, BeforeValidator(_words)]
Quota = Annotated[str, AfterValidator(_quota)]


class Settings(BaseSettings):
    """Read from the environment; each field's variable is its upper-case name after ``ASK_DEBBIE_``,
    except for those that an ecosystem already has a name for."""

    model_config = SettingsConfigDict(env_prefix="ASK_DEBBIE_", extra="forbid", populate_by_name=True)

    corpus: Path = Field(
        Path("corpus"), description="Folder with the candidate's documents and profile.toml."
    )
    engine: Engine = Field("auto", description="Who writes: auto picks openai with a key, else local.")
    local_model: str = Field(
        "qwen2.5-coder-1.5b-instruct", description="Local chat model, by name in `models`."
    )
    models_dir: Path = Field(
        default_factory=lambda: user_cache_path("ask-debbie") / "models",
        description="Folder of downloaded model files.",
    )
    index_dir: Path = Field(
        default_factory=lambda: user_data_path("ask-debbie") / "index",
        description="Folder of the search indexes, one a corpus.",
    )
    threads: int = Field(0, ge=0, description="CPU threads of the local model; 0 takes all cores.")
    first_token_timeout: float = Field(30.0, gt=0, description="Seconds to wait for a model's first token.")
    answer_timeout: float = Field(90.0, gt=0, description="Seconds to wait for a model's whole answer.")
    max_question: int = Field(2000, gt=0, description="Characters of a question beyond which it is refused.")
    host: str = Field("127.0.0.1", description="Address that `serve` listens on.")
    port: int = Field(7860, ge=0, le=65535, description="Port that `serve` listens on; 0 picks a free one.")
    root_path: Annotated[str, AfterValidator(_prefix)] = Field(
        "", description="Path under which a proxy shows the site, such as `/assistant`."
    )
    reload: bool = Field(True, description="Whether `serve` follows edits of the documents.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="What `serve` logs; info is a line an answer, without its words."
    )

    origins: Origins = Field(
        (),
        description="Other sites that may show the assistant and call its API, such as `https://example.org`.",
    )
    proxies: Networks = Field(
        (), description="Addresses or networks of proxies whose word on a visitor's address is taken."
    )
    max_body: int = Field(262_144, ge=1024, description="Bytes of a request beyond which it is refused.")
    max_messages: int = Field(
        100, gt=0, description="Messages of a conversation beyond which the API refuses it."
    )
    quota_visitor: Quota = Field("20/minute, 200/hour", description="Questions from one address; empty: any.")
    quota_conversation: Quota = Field("60/hour", description="Questions in one conversation; empty: any.")
    quota_everyone: Quota = Field(
        "1000/minute, 10000/day", description="Questions from all visitors together; empty: any."
    )
    quota_requests: Quota = Field(
        "600/minute",
        description="Requests of any kind from one address, but for health and files that never change; empty: any.",
    )
    redis_url: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("REDIS_URL", "redis_url"),
        description="Redis that several processes share quotas and spending by; needs `ask-debbie[redis]`.",
    )
    metrics_token: SecretStr | None = Field(
        None, description="Bearer token of `/metrics`; without it only this machine may read them."
    )

    openai_api_key: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("OPENAI_API_KEY", "openai_api_key"),
        description="Key of OpenAI or of the server at OPENAI_BASE_URL.",
    )
    openai_base_url: str | None = Field(
        None,
        validation_alias=AliasChoices("OPENAI_BASE_URL", "openai_base_url"),
        description="Any OpenAI-compatible server, in place of OpenAI.",
    )
    openai_model: str = Field("gpt-4.1-mini", description="Chat model asked of OpenAI or of that server.")
    openai_input_price: float | None = Field(None, ge=0, description="Dollars a million prompt tokens.")
    openai_output_price: float | None = Field(None, ge=0, description="Dollars a million completion tokens.")
    daily_cap: float | None = Field(
        None, gt=0, description="Dollars a day (UTC) for the openai engine; needs both prices."
    )
    after_cap: Literal["extractive", "local"] = Field(
        "extractive", description="Who writes once the day's dollars are spent."
    )

    chroma_url: str | None = Field(
        None,
        validation_alias=AliasChoices("CHROMA_URL", "chroma_url"),
        description="Chroma server, in place of a folder.",
    )
    chroma_tenant: str = Field(
        "default_tenant",
        validation_alias=AliasChoices("CHROMA_TENANT", "chroma_tenant"),
        description="Its tenant.",
    )
    chroma_database: str = Field(
        "default_database",
        validation_alias=AliasChoices("CHROMA_DATABASE", "chroma_database"),
        description="Its database.",
    )
    chroma_token: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("CHROMA_TOKEN", "chroma_token"),
        description="Sent to it as a bearer token.",
    )


def read_settings(**given: Any) -> Settings:
    """The settings of the environment, with those given in place of its own.

    Raises:
        AskDebbieError: where one of them has a value that it can't have.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        variable = name if name.isupper() else f"ASK_DEBBIE_{name.upper()}"
        raise AskDebbieError(f"{variable}: {first['msg'].removeprefix('Value error, ')}.") from None
