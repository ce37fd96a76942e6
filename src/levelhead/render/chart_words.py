"""What a chart writes beside its lines: prices, zones, averages with their values, and the share that stays between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from levelhead.render import bar_words
from levelhead.render.numbers import MINUS, printed, quoting_in
from levelhead.wire.document import Document

AVERAGES = {"sma_50": "sma-50", "sma_100": "sma-100", "sma_200": "sma-200"}
_NARROW = ",.:;|'il ()"


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """About how wide `words` are when set in type of `size`; rather more than less."""
    return sum(0.35 if letter in _NARROW else 0.64 for letter in words) * size * (1.1 if bold else 1.0)


def price(value: object, document: Document) -> str:
    """A price on the instrument's grid."""
    return printed(float(str(value)), "price", house=document["house"], quoting=quoting_in(document))


def zone(level: Mapping[str, Any], document: Document) -> str:
    """'2,003.0–2,013.0', or one price."""
    low, high = price(level["low"], document), price(level["high"], document)
    if low == high:
        return low
    return f"{low} to {high}" if MINUS in low else f"{low}–{high}"


def average(name: str, document: Document, *, on_one_line: bool) -> tuple[str, ...]:
    """'50-day 2,228.7', or the two on a line each; there a value wider than a name is left to the table of averages."""
    called = f"{name.removeprefix('sma_')}-{bar_words.noun(document)}"
    value = price(document["series"]["averages"][name][-1], document)
    if on_one_line:
        return (f"{called} {value}",)
    widest = width_of(f"200-{bar_words.noun(document)}", 1)
    return (called, value) if width_of(value, 1) <= 1.05 * widest else (called,)


def known_averages(document: Document) -> tuple[str, ...]:
    """The averages whose line reaches the last bar."""
    rows = document["series"]["averages"]
    return tuple(name for name in AVERAGES if rows.get(name) and None not in rows[name][-2:])


def chance(name: str, document: Document) -> str:
    """What the scenario table says of one scenario, '35%'; empty without a table."""
    rows = document["scenarios"]["scenarios"] if document["scenarios"] else ()
    return next((printed(row["said"], "probability", house=document["house"]) for row in rows if row["name"] == name), "")


def between(document: Document) -> tuple[str, ...]:
    """'35%', 'stays', 'between': the share of the range, by words; empty without a table."""
    said = chance("range", document)
    return (said, "stays", "between") if said else ()


def wrapped(words: Sequence[str], room: float, size: float) -> tuple[str, ...]:
    """Words in lines no wider than `room` where single words allow."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)
