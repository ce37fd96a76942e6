"""ATR(14): how far a bar travels, the yardstick of slopes and distances."""

from __future__ import annotations

from levelhead.domain.adjustment import roll_gap
from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact
from levelhead.reading.facts import Findings, mean_of, number, too_short, window
from levelhead.reading.panel import WILDER, Panel
from levelhead.reading.settings import Settings


def range_facts(bars: Bars, panel: Panel, settings: Settings) -> Findings:
    """atr_14 and atr_14.pct."""
    if len(bars) <= WILDER:
        return {}, (too_short("ATR(14)", WILDER + 1, len(bars)),)
    facts = {"atr_14": _atr(bars, panel)}
    if bars.last > 0:
        facts["atr_14.pct"] = number(
            100 * float(panel.atr[-1]) / bars.last, "per cent", "ATR(14) as a share of the last price", "100 * atr_14 / last"
        )
    unknown = []
    if panel.atr[-1] <= 0:
        unknown.append("ATR(14) is zero, the bars have not moved; distances in ATR are not known.")
    elif len(bars) < settings.settled_bars:
        unknown.append(f"ATR(14) has had only {len(bars)} bars to settle; {settings.settled_bars} are wanted.")
    return facts, tuple(unknown)


def _atr(bars: Bars, panel: Panel) -> Fact:
    meaning = "average true range, 14 bars, Wilder smoothing"
    if len(bars) == WILDER + 1:
        formula, inputs = mean_of("range_", panel.true_range[1:])
        return number(panel.atr[-1], "points", meaning, formula, inputs=inputs)
    gap = roll_gap(bars)
    before = "first(closes) + roll_gap" if gap else "first(closes)"
    return number(
        panel.atr[-1],
        "points",
        meaning,
        f"({WILDER - 1} * before + max(last(highs), {before}) - min(last(lows), {before})) / {WILDER}",
        inputs={"before": panel.atr[-2]} | ({"roll_gap": gap} if gap else {}),
        windows=(window(bars, "high", 1), window(bars, "low", 1), window(bars, "close", 2)),
    )
