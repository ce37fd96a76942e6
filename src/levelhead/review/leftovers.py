"""What was not understood: prices that were read as nothing, listed and never guessed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.roles import uses_of
from levelhead.review.said import NotUnderstood
from levelhead.review.text import Span

MOST = 200
LONGEST = 300


def leftovers(passages: Sequence[Passage], prices: Prices, understood: Iterable[Span]) -> tuple[NotUnderstood, ...]:
    """Sentences and cells with a price that nothing was read from. understood: the spans of everything that was read."""
    covered = _Covered(understood)
    found: list[NotUnderstood] = []
    for passage in passages:
        if passage.place.topic == "dismissed":
            continue
        for piece in passage.pieces:
            found += _of_piece(piece, prices, covered)
            if len(found) >= MOST:
                return tuple(found[:MOST])
    return tuple(found)


def _of_piece(piece: Piece, prices: Prices, covered: _Covered) -> Iterator[NotUnderstood]:
    left = [t for t in piece.tokens if prices.is_price(t) and not covered.holds(piece.start + t.start)]
    if not left:
        return
    said = {u.token.start for u in uses_of(piece, prices.is_price) if u.role}
    unsaid = [t for t in left if t.start not in said]
    if unsaid:
        numbers = ", ".join(t.text for t in unsaid[:6])
        yield NotUnderstood(
            text=piece.text[:LONGEST], span=piece.span(), why=f"What is said of {numbers} is no level, value, scenario or setup."
        )


class _Covered:
    """Characters that something was read from."""

    def __init__(self, spans: Iterable[Span]) -> None:
        merged: list[list[int]] = []
        for span in sorted(spans):
            if merged and span.start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], span.end)
            else:
                merged.append([span.start, span.end])
        self._starts = [m[0] for m in merged]
        self._ends = [m[1] for m in merged]

    def holds(self, at: int) -> bool:
        """Whether the character at `at` is one of them."""
        i = bisect_right(self._starts, at) - 1
        return i >= 0 and at < self._ends[i]
