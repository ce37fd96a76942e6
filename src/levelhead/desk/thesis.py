"""What the desk makes of the trend: the primary trend, the market's perspective, and the side it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from levelhead.desk.draft import Draft
from levelhead.reading.perspective import NEAR_SHARE, Trend, primary_trend, trend_fact

NEAR = 3.0  # ATR from the 52-week high or low
FAR = 20.0  # per cent below it


@dataclass(frozen=True, slots=True, kw_only=True)
class Thesis:
    """trend: the primary trend. perspective: where the market stands in it, in words. lean: +1 looks up, -1 looks down."""

    trend: Trend
    perspective: str
    lean: Literal[1, -1]


def thesis_of(draft: Draft) -> Thesis:
    """The thesis the facts give; enters `trend.primary` and `trend.perspective` where the reading has none."""
    if "trend.primary" not in draft:
        draft.facts.update(trend_fact(draft.word))
    perspective = _perspective(draft)
    if "trend.perspective" not in draft:
        draft.say(
            "trend.perspective",
            perspective,
            "market perspective",
            "from the sides of the averages, for a history too short to tell more",
        )
    trend = primary_trend(draft.word)
    return Thesis(trend=trend, perspective=perspective, lean=_lean(draft, trend))


def _lean(draft: Draft, trend: Trend) -> Literal[1, -1]:
    if trend in ("bullish", "bearish"):
        return 1 if trend == "bullish" else -1
    for name in ("sma_50.side", "sma_20.side"):
        if name in draft:
            return -1 if draft.word(name) == "below" else 1
    return 1


def _perspective(draft: Draft) -> str:
    if "high_52w" in draft and draft.number("last") > 0:
        draft.derive("drawdown_52w_pct", "per cent", "drawdown from the 52-week high", "100 * (1 - last / high_52w)")
    found = _PHRASES.get(draft.word("trend.perspective"))
    return found(draft) if found is not None else _by_averages(draft)


def _trending_up(draft: Draft) -> str:
    if "drawdown_52w_pct" not in draft or "atr_14.pct" not in draft:
        return "advancing"
    if draft.number("drawdown_52w_pct") <= NEAR * draft.number("atr_14.pct") and _is_in_quarter(draft, "high_52w - last"):
        return "advancing near its highs"
    return "recovering, still far below the high" if draft.number("drawdown_52w_pct") >= FAR else "advancing below the highs"


def _is_in_quarter(draft: Draft, distance: str) -> bool:
    """Whether the distance is no more than a quarter of the year's range."""
    return draft.work_out(f"{distance} - {NEAR_SHARE!r} * (high_52w - low_52w)") <= 0


def _correcting(draft: Draft) -> str:
    return "correcting within a longer advance" if draft.word("sma_200.side") == "above" else "correcting below the 200-day average"


def _repairing(draft: Draft) -> str:
    return "repairing its fall" if draft.word("sma_200.side") == "above" else "repairing below the 200-day average"


def _trending_down(draft: Draft) -> str:
    is_known = "low_52w" in draft and draft.has_atr
    if is_known and draft.work_out("(last - low_52w) / atr_14") <= NEAR and _is_in_quarter(draft, "last - low_52w"):
        return "falling near its lows"
    is_below_both = draft.word("sma_50.side") == draft.word("sma_200.side") == "below"
    return "with price below its 50-day and 200-day averages" if is_below_both else "declining"


_PHRASES: Mapping[str, Callable[[Draft], str]] = {
    "trending up": _trending_up,
    "consolidating near the highs": lambda _: "consolidating near the highs",
    "consolidating": lambda _: "consolidating in a range",
    "correcting": _correcting,
    "repairing": _repairing,
    "consolidating near the lows": lambda _: "consolidating near the lows",
    "trending down": _trending_down,
}


def _by_averages(draft: Draft) -> str:
    """What the averages alone say of a history that is too short for a perspective."""
    short, long = draft.word("sma_50.side"), draft.word("sma_200.side")
    if short == "below" and long == "above":
        return "correcting within a longer advance"
    if short == "above" and long == "below":
        return "repairing below the 200-day average"
    if short and short == long:
        return f"with price {short} its 50-day and 200-day averages"
    return f"with price {short} its 50-day average" if short in ("above", "below") else "with no average to judge by"
