"""The price of a trade: chance of the fill, of each target before the stop, and the expected result after costs."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from levelhead.claims.judge import frictions_of, judge_plan
from levelhead.claims.text import claim_text
from levelhead.domain.bars import Bars
from levelhead.domain.claim import Chance, Plan
from levelhead.domain.errors import BadClaim
from levelhead.domain.instrument import Instrument
from levelhead.forecast.base_rates import Past, Rate, mean_result, past_of, past_results, rate
from levelhead.forecast.forecast import Forecast
from levelhead.forecast.price import chance, check_horizon
from levelhead.forecast.shares import Estimated, mean, share
from levelhead.kernels.paths import FloatArray
from levelhead.kernels.plans import EXPIRED, STOP, TARGET, UNDECIDED, UNFILLED, Extremes, Frictions, PlanResults, extremes_of


class Costs(Frictions):
    """What trading costs, in points: a tick through limits, slippage on stops and at the end, commission of both sides."""

    __slots__ = ()

    @classmethod
    def of(cls, instrument: Instrument) -> Costs:
        """The instrument's own, of a full contract."""
        return cls(*frictions_of(instrument))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPrice:
    """What a plan may bring.

    fill: that the order is filled in its sessions. Of the filled paths: targets: that the whole position, held for that target,
    gets there before the stop and before time is up; stop and expired: the other two ends, held for the first target;
    undecided: that one bar did two things whose order it does not show, so that targets[0], stop, expired and undecided sum
    to 1. expected_low, expected_high: mean result in R after costs of the filled paths, all out at the first target, with the
    undecided at their worst and at their best; expected_error: Monte Carlo error of the former. base_low, base_high: the same
    over earlier start days, base_count trades filled, base_windows of them not overlapping; base_error: the
    standard error of base_low when only these windows count. filled: how many paths are filled.
    """

    fill: Chance
    targets: tuple[Chance, ...]
    stop: Chance
    expired: Chance
    expected_low: float
    expected_high: float
    expected_error: float
    base_low: float | None
    base_high: float | None
    base_error: float | None
    base_count: int
    base_windows: int
    undecided: float
    filled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a plan brings on the simulated paths alone, all out at its first target; the fields as in PlanPrice.

    fill: the share of paths that fill the order. low, high: mean result in R of these.
    """

    plan: Plan
    fill: Estimated
    low: Estimated
    high: Estimated
    filled: int


class PlanPricer:
    """Prices plans of one day over one set of paths. What they share is worked out once, and their past where it is asked for.

    costs: in points; by default those of the instrument.
    """

    def __init__(self, forecast: Forecast, bars: Bars, *, costs: Frictions | None = None) -> None:
        self._forecast, self._bars = forecast, bars
        self._frictions = frictions_of(bars.instrument) if costs is None else costs
        self._ahead: dict[int, Extremes] = {}
        self._pasts: dict[int, tuple[Past, Extremes] | None] = {}

    def expect(self, plan: Plan) -> Expected:
        """What the paths say. Raises BadClaim where the plan outlasts them, or none fills it."""
        check_horizon(plan, self._forecast)
        results = self._judged(replace(plan, targets=plan.targets[:1]))
        is_filled = results.fill_bar >= 0
        if not is_filled.any():
            raise _never_filled(plan, len(is_filled))
        return Expected(
            plan=plan,
            fill=share(is_filled, np.ones_like(is_filled)),
            low=mean(results.worst, is_filled),
            high=mean(results.best, is_filled),
            filled=int(np.count_nonzero(is_filled)),
        )

    def price(self, expected: Expected) -> PlanPrice:
        """The whole price: every target, and what the instrument's own past says."""
        plan = expected.plan
        results = self._judged(plan)
        known = self._past(plan.exit_within)
        past, extremes = (None, None) if known is None else known
        before = None if past is None else past_results(plan, past, self._frictions, extremes)
        base_low = None if past is None or before is None else mean_result(before.worst, past, plan.exit_within)
        base_high = None if past is None or before is None else mean_result(before.best, past, plan.exit_within)
        return PlanPrice(
            fill=chance(expected.fill, _fill_rate(plan, before, past)),
            targets=tuple(_end(plan, results, before, past, TARGET, number) for number in range(len(plan.targets))),
            stop=_end(plan, results, before, past, STOP),
            expired=_end(plan, results, before, past, EXPIRED),
            expected_low=expected.low.value,
            expected_high=expected.high.value,
            expected_error=expected.low.error,
            base_low=None if base_low is None else base_low.value,
            base_high=None if base_high is None else base_high.value,
            base_error=None if before is None or base_low is None else _error_apart(before.worst, base_low.windows),
            base_count=0 if base_low is None else base_low.count,
            base_windows=0 if base_low is None else base_low.windows,
            undecided=float(np.mean(results.outcomes[0][results.fill_bar >= 0] == UNDECIDED)),
            filled=expected.filled,
        )

    def _judged(self, plan: Plan) -> PlanResults:
        sessions = plan.exit_within
        if sessions not in self._ahead:
            self._ahead[sessions] = extremes_of(self._forecast.paths, sessions)
        return judge_plan(plan, self._forecast.paths, frictions=self._frictions, extremes=self._ahead[sessions])

    def _past(self, sessions: int) -> tuple[Past, Extremes] | None:
        if sessions not in self._pasts:
            past = past_of(self._bars, sessions)
            self._pasts[sessions] = None if past is None else (past, extremes_of(past.paths, sessions))
        return self._pasts[sessions]


def price_plan(plan: Plan, forecast: Forecast, bars: Bars, *, costs: Frictions | None = None) -> PlanPrice:
    """The price of `plan` over the forecast's paths, the same over the instrument's own past beside it.

    costs: in points; by default those of the instrument. Raises BadClaim where the plan outlasts the paths, or no path fills
    it.
    """
    pricer = PlanPricer(forecast, bars, costs=costs)
    return pricer.price(pricer.expect(plan))


def _end(plan: Plan, results: PlanResults, before: PlanResults | None, past: Past | None, outcome: int, number: int = 0) -> Chance:
    """The chance of one end among the filled, the position held for target `number`."""
    now = results.outcomes[number]
    estimated = share(now == outcome, now != UNFILLED)
    if before is None or past is None:
        return chance(estimated, None)
    then = before.outcomes[number]
    return chance(estimated, rate(then == outcome, then != UNFILLED, past.starts, plan.exit_within))


def _error_apart(results: FloatArray, windows: int) -> float:
    """The standard error of a mean of overlapping results, as if only as many of them counted as windows do not overlap."""
    return float(np.nanstd(results)) / math.sqrt(windows)


def _fill_rate(plan: Plan, before: PlanResults | None, past: Past | None) -> Rate | None:
    if before is None or past is None:
        return None
    is_filled = before.fill_bar >= 0
    return rate(is_filled, np.ones_like(is_filled), past.starts, plan.exit_within)


def _never_filled(plan: Plan, paths: int) -> BadClaim:
    return BadClaim(
        f"'{claim_text(plan)}': none of {paths:,} simulated paths fills the order in {plan.fill_within} sessions; "
        "enter nearer to the last price, or let the order stand longer."
    )
