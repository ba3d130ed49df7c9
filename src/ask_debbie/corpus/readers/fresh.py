"""FRESH resumes (https://github.com/fresh-standard/fresh-resume-schema)."""

from __future__ import annotations

from ask_debbie.corpus.readers.record import Record
from ask_debbie.corpus.readers.resume_writer import ResumeWriter, written_date, written_dates

_PARTS = "info contact employment education service skills samples writing speaking recognition".split()


def is_fresh(data: Record) -> bool:
    """Whether data says that it is FRESH, or has several of its parts."""
    named = data.record("meta").text("format").upper().startswith("FRESH")
    return named or (bool(data.text("name")) and sum(isinstance(data.get(p), dict) for p in _PARTS) >= 2)


def write_fresh(data: Record, to: ResumeWriter) -> None:
    _person(data, to)
    for key, title in (("employment", "Work Experience"), ("service", "Volunteering")):
        to.section(title)
        to.text(data.record(key).text("summary"), key)
        for job in data.record(key).records("history"):
            _role(job, key, to)
    to.section("Education")
    to.text(data.record("education").text("summary"), "education")
    for school in data.record("education").records("history"):
        _school(school, to)
    to.section("Projects")
    for project in data.records("projects"):
        _role(project, "projects", to)
    _skills(data.record("skills"), to)
    to.section("Languages")
    for language in data.records("languages"):
        name = language.text("language", "name")
        to.labelled(name, [language.text("level", "fluency")], f"languages, {name}")
    for key, title, givers in (
        ("recognition", "Awards", ("from",)),
        ("writing", "Publications", ("publisher",)),
        ("samples", "Work Samples", ()),
        ("speaking", "Talks", ("event", "location")),
        ("reading", "Reading", ("author",)),
    ):
        to.section(title)
        for item in data.records(key):
            _listed(item, key, givers, to)
    to.section("Memberships")
    to.text(data.record("affiliation").text("summary"), "affiliation")
    for group in data.record("affiliation").records("history"):
        _role(group, "affiliation", to)
    to.section("Extracurricular")
    for activity in data.records("extracurricular"):
        _role(activity, "extracurricular", to)
    to.section("Interests")
    for interest in data.records("interests"):
        name = interest.text("name")
        to.labelled(name, interest.texts("keywords"), f"interests, {name}")
        to.text(interest.text("summary"), f"interests, {name}")
    to.section("References")
    for witness in data.records("testimonials"):
        said = witness.text("quote")
        to.titled(
            witness.text("name"), [f"“{said}”" if said else ""], f"testimonials, {witness.text('name')}"
        )


def _person(data: Record, to: ResumeWriter) -> None:
    info, contact, place = data.record("info"), data.record("contact"), data.record("location")
    to.name(data.text("name"), info.text("label"))
    to.contact("Email", contact.text("email"))
    to.contact("Phone", contact.text("phone"))
    to.contact("Website", contact.text("website"))
    for other in contact.records("other"):
        to.contact(other.text("label") or "Contact", other.text("value"))
    to.contact("Address", place.text("address"))
    city = (place.text("city"), place.text("region"), place.text("country"))
    to.contact("Location", ", ".join(filter(None, city)))
    for profile in data.records("social"):
        to.contact(profile.text("network", "label") or "Profile", profile.text("url", "user"))
    if summary := info.text("brief"):
        to.section("Summary")
        to.text(summary, "info")


def _role(job: Record, section: str, to: ResumeWriter) -> None:
    employer = job.text("employer", "organization", "activity")
    title = job.text("position", "role", "title")
    where = f"{section}, {employer or title}"
    goes_on = job.get("current") in (True, "true") or section == "employment"
    dates = written_dates(job.text("start"), job.text("end"), goes_on=goes_on)
    to.role(
        employer, title, dates, [job.text("location"), job.text("description"), job.text("summary")], where
    )
    to.points(job.texts("highlights"), where)
    to.fact("Keywords", job.texts("keywords"), where)


def _school(school: Record, to: ResumeWriter) -> None:
    name = school.text("institution")
    where = f"education, {name}"
    degree = " in ".join(filter(None, (school.text("title", "studyType"), school.text("area"))))
    dates = written_dates(school.text("start"), school.text("end"))
    to.titled(name or degree, [degree if name else "", dates, school.text("location", "summary")], where)
    to.fact("Grade", school.texts("grade"), where)
    to.fact("Courses", school.texts("curriculum"), where)
    to.points(school.texts("highlights"), where)


def _skills(skills: Record, to: ResumeWriter) -> None:
    to.section("Skills")
    for skill in skills.records("sets", "list"):
        name = skill.text("name")
        to.skill(name, skill.text("level"), skill.texts("skills"), f"skills, {name}")


def _listed(item: Record, key: str, givers: tuple[str, ...], to: ResumeWriter) -> None:
    title = item.text("title", "name")
    where = f"{key}, {title}"
    role = [item.text("role")] if key == "speaking" else []
    to.listed([title, *role, *(item.text(giver) for giver in givers), written_date(item.text("date"))], where)
    to.text(item.text("summary"), where)
    to.points(item.texts("highlights"), where)
