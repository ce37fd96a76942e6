"""What one bar may have done: every way from its open through its extremes to its close.

A bar is open, then its extremes in some order, then close, connected; the price may wander in between, but never beyond the
extremes. From the close before to the open it jumps straight. A chain of steps inside a bar is decided where every such way
agrees. Prices matter here by their order alone, so a bar is a row of ranks, and what one order allows is worked out once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

UP, DOWN, AT = 1, -1, 0
"""Where a level lies from where a step began: it has to be reached upwards, downwards, or it is that very price."""


class Reach(NamedTuple):
    """To trade at the level `slot`, or beyond it where `strict`."""

    slot: int
    strict: bool


class Keep(NamedTuple):
    """To trade nowhere outside two levels."""

    low: int
    high: int


class Wait(NamedTuple):
    """For what closes decide: nothing inside a bar moves it."""


class Chain(NamedTuple):
    """Steps one after the other; `before` ends all hope where it happens first."""

    steps: tuple[Reach | Keep | Wait, ...]
    before: Reach | None


class State(NamedTuple):
    """The step that is due, and for a Reach the side on which its level lies."""

    step: int
    side: int


FAILED = State(-1, 0)


class BarRanks(NamedTuple):
    """The order of a bar's prices and of the levels: equal prices have equal ranks. before: the close before."""

    before: int
    open: int
    high: int
    low: int
    close: int
    levels: tuple[int, ...]


def ranks_of(before: float, bar: tuple[float, float, float, float], levels: Sequence[float]) -> BarRanks:
    """The ranks of one bar (open, high, low, close): for each price how many of them lie below it."""
    prices = [before, *bar, *levels]
    found = [sum(other < price for other in prices) for price in prices]
    return BarRanks(found[0], found[1], found[2], found[3], found[4], tuple(found[5:]))


def done(chain: Chain) -> State:
    """The state in which every step is done."""
    return State(len(chain.steps), 0)


@lru_cache(maxsize=100_000)
def after_bar(chain: Chain, bar: BarRanks, state: State, before_side: int) -> frozenset[State]:
    """The states that some way through the bar leads to, from `state` at the close before.

    before_side: on which side the level of `chain.before` lay when the chain began.
    """
    bar = _dense(bar)
    position, end = bar.before, bar.open
    state = _moved(chain, state, before_side, position, bar.levels)
    while position != end:
        position += 1 if end > position else -1
        state = _moved(chain, state, before_side, position, bar.levels)
    return _wandered(chain, bar, state, before_side)


def entered(chain: Chain, step: int, position: float, levels: Sequence[float]) -> State:
    """The state as step number `step` becomes due at `position`; a price that is there already is reached at once."""
    while step < len(chain.steps):
        due = chain.steps[step]
        if isinstance(due, Keep):
            return State(step, 0) if levels[due.low] <= position <= levels[due.high] else FAILED
        if isinstance(due, Wait):
            return State(step, 0)
        side = side_of(levels[due.slot], position)
        if side != AT or due.strict:
            return State(step, side)
        step += 1
    return done(chain)


def side_of(level: float, position: float) -> int:
    """Where the level lies, seen from `position`."""
    return UP if level > position else DOWN if level < position else AT


def _moved(chain: Chain, state: State, before_side: int, position: float, levels: Sequence[float]) -> State:
    """The state once the price has been at `position`."""
    if state in (FAILED, done(chain)):
        return state
    if chain.before is not None and _is_reached(chain.before, before_side, position, levels):
        return FAILED
    due = chain.steps[state.step]
    if isinstance(due, Reach) and _is_reached(due, state.side, position, levels):
        return entered(chain, state.step + 1, position, levels)
    if isinstance(due, Keep) and not levels[due.low] <= position <= levels[due.high]:
        return FAILED
    return state


def _is_reached(due: Reach, side: int, position: float, levels: Sequence[float]) -> bool:
    level = levels[due.slot]
    if position == level:
        return not due.strict
    if side == AT:
        return True
    return position > level if side == UP else position < level


def _wandered(chain: Chain, bar: BarRanks, state: State, before_side: int) -> frozenset[State]:
    """Every state at the close, over all ways between low and high that visit both."""
    start = (bar.open, bar.open == bar.low, bar.open == bar.high, state)
    seen, due, ends = {start}, [start], set()
    while due:
        position, was_low, was_high, reached = due.pop()
        if position == bar.close and was_low and was_high:
            ends.add(reached)
        for there in (position - 1, position + 1):
            if bar.low <= there <= bar.high:
                then = _moved(chain, reached, before_side, there, bar.levels)
                node = (there, was_low or there == bar.low, was_high or there == bar.high, then)
                if node not in seen:
                    seen.add(node)
                    due.append(node)
    return frozenset(ends)


def _dense(bar: BarRanks) -> BarRanks:
    """The same order in even numbers without gaps: the odd ones between them stand for the prices in between."""
    prices = sorted({bar.before, bar.open, bar.high, bar.low, bar.close, *bar.levels})
    place = {price: 2 * number for number, price in enumerate(prices)}
    return BarRanks(
        place[bar.before],
        place[bar.open],
        place[bar.high],
        place[bar.low],
        place[bar.close],
        tuple(place[level] for level in bar.levels),
    )
