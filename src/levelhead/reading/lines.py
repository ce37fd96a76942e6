"""Trendlines and channels: where each stands today and in twelve sessions, since when it holds, when it broke."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact, fact_of
from levelhead.kernels.channels import NEAR_SHARE, Channel, channels
from levelhead.kernels.lines import Turns, pairs_of
from levelhead.kernels.ranges import atr
from levelhead.kernels.trendlines import Trendline, trendlines
from levelhead.reading.facts import Findings, day, number, word
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.panel import WILDER, Panel
from levelhead.reading.periods import since_words
from levelhead.reading.settings import TOGETHER, Settings
from levelhead.reading.structure import Swing

NEWS = 42
"""Bars for which a line or channel that broke is still told."""
HALVING = 21
"""Bars after which a break counts half as much."""
_SIDES = {1: "rising support", -1: "falling resistance"}
_RULE = (
    "The channel that holds, else the one that broke in the last forty-two bars: two parallels, each touched by two confirmed "
    "swings or more, that no two closes in a row have left; two such closes break it."
)

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A line to draw: its fact's name, first row, height there and slope; broken: the row that broke it, None while it holds."""

    name: str
    first: int
    height: float
    slope: float
    broken: int | None


class LinesAt(NamedTuple):
    """What is told of lines at the close of a row: see `Lines.kept_at`, `broken_at`, `channel_at`."""

    kept: tuple[Trendline, ...]
    broken: Trendline | None
    channel: tuple[Channel, bool] | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lines:
    """Every trendline and channel that was ever kept, in the order in which they were drawn, on the back-adjusted series."""

    trendlines: tuple[Trendline, ...]
    channels: tuple[Channel, ...]
    _known: IntArray = field(init=False, repr=False)
    _ended: IntArray = field(init=False, repr=False)
    _broken: IntArray = field(init=False, repr=False)
    _drawn: IntArray = field(init=False, repr=False)
    _left: IntArray = field(init=False, repr=False)
    _asked: dict[int, LinesAt] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """The rows at which each line was drawn, ended and broke, as arrays: every day looks through all of them."""
        never = np.iinfo(np.int64).max
        ended = [never if line.ended is None else line.ended for line in self.trendlines]
        broken = [row if line.ending == "broken" else never for row, line in zip(ended, self.trendlines, strict=True)]
        object.__setattr__(self, "_known", np.array([line.known for line in self.trendlines], dtype=np.int64))
        object.__setattr__(self, "_ended", np.array(ended, dtype=np.int64))
        object.__setattr__(self, "_broken", np.array(broken, dtype=np.int64))
        left = [never if channel.ended is None else channel.ended for channel in self.channels]
        object.__setattr__(self, "_drawn", np.array([channel.known for channel in self.channels], dtype=np.int64))
        object.__setattr__(self, "_left", np.array(left, dtype=np.int64))

    def at(self, row: int) -> LinesAt:
        """All that is told at a row. Facts, levels and chart ask for the same one: what was found of the last days is kept."""
        found = self._asked.get(row)
        if found is None:
            if len(self._asked) >= TOGETHER:
                del self._asked[next(iter(self._asked))]
            found = self._asked[row] = LinesAt(self._kept_at(row), self._broken_at(row), self._channel_at(row))
        return found

    def kept_at(self, row: int) -> tuple[Trendline, ...]:
        """The trendlines that hold at the close of `row`, by slot."""
        return self.at(row).kept

    def broken_at(self, row: int) -> Trendline | None:
        """Of the trendlines that broke in the last `NEWS` bars the one worth most: a break counts half as much every 21 bars."""
        return self.at(row).broken

    def channel_at(self, row: int) -> tuple[Channel, bool] | None:
        """The channel that holds at `row` and True, else the last that broke within `NEWS` bars and False."""
        return self.at(row).channel

    def _kept_at(self, row: int) -> tuple[Trendline, ...]:
        kept = [self.trendlines[at] for at in ((self._known <= row) & (self._ended > row)).nonzero()[0].tolist()]
        return tuple(sorted(kept, key=lambda line: line.slot))

    def _broken_at(self, row: int) -> Trendline | None:
        rows = ((self._broken <= row) & (self._broken > row - NEWS)).nonzero()[0].tolist()
        broken = [self.trendlines[at] for at in rows]
        if len(broken) < 2:
            return broken[0] if broken else None
        return max(broken, key=lambda line: line.score(line.ended or row) * 2.0 ** (((line.ended or row) - row) / HALVING))

    def _channel_at(self, row: int) -> tuple[Channel, bool] | None:
        latest: Channel | None = None
        for at in ((self._drawn <= row) & (self._left > row - NEWS)).nonzero()[0].tolist():
            channel = self.channels[at]
            if channel.ended is None or channel.ended > row:
                return channel, True
            if channel.ending.startswith("broken") and row - channel.ended < NEWS:
                latest = channel
        return None if latest is None else (latest, False)

    def drawn_at(self, row: int) -> tuple[Drawn, ...]:
        """What a chart of the day shows: both lines of the channel, and of the trendlines those that are none of them."""
        broken, found = self.broken_at(row), self.channel_at(row)
        drawn = [
            Drawn(
                name="line_broken" if line is broken else f"line_{line.slot}",
                first=line.first,
                height=line.height,
                slope=line.slope,
                broken=line.ended if line is broken else None,
            )
            for line in (*self.kept_at(row), *([] if broken is None else [broken]))
            if found is None or not _runs_along(line, found[0], row)
        ]
        if found is not None:
            channel, holds = found
            for name, height in (("channel.lower", channel.lower), ("channel.upper", channel.lower + channel.width)):
                ended = None if holds else channel.ended
                drawn.append(Drawn(name=name, first=channel.first, height=height, slope=channel.slope, broken=ended))
        return tuple(drawn)


