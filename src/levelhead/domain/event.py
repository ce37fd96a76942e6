"""What may happen on the way: prices as one writes them, steps, and events with a window of their own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from levelhead.domain.errors import BadClaim

MAX_SESSIONS = 252
MAX_STEPS = 8
MAX_BARS = 1000

MeasureName = Literal["open", "high", "low", "close", "sma", "ema", "rsi", "atr"]
MeasureKind = Literal["price", "index", "points"]
ClaimFrame = Literal["", "as traded", "back-adjusted"]
Side = Literal["above", "below"]
Relation = Literal["above", "below", "crosses above", "crosses below"]

AVERAGES = ("sma", "ema")
OF_ONE_BAR = ("open", "high", "low", "close")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is read off each session's close: 'close', 'sma_50', 'rsi_14'. bars: its length; 0 where it has none.

    An average (sma, ema) may also stand for a price: it then moves along the path.
    """

    name: MeasureName
    bars: int = 0

    def __post_init__(self) -> None:
        least = 0 if self.name in OF_ONE_BAR else 1 if self.name in AVERAGES else 2
        most = 0 if self.name in OF_ONE_BAR else MAX_BARS
        if not least <= self.bars <= most:
            raise BadClaim(
                f"'{self.name}_{self.bars}' is no measure; give {self.name} {f'{least} to {most} bars' if most else 'alone'}."
            )

    @property
    def kind(self) -> MeasureKind:
        """What it is counted in: a price, an index from 0 to 100, or points."""
        return "index" if self.name == "rsi" else "points" if self.name == "atr" else "price"


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """A price as far from the last one: '+1.5%', '-2 ATR', '+1 sigma'. at: its character in the text, from 1."""

    amount: float
    unit: Literal["%", "ATR", "sigma"]
    at: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The price of a named level: 'pivot_month_traditional.s2', 'high_52w'. at: its character in the text, from 1."""

    name: str
    at: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extreme:
    """The highest high, or lowest low, since a date: 'high since 2025-04-01'. at: its character in the text, from 1."""

    side: Literal["high", "low"]
    since: dt.date
    at: int = field(default=1, compare=False)


# As written. In a claim that is made, prices are numbers, or averages that move along the path.
Price = float | Measure | Distance | Named | Extreme


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The market trades at a price, from whichever side it comes; or, `through`, beyond it: 'touch 2455', 'trade through 2455'.

    A gap over the price counts. An average stands, during a session, where it stood at the close before.
    """

    price: Price
    through: bool = False

    def __post_init__(self) -> None:
        _place(self.price)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closes:
    """`count` closes in a row beyond a price: 'close above 2455', '2 closes below sma_50'.

    A close on the price itself is neither above nor below it. An average counts the very close that is held against it.
    """

    side: Side
    price: Price
    count: int = 1

    def __post_init__(self) -> None:
        _place(self.price)
        if not 1 <= self.count <= MAX_SESSIONS:
            raise BadClaim(f"{self.count} closes in a row are out of range; give 1 to {MAX_SESSIONS}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """From where the step begins to the end of the window nothing trades, or by_close nothing closes, outside `low` to `high`."""

    low: Price
    high: Price
    by_close: bool = False

    def __post_init__(self) -> None:
        _place(self.low)
        _place(self.high)
        if isinstance(self.low, float | int) and isinstance(self.high, float | int) and not self.low < self.high:
            raise BadClaim(f"'stay in {self.low}..{self.high}': the first price must lie below the second; swap them.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """One measure against another or a number, at a close: 'rsi_14 below 30', 'sma_50 crosses above sma_200'.

    'crosses above': not above at the close before, above at this one.
    """

    left: Measure
    relation: Relation
    right: Price

    def __post_init__(self) -> None:
        right = self.right
        if isinstance(right, Measure):
            if right.kind != self.left.kind:
                raise BadClaim(f"{self.left.name} and {right.name} are counted in different units; compare like with like.")
            if right == self.left:
                raise BadClaim(f"{self.left.name} is compared with itself; name another measure.")
        elif not isinstance(right, float | int) and self.left.kind != "price":
            raise BadClaim(f"{self.left.name} is no price; compare it with a number or with another {self.left.name}.")
        is_close = self.left.name == "close" and self.relation in ("above", "below")
        if is_close and not (isinstance(right, Measure) and right.name in OF_ONE_BAR):
            raise BadClaim("A close above or below a price is a step of its own; write it as Closes.")


Step = Reach | Closes | Stay | Compare


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Steps in their order, each looked for from where the one before it was first done, within a window of sessions.

    before: a step that must not happen until all are done; one that happens at the same moment is not later. horizon: the last
    session, counted from 1, or by its date. is_at: the one step must hold at the last session itself. frame: the price
    series on which it is settled; '' is the one at hand.
    """

    steps: tuple[Step, ...]
    horizon: int | dt.date
    before: Step | None = None
    is_at: bool = False
    frame: ClaimFrame = ""

    def __post_init__(self) -> None:
        if isinstance(self.horizon, int):
            check_horizon(self.horizon)
        if not 1 <= len(self.steps) <= MAX_STEPS:
            raise BadClaim(f"An event of {len(self.steps)} steps is out of range; give 1 to {MAX_STEPS}.")
        self._check_order()
        self._check_time()

    @property
    def sessions(self) -> int:
        """The last session of the window. Raises BadClaim while only its date is known."""
        if not isinstance(self.horizon, int):
            raise BadClaim(f"'by {self.horizon}' needs the bars or a session table that say how many sessions that is.")
        return self.horizon

    def _check_order(self) -> None:
        if any(isinstance(step, Stay) for step in self.steps[:-1]):
            raise BadClaim("'stay in' lasts to the end of the window, so nothing can come 'then'; make it the last step.")
        if isinstance(self.before, Stay) or (self.before is not None and isinstance(self.steps[-1], Stay)):
            raise BadClaim("'stay in' lasts to the end of the window, so it stands neither before nor after 'before'.")
        if self.before is not None and self.before in self.steps:
            raise BadClaim(
                "The step after 'before' is also one before it; nothing happens before itself, so this can never be true."
            )
        if any(a == b and isinstance(a, Reach) for a, b in zip(self.steps, self.steps[1:], strict=False)):
            raise BadClaim(
                "The same price is to be reached twice with nothing in between; name one step between, or leave one out."
            )

    def _check_time(self) -> None:
        if self.is_at and (len(self.steps) > 1 or self.before is not None or not isinstance(self.steps[0], Closes | Compare)):
            raise BadClaim("'at N sessions' is for one close or one measure; write 'within N sessions'.")
        needed = sum(step.count if isinstance(step, Closes) else isinstance(step, Compare) for step in self.steps)
        if isinstance(self.horizon, int) and needed > self.horizon:
            raise BadClaim(
                f"The steps need {needed} closes, the window has {self.horizon}; this can never be true. Give more sessions."
            )


def check_horizon(sessions: int) -> None:
    """Raises BadClaim unless there are 1 to MAX_SESSIONS of them."""
    if not 1 <= sessions <= MAX_SESSIONS:
        raise BadClaim(f"A horizon of {sessions} sessions is out of range; give 1 to {MAX_SESSIONS}.")


def _place(price: Price) -> None:
    if isinstance(price, Measure) and price.name not in AVERAGES:
        raise BadClaim(f"{price.name} is no price to reach; give a number, an average such as sma_50, or a named level.")
