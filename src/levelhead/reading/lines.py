"""Trendlines and channels: where each stands today and in twelve sessions, since when it holds, when it broke."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact, fact_of
from levelhead.kernels.channels import Channel, channels
from levelhead.kernels.lines import FloatArray, Turns, pairs_of
from levelhead.kernels.ranges import atr
from levelhead.kernels.trendlines import Trendline, trendlines
from levelhead.reading.facts import Findings, day, number, word
from levelhead.reading.line_choice import OF_A_CHANNEL, LinesAt, runs_along
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.panel import WILDER, Panel
from levelhead.reading.periods import since_words
from levelhead.reading.settings import Settings
from levelhead.reading.structure import Swings
from levelhead.reading.told_lines import Told

_SIDES = {1: "rising support", -1: "falling resistance"}
_RULE = (
    "The channel that holds, else the one that broke in the last forty-two bars: two parallels, each touched by two confirmed "
    "swings or more, that no two closes in a row have left; two such closes break it. It is told as two of at most three lines, "
    "those worth most."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A line to draw: its fact's name, first row, height there and slope; broken: the row that broke it, None while it holds."""

    name: str
    first: int
    height: float
    slope: float
    broken: int | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lines:
    """Every trendline and channel that was ever kept, in the order in which they were drawn, on the back-adjusted series.

    told: which of them are told from when to when; atr: of the closed bars.
    """

    trendlines: tuple[Trendline, ...]
    channels: tuple[Channel, ...]
    told: Told
    atr: FloatArray

    def at(self, row: int) -> LinesAt:
        """All that is told at the close of a row."""
        return self.told.at(row)

    def drawn_at(self, row: int) -> tuple[Drawn, ...]:
        """What a chart of the day shows: all that is told, but a broken channel's line that goes on as a trendline that holds."""
        kept, broken, found = self.at(row)
        drawn = [_drawn(f"line_{line.slot}", line, line.height, None) for line in kept]
        if broken is not None:
            drawn.append(_drawn("line_broken", broken, broken.height, broken.ended))
        if found is not None:
            channel, holds = found
            for name, width in (("channel.lower", 0.0), ("channel.upper", channel.width)):
                if holds or not any(runs_along(line, channel, width, self.atr) for line in kept):
                    drawn.append(_drawn(name, channel, channel.lower + width, None if holds else channel.ended))
        return tuple(drawn)


def _drawn(name: str, line: Trendline | Channel, height: float, broken: int | None) -> Drawn:
    return Drawn(name=name, first=line.first, height=height, slope=line.slope, broken=broken)


def lines_of(bars: Bars, swings: Swings) -> Lines:
    """All lines of the series. A provisional last bar has not closed: it touches nothing and breaks nothing."""
    shape = shape_of(bars)
    closed = len(bars) if bars.provisional is None else len(bars) - 1
    if closed == 0:
        return Lines(trendlines=(), channels=(), told=Told((), (), shape.close), atr=shape.close)
    ranges = atr(shape.high[:closed], shape.low[:closed], shape.close[:closed], WILDER)
    lows, highs = pairs_of(_turns(swings, ~swings.are_highs), ranges, 1), pairs_of(_turns(swings, swings.are_highs), ranges, -1)
    close = shape.close[:closed]
    drawn, along = trendlines(lows, highs, close, ranges), channels(lows, highs, close, ranges)
    return Lines(trendlines=drawn, channels=along, told=Told(drawn, along, ranges), atr=ranges)


def line_facts(bars: Bars, lines: Lines, panel: Panel, settings: Settings) -> Findings:
    """line_1, line_2, line_3, line_broken and channel, with all that belongs to each; lines.count. Of at most three lines in all.

    A trendline keeps its number for as long as it holds. line_1: where it stands today (its date is its first swing, known_on
    the day it was drawn); .side, .status (holding, its date since when), .touches (date: the last), .slope_atr, .distance,
    .distance_atr, .ahead (in twelve sessions). line_broken, one that broke within 42 bars after it had been told: the same,
    its status with the day it broke. channel: in words, dated since when it holds; .side, .status (holding since, or broken down
    or up on), .lower and .upper, each with .ahead, .touches, .slope_atr, .width_atr, .position_pct.
    """
    row = len(bars) - 1
    yard = float(panel.atr[row])
    if not yard > 0:
        return {}, ()
    kept, broken, found = lines.at(row)
    count = len(kept) + (broken is not None) + (0 if found is None else OF_A_CHANNEL)
    facts = {"lines.count": _count("lines that are told, at most three; a channel is two of them", count)}
    for line in kept:
        facts |= _line(f"line_{line.slot}", bars, line, row, yard, settings)
    if broken is not None:
        facts |= _line("line_broken", bars, broken, row, yard, settings)
    facts |= _channel(bars, found, row, yard, settings)
    ahead = float(settings.line_ahead)
    facts["lines.ahead"] = number(
        ahead, "sessions", "sessions after which '.ahead' says where a line will stand", "ahead", inputs={"ahead": ahead}
    )
    return facts, ()


def line_occurrences(lines: Lines) -> tuple[Occurrences, ...]:
    """'line.broken' (against its side), 'line.touched' after it was drawn (with its side), 'channel.broken'."""
    broken = [line for line in lines.trendlines if line.ending == "broken"]
    touched = [
        (known, row, line.side)
        for line in lines.trendlines
        for known, row in zip(line.touch_known, line.touched, strict=True)
        if known > line.known
    ]
    left = [channel for channel in lines.channels if channel.ending.startswith("broken")]
    return (
        occurrences("line.broken", _rows(line.ended for line in broken), _signs(-line.side for line in broken)),
        occurrences("line.touched", _rows(t[0] for t in touched), _signs(t[2] for t in touched), _rows(t[1] for t in touched)),
        occurrences(
            "channel.broken",
            _rows(channel.ended for channel in left),
            _signs(1 if channel.ending == "broken up" else -1 for channel in left),
        ),
    )


