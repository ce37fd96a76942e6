"""How the prices of an instrument are written: with decimals, or as treasuries trade, in thirty-seconds of a point.

117'17 is 117 and 17 thirty-seconds. Where the tick is finer a third digit says how much of the next one, cut short: 110'165 is a
half more than 110'160, and of quarters 108'252, 108'255 and 108'257 are one, two and three more than 108'250.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

THIRTY_SECONDS = 32
_THIRD_DIGITS = {1: ("",), 2: ("0", "5"), 4: ("0", "2", "5", "7"), 8: ("0", "1", "2", "3", "5", "6", "7", "8")}


@dataclass(frozen=True, slots=True)
class Quoting:
    """decimals: digits after the point. parts: into how many parts the tick cuts a thirty-second; 0 where prices are decimals."""

    decimals: int = 2
    parts: int = 0

    def digits(self, price: Decimal) -> str:
        """A price without its sign, thousands marked by commas; rounded half away from zero to the last digit that is written."""
        size = abs(price)
        if not self.parts:
            return f"{size.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_UP):,f}"
        ticks = int((size * THIRTY_SECONDS * self.parts).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        whole, rest = divmod(ticks, THIRTY_SECONDS * self.parts)
        thirty_seconds, part = divmod(rest, self.parts)
        return f"{whole:,}'{thirty_seconds:02}{_THIRD_DIGITS[self.parts][part]}"

    def price(self, price: float, *, signed: bool = False) -> str:
        """'117'17', '-0'05', '2,229.3'; signed: with a plus where it is none below zero. For messages and tables of a terminal."""
        exact = Decimal(repr(float(price)))
        digits = self.digits(exact)
        if not digits.strip("0.,'"):
            return digits
        return ("-" if exact < 0 else "+" if signed else "") + digits


DECIMAL = Quoting()


@lru_cache(maxsize=256)
def quoting_of(tick: float | None, decimals: int) -> Quoting:
    """Thirty-seconds where the tick is one, or a half, a quarter or an eighth of one: nothing else has such a tick."""
    for parts in _THIRD_DIGITS:
        if tick == 1 / (THIRTY_SECONDS * parts):
            return Quoting(decimals, parts)
    return Quoting(decimals)
