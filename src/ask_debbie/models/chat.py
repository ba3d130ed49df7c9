"""Chat models, all through one client: OpenAI, any compatible server, and the local one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from ask_debbie.models.llama import LlamaServer

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

_MOST_TOKENS = 160


def openai_chat(
    *, model: str, api_key: str, base_url: str | None, first_token_timeout: float, answer_timeout: float
) -> ChatOpenAI:
    """OpenAI's model, or that of a compatible server at ``base_url``. Timeouts are in seconds."""
    from langchain_openai import ChatOpenAI  # takes a second to import, and not every engine needs it

    return ChatOpenAI(
        model=model,
        api_key=api_key,
        base_url=base_url,
        temperature=0,
        max_tokens=_MOST_TOKENS,
        max_retries=0,
        stream_usage=True,
        timeout=httpx.Timeout(
            answer_timeout, connect=min(5.0, first_token_timeout), read=first_token_timeout
        ),
    )


def local_chat(server: LlamaServer, *, first_token_timeout: float, answer_timeout: float) -> ChatOpenAI:
    """The model that a llama.cpp server in this process runs."""
    from langchain_openai import ChatOpenAI

    return ChatOpenAI(
        model=server.model,
        api_key=server.api_key,
        base_url=server.base_url,
        default_headers=dict(server.headers),
        temperature=0,
        max_tokens=_MOST_TOKENS,
        max_retries=0,
        stream_usage=True,
        timeout=httpx.Timeout(answer_timeout, connect=5.0, read=first_token_timeout),
        http_client=httpx.Client(trust_env=False),
        extra_body={"cache_prompt": True},
    )
