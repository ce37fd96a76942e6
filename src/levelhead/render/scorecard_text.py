"""A scorecard for a terminal: sentences, and tables whose columns stand under each other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from levelhead.render import scorecard_words as say

if TYPE_CHECKING:
    from levelhead.wire.document import Document


def scorecard_text(card: Document, width: int = 100) -> str:
    """The scorecard in lines of at most `width` characters; a table that is wider keeps its rows whole."""
    blocks = [say.title(card)]
    for book in card["books"]:
        blocks += _book(book, width)
    if not card["books"]:
        blocks.append(textwrap.fill(say.nothing(card), width))
    return "\n\n".join(blocks) + "\n"


def _book(book: dict[str, Any], width: int) -> list[str]:
    """One standing's record."""
    heading = "Live record" if book["standing"] == "live" else "Replayed record"
    blocks = [heading + "\n" + "=" * len(heading)]
    blocks.append(_wrapped([say.LIVE if book["standing"] == "live" else say.REPLAYED, say.opening(book)], width))
    for total in say.totals(book["forecasts"]):
        rows = [row for row in book["forecasts"] if row["group"]["kind"] == total["group"]["kind"]]
        blocks.append(_wrapped([say.verdict(total)], width))
        blocks.append(_table(say.FORECAST_HEADS, say.forecast_rows(rows)))
    if book["side_by_side"]:
        blocks.append(
            _wrapped(["Authors side by side, on the same days only.", *map(say.beside_words, book["side_by_side"])], width)
        )
    if book.get("unsaid"):
        blocks.append(_wrapped(["Said without a probability.", *map(say.unsaid_words, book["unsaid"])], width))
    if book["reliabilities"]:
        blocks.append(_wrapped(["Reliability.", *map(say.reliability_words, say.totals(book["reliabilities"]))], width))
    if book["expectancies"]:
        blocks.append(_wrapped([f"Setups: {say.expectancy_words(book['expectancies'][0])}"], width))
        blocks.append(_table(say.SETUP_HEADS, say.setup_rows(book["expectancies"])))
    if book["refused"]:
        blocks.append(_wrapped([f"Plans not taken: {say.REFUSED} {say.expectancy_words(book['refused'][0])}"], width))
        blocks.append(_table(say.SETUP_HEADS, say.setup_rows(book["refused"])))
    if book["levels"]:
        blocks.append(_wrapped([f"Key levels: {say.level_words(book['levels'][0])}"], width))
        blocks.append(_table(say.LEVEL_HEADS, say.level_rows(book["levels"])))
    if book["biases"]:
        blocks.append(_wrapped([f"Biases: {say.bias_words(book['biases'][0])}"], width))
        blocks.append(_table(say.BIAS_HEADS, say.bias_rows(book["biases"])))
    return blocks


def _wrapped(sentences: Iterable[str], width: int) -> str:
    return "\n".join(textwrap.fill(text, width, subsequent_indent="  ", break_on_hyphens=False) for text in sentences)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [tuple(heads), *(tuple(row) for row in rows)]
    wide = [max(len(row[k]) for row in cells) for k in range(len(heads))]
    lines = [_line(row, wide) for row in cells]
    return "\n".join("  " + line.rstrip() for line in lines)


def _line(row: Sequence[str], wide: Sequence[int]) -> str:
    """The first cell to the left, figures to the right."""
    first, *figures = (f"{cell:>{w}}" if k else f"{cell:<{w}}" for k, (cell, w) in enumerate(zip(row, wide, strict=True)))
    return "  ".join([first, *figures])
