"""The bars a note is held against: cut at its day, with the price it was written at, and everything read from them once."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact
from levelhead.domain.sessions import SessionTable
from levelhead.kernels.averages import ema, sma
from levelhead.kernels.momentum import rsi
from levelhead.kernels.ranges import atr
from levelhead.reading.panel import Panel, panel_of
from levelhead.reading.read import read
from levelhead.reading.settings import Settings
from levelhead.reading.structure import Swing, swings_of
from levelhead.review.allowance import feed_difference
from levelhead.review.said import Money, OthersNote
from levelhead.review.text import Span

USUAL = Settings()
DIGITS = 5  # of a price whose tick nobody knows
LONGEST_STATEMENT = 96
SCALE = 2.0  # prices farther off than so many times belong to something else
_SERIES = re.compile(r"(sma|ema|wma|rsi|atr)_(\d{1,4})$")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """What is known of the market on the note's day, and nothing later.

    bars: up to that day, the last one as it stood at the price the note was written at. close: of the last bar as it was given.
    facts: by dotted name, as in levelhead's own notes. swings: confirmed ones, oldest first. stated: the note's own last price,
    None where it prints none that the day's bar can have.
    """

    note: OthersNote
    bars: Bars
    facts: Mapping[str, Fact]
    panel: Panel
    swings: tuple[Swing, ...]
    close: float
    is_given_last: bool
    stated: float | None
    sessions: SessionTable | None

    @property
    def day(self) -> dt.date:
        """The note's day."""
        return self.bars.as_of

    @property
    def last(self) -> float:
        """The price the note was written at."""
        return self.bars.last

    @property
    def is_any_price(self) -> bool:
        """Whether the note may have been written at any price of the day's bar: it states none, and none is given."""
        return self.stated is None and not self.is_given_last

    @property
    def range(self) -> tuple[float, float]:
        """The low and high of the day's bar."""
        return float(self.bars.low[-1]), float(self.bars.high[-1])

    @property
    def atr(self) -> float:
        """ATR(14), NaN where it is not known."""
        return float(self.panel.atr[-1])

    def number(self, name: str) -> float | None:
        """The value of a numeric fact, None where the bars are too few for it."""
        fact = self.facts.get(name)
        return float(fact.value) if fact is not None and not isinstance(fact.value, str) else None

    def series(self, name: str) -> FloatArray | None:
        """'sma_50', 'ema_20', 'wma_20', 'rsi_14' or 'atr_14' at every bar, NaN while not known; None for another name."""
        found = _SERIES.match(name)
        if found is None or not 1 <= int(found[2]) <= len(self.bars):
            return None
        n = int(found[2])
        if found[1] == "sma":
            return self.panel.averages[n] if n in self.panel.averages else sma(self.bars.close, n)
        if found[1] == "ema":
            return ema(self.bars.close, n) if n > 1 else None
        if found[1] == "wma":
            return _weighted(self.bars.close, n)
        if found[1] == "rsi":
            return self.panel.rsi if n == 14 else rsi(self.bars.close, n) if n > 1 else None
        return self.panel.atr if n == 14 else atr(self.bars.high, self.bars.low, self.bars.close, n)

    def price(self, value: float) -> str:
        """A price on the tick grid: '2,229.3'; where no tick is known, to five digits at least: '1.1445'."""
        instrument = self.bars.instrument
        on_grid = value if instrument.tick is None else instrument.on_grid(value)
        return instrument.quoting.price(on_grid) if instrument.quoting.parts else f"{on_grid:,.{self.decimals}f}"

    @property
    def decimals(self) -> int:
        """Digits after the point of a price."""
        instrument = self.bars.instrument
        if instrument.tick is not None or self.last == 0:
            return instrument.decimals
        return max(instrument.decimals, min(8, DIGITS - 1 - math.floor(math.log10(abs(self.last)))))

    def zone(self, low: float, high: float) -> str:
        """'2,500.0–2,520.0', or one price."""
        return self.price(low) if low == high else f"{self.price(low)}–{self.price(high)}"

    def points(self, value: float) -> str:
        """A distance without its sign, at the instrument's decimals: '13.0 points'."""
        quoting = self.bars.instrument.quoting
        return f"{quoting.price(abs(value)) if quoting.parts else f'{abs(value):,.{self.decimals}f}'} points"

    def in_atr(self, points: float) -> str:
        """A distance without its sign in ATR(14): '0.25 ATR(14)'."""
        return f"{abs(points) / self.atr:.2f} ATR(14)"

    @property
    def knows_atr(self) -> bool:
        """Whether distances can be measured in ATR(14)."""
        return math.isfinite(self.atr) and self.atr > 0

    def is_of_scale(self, price: float) -> bool:
        """Whether a number can be a price of this instrument: between half the last one and twice it."""
        return abs(self.last) / SCALE <= abs(price) <= SCALE * abs(self.last)

    def near(self, share: float) -> float:
        """So many ATR(14) in points; 0 where it is not known."""
        return share * self.atr if self.knows_atr else 0.0

    def excerpt(self, span: Span) -> str:
        """The note's words at `span`, on one line and not too long."""
        words = " ".join(self.note.text.plain[span.start : span.end].split())
        return words if len(words) <= LONGEST_STATEMENT else words[: LONGEST_STATEMENT - 1].rstrip() + "…"

    def rows_since(self, day: dt.date) -> slice:
        """The bars from `day` on."""
        return slice(int(np.searchsorted(self.bars.dates, np.datetime64(day))), len(self.bars))

    def date(self, row: int) -> str:
        """The date of a row, as 2025-03-13."""
        return str(self.bars.dates[row])


def evidence_of(note: OthersNote, bars: Bars, sessions: SessionTable | None) -> Evidence:
    """Everything read from `bars`, which end on the note's day."""
    close, is_given_last = bars.last, bars.provisional is not None
    stated = stated_last(note, bars)
    if stated is not None and bars.provisional is None and abs(stated - close) > bars.instrument.step / 2:
        bars = bars.with_last(stated)
    panel, swings = panel_of(bars), tuple(swings_of(bars, USUAL))
    return Evidence(
        note=note,
        bars=bars,
        facts=read(bars, sessions=sessions).facts,
        panel=panel,
        swings=swings,
        close=close,
        is_given_last=is_given_last,
        stated=stated,
        sessions=sessions,
    )


def stated_last(note: OthersNote, bars: Bars) -> float | None:
    """The last price a note prints, where the last bar traded there: the first one that its range holds."""
    reach = feed_difference(bars.last, math.nan)
    low, high = float(bars.low[-1]) - reach, float(bars.high[-1]) + reach
    prices = (said.value for said in note.indicators if said.name == "last" and not said.value.approximate)
    return next((price.low for price in prices if price.low == price.high and low <= price.low <= high), None)


def printed(money: Money) -> str:
    """A price or zone as a note prints it: '2,229.3', '~2,350', '2,500–2,520'."""
    ends = f"{money.low:,.10g}" if money.low == money.high else f"{money.low:,.10g}–{money.high:,.10g}"
    return ("~" if money.approximate else "") + ends + ("+" if money.open_ended == "up" else "")


def _weighted(closes: FloatArray, n: int) -> FloatArray:
    """Linearly weighted: the newest of n closes counts n times, the oldest once."""
    weights = np.arange(1.0, n + 1) / (n * (n + 1) / 2)
    result = np.full(len(closes), np.nan)
    result[n - 1 :] = np.lib.stride_tricks.sliding_window_view(closes, n) @ weights
    return result
