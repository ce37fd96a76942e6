"""Prints the constants in forecast/settings.py and forecast/har_volatility.py that the volatility fit is drawn towards.

    python benchmarks/har_prior.py [--bars-dir ../shared/data] [--implied FILE]

--implied: the fit with that index beside the bars, and how the index itself moves on: its next value from the same columns, then
from the coming bar's surprise and fall.

For seven series up to 2018, least squares of the next bar's log variance on the features of kernels/har.py, each series
weighing the same; and the mean variance of each feature.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from own_questions import read

from levelhead.domain.bars import Bars
from levelhead.domain.daily_series import Series
from levelhead.doors.beside_files import read_series
from levelhead.forecast.beside import known_values
from levelhead.forecast.settings import Settings
from levelhead.kernels.har import beside, features
from levelhead.kernels.volatility import daily_variance

SERIES = ("spy", "iwm", "qqq", "rut", "tlt", "zn", "hyg")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--bars-dir", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--implied", type=Path)
    given = parser.parse_args()
    settings = Settings()
    series = [] if given.implied is None else [read_series(given.implied, "implied")]
    found = [moments(read(given.bars_dir / f"{symbol}.csv", ""), series, settings) for symbol in SERIES]
    squares, products, moving, moved = (np.mean([each[k] for each in found], axis=0) for k in range(4))
    print("weights", np.round(np.linalg.solve(squares, products), 2).tolist())
    print("spreads", [float(f"{v:.1g}") if v < 0.5 else round(float(v), 1) for v in np.diag(squares)])
    if series:
        print("motion", np.round(np.linalg.solve(moving, moved), 3).tolist())


def moments(bars: Bars, series: list[Series], settings: Settings) -> tuple[np.ndarray, ...]:
    """Cross products of the columns, with the targets, and of columns and shocks, with the next value of the index."""
    log_variance = np.log(daily_variance(bars.open, bars.high, bars.low, bars.close))
    returns = np.diff(np.log(bars.close), prepend=np.log(bars.close[0]))
    level, columns = features(log_variance, returns, settings.spans)
    values = np.column_stack([known_values(bars, each) for each in series]) if series else np.empty((len(bars), 0))
    columns = beside(columns, values)
    use = np.isfinite(values).all(axis=1) & np.append(np.isfinite(values).all(axis=1)[1:], False)
    use[: settings.warm_up] = False
    known, came = columns[use], np.append(log_variance[1:], np.nan)[use] - level[use]
    squares, products = known.T @ known / len(came), known.T @ came / len(came)
    expected = level[use] + known @ np.linalg.solve(squares, products)
    shocks = [came + level[use] - expected, np.clip(-np.append(returns[1:], np.nan)[use] / np.exp(expected / 2), -4, 4)]
    moving = np.column_stack([known, *shocks])
    moved = np.append(values[1:], np.full((1, len(series)), np.nan), axis=0)[use]
    return squares, products, moving.T @ moving / len(came), moving.T @ moved / len(came)


if __name__ == "__main__":
    main()
