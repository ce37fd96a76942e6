"""Chart patterns on the chart: outline, neckline or both lines, and the name where it covers no bar."""

from __future__ import annotations

from typing import Any

from levelhead.render.canvas import Canvas
from levelhead.render.chart_layout import View
from levelhead.render.chart_words import width_of
from levelhead.wire.document import Document


def patterns(canvas: Canvas, document: Document, shown: View) -> None:
    """At most two, in dashes what a close has undone; a pattern that begins before the drawing does is left out."""
    size = shown.layout.text
    told = [pattern for pattern in document["series"].get("patterns", ()) if pattern["lines"][0]["begin"] >= shown.first]
    for is_undone, dashes in ((False, None), (True, (size / 3, size / 4))):
        own = [pattern for pattern in told if pattern["is_undone"] is is_undone]
        outlines = [list(zip(pattern["rows"], pattern["prices"], strict=True)) for pattern in own if pattern["rows"]]
        lines = [
            [(line["begin"], line["from_price"]), (line["end"], line["to_price"])] for pattern in own for line in pattern["lines"]
        ]
        for runs, width in ((outlines, size / 14), (lines, size / 8)):
            places = [[(shown.x(row - shown.first), shown.prices.y(price)) for row, price in run] for run in runs]
            canvas.strokes(places, "pattern", width, shown.prices, dashes=dashes)
    for pattern in told:
        _name(canvas, document, shown, pattern)


def _name(canvas: Canvas, document: Document, shown: View, pattern: dict[str, Any]) -> None:
    """The pattern's words above or below the bars that they stand over, kept inside the prices' pane."""
    size, pane, series = 0.9 * shown.layout.text, shown.prices, document["series"]
    first, last = pattern["lines"][0]["begin"] - shown.first, pattern["lines"][0]["end"] - shown.first
    half = width_of(pattern["words"], size) / 2
    middle = min(max((shown.x(first) + shown.x(last)) / 2, pane.left + half), pane.right - half)
    beneath = [bar for bar in range(shown.count) if abs(shown.x(bar) - middle) <= half + shown.step]
    column = series["high" if pattern["is_above"] else "low"]
    prices = [column[shown.first + bar] for bar in beneath] + [
        price for line in pattern["lines"] for price in (line["from_price"], line["to_price"])
    ]
    edge = pane.y(max(prices)) + 0.9 * size if pattern["is_above"] else pane.y(min(prices)) - 0.9 * size
    y = min(max(edge, pane.low + 0.6 * size), pane.high - 0.6 * size)
    canvas.text(middle, y, pattern["words"], size, "pattern", align="center", halo=True)
