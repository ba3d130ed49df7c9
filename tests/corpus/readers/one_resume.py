"""One resume of a made-up person, as each format writes it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import docx
from docx.document import Document as WordFile
from docx.oxml import parse_xml

JSON_RESUME = {
    "basics": {
        "name": "Amara Okafor",
        "label": "Veterinary Surgeon",
        "email": "amara@okafor.example",
        "phone": "+44 117 555 0134",
        "url": "https://okafor.example",
        "summary": "Surgeon for **large** animals.",
        "location": {"address": "12 Harbour Road", "city": "Bristol", "countryCode": "GB"},
        "profiles": [{"network": "LinkedIn", "username": "amara", "url": "https://linkedin.com/in/amara"}],
    },
    "work": [
        {
            "name": "Avon Vale Vets",
            "position": "Head of Surgery",
            "startDate": "2019-03-01",
            "location": "Bristol",
            "highlights": ["Trained 9 surgeons.", "Runs the theatre."],
        },
        {
            "name": "Avon Vale Vets",
            "position": "Veterinary Surgeon",
            "startDate": "2014-06",
            "endDate": "2019-02",
        },
        {
            "name": "Somerset Farm Clinic",
            "position": "Veterinary Assistant",
            "startDate": "2012",
            "endDate": "2014",
            "highlights": ["Vaccinated 2,000 cattle."],
        },
    ],
    "education": [
        {
            "institution": "University of Bristol",
            "studyType": "Bachelor of Veterinary Science",
            "startDate": "2007-10",
            "endDate": "2012-07",
            "score": "First",
            "courses": ["Anatomy", "Pharmacology"],
        }
    ],
    "skills": [{"name": "Surgery", "level": "expert", "keywords": ["horses", "cattle", "sheep"]}],
    "languages": [
        {"language": "English", "fluency": "native"},
        {"language": "Igbo", "fluency": "B1"},
    ],
    "certificates": [{"name": "Equine Practice", "issuer": "Vet Council", "date": "2016-05-20"}],
}

FRESH = {
    "name": "Amara Okafor",
    "meta": {"format": "FRESH@0.6.0"},
    "info": {"label": "Veterinary Surgeon", "brief": "Surgeon for large animals."},
    "contact": {
        "email": "amara@okafor.example",
        "phone": "+44 117 555 0134",
        "website": "https://okafor.example",
    },
    "location": {"address": "12 Harbour Road", "city": "Bristol", "country": "GB"},
    "employment": {
        "history": [
            {
                "employer": "Avon Vale Vets",
                "position": "Head of Surgery",
                "start": "2019-03",
                "current": True,
                "highlights": ["Trained 9 surgeons."],
            },
            {
                "employer": "Avon Vale Vets",
                "position": "Veterinary Surgeon",
                "start": "2014-06",
                "end": "2019-02",
            },
            {
                "employer": "Somerset Farm Clinic",
                "position": "Veterinary Assistant",
                "start": "2012",
                "end": "2014",
                "highlights": ["Vaccinated 2,000 cattle."],
            },
        ]
    },
    "education": {
        "history": [
            {
                "institution": "University of Bristol",
                "title": "Bachelor of Veterinary Science",
                "start": "2007-10",
                "end": "2012-07",
                "grade": "First",
            }
        ]
    },
    "skills": {"sets": [{"name": "Surgery", "level": "expert", "skills": ["horses", "cattle", "sheep"]}]},
    "languages": [{"language": "English", "level": "native"}, {"language": "Igbo", "level": "B1"}],
    "recognition": [{"title": "Equine Practice", "from": "Vet Council", "date": "2016-05"}],
}

RENDERCV = """\
cv:
  name: Amara Okafor
  headline: Veterinary Surgeon
  location: Bristol, UK
  email: amara@okafor.example
  phone: tel:+44 117 555 0134
  website: https://okafor.example
  sections:
    summary:
      - Surgeon for **large** animals.
    experience:
      - company: Avon Vale Vets
        position: Head of Surgery
        start_date: 2019-03
        end_date: present
        location: Bristol
        highlights:
          - Trained 9 surgeons.
      - company: Avon Vale Vets
        position: Veterinary Surgeon
        start_date: 2014-06
        end_date: 2019-02
      - company: Somerset Farm Clinic
        position: Veterinary Assistant
        start_date: 2012
        end_date: 2014
        highlights:
          - Vaccinated 2,000 cattle.
    education:
      - institution: University of Bristol
        area: Veterinary Science
        degree: Bachelor
        start_date: 2007-10
        end_date: 2012-07
        grade: First
    skills:
      - label: Surgery
        details: horses, cattle, sheep
    languages:
      - label: English
        details: native
      - label: Igbo
        details: B1
    certificates:
      - name: Equine Practice
        summary: Vet Council
        date: 2016-05
design:
  theme: classic
