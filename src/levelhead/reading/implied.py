"""Implied volatility: its regime against the past year, its term structure, and what it adds to what has been realised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.daily_series import Series
from levelhead.domain.fact import Fact
from levelhead.kernels.bands import rank
from levelhead.reading.context import Context, values_on
from levelhead.reading.facts import Findings, known, number, word
from levelhead.reading.settings import YEAR

BACK = 5
TENORS: Mapping[str, int] = {"VIX9D": 9, "VIX": 30, "VIX3M": 93, "VXV": 93, "VIX6M": 184, "VIX1Y": 365}
"""Calendar days over which the volatility indices look ahead (Cboe, Volatility Index Methodology), by name."""
CALM, HIGH, EXTREME = 20.0, 80.0, 95.0
_FLAT = 0.01  # of the quotient of two tenors


def implied_facts(bars: Bars, context: Context, before: Mapping[str, Fact]) -> Findings:
    """implied.<NAME>.level|change_5|percentile|regime of each index, implied.premium of the first, implied.term of two tenors.

    before: of the same bars, for volatility_20.
    """
    facts: dict[str, Fact] = {}
    unknown: list[str] = []
    levels: list[tuple[Series, float]] = []
    for series in context.of_kind("implied"):
        values = values_on(bars, series)
        if not known(values[-1]):
            unknown.append(f"{series.name} has no value of the week up to {bars.as_of}; nothing is said of it.")
            continue
        levels.append((series, float(values[-1])))
        facts |= _of_index(f"implied.{series.name}", series.name, values)
    if levels and "volatility_20" in before:
        facts["implied.premium"] = number(
            levels[0][1] - float(before["volatility_20"].value),
            "per cent",
            f"{levels[0][0].name} less the volatility realised over 20 bars, both a year",
            f"implied.{levels[0][0].name}.level - volatility_20",
        )
    return facts | _term(levels), tuple(unknown)


def _of_index(own: str, name: str, values: FloatArray) -> dict[str, Fact]:
    level = float(values[-1])
    facts = {f"{own}.level": number(level, "index", f"{name}, as known at the close", "level", inputs={"level": level})}
    if len(values) > BACK and known(values[-1 - BACK]):
        before = float(values[-1 - BACK])
        facts[f"{own}.change_{BACK}"] = number(
            level - before, "index", f"change of {name} over {BACK} bars", f"{own}.level - before", inputs={"before": before}
        )
    ranked = rank(values, YEAR) if len(values) >= YEAR and np.isfinite(values[-YEAR:]).all() else None
    if ranked is not None:
        share = 100 * ranked[0] / ranked[1]
        facts[f"{own}.percentile"] = number(
            share,
            "per cent",
            f"share of the last {YEAR} sessions on which {name} was not higher than now, today among them",
            "100 * not_higher / sessions",
            inputs={"not_higher": ranked[0], "sessions": ranked[1]},
        )
        facts[f"{own}.regime"] = word(
            "extreme" if share >= EXTREME else "high" if share >= HIGH else "calm" if share <= CALM else "usual",
            f"where {name} stands in its past year",
            f"by its percentile: calm to {CALM:g}, high from {HIGH:g}, extreme from {EXTREME:g}, else usual.",
            inputs={"percentile": share},
        )
    return facts


def _term(levels: Sequence[tuple[Series, float]]) -> dict[str, Fact]:
    """The nearest against the farthest of the indices whose tenor is known by name."""
    known_ones = sorted(((TENORS[s.name], s.name, level) for s, level in levels if s.name in TENORS), key=lambda each: each[0])
    if len(known_ones) < 2 or known_ones[0][0] == known_ones[-1][0]:
        return {}
    (_, near, near_level), (_, far, far_level) = known_ones[0], known_ones[-1]
    quotient = near_level / far_level
    return {
        "implied.term": number(quotient, "ratio", f"{near} divided by {far}", f"implied.{near}.level / implied.{far}.level"),
        "implied.term.shape": word(
            "backwardation" if quotient > 1 + _FLAT else "contango" if quotient < 1 - _FLAT else "flat",
            f"term structure of implied volatility, {near} against {far}",
            f"backwardation when the nearer is dearer by more than {100 * _FLAT:g} %, contango when cheaper by more, else flat.",
            inputs={"term": quotient},
        ),
    }
