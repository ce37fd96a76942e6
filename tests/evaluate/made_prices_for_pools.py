"""Made daily markets whose volatility the test chooses, for the tests of what pools learn."""

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument


def changing(count, seed):
    """Standard deviations whose logarithm is an autoregression around log 0.01."""
    generator = np.random.default_rng(seed)
    log_sigma = np.zeros(count)
    for t in range(1, count):
        log_sigma[t] = 0.97 * log_sigma[t - 1] + 0.08 * generator.normal()
    return 0.01 * np.exp(log_sigma)


def market(sigmas, seed, *, begin="2000-06-01"):
    """A random walk in log price of 20 steps a day."""
    steps = np.random.default_rng(seed).normal(size=(len(sigmas), 20)) * (np.asarray(sigmas) / np.sqrt(20))[:, None]
    inside = np.cumsum(steps, axis=1)
    opened = np.concatenate([[0.0], np.cumsum(inside[:, -1])[:-1]])
    paths = np.hstack([opened[:, None], opened[:, None] + inside])
    return made(*(100 * np.exp(x) for x in (opened, paths.max(axis=1), paths.min(axis=1), paths[:, -1])), begin=begin)


def joined(first, then):
    """The bars of one market, then those of another, dates running on."""
    columns = (np.append(getattr(first, k), getattr(then, k)) for k in ("open", "high", "low", "close"))
    return made(*columns, begin=str(first.dates[0]))


def made(opens, highs, lows, closes, *, begin):
    count = len(closes)
    return Bars(
        instrument=Instrument(symbol="MADE", name="Made", short_name="Made", kind="index"),
        time=(np.datetime64(begin) + np.arange(count)).astype("datetime64[us]"),
        open=np.array(opens),
        high=np.array(highs),
        low=np.array(lows),
        close=np.array(closes),
        volume=np.full(count, np.nan),
        row=np.arange(count),
        feed="made.csv",
    )
