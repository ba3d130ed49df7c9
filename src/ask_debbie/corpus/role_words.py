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
OWN = re.compile(r"freelance|self-employed|independent|contract", re.IGNORECASE)


def role_among(names: Sequence[str]) -> int | None:
    """The place of the one name that is a job's title, by its words, else by their endings; None if unclear."""
    for pattern in (ROLES, _LIKE):
        found = [place for place, name in enumerate(names) if pattern.search(name)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


_FIELDS = re.compile(
    r"(?:success|development|assurance|marketing|operations|sales|support|design|finance|engineering|logistics|growth|"
    r"communications?|relations|accounting|procurement|recruit(?:ing|ment)|teaching|management|strategy|analytics|"
    r"analysis|administration|consulting|editing|nursing|counsel|inspection|research|internship|traineeship|"
    r"apprenticeship|placement|fellowship|co-?op|freelance|work)",
    re.IGNORECASE,
)
_FIRMS = re.compile(
    r"\b(?:inc|ltd|limited|llc|llp|gmbh|corp(?:oration)?|company|group|co(?!-op)|plc|s\.?a|ag|b\.?v|n\.?v|hospital|clinic|bank|"
    r"labs?|universit\w+|college|school|institut\w*|academy|museum|trust|foundation|council|ministry|authority|agency|"
    r"society|association|centre|center|partners|holdings?|industries|technologies|solutions|systems|consultancy|"
    r"studios?|library|church|bakery|hotel|restaurant|pharmacy|airlines?|insurance|foods|energy|without)\b|&",
    re.IGNORECASE,
)
_NO_AGENTS = frozenset(
    "center water computer river power paper silver tower chapter winter summer number order".split()
)


def title_score(name: str) -> float:
    """How much a name reads like a job's title: from 3 for one that ends with a word for a role, down to less than 0
    for one that reads like a firm."""
    before = re.split(r"[,(/]|\s[–—-]\s", name.strip(" *_"), maxsplit=1)[0]
    core = re.split(r"\s+(?:of|for|in|to|with|on|and|&)\s+", before, maxsplit=1, flags=re.IGNORECASE)[0]
    last = core.split()[-1] if core.split() else ""
    if ROLES.fullmatch(last):
        several = last.casefold().endswith("s")
        if not several and core == before:
            return 3.0  # "Systems Administrator", "Bank Clerk"
        score = 1.5 if several else 3.0
    elif ROLES.search(before):
        score = 2.0
    elif (_LIKE.fullmatch(last) and last.casefold() not in _NO_AGENTS) or _FIELDS.fullmatch(
        before.split()[-1] if before.split() else ""
    ):
        score = 1.0
    else:
        score = 0.0
    return score - 2.0 * bool(_FIRMS.search(before))
