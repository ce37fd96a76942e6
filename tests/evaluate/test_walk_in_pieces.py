"""A walk in pieces: neither the number of processes nor an interruption shows in its results."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from made_finer import halves
from made_walks import QUICK, assert_same, market, peer

from levelhead.evaluate import chunks
from levelhead.evaluate.chunks import walked_in_chunks
from levelhead.evaluate.resume import Work
from levelhead.evaluate.route import Route, days_of
from levelhead.evaluate.walk import walk
from levelhead.kernels.compiled import runs_compiled
from levelhead.market.sessions import session_table

BARS = market(bars=400)
ROUTE = Route(
    bars=BARS,
    days=days_of(BARS, first=BARS.dates[200].item(), every=9),
    peers={"ES": peer(bars=400)},
    sessions=session_table("CME_EQUITY"),
    settings=QUICK,
    version="test",
    days_a_chunk=6,
)


@pytest.fixture(scope="module")
def whole():
    return walk(BARS, ROUTE.days, peers=ROUTE.peers, sessions=ROUTE.sessions, settings=QUICK)


def test_a_walk_in_one_process_and_one_in_two_come_to_the_same(whole):
    told = []
    assert_same(walked_in_chunks(ROUTE, told=told.append), whole)
    assert told == [6, 6, 6, 5]
    assert sum(told) == len(ROUTE.days)


def test_two_processes_walk_as_one_does(whole, tmp_path):
    told = []
    assert_same(walked_in_chunks(ROUTE, workers=2, work=Work.of(ROUTE, tmp_path), told=told.append), whole)
    assert sum(told) == len(ROUTE.days)


def test_a_walk_of_very_many_notes_asks_for_compiled_kernels_and_comes_to_the_same(whole, monkeypatch):
    pytest.importorskip("numba")
    walked, ran = Route.walked, []
    monkeypatch.setattr(Route, "walked", lambda *given: ran.append(runs_compiled()) or walked(*given))
    assert_same(walked_in_chunks(ROUTE), whole)
    monkeypatch.setattr(chunks, "ENOUGH", len(ROUTE.days))
    assert_same(walked_in_chunks(ROUTE), whole)
    assert ran == [False] * 4 + [True] * 4
    assert not runs_compiled()


def test_a_process_that_cannot_begin_is_told_and_not_waited_for():
    # processes begun anew read the script that began them; one that was typed in has no file
    script = """
if __name__ == "__main__":
    import sys
    sys.path[:0] = ["tests", "tests/evaluate"]
    from test_walk_in_pieces import ROUTE
    from levelhead.domain.errors import LevelheadError
    from levelhead.evaluate.chunks import walked_in_chunks
    try:
        walked_in_chunks(ROUTE, workers=2)
    except LevelheadError as error:
        print(error)
"""
    root = Path(__file__).resolve().parents[2]
    told = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, cwd=root, timeout=60, check=True)
    assert "has ended before its work was done; what was finished is kept" in told.stdout


def test_a_walk_that_was_stopped_goes_on_where_it_was(whole, tmp_path):
    work = Work.of(ROUTE, tmp_path)

    def stop_after_two(notes, seen=[]):  # noqa: B006  (counts its calls)
        seen.append(notes)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        walked_in_chunks(ROUTE, work=work, told=stop_after_two)
    assert sorted(path.name for path in work.folder.iterdir()) == ["00000.npz", "00001.npz"]
    told = []
    assert_same(walked_in_chunks(ROUTE, work=work, told=told.append), whole)
    assert told == [6, 6, 6, 5]
    assert len(list(work.folder.iterdir())) == 4


def test_kept_pieces_are_not_walked_again(tmp_path, whole, monkeypatch):
    work = Work.of(ROUTE, tmp_path)
    walked_in_chunks(ROUTE, work=work)
    monkeypatch.setattr(Route, "walked", lambda *_: pytest.fail("walked again"))
    assert_same(walked_in_chunks(ROUTE, work=work), whole)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 half a file", None])
def test_a_damaged_piece_is_walked_again(tmp_path, whole, damage):
    work = Work.of(ROUTE, tmp_path)
    walked_in_chunks(ROUTE, work=work)
    path = work.folder / "00001.npz"
    path.write_bytes(path.read_bytes()[:-200] if damage is None else damage)
    assert work.kept(1) is None
    assert_same(walked_in_chunks(ROUTE, work=work), whole)
    assert work.kept(1) is not None


def test_work_is_kept_under_all_that_the_results_depend_on():
    shorter = replace(ROUTE, bars=BARS.until(BARS.dates[-2].item()), days=ROUTE.days[:-1])
    others = [
        replace(ROUTE, days=ROUTE.days[1:]),
        replace(ROUTE, version="later"),
        replace(ROUTE, peers={}),
        replace(ROUTE, sessions=None),
        replace(ROUTE, horizons=(1, 5)),
        replace(ROUTE, settings=replace(QUICK, least_r=1.5)),
        replace(ROUTE, micro=replace(BARS.instrument, symbol="M2K")),
        replace(ROUTE, bars=replace(BARS, instrument=replace(BARS.instrument, tick=0.2))),
        shorter,
        replace(ROUTE, finer=halves(BARS)),
        replace(ROUTE, finer=halves(BARS).until(BARS.dates[-2].item())),
    ]
    names = [route.digest() for route in (ROUTE, *others)]
    assert len(set(names)) == len(names)
    assert replace(ROUTE).digest() == ROUTE.digest()


def test_what_is_forgotten_is_gone(tmp_path):
    work = Work.of(ROUTE, tmp_path)
    work.forget()
    work.keep(0, ROUTE.walked(ROUTE.days[:1]))
    work.forget()
    assert work.kept(0) is None
    assert not work.folder.exists()
