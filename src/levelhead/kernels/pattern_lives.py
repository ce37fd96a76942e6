"""What becomes of a pattern: it breaks or is undone, its measured move is met or it fails, or nothing comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.pattern_ground import Ground
from levelhead.kernels.pattern_shapes import Shape, Side

Ending = Literal["failed", "target met", "lapsed", "absorbed", ""]
Status = Literal["forming", "confirmed", "failed", "target met", "lapsed", "absorbed"]

LIVES = 63
"""Bars in which a confirmed pattern meets its target or fails; twice its width, where these are more. Then it says no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A shape with what became of it.

    confirmed: the row of the close that completed it, None where none did; direction: the way it broke, 0 where it has not;
    neckline: the height of the line that it broke, at that row; target: where the measured move ends. ended: the row from which
    on it is over, None while it is not; ending: why. Failed is a pattern that a close undoes before it is completed or, before
    its target is met, after; lapsed one that waited too long for either.
    """

    shape: Shape
    direction: Side
    confirmed: int | None
    neckline: float | None
    target: float | None
    ended: int | None
    ending: Ending

    def status_at(self, row: int) -> tuple[Status, int]:
        """What it is at the close of `row`, which is not before it was known; and since which row."""
        if self.ended is not None and self.ended <= row and self.ending:
            return self.ending, self.ended
        if self.confirmed is not None and self.confirmed <= row:
            return "confirmed", self.confirmed
        return "forming", self.shape.known

    def direction_at(self, row: int) -> Side:
        """The way it broke, where it has by `row`, else the way it is expected to."""
        return self.direction if self.confirmed is not None and self.confirmed <= row else self.shape.side


def first_break(shape: Shape, closes: Sequence[float], first: int, last: int) -> tuple[int, Side]:
    """The first row from `first` to `last` that closes above the upper line (1) or below the lower one (-1); -1 and 0 if none."""
    upper, lower = shape.upper, shape.lower
    for row in range(first, last + 1):
        close = closes[row]
        if close - upper.height - upper.slope * (row - upper.row) > 0:
            return row, 1
        if close - lower.height - lower.slope * (row - lower.row) < 0:
            return row, -1
    return -1, 0


def lived(shape: Shape, bars: Ground, closes: Sequence[float]) -> Pattern:
    """The pattern with its whole life, from the close at which its last point was known. closes: of the bars, as plain numbers."""
    broke, way = first_break(shape, closes, shape.known, min(shape.until, len(closes) - 1))
    if way and shape.side in (0, way):
        return _confirmed(shape, bars, broke, way)
    ended = broke if way else shape.until + 1 if shape.until < len(closes) - 1 else None
    ending: Ending = "failed" if way else "lapsed" if ended is not None else ""
    return Pattern(shape=shape, direction=0, confirmed=None, neckline=None, target=None, ended=ended, ending=ending)


def _confirmed(shape: Shape, bars: Ground, broke: int, way: Side) -> Pattern:
    """What came of a pattern after the close that completed it: the first of its target and a close that undoes it."""
    neckline = (shape.upper if way > 0 else shape.lower).at(broke)
    target = neckline + way * shape.measure if shape.aim is None else shape.aim
    last = min(broke + max(LIVES, 2 * (shape.last - shape.first)), len(bars.close) - 1)
    rows = slice(broke, last + 1)
    met = _first((bars.high[rows] >= target) if way > 0 else (bars.low[rows] <= target), broke)
    undone = _first((bars.close[rows] < shape.floor) if way > 0 else (bars.close[rows] > shape.ceiling), broke)
    ended = min((row for row in (met, undone) if row is not None), default=None)
    ending: Ending = "" if ended is None else "target met" if ended == met else "failed"
    if ended is None and last < len(bars.close) - 1:
        ended, ending = last + 1, "lapsed"
    return Pattern(shape=shape, direction=way, confirmed=broke, neckline=neckline, target=target, ended=ended, ending=ending)


def _first(is_so: NDArray[np.bool_], start: int) -> int | None:
    return start + int(is_so.argmax()) if is_so.any() else None
