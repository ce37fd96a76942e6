"""What became of a level: held, broken, reclaimed, or never tested.

Tested: a bar's range reaches the edge that is nearer to the price. Broken: accepted beyond the far edge, which is two closes in a
row past it. Reclaimed: accepted back from there, two closes in a row past the whole zone; that ends it. Held: tested and not broken
by the end of the horizon. A close inside the zone is on neither side.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.claims.meters import Bar
from levelhead.kernels.paths import FloatArray, PathBars
from levelhead.ledger.outcome import OPEN, UNDECIDED

ACCEPTED = 2  # closes in a row
HELD, BROKEN, RECLAIMED, UNTESTED, STILL_OPEN = 0, 1, 2, 3, -2
OUTCOMES = ("held", "broken", "reclaimed", "untested")
MOST_GUESSED = 4  # sessions without a bar that are tried at every way they may have gone


class Zone(NamedTuple):
    """A level. side: +1 a resistance, -1 a support; prices from low to high."""

    low: float
    high: float
    side: float


def level_outcomes(
    windows: PathBars, low: FloatArray, high: FloatArray, side: FloatArray, passed: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Codes and sessions of levels, both of shape (levels,); STILL_OPEN where the horizon is not over.

    windows: shape (levels, sessions), NaN where bars are still to come. low, high, side: as in Zone. passed: bars there are.
    """
    sessions = windows.close.shape[1]
    is_above = side > 0
    near, far = np.where(is_above, low, -high)[:, None], np.where(is_above, high, -low)[:, None]
    extremes = np.where(is_above[:, None], windows.high, -windows.low)
    closes = np.where(is_above[:, None], windows.close, -windows.close)
    is_tested = (extremes >= near).any(axis=1)
    beyond, back = closes > far, closes < near
    breaks = _first(_in_a_row(beyond), sessions)
    back &= np.arange(sessions) > breaks[:, None]
    reclaims = _first(_in_a_row(back), sessions)
    codes = np.where(breaks < sessions, BROKEN, np.where(is_tested, HELD, UNTESTED))
    is_reclaimed = reclaims < sessions
    codes = np.where(is_reclaimed, RECLAIMED, np.where(passed >= sessions, codes, STILL_OPEN))
    return codes, np.where(is_reclaimed, reclaims + 1, np.minimum(passed, sessions))


def _in_a_row(closes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    accepted = closes.copy()
    for back in range(1, ACCEPTED):
        accepted[:, back:] &= closes[:, :-back]
        accepted[:, :back] = False
    return accepted


def _first(flags: NDArray[np.bool_], otherwise: int) -> NDArray[np.int64]:
    at = flags.argmax(axis=1)
    return np.where(flags[np.arange(len(flags)), at], at, otherwise)


def level_of_path(bars: Sequence[Bar], zone: Zone, sessions: int) -> tuple[str, int]:
    """The same for one level, as one reads it off a chart: outcome and sessions passed."""
    is_tested, beyond, back, is_broken = False, 0, 0, False
    for number, bar in enumerate(bars[:sessions], 1):
        is_tested = is_tested or (bar.high >= zone.low if zone.side > 0 else bar.low <= zone.high)
        is_beyond = bar.close > zone.high if zone.side > 0 else bar.close < zone.low
        is_back = bar.close < zone.low if zone.side > 0 else bar.close > zone.high
        beyond = beyond + 1 if is_beyond else 0
        back = back + 1 if is_back and is_broken else 0
        is_broken = is_broken or beyond == ACCEPTED
        if back == ACCEPTED:
            return "reclaimed", number
    if len(bars) < sessions:
        return OPEN, len(bars)
    return "broken" if is_broken else "held" if is_tested else "untested", sessions


def level_of_any_path(bars: Sequence[Bar | None], firsts: Sequence[Bar | None], zone: Zone, sessions: int) -> tuple[str, int]:
    """The same where bars are missing, or part of the first is not known: what every way it may have gone agrees on.

    firsts: what may be left of the bar before the path, to be joined to the first one; (None,) where nothing is.
    """
    gaps = [number for number, bar in enumerate(bars) if bar is None]
    if len(gaps) > MOST_GUESSED:
        known = bars[: gaps[0]]
        outcome, passed = level_of_any_path(known, firsts, zone, sessions)
        return (UNDECIDED, len(bars)) if outcome == OPEN and len(bars) >= sessions else (outcome, passed)
    found = []
    for first, guesses in product(firsts, product(_ways(zone), repeat=len(gaps))):
        filled = iter(guesses)
        way = [next(filled) if bar is None else bar for bar in bars]
        found.append(level_of_path(_joined(first, way), zone, sessions))
    outcomes = {outcome for outcome, _ in found}
    if OPEN in outcomes:
        return OPEN, len(bars)
    return (outcomes.pop() if len(outcomes) == 1 else UNDECIDED), max(passed for _, passed in found)


def _joined(first: Bar | None, bars: list[Bar]) -> list[Bar]:
    if first is None or not bars:
        return bars
    own = bars[0]
    return [Bar(first.open, max(first.high, own.high), min(first.low, own.low), own.close), *bars[1:]]


def _ways(zone: Zone) -> list[Bar]:
    """A bar that does not reach the zone, one that does and closes before it, one that closes inside, and one beyond."""
    before, inside, beyond = (zone.low - 1, zone.low, zone.high + 1) if zone.side > 0 else (zone.high + 1, zone.high, zone.low - 1)
    ends = ((before, before), (inside, before), (inside, inside), (beyond, beyond))
    return [Bar(close, max(reached, close), min(reached, close), close) for reached, close in ends]
