"""Volume by price: how much traded in each row of prices, the point of control, the value area, nodes; and anchored VWAP."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.compiled import Floats, IntTable, loop, or_compiled

FloatArray = NDArray[np.float64]

VALUE_SHARE = 0.7
THICK, THIN = 1.25, 0.75
"""A node of high (low) volume has at least (at most) so many times the mean of the rows."""


class Profile(NamedTuple):
    """Volume of each row of prices; row i holds prices from (first + i) * step to (first + i + 1) * step."""

    first: int
    step: float
    volume: FloatArray

    def middle(self, row: int) -> float:
        """The price in the middle of a row."""
        return (self.first + row + 0.5) * self.step


@loop
def _traded(high: Floats, low: Floats, volume: Floats, step: float) -> tuple[int, Floats]:
    """Number of the first row of `profile`, and what was traded in each."""
    count = len(high)
    low_rows, high_rows = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
    for bar in range(count):
        low_rows[bar], high_rows[bar] = math.floor(low[bar] / step), math.floor(high[bar] / step)
    first = low_rows.min()
    rows = high_rows.max() - first + 1
    still, begun, left = np.zeros(rows), np.zeros(rows), np.zeros(rows)
    joined, gone = np.zeros(rows + 1), np.zeros(rows + 1)
    for bar in range(count):
        bottom, top = low_rows[bar] - first, high_rows[bar] - first
        if high[bar] <= low[bar]:
            still[bottom] += volume[bar]
            continue
        density = volume[bar] / (high[bar] - low[bar])
        begun[bottom] += density * ((low_rows[bar] + 1) * step - low[bar])
        left[top] += density * ((high_rows[bar] + 1) * step - high[bar])
        joined[bottom + 1] += density
        gone[top + 1] += density
    traded, steady = np.empty(rows), 0.0
    for row in range(rows):
        steady += joined[row] - gone[row]
        traded[row] = max(steady * step + (begun[row] - left[row]) + still[row], 0.0)
    return first, traded


def _profile_compiled(high: FloatArray, low: FloatArray, volume: FloatArray, step: float) -> Profile:
    first, traded = _traded(high, low, volume, step)
    return Profile(first=first, step=step, volume=traded)


@or_compiled(_profile_compiled)
def profile(high: FloatArray, low: FloatArray, volume: FloatArray, step: float) -> Profile:
    """Each bar's volume spread evenly over its range, in rows of `step`; a bar without range gives all to its row.

    high, low, volume: shape (n,), n >= 1, finite; step > 0. The rows' volumes sum to the bars'. Bars of minutes give nearly the
    true profile, daily bars an approximation: where in its range a day traded is not known. In time linear in bars and rows.
    """
    low_rows, high_rows = np.floor(low / step).astype(np.int64), np.floor(high / step).astype(np.int64)
    first = int(low_rows.min())
    count = int(high_rows.max()) - first + 1
    still: FloatArray = np.zeros(count)
    is_flat = high <= low
    if is_flat.any():
        still += np.bincount(low_rows[is_flat] - first, volume[is_flat], count)
        wide = ~is_flat
        high, low, volume, low_rows, high_rows = high[wide], low[wide], volume[wide], low_rows[wide], high_rows[wide]
    density = volume / (high - low)
    share_above, left_above = (low_rows + 1) * step - low, (high_rows + 1) * step - high
    low_rows -= first
    high_rows -= first
    started = np.bincount(low_rows, density * share_above, count) - np.bincount(high_rows, density * left_above, count)
    # From its low on a bar adds its density to every price, from its high on it takes it away again.
    low_rows += 1
    high_rows += 1
    steady = np.bincount(low_rows, density, count + 1)[:count] - np.bincount(high_rows, density, count + 1)[:count]
    rows = np.cumsum(steady) * step + started + still
    return Profile(first=first, step=step, volume=np.maximum(rows, 0.0))


def profile_slow(high: FloatArray, low: FloatArray, volume: FloatArray, step: float) -> Profile:
    """`profile` as one would say it: the version to read, and the oracle of its test."""
    first = int(np.floor(low.min() / step))
    count = int(np.floor(high.max() / step)) - first + 1
    rows = np.zeros(count)
    for top, bottom, traded in zip(high.tolist(), low.tolist(), volume.tolist(), strict=True):
        for row in range(count):
            begins, ends = (first + row) * step, (first + row + 1) * step
            if top > bottom:
                rows[row] += traded * max(0.0, min(top, ends) - max(bottom, begins)) / (top - bottom)
            elif int(np.floor(bottom / step)) == first + row:
                rows[row] += traded
    return Profile(first=first, step=step, volume=rows)


@loop
def _control(volume: Floats) -> int:
    most, middle = volume.max() * (1 - 1e-12), (len(volume) - 1) / 2
    control = -1
    for row in range(len(volume)):
        if volume[row] >= most and (control < 0 or abs(row - middle) < abs(control - middle)):
            control = row
    return control


@or_compiled(_control)
def point_of_control(volume: FloatArray) -> int:
    """The row with the most volume, of equals the one nearest the middle of the profile, of two such the lower."""
    rows = volume.tolist()
    most, middle = max(rows) * (1 - 1e-12), (len(rows) - 1) / 2
    return min([at for at, traded in enumerate(rows) if traded >= most], key=lambda at: abs(at - middle))


@loop
def _area(volume: Floats, control: int, wanted: float) -> tuple[int, int]:
    last = len(volume) - 1
    rows = np.zeros(last + 5)
    rows[2:-2] = volume
    low = high = control + 2
    held = rows[low]
    while held < wanted and (low > 2 or high < last + 2):
        above, below = rows[high + 1] + rows[high + 2], rows[low - 1] + rows[low - 2]
        if high < last + 2 and (above >= below or low == 2):
            held, high = held + above, min(high + 2, last + 2)
        else:
            held, low = held + below, max(low - 2, 2)
    return low - 2, high - 2


def _value_area_compiled(volume: FloatArray, share: float = VALUE_SHARE, *, control: int | None = None) -> tuple[int, int]:
    return _area(volume, _control(volume) if control is None else control, share * float(volume.sum()))


@or_compiled(_value_area_compiled)
def value_area(volume: FloatArray, share: float = VALUE_SHARE, *, control: int | None = None) -> tuple[int, int]:
    """First and last row of the value area: from the point of control outward until it holds `share` of all volume.

    Two rows at a time: of the two rows above and the two below those with more volume join; of equals those above. control: the
    point of control where it is known already.
    """
    rows = [0.0, 0.0, *volume.tolist(), 0.0, 0.0]
    last = len(rows) - 3
    low = high = (point_of_control(volume) if control is None else control) + 2
    held, wanted = rows[low], share * float(volume.sum())
    while held < wanted and (low > 2 or high < last):
        above, below = rows[high + 1] + rows[high + 2], rows[low - 1] + rows[low - 2]
        if high < last and (above >= below or low == 2):
            held, high = held + above, min(high + 2, last)
        else:
            held, low = held + below, max(low - 2, 2)
    return low - 2, high - 2


@loop
def _sides_of_rows(volume: Floats, mean: float, reach: int) -> IntTable:
    """Row and side of each node of `nodes`, ascending: 1 of high volume, -1 of low volume."""
    count = len(volume)
    least, most = THICK * mean, THIN * mean
    full_first = full_last = -1
    for row in range(count):
        if volume[row] > mean:
            full_first, full_last = row if full_first < 0 else full_first, row
    found, nodes = 0, np.empty((count, 2), dtype=np.int64)
    for row in range(count):
        own = volume[row]
        side = 1 if own >= least else -1 if own <= most and full_first < row < full_last else 0
        if side == 0:
            continue
        stands_out = True
        for other in range(max(row - reach, 0), min(row + reach, count - 1) + 1):
            theirs = volume[other]
            if other != row and (side * theirs > side * own or (theirs == own and other < row)):
                stands_out = False
                break
        if stands_out:
            nodes[found, 0], nodes[found, 1] = row, side
            found += 1
    return nodes[:found]


def _nodes_compiled(volume: FloatArray, reach: int) -> tuple[list[int], list[int]]:
    found = _sides_of_rows(volume, float(np.add.reduce(volume)) / len(volume), reach).tolist()
    return [row for row, side in found if side > 0], [row for row, side in found if side < 0]


@or_compiled(_nodes_compiled)
def nodes(volume: FloatArray, reach: int) -> tuple[list[int], list[int]]:
    """Rows of high and of low volume, ascending: the most (least) of all rows within `reach` >= 1 of them, the first of equals.

    A high node has at least 1.25 times the mean of the rows, a low one at most 0.75 times; a low one has rows of more than the mean
    on both sides of it, for the ends of a profile are thin and no nodes.
    """
    rows, mean = volume.tolist(), float(volume.mean())
    least, most = THICK * mean, THIN * mean
    neighbours = zip([math.nan, *rows], rows, [*rows[1:], math.nan], strict=False)
    thick, thin = [], []
    for at, (before, traded, after) in enumerate(neighbours):  # most rows are no match for those beside them
        if traded >= least and not (before >= traded or after > traded) and _is_top(rows, at, reach):
            thick.append(at)
        elif traded <= most and not (before <= traded or after < traded) and _is_bottom(rows, at, reach):
            thin.append(at)
    full = [at for at, traded in enumerate(rows) if traded > mean] or [0]
    return thick, [at for at in thin if full[0] < at < full[-1]]


def _is_top(rows: list[float], at: int, reach: int) -> bool:
    """Whether no row within `reach` has more than row `at`, and none before it as much."""
    own = rows[at]
    return max(rows[at : at + 1 + reach]) <= own and max(rows[max(at - reach, 0) : at], default=-math.inf) < own


def _is_bottom(rows: list[float], at: int, reach: int) -> bool:
    """Whether no row within `reach` has less than row `at`, and none before it as little."""
    own = rows[at]
    return min(rows[at : at + 1 + reach]) >= own and min(rows[max(at - reach, 0) : at], default=math.inf) > own


def vwap_sums(high: FloatArray, low: FloatArray, close: FloatArray, volume: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Running sums of typical price times volume and of volume, shape (n + 1,), from 0; unknown volume counts as none.

    The anchored VWAP of rows a to t is the difference of the first sums at t + 1 and a over that of the second.
    """
    traded = np.nan_to_num(volume, nan=0.0)
    money, total = np.zeros(len(close) + 1), np.zeros(len(close) + 1)
    np.cumsum((high + low + close) / 3 * traded, out=money[1:])
    np.cumsum(traded, out=total[1:])
    return money, total
