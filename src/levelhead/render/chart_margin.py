"""The right margin of a chart: what stands at each price, named beside it without overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from levelhead.render import chart_words
from levelhead.render.canvas import Canvas
from levelhead.render.chart_labels import Label, place_near
from levelhead.render.chart_layout import Pane, View
from levelhead.render.chart_words import price, width_of
from levelhead.render.sentences import what_stands
from levelhead.wire.document import Document

KEY_ROLES = ("line in the sand", "bias-defining")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Words of the right margin: a price and what it is."""

    price: str
    what: str
    colour: str = "ink"
    leader: str = "muted"
    bold: bool = False
    is_last: bool = False


def margin(canvas: Canvas, document: Document, shown: View) -> None:
    """Names of zones and prices beside the plot, moved apart, with a leader where one was moved."""
    size, pane = shown.layout.text, shown.prices
    notes, labels = _margin_labels(document, shown)
    left = pane.right + (1.5 if shown.layout.roles_beside else 1.0) * size
    small, column = _columns([note for note in notes.values() if not note.is_last], shown, left)
    for placed in place_near(labels, pane.low, pane.high + size, 3.2 * size):
        note, y = notes[placed.label.key], placed.middle
        anchor = min(max(placed.label.anchor, pane.low), pane.high)
        if note.is_last:
            _tag(canvas, shown, anchor, y, note)
            continue
        if abs(y - anchor) > 0.2 * size:
            canvas.strokes([[(pane.right, anchor), (left - 0.25 * size, y)]], note.leader, max(0.6, size / 20))
        beneath = not shown.layout.roles_beside and placed.label.height > 1.5 * size
        colour = note.colour if note.bold else "muted"
        canvas.text(left, y + (0.45 * size if beneath else 0), note.price, small, note.colour, bold=note.bold)
        if shown.layout.roles_beside:
            canvas.text(column, y, note.what, small, colour)
        elif beneath:
            canvas.text(left, y - 0.55 * size, note.what, small, colour)


def _columns(notes: Sequence[Beside], shown: View, left: float) -> tuple[float, float]:
    """The one size of type at which prices and roles fit, and where the roles begin when they stand beside the prices."""
    size, room = shown.layout.text, 0.99 * (shown.layout.width - left)
    prices = max((width_of(note.price, 1, bold=note.bold) for note in notes), default=1.0)
    roles = max((width_of(note.what, 1) for note in notes), default=1.0)
    if not shown.layout.roles_beside:
        return min(0.9 * size, room / max(prices, roles)), left
    small = min(0.9 * size, (room - 0.6 * size) / (prices + roles))
    return small, left + prices * small + 0.6 * size


def _margin_labels(document: Document, shown: View) -> tuple[dict[str, Beside], list[Label]]:
    pane, size, table = shown.prices, shown.layout.text, document["scenarios"]
    seen = [level for level in document["levels"] if level["high"] >= pane.at_low and level["low"] <= pane.at_high]
    notes = {level["name"]: _zone_note(level, document) for level in seen}
    anchors = {level["name"]: _middle(level, pane) for level in seen}
    weights = {
        level["name"]: (8.0 if level["role"] in KEY_ROLES else 2.0 + level["strength"] + 2.0 / (1.0 + abs(level["atr"])))
        for level in seen
    }
    for name, side in (("upper", "up"), ("lower", "down")):
        if table and pane.holds(table[name]):
            chance = chart_words.chance(side, document)
            notes[name] = Beside(
                price=price(table[name], document) + ("" if shown.layout.roles_beside else f" · {chance}"),
                what=f"{chance} to trade first" if shown.layout.roles_beside else "to trade first",
                colour=side,
                leader=side,
                bold=True,
            )
            anchors[name], weights[name] = pane.y(table[name]), 12.0
    for name, side, anchor in (("above", "resistance", pane.high + 1), ("below", "support", pane.low - 1)):
        away = [level for level in document["levels"] if level not in seen and level["side"] == side]
        if away:
            nearest = min(away, key=lambda level: abs(level["points"]))
            arrow = "↑" if name == "above" else "↓"
            notes[name] = Beside(
                price=f"{arrow} {chart_words.zone(nearest, document)}", what=_what(nearest, document), colour="muted"
            )
            anchors[name], weights[name] = anchor, 1.0
    last = document["series"]["close"][-1]
    notes["last"] = Beside(price=price(last, document), what="last", is_last=True)
    anchors["last"], weights["last"] = pane.y(last), 60.0
    tall = {name: _height(name, shown, sum(1 for n in notes if n != "last")) for name in notes}
    labels = [Label(key=name, anchor=anchors[name], height=tall[name] * size, weight=weights[name]) for name in notes]
    return notes, labels


def _height(name: str, shown: View, count: int) -> float:
    """Height of a margin label in lines: two where the role stands beneath the price and there is room for all."""
    if name == "last":
        return 1.6
    two_lines = not shown.layout.roles_beside and count * 2.1 * shown.layout.text < 0.9 * (shown.prices.high - shown.prices.low)
    return 2.1 if two_lines else 1.2


def _tag(canvas: Canvas, shown: View, anchor: float, y: float, note: Beside) -> None:
    size, right = shown.layout.text, shown.prices.right
    dots = (size / 12, size / 5)
    canvas.strokes([[(shown.edge, anchor), (right, anchor)]], "ink", max(0.8, size / 14), dashes=dots)
    left, half = right + 1.1 * size, 0.72 * size
    width = width_of(note.price, 0.9 * size, bold=True) + 0.8 * size
    outline = [(right, anchor), (left, y + half), (left + width, y + half), (left + width, y - half), (left, y - half)]
    canvas.areas([outline], "ink")
    canvas.text(left + 0.4 * size, y, note.price, 0.9 * size, "paper", bold=True)


def _zone_note(level: dict[str, object], document: Document) -> Beside:
    is_key = level["role"] in KEY_ROLES
    return Beside(price=chart_words.zone(level, document), what=_what(level, document), bold=is_key)


def _what(level: dict[str, object], document: Document) -> str:
    role, label = str(level["role"]), what_stands(level, document)
    return label if role == "immediate" and len(label) <= 16 else role


def _middle(level: dict[str, float], pane: Pane) -> float:
    """The middle of what the pane shows of a zone."""
    return pane.y((max(level["low"], pane.at_low) + min(level["high"], pane.at_high)) / 2)
