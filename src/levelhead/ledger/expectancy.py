"""What setups paid: in R and dollars after costs, with the hit rate only beside what a hit and a miss are worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.inference import block_length, ratio_bootstrap
from levelhead.ledger.course import Course, result_course
from levelhead.ledger.forecast_score import DRAWS, Between, between, is_told, needed, trusted
from levelhead.ledger.record import UNDECIDED, Record
from levelhead.ledger.scored import Group, Keys, horizon_of, summed, windows_of

IntArray = NDArray[np.int64]
UNFILLED, TARGET, STOP, EXPIRED = range(4)
REFUSED = "setup.best"  # the name of a plan that a note shows and does not offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectancy:
    """What a group's setups came to.

    settled = unfilled + target + stop + expired + undecided. worst, best: mean R of those that were or may have been filled, where
    each bar that may have gone two ways went the worse and the better; equal where nothing was undecided; None where nothing was
    filled. won: share of them that made money by the worst reading; win, loss: mean R of these and of the others, so that
    won x win + (1 - won) x loss is the worst reading's mean. dollars_low, dollars_high: sums per contract, None where unknown.
    is_told: whether both readings' intervals lie on one side of nought; needed: windows that would tell the worst reading's mean
    from nought, None where 10,000 would not.
    """

    group: Group
    settled: int
    unfilled: int
    target: int
    stop: int
    expired: int
    undecided: int
    windows: int
    worst: Between | None
    best: Between | None
    won: float | None
    win: float | None
    loss: float | None
    dollars_low: float | None
    dollars_high: float | None
    is_told: bool
    needed: int | None


def expectancies(record: Record, keys: Keys, *, refused: bool = False, seed: int = 0) -> tuple[Expectancy, ...]:
    """Of all setups, and by author, instrument and horizon; () where none is settled.

    refused: of the plans, instead, that notes showed as the best they would not take: what refusing them was worth.
    """
    rows = _settled(record, keys, refused)
    return (
        tuple(_expectancy(record, keys, group, chosen, seed) for group, chosen in keys.groups("setup", rows)) if len(rows) else ()
    )


def result_courses(record: Record, keys: Keys, *, refused: bool = False) -> tuple[Course, ...]:
    """R over time, of each author on a line of its own, by the day a setup was settled. refused: as above."""
    rows = _settled(record, keys, refused)
    rows = rows[_may_be_filled(record, rows)]
    by_author = (rows[keys.author[rows] == code] for code in range(len(keys.authors)))
    return tuple(
        result_course(Group(kind="setup", author=author), record.settled_on[own], record.result_low[own], record.result_high[own])
        for author, own in zip(keys.authors, by_author, strict=True)
        if len(own)
    )


def _settled(record: Record, keys: Keys, refused: bool) -> IntArray:
    chosen = keys.of("claim" if refused else "setup") & (record.outcomes >= UNDECIDED)
    return np.flatnonzero(chosen & (record.name == REFUSED) if refused else chosen)


def _may_be_filled(record: Record, rows: IntArray) -> NDArray[np.bool_]:
    known = np.isfinite(record.result_low[rows]) & np.isfinite(record.result_high[rows]) & ~np.isnat(record.settled_on[rows])
    filled: NDArray[np.bool_] = known & (record.outcomes[rows] != UNFILLED)
    return filled


def _expectancy(record: Record, keys: Keys, group: Group, rows: IntArray, seed: int) -> Expectancy:
    counts = np.bincount(record.outcomes[rows] + 1, minlength=5)
    filled = rows[_may_be_filled(record, rows)]
    horizon = group.sessions or horizon_of(keys.sessions[rows])
    days, place = keys.by_day(filled)
    windows = windows_of(days, horizon)
    block = block_length(days, horizon)
    weight = summed(np.ones(len(filled)), place, len(days))
    low, high = record.result_low[filled], record.result_high[filled]
    worst, best = (
        trusted(ratio_bootstrap(summed(part, place, len(days)), weight, block, draws=DRAWS, seed=seed), windows)
        for part in (low, high)
    )
    gains, losses = low[low > 0.0], low[low <= 0.0]
    dollars = [part[filled][np.isfinite(part[filled])] for part in (record.dollars_low, record.dollars_high)]
    return Expectancy(
        group=group,
        settled=len(rows),
        unfilled=int(counts[UNFILLED + 1]),
        target=int(counts[TARGET + 1]),
        stop=int(counts[STOP + 1]),
        expired=int(counts[EXPIRED + 1]),
        undecided=int(counts[0]),
        windows=windows,
        worst=between(worst) if len(filled) else None,
        best=between(best) if len(filled) else None,
        won=len(gains) / len(filled) if len(filled) else None,
        win=float(gains.mean()) if len(gains) else None,
        loss=float(losses.mean()) if len(losses) else None,
        dollars_low=float(dollars[0].sum()) if len(dollars[0]) else None,
        dollars_high=float(dollars[1].sum()) if len(dollars[1]) else None,
        is_told=(is_told(worst) and is_told(best) and worst.mean * best.mean > 0.0),
        needed=needed(worst, windows),
    )
