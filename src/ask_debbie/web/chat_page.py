"""The page as a Gradio app: one component that carries questions in and snapshots of the answer out.

What the visitor sees is ``templates/shell.html`` with ``static/*.js``; Gradio is its queue, its sessions and
its API. A conversation lives in the visitor's own tab and comes with each question: nothing here remembers
anyone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, cast

import gradio as gr
from gradio.events import api
from pydantic import ValidationError

from ask_debbie.answering.answer import Event, Finished, SentenceReady, Waiting
from ask_debbie.errors import AskDebbieError
from ask_debbie.web.background import Background, in_event_loop
from ask_debbie.web.desk import Desk
from ask_debbie.web.errors import BROKEN
from ask_debbie.web.protocols import Assistant
from ask_debbie.web.turn import PastMessage, Question, Snapshot, Turn, conversation

VISITORS_AT_ONCE = 40  # as many jobs as Gradio runs
VISITORS_IN_LINE = 256
UNREADABLE = "That question couldn't be read. Please ask again, in fewer words."

# The page's own script may load before or after this component, so that each looks for the other. On another site,
# in Gradio's web component, there is no such page: there the widget stands in for it.
CONNECT = """
const say = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
window.askWire = {
  ask: (question) => trigger("submit", question),
  stop: (turn) => trigger("stop", { turn }),
};
watch("value", () => say("ask:snapshot", props.value));
say("ask:wired");
const elsewhere = element.closest("gradio-app[src]");
if (elsewhere && !document.getElementById("ask")) {
  const script = document.createElement("script");
  script.src = new URL("widget.js", elsewhere.getAttribute("src").replace(/[/]*$/, "/"));
  element.append(document.createElement("ask-debbie"), script);
}
"""
FAILED = "() => { document.dispatchEvent(new CustomEvent('ask:failed')); }"


@in_event_loop
def create_page(desk: Desk) -> gr.Blocks:
    """The page, not yet served."""
    running: dict[str, Background[Event]] = {}  # by the turn's random id, while it is answered

    async def answer(event: gr.EventData, request: gr.Request) -> AsyncIterator[Snapshot]:
        assistant = desk.assistant
        try:
            question = Question.model_validate(event._data)
        except ValidationError:
            turn = Turn(_turn_of(event._data), assistant.documents)
            turn.fail(UNREADABLE)
            yield turn.snapshot()
            return
        turn = Turn(question.turn, assistant.documents)
        yield turn.snapshot()
        try:
            events = await desk.ask(assistant, question.messages(), _address(request), "page")
        except AskDebbieError as error:
            turn.fail(str(error))
            yield turn.snapshot()
            return
        running[question.turn] = events
        try:
            async for step in events:
                if step is not None:
                    turn.add(step)
                yield turn.snapshot()
        except AskDebbieError as error:
            turn.fail(str(error))
            yield turn.snapshot()
        except Exception:  # logged where it happened
            turn.fail(BROKEN)
            yield turn.snapshot()
        finally:
            events.stop()
            running.pop(question.turn, None)

    async def stop(event: gr.EventData) -> None:
        events = running.get(_turn_of(event._data))
        if events is not None:
            events.stop()

    async def chat(
        message: str, request: gr.Request, history: list[dict[str, Any]] | None = None
    ) -> AsyncIterator[str]:
        """Answer a question about the candidate from their documents, with markers such as [1].

        Args:
            message: the question.
            history: earlier messages, oldest first, each with a role and its content.
        """
        try:
            messages = conversation(message, [PastMessage.model_validate(m) for m in history or []])
        except ValidationError as error:
            raise gr.Error("history takes objects with a role (user, assistant) and content") from error
        said: list[str] = []
        try:
            events = await desk.ask(desk.assistant, messages, _address(request), "gradio")
        except AskDebbieError as error:
            raise gr.Error(str(error)) from error
        try:
            async for step in events:
                match step:
                    case SentenceReady(sentence):
                        said.append(sentence.marked)
                        yield " ".join(said)
                    case Finished(whole):
                        yield whole.text
                    case Waiting() | None:  # Gradio notices only here that its asker has left
                        yield " ".join(said)
        except AskDebbieError as error:
            raise gr.Error(str(error)) from error
        finally:
            events.stop()

    with gr.Blocks(title=_title(desk.assistant), analytics_enabled=False) as page:
        wire = gr.HTML(
            html_template="",
            js_on_load=CONNECT,
            apply_default_css=False,
            container=False,
            padding=False,
            elem_id="ask-wire",
        )
        asked = wire.submit(
            answer,
            outputs=wire,
            show_progress="hidden",
            trigger_mode="multiple",
            concurrency_limit=VISITORS_AT_ONCE,
            concurrency_id="visitors",
            api_visibility="private",
        )
        asked.failure(None, js=FAILED, api_visibility="private")
        # Not Gradio's own `cancels`: that takes the next question down with it, if it comes at once.
        wire.stop(
            stop, queue=False, show_progress="hidden", trigger_mode="multiple", api_visibility="private"
        )
        api(chat, api_name="chat", concurrency_limit=VISITORS_AT_ONCE, concurrency_id="api")
    page.queue(max_size=VISITORS_IN_LINE)
    return cast(gr.Blocks, page)


def name_page(page: gr.Blocks, assistant: Assistant) -> None:
    """Have a page that is served already say whom it is about."""
    page.title = page.config["title"] = _title(assistant)


def _title(assistant: Assistant) -> str:
    return f"Ask about {assistant.profile.name}"


def _address(request: gr.Request) -> str | None:
    client = request.client
    return client.host if client else None


def _turn_of(data: object) -> str:
    turn = data.get("turn") if isinstance(data, dict) else None
    return turn if isinstance(turn, str) else ""
