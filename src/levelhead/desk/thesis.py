"""What the desk makes of the trend: the primary trend, the market's perspective, and the side it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from levelhead.desk.draft import Draft

FAR = 20.0  # per cent below the 52-week high
Trend = Literal["bullish", "bearish", "mixed", "not yet known"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thesis:
    """trend: the primary trend. perspective: where the market stands in it, in words. lean: +1 looks up, -1 looks down."""

    trend: Trend
    perspective: str
    lean: Literal[1, -1]


def thesis_of(draft: Draft) -> Thesis:
    """The thesis the facts give; enters `trend.primary` and `trend.perspective`."""
    trend = primary_trend(draft.word)
    perspective = _perspective(draft)
    draft.say(
        "trend.primary",
        trend,
        "primary trend",
        "five votes of +1, 0 or -1: price against the 200-day average, the 50-day against the 200-day, the slope of the 200-day, "
        "price against the 50-day, the order of the swings; bullish from +2, bearish from -2; side and slope of the 50-day alone "
        "where the 200-day is not known",
    )
    draft.say(
        "trend.perspective",
        perspective,
        "market perspective",
        "from the sides of the 50- and 200-day averages and the distance to the 52-week high",
    )
    return Thesis(trend=trend, perspective=perspective, lean=_lean(draft, trend))


def vote(word: str, up: str, down: str) -> int:
    """+1 for `up`, -1 for `down`, 0 for anything else."""
    return (word == up) - (word == down)


def primary_trend(word: Callable[[str], str]) -> Trend:
    """The primary trend that the words of the facts make; `word` gives '' for what is not known."""
    if word("sma_200.side"):
        votes = [
            vote(word("sma_200.side"), "above", "below"),
            vote(word("golden_cross"), "present", "absent"),
            vote(word("sma_200.slope"), "up", "down"),
            vote(word("sma_50.side"), "above", "below"),
            vote(word("structure"), "higher highs and higher lows", "lower highs and lower lows"),
        ]
    elif word("sma_50.side"):
        votes = [vote(word("sma_50.side"), "above", "below"), vote(word("sma_50.slope"), "up", "down")]
    else:
        return "not yet known"
    total = sum(votes)
    return "bullish" if total >= 2 else "bearish" if total <= -2 else "mixed"


def _lean(draft: Draft, trend: Trend) -> Literal[1, -1]:
    if trend in ("bullish", "bearish"):
        return 1 if trend == "bullish" else -1
    for name in ("sma_50.side", "sma_20.side"):
        if name in draft:
            return -1 if draft.word(name) == "below" else 1
    return 1


def _perspective(draft: Draft) -> str:
    short, long = draft.word("sma_50.side"), draft.word("sma_200.side")
    if "high_52w" in draft:
        draft.derive("drawdown_52w_pct", "per cent", "drawdown from the 52-week high", "100 * (1 - last / high_52w)")
    if "drawdown_52w_pct" in draft and "atr_14.pct" in draft and draft.number("drawdown_52w_pct") <= 3 * draft.number("atr_14.pct"):
        return "holding near the highs" if short != "below" else "slipping from the highs"
    far = "drawdown_52w_pct" in draft and draft.number("drawdown_52w_pct") >= FAR
    if short == "above" and long == "above":
        return "recovering, still far below the high" if far else "advancing below the highs"
    if short == "below" and long == "above":
        return "correcting within a longer advance"
    if short == "above" and long == "below":
        return "repairing below the 200-day average"
    if short == "below" and long == "below":
        return "with price below its 50-day and 200-day averages"
    return (
        "with price above its 50-day average"
        if short == "above"
        else "with price below its 50-day average"
        if short == "below"
        else "with no average to judge by"
    )
