"""Where a number of a note comes from: its meaning, formula, bars and arithmetic, recomputed from what the note carries."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from levelhead.domain.errors import BadNote
from levelhead.domain.formula import evaluate, names_in
from levelhead.domain.visits import held_rows, pass_rows, visit_rows
from levelhead.render.arithmetic import Columns, Window, columns_of, substituted, window_in_words
from levelhead.render.explanation_text import lines
from levelhead.render.numbers import exactly
from levelhead.render.words import Reference, plain, value
from levelhead.wire.document import Document

_AGREES_WITHIN = 1e-9
MET: Mapping[str, Callable[..., list[int]]] = {
    "visits": visit_rows,
    "held": held_rows,
    "since_held": lambda *met: held_rows(*met)[-1:],
    "since_held_before": lambda *met: held_rows(*met)[-2:-1],
    "since_passed": lambda *met: _both_closes(pass_rows(*met)[-1:]),
    "since_passed_before": lambda *met: _both_closes(pass_rows(*met)[-2:-1]),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A number that a formula uses: its exact value, what it means, its own formula where it is itself a fact."""

    name: str
    value: str
    meaning: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One value of a window: the bar's date, the column, the value as stored."""

    date: str
    column: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A fact or estimate, taken apart. Texts are printed in the house's style; None where there is nothing to say.

    value: as the note prints it; exact: with every digit that matters. arithmetic: the formula with its numbers put in and the
    result; short: the same with long windows in words. bars: the values of the windows that the note's series carries, of a count
    of visits those of the bars that it counts (is_met); windows: all of them in words. came_from: the bar that made a highest or
    lowest. recomputed: the value of the formula, None where something it needs is not in the note; agrees: whether it is the
    stored one within 1e-9.
    """

    name: str
    meaning: str
    value: str
    exact: str
    unit: str
    formula: str
    arithmetic: str | None = None
    short: str | None = None
    inputs: tuple[Input, ...] = ()
    bars: tuple[Bar, ...] = ()
    windows: tuple[str, ...] = ()
    is_met: bool = False
    came_from: str | None = None
    recomputed: str | None = None
    agrees: bool | None = None
    error: str | None = None
    base_rate: str | None = None
    base_count: str | None = None
    independent_windows: str | None = None
    date: str | None = None
    known_on: str | None = None


def explanation(document: Document, name: str) -> Explanation:
    """The fact or estimate of that name, taken apart. Raises BadNote for a name the note does not have, with the nearest ones."""
    return _explained(document, name, whole=True)


def explain(document: Document, name: str) -> str:
    """The same as text for the command line, all bars by date in a table."""
    found = explanation(document, name)
    return "\n".join(lines(found, document)) + "\n"


def explanations(document: Document, names: Collection[str] | None = None) -> dict[str, dict[str, Any]]:
    """Facts and estimates in a compact form for the page: what is None or empty is left out, bars are given in words.

    names: those to explain, None for all; names the note does not have are left out. Keys of a row: meaning, value, exact,
    formula, arithmetic (the short one), inputs (name to value and meaning), windows, came_from, error, base_rate, base_count,
    independent_windows, date, known_on.
    """
    held = (*document["facts"], *document["estimates"])
    return {name: _compact(_explained(document, name, whole=False)) for name in held if names is None or name in names}


def _explained(document: Document, name: str, *, whole: bool) -> Explanation:
    """whole: with bars by date and terms written out; else with long windows in words only."""
    entry, house = _entry(document, name), document["house"]
    shown = value(Reference.of(name), document)
    columns = columns_of(_windows(entry), document)
    given = _given(entry, document)
    recomputed = _recomputed(entry, given, columns)
    exact = exactly(entry["value"], house=house) if isinstance(entry["value"], int | float) else shown
    short = _arithmetic(entry, given, columns, document, exact, terms=False)
    return Explanation(
        name=name,
        meaning=entry["meaning"],
        value=shown,
        exact=exact,
        unit=entry["unit"],
        formula=entry["formula"],
        arithmetic=_arithmetic(entry, given, columns, document, exact, terms=True) if whole and columns else short,
        short=short,
        inputs=tuple(_inputs(entry, given, document)),
        bars=tuple(_bars(_met(entry, given, columns))) if whole else (),
        is_met=_counted_function(entry) is not None,
        windows=tuple(window_in_words(window, document) for window in _windows(entry)),
        came_from=_came_from(entry, columns, document),
        recomputed=None if recomputed is None else exactly(recomputed, house=house),
        agrees=None if recomputed is None else math.isclose(recomputed, entry["value"], rel_tol=_AGREES_WITHIN, abs_tol=1e-12),
        error=_attribute(document, name, entry, "error"),
        base_rate=_attribute(document, name, entry, "base_rate"),
        base_count=_attribute(document, name, entry, "base_count"),
        independent_windows=_attribute(document, name, entry, "windows") if "error" in entry else None,
        date=_attribute(document, name, entry, "date"),
        known_on=_attribute(document, name, entry, "known_on"),
    )


def _bars(columns: Columns) -> Iterator[Bar]:
    for column in columns.values():
        for day, number in zip(column.dates, column.values, strict=True):
            yield Bar(date=day, column=column.label, value=number)


def _counted_function(entry: Mapping[str, Any]) -> str | None:
    """'visits' or 'held' where the formula counts bars that met a zone."""
    function: str = entry["formula"].partition("(")[0]
    return function if function in MET else None


def _met(entry: Mapping[str, Any], given: Mapping[str, float], columns: Columns) -> Columns:
    """Of a count of bars that met a zone the bars it counts; else all of them."""
    function = _counted_function(entry)
    edges = [given[name] for name in _names(entry) if name in given]
    if function is None or len(edges) != 2 or set(columns) not in ({"highs", "lows"}, {"closes"}):
        return columns
    given_columns = [columns[column].values for column in ("highs", "lows", "closes") if column in columns]
    rows = MET[function](*given_columns, edges[0], edges[1])
    return {
        name: replace(column, dates=tuple(column.dates[i] for i in rows), values=tuple(column.values[i] for i in rows))
        for name, column in columns.items()
    }


def _both_closes(rows: Sequence[int]) -> list[int]:
    """A pass is two closes: the one before each of these rows, and its own."""
    return [row - back for row in rows for back in (1, 0)]


def _compact(found: Explanation) -> dict[str, Any]:
    left_out = {"name", "unit", "short", "bars", "is_met", "recomputed", "agrees"}
    row = {field.name: getattr(found, field.name) for field in fields(found) if field.name not in left_out}
    inputs = {item.name: [item.value, item.meaning] if item.meaning else [item.value] for item in found.inputs}
    row |= {"arithmetic": found.short, "inputs": inputs, "windows": list(found.windows)}
    if found.exact == found.value:
        row["exact"] = None
    return {key: item for key, item in row.items() if item}


def _entry(document: Document, name: str) -> Mapping[str, Any]:
    for part in ("facts", "estimates"):
        if name in document[part]:
            found: Mapping[str, Any] = document[part][name]
            return found
    names = [*document["facts"], *document["estimates"]]
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5) or [n for n in names if name and n.startswith(name)][:3]
    advice = f"the nearest are {', '.join(near)}" if near else f"it has {len(names)} names, such as {', '.join(names[:3])}"
    raise BadNote(f"The note holds no fact or estimate called {name!r}; {advice}.")


def _windows(entry: Mapping[str, Any]) -> Sequence[Window]:
    """The windows of bars of a fact; an estimate has none (its 'windows' is a count)."""
    return () if "error" in entry else entry["windows"]


def _names(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The names in an arithmetic formula; none in a rule that is a sentence."""
    return () if isinstance(entry["value"], str) else _names_of(entry["formula"])


