"""A formula with its numbers put in: 'mean(closes)' becomes '(2,201.1 + 2,190 + 2,188.3 + … + 2,230.1 + 2,229) / 50'."""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from levelhead.render.numbers import exactly
from levelhead.render.words import plain
from levelhead.wire.document import Document

_FIRST_TERMS, _LAST_TERMS = 3, 2
_OF_COLUMNS = frozenset({"mean", "sum", "highest", "lowest", "first", "last", "count"})

# Counts of bars that met a zone of prices; their arguments are highs, lows and the zone's edges.
OF_ZONES = {"visits": "visits of {bars} to {zone}", "held": "visits of {bars} to {zone} that price left where it came from"}

Window = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """The values of one window, oldest first, with their ISO dates; label: 'close', of a peer 'close of ES'."""

    label: str
    dates: tuple[str, ...]
    values: tuple[float, ...]


Columns = Mapping[str, Column]


def column_name(window: Window) -> str:
    """What formulas call a window's values: 'closes', of a peer 'peer_closes'."""
    return f"{'peer_' if window['peer'] else ''}{window['column']}s"


def columns_of(windows: Sequence[Window], document: Document) -> dict[str, Column]:
    """The windows whose every bar the note's series carries, by the name formulas use.

    A fact with windows of a peer was computed on the dates that both have, and so are its other windows.
    """
    if not windows:
        return {}
    series = document["series"]
    peers = [series["peers"].get(window["peer"]) for window in windows if window["peer"]]
    if None in peers:
        return {}
    shared = [all(peer[i] is not None for peer in peers) for i in range(len(series["dates"]))] if peers else None
    columns = {column_name(window): _column(window, series, shared) for window in windows}
    return {name: column for name, column in columns.items() if column is not None}


def window_in_words(window: Window, document: Document) -> str:
    """'50 closes from 3 July 2025 to 8 September 2025', of a peer '50 closes of ES from …', of one bar 'the close of …'."""
    peer = f" of {window['peer']}" if window["peer"] else ""
    if window["count"] == 1:
        return f"the {window['column']}{peer} of {_date(window['first'], document)}"
    return f"{_count(window, document)} {window['column']}s{peer} {_span(window, document)}"


def substituted(
    formula: str, given: Mapping[str, float], columns: Columns, windows: Sequence[Window], document: Document, *, terms: bool
) -> str | None:
    """`formula` with its names replaced by numbers; None where it is no arithmetic or uses what the note does not hold.

    terms: whether a mean or sum shows its first and last terms (where the note carries the bars) or stands in words.
    """
    writer = _Substitution(given, columns, {column_name(window): window for window in windows}, document, terms=terms)
    try:
        tree = writer.visit(ast.parse(formula, mode="eval").body)
    except (SyntaxError, ValueError, KeyError):
        return None
    text = tree.id if isinstance(tree, ast.Name) else ast.unparse(tree)
    if isinstance(tree, ast.Name) and text.startswith("("):
        text = text[1:-1]  # parentheses are for what stands beside other terms
    return text.replace(" * ", " × ").replace(" - ", " − ")


