"""Rates: where a yield stands and goes, and by how much the price has moved with it."""

from __future__ import annotations

import numpy as np

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact
from levelhead.kernels.regression import slope_of
from levelhead.reading.context import Context, values_on
from levelhead.reading.facts import Findings, known, number, too_short, word

BACK = 20
"""Bars over which a yield's direction is told."""
SPAN = 120
"""Changes from which the sensitivity is estimated."""
LEAST = 60
_STEP = 0.10  # percentage points of yield: the sensitivity is told for ten basis points
_REACH = 1.6449  # standard errors on either side of 90 %
_TOLD = 0.5  # of the root mean square change, times the root of the bars: what a direction must pass


def rate_facts(bars: Bars, context: Context) -> Findings:
    """rates.<NAME>.level|change_20|direction|sensitivity|sensitivity.low|.high|.days|.told of each yield that the day knows."""
    facts: dict[str, Fact] = {}
    unknown: list[str] = []
    for series in context.of_kind("yield"):
        values = values_on(bars, series)
        if not known(values[-1]):
            unknown.append(f"{series.name} has no value of the week up to {bars.as_of}; nothing is said of it.")
            continue
        found, missing = _of_yield(bars, f"rates.{series.name}", series.name, values)
        facts |= found
        unknown += missing
    return facts, tuple(unknown)


def _of_yield(bars: Bars, own: str, name: str, values: FloatArray) -> Findings:
    level = float(values[-1])
    facts = {f"{own}.level": number(level, "per cent", f"{name}, as known at the close", "level", inputs={"level": level})}
    if len(values) <= BACK or not np.isfinite(values[-1 - BACK :]).all():
        return facts, (too_short(f"The direction of {name}", BACK + 1, len(values)),)
    facts |= _direction(own, name, values[-1 - BACK :])
    changes = _changes(bars, values)
    if len(changes[0]) < LEAST:
        return facts, (too_short(f"The sensitivity to {name}", LEAST + 1, len(changes[0]) + 1),)
    return facts | _sensitivity(bars, own, name, *changes), ()


def _direction(own: str, name: str, values: FloatArray) -> dict[str, Fact]:
    now, before = float(values[-1]), float(values[0])
    usual = float(np.sqrt(np.mean(np.diff(values) ** 2)))
    bound = 100 * _TOLD * usual * BACK**0.5
    change = 100 * (now - before)
    return {
        f"{own}.change_{BACK}": number(
            change,
            "index",
            f"change of {name} over {BACK} bars, in basis points",
            "100 * (now - before)",
            inputs={"now": now, "before": before},
        ),
        f"{own}.direction": word(
            "steady" if abs(change) <= bound else "rising" if change > 0 else "falling",
            f"direction of {name} over {BACK} bars",
            f"rising or falling when it changed by more than {_TOLD} of its root mean square daily change times the root of {BACK}"
            ", else steady.",
            inputs={"change": change, "bound": bound},
        ),
    }


def _changes(bars: Bars, values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Changes of the yield in percentage points and of the price in per cent on the last bars on which both are known."""
    closes = shape_of(bars).close[-1 - SPAN :]
    moved = np.diff(values[-1 - SPAN :])
    usable = np.isfinite(moved) & (closes[:-1] > 0) & (closes[1:] > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        changes = 100 * (closes[1:] / closes[:-1] - 1)
    return moved[usable], changes[usable]


def _sensitivity(bars: Bars, own: str, name: str, moved: FloatArray, changes: FloatArray) -> dict[str, Fact]:
    line = slope_of(moved, changes)
    if not known(line.slope):
        return {}
    error, count = _STEP * line.error, len(moved)
    meaning = f"change of {bars.instrument.symbol} on a day on which {name} rises by ten basis points, over {count} daily changes"
    low, high = _STEP * line.slope - _REACH * error, _STEP * line.slope + _REACH * error
    told = "falls when yields rise" if high < 0 else "rises when yields rise" if low > 0 else "not told"
    of = f"{own}.sensitivity"
    return {
        of: number(
            _STEP * line.slope,
            "per cent",
            meaning,
            f"{_STEP} * covariance / variance",
            inputs={"covariance": line.covariance, "variance": line.variance},
        ),
        f"{of}.low": number(low, "per cent", "lower end of its 90 % interval", f"{of} - {_REACH} * error", inputs={"error": error}),
        f"{of}.high": number(
            high, "per cent", "upper end of its 90 % interval", f"{of} + {_REACH} * error", inputs={"error": error}
        ),
        f"{of}.days": number(count, "count", "daily changes from which it is estimated", "days", inputs={"days": float(count)}),
        f"{of}.told": word(
            told,
            f"whether {bars.instrument.symbol} has moved with {name}",
            "not told when the 90 % interval of the sensitivity holds zero, else its sign.",
            inputs={"low": low, "high": high},
        ),
    }
