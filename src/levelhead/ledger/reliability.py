"""Whether what was said came as often as it was said: the reliability diagram's data."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.calibration import never_falling, never_falling_rows, stepped
from levelhead.kernels.inference import block_length
from levelhead.ledger.scored import MOST_HORIZONS, OUTCOMES, Group, Keys, Scores, horizon_of, summed

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

STEPS = 51  # probabilities are told apart to two per cent
DRAWS = 200
BAND = (0.05, 0.95)
SURE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityPoint:
    """All statements that said `said`: how many, how often it happened, and how often by the curve.

    low, high: where the curve would lie in nine of ten records of this size if what was said were right.
    """

    said: float
    count: int
    happened: float
    curve: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """The reliability of one outcome's probabilities.

    error: mean distance, weighted by count, of the curve from what was said. bound: what that error stays below in 95 of 100
    records of this size of someone who is perfectly calibrated.
    """

    group: Group
    outcome: str
    count: int
    windows: int
    error: float
    bound: float
    points: tuple[ReliabilityPoint, ...]


def reliabilities(scores: Scores, keys: Keys, kind: str, *, windows: Mapping[Group, int], seed: int = 0) -> tuple[Reliability, ...]:
    """One for each outcome of the kind, of two outcomes for the first alone, since the other is its mirror.

    Of all rows, then by author, instrument and horizon: for each group in `windows`, which says its independent windows. Of claims
    only those with two outcomes are in it: the others have no outcomes in common. The blocks of days are the whole kind's.
    """
    names = OUTCOMES[kind]
    chosen = np.flatnonzero(scores.count == len(names))
    if not len(chosen):
        return ()
    rows = scores.rows[chosen]
    days, place = keys.by_day(rows)
    block = place // block_length(days, horizon_of(keys.sessions[rows]))
    found = []
    for k, name in enumerate(names[:1] if len(names) == 2 else names):
        tables = tables_of(scores.said[chosen, k], scores.happened[chosen] == k, block)
        for group, table in _by_group(tables, keys, kind, rows):
            if group in windows and table.counted.any():
                found.append(reliability(table, group=group, outcome=name, windows=windows[group], seed=seed))
    return tuple(sorted(found, key=lambda row: list(windows).index(row.group)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """How many rows said about the same, in each block of days, and how many of these came true: both (steps, blocks).

    said: what the rows of a step said in the mean, (steps,).
    """

    said: FloatArray
    counted: FloatArray
    happened: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """Each row's place in a table, and whether it came true."""

    said: FloatArray
    cell: IntArray
    blocks: int
    happened: FloatArray

    def tables(self, code: IntArray | None = None, groups: int = 1) -> Iterator[Table]:
        """A table of the rows of each code, 0 to groups - 1; one of all rows where none is given."""
        size = STEPS * self.blocks
        cell = self.cell if code is None else self.cell + code * size
        counted = np.bincount(cell, minlength=groups * size).astype(np.float64)
        happened = summed(self.happened, cell, groups * size)
        for first in range(0, groups * size, size):
            shape = (STEPS, self.blocks)
            part = slice(first, first + size)
            yield Table(said=self.said, counted=counted[part].reshape(shape), happened=happened[part].reshape(shape))


def tables_of(said: FloatArray, happened: NDArray[np.bool_], block: IntArray) -> Cells:
    """Rows that said `said` (n,) and came true or not, each of a block of days that belongs together."""
    step = (said * (STEPS - 1) + 0.5).astype(np.int64)
    counts = np.bincount(step, minlength=STEPS)
    mean = summed(said, step, STEPS) / np.maximum(counts, 1)
    blocks = int(block.max()) + 1
    return Cells(said=mean, cell=step * blocks + block, blocks=blocks, happened=happened.astype(np.float64))


def reliability(table: Table, *, group: Group, outcome: str, windows: int, seed: int = 0) -> Reliability:
    """The reliability of a table.

    The curve is isotonic with ties pooled (`kernels.calibration`). The band and the bound: what came at each probability is what
    was said, plus the residuals about it, those of one block keeping together and changing sign together (wild bootstrap:
    Wu, C. F. J. (1986), Annals of Statistics 14(4), 1261-1295; by clusters: Cameron, A. C., Gelbach, J. B. and Miller, D. L.
    (2008), Review of Economics and Statistics 90(3), 414-427, who impose the null hypothesis as is done here). Residuals about the
    curve, which bends to them, are too small where blocks are few: of seven blocks one calibrated record in three would be beyond.
    """
    used = table.counted.any(axis=1)
    points, counted, total = table.said[used], table.counted[used], table.happened[used]
    counts, came = counted.sum(axis=1), total.sum(axis=1)
    curve = stepped(points, never_falling(points, came, counts))
    signs = np.random.Generator(np.random.PCG64(seed)).choice([-1.0, 1.0], size=(counted.shape[1], DRAWS))
    # einsum, not a matrix product: small as it is, threads would only wait for each other, and their number would show in the bits
    drawn = points * counts + np.einsum("kb,bd->dk", total - points[:, None] * counted, signs)
    curves = never_falling_rows(drawn, counts)
    many = float(counts.sum())
    errors = np.abs(curves - points) @ counts / many
    low, high = np.clip(np.quantile(curves, BAND, axis=0), 0.0, 1.0)
    error, bound = float(np.abs(curve - points) @ counts / many), float(np.quantile(errors, SURE))
    return Reliability(
        group=group,
        outcome=outcome,
        count=int(many),
        windows=windows,
        error=error,
        bound=error if math.isclose(error, bound, rel_tol=1e-9) else bound,  # of few blocks the record itself is among those drawn
        points=tuple(
            ReliabilityPoint(said=s, count=int(n), happened=c / n, curve=v, low=a, high=b)
            for s, n, c, v, a, b in zip(*(x.tolist() for x in (points, counts, came, curve, low, high)), strict=True)
        ),
    )


def _by_group(cells: Cells, keys: Keys, kind: str, rows: IntArray) -> Iterator[tuple[Group, Table]]:
    """The table of all rows, and of each author, instrument and horizon."""
    yield from zip([Group(kind=kind)], cells.tables(), strict=True)
    for name, words, codes in (("author", keys.authors, keys.author), ("symbol", keys.symbols, keys.symbol)):
        if len(words) > 1:
            for word, table in zip(words, cells.tables(codes[rows], len(words)), strict=True):
                yield Group(kind=kind, **{name: word}), table  # type: ignore[arg-type]
    horizons = np.flatnonzero(np.bincount(keys.sessions[rows]))
    if 1 < len(horizons) <= MOST_HORIZONS:
        code = np.searchsorted(horizons, keys.sessions[rows])
        for sessions, table in zip(horizons.tolist(), cells.tables(code, len(horizons)), strict=True):
            yield Group(kind=kind, sessions=sessions), table
