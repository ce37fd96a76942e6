"""Ways on that a note announces: 'Our scenarios. A soft tone: 5,790 by Friday. A hawkish dot plot: a fall to 5,610'.

Behind such words, or under them, each sentence or item that names a price is one, whatever it calls it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.clause_words import one_of
from levelhead.review.passages import Passage, Piece
from levelhead.review.pieces import clauses_of, one_piece, part_of
from levelhead.review.prices import Prices
from levelhead.review.probabilities import chance_in
from levelhead.review.scenario_case import Case, Part, case_of

FEWEST, MOST = 2, 6
LONGEST_HEAD = 90
LONGEST = 300  # characters of one way on
_CAN = "(?:could|can|may|might)"
_WAYS = one_of(
    "scenario (?:planning|analysis|map|matrix|table|grid|sheet)", "scenarios?", r"hypos?\b", "hypothes[ei]s", "playbook",
    "road ?map", "game ?plan", "possible (?:outcomes|paths|scenarios)",
    "outcomes", "paths", "what[- ]ifs?",
    rf"what {_CAN} (?:happen|come) (?:next|now|from here|today|this week)?",
    "(?:two|three|four|the|possible) (?:ways|roads|paths|routes)"
    rf"(?: (?:out|on|forward|from here|(?:this|it|the \w+|this week|today) (?:{_CAN} go|goes)))?",
    rf"how (?:this|it|things) {_CAN} (?:go|play out|unfold)", "our (?:expectations|thinking)", "reaction (?:function|map)",
)  # fmt: skip
_WHOSE = one_of("our", "my", "the", "your", "here are", "these are", "i see", "we see", "as we see it")
_WHAT = one_of("two", "three", "four", "[234]", "main", "possible", "likely", "key", "simple", "short", "quick", "trading", "price")
_ANNOUNCES = re.compile(rf"\W{{0,4}}(?:{_WHOSE}\W)?(?:{_WHAT}\s){{0,2}}{_WAYS}[^.:;?!\d]{{0,40}}(?:[:.?–—]|$)", re.I)
_OTHER = re.compile(
    r"\b"
    + one_of(
        "supports?", "resistances?", "stop(?:[- ]loss)?s?", "entry", "buy", "sell", "targets?:", r"tp\d?", "pivots?", "averages?",
        "[se]ma", "invalidation", "previous", "last (?:week|month)", "yesterday",
    )
    + r"\b",
    re.I,
)  # fmt: skip


def announced_in(passages: Sequence[Passage], prices: Prices) -> dict[int, list[Case]]:
    """By passage the ways on that it was announced to hold; nothing where fewer than two name a price."""
    out: dict[int, list[Case]] = {}
    for at, passage in enumerate(passages):
        if not _may_hold(passage) or at in out:
            continue
        found = _in_paragraph(passage, prices)
        units = [(at, passage, piece) for piece in found] if found else list(_below(passages, at, prices))
        if FEWEST <= len(units) <= MOST:
            for n, own, piece in units:
                out.setdefault(n, []).append(_case(own, piece))
    return out


def _may_hold(passage: Passage) -> bool:
    return passage.block.kind != "row" and passage.place.topic not in ("dismissed", "setups") and bool(passage.pieces)


def _in_paragraph(passage: Passage, prices: Prices) -> list[Piece]:
    """The sentences behind an announcement in the same paragraph."""
    for n, piece in enumerate(passage.pieces):
        if told := _ANNOUNCES.match(piece.text):
            rest = [part_of(piece, told.end(), len(piece.text)), *passage.pieces[n + 1 :]]
            return [clause for p in rest for clause in clauses_of(p) if _is_way(clause, prices)]
    return []


def _below(passages: Sequence[Passage], at: int, prices: Prices) -> Iterator[tuple[int, Passage, Piece]]:
    """The items under an announcement."""
    head = passages[at].block.text
    ends = list(re.finditer(r"(?<=[.:])\s", head))
    last = head[ends[-1].end() :] if ends else head
    if not (len(head) <= LONGEST_HEAD and _ANNOUNCES.match(head)) and not (len(last) <= LONGEST_HEAD and _ANNOUNCES.match(last)):
        return
    for n in range(at + 1, min(at + 1 + MOST, len(passages))):
        passage = passages[n]
        if not _may_hold(passage) or passage.is_head or passage.block.kind not in ("item", "paragraph"):
            return
        piece = one_piece(passage)
        if not _is_way(piece, prices):
            return
        yield n, passage, piece


def _is_way(piece: Piece, prices: Prices) -> bool:
    is_short = 0 < len(piece.text) <= LONGEST
    return is_short and any(prices.is_price(t) for t in piece.tokens) and not _OTHER.search(piece.text)


def _case(passage: Passage, piece: Piece) -> Case:
    case = case_of(passage, piece.text, "", chance_in(piece.text))
    case.parts, case.span = [Part(piece)], piece.span()
    return case
