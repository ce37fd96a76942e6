"""The archive in buckets, before servers that speak S3's and Google's language: kills, writers that meet, bad addresses."""

from __future__ import annotations

import asyncio.selector_events
import os
import random
import signal
from dataclasses import replace
from functools import partial

import pytest
from made_archive import RTY, Model, append, bars_of, closes, hour, numbered, said_by, write_each
from made_archive_writers import acknowledged, killed_writer

from levelhead.domain.errors import BadArchive
from levelhead.market.archive import Archive

IS_SOAK = bool(os.environ.get("LEVELHEAD_SOAK"))
KILLS = 50 if IS_SOAK else 3

if not hasattr(os, "fork"):
    pytest.skip("writers are forked from a process that has imported everything", allow_module_level=True)


@pytest.fixture(params=["s3", "gcs"])
def root(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_root"))


def held(archive: Archive, at: float = 10_000) -> dict:
    return said_by(archive.read("made", "RTY", instrument=RTY, known_at=hour(at)))


def fetched(archive: Archive) -> int:
    return len(archive.fetches("made", "RTY"))


def test_two_writers_at_once_lose_nothing_in_a_bucket(processes, root):
    count = 60 if IS_SOAK else 12
    writers = [processes.Process(target=write_each, args=(root, list(range(start, count, 2)))) for start in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
        assert writer.exitcode == 0
    archive = Archive(root)
    assert archive.verify() == ()
    assert archive.fetches("made", "RTY") == tuple(hour(i) for i in range(count))
    model = Model([numbered(i) for i in range(count)])
    for i in range(count):
        assert held(archive, i) == model.holds(i)[0]


def test_one_fetch_that_two_writers_bring_at_once_is_kept_once(processes, root):
    writers = [processes.Process(target=write_each, args=(root, range(4))) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    archive = Archive(root)
    assert archive.verify() == ()
    assert set(archive.fetches("made", "RTY")) == {hour(i) for i in range(4)}
    assert held(archive) == Model([numbered(i) for i in range(4)]).holds()[0]
    assert len(archive.revisions("made", "RTY")) == len({(r.time, r.seen) for r in archive.revisions("made", "RTY")})


@pytest.mark.long
def test_a_writer_killed_at_any_point_leaves_no_half_segment_in_a_bucket(processes, root, tmp_path, record_property):
    chance = random.Random(20250314)
    kept, unsaid = 0, 0
    for trial in range(KILLS):
        address, said = f"{root}-{trial // 10}", tmp_path / f"said-{trial}"
        archive = Archive(address)
        before = fetched(archive)
        killed_writer(processes, address, before, said, chance)
        assert archive.verify() == ()
        whole, numbers = fetched(archive), acknowledged(said)
        assert numbers == list(range(before, before + len(numbers)))
        # What is there is what was acknowledged, and at most the one fetch whose acknowledgement the kill prevented.
        assert whole - before - len(numbers) in (0, 1)
        if whole:
            assert held(archive) == Model([numbered(i) for i in range(whole)]).holds()[0]
        kept, unsaid = kept + len(numbers), unsaid + whole - before - len(numbers)
    for name, count in (("kills of writers to a bucket", KILLS), ("acknowledged", kept), ("unacknowledged", unsaid)):
        record_property(name, count)


def test_a_writer_killed_with_half_of_its_file_sent_leaves_the_bucket_as_it_was(processes, s3_root):
    archive = Archive(s3_root)
    append(archive, numbered(0))
    writer = processes.Process(target=die_half_sent, args=(s3_root,))
    writer.start()
    writer.join(30)
    assert writer.exitcode == -9
    assert archive.verify() == ()
    assert fetched(archive) == 1
    append(archive, numbered(1))
    assert held(archive) == Model([numbered(0), numbered(1)]).holds()[0]


def die_half_sent(root: str) -> None:
    """Appends a fetch and is killed when half of its file has left the process."""
    transport = asyncio.selector_events._SelectorSocketTransport  # type: ignore[attr-defined]
    write, write_lines = transport.write, transport.writelines

    def cut(self, data, send):
        if b"PAR1" not in data:
            send()
            return
        self._sock.setblocking(True)
        self._sock.sendall(data[: len(data) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

    transport.write = lambda self, data: cut(self, bytes(data), lambda: write(self, data))
    transport.writelines = lambda self, data: cut(self, b"".join(data := list(data)), lambda: write_lines(self, data))
    append(Archive(root), numbered(1))


def test_a_symbol_of_any_characters_is_found_again_in_a_bucket(root):
    archive = Archive(root)
    for symbol in ("^VIX", "BRK.B", "A/B", "x y%?#[1]*"):
        odd = replace(RTY, symbol=symbol)
        archive.append(replace(bars_of(closes(2000.0, 2010.0)), instrument=odd), source="made", fetched_at=hour(0))
        assert said_by(archive.read("made", symbol, instrument=odd)) == closes(2000.0, 2010.0)
        assert archive.sources(symbol) == ("made",)
    assert [held.symbol for held in archive.datasets()] == sorted(["^VIX", "BRK.B", "A/B", "x y%?#[1]*"], key=quoted)
    assert archive.verify() == ()


def quoted(symbol: str) -> str:
    from urllib.parse import quote

    return quote(symbol, safe="")


def test_a_bucket_that_is_not_there_is_not_made_but_named(s3_at, gcs_at):
    for archive in (Archive("s3://mispelt/bars"), Archive("gs://mispelt/bars")):
        for work in (partial(append, archive, numbered(0)), archive.datasets, partial(held, archive)):
            with pytest.raises(BadArchive, match=r"there is no 'mispelt' there\); make it first, or check the name"):
                work()


def test_a_bucket_itself_is_an_address(s3_at):
    archive = Archive("s3://made")
    append(archive, numbered(0))
    assert held(archive) == Model([numbered(0)]).holds()[0]


def test_a_damaged_segment_in_a_bucket_is_named(root):
    archive = Archive(root)
    append(archive, numbered(0))
    store = archive._store
    (name,) = store.names("made/RTY/1d")
    store.files.pipe_file(f"{store.path}/made/RTY/1d/{name}", b"PAR1 half of it")
    (found,) = archive.verify()
    assert found.kind == "damaged_segment"
    assert name in found.text
    with pytest.raises(BadArchive, match="its bytes are not those that were written"):
        held(archive)


def test_where_a_request_can_end_halfway_a_file_is_written_beside_and_renamed(tmp_path):
    from fsspec import register_implementation
    from fsspec.implementations.local import LocalFileSystem

    class Disk(LocalFileSystem):
        """A store that has folders, as SFTP has, and whose line may break."""

        protocol = "made-disk"
        breaks = False

        def pipe_file(self, path, value, **more):
            super().pipe_file(path, value[:100] if type(self).breaks else value, **more)
            if type(self).breaks:
                raise ConnectionError("the line broke")

    register_implementation("made-disk", Disk, clobber=True)
    archive = Archive(f"made-disk://{tmp_path}/bars")
    append(archive, numbered(0))
    Disk.breaks = True
    with pytest.raises(BadArchive, match="the line broke"):
        append(archive, numbered(1))
    Disk.breaks = False
    assert archive.verify() == ()
    assert held(archive) == Model([numbered(0)]).holds()[0]
    append(archive, numbered(1))
    assert held(archive) == Model([numbered(0), numbered(1)]).holds()[0]


def test_the_commands_read_an_archive_in_a_bucket(root, monkeypatch):
    from click.testing import CliRunner

    from levelhead.doors.cli import main

    monkeypatch.setenv("LEVELHEAD_HOME", root.removesuffix("/bars"))
    for i in (0, 1):
        append(Archive(root), numbered(i))
    run = CliRunner().invoke
    listed = run(main, ["data", "list", "--verify"])
    assert listed.exit_code == 0, listed.output
    assert "Every segment is what it was when it was written." in listed.output
    then, now = (
        run(main, ["data", "show", "RTY", "--source", "made", "--tail", "1", *known])
        for known in (["--known-at", f"{hour(0.5):%Y-%m-%dT%H:%MZ}"], [])
    )
    # the first fetch has days 0 to 59, the second 0 to 60
    assert "61 bars" in now.output
    assert "60 bars" in then.output
    assert "fetched on 2025-03-14 21:30 UTC" in then.output
