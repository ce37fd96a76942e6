"""What is traded: symbol, tick, point value, costs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from levelhead.domain.errors import BadInstrument
from levelhead.domain.grid import multiple_above, multiple_below, nearest_multiple
from levelhead.domain.quoting import Quoting, quoting_of

Kind = Literal["future", "index", "stock", "coin", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One instrument. Prices are in its own points; `tick` None means that no tick is known and none is checked.

    point_value: dollars (of `currency`) that one point of one contract is worth; None where there is no contract.
    calendar: the session table it trades by, 'CME_EQUITY' or 'XNYS'; None where none is known.
    months: expiry months as CME letters ('HMUZ'); '' where nothing expires.
    micro: the symbol of the small contract on the same thing, None where there is none.
    commission: dollars a side and contract. slippage_ticks: on stops and market orders, none on limits.
    """

    symbol: str
    name: str
    short_name: str
    kind: Kind
    tick: float | None = None
    decimals: int = 2
    point_value: float | None = None
    currency: str = "USD"
    calendar: str | None = None
    months: str = ""
    micro: str | None = None
    commission: float = 0.0
    slippage_ticks: int = 1
    may_be_negative: bool = False

    def __post_init__(self) -> None:
        if not self.symbol:
            raise BadInstrument("An instrument needs a symbol; got an empty one.")
        if self.tick is not None and not (math.isfinite(self.tick) and self.tick > 0):
            raise BadInstrument(f"{self.symbol}: tick {self.tick} is not a positive number; leave it out when unknown.")
        if self.point_value is not None and not self.point_value > 0:
            raise BadInstrument(f"{self.symbol}: point value {self.point_value} is not positive; leave it out when unknown.")
        if not set(self.months) <= set("FGHJKMNQUVXZ"):
            raise BadInstrument(f"{self.symbol}: months {self.months!r} holds a letter that is no expiry month (FGHJKMNQUVXZ).")

    @classmethod
    def unknown(cls, symbol: str, *, decimals: int = 2) -> Instrument:
        """Any symbol: no tick, no contract, no calendar."""
        return cls(symbol=symbol, name=symbol, short_name=symbol, kind="unknown", decimals=decimals)

    def on_grid(self, price: float) -> float:
        """The nearest price of the tick grid; without a tick, of the last printed digit."""
        return nearest_multiple(price, self.step)

    def below(self, price: float) -> float:
        """The highest price of the grid that is not above `price`."""
        return multiple_below(price, self.step)

    def above(self, price: float) -> float:
        """The lowest price of the grid that is not below `price`."""
        return multiple_above(price, self.step)

    @property
    def quoting(self) -> Quoting:
        """How its prices are written."""
        return quoting_of(self.tick, self.decimals)

    @property
    def step(self) -> float:
        """The tick, or the last printed digit where no tick is known."""
        return float(f"1e-{self.decimals}") if self.tick is None else self.tick
