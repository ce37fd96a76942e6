"""From individual contracts to one continuous series, with its roll table."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadBars
from levelhead.domain.finding import Finding
from levelhead.domain.roll import Roll
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.market.contracts import Contract
from levelhead.market.rolls import RollRule, roll_day

COLUMNS = ("time", "open", "high", "low", "close", "volume")
STALE = 10  # days before a roll within which both contracts must have a close of one session
QUARTER = 100  # days that lie between two expiries at most


def continuous(contracts: Sequence[Contract], rule: RollRule, *, sessions: SessionTable | None) -> Bars:
    """The front contract's bars, as traded, and the rolls between them.

    contracts: of one instrument, by last trade, as `read_contracts` gives them. A roll's gap is read from the closes of both
    contracts on the last session before it. What stands at day t depends on bars up to t alone: `continuous(...).until(t)` is
    the series of the contracts cut at t. Back-adjust it with `domain.adjustment.back_adjusted`.

    Raises BadBars where two neighbours share no session before the roll, or a contract ends before the roll out of it.
    """
    if not contracts:
        raise BadBars("No contracts were given; at least one is needed.")
    rolls: list[Roll] = []
    fronts = [contracts[0]]
    for front, following in itertools.pairwise(contracts):
        day = roll_day(front, following, rule, sessions)
        if day is None:
            _check_reach(front, following, contracts)
            break
        rolls.append(roll_between(front, following, day, str(rule)))
        fronts.append(following)
    return _joined(fronts, rolls, rule)


def roll_between(front: Contract, following: Contract, day: dt.date, method: str) -> Roll:
    """The roll into `following` on `day`, its gap read from both closes of the last session that both traded before it."""
    before = np.datetime64(day)
    dates, ours, theirs = np.intersect1d(front.bars.dates, following.bars.dates, return_indices=True)
    shared = int(np.searchsorted(dates, before)) - 1
    if shared < 0 or (before - dates[shared]).astype(int) > STALE:
        raise BadBars(
            f"{front.bars.feed} and {following.bars.feed} have no bar of one session in the {STALE} days before the roll of {day}; "
            f"give {following.name} from an earlier day, so that the gap can be read."
        )
    old, new = float(front.bars.close[ours[shared]]), float(following.bars.close[theirs[shared]])
    return Roll(
        date=day,
        from_contract=front.name,
        to_contract=following.name,
        gap=new - old,
        factor=new / old,
        estimated=False,
        method=f"{method}; closes of {as_date(dates[shared])}",
    )


def _joined(fronts: Sequence[Contract], rolls: Sequence[Roll], rule: RollRule) -> Bars:
    starts = [np.datetime64("0001-01-01"), *(np.datetime64(roll.date) for roll in rolls)]
    ends = [*starts[1:], np.datetime64("9999-12-31")]
    pieces = []
    for front, start, end in zip(fronts, starts, ends, strict=True):
        inside = (front.bars.dates >= start) & (front.bars.dates < end)
        pieces.append({name: getattr(front.bars, name)[inside] for name in COLUMNS})
    whole: dict[str, Any] = {name: np.concatenate([piece[name] for piece in pieces]) for name in COLUMNS}
    first = fronts[0]
    return Bars(
        instrument=first.bars.instrument,
        row=np.zeros(len(whole["time"]), dtype=np.int64),
        # named by its first contract alone: the last one would tell an early day how far the folder goes
        feed=f"{first.bars.feed} and the contracts after it, rolled on {rule}",
        frame="as traded",
        rolls=tuple(rolls),
        left_out=tuple(found for front in fronts for found in front.bars.left_out),
        remarks=(*(found for front in fronts for found in front.bars.remarks), *_missing(fronts, rolls)),
        **whole,
    )


def _missing(fronts: Sequence[Contract], rolls: Sequence[Roll]) -> list[Finding]:
    """A warning where the contract between two neighbours is not there: a farther one stands for it."""
    return [
        Finding(
            kind="missing_contract",
            severity="warning",
            text=f"Between {one.name} and {other.name} a contract is missing; from {roll.date} the series quotes {other.name}.",
            where=other.bars.feed,
            date=roll.date,
        )
        for (one, other), roll in zip(itertools.pairwise(fronts), rolls, strict=True)
        if (other.last_trade - one.last_trade).days > QUARTER * _step(one)
    ]


def _step(contract: Contract) -> float:
    """How far apart expiries lie, in quarters."""
    return 4 / max(len(contract.bars.instrument.months), 1)


def _check_reach(front: Contract, following: Contract, contracts: Sequence[Contract]) -> None:
    latest = max(contract.bars.as_of for contract in contracts)
    if latest > max(front.last_trade, following.bars.as_of):
        raise BadBars(
            f"{following.bars.feed} ends on {following.bars.as_of}, before the roll out of {front.name}, "
            f"and later contracts follow; give all of {following.name}'s bars."
        )
