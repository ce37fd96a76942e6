"""Tables with a market in each row and a way in each column: 'BTC | 94,350 | 99,500 (60%) | 88,800 (40%)' under Bull and Bear."""

from __future__ import annotations

from levelhead.review.passages import Passage
from levelhead.review.prices import Prices
from levelhead.review.probabilities import Chance
from levelhead.review.scenario_case import Case, Part, case_of, direction_of

FEWEST = 2
_SURE = 100.0


def cases_under_ways(passage: Passage, prices: Prices) -> list[Case]:
    """A scenario in each cell that holds a price and a chance under a column that is called by a way; none where but one does."""
    if passage.block.kind != "row" or not passage.columns:
        return []
    found = []
    for piece, column in zip(passage.pieces, passage.columns, strict=False):
        way = direction_of(column)
        chances = [t.quantity for t in piece.tokens if t.kind == "percent" and t.quantity is not None]
        priced = [t for t in piece.tokens if prices.is_price(t)]
        if not way or len(chances) != 1 or len(priced) != 1 or chances[0].high > _SURE:
            continue
        case = case_of(passage, column, way, Chance((chances[0].low / 100, chances[0].high / 100), "", "", 0, 0))
        case.parts, case.span = [Part(piece, "zone" if way == "range" else "target")], piece.span()
        found.append(case)
    return found if len(found) >= FEWEST else []
