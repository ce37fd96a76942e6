"""Which way a scenario goes where its words do not say: by where its prices lie against the last price and the others' prices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.said import Direction, Money, ReadScenario

_REACHES = re.compile(
    r"\b(?:grinds?|push(?:es)?|runs?|reach(?:es)?|hits?|tags?|attacks?|tests? of|gets? to|goes to|carr(?:y|ies)|attains?|"
    r"makes? it to|stretch(?:es)?|extends?|heads? for|targets?)\b",
    re.I,
)


def directed(scenarios: Sequence[ReadScenario], lasts: Sequence[Money]) -> tuple[ReadScenario, ...]:
    """The same scenarios, those without a way given the one that their company leaves them."""
    return tuple(_directed(one, scenarios, lasts) if one.direction == "" else one for one in scenarios)


def _directed(one: ReadScenario, all_of: Sequence[ReadScenario], lasts: Sequence[Money]) -> ReadScenario:
    if one.target is None:
        return one
    lasts = [m for m in lasts if m not in [s.target for s in all_of]]
    others = [s for s in all_of if s is not one and (s.probability is None) == (one.probability is None) and _are_near(s, one)]
    way = _way(one.target, others, [m for m in lasts if _is_near(m, one.target)])
    if not way and one.probability is not None and _REACHES.search(one.title):
        way = "up"  # prices that are reached without a word for down are reached from below
    return replace(one, direction=way, target=None, zone=one.target) if way == "range" else replace(one, direction=way)


def _way(target: Money, others: Sequence[ReadScenario], lasts: Sequence[Money]) -> Direction:
    zones = [z for s in others if (z := s.zone or (s.target if s.target and s.target.low < s.target.high else None))]
    singles = [s.target for s in others if s.target is not None and s.target.low == s.target.high]
    if target.low < target.high:
        is_between = any(t.middle < target.middle for t in singles) and any(t.middle > target.middle for t in singles)
        return "range" if is_between else ""
    if lasts:
        return "up" if target.middle > lasts[0].middle else "down" if target.middle < lasts[0].middle else ""
    if any(target.middle >= z.high for z in zones):
        return "up"
    if any(target.middle <= z.low for z in zones):
        return "down"
    targets = [s.target.middle for s in others if s.target is not None]
    if len(targets) == 1 and targets[0] != target.middle:
        return "up" if target.middle > targets[0] else "down"
    return ""


def _are_near(one: ReadScenario, other: ReadScenario) -> bool:
    a, b = one.target or one.zone, other.target or other.zone
    return a is not None and b is not None and _is_near(a, b)


def _is_near(one: Money, other: Money) -> bool:
    """Whether two prices may be of one instrument."""
    return 1 / 1.8 < one.middle / other.middle < 1.8
