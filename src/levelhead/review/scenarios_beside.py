"""Chances and conditions of one note brought together: what is told as a condition where no chance speaks of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.said import Money, ReadScenario

_WHOLE = 0.97
NEAR = 1.25  # prices farther apart are of two markets
APART = 700


def beside(found: Sequence[ReadScenario], told: Sequence[ReadScenario]) -> list[ReadScenario]:
    """The scenarios of a note, those told as conditions added where no chances make up a whole beside them."""
    rest = list(told)
    out: list[ReadScenario] = []
    for given in found:
        one = _of_its_condition(given, told)
        own = _own(one, rest) if _is_open(one) else None
        if own is not None:
            rest.remove(own)
            out.append(replace(one, trigger=own.trigger, trigger_how=own.trigger_how, target=own.target))
        else:
            out.append(one)
    ends = [s.target or s.zone for s in out]
    ends += [None] * any(s.probability is None for s in out)
    weighed = [s for s in out if s.probability]
    kept = [s for s in rest if (s.target or s.zone) not in ends and not _is_covered(s, weighed)]
    return sorted([*out, *kept], key=lambda s: s.span)


def _of_its_condition(one: ReadScenario, told: Sequence[ReadScenario]) -> ReadScenario:
    """A chance whose own words say a condition leads where that leads, not to what sets it off."""
    within = [s for s in told if one.span.start <= s.span.start and s.span.end <= one.span.end and s.target is not None]
    if one.probability is None or len(within) != 1 or within[0].trigger is None or one.target != within[0].trigger:
        return one
    return replace(one, direction=within[0].direction, trigger=within[0].trigger, target=within[0].target)


def _is_open(one: ReadScenario) -> bool:
    """A chance of a way whose price stands elsewhere."""
    return one.probability is not None and one.target is None and one.zone is None and one.direction in ("up", "down")


def _own(one: ReadScenario, told: Sequence[ReadScenario]) -> ReadScenario | None:
    """The condition that a chance speaks of: the first of its way, ahead of it before behind it."""
    alike = [s for s in told if s.direction == one.direction and s.target is not None and s.probability is None]
    ahead = [s for s in alike if s.span.end <= one.span.start + 1 and one.span.start - s.span.end <= APART]
    return next(iter(ahead), None)


def _is_covered(one: ReadScenario, weighed: Sequence[ReadScenario]) -> bool:
    """Whether the chances of its market leave nothing for it."""
    end = one.target or one.zone or one.trigger
    near = [s for s in weighed if end is None or (own := s.target or s.zone or s.trigger) is None or _is_near(own, end)]
    total = sum(sum(s.probability) / 2 for s in near if s.probability)
    return total >= _WHOLE or any(s.direction == one.direction for s in near)


def _is_near(one: Money, other: Money) -> bool:
    return 1 / NEAR < one.middle / other.middle < NEAR
