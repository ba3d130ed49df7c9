"""LinkedIn's data export: a zip of CSV files, one a kind of entry."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath

from ask_debbie.corpus.document import Document
from ask_debbie.corpus.readers.archive import opened_archive, part_of
from ask_debbie.corpus.readers.decode import unpacked_text
from ask_debbie.corpus.readers.resume_writer import ResumeWriter, written_date, written_dates
from ask_debbie.errors import DocumentError

Row = dict[str, str]

_LISTED = (
    ("Certifications", "Certificates", ("Name", "Authority"), "Started On"),
    ("Honors", "Awards", ("Title",), "Issued On"),
    ("Publications", "Publications", ("Name", "Publisher"), "Published On"),
    ("Patents", "Patents", ("Title", "Patent Number"), "Issued On"),
    ("Courses", "Courses", ("Name", "Number"), ""),
)
_MOST_ROWS = 2_000


def read_linkedin(path: str, raw: bytes, hide: Callable[[str], str]) -> Document:
    """The parts of a LinkedIn export that its owner's profile shows; no messages, contacts or birth date."""
    with opened_archive(raw) as archive:
        export = _Export(archive)
        if not any(export.has(name) for name in ("Profile", "Positions", "Education")):
            raise DocumentError(
                "it isn't LinkedIn's data export: no Profile.csv, Positions.csv or Education.csv is in it. "
                "Unpack it and put its documents in the folder"
            )
        writer = ResumeWriter()
        _person(export, writer)
        _history(export, writer)
        _lists(export, writer)
    return writer.out.document(path, hide)


class _Export:
    """The archive's CSV files by their names without suffix, in whatever folder they are."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {
            PurePosixPath(name).stem.casefold(): name
            for name in archive.namelist()
            if name.casefold().endswith(".csv") and "__MACOSX" not in name
        }

    def has(self, *names: str) -> bool:
        return any(name.casefold() in self._names for name in names)

    def rows(self, *names: str) -> list[Row]:
        """The rows of the first of these files that is there, all values as text."""
        part = next((self._names[n.casefold()] for n in names if n.casefold() in self._names), None)
        if part is None:
            return []
        text = unpacked_text(part_of(self._archive, part))
        try:
            rows = list(csv.DictReader(io.StringIO(text, newline=""), restval=""))
        except csv.Error as error:
            raise DocumentError(f"{part} in it isn't valid CSV: {error}. Download the export again") from None
        if len(rows) > _MOST_ROWS:
            raise DocumentError(f"{part} in it has more than {_MOST_ROWS} rows, which no resume has")
        return [{(k or "").strip(): v.strip() for k, v in row.items() if isinstance(v, str)} for row in rows]


def _person(export: _Export, to: ResumeWriter) -> None:
    person = next(iter(export.rows("Profile")), {})
    name = " ".join(filter(None, (person.get("First Name"), person.get("Last Name"))))
    to.name(name, person.get("Headline", ""))
    emails = export.rows("Email Addresses")
    for email in [row for row in emails if row.get("Primary", "").casefold() == "yes"] or emails[:1]:
        to.contact("Email", email.get("Email Address", ""))
    for phone in export.rows("PhoneNumbers", "Phone Numbers"):
        extension = phone.get("Extension", "")
        to.contact("Phone", f"{phone.get('Number', '')}{f' ext. {extension}' if extension else ''}")
    to.contact("Location", person.get("Geo Location", ""))
    for site in person.get("Websites", "").strip("[]").split(","):
        label, _, url = site.strip().partition(":")
        to.contact("Website", url if label.isupper() else site)
    if summary := person.get("Summary"):
        to.section("Summary")
        to.text(summary, "Profile, Summary")


def _history(export: _Export, to: ResumeWriter) -> None:
    to.section("Work Experience")
    for job in export.rows("Positions"):
        _role(job, job.get("Company Name", ""), job.get("Title", ""), "Positions", to)
    to.section("Education")
    for school in export.rows("Education"):
        name, degree = school.get("School Name", ""), school.get("Degree Name", "")
        dates = written_dates(school.get("Start Date", ""), school.get("End Date", ""))
        where = f"Education, {name or degree}"
        to.titled(name or degree, [degree if name else "", dates, school.get("Notes", "")], where)
        to.fact("Activities", [school.get("Activities", "")], where)
    to.section("Volunteering")
    for job in export.rows("Volunteering", "Volunteering Experiences", "Volunteer Experiences"):
        _role(job, job.get("Company Name", ""), job.get("Role", ""), "Volunteering", to)
        to.fact("Cause", [job.get("Cause", "")], f"Volunteering, {job.get('Company Name', '')}")
    to.section("Projects")
    for project in export.rows("Projects"):
        where = f"Projects, {project.get('Title', '')}"
        dates = written_dates(project.get("Started On", ""), project.get("Finished On", ""))
        to.titled(project.get("Title", ""), [dates, project.get("Description", "")], where)
        to.fact("Website", [project.get("Url", "")], where)
    to.section("Organizations")
    for job in export.rows("Organizations"):
        _role(job, job.get("Name", ""), job.get("Position", ""), "Organizations", to)


def _role(row: Row, employer: str, title: str, file: str, to: ResumeWriter) -> None:
    dates = written_dates(
        row.get("Started On", ""), row.get("Finished On", ""), goes_on=file in {"Positions", "Volunteering"}
    )
    where = f"{file}, {employer or title}"
    to.role(employer, title, dates, [row.get("Location", ""), row.get("Description", "")], where)


def _lists(export: _Export, to: ResumeWriter) -> None:
    to.section("Skills")
    skills = [row["Name"] for row in export.rows("Skills") if row.get("Name")]
    to.labelled("Skills", skills, "Skills")
    to.section("Languages")
    for language in export.rows("Languages"):
        name = language.get("Name", "")
        to.labelled(name, [language.get("Proficiency", "")], f"Languages, {name}")
    for file, title, columns, date in _LISTED:
        to.section(title)
        for row in export.rows(file):
            where = f"{file}, {row.get(columns[0], '')}"
            to.listed([*(row.get(column, "") for column in columns), written_date(row.get(date, ""))], where)
            to.text(row.get("Description", ""), where)
