"""A chat model's draft, sentence by sentence as it streams."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import openai
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from ask_debbie.answering.answer import Usage, Waiting
from ask_debbie.answering.briefing import brief, prompt
from ask_debbie.answering.evidence import Evidence
from ask_debbie.answering.question import Question
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.profile import Profile
from ask_debbie.errors import EngineError
from ask_debbie.models.spend import Spend
from ask_debbie.models.turns import LEFT, Turns

_CHARACTERS_A_TOKEN = 3  # fewer than it takes on average, so that an estimate is too high
_MOST_ASKED = 4_000  # characters of a question with its lines
_MOST_WRITTEN = 200  # tokens of an answer
_WHOLE_LINES = 5  # passages that come whole with a question where the prompt can't hold all documents
_LINE_WORDS = 60  # of a passage that is judged by itself
_CERTAIN = 1.0  # log-odds of "Yes" from which no further passage is judged
_UNLIKELY = -20.0  # log-probability of a word that isn't among a first token's twenty likeliest
_ABSENT = re.compile(
    r"\bnot (?:stated|mentioned|specified|provided|listed|available|given|said|explicitly)\b|"
    r"\b(?:do|does|did)(?: not|n't) (?:say|state|mention|specify|provide|list|include|contain|indicate)\b|"
    r"\bno (?:information|mention|details?|indication)\b",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])|\n+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Inc|Ltd|Co|vs|e\.g|i\.e|approx|No)|\b[A-Z](?:\.[A-Z])*)\.$"
)
_FILLER = re.compile(
    r"^(?:(?:answer|note)\s*:\s*|[-*•]\s+|based on [^,]{1,60},\s*|according to [^,]{1,60},\s*)", re.IGNORECASE
)


class Draft:
    """One model call.

    Attributes:
        first_token: ``time.perf_counter()`` at the model's first token; None before it.
        absent: whether the model said that the documents don't say.
    """

    def __init__(self, pieces: Callable[[Draft], Iterator[str | Waiting]], profile: Profile) -> None:
        self._profile = profile
        self.first_token: float | None = None
        self.usage = Usage()
        self.absent = False
        self._pieces = pieces(self)

    def sentences(self) -> Iterator[str | Waiting]:
        """Each sentence as soon as it is whole.

        Raises:
            EngineError: where the model fails; sentences before that stand.
        """
        pending = ""
        for piece in self._pieces:
            if isinstance(piece, Waiting):
                yield piece
                continue
            pending += piece
            *whole, pending = _split(pending)
            yield from self._clean(whole)
        yield from self._clean([pending])

    def first_piece(self) -> None:
        """Wait for the model's first token."""
        next((piece for piece in self._pieces if isinstance(piece, str)), None)

    def close(self) -> None:
        """Stop the model, if it is still writing."""
        close = getattr(self._pieces, "close", None)
        if close:
            close()

    def _clean(self, sentences: list[str]) -> Iterator[str]:
        for sentence in sentences:
            text = _FILLER.sub("", plain(sentence).strip())
            if _ABSENT.search(text):
                self.absent = True
            elif text:
                yield self._by_pronoun(text if text[-1] in ".!?" else f"{text}.")

    def _by_pronoun(self, sentence: str) -> str:
        """The sentence with the candidate's pronoun for her name, as answers speak of her."""
        g = self._profile.grammar
        name = rf"(?:{re.escape(self._profile.name)}|{re.escape(self._profile.first_name)})"
        if g.subject == "they" or re.search(rf"\w{name}|{name}\w", sentence):
            return sentence  # "they has", or part of a longer word
        sentence = re.sub(rf"\b{name}['’]s\b", g.possessive, sentence)
        sentence = re.sub(rf"\b{name}\b(?![@.]\w)", g.subject, sentence)
        return sentence[:1].upper() + sentence[1:]


