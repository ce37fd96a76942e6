"""Tables as a spreadsheet writes them out: cells between semicolons, or between commas that no blank follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from levelhead.review.lines import Line, has_price, is_price
from levelhead.review.text import Cell, Span

LONGEST_LINE, LONGEST_NAME, MOST_CELLS = 4_800, 30, 12
_QUOTED = re.compile(r'"[^"]{1,200}"')
FEWEST_MARKS = 2
FEWEST_LINES = 3


def spreadsheet(lines: Sequence[Line], first: int) -> list[tuple[Cell, ...]]:
    """The rows that begin at a line as a spreadsheet writes them out: as many cells in each, and a price; [] where none do."""
    if rows := _by_semicolons(lines, first):
        return rows
    if pair := _pair(lines[first], _NAMES):
        return _pairs(pair, lines[first + 1 : first + 1 + MOST_PAIRS])
    if known := _known_pairs(lines[first : first + MOST_PAIRS]):
        return known
    head = separated(lines[first])
    if not head or any(len(c.text) > LONGEST_NAME for c in head):
        return []
    if any(has_price(c.text) for c in head) and (_THOUSANDS.search(lines[first].text) or not _is_labelled(head)):
        return []  # a spreadsheet names its columns, or each of its rows
    rows = [head]
    at = first + 1
    while at < len(lines) and len(cells := separated(lines[at])) == len(head) and any(is_price(c.text) for c in cells):
        rows.append(cells)
        at += 1
    if len(rows) < 2:
        return []
    return rows


def _by_semicolons(lines: Sequence[Line], first: int) -> list[tuple[Cell, ...]]:
    """Lines with as many semicolons each, none of which a blank follows, where one column at least holds prices; else []."""
    rows: list[tuple[Cell, ...]] = []
    at = first
    while at < len(lines) and (cells := _unspaced(lines[at])) and (not rows or len(cells) == len(rows[0])):
        rows.append(cells)
        at += 1
    if len(rows) < (2 if rows and len(rows[0]) > FEWEST_MARKS else FEWEST_LINES):
        return []
    priced = [sum(is_price(row[n].text) for row in rows) for n in range(len(rows[0]))]
    return rows if 2 * max(priced) >= len(rows) else []


def _unspaced(line: Line) -> tuple[Cell, ...]:
    """The cells of a line between semicolons that no blank follows; () of any other."""
    text = line.text
    if ";" not in text or "; " in text or len(text) > LONGEST_LINE or text.count(";") >= MOST_CELLS:
        return ()
    edges = [-1, *(at for at, ch in enumerate(text) if ch == ";"), len(text)]
    return tuple(line.cell(a + 1, b) for a, b in pairwise(edges))


MOST_PAIRS = 60
_NAMES = re.compile(
    r"(?P<one>(?:item|name|field|indicator|level|metric|key|label|type|what|parameter|measure|study))[,;]"
    r"(?P<two>(?:value|price|level|reading|number|figure|px|last))",
    re.I,
)
_PAIR = re.compile(r"(?P<one>[A-Za-z][^,;]{0,40})[,;](?P<two>[~≈$€£]?[+−-]?\d[\d.]*%?)")


_THOUSANDS = re.compile(r"(?<![\w])\d{1,3},\d{3}(?![\dA-Za-z])")
_GLUED = re.compile(r"\d,\d{3}(?:\.\d+)?$")  # 'SMA202,447.3': where all lines are so, the commas part thousands
_VALUE_NAME = re.compile(
    r"(?:rsi|[sew]ma|atr|macd|adx|vwap|close|last|price|settle(?:ment)?|spot|open|high|low|ath|atl|(?:52w|year)[\s_-]?(?:high|low)|"
    r"supp?(?:ort)?|res(?:istance)?|pivot|pp|[sr][1-5]|stop|entry|target|tp[1-3]?|date|symbol|signal|hist\w*|drawdown|volume)"
    r"(?:[\s_.-]?\w{1,8}){0,2}",
    re.I,
)


def _known_pairs(lines: Sequence[Line]) -> list[tuple[Cell, ...]]:
    """'RSI_14,57.2' over 'SMA_20,186.40' over 'CLOSE,188.12': names of values and their numbers, under no heading; or []."""
    rows = []
    for line in lines:
        cells = _pair(line, _PAIR)
        if not cells or not _VALUE_NAME.fullmatch(cells[0].text) or _THOUSANDS.search(line.text):
            break
        rows.append(cells)
    is_glued = all(_GLUED.search(line.text) for line in lines[: len(rows)])
    return rows if len(rows) > FEWEST_MARKS and not is_glued else []


def _pair(line: Line, pattern: re.Pattern[str]) -> tuple[Cell, ...]:
    """The two cells of a line 'Item,Value' or 'SMA 20,1142.3'; () of any other."""
    found = pattern.fullmatch(line.text)
    return (line.cell(*found.span("one")), line.cell(*found.span("two"))) if found else ()


def _pairs(head: tuple[Cell, ...], lines: Sequence[Line]) -> list[tuple[Cell, ...]]:
    """A heading of two names and the names and numbers under it."""
    rows = [head]
    for line in lines:
        cells = _pair(line, _PAIR)
        if not cells:
            break
        rows.append(cells)
    return rows if len(rows) > FEWEST_MARKS else []


def separated(line: Line) -> tuple[Cell, ...]:
    """The cells of a line with semicolons, or with commas that no blank follows, some of them perhaps in quotes; () where it "
    "has none."""
    text = line.text
    mark = ";" if text.count(";") >= FEWEST_MARKS else ","
    if text.count(mark) < FEWEST_MARKS or len(text) > LONGEST_LINE or text.endswith((".", ":")):
        return ()
    if mark == "," and re.search(r",\s", _QUOTED.sub("", text)):
        return ()
    cuts, quoted = [], False
    for at, ch in enumerate(text):
        quoted ^= ch == '"'
        if ch == mark and not quoted:
            cuts.append(at)
    edges = [-1, *cuts, len(text)]
    cells = [line.cell(a + 1, b) for a, b in pairwise(edges)]
    cells = [
        Cell(text=c.text[1:-1], span=Span(start=c.span.start + 1, end=c.span.end - 1)) if _QUOTED.fullmatch(c.text) else c
        for c in cells
    ]
    return tuple(cells) if len(cells) > FEWEST_MARKS and len(cells) <= MOST_CELLS else ()


_ROW_NAME = re.compile(r"(?:[SRPT][1-5]?|PP|supp?(?:ort)?|res(?:istance)?|pivot|level|last|close|spot|settle)\b.{0,12}", re.I)


def _is_labelled(cells: Sequence[Cell]) -> bool:
    """'S1,200dma,2214.6': a row that begins with the name of a level or value and holds one price."""
    return bool(_ROW_NAME.fullmatch(cells[0].text)) and sum(has_price(c.text) for c in cells) == 1
