"""Strength of the move: RSI's recovery, midline and slope; ADX and its directional indicators; rates of change."""

from __future__ import annotations

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact, fact_of
from levelhead.kernels.momentum import index_of
from levelhead.reading.averages import SIDE_WORDS
from levelhead.reading.facts import Findings, day, known, number, too_short, window, word
from levelhead.reading.momentum_lines import OVERSOLD, MomentumLines, spells
from levelhead.reading.panel import WILDER, Panel
from levelhead.reading.settings import Settings

RECOVERY_BARS = 63
"""A spell below 30 is told for so many bars after it began."""
_RECOVERY = f"whether RSI(14) was below 30 within the last {RECOVERY_BARS} bars; its date is the close that put it back"
_RECOVERY_RULE = "recovered when a close put RSI(14) back to 30 or above, oversold when none has yet, else not oversold."
CHANGES = (10, 20, 60)
_TREND, _NO_TREND = 25.0, 20.0
_TREND_RULE = f"trending from {_TREND:g}, not trending below {_NO_TREND:g}, weakly trending between."


def strength_facts(bars: Bars, panel: Panel, lines: MomentumLines, settings: Settings) -> Findings:
    """rsi_14.recovery|oversold_low|midline|slope, adx_14, di_plus_14, di_minus_14, roc_10|20|60."""
    facts: dict[str, Fact] = {}
    if len(bars) > WILDER and known(panel.rsi[-1]):
        facts |= _recovery(bars, panel) | _midline(bars, panel, lines)
        if len(bars) > WILDER + settings.rsi_bars and known(panel.rsi[-1 - settings.rsi_bars]):
            facts["rsi_14.slope"] = number(
                (float(panel.rsi[-1]) - float(panel.rsi[-1 - settings.rsi_bars])) / settings.rsi_bars,
                "index",
                f"change of RSI(14) a bar over the last {settings.rsi_bars} bars",
                f"(rsi_14 - rsi_14.before) / {settings.rsi_bars}",
            )
    facts |= _changes(bars)
    needed = 2 * WILDER
    if len(bars) < needed:
        return facts, (too_short("ADX(14)", needed, len(bars)),)
    return facts | _directional(bars, lines), ()


def _recovery(bars: Bars, panel: Panel) -> dict[str, Fact]:
    """Recovered once a close has put RSI back to 30 or above: a bar that has not closed recovers nothing."""
    first = max(len(bars) - RECOVERY_BARS, 0)
    recent = panel.rsi[first:]
    found = spells(recent, OVERSOLD, 1) if (recent < OVERSOLD).any() else []
    if not found:
        return {"rsi_14.recovery": word("not oversold", _RECOVERY, _RECOVERY_RULE)}
    _, low, end = (first + row for row in found[-1])
    closed = len(bars) if bars.provisional is None else len(bars) - 1
    back = end if end < closed else None
    gain, loss = float(panel.gain[low]), float(panel.loss[low])
    return {
        "rsi_14.recovery": word(
            "oversold" if back is None else "recovered",
            _RECOVERY,
            _RECOVERY_RULE,
            date=None if back is None else day(bars, back),
        ),
        "rsi_14.oversold_low": fact_of(
            value=index_of(gain, loss),
            unit="index",
            meaning="the lowest RSI(14) of the last stretch below 30",
            formula="100 * gain / (gain + loss)",
            inputs={"gain": gain, "loss": loss},
            date=day(bars, low),
            known_on=None if back is None else day(bars, back),
        ),
    }


def _midline(bars: Bars, panel: Panel, lines: MomentumLines) -> dict[str, Fact]:
    row = len(bars) - 1
    held, crossed = int(lines.midline.held[row]), int(lines.midline.cross[row])
    if held == 0:
        return {}
    return {
        "rsi_14.midline": word(
            SIDE_WORDS[held],
            "side of 50 on which RSI(14) stands; its date is the bar that crossed to it",
            "above when RSI(14) is higher than 50, below when lower; on 50, the side before.",
            inputs={"rsi_14": panel.rsi[-1]},
            date=day(bars, crossed) if crossed >= 0 else None,
        )
    }


def _changes(bars: Bars) -> dict[str, Fact]:
    shape = shape_of(bars)
    facts = {}
    for n in CHANGES:
        if len(bars) <= n or not shape.close[-1 - n] > 0 or not bars.last > 0:
            continue
        now, before = float(shape.close[-1]), float(shape.close[-1 - n])
        plain = shape is bars
        facts[f"roc_{n}"] = number(
            100 * (now / before - 1),
            "per cent",
            f"change over {n} bars" + ("" if plain else ", without what rolls moved the price by"),
            "100 * (last(closes) / first(closes) - 1)" if plain else "100 * (now / before - 1)",
            inputs={} if plain else {"now": now, "before": before},
            windows=(window(bars, "close", n + 1),) if plain else (),
        )
    return facts


def _directional(bars: Bars, lines: MomentumLines) -> dict[str, Fact]:
    row, movement = len(bars) - 1, lines.directional
    reach = float(movement.range[row])
    facts = {}
    for name, called, which, sums in (
        ("di_plus_14", "rises", movement.plus, movement.rise),
        ("di_minus_14", "falls", movement.minus, movement.fall),
    ):
        moved = reach > 0
        facts[name] = number(
            100 * float(sums[row]) / reach if moved else float(which[row]),
            "index",
            f"directional indicator, 14 bars: the {called} of the bars' extremes as a share of the true range",
            "100 * moved / range" if moved else "0",
            inputs={"moved": sums[row], "range": reach} if moved else {},
        )
    facts |= _adx(lines, row, float(facts["di_plus_14"].value), float(facts["di_minus_14"].value))
    held, crossed = int(lines.crossing.held[row]), int(lines.crossing.cross[row])
    if held:
        facts["di_14.side"] = word(
            "up" if held > 0 else "down",
            "the directional indicator that is higher; its date is the bar at which they changed places",
            "up when di_plus_14 is higher than di_minus_14, down when lower; where they touch, the side before.",
            date=day(bars, crossed) if crossed >= 0 else None,
        )
    return facts


def _adx(lines: MomentumLines, row: int, plus: float, minus: float) -> dict[str, Fact]:
    """The first one is a mean of 14; each later one moves by a fourteenth towards the day's; where nothing moves it stays."""
    adx = float(lines.directional.adx[row])
    meaning = "average directional index, 14 bars, Wilder smoothing"
    before = float(lines.directional.adx[row - 1])
    if known(before) and plus + minus > 0:
        smoothed = (13 * before + 100 * abs(plus - minus) / (plus + minus)) / 14
        formula = "(13 * before + 100 * abs(di_plus_14 - di_minus_14) / (di_plus_14 + di_minus_14)) / 14"
        fact = number(smoothed, "index", meaning, formula, inputs={"before": before})
    else:
        fact = number(adx, "index", meaning, "smoothed", inputs={"smoothed": adx})
    said = "trending" if adx >= _TREND else "weakly trending" if adx >= _NO_TREND else "not trending"
    return {"adx_14": fact, "adx_14.zone": word(said, "what ADX(14) says of the trend, whichever way it points", _TREND_RULE)}
