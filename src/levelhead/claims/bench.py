"""Where the leaves of claims wait to be judged on one set of paths, all in one pass; equal ones once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from levelhead.claims.columns import ColumnOf
from levelhead.claims.outcomes import FALSE, OPEN, TRUE
from levelhead.domain.claim import CloseAt, Touch
from levelhead.domain.claim_tree import Leaf
from levelhead.domain.errors import BadClaim
from levelhead.domain.event import Closes, Compare, Measure, Price, Reach, Step
from levelhead.kernels import chain
from levelhead.kernels import first_touch as touches
from levelhead.kernels.along import in_force
from levelhead.kernels.chain import Flags, Program, Series
from levelhead.kernels.first_touch import Codes, Level, by_session
from levelhead.kernels.paths import PathBars


def within(paths: PathBars, sessions: int) -> PathBars:
    """The first sessions of each path."""
    return PathBars(*(column[:, :sessions] for column in paths))


class Bench:
    """Takes leaves, then judges them together. shares: whether equal leaves have equal prices on every path."""

    def __init__(self, paths: PathBars, last: Level, columns: ColumnOf, *, shares: bool) -> None:
        self._paths, self._last, self._columns, self._shares = paths, last, columns, shares
        self._numbers: dict[Leaf, int] = {}
        self._done: list[Codes | None] = []
        self._programs: list[Program] = []

    def take(self, leaf: Leaf, prices: tuple[Level, ...]) -> int:
        """The number under which `leaf`, at these prices, is judged."""
        if self._shares and leaf in self._numbers:
            return self._numbers[leaf]
        number = len(self._done)
        self._numbers[leaf] = number
        self._done.append(self._at_once(leaf, prices))
        return number

    def judged(self) -> list[Codes]:
        """The codes of every leaf taken, by number: int8, shape (paths,)."""
        chains = iter(chain.judge_chains(self._paths, self._last, self._programs) if self._programs else [])
        return [next(chains) if codes is None else codes for codes in self._done]

    def _at_once(self, leaf: Leaf, prices: tuple[Level, ...]) -> Codes | None:
        """The codes of a leaf that needs no pass; else None, and a program waits for it."""
        if isinstance(leaf, Touch):
            is_true = touches.touch(within(self._paths, leaf.sessions), prices[0], self._last)
            return np.where(is_true, TRUE, FALSE if leaf.sessions <= self._length else OPEN).astype(np.int8)
        if isinstance(leaf, CloseAt):
            if leaf.sessions > self._length:
                return np.full(len(self._paths.close), OPEN, dtype=np.int8)
            is_true = touches.close_beyond(self._paths, prices[0], leaf.sessions, above=leaf.side == "above")
            return np.where(is_true, TRUE, FALSE).astype(np.int8)
        numbers = iter(prices)
        steps = [self._step(step, numbers, leaf.sessions) for step in leaf.steps]
        if leaf.is_at:
            step = steps[0]
            assert isinstance(step, chain.Wait)
            return chain.judge_close(step.holds, step.in_a_row, leaf.sessions)
        before = None if leaf.before is None else self._step(leaf.before, numbers, leaf.sessions)
        if before is not None and not isinstance(before, chain.Reach | chain.Wait):
            raise BadClaim("'stay in' cannot stand after 'before'.")
        self._programs.append(Program(tuple(steps), before, leaf.sessions))
        return None

    @property
    def _length(self) -> int:
        return int(self._paths.close.shape[1])

    def _step(self, step: Step, numbers: Iterator[Level], sessions: int) -> chain.Step:
        if isinstance(step, Reach):
            return chain.Reach(self._during(step.price, numbers, sessions), step.through)
        closes = self._paths.close[:, :sessions]
        if isinstance(step, Closes):
            level = by_session(self._after(step.price, numbers, sessions))
            return chain.Wait(closes > level if step.side == "above" else closes < level, step.count)
        if isinstance(step, Compare):
            return chain.Wait(self._compared(step, numbers, sessions))
        if not step.by_close:
            return chain.Keep(self._during(step.low, numbers, sessions), self._during(step.high, numbers, sessions))
        low, high = (by_session(self._after(price, numbers, sessions)) for price in (step.low, step.high))
        return chain.KeepClose((low <= closes) & (closes <= high))

    def _compared(self, step: Compare, numbers: Iterator[Level], sessions: int) -> Flags:
        start, left = self._columns(step.left)
        limit, right = self._against(step, numbers)
        left = left[:, :sessions]
        right = right if not isinstance(right, np.ndarray) or right.ndim < 2 else right[:, :sessions]
        holds = np.greater if step.relation.endswith("above") else np.less
        now: Flags = np.asarray(holds(left, by_session(right)))
        if not step.relation.startswith("crosses"):
            return now
        was = np.empty_like(now)
        was[:, 0] = holds(start, limit)
        was[:, 1:] = now[:, :-1]
        return now & ~was

    def _against(self, step: Compare, numbers: Iterator[Level]) -> tuple[Level, Series]:
        """What the left side is held against, at the last known bar and after each session."""
        if isinstance(step.right, Measure):
            return self._columns(step.right)
        level = next(numbers) if step.left.kind == "price" else _number(step.right)
        return level, level

    def _during(self, price: Price, numbers: Iterator[Level], sessions: int) -> Series:
        """What a price is during each session: of an average, where it stood at the close before."""
        if not isinstance(price, Measure):
            return next(numbers)
        start, along = self._columns(price)
        return in_force(start, along[:, :sessions])

    def _after(self, price: Price, numbers: Iterator[Level], sessions: int) -> Series:
        """What a price is at each close."""
        return self._columns(price)[1][:, :sessions] if isinstance(price, Measure) else next(numbers)


def _number(price: Price) -> float:
    if isinstance(price, float | int):
        return price
    raise BadClaim(f"{price!r} is not frozen yet; make the claim with a market first.")
