"""The commands of LaTeX's resume templates: jake's, moderncv, AltaCV, Awesome-CV, resume.cls, and LaTeX's own."""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    """How an entry's arguments are written: rows of a head, by place, then what stands under it.

    Attributes:
        level: of the head's first row.
    """

    rows: tuple[tuple[int, ...], ...]
    under: tuple[int, ...] = ()
    level: int = 3


# By a command's name and the number of its arguments.
ENTRIES = {
    ("resumeSubheading", 4): Shape(((0, 1), (2, 3))),
    ("resumeSubSubheading", 2): Shape(((0, 1),), level=4),
    ("resumeProjectHeading", 2): Shape(((0, 1),)),
    ("resumeProject", 2): Shape(((0, 1),)),
    ("cventry", 6): Shape(((1, 0), (2, 3)), (4, 5)),
    ("cventry", 5): Shape(((1, 2), (0, 3)), (4,)),
    ("cvevent", 4): Shape(((0, 2), (1, 3))),
    ("cvevent", 5): Shape(((0, 2), (1, 3)), (4,)),
    ("cvproject", 4): Shape(((0, 2), (1, 3))),
    ("rSubsection", 4): Shape(((0, 1), (2, 3))),
}

# One line: what stands between a command's arguments.
LISTED = {
    "resumeItem": ": ",
    "resumeSubItem": ": ",
    "cvitem": ": ",
    "cvitemwithcomment": ": ",
    "cvlanguage": ": ",
    "cvline": ": ",
    "cvskill": ": ",
    "cvlistitem": "",
    "cvlistdoubleitem": ", ",
    "cvtag": "",
    "cvachievement": ": ",
    "cvhonor": ", ",
}
DOUBLE = {"cvdoubleitem", "cvcomputer"}  # label, text, label, text

SECTIONS = {
    "part": 2,
    "chapter": 2,
    "section": 2,
    "cvsection": 2,
    "rSection": 2,
    "subsection": 3,
    "cvsubsection": 3,
    "subsubsection": 4,
    "paragraph": 4,
}

CONTACTS = {
    "email": "Email",
    "phone": "Phone",
    "mobile": "Phone",
    "homepage": "Website",
    "website": "Website",
    "address": "Address",
    "mailaddress": "Address",
    "location": "Location",
    "linkedin": "LinkedIn",
    "github": "GitHub",
    "gitlab": "GitLab",
    "twitter": "Twitter",
    "orcid": "ORCID",
    "born": "Date of birth",
    "dateofbirth": "Date of birth",
}
HEADLINES = {"title", "tagline", "position"}

# Commands whose arguments aren't text, by pylatexenc's notation of them.
DROPPED = {
    "vspace": "*{",
    "hspace": "*{",
    "setlength": "{{",
    "addtolength": "{{",
    "color": "[{",
    "pagecolor": "{",
    "fontsize": "{{",
    "input": "{",
    "include": "{",
    "includegraphics": "*[{",
    "label": "{",
    "cite": "[[{",
    "pagestyle": "{",
    "thispagestyle": "{",
    "newcommand": "*{[[{",
    "renewcommand": "*{[[{",
    "providecommand": "*{[[{",
    "newenvironment": "*{[[{{",
    "definecolor": "{{{",
    "colorlet": "{{",
    "hypersetup": "{",
    "usepackage": "[{",
    "faIcon": "*[{",
    "faicon": "{",
    "photo": "[[{",
    "rule": "[{{",
    "phantom": "{",
    "hphantom": "{",
    "vphantom": "{",
    "setcounter": "{{",
    "addcontentsline": "{{{",
    "bibliography": "{",
    "bibliographystyle": "{",
    "nocite": "{",
    "needspace": "{",
    "columnratio": "{",
    "hyphenation": "{",
    "cvcolumnratio": "{",
    "linespread": "{",
    "cmidrule": "{",
    "cline": "{",
    "pgfsetlayers": "{",
    "extractcolorspecs": "{{{",
}

# Commands that show their last argument.
LAST_SHOWN = {
    "textcolor": "[{{",
    "colorbox": "[{{",
    "fcolorbox": "[{{{",
    "makebox": "[[{",
    "framebox": "[[{",
    "parbox": "[[[{{",
    "resizebox": "*{{{",
    "scalebox": "{[{",
    "raisebox": "{[[{",
    "multicolumn": "{{{",
    "multirow": "[{[{[{",
    "footnotesize": "",
    "hyperref": "[{",
    "texttt": "{",
    "underline": "{",
    "uline": "{",
    "emph": "{",
    "textbf": "{",
    "textit": "{",
    "textsc": "{",
    "textsf": "{",
    "textrm": "{",
    "textmd": "{",
    "textup": "{",
    "textnormal": "{",
    "mbox": "{",
    "hbox": "{",
    "fbox": "{",
    "centerline": "{",
    "uppercase": "{",
    "MakeUppercase": "{",
    "nolinkurl": "{",
    "url": "{",
}

BREAKS = {
    "\\",
    "newline",
    "linebreak",
    "par",
    "medskip",
    "bigskip",
    "smallskip",
    "tabularnewline",
    "hline",
    "break",
}
FILLS = {"hfill", "quad", "qquad", "dotfill", "hrulefill", "hfil"}
SKIPPED_ENVIRONMENTS = {"comment", "tikzpicture", "filecontents", "filecontents*", "thebibliography"}

# Arguments of environments, in front of what they hold.
ENVIRONMENTS = {
    "tabular": "[{",
    "tabular*": "{[{",
    "tabularx": "{[{",
    "tabulary": "{[{",
    "longtable": "[{",
    "array": "[{",
    "minipage": "[[[{",
    "multicols": "*{",
    "paracol": "{",
    "itemize": "[",
    "enumerate": "[",
    "description": "[",
    "adjustwidth": "{{",
    "rSection": "{",
    "rSubsection": "{{{{",
    "cvitems": "",
    "cventries": "",
    "cvskills": "",
    "cvhonors": "",
    "list": "{{",
    "tikzpicture": "[",
    "spacing": "{",
}
