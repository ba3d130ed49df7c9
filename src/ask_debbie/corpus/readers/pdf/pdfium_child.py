"""A process of its own in which PDFium opens a file: one that hangs, crashes or swells takes nothing else along.

On standard input comes a line of JSON (the task) and then the file; on standard output goes JSON (``read``), or PNG or
WebP (``page``).
"""

from __future__ import annotations

import ctypes
import io
import json
import re
import sys
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ask_debbie.corpus.readers.pdf.pdfium_chars import Chars, drawn_dots, to_device
from ask_debbie.corpus.readers.pdf.visibility import mark_unseen

_SCALE = 1.5  # pixels a point in which visibility is looked at
_MOST_PIXELS = 2000  # of a page's longer side
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def main() -> int:
    task = json.loads(sys.stdin.buffer.readline())
    _limit(task["memory"], task["seconds"])
    data = sys.stdin.buffer.read()
    try:
        document = pdfium.PdfDocument(data)
        pages = len(document)
    except pdfium.PdfiumError as error:
        return _say({"error": "password" if getattr(error, "err_code", None) == _PASSWORD else "broken"})
    if pages > task["pages"]:
        return _say({"error": "pages", "count": pages})
    if task["do"] == "page":
        sys.stdout.buffer.write(_picture(document[task["page"]], task["width"], task["covers"]))
        return 0
    outside = re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL)
    scripts = (
        bool(re.search(rb"/(JavaScript|JS)\b", outside)) or raw.FPDFDoc_GetJavaScriptActionCount(document) > 0
    )
    found: list[dict[str, Any]] = []
    left = task["characters"]
    for number in range(pages):
        page = _page(document[number], left)
        if page is None:
            return _say({"error": "characters"})
        left -= len(page["chars"])
        found.append(page)
    return _say({"pages": found, "scripts": scripts})


def _limit(size: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def _say(result: dict[str, Any]) -> int:
    sys.stdout.write(json.dumps(result))
    return 0


def _bitmap(page: pdfium.PdfPage, scale: float) -> Any:
    width, height = page.get_size()
    fitting = min(scale, _MOST_PIXELS / max(width, height, 1.0))
    return page.render(scale=fitting, draw_annots=False, may_draw_forms=False, rev_byteorder=True)


def _picture(page: pdfium.PdfPage, width: int, covers: list[list[float]]) -> bytes:
    from PIL import ImageDraw

    image = _bitmap(page, width / max(page.get_size()[0], 1.0)).to_pil().convert("RGB")
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in covers:
        corners = (left * image.width, top * image.height, right * image.width, bottom * image.height)
        draw.rectangle(corners, fill=(120, 120, 120))
    out = io.BytesIO()
    image.quantize(96).save(out, "PNG", optimize=True) if _is_plain(image) else image.save(
        out, "WEBP", quality=82
    )
    return out.getvalue()


def _is_plain(image: Any) -> bool:
    return image.getcolors(4096) is not None


def _page(page: pdfium.PdfPage, most: int) -> dict[str, Any] | None:
    """The page's characters with their looks; None where it has more than ``most``."""
    width, height = page.get_size()
    text = page.get_textpage()
    count = text.count_chars()
    if count > most:
        return None
    result: dict[str, Any] = {"width": width, "height": height, "chars": [], "links": _links(page)}
    if not (width > 0 and height > 0):
        return result
    move = to_device(page, width, height)
    reader = Chars(text, move)
    chars = [char for index in range(count) if (char := reader.read(index))]
    chars += drawn_dots(page, chars, move)
    pixels = _bitmap(page, _SCALE).to_numpy()[:, :, :3].astype(np.int16) if chars else None
    if pixels is not None:
        mark_unseen(chars, pixels, pixels.shape[1] / width)
    result["chars"] = [
        (
            c["text"],
            *(round(v, 2) for v in c["box"]),
            round(c["base"], 2),
            round(c["size"], 2),
            c["style"],
            c["seen"],
            c["colour"],
        )
        for c in chars
    ]
    return result


def _links(page: pdfium.PdfPage) -> list[tuple[str, float, float, float, float]]:
    """The addresses that the page links to, each with its box."""
    found: list[tuple[str, float, float, float, float]] = []
    move = to_device(page, *page.get_size())
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while len(found) < 200 and raw.FPDFLink_Enumerate(page, position, link):
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        buffer = ctypes.create_string_buffer(600)
        raw.FPDFAction_GetURIPath(page.pdf, action, buffer, 600)
        box = raw.FS_RECTF()
        if raw.FPDFLink_GetAnnotRect(link, box):
            (ax, ay), (bx, by) = move(box.left, box.top), move(box.right, box.bottom)
            address = buffer.value.decode("utf-8", "replace")
            found.append((address, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    return found


if __name__ == "__main__":
    sys.exit(main())
