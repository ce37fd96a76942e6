"""What becomes of one long plan on one path, bar by bar, as one reads it: the version that plans.py must agree with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from levelhead.kernels.plans import EXPIRED, STOP, TARGET, UNDECIDED, UNFILLED


class Bar(NamedTuple):
    """One bar."""

    open: float
    high: float
    low: float
    close: float


class LongPlan(NamedTuple):
    """A long in numbers, with one target. through: points beyond a limit that fill it."""

    is_limit: bool
    entry: float
    stop: float
    target: float
    fill_within: int
    exit_within: int
    through: float = 0.0
    slippage: float = 0.0
    commission: float = 0.0

    @property
    def far(self) -> float:
        """Where the target, a limit, is sure to be filled."""
        return self.target + self.through


class Ending(NamedTuple):
    """outcome as in plans.py; fill_bar from 0, or -1; result in R, None where unfilled or undecided; its bounds likewise."""

    outcome: int
    fill_bar: int
    result: float | None
    worst: float | None = None
    best: float | None = None


Story = tuple[int, float]  # outcome and exit price


def plan_of_path(bars: Sequence[Bar], plan: LongPlan) -> Ending:
    """The ending of `plan` on one path of at least plan.exit_within bars."""
    for number, bar in enumerate(bars[: plan.fill_within]):
        price = fill_price(bar, plan)
        if price is not None:
            stories = stories_of_fill_bar(bar, plan)
            told = [story for story in stories if story]
            if None in stories:
                told += stories_after(bars[number + 1 : plan.exit_within], plan, bar.close)
            return _together(told, number, price, plan)
    return Ending(UNFILLED, -1, None)


def fill_price(bar: Bar, plan: LongPlan) -> float | None:
    """What the entry is filled at in this bar, or None."""
    if plan.is_limit:
        if bar.open <= plan.entry - plan.through:
            return bar.open
        return plan.entry if bar.low <= plan.entry - plan.through else None
    if bar.open > plan.entry:
        return bar.open
    return plan.entry + plan.slippage if bar.high >= plan.entry else None


def stories_of_fill_bar(bar: Bar, plan: LongPlan) -> list[Story | None]:
    """How the bar of the fill may have ended the trade; None stands for 'still open at its close'."""
    is_open_filled = bar.open <= plan.entry - plan.through if plan.is_limit else bar.open >= plan.entry
    if is_open_filled:
        return stories_of_bar(bar, plan)
    at_target, at_stop = (TARGET, plan.target), (STOP, plan.stop - plan.slippage)
    reaches_target, reaches_stop = bar.high >= plan.far, bar.low <= plan.stop
    if reaches_target and reaches_stop:
        return [at_target, at_stop]
    if reaches_stop:
        # Below a limit lies its stop; but the low may have come before the price rose to a stop order.
        return [at_stop] if plan.is_limit or bar.close <= plan.stop else [at_stop, None]
    if reaches_target:
        return [at_target] if not plan.is_limit or bar.close >= plan.far else [at_target, None]
    return [None]


def stories_of_bar(bar: Bar, plan: LongPlan) -> list[Story | None]:
    """How a bar may end a trade that is open from its start."""
    if bar.open >= plan.far:
        return [(TARGET, bar.open)]
    if bar.open <= plan.stop:
        return [(STOP, bar.open if bar.open < plan.stop else plan.stop - plan.slippage)]
    stories: list[Story | None] = []
    if bar.high >= plan.far:
        stories.append((TARGET, plan.target))
    if bar.low <= plan.stop:
        stories.append((STOP, plan.stop - plan.slippage))
    return stories or [None]


def stories_after(bars: Sequence[Bar], plan: LongPlan, last_close: float) -> list[Story]:
    """How a trade may end that is open at `last_close`, before `bars`."""
    for bar in bars:
        stories = [story for story in stories_of_bar(bar, plan) if story]
        if stories:
            return stories
    return [(EXPIRED, (bars[-1].close if bars else last_close) - plan.slippage)]


def _together(stories: Sequence[Story], number: int, price: float, plan: LongPlan) -> Ending:
    outcomes = {outcome for outcome, _ in stories}
    results = [(price_out - price - plan.commission) / (plan.entry - plan.stop) for _, price_out in stories]
    worst, best = min(results), max(results)
    if len(outcomes) > 1:
        return Ending(UNDECIDED, number, None, worst, best)
    return Ending(outcomes.pop(), number, worst, worst, best)
