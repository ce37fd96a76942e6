"""Fits a dated series of artefacts to our own questions before 2019, and prints what each was worth in the year after.

    python benchmarks/fit_artefacts.py [--out artefacts.json] [--map none|beta|isotonic] [--paths 2000] [--every 6] [SYMBOL ...]

Questions as in own_questions.py. At each new year from 1998 the pool is fitted to what was settled before it; `levelhead price
--artefacts FILE` uses the series. The gain is that of the log score over the paths alone, its error over months.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import zlib
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from own_questions import LONGEST, SYMBOLS, questions, read, shares

from levelhead.forecast.artefact import Artefacts, Case, fit_artefacts
from levelhead.forecast.batch import forecasts_for
from levelhead.forecast.pooling import MEMBERS, OUTCOMES, START, members_of
from levelhead.forecast.settings import Settings

FIRST_YEAR, LAST_YEAR = 1998, 2019


def cases(name: str, folder: Path, every: int, settings: Settings) -> list[Case]:
    """Each question of a symbol with what its members said and which outcome came."""
    symbol, _, begin = name.partition("@")
    bars = read(folder / f"{symbol}.csv", begin)
    asked = questions(bars, every, zlib.crc32(name.encode()))
    rows = sorted({q.row for q in asked})
    forecasts = forecasts_for(bars, bars.dates[rows].astype(object), sessions=LONGEST, settings=settings)
    found = []
    for row, forecast in zip(rows, forecasts, strict=True):
        for q in (q for q in asked if q.row == row):
            said = members_of(q.upper, q.lower, q.sessions, shares(forecast.paths, q), forecast, bars)
            days = bars.dates[[row, row + q.sessions]].astype(object).tolist()
            found.append(Case(as_of=days[0], settled=days[1], families=(symbol,), said=said, happened=q.outcome))
    return found


def worth(made: list[Case], series: Artefacts) -> str:
    """The gain over the paths of every case that an artefact ended before, and its error over months."""
    gains: dict[tuple[int, int], list[float]] = {}
    for case in made:
        artefact = series.at(case.as_of, case.families)
        if artefact is not None:
            pooled, alone = artefact.chances(case.said, case.as_of), case.said[0]
            gain = math.log(pooled[case.happened]) - math.log(alone[case.happened])
            gains.setdefault((case.as_of.year, case.as_of.month), []).append(gain)
    sums = np.array([sum(month) for month in gains.values()])
    count = sum(len(month) for month in gains.values())
    return f"n={count:6d}  gain over paths {sums.sum() / count:+.4f} +- {sums.std() * math.sqrt(len(sums)) / count:.4f}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("symbols", nargs="*", default=SYMBOLS)
    parser.add_argument("--bars-dir", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--map", choices=("none", "beta", "isotonic"), default="none")
    parser.add_argument("--paths", type=int, default=2000)
    parser.add_argument("--every", type=int, default=6)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with ProcessPoolExecutor() as pool:
        one = partial(cases, folder=given.bars_dir, every=given.every, settings=Settings(paths=given.paths))
        made = sorted((case for found in pool.map(one, given.symbols) for case in found), key=lambda case: case.as_of)
    ends = [dt.date(year, 1, 1) for year in range(FIRST_YEAR, LAST_YEAR + 1)]
    series = fit_artefacts(made, ends, kind="split", outcomes=OUTCOMES, members=MEMBERS, start=START, mapped=given.map)
    last = series.at(dt.date(LAST_YEAR + 1, 1, 1))
    print(f"{worth(made, series)}  map {given.map}, last weights of all {dict(zip(MEMBERS, last.weights, strict=True))}")
    if given.out is not None:
        given.out.write_text(series.to_json(), encoding="utf-8")
        print(f"{len(series.series)} artefacts in {given.out}")


if __name__ == "__main__":
    main()
