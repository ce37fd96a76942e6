"""What the notes of many days of one series share: arrays that are causal, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from levelhead.desk.settings import Settings
from levelhead.domain.bars import Bars
from levelhead.domain.errors import LevelheadError
from levelhead.forecast.base_rates import PastOfAll, Pasts
from levelhead.forecast.beside import NOTHING, Beside
from levelhead.forecast.models import volatility_history
from levelhead.forecast.volatility import VolatilityHistory
from levelhead.reading.whole import Whole, whole_of


@dataclass(frozen=True, kw_only=True, eq=False)
class Background:
    """whole: of the reading. history: of the volatility, None where the whole series has none that an earlier day might have.

    A note that is composed with it is the note that is composed without it, to the last bit (tests/evaluate hold that).
    """

    whole: Whole
    history: VolatilityHistory | None

    def history_of(self, bars: Bars, least_bars: int) -> VolatilityHistory | None:
        """The volatility history that holds that of `bars` as its beginning; None where they must find their own."""
        if self.history is None or not self.whole.begins_with(bars):
            return None
        return self.history if len(bars) - self.history.skipped >= least_bars else None

    @cached_property
    def _past(self) -> PastOfAll:
        return PastOfAll(self.whole.bars)

    def pasts_of(self, bars: Bars) -> Pasts:
        """What followed the days before those of `bars`, from what followed the days of the whole series where they begin it."""
        return Pasts(bars, self._past if self.whole.begins_with(bars) else None)


def background_of(bars: Bars, settings: Settings, beside: Beside = NOTHING, finer: Bars | None = None) -> Background:
    """The background of every note of these bars that is made in the contract of the last one.

    beside: what the notes are composed with beside the bars, whole; each day of it uses what it knew. finer: shorter bars of the
    same days, whole too.
    """
    history: VolatilityHistory | None
    try:
        history = volatility_history(bars, settings.forecast, beside.without(bars.instrument.symbol))
    except LevelheadError:  # too few bars, or a price below zero somewhere: each day says so for itself
        history = None
    return Background(whole=whole_of(bars, settings.reading, finer), history=history)
