"""Trades in tables: a row each under heads that say entry and stop, or a column each beside such labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import INFERRED, Money, ReadSetup
from levelhead.review.text import Span
from levelhead.review.ticket_cues import role_of_words, side_of_words
from levelhead.review.ticket_prices import roles_in
from levelhead.review.tickets import FARTHEST, MOST_TARGETS, lies_right

_CHANCES = re.compile(r"\b(?:scenarios?|prob\w*|odds|chances?|likelihood|weight)\b", re.I)
LONGEST_HEAD = 40
_HEADS = (
    ("stop", re.compile(r"\b(?:stop|sl|wrong|invalid\w*|risk|cut|abandon|bail)\b", re.I)),
    (
        "target",
        re.compile(r"\b(?:take|targets?|tgts?\s?\d?|tp\d?|t\d|goal|exit|aim|objectives?|obj|out|to|reward|profit|cover)\b", re.I),
    ),
    ("entry", re.compile(r"\b(?:entry|enter|in|buy|sell|limit|trigger|at)\b", re.I)),
)
_PRICE_HEAD = re.compile(r"^\W*(?:price|level|zone|where|area|fill|order)\W*$", re.I)


def table_tickets(passages: Sequence[Passage], prices: Prices) -> Iterator[ReadSetup]:
    """Every trade that a table gives with entry and stop."""
    columns: dict[int, list[Passage]] = {}
    for passage in passages:
        if passage.block.kind != "row" or passage.place.topic == "dismissed" or passage.block.table is None:
            continue
        if any(_CHANCES.search(c) for c in passage.columns):
            continue  # what triggers a scenario is no entry
        yield from _of_row(passage, prices)
        columns.setdefault(passage.block.table, []).append(passage)
    for rows in columns.values():
        yield from _of_columns(rows, prices)


def role_of_head(words: str) -> str:
    """What the head of a column or row says its prices are for."""
    if (
        len(words) > LONGEST_HEAD
        or re.search(r"\d{2}", words)
        or re.search(r"\b(?:reward|ratio|r:r|size|note|reason)\b", words, re.I)
    ):
        return ""
    if re.search(r"\bright\b", words):
        return "target"
    return (
        role_of_words(words) if role_of_words(words) in ("stop", "target") else next((r for r, p in _HEADS if p.search(words)), "")
    )


def _of_row(row: Passage, prices: Prices) -> Iterator[ReadSetup]:
    roles = [role_of_head(c) for c in row.columns]
    if "stop" not in roles or len(row.pieces) > len(roles):
        return
    if "entry" not in roles:
        roles = ["entry" if not r and _PRICE_HEAD.match(c) else r for r, c in zip(roles, row.columns, strict=True)]
    yield from _trade(list(zip(roles, row.pieces, strict=False)), [p.text for p in row.pieces], row.block.span, prices)


def _of_columns(rows: Sequence[Passage], prices: Prices) -> Iterator[ReadSetup]:
    labels = [role_of_head(r.pieces[0].text) if r.pieces else "" for r in rows]
    if "entry" not in labels or "stop" not in labels:
        return
    for n in range(1, max(len(r.pieces) for r in rows)):
        cells = [(label, r.pieces[n]) for label, r in zip(labels, rows, strict=True) if n < len(r.pieces)]
        heads = [rows[0].columns[n]] if n < len(rows[0].columns) else []
        span = Span(start=rows[0].block.span.start, end=rows[-1].block.span.end)
        yield from _trade(cells, [*(p.text for _, p in cells), *heads, rows[0].place.title], span, prices)


def _trade(cells: Sequence[tuple[str, Piece]], texts: Sequence[str], span: Span, prices: Prices) -> Iterator[ReadSetup]:
    found: dict[str, list[Money]] = {"entry": [], "stop": [], "target": []}
    for role, piece in cells:
        known = "target" if role in ("target", "exit") else role
        monies = [p.money for p in roles_in(piece, prices, role)] or [
            t.quantity.money for t in piece.tokens if t.kind == "number" and t.quantity is not None and t.quantity.low > 0
        ]  # under such a head a number is a price, though the note has few like it
        found.setdefault(known, []).extend(monies)
    if not found["entry"] or not found["stop"]:
        return
    entry, stop = found["entry"][0], found["stop"][0]
    side = next((s for text in texts if (s := side_of_words(text))), "") or ("long" if stop.high < entry.low else "short")
    targets = tuple(dict.fromkeys(found["target"]))[:MOST_TARGETS]
    is_near = all(1 / FARTHEST < m.middle / entry.middle < FARTHEST for m in (stop, *targets))
    if is_near and lies_right(side, entry, stop, targets):
        yield ReadSetup(
            side="long" if side == "long" else "short", entry=entry, stop=stop, targets=targets, label="", span=span, sure=INFERRED
        )
