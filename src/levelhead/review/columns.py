"""In which column of a table a value stands: a count of touches is no price, whatever name stands beside it."""

from __future__ import annotations

import re

from levelhead.review.evidence import Evidence
from levelhead.review.text import Span

_NO_PRICES = re.compile(r"\b(?:touch(?:es)?|tests?|points?|distance|ATRs?|per ?cent|percent|strength|age|count|volume|R)\b|%", re.I)


def is_no_price(evidence: Evidence, span: Span) -> bool:
    """Whether the head of the column in which `span` stands says that it holds something else than prices."""
    return bool(_NO_PRICES.search(head_of(evidence, span)))


def head_of(evidence: Evidence, span: Span) -> str:
    """What the column of a span is headed, '' outside tables and where there is no head."""
    blocks = evidence.note.text.blocks
    row = next((b for b in blocks if b.kind == "row" and b.span.start <= span.start < b.span.end), None)
    if row is None or row.is_header:
        return ""
    column = next((i for i, c in enumerate(row.cells) if c.span.start <= span.start < max(c.span.end, c.span.start + 1)), None)
    head = next((b for b in blocks if b.table == row.table and b.is_header), None)
    if head is None or column is None or column >= len(head.cells):
        return ""
    return head.cells[column].text
