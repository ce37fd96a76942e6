"""Lines that belong together though nothing heads them: the fields of a trade one below the other, a ladder of prices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from levelhead.review.headings import LONGEST_HEAD
from levelhead.review.last_price import marks_last
from levelhead.review.lexicon import respelled
from levelhead.review.passages import Passage, has_numbers, spoken

SHORTEST_LADDER = 4
LONGEST_HERE = 40
SHORTEST_OF_SHARES = 5
"""Prices each with a per cent, how often it was touched: a list of fewer may be one of ways on."""


def laddered(found: Sequence[Passage]) -> list[Passage]:
    """Four lines and more that each begin with a price, each lower or each higher than the one before, list levels by
    themselves."""
    out = list(found)
    at = 0
    while at < len(out):
        last, prices, shares = at, list[float](), 0
        while last < len(out):
            price = None if is_at_market(out[last].block.text) else _leading_price(out[last])
            if price is not None and goes_one_way([*prices, price]):
                prices.append(price)
                shares += _has_share(out[last])
            elif not (prices and price is None and is_at_market(out[last].block.text)):
                break
            last += 1
        if len(prices) >= SHORTEST_LADDER and (not shares or (shares == len(prices) >= SHORTEST_OF_SHARES)):
            out[at:last] = [replace(p, place=replace(p.place, topic="levels"), is_head=False) for p in out[at:last]]
        at = max(last, at + 1)
    return out


_WE_ARE_HERE = re.compile(
    r"\W*(?:(?:we |you |market |price |spot |last )?(?:are |is )?(?:here|now)|last(?: price)?|spot|(?:current )?(?:price|market)|"
    r"us|now|current)\W*",
    re.I,
)


_POINTED = re.compile(r"\s*(?:[-=>→*]{2,}|[►▶])[^\d]{0,20}(?P<price>[$€£]?\d[\d,.'’]*\d)[^\d]{0,20}?(?:[-=<←*]{2,}|[◄◀])\s*")


def is_at_market(text: str) -> bool:
    """The market's own line among the rows of a ladder: 'we are here', '--- last 63.38 ---', '>> 2,412 <<'."""
    return len(text) <= LONGEST_HERE and (bool(_WE_ARE_HERE.fullmatch(text) or _POINTED.fullmatch(text)) or marks_last(text))


def _leading_price(passage: Passage) -> float | None:
    """The number that a line outside of scenarios, plans and adverts begins with."""
    if passage.place.topic not in ("", "levels", "summary", "indicators", "bias") or not passage.pieces:
        return None
    if passage.columns and not _explains_prices(passage):
        return None
    piece = next((p for p in passage.pieces if p.text.strip()), passage.pieces[0])
    first = next((t for t in piece.tokens if t.text not in "<>()[]"), None)
    if (
        first is None
        or first.kind != "number"
        or first.quantity is None
        or (first.start > 2 and piece.text[: first.start].strip(" -–—=<>*[("))
        or (first.quantity.size < 2 and not first.quantity.decimals)
    ):
        return None
    return first.quantity.low if len(passage.block.text) <= LONGEST_HEAD else None


def _has_share(passage: Passage) -> bool:
    return any(t.kind == "percent" for p in passage.pieces for t in p.tokens)


_OF_PRICES = re.compile(
    r"(?:key |the )?(?:prices?|px|levels?|marks?|rates?|quotes?|where|zones?|areas?)(?: levels?| \(\w+\))?", re.I
)
_OF_REASONS = re.compile(
    r".*\b(?:significance|notes?|comments?|what|why|descriptions?|types?|names?|labels?|structures?|importance|reasons?|"
    r"sources?|remarks?|meanings?|basis|context|technicals?|details?|origins?|kinds?|made by|explanations?|features?|events?)\b.*|",
    re.I,
)


