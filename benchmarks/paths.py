"""Simulated bars per second: levelhead's paths beside arch and a NumPy floor, on the same made returns.

    python benchmarks/paths.py [--paths 10000] [--sessions 12 21 65] [--rounds 15]

levelhead: open, high, low and close of every bar, volatility moving with the bars drawn; the state (fit and pool) is known.
arch simulation: GJR-GARCH(1,1), `forecast(method='simulation')` from a fitted model; closes only.
arch bootstrap: the same with `method='bootstrap'`, past standardised residuals; closes only.
NumPy floor: independent draws of whole past bars at one volatility, four columns, cumulated and put into prices.
Medians of interleaved rounds; quote ratios of one run, not times.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.forecast.models import volatility_history
from levelhead.forecast.paths import paths_from
from levelhead.forecast.settings import Settings
from levelhead.forecast.volatility import pool_at

BARS = 2500


def made() -> Bars:
    """A random walk whose volatility changes slowly, 60 steps a session."""
    generator = np.random.default_rng(1)
    sigma = 0.01 * np.exp(np.convolve(generator.normal(0, 0.08, BARS), 0.97 ** np.arange(200), "full")[:BARS])
    inside = np.cumsum(generator.normal(size=(BARS, 60)) * (sigma / np.sqrt(60))[:, None], axis=1)
    opened = np.concatenate([[0.0], np.cumsum(inside[:, -1])[:-1]])
    walk = np.exp(np.hstack([opened[:, None], opened[:, None] + inside])) * 100
    return Bars(
        instrument=Instrument.unknown("MADE"),
        time=(np.datetime64("2001-01-01") + np.arange(BARS)).astype("datetime64[us]"),
        open=walk[:, 0].copy(),
        high=walk.max(axis=1),
        low=walk.min(axis=1),
        close=walk[:, -1].copy(),
        volume=np.full(BARS, np.nan),
        row=np.arange(BARS),
    )


def contestants(bars: Bars, paths: int, sessions: int) -> dict[str, Callable[[], object]]:
    settings = Settings(paths=paths)
    history = volatility_history(bars, settings)
    pool = pool_at(history, BARS - 1, settings)
    table = np.column_stack(pool[:4])

    def ours() -> object:
        return paths_from(history, BARS - 1, start=bars.last, seed="1f" * 16, sessions=sessions, settings=settings)

    def floor() -> object:
        generator = np.random.Generator(np.random.Philox(key=1))
        drawn = table[generator.integers(0, len(table), (sessions, paths))] * 0.01
        before = np.cumsum(drawn[:, :, 3], axis=0) - drawn[:, :, 3]
        return np.exp(drawn + before[:, :, None]) * bars.last

    racing: dict[str, Callable[[], object]] = {"levelhead": ours, "NumPy floor": floor}
    try:
        from arch import arch_model
    except ImportError:
        print("arch is not installed; without it levelhead races the floor alone")
        return racing
    fitted = arch_model(100 * np.diff(np.log(bars.close)), o=1, dist="t").fit(disp="off")
    for method in ("simulation", "bootstrap"):
        racing[f"arch {method}"] = lambda method=method: fitted.forecast(
            horizon=sessions, method=method, simulations=paths, reindex=False, random_state=np.random.RandomState(1)
        )
    return racing


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--paths", type=int, default=10_000)
    parser.add_argument("--sessions", type=int, nargs="*", default=[12, 21, 65])
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    bars = made()
    for sessions in given.sessions:
        racing = contestants(bars, given.paths, sessions)
        took: dict[str, list[float]] = {name: [] for name in racing}
        for _ in range(given.rounds):
            for name, run in racing.items():
                begun = time.perf_counter()
                run()
                took[name].append(time.perf_counter() - begun)
        print(f"{given.paths:,} paths of {sessions} sessions")
        ours = float(np.median(took["levelhead"]))
        for name, times in took.items():
            median = float(np.median(times))
            rate = given.paths * sessions / median / 1e6
            print(f"  {name:16s} {1e3 * median:8.2f} ms  {rate:7.1f} million bars a second  {median / ours:6.2f} times levelhead")


if __name__ == "__main__":
    main()
