"""What of an HTML page is hidden: by attributes, inline styles, and the plain rules of its own style sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

_NESTED = re.compile(r"@[^{};@]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SIMPLE = re.compile(r"[a-z][\w-]*|[.#][\w-]+")
_HIDING = re.compile(
    r"display:none|visibility:hidden|opacity:0(?:\.0\d*)?(?![\d.])|text-indent:-\d{3,}|(?:left|top|right):-\d{4,}|clip:rect\(0",
)
_WHITE = re.compile(
    r"#f[0-9a-f]f[0-9a-f]f[0-9a-f](?:ff)?|#fff|white|rgba?\(25\d,25\d,25\d(?:,1)?\)|transparent|rgba\(.*,0\)"
)
_SIZE = re.compile(r"(?:^|;)font-size:([\d.]+)(px|pt|r?em|%)?")
_LEAST = {"px": 2.9, "pt": 2, "em": 0.15, "rem": 0.15, "%": 15, None: 2.9}


@dataclass(frozen=True, slots=True)
class Look:
    """How an element looks, with what it inherits."""

    gone: bool = False
    white: bool = False
    tiny: bool = False
    coloured: bool = False
    bold: bool = False

    @property
    def hidden(self) -> bool:
        return self.gone or self.tiny or (self.white and not self.coloured)


class Looks:
    """The looks of a page's elements."""

    def __init__(self, page: HtmlElement) -> None:
        self._rules: dict[str, str] = {}
        for sheet in page.iter("style"):
            css = _NESTED.sub(
                "", re.sub(r"/\*.*?(?:\*/|\Z)", "", sheet.text or "", flags=re.DOTALL)[:200_000]
            )
            for rule in css.split("}"):
                selectors, _, declarations = rule.partition("{")
                for selector in selectors.lower().split(","):
                    name = selector.strip()
                    if _SIMPLE.fullmatch(name):
                        self._rules[name] = f"{self._rules.get(name, '')};{declarations}"[-2_000:]

    def of(self, element: HtmlElement, above: Look) -> Look:
        """An element's look, in one that looks like ``above``."""
        style = self._style(element)
        look = above
        if element.get("hidden") is not None or _HIDING.search(style):
            look = replace(look, gone=True)
        if colour := re.findall(r"(?:^|;)color:([^;!]+)", style):
            look = replace(look, white=bool(_WHITE.fullmatch(colour[-1])))
        if size := _SIZE.findall(style):
            amount, unit = size[-1]
            look = replace(look, tiny=_number(amount) <= _LEAST[unit or None])
        if grounds := re.findall(r"(?:^|;)background(?:-color|-image)?:([^;!]+)", style):
            plain = all(_WHITE.fullmatch(ground) or ground in {"none", "inherit"} for ground in grounds)
            look = replace(look, coloured=look.coloured or not plain)
        if element.get("bgcolor"):
            look = replace(look, coloured=True)
        if element.tag in {"b", "strong", "th"} or re.search(r"font-weight:(?:bold|[6-9]00)", style):
            look = replace(look, bold=True)
        return look

    def _style(self, element: HtmlElement) -> str:
        names = [str(element.tag), *(f".{name}" for name in element.get("class", "").lower().split()[:20])]
        names.append(f"#{element.get('id', '').lower()}")
        colour = f"color:{element.get('color')};" if element.tag == "font" and element.get("color") else ""
        rules = [self._rules[name] for name in names if name in self._rules]
        return re.sub(r"\s+", "", ";".join([*rules, colour, element.get("style", "")])).lower()


def _number(amount: str) -> float:
    try:
        return float(amount)
    except ValueError:
        return 99
