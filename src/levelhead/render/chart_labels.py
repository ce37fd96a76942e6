"""Labels along one edge of a chart: each as near to its price as the others allow."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label before it has a place.

    key: whose it is. anchor: where it would stand alone, in the chart's units. height: the room it needs. weight: how
    strongly it resists being moved, and the last to be left out is the heaviest.
    """

    key: str
    anchor: float
    height: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A label and the middle of the room it was given."""

    label: Label
    middle: float


def place(labels: Sequence[Label], low: float, high: float) -> tuple[Placed, ...]:
    """Labels between `low` and `high`, lowest first: none overlaps, order kept, moved as little as possible.

    The middles minimise the weighted sum of squared moves (pool adjacent violators; a bound is met by clipping, which keeps
    the optimum). Labels of equal anchor keep the order they came in. Where all do not fit, the lightest are left out.
    """
    kept = sorted(_that_fit(labels, high - low), key=lambda label: label.anchor)
    if not kept:
        return ()
    offsets = [0.0]
    for below, above in itertools.pairwise(kept):
        offsets.append(offsets[-1] + (below.height + above.height) / 2)
    wanted = [label.anchor - offset for label, offset in zip(kept, offsets, strict=True)]
    lowest = low + kept[0].height / 2
    highest = max(lowest, high - kept[-1].height / 2 - offsets[-1])
    rising = _pooled(wanted, [label.weight for label in kept])
    return tuple(
        Placed(label=label, middle=min(max(value, lowest), highest) + offset)
        for label, value, offset in zip(kept, rising, offsets, strict=True)
    )


def place_near(labels: Sequence[Label], low: float, high: float, at_most: float) -> tuple[Placed, ...]:
    """As `place`, but no label that touches others stands further than `at_most` from its anchor.

    Where a crowd pushes one further, the lightest label of that crowd is left out and the rest are placed again.
    """
    kept = list(labels)
    while True:
        placed = place(kept, low, high)
        crowds = [run for run in _touching(placed) if len(run) > 1 and max(map(_moved, run)) > at_most]
        if not crowds:
            return placed
        worst = max(crowds, key=lambda run: max(map(_moved, run)))
        kept.remove(min((each.label for each in worst), key=lambda label: label.weight))


def _moved(placed: Placed) -> float:
    return abs(placed.middle - placed.label.anchor)


def _touching(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Runs of labels that touch each other."""
    runs: list[list[Placed]] = []
    for each in placed:
        below = runs[-1][-1] if runs else None
        if below and each.middle - below.middle <= (each.label.height + below.label.height) / 2 + 1e-6:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _that_fit(labels: Sequence[Label], room: float) -> list[Label]:
    kept: list[tuple[int, Label]] = []
    for place_in_list, label in sorted(enumerate(labels), key=lambda pair: -pair[1].weight):
        if label.height <= room:
            kept.append((place_in_list, label))
            room -= label.height
    return [label for _, label in sorted(kept, key=lambda pair: pair[0])]


def _pooled(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The nondecreasing row nearest to `values` in weighted squares."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(values, weights, strict=True):
        pool = (value, weight, 1)
        while pools and pools[-1][0] >= pool[0]:
            mean, mass, count = pools.pop()
            joint = mass + pool[1]
            pool = ((mean * mass + pool[0] * pool[1]) / joint, joint, count + pool[2])
        pools.append(pool)
    return [mean for mean, _, count in pools for _ in range(count)]
