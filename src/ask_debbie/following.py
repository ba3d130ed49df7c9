"""The owner edits while visitors ask: each state of the corpus folder that can be read gets an assistant of its own,
which takes over in one step."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ask_debbie.answering.assistant import Assistant
from ask_debbie.compose import Workshop
from ask_debbie.corpus.corpus import Corpus, corpus_files, read_corpus
from ask_debbie.corpus.profile import FILE_NAME
from ask_debbie.errors import CorpusError
from ask_debbie.models.artifacts import silent
from ask_debbie.models.turns import TurnsFullError

LOOK_SECONDS = 0.25  # a look at 20 files takes half a millisecond

Switch = Callable[[Assistant], None]
State = dict[str, tuple[int, ...]]

_log = logging.getLogger(__name__)


class Follower:
    """Looks at a corpus folder, and makes a new assistant when it has changed and come to rest.

    Looks rather than listens: network and container mounts tell nobody of a change.

    Args:
        workshop: makes the assistants.
        assistant: who answers until the first change.
        every: seconds between two looks; a change is taken up when two looks have seen the same.
    """

    def __init__(self, workshop: Workshop, assistant: Assistant, *, every: float = LOOK_SECONDS) -> None:
        self._workshop = workshop
        workshop.progress, workshop.say = silent, _log.warning
        self._served = assistant
        self._every = every
        self._stopped = threading.Event()
        self._reading: _Reading | None = None

    @contextmanager
    def following(self, switch: Switch) -> Iterator[None]:
        """Follow until the block ends.

        Args:
            switch: given each new assistant, in a thread of its own.
        """
        thread = threading.Thread(target=self._follow, args=(switch,), name="following", daemon=True)
        self._stopped.clear()
        thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            thread.join()
            self._stop_reading()

    def _follow(self, switch: Switch) -> None:
        folder = self._workshop.settings.corpus
        taken: State | None = None
        before = look(folder)
        while not self._stopped.wait(self._every):
            now = look(folder)
            if now == before != taken:
                taken = now
                try:
                    self._take(now, switch)
                except _Changing:
                    taken = None
                except CorpusError as error:
                    _log.warning("the earlier documents go on serving: %s", error)
                except Exception:  # whatever a document does to its reader, what serves goes on
                    _log.exception("the earlier documents go on serving")
            before = now

    def _take(self, state: State, switch: Switch) -> None:
        """Have the corpus of this state answered from, if it is another than before.

        Raises:
            CorpusError: It can't be read, or not what could be read before.
        """
        folder = self._workshop.settings.corpus
        try:
            corpus = read_corpus(folder)
        finally:
            if look(folder) != state:
                raise _Changing
        if corpus.digest == self._served.corpus.digest:
            return
        for path, served in self._served.documents.items():
            if path in state and (cause := _lost(corpus, path)) and served.blocks:
                raise CorpusError(cause)
        for warning in corpus.warnings:
            private = warning.startswith(FILE_NAME)  # what it says of private lines quotes them
            if not private and warning not in self._served.corpus.warnings:
                _log.warning("%s", warning)
        self._stop_reading()
        self._served = self._workshop.at_once(corpus)
        switch(self._served)
        _log.info("answering from the edited documents", extra=_counts(corpus))
        if self._workshop.has_to_read:
            self._reading = _Reading(self._workshop, self._served, switch)
            self._reading.start()

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.stop()
            self._reading = None


class _Reading(threading.Thread):
    """The local model reads the new documents while quotes of them are the answers, and then takes over."""

    def __init__(self, workshop: Workshop, assistant: Assistant, switch: Switch) -> None:
        super().__init__(name="reading", daemon=True)
        self._workshop = workshop
        self._assistant = assistant
        self._switch = switch
        self._stopped = threading.Event()
        self._switching = threading.Lock()

    def stop(self) -> None:
        """Give up: when this returns, nothing is switched any more."""
        with self._switching:
            self._stopped.set()

    def run(self) -> None:
        try:
            ready = self._read()
            with self._switching:
                if not self._stopped.is_set():
                    self._switch(ready)
                    _log.info("the model has read the edited documents")
        except _Changing:
            pass
        except Exception:
            _log.exception("the model can't read the edited documents")

    def _read(self) -> Assistant:
        while True:
            try:
                return self._workshop.after_reading(self._assistant, self._go_on)
            except TurnsFullError:  # nobody joins the queue now that quotes are the answers
                if self._stopped.wait(1):
                    raise _Changing from None

    def _go_on(self, done: int, total: int, label: str) -> None:
        del done, total, label
        if self._stopped.is_set():
            raise _Changing


class _Changing(Exception):  # noqa: N818 - no error: there is a newer state
    """The folder has changed meanwhile."""


def look(folder: Path) -> State:
    """What tells one state of a folder's files from another, by their paths; empty where it can't be read."""
    state: State = {}
    try:
        for path in corpus_files(folder):
            about = path.stat()
            state[path.relative_to(folder).as_posix()] = (
                about.st_ino,
                about.st_size,
                about.st_mtime_ns,
                about.st_ctime_ns,
            )
    except OSError:  # it changes at this moment: the next look sees more
        return {}
    return state


def _lost(corpus: Corpus, path: str) -> str:
    """Why nothing of a file could be read; nothing where something could."""
    document = corpus.documents.get(path)
    if document is None:
        return next((w for w in corpus.warnings if w.startswith(f"{path} ")), f"{path} can't be read.")
    return "" if document.blocks else f"{path} is empty."


def _counts(corpus: Corpus) -> dict[str, int]:
    return {"documents": len(corpus.documents), "passages": len(corpus.passages)}
