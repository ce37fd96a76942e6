"""A continuous future and its index with rolls, hours and costs of carry that are known, for tests of what is estimated."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from made_contracts import RTY, SESSIONS, quarters

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.market.instruments import find_instrument

RUT = find_instrument("RUT")
PARTS = 46  # half hours of a session of 23 hours; the future closes two of them after the index
QUARTER_DAYS = 91.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """How a made market behaves; standard deviations of logs.

    vol: of a usual day. crashes: four of them, when volatility is five times as high and the carry changes that much more.
    hour: of the hour between the closes over the day's. tails: degrees of freedom of that hour's move. change: of a quarter's
    carry from one to the next. wander: of the reference against the future, a day. offset: sessions before expiry of a roll.
    """

    vol: float = 0.01
    crashes: bool = False
    hour: float = 0.075
    tails: float = 3.0
    change: float = 0.0015
    wander: float = 0.0
    offset: int = 2


MARKETS: Mapping[str, Market] = {
    "calm": Market(vol=0.007),
    "usual": Market(),
    "volatile": Market(vol=0.02),
    "with crashes": Market(crashes=True, change=0.002),
    "with crashes and far tails": Market(crashes=True, change=0.002, tails=2.3),
    "with a quiet hour": Market(hour=0.025),
    "with carry that changes much": Market(change=0.003),
    "rolling after expiry": Market(offset=-1),
    "rolling early": Market(offset=6),
    "against another index": Market(wander=0.0025),
}


def made_basis(market: Market, seed: int, *, first: dt.date = dt.date(2019, 1, 2), count: int = 22) -> tuple[Bars, Bars, dict]:
    """The future, its index, and the log factor of each roll by its date, over `count` quarters."""
    random = np.random.default_rng(seed)
    chain = quarters(first, count)
    days = SESSIONS.between(first, chain[-2][2])
    expiries = np.array([last for _, _, last in chain], dtype="datetime64[D]")
    rolls = SESSIONS.dates[np.searchsorted(SESSIONS.dates, expiries) - market.offset]
    quoted = np.searchsorted(rolls, days, side="right")
    crash = _crashes(random, days, expiries) if market.crashes else np.zeros(len(days))
    opens, highs, lows, early, late = _sessions(random, market, crash)
    carry = _carry(random, market, crash, quoted, count)

    def above_spot(contract: np.ndarray, day: np.ndarray) -> np.ndarray:
        return carry[contract] * (expiries[contract] - day).astype(int) / QUARTER_DAYS

    basis = above_spot(quoted, days)
    index = early + np.cumsum(random.normal(0, 1, len(days)) * market.wander) + _dividends(random, len(days))
    truth = {}
    for contract, roll in enumerate(rolls[rolls <= days[-1]][: count - 1]):
        eve = days[np.searchsorted(days, roll) - 1]
        truth[roll.item()] = float(above_spot(np.array(contract + 1), eve) - above_spot(np.array(contract), eve))
    future = [2000 * np.exp(column + basis) for column in (opens, highs, lows, late)]
    return _bars(RTY, days, *future), _bars(RUT, days, *[2000 * np.exp(index)] * 4), truth


def _crashes(random: np.random.Generator, days: np.ndarray, expiries: np.ndarray) -> np.ndarray:
    """Log volatility added: 1.6 at once, fading over 25 sessions; one of four begins shortly before an expiry."""
    rows = np.arange(len(days))
    near = np.searchsorted(days, expiries[random.integers(3, len(expiries) - 3)]) - random.integers(2, 12)
    added = np.zeros(len(days))
    for start in (*random.choice(rows, 3, replace=False), near):
        added += np.where(rows >= start, 1.6 * np.exp(-(rows - start) / 25.0), 0.0)
    return added


def _sessions(random: np.random.Generator, market: Market, crash: np.ndarray) -> tuple[np.ndarray, ...]:
    """Logs of open, high, low, the price at the index's close and at the future's own."""
    n = len(crash)
    log_vol = np.zeros(n)
    for t in range(1, n):
        log_vol[t] = 0.97 * log_vol[t - 1] + random.normal(0, 0.12)
    vol = market.vol * np.exp(log_vol + crash)
    steps = random.normal(0, 1, (n, PARTS)) * (vol / math.sqrt(PARTS))[:, None]
    last_hour = market.hour * vol * random.standard_t(market.tails, n) / math.sqrt(market.tails / (market.tails - 2))
    steps[:, -2:] = (last_hour / 2)[:, None]
    path = np.cumsum(steps.ravel()).reshape(n, PARTS)
    opens = np.append(0.0, path[:-1, -1])
    return opens, np.maximum(path.max(axis=1), opens), np.minimum(path.min(axis=1), opens), path[:, -3], path[:, -1]


def _carry(random: np.random.Generator, market: Market, crash: np.ndarray, quoted: np.ndarray, count: int) -> np.ndarray:
    """What a quarter of each contract costs, a log; in a crash it changes as much more as the market moves more."""
    carry = [random.normal(0, 0.004)]
    for contract in range(1, count):
        before = crash[quoted == contract - 1]
        stress = float(np.exp(before).mean()) if len(before) else 1.0
        carry.append(carry[-1] + random.normal(0, market.change) * stress)
    return np.clip(carry, -0.015, 0.02)


def _dividends(random: np.random.Generator, n: int) -> np.ndarray:
    """Dividends come in lumps; what the carry expects of them comes evenly."""
    paid = np.cumsum(np.where(random.random(n) < 0.15, random.exponential(0.0002, n), 0.0))
    lumps: np.ndarray = paid - np.arange(n) * paid[-1] / n
    return lumps


def _bars(
    instrument: Instrument, days: np.ndarray, opens: np.ndarray, highs: np.ndarray, lows: np.ndarray, closes: np.ndarray
) -> Bars:
    return Bars(
        instrument=instrument,
        time=days.astype("datetime64[us]"),
        open=opens.copy(),
        high=highs.copy(),
        low=lows.copy(),
        close=closes.copy(),
        volume=np.full(len(days), np.nan),
        row=np.arange(len(days)),
    )
