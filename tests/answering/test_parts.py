"""A question that lists several things is answered for each of them."""

from __future__ import annotations

import pytest

from tests.answering.conftest import PROFILE, AssistantOf

RESUME = """\
# Noor Halvorsen

## Experience

### Fjordside Hospital

#### Charge Nurse

3/2019-present

- Line infections fell from 12 to 5 a year with a new dressing kit.
- Audited the pharmacy's cold store under ISO 9001 and closed 9 findings.
- Sick leave among the night staff went from 11% to 6%.
- Wrote the roster in Cerner for 42 people.

### Solvik Care Home

#### Nurse

5/2014-2/2019

- Falls with injury went down by 30% after hourly rounds.
- Wrote the evacuation plan of the care home.
- Kept its risk register as ISO 31000 asks.

## Skills

- Standards: ISO 9001, ISO 31000, HACCP
- Systems: Cerner, Epic, MetaVision
"""


@pytest.mark.parametrize(
    ("asked", "stated"),
    [
        ("Line infections and falls: how did both change?", ["12 to 5", "30%"]),
        ("What were her results for sick leave, falls and line infections?", ["11%", "30%", "12 to 5"]),
        ("Give me her headline results - sick leave as well as falls", ["11%", "30%"]),
        ("ISO 9001 & ISO 31000 - show me what she's done with each one", ["cold store", "risk register"]),
        ("What did she do at Fjordside and at Solvik?", ["roster", "evacuation plan"]),
    ],
)
def test_each_thing_that_is_listed_is_told(assistant_of: AssistantOf, asked: str, stated: list[str]) -> None:
    answer = assistant_of({"profile.toml": PROFILE, "resume.md": RESUME}).ask(asked)
    assert answer.status == "answered"
    assert all(part in answer.text for part in stated), answer.text
    assert answer.citations


@pytest.mark.parametrize(
    "asked",
    [
        "Her work on parachutes and on submarines?",
        "What were her results in sailing, chess and falconry?",
    ],
)
def test_things_that_the_documents_lack_stay_unanswered(assistant_of: AssistantOf, asked: str) -> None:
    assert assistant_of({"profile.toml": PROFILE, "resume.md": RESUME}).ask(asked).status == "abstained", (
        asked
    )
