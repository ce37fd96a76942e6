"""The bars of one instrument, and the one door to the past."""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.errors import BadBars, BadDate, BadPrice
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.domain.roll import Adjustment, Roll, known_rolls
from levelhead.domain.sessions import as_date, as_moment

FloatArray = NDArray[np.float64]
TimeArray = NDArray[np.datetime64]
Frame = Literal["as given", "as traded", "back-adjusted"]
_COLUMNS = ("time", "open", "high", "low", "close", "volume", "row")
_FORGOTTEN = {"provisional": None, "_digest": "", "_shape": None}  # what a beginning of bars does not take over
HIGHEST = 1e12  # no price of anything; keeps squares and sums finite


@dataclass(frozen=True, slots=True, kw_only=True)
class Provisional:
    """The last bar as it stood when the note was made: not yet closed.

    price: the last trade. at: the time it was taken, as given, or None. range_as_given: whether high and low were given
    too; otherwise the bar's own range was stretched to hold the price and may be later than the note.
    """

    price: float
    at: str | None = None
    range_as_given: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bars:
    """Bars of one instrument, oldest first; arrays of one shape (n,), n >= 1, read-only.

    time: datetime64[us], UTC; of a daily bar, midnight of its trade date; of a weekly or monthly one, of its last session's;
    of an intraday bar, its start. days: trade dates of intraday bars, by the session table; None for longer bars.
    open, high, low, close: float64, finite. volume: float64, NaN where unknown. row: int64, the line of the file each bar came
    from (0 where there is none). feed: where the bars come from, in words ('rty_tv.csv'). rolls: of a continuous future, oldest
    first, where they are known; adjustment: how the prices before them were moved ('none': as traded). Born from arrays that the
    market room has checked; here only shape and order are held.
    """

    instrument: Instrument
    time: TimeArray
    open: FloatArray
    high: FloatArray
    low: FloatArray
    close: FloatArray
    volume: FloatArray
    row: NDArray[np.int64]
    timeframe: str = "1d"
    feed: str = ""
    frame: Frame = "as given"
    left_out: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()
    provisional: Provisional | None = None
    rolls: tuple[Roll, ...] = ()
    adjustment: Adjustment = "none"
    days: NDArray[np.datetime64] | None = None
    _dates: NDArray[np.datetime64] | None = field(default=None, init=False, repr=False)
    _stamps: list[dt.date] | None = field(default=None, init=False, repr=False, compare=False)
    _digest: str = field(default="", init=False, repr=False)
    _shape: Bars | None = field(default=None, init=False, repr=False)  # what `shape_of` made of them
    _memory: object = field(
        default=None, init=False, repr=False
    )  # one for bars and all that `until` cut from them, each from row 0

    def __post_init__(self) -> None:
        n = len(self.time)
        if n == 0:
            raise BadBars(f"{self.feed or self.instrument.symbol}: no bars; at least one row is needed.")
        for name in ("open", "high", "low", "close", "volume", "row"):
            column = getattr(self, name)
            if column.shape != (n,):
                raise BadBars(f"{self.feed}: column {name} has shape {column.shape}, the times have ({n},).")
            column.flags.writeable = False
        self.time.flags.writeable = False
        if n > 1 and not bool(np.all(self.time[1:] > self.time[:-1])):
            raise BadBars(f"{self.feed}: the bars are not in ascending order of time; sort them first.")
        if self.rolls and self.rolls != known_rolls(self.rolls, self.as_of):
            self._forget_later_rolls()

    def __len__(self) -> int:
        return len(self.time)

    @property
    def dates(self) -> NDArray[np.datetime64]:
        """Trade dates, datetime64[D], shape (n,)."""
        if self.days is not None:
            return self.days
        if self._dates is None:  # worked out when first asked for, and kept: everything that looks for a day asks
            dates = self.time.astype("datetime64[D]")
            dates.flags.writeable = False
            object.__setattr__(self, "_dates", dates)
            return dates
        return self._dates

    @property
    def first(self) -> dt.date:
        """The first bar's date."""
        if self._stamps is not None:
            return self._stamps[0]
        return as_date(self.dates[0])

    @property
    def as_of(self) -> dt.date:
        """The last bar's date."""
        if self._stamps is not None:  # every topic of a reading asks
            return self._stamps[len(self.time) - 1]
        return as_date(self.time[-1] if self.days is None else self.days[-1])

    @property
    def last(self) -> float:
        """The last close, or the last trade of a provisional bar."""
        return float(self.close[-1])

    def stamp(self, row: int) -> dt.date:
        """What names a row: its date, or for an intraday bar the moment it starts, a datetime in UTC."""
        named = self._stamps
        if named is not None and 0 <= row < len(self.time):
            return named[row]
        if self.days is not None:
            return as_moment(self.time[row])
        count = len(self.time)
        if not -count <= row < count:
            raise IndexError(f"row {row} of {count} bars")
        return self._named()[row if row >= 0 else count + row]

    def _named(self) -> list[dt.date]:
        """The date of every row, and of rows after the end where these bars are the beginning of others: made once for all."""
        if self._stamps is None:
            as_date(self.time[-1])  # raises where NumPy knows the year and Python does not
            object.__setattr__(self, "_stamps", self.dates.tolist())
        assert self._stamps is not None
        return self._stamps

    def stamps(self, rows: slice) -> tuple[dt.date, ...]:
        """What names each of these rows."""
        if self.days is None:
            return tuple(self._named()[slice(*rows.indices(len(self.time)))])
        return tuple(as_moment(time) for time in self.time[rows])

    def until(self, as_of: dt.date) -> Bars:
        """The bars whose date is not after `as_of`: all that an analyst of that day may see.

        Raises BadDate when there are none.
        """
        count = self.count_until(as_of)
        if count == 0:
            raise BadDate(f"{self.feed or self.instrument.symbol} begins on {self.first}; as-of {as_of} lies before its first bar.")
        if count == len(self):
            return self
        if self.adjustment != "none" and known_rolls(self.rolls, as_of) != self.rolls:
            raise BadDate(
                f"{self.feed or self.instrument.symbol} is back-adjusted with rolls after {as_of}; "
                "cut the bars as traded, then adjust them."
            )
        return self._beginning(
            count,
            left_out=tuple(f for f in self.left_out if f.date is None or f.date <= as_of),
            remarks=tuple(f for f in self.remarks if f.date is None or f.date <= as_of),
            rolls=known_rolls(self.rolls, as_of),
        )

    def count_until(self, as_of: dt.date) -> int:
        """How many bars have a date that is not after `as_of`."""
        if self._stamps is not None and type(as_of) is dt.date:  # rows have been named before
            return bisect_right(self._stamps, as_of, 0, len(self.time))
        return int(np.searchsorted(self.dates, np.datetime64(as_of), side="right"))

    def is_beginning_of(self, whole: Bars) -> bool:
        """Whether `until` cut these from `whole`, or both from the same: then they are its first rows, in the same memory."""
        return self is whole or (self._memory is not None and self._memory is whole._memory and len(self) <= len(whole))

    def _beginning(self, count: int, **known: object) -> Bars:
        """The first `count` bars, finished, with what was known of them. They are in order as these are: nobody looks again."""
        part = object.__new__(Bars)
        changed = {name: getattr(self, name)[:count] for name in _COLUMNS} | _FORGOTTEN | known
        if self.days is None:
            changed |= {"_dates": self.dates[:count], "_stamps": self._named()}
        else:
            changed |= {"days": self.days[:count]}
        if self._memory is None:
            object.__setattr__(self, "_memory", object())
        for name in Bars.__slots__:
            object.__setattr__(part, name, changed[name] if name in changed else getattr(self, name))
        return part

    def with_last(self, price: float, *, at: str | None = None, high: float | None = None, low: float | None = None) -> Bars:
        """The same bars with the last one as it stood at `price`: its close replaced, its range holding the price.

        Raises BadPrice where price, high and low contradict each other.
        """
        top = float(self.high[-1]) if high is None else high
        bottom = float(self.low[-1]) if low is None else low
        for word, value in (("last price", price), ("high", high), ("low", low)):
            if value is not None and not self._can_be(value):
                raise BadPrice(f"A {word} of {value} cannot be for {self.instrument.symbol}; give prices that were traded.")
        if (
            (high is not None and high < price)
            or (low is not None and low > price)
            or (high is not None and low is not None and high < low)
        ):
            quoted = {"last price": price, "high": high, "low": low}
            named = ", ".join(
                f"{word} {self.instrument.quoting.price(value)}" for word, value in quoted.items() if value is not None
            )
            raise BadPrice(f"The {named} contradict each other; low <= last <= high must hold.")
        top, bottom = max(top, price), min(bottom, price)
        return replace(
            self,
            open=_ending(self.open, min(max(float(self.open[-1]), bottom), top)),
            high=_ending(self.high, top),
            low=_ending(self.low, bottom),
            close=_ending(self.close, price),
            provisional=Provisional(price=price, at=at, range_as_given=high is not None and low is not None),
        )

    def digest(self) -> str:
        """'sha256:...' of symbol, timeframe, times and prices: the same bars and rolls, the same digest, whatever file."""
        if not self._digest:
            object.__setattr__(self, "_digest", self._hashed())
        return self._digest

    def _hashed(self) -> str:
        h = hashlib.sha256(f"{self.instrument.symbol}|{self.timeframe}|{len(self)}|".encode())
        h.update(self.time.astype("datetime64[us]").astype("<i8").tobytes())
        for column in (self.open, self.high, self.low, self.close, self.volume):
            h.update(column.astype("<f8").tobytes())
        for roll in self.rolls:
            h.update(f"{roll.date}|{roll.gap!r}|{roll.factor!r}".encode())
        return "sha256:" + h.hexdigest()

    def _can_be(self, price: float) -> bool:
        return abs(price) <= HIGHEST and (price > 0 or self.instrument.may_be_negative)

    def _forget_later_rolls(self) -> None:
        """However the bars were cut, they know no roll after their end."""
        if self.adjustment != "none":
            raise BadBars(f"{self.feed}: the bars are adjusted by a roll after {self.as_of}; cut them as traded, then adjust them.")
        object.__setattr__(self, "rolls", known_rolls(self.rolls, self.as_of))


def _ending(column: FloatArray, value: float) -> FloatArray:
    changed = column.copy()
    changed[-1] = value
    return changed
