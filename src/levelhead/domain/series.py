"""The data of a chart: what is drawn, without how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Row = tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """Quantiles of the simulated closes: one value for each coming session.

    dates: the sessions, () where no session table knows them. quantiles: 'q10', 'q25', 'q50', 'q75', 'q90' to prices, all of
    one length.
    """

    dates: tuple[dt.date, ...]
    quantiles: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLine:
    """A straight line on the chart: a trendline, or one line of a channel.

    name: of the fact that says where it stands today ('line_1', 'channel.lower'). begin, end: rows of the series' dates between
    which it runs; `end` may lie beyond the last, among the sessions ahead. from_price, to_price: its prices there. is_broken:
    it holds no longer, and ends on the row that broke it.
    """

    name: str
    begin: int
    end: int
    from_price: float
    to_price: float
    is_broken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPattern:
    """A chart pattern: its outline from point to point where it has one, its neckline or both its lines, and its name.

    name: of its facts ('pattern_1'). words: what is written beside it ('double bottom, confirmed'). rows, prices: of the outline,
    () where the lines are enough. lines: up to the row at which it broke or was undone, else to the last. is_undone: a close undid
    it. is_above: the words stand above it, else below.
    """

    name: str
    words: str
    rows: tuple[int, ...]
    prices: tuple[float, ...]
    lines: tuple[ChartLine, ...]
    is_undone: bool
    is_above: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSwing:
    """A confirmed swing: the high or low of a bar from which price turned, known by the series' last bar.

    row: of the series' dates. kind: whose high or low it is. rule: 'bars' where no bar within k on either side passes it,
    'reversal' where the close has come back from it by so many ATR, 'both' where it is one by either rule.
    """

    row: int
    kind: Literal["high", "low"]
    rule: Literal["bars", "reversal", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSeries:
    """The last bars of the note's instrument, oldest first, all rows of one length; None where a value is not known yet.

    averages: 'sma_20', 'sma_50', 'sma_100', 'sma_200'. peers: closes by symbol, on the same dates, None where a peer has no bar.
    lines: the trendlines and the channel that a reader sees; patterns: chart patterns, two at most, no one upon the other; swings:
    confirmed ones, by row, a bar's high before its low.
    """

    dates: tuple[dt.date | dt.datetime, ...]
    open: tuple[float, ...]
    high: tuple[float, ...]
    low: tuple[float, ...]
    close: tuple[float, ...]
    averages: Mapping[str, Row]
    rsi: Row
    rsi_signal: Row
    peers: Mapping[str, Row] = field(default_factory=dict)
    fan: Fan | None = None
    lines: tuple[ChartLine, ...] = ()
    patterns: tuple[ChartPattern, ...] = ()
    swings: tuple[ChartSwing, ...] = ()
