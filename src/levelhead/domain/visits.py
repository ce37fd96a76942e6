"""When bars visited a zone of prices, and from which visits price turned back."""

from __future__ import annotations

from collections.abc import Sequence


def visit_rows(highs: Sequence[float], lows: Sequence[float], bottom: float, top: float) -> list[int]:
    """Rows at which a visit begins: the bar's range reaches the prices from `bottom` to `top`, that of the bar before did not.

    The first row has no bar before it and begins none. A bar that gaps across without trading there does not visit.
    """
    inside = [low <= top and high >= bottom for high, low in zip(highs, lows, strict=True)]
    return [t for t in range(1, len(inside)) if inside[t] and not inside[t - 1]]


def held_rows(highs: Sequence[float], lows: Sequence[float], bottom: float, top: float) -> list[int]:
    """Rows at which a visit begins that the zone held: the first bar off it lies on the side from which price came.

    A visit that is not over has not been held yet.
    """
    held = []
    for t in visit_rows(highs, lows, bottom, top):
        after = next((row for row in range(t + 1, len(highs)) if lows[row] > top or highs[row] < bottom), None)
        if after is not None and (lows[after] > top) == (lows[t - 1] > top):
            held.append(t)
    return held
