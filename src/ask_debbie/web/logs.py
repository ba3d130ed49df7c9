"""Logs of one JSON object a line, in which nothing that anybody wrote can be: no question, key or address."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
import traceback

from ask_debbie.settings import Settings

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message", "taskName"}
_FRAMES = 6


class JsonLines(logging.Formatter):
    """A record as a JSON object: its time, level, logger, words, and what `extra` says.

    Of an exception it tells the kind and the places, not the message: that may hold what a visitor wrote.
    """

    def format(self, record: logging.LogRecord) -> str:
        when = dt.datetime.fromtimestamp(record.created, dt.UTC)
        line: dict[str, object] = {
            "time": when.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if record.exc_info and record.exc_info[1] is not None:
            kind, _, trace = record.exc_info
            line["error"] = kind.__name__ if kind else None
            line["at"] = [f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(trace)[-_FRAMES:]]
            line["event"] = str(record.msg).splitlines()[0] if record.msg else ""
        return json.dumps(line, default=lambda value: type(value).__name__)


def log_to_stderr(settings: Settings) -> None:
    """Send this process's logs to standard error: ours from the level of the settings, others' from warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("ask_debbie").setLevel(settings.log_level.upper())
