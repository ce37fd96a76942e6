"""The pictures of scores: reliability diagrams and sums over time, small enough to stand one to a line on a phone."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from levelhead.render.canvas import Canvas
from levelhead.render.chart_labels import Label, place
from levelhead.render.chart_layout import Pane, round_values
from levelhead.render.chart_words import width_of
from levelhead.render.numbers import MONTHS, decimals_of, number
from levelhead.render.palette import named

Row = Mapping[str, Any]
Point = tuple[float, float]
HOUSE = {"thousands": ",", "decimal": "."}
WIDTH, SIZE = 350.0, 12.5
SQUARE, FLAT = 352.0, 240.0
DOT = 26.0  # points of radius of a dot that stands for all statements, by area
COLOURS = ("up", "down", "sma-50", "sma-100", "sma-200", "muted")


def reliability_svg(row: Row, name: str) -> str:
    """What was said, across, against how often it came true, up. `name` keeps the picture's ids apart from others'.

    The pale band is where the line would lie if what was said were right; dots stand for statements, by area.
    """
    points = row["points"]
    low, high = _square(points)
    canvas = Canvas(WIDTH, SQUARE)
    plot = Pane(left=44, right=WIDTH - 20, low=44, high=SQUARE - 8, at_low=low, at_high=high)
    x = _scale(plot, low, high)
    ticks = round_values(low, high, 5)
    _grid(canvas, plot, ticks, [f"{100 * tick:.0f}%" for tick in ticks])
    for tick in ticks:
        canvas.text(x(tick), plot.low - 1.1 * SIZE, f"{100 * tick:.0f}%", SIZE, "muted", align="center")
    band = [(x(p["said"]), plot.y(p["high"])) for p in points] + [(x(p["said"]), plot.y(p["low"])) for p in reversed(points)]
    if len(points) > 1:
        canvas.areas([band], "fan-80", plot)
    canvas.strokes([[(x(low), plot.y(low)), (x(high), plot.y(high))]], "muted", 1.0, plot, dashes=(4, 3))
    most = max(p["count"] for p in points)
    for p in points:
        canvas.areas([_dot(x(p["said"]), plot.y(p["happened"]), p["count"], most)], "down-pale", plot)
    canvas.strokes([[(x(p["said"]), plot.y(p["curve"])) for p in points]], "up", 2.2, plot)
    canvas.text(plot.right, plot.low - 2.6 * SIZE, "said", SIZE, "muted", align="right")
    canvas.text(plot.left + 0.4 * SIZE, plot.high - 0.9 * SIZE, "came true", SIZE, "muted", halo=True)
    return named(canvas.to_svg(name))


def course_svg(courses: Sequence[Row], name: str, *, unit: str, labels: Sequence[str] = ()) -> str:
    """Sums over time: one line for each course, a pale area between its worst and best reading, or what chance allows.

    unit: what is summed, set above. labels: of the lines, where there are several.
    """
    canvas = Canvas(WIDTH, FLAT)
    low, high = _span(courses)
    values = round_values(low, high, 5)
    digits = decimals_of(values)
    words = [number(value, digits, house=HOUSE, signed=True) for value in values]
    left = max(width_of(word, SIZE) for word in words) + 0.8 * SIZE
    room = max((width_of(label, SIZE) for label in labels), default=0.0) + SIZE if labels else 10.0
    plot = Pane(left=left, right=WIDTH - min(room, 0.35 * WIDTH), low=28, high=FLAT - 32, at_low=low, at_high=high)
    days = [_day(point["day"]) for course in courses for point in course["points"]]
    first, last = min(days), max(days) if max(days) > min(days) else min(days) + 1
    x = _scale(plot, first, last)
    _grid(canvas, plot, values, words)
    _years(canvas, plot, first, last, x)
    canvas.strokes([[(plot.left, plot.y(0.0)), (plot.right, plot.y(0.0))]], "muted", 1.0, plot)
    ends = []
    for course, colour in zip(courses, COLOURS, strict=False):
        points = course["points"]
        canvas.areas(_areas(points, x, plot), "fan-80", plot)
        for edge in ("low", "high") if any(p["low"] != p["high"] for p in points) else ("low",):
            line = [(x(_day(p["day"])), plot.y(p[edge])) for p in points]
            canvas.strokes([_stepped(line)], colour, 2.0 if edge == "low" else 1.2, plot)
        ends.append((plot.y(points[-1]["low"]), colour))
    canvas.text(2.0, FLAT - 0.9 * SIZE, unit, SIZE, "muted")
    placed = place(
        [Label(key=str(k), anchor=y, height=1.25 * SIZE) for k, (y, _) in enumerate(ends[: len(labels)])], plot.low, plot.high
    )
    for each in placed:
        k = int(each.label.key)
        canvas.text(plot.right + 5, each.middle, labels[k], SIZE, ends[k][1], halo=True)
    return named(canvas.to_svg(name))


def _square(points: Sequence[Row]) -> tuple[float, float]:
    """Tenths between which everything lies that is drawn."""
    values = [p[name] for p in points for name in ("said", "happened", "curve", "low", "high")]
    low, high = math.floor(10 * min(values) + 1e-9) / 10, math.ceil(10 * max(values) - 1e-9) / 10
    return (low, high) if high - low >= 0.2 else (max(0.0, high - 0.2), max(0.2, high))


def _span(courses: Sequence[Row]) -> tuple[float, float]:
    """The lowest and highest value drawn, nought among them, with a little air."""
    values = [0.0]
    for course in courses:
        values += [p[name] for p in course["points"] for name in ("low", "high")]
        values += [sign * p["chance"] for p in course["points"] if p["chance"] is not None for sign in (-1.0, 1.0)]
    low, high = min(values), max(values)
    air = 0.06 * ((high - low) or 1.0)
    return low - air, high + air


def _scale(plot: Pane, low: float, high: float) -> Callable[[float], float]:
    return lambda value: plot.left + (value - low) / (high - low) * (plot.right - plot.left)


def _grid(canvas: Canvas, plot: Pane, values: Sequence[float], words: Sequence[str]) -> None:
    canvas.strokes([[(plot.left, plot.y(v)), (plot.right, plot.y(v))] for v in values], "grid", 1.0, snap=True)
    for value, word in zip(values, words, strict=True):
        canvas.text(plot.left - 0.45 * SIZE, plot.y(value), word, SIZE, "muted", align="right")


def _years(canvas: Canvas, plot: Pane, first: int, last: int, x: Callable[[float], float]) -> None:
    """Years beneath the plot, or quarters, or months: what there is room for."""
    marks = list(_marks(first, last))
    canvas.strokes([[(x(at), plot.low), (x(at), plot.low - 4)] for at, _ in marks], "line", 1.0, snap=True)
    taken = -math.inf
    for at, word in marks:
        wide = width_of(word, SIZE)
        start = min(max(x(at) - wide / 2, plot.left - 0.5 * SIZE), WIDTH - wide)
        if start > taken + 0.6 * SIZE:
            canvas.text(start, plot.low - 1.2 * SIZE, word, SIZE, "muted")
            taken = start + wide


def _marks(first: int, last: int) -> list[tuple[int, str]]:
    """Firsts of months and their words: of years only where there are more than three, of quarters where there is more than one."""
    start, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    every = 12 if last - first > 1100 else 3 if last - first > 400 else 1
    months = [dt.date(year, month, 1) for year in range(start.year, end.year + 1) for month in range(1, 13, every)]
    return [
        (day.toordinal(), str(day.year) if day.month == 1 else MONTHS[day.month - 1][:3])
        for day in months
        if first <= day.toordinal() <= last
    ]


def _areas(points: Sequence[Row], x: Callable[[float], float], plot: Pane) -> list[list[Point]]:
    """What chance allows around nought, or what lies between two readings; none where there is neither."""
    if points[0]["chance"] is not None:
        upper = [(x(_day(p["day"])), plot.y(p["chance"])) for p in points]
        lower = [(x(_day(p["day"])), plot.y(-p["chance"])) for p in reversed(points)]
    elif any(p["low"] != p["high"] for p in points):
        upper = _stepped([(x(_day(p["day"])), plot.y(p["high"])) for p in points])
        lower = _stepped([(x(_day(p["day"])), plot.y(p["low"])) for p in points])[::-1]
    else:
        return []
    return [upper + lower] if len(points) > 1 else []


def _stepped(line: Sequence[Point]) -> list[Point]:
    """A sum stands still until the next day that adds to it."""
    steps = [line[0]]
    for point in line[1:]:
        steps += [(point[0], steps[-1][1]), point]
    return steps


def _dot(x: float, y: float, count: int, most: int) -> list[Point]:
    radius = max(2.2, DOT / 2 * math.sqrt(count / most) * 0.8)
    return [(x + radius * math.cos(a * math.pi / 8), y + radius * math.sin(a * math.pi / 8)) for a in range(16)]


def _day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()
