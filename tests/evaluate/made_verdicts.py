"""Made markets whose law is known, and records of forecasters who know it, do not, or cheat."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from statistics import NormalDist

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.evaluate.distribution import Distribution, joined, scored
from levelhead.ledger.outcome import Outcome
from levelhead.ledger.record import Meta, Record, record_of
from levelhead.ledger.statement import Statement

MADE = Instrument.unknown("MADE")
GRID = (np.arange(400) + 0.5) / 400
NORMAL = np.array([NormalDist().inv_cdf(at) for at in GRID])
OUTCOMES = {"scenario": ("up", "range", "down"), "target": ("true", "false"), "outlook": ("up", "flat", "down")}
Said = Callable[[int, str, Sequence[float]], tuple[float, ...]]


def garch_market(
    count: int, seed: int, *, alpha: float = 0.07, beta: float = 0.9, steps: int = 30, symbol: str = "MADE"
) -> tuple[Bars, np.ndarray]:
    """Daily bars, and each day's variance: v' = omega + alpha r^2 + beta v around 1 % a day, watched at 30 moments a day."""
    generator = np.random.default_rng(seed)
    shocks = generator.normal(size=(count, steps)) / math.sqrt(steps)
    variance = np.empty(count)
    inside = np.empty((count, steps))
    now = 1e-4
    for t in range(count):
        variance[t] = now
        inside[t] = np.cumsum(shocks[t]) * math.sqrt(now)
        now = 1e-4 * (1 - alpha - beta) + alpha * inside[t, -1] ** 2 + beta * now
    opened = np.concatenate([[0.0], np.cumsum(inside[:, -1])[:-1]])
    paths = opened[:, None] + np.column_stack([np.zeros(count), inside])
    return bars_of(*(100.0 * np.exp(x) for x in (paths[:, 0], paths.max(1), paths.min(1), paths[:, -1])), symbol=symbol), variance


def bars_of(open_, high, low, close, *, symbol: str = "MADE", begin: str = "2001-01-01") -> Bars:
    count = len(close)
    days = np.busday_offset(begin, np.arange(count), roll="forward")
    return Bars(
        instrument=Instrument.unknown(symbol),
        time=days.astype("datetime64[us]"),
        open=np.array(open_, dtype=float),
        high=np.array(high, dtype=float),
        low=np.array(low, dtype=float),
        close=np.array(close, dtype=float),
        volume=np.full(count, np.nan),
        row=np.arange(count),
        feed="made",
    )


def settled(bars: Bars, row: int, kind: str, sessions: int, prices: Sequence[float]) -> int:
    """What came of a statement, by a loop one can read; -1 where one bar reached both prices."""
    after = range(row + 1, row + 1 + sessions)
    if kind == "outlook":
        upper, lower = prices
        last = bars.close[row + sessions]
        return 0 if last > upper else 2 if last < lower else 1
    if kind == "target":
        return 0 if any(bars.high[t] >= prices[0] for t in after) else 1
    upper, lower = prices
    for t in after:
        up, down = bars.high[t] >= upper, bars.low[t] <= lower
        if up and down:
            return -1
        if up or down:
            return 0 if up else 2
    return 1


def record_of_made(bars: Bars, rows: Sequence[int], sigma: np.ndarray, said: Said, base: Said, *, sessions: int = 12) -> Record:
    """A scenario, a target above and an outlook on each row; said(row, kind, prices) gives the chances. sigma: of a day, by row."""
    found = []
    for row in rows:
        start, width = float(bars.close[row]), float(sigma[row]) * math.sqrt(sessions)
        asked = {
            "scenario": [start * math.exp(0.9 * width), start * math.exp(-1.1 * width)],
            "target": [start * math.exp(1.4 * width)],
            "outlook": [start * math.exp(0.25 * width), start * math.exp(-0.25 * width)],
        }
        day = bars.dates[row].item()
        for kind, prices in asked.items():
            code = settled(bars, row, kind, sessions, prices)
            name = {"target": "scenario.up.target", "outlook": "outlook.short"}.get(kind, kind)
            named = dict(zip(("upper", "lower"), prices, strict=False)) | {"start": start}
            statement = Statement(
                name=name,
                kind=kind,
                claim="",
                sessions=sessions,
                outcomes=OUTCOMES[kind],
                said=said(row, kind, prices),
                base=base(row, kind, prices),
                prices=named,
            )
            outcome = Outcome(
                name=name,
                outcome=OUTCOMES[kind][code] if code >= 0 else "undecided",
                on=bars.dates[row + sessions].item(),
                sessions=sessions,
            )
            meta = Meta(author="made", symbol=bars.instrument.symbol, standing="replayed", as_of=day)
            found.append((meta, statement, outcome))
    return record_of(found)


def normal_told(bars: Bars, rows: Sequence[int], variance: Callable[[int, int], float], horizons=(1, 12)) -> Distribution:
    """A normal distribution of the log return of each row and horizon, its variance as the forecaster says."""
    parts = []
    for row in rows:
        known = [h for h in horizons if row + h < len(bars)]
        width = np.sqrt([variance(row, h) for h in known])
        parts.append(
            scored(
                width[:, None] * NORMAL,
                symbol=np.full(len(known), bars.instrument.symbol),
                as_of=np.full(len(known), bars.dates[row]),
                sessions=np.array(known),
                realised=np.log(bars.close[[row + h for h in known]] / bars.close[row]),
            )
        )
    return joined(parts)


def even(row: int, kind: str, prices: Sequence[float]) -> tuple[float, ...]:
    return tuple([1.0 / len(OUTCOMES[kind])] * len(OUTCOMES[kind]))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
