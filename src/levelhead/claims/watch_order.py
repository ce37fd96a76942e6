"""A split and a plan watched bar by bar, as one reads them off a chart."""

from __future__ import annotations

from collections.abc import Sequence

from levelhead.claims.meters import Bar, Panel
from levelhead.claims.watch_event import level_of
from levelhead.domain.claim import Plan, Split
from levelhead.kernels import plan_of_path as reading
from levelhead.kernels.first_touch import DOWN, NEITHER, UP, first_touch_of_path
from levelhead.kernels.plan_of_path import LongPlan
from levelhead.kernels.plans import EXPIRED, STOP, TARGET, UNFILLED, Frictions

_WAITING, _IN_TRADE = "waiting", "in trade"
_ENDS = {UNFILLED: "unfilled", TARGET: "target", STOP: "stop", EXPIRED: "expired"}
# A price that is one tick through but for the last bits of its float is through.
_TICK_SLACK = 1e-6


class SplitWatch:
    """Which of two prices trades first."""

    def __init__(self, claim: Split) -> None:
        self._claim, self._session = claim, 0
        self.status = "open"

    def trade(self, bars: Sequence[Bar], panel: Panel) -> None:
        """The next session: one bar, or the finer ones it is made of."""
        if self.status != "open":
            return
        upper, lower = (level_of(price, panel) for price in (self._claim.upper, self._claim.lower))
        opens, highs, lows = ([getattr(bar, column) for bar in bars] for column in ("open", "high", "low"))
        first = first_touch_of_path(opens, highs, lows, upper, lower)
        self._session += 1
        if first != NEITHER:
            self.status = "up" if first == UP else "down" if first == DOWN else "undecided"
        elif self._session == self._claim.sessions:
            self.status = "range"


class PlanWatch:
    """The stories that a trade may have had so far: waiting for its fill, in the trade, or ended; held for the first target."""

    def __init__(self, plan: Plan, frictions: Frictions) -> None:
        self._plan, self._session = plan, 0
        self._sign = 1.0 if plan.side == "long" else -1.0
        self._long = LongPlan(
            is_limit=plan.order == "limit",
            entry=self._sign * plan.entry,
            stop=self._sign * plan.stop,
            target=self._sign * plan.targets[0],
            fill_within=plan.fill_within,
            exit_within=plan.exit_within,
            through=float(frictions.tick) * (1 - _TICK_SLACK),
            slippage=float(frictions.slippage),
        )
        self._stories: set[str] = {_WAITING}

    @property
    def is_filled(self) -> bool:
        """Whether the order has been filled on every story."""
        return not self._stories & {_WAITING, "unfilled"}

    @property
    def status(self) -> str:
        """'open', 'unfilled', 'target', 'stop', 'expired' or 'undecided'."""
        if self._stories & {_WAITING, _IN_TRADE}:
            return "open"
        return next(iter(self._stories)) if len(self._stories) == 1 else "undecided"

    def trade(self, bars: Sequence[Bar], panel: Panel) -> None:
        """The next session: one bar, or the finer ones it is made of."""
        for bar in bars:
            self._stories = {after for story in self._stories for after in self._after(story, self._turned(bar))}
        self._session += 1
        if self._session == self._plan.fill_within:
            self._stories = {"unfilled" if story == _WAITING else story for story in self._stories}
        if self._session == self._plan.exit_within:
            self._stories = {"expired" if story == _IN_TRADE else story for story in self._stories}

    def _after(self, story: str, bar: reading.Bar) -> set[str]:
        if story == _IN_TRADE:
            return _told(reading.stories_of_bar(bar, self._long))
        if story == _WAITING and reading.fill_price(bar, self._long) is not None:
            return _told(reading.stories_of_fill_bar(bar, self._long))
        return {story}

    def _turned(self, bar: Bar) -> reading.Bar:
        """The bar as it is for a long; for a short upside down."""
        return reading.Bar(*bar) if self._sign > 0 else reading.Bar(-bar.open, -bar.low, -bar.high, -bar.close)


def _told(stories: Sequence[reading.Story | None]) -> set[str]:
    return {_IN_TRADE if story is None else _ENDS[story[0]] for story in stories}