class _Substitution(ast.NodeTransformer):
    """Puts printed numbers where names stand; `ast.unparse` then keeps the parentheses right.

    Raises KeyError for a name that neither the note nor its bars know.
    """

    def __init__(
        self, given: Mapping[str, float], columns: Columns, windows: Mapping[str, Window], document: Document, *, terms: bool
    ) -> None:
        self.given, self.columns, self.windows, self.document, self.terms = given, columns, windows, document, terms

    def visit_Call(self, node: ast.Call) -> ast.AST:
        function = node.func.id if isinstance(node.func, ast.Name) else ""
        if function in _OF_COLUMNS and _inside(node, self.windows):
            return self._of_columns(function, node.args[0])
        if function in OF_ZONES:
            return self._of_zone(function, node.args)
        node.args = [self.visit(argument) for argument in node.args]
        return node

    def _of_zone(self, function: str, arguments: list[ast.expr]) -> ast.Name:
        """'visits of 253 bars from … to … to 2,016.9–2,034.1'."""
        low, high = (self._exactly(self.given[ast.unparse(edge)]) for edge in arguments[2:])
        window = self.windows[ast.unparse(arguments[0])]
        bars = f"{_count(window, self.document)} bars {_span(window, self.document)}"
        return ast.Name(id=f"({OF_ZONES[function].format(bars=bars, zone=low if low == high else f'{low}–{high}')})")

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self._number(node.id)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return self._number(ast.unparse(node))

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Name(id=self._exactly(float(node.value))) if isinstance(node.value, int | float) else node

    def _number(self, name: str) -> ast.Name:
        text = self._exactly(self.given[name])
        return ast.Name(id=f"({text})" if self.given[name] < 0 else text)

    def _of_columns(self, function: str, argument: ast.expr) -> ast.expr:
        name = ast.unparse(argument)
        if name not in self.windows:
            return ast.Name(id=f"({self._of_several(function, argument)})")
        held = self.columns.get(name)
        if held is not None and function in ("first", "last"):
            return ast.Name(id=self._exactly(held.values[0 if function == "first" else -1]))
        if held is None or function not in ("mean", "sum") or not self.terms:
            return ast.Name(id=f"({function} of {window_in_words(self.windows[name], self.document)})")
        total = ast.Name(id=f"({' + '.join(self._terms(held.values))})")
        return total if function == "sum" else ast.BinOp(total, ast.Div(), ast.Name(id=self._exactly(len(held.values))))

    def _of_several(self, function: str, argument: ast.expr) -> str:
        """'mean of closes / closes of ES over 50 bars from … to …': columns combined bar by bar stay in words."""
        text = ast.unparse(argument)
        used = {name: window for name, window in self.windows.items() if _inside(argument, {name: window})}
        for name, window in used.items():
            text = text.replace(name, f"{window['column']}s of {window['peer']}") if window["peer"] else text
        one = next(iter(used.values()))
        return f"{function} of {text} over {_count(one, self.document)} bars {_span(one, self.document)}"

    def _terms(self, values: tuple[float, ...]) -> list[str]:
        if len(values) <= _FIRST_TERMS + _LAST_TERMS + 1:
            return [self._exactly(number) for number in values]
        head, tail = values[:_FIRST_TERMS], values[-_LAST_TERMS:]
        return [*(self._exactly(number) for number in head), "…", *(self._exactly(number) for number in tail)]

    def _exactly(self, number: float) -> str:
        return exactly(number, house=self.document["house"])


def _inside(node: ast.AST, names: Mapping[str, object]) -> bool:
    """Whether one of `names` stands anywhere in the expression."""
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(node))


def _column(window: Window, series: Mapping[str, Any], shared: Sequence[bool] | None) -> Column | None:
    """The window's values, or None where the series does not carry all of them. shared: the rows that every peer has too."""
    if window["peer"] and window["column"] != "close":
        return None
    dates = series["dates"]
    values = series["peers"][window["peer"]] if window["peer"] else series[window["column"]]
    rows = range(bisect_left(dates, window["first"]), bisect_right(dates, window["last"]))
    held = rows if shared is None else [i for i in rows if shared[i]]
    if len(held) != window["count"]:
        return None
    label = window["column"] + (f" of {window['peer']}" if window["peer"] else "")
    return Column(label, tuple(dates[i] for i in held), tuple(float(values[i]) for i in held))


def _span(window: Window, document: Document) -> str:
    return f"from {_date(window['first'], document)} to {_date(window['last'], document)}"


def _date(day: str, document: Document) -> str:
    return plain("{/first}", {**document, "first": day})


def _count(window: Window, document: Document) -> str:
    return plain("{/count}", {**document, "count": window["count"]})
