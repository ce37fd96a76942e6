"""Prices first-touch questions of our own, on dates before 2019, and scores them: where the forecast was designed.

    python benchmarks/own_questions.py [--bars-dir ../shared/data] [--paths 2000] [--every 7] [--set NAME=VALUE ...]
        [--implied FILE] [--yields FILE] [--donors] [--events FILE] [--begin DATE] [--end DATE] [SYMBOL ...]

Every `--every` sessions, four questions of each symbol: horizon 5, 10, 12, 15 or 21 sessions, each price at a random distance of
0.2 to 1.9 times the 20-day standard deviation over the horizon. Scored by log loss, both prices in one bar left out, beside a
driftless random walk with the 20-day volatility (closed form) and the same walk with the volatility that then happened over the
horizon. `SYMBOL@DATE` begins a history at DATE, which shows what a short one costs. --set changes a setting of the forecast.
--implied, --yields, --events: known beside the bars. --begin, --end: questions from and bars before other days. --donors: each
symbol is lent the whole histories of spy, iwm and qqq, itself left out.
"""

from __future__ import annotations

import argparse
import ast
import csv
import dataclasses
import math
import time
import zlib
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.doors.beside_files import read_beside
from levelhead.forecast.batch import forecasts_for
from levelhead.forecast.beside import Beside
from levelhead.forecast.settings import Settings
from levelhead.kernels.closed_form import first_of
from levelhead.kernels.paths import PathBars

SYMBOLS = ["spy", "iwm", "qqq", "rut", "tlt", "zn", "hyg", "spy@2012-06-01", "iwm@2012-06-01", "es_adj", "ym_adj"]
HORIZONS = [5, 10, 12, 15, 21]
LONGEST = max(HORIZONS)
DONORS = ("spy", "iwm", "qqq")
END = "2019-01-01"
FIRST = 250


class Question(NamedTuple):
    """One question, its answer, and what the two random walks are given."""

    row: int
    sessions: int
    upper: float
    lower: float
    outcome: int  # 0 up, 1 neither, 2 down
    walk: float  # daily variance of the last 20 sessions
    came: float  # daily variance of the horizon's own sessions


def read(path: Path, begin: str, end: str = END) -> Bars:
    with path.open() as lines:
        rows = [
            r for r in csv.DictReader(lines) if begin <= r["date"] < end and all(r[k] for k in ("open", "high", "low", "close"))
        ]
    column = {k: np.array([float(r[k]) for r in rows]) for k in ("open", "high", "low", "close")}
    return Bars(
        instrument=Instrument.unknown(path.stem),
        time=np.array([r["date"] for r in rows], dtype="datetime64[us]"),
        **column,
        volume=np.full(len(rows), np.nan),
        row=np.arange(len(rows)),
    )


def questions(bars: Bars, every: int, seed: int, since: str = "1900-01-01") -> list[Question]:
    generator = np.random.default_rng(seed)
    returns = np.diff(np.log(bars.close), prepend=math.log(bars.close[0]))
    asked = []
    for row in range(max(FIRST, int(np.searchsorted(bars.dates, np.datetime64(since)))), len(bars) - LONGEST - 1, every):
        walk = float(returns[row - 19 : row + 1].var(ddof=1))
        for _ in range(4):
            sessions = int(generator.choice(HORIZONS))
            up, down = generator.uniform(0.2, 1.9, 2) * math.sqrt(walk * sessions)
            upper, lower = bars.close[row] * math.exp(up), bars.close[row] * math.exp(-down)
            ahead = slice(row + 1, row + sessions + 1)
            above, below = first(bars.high[ahead] >= upper), first(bars.low[ahead] <= lower)
            if walk > 0 and (above != below or above == LONGEST + 1):
                came = float(np.mean(returns[ahead] ** 2))
                asked.append(Question(row, sessions, upper, lower, 1 if above == below else 0 if above < below else 2, walk, came))
    return asked


def first(reached: np.ndarray) -> int:
    return int(reached.argmax()) if reached.any() else LONGEST + 1


