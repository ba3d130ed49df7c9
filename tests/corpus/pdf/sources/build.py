"""Make the PDFs again: LaTeX, Chromium and LibreOffice are needed, which no test needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent


def main() -> None:
    for source in sorted(HERE.glob("*.tex")):
        subprocess.run(["pdflatex", "-interaction=batchmode", f"-output-directory={OUT}", source], check=True)
        for leftover in (".aux", ".log", ".out"):
            (OUT / source.with_suffix(leftover).name).unlink(missing_ok=True)
    for source in sorted(HERE.glob("*.html")):
        to = OUT / source.with_suffix(".pdf").name
        options = ["--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={to}"]
        subprocess.run([sys.argv[1], *options, source.as_uri()], check=True, stderr=subprocess.DEVNULL)
    for source in sorted(HERE.glob("*.docx")):
        subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", OUT, source], check=True)


main()
