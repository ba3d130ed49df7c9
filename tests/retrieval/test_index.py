"""The index in a real Chroma: what is embedded, what serves, and what a failure leaves."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import numpy as np
import pytest
from chromadb.api import ClientAPI
from chromadb.api.client import Client
from filelock import FileLock
from langchain_core.embeddings import Embeddings
from pydantic import SecretStr

from ask_debbie.compose import build_retriever, index_name
from ask_debbie.corpus.corpus import Corpus, read_corpus
from ask_debbie.errors import StoreError
from ask_debbie.retrieval import index as index_module
from ask_debbie.retrieval.chroma_client import memory_client, open_client
from ask_debbie.retrieval.index import Built, PassageIndex
from ask_debbie.retrieval.views import views
from ask_debbie.settings import Settings
from tests.chroma_server import ChromaServer
from tests.retrieval.conftest import RESUME, Corpora, CountingEmbeddings

EDITED = RESUME.replace("Trained 9 volunteers to dive.", "Trained 11 volunteers to dive.")


@pytest.fixture
def client(tmp_path: Path) -> ClientAPI:
    return open_client(tmp_path / "chroma")


@contextmanager
def opened(
    folder: Path, url: str, tenant: str = "default_tenant", database: str = "default_database"
) -> Iterator[ClientAPI]:
    """A client of a server, closed at the end."""
    client = open_client(folder, url=url, tenant=tenant, database=database)
    try:
        yield client
    finally:
        assert isinstance(client, Client)
        client.close()


def new_index(client: ClientAPI, embeddings: CountingEmbeddings | None = None) -> PassageIndex:
    return PassageIndex(client, embeddings or CountingEmbeddings(), "ad-ines")


def nearest(index: PassageIndex, corpus: Corpus, text: str) -> str:
    (found,) = index.store(corpus).similarity_search(text, k=1)
    return found.page_content


def rows(index: PassageIndex, corpus: Corpus) -> dict[str, str]:
    found = index.store(corpus).get()
    return dict(zip(found["ids"], found["documents"], strict=True))


class TestUpdating:
    def test_the_first_run_embeds_every_text_once(
        self, client: ClientAPI, corpora: Corpora, embeddings: CountingEmbeddings
    ) -> None:
        corpus = corpora(RESUME)
        built = new_index(client, embeddings).update(corpus)
        assert sorted(embeddings.texts) == sorted({view.text for view in views(corpus.passages)})
        assert (built.passages, built.embedded, built.removed) == (
            len(corpus.passages),
            len(embeddings.texts),
            0,
        )

    def test_a_second_run_embeds_nothing(
        self, client: ClientAPI, corpora: Corpora, embeddings: CountingEmbeddings
    ) -> None:
        corpus = corpora(RESUME)
        new_index(client).update(corpus)
        built = new_index(client, embeddings).update(corpora(RESUME))
        assert embeddings.texts == []
        assert (built.passages, built.embedded, built.removed) == (len(corpus.passages), 0, 0)

    def test_an_edit_embeds_only_what_changed_and_removes_what_went(
        self, client: ClientAPI, corpora: Corpora, embeddings: CountingEmbeddings
    ) -> None:
        index = new_index(client, embeddings)
        index.update(corpora(RESUME))
        embeddings.texts.clear()
        edited = corpora(EDITED)
        built = index.update(edited)
        assert len(embeddings.texts) == 2, "with its breadcrumb and without"
        assert all("11 volunteers" in text for text in embeddings.texts)
        assert (built.embedded, built.removed) == (2, 2)
        assert not any("9 volunteers" in text for text in rows(index, edited).values())

    def test_a_line_that_went_is_removed_and_nothing_embedded(
        self, client: ClientAPI, corpora: Corpora
    ) -> None:
        index = new_index(client)
        index.update(corpora(RESUME))
        built = index.update(corpora(RESUME.replace("- Wrote two manuals on tides.\n", "")))
        assert (built.embedded, built.removed) == (0, 2)

    def test_ids_do_not_change_with_an_edit_elsewhere(self, client: ClientAPI, corpora: Corpora) -> None:
        index = new_index(client)
        corpus = corpora(RESUME)
        index.update(corpus)
        before = rows(index, corpus)
        edited = corpora(EDITED.replace("# Ines Vale\n", "# Ines Vale\n\nA new first line.\n"))
        index.update(edited)
        after = rows(index, edited)
        kept = {i for i, text in before.items() if "9 volunteers" not in text}
        assert kept <= after.keys()
        assert len(after) == len(set(after))

    def test_equal_lines_have_ids_of_their_own(self, corpora: Corpora) -> None:
        corpus = corpora("## A\n\n- Sailed.\n- Sailed.\n")
        ids = [view.id for view in views(corpus.passages)]
        assert len(ids) == len(set(ids)) == 5

    def test_places_follow_an_edit_above(self, client: ClientAPI, corpora: Corpora) -> None:
        index = new_index(client)
        index.update(corpora(RESUME))
        moved = corpora(RESUME.replace("# Ines Vale\n", "# Ines Vale\n\nA new first line.\n"))
        index.update(moved)
        found = index.store(moved).get()
        spans = {(m["start"], m["end"]) for m in found["metadatas"]}
        assert spans == {(p.start, p.end) for p in moved.passages}

    def test_other_embeddings_rebuild_it(
        self, client: ClientAPI, corpora: Corpora, embeddings: CountingEmbeddings
    ) -> None:
        corpus = corpora(RESUME)
        new_index(client, embeddings).update(corpus)
        other = CountingEmbeddings("counting@2")
        index = new_index(client, other)
        assert not index.is_current(corpus)
        built = index.update(corpus)
        assert built.embedded == len(other.texts) == len(embeddings.texts)
        assert index.is_current(corpus)

    def test_another_format_rebuilds_it(
        self, client: ClientAPI, corpora: Corpora, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        corpus = corpora(RESUME)
        new_index(client).update(corpus)
        monkeypatch.setattr(index_module, "FORMAT", "later")
        assert new_index(client).update(corpus).embedded > 0

    def test_the_metadata_names_the_embeddings(self, client: ClientAPI, corpora: Corpora) -> None:
        new_index(client).update(corpora(RESUME))
        collections = client.list_collections()
        assert len(collections) == 2
        for collection in collections:
            assert (collection.metadata or {})["embeddings"] == "counting@1"

    def test_the_space_is_cosine(
        self, client: ClientAPI, corpora: Corpora, embeddings: CountingEmbeddings
    ) -> None:
        corpus = corpora(RESUME)
        index = new_index(client, embeddings)
        index.update(corpus)
        one = np.array(embeddings.embed_query("tides"))
        for document, distance in index.store(corpus).similarity_search_with_score("tides", k=5):
            other = np.array(embeddings.embed_query(document.page_content))
            cosine = one @ other / (np.linalg.norm(one) * np.linalg.norm(other))
            assert distance == pytest.approx(1 - cosine, abs=1e-5)

    def test_an_index_of_one_corpus_leaves_anothers(self, client: ClientAPI, corpora: Corpora) -> None:
        ours, theirs = corpora(RESUME), corpora("# Tobias Okafor\n\n- Bakes.\n")
        one, other = (PassageIndex(client, CountingEmbeddings(), name) for name in ("ad-ines", "ad-tobias"))
        one.update(ours)
        other.update(theirs)
        one.update(corpora(EDITED))
        assert nearest(other, theirs, "Bakes.") == "Bakes."
        assert other.is_current(theirs)

    def test_edits_do_not_pile_up(self, client: ClientAPI, corpora: Corpora) -> None:
        index = PassageIndex(client, CountingEmbeddings(), "ad-ines", grace=0)
        for number in range(5):
            index.update(corpora(RESUME.replace("14 wrecks", f"{number + 20} wrecks")))
        assert len(client.list_collections()) <= 3, "the pointer, what serves, what served before"

    def test_another_process_may_be_behind(self, client: ClientAPI, corpora: Corpora) -> None:
        """Each of two processes brings the index to the states that it sees, one later than the other."""
        states = [corpora(RESUME.replace("14 wrecks", f"{number} wrecks")) for number in (20, 21, 22)]
        ahead, behind = new_index(client), new_index(client)
        for state in states:
            ahead.update(state)
        behind.update(states[1])
        for state in states:
            assert nearest(ahead, state, "Wrote two manuals on tides.") == "Wrote two manuals on tides."
        assert behind.update(states[2]).embedded == 0
        assert ahead.is_current(states[2])

    def test_going_back_embeds_nothing(self, client: ClientAPI, corpora: Corpora) -> None:
        embeddings = CountingEmbeddings()
        index = PassageIndex(client, embeddings, "ad-ines")
        before, after = corpora(RESUME), corpora(EDITED)
        for state in (before, after):
            index.update(state)
        embeddings.texts.clear()
        assert index.update(before).embedded == 0
        assert embeddings.texts == []

    def test_the_earlier_one_is_still_there_for_who_reads_it(
        self, client: ClientAPI, corpora: Corpora
    ) -> None:
        index = new_index(client)
        before = corpora(RESUME)
        index.update(before)
        reader = index.store(before)
        index.update(corpora(EDITED))
        (found,) = reader.similarity_search("Wrote two manuals on tides.", k=1)
        assert found.page_content == "Wrote two manuals on tides."

    def test_a_corpus_that_was_not_indexed_has_no_store(self, client: ClientAPI, corpora: Corpora) -> None:
        with pytest.raises(StoreError, match="ask-debbie index"):
            new_index(client).store(corpora(RESUME))

    def test_progress_ends_where_it_says(self, client: ClientAPI, corpora: Corpora) -> None:
        steps: list[tuple[int, int]] = []
        corpus = corpora(RESUME)
        new_index(client).update(corpus, lambda done, total: steps.append((done, total)))
        total = len(views(corpus.passages))
        assert steps[0] == (0, total)
        assert steps[-1] == (total, total)
        assert steps == sorted(steps)


class TestStoppedBuilds:
    """A build that stops at any point leaves the earlier index serving, and the next build finishes."""

    @pytest.mark.parametrize("calls", range(0, 12, 2))
    def test_an_error_at_any_call(self, client: ClientAPI, corpora: Corpora, calls: int) -> None:
        before, after = corpora(RESUME), corpora(EDITED)
        new_index(client).update(before)
        failing = _FailingClient(client, calls)
        try:
            PassageIndex(failing, CountingEmbeddings(), "ad-ines").update(after)  # type: ignore[arg-type]
        except StoreError as error:
            assert "disk on fire" in str(error)
        index = new_index(client)
        assert index.is_current(before) or index.is_current(after)
        serving = before if index.is_current(before) else after
        wanted = next(p.text for p in serving.passages if "volunteers" in p.text)
        assert nearest(index, serving, wanted) == wanted
        index.update(after)
        assert nearest(index, after, "Trained 11 volunteers to dive.") == "Trained 11 volunteers to dive."

    def test_embeddings_that_fail(self, client: ClientAPI, corpora: Corpora) -> None:
        class Failing(CountingEmbeddings):
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                raise RuntimeError("no more memory")

        before, after = corpora(RESUME), corpora(EDITED)
        new_index(client).update(before)
        with pytest.raises(StoreError, match="no more memory"):
            new_index(client, Failing()).update(after)
        index = new_index(client)
        assert index.is_current(before)
        assert nearest(index, before, "Wrote two manuals on tides.") == "Wrote two manuals on tides."

    def test_a_process_killed_while_writing(self, tmp_path: Path, corpora: Corpora) -> None:
        before = corpora(RESUME)
        new_index(open_client(tmp_path / "base")).update(before)
        after = corpora(RESUME + "".join(f"- Dived wreck number {n} in winter.\n" for n in range(200)))
        script = tmp_path / "writer.py"
        script.write_text(_WRITER)
        rng = random.Random()
        delays = [0.0, *(rng.uniform(0, 0.8) for _ in range(3))]
        killed = 0
        for number, delay in enumerate(delays):
            folder = tmp_path / f"copy-{number}"
            shutil.copytree(tmp_path / "base", folder)
            killed += _write_and_kill(script, folder, tmp_path / "corpus", delay)
            index = new_index(open_client(folder))
            serving = after if index.is_current(after) else before
            assert index.is_current(serving), f"killed after {delay} s"
            assert len(rows(index, serving)) == len(views(serving.passages))
            for passage in before.passages:
                assert nearest(index, serving, passage.text) == passage.text, f"killed after {delay} s"
            index.update(after)
            assert (
                nearest(index, after, "Dived wreck number 7 in winter.") == "Dived wreck number 7 in winter."
            )
        assert killed, f"no writer was still at it after {delays}"


_WRITER = """\
import sys, time
from pathlib import Path
from ask_debbie.corpus.corpus import read_corpus
from ask_debbie.retrieval.chroma_client import open_client
from ask_debbie.retrieval.index import Built, PassageIndex
from tests.retrieval.conftest import CountingEmbeddings

