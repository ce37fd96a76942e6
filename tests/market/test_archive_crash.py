"""Writers that are killed, and writers that meet: nothing acknowledged is lost, nothing half-written is read."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator

import pytest
from made_archive import RTY, Fetch, Model, append, closes, files_of, hour, numbered, said_by, write_each
from made_archive_writers import acknowledged, killed_writer

from levelhead.market.archive import Archive
from levelhead.market.archive_store import LEFTOVER

IS_SOAK = bool(os.environ.get("LEVELHEAD_SOAK"))
KILLS = 300 if IS_SOAK else 6
A_DATASET = 25  # trials on one archive, before another one is begun

if not hasattr(os, "fork"):
    pytest.skip("writers are forked from a process that has imported everything", allow_module_level=True)


def held(archive: Archive, at: float) -> dict:
    return said_by(archive.read("made", "RTY", instrument=RTY, known_at=hour(at)))


@pytest.mark.long
def test_a_writer_killed_at_any_point_loses_nothing_that_it_acknowledged(processes, tmp_path, record_property):
    chance = random.Random(20250314)
    kept, leftovers, unsaid = 0, 0, 0
    for trial in range(KILLS):
        root, said = tmp_path / f"archive-{trial // A_DATASET}", tmp_path / f"said-{trial}"
        before = len(files_of(root))
        killed_writer(processes, str(root), before, said, chance)
        archive = Archive(str(root))
        assert archive.verify() == ()
        whole = len(files_of(root))
        numbers = acknowledged(said)
        assert numbers == list(range(before, before + len(numbers)))
        # What is there is what was acknowledged, and at most the one fetch whose acknowledgement the kill prevented.
        assert whole - before - len(numbers) in (0, 1)
        model = Model([numbered(i) for i in range(whole)])
        for i in {before, whole - 1} & set(range(whole)):
            assert held(archive, i) == model.holds(i)[0]
        kept, unsaid = kept + len(numbers), unsaid + whole - before - len(numbers)
        leftovers += len(list(root.rglob(f"*{LEFTOVER}")))
    for name, count in (("kills", KILLS), ("acknowledged", kept), ("unacknowledged", unsaid), ("leftovers", leftovers)):
        record_property(name, count)
    print(f"\n{KILLS} kills: {kept} fetches acknowledged and kept, {unsaid} kept unacknowledged, {leftovers} leftovers seen")
    assert kept >= KILLS


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_writer_killed_at_each_step_leaves_the_archive_whole(processes, tmp_path, call):
    append(Archive(str(tmp_path)), numbered(0))
    writer = processes.Process(target=die_at, args=(str(tmp_path), call))
    writer.start()
    writer.join(30)
    assert writer.exitcode == -9
    archive = Archive(str(tmp_path))
    assert archive.verify() == ()
    assert held(archive, 9) == Model([numbered(0)]).holds()[0]
    assert len(list(tmp_path.rglob(f"*{LEFTOVER}"))) == 1
    append(archive, numbered(1))
    assert list(tmp_path.rglob(f"*{LEFTOVER}")) == [], "the next writer sweeps"
    assert held(archive, 9) == Model([numbered(0), numbered(1)]).holds()[0]


def die_at(root: str, call: str) -> None:
    """Appends a fetch and is killed when it comes to that step."""
    import signal

    from levelhead.market.archive_parquet import ParquetFiles

    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if call == "write":
        whole = ParquetFiles.write

        def half_written(self: ParquetFiles, path: str, **rest: object) -> None:
            whole(self, path, **rest)
            os.truncate(path, 100)
            die()

        ParquetFiles.write = half_written
    else:
        setattr(os, call, die)
    append(Archive(root), numbered(1))


def test_a_leftover_of_a_writer_that_lives_is_not_swept(tmp_path):
    import fcntl

    append(Archive(str(tmp_path)), numbered(0))
    folder = files_of(tmp_path)[0].parent
    its_file = folder / f".half{LEFTOVER}"
    its_file.write_bytes(b"PAR1")
    with (folder / ".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        append(Archive(str(tmp_path)), numbered(1))
        assert its_file.exists()
    append(Archive(str(tmp_path)), numbered(2))
    assert not its_file.exists()


def test_two_writers_at_once_lose_nothing(processes, tmp_path):
    count = 150 if IS_SOAK else 24
    shares = [list(range(start, count, 3)) for start in range(3)]
    writers = [processes.Process(target=write_each, args=(str(tmp_path), share)) for share in shares]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
        assert writer.exitcode == 0
    archive = Archive(str(tmp_path))
    assert archive.verify() == ()
    assert archive.fetches("made", "RTY") == tuple(hour(i) for i in range(count))
    model = Model([numbered(i) for i in range(count)])
    for i in range(count):
        assert held(archive, i) == model.holds(i)[0]


def test_readers_beside_a_writer_always_read_a_whole_archive(processes, tmp_path):
    append(Archive(str(tmp_path)), numbered(0))
    writer = processes.Process(target=write_each, args=(str(tmp_path), range(1, 25)))
    writer.start()
    archive, seen = Archive(str(tmp_path)), []
    while writer.is_alive():
        seen.append(len(archive.read("made", "RTY", instrument=RTY)))
    writer.join()
    assert writer.exitcode == 0
    assert seen == sorted(seen), "a reader never sees less than before"
    assert held(archive, 99) == Model([numbered(i) for i in range(25)]).holds()[0]


def interleavings(one: list[Fetch], other: list[Fetch]) -> Iterator[list[Fetch]]:
    """Every order in which two writers can come one after the other."""
    for places in itertools.combinations(range(len(one) + len(other)), len(one)):
        mine, others = iter(one), iter(other)
        yield [next(mine) if i in places else next(others) for i in range(len(one) + len(other))]


def test_two_writers_that_compared_before_either_wrote_both_keep_their_fetch(tmp_path, monkeypatch):
    """The moment that a lock would close: both have read the archive, neither has written."""
    one, other = Archive(str(tmp_path)), Archive(str(tmp_path))
    append(one, Fetch(at=0, said=closes(2000.0, 2010.0)))
    put = other._store.put

    def put_after_the_other(*arguments):
        append(one, Fetch(at=2, said=closes(2000.0, 2015.0)))
        return put(*arguments)

    monkeypatch.setattr(other._store, "put", put_after_the_other)
    append(other, Fetch(at=1, said=closes(2000.0, 2012.0, 2020.0)))
    fresh = Archive(str(tmp_path))
    assert fresh.verify() == ()
    assert held(fresh, 1) == closes(2000.0, 2012.0, 2020.0)
    assert held(fresh, 2) == closes(2000.0, 2015.0, 2020.0)


def test_every_interleaving_of_two_writers_is_the_same_archive(tmp_path):
    one = [Fetch(at=0, said=closes(2000.0, 2010.0)), Fetch(at=3, said=closes(2000.0, 2011.0, 2020.0))]
    other = [Fetch(at=1, said=closes(2000.0, 2012.0)), Fetch(at=2, said=closes(2005.0, 2010.0))]
    model = Model(one + other)
    for n, order in enumerate(interleavings(one, other)):
        archive = Archive(str(tmp_path / str(n)))
        for fetch in order:
            append(archive, fetch)
        for at in range(4):
            assert held(archive, at) == model.holds(at)[0]
