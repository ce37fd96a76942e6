"""Bollinger bands: where they are, where the price stands in them, how wide they are, and whether they squeeze."""

from __future__ import annotations

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact
from levelhead.kernels.averages import latest_mean
from levelhead.kernels.bands import latest_deviation, rank
from levelhead.reading.facts import Findings, day, number, too_short, window, word
from levelhead.reading.momentum_lines import BAND_BARS, SQUEEZE_BARS, MomentumLines
from levelhead.reading.settings import YEAR

RECENT = 10
"""A squeeze is told for so many bars after it was last at its narrowest."""


def bollinger_facts(bars: Bars, lines: MomentumLines) -> Findings:
    """bollinger.upper|lower|deviation|position|width|width_percentile|squeeze; sma_20 is the middle."""
    if len(bars) < BAND_BARS:
        return {}, (too_short("Bollinger bands", BAND_BARS, len(bars)),)
    middle, deviation = latest_mean(bars.close, BAND_BARS), latest_deviation(bars.close, BAND_BARS)
    facts = {
        "bollinger.deviation": number(
            deviation,
            "points",
            f"population standard deviation of the last {BAND_BARS} closes",
            "deviation(closes)",
            windows=(window(bars, "close", BAND_BARS),),
        ),
        "bollinger.upper": number(
            middle + 2 * deviation,
            "price",
            "upper Bollinger band, two deviations above the 20-day average",
            "sma_20 + 2 * bollinger.deviation",
        ),
        "bollinger.lower": number(
            middle - 2 * deviation,
            "price",
            "lower Bollinger band, two deviations below the 20-day average",
            "sma_20 - 2 * bollinger.deviation",
        ),
    }
    if deviation > 0:
        facts["bollinger.position"] = number(
            (bars.last - middle) / (4 * deviation) + 0.5,
            "ratio",
            "where the last price stands between the bands: 0 on the lower, 1 on the upper",
            "(last - sma_20) / (4 * bollinger.deviation) + 0.5",
        )
    if middle > 0:
        facts["bollinger.width"] = number(
            400 * deviation / middle,
            "per cent",
            "upper less lower Bollinger band, as a share of the 20-day average",
            "400 * bollinger.deviation / sma_20",
        )
    return facts | _narrowness(bars, lines), ()


def _narrowness(bars: Bars, lines: MomentumLines) -> dict[str, Fact]:
    count = len(bars)
    facts = {}
    ranked = rank(lines.width[:count], YEAR)
    if ranked is not None:
        facts["bollinger.width_percentile"] = number(
            100 * ranked[0] / ranked[1],
            "per cent",
            f"share of the last {YEAR} sessions whose bands were not wider than now, today among them",
            "100 * not_wider / sessions",
            inputs={"not_wider": ranked[0], "sessions": ranked[1]},
        )
    if count >= BAND_BARS - 1 + SQUEEZE_BARS:
        recent = np.flatnonzero(lines.squeezed[max(count - RECENT, 0) : count])
        row = max(count - RECENT, 0) + int(recent[-1]) if recent.size else None
        facts["bollinger.squeeze"] = word(
            "none" if row is None else "present",
            "squeeze of the Bollinger bands; its date is the bar at which they were last at their narrowest",
            f"present when within the last {RECENT} bars their width was the lowest of {SQUEEZE_BARS} sessions, else none.",
            date=None if row is None else day(bars, row),
        )
    return facts
