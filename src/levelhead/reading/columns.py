"""The columns of a series as plain numbers, of which a chart shows some hundreds of rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from levelhead.domain.bars import Bars, FloatArray
from levelhead.reading.panel import Panel

_BLOCK = 256


class Column:
    """An array as plain numbers, None where a value is not known: a block of rows is made when one of them is first asked for.

    A number is made once for all the days that show it, 32 bytes of memory each. They stand in a tuple: a part of one is taken in
    one go.
    """

    def __init__(self, values: FloatArray) -> None:
        self._values = values
        self._plain: tuple[Any, ...] = (None,) * len(values)
        self._is_made = bytearray(len(values) // _BLOCK + 1)

    def rows(self, shown: slice) -> tuple[Any, ...]:
        """The values of these rows, start and stop within the array: float, or None where the array is NaN."""
        first, last = shown.start // _BLOCK, (shown.stop - 1) // _BLOCK
        if not all(self._is_made[first : last + 1]):
            self._make(first, last)
        return self._plain[shown]

    def _make(self, first: int, last: int) -> None:
        begin, end = first * _BLOCK, (last + 1) * _BLOCK
        made = [value if value == value else None for value in self._values[begin:end].tolist()]
        self._plain = (*self._plain[:begin], *made, *self._plain[end:])
        self._is_made[first : last + 1] = b"\1" * (last + 1 - first)


class Columns:
    """What a chart draws of a series: prices, averages, RSI and its signal line."""

    def __init__(self, bars: Bars, panel: Panel) -> None:
        self.prices: Mapping[str, Column] = {name: Column(getattr(bars, name)) for name in ("open", "high", "low", "close")}
        self.averages: Mapping[str, Column] = {f"sma_{n}": Column(average) for n, average in panel.averages.items()}
        self.rsi, self.rsi_signal = Column(panel.rsi), Column(panel.rsi_signal)
