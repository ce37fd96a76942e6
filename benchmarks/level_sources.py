"""What each source of levels was worth before 2019: how often moves of 12 sessions ended at one, against any price as far off.

    python benchmarks/level_sources.py [--stocks 120] [--every 5]

On each day tried every level between 0.3 and 4 ATR(14) from the price is asked whether the next 12 sessions' extreme on its
side came within 0.25 ATR of it; its placebo is a price at the same distance on all the days tried of the same instrument.
Above 1 the moves end at such levels more often than they end as far from the price anyway. The standard error is a jackknife over
quarters of the calendar. The weights of `reading/levels.py` and its neighbours were chosen by reason and looked over against this
table; no published note is in it.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.reading.level_source import Weighed
from levelhead.reading.levels import levels_of
from levelhead.reading.settings import Settings
from levelhead.reading.whole import whole_of

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FILES = (("rty_tv", "RTY"), ("es_tv", "ES"), ("nq_tv", "NQ"), ("iwm", "IWM"), ("spy", "SPY"), ("qqq", "QQQ"))
BEFORE = np.datetime64("2019-01-01")
SESSIONS, NEAR = 12, 0.25
LEAST, MOST = 0.3, 4.0
WARM_UP = 260
_DATED = re.compile(r"_\d{4}_\d\d_\d\d(_\d{4})?|_\d.*$")


def before_2019(bars: Bars) -> Bars:
    days = bars.dates[bars.dates < BEFORE]
    return bars.until(days[-1].astype(object))


def series(stocks: int) -> Iterator[tuple[str, Bars]]:
    for file, symbol in FILES:
        yield symbol, before_2019(read_bars(DATA / f"{file}.csv", find_instrument(symbol)))
    import duckdb

    table = str(DATA / "universe.parquet")
    symbols = [row[0] for row in duckdb.sql(f"select distinct symbol from '{table}' order by symbol").fetchall()]
    for symbol in symbols[:: max(1, len(symbols) // stocks)]:
        columns = duckdb.sql(
            f"select date, open, high, low, close, volume from '{table}' "
            f"where symbol = '{symbol}' and date < '2019-01-01' order by date"
        ).fetchnumpy()
        if len(columns["date"]) > WARM_UP + SESSIONS:
            volume = np.asarray(columns["volume"], dtype=np.float64)
            yield (
                symbol,
                Bars(
                    instrument=Instrument.unknown(symbol),
                    time=np.asarray(columns["date"]).astype("datetime64[us]"),
                    **{name: np.asarray(columns[name], dtype=np.float64) for name in ("open", "high", "low", "close")},
                    volume=np.where(volume > 0, volume, np.nan),
                    row=np.zeros(len(volume), dtype=np.int64),
                ),
            )


def group(level: Weighed) -> str:
    """What sort of source it is, dates and numbers left out."""
    name, kind = level.source.name, level.source.kind
    if kind == "swing":
        heavy = "below 0.3" if level.weight < 0.3 else "below 0.5" if level.weight < 0.5 else "from 0.5"
        return f"swing {'high' if 'high' in name else 'low'}, weight {heavy}"
    if kind == "round":
        return f"round {level.weight}"
    if kind == "pivot":
        return f"{name.partition('_traditional')[0]} {'P' if name.endswith('.p') else name[-1]}"
    if kind in ("average", "fibonacci", "anchor", "extreme"):
        return name.replace("_next", "")
    return _DATED.sub("", name)


def _end(bars: Bars, atr: np.ndarray, row: int, side: int) -> float:
    """How far from the close of `row` the next sessions' extreme on a side lies, in ATR."""
    ahead = slice(row + 1, row + 1 + SESSIONS)
    last = bars.close[row]
    away = bars.high[ahead].max() - last if side > 0 else last - bars.low[ahead].min()
    return float(away / atr[row])


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--stocks", type=int, default=120)
    asked.add_argument("--every", type=int, default=5)
    options = asked.parse_args()
    counts: dict[str, dict[str, np.ndarray]] = defaultdict(lambda: defaultdict(lambda: np.zeros(3)))
    settings = Settings()
    for _, bars in series(options.stocks):
        whole = whole_of(bars, settings)
        rows = [r for r in range(WARM_UP, len(bars) - SESSIONS, options.every) if whole.panel.atr[r] > 0]
        ends = {side: np.array([_end(bars, whole.panel.atr, row, side) for row in rows]) for side in (1, -1)}
        ordered = {side: np.sort(values) for side, values in ends.items()}
        for at, row in enumerate(rows):
            day = bars.dates[row].astype(object)
            then = bars.until(day)
            quarter = f"{day.year} {(day.month - 1) // 3}"
            for level in levels_of(then, whole.levels, whole.panel, None, settings):
                away = (level.price - then.last) / float(whole.panel.atr[row])
                if LEAST <= abs(away) <= MOST:
                    side = 1 if away > 0 else -1
                    hit = abs(ends[side][at] - abs(away)) <= NEAR
                    low, high = np.searchsorted(ordered[side], (abs(away) - NEAR, abs(away) + NEAR))
                    counts[group(level)][quarter] += (hit, (high - low) / len(rows), 1)
    print(f"{'source':36} {'cases':>7} {'ended at':>9} {'anyway':>7} {'ratio':>6} {'error':>6}")
    for name, quarters in sorted(counts.items(), key=lambda item: -_ratio(np.array(list(item[1].values())))):
        table = np.array(list(quarters.values()))
        total = table.sum(axis=0)
        if total[2] < 200 or len(table) < 4:
            continue
        left_out = np.array([_ratio(np.delete(table, at, axis=0)) for at in range(len(table))])
        error = np.sqrt((len(table) - 1) * left_out.var())
        print(f"{name:36} {total[2]:7.0f} {total[0] / total[2]:9.3f} {total[1] / total[2]:7.3f} {_ratio(table):6.2f} {error:6.2f}")


def _ratio(table: np.ndarray) -> float:
    total = table.sum(axis=0)
    return float(total[0] / total[1]) if total[1] > 0 else 0.0


if __name__ == "__main__":
    main()
