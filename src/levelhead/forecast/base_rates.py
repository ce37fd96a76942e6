"""How often it happened before: a claim's frequency over the instrument's own past, at the same distances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from levelhead.claims.columns import Column, ColumnOf, Known, columns_of_windows, known_of, series_of
from levelhead.claims.judge import UNDECIDED, ends_of_plan, frictions_of, judge, prices_of, sessions_of
from levelhead.domain.adjustment import as_traded, back_adjusted
from levelhead.domain.bars import Bars
from levelhead.domain.claim import Claim, Plan
from levelhead.domain.claim_tree import measures_of
from levelhead.domain.event import AVERAGES, Measure
from levelhead.kernels.paths import FloatArray, PathBars
from levelhead.kernels.plans import Ends, Extremes, Frictions, extremes_of
from levelhead.kernels.ranges import atr
from levelhead.kernels.windows import at_same_distance, history_windows, windows_apart

ATR_BARS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A frequency in the past: `count` start days, `windows` of which do not overlap."""

    value: float
    count: int
    windows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRates:
    """Each outcome's frequency over the earlier start days that were decided; empty where there were none.

    undecided: start days left out because one bar did two things whose order it does not show.
    """

    rates: Mapping[str, Rate] = field(default_factory=dict)
    undecided: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Past:
    """What followed each earlier start day, whose ATR(14) was known, in windows that end by the last finished bar.

    known: the bars. paths: views of shape (days, sessions). starts: row of the start day among the bars. lasts, atrs: its close
    and ATR(14). last, atr: the same at the note's bar.
    """

    known: Known
    paths: PathBars
    starts: NDArray[np.int64]
    lasts: FloatArray
    atrs: FloatArray
    last: float
    atr: float

    def prices_like(self, prices: tuple[float, ...]) -> tuple[FloatArray, ...]:
        """For each price those of the start days at the same distance in ATR(14); each of shape (days,)."""
        return tuple(at_same_distance(price, self.last, self.atr, self.lasts, self.atrs) for price in prices)

    def columns(self) -> ColumnOf:
        """Measures along the windows; NaN at the start where one was not known yet.

        Like prices, averages start at the same distance in ATR(14) from the last price as now, and RSI at the same value, each
        moved as a whole; ATR is counted in that of the note's bar.
        """
        found = columns_of_windows(self.known, self.starts, self.paths.close.shape[1], self.atr / self.atrs)

        @cache
        def column(measure: Measure) -> Column:
            start, along = found(measure)
            if measure.name not in (*AVERAGES, "rsi"):
                return start, along
            now = float(series_of(measure, self.known)[-1])
            wanted = now if measure.name == "rsi" else at_same_distance(now, self.last, self.atr, self.lasts, self.atrs)
            shift = wanted - start
            return start + shift, along + np.reshape(shift, (-1, 1))

        return column

    def frictions_like(self, frictions: Frictions) -> Frictions:
        """The same costs in ATR(14), so that a past trade pays the same share of its risk as one made now."""
        return Frictions(*(np.multiply(points, self.atrs / self.atr) for points in frictions))


class PastOfAll:
    """What followed each day of a whole series, in windows of any length; the past of each of its days is their beginning.

    Where the rolls of a future are known it is the past of the back-adjusted series: no window holds a roll's gap.
    """

    def __init__(self, bars: Bars) -> None:
        bars = back_adjusted(as_traded(bars))
        self.known = known_of(bars)
        self.atr = atr(bars.high, bars.low, bars.close, ATR_BARS)
        self._windows: dict[int, PathBars] = {}
        self._extremes: dict[int, Extremes] = {}

    def windows(self, sessions: int, finished: int) -> PathBars:
        """Of the first `finished` bars: views of shape (days, sessions); each window ends within them."""
        if sessions not in self._windows:
            self._windows[sessions] = history_windows(PathBars(*self.known), sessions, first_start=ATR_BARS)
        days = max(finished - sessions - ATR_BARS, 0)
        return PathBars(*(column[:days] for column in self._windows[sessions]))

    def extremes(self, sessions: int, days: int) -> Extremes:
        """Running extremes of the first `days` windows, shape (sessions, days)."""
        if sessions not in self._extremes:
            self._extremes[sessions] = extremes_of(self.windows(sessions, len(self.atr)), sessions)
        return Extremes(*(extreme[:, :days] for extreme in self._extremes[sessions]))


