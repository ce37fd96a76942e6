"""Breadth: how many symbols of a universe stand above their averages, rise, and make new highs, on the day and in its past year."""

from __future__ import annotations

import datetime as dt

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.daily_series import FRESH, known_rows
from levelhead.domain.fact import Fact
from levelhead.domain.sessions import as_date
from levelhead.kernels.bands import rank
from levelhead.kernels.breadth import Breadth
from levelhead.reading.context import Context
from levelhead.reading.facts import Findings, number, word
from levelhead.reading.settings import YEAR

LEAST = 20
"""Symbols of which a share is told."""
SUMMED = 10
"""Sessions over which advances less declines are added up."""


def breadth_facts(bars: Bars, context: Context) -> Findings:
    """breadth.above_50|above_200|advances|advances_10|highs, each with .place in its past year, breadth.symbols and .ended.

    The day's counts are those of the last session of the universe that the bars' last day knew.
    """
    if context.breadth is None:
        return {}, ()
    name, found = context.breadth
    row = int(known_rows(bars, found.days, fresh=FRESH)[-1])
    if row < 0:
        return {}, (f"{name} has no day of the week up to {bars.as_of}; nothing is said of its breadth.",)
    day, symbols = as_date(found.days[row]), int(found.symbols[row])
    if symbols < LEAST:
        return {}, (f"Breadth is told of {LEAST} symbols or more; {name} has {symbols} on {day}.",)
    late = () if day == bars.as_of else (f"{name} has no session of {bars.as_of} that is known yet; its breadth is that of {day}.",)
    facts = {
        "breadth.universe": word(name, "the universe", "the name of its file.", date=day),
        "breadth.symbols": _count(symbols, f"symbols of {name} with a bar on the day", "symbols", day, symbols=symbols),
        "breadth.ended": _count(
            int(found.ended[row]), f"symbols of {name} that have had no bar for 30 days", "ended", day, ended=found.ended[row]
        ),
        **_shares(found, row, day),
        **_advances(found, row, day),
        **_highs(found, row, day),
    }
    return facts, (*late, *_short(found, row))


def _shares(found: Breadth, row: int, day: dt.date) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    year = slice(max(row + 1 - YEAR, 0), row + 1)
    for bars, above, known in ((50, found.above_50, found.known_50), (200, found.above_200, found.known_200)):
        if known[row] < LEAST:
            continue
        own = f"breadth.above_{bars}"
        facts[own] = number(
            100 * float(above[row]) / float(known[row]),
            "per cent",
            f"share of the symbols with {bars} bars that close above their {bars}-bar average",
            "100 * above / known",
            inputs={"above": above[row], "known": known[row]},
            date=day,
        )
        # A share of fewer symbols than are enough is none: the rank of a year that holds one is not known.
        shares = np.where(known[year] >= LEAST, above[year] / np.maximum(known[year], 1), np.nan)
        facts |= _place(own, shares, day)
    return facts


def _advances(found: Breadth, row: int, day: dt.date) -> dict[str, Fact]:
    rose, fell = found.advances[row], found.declines[row]
    own = "breadth.advances"
    year = slice(max(row + 1 - YEAR - SUMMED, 0), row + 1)
    net = (found.advances[year] - found.declines[year]).astype(np.float64)
    facts = {own: _count(int(rose - fell), "advances less declines", "advances - declines", day, advances=rose, declines=fell)}
    facts |= _place(own, net, day)
    if len(net) < SUMMED:
        return facts
    sums = np.convolve(net, np.ones(SUMMED), "valid")  # of whole numbers: exact
    days = {f"session_{at}": value for at, value in enumerate(net[-SUMMED:], 1)}
    facts[f"{own}_{SUMMED}"] = _count(
        int(sums[-1]), f"advances less declines, added up over {SUMMED} sessions", " + ".join(days), day, **days
    )
    return facts | _place(f"{own}_{SUMMED}", sums, day)


def _highs(found: Breadth, row: int, day: dt.date) -> dict[str, Fact]:
    if found.known_year[row] < LEAST:
        return {}
    own = "breadth.highs"
    year = slice(max(row + 1 - YEAR, 0), row + 1)
    net = np.where(found.known_year[year] >= LEAST, found.highs[year] - found.lows[year], np.nan)
    high, low = found.highs[row], found.lows[row]
    meaning = f"symbols at a new high of {YEAR} bars less those at a new low"
    return {own: _count(int(high - low), meaning, "highs - lows", day, highs=high, lows=low)} | _place(own, net, day)


def _place(own: str, values: FloatArray, day: dt.date) -> dict[str, Fact]:
    """Where the last value stands among those of the past year; nothing where there is no whole year."""
    ranked = rank(values, YEAR)
    if ranked is None:
        return {}
    return {
        f"{own}.place": number(
            100 * ranked[0] / ranked[1],
            "per cent",
            f"share of the last {YEAR} sessions on which it was not higher, this one among them",
            "100 * not_higher / sessions",
            inputs={"not_higher": ranked[0], "sessions": ranked[1]},
            date=day,
        )
    }


def _count(value: int, meaning: str, formula: str, day: dt.date, **inputs: float) -> Fact:
    return number(value, "count", meaning, formula, inputs=inputs, date=day)


def _short(found: Breadth, row: int) -> tuple[str, ...]:
    """What too few symbols have the bars for."""
    needs = (
        ("The share above the 50-bar average", 50, found.known_50),
        ("The share above the 200-bar average", 200, found.known_200),
    )
    return tuple(
        f"{what} needs {LEAST} symbols with {bars} bars; there are {known[row]}."
        for what, bars, known in (*needs, ("The balance of new highs and lows", YEAR, found.known_year))
        if known[row] < LEAST
    )
