"""The two prices that divide the horizon: one above, one below, from the level map where it has them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from levelhead.desk.draft import Draft
from levelhead.desk.ladder import Rung
from levelhead.desk.settings import Settings
from levelhead.domain.instrument import Instrument
from levelhead.domain.level import Side
from levelhead.forecast.forecast import Forecast

WISHED_SIGMA = 0.9  # a scenario price about this many standard deviations of the horizon away says most


@dataclass(frozen=True, slots=True, kw_only=True)
class Brackets:
    """The two prices of the table: the rung each comes from, None where no zone serves and the forecast's own width does."""

    upper: float
    lower: float
    above: Rung | None
    below: Rung | None


def choose_brackets(
    rungs: Sequence[Rung], forecast: Forecast, instrument: Instrument, settings: Settings, draft: Draft
) -> Brackets:
    """The zone above and the zone below whose far edges divide the horizon best.

    Not nearer than `nearest_sigma` standard deviations of the horizon, not so far that paths reach them less often than
    `least_touch`; among these the strongest, those near 0.9 standard deviations preferred. Enters `scenario.upper` and
    `scenario.lower`.
    """
    n = settings.scenario_sessions
    width = horizon_sigma(forecast, n)
    tops, bottoms = forecast.paths.high[:, :n].max(axis=1), forecast.paths.low[:, :n].min(axis=1)

    def best(side: Side) -> Rung | None:
        def worth(rung: Rung) -> float:
            if rung.far <= 0:  # a level from days below zero; no path in logarithms gets there
                return 0.0
            away = abs(math.log(rung.far / forecast.start)) / width
            reached = np.mean(tops >= rung.far) if side == "resistance" else np.mean(bottoms <= rung.far)
            holds = rung.zone.low <= forecast.start <= rung.zone.high
            if holds or away < settings.nearest_sigma or reached < settings.least_touch:
                return 0.0
            return (0.25 + rung.zone.strength) * math.exp(-(((away - WISHED_SIGMA) / 0.5) ** 2))

        ranked = sorted((r for r in rungs if r.side == side and worth(r) > 0), key=worth)
        return ranked[-1] if ranked else None

    above, below = best("resistance"), best("support")
    step = instrument.step
    upper = _enter_price(draft, "upper", above, "high", f"above(last * exp({WISHED_SIGMA} * width), {step!r})", width)
    lower = _enter_price(draft, "lower", below, "low", f"below(last * exp(-{WISHED_SIGMA} * width), {step!r})", width)
    return Brackets(upper=upper, lower=lower, above=above, below=below)


def horizon_sigma(forecast: Forecast, sessions: int) -> float:
    """Standard deviation of the log return over the first `sessions` sessions."""
    return float(np.sqrt(np.sum(forecast.term[:sessions] ** 2)))


def _enter_price(draft: Draft, end: str, rung: Rung | None, edge: str, otherwise: str, width: float) -> float:
    name = f"scenario.{end}"
    meaning = f"{end} price of the scenario table"
    if rung is not None:
        return draft.derive(name, "price", f"{meaning}: the far edge of {rung.name}", f"level.{rung.name}.{edge}")
    return draft.derive(name, "price", f"{meaning}: no zone serves; the horizon's own width does", otherwise, width=width)
