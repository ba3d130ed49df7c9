"""The report's plots, as SVG that takes its colours from the page it stands in."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from ask_debbie.evaluation.intervals import wilson
from ask_debbie.evaluation.results import Outcome, Run

RUN_COLOURS = 5
"""How many runs have a colour of their own: ``--run-0`` to ``--run-4`` of the page."""

_INK, _QUIET = "#010203", "#040506"
_MARKS = [f"#0a0b{number:02x}" for number in range(RUN_COLOURS)]
_WIDTH = 4.4  # inches; a phone shows it at about its own size
_DASHES = ("-", "--", ":", "-.")
_MOST_K = 20


def by_run(runs: Sequence[Run]) -> dict[str, list[Outcome]]:
    """The outcomes of each run name, all question sets together."""
    found: dict[str, list[Outcome]] = {}
    for run in runs:
        found.setdefault(run.name, []).extend(run.outcomes)
    return found


def correct_plot(runs: Sequence[Run]) -> str:
    """Share right in each category, with its 95 % interval, each run beside the others."""
    outcomes = by_run(runs)
    categories = list(dict.fromkeys(o.category for found in outcomes.values() for o in found))
    rows = ["all", *categories]
    figure, axes = _figure(0.5 + len(rows) * (0.16 + 0.14 * len(outcomes)))
    for number, found in enumerate(outcomes.values()):
        shift = (number - (len(outcomes) - 1) / 2) * 0.7 / max(len(outcomes), 1)
        for row, category in enumerate(rows):
            rights = [o.right for o in found if category in {"all", o.category}]
            if not rights:
                continue
            share = sum(rights) / len(rights)
            low, high = wilson(sum(rights), len(rights))
            colour = _colour(number)
            axes.plot([100 * low, 100 * high], [row + shift] * 2, color=colour, linewidth=2.2, alpha=0.45)
            axes.plot(100 * share, row + shift, "o", color=colour, markersize=4.5)
    axes.set_yticks(range(len(rows)), rows)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 101)
    axes.set_xlabel("right, % (line: 95 % interval)")
    return _svg(figure, axes)


def time_plot(runs: Sequence[Run]) -> str:
    """Share of the answers that were whole within a time."""
    figure, axes = _figure(2.6)
    drawn = False
    for number, found in enumerate(by_run(runs).values()):
        taken = sorted(o.answer["timings"]["total_ms"] / 1000 for o in found if o.answer.get("timings"))
        if taken:
            shares = 100 * np.arange(1, len(taken) + 1) / len(taken)
            axes.step(np.maximum(taken, 0.001), shares, where="post", linewidth=1.8, **_look(number))
            drawn = True
    if drawn:
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.xaxis.set_minor_formatter(lambda *_: "")
    axes.set_ylim(0, 103)
    axes.set_xlabel("seconds to the whole answer")
    axes.set_ylabel("answers, %")
    return _svg(figure, axes)


def recall_plot(runs: Sequence[Run]) -> str:
    """Share of the evidence entries that one of the first k found passages holds."""
    figure, axes = _figure(2.6)
    ks = range(1, _MOST_K + 1)
    for number, found in enumerate(by_run(runs).values()):
        ranks = [rank for o in found for rank in o.ranks]
        if ranks:
            shares = [100 * sum(rank is not None and rank <= k for rank in ranks) / len(ranks) for k in ks]
            axes.plot(ks, shares, marker="o", linewidth=1.6, markersize=3, **_look(number))
    axes.set_ylim(0, 103)
    axes.set_xlim(0.5, _MOST_K + 0.5)
    axes.set_xticks([1, 5, 10, 15, 20])
    axes.set_xlabel("k passages found")
    axes.set_ylabel("evidence among them, %")
    return _svg(figure, axes)


def _colour(number: int) -> str:
    return _MARKS[number % RUN_COLOURS]


def _look(number: int) -> dict[str, str]:
    """Colour and dashes: lines that lie upon one another stay visible."""
    return {"color": _colour(number), "linestyle": _DASHES[number % len(_DASHES)]}


def _figure(height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    axes = figure.subplots()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(_QUIET)
    axes.tick_params(colors=_INK, which="both", labelsize=9, length=3)
    axes.grid(True, color=_QUIET, linewidth=0.5, alpha=0.35)
    axes.set_axisbelow(True)
    axes.xaxis.label.set_color(_INK)
    axes.yaxis.label.set_color(_INK)
    return figure, axes


def _svg(figure: Any, axes: Any) -> str:
    """The figure as an element to stand inside HTML: text as text, colours as the page's variables."""
    from matplotlib import rc_context

    for text in figure.findobj(match=lambda artist: hasattr(artist, "set_parse_math")):
        text.set_parse_math(False)  # a "$" in a name is a dollar
    seed = hashlib.sha256(str(axes.get_xlabel()).encode()).hexdigest()[:8]
    out = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": seed, "font.family": "DejaVu Sans"}):
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None})
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    # ids of several plots on one page, and the fonts of the page
    svg = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{seed}-", svg)
    svg = re.sub(r"(font: [\d.]+px) [^;\"]*", r"\1 var(--sans)", svg)
    for colour, name in ((_INK, "currentColor"), (_QUIET, "var(--line-strong)")):
        svg = svg.replace(colour, name)
    for number, colour in enumerate(_MARKS):
        svg = svg.replace(colour, f"var(--run-{number})")
    return svg
