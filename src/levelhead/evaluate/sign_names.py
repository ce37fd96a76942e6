"""What kinds of event and level are called, for a person: 'a golden cross', 'levels at an average'."""

from __future__ import annotations

import re
from collections.abc import Mapping

from levelhead.domain.evidence import Side
from levelhead.reading.candle_kinds import CANDLES

_CANDLES = {kind.key: kind for kind in CANDLES}
_SIGN = {"bullish": 1, "bearish": -1, "": 0}
# Of a kind that points to one side one name; of one that points to either, the bullish and the bearish one.
_NAMES: Mapping[str, str | tuple[str, str]] = {
    "candle.inside": "an inside day",
    "candle.outside": "an outside day",
    "line.broken": ("the break of a falling line", "the break of a rising line"),
    "line.touched": ("a touch of a rising line", "a touch of a falling line"),
    "channel.broken": ("a break out of a channel upwards", "a break out of a channel downwards"),
    "gap.up": "a gap up",
    "gap.down": "a gap down",
    "gap.filled": ("a gap down that was filled", "a gap up that was filled"),
    "swing.high": "a confirmed swing high",
    "swing.low": "a confirmed swing low",
    "reversal.high": "a larger swing high, by reversal",
    "reversal.low": "a larger swing low, by reversal",
    "sequence.begun": ("the start of higher highs and lows", "the start of lower highs and lows"),
    "sequence.ended": ("the end of lower highs and lows", "the end of higher highs and lows"),
    "perspective.trending_up": "the start of an upward trend",
    "perspective.trending_down": "the start of a downward trend",
    "perspective.consolidating_near_the_highs": "the start of a consolidation near the highs",
    "perspective.consolidating_near_the_lows": "the start of a consolidation near the lows",
    "perspective.consolidating": "the start of a consolidation",
    "perspective.correcting": "the start of a correction",
    "perspective.repairing": "the start of a repair",
    "drawdown.half_regained": "half of a drawdown regained",
    "pullback.shallow": ("a shallow pullback", "a shallow rally in a decline"),
    "pullback.orderly": ("an orderly pullback", "an orderly rally in a decline"),
    "pullback.deep": ("a deep pullback", "a deep rally in a decline"),
    "pullback.impulsive": ("an impulsive pullback", "an impulsive rally in a decline"),
    "range.begun": "the start of a range",
    "range.broken": ("a break out of a range upwards", "a break out of a range downwards"),
    "range.break_failed": ("a failed break below a range", "a failed break above a range"),
    "range.wide": ("a wide day up", "a wide day down"),
    "range.narrowest": "the narrowest day of seven",
    "breakout.up": "a breakout above a swing high",
    "breakout.down": "a breakdown below a swing low",
    "breakout.failed": ("a failed breakdown", "a failed breakout"),
    "breakout.retested": ("a breakout that was retested and held", "a breakdown that was retested and held"),
    "cross.golden": "a golden cross",
    "cross.death": "a death cross",
    "rsi.recovered": "RSI leaving its lower zone",
    "rsi.fell_back": "RSI leaving its upper zone",
    "rsi.midline": ("RSI crossing above its midline", "RSI crossing below its midline"),
    "rsi.signal_crossed": ("RSI crossing above its signal line", "RSI crossing below its signal line"),
    "macd.signal_crossed": ("MACD crossing above its signal line", "MACD crossing below its signal line"),
    "di.crossed": ("the upward directional indicator taking the lead", "the downward directional indicator taking the lead"),
    "squeeze": "the start of a squeeze of the bands",
    "divergence.regular": ("a regular bullish divergence", "a regular bearish divergence"),
    "divergence.hidden": ("a hidden bullish divergence", "a hidden bearish divergence"),
    "volume.distribution": "a day of distribution",
    "volume.accumulation": "a day of accumulation",
    "volume.heavy": ("heavy volume on a day up", "heavy volume on a day down"),
}
_OF_AVERAGES: Mapping[str, str | tuple[str, str]] = {
    "reclaimed": "a reclaim of the {n}-day average",
    "lost": "a loss of the {n}-day average",
    "held": ("the {n}-day average tested from above and held", "the {n}-day average tested from below and held"),
    "turned": ("an upward turn of the {n}-day average", "a downward turn of the {n}-day average"),
}
_LEVELS: Mapping[str, str] = {
    "anchor": "opens and closes of periods",
    "average": "moving averages",
    "extreme": "former highs and lows",
    "fibonacci": "Fibonacci levels",
    "gap": "edges of gaps",
    "line": "trendlines and channels",
    "pivot": "pivots",
    "profile": "levels of the volume profile",
    "round": "round numbers",
    "swing": "swing highs and lows",
    "vwap": "anchored volume-weighted averages",
}
_DAY = re.compile(r"\bday\b")
_AVERAGE = re.compile(r"(?:sma|ema)_(\d+)\.(\w+)")


def event_name(kind: str, side: Side, noun: str = "day") -> str:
    """What an event of that kind and side is called; of a kind nobody has named, its own name in words. noun: what a bar is."""
    group, _, key = kind.partition(".")
    if group == "candle" and key in _CANDLES:
        return _with_article(_CANDLES[key].named(_SIGN[side], noun))
    average = _AVERAGE.fullmatch(kind)
    names = _OF_AVERAGES.get(average[2]) if average else _NAMES.get(kind)
    if names is None:
        words = (key or group).replace("_", " ")
        return _with_article(f"{side} {words}" if side and not _says_side(words) else words)
    name = names if isinstance(names, str) else names[side == "bearish"]
    if not side and not isinstance(names, str):
        name = name.replace(" up", " unchanged").replace("a bullish", "a neutral")
    return _DAY.sub(noun, name.format(n=average[1]) if average else name)


def level_name(kind: str) -> str:
    """What levels of that kind are called."""
    return _LEVELS.get(kind, f"levels of the kind {kind}")


def _says_side(words: str) -> bool:
    return any(
        word in words.split() for word in ("bull", "bear", "top", "bottom", "ascending", "descending", "falling", "rising")
    ) or ("head and shoulders" in words)


def _with_article(words: str) -> str:
    if words.endswith("s") or "three" in words.split() or words.startswith("two "):
        return words
    return f"{'an' if words[0] in 'aeiou' and not words.startswith('uni') else 'a'} {words}"
