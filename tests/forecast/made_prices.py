"""Made daily markets for the tests of forecasts: random walks whose volatility the test chooses."""

import math

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument


def as_bars(opens, highs, lows, closes, *, symbol="MADE", begin="2001-01-01"):
    count = len(closes)
    return Bars(
        instrument=Instrument.unknown(symbol),
        time=(np.datetime64(begin) + np.arange(count)).astype("datetime64[us]"),
        open=np.array(opens, dtype=float),
        high=np.array(highs, dtype=float),
        low=np.array(lows, dtype=float),
        close=np.array(closes, dtype=float),
        volume=np.full(count, np.nan),
        row=np.arange(count),
        feed=f"{symbol.lower()}.csv",
    )


def walk(sigmas, seed, *, steps=40, gap=0.3, **named):
    """A random walk in log price, one standard deviation for each session, `gap` of its variance overnight."""
    generator = np.random.default_rng(seed)
    sigmas = np.asarray(sigmas)
    count = len(sigmas)
    overnight = math.sqrt(gap) * sigmas * generator.normal(size=count)
    inside = np.cumsum(generator.normal(size=(count, steps)) * (math.sqrt((1 - gap) / steps) * sigmas)[:, None], axis=1)
    opened = np.concatenate([[0.0], np.cumsum(overnight + inside[:, -1])[:-1]]) + overnight
    paths = np.hstack([opened[:, None], opened[:, None] + inside])
    return as_bars(*(100 * np.exp(x) for x in (opened, paths.max(axis=1), paths.min(axis=1), paths[:, -1])), **named)


def changing(count, seed, *, persistence=0.97, shock=0.08):
    """Standard deviations whose logarithm is an autoregression around log 0.01."""
    generator = np.random.default_rng(seed)
    log_sigma = np.zeros(count)
    for t in range(1, count):
        log_sigma[t] = persistence * log_sigma[t - 1] + shock * generator.normal()
    return 0.01 * np.exp(log_sigma)


def joined(first, then):
    """The bars of one market, then those of another, dates running on."""
    columns = (np.append(getattr(first, k), getattr(then, k)) for k in ("open", "high", "low", "close"))
    return as_bars(*columns, symbol=first.instrument.symbol, begin=str(first.dates[0]))
