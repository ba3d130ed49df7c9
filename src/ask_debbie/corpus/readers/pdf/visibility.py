"""What a person who looks at a page sees of its words."""

from __future__ import annotations

from typing import Any

import numpy as np

_SEEN = 24  # of 255: a smaller difference from the ground nobody sees
_TINY = 3.5  # points


def mark_unseen(chars: list[dict[str, Any]], pixels: Any, scale: float) -> None:
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
    inside = np.median(
        region.reshape(-1, 3), axis=0
    )  # a dark label around white letters, and white around that
    if fill is not None and max(np.abs(np.array(fill) - g).max() for g in (ground, inside)) < _SEEN:
        return False
    return float(np.abs(region - ground).max()) >= _SEEN
