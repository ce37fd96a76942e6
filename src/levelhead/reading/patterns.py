"""Chart patterns as a note reads them: what forms, what was confirmed, what met its target, what failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact, fact_of, window_of
from levelhead.kernels.pattern_lives import Pattern
from levelhead.kernels.pattern_shapes import Line, Point
from levelhead.kernels.patterns import RANKED, patterns
from levelhead.kernels.reversals import Zigzag
from levelhead.reading.facts import Findings, day, number, word
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.panel import Panel
from levelhead.reading.turning import closed_zigzag

MOST = 2
"""Patterns told of at a time."""
NEWS = 10
"""Bars for which a pattern that failed or met its target is still told."""
RULES = {
    "double": "Two turning points at one level; a close beyond the one between them confirms it.",
    "triple": "Three turning points at one level; a close beyond the farther of the two between them confirms it.",
    "shoulders": "Three turning points, the middle one farthest out; a close beyond the line through the two between confirms it.",
    "triangle": "Five turning points between two lines that meet, of which one at most is level.",
    "wedge": "Five turning points between two lines that meet and run the same way; a close beyond the steeper one confirms it.",
    "rectangle": "Five turning points between two levels; a close beyond either confirms it.",
    "flag": "A steep move and a short rest against it between parallels; a close beyond the rest, in the move's way, confirms it.",
    "pennant": "A steep move and a short rest between two lines that meet; a close beyond it, in the move's way, confirms it.",
}
"""What each kind is, in one sentence, by the last word of its name or the first; kernels/pattern_*.py say it in numbers."""
_SIDES = {1: "bullish", -1: "bearish", 0: "either way"}
_STATUS = (
    "forming once its last turning point is known; confirmed by a close beyond its line; target met when a bar reaches where the "
    "measured move ends; failed when a close undoes it before that."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Patterns:
    """Every pattern of a series, by the row at which it was known, on the back-adjusted series.

    told: shape (n, 2) for n closed bars, the pattern told under each of the two numbers, -1 where none is. A pattern keeps its
    number; where both are taken a new one takes that of the one that is over, else of the one whose status is older.
    """

    found: tuple[Pattern, ...]
    told: NDArray[np.int16]

    def drawn_at(self, row: int) -> tuple[tuple[int, Pattern], ...]:
        """Number and pattern of what a chart shows: of two that lie upon each other the one that is not over, then the later."""
        told = sorted(self.told_at(row), key=lambda each: _worth(each[1], row), reverse=True)
        return tuple(each for place, each in enumerate(told) if not any(_upon(each[1], other) for _, other in told[:place]))

    def told_at(self, row: int) -> tuple[tuple[int, Pattern], ...]:
        """Number and pattern of what is told at a row; at that of a bar that has not closed what was told the bar before."""
        if not len(self.told):
            return ()
        return tuple(
            (slot + 1, self.found[at]) for slot, at in enumerate(self.told[min(row, len(self.told) - 1)].tolist()) if at >= 0
        )


def patterns_of(bars: Bars, zigzag: Zigzag | None = None) -> Patterns:
    """All patterns of the series. A provisional last bar has not closed: it confirms nothing and undoes nothing.

    zigzag: of the closed bars, where it is there already.
    """
    closed = len(bars) if bars.provisional is None else len(bars) - 1
    if closed == 0:
        return Patterns(found=(), told=np.zeros((0, MOST), dtype=np.int16))
    found = patterns(zigzag or closed_zigzag(bars))
    return Patterns(found=found, told=_told(found, closed))


def pattern_facts(bars: Bars, found: Patterns, panel: Panel) -> Findings:
    """pattern_1, pattern_2: a chart pattern in words, dated by its first point, known when its last was; patterns.count.

    .status (forming, confirmed, failed, target met) with its date; .side (bullish, bearish, either way); .point_1 and so on, as
    traded. .neckline: the line that a close confirms it beyond, today, once confirmed where it broke, with that date; where
    either line will do .upper and .lower instead. .failure: the price beyond which a close undoes it. .target: where the measured
    move ends, in the last contract's prices as all but the points; .target_atr: how far from the last price.
    """
    row, told = len(bars) - 1, found.told_at(len(bars) - 1)
    facts = {"patterns.count": number(len(told), "count", "chart patterns told of", "count", inputs={"count": float(len(told))})}
    for slot, pattern in told:
        facts |= _pattern(f"pattern_{slot}", bars, pattern, row, float(panel.atr[row]))
    return facts, ()


def pattern_occurrences(found: Patterns) -> tuple[Occurrences, ...]:
    """'pattern.double_top' and so on, each when a close confirmed it, with the side to which it broke."""
    confirmed = [
        (pattern.shape.kind, pattern.confirmed, pattern.direction) for pattern in found.found if pattern.confirmed is not None
    ]
    return tuple(
        occurrences(
            f"pattern.{kind}",
            np.array([row for own, row, _ in confirmed if own == kind], dtype=np.int64),
            np.array([side for own, _, side in confirmed if own == kind], dtype=np.int8),
        )
        for kind in RANKED
    )


def _told(found: Sequence[Pattern], closed: int) -> NDArray[np.int16]:
    told = np.full((closed, MOST), -1, dtype=np.int16)
    for at, pattern in enumerate(found):
        row = pattern.shape.known
        free = [slot for slot in range(MOST) if told[row, slot] < 0]
        slot = free[0] if free else min(range(MOST), key=lambda slot: _worth(found[told[row, slot]], row))
        told[row:, slot] = -1
        told[row : _forgotten(pattern, closed), slot] = at
    return told


def _worth(pattern: Pattern, row: int) -> tuple[bool, int]:
    """What gives way first is over; of two that are or are not, what has been so for longer."""
    status, since = pattern.status_at(row)
    return status in ("forming", "confirmed"), since


def _upon(one: Pattern, other: Pattern) -> bool:
    """Whether two patterns share bars."""
    return min(one.shape.last, other.shape.last) > max(one.shape.first, other.shape.first)


def _forgotten(pattern: Pattern, closed: int) -> int:
    """The row from which on nothing is said of a pattern: of one that came to nothing at once."""
    if pattern.ended is None:
        return closed
    return pattern.ended + (NEWS if pattern.ending in ("failed", "target met") else 0)


def _pattern(name: str, bars: Bars, pattern: Pattern, row: int, yard: float) -> dict[str, Fact]:
    shape = pattern.shape
    status, since = pattern.status_at(row)
    called = shape.kind.replace("_", " ")
    facts = {
        name: fact_of(
            value=called,
            unit="word",
            meaning="a chart pattern; its date is its first turning point, known on the day its last was",
            formula=_rule(called),
            date=day(bars, shape.first),
            known_on=day(bars, shape.known),
        ),
        f"{name}.status": word(status, "what has become of it, and since when", _STATUS, date=day(bars, since)),
        f"{name}.side": word(
            _SIDES[pattern.direction_at(row)], "which way it broke, else is expected to", "By its kind, or its break."
        ),
    }
    facts |= {f"{name}.point_{at}": _point(bars, point, called, at) for at, point in enumerate(shape.points, 1)}
    return facts | _prices(name, bars, pattern, row, yard)


def _prices(name: str, bars: Bars, pattern: Pattern, row: int, yard: float) -> dict[str, Fact]:
    """Neckline, failure and target, or the two lines of a pattern that may break either way."""
    shape, side = pattern.shape, pattern.direction_at(row)
    broke = pattern.confirmed if pattern.confirmed is not None and pattern.confirmed <= row else None
    at = broke if broke is not None else row if pattern.ended is None or pattern.ended > row else pattern.ended
    if not side:
        return {
            f"{name}.upper": _standing("upper line of the pattern", bars, shape.upper, at),
            f"{name}.lower": _standing("lower line of the pattern", bars, shape.lower, at),
        }
    neckline, other = (shape.upper, shape.lower) if side > 0 else (shape.lower, shape.upper)
    undone = shape.floor if side > 0 else shape.ceiling
    facts = {
        f"{name}.neckline": _standing("the line that a close beyond confirms the pattern", bars, neckline, at),
        f"{name}.failure": _standing("a close beyond it undoes the pattern", bars, other, at)
        if broke is None
        else number(undone, "price", "a close beyond it undoes the pattern", "turn", inputs={"turn": undone}),
    }
    measure = side * shape.measure
    goal = float(facts[f"{name}.neckline"].value) + measure if shape.aim is None else shape.aim
    formula, inputs = (f"{name}.neckline + move", {"move": measure}) if shape.aim is None else ("begun", {"begun": shape.aim})
    facts[f"{name}.target"] = number(goal, "price", "where the measured move ends", formula, inputs=inputs)
    if yard > 0:
        away = (goal - bars.last) / yard
        facts[f"{name}.target_atr"] = number(away, "ATR", "from the last price to the target", f"({name}.target - last) / atr_14")
    return facts


def _rule(called: str) -> str:
    first, *_, last = called.split() if " " in called else (called, called)
    return RULES.get(last) or RULES[first]


def _point(bars: Bars, point: Point, called: str, at: int) -> Fact:
    is_high = point.side > 0
    own = window_of(column="high" if is_high else "low", first=bars.stamp(point.row), last=bars.stamp(point.row), count=1)
    return fact_of(
        value=float((bars.high if is_high else bars.low)[point.row]),
        unit="price",
        meaning=f"turning point {at} of the {called}, as traded",
        formula="highest(highs)" if is_high else "lowest(lows)",
        windows=(own,),
        date=own.first,
        known_on=bars.stamp(point.known),
    )


def _standing(meaning: str, bars: Bars, line: Line, row: int) -> Fact:
    inputs = {"height": line.height, "slope": line.slope, "bars": float(row - line.row)}
    value = line.height + line.slope * (row - line.row)
    return number(
        value, "price", f"{meaning}, in the last contract's prices", "height + slope * bars", inputs=inputs, date=day(bars, row)
    )
