"""Words by which a role is told from an employer."""

from __future__ import annotations

import re

ROLES = re.compile(
    r"\b(?:engineer|developer|programmer|manager|director|lead|head|chief|officer|analyst|consultant|designer|architect|"
    r"nurse|doctor|physician|therapist|pharmacist|teacher|lecturer|tutor|professor|researcher|scientist|assistant|"
    r"associate|coordinator|specialist|administrator|technician|intern|trainee|apprentice|clerk|accountant|auditor|"
    r"editor|writer|journalist|producer|photographer|translator|lawyer|attorney|paralegal|advis[eo]r|agent|"
    r"representative|executive|strategist|planner|buyer|supervisor|foreman|operator|mechanic|electrician|chef|cook|"
    r"waiter|driver|fellow|president|founder|owner|partner|member|volunteer|instructor|trainer|caretaker|librarian)s?\b",
    re.IGNORECASE,
)
