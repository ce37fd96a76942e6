"""What a chart is made of, each part drawn on a canvas from the note's document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from levelhead.render import bar_words
from levelhead.render.canvas import Canvas
from levelhead.render.chart_labels import Label, place
from levelhead.render.chart_layout import Pane, View, decimals_of, periods, round_values, width_of
from levelhead.render.chart_margin import KEY_ROLES
from levelhead.render.numbers import number, printed, read_stamp
from levelhead.wire.document import Document

AVERAGES = {"sma_50": "sma-50", "sma_100": "sma-100", "sma_200": "sma-200"}
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
    values = round_values(prices.at_low, prices.at_high, int((prices.high - prices.low) / (3.2 * size)))
    canvas.strokes([[(prices.left, prices.y(v)), (prices.right, prices.y(v))] for v in values], "grid", 1, snap=True)
    digits = decimals_of(values)
    for v in values:
        words = number(v, digits, house=document["house"])
        small = min(0.9 * size, (prices.left - 0.5 * size) / width_of(words, 1))
        canvas.text(prices.left - 0.4 * size, prices.y(v), words, small, "muted", align="right")
    for month in months:
        middle = start + (month.start + month.end) / 2 * shown.step
        canvas.text(middle, rsi_pane.low - 0.85 * size, month.text, 0.9 * size, "muted", align="center")
    if shown.ahead:
        right = shown.edge + (shown.ahead + 0.5) * shown.step
        canvas.strokes(
            [[(shown.edge + shown.step / 2, prices.low), (shown.edge + shown.step / 2, prices.high)]], "line", 1, snap=True
        )
        canvas.text(
            right, prices.high + 0.6 * size, f"next {shown.ahead} {bar_words.ahead(document)}", 0.8 * size, "muted", align="right"
        )


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


def names_of_averages(canvas: Canvas, document: Document, shown: View) -> None:
    """'50-day' where the line ends."""
    size = 0.9 * shown.layout.text
    rows = {name: document["series"]["averages"].get(name) or [None] for name in AVERAGES}
    ends = {name: row[-1] for name, row in rows.items() if row[-2:].count(None) == 0}
    labels = [
        Label(key=name, anchor=shown.prices.y(end), height=1.1 * size) for name, end in ends.items() if shown.prices.holds(end)
    ]
    for placed in place(labels, shown.prices.low, shown.prices.high):
        words = f"{placed.label.key.removeprefix('sma_')}-{bar_words.noun(document)}"
        x = shown.edge + shown.step
        canvas.text(x, placed.middle, words, size, AVERAGES[placed.label.key], bold=True, halo=True)


def rsi(canvas: Canvas, document: Document, shown: View) -> None:
    """RSI(14) and its signal line, with 70, 50 and 30."""
    pane, size, series = shown.rsi, shown.layout.text, document["series"]
    canvas.boxes([(pane.left, pane.y(30), pane.right, pane.y(70))], "card")
    for value, dashes in ((70, None), (50, (size / 6, size / 4)), (30, None)):
        line = [(pane.left, pane.y(value)), (pane.right, pane.y(value))]
        canvas.strokes([line], "line", 1, dashes=dashes, snap=True)
        canvas.text(pane.left - 0.4 * size, pane.y(value), str(value), 0.8 * size, "muted", align="right")
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
