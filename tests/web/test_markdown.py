"""Blocks keep the place of all that they show."""

from __future__ import annotations

import pytest

from ask_debbie.web.markdown import Block, markdown_blocks


def shown(text: str, block: Block) -> str:
    return "".join(text[run.start : run.end] for run in block.runs)


DEPTHS = [(0, "a"), (1, "b"), (2, "c"), (0, "d")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Title #\n\ntext", [("heading", 1, "Title"), ("paragraph", 0, "text")]),
        ("Title\n=====\nSub\n---", [("heading", 1, "Title"), ("heading", 2, "Sub")]),
        ("- one\n  goes on\n- two", [("item", 0, "one\ngoes on"), ("item", 0, "two")]),
        ("- a\n  - b\n    - c\n- d", [("item", level, letter) for level, letter in DEPTHS]),
        ("1. one\n2) two", [("item", 0, "one"), ("item", 0, "two")]),
        ("> quoted\n> on", [("quote", 0, "quoted\non")]),
        ("```py\n# not a heading\n\n```\nafter", [
            ("code", 0, "# not a heading"), ("code", 0, ""), ("paragraph", 0, "after"),
        ]),
        ("a\n\n***\n\nb", [("paragraph", 0, "a"), ("rule", 0, ""), ("paragraph", 0, "b")]),
        ("**bold** _soft_ `code` [label](https://e.org \"t\") ![alt](x.png)", [
            ("paragraph", 0, "bold soft code label alt"),
        ]),
        (r"\$30K a_b_c 2*3*4 9/2021-present 40+", [("paragraph", 0, "$30K a_b_c 2*3*4 9/2021-present 40+")]),
        ("**over\ntwo lines**", [("paragraph", 0, "over\ntwo lines")]),
        ("<https://e.org> <b>", [("paragraph", 0, "https://e.org <b>")]),
    ],
)  # fmt: skip
def test_syntax_is_hidden_and_all_else_is_kept(text: str, expected: list[tuple[str, int, str]]) -> None:
    blocks = markdown_blocks(text)
    assert [(block.kind, block.level, shown(text, block)) for block in blocks] == expected