class Pasts:
    """The past of one day's bars in windows of any length.

    of_all: of a series that begins with these bars, where many days share it.
    """

    def __init__(self, bars: Bars, of_all: PastOfAll | None = None) -> None:
        self._all = PastOfAll(bars) if of_all is None else of_all
        self._count = len(bars)
        self._finished = len(bars) if bars.provisional is None else len(bars) - 1
        self._of: dict[int, Past | None] = {}

    def of(self, sessions: int) -> Past | None:
        """In windows of `sessions` bars; None where no window is known, or the ATR is zero."""
        if sessions not in self._of:
            self._of[sessions] = self._cut(sessions)
        return self._of[sessions]

    def extremes(self, sessions: int) -> Extremes:
        """Running extremes of the windows of `sessions` bars."""
        past = self.of(sessions)
        return self._all.extremes(sessions, 0 if past is None else len(past.starts))

    def _cut(self, sessions: int) -> Past | None:
        known, ranges = Known(*(column[: self._count] for column in self._all.known)), self._all.atr[: self._count]
        paths = self._all.windows(sessions, self._finished)
        days = len(paths.close)
        if days == 0 or not ranges[-1] > 0:
            return None
        starts = slice(ATR_BARS, ATR_BARS + days)
        return Past(
            known=known,
            paths=paths,
            starts=np.arange(starts.start, starts.stop),
            lasts=known.close[starts],
            atrs=ranges[starts],
            last=float(known.close[-1]),
            atr=float(ranges[-1]),
        )


def base_rates(claim: Claim, bars: Bars, *, pasts: Pasts | None = None) -> BaseRates:
    """The frequency of each outcome of `claim` over all earlier start days of the same instrument.

    Prices, averages too, lie at the same distance in ATR(14) as the claim's from the last price; the horizon is the same; windows
    end by the last finished bar. Undecided days are left out and counted. pasts: of these bars, where several claims share them.
    """
    past = (Pasts(bars) if pasts is None else pasts).of(sessions_of(claim))
    if past is None:
        return BaseRates()
    prices = past.prices_like(prices_of(claim))
    frictions = past.frictions_like(frictions_of(bars.instrument)) if isinstance(claim, Plan) else None
    columns = past.columns()
    outcomes, codes = judge(claim, past.paths, past.lasts, prices=prices, frictions=frictions, columns=columns)
    decided, starts = codes != UNDECIDED, [columns(measure)[0] for measure in measures_of(claim)]
    left_out = len(codes) - int(np.count_nonzero(decided))
    if starts:
        is_known = np.all([np.isfinite(start) for start in starts], axis=0)
        left_out = int(np.count_nonzero(is_known & ~decided))
        decided &= is_known
    found = rates([codes == code for code in range(len(outcomes))], decided, past.starts, sessions_of(claim))
    return BaseRates(
        rates={name: known for name, known in zip(outcomes, found, strict=True) if known is not None},
        undecided=left_out,
    )


def past_ends(plan: Plan, past: Past, frictions: Frictions, extremes: Extremes) -> Ends:
    """What became of the same plan on each earlier start day that fills it. extremes: of the past's windows."""
    prices, costs = past.prices_like(prices_of(plan)), past.frictions_like(frictions)
    return ends_of_plan(plan, past.paths, costs, extremes, prices=prices)


def rates(
    hits: Sequence[NDArray[np.bool_]], counted: NDArray[np.bool_], starts: NDArray[np.int64], sessions: int
) -> list[Rate | None]:
    """The frequency of each of `hits` among the start days `counted`; None where there are none."""
    count = int(np.count_nonzero(counted))
    if count == 0:
        return [None] * len(hits)
    if count == len(counted):  # every start day, one after another
        windows = -(-count // sessions)
        return [Rate(value=int(np.count_nonzero(hit)) / count, count=count, windows=windows) for hit in hits]
    windows = windows_apart(starts[counted], sessions)
    return [Rate(value=int(np.count_nonzero(hit & counted)) / count, count=count, windows=windows) for hit in hits]
