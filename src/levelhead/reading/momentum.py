"""RSI(14) with its signal line, and MACD."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact
from levelhead.kernels.averages import latest_mean
from levelhead.kernels.momentum import index_of
from levelhead.reading.averages import SIDE_WORDS
from levelhead.reading.facts import Findings, day, known, mean_of, number, too_short, window, word
from levelhead.reading.panel import WILDER, Crossing, Panel
from levelhead.reading.settings import Settings

MACD_BARS = 34
_SIGNAL = 9


def momentum_facts(bars: Bars, panel: Panel, settings: Settings) -> Findings:
    """rsi_14 and macd with all that belongs to them."""
    strength, weak = _rsi_facts(bars, panel, settings)
    lines, short = _macd_facts(bars, panel)
    return strength | lines, weak + short


def _rsi_facts(bars: Bars, panel: Panel, settings: Settings) -> Findings:
    if len(bars) <= WILDER:
        return {}, (too_short("RSI(14)", WILDER + 1, len(bars)),)
    if not known(panel.rsi[-1]):
        return {}, ("RSI(14) has no value: the closes have not moved.",)
    facts = _rsi_value(bars, panel)
    unknown = []
    if len(bars) < settings.settled_bars:
        unknown.append(f"RSI(14) has had only {len(bars)} bars to settle; {settings.settled_bars} are wanted.")
    if len(bars) > WILDER + settings.rsi_bars and known(panel.rsi[-1 - settings.rsi_bars]):
        facts |= _rsi_direction(panel, settings)
    else:
        unknown.append(too_short("The direction of RSI(14)", WILDER + 1 + settings.rsi_bars, len(bars)))
    if known(panel.rsi_signal[-1]):
        facts |= _rsi_signal(bars, panel)
    else:
        unknown.append(too_short("The signal line of RSI(14)", 2 * WILDER, len(bars)))
    return facts, tuple(unknown)


def _rsi_value(bars: Bars, panel: Panel) -> dict[str, Fact]:
    gain, loss = float(panel.gain[-1]), float(panel.loss[-1])
    value = index_of(gain, loss)
    return {
        "rsi_14": number(
            value,
            "index",
            "relative strength index, 14 bars, Wilder smoothing",
            _index_formula("rsi_14.gain", "rsi_14.loss", loss),
        ),
        "rsi_14.gain": _smoothed(bars, panel, "gain"),
        "rsi_14.loss": _smoothed(bars, panel, "loss"),
        "rsi_14.zone": word(
            zone(value),
            "zone of RSI(14)",
            "oversold below 30, bearish half from 30 to below 50, bullish half from 50 to 70, overbought above 70.",
            inputs={"rsi_14": value},
        ),
    }


def _index_formula(gain: str, loss: str, fell: float) -> str:
    """The usual form divides by the loss; where nothing fell the same quotient is written the other way."""
    return f"100 - 100 / (1 + {gain} / {loss})" if fell > 0 else f"100 * {gain} / ({gain} + {loss})"


def _smoothed(bars: Bars, panel: Panel, which: str) -> Fact:
    series = panel.gain if which == "gain" else panel.loss
    meaning = f"Wilder average of the {'rises' if which == 'gain' else 'falls'} from close to close, 14 bars"
    newer, older = ("last", "first") if which == "gain" else ("first", "last")
    if len(bars) == WILDER + 1:
        steps = np.diff(bars.close) if which == "gain" else -np.diff(bars.close)
        formula, inputs = mean_of("step_", np.maximum(steps, 0.0))
        return number(series[-1], "points", meaning, formula, inputs=inputs)
    return number(
        series[-1],
        "points",
        meaning,
        f"({WILDER - 1} * before + max({newer}(closes) - {older}(closes), 0)) / {WILDER}",
        inputs={"before": series[-2]},
        windows=(window(bars, "close", 2),),
    )


def zone(index: float) -> str:
    """The word of an RSI value; 30, 50 and 70 belong to the halves."""
    if index < 30:
        return "oversold"
    if index > 70:
        return "overbought"
    return "bullish half" if index >= 50 else "bearish half"


def _rsi_direction(panel: Panel, settings: Settings) -> dict[str, Fact]:
    back = 1 + settings.rsi_bars
    gain, loss = float(panel.gain[-back]), float(panel.loss[-back])
    now, before = index_of(float(panel.gain[-1]), float(panel.loss[-1])), index_of(gain, loss)
    moved = "flat" if abs(now - before) <= settings.flat_rsi else "rising" if now > before else "falling"
    return {
        "rsi_14.before": number(
            before,
            "index",
            f"RSI(14) {settings.rsi_bars} bars ago",
            _index_formula("gain", "loss", loss),
            inputs={"gain": gain, "loss": loss},
        ),
        "rsi_14.direction": word(
            moved,
            f"direction of RSI(14) over {settings.rsi_bars} bars",
            _direction_rule(settings.flat_rsi, settings.rsi_bars),
            inputs={"rsi_14": now, "rsi_14.before": before},
        ),
    }


@lru_cache(maxsize=64)
def _direction_rule(flat: float, bars_ago: int) -> str:
    return f"rising or falling when it changed by more than {flat} in {bars_ago} bars, else flat."


def _rsi_signal(bars: Bars, panel: Panel) -> dict[str, Fact]:
    formula, inputs = mean_of("r", panel.rsi[-WILDER:])
    facts = {
        "rsi_14.signal": number(
            latest_mean(panel.rsi, WILDER), "index", "signal line of RSI(14): its mean over 14 bars", formula, inputs=inputs
        )
    }
    cross = _cross(bars, panel.rsi_crossing, "RSI(14)", {"rsi_14": panel.rsi[-1], "rsi_14.signal": panel.rsi_signal[-1]})
    return facts if cross is None else facts | {"rsi_14.cross": cross}


def _cross(bars: Bars, crossing: Crossing, called: str, inputs: dict[str, float]) -> Fact | None:
    """The side of its signal line on which a line stands and since when; None where it has never left it."""
    held = int(crossing.held[-1])
    if held == 0:
        return None
    row = crossing.last
    return word(
        SIDE_WORDS[held],
        f"side of its signal line on which {called} stands; its date is the bar that crossed to it",
        "above when the line is higher than its signal line, below when lower; where they touch, the side before.",
        inputs=inputs,
        date=None if row is None else day(bars, row),
    )


def _macd_facts(bars: Bars, panel: Panel) -> Findings:
    if len(bars) < MACD_BARS:
        return {}, (too_short("MACD", MACD_BARS, len(bars)),)
    macd = panel.macd
    line = float(macd.fast[-1] - macd.slow[-1])
    formula, inputs, signal = _macd_signal(bars, panel, line)
    facts = {
        "macd": number(
            line,
            "points",
            "MACD: 12-day less 26-day exponential average, both started on one bar",
            "fast - slow",
            inputs={"fast": macd.fast[-1], "slow": macd.slow[-1]},
        ),
        "macd.signal": number(signal, "points", "signal line of MACD: its exponential average over 9 bars", formula, inputs=inputs),
        "macd.histogram": number(line - signal, "points", "MACD less its signal line", "macd - macd.signal"),
    }
    cross = _cross(bars, panel.macd_crossing, "MACD", {"macd": line, "macd.signal": signal})
    return (facts if cross is None else facts | {"macd.side": cross}), ()


def _macd_signal(bars: Bars, panel: Panel, line: float) -> tuple[str, dict[str, float], float]:
    """Formula, inputs and value: the first one is a mean, each later one moves by a fifth towards the line."""
    if len(bars) == MACD_BARS:
        lines = (panel.macd.fast - panel.macd.slow)[-_SIGNAL:]
        return *mean_of("m", lines), latest_mean(lines, _SIGNAL)
    before = float(panel.macd.signal[-2])
    return f"before + (macd - before) * 2 / {_SIGNAL + 1}", {"before": before}, before + (line - before) * 2 / (_SIGNAL + 1)
