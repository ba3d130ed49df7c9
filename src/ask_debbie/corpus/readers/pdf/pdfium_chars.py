"""A page's characters as PDFium gives them, in the process that it has for itself."""

from __future__ import annotations

import ctypes
import math
import re
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
_FAINT = 24  # of 255: text that is nearly transparent
_MOST_DOTS = 300


def to_device(page: pdfium.PdfPage, width: float, height: float) -> Any:
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


class Chars:
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
        painted = mode not in (3, 7) and not (filled and mode == 0 and alpha.value < _FAINT)
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


def drawn_dots(page: pdfium.PdfPage, chars: list[dict[str, Any]], move: Any) -> list[dict[str, Any]]:
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
