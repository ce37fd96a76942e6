"""Scenarios with probabilities: whether they sum to 100, and whether every price belongs to one of them and to one alone."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from levelhead.review.evidence import Evidence, printed
from levelhead.review.said import Money, ReadScenario
from levelhead.review.text import Span
from levelhead.review.verdict import Verdict

SUM_SLACK = 0.0151  # three shares rounded to whole per cents may miss 100 by one
AT_PRICE_ATR = 0.1  # a range that ends so near the price is as good as left
_ORDER = re.compile(r"(?:buy|sell|long|short|entry|stop|(?:first |second |third |price )?target|take profit|TP\d?|SL)\b", re.I)
_AVERAGE = re.compile(r"\b(?:\d{1,3}[- ]?(?:day|DMA)|[SE]?MA|moving average)\b", re.I)
_FIRST_TOUCH = re.compile(
    r"\b(?:trades?|touch(?:es|ed)?|reach(?:es|ed)?|hit)\b[\w\s]{0,12}\bfirst\b|\bbefore one at\b|\bneither price\b", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The prices from low to high that belong to a scenario; an end may be infinite."""

    low: float
    high: float
    scenario: ReadScenario


def coverage_verdicts(evidence: Evidence) -> Iterator[Verdict]:
    """Sum, gaps, overlaps and bounds at the price, for every table of scenarios."""
    for table in _tables(evidence):
        yield _sum(evidence, table)
        regions = regions_of(table)
        # Two ways with a target each and no range ask which comes first: they leave nothing out.
        if any(r.scenario.direction == "range" for r in regions) and len(regions) >= 2 and not _is_by_first_touch(evidence, table):
            yield from _gaps(evidence, table, regions)
            yield from _overlaps(evidence, regions)
        yield from _priceless(evidence, table, regions)
    yield from _at_price(evidence)


def _tables(evidence: Evidence) -> Iterator[list[ReadScenario]]:
    """Scenarios that stand together, two or more of them with a probability.

    Beside a table that sums to 100, probabilities in prose are elaborations of it ('a chance of 13% to reach its target'). Those
    of orders are of fills and targets.
    """
    setups = {_table_of(evidence, setup.span) for setup in evidence.note.setups}
    groups: dict[int | None, list[ReadScenario]] = {}
    for scenario in evidence.note.scenarios:
        table = _table_of(evidence, scenario.span)
        is_order = (table is not None and table in setups) or _ORDER.match(scenario.title)
        if scenario.probability is not None and not scenario.conditional and not is_order:
            groups.setdefault(table, []).append(scenario)
    tables = [part for group in groups.values() for part in _by_horizon(group) if len(part) >= 2]
    is_whole = any(_sums(table) for table in tables)
    yield from (t for t in tables if _sums(t) or not is_whole or _table_of(evidence, t[0].span) is not None)


def _by_horizon(group: list[ReadScenario]) -> list[list[ReadScenario]]:
    """Apart by horizon, where each horizon has shares that sum to 100; else together."""
    parts: dict[int | None, list[ReadScenario]] = {}
    for scenario in group:
        parts.setdefault(scenario.sessions, []).append(scenario)
    return list(parts.values()) if all(_sums(part) for part in parts.values()) else [group]


def _sums(table: Sequence[ReadScenario]) -> bool:
    """Whether the probabilities sum to 100, but for rounding."""
    shares = [s.probability for s in table if s.probability is not None]
    return sum(p[0] for p in shares) - SUM_SLACK <= 1 <= sum(p[1] for p in shares) + SUM_SLACK


def _table_of(evidence: Evidence, span: Span) -> int | None:
    blocks = evidence.note.text.blocks
    return next((b.table for b in blocks if b.span.start <= span.start < max(b.span.end, b.span.start + 1)), None)


