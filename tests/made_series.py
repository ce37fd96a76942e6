"""The made chart that a made note carries: an instrument, a day, and bars with everything drawn on them."""

from __future__ import annotations

import datetime as dt

import numpy as np

from levelhead.domain.instrument import Instrument
from levelhead.domain.series import ChartSeries, Fan

RTY = Instrument(
    symbol="RTY",
    name="E-mini Russell 2000",
    short_name="Russell 2000",
    kind="future",
    tick=0.1,
    decimals=1,
    point_value=50.0,
    calendar="CME_EQUITY",
    months="HMUZ",
    micro="M2K",
    commission=2.5,
)
AS_OF = dt.date(2025, 9, 8)


def made_series(bars: int = 260) -> ChartSeries:
    rng = np.random.default_rng(7)
    close = np.round(2000 * np.exp(np.cumsum(rng.normal(0.0006, 0.012, bars + 200))), 1)
    open_ = np.round(np.concatenate([close[:1], close[:-1]]) * (1 + rng.normal(0, 0.002, len(close))), 1)
    high = np.round(np.maximum(open_, close) * (1 + abs(rng.normal(0, 0.004, len(close)))), 1)
    low = np.round(np.minimum(open_, close) * (1 - abs(rng.normal(0, 0.004, len(close)))), 1)
    days = [d for d in (AS_OF - dt.timedelta(days=i) for i in range(900)) if d.weekday() < 5][:bars][::-1]
    averages = {f"sma_{n}": np.convolve(close, np.ones(n) / n, "valid")[-bars:] for n in (20, 50, 100, 200)}
    rsi = 50 + 25 * np.sin(np.arange(bars) / 14)
    last = float(close[-1])
    spread = 0.012 * np.sqrt(np.arange(1, 13))
    fan = {
        q: tuple(last * np.exp(z * spread)) for q, z in (("q10", -1.28), ("q25", -0.67), ("q50", 0.0), ("q75", 0.67), ("q90", 1.28))
    }
    ahead = [d for d in (AS_OF + dt.timedelta(days=i) for i in range(1, 30)) if d.weekday() < 5][:12]

    def row(values: np.ndarray) -> tuple[float, ...]:
        return tuple(float(v) for v in values[-bars:])

    return ChartSeries(
        dates=tuple(days),
        open=row(open_),
        high=row(high),
        low=row(low),
        close=row(close),
        averages={name: row(values) for name, values in averages.items()},
        rsi=row(rsi),
        rsi_signal=row(rsi - 3),
        peers={"ES": row(close * 2.4)},
        fan=Fan(dates=tuple(ahead), quantiles={q: tuple(map(float, v)) for q, v in fan.items()}),
    )
