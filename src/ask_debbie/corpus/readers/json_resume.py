"""JSON Resume (https://jsonresume.org/schema), in its present and its earlier keys."""

from __future__ import annotations

from ask_debbie.corpus.readers.record import Record
from ask_debbie.corpus.readers.resume_writer import ResumeWriter, written_date, written_dates

_LISTS = "work education skills volunteer projects languages certificates awards publications".split()


def is_json_resume(data: Record) -> bool:
    """Whether data has its ``basics`` with a person in them, or several of its lists."""
    basics = data.record("basics")
    lists = sum(isinstance(data.get(key), list) for key in _LISTS)
    return bool(basics.text("name", "label", "email", "summary")) or lists >= 2


def write_json_resume(data: Record, to: ResumeWriter) -> None:
    _basics(data.record("basics"), to)
    to.section("Work Experience")
    for job in data.records("work"):
        _role(job, ("name", "company", "organization"), "work", to)
    to.section("Volunteering")
    for job in data.records("volunteer"):
        _role(job, ("organization", "name", "company"), "volunteer", to)
    to.section("Education")
    for school in data.records("education"):
        _school(school, to)
    to.section("Projects")
    for project in data.records("projects"):
        _project(project, to)
    to.section("Skills")
    for skill in data.records("skills"):
        to.skill(
            skill.text("name"), skill.text("level"), skill.texts("keywords"), f"skills, {skill.text('name')}"
        )
    to.section("Languages")
    for language in data.records("languages"):
        name = language.text("language", "name")
        to.labelled(name, [language.text("fluency", "level")], f"languages, {name}")
    for key, title, keys in (
        ("certificates", "Certificates", ("issuer",)),
        ("awards", "Awards", ("awarder",)),
        ("publications", "Publications", ("publisher",)),
    ):
        to.section(title)
        for item in data.records(key):
            name, when = item.text("name", "title"), written_date(item.text("date", "releaseDate"))
            to.listed([name, item.text(*keys), when], f"{key}, {name}")
            to.text(item.text("summary"), f"{key}, {name}")
    to.section("Interests")
    for interest in data.records("interests"):
        name = interest.text("name")
        to.labelled(name, interest.texts("keywords"), f"interests, {name}")
        to.text(interest.text("summary"), f"interests, {name}")
    to.section("References")
    for reference in data.records("references"):
        name, said = reference.text("name"), reference.text("reference")
        to.titled(name, [f"“{said}”" if said else ""], f"references, {name}")


def _basics(basics: Record, to: ResumeWriter) -> None:
    to.name(basics.text("name"), basics.text("label"))
    place = basics.record("location")
    to.contact("Email", basics.text("email"))
    to.contact("Phone", basics.text("phone"))
    to.contact("Website", basics.text("url", "website"))
    to.contact("Address", ", ".join(filter(None, (place.text("address"), place.text("postalCode")))))
    city = (place.text("city"), place.text("region"), place.text("countryCode", "country"))
    to.contact("Location", ", ".join(filter(None, city)) or basics.text("location"))
    for profile in basics.records("profiles"):
        to.contact(profile.text("network") or "Profile", profile.text("url", "username"))
    if summary := basics.text("summary"):
        to.section("Summary")
        to.text(summary, "summary")


def _role(job: Record, employers: tuple[str, ...], section: str, to: ResumeWriter) -> None:
    employer, title = job.text(*employers), job.text("position", "title", "role")
    where = f"{section}, {employer or title}"
    dates = written_dates(job.text("startDate"), job.text("endDate"), goes_on=True)
    to.role(
        employer, title, dates, [job.text("location"), job.text("description"), job.text("summary")], where
    )
    to.points(job.texts("highlights"), where)
    to.fact("Keywords", job.texts("keywords"), where)


def _school(school: Record, to: ResumeWriter) -> None:
    name = school.text("institution", "name")
    where = f"education, {name}"
    degree = " in ".join(filter(None, (school.text("studyType", "degree"), school.text("area"))))
    dates = written_dates(school.text("startDate"), school.text("endDate", "date"))
    to.titled(name or degree, [degree if name else "", dates, school.text("location", "summary")], where)
    to.fact("Grade", school.texts("score", "gpa"), where)
    to.fact("Courses", school.texts("courses"), where)
    to.points(school.texts("highlights"), where)


def _project(project: Record, to: ResumeWriter) -> None:
    name = project.text("name", "title")
    where = f"projects, {name}"
    dates = written_dates(project.text("startDate"), project.text("endDate"))
    roles = ", ".join(filter(None, (project.text("roles"), project.text("entity"))))
    to.titled(name, [dates, roles, project.text("description", "summary")], where)
    to.points(project.texts("highlights"), where)
    to.fact("Keywords", project.texts("keywords"), where)
    to.fact("Website", project.texts("url", "website"), where)
