"""All that can be found without asking anybody, in one pass."""

from __future__ import annotations

import datetime as dt

from ask_debbie.checking.agreement import (
    find_dates_that_disagree,
    find_numbers_that_disagree,
    find_years_that_disagree,
)
from ask_debbie.checking.dates import find_dates_that_cannot_be, find_no_jobs, find_roles_without_dates
from ask_debbie.checking.files import find_files
from ask_debbie.checking.finding import Finding, in_order
from ask_debbie.checking.garbled import find_garbled
from ask_debbie.checking.hidden import find_hidden
from ask_debbie.checking.overlaps import find_overlaps
from ask_debbie.checking.private_data import find_private_data
from ask_debbie.corpus.corpus import Corpus


def check(corpus: Corpus, today: dt.date) -> list[Finding]:
    """What is wrong with a corpus or could be better, by file and place.

    Args:
        today: the day that "present" means.
    """
    return in_order(
        [
            *find_files(corpus),
            *find_dates_that_cannot_be(corpus, today),
            *find_roles_without_dates(corpus),
            *find_no_jobs(corpus),
            *find_overlaps(corpus, today),
            *find_dates_that_disagree(corpus),
            *find_numbers_that_disagree(corpus),
            *find_years_that_disagree(corpus, today),
            *find_garbled(corpus),
            *find_hidden(corpus),
            *find_private_data(corpus),
        ]
    )
