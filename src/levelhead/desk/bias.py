"""The bias the chart gives over one horizon, how the odds temper it, and the close that would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from levelhead.desk.draft import Draft
from levelhead.domain.claim import Chance
from levelhead.domain.scenario import Bias
from levelhead.reading.perspective import vote

BAND = 0.25  # ATR around an average within which price stands at it: nearer is noise
LEAN = 0.05  # smaller differences between up and down say nothing
_BIAS: Mapping[int, Bias] = {
    3: "bullish",
    2: "bullish",
    1: "cautiously bullish",
    -1: "cautiously bearish",
    -2: "bearish",
    -3: "bearish",
}
RULE = (
    "side of price on the leading average, seconded by two facts: bullish with both or one of them and none against, cautiously so "
    "with one for and one against or neither, neutral with both against; neutral, too, where the odds lean the other way by more "
    "than five points, as they stand and against the instrument's own past; within a quarter of an ATR price stands at its average"
)


def bias_of(side: int, seconds: tuple[int, int]) -> Bias:
    """The bias when price is on `side` (+1 above, -1 below, 0 at) of its average and each second votes +1, 0 or -1.

    Crossing the average always changes the word: what two seconds confirm above they contradict below.
    """
    agreement = sum(seconds) * side
    if side == 0 or agreement <= -2:
        return "neutral"
    strength = 2 if agreement >= 1 else 1
    return _BIAS[side * strength]


def tempered(chart: Bias, lean: int) -> Bias:
    """The bias a note may print: the chart's, or neutral where the odds lean the other way (`lean` +1 up, -1 down, 0 neither)."""
    return "neutral" if pointing(chart) * lean < 0 else chart


def pointing(bias: Bias) -> int:
    """+1 up, -1 down, 0 neither."""
    return 1 if "bullish" in bias else -1 if "bearish" in bias else 0


def lean_of(up: Chance, down: Chance) -> int:
    """Where the odds lean: +1 or -1 when up less down is more than `LEAN` one way, both as it stands and against what it was
    over the instrument's own past; else 0. A market that drifts upward leans up every day, and our drift is shrunk below the
    past's every day: neither alone says anything about this one."""
    gaps = [up.probability - down.probability]
    if up.base_rate is not None and down.base_rate is not None:
        gaps.append(gaps[0] - (up.base_rate - down.base_rate))
    return all(gap > LEAN for gap in gaps) - all(gap < -LEAN for gap in gaps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The close that changes the bias: beyond the average's flip by `formula`; where price would then stand; the sentence."""

    formula: str
    words: str
    sentence: str


def side_of(draft: Draft, average: str) -> int:
    """+1 or -1 when price stands more than `BAND` ATR above or below the average, else 0."""
    away = -draft.number(f"{average}.distance_atr") if f"{average}.distance_atr" in draft else 0.0
    return (away > BAND) - (away < -BAND)


def turn_of(draft: Draft, key: str, n: int, side: int, seconds: tuple[int, int], bias: Bias, lean: int) -> Turn:
    """The nearest edge of the band around the average at which the bias becomes another; the far edge where none does.

    At a close of p the next average is (p + (n - 1) flip) / n, so p stands b above it at flip + b n / (n - 1).
    """
    at = f"{{{key}.change_at}}"
    for end in (0, -1) if side > 0 else (0, 1) if side < 0 else (lean or vote(draft.word(f"sma_{n}.side"), "above", "below") or 1,):
        # Leaving a side means crossing the edge next to price, reaching the other side means crossing the far one.
        edge = side if end == 0 else end
        after = tempered(bias_of(end, seconds), lean)
        if after != bias:
            break
    beyond = "below" if edge > end or end < 0 else "above"
    words = {1: "above the band around", -1: "below the band around", 0: "at the edge of the band around"}[end]
    told = f"would make it {after}" if after != bias else "would change the chart, but not yet the bias"
    return Turn(
        formula=f"{'+' if edge > 0 else '-'} {BAND} * atr_14 * {n} / {n - 1}",
        words=words,
        sentence=f"A close {beyond} {at} {told}.",
    )
