"""What became of key levels and of biases: shares that held, signs that were right, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.inference import Interval, block_length, ratio_bootstrap
from levelhead.ledger.forecast_score import DRAWS, Between, between, is_told, needed, trusted
from levelhead.ledger.record import Record
from levelhead.ledger.scored import Group, Keys, horizon_of, summed, windows_of

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
HELD, BROKEN, RECLAIMED, UNTESTED = range(4)
RIGHT, WRONG, NEITHER = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelShares:
    """What became of a group's levels: of those that were tested, the share that held, with its interval.

    side: 'resistance' above the price of the day, 'support' below it; '' of both.
    """

    group: Group
    side: Literal["", "resistance", "support"]
    count: int
    held: int
    broken: int
    reclaimed: int
    untested: int
    undecided: int
    windows: int
    held_share: Between | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BiasScore:
    """What a group's biases were worth.

    right, wrong, neither: of those with a side; neutral: biases without one, of which `neutral_right` saw no move worth the name.
    sign: share right of right and wrong; size: mean of the return less the instrument's own drift, in standard deviations of the
    horizon, times the lean: above nought the bias pointed the right way. is_told: whether the size's interval leaves out nought;
    needed: windows that would tell it, None where 10,000 would not.
    """

    group: Group
    right: int
    wrong: int
    neither: int
    neutral: int
    neutral_right: int
    windows: int
    sign: Between | None
    size: Between | None
    is_told: bool
    needed: int | None


def level_shares(record: Record, keys: Keys, *, seed: int = 0) -> tuple[LevelShares, ...]:
    """Of all levels, of each side, and by author, instrument and horizon; () where none is settled."""
    rows = np.flatnonzero(keys.of("level") & (record.outcomes >= -1))
    if not len(rows):
        return ()
    nothing = np.full(len(record), np.nan)
    middle = (record.prices.get("low", nothing)[rows] + record.prices.get("high", nothing)[rows]) / 2.0
    start = record.prices.get("start", nothing)[rows]
    shares = []
    for group, chosen in keys.groups("level", rows):
        shares.append(_levels(record, keys, group, "", chosen, seed))
        if not (group.author or group.symbol or group.sessions):
            shares.append(_levels(record, keys, group, "resistance", rows[middle > start], seed))
            shares.append(_levels(record, keys, group, "support", rows[middle < start], seed))
    return tuple(found for found in shares if found.count)


def bias_scores(record: Record, keys: Keys, *, seed: int = 0) -> tuple[BiasScore, ...]:
    """Of all biases, and by author, instrument and horizon; () where none is settled."""
    rows = np.flatnonzero(keys.of("bias") & (record.outcomes >= 0))
    return tuple(_bias(record, keys, group, chosen, seed) for group, chosen in keys.groups("bias", rows)) if len(rows) else ()


def _levels(
    record: Record, keys: Keys, group: Group, side: Literal["", "resistance", "support"], rows: IntArray, seed: int
) -> LevelShares:
    outcomes = record.outcomes[rows]
    counts = np.bincount(outcomes + 1, minlength=5)
    tested = rows[(outcomes >= 0) & (outcomes != UNTESTED)]
    held, windows = _share(record, keys, group, tested, (record.outcomes[tested] == HELD).astype(np.float64), seed)
    return LevelShares(
        group=group,
        side=side,
        count=len(rows),
        held=int(counts[HELD + 1]),
        broken=int(counts[BROKEN + 1]),
        reclaimed=int(counts[RECLAIMED + 1]),
        untested=int(counts[UNTESTED + 1]),
        undecided=int(counts[0]),
        windows=windows,
        held_share=between(held) if len(tested) else None,
    )


def _bias(record: Record, keys: Keys, group: Group, rows: IntArray, seed: int) -> BiasScore:
    outcomes, lean = record.outcomes[rows], record.prices["lean"][rows]
    sided = lean != 0.0
    counts = np.bincount(outcomes[sided], minlength=3)
    signed = rows[sided & (outcomes != NEITHER)]
    sign, _ = _share(record, keys, group, signed, (record.outcomes[signed] == RIGHT).astype(np.float64), seed)
    sized = rows[sided & np.isfinite(record.result_low[rows])]
    size, windows = _share(record, keys, group, sized, record.result_low[sized], seed)
    return BiasScore(
        group=group,
        right=int(counts[RIGHT]),
        wrong=int(counts[WRONG]),
        neither=int(counts[NEITHER]),
        neutral=int(np.count_nonzero(~sided)),
        neutral_right=int(np.count_nonzero(outcomes[~sided] == RIGHT)),
        windows=windows,
        sign=between(sign) if len(signed) else None,
        size=between(size) if len(sized) else None,
        is_told=is_told(size),
        needed=needed(size, windows),
    )


def _share(record: Record, keys: Keys, group: Group, rows: IntArray, values: FloatArray, seed: int) -> tuple[Interval, int]:
    """The mean of the rows' values with its interval, and how many independent windows they make."""
    horizon = group.sessions or horizon_of(keys.sessions[rows])
    days, place = keys.by_day(rows)
    sums, weight = (summed(part, place, len(days)) for part in (values, np.ones(len(rows))))
    windows = windows_of(days, horizon)
    return trusted(ratio_bootstrap(sums, weight, block_length(days, horizon), draws=DRAWS, seed=seed), windows), windows