def _runs_along(line: Trendline, channel: Channel, row: int) -> bool:
    """Whether a line stands within a tenth of the channel's width of one of its lines, at its first swing and today."""
    near = NEAR_SHARE * channel.width
    return any(
        all(abs(line.at(at) - channel.lower_at(at) - width) <= near for at in (line.first, row)) for width in (0.0, channel.width)
    )


def lines_of(bars: Bars, swings: Sequence[Swing]) -> Lines:
    """All lines of the series. A provisional last bar has not closed: it touches nothing and breaks nothing."""
    shape = shape_of(bars)
    closed = len(bars) if bars.provisional is None else len(bars) - 1
    if closed == 0:
        return Lines(trendlines=(), channels=())
    ranges = atr(shape.high[:closed], shape.low[:closed], shape.close[:closed], WILDER)
    lows, highs = pairs_of(_turns(swings, "low"), ranges, 1), pairs_of(_turns(swings, "high"), ranges, -1)
    close = shape.close[:closed]
    return Lines(trendlines=trendlines(lows, highs, close, ranges), channels=channels(lows, highs, close, ranges))


def line_facts(bars: Bars, lines: Lines, panel: Panel, settings: Settings) -> Findings:
    """line_1, line_2, line_3, line_broken and channel, with all that belongs to each; lines.count.

    A trendline keeps its number for as long as it holds. line_1: where it stands today (its date is its first swing, known_on
    the day it was drawn); .side, .status (holding, its date since when), .touches (date: the last), .slope_atr, .distance,
    .distance_atr, .ahead (in twelve sessions). line_broken, of those that broke within 42 bars the one worth most: the same,
    its status with the day it broke. channel: in words, dated since when it holds; .side, .status (holding since, or broken down
    or up on), .lower and .upper, each with .ahead, .touches, .slope_atr, .width_atr, .position_pct.
    """
    row = len(bars) - 1
    yard = float(panel.atr[row])
    if not yard > 0:
        return {}, ()
    kept, broken = lines.kept_at(row), lines.broken_at(row)
    facts = {"lines.count": _count("trendlines that hold, of at most three", len(kept))}
    for line in kept:
        facts |= _line(f"line_{line.slot}", bars, line, row, yard, settings)
    if broken is not None:
        facts |= _line("line_broken", bars, broken, row, yard, settings)
    facts |= _channel(bars, lines, row, yard, settings)
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


def _turns(swings: Sequence[Swing], kind: str) -> Turns:
    own = [swing for swing in swings if swing.kind == kind]
    return Turns(
        rows=np.array([swing.index for swing in own], dtype=np.int64),
        known=np.array([swing.known_index for swing in own], dtype=np.int64),
        heights=np.array([swing.height for swing in own], dtype=np.float64),
    )


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


def _channel(bars: Bars, lines: Lines, row: int, yard: float, settings: Settings) -> dict[str, Fact]:
    found = lines.channel_at(row)
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
