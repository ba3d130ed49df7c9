"""The same jobs in the layouts that resumes have: title, employer and dates are told apart in each of them."""

from __future__ import annotations

import io
import re

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ask_debbie.corpus.passages import split
from ask_debbie.corpus.readers import read_document
from ask_debbie.corpus.timeline import read_timeline

JOBS = [
    ("Tern Ferries", "Bergen", "Senior Deck Engineer", "Mar 2023 – Present"),
    ("Fisk, Holm & Co.", "Oslo, Norway", "Fleet Planner", "Jun 2020 – Feb 2023"),
    ("Harbour Museum", "Leeds, UK", "Guide", "Sep 2017 – May 2020"),
]
BULLET = "Kept four boats running through the winter without a day lost."
# e employer, t title, p place, d dates; a tab sets flush right
LINES = [
    "**{e}, {p}**\t{d}\n{t}",
    "**{e}**, {p}\t{d}\n{t}",
    "**{e}**\t{d}\n{t}\t{p}",
    "**{e}**\t{p}\n{t}\t{d}",
    "**{e} ({p})**\t{d}\n{t}",
    "**{e}** | {t} | {p}\t{d}",
    "**{e}**\n{t}\n{d}",
    "**{e}**\t{p}\n**{t}**\n{d}",
    "**{t}**\t{d}\n{e}, {p}",
    "**{t}**\t{d}\n{e}\t{p}",
    "**{t}**\t{p}\n{e}\t{d}",
    "**{t}**, {e}, {p}\t{d}",
    "**{t} at {e}**\t{d}",
    "{t}, {e}, {p}, {d}",
    "{t} @ {e} | {d}",
    "**{t}**\n{e} · Full-time\n{d} · 2 yrs 4 mos\n{p}",
    "**{t}** ({d})\n{e}, {p}",
]
MARKDOWN = [
    "### {t} — {e}\n*{d} | {p}*",
    "### {e}\n**{t}** | {d} | {p}",
    "### {e}, {p}\n\n**{t}** ({d})",
    "### {t}\n**{e}** | {p} | {d}",
    "**{t}**  \n{e}, {p}  \n{d}",
    "### {t}, {e}\n{p} | {d}",
    "### {t}\n*{e}, {p}*\n{d}",
    "**{e}, {p}**  \n*{t}*  \n*{d}*",
    "### {e}\n*{p}* — *{d}*\n\n*{t}*",
    "### {d}: {t}, {e}",
    "### {t} — {e} ({d})\n*{p}*",
    "### {t} — {e} ({d})\n*{p} (hybrid)*",
    "### {t} — {e} ({d})\n*Lyon, France; remote from March 2021*",
    "#### {t}\n{d} / {e} / {p}",
    "**{e}** | {p} | **{d}**\n*{t}*",
]


def jobs(path: str, raw: bytes) -> list[tuple[str, str, str]]:
    """Title, employer without its place, dates."""
    entries = read_timeline(split(read_document(path, raw), "Ada Holm")).of_kind("work")
    return [(e.title, _without_place(e.organisation or ""), e.dates.text) for e in entries]


def _without_place(employer: str) -> str:
    places = "|".join(re.escape(place) for _, place, _, _ in JOBS)
    return re.sub(rf"\s*[,(]\s*(?:{places})\)?$", "", employer)


def rows(layout: str) -> list[str]:
    """The lines of a resume; a bullet begins with a dash."""
    found = ["Ada Holm", "", "EXPERIENCE", ""]
    for employer, place, title, dates in JOBS:
        found += [*layout.format(e=employer, t=title, p=place, d=dates).split("\n"), f"- {BULLET}", ""]
    return [*found, "SKILLS", "", "Welding, diesel engines"]


def in_text(layout: str) -> bytes:
    lines = [row.replace("**", "") for row in rows(layout)]
    set_right = [f"{left}{' ' * max(4, 80 - len(left) - len(right))}{right}" for line in lines
                 for left, tab, right in [line.partition("\t")] if tab]  # fmt: skip
    wide = iter(set_right)
    return "\n".join(next(wide) if "\t" in line else line for line in lines).encode()


