"""Rows whose cells stand one on each line under no names of columns, written on one line again.

'Entry', '2,232', 'Stop', '2,198'; 'Bull case', '45%', 'Close over 2,286 opens 2,320'; '2,286', 'All-time high', '2,330', 'Gap';
'20-day', '2,232', 'above'. A mark stands for the end of each line that is joined until the places of lines are counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from levelhead.review.as_written import JOINED, LED, PARTED
from levelhead.review.column_names import is_heading_cell
from levelhead.review.dashboards import is_state, is_value_pair, names_value
from levelhead.review.lines import has_price
from levelhead.review.row_kinds import kind, names_side

FEWEST_ROWS, FEWEST_FIELDS, FEWEST_NAMED = 2, 2, 3
LONGEST_NAME, LONGEST_VALUE, LONGEST_CELL = 48, 120, 160
MOST_CELLS, MOST_NAMES = 4, 8
MOST_LINES = 4_000
MOST_ROWS = 60  # of one list; the next is looked for behind them
_FIELD = re.compile(
    r"(?:(?:trade|buy|sell|limit|my|our|estimated|implied|first|second|third|final|upside|downside|price|initial|"
    r"suggested) )?(?P<name>"
    r"entry(?: (?:zone|price|level|area|trigger|range|point|at))?|entries|stop(?:[ -]?loss)?(?: (?:level|price|at))?|sl|s/l|"
    r"(?:buy|sell|long|short|go long|go short)(?: (?:limit|stop))? (?:near|at|around|above|below|from|on|in|between|zone|area)|"
    r"(?:profit )?(?:targets?|objectives?|goals?|tp|pt|tgt)(?: ?[1-4])?(?: (?:price|zone|level|area|range|1|2|3))?|"
    r"t[1-4]|take[ -]?profits?(?: ?[1-4])?|"
    r"probabilit(?:y|ies)|prob\.?|odds|chance|likelihood|weight|"
    r"scenario|case|path|outcome|triggers?|condition|confirmation|invalidat(?:ion|ed)(?: (?:level|below|above|at))?|zone|"
    r"(?:expected |trading |price )?range|direction|side|action|position|type|order|set-?up|risk|reward|r/r|r:r|"
    r"risk[/ :-]{1,3}reward(?: ratio)?|horizon|time ?frame|duration|size|rationale|reason(?:ing)?|notes?|comments?|description|"
    r"instrument|bias|conviction|confidence|status"
    r")(?: \((?:est\.?|%|daily|close)\))?:?",
    re.I,
)
_OF_A_PLAN = re.compile(
    r"buy|sell|long|short|go |entr|stop|sl\b|s/l|targ|obj|goal|tp|pt\b|tgt|t\d|take|prob|odds|chance|likel|weight|"
    r"trigger|zone|range|invalid",
    re.I,
)
_PART = re.compile(r"(?=.*\b(?:resistances?|supports?|levels?|above|below|upside|downside|ceilings?|floors?)\b)\D{4,40}", re.I)
_NUMBERED = re.compile(
    r"[RS] ?[1-5]|PP?|pivot(?: points?)?|(?:supp?(?:ort)?|res(?:istance)?)\.? ?#?[1-5]|"
    r"(?:first|second|third|1st|2nd|3rd) (?:support|resistance)",
    re.I,
)
_DATED = re.compile(
    r"(?:[01]\.\d{2,3}|\d\d\.\d\s?%|(?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th)?)\s[A-Za-z]"
)  # '1.618 extension', '2024 base'
_ENDS = re.compile(r"[.!?;]$")
_MARKED = re.compile(r"[#>|*•-]\s|\d[.)]\s|.*(?:\||\t| {3}|: )")


def on_one_line(plain: str) -> str:
    """The text with the cells of each such row on one line, as long as it was. Takes time in proportion to the text."""
    given = plain.split("\n", MOST_LINES)
    if len(given) < 2 * FEWEST_ROWS:
        return plain
    lines = [line.strip() for line in given]
    ends = ["\n"] * (len(given) - 1)  # what stands behind each line
    at = 0
    while at < len(lines):
        if not lines[at]:
            at += 1
            continue
        last = at + 1
        while last < len(lines) and lines[last]:
            last += 1
        at = max(_joined(lines, at, last, ends), at + 1)
    return "".join(text for pair in zip(given, [*ends, ""], strict=True) for text in pair)


Row = tuple[int, int, str]  # where it begins, of how many cells it is, and what parts them


def _joined(lines: Sequence[str], first: int, last: int, ends: list[str]) -> int:
    """Joins the rows in the lines from the first up to the last (exclusive), and in those behind; the line to go on at."""
    at = first
    while at < last:
        rows = (
            _fields(lines, at, last)
            or _cases(lines, at, first)
            or _described(lines, at, first, last)
            or _stated(lines, at, first, last)
            or _named(lines, at, first, last)
            or _quoted(lines, at, first, last)
            or _led_on(lines, at, last)
        )
        for start, cells, mark in rows:
            ends[start : start + cells - 1] = [mark] * (cells - 1)
        at = rows[-1][0] + rows[-1][1] if rows else at + 1
    return at


def _fields(lines: Sequence[str], at: int, last: int) -> list[Row]:
    """'Entry', '2,232–2,240', 'Stop', '2,198': names of fields, each over what it holds."""
    rows = 0
    while at + 2 * rows + 1 < last and rows < MOST_ROWS:
        name, value = lines[at + 2 * rows], lines[at + 2 * rows + 1]
        if not _is_field(name) or _is_field(value) or len(value) > LONGEST_VALUE or _MARKED.match(value):
            break
        rows += 1
    names = lines[at : at + 2 * rows : 2]
    values = lines[at + 1 : at + 2 * rows : 2]
    numbered = sum(any(map(str.isdigit, value)) for value in values)
    planned = sum(bool((found := _FIELD.fullmatch(name)) and _OF_A_PLAN.match(found["name"])) for name in names)
    is_plan = rows >= FEWEST_FIELDS and planned >= FEWEST_FIELDS and 2 * numbered >= rows
    return [(at + 2 * n, 2, LED) for n in range(rows)] if is_plan else []


def _is_field(text: str) -> bool:
    return len(text) <= LONGEST_NAME and bool(_FIELD.fullmatch(text))


def _cases(lines: Sequence[str], at: int, first: int) -> list[Row]:
    """'Bull case', '45%', 'Close over 2,286 opens 2,320': words, a share and what follows, with empty lines between or none."""
    if not _is_case(lines, at) or _is_headed(lines, first, at):
        return []
    cells = next((n for n in range(3, MOST_CELLS + 1) if _is_case(lines, _next(lines, at + n))), 0)
    starts: list[int] = []
    here = at
    while cells and _is_case(lines, here) and here + cells <= len(lines) and all(map(_is_cell, lines[here + 2 : here + cells])):
        starts.append(here)
        here = _next(lines, here + cells)
    return [(start, cells, PARTED) for start in starts] if len(starts) >= FEWEST_ROWS else []


def _is_headed(lines: Sequence[str], first: int, at: int) -> bool:
    """Whether names of columns stand right before a line, or where its lines begin."""
    named = [is_heading_cell(line) for line in lines[first : min(at, first + MOST_NAMES)]]
    return (at > first + 1 and is_heading_cell(lines[at - 1])) or any(map(all, pairwise(named)))


def _next(lines: Sequence[str], at: int) -> int:
    """The line at a place, or the one behind it where that is empty."""
    return at + 1 if at < len(lines) and not lines[at] else at


def _is_case(lines: Sequence[str], at: int) -> bool:
    if at + 2 >= len(lines):
        return False
    name = lines[at]
    is_named = 0 < len(name) <= LONGEST_NAME and kind(name) == "w" and not _ENDS.search(name) and not _MARKED.match(name)
    return is_named and not has_price(name) and kind(lines[at + 1]) == "%" and "%" in lines[at + 1]


def _is_cell(text: str) -> bool:
    return bool(text) and len(text) <= LONGEST_CELL and not _MARKED.match(text) and kind(text) != "%"


def _described(lines: Sequence[str], at: int, first: int, last: int) -> list[Row]:
    """'2,286', 'All-time high', '2,330', 'Gap of May': prices, each over what it is, from where a part begins to where it ends.

    Two by themselves are a row where the two lines before the empty one, or behind it, are such, too.
    """
    if at > first and not _is_part(lines, at - 1, first, last):
        return []
    end = at
    while end + 1 < last and end - at < 2 * MOST_ROWS and _is_described(lines, end):
        end += 2
    is_whole = end == last or _is_part(lines, end, first, last)
    is_listed = end - at >= 2 * FEWEST_ROWS or (at > 2 and _is_described(lines, at - 3)) or _is_described(lines, end + 1)
    return [(n, 2, PARTED) for n in range(at, end, 2)] if is_whole and is_listed else []


def _is_part(lines: Sequence[str], at: int, first: int, last: int) -> bool:
    """Whether a line heads prices: it names a side, and no other does so in the same words, as the cells of a column would."""
    return bool(_PART.fullmatch(lines[at])) and lines[first:last].count(lines[at]) == 1


def _is_described(lines: Sequence[str], at: int) -> bool:
    """Whether a line is a price, and the next words about it."""
    price, words = lines[at : at + 2] if at + 1 < len(lines) else ("", "")
    if kind(price) != "n" or "%" in price or not words or len(words) > LONGEST_VALUE:
        return False
    return (kind(words) == "w" or bool(_DATED.match(words))) and not _MARKED.match(words) and not names_side(words)


def _stated(lines: Sequence[str], at: int, first: int, last: int) -> list[Row]:
    """'20-day', '2,232', 'above': names of values, each over its number and where the price stands to it."""
    rows = 0
    while at + 3 * rows + 2 < last and rows < MOST_ROWS:
        name, value, state = lines[at + 3 * rows : at + 3 * rows + 3]
        if not is_value_pair(name, value) or not is_state(state):
            break
        rows += 1
    is_table = rows >= FEWEST_ROWS and not _is_headed(lines, first, at)
    return [(at + 3 * n, 3, PARTED) for n in range(rows)] if is_table else []


def _named(lines: Sequence[str], at: int, first: int, last: int) -> list[Row]:
    """'R2', '66.49', 'R1', '65.71', 'PP', '64.88': levels by their names, each over its price, nothing else beside them."""
    is_whole = at == first or (at == first + 1 and not has_price(lines[first]))
    if not is_whole or (last - at) % 2 or last - at < 2 * FEWEST_NAMED:
        return []
    is_row = all(_NUMBERED.fullmatch(lines[n]) and kind(lines[n + 1]) == "n" for n in range(at, last, 2))
    return [(n, 2, PARTED) for n in range(at, last, 2)] if is_row else []


def _quoted(lines: Sequence[str], at: int, first: int, last: int) -> list[Row]:
    """'218.34', '+1.92', '(+0.89%)': a price over what it has changed, as the head of a page shows it."""
    is_first = at == first or (at == first + 1 and not names_value(lines[first]))
    if not is_first or at + 1 >= last or kind(lines[at]) != "n" or lines[at][0] in "+−-" or not _is_change(lines[at + 1]):
        return []
    return [(at, 3 if at + 2 < last and _is_change(lines[at + 2]) else 2, JOINED)]


def _is_change(text: str) -> bool:
    return len(text) <= LONGEST_NAME and bool(_CHANGE.fullmatch(text))


def _led_on(lines: Sequence[str], at: int, last: int) -> list[Row]:
    """'Bullish above 2,437' over 'Targets 2,462, 2,479', and no stop below: a side and where it leads."""
    if at + 1 >= last or not _SIDED.fullmatch(lines[at]) or not _TARGETS.match(lines[at + 1]):
        return []
    is_trade = at + 2 < last and _STOP.match(lines[at + 2])
    return [] if is_trade else [(at, 2, JOINED)]


_SIDED = re.compile(
    r"(?:(?:bullish|bearish|bulls?|bears?|long|short|buy|sell|positive|negative)s?\s)?(?:only\s)?(?:above|below|over|under)\s?:?\s?"
    r"[$€£]?\d[\d,.]*\d[kK]?",
    re.I,
)
_TARGETS = re.compile(
    r"(?:(?:upside|downside|up|down|bull|bear|next|first)\s)?(?:targets?|tgts?|objectives?)\b(?:\s?(?:are|at|is|zone|area|[:=–$€£~-]))*\s*\d[\d,.]*\d",
    re.I,
)
_STOP = re.compile(r"(?:stop|sl\b|s/l|invalid|entry)\D{0,16}\d[\d,.]{2,}", re.I)
_CHANGE = re.compile(r"(?:[▲▼△▽↑↓+−-]\s?\d[\d,.]*\s?%?|\([+−-]?\d[\d,.]*\s?%\))(?:\s?[(/|]?\s?[+−-]?\d[\d,.]*\s?%\s?\)?)?")
