"""What may be known beside an instrument's own bars: implied volatility, yields, and longer histories of its like."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.daily_series import FRESH, Series, known_rows
from levelhead.domain.events import Events
from levelhead.forecast.artefact import UNFITTED, Artefacts
from levelhead.forecast.option_chain import FRESH as CHAIN_FRESH
from levelhead.forecast.option_chain import Chain
from levelhead.kernels.volatility import fading_mean, running_mean

FloatArray = NDArray[np.float64]

YIELD_SPAN = 22  # bars of the mean squared change of a yield
LEAST_CHANGE = 0.005  # per cent; half the step that yields are published in, taken for days without a change


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


def raised(series: Series) -> FloatArray:
    """By how much it stands above its mean so far, in log variance: what it implies, or of a yield how much it moves."""
    if series.kind == "implied":
        level = 2.0 * np.log(series.values)
    else:
        change = np.maximum(np.abs(np.diff(series.values, prepend=series.values[0])), LEAST_CHANGE)
        level = np.log(fading_mean(change**2, YIELD_SPAN))
    above: FloatArray = level - running_mean(level)
    return above


def known_values(bars: Bars, series: Series) -> FloatArray:
    """What each bar knows of a series, in log variance above its mean; NaN where nothing, or nothing of the last days: (n,)."""
    rows = known_rows(bars, series.dates, fresh=FRESH)
    return np.where(rows >= 0, raised(series)[np.maximum(rows, 0)], np.nan)
