"""Times a three-way claim on 10,000 paths of 12 bars: the kernel, plain NumPy, and the version one can read, in one run.

    python benchmarks/first_touch.py

Plain NumPy is what one writes first: the first bar of each side by argmax, then a comparison. The readable version runs on 200
paths and is scaled up. Medians; quote the ratios, not the times.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from levelhead.claims.judge import judge
from levelhead.domain.claim import Split
from levelhead.kernels.first_touch import DOWN, NEITHER, UNDECIDED, UP, Codes, first_touch, first_touch_of_path
from levelhead.kernels.paths import PathBars

PATHS, SESSIONS, READ = 10_000, 12, 200
UPPER, LOWER = 103.0, 97.0


def made_paths() -> PathBars:
    """A driftless walk with 1.2 % a session, some of whose bars reach both sides."""
    generator = np.random.Generator(np.random.Philox(12))
    steps = generator.standard_normal((4, PATHS, SESSIONS)) * 0.012
    close = 100 * np.exp(np.cumsum(steps[0], axis=1))
    opens = np.hstack([np.full((PATHS, 1), 100.0), close[:, :-1]]) * np.exp(steps[1] / 4)
    return PathBars(
        open=opens,
        high=np.maximum(opens, close) * np.exp(np.abs(steps[2])),
        low=np.minimum(opens, close) / np.exp(np.abs(steps[3])),
        close=close,
    )


def plain(paths: PathBars) -> Codes:
    up, down = paths.high >= UPPER, paths.low <= LOWER
    first_up = np.where(up.any(axis=1), up.argmax(axis=1), SESSIONS)
    first_down = np.where(down.any(axis=1), down.argmax(axis=1), SESSIONS)
    opens = paths.open[np.arange(PATHS), np.minimum(first_up, SESSIONS - 1)]
    same = np.where(opens >= UPPER, UP, np.where(opens <= LOWER, DOWN, UNDECIDED))
    codes = np.where(first_up < first_down, UP, np.where(first_down < first_up, DOWN, same))
    return np.where((first_up == SESSIONS) & (first_down == SESSIONS), NEITHER, codes).astype(np.int8)


def read_off(paths: PathBars) -> list[int]:
    opens, highs, lows = (column[:READ].tolist() for column in paths[:3])
    return [first_touch_of_path(*row, UPPER, LOWER) for row in zip(opens, highs, lows, strict=True)]


def median_ms(work: Callable[[], object], times: int) -> float:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent) * 1e3


def main() -> None:
    paths = made_paths()
    by_session = PathBars(*(np.asfortranarray(column) for column in paths))
    claim = Split(upper=UPPER, lower=LOWER, sessions=SESSIONS)
    codes = first_touch(paths, UPPER, LOWER)
    assert np.array_equal(codes, plain(paths))
    assert codes[:READ].tolist() == read_off(paths)
    floor = median_ms(lambda: plain(paths), 200)
    timed = {
        "kernel, bars of a path side by side": median_ms(lambda: first_touch(paths, UPPER, LOWER), 200),
        "kernel, paths of a session side by side": median_ms(lambda: first_touch(by_session, UPPER, LOWER), 200),
        "claim judged (kernel and outcome codes)": median_ms(lambda: judge(claim, by_session, 100.0), 200),
        "plain NumPy": floor,
        "readable version, scaled": median_ms(lambda: read_off(paths), 5) * PATHS / READ,
    }
    shares = {name: float(np.mean(codes == code)) for name, code in (("up", UP), ("down", DOWN), ("both", UNDECIDED))}
    print(f"{PATHS:,} paths x {SESSIONS} bars; " + ", ".join(f"{name} {share:.1%}" for name, share in shares.items()))
    for name, spent in timed.items():
        print(f"{name:42} {spent:9.3f} ms   {spent / floor:8.2f} x plain NumPy")


if __name__ == "__main__":
    main()
