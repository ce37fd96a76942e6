"""The truth of a claim on paths, simulated or real: which kernel judges it, and what its codes mean."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from levelhead.domain.claim import Claim, CloseAt, Plan, Split, Touch
from levelhead.domain.instrument import Instrument
from levelhead.kernels import first_touch as touches
from levelhead.kernels import plans
from levelhead.kernels.first_touch import Codes, Level
from levelhead.kernels.paths import PathBars
from levelhead.kernels.plans import Frictions, Order, PlanResults

UNDECIDED = -1


class Verdicts(NamedTuple):
    """What each path brings: codes, int8, shape (paths,), index `outcomes`; UNDECIDED (-1) where bars do not show it."""

    outcomes: tuple[str, ...]
    codes: Codes


def outcomes_of(claim: Claim) -> tuple[str, ...]:
    """The outcomes of a claim; exactly one of them happens."""
    if isinstance(claim, Split):
        return ("up", "range", "down")
    return ("unfilled", "target", "stop", "expired") if isinstance(claim, Plan) else ("true", "false")


def sessions_of(claim: Claim) -> int:
    """How many sessions a claim stands at most."""
    return claim.exit_within if isinstance(claim, Plan) else claim.sessions


def prices_of(claim: Claim) -> tuple[float, ...]:
    """The prices of a claim, in the order in which its text names them."""
    if isinstance(claim, Split):
        return (claim.upper, claim.lower)
    return (claim.entry, claim.stop, *claim.targets) if isinstance(claim, Plan) else (claim.price,)


def frictions_of(instrument: Instrument) -> Frictions:
    """What trading the instrument costs, in points: one tick through limits, slippage, commission of both sides."""
    commission = 0.0 if instrument.point_value is None else 2 * instrument.commission / instrument.point_value
    return Frictions(instrument.step, instrument.slippage_ticks * instrument.step, commission)


def judge(
    claim: Claim, paths: PathBars, last: Level, *, prices: tuple[Level, ...] | None = None, frictions: Frictions | None = None
) -> Verdicts:
    """The verdict on each path, which must hold the sessions of the claim at least.

    last: the last price before the path. prices: in place of the claim's own, in the order of prices_of; each, like `last`,
    one for all paths or of shape (paths,). frictions: of a plan; none by default.
    """
    prices = prices_of(claim) if prices is None else prices
    outcomes = outcomes_of(claim)
    if isinstance(claim, Split):
        verdicts = touches.first_touch(_within(paths, claim.sessions), prices[0], prices[1])
        return Verdicts(outcomes, _SPLIT_CODES[verdicts])
    if isinstance(claim, Touch):
        return Verdicts(outcomes, np.where(touches.touch(_within(paths, claim.sessions), prices[0], last), 0, 1).astype(np.int8))
    if isinstance(claim, CloseAt):
        is_true = touches.close_beyond(paths, prices[0], claim.sessions, above=claim.side == "above")
        return Verdicts(outcomes, np.where(is_true, 0, 1).astype(np.int8))
    codes = judge_plan(claim, paths, prices=prices, frictions=frictions).outcomes[0]
    return Verdicts(outcomes, np.where(codes == plans.UNDECIDED, UNDECIDED, codes).astype(np.int8))


def judge_plan(
    plan: Plan, paths: PathBars, *, prices: tuple[Level, ...] | None = None, frictions: Frictions | None = None
) -> PlanResults:
    """What becomes of a plan on each path: by target, with its result in R."""
    prices = prices_of(plan) if prices is None else prices
    order = Order(
        is_long=plan.side == "long",
        is_limit=plan.order == "limit",
        entry=prices[0],
        stop=prices[1],
        targets=tuple(prices[2:]),
        fill_within=plan.fill_within,
        exit_within=plan.exit_within,
    )
    return plans.plan_results(paths, order, frictions or Frictions())


def _within(paths: PathBars, sessions: int) -> PathBars:
    return PathBars(*(column[:, :sessions] for column in paths))


# Indexed by the codes of first_touch, of which DOWN is -1, the last: NEITHER, UP, UNDECIDED, DOWN.
_SPLIT_CODES = np.array([1, 0, UNDECIDED, 2], dtype=np.int8)
