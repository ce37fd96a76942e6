"""An event watched bar by bar: every state it may be in, given that a bar does not show the order of what it did."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from levelhead.claims.meters import Bar, Panel
from levelhead.domain.event import Closes, Compare, Event, Measure, Price, Reach, Stay, Step
from levelhead.kernels import ways
from levelhead.kernels.ways import FAILED, State, after_bar, ranks_of


class Standing(NamedTuple):
    """A state, and for closes in a row how many there have been."""

    state: State
    closes: int = 0


class EventWatch:
    """The standings that are possible after each bar. A step that only closes decide passes through a bar untouched."""

    def __init__(self, event: Event, panel: Panel) -> None:
        self._event = event
        self._prices: list[Price] = []
        self._shape = ways.Chain(
            tuple(self._shaped(step) for step in event.steps),
            self._shaped_before(event.before),
        )
        self._session = 0
        self._before_closes = 0
        self._last = panel.last
        levels = self._levels(panel)
        self._before_side = 0 if self._shape.before is None else ways.side_of(levels[self._shape.before.slot], panel.last)
        self._possible = {Standing(ways.entered(self._shape, 0, panel.last, levels))}
        self._run = 0

    @property
    def status(self) -> str:
        """'open', 'true', 'false' or 'undecided'."""
        ends = {self._end(standing.state) for standing in self._possible}
        if "open" in ends:
            return "open"
        return ends.pop() if len(ends) == 1 else "undecided"

    def trade(self, bars: Sequence[Bar], panel: Panel) -> None:
        """What the session did before its close: one bar, or the finer ones it is made of."""
        if self._is_over:
            return
        for bar in bars:
            self._possible = {after for standing in self._possible for after in self._after(standing, bar, panel)}
            self._last = bar.close

    def close(self, panel: Panel) -> None:
        """What the close of the session did; `panel` has been fed its bar."""
        if self._is_over:
            return
        self._session += 1
        self._last = panel.last
        if self._event.is_at:
            self._close_at(panel)
            return
        if isinstance(self._event.before, Closes | Compare):
            self._before_closes = self._before_closes + 1 if _holds(self._event.before, panel) else 0
            if self._before_closes >= _count(self._event.before):
                self._possible = {s if s.state == ways.done(self._shape) else Standing(FAILED) for s in self._possible}
        self._possible = {self._closed(standing, panel) for standing in self._possible}

    @property
    def _is_over(self) -> bool:
        return self._session >= self._event.sessions

    def _end(self, state: State) -> str:
        if state in (FAILED, ways.done(self._shape)):
            return "false" if state == FAILED else "true"
        if not self._is_over:
            return "open"
        return "true" if isinstance(self._event.steps[state.step], Stay) else "false"

    def _after(self, standing: Standing, bar: Bar, panel: Panel) -> set[Standing]:
        ranks = ranks_of(self._last, bar, self._levels(panel))
        found = after_bar(self._shape, ranks, standing.state, self._before_side)
        return {standing if state == standing.state else Standing(state) for state in found}

    def _closed(self, standing: Standing, panel: Panel) -> Standing:
        if standing.state in (FAILED, ways.done(self._shape)):
            return standing
        number, step = standing.state.step, self._event.steps[standing.state.step]
        if isinstance(step, Stay) and step.by_close:
            is_inside = self._level(step.low, panel) <= panel.last <= self._level(step.high, panel)
            return standing if is_inside else Standing(FAILED)
        if not isinstance(step, Closes | Compare):
            return standing
        if not _holds(step, panel):
            return Standing(standing.state)
        if standing.closes + 1 < _count(step):
            return Standing(standing.state, standing.closes + 1)
        return Standing(ways.entered(self._shape, number + 1, panel.last, self._levels(panel)))

    def _close_at(self, panel: Panel) -> None:
        step = self._event.steps[0]
        if isinstance(step, Closes | Compare):
            self._run = self._run + 1 if _holds(step, panel) else 0
            if self._is_over and self._run >= _count(step):
                self._possible = {Standing(ways.done(self._shape))}

    def _shaped(self, step: Step) -> ways.Reach | ways.Keep | ways.Wait:
        if isinstance(step, Reach):
            self._prices.append(step.price)
            return ways.Reach(len(self._prices) - 1, step.through)
        if isinstance(step, Stay) and not step.by_close:
            self._prices += [step.low, step.high]
            return ways.Keep(len(self._prices) - 2, len(self._prices) - 1)
        return ways.Wait()

    def _shaped_before(self, step: Step | None) -> ways.Reach | None:
        shaped = None if step is None else self._shaped(step)
        return shaped if isinstance(shaped, ways.Reach) else None

    def _levels(self, panel: Panel) -> list[float]:
        """The prices to reach, averages as they stood at the latest close."""
        return [self._level(price, panel) for price in self._prices]

    def _level(self, price: Price, panel: Panel) -> float:
        return level_of(price, panel)


def level_of(price: Price, panel: Panel) -> float:
    """A price as it stands; an average at the latest close."""
    if isinstance(price, Measure):
        return panel.of(price).value
    return price if isinstance(price, float | int) else math.nan


def _count(step: Closes | Compare) -> int:
    return step.count if isinstance(step, Closes) else 1


def _holds(step: Closes | Compare, panel: Panel) -> bool:
    """Whether the latest close does what the step asks of one."""
    if isinstance(step, Closes):
        level = level_of(step.price, panel)
        return panel.last > level if step.side == "above" else panel.last < level
    left = panel.of(step.left)
    right = panel.of(step.right) if isinstance(step.right, Measure) else None
    limit = level_of(step.right, panel)
    is_above = step.relation.endswith("above")
    now = left.value > limit if is_above else left.value < limit
    if not step.relation.startswith("crosses"):
        return now
    before = limit if right is None else right.previous
    return now and not (left.previous > before if is_above else left.previous < before)
