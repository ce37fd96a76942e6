"""What a chart is made of, each part drawn on a canvas from the note's document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from levelhead.render import bar_words, chart_words
from levelhead.render.canvas import Canvas
from levelhead.render.chart_labels import Label, Placed, place
from levelhead.render.chart_layout import Pane, View, periods, scale
from levelhead.render.chart_margin import KEY_ROLES
from levelhead.render.chart_words import AVERAGES, width_of
from levelhead.render.numbers import printed, quoting_in, read_stamp, scale_words
from levelhead.wire.document import Document

_FIXED = 1e9  # the weight of what no label may move
Points = list[tuple[float, float]]


def grounds(canvas: Canvas, document: Document, shown: View) -> None:
    """Zones, price scale, months."""
    size, prices, rsi_pane = shown.layout.text, shown.prices, shown.rsi
    for colour, is_key in (("zone", False), ("zone-key", True)):
        zones = [level for level in document["levels"] if (level["role"] in KEY_ROLES) is is_key]
        canvas.boxes([_band(level, prices) for level in zones], colour, prices)
    months = periods(_dates(document, shown), shown.step, 0.9 * size)
    start = shown.x(0) - shown.step / 2
    bounds = [start + month.start * shown.step for month in months[1:]]
    canvas.strokes([[(x, rsi_pane.low), (x, prices.high)] for x in bounds], "grid", 1, snap=True)
    quoting = quoting_in(document)
    values = scale(prices.at_low, prices.at_high, prices.high - prices.low, size, quoting)
    canvas.strokes([[(prices.left, prices.y(v)), (prices.right, prices.y(v))] for v in values], "grid", 1, snap=True)
    for v, words in zip(values, scale_words(values, house=document["house"], quoting=quoting), strict=True):
        canvas.text(prices.left - 0.4 * size, prices.y(v), words, 0.9 * size, "muted", align="right")
    for month in months:
        middle = start + (month.start + month.end) / 2 * shown.step
        canvas.text(middle, rsi_pane.low - 0.85 * size, month.text, 0.9 * size, "muted", align="center")
    if shown.ahead:
        canvas.strokes(
            [[(shown.edge + shown.step / 2, prices.low), (shown.edge + shown.step / 2, prices.high)]], "line", 1, snap=True
        )
        _heading_ahead(canvas, document, shown)


def _heading_ahead(canvas: Canvas, document: Document, shown: View) -> None:
    """'next 12 sessions' above them, or ending where the plot ends where they are narrower than the words."""
    words, size = f"next {shown.ahead} {bar_words.ahead(document)}", shown.layout.smallest * shown.layout.text
    left, right = shown.edge + shown.step, shown.prices.right
    fits = left + width_of(words, size) <= right
    y = shown.prices.high + 0.6 * shown.layout.text
    canvas.text(left if fits else right, y, words, size, "muted", align="left" if fits else "right")


def fan(canvas: Canvas, document: Document, shown: View) -> None:
    """Where 80 % and 50 % of the simulated closes lie, from the last close on."""
    forecast = document["series"]["fan"]
    last = document["series"]["close"][-1]
    for low, high, colour in (("q10", "q90", "fan-80"), ("q25", "q75", "fan-50")):
        if forecast and low in forecast["quantiles"] and high in forecast["quantiles"]:
            lower = _curve((last, *forecast["quantiles"][low]), shown, shown.prices, start=shown.count - 1)
            upper = _curve((last, *forecast["quantiles"][high]), shown, shown.prices, start=shown.count - 1)
            canvas.areas([lower[0] + upper[0][::-1]], colour, shown.prices)


def averages(canvas: Canvas, document: Document, shown: View) -> None:
    """The averages as lines; a gap where one is not known yet."""
    for name, colour in AVERAGES.items():
        row = document["series"]["averages"].get(name, ())[shown.first :]
        canvas.strokes(_curve(row, shown, shown.prices), colour, shown.layout.text / 9, shown.prices)


def lines(canvas: Canvas, document: Document, shown: View) -> None:
    """Trendlines and the channel, into the sessions ahead; one that is broken in dashes, up to the bar that broke it.

    A broken one that comes near no bar of the drawing is left out: what it held lies before.
    """
    size, told = shown.layout.text, document["series"].get("lines", ())
    for is_broken, dashes in ((False, None), (True, (size / 3, size / 4))):
        drawn = [line for line in told if line["is_broken"] is is_broken and (not is_broken or _comes_near(line, document, shown))]
        runs = [
            [
                (shown.x(line["begin"] - shown.first), shown.prices.y(line["from_price"])),
                (shown.x(line["end"] - shown.first), shown.prices.y(line["to_price"])),
            ]
            for line in drawn
        ]
        canvas.strokes(runs, "trend", size / 9, shown.prices, dashes=dashes)


def _comes_near(line: Mapping[str, Any], document: Document, shown: View) -> bool:
    """Whether a line passes within half a mean bar of a bar that is drawn."""
    high, low = document["series"]["high"], document["series"]["low"]
    near = sum(h - lo for h, lo in zip(high[shown.first :], low[shown.first :], strict=True)) / shown.count / 2
    slope = (line["to_price"] - line["from_price"]) / max(1, line["end"] - line["begin"])
    for row in range(max(line["begin"], shown.first), min(line["end"] + 1, len(high))):
        price = line["from_price"] + slope * (row - line["begin"])
        if low[row] - near <= price <= high[row] + near:
            return True
    return False


def candles(canvas: Canvas, document: Document, shown: View) -> None:
    """Bars: blue where the close is not below the open, orange where it is."""
    series, pane = document["series"], shown.prices
    columns = (series[name][shown.first :] for name in ("open", "high", "low", "close"))
    wicks: dict[str, list[Points]] = {"up": [], "down": []}
    bodies: dict[str, list[tuple[float, float, float, float]]] = {"up": [], "down": []}
    half = max(0.5, min(round(0.68 * shown.step), 1.2 * shown.layout.text) / 2)
    for bar, (open_, high, low, close) in enumerate(zip(*columns, strict=True)):
        side, x = ("up" if close >= open_ else "down"), shown.x(bar)
        wicks[side].append([(x, pane.y(low)), (x, pane.y(high))])
        bottom, top = pane.y(min(open_, close)), pane.y(max(open_, close))
        thin = max(0.0, 1.0 - (top - bottom)) / 2  # a session that closes where it opened still shows
        bodies[side].append((x - half, bottom - thin, x + half, top + thin))
    for side in ("up", "down"):
        canvas.strokes(wicks[side], side, max(0.8, shown.layout.text / 16), pane)
        canvas.boxes(bodies[side], side, pane)


def scenario_lines(canvas: Canvas, document: Document, shown: View) -> None:
    """The two prices of the scenario table, across the sessions it speaks of."""
    table, size = document["scenarios"], shown.layout.text
    for name, side in (("upper", "up"), ("lower", "down")):
        if table and shown.prices.holds(table[name]):
            y = shown.prices.y(table[name])
            line = [(shown.edge + shown.step / 2, y), (shown.prices.right, y)]
            canvas.strokes([line], side, size / 8, dashes=(size / 3, size / 5))


def words_ahead(canvas: Canvas, document: Document, shown: View) -> None:
    """Right of the last bar: '50-day 2,228.7' where that line ends, and the share of the range between the two prices.

    They keep clear of each other, of the two prices' lines and of the last price's.
    """
    size = 0.9 * shown.layout.text
    lines = {
        name: chart_words.average(name, document, on_one_line=shown.layout.roles_beside)
        for name in chart_words.known_averages(document)
        if shown.prices.holds(document["series"]["averages"][name][-1])
    }
    ends = {name: shown.prices.y(document["series"]["averages"][name][-1]) for name in lines}
    room = shown.prices.right - shown.edge - shown.step
    walls = _walls(document, shown)
    if "upper" in walls and "lower" in walls:
        lines["range"] = chart_words.wrapped(chart_words.between(document), room, size)
        ends["range"] = (walls["upper"] + walls["lower"]) / 2
    labels = {name: Label(key=name, anchor=end, height=1.15 * size * len(lines[name])) for name, end in ends.items()}
    fixed = [Label(key=name, anchor=y, height=0.5 * size, weight=_FIXED) for name, y in walls.items()]
    for placed in _between_walls(labels, fixed, shown.prices):
        name = placed.label.key
        for row, words in enumerate(lines[name]):
            y = placed.middle + (len(lines[name]) / 2 - 0.5 - row) * 1.1 * size
            colour = AVERAGES.get(name, "muted")
            canvas.text(shown.edge + shown.step, y, words, size, colour, bold=name in AVERAGES, halo=True)


def _walls(document: Document, shown: View) -> dict[str, float]:
    """Heights of the lines that words right of the last bar keep clear of."""
    table = document["scenarios"]
    prices = {"last": document["series"]["close"][-1]}
    prices |= {name: table[name] for name in ("upper", "lower")} if table else {}
    return {name: shown.prices.y(price) for name, price in prices.items() if shown.prices.holds(price)}


def _between_walls(labels: dict[str, Label], walls: Sequence[Label], pane: Pane) -> list[Placed]:
    """Labels placed so that no wall had to give way: where one would, the share of the range is left out, then the label
    that stands nearest to the wall changes its side.
    """
    held = dict(labels)
    for _ in range(2 * len(labels) + 1):
        placed = place([*held.values(), *walls], pane.low, pane.high)
        pushed = [each for each in placed if each.label in walls and abs(each.middle - each.label.anchor) > 1]
        if not pushed:
            break
        wall = pushed[0]
        is_up = wall.middle > wall.label.anchor
        beside = [each.label for each in placed if each.label not in walls and (each.middle < wall.middle) is is_up]
        if held.pop("range", None) is None and beside:
            label = beside[-1 if is_up else 0]
            held[label.key] = replace(label, anchor=wall.label.anchor + (0.01 if is_up else -0.01))
    return [each for each in placed if each.label not in walls]


def rsi(canvas: Canvas, document: Document, shown: View) -> None:
    """RSI(14) and its signal line, with 70, 50 and 30."""
    pane, size, series = shown.rsi, shown.layout.text, document["series"]
    canvas.boxes([(pane.left, pane.y(30), pane.right, pane.y(70))], "card")
    for value, dashes in ((70, None), (50, (size / 6, size / 4)), (30, None)):
        line = [(pane.left, pane.y(value)), (pane.right, pane.y(value))]
        canvas.strokes([line], "line", 1, dashes=dashes, snap=True)
        canvas.text(pane.left - 0.4 * size, pane.y(value), str(value), shown.layout.smallest * size, "muted", align="right")
    rows = {"RSI(14)": (series["rsi"], "ink"), "signal": (series["rsi_signal"], "signal")}
    for name, (row, colour) in reversed(rows.items()):
        canvas.strokes(_curve(row[shown.first :], shown, pane), colour, size / (9 if name == "signal" else 7), pane)
    labels = [
        Label(key=name, anchor=pane.y(row[-1]), height=1.15 * size, weight=2 if name != "signal" else 1)
        for name, (row, _) in rows.items()
        if row and row[-1] is not None
    ]
    for placed in place(labels, pane.low, pane.high):
        row, colour = rows[placed.label.key]
        words = f"{placed.label.key} {printed(row[-1], 'index', house=document['house'])}"
        canvas.text(pane.right + 1.5 * size, placed.middle, words, 0.9 * size, colour, bold=colour == "ink")
    if not labels:
        canvas.text(pane.left + 0.5 * size, pane.y(50), "RSI(14) is not known yet", 0.9 * size, "muted", halo=True)


def _band(level: dict[str, float], pane: Pane) -> tuple[float, float, float, float]:
    low, high = pane.y(level["low"]), pane.y(level["high"])
    slack = max(0.0, 2.0 - (high - low)) / 2
    return pane.left, low - slack, pane.right, high + slack


def _curve(row: Iterable[float | None], shown: View, pane: Pane, start: int = 0) -> list[Points]:
    """Runs of known values as lines."""
    runs: list[Points] = [[]]
    for bar, value in enumerate(row, start):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((shown.x(bar), pane.y(value)))
    return [run for run in runs if len(run) > 1]


def _dates(document: Document, shown: View) -> Sequence[dt.date]:
    series = document["series"]
    ahead = series["fan"]["dates"] if series["fan"] else ()
    return [read_stamp(str(day)) for day in (*series["dates"][shown.first :], *ahead)]