def _sum(evidence: Evidence, table: Sequence[ReadScenario]) -> Verdict:
    shares = [s.probability for s in table if s.probability is not None]
    low, high = sum(p[0] for p in shares), sum(p[1] for p in shares)
    words = ", ".join(_share(p) for p in shares)
    total = f"{100 * low:.3g}%" if abs(high - low) < 1e-9 else f"{100 * low:.3g}% to {100 * high:.3g}%"
    is_right = _sums(table)
    left = (
        ""
        if is_right
        else f", so {abs(100 - 100 * (high if high < 1 else low)):.3g}% {'is left to nobody' if high < 1 else 'is given twice'}"
    )
    return Verdict(
        statement=f"probabilities {words}",
        verdict="right" if is_right else "contradicts itself",
        bars_say=f"The probabilities sum to {total}{left}.",
        span=Span(start=min(s.span.start for s in table), end=max(s.span.end for s in table)),
        rule="probabilities",
    )


def _share(probability: tuple[float, float]) -> str:
    low, high = probability
    return f"{100 * low:.3g}%" if low == high else f"{100 * low:.3g}–{100 * high:.3g}%"


def regions_of(table: Sequence[ReadScenario]) -> list[Region]:
    """The prices that belong to each scenario, ascending; those without a price are left out.

    Of a range its zone. Of a way up what lies above the price that sets it off, else its target ('toward 2,567' goes on upward). A
    price inside the range ('needs to reclaim 2,415' beside a range to 2,420) bounds nothing.
    """
    ranges = [zone for s in table if s.direction == "range" and (zone := s.zone or s.target) is not None]
    found = (_region(scenario, ranges) for scenario in table)
    return sorted((region for region in found if region is not None), key=lambda r: (r.low, r.high))


def _region(scenario: ReadScenario, ranges: Sequence[Money]) -> Region | None:
    if scenario.direction == "range":
        zone = scenario.zone or scenario.target
        return None if zone is None else Region(low=zone.low, high=zone.high, scenario=scenario)
    if scenario.direction not in ("up", "down"):
        return None
    trigger, target = scenario.trigger, scenario.target
    if trigger is not None and (target is None or all(_is_past(scenario, trigger, r) for r in ranges)):
        return _beyond(scenario, trigger)
    if target is None:
        return None
    if target.low == target.high:
        return _beyond(scenario, target)
    return Region(low=target.low, high=target.high, scenario=scenario)


def _is_past(scenario: ReadScenario, trigger: Money, held: Money) -> bool:
    """Whether what sets a way off lies at or past the range's end on its side."""
    return trigger.middle >= held.high if scenario.direction == "up" else trigger.middle <= held.low


def _beyond(scenario: ReadScenario, price: Money) -> Region:
    if scenario.direction == "up":
        return Region(low=price.low, high=math.inf, scenario=scenario)
    return Region(low=-math.inf, high=price.high, scenario=scenario)


def _is_by_first_touch(evidence: Evidence, table: Sequence[ReadScenario]) -> bool:
    """A table that asks which price trades first leaves none out: prices between a bound and its target are on the way."""
    plain = evidence.note.text.plain
    return all(_FIRST_TOUCH.search(s.title + " " + plain[s.span.start : s.span.end]) for s in table)


def _gaps(evidence: Evidence, table: Sequence[ReadScenario], regions: Sequence[Region]) -> Iterator[Verdict]:
    step, reached = evidence.bars.instrument.step, regions[0].high
    gaps = []
    for region in regions[1:]:
        if region.low - reached > step / 2:
            gaps.append((reached, region.low))
        reached = max(reached, region.high)
    ends = []
    if math.isfinite(reached):
        ends.append(f"above {evidence.price(reached)}")
    if math.isfinite(regions[0].low):
        ends.append(f"below {evidence.price(regions[0].low)}")
    if not gaps:
        return
    between = " and ".join(evidence.zone(low, high) for low, high in gaps)
    outside = f"; taken by where the price ends, nothing {' or '.join(ends)} belongs to one either" if ends else ""
    although = " although the probabilities sum to 100%" if _sums(table) else ""
    homeless = _levels_in(evidence, gaps)
    says = f"{between} belong{'s' if len(gaps) == 1 else ''} to no scenario{although}{homeless}{outside}."
    yield Verdict(
        statement=f"scenarios {', '.join(_prices(r) for r in regions)}",
        verdict="contradicts itself",
        bars_say=says,
        span=Span(start=min(s.span.start for s in table), end=max(s.span.end for s in table)),
        rule="coverage",
    )