def shares(paths: PathBars, asked: Question) -> np.ndarray:
    """Up, neither, down, of the paths on which one bar does not reach both."""
    high, low = paths.high[:, : asked.sessions].T, paths.low[:, : asked.sessions].T
    above, below = high >= asked.upper, low <= asked.lower
    far = LONGEST + 1
    up = np.where(above.any(axis=0), above.argmax(axis=0), far)
    down = np.where(below.any(axis=0), below.argmax(axis=0), far)
    count = np.array([(up < down).sum(), ((up == down) & (up == far)).sum(), (down < up).sum()]) + 0.5
    return count / count.sum()


def walked(bars: Bars, asked: Question, variance: float) -> np.ndarray:
    start = bars.close[asked.row]
    exact = first_of(math.log(asked.upper / start), math.log(start / asked.lower), variance * asked.sessions)
    said = np.clip(np.array(exact), 1e-4, 1.0)
    return said / said.sum()


def lent(symbol: str, folder: Path) -> tuple[Bars, ...]:
    return tuple(read(folder / f"{donor}.csv", "") for donor in DONORS if donor != symbol)


def run(
    name: str, folder: Path, every: int, settings: Settings, beside: Beside, donors: bool, span: tuple[str, str]
) -> tuple[str, np.ndarray]:
    """Log losses of forecast, walk with past volatility, walk with the volatility that came; shape (questions, 3)."""
    symbol, _, begin = name.partition("@")
    bars = read(folder / f"{symbol}.csv", begin, span[1])
    asked = questions(bars, every, zlib.crc32(name.encode()), span[0])
    rows = sorted({q.row for q in asked})
    if donors:
        beside = dataclasses.replace(beside, donors=lent(symbol, folder))
    made = forecasts_for(bars, bars.dates[rows].astype(object), sessions=LONGEST, settings=settings, beside=beside)
    forecasts = zip(rows, made, strict=True)
    row, forecast = -1, None
    losses = []
    for q in asked:
        if q.row != row:
            row, forecast = next(forecasts)
        said = [shares(forecast.paths, q), walked(bars, q, q.walk), walked(bars, q, max(q.came, 1e-8))]
        losses.append([-math.log(s[q.outcome]) for s in said])
    return name, np.array(losses)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("symbols", nargs="*", default=SYMBOLS)
    parser.add_argument("--bars-dir", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--paths", type=int, default=2000)
    parser.add_argument("--every", type=int, default=7)
    parser.add_argument("--set", nargs="*", default=[])
    parser.add_argument("--implied", type=Path, nargs="*", default=[])
    parser.add_argument("--yields", type=Path, nargs="*", default=[])
    parser.add_argument("--donors", action="store_true")
    parser.add_argument("--events", type=Path)
    parser.add_argument("--begin", default="1900-01-01")
    parser.add_argument("--end", default=END)
    given = parser.parse_args()
    beside = read_beside(given.implied, given.yields, events=given.events)
    changes = {k: ast.literal_eval(v) for k, v in (item.split("=") for item in given.set)}
    settings = dataclasses.replace(Settings(paths=given.paths), **changes)
    begun = time.perf_counter()
    with ProcessPoolExecutor() as pool:
        results = list(
            pool.map(
                partial(
                    run,
                    folder=given.bars_dir,
                    every=given.every,
                    settings=settings,
                    beside=beside,
                    donors=given.donors,
                    span=(given.begin, given.end),
                ),
                given.symbols,
            )
        )
    for name, losses in [*results, ("all", np.concatenate([losses for _, losses in results]))]:
        mine, walk, came = losses.mean(axis=0)
        print(f"{name:16s} n={len(losses):6d}  log loss {mine:.4f}  walk20 {walk:.4f}  volatility that came {came:.4f}"
              f"  skill captured {(walk - mine) / (walk - came):+.3f}")  # fmt: skip
    print(f"{changes or 'default settings'}, {settings.paths} paths, {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