def _turns(swings: Swings, own: NDArray[np.bool_]) -> Turns:
    return Turns(rows=swings.rows[own], known=swings.known[own], heights=swings.heights[own])


def _line(name: str, bars: Bars, line: Trendline, row: int, yard: float, settings: Settings) -> dict[str, Fact]:
    side, kind = _SIDES[line.side], "lows" if line.side > 0 else "highs"
    ended = line.ended if line.ended is not None and line.ended <= row else None
    last_touch = max(at for at, known in zip(line.touched, line.touch_known, strict=True) if known <= row)
    meaning = f"{side} line through swing {kind}: where it stands today, in the last contract's prices"
    level = _standing(bars, meaning, line.height, line.slope, line.first, row, line.known)
    points = float(level.value) - bars.last
    return {
        name: level,
        f"{name}.side": word(side, "which way the line runs, and on which side of it the price was", "By its slope."),
        f"{name}.status": _status("holding" if ended is None else "broken", bars, line.first if ended is None else ended),
        f"{name}.touches": _count(
            "confirmed swings within half an ATR of the line", line.touches_until(row), day(bars, last_touch)
        ),
        f"{name}.slope_atr": _in_atr("slope of the line per bar", line.slope, yard),
        f"{name}.distance": number(points, "points", "from the last price to the line", f"{name} - last"),
        f"{name}.distance_atr": number(points / yard, "ATR", "from the last price to the line", f"({name} - last) / atr_14"),
        f"{name}.ahead": _ahead(name, level, line.slope, settings),
    }


def _channel(bars: Bars, found: tuple[Channel, bool] | None, row: int, yard: float, settings: Settings) -> dict[str, Fact]:
    meaning = "parallel channel of the confirmed swings; its date is the first of them"
    if found is None:
        return {"channel": word("none", meaning, _RULE)}
    channel, holds = found
    side = "rising" if channel.slope > 0 else "falling"
    status = "holding" if holds else channel.ending
    begun = day(bars, channel.first)
    called = f"{side} channel since {since_words(begun, bars.as_of)}"
    lower = _standing(bars, "lower line of the channel today", channel.lower, channel.slope, channel.first, row, channel.known)
    upper = _standing(
        bars, "upper line of the channel today", channel.lower + channel.width, channel.slope, channel.first, row, channel.known
    )
    width = float(upper.value) - float(lower.value)
    return {
        "channel": fact_of(
            value=called if holds else f"{called}, {status}",
            unit="word",
            meaning=meaning,
            formula=_RULE,
            date=begun,
            known_on=day(bars, channel.known),
        ),
        "channel.side": word(side, "which way the channel runs", "By its slope."),
        "channel.status": _status(status, bars, channel.first if holds or channel.ended is None else channel.ended),
        "channel.lower": lower,
        "channel.upper": upper,
        "channel.lower.ahead": _ahead("channel.lower", lower, channel.slope, settings),
        "channel.upper.ahead": _ahead("channel.upper", upper, channel.slope, settings),
        "channel.touches": _count("confirmed swings that touch either line", channel.touches_until(row)),
        "channel.slope_atr": _in_atr("slope of the channel per bar", channel.slope, yard),
        "channel.width_atr": number(
            width / yard, "ATR", "from the lower line to the upper", "(channel.upper - channel.lower) / atr_14"
        ),
        "channel.position_pct": number(
            100 * (bars.last - float(lower.value)) / width,
            "per cent",
            "where the price stands in the channel: at its lower line 0, at its upper line 100",
            "100 * (last - channel.lower) / (channel.upper - channel.lower)",
        ),
    }


def _standing(bars: Bars, meaning: str, height: float, slope: float, first: int, row: int, drawn: int) -> Fact:
    """Where a line stands: its height at its first swing, and its slope times the bars since."""
    return fact_of(
        value=height + slope * (row - first),
        unit="price",
        meaning=meaning,
        formula="height + slope * bars",
        inputs={"height": height, "slope": slope, "bars": float(row - first)},
        date=day(bars, first),
        known_on=day(bars, drawn),
    )


def _ahead(name: str, level: Fact, slope: float, settings: Settings) -> Fact:
    bars = settings.line_ahead
    return number(
        float(level.value) + slope * bars,
        "price",
        f"the same line in {bars} sessions",
        f"{name} + slope * lines.ahead",
        inputs={"slope": slope},
    )


def _in_atr(meaning: str, slope: float, yard: float) -> Fact:
    return number(slope / yard, "ATR", meaning, "slope / atr_14", inputs={"slope": slope})


def _count(meaning: str, count: int, date: dt.date | None = None) -> Fact:
    return number(count, "count", meaning, "count", inputs={"count": float(count)}, date=date)


def _status(status: str, bars: Bars, row: int) -> Fact:
    return word(
        status,
        "whether it holds, and since when; or on which day it broke",
        "holding from its first swing on; broken by two closes in a row beyond it, on the second.",
        date=day(bars, row),
    )


def _rows(rows: Iterable[int | None]) -> NDArray[np.int64]:
    return np.array(list(rows), dtype=np.int64)


def _signs(signs: Iterable[int]) -> NDArray[np.int8]:
    return np.array(list(signs), dtype=np.int8)
