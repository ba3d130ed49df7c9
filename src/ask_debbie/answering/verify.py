"""Is a sentence proved by the passages it would cite? Decided by code, word by word, never by a model.

A sentence passes where one passage (with the headings above it, cited too) states its every number, name,
negation and word of content, or where each of its parts has such a passage of its own. A synonym of the glossary
counts for a word; for a number or a name nothing but itself does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ask_debbie.answering.claim import Claim
from ask_debbie.answering.relations import keeps_direction, keeps_relations
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import STOP_WORDS, Glossary, fold, stem, stems, words

_NUMBER = re.compile(r"[$€£]?\d[\d,]*(?:[./]\d+)*\s?(?:%|[kmb](?![a-z]))?", re.IGNORECASE)
_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
            sixteen seventeen eighteen nineteen twenty""".split()
    )
}
_MULTIPLES = {
    "k": 1_000,
    "m": 1_000_000,
    "b": 1_000_000_000,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|unable|fail\w*|lacks?)\b|n['’]t\b", re.IGNORECASE
)
_PARTS = re.compile(r"\s*(?:[;:,]|\band\b|\bas well as\b|\bwhile\b|\bwith\b)\s*", re.IGNORECASE)
_GLUE = frozenset(
    stem(word)
    for word in """she he they also work works worked working use uses used using include includes included including
        such experience experienced role position job has have had name named called know knows known
        familiar several various both during while respectively list lists listed document documents
        resume candidate company employer skill skills yes currently current well part able following
        state states stated mention mentions mentioned specifically additionally furthermore professional
        professionally involve involved involves responsible based hold holds held written one""".split()
) - {"one"}
_SMALL = frozenset(
    "a an the of and or in at on for to with by from as i she he they her his their it its yes no".split()
)
_TITLE = frozenset({"mr", "mrs", "ms", "dr"})
_ENOUGH = 4  # words of content beside which one echo of the question is borne


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a passage states: by itself, and in the headings above it."""

    passage: Passage
    stems: frozenset[str]
    concepts: frozenset[str]
    numbers: frozenset[str]
    words: frozenset[str]
    negated: bool
    above: tuple[Passage, ...]


class Verifier:
    """Checks sentences against one corpus."""

    def __init__(self, corpus: Corpus, glossary: Glossary) -> None:
        self._glossary = glossary
        self._candidate = frozenset(words(corpus.profile.name))
        self._headings = {
            (p.document, (*p.breadcrumb, plain(p.text))): p
            for p in reversed(corpus.passages)
            if p.kind == "heading"
        }
        self._dates = {(p.document, p.breadcrumb): p for p in reversed(corpus.passages) if p.kind == "dates"}
        self._stated = {p.key: self._read(p) for p in corpus.passages}

    def check(
        self, sentence: str, evidence: Sequence[Passage], echoed: frozenset[str] = frozenset()
    ) -> Claim | None:
        """The sentence with the passages that prove it, or None.

        Args:
            evidence: the passages that may be cited, best first.
            echoed: stems of the question's ordinary words. One of them may be repeated in a sentence of at
                least four words of content though its passage says it otherwise ("reduced" for "drove down").
        """
        found = [self._stated[p.key] for p in evidence]
        found = [s for s in found if keeps_direction(sentence, plain(s.passage.text))]
        whole = self._proof(sentence, sentence, found, echoed)
        if whole is None:
            parts = [part for part in _PARTS.split(sentence) if self._content(part) or _numbers(part)]
            proofs = [self._proof(part, sentence, found, frozenset()) for part in parts]
            if len(parts) < 2 or any(proof is None for proof in proofs):
                return None
            whole = tuple(dict.fromkeys(p for proof in proofs if proof for p in proof))
        return Claim(sentence, whole) if whole else None

    def _proof(
        self, part: str, sentence: str, found: Sequence[_Stated], echoed: frozenset[str]
    ) -> tuple[Passage, ...] | None:
        """The passage, with the headings it needs, that states all of a part; the one that needs fewest."""
        numbers, content, names = _numbers(part), self._content(part), self._names(part, sentence)
        if not (content or names):
            return None
        negated = bool(_NEGATION.search(part))
        best: tuple[Passage, ...] | None = None
        for stated in found:
            if negated and not stated.negated:
                continue
            if not keeps_relations(part, plain(stated.passage.text), self._alike):
                continue
            proof = self._proof_from(stated, numbers, content, names, echoed)
            if proof and (best is None or len(proof) < len(best)):
                best = proof
        return best

    def _proof_from(
        self,
        stated: _Stated,
        numbers: set[str],
        content: dict[str, frozenset[str]],
        names: set[str],
        echoed: frozenset[str],
    ) -> tuple[Passage, ...] | None:
        above = [self._stated[p.key] for p in stated.above]
        needed: list[Passage] = []

        def stands(test: object) -> bool:
            if callable(test) and test(stated):
                return True
            for heading in above:
                if callable(test) and test(heading):
                    if heading.passage not in needed:
                        needed.append(heading.passage)
                    return True
            return False

        for number in numbers:
            if not stands(lambda s, n=number: n in s.numbers):
                return None
        for name in names:
            if not stands(lambda s, n=name: n in s.words):
                return None
        missing = [
            root
            for root, concepts in content.items()
            if not stands(lambda s, r=root, c=concepts: r in s.stems or bool(c & s.concepts))
        ]
        if missing and not (len(missing) == 1 and missing[0] in echoed and len(content) >= _ENOUGH):
            return None
        return (stated.passage, *needed)

    def holds(self, fragment: str, passage: Passage) -> bool:
        """Whether a passage has every number and word of a fragment: ``60K``, ``Flask``."""
        stated = self._stated[passage.key]
        roots = {stem(w) for w in words(_NUMBER.sub(" ", fragment)) if w not in STOP_WORDS}
        return _numbers(fragment) <= stated.numbers and roots <= stated.stems

    def _alike(self, one: str, other: str) -> bool:
        if one == other:
            return True
        here, there = self._glossary.in_question([one]), self._glossary.in_passage([other])
        return bool({c.name for c in here} & {c.name for c in there})

    def _content(self, text: str) -> dict[str, frozenset[str]]:
        """The stems that carry meaning, each with the glossary concepts that may stand for it."""
        tokens = words(_NUMBER.sub(" ", text))
        roots = [stem(token) for token in tokens]
        concepts = self._glossary.in_question(roots)
        return {
            root: frozenset(c.name for c in concepts if c.start <= place < c.end)
            for place, (token, root) in enumerate(zip(tokens, roots, strict=True))
            if token not in STOP_WORDS
            and root not in _GLUE
            and token not in self._candidate
            and token not in _NUMBER_WORDS
            and not token.isdigit()
        }

    def _names(self, part: str, sentence: str) -> set[str]:
        """The folded words that are written as names: with a capital inside the sentence, or with capitals or
        digits inside the word."""
        opening = re.match(r"\W*(?:yes,\s*)?([^\W_]+)", sentence, re.IGNORECASE)
        first = opening[1] if opening else ""
        names: set[str] = set()
        for match in re.finditer(r"[^\W_]+(?:[.'’&+#-][^\W_]+)*(?:\+\+|#)?", part):
            token = match[0]
            inner = re.search(r"[A-Z]", token[1:]) is not None
            if (token[0].isupper() and token != first) or inner:
                for word in words(token):
                    if word not in _SMALL and word not in self._candidate and word not in _TITLE:
                        names.add(word)
        return names

    def _read(self, passage: Passage) -> _Stated:
        text = plain(passage.text)
        found = stems(text)
        trail = passage.breadcrumb
        above = [self._headings.get((passage.document, trail[:size])) for size in range(len(trail), 0, -1)]
        dates = [self._dates.get((passage.document, trail[:size])) for size in range(len(trail), 0, -1)]
        return _Stated(
            passage=passage,
            stems=frozenset(found),
            concepts=frozenset(c.name for c in self._glossary.in_passage(found)),
            numbers=frozenset(_numbers(text)),
            words=frozenset(words(text)),
            negated=bool(_NEGATION.search(text)),
            above=tuple(p for p in (*above, *dates) if p is not None and p.key != passage.key),
        )


def _numbers(text: str) -> set[str]:
    """The numbers of a text in one spelling: ``$30K`` and ``30,000`` are ``30000``, ``six`` is ``6``."""
    found: set[str] = set()
    folded = fold(text)
    for match in re.finditer(
        r"(\d[\d,]*(?:\.\d+)?)\+?\s?(k|m|b|thousand|million|billion)?(?![a-z0-9])", folded
    ):
        value = float(match[1].replace(",", "") or 0) * _MULTIPLES.get(match[2] or "", 1)
        found.add(f"{value:g}" if value < 1e15 else match[0])
    for match in re.finditer(r"\d[\d,.]*", folded):
        if not re.match(r"\+?\s?(?:k|m|b|thousand|million|billion)(?![a-z0-9])", folded[match.end() :]):
            bare = match[0].replace(",", "").strip(".")
            found.add(f"{float(bare):g}" if re.fullmatch(r"\d+(?:\.\d+)?", bare) else bare)
    found.update(_NUMBER_WORDS[word] for word in words(text) if word in _NUMBER_WORDS and word != "one")
    return found