def _explains_prices(passage: Passage) -> bool:
    """Whether a table says in its first column where, and in the others why: 'Price | Significance'."""
    first, *others = passage.columns
    return bool(_OF_PRICES.fullmatch(first)) and bool(others) and all(_OF_REASONS.fullmatch(column) for column in others)


def goes_one_way(prices: Sequence[float]) -> bool:
    """Whether each price is lower, or each higher, than the one before, and all are of one size."""
    steps = [b - a for a, b in pairwise(prices)]
    return max(prices) < 2 * min(prices) and (all(s > 0 for s in steps) or all(s < 0 for s in steps))


_PLAN_FIELD = re.compile(
    r"^\W*(?:(?P<entry>entry|entries|enter|buy|sell|long|short|go long|go short|bought|sold|limit|order)|(?P<stop>stop(?:[- "
    r"]?loss)?|s/?l|"
    r"invalidation)|"
    r"(?P<target>targets?|tp|take profits?|t\d|pt\d?|objectives?|exit|profit target))(?![a-z])[^\d]{0,40}?[-#]?\d",
    re.I,
)


def plans_joined(found: Sequence[Passage]) -> list[Passage]:
    """Lines that are the fields of one trade, entry, stop and target one below the other, belong to a setup whatever heads them."""
    out = list(found)
    at = 0
    while at < len(out):
        last, kinds = at, list[str]()
        while last < len(out) and out[last].place.topic in ("", "levels", "summary", "bias", "indicators"):
            field = (
                _PLAN_FIELD.match(respelled(spoken(out[last].block.text))) if len(out[last].block.text) <= LONGEST_HEAD else None
            )
            if field is None or not has_numbers(out[last].pieces) or (field.lastgroup == "entry" and "entry" in kinds):
                break
            kinds.append(str(field.lastgroup))
            last += 1
        if last - at >= 2 and kinds[0] == "entry" and len(set(kinds)) >= 2:
            before = out[at - 1] if at else None
            title = before.block.text if before is not None and len(before.block.text) <= LONGEST_HEAD else out[at].place.title
            out[at:last] = [
                replace(p, place=replace(p.place, topic="setups", title=title, side="", section=-at - 1), is_head=False)
                for p in out[at:last]
            ]
        at = max(last, at + 1)
    return out


FEWEST_NAMED = 4
_PARTED = re.compile(r"\s?(?:[=:|→(]|[-–—]+\s|->)")
_AIMS = ("target", "stop", "entry")
_NAMES = ("side", "profile", "extreme", "round", "gap", "fibonacci", "line")


def named_runs(found: Sequence[Passage]) -> list[Passage]:
    """Four lines and more that each begin with a price and say behind a mark what is there list levels, in whatever order, where
    half of them say a side or a point of the chart: '2.45 = trendline', '1.80 = last stand'."""
    out = list(found)
    at = 0
    while at < len(out):
        last = at
        while last < len(out) and _is_named(out[last]):
            last += 1
        run = out[at:last]
        said = [{k for p in passage.pieces for t in p.tokens for k in t.says} for passage in run]
        if len(run) >= FEWEST_NAMED and 2 * sum(bool(s & set(_NAMES)) for s in said) >= len(run):
            out[at:last] = [replace(p, place=replace(p.place, topic="levels"), is_head=False) for p in run]
        at = max(last, at + 1)
    return out


def _is_named(passage: Passage) -> bool:
    """Whether a line begins with its only price, has a mark behind it, and speaks of no aim, share or last price."""
    if passage.block.kind == "row" or _leading_price(passage) is None or _has_share(passage) or len(passage.pieces) != 1:
        return False
    piece = passage.pieces[0]
    first = next(t for t in piece.tokens if t.kind == "number")
    if any(k in t.says for t in piece.tokens for k in _AIMS) and not any("side" in t.says for t in piece.tokens):
        return False
    return bool(_PARTED.match(piece.text[first.end :])) and not marks_last(piece.text[first.end :])
