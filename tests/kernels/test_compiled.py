"""Compiled kernels: asked for, never in the way, and the same to the bit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from levelhead.kernels import compiled
from levelhead.kernels.compiled import Floats, Ints, compiled_kernels, loop, or_compiled, runs_compiled

ROOT = Path(__file__).resolve().parents[2]


@loop
def _half(price: float) -> float:
    return price / 2


@loop
def _halves(prices: Floats, rows: Ints, least: float) -> Floats:
    halves = np.zeros(len(rows))
    for at in range(len(rows)):
        halves[at] = max(_half(prices[rows[at]]), least)
    return halves


def _refused(prices: Floats) -> Floats:
    raise AssertionError("the second way was taken")


def _run(code: str, **surroundings: str) -> str:
    own = os.environ | surroundings
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True, cwd=ROOT, env=own, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_nobody_is_given_compiled_kernels_unasked():
    kept = or_compiled(_refused)(lambda prices: prices)
    with compiled_kernels(False):
        assert not runs_compiled()
        assert kept(np.arange(3.0)).tolist() == [0, 1, 2]


def test_a_process_that_asks_runs_the_second_way():
    pytest.importorskip("numba")
    kept = or_compiled(_refused)(lambda prices: prices)
    with compiled_kernels(True), pytest.raises(AssertionError, match="second way"):
        kept(np.arange(3.0))


def test_the_choice_ends_with_its_block():
    before = runs_compiled()
    with compiled_kernels(True), compiled_kernels(False):
        assert not runs_compiled()
    assert runs_compiled() is before


def test_a_loop_gives_the_same_as_plain_python_and_compiled():
    pytest.importorskip("numba")
    prices, rows = np.array([3.0, 1.0, 8.0]), np.array([2, 0, 1])
    frozen = prices.copy()
    frozen.flags.writeable = False
    for wanted in (False, True):
        for given in (prices, frozen, np.array([[3.0, 1.0, 8.0], [0.0, 0.0, 0.0]]).T.copy()[:, 0]):
            with compiled_kernels(wanted):
                assert _halves(given, rows, 0.75).tolist() == [4, 1.5, 0.75]
    assert len(_halves.machine.signatures) == 1  # arrays that may be written to need no second one


def test_a_division_by_zero_is_infinite_as_with_numpy():
    pytest.importorskip("numba")

    @loop
    def shares(parts: Floats, whole: float) -> Floats:
        found = np.zeros(len(parts))
        for at in range(len(parts)):
            found[at] = parts[at] / whole
        return found

    with compiled_kernels(True):
        assert shares(np.array([1.0, -1.0]), 0.0).tolist() == [np.inf, -np.inf]


def test_without_numba_asking_changes_nothing(monkeypatch):
    monkeypatch.setitem(sys.modules, "numba", None)  # as if it could not be imported
    with compiled_kernels(False):
        assert not compiled.ask_for_compiled()
        assert not runs_compiled()


def test_a_cache_that_cannot_be_used_is_done_without(monkeypatch):
    numba = pytest.importorskip("numba")
    njit, tried = numba.njit, []

    def no_cache(*args, cache=False, **options):
        tried.append(cache)
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return njit(*args, **options)

    monkeypatch.setattr(numba, "njit", no_cache)
    with compiled_kernels(True):
        assert loop(_half.written)(7.0) == 3.5
    assert tried == [True, False]


def test_one_cold_note_never_imports_numba():
    code = """
import sys
import levelhead as lh
note = lh.compose_note(lh.sample_bars("IXIC"), peers=[lh.sample_bars("SPX")])
assert note.facts["last"].value
print("numba" in sys.modules)
"""
    assert _run(code) == "False"


def test_what_is_kept_of_a_loop_is_thrown_away_when_a_number_or_a_loop_of_another_file_changes(tmp_path):
    pytest.importorskip("numba")
    walk = """
from __future__ import annotations
from levelhead.kernels.compiled import ask_for_compiled, loop
from own import LEAST, is_near

@loop
def is_above(price: float) -> bool:
    return price > LEAST and is_near(price)

assert ask_for_compiled()
print(is_above(2.0), sum(is_above.machine.stats.cache_hits.values()))
"""
    other = """
from __future__ import annotations
from levelhead.kernels.compiled import loop

LEAST = {least}

@loop
def is_near(price: float) -> bool:
    return price < {most}
"""
    (tmp_path / "walk.py").write_text(walk)
    said = []
    for least, most in ((1, 3), (1, 3), (2, 3), (1, 2), (1, 3)):
        (tmp_path / "own.py").write_text(other.format(least=float(least), most=float(most)))
        said.append(_run("import walk", PYTHONPATH=str(tmp_path), PYTHONDONTWRITEBYTECODE="1"))
    assert said == ["True 0", "True 1", "False 0", "False 0", "True 1"]
