"""Small notes in one line each: what a trader takes from them, written short, and what the reader takes from them.

level: 'L side kind low[-high]'; scenario: 'S direction chance zone target' ('-' for none); setup: 'T side entry stop targets';
value: 'I name value'. Several are parted by a bar.
"""

from __future__ import annotations

from levelhead.review.read import read_note
from levelhead.review.source import text_of


def shown(price):
    return f"{price.low:g}" if price.low == price.high else f"{price.low:g}-{price.high:g}"


def number(text):
    return float(text) if text != "-" else None


def zone(text):
    low, _, high = text.partition("-") if not text.startswith("-") or text == "-" else (text, "", "")
    return (float(low), float(high or low))


def expected(line):
    what, *rest = line.split()
    if what == "L":
        return ("L", rest[0], rest[1], zone(rest[2]))
    if what == "I":
        return ("I", rest[0], float(rest[1]))
    if what == "S":
        return ("S", rest[0], number(rest[1]), None if rest[2] == "-" else zone(rest[2]), None if rest[3] == "-" else zone(rest[3]))
    return ("T", rest[0], zone(rest[1]), float(rest[2]), tuple(zone(t) for t in rest[3].split(",")))


def pair(price):
    return None if price is None else (price.low, price.high)


def read(text):
    note = read_note(text_of(text.encode()))
    found = [("L", x.side, x.kind, pair(x.price)) for x in note.levels]
    found += [
        ("S", x.direction, round(x.probability[0], 6) if x.probability else None, pair(x.zone), pair(x.target))
        for x in note.scenarios
    ]
    found += [("T", x.side, pair(x.entry), x.stop.low if x.stop else None, tuple(pair(t) for t in x.targets)) for x in note.setups]
    return found + [("I", x.name, x.value.low) for x in note.indicators]


def agrees(note):
    """Whether a note, (text, lines), is read as its lines say; what is missing and what is too much where not."""
    text, lines = note
    said, wanted = sorted(read(text), key=str), sorted((expected(line) for line in lines.split("|") if line), key=str)
    return said == wanted or f"missing {[x for x in wanted if x not in said]}, too much {[x for x in said if x not in wanted]}"
