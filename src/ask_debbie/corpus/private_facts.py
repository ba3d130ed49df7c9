"""Facts that people seldom want on a public page: where they stand in a document, and what hides them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ask_debbie.corpus.document import Document, Passage
from ask_debbie.corpus.privacy import is_contact_value, without_private
from ask_debbie.corpus.profile import Private
from ask_debbie.corpus.timeline import kind_of

FactKind = Literal["phone", "address", "birth", "id", "personal"]

_STREET = re.compile(
    r"\b(?!(?:19|20)\d\d [A-Z]\w+ Place)\d{1,5}[A-Za-z]?(?:[-/]\d{1,4})? (?:[NSEW]\.? )?(?:[A-ZÀ-Þ][\w'’.-]* ){1,4}"
    r"(?i:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|square|terrace|way|parkway|"
    r"pkwy|highway|hwy|crescent|close|gardens|mews|circle|cir|trail)\b\.?"
    r"|\b\d{1,5} Broadway\b"
    r"|\bP\.? ?O\.? ?Box \d+"
    r"|\b[A-ZÄÖÜ][\wäöüß.-]*(?:stra(?:ß|ss)e|str\.|gasse|allee|platz|weg) \d{1,4}[a-z]?\b"
    r"|\b\d{1,4}(?: ?bis| ?ter)?,? (?i:rue|avenue|boulevard|allée|chemin|impasse|quai|cours|route) "
    r"(?:(?:de|du|des|la|le|les) |d['’])*[A-ZÀ-Þ]\w+"
    r"|\b(?i:calle|avenida|avda\.?|paseo|carrer|rambla|via|viale|piazza|corso|rua) (?:(?:de|del|la|do|da) )*"
    r"[A-ZÀ-Þ][\w ]{2,30},? (?:n[ºo°]\.? ?)?\d{1,4}\b"
)
_ADDRESS_LABEL = re.compile(
    r"(?:home |street |postal |mailing |permanent )?(?:address|anschrift|adresse|dirección|indirizzo)[*_]*[ \t]*:[*_]*[ \t]*(?P<value>(?=[^\n]*\d)[^\n|·•]+)",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"(?:date of birth|birth ?date|birthday|d\.?o\.?b\.?|geboren(?: am)?|geburtsdatum|fecha de nacimiento|date de naissance|"
    r"data di nascita|born(?: on)?|age)[*_]*[ \t]*:[*_]*[ \t]*(?P<value>[^\n|·•]*\d[^\n|·•]*)"
    r"|\b(?:dob|d\.o\.b\.|date of birth) (?=[^\n|·•,;]{0,12}\d)[^\n|·•,;.]+"
    r"|^(?:i was )?(?:born|geboren am|née? le) (?:on |in )?(?:\d{1,2}[. ]|[A-Z][a-z]+ \d{1,2}|\d{4}\b)[^\n|·•,;]*",
    re.IGNORECASE,
)
_LABELLED_ID = re.compile(
    r"(?:ssn|social security(?: (?:number|no\.?))?|passport(?: (?:number|no\.?))?|national (?:id|insurance)(?: (?:number|no\.?))?|"
    r"(?:tax|identity|id)(?: card)? (?:number|no\.?|id)|driver'?s? licen[cs]e(?: (?:number|no\.?))?|driving licen[cs]e (?:number|no\.?)|"
    r"aadhaar|dni|nie|nif|steuer-?id|personalausweis(?:nummer)?|iban|bank account)[*_]*[ \t]*[:#][*_]*[ \t]*(?P<value>[^\n|·•,;]*\d[^\n|·•,;]*)",
    re.IGNORECASE,
)
_SSN = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_PERSONAL = re.compile(
    r"(?:marital status|family status|religion|nationality|gender|sex|race|ethnicity|familienstand|estado civil|"
    r"(?:current |expected |desired )?salary(?: (?:expectation|floor)s?)?|health(?: status)?|disability)[*_]*[ \t]*:[*_]*[ \t]*[^\n|·•]+",
    re.IGNORECASE,
)
_LABELLED_PHONE = re.compile(
    r"(?:(?:tele)?phone|telefon|tel|mobile|móvil|cell(?:phone)?|fax)(?: (?:number|no\.?))?[*_]*[ \t]*:[*_]*[ \t]*"
    r"(?P<value>(?=(?:[^\n|·•\d]*\d){7})[^\n|·•]+)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w/.])\+?\(?\d[\d ()./-]{6,16}\d(?![\w/])")
_PHONE_SHAPE = re.compile(r"\+|\(\d|0\d|(?:1[ .-])?\d{3}[ .-]\d{3}[ .-]\d{4}$")
_NO_PHONE = re.compile(
    r"(?:isbn|issn|doi|orcid|patent|arxiv|pmid|no|nr|id)[.:#\s]*(?:\d+[-.]?)*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PrivateFact:
    """One such fact.

    Attributes:
        text: with its label, where it has one.
        value: without.
        field: what ``[private] fields`` has to hold to hide it; None where only its text in ``lines`` does.
    """

    kind: FactKind
    document: str
    start: int
    text: str
    value: str
    field: str | None

    @property
    def hidden_by(self) -> str:
        """What to write under ``[private]``."""
        return f'fields = ["{self.field}"]' if self.field else f'lines = ["{self.line}"]'

    @property
    def line(self) -> str:
        """What hides it as a line: the value alone, where no other text can be the same."""
        return self.text if self.kind == "personal" else self.value


def private_facts(document: Document, passages: tuple[Passage, ...]) -> Iterator[PrivateFact]:
    """The private facts that a document's passages show, in order, each once."""
    taken: set[tuple[int, int]] = set()
    for passage in passages:
        if passage.document != document.path or passage.kind in {"item", "dates"}:
            continue
        about_work = kind_of(document.path, passage.breadcrumb) != "other"
        for kind, match in _matches(passage.text, about_work):
            start, text = passage.start + match.start(), match[0].strip(" .,;*_")
            span = (start, start + len(text))
            if any(a < span[1] and span[0] < b for a, b in taken):
                continue
            taken.add(span)
            value = (match.groupdict().get("value") or text).strip(" .,;*_")
            yield PrivateFact(kind, document.path, start, text, value, _field(document.text, kind, span))


