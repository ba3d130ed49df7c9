"""One accent colour, made readable on both themes (WCAG 2.2 contrast)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

TEXT_CONTRAST = 4.5
FALLBACK_ACCENT = "#1f6f5c"
WHITE, BLACK = "#ffffff", "#000000"

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def accent_or_default(accent: str) -> str:
    """The accent if it is a colour as ``#rrggbb``, else a quiet green."""
    return accent if _HEX.fullmatch(accent) else FALLBACK_ACCENT


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(colour: str, into: str, share: float) -> str:
    """``share`` of one colour over another, from 0 (all ``into``) to 1."""
    pairs = zip(_channels(colour), _channels(into), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def readable(colour: str, backgrounds: Iterable[str], ratio: float = TEXT_CONTRAST) -> str:
    """The colour, moved towards black or white no further than it takes to be read on every background."""
    backgrounds = tuple(backgrounds)
    dark_ground = all(_luminance(ground) < 0.18 for ground in backgrounds)
    extreme = WHITE if dark_ground else BLACK
    for step in range(51):
        candidate = mix(extreme, colour, step / 50)
        if all(contrast(candidate, ground) >= ratio for ground in backgrounds):
            return candidate
    return extreme


class _Ground(NamedTuple):
    """What a theme has of its own: its surfaces, its text, and how much accent its tints take at most."""

    paper: str
    raised: str
    ink: str
    muted: str
    faint: float
    strong: float


_LIGHT = _Ground("#faf9f6", "#ffffff", "#1d2023", "#5c636a", 0.12, 0.26)
_DARK = _Ground("#141618", "#1c1f22", "#e9e7e2", "#a2a8ae", 0.2, 0.42)


def _tint(accent: str, raised: str, most: float, text: str) -> str:
    """As much of the accent over a surface as ``text`` can bear."""
    shares = (most * step / 20 for step in range(20, 0, -1))
    tints = (mix(accent, raised, share) for share in shares)
    return next((tint for tint in tints if contrast(text, tint) >= TEXT_CONTRAST), raised)


def _theme(accent: str, ground: _Ground) -> dict[str, str]:
    tint = _tint(accent, ground.raised, ground.faint, ground.muted)
    text = readable(accent, (ground.paper, ground.raised, tint))
    return {
        "paper": ground.paper,
        "raised": ground.raised,
        "ink": ground.ink,
        "muted": ground.muted,
        "accent": text,
        "on-accent": max((WHITE, BLACK), key=lambda colour: contrast(colour, text)),
        "tint": tint,
        "tint-strong": _tint(accent, ground.raised, ground.strong, ground.ink),
    }


def theme_css(accent: str) -> str:
    """Custom properties for the light theme (``:root``) and the dark one, derived from one accent."""
    accent = accent_or_default(accent)
    return _rule(":root", accent, _LIGHT) + _rule(':root[data-theme="dark"]', accent, _DARK)


def dark_theme_css(accent: str) -> str:
    """The dark theme's custom properties for ``:root``, for a page that follows the system alone."""
    return _rule(":root", accent_or_default(accent), _DARK)


def _rule(selector: str, accent: str, ground: _Ground) -> str:
    properties = "".join(f"--{name}:{value};" for name, value in _theme(accent, ground).items())
    return f"{selector}{{{properties}}}"
