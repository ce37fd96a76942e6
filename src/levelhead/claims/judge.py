"""Which outcome a claim has on given paths: which kernel judges it, and what its codes mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from levelhead.claims.bench import Bench, within
from levelhead.claims.columns import ColumnOf, no_columns
from levelhead.claims.logic import combined
from levelhead.claims.outcomes import OPEN as OPEN
from levelhead.claims.outcomes import UNDECIDED as UNDECIDED
from levelhead.claims.outcomes import outcomes_of as outcomes_of
from levelhead.claims.outcomes import prices_of as prices_of
from levelhead.claims.outcomes import sessions_of as sessions_of
from levelhead.domain.claim import Claim, Plan, Split
from levelhead.domain.claim_tree import leaves_of
from levelhead.domain.errors import BadClaim
from levelhead.domain.event import Measure, Price
from levelhead.domain.instrument import Instrument
from levelhead.kernels import first_touch as touches
from levelhead.kernels import plans
from levelhead.kernels.along import in_force
from levelhead.kernels.first_touch import Codes, Level
from levelhead.kernels.paths import PathBars
from levelhead.kernels.plans import Frictions, Order, PlanResults


class Verdicts(NamedTuple):
    """What each path brings: codes, int8, shape (paths,), index `outcomes`.

    UNDECIDED (-1) where bars do not show it, OPEN (-2) where a path ends before the claim is settled.
    """

    outcomes: tuple[str, ...]
    codes: Codes


def frictions_of(instrument: Instrument) -> Frictions:
    """What trading the instrument costs, in points: one tick through limits, slippage, commission of both sides."""
    commission = 0.0 if instrument.point_value is None else 2 * instrument.commission / instrument.point_value
    return Frictions(instrument.step, instrument.slippage_ticks * instrument.step, commission)


def judge(
    claim: Claim,
    paths: PathBars,
    last: Level,
    *,
    prices: tuple[Level, ...] | None = None,
    frictions: Frictions | None = None,
    columns: ColumnOf = no_columns,
) -> Verdicts:
    """The verdict on each path.

    last: the last price before the path. prices: in place of the claim's own, in the order of prices_of; each, like `last`,
    one for all paths or of shape (paths,). frictions: of a plan; none by default. columns: the measures of the claim along
    the paths. A plan needs paths that hold all its sessions.
    """
    return judge_many([claim], paths, last, prices=None if prices is None else [prices], frictions=frictions, columns=columns)[0]


def judge_many(
    claims: Sequence[Claim],
    paths: PathBars,
    last: Level,
    *,
    prices: Sequence[tuple[Level, ...]] | None = None,
    frictions: Frictions | None = None,
    columns: ColumnOf = no_columns,
) -> list[Verdicts]:
    """The verdicts on each path of several claims, in one pass over the sessions: what they share is judged once.

    prices: for each claim, as in `judge`.
    """
    bench = Bench(paths, last, columns, shares=prices is None)
    given = [prices_of(claim) for claim in claims] if prices is None else prices
    tickets = [_tickets(claim, own, bench) for claim, own in zip(claims, given, strict=True)]
    codes = bench.judged()
    verdicts = []
    for claim, own, numbers in zip(claims, given, tickets, strict=True):
        if isinstance(claim, Split):
            verdicts.append(_split(claim, paths, own, columns))
        elif isinstance(claim, Plan):
            verdicts.append(Verdicts(outcomes_of(claim), _plan(claim, paths, own, frictions)))
        else:
            verdicts.append(Verdicts(outcomes_of(claim), combined(claim, iter([codes[number] for number in numbers]))))
    return verdicts


def judge_plan(
    plan: Plan,
    paths: PathBars,
    *,
    prices: tuple[Level, ...] | None = None,
    frictions: Frictions | None = None,
    extremes: plans.Extremes | None = None,
) -> PlanResults:
    """What becomes of a plan on each path, which must hold its sessions: by target, with its result in R.

    extremes: of these paths, where several plans share them.
    """
    _check_reach([plan], paths)
    order = _order(plan, prices_of(plan) if prices is None else prices)
    return plans.plan_results(paths, order, frictions or Frictions(), extremes)


def ends_of_plan(
    plan: Plan,
    paths: PathBars,
    frictions: Frictions,
    extremes: plans.Extremes,
    *,
    prices: tuple[Level, ...] | None = None,
) -> plans.Ends:
    """The same of the paths that fill it alone."""
    _check_reach([plan], paths)
    return plans.ends_of(paths, _order(plan, prices_of(plan) if prices is None else prices), frictions, extremes)


def plan_ends(trades: Sequence[Plan], paths: PathBars, frictions: Frictions, extremes: plans.Extremes) -> list[plans.Ends]:
    """The results of several plans that exit within the same sessions, out at their first targets, judged in one pass."""
    _check_reach(trades, paths)
    return plans.plan_ends(paths, [_order(plan, prices_of(plan)) for plan in trades], frictions, extremes)


def _check_reach(trades: Sequence[Plan], paths: PathBars) -> None:
    longest = max(plan.exit_within for plan in trades)
    if paths.high.shape[1] < longest:
        raise BadClaim(f"A plan of {longest} sessions needs paths of as many, these have {paths.high.shape[1]}.")


def _order(plan: Plan, prices: tuple[Level, ...]) -> Order:
    return Order(
        is_long=plan.side == "long",
        is_limit=plan.order == "limit",
        entry=prices[0],
        stop=prices[1],
        targets=tuple(prices[2:]),
        fill_within=plan.fill_within,
        exit_within=plan.exit_within,
    )


def _tickets(claim: Claim, prices: tuple[Level, ...], bench: Bench) -> list[int]:
    """The numbers under which the leaves of a claim are judged."""
    if isinstance(claim, Split | Plan):
        return []
    numbers = iter(prices)
    return [bench.take(leaf, tuple(islice(numbers, len(prices_of(leaf))))) for leaf in leaves_of(claim)]


def _split(claim: Split, paths: PathBars, prices: tuple[Level, ...], columns: ColumnOf) -> Verdicts:
    numbers, length = iter(prices), paths.close.shape[1]
    upper, lower = (_in_force(price, numbers, columns, claim.sessions) for price in (claim.upper, claim.lower))
    codes = _SPLIT_CODES[touches.first_touch(within(paths, claim.sessions), upper, lower)]
    if length < claim.sessions:
        codes = np.where(codes == _RANGE, OPEN, codes).astype(np.int8)
    return Verdicts(outcomes_of(claim), codes)


def _in_force(price: Price, numbers: Iterator[Level], columns: ColumnOf, sessions: int) -> Level:
    if not isinstance(price, Measure):
        return next(numbers)
    start, along = columns(price)
    return in_force(start, along[:, :sessions])[:, :-1]


def _plan(plan: Plan, paths: PathBars, prices: tuple[Level, ...], frictions: Frictions | None) -> Codes:
    codes = judge_plan(plan, paths, prices=prices, frictions=frictions).outcomes[0]
    return np.where(codes == plans.UNDECIDED, UNDECIDED, codes).astype(np.int8)


# Indexed by the codes of first_touch, of which DOWN is -1, the last: NEITHER, UP, UNDECIDED, DOWN.
_SPLIT_CODES = np.array([1, 0, UNDECIDED, 2], dtype=np.int8)
_RANGE = 1
