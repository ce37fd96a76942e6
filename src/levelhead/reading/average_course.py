"""Where the averages are going: exponential ones, bends, tests that held, and their place if price stands still."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact, fact_of
from levelhead.kernels.averages import standing_still
from levelhead.kernels.line_tests import LineTests
from levelhead.reading.average_lines import TESTED, AverageLines
from levelhead.reading.averages import SIDE_WORDS, direction, direction_rule
from levelhead.reading.facts import Findings, day, in_name, known, number, too_short, window, word
from levelhead.reading.panel import Panel
from levelhead.reading.settings import AVERAGES, Settings

AHEAD = (5, 12)
"""Sessions after which the 50- and 200-day averages are said, if price stands still."""
_FLATTENING = 0.5
_SUPPORT = {1: "support", -1: "resistance"}


def average_course_facts(bars: Bars, lines: AverageLines, panel: Panel, settings: Settings) -> Findings:
    """ema_20|50|100|200 with side, distance, flip and slope; sma_n.turn; sma_50|200.in_5|in_12, .tests_held, .tests, .support."""
    facts: dict[str, Fact] = {}
    unknown: list[str] = []
    row, over = len(bars) - 1, settings.slope_bars
    atr = float(panel.atr[row])
    for n in AVERAGES:
        if row < n - 1:
            unknown.append(too_short(f"The {n}-day exponential average", n, row + 1))
            continue
        said = _said(n, over, settings.flat_atr)
        facts |= _exponential(bars, lines, panel, said)
        if atr > 0 and row >= n - 1 + over:
            facts |= _exponential_slope(lines, said, row, atr)
        if known(lines.slopes[n][row]):
            facts[said.turn] = _turn(bars, lines, said, row)
    for n in TESTED:
        if row >= n - 1:
            facts |= _ahead(bars, panel, n) | _tests(bars, lines, n)
    return facts, tuple(unknown)


class _Said:
    """What is said of the n-day averages on every day, put together once."""

    def __init__(self, n: int, over: int, flat: float) -> None:
        self.n, self.over, self.flat = n, over, flat
        self.name = name = f"ema_{n}"
        self.side, self.distance, self.flip = f"{name}.side", f"{name}.distance", f"{name}.flip"
        self.slope_atr, self.slope, self.turn = f"{name}.slope_atr", f"{name}.slope", f"sma_{n}.turn"
        self.level = f"{n}-day exponential moving average, seeded with the simple one of the first {n} closes"
        self.step = f"before + (last - before) * 2 / {n + 1}"
        self.which_side = (
            f"side of the {n}-day exponential average on which the price stands; its date is the close that crossed to it"
        )
        self.away, self.away_points = f"from the last price to the {n}-day exponential average", f"{name} - last"
        self.next_close = f"the next close that would stand exactly on the {n}-day exponential average: where it is now"
        self.change = f"change of the {n}-day exponential average over {over} bars, without what rolls moved it by"
        self.course = f"direction of the {n}-day exponential average over {over} bars"
        self.bend = f"how the {n}-day average bends; its date is the close at which its slope last changed direction"


_said = lru_cache(maxsize=64)(_Said)


def _exponential(bars: Bars, lines: AverageLines, panel: Panel, said: _Said) -> dict[str, Fact]:
    n, row = said.n, len(bars) - 1
    crossing, emas = lines.crossings[n], lines.emas[n]
    value, where = float(emas[row]), int(crossing.side[row])
    crossed = int(crossing.cross[row])
    seed = row == n - 1
    return {
        said.name: number(
            panel.closes.mean(n, n) if seed else value,
            "price",
            said.level,
            "mean(closes)" if seed else said.step,
            inputs=None if seed else {"before": emas[row - 1]},
            windows=(window(bars, "close", n),) if seed else (),
        ),
        said.side: word(
            SIDE_WORDS[where],
            said.which_side,
            "above when the last price is higher than the average, below when lower, at when equal.",
            date=day(bars, crossed) if where and crossed >= 0 else None,
        ),
        said.distance: number(value - bars.last, "points", said.away, said.away_points),
        said.flip: number(value, "price", said.next_close, said.name),
    }


def _exponential_slope(lines: AverageLines, said: _Said, row: int, atr: float) -> dict[str, Fact]:
    smooth = lines.smooth[said.n]
    now, before = float(smooth[row]), float(smooth[row - said.over])
    slope = (now - before) / atr
    return {
        said.slope_atr: number(slope, "ATR", said.change, "(now - before) / atr_14", inputs={"now": now, "before": before}),
        said.slope: word(
            direction(slope, said.flat), said.course, direction_rule(said.flat, said.over), inputs={said.slope_atr: slope}
        ),
    }


def _turn(bars: Bars, lines: AverageLines, said: _Said, row: int) -> Fact:
    over = said.over
    slopes, turns = lines.slopes[said.n], lines.turns[said.n]
    now, turned = float(slopes[row]), int(turns.cross[row])
    before = float(slopes[row - over]) if row >= over else float("nan")
    return word(
        _turn_word(now, before, int(turns.side[row]), row - turned if turned >= 0 else None, over),
        said.bend,
        _turn_rule(said.flat, over),
        inputs={"slope_atr": now, "slope_atr_before": before} if known(before) else {"slope_atr": now},
        date=day(bars, turned) if turned >= 0 else None,
    )


@lru_cache(maxsize=64)
def _turn_rule(flat: float, over: int) -> str:
    return (
        f"flat within {flat} ATR(14) per {over} bars; turned up or down when the slope changed direction within {over} bars; "
        f"flattening when it is less than {_FLATTENING} of what it was {over} bars ago; else rising or falling."
    )


def _turn_word(now: float, before: float, side: int, since_turn: int | None, over: int) -> str:
    if side == 0:
        return "flat"
    if since_turn is not None and since_turn < over:
        return "turned up" if side > 0 else "turned down"
    course = "rising" if side > 0 else "falling"
    return f"{course}, flattening" if before * side > 0 and now / before < _FLATTENING else course


def _ahead(bars: Bars, panel: Panel, n: int) -> dict[str, Fact]:
    return {
        name: number(
            standing_still(panel.closes, len(bars), n, ahead),
            "price",
            meaning,
            formula,
            windows=(window(bars, "close", n - ahead),),
        )
        for ahead, name, meaning, formula in _said_ahead(n)
    }


@lru_cache(maxsize=64)
def _said_ahead(n: int) -> tuple[tuple[int, str, str, str], ...]:
    return tuple(
        (
            ahead,
            f"sma_{n}.in_{ahead}",
            f"the {n}-day average {ahead} sessions from now if price stands still",
            f"(sum(closes) + {ahead} * last) / {n}",
        )
        for ahead in AHEAD
    )


def _tests(bars: Bars, lines: AverageLines, n: int) -> dict[str, Fact]:
    """Counted to the last bar that has closed; absent until price was accepted on one side of the average.

    They are the same on all days between two at which something happens to a test: what was told last is kept.
    """
    row, tests = min(len(bars), lines.closed) - 1, lines.tests[n]
    if row < 0 or tests.side[row] == 0:
        return {}
    state = int(tests.since[row]), int(np.searchsorted(tests.ended, row, side="right")), bool(tests.under_way[row])
    kept = lines.told.get(n)
    if kept is None or kept[0] != state:
        kept = lines.told[n] = state, _test_facts(bars, tests, row, n)
    return kept[1]


def _test_facts(bars: Bars, tests: LineTests, row: int, n: int) -> dict[str, Fact]:
    name, side, since = f"sma_{n}", int(tests.side[row]), day(bars, int(tests.since[row]))
    held = tests.held_by(row)
    rows = tests.begun[held].tolist()
    inputs = {f"held_{in_name(bars, at)}": 1.0 for at in rows}
    above = "above" if side > 0 else "below"
    facts = {
        f"{name}.tests_held": number(
            len(held),
            "count",
            f"tests of the {n}-day average from {above} that held since its date, the second close in a row {above} it",
            " + ".join(inputs) or "0",
            inputs=inputs,
            date=since,
        ),
        f"{name}.tests": number(
            len(held) + int(tests.under_way[row]),
            "count",
            f"tests of the {n}-day average from {above} since its date, one under way counted",
            f"{name}.tests_held + under_way",
            inputs={"under_way": float(tests.under_way[row])},
            date=since,
        ),
    }
    last, ended = (day(bars, rows[-1]), day(bars, int(tests.ended[held[-1]]))) if rows else (None, None)
    support = fact_of(
        value=_SUPPORT[side] if rows else "untested",
        unit="word",
        meaning=f"whether the {n}-day average has acted as support or resistance; its date is the last test that held",
        formula="support when at least one test from above held since two closes in a row put price there, resistance from below; "
        f"a test begins when a bar reaches the {n}-day average and holds when a whole bar is back before two closes in a row lie "
        "beyond.",
        date=last,
        known_on=ended,
    )
    return facts | {f"{name}.support": support}
