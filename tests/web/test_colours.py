"""Any accent is readable on both themes."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ask_debbie.web.colours import contrast, theme_css

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def themes(accent: str) -> dict[str, dict[str, str]]:
    light, dark = re.findall(r"\{(.*?)\}", theme_css(accent))
    return {
        name: dict(pair.split(":") for pair in rules.replace("--", "").strip(";").split(";"))
        for name, rules in (("light", light), ("dark", dark))
    }


@given(COLOURS)
def test_text_in_the_accent_can_be_read(accent: str) -> None:
    for theme in themes(accent).values():
        for ground in ("paper", "raised", "tint"):
            assert contrast(theme["accent"], theme[ground]) >= 4.5
            assert contrast(theme["muted"], theme[ground]) >= 4.5
        for ground in ("paper", "raised", "tint", "tint-strong"):
            assert contrast(theme["ink"], theme[ground]) >= 4.5
        assert contrast(theme["on-accent"], theme["accent"]) >= 4.5


def test_a_readable_accent_is_kept_and_nonsense_is_not() -> None:
    assert themes("#0f6f78")["light"]["accent"] == "#0f6f78"
    assert theme_css("red;}</style><script>") == theme_css("#1f6f5c")
