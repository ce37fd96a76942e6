"""What became of a plan on the sessions that followed: the stories that its trade may have had, each with its prices.

Limits are filled by a trade one tick through them, at the open of a bar that opens through; stops at the open of a bar that opens
beyond, else a tick worse. What a session's one bar leaves open is told by its shorter bars where there are any, as far as they fit
it; else the outcome is 'undecided', its results bounded by the worst story and the best. All out at the first target.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from levelhead.claims.judge import frictions_of
from levelhead.claims.meters import Bar
from levelhead.domain.claim import Plan
from levelhead.domain.instrument import Instrument
from levelhead.kernels import plan_of_path as reading
from levelhead.kernels.plan_of_path import LongPlan
from levelhead.kernels.plans import EXPIRED, STOP, TARGET
from levelhead.ledger.outcome import OPEN, UNDECIDED
from levelhead.ledger.sequel import Leg

_WAITING, _IN_TRADE, _UNFILLED = "waiting", "in trade", "unfilled"
_ENDS = {TARGET: "target", STOP: "stop", EXPIRED: "expired"}
# A price that is one tick through but for the last bits of its float is through.
_TICK_SLACK = 1e-6


class Story(NamedTuple):
    """Where a trade may stand, and the prices it went in and out at."""

    state: str
    entry: float = 0.0
    exit: float = 0.0


class Trade(NamedTuple):
    """outcome, the sessions that passed, and the result in R after costs of the worst and the best story; None where unfilled."""

    outcome: str
    passed: int
    worst: float | None = None
    best: float | None = None


def followed(plan: Plan, legs: Sequence[Leg], instrument: Instrument, rest: Bar | None = None) -> Trade:
    """What became of `plan` on the sessions `legs`; rest: what may have been left of the bar it was made in."""
    long, sign = long_of(plan, instrument), 1.0 if plan.side == "long" else -1.0
    stories = {Story(_WAITING)}
    for passed, leg in enumerate(legs[: plan.exit_within], 1):
        if leg.bar is None:
            is_over = len(legs) >= plan.exit_within
            return Trade(UNDECIDED, plan.exit_within) if is_over else Trade(OPEN, len(legs))
        if rest is not None and passed == 1:
            stories = _after(stories, [rest], long, sign)
        stories = _told(stories, leg, long, sign)
        stories = {_at_close(story, passed, leg.bar.close * sign, plan, long) for story in stories}
        if not {story.state for story in stories} & {_WAITING, _IN_TRADE}:
            return _ended(stories, passed, long)
    return Trade(OPEN, len(legs))


def long_of(plan: Plan, instrument: Instrument) -> LongPlan:
    """The plan as a long at the instrument's own costs; a short upside down."""
    frictions, sign = frictions_of(instrument), 1.0 if plan.side == "long" else -1.0
    return LongPlan(
        is_limit=plan.order == "limit",
        entry=sign * plan.entry,
        stop=sign * plan.stop,
        target=sign * plan.targets[0],
        fill_within=plan.fill_within,
        exit_within=plan.exit_within,
        through=float(frictions.tick) * (1 - _TICK_SLACK),
        slippage=float(frictions.slippage),
        commission=float(frictions.commission),
    )


def together(trades: Sequence[Trade]) -> Trade:
    """One trade, where a part of the path may have gone several ways. What is not filled pays nothing."""
    if any(trade.outcome == OPEN for trade in trades):
        return next(trade for trade in trades if trade.outcome == OPEN)
    outcomes, passed = {trade.outcome for trade in trades}, max(trade.passed for trade in trades)
    if outcomes == {_UNFILLED}:
        return Trade(_UNFILLED, passed)
    outcome = outcomes.pop() if len(outcomes) == 1 else UNDECIDED
    if any(trade.worst is None and trade.outcome == UNDECIDED for trade in trades):
        return Trade(outcome, passed)
    worst, best = min(trade.worst or 0.0 for trade in trades), max(trade.best or 0.0 for trade in trades)
    return Trade(outcome, passed, worst, best)


def _told(stories: set[Story], leg: Leg, long: LongPlan, sign: float) -> set[Story]:
    """The stories after a session: by its one bar, and where that leaves several open, by its shorter bars."""
    if leg.bar is None:
        return stories
    after = _after(stories, [leg.bar], long, sign)
    states = {story.state for story in after}
    if len(states) > 1 and leg.finer:
        closer = _after(stories, leg.finer, long, sign)
        told = {story.state for story in closer}
        # shorter bars of another feed may not have been where the session's bar was
        if told < states:
            return closer
    return after


def _after(stories: set[Story], bars: Iterable[Bar], long: LongPlan, sign: float) -> set[Story]:
    for bar in bars:
        turned = reading.Bar(*bar) if sign > 0 else reading.Bar(-bar.open, -bar.low, -bar.high, -bar.close)
        stories = {after for story in stories for after in _next(story, turned, long)}
    return stories


def _next(story: Story, bar: reading.Bar, long: LongPlan) -> Iterable[Story]:
    if story.state == _IN_TRADE:
        return _parted(story.entry, reading.stories_of_bar(bar, long))
    price = reading.fill_price(bar, long) if story.state == _WAITING else None
    return [story] if price is None else _parted(price, reading.stories_of_fill_bar(bar, long))


def _parted(entry: float, stories: Sequence[reading.Story | None]) -> list[Story]:
    return [Story(_IN_TRADE, entry) if story is None else Story(_ENDS[story[0]], entry, story[1]) for story in stories]


def _at_close(story: Story, passed: int, close: float, plan: Plan, long: LongPlan) -> Story:
    if story.state == _WAITING and passed == plan.fill_within:
        return Story(_UNFILLED)
    if story.state == _IN_TRADE and passed == plan.exit_within:
        return Story("expired", story.entry, close - long.slippage)
    return story


def _ended(stories: set[Story], passed: int, long: LongPlan) -> Trade:
    risk = long.entry - long.stop
    states = {story.state for story in stories}
    if states == {_UNFILLED}:
        return Trade(_UNFILLED, passed)
    results = [
        0.0 if story.state == _UNFILLED else (story.exit - story.entry - long.commission) / risk for story in sorted(stories)
    ]
    return Trade(states.pop() if len(states) == 1 else UNDECIDED, passed, min(results), max(results))
