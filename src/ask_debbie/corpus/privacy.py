"""What profile.toml keeps private is blanked out of a document's text, at the same length, before anything
reads it: no passage, page, index or prompt can hold it."""

from __future__ import annotations

import re

from ask_debbie.corpus.dates import find_dates, find_ranges
from ask_debbie.corpus.profile import Private

_LABELS = {
    "phone": r"(?:(?:tele)?phone|tel|mobile|cell(?:phone)?|fax)(?: (?:number|no\.?))?",
    "email": r"e-?mails?(?: address)?",
    "address": r"(?:home |street |postal |mailing )?address|location|lives? in",
    "website": r"web ?site|homepage|web|url|portfolio",
    "birth": r"(?:date of )?birth(?:day|date)?|born|d\.?o\.?b\.?|age",
}
_VALUES = {
    "phone": r"(?<![\w/.])\+?\(?\d[\d ()./-]{6,16}\d(?![\w/])",
    "email": r"(?:mailto:)?[\w.+%-]+@[\w-]+(?:\.[\w-]+)+",
    "website": r"(?:https?://|www\.)[^\s)>\]]+",
}


def unknown_fields(private: Private) -> tuple[str, ...]:
    """The fields that name no kind of contact data that is known here; they are taken as labels."""
    return tuple(field for field in private.fields if field.lower() not in _LABELS)


def missing_lines(text: str, private: Private) -> tuple[str, ...]:
    """The private lines that do not occur in a text."""
    return tuple(line for line in private.lines if line.strip() and not _verbatim(line).search(text))


def without_private(text: str, private: Private) -> str:
    """The text with every private field and line blanked, all offsets kept."""
    for line in private.lines:
        if line.strip():
            text = _verbatim(line).sub(_blank, text)
    for field in private.fields:
        label = _LABELS.get(field.lower(), re.escape(field))
        labelled = rf"(?im)(?<![\w-])[*_]*(?:{label})[*_]*[ \t]*:[^\n|·•]*"
        values = {
            value[0]
            for found in re.finditer(labelled, text)
            if (pattern := _VALUES.get(field.lower()))
            for value in re.finditer(pattern, found[0])
            if field.lower() != "phone" or is_contact_value(value[0])
        }
        text = re.sub(labelled, _blank, text)
        for value in values:
            text = text.replace(value, "\u00a0" * len(value))
        if field.lower() in {"phone", "email"}:
            text = re.sub(
                _VALUES[field.lower()], lambda m: _blank(m) if is_contact_value(m[0]) else m[0], text
            )
    return text


def is_contact_value(text: str) -> bool:
    """Whether what looks like a phone number or an email address is one, rather than dates or an amount."""
    if find_ranges(text) or find_dates(text):
        return False
    return "@" in text or 7 <= sum(c.isdigit() for c in text) <= 15


def _verbatim(line: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in line.split()))


def _blank(match: re.Match[str]) -> str:
    # no-break spaces: plain ones would make Markdown take the rest of the line for code
    return re.sub(r"[^\n]", "\u00a0", match[0])
