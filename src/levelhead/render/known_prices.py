"""Prices a trader knows without a level map, as rows of text with references: moving averages and the period's pivots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from levelhead.render import bar_words
from levelhead.render.words import known
from levelhead.wire.document import Document

NOTHING = "–"
PERIODS = (20, 50, 100, 200)
_ADJECTIVES = {"month": "Monthly", "week": "Weekly", "day": "Daily", "year": "Yearly"}
PIVOTS = ("r3", "r2", "r1", "p", "s1", "s2", "s3")


@dataclass(frozen=True, slots=True, kw_only=True)
class AverageRow:
    """One moving average: its name, value, the price's side of it, its slope, and how far it stands from the last price."""

    name: str
    value: str
    side: str
    slope: str
    points: str
    per_cent: str
    atr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PivotSet:
    """Pivots of one period, highest first, as (name, price).

    use: the period they are for, 'March 2025'. source: the one they are made of, 'February 2025'. made_of: its 'high 2,336.2, low
    2,129.4 and close 2,165.3', empty where the note does not hold them.
    """

    use: str
    source: str
    made_of: str
    pivots: tuple[tuple[str, str], ...]


def averages(document: Document) -> tuple[AverageRow, ...]:
    """The averages that are known, shortest first; a dash where a part is not known."""
    return tuple(_average(count, document) for count in PERIODS if known(f"sma_{count}", document))


def pivots(document: Document) -> tuple[PivotSet, ...]:
    """Traditional pivots of the chart's period, and on a month's last session those of the next month after them."""
    period = _pivot_period(document)
    now = "{/as_of|month}" if period == "month" else f"this {period}"
    sets = ((f"pivot_{period}_traditional", now), ("pivot_month_next_traditional", "the next month"))
    return tuple(_pivot_set(kind, use, period, document) for kind, use in sets if known(f"{kind}.p", document))


def pivots_title(document: Document) -> str:
    """'Monthly pivots'."""
    return f"{_ADJECTIVES[_pivot_period(document)]} pivots"


def _pivot_period(document: Document) -> str:
    return next((name for name in _ADJECTIVES if known(f"pivot_{name}_traditional.p", document)), "month")


def _pivot_set(kind: str, use: str, period: str, document: Document) -> PivotSet:
    basis = "this_month" if "_next_" in kind else f"prior_{period}"
    parts = [f"{basis}.{part}" for part in ("high", "low", "close")]
    high, low, close = (f"{part.partition('.')[2]} {{{part}}}" for part in parts)
    return PivotSet(
        use=use,
        source=_named(basis, period, document),
        made_of=f"{high}, {low} and {close}" if all(known(part, document) for part in parts) else "",
        pivots=tuple((name.upper(), f"{{{kind}.{name}}}") for name in PIVOTS if known(f"{kind}.{name}", document)),
    )


def _named(basis: str, period: str, document: Document) -> str:
    """'February 2025', 'the week to 7 March 2025'; without a date 'the month before'."""
    fact = document["facts"].get(f"{basis}.close")
    if fact is None or fact["date"] is None:
        return f"the {period} before"
    date = f"{{{basis}.close@date{'|month' if period == 'month' else ''}}}"
    return date if period in ("month", "day") else f"the {period} to {date}"


def _average(count: int, document: Document) -> AverageRow:
    key = f"sma_{count}"
    return AverageRow(
        name=f"{count}-{bar_words.noun(document)}",
        value=f"{{{key}}}",
        side=_part(f"{key}.side", "", document),
        slope=_part(f"{key}.slope", "", document),
        points=_part(f"{key}.distance", "", document),
        per_cent=_part(f"{key}.distance_pct", "|signed", document),
        atr=_part(f"{key}.distance_atr", "|signed|plain", document),
    )


def _part(name: str, style: str, document: Document) -> str:
    return f"{{{name}{style}}}" if known(name, document) else NOTHING


def cells(row: AverageRow) -> Sequence[str]:
    """The row's cells from left to right."""
    return row.name, row.value, row.side, row.slope, row.points, row.per_cent, row.atr
