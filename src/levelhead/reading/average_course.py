"""Where the averages are going: exponential ones, bends, tests that held, and their place if price stands still."""

from __future__ import annotations

from functools import lru_cache

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact, fact_of
from levelhead.kernels.averages import standing_still
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
    row = len(bars) - 1
    atr = float(panel.atr[row])
    for n in AVERAGES:
        if len(bars) < n:
            unknown.append(too_short(f"The {n}-day exponential average", n, len(bars)))
            continue
        facts |= _exponential(bars, lines, panel, n)
        if atr > 0 and row >= n - 1 + settings.slope_bars:
            facts |= _exponential_slope(lines, n, row, atr, settings)
        if known(lines.slopes[n][row]):
            facts[f"sma_{n}.turn"] = _turn(bars, lines, n, row, settings)
    for n in TESTED:
        if len(bars) >= n:
            facts |= _ahead(bars, panel, n) | _tests(bars, lines, n)
    return facts, tuple(unknown)


def _exponential(bars: Bars, lines: AverageLines, panel: Panel, n: int) -> dict[str, Fact]:
    name, row = f"ema_{n}", len(bars) - 1
    crossing = lines.crossings[n]
    value, where = float(lines.emas[n][row]), int(crossing.side[row])
    crossed = int(crossing.cross[row])
    seed = row == n - 1
    return {
        name: number(
            panel.closes.mean(n, n) if seed else value,
            "price",
            f"{n}-day exponential moving average, seeded with the simple one of the first {n} closes",
            "mean(closes)" if seed else f"before + (last - before) * 2 / {n + 1}",
            inputs={} if seed else {"before": lines.emas[n][row - 1]},
            windows=(window(bars, "close", n),) if seed else (),
        ),
        f"{name}.side": word(
            SIDE_WORDS[where],
            f"side of the {n}-day exponential average on which the price stands; its date is the close that crossed to it",
            "above when the last price is higher than the average, below when lower, at when equal.",
            date=day(bars, crossed) if where and crossed >= 0 else None,
        ),
        f"{name}.distance": number(
            value - bars.last, "points", f"from the last price to the {n}-day exponential average", f"{name} - last"
        ),
        f"{name}.flip": number(
            value, "price", f"the next close that would stand exactly on the {n}-day exponential average: where it is now", name
        ),
    }


def _exponential_slope(lines: AverageLines, n: int, row: int, atr: float, settings: Settings) -> dict[str, Fact]:
    now, before = float(lines.smooth[n][row]), float(lines.smooth[n][row - settings.slope_bars])
    slope = (now - before) / atr
    return {
        f"ema_{n}.slope_atr": number(
            slope,
            "ATR",
            f"change of the {n}-day exponential average over {settings.slope_bars} bars, without what rolls moved it by",
            "(now - before) / atr_14",
            inputs={"now": now, "before": before},
        ),
        f"ema_{n}.slope": word(
            direction(slope, settings.flat_atr),
            f"direction of the {n}-day exponential average over {settings.slope_bars} bars",
            direction_rule(settings.flat_atr, settings.slope_bars),
            inputs={f"ema_{n}.slope_atr": slope},
        ),
    }


def _turn(bars: Bars, lines: AverageLines, n: int, row: int, settings: Settings) -> Fact:
    over = settings.slope_bars
    slopes, turns = lines.slopes[n], lines.turns[n]
    now, turned = float(slopes[row]), int(turns.cross[row])
    before = float(slopes[row - over]) if row >= over else float("nan")
    return word(
        _turn_word(now, before, int(turns.side[row]), row - turned if turned >= 0 else None, over),
        f"how the {n}-day average bends; its date is the close at which its slope last changed direction",
        _turn_rule(settings.flat_atr, over),
        inputs={"slope_atr": now} | ({"slope_atr_before": before} if known(before) else {}),
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
        f"sma_{n}.in_{ahead}": number(
            standing_still(panel.closes, len(bars), n, ahead),
            "price",
            f"the {n}-day average {ahead} sessions from now if price stands still",
            f"(sum(closes) + {ahead} * last) / {n}",
            windows=(window(bars, "close", n - ahead),),
        )
        for ahead in AHEAD
    }


def _tests(bars: Bars, lines: AverageLines, n: int) -> dict[str, Fact]:
    """Counted to the last bar that has closed; absent until price was accepted on one side of the average."""
    name, row, tests = f"sma_{n}", min(len(bars), lines.closed) - 1, lines.tests[n]
    if row < 0 or tests.side[row] == 0:
        return {}
    side, since = int(tests.side[row]), day(bars, int(tests.since[row]))
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
