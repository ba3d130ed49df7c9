"""The outcomes as JUnit XML, which CI systems show: a suite for each run, a case for each question."""

from __future__ import annotations

from pathlib import Path

from ask_debbie.evaluation.results import Outcome, Results


def write_junit(results: Results, path: Path) -> None:
    """Write all runs to a file.

    Raises:
        OSError: where it can't be written.
    """
    from junitparser import Failure, JUnitXml, TestCase, TestSuite

    xml = JUnitXml("ask-debbie eval")
    for run in results.runs:
        suite = TestSuite(f"{run.name} · {run.questions}")
        for outcome in run.outcomes:
            seconds = round(outcome.answer["timings"]["total_ms"] / 1000, 3)
            case = TestCase(outcome.id, f"{run.name}.{run.questions}.{outcome.category}", seconds)
            if not outcome.right:
                failure = Failure(_clean(" ".join(outcome.failures)))
                failure.text = _clean(explained(outcome))
                case.result = [failure]
            suite.add_testcase(case)
        xml.add_testsuite(suite)
    xml.update_statistics()  # type: ignore[no-untyped-call]
    path.parent.mkdir(parents=True, exist_ok=True)
    xml.write(str(path), pretty=True)


def explained(outcome: Outcome) -> str:
    """A question, what was expected and what came, a line each."""
    expected = [f"status {' or '.join(outcome.expected)}"]
    expected += [f"says {' or '.join(entry)}" for entry in outcome.contains]
    expected += [f"doesn't say {wording}" for wording in outcome.excludes]
    expected += [f"cites “{'” or “'.join(entry)}”" for entry in outcome.evidence]
    return "\n".join(
        [
            *(f"Question: {turn}" for turn in outcome.turns),
            f"Expected: {'; '.join(expected)}",
            f"Answer ({outcome.answer['status']}): {outcome.answer['answer']}",
        ]
    )


def _clean(text: str) -> str:
    """Without what XML can't hold."""
    return "".join(c for c in text if c in "\n\t" or (c.isprintable() and not "\ud800" <= c <= "\udfff"))
