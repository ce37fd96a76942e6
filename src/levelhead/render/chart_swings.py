"""Confirmed swings on the chart: a small mark above the bar that made a high, below the one that made a low, without words."""

from __future__ import annotations

from typing import Any

from levelhead.render.canvas import Canvas
from levelhead.render.chart_layout import View
from levelhead.wire.document import Document

Point = tuple[float, float]


def swings(canvas: Canvas, document: Document, shown: View) -> None:
    """A wedge that points at the bar where the close has come back from it by so many ATR, a dot where bars alone confirm it."""
    told = [swing for swing in document["series"].get("swings", ()) if swing["row"] >= shown.first]
    larger = [swing for swing in told if swing["rule"] != "bars"]
    smaller = [swing for swing in told if swing["rule"] == "bars"]
    canvas.areas([_wedge(*_place(swing, document, shown), shown) for swing in larger], "muted", shown.prices)
    canvas.areas([_dot(*_place(swing, document, shown), shown) for swing in smaller], "muted", shown.prices)


def _place(swing: dict[str, Any], document: Document, shown: View) -> tuple[float, float, float]:
    """Where the mark begins, a little off its bar's high or low; and which way is away from the bar."""
    away = 1.0 if swing["kind"] == "high" else -1.0
    edge = shown.prices.y(document["series"][swing["kind"]][swing["row"]])
    return shown.x(swing["row"] - shown.first), edge + away * 0.22 * shown.layout.text, away


def _wedge(x: float, y: float, away: float, shown: View) -> list[Point]:
    half = 0.2 * shown.layout.text
    return [(x, y), (x - half, y + away * 1.6 * half), (x + half, y + away * 1.6 * half)]


def _dot(x: float, y: float, away: float, shown: View) -> list[Point]:
    half = 0.1 * shown.layout.text
    middle = y + away * half
    return [(x - half, middle), (x, middle + half), (x + half, middle), (x, middle - half)]
