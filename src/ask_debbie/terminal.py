"""Answers on a terminal, and as JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TextIO

from rich.console import Console
from rich.text import Text

from ask_debbie.answering.answer import Answer, Citation, Finished, Message, SentenceReady, Waiting
from ask_debbie.corpus.passages import shown
from ask_debbie.errors import AskDebbieError

_QUOTE = 160  # characters of a quote that the list of sources shows
_HISTORY = 20  # messages that a conversation keeps


class Answerer(Protocol):
    """What this module needs of the assistant."""

    def ask(self, messages: Any) -> Answer: ...
    def stream(self, messages: Any) -> Iterator[Any]: ...
    @property
    def profile(self) -> Any: ...


class LineError(ValueError):
    """A line of input that isn't a question."""


def show(answer: Answer, *, as_json: bool = False) -> None:
    """Print an answer with its sources, or as one JSON object."""
    if as_json:
        print(json.dumps(answer.to_wire(), ensure_ascii=False))  # noqa: T201 - the command's result
        return
    console = Console(highlight=False)
    console.print(Text(answer.text))
    _show_foot(console, answer)


def converse(assistant: Answerer) -> None:
    """A conversation on the terminal, until /quit or the end of input."""
    console = Console(highlight=False)
    console.print(
        Text(f"Ask about {assistant.profile.name}. /clear starts again, /quit leaves.", style="dim")
    )
    history: list[Message] = []
    while True:
        try:
            question = console.input(Text("› ", style="bold")).strip()
        except (EOFError, KeyboardInterrupt, RuntimeError):  # RuntimeError: standard input is closed
            console.print()
            return
        if question in {"/quit", "/exit", "/q"}:
            return
        if question == "/clear":
            history = []
            continue
        if not question:
            continue
        history.append(Message(role="user", content=question))
        try:
            answer = _say(console, assistant, history)
        except KeyboardInterrupt:
            console.print(Text("stopped", style="dim"))
            history.pop()
            continue
        history.append(Message(role="assistant", content=answer.text))
        history = history[-_HISTORY:]


def _say(console: Console, assistant: Answerer, history: list[Message]) -> Answer:
    stream = assistant.stream(history)
    try:
        with console.status("reading the documents", spinner="dots") as status:
            for event in stream:
                if isinstance(event, Waiting):
                    status.update(f"{event.ahead} ahead of you, about {event.seconds:.0f} seconds")
                elif isinstance(event, SentenceReady):
                    console.print(Text(event.sentence.marked))
                elif isinstance(event, Finished):
                    answer = event.answer
    finally:
        stream.close()  # type: ignore[attr-defined]
    _show_foot(console, answer)
    return answer


def _show_foot(console: Console, answer: Answer) -> None:
    if answer.citations:
        console.print()
    for citation in answer.citations:
        console.print(_source(citation), soft_wrap=True)
    if answer.notice:
        console.print(Text(answer.notice, style="dim italic"))


def _source(citation: Citation) -> Text:
    quote = shown(citation.quote)
    short = quote if len(quote) <= _QUOTE else f"{quote[: _QUOTE - 1].rstrip()}…"
    where = " › ".join((citation.document, *citation.breadcrumb))
    where += f", {citation.place}" if citation.place else ""
    return Text.assemble((f"[{citation.marker}] ", "bold dim"), (where, "dim"), (f'   "{short}"', "dim"))


@contextmanager
def open_lines(name: str) -> Iterator[BinaryIO]:
    """The lines of a file, or of standard input for ``-``.

    Raises:
        AskDebbieError: where the file can't be opened.
    """
    if name == "-":
        if sys.stdin is None:
            raise AskDebbieError("There is no standard input to read questions from.")
        yield sys.stdin.buffer
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(name).open("rb"))
        except OSError as error:
            raise AskDebbieError(f"{name} can't be read: {error.strerror}.") from error
        yield file


def answer_lines(assistant: Answerer, lines: Iterable[bytes], out: TextIO) -> None:
    """Answer JSON lines in order, one line each; a line that isn't a question gets an error object."""
    for raw in lines:
        if not raw.strip():
            continue
        identity: Any = None
        try:
            data = _object(raw)
            identity = data.get("id")
            answer = assistant.ask(_messages(data))
            said = {"id": identity, **answer.to_wire()}
            if answer.status == "error":
                said = {"id": identity, "status": "error", "error": answer.text}
        except LineError as error:
            said = {"id": identity, "status": "error", "error": str(error)}
        out.write(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8") + "\n")
        out.flush()


def _object(raw: bytes) -> dict[str, Any]:
    try:
        data = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError:
        raise LineError("The line isn't UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise LineError(f"The line isn't JSON: {error}.") from None
    if not isinstance(data, dict):
        raise LineError('The line isn\'t an object such as {"id": 1, "question": "…"}.')
    return data


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} isn't a JSON number")


def _messages(data: Mapping[str, Any]) -> list[Message]:
    if isinstance(data.get("question"), str):
        return [Message(role="user", content=data["question"])]
    given = data.get("messages")
    if not isinstance(given, list) or not given:
        raise LineError('The line has neither a "question" (text) nor "messages" (a list).')
    messages = [message for entry in given if (message := _message(entry)) is not None]
    if not messages or messages[-1]["role"] != "user":
        raise LineError('The last of "messages" has to be the user\'s question.')
    return messages


def _message(entry: Any) -> Message | None:
    if not isinstance(entry, dict) or "role" not in entry:
        raise LineError('Each of "messages" has to be an object with "role" and "content".')
    content = entry.get("content")
    if isinstance(content, list):
        content = " ".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    if not isinstance(content, str):
        raise LineError('The "content" of a message has to be text.')
    match entry["role"]:
        case "user":
            return Message(role="user", content=content)
        case "assistant":
            return Message(role="assistant", content=content)
        case "system" | "developer" | "tool":
            return None  # a client's rules change none of ours
        case role:
            raise LineError(f"The role {role!r} isn't known.")
