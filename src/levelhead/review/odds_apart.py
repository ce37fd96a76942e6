"""Chances that a note gives apart from the ways they belong to: 'odds 30 / 50 / 20' below, '60/40 for the bulls' ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from levelhead.review.passages import Passage
from levelhead.review.probabilities import Chance
from levelhead.review.said import Direction
from levelhead.review.scenario_case import Case, case_of, direction_of
from levelhead.review.shares import shares_in

APART = 4  # passages
MOST_WAYS = 5
LONGEST = 600  # characters of a passage that speaks of a party
_LIST = re.compile(
    r"\b(?:odds|prob\w*|chances|weights?|weightings?|splits?|likelihoods?|shares|percentages?|in per ?cent|in %)\b[^.;\d\n]{0,40}?"
    r"(?P<all>\d{1,2}\s?%?(?:(?:\s?[/:|–-]\s?|,\s(?:and\s)?|\s(?:and|to)\s)\d{1,2}\s?%?){1,4})(?![\d%]|[.,]\d)",
    re.I,
)
_SPLIT = re.compile(r"(?<![\w/.,$-])(?P<one>\d{1,2})\s?[/:-]\s?(?P<two>\d{1,2})(?![\w/%]|[.,:-]\d)")
_PARTY = re.compile(
    r"\b(?:for|with|to|towards?|in favou?r of|favou?rs?|favou?ring|on|take|prefer|side with|back) (?:the |path |scenario |"
    r"plan |option |case )?"
    r"(?P<name>bulls?|bears?|upside|downside|up|down|higher|lower|longs|shorts|buyers|sellers|[A-C]|[12]|the first|the second|"
    r"former|latter)\b",
    re.I,
)
_SIDES = {"longs": "bull", "buyers": "bull", "shorts": "bear", "sellers": "bear"}
_LINE = re.compile(
    r"^\W{0,4}(?:(?:bull|bear|base|upside|downside|up|down|neutral|range|sideways|flat|best|worst|middle)(?:ish)?(?:\s(?:case|"
    r"scenario|path))?)"
    r"\s?[:–—-]",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Party:
    name: str
    share: float


def with_odds_apart(cases: Sequence[Case], passages: Sequence[Passage]) -> list[Case]:
    """The cases, those without a chance given the one that stands apart from them; with lines that name nothing but a way added."""
    out = list(cases)
    for at, passage in enumerate(passages):
        if passage.place.topic == "dismissed" or passage.block.kind == "row" or not passage.pieces:
            continue
        text = passage.block.text
        if (found := _LIST.search(text)) and (shares := _shares(found["all"])):
            _give(_listed(out, passages, at, len(shares), text[: found.start()]), shares, out)
        elif any(c.chance is None for c in out) and (party := next(_parties(passage), None)):
            _give_party(out, passage, party)
    return out


def _shares(text: str) -> tuple[float, ...]:
    """The shares that a list of numbers makes up, as parts of one; nothing where they make up no whole."""
    numbers = [float(n) for n in re.findall(r"\d{1,2}", text)]
    total = sum(numbers)
    is_ratio = ":" in text and max(numbers) <= 10 and len(numbers) > 2
    return tuple(n / total for n in numbers) if total in (10, 100) or is_ratio else ()


def _listed(cases: Sequence[Case], passages: Sequence[Passage], at: int, count: int, before: str) -> list[Case]:
    """The ways that a list of odds behind them, or ahead of them, speaks of: so many and none with a chance yet."""
    start, first = passages[at].block.span.start, passages[max(0, at - APART)].block.span.start
    behind = [c for c in cases if first <= c.span.start <= start + len(before) and c.chance is None]
    ahead = [c for c in cases if c.span.start > start + len(before) and c.chance is None]
    for group in (behind[-count:], ahead[:count]):
        if len(group) == count:
            return group
    lines = [p for p in passages[max(0, at - count) : at] if _LINE.match(p.block.text)]
    if len(lines) == count and not any(c.span.start == p.block.span.start for c in cases for p in lines):
        return [case_of(p, p.block.text, direction_of(p.block.text), None) for p in lines]
    return []


def _give(group: Sequence[Case], shares: Sequence[float], out: list[Case]) -> None:
    for case, share in zip(group, shares, strict=False):
        case.chance = Chance((round(share, 12), round(share, 12)), "", "", 0, 0)
        if case not in out:
            out.append(case)


def _parties(passage: Passage) -> Iterator[_Party]:
    """'60/40 for the bulls', 'odds remain with the bears (7 to 3)', 'I'd take A at 3 to 1'."""
    text = passage.block.text
    for piece in passage.pieces if len(text) <= LONGEST else ():
        found = _PARTY.search(piece.text)
        if found is None:
            continue
        split, share = _SPLIT.search(piece.text), next(shares_in(piece.text), None)
        if split and float(split["one"]) + float(split["two"]) == 100:
            yield _Party(found["name"], float(split["one"]) / 100)
        elif share is not None and share.low == share.high:
            yield _Party(found["name"], share.low / 100)


def _give_party(cases: Sequence[Case], passage: Passage, party: _Party) -> None:
    """Of two ways the one that is named gets its share, the other the rest."""
    near = [c for c in cases if c.chance is None and abs(c.span.start - passage.block.span.start) < 600]
    if len(near) != 2:
        return
    way: Direction = direction_of(
        {"longs": "bull", "buyers": "bull", "shorts": "bear", "sellers": "bear"}.get(party.name.lower(), party.name)
    )
    order = {"a": 0, "1": 0, "the first": 0, "former": 0, "b": 1, "2": 1, "the second": 1, "latter": 1}.get(party.name.lower())
    chosen = order if order is not None else next((n for n, c in enumerate(near) if c.way == way), None)
    if chosen is None:
        return
    for n, case in enumerate(near):
        share = party.share if n == chosen else 1 - party.share
        case.chance = Chance((round(share, 12), round(share, 12)), "", "", 0, 0)
