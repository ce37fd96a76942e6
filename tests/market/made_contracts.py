"""Individual contracts made from one path of the underlying and a known cost of carry, for tests of rolls."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np

from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import SessionTable, front_expiry
from levelhead.market.instruments import find_instrument
from levelhead.market.sessions import session_table

RTY = find_instrument("RTY")
TABLE = session_table("CME_EQUITY")
assert TABLE is not None
SESSIONS: SessionTable = TABLE


def underlying(first: dt.date, last: dt.date, *, seed: int = 1, start: float = 2000.0) -> tuple[np.ndarray, np.ndarray]:
    """The sessions from first to last, and a close for each."""
    days = SESSIONS.between(first, last)
    steps = np.random.default_rng(seed).normal(0.0003, 0.012, len(days))
    return days, start * np.exp(np.cumsum(steps))


def quarters(first: dt.date, count: int, instrument: Instrument = RTY) -> list[tuple[str, str, dt.date]]:
    """Name as CME writes it, name with two digits of the year, and last trade, of `count` contracts from `first` on."""
    found, day = [], first
    for _ in range(count):
        expiry = front_expiry(instrument, day, SESSIONS)
        assert expiry is not None
        found.append((expiry.contract, f"{expiry.contract[:-1]}{expiry.last_trade.year % 100:02d}", expiry.last_trade))
        day = expiry.last_trade + dt.timedelta(days=1)
    return found


def write_contracts(
    folder: Path,
    *,
    first: dt.date = dt.date(2023, 1, 3),
    last: dt.date = dt.date(2024, 6, 28),
    carry: float = 0.04,
    switch: int = 4,
) -> list[tuple[str, str, dt.date]]:
    """Contracts that each hold the underlying times exp(carry * years to expiry), rounded to the tick, as CSV files.

    Each is listed two quarters before its expiry. Volume and open interest pass to the next contract `switch` sessions before
    expiry (open interest one session later).
    """
    days, spot = underlying(first, last)
    chain = quarters(first, 8)
    chain = [each for each in chain if each[2] <= last + dt.timedelta(days=130)]
    begins = [first, first, *(expiry for _, _, expiry in chain)]
    for (_, long_name, expiry), start in zip(chain, begins, strict=False):
        at = int(np.searchsorted(SESSIONS.dates, np.datetime64(expiry)))
        passed, passed_oi = SESSIONS.dates[at - switch], SESSIONS.dates[at - switch + 1]
        before = _previous(chain, expiry)
        lines = ["date,open,high,low,close,volume,open_interest"]
        for day, price in zip(days, spot, strict=True):
            if not np.datetime64(start) <= day <= np.datetime64(expiry):
                continue
            years = (np.datetime64(expiry) - day).astype(int) / 365.25
            close = round(round(price * np.exp(carry * years) / 0.1) * 0.1, 1)
            is_front = day < passed and (before is None or day >= _switch_of(before, switch))
            has_interest = day < passed_oi and (before is None or day >= _switch_of(before, switch - 1))
            counts = f"{200000 if is_front else 1000},{500000 if has_interest else 2000}"
            lines.append(f"{day},{close},{close + 5:.1f},{close - 5:.1f},{close},{counts}")
        (folder / f"{long_name}.csv").write_text("\n".join(lines) + "\n")
    return chain


def _previous(chain: list[tuple[str, str, dt.date]], expiry: dt.date) -> dt.date | None:
    earlier = [each[2] for each in chain if each[2] < expiry]
    return earlier[-1] if earlier else None


def _switch_of(expiry: dt.date, switch: int) -> np.datetime64:
    at = int(np.searchsorted(SESSIONS.dates, np.datetime64(expiry)))
    return SESSIONS.dates[at - switch]