def progress(done, total):
    print(done, flush=True)
    time.sleep(0.04)

corpus = read_corpus(Path(sys.argv[2]))
PassageIndex(open_client(Path(sys.argv[1])), CountingEmbeddings(), "ad-ines").update(corpus, progress)
"""


def _write_and_kill(script: Path, folder: Path, corpus: Path, delay: float) -> bool:
    """Kill a writing process so long after it began to write; False where it had finished."""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    arguments = [sys.executable, str(script), str(folder), str(corpus)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, env=environment) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"0\n"
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        writer.stdout.read()
    return writer.returncode == -signal.SIGKILL


class _FailingClient:
    """A client whose calls fail after the first so many."""

    def __init__(self, client: ClientAPI, calls: int) -> None:
        self._client = client
        self._left = calls

    def __getattr__(self, name: str) -> object:
        if name != "get_collection" and name != "list_collections":
            if self._left <= 0:
                raise OSError("disk on fire")
            self._left -= 1
        return getattr(self._client, name)


class TestTwoWriters:
    def test_the_second_waits_for_the_first(
        self, client: ClientAPI, corpora: Corpora, tmp_path: Path
    ) -> None:
        lock = tmp_path / "index.lock"
        corpus = corpora(RESUME)
        index = PassageIndex(client, CountingEmbeddings(), "ad-ines", lock)
        began = threading.Event()

        def update() -> int:
            began.set()
            return index.update(corpus).passages

        with ThreadPoolExecutor(1) as pool:
            with FileLock(lock):
                second = pool.submit(update)
                began.wait()
                time.sleep(0.2)
                assert not second.done()
                assert not new_index(client).is_current(corpus)
            assert second.result() == len(corpus.passages)

    def test_the_second_says_so_where_the_first_does_not_end(
        self, client: ClientAPI, corpora: Corpora, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(index_module, "_LOCK_SECONDS", 0.1)
        lock = tmp_path / "index.lock"
        corpus = corpora(RESUME)
        index = PassageIndex(client, CountingEmbeddings(), "ad-ines", lock)
        with FileLock(lock), pytest.raises(StoreError, match="Another process is writing"):
            index.update(corpus)
        index.update(corpus)
        assert index.is_current(corpus)


class Spoken(list[str]):
    """What the owner was told."""


@pytest.fixture
def say() -> Spoken:
    return Spoken()


@pytest.fixture
def settings(candidate_corpus: Path, models_dir: Path, tmp_path: Path) -> Settings:
    return Settings(
        corpus=candidate_corpus, models_dir=models_dir, index_dir=tmp_path / "index", engine="extractive"
    )


def answers(settings: Settings, say: Spoken) -> str:
    """What the retriever that can be had finds first."""
    corpus = read_corpus(settings.corpus)
    retriever = build_retriever(settings, corpus, say=say.append)
    assert retriever.store is not None, "vectors are to be had"
    (best, *_) = retriever.search("How many volunteers did he train to dive?")
    return best.passage.text


TRAINED = "Trained 5 volunteers to dive in the exhibit."


class TestFolders:
    def test_a_good_folder_needs_no_remark(self, settings: Settings, say: Spoken) -> None:
        assert answers(settings, say) == TRAINED
        assert say == []
        assert list(settings.index_dir.glob("*/chroma/chroma.sqlite3"))

    def test_a_folder_that_cannot_be_written(
        self, settings: Settings, say: Spoken, small_disk: Callable[[int], Path]
    ) -> None:
        disk = small_disk(64)
        _remount_read_only(disk)
        with pytest.raises(StoreError, match="can't be used"):
            open_client(disk / "chroma")
        read_only = settings.model_copy(update={"index_dir": disk / "index"})
        assert answers(read_only, say) == TRAINED
        (remark,) = say
        assert "memory" in remark

    def test_a_file_in_place_of_the_folder(self, settings: Settings, say: Spoken) -> None:
        settings.index_dir.write_text("x")
        assert answers(settings, say) == TRAINED
        (remark,) = say
        assert "memory" in remark

    @pytest.mark.parametrize("kibibytes", [16, 64, 260, 400])
    def test_a_full_disk(
        self, settings: Settings, say: Spoken, small_disk: Callable[[int], Path], kibibytes: int
    ) -> None:
        full = settings.model_copy(update={"index_dir": small_disk(kibibytes)})
        assert answers(full, say) == TRAINED
        (remark,) = say
        assert "memory" in remark

    def test_a_disk_that_fills_up_leaves_the_earlier_index(
        self, corpora: Corpora, small_disk: Callable[[int], Path], tmp_path: Path
    ) -> None:
        disk = small_disk(4096)
        index = PassageIndex(open_client(disk / "chroma"), CountingEmbeddings(), "ad-ines", room=disk)
        before = corpora(RESUME)
        index.update(before)
        with (disk / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(b"\0" * 4096):
                    pass
            except OSError:
                pass
        after = corpora(RESUME + "".join(f"- Dived wreck number {n} in winter.\n" for n in range(200)))
        with pytest.raises(StoreError, match="can't be written"):
            index.update(after)
        assert index.is_current(before)
        assert nearest(index, before, "Wrote two manuals on tides.") == "Wrote two manuals on tides."
        # the next process, with room again; in this one Chroma 1.5's client may never return from a write
        shutil.copytree(disk / "chroma", tmp_path / "room")
        roomy = new_index(open_client(tmp_path / "room"))
        assert roomy.is_current(before)
        roomy.update(after)
        assert nearest(roomy, after, "Dived wreck number 7 in winter.") == "Dived wreck number 7 in winter."

    @pytest.mark.parametrize("damage", ["nonsense", "half", "middle"])
    def test_a_damaged_database(
        self, settings: Settings, say: Spoken, corpora: Corpora, tmp_path: Path, damage: str
    ) -> None:
        # built elsewhere and copied: Chroma keeps a folder that it has opened in memory
        built = settings.model_copy(update={"index_dir": tmp_path / "built"})
        assert answers(built, Spoken()) == TRAINED
        shutil.copytree(built.index_dir, settings.index_dir)
        (database,) = settings.index_dir.glob("*/chroma/chroma.sqlite3")
        content = database.read_bytes()
        size = len(content)
        database.write_bytes(
            {
                "nonsense": b"not a database" * 1000,
                "half": content[: size // 2],
                "middle": content[:4096] + b"\xff" * (size // 2) + content[4096 + size // 2 :],
            }[damage]
        )
        assert answers(settings, say) == TRAINED
        (remark,) = say
        assert "memory" in remark
        assert len(remark) < 600
        assert "\n" not in remark

    def test_without_the_embeddings_keywords_serve(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from ask_debbie.errors import ArtifactError
        from ask_debbie.models.embeddings import MiniLM

        def refuse(*_: object, **__: object) -> MiniLM:
            raise ArtifactError("The file can't be fetched.")

        monkeypatch.setattr(MiniLM, "from_store", refuse)
        say = Spoken()
        retriever = build_retriever(settings, read_corpus(settings.corpus), say=say.append)
        assert retriever.store is None
        assert retriever.search("Who trained volunteers?")[0].passage.text == TRAINED
        (remark,) = say
        assert "keywords" in remark

    def test_a_corpus_folders_name_is_stable_and_its_own(self, tmp_path: Path) -> None:
        first, second = tmp_path / "a" / "corpus", tmp_path / "b" / "corpus"
        assert index_name(first) == index_name(first) != index_name(second)
        assert index_name(tmp_path / "ÉÅ 漢字 !!").startswith("ad-")
        assert len(index_name(tmp_path / ("x" * 200))) < 63 - len("-serving")


def _remount_read_only(folder: Path) -> None:
    if subprocess.run(
        ["mount", "-o", "remount,ro", str(folder)], capture_output=True, check=False
    ).returncode:
        pytest.skip("may not remount")


@pytest.mark.usefixtures("unclosed_connections")
class TestServers:
    def test_it_serves_from_a_server(
        self, settings: Settings, say: Spoken, chroma_server: ChromaServer
    ) -> None:
        served = settings.model_copy(update={"chroma_url": chroma_server.url})
        assert answers(served, say) == TRAINED
        assert say == []
        assert not list(settings.index_dir.glob("*/chroma/chroma.sqlite3"))
        name = index_name(settings.corpus)
        with opened(settings.index_dir, url=chroma_server.url) as other:
            assert any(collection.name.startswith(name) for collection in other.list_collections())

    def test_an_edit_on_a_server_embeds_only_what_changed(
        self, corpora: Corpora, chroma_server: ChromaServer, embeddings: CountingEmbeddings, tmp_path: Path
    ) -> None:
        chroma_server.make("edits", "edits")
        with opened(tmp_path, url=chroma_server.url, tenant="edits", database="edits") as client:
            index = new_index(client, embeddings)
            index.update(corpora(RESUME))
            embeddings.texts.clear()
            edited = corpora(EDITED)
            assert index.update(edited).embedded == 2
            assert (
                nearest(index, edited, "Trained 11 volunteers to dive.") == "Trained 11 volunteers to dive."
            )

    def test_two_processes_that_build_at_once_share_one_index(
        self, corpora: Corpora, chroma_server: ChromaServer, tmp_path: Path
    ) -> None:
        chroma_server.make("together", "together")
        corpus = corpora(RESUME + "".join(f"- Dived wreck number {n} in winter.\n" for n in range(60)))
        side_by_side = threading.Barrier(2, timeout=20)

        def build(url: str) -> Built:
            with opened(tmp_path, url=url, tenant="together", database="together") as client:
                steps = 0

                def together(done: int, total: int) -> None:
                    nonlocal steps
                    steps += 1
                    if done < total or steps == 1:
                        side_by_side.wait()

                return new_index(client).update(corpus, together)

        with ThreadPoolExecutor(2) as pool:
            first, second = pool.map(build, [chroma_server.url] * 2)
        assert first == second
        with opened(tmp_path, url=chroma_server.url, tenant="together", database="together") as client:
            index = new_index(client)
            assert index.is_current(corpus)
            assert len(rows(index, corpus)) == len(views(corpus.passages))
            assert len(client.list_collections()) == 2

    def test_a_tenant_and_database_of_its_own(
        self, settings: Settings, say: Spoken, chroma_server: ChromaServer
    ) -> None:
        chroma_server.make("acme", "resumes")
        served = settings.model_copy(
            update={"chroma_url": chroma_server.url, "chroma_tenant": "acme", "chroma_database": "resumes"}
        )
        assert answers(served, say) == TRAINED
        assert say == []
        name = index_name(settings.corpus)
        with opened(settings.index_dir, url=chroma_server.url) as elsewhere:
            assert not any(collection.name.startswith(name) for collection in elsewhere.list_collections())

    @pytest.mark.parametrize("setting", ["chroma_tenant", "chroma_database"])
    def test_a_tenant_or_database_that_is_not_there(
        self, settings: Settings, say: Spoken, chroma_server: ChromaServer, setting: str
    ) -> None:
        served = settings.model_copy(update={"chroma_url": chroma_server.url, setting: "nowhere"})
        assert answers(served, say) == TRAINED
        (remark,) = say
        assert "CHROMA_URL" in remark
        assert "memory" in remark

    def test_an_address_without_a_scheme(self, chroma_server: ChromaServer, tmp_path: Path) -> None:
        with opened(tmp_path, url=chroma_server.url.removeprefix("http://")) as client:
            assert client.heartbeat() > 0

    @pytest.mark.parametrize("url", ["http://127.0.0.1:1", "127.0.0.1:1", "https://127.0.0.1:1"])
    def test_a_server_that_is_not_there(self, settings: Settings, say: Spoken, url: str) -> None:
        with pytest.raises(StoreError, match=r"127\.0\.0\.1:1 .*CHROMA_URL"):
            open_client(settings.index_dir, url=url)
        assert answers(settings.model_copy(update={"chroma_url": url}), say) == TRAINED
        (remark,) = say
        assert "memory" in remark

    def test_the_token_is_sent(self, settings: Settings, say: Spoken, guarded: str) -> None:
        served = settings.model_copy(update={"chroma_url": guarded, "chroma_token": SecretStr("open-sesame")})
        assert answers(served, say) == TRAINED
        assert say == []

    @pytest.mark.parametrize("token", [None, SecretStr("wrong-word")])
    def test_a_wrong_token_is_told_and_never_shown(
        self, settings: Settings, say: Spoken, guarded: str, token: SecretStr | None
    ) -> None:
        served = settings.model_copy(update={"chroma_url": guarded, "chroma_token": token})
        assert answers(served, say) == TRAINED
        (remark,) = say
        assert "CHROMA_TOKEN" in remark
        assert "wrong-word" not in remark


@pytest.fixture
def guarded(chroma_server: ChromaServer) -> Iterator[str]:
    """The Chroma server behind a door that wants a token, which ``chroma run`` itself doesn't."""

    class Door(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("Authorization") == "Bearer open-sesame":
                headers = {"Content-Type": self.headers.get("Content-Type", "application/json")}
                reply = httpx.request(
                    self.command, chroma_server.url + self.path, content=body, headers=headers
                )
                status, content = reply.status_code, reply.content
            else:
                status, content = 401, b'{"error": "Unauthorized", "message": "no token, no entry"}'
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = answer  # noqa: N815 (names that http.server calls)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_memory_holds_an_index_too(corpora: Corpora) -> None:
    corpus = corpora(RESUME)
    index = PassageIndex(memory_client(), CountingEmbeddings(), "ad-memory")
    assert index.update(corpus).embedded > 0
    assert nearest(index, corpus, "Wrote two manuals on tides.") == "Wrote two manuals on tides."


def test_the_store_is_langchains(client: ClientAPI, corpora: Corpora) -> None:
    corpus = corpora(RESUME)
    index = new_index(client)
    index.update(corpus)
    store = index.store(corpus)
    document = store.similarity_search("Wrote two manuals on tides.", k=1)[0]
    assert (
        corpus.documents[document.metadata["document"]].text[
            document.metadata["start"] : document.metadata["end"]
        ]
        == "Wrote two manuals on tides."
    )
    assert document.metadata["breadcrumb"].startswith("Experience › Harbour Trust › Surveyor")
    assert issubclass(type(store.embeddings), Embeddings) or hasattr(store.embeddings, "embed_query")
