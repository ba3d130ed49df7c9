"""Clients of Chroma: of a folder, of a server, or of this process alone."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import chromadb
from chromadb.api import ClientAPI
from chromadb.config import Settings as ChromaSettings

from ask_debbie.errors import StoreError


def open_client(
    folder: Path,
    *,
    url: str | None = None,
    tenant: str = "default_tenant",
    database: str = "default_database",
    token: str | None = None,
) -> ClientAPI:
    """A client of the Chroma server at ``url``, or of the files in ``folder``.

    Raises:
        StoreError: where the server doesn't answer or the folder can't be written.
    """
    if url:
        return _open_server(url, tenant, database, token)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".writable").touch()
        return chromadb.PersistentClient(str(folder), settings=ChromaSettings(anonymized_telemetry=False))
    except Exception as error:  # Chroma raises errors of its Rust core's own, outside its documented tree
        raise StoreError(f"The index folder {folder} can't be used ({reason(error)}).") from error


def _open_server(url: str, tenant: str, database: str, token: str | None) -> ClientAPI:
    try:
        parts = urlsplit(url if "//" in url else f"http://{url}")
        if not parts.hostname:
            raise ValueError("it names no host")
        return chromadb.HttpClient(
            host=parts.hostname,
            port=parts.port or (443 if parts.scheme == "https" else 8000),
            ssl=parts.scheme == "https",
            headers={"Authorization": f"Bearer {token}"} if token else None,
            tenant=tenant,
            database=database,
            settings=ChromaSettings(anonymized_telemetry=False),
        )
    except Exception as error:
        raise StoreError(
            f"The Chroma server at {url} doesn't serve us ({reason(error)}). "
            "Check CHROMA_URL, CHROMA_TENANT, CHROMA_DATABASE and CHROMA_TOKEN."
        ) from error


def memory_client() -> ClientAPI:
    """A client whose index lives and dies with the process."""
    return chromadb.EphemeralClient(settings=ChromaSettings(anonymized_telemetry=False))


def reason(error: BaseException) -> str:
    """A failure in a few words."""
    words = str(error).strip().split("\n", 1)[0]
    return words[:200] or type(error).__name__
