"""Which numbers of a note are prices: those that lie where its prices lie."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from levelhead.review.numbers import Quantity
from levelhead.review.passages import Passage, Piece
from levelhead.review.said import Money
from levelhead.review.tokens import Token

FAR = 1.8  # prices of one instrument leave no wider gap than this ratio
ROOM = 1.35
FARTHEST = 5.0  # a market that has fallen by four fifths still names its record
AT_LENGTH = 3  # numbers of a market's size that make it one which a note is about
IN_COLUMN = 0.8  # the weight that the heading of its column gives a number
NAMED = 1.6  # that of a number beside the name of an average or an extreme, alone in its cell
FINE, LEAST_FINE = 4, 0.05  # decimals that only prices are printed with, not what a currency has changed
MANY = 4  # numbers beside one another that are prices without any word beside them
_NEAR_WORDS = frozenset({"side", "beyond", "target", "stop", "entry", "extreme", "last"})


@dataclass(frozen=True, slots=True)
class Prices:
    """Where the prices of a note lie. bands: low, high and count of each instrument's, the subject's first."""

    bands: tuple[tuple[float, float, int], ...]
    is_grouped: bool

    def is_price(self, token: Token) -> bool:
        """Whether a number is a price of any instrument in the note."""
        if token.kind != "number":
            return False
        q = token.quantity
        if q is None or q.low <= 0:
            return False
        if self.is_grouped and not q.is_grouped and q.unit != "$" and q.decimals == 0 and q.size == 4 and 1950 <= q.low <= 2049:
            return False
        return self.band_of(q) is not None

    def may_be_extreme(self, token: Token) -> bool:
        """Whether a number may be the year's or all time's high or low of an instrument in the note, far from where it trades."""
        q = token.quantity
        if token.kind != "number" or q is None or q.low <= 0 or q.joined:
            return False
        return any(low / FARTHEST <= q.low and q.high <= high * FARTHEST for low, high, _ in self.bands)

    def band_of(self, quantity: Quantity | Money) -> int | None:
        """Which instrument's, counted from 0 the subject; None where it is none's."""
        for number, (low, high, _) in enumerate(self.bands):
            if low / ROOM <= quantity.low and quantity.high <= high * ROOM:
                return number
        return None

    def is_in_passing(self, price: Money) -> bool:
        """Whether a price is of another market, with fewer than three numbers in the note beside four and more of its subject."""
        band = self.band_of(price)
        return band is not None and band > 0 and self.bands[band][2] < AT_LENGTH and self.bands[0][2] >= MANY

    def is_of_another(self, price: Money) -> bool:
        """Whether a price lies where those of another market than the subject lie, or none's."""
        return self.band_of(price) != 0


def prices_of(passages: Sequence[Passage]) -> Prices:
    """The bands in which the prices of a note lie, the best filled first."""
    pieces = [piece for p in passages if p.place.topic != "dismissed" for piece in p.pieces]
    weighed = [(q.low, w) for piece in pieces for q, w in _candidates(piece)]
    weighed += [(q.low, IN_COLUMN) for p in passages if p.place.topic != "dismissed" for q in _in_columns(p)]
    weighed += [(q.low, NAMED) for p in passages if p.place.topic != "dismissed" for q in _beside_names(p)]
    if not weighed:
        return Prices((), False)
    bands = _bands(sorted(weighed))
    four = [t.quantity for piece in pieces for t in piece.tokens if t.kind == "number" and t.quantity and t.quantity.size == 4]
    grouped = sum(q.is_grouped for q in four)
    return Prices(tuple(bands), grouped * 2 > len(four))


_PRICED = re.compile(
    r"\b(?:support|resistance|level|price|zone|last|close|spot|settle\w*|pivot|entry|stop|target|s[1-5]|r[1-5]|pp)\b"
)


def _in_columns(passage: Passage) -> Iterable[Quantity]:
    """The numbers of a row under a heading that speaks of prices."""
    for piece, column in zip(passage.pieces, passage.columns, strict=False):
        if _PRICED.search(column):
            yield from (q for t in piece.tokens if t.kind == "number" and (q := t.quantity) is not None and q.low > 0)


def _beside_names(passage: Passage) -> Iterable[Quantity]:
    """'52-week low | 66.25': a number that is all its cell holds, behind a name for a price."""
    if passage.block.kind != "row" or len(passage.pieces) < 2:
        return
    label, value = passage.pieces[:2]
    is_name = any(t.kind == "average" or t.says.get("extreme", "").endswith(("_52w", "_high", "_low")) for t in label.tokens)
    if is_name and len(value.tokens) == 1 and value.tokens[0].kind == "number" and (q := value.tokens[0].quantity) and q.low > 0:
        yield q


def _candidates(piece: Piece) -> Iterable[tuple[Quantity, float]]:
    """Numbers that look like prices, with how much: a sign, a separator, decimals, a word of the trade beside it."""
    is_value = False  # the number after an oscillator is its value
    near = 0
    for token in piece.tokens:
        near -= 1
        if token.kind == "oscillator":
            is_value = True
        elif not _NEAR_WORDS.isdisjoint(token.says) or token.kind in ("pivot", "average"):
            near = 4
            is_value = is_value and token.kind not in ("pivot", "average") and "last" not in token.says
        elif token.kind == "number" and (q := token.quantity) is not None:
            if not is_value and q.low > 0:
                yield q, _weight(q, near > 0)
            is_value = False


def _weight(q: Quantity, is_near: bool) -> float:
    marked = q.unit in ("$", "32") or q.is_grouped or bool(q.joined)
    if not marked and q.decimals == 0 and q.size == 4 and 1950 <= q.low <= 2049:
        return 0.3 + 0.8 * is_near  # it may be a year
    if q.decimals >= FINE and not q.unit and q.low >= LEAST_FINE:
        return 1.6 + 0.8 * is_near  # 0.6490, 1.2960: a currency's
    weight = 1.0 * marked + 0.6 * (q.decimals >= 1) + 0.5 * (q.size >= 3) + 0.3 * (q.size >= 4) + 0.8 * is_near
    return weight if q.size >= 2 or q.decimals >= 1 else weight * 0.5


def _bands(weighed: Sequence[tuple[float, float]]) -> list[tuple[float, float, int]]:
    runs: list[list[tuple[float, float]]] = []
    for value, weight in weighed:
        if runs and math.log(value / runs[-1][-1][0]) <= math.log(FAR):
            runs[-1].append((value, weight))
        else:
            runs.append([(value, weight)])
    scored = sorted(((sum(w for _, w in run), run) for run in runs), key=lambda s: -s[0])
    best = scored[0][0]
    kept = [run for score, run in scored if score >= 1.5 or score == best]
    return [
        (run[0][0], run[-1][0], len(run)) for run in kept if max(w for _, w in run) >= 0.8 or len(run) >= MANY or len(kept) == 1
    ]
