"""What a message asks, without what is said around it."""

from __future__ import annotations

import re
from itertools import pairwise

from ask_debbie.retrieval.terms import fold

_BREAK = re.compile(r"(?<=[.!?])\s+|\s*[;:]\s+|\s+[-–—]+\s+|\s*\.\.\.\s*")
_LEAD = r"(?:(?:and|so|but|or|also|then|ok(?:ay)?|well|please|just|btw|hey|hi|hello|thanks|quick question|now)[\s,!]+)*"
_ASKS = re.compile(
    rf"\W*{_LEAD}(?:what|which|who|whom|whose|when|where|why|how|does|do|did|has|have|had|is|are|was|were|can|could|"
    r"will|would|should|any|ever|tell|list|name|describe|give|show|explain|summari[sz]e)\b"
)
_POINTS_BACK = re.compile(
    r"\b(?:that|this(?! (?:lady|woman|man|guy|person|candidate|girl))|it|those|these|there|then|they|them|such|one|"
    r"ones|any of|both|each|the (?:same|latter|former))\b"
)
_ALSO = re.compile(
    r"(?:\?\s+|,?\s+and\s+)(?:also\s+)?(?=(?:(?:at|in|for) (?:which|what)|when|where|what|which|who|how|why|did|does|has|is|was)\b)|"
    r",\s+(?=(?:what|which|who|how)\b)",
    re.IGNORECASE,
)
_AND = re.compile(r",|&|\b(?:and|as well as|plus)\b")
_OWN_SENTENCE = re.compile(
    r"\b(?:i|we|you|our|my|us|me|your|is|are|was|were|isn't|that's|it's|need|want|needs|wants)\b"
)
_MOST_QUESTIONS = 3
_FULL = {
    "b4": "before", "rn": "right now", "w/o": "without", "w/": "with", "wrk": "work", "wrkd": "worked", "ppl": "people",
    "tho": "though", "smth": "something", "sth": "something", "abt": "about", "bc": "because", "cuz": "because",
    "exp": "experience", "yrs": "years", "mgmt": "management", "dev": "developer", "uni": "university", "langs": "languages",
    "certs": "certifications", "wat": "what", "wut": "what", "hw": "how", "whr": "where", "wen": "when", "shes": "she is",
    "hes": "he is", "thats": "that is", "whats": "what is", "wheres": "where is", "whos": "who is", "hows": "how is",
}  # fmt: skip
_SHORTENED = re.compile(
    r"(?<![\w/.@-])(?:"
    + "|".join(re.escape(short) for short in sorted(_FULL, key=len, reverse=True))
    + r")(?![\w/@-])",
    re.IGNORECASE,
)
_COUNTING = re.compile(
    r"\W*(?:and |ok(?:ay)? |so )*(?:(?:one |a )?(?:last|final|more|other|another|quick|next)(?: (?:one|thing|question|bit))?|finally|lastly)\s*[,:–—-]\s*(?=\w+ \w)",
    re.IGNORECASE,
)  # "last one, …" names nothing
_SHORT = 4  # words of a lead that names what is asked about: "At Acme: …"
_ENOUGH = 3  # words that a question by itself has


def asking(message: str) -> str:
    """The message's sentences that ask, with short leads ("Kubernetes: does she know it?"); the whole message where
    none does, or where what is asked points back at the rest."""
    message = _COUNTING.sub("", message, count=1) if _COUNTING.match(message) else message
    said, edges = message.strip(), [0]
    for match in _BREAK.finditer(said):
        edges += [match.start(), match.end()]
    spans = list(zip(edges[::2], [*edges[1::2], len(said)], strict=True))
    spans = [(start, end) for start, end in spans if said[start:end].strip()]
    parts = [said[start:end] for start, end in spans]
    asks = [part.rstrip().endswith("?") or _ASKS.match(fold(part)) is not None for part in parts]
    for at in range(1, len(parts)):  # "which came first: the talk or the paper"
        asks[at] |= asks[at - 1] and said[: spans[at][0]].rstrip().endswith(":")
    asked = " ".join(part for part, does in zip(parts, asks, strict=True) if does)
    if all(asks) or not any(asks) or len(asked.split()) < _ENOUGH:
        return message
    first = asks.index(True)
    kept = [at for at, part in enumerate(parts) if asks[at] or _is_lead(part, parts)]
    if _POINTS_BACK.search(fold(asked)):
        kept = list(range(max(0, first - 1), len(parts)))
    else:
        kept += [at for at in range(1, len(parts)) if asks[at - 1] and _lists(said, spans[at - 1], spans[at])]
    return _joined(said, [spans[at] for at in sorted(set(kept))])


def _joined(text: str, spans: list[tuple[int, int]]) -> str:
    """Parts of a text, with what stood between those that follow each other."""
    found = text[slice(*spans[0])] if spans else ""
    for (_, before), (start, end) in pairwise(spans):
        between = text[before:start]
        found += (between if len(between.strip()) <= 1 else " ") + text[start:end]
    return found


def _lists(text: str, before: tuple[int, int], part: tuple[int, int]) -> bool:
    """Whether a part of a sentence names what the part before it asks of: "… results - completion as well as calls"."""
    said = fold(text[slice(*part)])
    same = not text[slice(*before)].endswith((".", "?", "!"))
    return same and _AND.search(said) is not None and not _OWN_SENTENCE.search(said)


def questions_in(text: str) -> list[str]:
    """The two or three questions that one sentence asks: "What did she study and when did she graduate?"."""
    parts = [part.strip() for part in _ALSO.split(text) if part.strip()]
    return parts if 2 <= len(parts) <= _MOST_QUESTIONS and _ASKS.match(fold(parts[0])) else []


def in_full(text: str) -> str:
    """The text with what people shorten when they type: "b4", "w/o", "rn"."""
    return _SHORTENED.sub(lambda m: "RN" if m[0] == "RN" else _FULL[m[0].lower()], text)  # a nurse


def _is_lead(part: str, parts: list[str]) -> bool:
    return part is not parts[-1] and len(part.split()) <= _SHORT and part[-1:] not in "!."
