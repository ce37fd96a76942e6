"""Which lines are told when: the choice of `line_choice` from row to row, worked out where it is asked for.

What is told depends on what was told before, so it is walked from turn to turn: the rows at which something begins, ends or
grows old. Not from the first bar on: at one row in a hundred what was told before has no say, and the choice begins anew.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from levelhead.kernels.channels import Channel
from levelhead.kernels.lines import FloatArray
from levelhead.kernels.trendlines import Trendline
from levelhead.reading.line_choice import HALVING, NEWS, NOTHING, Eye, LinesAt, all_beside, choice, holds


class _Stretch(NamedTuple):
    """From row `begin` to the one before `end`: what is told from each of `rows` on, ascending, until the next."""

    begin: int
    end: int
    rows: list[int]
    lines: list[LinesAt]


class Told:
    """What is told at each row of a series.

    trendlines, channels: all that were ever kept, in the order in which they were drawn. atr: of the closed bars. What was not
    told while it held is not told once it broke: nobody saw it.
    """

    def __init__(self, trendlines: Sequence[Trendline], channels: Sequence[Channel], atr: FloatArray) -> None:
        self._trendlines, self._channels, self._eye = trendlines, channels, Eye(atr)
        self._turns = sorted({*_turns_of(trendlines), *_turns_of(channels)})
        self._drawn = [line.known for line in trendlines], [channel.known for channel in channels]
        self._over = list(accumulate((sys.maxsize if line.ended is None else line.ended for line in trendlines), max))
        self._breaks = _breaks_of(trendlines), _breaks_of(channels)
        self._may_begin = sorted({*self._drawn[0], *self._drawn[1]})
        self._begins: dict[int, bool | None] = dict.fromkeys(self._may_begin)
        self._stretches: dict[int, _Stretch] = {}
        self._last = _Stretch(0, 0, [], [])

    def at(self, row: int) -> LinesAt:
        """What is told at the close of a row."""
        if not self._last.begin <= row < self._last.end:
            self._last = self._stretch(self._begin(row))
        place = bisect_right(self._last.rows, row)
        return self._last.lines[place - 1] if place else NOTHING

    def changes(self) -> Iterator[tuple[int, LinesAt]]:
        """The rows at which what is told changes, ascending, with what is told from there on."""
        row, told = 0, NOTHING
        while row < sys.maxsize:
            stretch = self._stretch(self._begin(row))
            for at, now in zip(stretch.rows, stretch.lines, strict=True):
                if now != told:
                    yield at, now
                told = now
            row = stretch.end

    def _stretch(self, begin: int) -> _Stretch:
        if begin not in self._stretches:
            self._stretches[begin] = self._walked(begin)
        return self._stretches[begin]

    def _walked(self, begin: int) -> _Stretch:
        """From a row at which the choice begins anew to the next."""
        told, rows, lines = NOTHING, list[int](), list[LinesAt]()
        there: tuple[list[Trendline], Channel | None] = [], None
        for row in self._turns[bisect_left(self._turns, begin) :]:
            if row > begin and self._begins_anew(row):
                return _Stretch(begin, row, rows, lines)
            held, channel = self._holding(row)
            if there == (held, channel) and not _has_broken(told):
                continue
            there = held, channel
            now = choice(told, row, held, channel, self._eye)
            if now != told:
                rows.append(row)
                lines.append(now)
                told = now
        return _Stretch(begin, sys.maxsize, rows, lines)

    def _begin(self, row: int) -> int:
        """The last row up to `row` at which the choice begins anew; 0 where there is none."""
        for place in range(bisect_right(self._may_begin, row) - 1, -1, -1):
            if self._begins_anew(self._may_begin[place]):
                return self._may_begin[place]
        return 0

    def _begins_anew(self, row: int) -> bool:
        """Whether what is told at a turn is the same whatever was told before.

        A line that is drawn makes a choice. What was told has a say in it by what broke lately, and where not all find a place.
        """
        found = self._begins.get(row, False)
        if found is None:
            found = self._begins[row] = self._is_beginning(row)
        return found

    def _is_beginning(self, row: int) -> bool:
        trendlines_broke, channel_broke = (bisect_right(rows, row) > bisect_right(rows, row - NEWS) for rows in self._breaks)
        if trendlines_broke:
            return False
        held, channel = self._holding(row)
        if channel is None and channel_broke:
            return False
        is_drawn = any(line.known == row for line in held) or (channel is not None and channel.known == row)
        return is_drawn and all_beside(held, channel, row, self._eye) is not None

    def _holding(self, row: int) -> tuple[list[Trendline], Channel | None]:
        """The trendlines and the channel that hold at a row."""
        trendlines, channels = (bisect_right(rows, row) for rows in self._drawn)
        first = bisect_right(self._over, row)  # all before it have ended
        held = [line for line in self._trendlines[first:trendlines] if holds(line, row)]
        last = self._channels[channels - 1] if channels else None
        return held, last if last is not None and holds(last, row) else None


def _has_broken(told: LinesAt) -> bool:
    return told.broken is not None or (told.channel is not None and not told.channel[1])


def _turns_of(lines: Iterable[Trendline | Channel]) -> Iterator[int]:
    for line in lines:
        yield line.known
        if line.ended is not None:
            yield line.ended
            if line.ending.startswith("broken"):
                yield line.ended + HALVING
                yield line.ended + NEWS


def _breaks_of(lines: Iterable[Trendline | Channel]) -> list[int]:
    return sorted(line.ended for line in lines if line.ended is not None and line.ending.startswith("broken"))