@cache
def _names_of(formula: str) -> tuple[str, ...]:
    try:
        return names_in(formula)
    except (SyntaxError, ValueError):
        return ()


def _given(entry: Mapping[str, Any], document: Document) -> dict[str, float]:
    """The numbers a formula can look up in the note, columns of bars left out: inputs first, then other facts."""
    found: dict[str, float] = {}
    for name in _names(entry):
        if name in entry["inputs"]:
            found[name] = entry["inputs"][name]
        else:
            stored = (document["facts"].get(name) or document["estimates"].get(name) or {}).get("value")
            if isinstance(stored, int | float):
                found[name] = stored
    return found


def _recomputed(entry: Mapping[str, Any], given: Mapping[str, float], columns: Columns) -> float | None:
    if isinstance(entry["value"], str) or not set(_names(entry)) <= given.keys() | columns.keys():
        return None
    try:
        return evaluate(entry["formula"], {**given, **{name: column.values for name, column in columns.items()}})
    except (SyntaxError, ValueError, KeyError, ArithmeticError, TypeError):
        return None


def _arithmetic(
    entry: Mapping[str, Any], given: Mapping[str, float], columns: Columns, document: Document, result: str, *, terms: bool
) -> str | None:
    if not _names(entry):
        return None
    text = substituted(entry["formula"], given, columns, _windows(entry), document, terms=terms)
    return None if text is None or text == result else f"{text} = {result}"


def _inputs(entry: Mapping[str, Any], given: Mapping[str, float], document: Document) -> Iterator[Input]:
    for name, number in {**given, **entry["inputs"]}.items():
        other = {} if name in entry["inputs"] else (document["facts"].get(name) or document["estimates"].get(name) or {})
        yield Input(
            name=name,
            value=exactly(number, house=document["house"]),
            meaning=other.get("meaning", ""),
            formula=other.get("formula", ""),
        )


def _came_from(entry: Mapping[str, Any], columns: Columns, document: Document) -> str | None:
    """The date of the bar a highest or lowest came from: the fact's own, else the first of equals in its window."""
    if entry.get("date") or isinstance(entry["value"], str):
        return None
    for name, column in columns.items():
        if entry["formula"] in (f"highest({name})", f"lowest({name})") and entry["value"] in column.values:
            day = column.dates[column.values.index(entry["value"])]
            return plain("{/first}", {**document, "first": day})
    return None


def _attribute(document: Document, name: str, entry: Mapping[str, Any], attribute: str) -> str | None:
    """A printed attribute of a fact or estimate; None where it has none."""
    if entry.get(attribute) in (None, 0) and not (attribute == "error" and entry.get("error") == 0):
        return None
    return value(Reference(name=name, attribute=attribute, styles=()), document)
