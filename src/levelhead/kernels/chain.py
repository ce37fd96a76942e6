"""Chains of steps judged on many paths at once, session by session.

Where bars do not show the order of things, a path may be in several states at once; every state has a row of flags, one flag a
path. A bar in which no due level trades changes nothing; what the others allow is looked up by the order of their prices in
`ways`, which works each order out once. The version one can read is in claims/watch.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels import ways
from levelhead.kernels.first_touch import Codes
from levelhead.kernels.paths import FloatArray, PathBars
from levelhead.kernels.ways import AT, DOWN, UP, BarRanks, State, after_bar

TRUE, FALSE, UNDECIDED, OPEN = 0, 1, -1, -2

Flags = NDArray[np.bool_]
# One for all paths; one a path, shape (paths,); or one a path and session, shape (paths, sessions).
Series = float | FloatArray


class Reach(NamedTuple):
    """To trade at `level`, or beyond it where `strict`; of a moving one what stands during each session."""

    level: Series
    strict: bool = False


class Keep(NamedTuple):
    """To trade nowhere outside `low` to `high` until the window ends."""

    low: Series
    high: Series


class Wait(NamedTuple):
    """For `in_a_row` closes at which `holds`, shape (paths, sessions), is true."""

    holds: Flags
    in_a_row: int = 1


class KeepClose(NamedTuple):
    """For `holds` to be true at every close until the window ends."""

    holds: Flags


Step = Reach | Keep | Wait | KeepClose


class Program(NamedTuple):
    """All steps in their order, none of `before` until then, within `sessions`."""

    steps: tuple[Step, ...]
    before: Reach | Wait | None
    sessions: int


def judge_chains(paths: PathBars, start: Series, programs: Sequence[Program]) -> list[Codes]:
    """Whether each path does what each program asks: for each, int8, shape (paths,). One pass over the sessions for all.

    TRUE (0), FALSE (1), UNDECIDED (-1) where bars do not show it, OPEN (-2) where the path ends before the window does and
    nothing is settled. start: the last price, scalar or shape (paths,).
    """
    chains = [_Chain(paths, start, program.steps, program.before) for program in programs]
    length = paths.close.shape[1]
    for session in range(length):
        for chain, program in zip(chains, programs, strict=True):
            if session < program.sessions and chain.is_alive():
                chain.trade(session)
                chain.close(session)
    return [chain.verdicts(is_over=program.sessions <= length) for chain, program in zip(chains, programs, strict=True)]


def judge_close(holds: Flags, count: int, session: int) -> Codes:
    """Whether `holds` at the last `count` closes up to session number `session`, counted from 1; OPEN where there are fewer."""
    if holds.shape[1] < session:
        return np.full(len(holds), OPEN, dtype=np.int8)
    return np.where(holds[:, session - count : session].all(axis=1), TRUE, FALSE).astype(np.int8)


class _Chain:
    """The flags of every state while the sessions go by."""

    def __init__(self, paths: PathBars, start: Series, steps: Sequence[Step], before: Reach | Wait | None) -> None:
        self._paths, self._steps, self._before = paths, steps, before
        self._levels: list[Series] = []
        self._shape = ways.Chain(
            tuple(self._slots(step) for step in steps),
            self._reach(before) if isinstance(before, Reach) else None,
        )
        self._count = len(paths.close)
        self._last = np.broadcast_to(np.asarray(start, dtype=np.float64), (self._count,))
        self._states = [*_states(steps), ways.done(self._shape), ways.FAILED]
        self._row = {state: row for row, state in enumerate(self._states)}
        self._flags = np.zeros((len(self._states), self._count), dtype=np.bool_)
        self._run = np.zeros(self._count, dtype=np.int64)
        self._before_side = self._side(len(self._levels) - 1) if isinstance(before, Reach) else None
        self._enter(0, np.ones(self._count, dtype=np.bool_), 0)

    def trade(self, session: int) -> None:
        """What the bar of `session` does before its close."""
        if len(self._levels) == 1 and self._shape.before is None:
            self._reached(session)
        elif self._levels:
            rows = np.flatnonzero(self._is_touched(session))
            if len(rows):
                self._flags[:, rows] = self._through_bars(rows, session)
        self._last = self._paths.close[:, session]

    def close(self, session: int) -> None:
        """What the close of `session` does. Later steps first: a step that becomes due at a close waits for the next."""
        if isinstance(self._before, Wait):
            self._run = np.where(self._before.holds[:, session], self._run + 1, 0)
            self._fail(self._flags[:-2].any(axis=0) & (self._run >= self._before.in_a_row))
        for number in range(len(self._steps) - 1, -1, -1):
            step = self._steps[number]
            if isinstance(step, Wait):
                self._waited(number, step, step.holds[:, session], session)
            elif isinstance(step, KeepClose):
                row = self._row[State(number, 0)]
                self._flags[-1] |= self._flags[row] & ~step.holds[:, session]
                self._flags[row] &= step.holds[:, session]

    def is_alive(self) -> bool:
        """Whether anything may still change on any path."""
        return bool(self._flags[:-2].any())

    def verdicts(self, *, is_over: bool) -> Codes:
        """TRUE, FALSE, UNDECIDED, or OPEN where it is not over."""
        kept = [self._row[State(n, 0)] for n, step in enumerate(self._steps) if isinstance(step, Keep | KeepClose)]
        alive = self._flags[:-2]
        is_true = self._flags[-2] | self._flags[kept].any(axis=0)
        is_false = self._flags[-1] | np.delete(alive, kept, axis=0).any(axis=0)
        codes = np.where(is_true & is_false, UNDECIDED, np.where(is_true, TRUE, FALSE))
        if not is_over:
            codes = np.where(alive.any(axis=0), OPEN, codes)
        return codes.astype(np.int8)

    def _slots(self, step: Step) -> ways.Reach | ways.Keep | ways.Wait:
        if isinstance(step, Reach):
            return self._reach(step)
        if isinstance(step, Keep):
            self._levels += [step.low, step.high]
            return ways.Keep(len(self._levels) - 2, len(self._levels) - 1)
        return ways.Wait()

    def _reach(self, step: Reach) -> ways.Reach:
        self._levels.append(step.level)
        return ways.Reach(len(self._levels) - 1, step.strict)

    def _level(self, slot: int, session: int) -> Series:
        level = self._levels[slot]
        if isinstance(level, np.ndarray) and level.ndim == 2:
            return level[:, min(session, level.shape[1] - 1)]
        return level

    def _side(self, slot: int, session: int = 0) -> NDArray[np.int8]:
        level = self._level(slot, session)
        return np.greater(level, self._last).astype(np.int8) - np.less(level, self._last).astype(np.int8)

    def _is_touched(self, session: int) -> Flags:
        """Paths on which the bar does something to a step that is due."""
        low, high = np.minimum(self._paths.low[:, session], self._last), np.maximum(self._paths.high[:, session], self._last)
        touched = np.zeros(self._count, dtype=np.bool_)
        for state, flags in zip(self._states[:-2], self._flags[:-2], strict=True):
            due = self._shape.steps[state.step]
            if isinstance(due, ways.Wait) or not flags.any():
                continue
            if isinstance(due, ways.Keep):
                touched |= flags & ((low < self._level(due.low, session)) | (high > self._level(due.high, session)))
            else:
                touched |= flags & _reaches(due.strict, state.side, low, high, self._level(due.slot, session))
        if self._shape.before is not None and self._before_side is not None:
            due, alive = self._shape.before, self._flags[:-2].any(axis=0)
            for side in (UP, DOWN, AT):
                is_side = alive & (self._before_side == side)
                if is_side.any():
                    touched |= is_side & _reaches(due.strict, side, low, high, self._level(due.slot, session))
        return touched

    def _reached(self, session: int) -> None:
        """The same where there is one level in all: whatever the order, it is reached or not."""
        low, high = np.minimum(self._paths.low[:, session], self._last), np.maximum(self._paths.high[:, session], self._last)
        for row, state in enumerate(self._states[:-2]):
            due = self._shape.steps[state.step]
            if isinstance(due, ways.Reach) and self._flags[row].any():
                reached = self._flags[row] & _reaches(due.strict, state.side, low, high, self._level(due.slot, session))
                self._flags[row] &= ~reached
                self._enter(state.step + 1, reached, session)

    def _through_bars(self, rows: NDArray[np.intp], session: int) -> Flags:
        """The flags of `rows` after their bar."""
        table, which = self._table(rows, session)
        old, new = self._flags[:, rows], np.zeros((len(self._states), len(rows)), dtype=np.bool_)
        for source in range(len(self._states)):
            if not old[source].any():
                continue
            for target in np.flatnonzero(table[:, source].any(axis=0)):
                new[target] |= old[source] & table[which, source, target]
        return new

    def _table(self, rows: NDArray[np.intp], session: int) -> tuple[Flags, NDArray[np.intp]]:
        """What each order of prices among the bars of `rows` makes of each state, and which order each of them has."""
        levels = [
            np.broadcast_to(np.asarray(self._level(slot, session)), (self._count,))[rows] for slot in range(len(self._levels))
        ]
        prices = np.stack([self._last[rows], *(column[rows, session] for column in self._paths), *levels])
        ranks = (prices[:, None, :] > prices[None, :, :]).sum(axis=1)
        sides = np.zeros(len(rows), dtype=np.int64) if self._before_side is None else self._before_side[rows] + 1
        first, which = _kinds(np.vstack([sides, ranks]))
        table = np.zeros((len(first), len(self._states), len(self._states)), dtype=np.bool_)
        live = [row for row in range(len(self._states)) if self._flags[row, rows].any()]
        for order, example in enumerate(first):
            found = ranks[:, example].tolist()
            bar = BarRanks(found[0], found[1], found[2], found[3], found[4], tuple(found[5:]))
            for row in live:
                table[order, row, list(self._after(bar, row, int(sides[example]) - 1))] = True
        return table, which

    def _after(self, bar: BarRanks, row: int, before_side: int) -> Iterator[int]:
        """The rows of the states that follow the state of `row`."""
        state = self._states[row]
        if state.step < 0 or state.step == len(self._steps):
            yield row
            return
        is_waiting = isinstance(self._shape.steps[state.step], ways.Wait)
        asked = State(state.step, 0) if is_waiting else state
        for found in after_bar(self._shape, bar, asked, before_side):
            yield row if is_waiting and found == asked else self._row[found]

    def _waited(self, number: int, step: Wait, holds: Flags, session: int) -> None:
        first = self._row[State(number, 0)]
        block = self._flags[first : first + step.in_a_row]
        if not block.any():
            return
        is_here, is_done = block.any(axis=0), block[-1] & holds
        block[1:] = block[:-1] & holds
        block[0] = is_here & ~holds
        self._enter(number + 1, is_done, session + 1)

    def _enter(self, number: int, flags: Flags, session: int) -> None:
        """Makes step `number` due, at the last price, where `flags` are set; `session` is the next to come."""
        if not flags.any():
            return
        if number == len(self._steps):
            self._flags[-2] |= flags
            return
        due = self._shape.steps[number]
        if isinstance(due, ways.Wait):
            self._flags[self._row[State(number, 0)]] |= flags
        elif isinstance(due, ways.Keep):
            is_inside = (self._level(due.low, session) <= self._last) & (self._last <= self._level(due.high, session))
            self._flags[self._row[State(number, 0)]] |= flags & is_inside
            self._flags[-1] |= flags & ~is_inside
        else:
            side = self._side(due.slot, session)
            for way in (UP, DOWN):
                self._flags[self._row[State(number, way)]] |= flags & (side == way)
            if due.strict:
                self._flags[self._row[State(number, AT)]] |= flags & (side == AT)
            else:
                self._enter(number + 1, flags & (side == AT), session)

    def _fail(self, flags: Flags) -> None:
        self._flags[-1] |= flags
        self._flags[:-2] &= ~flags


def _states(steps: Sequence[Step]) -> Iterator[State]:
    """Every state but the last two: for closes in a row, how many there have been; for a level, on which side it lies."""
    for number, step in enumerate(steps):
        if isinstance(step, Reach):
            yield from (State(number, side) for side in (UP, DOWN, AT))
        else:
            yield from (State(number, count) for count in range(step.in_a_row if isinstance(step, Wait) else 1))


def _kinds(numbers: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Which columns are alike: an example of each kind, and the kind of every column. numbers: all small, shape (n, columns)."""
    base = int(numbers.max(initial=0)) + 1
    if base ** len(numbers) >= 2**62:  # too many digits for one integer
        _, first, which = np.unique(numbers, axis=1, return_index=True, return_inverse=True)
        return first, which.reshape(-1)
    keys = np.zeros(numbers.shape[1], dtype=np.int64)
    for row in numbers:
        keys = keys * base + row
    _, first, which = np.unique(keys, return_index=True, return_inverse=True)
    return first, which


def _reaches(strict: bool, side: int, low: FloatArray, high: FloatArray, level: Series) -> Flags:
    """Whether a bar from `low` to `high` gets to a level that lay on that side."""
    if side == AT:
        return (high > level) | (low < level) if strict else np.ones(len(low), dtype=np.bool_)
    if side == UP:
        return np.greater(high, level) if strict else np.greater_equal(high, level)
    return np.less(low, level) if strict else np.less_equal(low, level)