def _levels_in(evidence: Evidence, gaps: Sequence[tuple[float, float]]) -> str:
    """The note's own zones that lie in a gap."""
    zones = dict.fromkeys(
        (v.price.low, v.price.high)
        for v in evidence.note.levels
        for low, high in gaps
        if v.price.low < v.price.high and low <= v.price.low and v.price.high <= high
    )
    if not zones:
        return ""
    return f", so neither does the note's own zone {' nor '.join(evidence.zone(low, high) for low, high in zones)}"


def _prices(region: Region) -> str:
    if math.isinf(region.high):
        return f"above {region.low:,.10g}"
    return f"below {region.high:,.10g}" if math.isinf(region.low) else printed(Money(low=region.low, high=region.high))


def _overlaps(evidence: Evidence, regions: Sequence[Region]) -> Iterator[Verdict]:
    step = evidence.bars.instrument.step
    for one, two in ((a, b) for i, a in enumerate(regions) for b in regions[i + 1 :]):
        low, high = max(one.low, two.low), min(one.high, two.high)
        if high - low > step / 2 and one.scenario.direction != two.scenario.direction:
            where = (
                f"above {evidence.price(low)}"
                if math.isinf(high)
                else f"below {evidence.price(high)}"
                if math.isinf(low)
                else evidence.zone(low, high)
            )
            yield Verdict(
                statement=f"scenarios {_prices(one)} and {_prices(two)}",
                verdict="contradicts itself",
                bars_say=f"{where[0].upper()}{where[1:]} belongs to two scenarios.",
                span=two.scenario.span,
                rule="coverage",
            )


def _priceless(evidence: Evidence, table: Sequence[ReadScenario], regions: Sequence[Region]) -> Iterator[Verdict]:
    """A scenario set off by an average, or by nothing that can be settled, beside others that name a price."""
    has_price = [s for s in table if s.trigger is not None or s.zone is not None]
    for scenario in table:
        if scenario.trigger is not None or scenario.direction not in ("up", "down") or not has_price:
            continue
        words = evidence.note.text.plain[scenario.span.start : scenario.span.end]
        if _AVERAGE.search(words):
            by = _AVERAGE.search(words)
            assert by is not None
            yield Verdict(
                statement=scenario.title or f"{scenario.direction} case",
                verdict="cannot be checked",
                bars_say=f"This case is stated by a moving average ({by.group()}), the others by a price; the two move apart.",
                span=scenario.span,
                rule="coverage",
            )


def _at_price(evidence: Evidence) -> Iterator[Verdict]:
    """A range whose bound lies at the price, or that does not hold the price at all."""
    last = evidence.last
    scenarios = [s for s in evidence.note.scenarios if s.probability is not None] or evidence.note.scenarios
    for scenario in scenarios:
        zone = scenario.zone
        if scenario.direction != "range" or zone is None or zone.low == zone.high:
            continue
        if not zone.low <= last <= zone.high:
            side = "above" if last > zone.high else "below"
            away = evidence.points(last - zone.high if last > zone.high else zone.low - last)
            says = f"The price {evidence.price(last)} stood {away} {side} the range {evidence.zone(zone.low, zone.high)}."
        elif min(last - zone.low, zone.high - last) <= evidence.near(AT_PRICE_ATR):
            bound = zone.high if zone.high - last < last - zone.low else zone.low
            side = "above" if bound > last else "below"
            where = f"{evidence.points(bound - last)} {side} the price {evidence.price(last)}, {evidence.in_atr(bound - last)}"
            says = f"The range ends at {evidence.price(bound)}, {where}."
        else:
            continue
        yield Verdict(
            statement=f"range {printed(zone)}",
            verdict="contradicts itself",
            bars_say=says,
            span=scenario.span,
            rule="range at price",
        )
