"""Whether an answer is about a thing, rather than a quote that is merely near."""

from __future__ import annotations

import re

from ask_debbie.answering.answer import Answer


def is_answered(answer: Answer, shows: str = "") -> bool:
    """Whether there is a proved answer, from a passage that names the thing or stands under its name.

    Args:
        shows: a pattern of words that a cited passage, its breadcrumb or its file has to hold, in any case.
    """
    pattern = re.compile(shows, re.IGNORECASE)
    return answer.status == "answered" and any(
        pattern.search(" ".join((cited.document, *cited.breadcrumb, cited.quote)))
        for cited in answer.citations
    )