def _matches(text: str, about_work: bool) -> Iterator[tuple[FactKind, re.Match[str]]]:
    """Identity numbers and phone numbers anywhere; a street or a birth where it isn't an employer's."""
    for pattern in (_LABELLED_ID, _SSN, _IBAN):
        for match in pattern.finditer(text):
            if pattern is not _IBAN or _is_iban(match[0]):
                yield "id", match
    for match in _LABELLED_PHONE.finditer(text):
        yield "phone", match
    for match in _PHONE.finditer(text):
        before = text[: match.start()]
        if is_contact_value(match[0]) and _PHONE_SHAPE.match(match[0]) and not _NO_PHONE.search(before):
            yield "phone", match
    if about_work:
        return
    for match in _ADDRESS_LABEL.finditer(text):
        yield "address", match
    for match in _STREET.finditer(text):
        yield "address", match
    for match in _BIRTH.finditer(text):
        yield "birth", match
    for match in _PERSONAL.finditer(text):
        yield "personal", match


def _field(text: str, kind: FactKind, span: tuple[int, int]) -> str | None:
    """The private field that hides the fact, tried on the document."""
    hidden = without_private(text, Private(fields=(kind,)))
    return None if hidden[slice(*span)].strip(" \t\u00a0:*_") else kind


def _is_iban(text: str) -> bool:
    """Whether the check digits are right (ISO 13616)."""
    bare = text.replace(" ", "")
    return int("".join(str(int(c, 36)) for c in bare[4:] + bare[:4])) % 97 == 1
