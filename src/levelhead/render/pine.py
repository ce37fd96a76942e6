"""The note's zones and plans as a TradingView indicator, for the trader's own chart (Pine Script version 6).

Signatures: tradingview.com/pine-script-docs/visuals/lines-and-boxes and /text-and-shapes. Everything is drawn once, on the last
confirmed bar, and placed by time, so that the chart's own interval does not matter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from levelhead.domain.errors import BadNote
from levelhead.render import sentences as say
from levelhead.render.numbers import long_date
from levelhead.render.words import plain
from levelhead.wire.document import Document

MOST_DRAWINGS = 500
"""Pine's own limit on boxes, on lines and on labels of one script."""
_LONGEST_TEXT = 200
_REACH = 28  # days to the right of the note's date; boxes and lines extend beyond
_COLOURS = {"resistance": "#d55e00", "support": "#0072b2", "plan": "#595959"}  # orange and blue: safe for colour blindness


def to_pine(document: Document) -> str:
    """An indicator that draws each key level as a box and each plan as lines, labelled at the right."""
    boxes = list(_boxes(document))
    lines = list(_plan_lines(document))
    drawings = [*boxes, *lines]
    if len(drawings) > MOST_DRAWINGS:
        raise BadNote(f"The note has {len(drawings)} levels and plan prices; a Pine script draws at most {MOST_DRAWINGS} labels.")
    as_of = dt.date.fromisoformat(document["as_of"])
    symbol = document["instrument"]["symbol"]
    ends = as_of + dt.timedelta(days=_REACH)
    header = [
        "//@version=6",
        f"// Made by levelhead {_comment(document['provenance']['version'])} from bars of {_comment(symbol)} up to {as_of}.",
        f"// {_comment(document['house']['disclaimer'])}",
        f"indicator({_string(f'{symbol} {long_date(as_of)}: key levels and plans')}, shorttitle={_string(f'{symbol} {as_of}')}, "
        f"overlay=true, max_boxes_count={_count(boxes)}, max_lines_count={_count(lines)}, max_labels_count={_count(drawings)})",
        f"int opens = {_time(as_of)}",
        f"int ends = {_time(ends)}",
        "if barstate.islastconfirmedhistory",
    ]
    body = [statement for drawing in drawings for statement in drawing] or ["int nothing = na"]
    return "\n".join([*header, *(f"    {statement}" for statement in body)]) + "\n"


def _boxes(document: Document) -> Iterator[tuple[str, str]]:
    for level in document["levels"]:
        colour = _COLOURS[level["side"]]
        text = f"{plain(say.zone(level, document), document)} {level['role']}: {say.what_stands(level, document)}"
        box = (
            f"box.new(opens, {_price(level['high'])}, ends, {_price(level['low'])}, border_color=color.new({colour}, 60), "
            f"border_width=1, extend=extend.right, xloc=xloc.bar_time, bgcolor=color.new({colour}, 88))"
        )
        yield box, _label((level["high"] + level["low"]) / 2, text, colour)


def _plan_lines(document: Document) -> Iterator[tuple[str, str]]:
    table = document["setups"]
    for at, plan in enumerate(table["plans"] if table is not None else ()):
        yield _line(plan["entry"], "solid", f"{say.order(plan)} {_said(plan, 'entry', document)}: {plain(plan['title'], document)}")
        yield _line(plan["stop"], "dotted", f"Stop {_said(plan, 'stop', document)}, plan {plan['name']}")
        for i, target in enumerate(plan["targets"]):
            price = plain(f"{{/setups/plans/{at}/targets/{i}/price}}", document)
            yield _line(target["price"], "dashed", f"Target {price}, plan {plan['name']}")


def _said(plan: dict[str, Any], part: str, document: Document) -> str:
    return plain(f"{{setup.{plan['name']}.{part}}}", document)


def _line(price: float, style: str, text: str) -> tuple[str, str]:
    colour = _COLOURS["plan"]
    line = (
        f"line.new(opens, {_price(price)}, ends, {_price(price)}, xloc=xloc.bar_time, extend=extend.right, "
        f"color={colour}, style=line.style_{style}, width=1)"
    )
    return line, _label(price, text, colour)


def _label(price: float, text: str, colour: str) -> str:
    return (
        f"label.new(ends, {_price(price)}, {_string(text)}, xloc=xloc.bar_time, yloc=yloc.price, "
        f"color=color.new({colour}, 100), style=label.style_label_left, textcolor={colour}, size=size.small)"
    )


def _price(value: float) -> str:
    """Machine digits: Pine knows no thousands separator and no exponent."""
    return f"{value:.10f}".rstrip("0").rstrip(".")


def _time(day: dt.date) -> str:
    return f'timestamp("UTC", {day.year}, {day.month}, {day.day}, 0, 0, 0)'


def _count(drawings: list[tuple[str, str]]) -> int:
    return max(1, len(drawings))


def _string(text: str) -> str:
    """A Pine string: on one line, quotes and backslashes escaped, cut before it grows unreadable."""
    shown = _comment(text)
    if len(shown) > _LONGEST_TEXT:
        shown = shown[: _LONGEST_TEXT - 1] + "…"
    escaped = shown.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _comment(text: str) -> str:
    """Text that cannot leave its line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