class Drafter:
    """Drafts answers about one corpus with a chat model.

    The system message holds the rules and the documents, as far as they fit: it is the same for every question, so
    that a server can keep its state. What varies is short and comes last.

    Args:
        name: the engine's name, as answers carry it.
        label: its name for a visitor.
        budget: characters of documents that the system message may hold.
        part: how many it holds where they are more; if none, the lines that were found come with each question.
        turns: the queue in front of a model that serves one at a time.
        prices: dollars a million prompt and completion tokens.
        spend: what may be spent a day; it needs the prices.
        keep: what the model lives in, such as its server: kept as long as the drafter.
        reads_lines: whether ``answering_line`` may ask the model about single lines: worth it where the model is too
            small to find the line by itself.
    """

    def __init__(
        self,
        model: BaseChatModel,
        corpus: Corpus,
        *,
        name: str,
        label: str,
        budget: int,
        part: int = 0,
        turns: Turns | None = None,
        prices: tuple[float, float] | None = None,
        spend: Spend | None = None,
        keep: object = None,
        reads_lines: bool = False,
    ) -> None:
        self.keep = keep
        self.reads_lines = reads_lines
        self.name = name
        self.label = label
        self._briefing = brief(corpus, budget, part)
        self._takes_lines = part == 0 and not self._briefing.is_whole
        self._question = prompt("question")
        self._judging = prompt("judge").format(name=corpus.profile.first_name)
        self._profile = corpus.profile
        self._model = model
        self._turns = turns
        self._prices = prices
        self.spend = spend

    @property
    def system(self) -> str:
        """The system message, which is the same for every question."""
        return self._briefing.text

    def knows(self, evidence: Evidence) -> bool:
        """Whether the best of the evidence is given to the model."""
        return self._takes_lines or all(self._briefing.holds(p) for p in evidence.passages[:1])

    @property
    def affordable(self) -> bool:
        """Whether today's dollars suffice for one more answer; always, where nothing caps them."""
        return self.spend is None or self.spend.affords(self._most)

    @property
    def _most(self) -> float:
        """Dollars that an answer costs at most."""
        prompt, written = self._prices or (0.0, 0.0)
        asked = (len(self.system) + _MOST_ASKED) / _CHARACTERS_A_TOKEN
        return (asked * prompt + _MOST_WRITTEN * written) / 1_000_000

    def warm_up(self) -> None:
        """Ask for one token, so that the first visitor doesn't wait for what is made on first use.

        Raises:
            EngineError: The model doesn't answer.
        """
        messages = [SystemMessage(self.system), HumanMessage("?")]
        draft = Draft(lambda draft: self._pieces(draft, messages), self._profile)
        draft.first_piece()
        draft.close()

    def draft(self, question: Question, evidence: Evidence) -> Draft:
        """A draft that starts when its sentences are asked for."""
        asked = question.text
        if self._takes_lines:
            lines = "\n".join(plain(p.text) for p in evidence.passages[:_WHOLE_LINES])
            asked = self._question.format(question=question.text, lines=lines)
        messages = [
            SystemMessage(self.system),
            HumanMessage(asked),
        ]
        return Draft(lambda draft: self._pieces(draft, messages), self._profile)

    def answering_line(
        self, question: Question, passages: Sequence[Passage], least: float = 0.0
    ) -> Generator[Waiting, None, Passage | None]:
        """Returns the passage of which the model would soonest say that it answers the question; None where of none.

        Yields the place in the queue until the model has time.
        It is read off the first token's log-probabilities, "Yes" against "No", for each passage by itself: a small
        model judges one line at a time far better than it finds one among all (docs/experiments.md). The first that
        it is sure of ends it.

        Args:
            passages: best first.
            least: log-odds of "Yes" that a passage has to pass.

        Raises:
            EngineError: The model fails.
        """
        best, nearest = least, None
        with ExitStack() as stack:
            yield from self._turn(stack)
            for passage in passages:
                _stop_if_left()
                line = " ".join(plain(passage.text).split()[:_LINE_WORDS])
                asked = prompt("line").format(
                    trail=" › ".join(passage.breadcrumb), line=line, question=question.text
                )
                yes = self._yes([SystemMessage(self._judging), HumanMessage(asked)])
                if yes > best:
                    best, nearest = yes, passage
                if best >= _CERTAIN:
                    break
        return nearest

    def _yes(self, messages: list[Any]) -> float:
        """Log-odds of "Yes" against "No" as the model's first word."""
        try:
            reply = self._model.bind(logprobs=True, top_logprobs=20, max_tokens=1).invoke(messages)
            likely = reply.response_metadata["logprobs"]["content"][0]["top_logprobs"]
        except openai.OpenAIError as error:
            raise EngineError(f"The writing model failed: {type(error).__name__}.") from error
        except (OSError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            raise EngineError("The writing model's server doesn't tell how sure it is.") from error
        found = {"yes": _UNLIKELY, "no": _UNLIKELY}
        for token in likely:
            word = str(token["token"]).strip().lower()
            if word in found:
                found[word] = max(found[word], float(token["logprob"]))
        return found["yes"] - found["no"]

    def _pieces(self, draft: Draft, messages: list[Any]) -> Iterator[str | Waiting]:
        with ExitStack() as stack:
            yield from self._turn(stack)
            bill = stack.enter_context(self.spend.bill(self._most)) if self.spend else None
            try:
                stream = self._model.stream(messages)
                if hasattr(stream, "close"):
                    stack.callback(stream.close)
                for chunk in stream:
                    _stop_if_left()
                    usage = getattr(chunk, "usage_metadata", None)
                    if usage:
                        draft.usage = self._count(usage)
                        if bill and draft.usage.cost_usd is not None:
                            bill.settle(draft.usage.cost_usd)
                    if chunk.content:
                        if draft.first_token is None:
                            draft.first_token = time.perf_counter()
                        yield str(chunk.content)
            except openai.OpenAIError as error:
                if bill and _is_free(error):
                    bill.settle(0.0)
                raise EngineError(f"The writing model failed: {type(error).__name__}.") from error
            except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
                # what a server sends that speaks another language surfaces as any of these
                raise EngineError(
                    "The writing model's server sent something that isn't an answer."
                ) from error

    def _turn(self, stack: ExitStack) -> Iterator[Waiting]:
        """Wait for a turn that lasts until the stack is closed."""
        if self._turns is not None:
            for place in stack.enter_context(self._turns.join()).wait():
                yield Waiting(place.ahead, place.seconds)

    def _count(self, usage: dict[str, int]) -> Usage:
        prompt, completion = usage.get("input_tokens", 0), usage.get("output_tokens", 0)
        cost = None
        if self._prices is not None:
            cost = round((prompt * self._prices[0] + completion * self._prices[1]) / 1_000_000, 6)
        return Usage(prompt, completion, cost)


def _stop_if_left() -> None:
    """A model that writes on for nobody keeps others waiting."""
    if LEFT.get()():
        raise EngineError("The asker left.")


def _is_free(error: openai.OpenAIError) -> bool:
    """Whether a failure came before anything was written, so that it costs nothing."""
    refused = isinstance(error, openai.APIStatusError | openai.APIConnectionError)
    return refused and not isinstance(error, openai.APITimeoutError)


def _split(text: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if not _ABBREVIATED.search(text[start : match.start()]):
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]
