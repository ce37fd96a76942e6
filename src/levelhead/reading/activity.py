"""Volume and volatility of the last days, against what is usual; what needs a volume is absent where that is unknown."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact
from levelhead.kernels.averages import latest_mean
from levelhead.kernels.bands import rank
from levelhead.reading.activity_lines import NARROWEST_OF, VOLATILITY_BARS, VOLUME_BARS, WIDE, ActivityLines
from levelhead.reading.facts import Findings, day, known, mean_of, number, too_short, word
from levelhead.reading.panel import Panel
from levelhead.reading.settings import YEAR

UP_DOWN_BARS = 50
PRESSURE_BARS = 20
DISTRIBUTION_BARS = 25
_PRESSURE_BACK, _PRESSURE_MOVED = 10, 5.0
_RECENT, _USUAL = 5, 20
_EXPANSION, _CONTRACTION = 1.25, 0.8


def activity_facts(bars: Bars, lines: ActivityLines, panel: Panel) -> Findings:
    """volume.*, range.*, atr_14.percentile, volatility_20.*; volume and range of the last bar that has closed."""
    row = min(len(bars), lines.closed) - 1
    facts: dict[str, Fact] = {}
    if row >= 0:
        facts |= _volume(bars, lines, row) | _up_down(bars, lines, row) | _pressure(bars, lines, row) | _days(bars, lines, row)
        facts |= _range(bars, lines, panel, row)
    count = len(bars)
    facts |= _percentile("atr_14.percentile", "ATR(14), as a share of the price,", lines.atr_share[:count])
    if not known(lines.volatility[count - 1]):
        return facts, (too_short("Realised volatility", VOLATILITY_BARS + 1, count),) if count <= VOLATILITY_BARS else ()
    spread = float(lines.volatility[count - 1])
    facts["volatility_20"] = number(
        100 * math.sqrt(252) * spread,
        "per cent",
        f"realised volatility a year: standard deviation of the last {VOLATILITY_BARS} log changes from close to close",
        "100 * sqrt(252) * deviation_of_changes",
        inputs={"deviation_of_changes": spread},
    )
    return facts | _percentile("volatility_20.percentile", "realised volatility", lines.volatility[:count]), ()


def _volume(bars: Bars, lines: ActivityLines, row: int) -> dict[str, Fact]:
    traded = float(lines.volume[row])
    if not known(traded):
        return {}
    facts = {"volume": number(traded, "count", "volume of the last finished bar", "traded", inputs={"traded": traded})}
    if known(lines.relative[row]):
        before = lines.volume[row - VOLUME_BARS : row]
        formula, inputs = mean_of("v", before)
        usual = latest_mean(before, VOLUME_BARS)
        facts["volume.usual"] = number(usual, "count", f"mean volume of the {VOLUME_BARS} bars before", formula, inputs=inputs)
        facts["volume.relative"] = number(
            traded / usual, "ratio", f"volume against the mean of the {VOLUME_BARS} bars before", "volume / volume.usual"
        )
    return {name: _dated(fact, bars, row) for name, fact in facts.items()}


def _up_down(bars: Bars, lines: ActivityLines, row: int) -> dict[str, Fact]:
    last = slice(row - UP_DOWN_BARS + 1, row + 1)
    if row < UP_DOWN_BARS or not np.isfinite(lines.volume[last]).all() or not np.isfinite(lines.change[last]).all():
        return {}
    rose, fell = (math.fsum(lines.volume[last][side * lines.change[last] > 0].tolist()) for side in (1, -1))
    if not fell > 0:
        return {}
    meaning = f"volume of the days that rose against that of the days that fell, last {UP_DOWN_BARS} sessions"
    ratio = number(rose / fell, "ratio", meaning, "rising / falling", inputs={"rising": rose, "falling": fell})
    return {"volume.up_down": _dated(ratio, bars, row)}


def _pressure(bars: Bars, lines: ActivityLines, row: int) -> dict[str, Fact]:
    now, before = (_sold(bars, lines, at) for at in (row, row - _PRESSURE_BACK))
    if now is None:
        return {}
    facts = {"volume.selling_pressure": _pressure_fact(now, "")}
    if before is not None:
        facts["volume.selling_pressure.before"] = _pressure_fact(before, f" {_PRESSURE_BACK} bars ago")
        moved = 100 * (now[0] / now[1] - before[0] / before[1])
        facts["volume.selling_pressure.direction"] = word(
            "rising" if moved > _PRESSURE_MOVED else "falling" if moved < -_PRESSURE_MOVED else "steady",
            f"direction of selling pressure over {_PRESSURE_BACK} bars",
            f"rising or falling when it changed by more than {_PRESSURE_MOVED:g} points in {_PRESSURE_BACK} bars, else steady.",
        )
    return {name: _dated(fact, bars, row) for name, fact in facts.items()}


def _sold(bars: Bars, lines: ActivityLines, row: int) -> tuple[float, float] | None:
    """Volume sold and volume traded in the bars up to `row`; None where one is unknown."""
    last = slice(row - PRESSURE_BARS + 1, row + 1)
    if row < PRESSURE_BARS - 1 or not np.isfinite(lines.volume[last]).all():
        return None
    traded = math.fsum(lines.volume[last].tolist())
    return (math.fsum((lines.volume[last] * lines.sold[last]).tolist()), traded) if traded > 0 else None


def _pressure_fact(volumes: tuple[float, float], when: str) -> Fact:
    return number(
        100 * volumes[0] / volumes[1],
        "per cent",
        f"selling pressure{when}: share of {PRESSURE_BARS} bars' volume that is sold, each split where it closed in its range",
        "100 * sold / traded",
        inputs={"sold": volumes[0], "traded": volumes[1]},
    )


def _days(bars: Bars, lines: ActivityLines, row: int) -> dict[str, Fact]:
    first = row - DISTRIBUTION_BARS + 1
    if first < 1 or not np.isfinite(lines.volume[first - 1 : row + 1]).all():
        return {}
    facts = {}
    for name, kind, verb in (("distribution", -1, "fell"), ("accumulation", 1, "rose")):
        rows = first + np.flatnonzero(lines.kinds[first : row + 1] == kind)
        on = {
            f"on_{day(bars, int(at)):%Y_%m_%d}{f'_{day(bars, int(at)):%H%M}' if bars.days is not None else ''}": 1.0 for at in rows
        }
        fact = number(
            len(rows),
            "count",
            f"days of {name} in the last {DISTRIBUTION_BARS}: the close {verb} by 0.2 % or more on more volume than the day before",
            " + ".join(on) or "0",
            inputs=on,
        )
        facts[f"volume.{name}_days"] = _dated(fact, bars, row)
    return facts


def _range(bars: Bars, lines: ActivityLines, panel: Panel, row: int) -> dict[str, Fact]:
    facts = {}
    if known(lines.reach[row]):
        reach = float(lines.reach[row])
        facts["range.last"] = number(
            float(panel.true_range[row]) / float(panel.atr[row - 1]),
            "ATR",
            "true range of the last finished bar, in ATR(14) of the bar before",
            "true_range / atr_before",
            inputs={"true_range": panel.true_range[row], "atr_before": panel.atr[row - 1]},
        )
        facts["range.kind"] = word(
            "wide" if reach >= WIDE else f"narrowest of {NARROWEST_OF}" if lines.narrowest[row] else "usual",
            "the range of the last finished bar",
            f"wide from {WIDE:g} ATR(14) of the bar before, narrowest of {NARROWEST_OF} when high less low is below each of the "
            f"{NARROWEST_OF - 1} before, else usual.",
        )
    spans = panel.true_range[max(row - _USUAL + 1, 0) : row + 1]
    if len(spans) == _USUAL and known(spans[0]) and (usual := latest_mean(spans, _USUAL)) > 0:
        recent = latest_mean(spans, _RECENT)
        course = recent / usual
        meaning = f"mean true range of {_RECENT} bars against that of {_USUAL}"
        facts["range.course"] = number(course, "ratio", meaning, "recent / usual", inputs={"recent": recent, "usual": usual})
        facts["range.state"] = word(
            "expansion" if course >= _EXPANSION else "contraction" if course <= _CONTRACTION else "steady",
            "whether ranges widen or narrow",
            f"expansion when range.course is {_EXPANSION} or more, contraction when {_CONTRACTION} or less, else steady.",
        )
    return {name: _dated(fact, bars, row) for name, fact in facts.items()}


def _percentile(name: str, called: str, values: FloatArray) -> dict[str, Fact]:
    ranked = rank(values, YEAR)
    if ranked is None:
        return {}
    return {
        name: number(
            100 * ranked[0] / ranked[1],
            "per cent",
            f"share of the last {YEAR} sessions whose {called} was not higher than now, today among them",
            "100 * not_higher / sessions",
            inputs={"not_higher": ranked[0], "sessions": ranked[1]},
        )
    }


def _dated(fact: Fact, bars: Bars, row: int) -> Fact:
    """With the date of the bar it speaks of, where that is not the last."""
    if row == len(bars) - 1:
        return fact
    return replace(fact, date=day(bars, row))
