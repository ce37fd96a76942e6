"""Prints the constants in forecast/settings.py that the volatility fit is drawn towards.

    python benchmarks/har_prior.py [--bars-dir ../shared/data]

For seven series up to 2018, least squares of the next bar's log variance on the features of kernels/har.py, each series
weighing the same; and the mean variance of each feature.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from own_questions import read

from levelhead.forecast.settings import Settings
from levelhead.kernels.har import features
from levelhead.kernels.volatility import daily_variance

SERIES = ("spy", "iwm", "qqq", "rut", "tlt", "zn", "hyg")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--bars-dir", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    folder, settings = parser.parse_args().bars_dir, Settings()
    squares, products = [], []
    for symbol in SERIES:
        bars = read(folder / f"{symbol}.csv", "")
        log_variance = np.log(daily_variance(bars.open, bars.high, bars.low, bars.close))
        level, columns = features(log_variance, np.diff(np.log(bars.close), prepend=np.log(bars.close[0])), settings.spans)
        known, came = columns[settings.warm_up : -1], (log_variance[1:] - level[:-1])[settings.warm_up :]
        squares.append(known.T @ known / len(came))
        products.append(known.T @ came / len(came))
    weights = np.linalg.solve(np.mean(squares, axis=0), np.mean(products, axis=0))
    print("weights", np.round(weights, 2).tolist())
    print("spreads", [float(f"{v:.1g}") if v < 0.5 else round(float(v), 1) for v in np.diag(np.mean(squares, axis=0))])


if __name__ == "__main__":
    main()
