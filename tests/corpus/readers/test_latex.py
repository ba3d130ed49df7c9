"""LaTeX templates, a file's own commands, and the small print of the language."""

from __future__ import annotations

import pytest

from ask_debbie.corpus.passages import split
from ask_debbie.corpus.readers import read_document
from ask_debbie.corpus.timeline import read_timeline

ALTACV = r"""
\documentclass{altacv}
\begin{document}
\name{Mina Haddad}
\tagline{Marine Biologist}
\personalinfo{\email{mina@haddad.example} \phone{+961 1 555 017} \location{Beirut, Lebanon}}
\makecvheader
\cvsection{Experience}
\cvevent{Head of Research}{Cedar Institute}{June 2018 -- Present}{Beirut, Lebanon}
\begin{itemize}\item Surveyed 42 reefs\end{itemize}
\divider
\cvevent{Research Diver}{Blue Coast}{2014 -- 2018}{Tyre, Lebanon}
\cvsection{Languages}
\cvskill{Arabic}{5}
\end{document}
"""
AWESOME = r"""
\documentclass{awesome-cv}
\name{Mina}{Haddad}
\position{Marine Biologist}
\mobile{+961 1 555 017}
\email{mina@haddad.example}
\begin{document}
\makecvheader
\cvsection{Experience}
\begin{cventries}
\cventry{Head of Research}{Cedar Institute}{Beirut}{June 2018 -- Present}{\begin{cvitems}\item {Surveyed 42 reefs}\end{cvitems}}
\cventry{Research Diver}{Blue Coast}{Tyre}{2014 -- 2018}{}
\end{cventries}
\end{document}
"""
RESUME_CLS = r"""
\documentclass{resume}
\name{Mina Haddad}
\address{+961 1 555 017 \\ mina@haddad.example}
\begin{document}
\begin{rSection}{Experience}
\begin{rSubsection}{Cedar Institute}{June 2018 -- Present}{Head of Research}{Beirut}
\item Surveyed 42 reefs
\end{rSubsection}
\begin{rSubsection}{Blue Coast}{2014 -- 2018}{Research Diver}{Tyre}
\item Logged dives
\end{rSubsection}
\end{rSection}
\end{document}
"""
JAKE = r"""
\documentclass{article}
\newcommand{\resumeItem}[1]{\item\small{{#1 \vspace{-2pt}}}}
\newcommand{\resumeSubheading}[4]{\item\begin{tabular*}{\textwidth}[t]{l@{}r}\textbf{#1} & #2 \\ #3 & #4\end{tabular*}}
\newcommand{\resumeSubHeadingListStart}{\begin{itemize}[leftmargin=0.15in, label={}]}
\newcommand{\resumeSubHeadingListEnd}{\end{itemize}}
\begin{document}
\begin{center}\textbf{\Huge \scshape Mina Haddad} \\ \vspace{1pt}
\small +961 1 555 017 $|$ \href{mailto:x}{\underline{mina@haddad.example}}\end{center}
\section{Experience}
\resumeSubHeadingListStart
\resumeSubheading{Head of Research}{June 2018 -- Present}{Cedar Institute}{Beirut, LB}
\resumeItem{Surveyed 42 reefs}
\resumeSubheading{Research Diver}{2014 -- 2018}{Blue Coast}{Tyre, LB}
\resumeSubHeadingListEnd
\end{document}
"""


@pytest.mark.parametrize("source", [ALTACV, AWESOME, RESUME_CLS, JAKE])
def test_templates(source: str) -> None:
    document = read_document("cv.tex", source.encode())
    passages = split(document, "Mina Haddad")
    assert [(e.title, e.organisation, e.dates.text) for e in read_timeline(passages).of_kind("work")] == [
        ("Head of Research", "Cedar Institute", "June 2018 – Present"),
        ("Research Diver", "Blue Coast", "2014 – 2018"),
    ]
    assert document.text.startswith("Mina Haddad\n")
    assert {"Email: mina@haddad.example", "Phone: +961 1 555 017"} <= set(document.text.splitlines())
    assert any(p.text == "Surveyed 42 reefs" and "Cedar Institute" in p.breadcrumb for p in passages)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"Gda\'nsk, \"Ubung, \c{c}a, \o", "Gdańsk, Übung, ça, ø"),
        (r"R\&D at 30\,\% --- 5\$ \#1", "R&D at 30 % — 5$ #1"),
        (r"a~b ``quoted''", "a b “quoted”"),
        (r"\textbf{bold} and \emph{so} on", "bold and so on"),
        (r"\unknown{kept} \vspace{-4pt}\hspace*{1em}text", "kept text"),
        (r"\href{https://a.example}{the site}", "the site"),
        (r"\fontsize{9}{11}\selectfont small", "small"),
        (r"\newcommand{\lab}[2][Bio]{#1 lab, #2}At \lab{Porto}", "At Bio lab, Porto"),
    ],
)
def test_what_is_printed(source: str, text: str) -> None:
    assert (
        read_document("cv.tex", f"\\begin{{document}}\n{source}\n\\end{{document}}".encode()).text
        == f"{text}\n"
    )
