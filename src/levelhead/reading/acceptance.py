"""Averages reclaimed and lost: how many closes in a row price has stood on its side, and when it was accepted there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact, fact_of
from levelhead.kernels.crosses import accepted_side, cross_rows, held_side, rows_in_a_row
from levelhead.reading.facts import Findings, day, window
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.panel import Panel
from levelhead.reading.settings import AVERAGES

_RULE = (
    "reclaimed with the second close in a row above the average after price was accepted below it by two, lost with the second "
    "below; above or below while no such change has been seen. Its date is the first of the two closes."
)
_ACCEPTED = {n: f"on which side of the {n}-day average two closes in a row last put price, and since which close" for n in AVERAGES}
_COUNTED = {n: f"closes in a row on this side of the {n}-day average" for n in AVERAGES}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Acceptances:
    """By number of bars, arrays of shape (n,): closes, how many in a row lie on the side of the last one; side, where price was
    last accepted (1 above, -1 below, 0 not yet); changed: the row of the second close of the last change of that side, -1 until
    one. closed: how many bars have closed; a provisional last one is no close.
    """

    closes: Mapping[int, NDArray[np.int64]]
    side: Mapping[int, NDArray[np.int8]]
    changed: Mapping[int, NDArray[np.int64]]
    closed: int


def acceptances_of(bars: Bars, panel: Panel) -> Acceptances:
    """All of the series, as quoted: closes against the averages that the note prints."""
    sides = {n: panel.price_crossing[n].side for n in AVERAGES}
    held = {n: held_side(accepted_side(sides[n])) for n in AVERAGES}
    return Acceptances(
        closes={n: rows_in_a_row(sides[n]) for n in AVERAGES},
        side=held,
        changed={n: cross_rows(held[n]) for n in AVERAGES},
        closed=len(bars) if bars.provisional is None else len(bars) - 1,
    )


def acceptance_facts(bars: Bars, accepted: Acceptances) -> Findings:
    """sma_n.closes (in a row on the side of the last close) and sma_n.accepted ('reclaimed', 'lost', 'above', 'below').

    Told as of the last close: with a provisional last bar only while its price stands where that close did.
    """
    facts: dict[str, Fact] = {}
    row = min(len(bars), accepted.closed) - 1
    for n in AVERAGES:
        if len(bars) < n or row < 0 or accepted.side[n][row] == 0:
            continue
        side, count, changed = int(accepted.side[n][row]), int(accepted.closes[n][row]), int(accepted.changed[n][row])
        facts[f"sma_{n}.accepted"] = fact_of(
            value=("above" if side > 0 else "below") if changed < 0 else "reclaimed" if side > 0 else "lost",
            unit="word",
            meaning=_ACCEPTED[n],
            formula=_RULE,
            date=None if changed < 0 else day(bars, changed - 1),
            known_on=None if changed < 0 else day(bars, changed),
        )
        stays = row == len(bars) - 1 or int(accepted.closes[n][-1]) > 1  # the provisional bar is the last there is
        if count and stays:
            windows = (window(bars, "close", count, back=len(bars) - 1 - row),)
            facts[f"sma_{n}.closes"] = fact_of(
                value=float(count), unit="count", meaning=_COUNTED[n], formula="count(closes)", windows=windows
            )
    return facts, ()


def acceptance_occurrences(accepted: Acceptances) -> tuple[Occurrences, ...]:
    """'sma_50.reclaimed' and 'sma_50.lost' of each average: known at the second close, happened at the first."""
    found = []
    for n in AVERAGES:
        rows = np.unique(accepted.changed[n][: accepted.closed])
        rows = rows[rows >= 0]
        for name, side in (("reclaimed", 1), ("lost", -1)):
            own = rows[accepted.side[n][rows] == side]
            found.append(occurrences(f"sma_{n}.{name}", own, side, own - 1))
    return tuple(found)
