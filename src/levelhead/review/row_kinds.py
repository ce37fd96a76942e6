"""What kind of thing each line of a table with one cell a line is, and the rows that lines of such kinds make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from levelhead.review.dashboards import names_value
from levelhead.review.lines import has_price

Places = tuple[int | None, ...]  # which line stands in each column
IMPOSSIBLE = 99.0
_AMOUNT = (
    r"[~≈<>]?\s?[+−-]?\s?(?:US)?[$€£¥₹]?\s?\.?\d[\d,.'’]*(?:\s\d{1,2}/\d{1,2})?\s?(?:[kKmMbBx]n?|%|\+|s|pts?|points?|USD|EUR)?"
)
_NUMBER = re.compile(rf"{_AMOUNT}(?:\s?(?:[-–—/]|to)\s?{_AMOUNT})?")
_SHARE = re.compile(r"[~≈]?\s?(?:\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?(?:%|per ?cent|pct)|0?\.\d{1,2})", re.I)
_COUNT = re.compile(r"\d{1,2}")
_SIDE = re.compile(
    r"(?:(?:key|major|minor|strong|weak|first|second|third|\d(?:st|nd|rd|th)) )?"
    r"(?:supp?(?:ort)?s?|res(?:ist(?:ance)?s?)?|ceilings?|floors?|pivot(?: point)?|[SRP]|buy|sell|"
    r"long|short)\.?\s?#?[1-5]?",
    re.I,
)
_LABELLED = re.compile(r"[A-Za-z][\w .&-]{0,24}?:?\s[~≈]?[$€£]?\d[\d,.]*[kK]?(?:\s?[-–/]\s?[$€£]?\d[\d,.]*[kK]?)?")
_BLANK = re.compile(r"(?:n/?a|none|nil|tb[ac]|open|[^\w]{1,3})", re.I)
_COST = {
    **{(a, a): 0.0 for a in "in%dlwg"},
    **{("i", "n"): 1.2, ("n", "i"): 1.2, ("i", "%"): 0.5, ("%", "i"): 0.5, ("i", "m"): 0.6},
    **{("n", "%"): 1.0, ("%", "n"): 1.0, ("n", "m"): 0.4, ("%", "m"): 0.4, ("m", "n"): 0.4, ("m", "%"): 0.4},
    **{("w", "m"): 0.0, ("m", "w"): 0.0, ("m", "m"): 0.0, ("w", "d"): 2.0, ("d", "w"): 1.2, ("w", "l"): 1.5, ("l", "w"): 1.5},
}
_GAP = {"i": 1.5, "n": 2.0, "%": 2.0, "d": 2.0, "l": 2.0, "w": 1.0, "m": 1.0, "g": 0.6}


@lru_cache(maxsize=2048)
def kind(text: str) -> str:
    """What a cell is.

    n a number, i a small count, % a share, d a side, l a label with its price, m words after a number, g a sign, w words.
    """
    if _SHARE.fullmatch(text):
        return "%"
    if _COUNT.fullmatch(text):
        return "i"
    if _NUMBER.fullmatch(text):
        return "n"
    if _BLANK.fullmatch(text):
        return "g"
    if _SIDE.fullmatch(text):
        return "d"
    if names_value(text):
        return "w"
    if _LABELLED.fullmatch(text) and has_price(text):
        return "l"
    return "m" if re.match(_AMOUNT, text) and has_price(text[:12]) else "w"


def rows_of(kinds: Sequence[str], width: int) -> tuple[float, list[Places]] | None:
    """The rows of lines of such kinds and what they cost: of each, which line stands in which column."""
    best: tuple[float, list[Places]] | None = None
    for pattern in dict.fromkeys(tuple(kinds[at : at + width]) for at in range(min(2 * width, len(kinds) - width + 1))):
        if not any(k in "in%lm" for k in pattern):
            continue
        found = rows_like(kinds, pattern)
        if found is not None and (best is None or found[0] / len(found[1]) < best[0] / len(best[1])):
            best = found
            if best[0] == 0:
                break
    return best


def rows_like(kinds: Sequence[str], pattern: tuple[str, ...]) -> tuple[float, list[Places]] | None:
    """The cheapest way to lay lines out in rows of such columns."""
    width, count = len(pattern), len(kinds)
    costs: list[float] = [IMPOSSIBLE * (count + 1)] * (count + 1)
    from_: list[tuple[int, Places]] = [(0, ())] * (count + 1)
    costs[0] = 0.0
    for at in range(count):
        if costs[at] >= IMPOSSIBLE:
            continue
        for taken in range(width, 1 if width > 1 else 0, -1) if width > 2 else (2, 1):
            if at + taken > count or costs[at] >= costs[at + taken]:
                continue
            cost, places = row_fitted(tuple(kinds[at : at + taken]), pattern)
            if costs[at] + cost < costs[at + taken]:
                costs[at + taken] = costs[at] + cost
                from_[at + taken] = (at, tuple(None if p is None else at + p for p in places))
    if costs[count] >= IMPOSSIBLE:
        return None
    rows: list[Places] = []
    at = count
    while at:
        at, places = from_[at]
        rows.append(places)
    return costs[count], rows[::-1]


@lru_cache(maxsize=4096)
def row_fitted(kinds: tuple[str, ...], pattern: tuple[str, ...]) -> tuple[float, Places]:
    """What it costs to lay cells of such kinds, in order, into such columns, and which cell stands in each."""
    if len(kinds) == len(pattern):
        cost = sum(cost_of(k, p) for k, p in zip(kinds, pattern, strict=True))
        if len(kinds) > 2 and kinds[0] in "wd" and kinds[1] not in "wm" and len(set(kinds[1:])) == 1:
            cost = min(cost, 0.4)  # a row of one kind, in a table with its markets side by side
        return cost, tuple(range(len(kinds)))
    # By how many cells are laid: the cheapest way, of equal ones that which lays first.
    found: dict[int, _Laid] = {0: (0.0, (), ())}
    for column, name in enumerate(pattern):
        gap = _GAP[name] * (2.0 if column == 0 else 0.8 if column == len(pattern) - 1 else 1.0)
        left, ways = len(pattern) - column - 1, dict[int, _Laid]()
        for laid, (cost, order, places) in found.items():
            if laid < len(kinds) and len(kinds) - laid - 1 <= left:
                _keep(ways, laid + 1, (cost + cost_of(kinds[laid], name), (*order, False), (*places, laid)))
            if len(kinds) - laid <= left:
                _keep(ways, laid, (cost + gap, (*order, True), (*places, None)))
        found = ways
    cost, _, places = found.get(len(kinds), (IMPOSSIBLE, (), ()))
    return (cost, places) if cost < IMPOSSIBLE else (IMPOSSIBLE, ())


_Laid = tuple[float, tuple[bool, ...], Places]  # what it costs, which columns are left out, which cell stands in each


def _keep(ways: dict[int, _Laid], laid: int, way: _Laid) -> None:
    if laid not in ways or way[:2] < ways[laid][:2]:
        ways[laid] = way


def cost_of(one: str, column: str) -> float:
    """What it costs to have a cell of one kind in a column of another."""
    if one == "g":
        return 0.3
    return _COST.get((one, column), 2.5)


def gap_of(column: str) -> float:
    """What a missing cell costs in a column of such a kind."""
    return _GAP[column]


def names_side(text: str) -> bool:
    """Whether a cell is a side and nothing more."""
    return bool(_SIDE.fullmatch(text))
