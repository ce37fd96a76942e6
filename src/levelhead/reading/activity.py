"""Volume and volatility of the last days, against what is usual; what needs a volume is absent where that is unknown."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import replace

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact
from levelhead.kernels.averages import latest_mean
from levelhead.kernels.bands import rank
from levelhead.reading.activity_lines import NARROWEST_OF, VOLATILITY_BARS, VOLUME_BARS, WIDE, ActivityLines
from levelhead.reading.facts import Findings, day, in_name, known, mean_of, number, too_short, word
from levelhead.reading.panel import Panel
from levelhead.reading.settings import YEAR

UP_DOWN_BARS = 50
PRESSURE_BARS = 20
DISTRIBUTION_BARS = 25
_PRESSURE_BACK, _PRESSURE_MOVED = 10, 5.0
_RECENT, _USUAL = 5, 20
_EXPANSION, _CONTRACTION = 1.25, 0.8
_PRESSURE_RULE = f"rising or falling when it changed by more than {_PRESSURE_MOVED:g} points in {_PRESSURE_BACK} bars, else steady."
_RANGE_RULE = (
    f"wide from {WIDE:g} ATR(14) of the bar before, narrowest of {NARROWEST_OF} when high less low is below each of the "
    f"{NARROWEST_OF - 1} before, else usual."
)
_STATE_RULE = f"expansion when range.course is {_EXPANSION} or more, contraction when {_CONTRACTION} or less, else steady."


def activity_facts(bars: Bars, lines: ActivityLines, panel: Panel) -> Findings:
    """volume.*, range.*, atr_14.percentile, volatility_20.*; volume and range of the last bar that has closed."""
    row = min(len(bars), lines.closed) - 1
    facts: dict[str, Fact] = {}
    if row >= 0:
        facts |= _volume(lines, row) | _up_down(lines, row) | _pressure(lines, row) | _days(bars, lines, row)
        facts |= _range(lines, panel, row)
        if row < len(bars) - 1:  # each with the date of the bar that it speaks of
            facts = {name: replace(fact, date=day(bars, row)) for name, fact in facts.items()}
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


def _volume(lines: ActivityLines, row: int) -> dict[str, Fact]:
    traded = float(lines.volume[row])
    if not known(traded):
        return {}
    facts = {"volume": number(traded, "count", "volume of the last finished bar", "traded", inputs={"traded": traded})}
    if known(lines.relative[row]):
        formula, inputs = mean_of("v", lines.volume[row - VOLUME_BARS : row])
        usual = lines.traded.mean(row, VOLUME_BARS)
        facts["volume.usual"] = number(usual, "count", f"mean volume of the {VOLUME_BARS} bars before", formula, inputs=inputs)
        facts["volume.relative"] = number(
            traded / usual, "ratio", f"volume against the mean of the {VOLUME_BARS} bars before", "volume / volume.usual"
        )
    return facts


def _up_down(lines: ActivityLines, row: int) -> dict[str, Fact]:
    if row < UP_DOWN_BARS or lines.both_known[row] < UP_DOWN_BARS:
        return {}
    rose, fell = (volume.sum(row - UP_DOWN_BARS + 1, row + 1) for volume in (lines.rising, lines.falling))
    if not fell > 0:
        return {}
    meaning = f"volume of the days that rose against that of the days that fell, last {UP_DOWN_BARS} sessions"
    ratio = number(rose / fell, "ratio", meaning, "rising / falling", inputs={"rising": rose, "falling": fell})
    return {"volume.up_down": ratio}


def _pressure(lines: ActivityLines, row: int) -> dict[str, Fact]:
    now, before = (_sold(lines, at) for at in (row, row - _PRESSURE_BACK))
    if now is None:
        return {}
    facts = {"volume.selling_pressure": _pressure_fact(now, "")}
    if before is not None:
        facts["volume.selling_pressure.before"] = _pressure_fact(before, f" {_PRESSURE_BACK} bars ago")
        moved = 100 * (now[0] / now[1] - before[0] / before[1])
        facts["volume.selling_pressure.direction"] = word(
            "rising" if moved > _PRESSURE_MOVED else "falling" if moved < -_PRESSURE_MOVED else "steady",
            f"direction of selling pressure over {_PRESSURE_BACK} bars",
            _PRESSURE_RULE,
        )
    return facts


def _sold(lines: ActivityLines, row: int) -> tuple[float, float] | None:
    """Volume sold and volume traded in the bars up to `row`; None where one is unknown."""
    if row < PRESSURE_BARS - 1 or lines.known[row] < PRESSURE_BARS:
        return None
    sold, traded = (volume.sum(row - PRESSURE_BARS + 1, row + 1) for volume in (lines.sold_volume, lines.traded))
    return (sold, traded) if traded > 0 else None


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
    if first < 1 or lines.known[row] < DISTRIBUTION_BARS + 1:
        return {}
    facts = {}
    for name, kind, verb in (("distribution", -1, "fell"), ("accumulation", 1, "rose")):
        days = lines.days[kind]
        on = {f"on_{in_name(bars, at)}": 1.0 for at in days[bisect_left(days, first) : bisect_right(days, row)]}
        facts[f"volume.{name}_days"] = number(
            len(on),
            "count",
            f"days of {name} in the last {DISTRIBUTION_BARS}: the close {verb} by 0.2 % or more on more volume than the day before",
            " + ".join(on) or "0",
            inputs=on,
        )
    return facts


def _range(lines: ActivityLines, panel: Panel, row: int) -> dict[str, Fact]:
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
            _RANGE_RULE,
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
            _STATE_RULE,
        )
    return facts


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
