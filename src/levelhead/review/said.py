"""What a note says: every value with the characters it was read from and how sure the reading is.

`sure` is 1.0 where it is written so, 0.9 where a heading or a position tells it, 0.7 where the sentences around it do, 0.6 where no
rule does and a fitted table of the words around a price gave or changed it (near_words.py).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from levelhead.review.text import Span, Text

WRITTEN, INFERRED, SUPPOSED, BY_TABLE = 1.0, 0.9, 0.7, 0.6

LevelSide = Literal["support", "resistance", "pivot", "target", ""]
LevelKind = Literal["level", "average", "pivot", "extreme", "round", "fibonacci", "gap", "line"]
Direction = Literal["up", "down", "range", ""]
How = Literal["touch", "close", "accept", ""]
OpenEnd = Literal["", "up", "down"]
# What a statement may say. Of two names the first stands so to the second; one alone does it.
STATEMENTS = (
    "above", "below", "rising", "falling", "flattening", "reclaimed", "lost", "crossed above", "crossed below",
    "golden cross present", "golden cross absent", "death cross present", "death cross absent",
    "oversold", "overbought", "recovered from oversold", "fell from overbought",
    "held", "remains intact", "broken", "acted as support", "acted as resistance",
    "higher highs and higher lows", "lower highs and lower lows", "higher highs", "higher lows", "lower highs", "lower lows",
    "no lower lows", "no higher highs", "high", "low", "drawdown", "gain",
    "channel broken", "channel held", "trendline broken", "trendline held", "engulfing up", "engulfing down",
    "lags", "leads", "keeps pace", "reward against risk",
)  # fmt: skip
OrderKind = Literal["limit", "stop", "market", ""]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Money:
    """A price (low == high) or a zone, ascending.

    approximate: '~2,350', 'near 1,800'. open_ended: '7,100+' goes on upward, 'below 2,270' downward.
    """

    low: float
    high: float
    approximate: bool = False
    open_ended: OpenEnd = ""

    @property
    def middle(self) -> float:
        """Half way between low and high."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A value that can be computed from bars.

    name: as in levelhead's facts, 'last', 'sma_50', 'ema_20', 'rsi_14', 'macd', 'atr_14', 'all_time_high', 'high_52w', 'pivot.s1',
    'drawdown_pct', 'distance_to_all_time_high_pct'. words: what the note says of it. slope: up, down or flat where it says so.
    """

    name: str
    value: Money
    words: str
    slope: str = ""
    span: Span
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLevel:
    """A price or zone that the note presents as a level.

    label: the note's words beside it. role: 'line in the sand', 'bias-defining', 'immediate', ... or ''.
    name: 's1', 'sma_50', 'all_time_high', ... or ''.
    """

    side: LevelSide
    kind: LevelKind
    price: Money
    label: str
    role: str = ""
    name: str = ""
    span: Span
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadScenario:
    """One of the ways on that the note describes.

    probability: bounds in 0..1, None where no number is given; probability_words: 'slight edge'; conditional: '75 % above'.
    trigger: the price that sets it off; zone: a range's bounds; target: where it leads.
    sessions: its horizon, None where none is stated.
    """

    direction: Direction
    title: str
    probability: tuple[float, float] | None = None
    probability_words: str = ""
    conditional: str = ""
    trigger: Money | None = None
    trigger_how: How = ""
    zone: Money | None = None
    target: Money | None = None
    sessions: int | None = None
    span: Span
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSetup:
    """A trade: side, entry, stop, targets in the order given."""

    side: Literal["long", "short"]
    order: OrderKind = ""
    entry: Money
    stop: Money | None = None
    targets: tuple[Money, ...] = ()
    label: str = ""
    sessions: int | None = None
    span: Span
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBias:
    """What the note holds of a horizon.

    horizon: 'short', 'medium', 'long', 'intraday', or '' where none is named. bias: the note's own words.
    lean: -1 bearish to 1 bullish. change_at: the price that would change it.
    """

    horizon: str
    sessions: int | None = None
    bias: str
    lean: float
    reason: str = ""
    change_at: Money | None = None
    span: Span
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStatement:
    """Words that bars can confirm or deny.

    kind: one of STATEMENTS. names: what it is about ('last', 'sma_50', 'rsi_14', 'averages' for all of them,
    'month_04' for a high or low of April). numbers: prices, per cents and counts in it, in order.
    since: the first day of what it names, where it names one.
    """

    kind: str
    names: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    since: dt.date | None = None
    text: str
    span: Span
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """A passage with a number in it that was read as nothing, and why."""

    text: str
    span: Span
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OthersNote:
    """Somebody's note as data. Everything is in the order of the text.

    symbol: its subject, None where it names none known. instruments: all it speaks of, the subject first. date: as printed.
    horizon: sessions, None where it states none.
    """

    symbol: str | None
    instruments: tuple[str, ...]
    date: dt.date | None
    date_words: str
    author: str
    title: str
    horizon: int | None
    indicators: tuple[Indicator, ...]
    levels: tuple[ReadLevel, ...]
    scenarios: tuple[ReadScenario, ...]
    setups: tuple[ReadSetup, ...]
    biases: tuple[ReadBias, ...]
    statements: tuple[ReadStatement, ...]
    not_understood: tuple[NotUnderstood, ...]
    text: Text
