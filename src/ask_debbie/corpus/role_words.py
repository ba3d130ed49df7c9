"""The words by which a job's title is told from an employer's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

ROLES = re.compile(
    r"\b(?:engineer|developer|programmer|manager|director|lead|head|chief|officer|analyst|consultant|designer|architect|"
    r"nurse|doctor|physician|therapist|pharmacist|teacher|lecturer|tutor|professor|researcher|scientist|assistant|"
    r"associate|coordinator|specialist|administrator|technician|intern|trainee|apprentice|clerk|accountant|auditor|"
    r"editor|writer|journalist|producer|photographer|translator|lawyer|attorney|paralegal|advis[eo]r|agent|"
    r"representative|executive|strategist|planner|buyer|supervisor|foreman|operator|mechanic|electrician|chef|cook|"
    r"controller|treasurer|bookkeeper|economist|actuary|underwriter|broker|inspector|surveyor|forester|arborist|gardener|"
    r"ranger|carpenter|plumber|welder|machinist|baker|barista|bartender|cashier|receptionist|secretary|recruiter|"
    r"copywriter|curator|archivist|illustrator|animator|musician|conductor|actor|coach|pilot|captain|firefighter|"
    r"paramedic|midwife|dentist|veterinarian|radiographer|counsell?or|carer|superintendent|dispatcher|estimator|"
    r"waiter|driver|fellow|president|founder|owner|partner|member|volunteer|instructor|trainer|caretaker|librarian)s?\b",
    re.IGNORECASE,
)
_LIKE = re.compile(
    r"\b(?:[a-z]{2,}(?:er|or|ist|ian|eer|eon|ant|man|woman|wright|smith)|vet|pilot|coach|guide|judge|dean|host(?:ess)?|"
    r"captain|sergeant|lieutenant|nco|c[efot]o|vp|aide|sous-?chef|postdoc|ph\.?d student)s?\b",
    re.IGNORECASE,
)


def role_among(names: Sequence[str]) -> int | None:
    """The place of the one name that is a job's title, by its words, else by their endings; None if unclear."""
    for pattern in (ROLES, _LIKE):
        found = [place for place, name in enumerate(names) if pattern.search(name)]
        if found:
            return found[0] if len(found) == 1 else None
    return None
