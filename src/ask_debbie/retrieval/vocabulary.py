"""A question in another language, as English search words, by a word list and no model."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from ask_debbie.retrieval.terms import STOP_WORDS, fold

_UNSPACED = {"zh": "\u4e00-\u9fff", "ja": "\u3040-\u30ff\u4e00-\u9fff", "ko": "\uac00-\ud7af"}
_ENGLISH = frozenset(
    """work works worked working job jobs know knows team project projects use uses used experience skill
        skills tell list show lead led manage managed study studied build built company university degree
        long old year years now currently name names tool tools test testing database cloud engineer
        engineers software""".split()
)
_LONGEST = 5
_ENDING = 4  # letters that a word may have beyond its stem
_SHORTEST = 4  # letters of a compound's parts
_COMPOUNDING = frozenset({"de", "nl", "sv"})
_JOINTS = ("", "s", "n", "en", "es", "er", "e")
_TOKEN = re.compile(r"(?:[^\W_]|[\u0900-\u097f])+(?:[.+#&](?:[^\W_]|[\u0900-\u097f])+)*(?:\+\+|#)?")
_ARABIC_PREFIXES = ("ال", "و", "ف", "ب", "ل", "ك")


def in_english(question: str, known: frozenset[str] = frozenset()) -> str | None:
    """The question as English words in its order; None where it is in English already, or in no language here.

    Args:
        known: folded words that are no sign of another language, such as the corpus's names.
    """
    tables = _tables()
    for language, script in (("ja", "\u3040-\u30ff"), ("ko", _UNSPACED["ko"]), ("zh", _UNSPACED["zh"])):
        if language in tables and re.search(f"[{script}]", question):
            return _unspaced(question, tables[language], _UNSPACED[language])
    tokens = _TOKEN.findall(question)
    folded = [fold(token) for token in tokens]
    counted = [word for word in folded if word not in known and not any(c.isdigit() for c in word)]
    if not counted:
        return None
    english = sum(word in STOP_WORDS or word in _ENGLISH for word in counted)
    shares = {
        language: sum(_word(word, language) is not None for word in counted)
        for language in tables
        if language not in _UNSPACED
    }
    best = max(shares, key=lambda language: shares[language], default=None)
    if best is None or shares[best] <= english or shares[best] < max(1, len(counted) * 0.4):
        return None
    return _spaced(tokens, folded, best, known)


@cache
def _tables() -> dict[str, dict[str, str]]:
    folder = resources.files("ask_debbie.retrieval")
    data = tomllib.loads((folder / "vocabulary.toml").read_text(encoding="utf-8"))
    tables = {
        language: {fold(key): value for key, value in table.items()} for language, table in data.items()
    }
    rows = csv.DictReader((folder / "words.csv").read_text(encoding="utf-8").splitlines())
    for row in rows:
        english = row.pop("en")
        for language, words in row.items():
            for word in words.split():
                tables[language].setdefault(fold(word.replace("_", " ")), english)
    return tables


def _word(word: str, language: str) -> str | None:
    table = _tables()[language]
    if word in table:
        return table[word]
    size = next((size for size in range(len(word), 2, -1) if f"{word[:size]}*" in table), 0)
    if language in _COMPOUNDING and len(word) - size > _ENDING and (parts := _compound(word, table)):
        return parts
    if size:
        return table[f"{word[:size]}*"]
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            return _word(word.removeprefix(prefix), language)
    return None


def _compound(word: str, table: Mapping[str, str]) -> str | None:
    """The two words that one is made of, as in German: "Hilfeartikel" is "help article"."""
    for cut in range(len(word) - _SHORTEST, _SHORTEST - 1, -1):
        tail = _simple(word[cut:], table)
        if tail:
            heads = (word[:cut].removesuffix(joint) for joint in _JOINTS if word[:cut].endswith(joint))
            head = next((found for head in heads if (found := _simple(head, table))), None)
            if head:
                return f"{head} {tail}"
    return None


def _simple(word: str, table: Mapping[str, str]) -> str | None:
    """A word by itself or with an ending."""
    sizes = range(len(word), max(len(word) - _ENDING, _SHORTEST) - 1, -1)
    keys = [word, *(f"{word[:size]}*" for size in sizes)]
    return next((table[key] for key in keys if table.get(key)), None)


def _spaced(tokens: list[str], folded: list[str], language: str, known: frozenset[str]) -> str:
    table = _tables()[language]
    # "was" and "de" are no names here, though the documents have them
    names = known - STOP_WORDS - {key for key, english in table.items() if not english}
    out: list[str] = []
    at = 0
    while at < len(tokens):
        for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
            phrase = " ".join(folded[at : at + size])
            found = table.get(phrase) if size > 1 else None if phrase in names else _word(phrase, language)
            if found is None and size > 1:
                head, last = " ".join(folded[at : at + size - 1]), folded[at + size - 1]
                stems = (f"{head} {last[:cut]}*" for cut in range(len(last), 2, -1))
                found = next((table[stem] for stem in stems if stem in table), None)
            if found is not None:
                out.append(found)
                at += size
                break
        else:
            out.append(tokens[at])
            at += 1
    return " ".join(" ".join(out).split())


def _unspaced(question: str, table: Mapping[str, str], script: str) -> str:
    keys = sorted((key for key in table), key=len, reverse=True)
    text, out, at = fold(question), [], 0
    while at < len(text):
        key = next((k for k in keys if k and text.startswith(k, at)), None)
        if key is not None:
            out.append(f" {table[key]} ")
            at += len(key)
        else:
            out.append(" " if re.match(f"[{script}]", text[at]) else text[at])
            at += 1
    return " ".join("".join(out).split())
