"""What event days do, and whether knowing them sharpens the forecast of the next session.

    python benchmarks/event_days.py EVENTS.csv [--bars-dir ../shared/data] [--begin 2009-01-01] [--end 2019-01-01] [SYMBOL ...]

For each symbol and kind: the factor on the variance that the last day of the span believes in, and over the span the squared error
of the next session's log variance, without the schedule and with it, on that kind's days and on all; its gain with an error.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import numpy as np
from own_questions import read

from levelhead.doors.beside_files import read_events
from levelhead.forecast.event_days import with_events
from levelhead.forecast.models import volatility_history
from levelhead.forecast.settings import Settings

SYMBOLS = ["spy", "iwm", "qqq", "rut", "tlt", "zn", "hyg"]


def gain(without: np.ndarray, known: np.ndarray) -> str:
    apart = without - known
    return f"{without.mean():.4f} -> {known.mean():.4f}  gain {apart.mean():+.4f} +- {apart.std() / math.sqrt(len(apart)):.4f}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("events", type=Path)
    parser.add_argument("symbols", nargs="*", default=SYMBOLS)
    parser.add_argument("--bars-dir", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--begin", default="2009-01-01")
    parser.add_argument("--end", default="2019-01-01")
    given = parser.parse_args()
    events, settings = read_events(given.events), Settings()
    for symbol in given.symbols:
        bars = read(given.bars_dir / f"{symbol}.csv", "", given.end)
        plain = volatility_history(bars, settings)
        told = with_events(plain, bars, events, settings)
        since = int(np.searchsorted(told.days, np.datetime64(given.begin)))
        came = plain.log_variance[since + 1 :]
        errors = [(came - history.expected[since:-1]) ** 2 for history in (plain, told)]
        print(f"{symbol:5s} all days       n={len(came):5d}  {gain(*errors)}")
        for number, kind in enumerate(told.schedule.kinds):
            own = told.due[since:-1, number]
            if own.any():
                said = gain(*(error[own] for error in errors))
                print(f"      {kind:6s} x{np.exp(told.effects[-1, number]):5.2f}   n={own.sum():5d}  {said}")


if __name__ == "__main__":
    main()
