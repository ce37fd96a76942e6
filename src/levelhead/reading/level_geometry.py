"""Levels that are drawn: the last major leg's retracements and extensions, open gaps, lines and the channel as they stand today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache

from levelhead.domain.bars import Bars
from levelhead.kernels.reversals import Reversals
from levelhead.reading.level_lines import LevelLines
from levelhead.reading.level_source import Source, Weighed, in_a_name
from levelhead.reading.periods import in_words, since_words

FIBONACCI_WEIGHTS: Mapping[float, float] = {0.236: 0.15, 0.382: 0.25, 0.5: 0.25, 0.618: 0.25, 0.786: 0.15, 1.272: 0.15, 1.618: 0.15}
GAP_WEIGHT, GAPS_A_SIDE = 0.3, 2
LINE_WEIGHT, CHANNEL_WEIGHT = 0.45, 0.45


def major_turns(turns: Reversals, row: int) -> tuple[int, int] | None:
    """The last two major turning points confirmed by the close of `row`: where the last leg began and ended."""
    known = int(turns.known.searchsorted(row, side="right"))
    return None if known < 2 else (known - 2, known - 1)


def fibonacci_levels(bars: Bars, lines: LevelLines) -> tuple[Weighed, ...]:
    """The last confirmed major leg, from A to B: B + share * (A - B) back, A + share * (B - A) beyond."""
    found = major_turns(lines.turns, len(bars) - 1)
    if found is None:
        return ()
    return lines.last("leg", found[1], lambda: tuple(_of_leg(bars, lines.turns, found)))


def _of_leg(bars: Bars, turns: Reversals, leg: tuple[int, int]) -> Iterator[Weighed]:
    begin, end = (float(turns.heights[at]) for at in leg)
    days = [bars.stamp(int(turns.rows[at])) for at in leg]
    key = "_".join(in_a_name(day) for day in days)
    whole = f"the {'rise' if end > begin else 'fall'} from {in_words(days[0])} to {in_words(days[1])}"
    known_on = bars.stamp(int(turns.known[leg[1]]))
    for share, weight in FIBONACCI_WEIGHTS.items():
        price = end + share * (begin - end) if share < 1 else begin + share * (end - begin)
        called = "retracement" if share < 1 else "extension"
        source = Source(
            kind="fibonacci",
            name=f"fibonacci.{called}_{share * 1000:.0f}",
            key=f"fibonacci_{key}_{share * 1000:.0f}",
            label=f"{share * 100:.1f} % {called} of {whole}",
            known_on=known_on,
        )
        yield Weighed(price, weight, source)


def gap_levels(bars: Bars, lines: LevelLines, reach: float) -> Iterator[Weighed]:
    """Both edges of what is left of the nearest open gaps, two on either side of the price."""
    row, gaps, last = len(bars) - 1, lines.gaps.gaps, bars.last
    known = int(gaps.rows.searchsorted(row, side="right"))
    still = (gaps.filled[:known] > row).nonzero()[0]
    above: list[tuple[float, int]] = []
    below: list[tuple[float, int]] = []
    for at, up, bottom, top in zip(
        still.tolist(), gaps.direction[still].tolist(), gaps.bottom[still].tolist(), gaps.top[still].tolist(), strict=True
    ):
        if bottom < last + reach and top > last - reach:
            (below if up > 0 else above).append((-top if up > 0 else bottom, at))
    for _, at in (*sorted(above)[:GAPS_A_SIDE], *sorted(below)[:GAPS_A_SIDE]):
        edges = _gap_sources(bars.stamp(int(gaps.rows[at])))
        for source, price in zip(edges, lines.gaps.left_of(at, row), strict=True):
            yield Weighed(price, GAP_WEIGHT, source)


@lru_cache(maxsize=1024)
def _gap_sources(stamp: dt.date) -> tuple[Source, ...]:
    """The lower and the upper edge of the gap of a day."""
    name, of_day = f"gap_{in_a_name(stamp)}", f"edge of the gap of {in_words(stamp)}"
    return tuple(
        Source("gap", f"{name}.{side}", f"{name}_{side}", f"{called} {of_day}", known_on=stamp)
        for side, called in (("low", "lower"), ("high", "upper"))
    )


def line_levels(bars: Bars, lines: LevelLines) -> Iterator[Weighed]:
    """The trendlines that hold, of the lines that are told, where they stand today."""
    row = len(bars) - 1
    for line in lines.lines.at(row).kept:
        first, since = bars.stamp(line.first), since_words(bars.stamp(line.first), bars.as_of)
        source = _line_source(
            f"line_{line.slot}", line.side > 0, line.slope > 0, first, bars.stamp(line.second), bars.stamp(line.known), since
        )
        yield Weighed(line.at(row), LINE_WEIGHT, source)


@lru_cache(maxsize=1024)
def _line_source(
    name: str, is_support: bool, is_rising: bool, first: dt.date, second: dt.date, known_on: dt.date, since: str
) -> Source:
    side, kind = ("support", "lows") if is_support else ("resistance", "highs")
    key = f"line_{kind}_{in_a_name(first)}_{in_a_name(second)}"
    label = f"{'rising' if is_rising else 'falling'} {side} line since {since}"
    return Source("line", name, key, label, known_on=known_on, is_brief=True)


def channel_levels(bars: Bars, lines: LevelLines) -> Iterator[Weighed]:
    """Both lines of the channel, where it is told and holds, as they stand today."""
    row = len(bars) - 1
    channel, holds = lines.lines.at(row).channel or (None, False)
    if channel is None or not holds:
        return
    first, drawn = bars.stamp(channel.first), bars.stamp(channel.known)
    since = since_words(first, bars.as_of)
    for name, height in (("lower", channel.lower), ("upper", channel.lower + channel.width)):
        price = height + channel.slope * (row - channel.first)
        yield Weighed(price, CHANNEL_WEIGHT, _channel_source(name, channel.slope > 0, first, drawn, since))


@lru_cache(maxsize=1024)
def _channel_source(name: str, is_rising: bool, first: dt.date, drawn: dt.date, since: str) -> Source:
    key = f"channel_{name}_{in_a_name(first)}_{in_a_name(drawn)}"
    label = f"{name} line of the {'rising' if is_rising else 'falling'} channel since {since}"
    return Source("line", f"channel.{name}", key, label, known_on=drawn, is_brief=True)
