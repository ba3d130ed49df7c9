"""A passage said in the third person: the floor's own way of writing, with no model."""

from __future__ import annotations

import re

from ask_debbie.answering.claim import Claim
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.profile import Grammar
from ask_debbie.corpus.references import read_reference
from ask_debbie.retrieval.terms import fold

_LABEL = re.compile(r"(?P<label>[^\W\d_][^:]{0,40}?)\s*:\s+(?P<value>\S.*)", re.DOTALL)
_IRREGULAR = frozenset(
    """led ran built wrote taught drew won cut took began gave made spoke held kept sold bought brought
        grew drove oversaw set put did got went had was were met paid read spent stood sent sought chose
        rose founded found co-led co-wrote rebuilt rewrote redrew dealt helped came became hosted""".split()
)
_PRESENT = frozenset(
    """lead manage teach design build write run work oversee develop maintain direct support coordinate
        mentor help provide organize organise drive own serve create plan review conduct handle prepare""".split()
)
_DONE_TO = re.compile(  # what others did for the candidate
    r"(?:promoted|nominated|shortlisted|elected|selected|appointed|invited|named|chosen|recogni[sz]ed|commended) "
    r"(?:to|for|as|by|among|into|in|from|after|twice|one|best)\b|awarded (?:the|a|an|first|best)\b"
)
_UNCHANGED = frozenset(
    """am have was were will would can could may might must should shall did had also often still""".split()
)
_HAPPENED = frozenset(
    """fell rose went grew was were became came dropped doubled tripled halved increased decreased improved
        shrank""".split()
)
_OF_OTHERS = re.compile(r"referenc|recommend|testimonial|endorse|said about", re.IGNORECASE)  # "I" is not she
_TITLED = frozenset(
    "qualified certified registered licensed chartered accredited advanced applied distributed embedded".split()
)
_FIRST_PERSON = (
    (r"\bI am\b|\bI'm\b", "{s} {is_}"),
    (r"\bI have\b|\bI've\b", "{s} {has}"),
    (r"\bI\b(?!\.)", "{s}"),
    (r"\bmy\b", "{p}"),
    (r"\bmyself\b", "{o}{self}"),
    (r"\bme\b", "{o}"),
)
_NAMED = re.compile(r"\b(?:languages?|interests?|hobb(?:y|ies)|activit(?:y|ies))\b", re.IGNORECASE)


def state(passage: Passage, grammar: Grammar) -> Claim:
    """The passage as a sentence about the candidate, in its own words."""
    text = plain(passage.text)
    if passage.kind == "item":
        return Claim(f"{_capital(grammar.possessive)} documents list {text}.", (passage,))
    if passage.kind == "field" and _NAMED.search(" ".join(passage.breadcrumb[-1:])):
        return Claim(f"{_capital(text).rstrip('.')}.", (passage,))
    if passage.kind in {"field", "list"}:
        return Claim(_labelled(text, grammar), (passage,))
    if read_reference(text):
        return Claim(text, (passage,))
    if passage.kind == "dates":
        return Claim(f"{_capital(_labelled(text, grammar)).rstrip('.')}.", (passage,))
    if _OF_OTHERS.search(" ".join(passage.breadcrumb[:1])):
        return Claim(text if text.endswith((".", "!", "?")) else f"{text}.", (passage,))
    return Claim(in_third_person(text, grammar), (passage,))


def listed(passages: list[Passage], grammar: Grammar) -> Claim:
    """Several items of lists, in one sentence."""
    names = [plain(p.text) for p in passages]
    joined = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return Claim(f"{_capital(grammar.possessive)} documents list {joined}.", tuple(passages))


def _labelled(text: str, grammar: Grammar) -> str:
    match = _LABEL.fullmatch(text)
    if not match:
        return f"{_capital(text).rstrip('.')}."
    label, value = match["label"], match["value"].rstrip(".")
    if re.fullmatch(r"\w+ed", label.lower()):
        return f"{_capital(grammar.subject)} {label.lower()}: {value}."
    lower = " ".join(word if word[1:] != word[1:].lower() else word.lower() for word in label.split())
    plural = label.endswith("s") and not label.endswith("ss")
    if not plural and value.count(",") > 1:
        return f"{label}: {value}."
    return f"{_capital(grammar.possessive)} {lower} {'are' if plural else 'is'} {value}."


def in_third_person(text: str, grammar: Grammar) -> str:
    """A sentence with the candidate as its subject, where it is written without one or in the first person."""
    body = text.rstrip()
    first = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)?", body)
    word = fold(first[0]) if first else ""
    second = fold(body.split()[1]) if len(body.split()) > 1 else ""
    adverb = word.endswith("ly") and _is_past(second)
    if word in _TITLED and re.match(r"\S+ [A-Z]", body):
        return body if body.endswith((".", "!", "?")) else f"{body}."
    if first and re.match(r"[^\W\d_]+ed(?: \w+ly)?,? and (?:was|were)\b", body):
        body = f"It {_lower(body)}"
    elif first and _DONE_TO.match(fold(body)):
        body = f"{_capital(grammar.subject)} {grammar.was} {_lower(body)}"
    elif first and (_is_past(word) or adverb) and not body[first.end() :].startswith((",", ":")):
        body = f"{_capital(grammar.subject)} {_lower(body)}"
    elif first and word in _PRESENT and not _is_past(second) and _is_verb(body[first.end() :]):
        verb = first[0].lower() if grammar.subject == "they" else _third_person(first[0].lower())
        body = f"{_capital(grammar.subject)} {verb}{body[first.end() :]}"
    elif word == "responsible":
        body = f"{_capital(grammar.subject)} {grammar.was} {_lower(body)}"
    elif re.search(r"\bI\b(?!\.)|\b[Mm]y\b", body):
        body = _from_first_person(body, grammar)
    return body if body.endswith((".", "!", "?")) else f"{body}."


def _is_verb(rest: str) -> bool:
    """Whether a word that may be a noun is the sentence's verb, by what follows: not in "Support tickets fell"."""
    clause = re.split(r"[,;:.()]|\b(?:that|which|who|and|when)\b", rest, maxsplit=1)[0]
    return not rest.startswith((",", ":")) and not _HAPPENED & set(fold(clause).split())


def tells_of_work(passage: Passage) -> bool:
    """Whether a line begins with what was done, and isn't a place or what the employer does."""
    words = fold(plain(passage.text)).split()
    return bool(words) and (_is_past(words[0]) or words[0] in _PRESENT or words[0] == "responsible")


def _is_past(word: str) -> bool:
    tail = word.rsplit("-", 1)[-1]
    return (
        word in _IRREGULAR
        or tail in _IRREGULAR
        or (len(tail) > 4 and tail.endswith("ed") and tail not in {"embed", "seed", "based"})
    )


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeiou" else f"{verb}s"


def _from_first_person(text: str, g: Grammar) -> str:
    if g.subject != "they":
        text = re.sub(
            r"\b(I (?:also |often |still )?)([a-z]+)\b",
            lambda m: m[0] if m[2] in _UNCHANGED or _is_past(m[2]) else f"{m[1]}{_third_person(m[2])}",
            text,
        )
    for pattern, form in _FIRST_PERSON:
        said = {"s": g.subject, "is_": g.is_, "has": g.has, "p": g.possessive, "o": g.object}
        text = re.sub(pattern, form.format(**said, self="selves" if g.subject == "they" else "self"), text)
    return _capital(text)


def _lower(text: str) -> str:
    first = text.split(maxsplit=1)[0]
    return text if first[1:] != first[1:].lower() else text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
