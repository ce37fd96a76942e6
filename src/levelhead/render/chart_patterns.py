"""Chart patterns on the chart: outline, neckline or both lines, and the name where it covers no bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from levelhead.render.canvas import Canvas
from levelhead.render.chart_layout import View
from levelhead.render.chart_words import width_of
from levelhead.wire.document import Document

Place = tuple[float, float, float]
"""Middle, half of the width, and height of words."""

_ENDS = (("begin", "from_price"), ("end", "to_price"))


def patterns(canvas: Canvas, document: Document, shown: View) -> None:
    """At most two, in dashes what a close has undone; a pattern that begins before the drawing does is left out."""
    size = shown.layout.text
    told = [
        pattern
        for pattern in document["series"].get("patterns", ())
        if min(line["begin"] for line in pattern["lines"]) >= shown.first
    ]
    for is_undone, dashes in ((False, None), (True, (size / 3, size / 4))):
        own = [pattern for pattern in told if pattern["is_undone"] is is_undone]
        outlines = [list(zip(pattern["rows"], pattern["prices"], strict=True)) for pattern in own if pattern["rows"]]
        lines = [
            [(line["begin"], line["from_price"]), (line["end"], line["to_price"])] for pattern in own for line in pattern["lines"]
        ]
        for runs, width in ((outlines, size / 14), (lines, size / 8)):
            places = [[(shown.x(row - shown.first), shown.prices.y(price)) for row, price in run] for run in runs]
            canvas.strokes(places, "pattern", width, shown.prices, dashes=dashes)
    taken: list[Place] = []
    for pattern in told:
        taken.append(_name(canvas, document, shown, pattern, taken))


def _name(canvas: Canvas, document: Document, shown: View, pattern: dict[str, Any], taken: Sequence[Place]) -> Place:
    """The pattern's words on its side, or on the other where that is much nearer to it: beside no bar and no other name.

    They stand over its middle, or aside where a steep move would keep them far from it.
    """
    size = 0.9 * shown.layout.text
    words, right = _words(pattern["words"], shown, size)
    half = width_of(words, size) / 2
    first, last = (choose(line[end] for line in pattern["lines"]) for choose, end in ((min, "begin"), (max, "end")))
    centre = (shown.x(first - shown.first) + shown.x(last - shown.first)) / 2
    found: list[tuple[float, float, float]] = []  # how bad a place is, its middle and its height
    for is_above in (pattern["is_above"], not pattern["is_above"]):
        for aside in (0.0, -0.5, 0.5, -1.0, 1.0):
            at = max(min(centre + aside * half, right - half), shown.prices.left + half)
            y, far = _height(document, shown, pattern, at, half, is_above=is_above)
            crossed = _crosses_a_line(document, shown, (at, half, y))
            worse = (is_above is not pattern["is_above"]) * size + crossed * size
            found.append((far + 0.12 * abs(at - centre) + worse, at, y))
    _, middle, y = min(found, key=lambda place: place[0])
    while any(abs(middle - at) < half + wide and abs(y - height) < 1.2 * size for at, wide, height in taken):
        y += 1.2 * size if y > shown.prices.low + 0.5 * (shown.prices.high - shown.prices.low) else -1.2 * size
    canvas.text(middle, y, words, size, "pattern", align="center", halo=True)
    return middle, half, y


def _crosses_a_line(document: Document, shown: View, place: Place) -> bool:
    """Whether a trendline or a line of the channel runs through words that stand there."""
    middle, half, height = place
    for line in document["series"].get("lines", ()):
        ends = [(shown.x(line[at] - shown.first), shown.prices.y(line[price])) for at, price in _ENDS]
        left, right = max(middle - half, ends[0][0]), min(middle + half, ends[1][0])
        slope = (ends[1][1] - ends[0][1]) / max(1.0, ends[1][0] - ends[0][0])
        heights = sorted(ends[0][1] + slope * (x - ends[0][0]) - height for x in (left, right))
        if left < right and heights[0] < 0.5 * shown.layout.text and heights[1] > -0.5 * shown.layout.text:
            return True
    return False


def _words(words: str, shown: View, size: float) -> tuple[str, float]:
    """What is written, and how far right: over the bars in full; without its status into the sessions ahead where they are few."""
    over_bars = shown.edge + shown.step / 2
    if shown.prices.left + width_of(words, size) <= over_bars:
        return words, over_bars
    return words.partition(",")[0], shown.prices.right


def _height(
    document: Document, shown: View, pattern: dict[str, Any], middle: float, half: float, *, is_above: bool
) -> tuple[float, float]:
    """Where words above (below) a pattern clear the bars and its lines, within the pane; and how far that is from its own edge."""
    pane, series, size = shown.prices, document["series"], 0.9 * shown.layout.text
    column = [pane.y(price) for price in series["high" if is_above else "low"][shown.first :]]
    ends = [pane.y(price) for line in pattern["lines"] for price in (line["from_price"], line["to_price"])]
    beneath = [column[bar] for bar in range(shown.count) if abs(shown.x(bar) - middle) <= half + shown.step]
    bars = column[pattern["lines"][0]["begin"] - shown.first : pattern["lines"][0]["end"] - shown.first + 1]
    outermost, away = (max, 1.15 * size) if is_above else (min, -1.15 * size)
    edge = outermost([*beneath, *ends])
    y = min(max(edge + away, pane.low + 0.6 * size), pane.high - 0.6 * size)
    return y, abs(y - away - outermost([*bars, *ends])) + abs(y - edge - away)
