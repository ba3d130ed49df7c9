"""A process of its own in which PDFium opens a file: one that hangs, crashes or swells takes nothing else along.

Run by path, so that it starts fast: it imports nothing of this package. On standard input comes a line of JSON (the
task) and then the file; on standard output goes JSON (``read``) or a PNG (``page``).
"""

from __future__ import annotations

import ctypes
import io
import json
import math
import re
import sys
import unicodedata
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

_BOLD = re.compile(r"bold|black|heavy|demi|medi$|(cm|sf|ec)(ss)?bx|cmb\d|-bd|-sb", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obliq|slant|(cm|sf|ec)(ti|sl|ssi|bxti)|-it$|-sl$|-ri$", re.IGNORECASE)
_SYMBOLS = re.compile(
    r"awesome|dingbat|wingding|webding|^(.{6}\\+)?symbol|marvosym|academicon|icon|fontello|glyphs", re.I
)
_FLAG_ITALIC, _FLAG_BOLD = 1 << 6, 1 << 18
_SCALE = 1.5  # pixels a point in which visibility is looked at
_MOST_PIXELS = 2000  # of a page's longer side
_SEEN = 24  # of 255: a smaller difference from the ground nobody sees
_TINY = 3.5  # points
_MOST_DOTS = 300
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def main() -> int:
    task = json.loads(sys.stdin.buffer.readline())
    _limit_memory(task["memory"])
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
    scripts = raw.FPDFDoc_GetJavaScriptActionCount(document) > 0 or bool(
        re.search(rb"/(JavaScript|JS)\b", data)
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


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


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
    move = _to_device(page, width, height)
    reader = _Chars(text, move)
    chars = [char for index in range(count) if (char := reader.read(index))]
    chars += _dots(page, chars, move)
    pixels = _bitmap(page, _SCALE).to_numpy()[:, :, :3].astype(np.int16) if chars else None
    if pixels is not None:
        _look(chars, pixels, pixels.shape[1] / width)
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


def _to_device(page: pdfium.PdfPage, width: float, height: float) -> Any:
    """A function from the page's own coordinates to points from its top left corner as it is shown."""
    scale = 100
    x, y = ctypes.c_int(), ctypes.c_int()

    def at(px: float, py: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(page, 0, 0, round(width * scale), round(height * scale), 0, px, py, x, y)
        return x.value / scale, y.value / scale

    (ox, oy), (ax, ay), (bx, by) = at(0, 0), at(1000, 0), at(0, 1000)

    def move(px: float, py: float) -> tuple[float, float]:
        return (
            ox + px * (ax - ox) / 1000 + py * (bx - ox) / 1000,
            oy + px * (ay - oy) / 1000 + py * (by - oy) / 1000,
        )

    return move


class _Chars:
    """A page's characters. What all characters of one text object share is asked for once."""

    def __init__(self, text: pdfium.PdfTextPage, move: Any) -> None:
        self.text = text
        self.move = move
        self.looks: dict[int, dict[str, Any]] = {}
        self.box, self.x, self.y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()

    def read(self, index: int) -> dict[str, Any] | None:
        character = _character(raw.FPDFText_GetUnicode(self.text, index))
        if not character:
            return None
        if character.isspace():
            return _SPACE
        raw.FPDFText_GetLooseCharBox(self.text, index, self.box)
        raw.FPDFText_GetCharOrigin(self.text, index, self.x, self.y)
        ax, ay = self.move(self.box.left, self.box.top)
        bx, by = self.move(self.box.right, self.box.bottom)
        base = self.move(self.x.value, self.y.value)[1]
        if not math.isfinite(ax + ay + bx + by + base):
            return None
        box = (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        item = raw.FPDFText_GetTextObject(self.text, index)
        key = ctypes.cast(item, ctypes.c_void_p).value or -1 - index
        if key not in self.looks:
            self.looks[key] = self._look(index, item)
        return {"text": character, "box": box, "base": base, **self.looks[key]}

    def _look(self, index: int, item: Any) -> dict[str, Any]:
        """Size, style (bits: 1 bold, 2 italic, 4 sideways, 8 of a font of symbols), colour, and whether it is drawn."""
        buffer, flags = ctypes.create_string_buffer(96), ctypes.c_int()
        length = raw.FPDFText_GetFontInfo(self.text, index, buffer, 96, flags)
        name = buffer.value.decode("utf-8", "replace") if 0 < length <= 96 else ""
        heavy = raw.FPDFText_GetFontWeight(self.text, index) >= 600 or bool(flags.value & _FLAG_BOLD)
        italic = bool(_ITALIC.search(name)) or bool(flags.value & _FLAG_ITALIC)
        mode = raw.FPDFTextObj_GetTextRenderMode(item) if item else 0
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.text, index, matrix)
        (ox, oy), (dx, dy) = self.move(0, 0), self.move(matrix.a, matrix.b)
        sideways = abs(dy - oy) > 0.2 * abs(dx - ox) or dx < ox
        size = raw.FPDFText_GetFontSize(self.text, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        filled = raw.FPDFText_GetFillColor(self.text, index, red, green, blue, alpha)
        painted = mode not in (3, 7) and not (filled and mode == 0 and alpha.value < _SEEN)
        bold = heavy or mode == 2 or bool(_BOLD.search(name))
        return {
            "size": size if math.isfinite(size) else 1.0,
            "style": bold * 1 + italic * 2 + sideways * 4 + bool(_SYMBOLS.search(name)) * 8,
            "seen": int(painted),
            "fill": (red.value, green.value, blue.value) if filled and mode in (0, 2) else None,
            "colour": red.value << 16 | green.value << 8 | blue.value if filled else 0,
        }


_SPACE: dict[str, Any] = {
    "text": " ",
    "box": (0, 0, 0, 0),
    "base": 0,
    "size": 1,
    "style": 0,
    "seen": 1,
    "fill": None,
    "colour": 0,
}


def _character(code: int) -> str:
    """The letter of a code; empty for what is no part of the text, U+FFFD for what has no meaning."""
    if code == 2:
        return "-"  # PDFium's mark for a hyphen at a line's end
    if code in (0x0D, 0x0A) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return ""
    character = chr(code) if code else "\ufffd"
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cn"):
        return "" if category == "Cf" else "\ufffd"
    return unicodedata.normalize("NFKC", character) if "\ufb00" <= character <= "\ufb06" else character


def _dots(page: pdfium.PdfPage, chars: list[dict[str, Any]], move: Any) -> list[dict[str, Any]]:
    """Bullets that are drawn, not written: small shapes right before a line's first letter."""
    found: list[dict[str, Any]] = []
    if not chars:
        return found
    boxes = np.array([char["box"] for char in chars])
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=1):
        (ax, ay), (bx, by) = move(*item.get_bounds()[:2]), move(*item.get_bounds()[2:])
        width, height = abs(ax - bx), abs(ay - by)
        if len(found) >= _MOST_DOTS or not (
            1 <= width <= 7 and 1 <= height <= 7 and 0.6 < width / height < 1.7
        ):
            continue
        x, y = (ax + bx) / 2, (ay + by) / 2
        beside = (boxes[:, 0] > x) & (boxes[:, 0] < x + 40) & (boxes[:, 1] < y) & (y < boxes[:, 3])
        if (
            not beside.any()
            or ((boxes[:, 2] > x - 12) & (boxes[:, 0] < x) & (boxes[:, 1] < y) & (y < boxes[:, 3])).any()
        ):
            continue
        text = chars[int(np.flatnonzero(beside)[boxes[beside, 0].argmin()])]
        left = min(ax, bx)
        found.append({**text, "text": "•", "box": (left, text["box"][1], left + width, text["box"][3])})
    return found


def _look(chars: list[dict[str, Any]], pixels: Any, scale: float) -> None:
    """Mark what a person who looks at the page doesn't see: word by word, against the ground around it."""
    word: list[dict[str, Any]] = []
    for char in [*chars, None]:
        if word and (char is None or char["text"].isspace() or not _goes_on(word[-1], char)):
            if not _is_seen(word, pixels, scale):
                for part in word:
                    part["seen"] = 0
            word = []
        if char is not None and not char["text"].isspace():
            word.append(char)


def _goes_on(before: dict[str, Any], after: dict[str, Any]) -> bool:
    gap = after["box"][0] - before["box"][2]
    return bool(
        after["fill"] == before["fill"]
        and abs(after["base"] - before["base"]) < 0.5 * before["size"]
        and abs(gap) < max(before["size"], 1.0)
    )


def _is_seen(word: list[dict[str, Any]], pixels: Any, scale: float) -> bool:
    if any(not char["seen"] for char in word) or all(char["size"] < _TINY for char in word):
        return False
    rows, columns = pixels.shape[:2]
    left = int(min(c["box"][0] for c in word) * scale) - 2
    right = int(max(c["box"][2] for c in word) * scale) + 3
    top = int(min(c["box"][1] for c in word) * scale) - 1
    bottom = int(max(c["box"][3] for c in word) * scale) + 2
    if right <= 0 or bottom <= 0 or left >= columns or top >= rows:
        return False
    region = pixels[max(top, 0) : bottom, max(left, 0) : right]
    edge = np.concatenate([region[0], region[-1], region[:, 0], region[:, -1]])
    ground = np.median(edge, axis=0)
    fill = word[0]["fill"]
    if fill is not None and np.abs(np.array(fill) - ground).max() < _SEEN:
        return False
    return float(np.abs(region - ground).max()) >= _SEEN


def _links(page: pdfium.PdfPage) -> list[tuple[str, float, float, float, float]]:
    """The addresses that the page links to, each with its box."""
    found: list[tuple[str, float, float, float, float]] = []
    move = _to_device(page, *page.get_size())
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
