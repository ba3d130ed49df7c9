"""RenderCV's YAML (https://docs.rendercv.com): ``cv`` with contact lines and sections of entries."""

from __future__ import annotations

import re

from ask_debbie.corpus.readers.record import Record, as_texts
from ask_debbie.corpus.readers.resume_writer import ResumeWriter, written_date, written_dates

_CONTACTS = (("Email", "email"), ("Phone", "phone"), ("Website", "website"), ("Location", "location"))
_SMALL_WORDS = {"and", "of", "the", "in", "for", "or", "to", "with"}


def is_rendercv(data: Record) -> bool:
    cv = data.record("cv")
    return bool(cv.text("name")) or bool(cv.record("sections"))


def write_rendercv(data: Record, to: ResumeWriter) -> None:
    cv = data.record("cv")
    to.name(cv.text("name"), cv.text("headline", "label"))
    for label, key in _CONTACTS:
        for value in cv.texts(key):
            to.contact(label, value.removeprefix("tel:"))
    for network in cv.records("social_networks"):
        to.contact(network.text("network"), network.text("username", "url"))
    for link in cv.records("custom_connections"):
        to.contact("Contact", link.text("placeholder", "url"))
    sections = cv.record("sections")
    for key in sections:
        title = _title(key)
        to.section(title)
        entries = sections[key]
        for entry in entries if isinstance(entries, list) else [entries]:
            if isinstance(entry, dict):
                _entry(Record(entry), title.lower(), to)
            elif isinstance(entry, str):
                _text_entry(entry, title.lower(), to)


def _entry(entry: Record, section: str, to: ResumeWriter) -> None:
    if "company" in entry or "position" in entry:
        employer, title = entry.text("company"), entry.text("position")
        where = f"{section}, {employer or title}"
        to.role(employer, title, _dates(entry, goes_on=True), [entry.text("location")], where)
    elif "institution" in entry:
        where = f"{section}, {entry.text('institution')}"
        degree = " in ".join(filter(None, (entry.text("degree"), entry.text("area"))))
        to.titled(entry.text("institution"), [degree, _dates(entry), entry.text("location")], where)
        to.fact("Grade", entry.texts("grade", "gpa"), where)
    elif "label" in entry:
        to.labelled(entry.text("label"), entry.texts("details"), f"{section}, {entry.text('label')}")
        return
    elif "title" in entry:
        where = f"{section}, {entry.text('title')}"
        parts = [entry.text("title"), entry.text("authors"), entry.text("journal"), _dates(entry)]
        to.listed([*parts, f"doi: {entry.text('doi')}" if entry.text("doi") else ""], where)
    elif "name" in entry and re.search(r"certif|award|honou?r|licen|membership", section):
        where = f"{section}, {entry.text('name')}"
        to.listed([*(entry.text(k) for k in ("name", "summary", "location")), _dates(entry)], where)
        to.points(entry.texts("highlights"), where)
        return
    elif "name" in entry:
        where = f"{section}, {entry.text('name')}"
        to.titled(entry.text("name"), [_dates(entry), entry.text("location")], where)
    else:
        points = entry.texts("bullet", "number", "reversed_number")
        to.points(points or [", ".join(as_texts(dict(entry)))], section)
        return
    to.text(entry.text("summary"), where)
    for point in entry.texts("highlights"):
        to.points(point.splitlines(), where)


def _text_entry(text: str, section: str, to: ResumeWriter) -> None:
    to.text("\n".join(as_texts(text)), section)


def _dates(entry: Record, *, goes_on: bool = False) -> str:
    """``date`` as it is written; else both ends."""
    if date := entry.text("date"):
        return written_date(date)
    return written_dates(entry.text("start_date"), entry.text("end_date"), goes_on=goes_on)


def _title(key: str) -> str:
    """``work_experience`` → ``Work Experience``, as RenderCV prints it; any other title as it is."""
    if re.search(r"[A-Z ]", key):
        return key
    words = key.replace("_", " ").split()
    return " ".join(w if w in _SMALL_WORDS and place else w.capitalize() for place, w in enumerate(words))
