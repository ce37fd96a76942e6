"""The levels and biases of a note as claims: a level reached and not passed has held; a bias is the side of a later close."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from levelhead.review.interpreted import CLOSE, TOUCH, TWO_CLOSES, Attempt, Ground, Reading, edge, within
from levelhead.review.said import ReadBias, ReadLevel

HORIZONS = {"intraday": 1, "short": 10, "medium": 40, "long": 65}
NEUTRAL = 0.25  # standard deviations of the horizon within which nothing has happened
SEEN = 252  # bars that the standard deviation is taken from


def level_attempts(ground: Ground) -> Iterator[Attempt]:
    """The levels that the note calls a support or a resistance, in its order; a price is a level once."""
    seen = set()
    for number, level in enumerate(ground.note.levels, 1):
        key = (level.side, level.price.low, level.price.high)
        if level.side in ("support", "resistance") and key not in seen:
            seen.add(key)
            yield _level(ground, number, level)


def bias_attempts(ground: Ground) -> Iterator[Attempt]:
    """The biases, in the order of the note."""
    for number, bias in enumerate(ground.note.biases, 1):
        yield _bias(ground, number, bias)


def is_on_its_side(level: ReadLevel, last: float) -> bool:
    """Whether a support lies below the price and a resistance above it, or the price stands in it."""
    return level.price.low <= last if level.side == "support" else level.price.high >= last


def _level(ground: Ground, number: int, level: ReadLevel) -> Attempt:
    sessions, assumed = ground.horizon(None)
    is_support = level.side == "support"
    near, far = edge(level.price, upper=is_support), edge(level.price, upper=not is_support)
    beyond = "below" if is_support else "above"
    is_ahead = near < ground.last if is_support else near > ground.last
    reached = f" given touch {ground.price(near)} within {sessions} sessions" if is_ahead else ""
    # a price that is touched is mostly traded through by a little: 'by touch' is a reading of zones alone
    other = (TWO_CLOSES, f"2 closes {beyond}") if near == far else (TOUCH, "trade through")
    readings = tuple(
        Reading(called=called, claim=f"not {within([f'{passed} {ground.price(far)}'], sessions)}{reached}")
        for called, passed in ((CLOSE, f"close {beyond}"), other)
    )
    wrong_side = (
        f"A {level.side} at {ground.shown(far)} lies {'above' if is_support else 'below'} the price {ground.shown(ground.last)}."
    )
    return Attempt(
        name=f"level.{number}",
        part="level",
        number=number,
        said=level.label or ground.words(level.span),
        span=level.span,
        readings=readings if is_on_its_side(level, ground.last) else (),
        assumed=(*assumed, "It holds where it is reached and nothing passes its far edge."),
        why=wrong_side,
    )


def _bias(ground: Ground, number: int, bias: ReadBias) -> Attempt:
    named = HORIZONS.get(bias.horizon)
    sessions, assumed = ground.horizon(bias.sessions or named)
    later = f"at {sessions} session{'' if sessions == 1 else 's'}"
    last = ground.price(ground.last)
    if bias.lean == 0:
        return _named(ground, number, bias, _neutral(ground, sessions, later), assumed)
    up = bias.lean > 0
    claim = f"close {'above' if up else 'below'} {last} {later}"
    readings = [Reading(called="", claim=claim)]
    if bias.change_at is not None:
        price = edge(bias.change_at, upper=bias.change_at.middle > ground.last)
        beyond = "above" if price > ground.last else "below"
        # what lies on its own side is the condition, what lies on the other one takes it back
        is_needed = (price > ground.last) == up
        change = f"close {beyond} {ground.price(price)} within {sessions} sessions"
        called = (
            f"once it closes {beyond} {ground.shown(price)}" if is_needed else f"unless it closes {beyond} {ground.shown(price)}"
        )
        if price != ground.last:
            readings[0] = Reading(called="as it stands", claim=claim)
            readings.append(Reading(called=called, claim=f"{claim} given {'' if is_needed else 'not '}{change}"))
    return _named(ground, number, bias, tuple(readings), assumed)


def _neutral(ground: Ground, sessions: int, later: str) -> tuple[Reading, ...]:
    """The close after the horizon lies within a quarter of its standard deviation, by the last year's returns."""
    closes = ground.bars.close[-SEEN - 1 :]
    if len(closes) < 3 or not (closes > 0).all() or ground.last <= 0:
        return ()
    sigma = float(np.std(np.diff(np.log(closes)), ddof=1)) * math.sqrt(sessions)
    upper, lower = (ground.price(ground.last * math.exp(sign * NEUTRAL * sigma)) for sign in (1, -1))
    return (Reading(called="", claim=f"not close above {upper} {later} and not close below {lower} {later}"),)


def _named(ground: Ground, number: int, bias: ReadBias, readings: tuple[Reading, ...], assumed: tuple[str, ...]) -> Attempt:
    return Attempt(
        name=f"bias.{number}",
        part="bias",
        number=number,
        said=f"{bias.horizon} {bias.bias}".strip(),
        span=bias.span,
        readings=readings,
        assumed=assumed,
        why="There are too few bars to say what 'neutral' is worth.",
    )
