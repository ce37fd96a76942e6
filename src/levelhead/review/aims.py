"""Prices that are told of without being levels: of a condition, its consequence, or what lies in a zone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from levelhead.review.said import ReadLevel, ReadScenario
from levelhead.review.text import Span

FARTHEST = 90  # characters from a zone to what lies in it
BEFORE, BEHIND = 48, 40  # characters in which a word would call the price a level
_CALLS = re.compile(
    r"\b(?:supp?(?:orts?|ortive)?|res(?:istances?)?|pivots?|floors?|ceilings?|demand|supply|lid|cap|caps|capped|cushion|hurdles?|"
    r"barriers?|levels?|lines?|zones?|shel(?:f|ves)|base|wall|roof|bids?|offers?|obstacles?|[SR][1-4])\b",
    re.I,
)
_MUST = re.compile(
    r"\b(?:must|needs?(?: to)?|has to|have to)(?: \w+){0,2}? (?:hold|stay|remain|survive|be held|stand|defend|protect|keep)\b", re.I
)
# 'It needs to hold 2,880. If it doesn't, look for 2,835.'
_ELSE = re.compile(
    r"[^.!?\d]{0,40}[.!?;,–—-]\s{1,3}(?:and |but )?(?:"
    r"if (?:it|that|this|they|we|price)(?: \w+)? ?(?:do|does|is|are|can|should|were|was|will)?(?: not|n['’]?t)\b|"
    r"if not|otherwise|failing (?:that|which)|or (?:else|the|we|it|price|an?)\b|should (?:it|that|this) (?:not|fail))",
    re.I,
)
_WHERE = re.compile(r"(?:\s\w+){0,2}\s?(?:\([^()]{0,40}\)\s?)?,?\s(?:where|which|that)\s[^.;\d]{0,70}", re.I)
_PART = re.compile(r"[,;:!?()\n|]|\.(?!\d)|\s[–—-]\s|\d")
# The prices of the same list: 'resistance at 1,799 (20-day average), 1,818 and at'
_LISTED = re.compile(
    r"(?:[$€£~≈]{0,2}\d(?:[\d.'’–-]|[,/](?=\d))*+[KkMm]?\s?(?:\([^()]{0,40}\)\s?)?(?:[,/&|;]|and|or|then)\s?"
    r"(?:(?:and|then|at|near)\s){0,3})+$",
    re.I,
)


def without_aims(levels: Iterable[ReadLevel], scenarios: Sequence[ReadScenario], plain: str) -> tuple[ReadLevel, ...]:
    """The levels without those that are only where a scenario begins or ends, in the words that tell it."""
    told: dict[tuple[float, float], list[Span]] = {}
    for way in scenarios:
        for end in (way.target, way.trigger):
            if end is not None:
                told.setdefault((end.low, end.high), []).append(way.span)
    return tuple(x for x in levels if x.kind != "level" or _is_called(x, plain) or not (_ends_way(x, told) or _must(x, plain)))


def without_parts(levels: Sequence[ReadLevel], plain: str) -> tuple[ReadLevel, ...]:
    """The levels without the averages that are only said to lie in a zone: '43,480-43,560, where the 50-day (43,515) comes in'."""
    zones = [x for x in levels if x.price.low < x.price.high]
    return tuple(
        x
        for x in levels
        if x.kind != "average" or not any(_lies_in(x, zone, plain) for zone in zones if 0 < x.span.start - zone.span.end < FARTHEST)
    )


_WHERE_IT_LIES = re.compile(r",?\s(?:where|which|home|around|near|with|that)\s[^.;\d]{0,40}(?:\d{1,3}[- ]?\w[^.;\d]{0,24})?", re.I)


def _lies_in(level: ReadLevel, zone: ReadLevel, plain: str) -> bool:
    is_inside = zone.price.low <= level.price.low <= level.price.high <= zone.price.high and level.price != zone.price
    return (
        is_inside
        and zone.side == level.side
        and bool(_WHERE_IT_LIES.fullmatch(plain[zone.span.end : level.span.start].rstrip("(")))
    )


def _ends_way(level: ReadLevel, told: Mapping[tuple[float, float], Sequence[Span]]) -> bool:
    """Whether a scenario begins or ends at the price, and is told there."""
    at = level.span
    return any(x.start <= at.start and at.end <= x.end for x in told.get((level.price.low, level.price.high), ()))


def _must(level: ReadLevel, plain: str) -> bool:
    """Whether all that is said of a price is that it must hold, and what comes if it does not."""
    near = plain[max(0, level.span.start - BEFORE) : level.span.end + BEHIND]
    return bool(_MUST.search(near.replace("\n", " "))) and bool(_ELSE.match(plain[level.span.end : level.span.end + 2 * BEHIND]))


def _is_called(level: ReadLevel, plain: str) -> bool:
    """Whether a word beside the price, in its own clause and before any other number, makes it a level."""
    start, end = level.span.start, level.span.end
    before, after = plain[max(0, start - BEFORE) : start].rstrip("$€£~≈ ") + " ", plain[end : end + BEHIND]
    before = _PART.split(_LISTED.sub("", before))[-1]
    bracket = re.match(r"\s?\(([^()]*)\)", after)
    clause = _WHERE.match(plain[end : end + 2 * BEHIND])
    after = clause.group() if clause else bracket.group() if bracket else _PART.split(after)[0]
    if _CALLS.search(before) or _CALLS.search(after):
        return True
    return bool(_MUST.search(before) or _MUST.search(after)) and not _must(level, plain)
