"""An explanation as text for the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from levelhead.render.bar_words import starts
from levelhead.render.numbers import exactly
from levelhead.wire.document import Document

if TYPE_CHECKING:
    from levelhead.render.explanation import Explanation


def lines(found: Explanation, document: Document) -> Iterator[str]:
    """The explanation line by line, its bars by date at the end."""
    yield f"{found.name}: {found.meaning}"
    yield ""
    rows: Sequence[tuple[str, str | None]] = (
        ("printed", found.value),
        ("exact", f"{found.exact} ({found.unit})" if found.exact != found.value else None),
        ("happened on", found.date if found.date != found.value else None),
        ("known on", found.known_on),
        ("came from", f"the bar of {found.came_from}" if found.came_from else None),
        ("error", f"{found.error} (one standard error of the simulation)" if found.error else None),
        ("base rate", found.base_rate),
        ("counted over", _counted(found, document)),
        ("formula", found.formula),
        ("arithmetic", found.arithmetic),
        ("recomputed", _checked(found)),
    )
    for label, text in rows:
        if text:
            yield f"  {label:<13} {text}"
    yield from _input_lines(found)
    yield from _bar_lines(found, document)


def _counted(found: Explanation, document: Document) -> str | None:
    if found.base_count is None:
        return None
    apart = f", worth {found.independent_windows} windows that do not overlap" if found.independent_windows else ""
    return f"{found.base_count} {starts(document)}{apart}"


def _checked(found: Explanation) -> str | None:
    if found.recomputed is None:
        return None
    return f"{found.recomputed}, as stored" if found.agrees else f"{found.recomputed}, which is NOT the stored {found.exact}"


def _input_lines(found: Explanation) -> Iterator[str]:
    if not found.inputs:
        return
    left = max(len(item.name) for item in found.inputs)
    yield "\n  where"
    for item in found.inputs:
        origin = f"  {item.meaning}" + (f", {item.formula}" if item.formula else "") if item.meaning else ""
        yield f"    {item.name:<{left}}  {item.value}{origin}"


def _bar_lines(found: Explanation, document: Document) -> Iterator[str]:
    if not found.windows:
        return
    yield f"\n  from {'; '.join(found.windows)}"
    if found.is_met:
        yield from _met_lines(found, document)
        return
    if not found.bars:
        yield "    (the note carries fewer bars than these; the file it was made from has them)"
    for bar in found.bars:
        yield f"    {bar.date}  {bar.column}  {exactly(bar.value, house=document['house']):>14}"


def _met_lines(found: Explanation, document: Document) -> Iterator[str]:
    """One line for each bar that met the zone: its high and its low; of a pass the two closes that made it."""
    closes = [bar for bar in found.bars if bar.column == "close"]
    if closes:
        yield "  the two closes in a row beyond it:"
    for bar in closes:
        yield f"    {bar.date}  close {exactly(bar.value, house=document['house']):>12}"
    highs, lows = ([bar for bar in found.bars if bar.column == column] for column in ("high", "low"))
    if highs:
        yield "  those with which a visit began:"
    for high, low in zip(highs, lows, strict=True):
        values = "  ".join(f"{bar.column} {exactly(bar.value, house=document['house']):>12}" for bar in (high, low))
        yield f"    {high.date}  {values}"
