"""Splits that a feed did not adjust for: the price is divided overnight, the volume multiplied, and nothing else happens."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.finding import Finding
from levelhead.market.finding_words import and_more, finding_at
from levelhead.market.impossible import number_format

IntArray = NDArray[np.int64]

RATIOS = tuple(Fraction(text) for text in ("3/2", 2, "5/2", 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100))
_LOGS = np.log(np.array([float(ratio) for ratio in RATIOS]))
BEFORE = 20  # bars that show what is usual
AFTER = 5  # bars that must stay near the new price
NEAR = 6.0  # usual gaps by which the opening may miss the exact ratio
NEAREST, FURTHEST = 0.01, 0.06  # bounds of that, as logarithms
CALM = 3.0  # usual ranges that the bars on both sides may have: a crash is not calm
VOLUME_MISS = 1.0  # as a logarithm: how far the volume's own factor may lie from the ratio
FIRST_DAY = 4.0  # times the ratio: the most volume of the first day, in medians of the days before
WITHOUT_VOLUME = 2.0  # the smallest ratio that is suspected where volume is unknown: the VIX opens a third higher on bad days


def suspected_splits(bars: Bars) -> Finding | None:
    """Overnight steps by 2:1, 3:1, 3:2, 1:10 and the like in bars that are otherwise calm, of what can be split.

    Futures and indices do not split. Where volume is known it must have moved the other way: a stock that halves on bad news
    trades ten times its volume, not twice.
    """
    found = split_rows(bars)
    if not found:
        return None
    (k, ratio), rows = found[0], np.array([row for row, _ in found])
    shown = number_format(bars.instrument)
    volume = _volume_factor(bars, k)
    words = (
        f"open {shown(bars.open[k])} after a close of {shown(bars.close[k - 1])} looks like a split of {_said(ratio)} that is not "
        f"adjusted for: the bars beside it are calm{'' if volume is None else f' and volume went to {volume:.2g} times its own'}"
        f"{and_more(bars.dates[rows], 'splits')}. Use adjusted prices, or divide the earlier ones"
    )
    return finding_at(bars, "unadjusted_split", k, words, len(found))


def split_rows(bars: Bars) -> list[tuple[int, Fraction]]:
    """The rows that open at a new price, and new shares for each old one (1/10 of a reverse split of one for ten)."""
    if bars.timeframe != "1d" or bars.instrument.kind in ("future", "index") or len(bars) < 3 or not bars.low.min() > 0:
        return []
    step = np.log(bars.open[1:] / bars.close[:-1])
    large = np.flatnonzero(np.abs(step) > _LOGS[0] - FURTHEST) + 1
    ratios = [(int(k), _ratio(bars, int(k), float(step[k - 1]))) for k in large]
    return [(k, ratio) for k, ratio in ratios if ratio is not None]


def _ratio(bars: Bars, k: int, step: float) -> Fraction | None:
    """The ratio of the split before row k, None where it is a move."""
    at = int(np.argmin(np.abs(_LOGS - abs(step))))
    ratio = RATIOS[at] if step < 0 else 1 / RATIOS[at]
    since = max(0, k - BEFORE)
    if k - since < 2:
        return None
    gap = float(np.median(np.abs(np.log(bars.open[since + 1 : k] / bars.close[since : k - 1]))))
    miss = abs(abs(step) - _LOGS[at])
    if miss > min(max(NEAR * gap, NEAREST), FURTHEST) or not _is_calm(bars, k, _LOGS[at]):
        return None
    return ratio if _volume_agrees(bars, k, float(ratio)) else None


def _volume_agrees(bars: Bars, k: int, ratio: float) -> bool:
    """Whether volume moved as shares do in a split; unknown, it cannot tell 3:2 from a move and says nothing against 2:1."""
    factor = _volume_factor(bars, k)
    if factor is None:
        return max(ratio, 1 / ratio) >= WITHOUT_VOLUME
    first = _volume_factor(bars, k, after=1)
    return abs(np.log(factor / ratio)) <= VOLUME_MISS and (first is None or first <= FIRST_DAY * ratio)


def _is_calm(bars: Bars, k: int, size: float) -> bool:
    """Whether the bars on both sides have usual ranges, and those after stay at the new price."""
    reach = _log_range(bars)
    usual = float(np.median(reach[max(0, k - BEFORE) : k]))
    is_usual = max(reach[k - 1], reach[k]) <= min(CALM * usual, size / 2)
    stays = np.abs(np.log(bars.close[k : k + AFTER] / bars.open[k])) < size / 2
    return bool(is_usual and stays.all())


def _log_range(bars: Bars) -> FloatArray:
    return np.log(bars.high / bars.low)


def _volume_factor(bars: Bars, k: int, *, after: int = BEFORE) -> float | None:
    """Median volume of the bars from k on over that of the bars before; None where either is unknown."""
    old, new = (v[~np.isnan(v)] for v in (bars.volume[max(0, k - BEFORE) : k], bars.volume[k : k + after]))
    return float(np.median(new) / np.median(old)) if len(old) and len(new) else None


def _said(ratio: Fraction) -> str:
    return f"{ratio.numerator}:{ratio.denominator}" if ratio > 1 else f"{ratio.numerator}:{ratio.denominator} (reverse)"