def in_pdf(layout: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    height = 790.0
    for number, row in enumerate(rows(layout)):
        height -= 14 if row else 7
        size = 20 if number == 0 else 10
        for right, part in enumerate(row.split("\t")):
            pieces = [
                (text, at % 2 == 1 or row.isupper() or number == 0)
                for at, text in enumerate(part.split("**"))
            ]
            fonts = [(text, "Helvetica-Bold" if bold else "Helvetica") for text, bold in pieces if text]
            x = (
                545 - sum(stringWidth(text, font, size) for text, font in fonts)
                if right
                else 56.0
                if row.startswith("- ")
                else 50.0
            )
            for text, font in fonts:
                canvas.setFont(font, size)
                canvas.drawString(x, height, text.replace("- ", "• ", 1) if row.startswith("- ") else text)
                x += stringWidth(text, font, size)
    canvas.save()
    return out.getvalue()


def in_word(layout: str) -> bytes:
    word = docx.Document()
    for row in rows(layout):
        if row.isupper():
            word.add_heading(row, 1)
            continue
        paragraph = word.add_paragraph(style="List Bullet" if row.startswith("- ") else None)
        for at, text in enumerate(row.removeprefix("- ").split("**")):
            paragraph.add_run(text).bold = at % 2 == 1 or None
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


EXPECTED = [(title, employer, dates) for employer, _, title, dates in JOBS]


@pytest.mark.parametrize("layout", LINES)
def test_plain_text(layout: str) -> None:
    assert jobs("cv.txt", in_text(layout)) == EXPECTED


@pytest.mark.parametrize("layout", LINES)
def test_pdf(layout: str) -> None:
    assert jobs("cv.pdf", in_pdf(layout)) == EXPECTED


@pytest.mark.parametrize("layout", LINES)
def test_word(layout: str) -> None:
    assert jobs("cv.docx", in_word(layout)) == EXPECTED


@pytest.mark.parametrize("layout", MARKDOWN)
def test_markdown(layout: str) -> None:
    entries = [f"{layout.format(e=e, t=t, p=p, d=d)}\n\n- {BULLET}\n" for e, p, t, d in JOBS]
    text = "\n".join(["# Ada Holm", "", "## Experience", "", *entries])
    assert jobs("cv.md", text.encode()) == EXPECTED


def test_an_employers_dates_over_its_roles_are_no_job() -> None:
    text = (
        "Ada Holm\n\nEXPERIENCE\n\nTern Ferries, Bergen          2017 – Present\nDeck Engineer (2020 – Present)\n"
        f"- {BULLET}\nSailor (2017 – 2020)\n- {BULLET}\n"
    )
    assert jobs("cv.txt", text.encode()) == [
        ("Deck Engineer", "Tern Ferries", "2020 – Present"),
        ("Sailor", "Tern Ferries", "2017 – 2020"),
    ]


@pytest.mark.parametrize("place", ["Manchester", "Sheffield", "Bristol, two days a week in the office"])
def test_a_town_beside_the_dates_is_no_employer(place: str) -> None:
    """ "Manchester" ends like a title, and the firms' names and titles each have a word of the other kind."""
    heads = ("Systems Administrator, Tallow & Pike", "Engineer, Mossbank Logistics")
    entries = [f"### {head}\n*June 2019 – May 2020 · {place}*\n\n- {BULLET}\n" for head in heads]
    text = "\n".join(["# Ada Holm", "", "## Experience", "", *entries])
    assert jobs("cv.md", text.encode()) == [
        ("Systems Administrator", "Tallow & Pike", "June 2019 – May 2020"),
        ("Engineer", "Mossbank Logistics", "June 2019 – May 2020"),
    ]


def test_a_co_op_is_a_title() -> None:
    text = (
        f"Ada Holm\n\nEXPERIENCE\n\nHagedorn Pump Works\nEngineering Co-op\nMay 2014 – Aug 2014\n- {BULLET}\n"
    )
    assert jobs("cv.txt", text.encode()) == [
        ("Engineering Co-op", "Hagedorn Pump Works", "May 2014 – Aug 2014")
    ]
