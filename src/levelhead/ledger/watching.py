"""What became of one statement, session by session, as one reads it off a chart.

The way for what columns cannot settle: a note made before its bar was finished, a session without a bar, shorter bars that tell
what one bar hides, claims of several steps. batches.py must agree with it wherever both can settle a statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np

from levelhead.claims import logic
from levelhead.claims.columns import Known
from levelhead.claims.meters import Bar
from levelhead.claims.outcomes import FALSE, TRUE, VOID, sessions_of
from levelhead.claims.outcomes import OPEN as STILL_OPEN
from levelhead.claims.outcomes import UNDECIDED as NOT_SHOWN
from levelhead.claims.watch import Watch
from levelhead.domain.claim import Claim, CloseAt, Plan, Split, Statement, Touch
from levelhead.domain.claim_tree import Leaf, leaves_of, measures_of
from levelhead.ledger.outcome import OPEN, UNDECIDED
from levelhead.ledger.sequel import Leg

_CODES = {"true": TRUE, "false": FALSE, "void": VOID, UNDECIDED: NOT_SHOWN, OPEN: STILL_OPEN}
_WORDS = {code: word for word, code in _CODES.items()}


class Found(NamedTuple):
    """An outcome, and the sessions that had passed."""

    outcome: str
    passed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a note stood. last: its price. known: the bars up to it. rests: what may have been left of its bar, (None,) where
    that was finished.
    """

    last: float
    known: Known
    rests: tuple[Bar | None, ...] = (None,)


def rests_of(bar: Bar, last: float) -> tuple[Bar, ...]:
    """What may have been left of a bar after it stood at `last`: to its close, with its high and its low still to come or not."""
    highs, lows = (max(last, bar.close), max(bar.high, last)), (min(last, bar.close), min(bar.low, last))
    return tuple(Bar(last, high, low, bar.close) for high, low in product(highs, lows))


def watched(claim: Claim, legs: Sequence[Leg], start: Start) -> Found:
    """The outcome of any claim but a plan on the sessions that followed.

    Shorter bars are asked where the sessions' own bars leave it open what came first.
    """
    legs = legs[: sessions_of(claim)]
    found = _on_every_rest(claim, legs, start, is_finer=False)
    if found.outcome == UNDECIDED and any(leg.finer for leg in legs):
        return _on_every_rest(claim, legs, start, is_finer=True)
    return found


def closed_at(legs: Sequence[Leg], sessions: int) -> float | None:
    """The close of the last session of a horizon; None where it has no bar. There must be as many legs."""
    bar = legs[sessions - 1].bar
    return None if bar is None else bar.close


def _on_every_rest(claim: Claim, legs: Sequence[Leg], start: Start, *, is_finer: bool) -> Found:
    found = []
    for rest in start.rests:
        is_whole = all(leg.bar is not None for leg in legs)
        found.append((_fed if is_whole else _across_gaps)(claim, legs, start, rest, is_finer))
    outcomes = {each.outcome for each in found}
    if OPEN in outcomes:
        return Found(OPEN, len(legs))
    return Found(outcomes.pop() if len(outcomes) == 1 else UNDECIDED, max(each.passed for each in found))


def _fed(claim: Claim, legs: Sequence[Leg], start: Start, rest: Bar | None, is_finer: bool) -> Found:
    """The status after each leg until one settles it."""
    known = start.known if measures_of(claim) else None
    watch = Watch(claim, start.last, known=known)
    for passed, leg in enumerate(legs, 1):
        if leg.bar is None:
            break
        pieces = leg.finer if is_finer else ()
        if rest is not None and passed == 1:
            pieces = (rest, *(pieces or (leg.bar,)))
        status = watch.feed(leg.bar, finer=pieces)
        if status != OPEN:
            return Found(status, passed)
    return Found(OPEN, len(legs))


def _across_gaps(claim: Claim, legs: Sequence[Leg], start: Start, rest: Bar | None, is_finer: bool) -> Found:
    """The same where a session has no bar: what is settled before it is; else each leaf as far as the other bars tell."""
    gap = next(number for number, leg in enumerate(legs) if leg.bar is None)
    before = _fed(claim, legs[:gap], start, rest, is_finer)
    if before.outcome != OPEN:
        return before
    for passed in range(gap + 1, len(legs) + 1):
        outcome = _outcome_across(claim, legs[:passed], start, rest, is_finer)
        if outcome != OPEN:
            return Found(outcome, passed)
    return Found(OPEN, len(legs))


def _outcome_across(claim: Claim, legs: Sequence[Leg], start: Start, rest: Bar | None, is_finer: bool) -> str:
    if isinstance(claim, Split | Plan):
        return UNDECIDED if len(legs) >= sessions_of(claim) else OPEN
    codes = [_CODES[_leaf_across(leaf, legs, start, rest, is_finer)] for leaf in leaves_of(claim)]
    return _word(claim, iter(np.array([code], dtype=np.int8) for code in codes))


def _word(claim: Statement, codes: Iterator[np.ndarray]) -> str:
    return _WORDS[int(logic.combined(claim, codes)[0])]


def _leaf_across(leaf: Leaf, legs: Sequence[Leg], start: Start, rest: Bar | None, is_finer: bool) -> str:
    legs = legs[: leaf.sessions]
    is_over = len(legs) == leaf.sessions
    seen = [leg for leg in legs if leg.bar is not None]
    if len(seen) == len(legs):
        return _fed(leaf, legs, start, rest, is_finer).outcome
    if isinstance(leaf, CloseAt):
        close = closed_at(legs, leaf.sessions) if is_over else None
        if close is None:
            return UNDECIDED if is_over else OPEN
        return "true" if (close > leaf.price if leaf.side == "above" else close < leaf.price) else "false"
    if isinstance(leaf, Touch):
        # wherever the price was in between, a bar that reaches it has reached it
        outcome = _fed(leaf, seen, start, rest if legs[0].bar is not None else None, is_finer).outcome
    else:
        gap = next(number for number, leg in enumerate(legs) if leg.bar is None)
        outcome = _fed(leaf, legs[:gap], start, rest, is_finer).outcome
    return outcome if outcome != OPEN else UNDECIDED if is_over else OPEN


def gap_in(legs: Sequence[Leg]) -> Leg | None:
    """The first session without a bar."""
    return next((leg for leg in legs if leg.bar is None), None)
