"""A question in another language, as English search words, by a word list and no model."""

from __future__ import annotations

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
        language: _matched(counted, table) for language, table in tables.items() if language not in _UNSPACED
    }
    best = max(shares, key=lambda language: shares[language], default=None)
    if best is None or shares[best] <= english or shares[best] < max(1, len(counted) * 0.4):
        return None
    return _spaced(tokens, folded, tables[best], known)


@cache
def _tables() -> dict[str, dict[str, str]]:
    path = resources.files("ask_debbie.retrieval") / "vocabulary.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {language: {fold(key): value for key, value in table.items()} for language, table in data.items()}


def _matched(folded: list[str], table: Mapping[str, str]) -> int:
    return sum(_word(word, table) is not None for word in folded)


def _word(word: str, table: Mapping[str, str]) -> str | None:
    if word in table:
        return table[word]
    for size in range(len(word), 2, -1):
        if (stem := f"{word[:size]}*") in table:
            return table[stem]
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            return _word(word.removeprefix(prefix), table)
    return None


def _spaced(tokens: list[str], folded: list[str], table: Mapping[str, str], known: frozenset[str]) -> str:
    out: list[str] = []
    at = 0
    while at < len(tokens):
        for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
            phrase = " ".join(folded[at : at + size])
            found = table.get(phrase) if size > 1 else None if phrase in known else _word(phrase, table)
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