"""

LINKEDIN = {
    "Profile.csv": "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Geo Location,Websites\n"
    'Amara,Okafor,Eze,"12 Harbour Road, Bristol",Jul 4,Veterinary Surgeon,Surgeon for large animals.,'
    '"Bristol, United Kingdom",[PERSONAL:https://okafor.example]\n',
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n"
    "Avon Vale Vets,Head of Surgery,• Trained 9 surgeons.,Bristol,Mar 2019,\n"
    "Avon Vale Vets,Veterinary Surgeon,,Bristol,Jun 2014,Feb 2019\n"
    'Somerset Farm Clinic,Veterinary Assistant,"• Vaccinated 2,000 cattle.",,2012,2014\n',
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\n"
    "University of Bristol,Oct 2007,Jul 2012,,Bachelor of Veterinary Science,Rowing\n",
    "Skills.csv": "Name\nHorses\nCattle\nSheep\n",
    "Languages.csv": "Name,Proficiency\nEnglish,native\nIgbo,B1\n",
    "Certifications.csv": "Name,Url,Authority,Started On,Finished On,License Number\n"
    "Equine Practice,,Vet Council,May 2016,,\n",
    "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On\n"
    "old@okafor.example,Yes,No,\namara@okafor.example,Yes,Yes,\n",
    "PhoneNumbers.csv": "Extension,Number,Type\n,+44 117 555 0134,Mobile\n",
    "messages.csv": "CONVERSATION ID,CONTENT\n1,a secret\n",
}

HTML = """\
<!doctype html><html><head><meta charset="utf-8"><title>Title of the page</title>
<style>.job{margin:1em} .note{display:none}</style></head><body>
<nav><a href="/">Home</a></nav>
<h1>Amara Okafor</h1><p>Veterinary Surgeon</p>
<p><a href="mailto:amara@okafor.example">amara@okafor.example</a> · +44 117 555 0134 ·
<a href="https://okafor.example">Website</a></p><p>12 Harbour Road, Bristol</p>
<h2>Work Experience</h2>
<div class="job"><h3>Head of Surgery, Avon Vale Vets</h3><p class="date">March 2019 – Present</p>
<ul><li>Trained 9 surgeons.</li><li>Runs the <b>theatre</b>.</li></ul></div>
<div class="job"><h3>Veterinary Surgeon, Avon Vale Vets</h3><p class="date">June 2014 – February 2019</p></div>
<div class="job"><h3>Veterinary Assistant, Somerset Farm Clinic</h3><p class="date">2012 – 2014</p>
<ul><li>Vaccinated 2,000 cattle.</li></ul></div>
<h2>Education</h2>
<table><tr><td>October 2007 – July 2012</td><td>University of Bristol</td>
<td>Bachelor of Veterinary Science</td></tr></table>
<h2>Skills</h2><p>Surgery: horses, cattle, sheep</p>
<h2>Languages</h2><ul><li>English: native</li><li>Igbo: B1</li></ul>
<h2>Certificates</h2><ul><li>Equine Practice, Vet Council, May 2016</li></ul>
<script>document.write("script")</script></body></html>
"""

MODERNCV = r"""
\documentclass[11pt]{moderncv}
\moderncvstyle{classic}
\name{Amara}{Okafor}
\title{Veterinary Surgeon}
\address{12 Harbour Road}{Bristol}{}
\phone[mobile]{+44~117~555~0134}
\email{amara@okafor.example}
\homepage{okafor.example}
\begin{document}
\makecvtitle
\section{Work Experience}
\cventry{March 2019--Present}{Head of Surgery}{Avon Vale Vets}{Bristol}{}{% a comment
\begin{itemize}\item Trained 9 surgeons.\item Cut costs by 10\,\%.\end{itemize}}
\cventry{June 2014--February 2019}{Veterinary Surgeon}{Avon Vale Vets}{Bristol}{}{}
\cventry{2012--2014}{Veterinary Assistant}{Somerset Farm Clinic}{}{}{\begin{itemize}\item Vaccinated 2,000 cattle.\end{itemize}}
\section{Education}
\cventry{October 2007--July 2012}{Bachelor of Veterinary Science}{University of Bristol}{}{}{}
\section{Skills}
\cvitem{Surgery}{horses, cattle, sheep}
\section{Languages}
\cvitemwithcomment{English}{native}{}
\cvitemwithcomment{Igbo}{B1}{}
\section{Certificates}
\cvlistitem{Equine Practice, Vet Council, May 2016}
\end{document}
"""

OWN_LATEX = r"""
\documentclass{article}
\usepackage{hyperref}
\newcommand{\job}[4]{\item \textbf{#1} \hfill #2 \\ \textit{#3} \hfill #4}
\newcommand{\points}{\begin{itemize}}
\newcommand{\pointsend}{\end{itemize}\vspace{-5pt}}
\begin{document}
\begin{center}
{\Huge Amara Okafor} \\
Veterinary Surgeon \\
+44 117 555 0134 $|$ \href{mailto:amara@okafor.example}{\underline{amara@okafor.example}} $|$
\href{https://okafor.example}{Website} $|$ 12 Harbour Road, Bristol
\end{center}
\section*{Work Experience}
\begin{itemize}
\job{Avon Vale Vets}{March 2019 -- Present}{Head of Surgery}{Bristol, UK}
\points \item Trained 9 surgeons. \pointsend
\job{Avon Vale Vets}{June 2014 -- February 2019}{Veterinary Surgeon}{Bristol, UK}
\job{Somerset Farm Clinic}{2012 -- 2014}{Veterinary Assistant}{Taunton, UK}
\points \item Vaccinated 2,000 cattle. \pointsend
\end{itemize}
\section*{Education}
\textbf{University of Bristol} \hfill October 2007 -- July 2012 \\
Bachelor of Veterinary Science
\section*{Skills}
\textbf{Surgery}{: horses, cattle, sheep}
\section*{Languages}
\begin{tabular}{ll} English & native \\ Igbo & B1 \end{tabular}
\section*{Certificates}
\begin{itemize}\item Equine Practice, Vet Council, May 2016\end{itemize}
\end{document}
"""

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def text_box(text: str) -> str:
    """A run with a text box, as Word writes it: once as a shape, once more for old programs."""
    inside = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    return (
        f'<w:r {_W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def saved(word: WordFile) -> bytes:
    to = io.BytesIO()
    word.save(to)
    return to.getvalue()


def styled_docx() -> bytes:
    """With heading styles, tabs, bullets, a table, a text box, header and footer."""
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Amara Okafor"
    word.sections[0].footer.paragraphs[0].text = "amara@okafor.example | +44 117 555 0134"
    top = word.add_paragraph("Veterinary Surgeon")
    top._p.append(parse_xml(text_box("12 Harbour Road, Bristol")))  # type: ignore[arg-type]
    word.add_heading("Work Experience", 1)
    _job(word, "Avon Vale Vets\tBristol, UK", "Head of Surgery\tMarch 2019 – Present", "Trained 9 surgeons.")
    _job(word, "", "Veterinary Surgeon\tJune 2014 – February 2019", "Operated on 400 horses.")
    _job(
        word,
        "Somerset Farm Clinic\tTaunton, UK",
        "Veterinary Assistant\t2012 – 2014",
        "Vaccinated 2,000 cattle.",
    )
    word.add_heading("Education", 1)
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "October 2007 – July 2012"
    table.cell(0, 1).text = "University of Bristol"
    table.cell(0, 1).add_paragraph("Bachelor of Veterinary Science")
    word.add_heading("Skills", 1)
    word.add_paragraph("Surgery: horses, cattle, sheep")
    word.add_heading("Languages", 1)
    table = word.add_table(rows=2, cols=2)
    for row, texts in enumerate((("English", "native"), ("Igbo", "B1"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    word.add_heading("Certificates", 1)
    word.add_paragraph("Equine Practice, Vet Council, May 2016", style="List Bullet")
    return saved(word)


def _job(word: WordFile, employer: str, role: str, point: str) -> None:
    if employer:
        name, _, place = employer.partition("\t")
        line = word.add_paragraph()
        line.add_run(name).bold = True
        line.add_run(f"\t{place}")
    word.add_paragraph(role)
    word.add_paragraph(point, style="List Bullet")


def plain_docx() -> bytes:
    """Without any style: every line a paragraph of its own, bullets typed."""
    word = docx.Document()
    for line in (
        "Amara Okafor|Veterinary Surgeon|amara@okafor.example / +44 117 555 0134|12 Harbour Road, Bristol|"
        "WORK EXPERIENCE|Head of Surgery at Avon Vale Vets|March 2019 – Present|- Trained 9 surgeons.|"
        "Veterinary Surgeon at Avon Vale Vets|June 2014 – February 2019|- Operated on 400 horses.|"
        "Veterinary Assistant at Somerset Farm Clinic|2012 – 2014|- Vaccinated 2,000 cattle.|"
        "EDUCATION|Bachelor of Veterinary Science|University of Bristol, October 2007 – July 2012|"
        "SKILLS|Surgery: horses, cattle, sheep|LANGUAGES|English: native|Igbo: B1|"
        "CERTIFICATES|Equine Practice, Vet Council, May 2016"
    ).split("|"):
        word.add_paragraph(line.replace(" / ", " | "))
    return saved(word)


def zipped(files: dict[str, str]) -> bytes:
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return to.getvalue()


RESUMES: dict[str, Callable[[], bytes]] = {
    "resume.json": lambda: json.dumps(JSON_RESUME).encode(),
    "fresh.json": lambda: json.dumps(FRESH).encode(),
    "rendercv.yaml": RENDERCV.encode,
    "linkedin.zip": lambda: zipped(LINKEDIN),
    "page.html": HTML.encode,
    "moderncv.tex": MODERNCV.encode,
    "own.tex": OWN_LATEX.encode,
    "styled.docx": styled_docx,
    "plain.docx": plain_docx,
}
