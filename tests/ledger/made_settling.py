"""Bars, sessions and statements made by hand for the tests of settling."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.domain.roll import Roll
from levelhead.domain.sessions import SessionTable
from levelhead.ledger.outcome import Outcome
from levelhead.ledger.settling import settle_statements
from levelhead.ledger.statement import Statement

# A tick of one point worth $10, $1 a side, one tick of slippage: 0.2 points a trade.
CORN = Instrument(
    symbol="ZC", name="Corn", short_name="Corn", kind="future", tick=1.0, decimals=0, point_value=10.0, commission=1.0
)
MONDAY = dt.date(2025, 3, 3)
Row = tuple[float, float, float, float]
FLAT: Row = (100.0, 101.0, 99.0, 100.0)


def weekdays(count: int, first: dt.date = MONDAY) -> np.ndarray:
    return np.busday_offset(np.datetime64(first), np.arange(count), roll="forward")


def bars_of(
    rows: list[Row], days: np.ndarray | None = None, *, rolls: tuple[Roll, ...] = (), instrument: Instrument = CORN
) -> Bars:
    """Daily bars of (open, high, low, close), one a weekday from Monday, 3 March 2025."""
    days = weekdays(len(rows)) if days is None else days
    columns = np.array(rows, dtype=np.float64).T
    return Bars(
        instrument=instrument,
        time=days.astype("datetime64[us]"),
        open=columns[0].copy(),
        high=columns[1].copy(),
        low=columns[2].copy(),
        close=columns[3].copy(),
        volume=np.full(len(rows), np.nan),
        row=np.arange(len(rows)),
        rolls=rolls,
    )


def after(*rows: Row) -> Bars:
    """Three flat bars around 100, of which the last is the note's (Wednesday, 5 March), then `rows`."""
    return bars_of([FLAT, FLAT, FLAT, *rows])


AS_OF = dt.date(2025, 3, 5)


def table_of(days: np.ndarray) -> SessionTable:
    minutes = days.astype("datetime64[m]")
    return SessionTable(calendar="made", dates=days, opens=minutes, closes=minutes + 1, early=np.zeros(len(days), dtype=np.bool_))


def claim(
    text: str, outcomes: tuple[str, ...] = ("true", "false"), *, sessions: int, start: float = 100.0, **more: object
) -> Statement:
    made = Statement(
        name="it", kind="claim", claim=text, sessions=sessions, outcomes=outcomes, said=(), base=(), prices={"start": start}
    )
    return replace(made, **more)


def split(upper: float, lower: float, sessions: int, start: float = 100.0) -> Statement:
    return claim(
        f"first of {upper:g} | {lower:g} within {sessions} sessions",
        ("up", "range", "down"),
        sessions=sessions,
        kind="scenario",
        prices={"upper": upper, "lower": lower, "start": start},
    )


def plan(text: str, sessions: int, **more: object) -> Statement:
    return claim(text, sessions=sessions, **({"kind": "setup", "outcomes": ("unfilled", "target", "stop", "expired")} | more))


def level(low: float, high: float, side: float, sessions: int) -> Statement:
    prices = {"low": low, "high": high, "side": side, "start": 100.0}
    return claim("", ("held", "broken", "reclaimed", "untested"), sessions=sessions, kind="level", prices=prices)


def outlook(upper: float, lower: float, sessions: int) -> Statement:
    return claim(
        "", ("up", "flat", "down"), sessions=sessions, kind="outlook", prices={"upper": upper, "lower": lower, "start": 100.0}
    )


def bias(lean: float, sessions: int, **prices: float) -> Statement:
    return claim("", ("right", "wrong", "neither"), sessions=sessions, kind="bias", prices={"lean": lean, "start": 100.0} | prices)


def settled(statement: Statement, bars: Bars, as_of: dt.date = AS_OF, **more: object) -> Outcome:
    return settle_statements([statement], bars, as_of, **more)[0]  # type: ignore[arg-type]


def told(outcome: Outcome) -> tuple[str, dt.date | None, int]:
    return outcome.outcome, outcome.on, outcome.sessions
