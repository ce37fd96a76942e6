"""Values that a list of levels gives in passing: '245.10 support (50 day)', 'R2 | 48,970 | record high'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from levelhead.review.passages import Passage, Piece
from levelhead.review.said import SUPPOSED, Indicator, ReadLevel
from levelhead.review.tokens import Token
from levelhead.review.value_names import EXTREMES, names_of

ALIKE = 1.35  # farther off, it is the average of another market
_OTHER_BARS = re.compile(r"(?P<days>[sewhd]ma_\d+)[wmh]$")
_AVERAGE = re.compile(r"[sew]ma_\d+")


def from_levels(passages: Sequence[Passage], levels: Iterable[ReadLevel], known: Iterable[Indicator]) -> Iterator[Indicator]:
    """The averages and extremes among levels whose value nothing else in the note gives; one price each, no zones or 'about's."""
    given: dict[str, list[float]] = {}
    for value in known:
        given.setdefault(_OTHER_BARS.sub(r"\g<days>", value.name), []).append(value.value.low)
    for level in levels:
        price = level.price
        if level.kind not in ("average", "extreme") or price.low != price.high or price.approximate or price.open_ended:
            continue
        name = level.name if _is_value(level.name) else _named_beside(passages, level) if level.kind == "average" else ""
        if name and not any(1 / ALIKE < price.low / other < ALIKE for other in given.get(name, ()) if other > 0):
            given.setdefault(name, []).append(price.low)
            yield Indicator(name=name, value=price, words=level.label, span=level.span, sure=SUPPOSED)


def _is_value(name: str) -> bool:
    return bool(_AVERAGE.fullmatch(name)) or name in EXTREMES


def _named_beside(passages: Sequence[Passage], level: ReadLevel) -> str:
    """The one average named between this level's price and the next, '' where none or several are."""
    for passage in passages:
        if not passage.block.span.start <= level.span.start < passage.block.span.end:
            continue
        pieces = passage.pieces
        at = next((n for n, p in enumerate(pieces) if p.start <= level.span.start <= p.start + len(p.text)), None)
        if at is None:
            return ""
        behind = list(_until_a_number(pieces[at], level.span.end))
        if passage.block.kind == "row":
            behind = [t for p in pieces for t in p.tokens if p is not pieces[at]] if _is_alone(pieces, at) else behind
        names = {n for t in behind if t.kind == "average" for n in names_of(t)}
        return next(iter(names)) if len(names) == 1 and _AVERAGE.fullmatch(next(iter(names))) else ""
    return ""


def _is_alone(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the row's other cells hold no number."""
    return not any(t.kind == "number" for n, p in enumerate(pieces) if n != at for t in p.tokens)


def _until_a_number(piece: Piece, start: int) -> Iterator[Token]:
    for token in piece.tokens:
        if piece.start + token.start >= start:
            if token.kind == "number" or token.text in ";.":
                return
            yield token
