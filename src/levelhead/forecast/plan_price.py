"""The price of a trade: chance of the fill, of each target before the stop, and the expected result after costs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from levelhead.claims.judge import ends_of_plan, frictions_of, plan_ends
from levelhead.claims.text import claim_text
from levelhead.domain.bars import Bars
from levelhead.domain.claim import Chance, Plan
from levelhead.domain.errors import BadClaim
from levelhead.domain.instrument import Instrument
from levelhead.forecast.base_rates import Pasts, Rate, past_ends
from levelhead.forecast.forecast import Forecast
from levelhead.forecast.price import chance, check_horizon
from levelhead.forecast.shares import Estimated, mean_of, share_of
from levelhead.kernels.plans import EXPIRED, STOP, TARGET, UNDECIDED, Ends, Extremes, Frictions, extremes_of
from levelhead.kernels.windows import windows_apart


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
    high: float
    filled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What became of a plan on earlier start days. ends: the rate of each of `_hits` among the filled; the rest as in PlanPrice."""

    fill: Rate | None
    ends: Sequence[Rate | None]
    low: float | None = None
    high: float | None = None
    error: float | None = None
    count: int = 0
    windows: int = 0


class PlanPricer:
    """Prices plans of one day over one set of paths. What they share is worked out once, and their past where it is asked for.

    costs: in points; by default those of the instrument. pasts: of the bars, where claims share them.
    """

    def __init__(self, forecast: Forecast, bars: Bars, *, costs: Frictions | None = None, pasts: Pasts | None = None) -> None:
        self._forecast = forecast
        self._pasts = Pasts(bars) if pasts is None else pasts
        self._frictions = frictions_of(bars.instrument) if costs is None else costs
        self._ahead: dict[int, Extremes] = {}
        self._priced: dict[Plan, PlanPrice] = {}

    def expect(self, plan: Plan) -> Expected:
        """What the paths say. Raises BadClaim where the plan outlasts them, or none fills it."""
        check_horizon(plan, self._forecast)
        (expected,) = self.expect_all([plan])
        if expected is None:
            raise _never_filled(plan, len(self._forecast.paths.close))
        return expected

    def expect_all(self, trades: Sequence[Plan]) -> list[Expected | None]:
        """What the paths say of several plans, judged in one pass; None of one that no path fills, or that outlasts the paths."""
        count, reach = self._forecast.paths.high.shape
        found: list[Expected | None] = [None] * len(trades)
        for sessions in {plan.exit_within for plan in trades if plan.exit_within <= reach}:
            places = [place for place, plan in enumerate(trades) if plan.exit_within == sessions]
            together = [trades[place] for place in places]
            ends = plan_ends(together, self._forecast.paths, self._frictions, self._extremes(sessions))
            for place, plan, end in zip(places, together, ends, strict=True):
                filled = len(end.rows)
                if filled:
                    high = float(end.best.mean())
                    found[place] = Expected(
                        plan=plan, fill=share_of(filled, count), low=mean_of(end.worst), high=high, filled=filled
                    )
        return found

    def price(self, expected: Expected) -> PlanPrice:
        """The whole price: every target, and what the instrument's own past says."""
        if expected.plan not in self._priced:
            self._priced[expected.plan] = self._whole(expected)
        return self._priced[expected.plan]

    def _whole(self, expected: Expected) -> PlanPrice:
        plan = expected.plan
        ends = ends_of_plan(plan, self._forecast.paths, self._frictions, self._extremes(plan.exit_within))
        before = self._before(plan)
        fill, rates = (None, [None] * (len(plan.targets) + 2)) if before is None else (before.fill, before.ends)
        shares = [share_of(hits, expected.filled) for hits in _hits(ends)]
        *targets, stop, expired = (chance(now, past) for now, past in zip(shares, rates, strict=True))
        return PlanPrice(
            fill=chance(expected.fill, fill),
            targets=tuple(targets),
            stop=stop,
            expired=expired,
            expected_low=expected.low.value,
            expected_high=expected.high,
            expected_error=expected.low.error,
            base_low=None if before is None else before.low,
            base_high=None if before is None else before.high,
            base_error=None if before is None else before.error,
            base_count=0 if before is None else before.count,
            base_windows=0 if before is None else before.windows,
            undecided=int(np.count_nonzero(ends.outcomes[0] == UNDECIDED)) / expected.filled,
            filled=expected.filled,
        )

    def _before(self, plan: Plan) -> _Before | None:
        """What became of the plan on earlier start days; None where there are none."""
        past = self._pasts.of(plan.exit_within)
        if past is None:
            return None
        ends = past_ends(plan, past, self._frictions, self._pasts.extremes(plan.exit_within))
        total, filled = len(past.starts), len(ends.rows)
        fill = Rate(value=filled / total, count=total, windows=-(-total // plan.exit_within))
        if not filled:
            return _Before(fill=fill, ends=[None] * (len(plan.targets) + 2))
        windows = windows_apart(past.starts[ends.rows], plan.exit_within)
        low, high = (math.fsum(each.tolist()) / filled for each in (ends.worst, ends.best))
        results = np.full(total, np.nan)
        results[ends.rows] = ends.worst
        return _Before(
            fill=fill,
            ends=[Rate(value=hits / filled, count=filled, windows=windows) for hits in _hits(ends)],
            low=low,
            high=high,
            # of overlapping results, as if only as many of them counted as windows do not overlap
            error=float(np.nanstd(results)) / math.sqrt(windows),
            count=filled,
            windows=windows,
        )

    def _extremes(self, sessions: int) -> Extremes:
        if sessions not in self._ahead:
            self._ahead[sessions] = extremes_of(self._forecast.paths, sessions)
        return self._ahead[sessions]


def price_plan(plan: Plan, forecast: Forecast, bars: Bars, *, costs: Frictions | None = None) -> PlanPrice:
    """The price of `plan` over the forecast's paths, the same over the instrument's own past beside it.

    costs: in points; by default those of the instrument. Raises BadClaim where the plan outlasts the paths, or no path fills
    it.
    """
    pricer = PlanPricer(forecast, bars, costs=costs)
    return pricer.price(pricer.expect(plan))


def _hits(ends: Ends) -> list[int]:
    """How often each target is reached by a position held for it; then how often the first's ends at the stop, or expires."""
    first = ends.outcomes[0]
    hits = [*(outcome == TARGET for outcome in ends.outcomes), first == STOP, first == EXPIRED]
    return [int(np.count_nonzero(hit)) for hit in hits]


def _never_filled(plan: Plan, paths: int) -> BadClaim:
    return BadClaim(
        f"'{claim_text(plan)}': none of {paths:,} simulated paths fills the order in {plan.fill_within} sessions; "
        "enter nearer to the last price, or let the order stand longer."
    )
