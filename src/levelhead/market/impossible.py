"""Rows that cannot be: what is wrong with them, and which bars they leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import HIGHEST, FloatArray
from levelhead.domain.errors import BadBars
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import as_date
from levelhead.market.moments import UNKNOWN, written
from levelhead.market.trade_dates import NO_DAY

MOST_LEFT_OUT = 1_000
ROUNDING = 1e-7  # adjusted prices miss each other by rounding

BoolArray = NDArray[np.bool_]
Unit = Literal["D", "s"]
Words = Callable[[int], tuple[str, str]]  # of a row of the block: the kind of fault, and its sentence


class ImpossibleRows:
    """The impossible rows of one feed: all are counted, the first is kept, and up to MOST_LEFT_OUT are listed."""

    def __init__(self, feed: str, *, quarantine: bool) -> None:
        self.feed = feed
        self.quarantine = quarantine
        self.unit: Unit = "D"  # what the stamps of the rows count: days, or seconds of intraday bars
        self.count = 0
        self._listed: list[Finding] = []
        self._first: Finding | None = None

    def add(self, mask: BoolArray, lines: NDArray[np.int64], days: NDArray[np.int64], words: Words) -> None:
        """The rows of `mask` are impossible, for the reason `words` gives."""
        self.count += int(np.count_nonzero(mask))
        for i in np.flatnonzero(mask)[: MOST_LEFT_OUT + 1]:
            line = int(lines[i])
            listing = self.quarantine and len(self._listed) < MOST_LEFT_OUT
            earlier = self._first is None or self._first.row is None or line < self._first.row
            if not (listing or earlier):
                continue
            finding = self._finding(line, int(days[i]), *words(int(i)))
            if earlier:
                self._first = finding
            if listing:
                self._listed.append(finding)

    def known_by_place(self, lines: NDArray[np.int64], days: NDArray[np.int64]) -> None:
        """Dates what is listed no earlier than the row before it, by the lines and days of the rows that stand, oldest first.

        A date that cannot be read, or that is there already, does not say how early the row could be known; its place does.
        """
        newest_first = len(lines) > 1 and lines[0] > lines[-1]
        order = -lines if newest_first else lines
        for at, finding in enumerate(self._listed):
            row = finding.row or 0
            before = int(np.searchsorted(order, -row if newest_first else row)) - 1
            if before < 0:
                continue
            place_says = as_date(np.datetime64(int(days[before]), self.unit))
            if finding.date is None or finding.date < place_says:
                self._listed[at] = replace(finding, date=place_says)

    def left_out(self, rows: int) -> tuple[Finding, ...]:
        """What was left out of `rows` rows. Raises BadBars when nothing may be, too much is, or nothing remains."""
        if self._first is None:
            return ()
        if not self.quarantine:
            more = f" {_rows(self.count - 1)} impossible too." if self.count > 1 else ""
            raise BadBars(self._first.text + more)
        if self.count >= rows:
            raise BadBars(f"{self.feed}: no row can be used, all {rows:,} are impossible. The first: {self._first.text}")
        if self.count > MOST_LEFT_OUT:
            raise BadBars(
                f"{self.feed}: {self.count:,} of {rows:,} rows are impossible, at most {MOST_LEFT_OUT:,} can be left out; "
                f"repair the file. The first: {self._first.text}"
            )
        return tuple(sorted(self._listed, key=lambda finding: finding.row or 0))

    def _finding(self, line: int, day: int, kind: str, words: str) -> Finding:
        date = None if day < NO_DAY + len(UNKNOWN) else as_date(np.datetime64(day, self.unit))
        advice = "Left out." if self.quarantine else "Repair the row, or load with --quarantine to leave it out and list it."
        shown = date if date is None or self.unit == "D" else written(day)
        text = f"{place(self.feed, line, shown)}: {words}. {advice}"
        return Finding(kind=kind, severity="error", text=text, where=self.feed, row=line, date=date)


def place(feed: str, line: int, date: dt.date | str | None) -> str:
    """'rty.csv row 1,203 (2025-03-13)'; of an intraday bar '(2025-03-13 13:30 UTC)'."""
    row = f" row {line:,}" if line else ""
    return f"{feed}{row} ({date})" if date is not None else f"{feed}{row}"


def impossible_prices(prices: dict[str, FloatArray], instrument: Instrument) -> list[tuple[BoolArray, Words]]:
    """What cannot be about finite prices, most telling first: (rows, words for one of them)."""
    shown = number_format(instrument)
    slack = ROUNDING * np.abs(prices["close"])

    def not_positive(name: str) -> tuple[BoolArray, Words]:
        price = prices[name]
        return price <= 0, lambda i: ("not_positive", f"{name} {shown(price[i])} is not above zero")

    def too_large(name: str) -> tuple[BoolArray, Words]:
        price = prices[name]
        return np.abs(price) > HIGHEST, lambda i: ("too_large", f"{name} {price[i]:.3g} is beyond {HIGHEST:,.0f}")

    def contradiction(left: str, word: str, right: str) -> tuple[BoolArray, Words]:
        one, other = prices[left], prices[right]
        mask = one < other - slack if word == "below" else one > other + slack
        return mask, lambda i: (f"{left}_{word}_{right}", f"{left} {shown(one[i])} is {word} {right} {shown(other[i])}")

    faults = [] if instrument.may_be_negative else [not_positive(name) for name in prices]
    faults += [too_large(name) for name in prices]
    faults += [contradiction("high", "below", name) for name in ("low", "close", "open")]
    faults += [contradiction("low", "above", name) for name in ("close", "open")]
    return [fault for fault in faults if fault[0].any()]


def number_format(instrument: Instrument) -> Callable[[float], str]:
    """A price with thousands separators, at the instrument's decimals, or with more where they carry something."""

    def shown(price: float) -> str:
        exact = f"{price:,.{instrument.decimals}f}"
        if abs(float(exact.replace(",", "")) - price) <= 1e-9 * abs(price):
            return exact
        return f"{price:,.6f}".rstrip("0").rstrip(".") if abs(price) >= 1e-4 else f"{price:g}"

    return shown


def _rows(count: int) -> str:
    return "1 more row is" if count == 1 else f"{count:,} more rows are"
