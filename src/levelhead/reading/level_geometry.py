"""Levels that are drawn: the last major leg's retracements and extensions, open gaps, lines and the channel as they stand today."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.kernels.reversals import Reversals
from levelhead.reading.gaps import OpenedGaps
from levelhead.reading.level_lines import LevelLines
from levelhead.reading.level_source import Source, Weighed, in_a_name
from levelhead.reading.periods import in_words, since_words

RETRACEMENTS = (0.236, 0.382, 0.5, 0.618, 0.786)
EXTENSIONS = (1.272, 1.618)
FIBONACCI_WEIGHTS = {0.236: 0.15, 0.382: 0.25, 0.5: 0.25, 0.618: 0.25, 0.786: 0.15, 1.272: 0.15, 1.618: 0.15}
GAP_WEIGHT, GAPS_A_SIDE = 0.3, 2
LINE_WEIGHT, CHANNEL_WEIGHT = 0.45, 0.45


def major_turns(turns: Reversals, row: int) -> tuple[int, int] | None:
    """The last two major turning points confirmed by the close of `row`: where the last leg began and ended."""
    known = int(turns.known.searchsorted(row, side="right"))
    return None if known < 2 else (known - 2, known - 1)


def fibonacci_levels(bars: Bars, turns: Reversals) -> Iterator[Weighed]:
    """The last confirmed major leg, from A to B: B + share * (A - B) back, A + share * (B - A) beyond."""
    found = major_turns(turns, len(bars) - 1)
    if found is None:
        return
    begin, end = (float(turns.heights[at]) for at in found)
    rows = [int(turns.rows[at]) for at in found]
    key = "_".join(in_a_name(bars.stamp(row)) for row in rows)
    whole = f"the {'rise' if end > begin else 'fall'} from {in_words(bars.stamp(rows[0]))} to {in_words(bars.stamp(rows[1]))}"
    known = int(turns.known[found[1]])
    for share in (*RETRACEMENTS, *EXTENSIONS):
        price = end + share * (begin - end) if share < 1 else begin + share * (end - begin)
        called = "retracement" if share < 1 else "extension"
        place = f"{called}_{share * 1000:.0f}"
        source = Source(
            kind="fibonacci",
            name=f"fibonacci.{place}",
            key=f"fibonacci_{key}_{share * 1000:.0f}",
            label=f"{share * 100:.1f} % {called} of {whole}",
            known=known,
        )
        yield Weighed(price, FIBONACCI_WEIGHTS[share], source)


def gap_levels(bars: Bars, opened: OpenedGaps, reach: float) -> Iterator[Weighed]:
    """Both edges of what is left of the nearest open gaps, two on either side of the price."""
    row, gaps, last = len(bars) - 1, opened.gaps, bars.last
    known = int(gaps.rows.searchsorted(row, side="right"))
    is_open = (gaps.filled[:known] > row) & (gaps.bottom[:known] < last + reach) & (gaps.top[:known] > last - reach)
    candidates = np.flatnonzero(is_open)
    above, below = candidates[gaps.direction[candidates] < 0], candidates[gaps.direction[candidates] > 0]
    nearest = [*above[gaps.bottom[above].argsort()][:GAPS_A_SIDE], *below[(-gaps.top[below]).argsort()][:GAPS_A_SIDE]]
    for at in map(int, nearest):
        gap = int(gaps.rows[at])
        stamp = bars.stamp(gap)
        for side, price in zip(("low", "high"), opened.left_of(at, row), strict=True):
            name = f"gap_{in_a_name(stamp)}"
            called = "lower" if side == "low" else "upper"
            source = Source("gap", f"{name}.{side}", f"{name}_{side}", f"{called} edge of the gap of {in_words(stamp)}", known=gap)
            yield Weighed(price, GAP_WEIGHT, source)


def line_levels(bars: Bars, lines: LevelLines) -> Iterator[Weighed]:
    """The trendlines that hold, where they stand today."""
    row = len(bars) - 1
    for at in np.flatnonzero((lines.line_known <= row) & (lines.line_ended > row)).tolist():
        line = lines.lines.trendlines[at]
        first, second = bars.stamp(line.first), bars.stamp(line.second)
        side, kind = ("support", "lows") if line.side > 0 else ("resistance", "highs")
        key = f"line_{kind}_{in_a_name(first)}_{in_a_name(second)}"
        label = f"{'rising' if line.slope > 0 else 'falling'} {side} line since {since_words(first, bars.as_of)}"
        yield Weighed(line.at(row), LINE_WEIGHT, Source("line", f"line_{line.slot}", key, label, known=line.known, is_brief=True))


def channel_levels(bars: Bars, lines: LevelLines) -> Iterator[Weighed]:
    """Both lines of the channel that holds, where they stand today."""
    row = len(bars) - 1
    holding = np.flatnonzero((lines.channel_known <= row) & (lines.channel_ended > row))
    if not holding.size:
        return
    channel = lines.lines.channels[int(holding[0])]
    first = bars.stamp(channel.first)
    side = "rising" if channel.slope > 0 else "falling"
    for name, height in (("lower", channel.lower), ("upper", channel.lower + channel.width)):
        price = height + channel.slope * (row - channel.first)
        key = f"channel_{name}_{in_a_name(first)}_{in_a_name(bars.stamp(channel.known))}"
        label = f"{name} line of the {side} channel since {since_words(first, bars.as_of)}"
        yield Weighed(price, CHANNEL_WEIGHT, Source("line", f"channel.{name}", key, label, known=channel.known, is_brief=True))
