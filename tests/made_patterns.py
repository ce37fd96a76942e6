"""Charts of one pattern each, drawn by hand: corners in rows and prices, straight between, each bar one point above and below."""

from __future__ import annotations

import numpy as np

Corners = tuple[tuple[int, float], ...]

# A fall of 80 points, two lows at 119 in rows 85 and 115, the high between them at 151 in row 100.
DOUBLE_BOTTOM: Corners = ((0, 200), (40, 200), (85, 120), (100, 150), (115, 120), (136, 162))
# Lows at 119, highs between them at 151 and 147: the higher one is the neckline.
TRIPLE_BOTTOM: Corners = ((0, 210), (40, 210), (85, 120), (100, 150), (115, 120), (128, 146), (141, 120), (162, 162))
# Shoulders at 129, the head at 109, both highs at 151.
INVERSE_HEAD: Corners = ((0, 220), (40, 220), (85, 130), (95, 150), (115, 110), (135, 150), (145, 130), (161, 162))
# Highs at 151, lows at 119 and 131 and rising.
ASCENDING: Corners = ((0, 60), (40, 60), (85, 150), (100, 120), (115, 150), (124, 132), (133, 150), (137, 143), (146, 161))
# Highs at 151, 145 and 139; lows at 119 and 125.
SYMMETRICAL: Corners = ((0, 60), (40, 60), (85, 150), (100, 120), (112, 144), (121, 126), (127, 138), (131, 130), (140, 148))
# Highs at 151, 157.9 and 165.1, lows at 117 and 136: both lines rise and meet.
RISING_WEDGE: Corners = ((0, 60), (40, 60), (85, 150), (100, 118), (115, 157), (126, 137), (137, 164), (152, 120))
# Highs at 151, lows at 131.
RECTANGLE: Corners = ((0, 60), (40, 60), (85, 150), (94, 132), (103, 150), (112, 132), (121, 150), (126, 140), (136, 160))
# A pole from 99 to 131 in ten bars, then 123 to 130 and 122: two parallels.
BULL_FLAG: Corners = ((0, 100), (40, 100), (80, 100), (90, 130), (94, 124), (97, 129), (101, 123), (108, 137))
# The same pole, then 121, 129 and 125: the lines meet.
BULL_PENNANT: Corners = ((0, 100), (40, 100), (80, 100), (90, 130), (94, 121), (97, 127), (100, 123), (106, 135))

CHARTS: dict[str, Corners] = {
    "double_bottom": DOUBLE_BOTTOM,
    "triple_bottom": TRIPLE_BOTTOM,
    "inverse_head_and_shoulders": INVERSE_HEAD,
    "ascending_triangle": ASCENDING,
    "symmetrical_triangle": SYMMETRICAL,
    "rising_wedge": RISING_WEDGE,
    "rectangle": RECTANGLE,
    "bull_flag": BULL_FLAG,
    "bull_pennant": BULL_PENNANT,
}
MIRRORED = {
    "double_bottom": "double_top",
    "triple_bottom": "triple_top",
    "inverse_head_and_shoulders": "head_and_shoulders",
    "ascending_triangle": "descending_triangle",
    "symmetrical_triangle": "symmetrical_triangle",
    "rising_wedge": "falling_wedge",
    "rectangle": "rectangle",
    "bull_flag": "bear_flag",
    "bull_pennant": "bear_pennant",
}


def path(corners: Corners) -> np.ndarray:
    """The closes: straight from corner to corner, a bar for every row."""
    rows, prices = zip(*corners, strict=True)
    return np.interp(np.arange(rows[-1] + 1), rows, prices)


def drawn(corners: Corners, *more: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """High, low, close of a chart, and of `more` closes after it."""
    close = np.r_[path(corners), more]
    return close + 1, close - 1, close


def upside_down(bars: tuple[np.ndarray, np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same bars, prices taken from 400."""
    high, low, close = bars
    return 400 - low, 400 - high, 400 - close
