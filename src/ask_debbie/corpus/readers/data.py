"""Resumes as data, in JSON or YAML."""

from __future__ import annotations

import json
from collections.abc import Callable

import yaml

from ask_debbie.corpus.document import Document
from ask_debbie.corpus.readers.decode import unpacked_text
from ask_debbie.corpus.readers.fresh import is_fresh, write_fresh
from ask_debbie.corpus.readers.json_resume import is_json_resume, write_json_resume
from ask_debbie.corpus.readers.record import Record, checked
from ask_debbie.corpus.readers.rendercv import is_rendercv, write_rendercv
from ask_debbie.corpus.readers.resume_writer import ResumeWriter
from ask_debbie.errors import DocumentError

_KINDS = (
    (is_rendercv, write_rendercv),
    (is_fresh, write_fresh),
    (is_json_resume, write_json_resume),
)
_DEEPEST = 100
_ALIASES = 200
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # of texts alone: dates and figures stay as written


def read_json(path: str, raw: bytes, hide: Callable[[str], str]) -> Document:
    """A resume in JSON: JSON Resume, FRESH or RenderCV's."""
    text = unpacked_text(raw)
    try:
        data = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise DocumentError(
            f"it isn't valid JSON: line {error.lineno}, column {error.colno}: {error.msg}. Mend it there"
        ) from None
    except RecursionError:
        raise DocumentError("it is nested too deeply to be a resume") from None
    return _document(data, path, hide)


def read_yaml(path: str, raw: bytes, hide: Callable[[str], str]) -> Document:
    """A resume in YAML: RenderCV's, JSON Resume or FRESH."""
    text = unpacked_text(raw)
    try:
        depth = aliases = 0
        for event in yaml.parse(text, Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            aliases += isinstance(event, yaml.AliasEvent)
            if depth > _DEEPEST or aliases > _ALIASES:
                raise DocumentError("it is nested too deeply, or repeats itself too often, to be a resume")
        data = yaml.load(text, Loader=_LOADER)  # noqa: S506 - it makes texts, lists and dicts, nothing else
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise DocumentError(f"it isn't valid YAML: {place}{error.problem}. Mend it there") from None
    except yaml.YAMLError as error:
        raise DocumentError(f"it isn't valid YAML: {str(error).splitlines()[0]}") from None
    return _document(data, path, hide)


def _document(data: object, path: str, hide: Callable[[str], str]) -> Document:
    record = Record(checked(data))
    write = next((write for is_kind, write in _KINDS if is_kind(record)), None)
    if write is None:
        raise DocumentError("it holds no resume that is known here: JSON Resume, FRESH or RenderCV")
    writer = ResumeWriter()
    write(record, writer)
    return writer.out.document(path, hide)
