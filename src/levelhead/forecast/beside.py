"""What may be known beside an instrument's own bars: implied volatility, yields, and longer histories of its like."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadBars
from levelhead.forecast.artefact import UNFITTED, Artefacts
from levelhead.forecast.events import Events
from levelhead.forecast.option_chain import FRESH as CHAIN_FRESH
from levelhead.forecast.option_chain import Chain
from levelhead.kernels.volatility import fading_mean, running_mean

FloatArray = NDArray[np.float64]
Kind = Literal["implied", "yield"]

FRESH = 7  # days after which a value counts as unknown
YIELD_SPAN = 22  # bars of the mean squared change of a yield
LEAST_CHANGE = 0.005  # per cent; half the step that yields are published in, taken for days without a change
_LONG_BARS = ("1d", "1w", "1mo")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """One value a day: an index of implied volatility ('implied'), or a yield ('yield'), both in per cent a year.

    dates: datetime64[D], ascending. values: positive for implied volatility. A value is known on the evening of its date.
    """

    name: str
    kind: Kind
    dates: NDArray[np.datetime64]
    values: FloatArray

    def __post_init__(self) -> None:
        if len(self.dates) == 0 or self.dates.shape != self.values.shape:
            raise BadBars(f"{self.name}: {len(self.dates)} dates and {len(self.values)} values; give one value for each date.")
        if not bool(np.all(self.dates[1:] > self.dates[:-1])):
            at = int(np.argmin(self.dates[1:] > self.dates[:-1])) + 1
            raise BadBars(f"{self.name}: {self.dates[at]} does not come after {self.dates[at - 1]}; sort by date, one value each.")
        if not bool(np.isfinite(self.values).all()):
            raise BadBars(f"{self.name}: the value of {self.dates[~np.isfinite(self.values)][0]} is no number; take the row out.")
        if self.kind == "implied" and float(self.values.min()) <= 0:
            at = int(np.argmin(self.values))
            raise BadBars(f"{self.name}: {self.values[at]:g} on {self.dates[at]}; an implied volatility is positive, in per cent.")

    def digest(self, count: int | None = None) -> str:
        """'sha256:...' of name, kind and the first `count` values, or all."""
        dates, values = self.dates[:count], self.values[:count]
        h = hashlib.sha256(f"{self.name}|{self.kind}|{len(dates)}|".encode())
        h.update(dates.astype("datetime64[D]").astype("<i8").tobytes())
        h.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
        return "sha256:" + h.hexdigest()

    def raised(self) -> FloatArray:
        """By how much it stands above its mean so far, in log variance: what it implies, or of a yield how much it moves."""
        if self.kind == "implied":
            level = 2.0 * np.log(self.values)
        else:
            change = np.maximum(np.abs(np.diff(self.values, prepend=self.values[0])), LEAST_CHANGE)
            level = np.log(fading_mean(change**2, YIELD_SPAN))
        raised: FloatArray = level - running_mean(level)
        return raised


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Beside:
    """What a forecast is given beside the bars. Later values and bars may be in it: each row uses those up to its own date.

    series: regressors of the volatility fit. donors: bars of like instruments with longer histories, from which a short one
    borrows its fit and its long-run level. events: the schedule of days on which news is due. chains: what options said on some
    evenings. artefacts: of the past, to pool and calibrate chances by.
    """

    series: tuple[Series, ...] = ()
    donors: tuple[Bars, ...] = field(default=())
    events: Events | None = None
    chains: tuple[Chain, ...] = ()
    artefacts: Artefacts = UNFITTED

    def digest(self) -> str:
        """'sha256:...' of all of it."""
        parts = [each.digest() for each in self.series] + [donor.digest() for donor in self.donors]
        parts += [] if self.events is None else [self.events.digest(dt.date.max)]
        parts += [chain.digest for chain in self.chains] + [artefact.hash() for artefact in self.artefacts.series]
        return "sha256:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def learned_only(self) -> Beside:
        """The artefacts alone: what is known beside bars that never were."""
        return Beside(artefacts=self.artefacts)

    def chain_on(self, as_of: dt.date) -> Chain | None:
        """The latest chain known on the evening of that day, unless it is more than 4 days old."""
        known = [chain for chain in self.chains if dt.timedelta(0) <= as_of - chain.date <= dt.timedelta(days=CHAIN_FRESH)]
        return max(known, key=lambda chain: chain.date, default=None)

    def without(self, symbol: str) -> Beside:
        """The same, that symbol not among the donors: nobody borrows from himself."""
        return replace(self, donors=tuple(d for d in self.donors if d.instrument.symbol.upper() != symbol.upper()))


NOTHING = Beside()


def known_rows(bars: Bars, dates: NDArray[np.datetime64], *, fresh: int | None = None) -> NDArray[np.int64]:
    """For each bar the row of the last of `dates` that it knows, -1 where there is none: shape (n,).

    A finished bar of a day or longer knows its own date; an intraday or a provisional one knows the days before it.
    fresh: days after which a value is forgotten.
    """
    own = bars.dates
    rows = np.searchsorted(dates, own, side="right" if bars.timeframe in _LONG_BARS else "left") - 1
    if bars.provisional is not None:
        rows[-1] = np.searchsorted(dates, own[-1], side="left") - 1
    if fresh is not None:
        stale = own - dates[np.maximum(rows, 0)] > np.timedelta64(fresh, "D")
        rows[stale] = -1
    return rows.astype(np.int64)


def known_values(bars: Bars, series: Series) -> FloatArray:
    """What each bar knows of a series, in log variance above its mean; NaN where nothing, or nothing of the last days: (n,)."""
    rows = known_rows(bars, series.dates, fresh=FRESH)
    return np.where(rows >= 0, series.raised()[np.maximum(rows, 0)], np.nan)
