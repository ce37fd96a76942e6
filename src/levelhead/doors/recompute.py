"""A fact computed anew from the bars, with the bars by date."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.errors import BadDate
from levelhead.domain.fact import Estimate, Fact, Window
from levelhead.domain.formula import Value, evaluate, names_in
from levelhead.domain.note import Note

AGREES = 1e-9
SHOWN = 12


def recomputed(note: Note, name: str, bars: Bars, peers: Mapping[str, Bars]) -> str:
    """The bars that the fact `name` was computed from, by date, and its value computed anew from them.

    The bars are cut at the note's day and given its provisional last price where it has one. Raises BadDate where a window
    does not lie within them.
    """
    fact = note.facts[name]
    seen = _as_seen(note, bars)
    lines = []
    for window in fact.windows:
        source = seen if window.peer is None else peers.get(window.peer)
        if source is None:
            lines.append(f"{window.column}s of {window.peer}: give its bars with --peer {window.peer}=FILE to see them.")
            continue
        lines += [f"{window.count} {window.column}s of {source.feed or source.instrument.symbol}:", *_by_date(window, source)]
    value = _value(note, fact, seen, peers)
    if value is None or not isinstance(fact.value, int | float):
        return "\n".join(lines)
    same = math.isclose(value, fact.value, rel_tol=AGREES, abs_tol=1e-12)
    lines.append(f"computed anew: {value:.10g}; the note holds {fact.value:.10g}: {'the same' if same else 'NOT the same'}.")
    return "\n".join(lines)


def _as_seen(note: Note, bars: Bars) -> Bars:
    seen = bars.until(note.as_of)
    last = note.provenance.provisional
    if last is None:
        return seen
    return seen.with_last(last.price, at=last.at, high=note.series.high[-1], low=note.series.low[-1])


def _value(note: Note, fact: Fact, seen: Bars, peers: Mapping[str, Bars]) -> float | None:
    if not isinstance(fact.value, int | float):
        return None
    values: dict[str, Value] = dict(fact.inputs)
    for other in names_in(fact.formula):
        stated: Fact | Estimate | None = note.facts.get(other) or note.estimates.get(other)
        if other not in values and stated is not None and isinstance(stated.value, int | float):
            values[other] = float(stated.value)
    for window in fact.windows:
        source = seen if window.peer is None else peers.get(window.peer)
        if source is None:
            return None
        rows = _rows(window, source)
        values[f"{window.column}s"] = [float(v) for v in _column(window, source)[rows]]
    return evaluate(fact.formula, values)


def _rows(window: Window, bars: Bars) -> slice:
    first, last = np.searchsorted(bars.dates, [np.datetime64(window.first), np.datetime64(window.last)])
    rows = slice(int(first), int(last) + 1)
    if last >= len(bars) or rows.stop - rows.start != window.count:
        held = max(0, min(rows.stop, len(bars)) - rows.start)
        raise BadDate(
            f"{bars.feed or bars.instrument.symbol} holds {held} bars from {window.first} to {window.last}, "
            f"the note used {window.count}; give the file it was written from."
        )
    return rows


def _column(window: Window, bars: Bars) -> FloatArray:
    column: FloatArray = getattr(bars, window.column)
    return column


def _by_date(window: Window, bars: Bars) -> list[str]:
    rows = _rows(window, bars)
    dates, values = bars.dates[rows], _column(window, bars)[rows]
    lines = [f"  {date}  {value:,.10g}" for date, value in zip(dates, values, strict=True)]
    if len(lines) <= SHOWN:
        return lines
    half = SHOWN // 2
    return [*lines[:half], f"  ... {len(lines) - SHOWN} more ...", *lines[-half:]]
