"""What is declined whatever the documents say: improper, an attack on the rules, or not about the candidate."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import resources
from itertools import pairwise

from ask_debbie.corpus.profile import Profile
from ask_debbie.retrieval.terms import STOP_WORDS, fold, stem, stems, words

_SMALL = frozenset(stem(word) for word in STOP_WORDS)
_LEFT_OUT = re.compile(r"\W*(?:and |so |has |have )?(?:ever|any)\b(?! (?:of|advice|chance|idea)\b)")


class Scope:
    """Declines for one candidate, by the patterns of scope.toml.

    Args:
        texts: what the documents say. What they call her work by isn't unkind: "claims fraud".
    """

    def __init__(self, profile: Profile, texts: Iterable[str] = ()) -> None:
        name = "(?:" + "|".join(re.escape(word) for word in words(profile.name)) + ")"
        path = resources.files("ask_debbie.answering") / "scope.toml"
        self._profile = profile
        self._pairs = frozenset(pair for text in texts for pair in pairwise(stems(text)))
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        self._topics = [
            (
                topic["verdict"],
                topic.get("say", ""),
                [re.compile(p.replace("NAME", name), re.DOTALL) for p in topic["patterns"]],
            )
            for topic in data["topic"]
        ]
        self._named = {t["name"]: (t["verdict"], t.get("say", "")) for t in data["topic"]}
        self._words = [(t["say"], frozenset(t["words"])) for t in data["topic"] if "words" in t]
        self._about = re.compile(
            rf"\b(?:she|her|hers|he|him|his|they|them|their|theirs|candidate|applicant|resume|cv|this (?:person|lady|woman|gal|girl|man|guy|chap|bloke)|you|your|{name})\b"
        )

    def refusal(self, text: str) -> str | None:
        """One kind sentence where the text is declined, else None."""
        folded = fold(text)
        for verdict, say, patterns in self._topics:
            found = (match for pattern in patterns for match in pattern.finditer(folded))
            if any(say != "insults" or not self._is_work(folded, match) for match in found):
                return self._sentence(verdict, say)
        return None

    def _is_work(self, text: str, match: re.Match[str]) -> bool:
        """Whether the documents too have a match's last word beside the word that stands before or after it."""
        before, after = stems(text[: match.end()])[-2:], stems(text[match.end() :])[:1]
        return any(
            pair in self._pairs for pair in pairwise([*before, *after]) if not _SMALL.intersection(pair)
        )

    def refusal_of_words(self, text: str) -> str | None:
        """The same for a translation by words, where a topic's mere words decide."""
        found = set(words(text))
        for say, topic_words in self._words:
            if found & topic_words:
                return self._sentence("improper", say)
        return self.refusal(text)

    def refusal_of_topic(self, name: str) -> str:
        """The sentence that declines a topic of scope.toml."""
        return self._sentence(*self._named[name])

    def is_about_candidate(self, text: str) -> bool:
        """Whether a question refers to anybody who may be the candidate, or leaves out who: "ever won a prize?"."""
        folded = fold(text)
        return self._about.search(folded) is not None or _LEFT_OUT.match(folded) is not None

    @property
    def off_topic(self) -> str:
        return f"I only answer questions about {self._profile.first_name}'s work."

    def _sentence(self, verdict: str, say: str) -> str:
        if verdict == "improper":
            if say == "insults":
                return f"I'd rather keep this kind. Ask me about {self._profile.first_name}'s work."
            return (
                f"I don't answer questions about {say}. Ask me about {self._profile.grammar.possessive} work."
            )
        if verdict == "rules":
            return f"I can't change how I answer or show my instructions. Ask me about {self._profile.first_name}'s work."
        return self.off_topic
