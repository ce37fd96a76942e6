"""The proof of a fact: its formula, evaluated on the bars."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.errors import BadBars, BadNote
from levelhead.domain.fact import Fact, Window
from levelhead.domain.formula import evaluate, names_in
from levelhead.domain.sessions import as_time


def recompute(name: str, facts: Mapping[str, Fact], bars: Bars, peers: Mapping[str, Bars]) -> float:
    """The value of a numeric fact from its formula, its inputs, the bars and the facts it refers to, themselves recomputed.

    Raises BadNote where the fact is a word or refers to what is not there, BadBars where these are not the bars it was
    computed from.
    """
    fact = facts[name]
    if isinstance(fact.value, str):
        raise BadNote(f"{name} is the word '{fact.value}', not a number; its rule is: {fact.formula}")
    values: dict[str, float | list[float]] = dict(columns(name, fact, bars, peers))
    for used in names_in(fact.formula):
        if used in values:
            continue
        if used in facts:
            values[used] = recompute(used, facts, bars, peers)
        elif used in fact.inputs:
            values[used] = fact.inputs[used]
        else:
            raise BadNote(f"{name} = {fact.formula} refers to {used}, which is neither an input nor a fact of the note.")
    return evaluate(fact.formula, values)


def columns(name: str, fact: Fact, bars: Bars, peers: Mapping[str, Bars]) -> dict[str, list[float]]:
    """The columns of a fact's windows under the names its formula uses: 'closes', 'highs', 'peer_closes'.

    A fact with windows of a peer is computed on the dates that both have, and so are its other windows.
    """
    shared = [_of_peer(name, window.peer, peers) for window in fact.windows if window.peer is not None]
    found = {}
    for window in fact.windows:
        source = bars if window.peer is None else _of_peer(name, window.peer, peers)
        rows = _rows(name, window, source, [bars, *shared] if shared else [])
        prefix = "" if window.peer is None else "peer_"
        found[f"{prefix}{window.column}s"] = rows.tolist()
    return found


def _of_peer(name: str, symbol: str, peers: Mapping[str, Bars]) -> Bars:
    if symbol not in peers:
        raise BadBars(f"{name} was computed with the bars of {symbol}; give them too.")
    return peers[symbol]


def _rows(name: str, window: Window, source: Bars, shared: list[Bars]) -> FloatArray:
    inside = (source.time >= as_time(window.first)) & (source.time <= as_time(window.last))
    for other in shared:
        inside &= np.isin(source.time, other.time)
    rows: FloatArray = getattr(source, window.column)[inside]
    if len(rows) != window.count:
        raise BadBars(
            f"{name} was computed from {window.count} bars from {window.first} to {window.last}; "
            f"{source.feed or source.instrument.symbol} has {len(rows)} there. Give the bars of the note."
        )
    return rows
