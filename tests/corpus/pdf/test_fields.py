"""The fields of whole resumes, as a person reads them on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.pdf.expected import compare, table

HERE = Path(__file__).parent
BAR = 0.95


@pytest.mark.parametrize("expectation", sorted(HERE.glob("*.yaml")), ids=lambda path: path.stem)
def test_nearly_all_fields_are_right(expectation: Path) -> None:
    fields = compare(expectation.with_suffix(".pdf"), expectation)
    right = sum(field.right for field in fields) / len(fields)
    assert right >= BAR, f"{right:.0%} of the fields are right\n{table(fields)}"
