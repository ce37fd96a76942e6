"""The note against itself: one name with two values, several bounds of one level, wrong sides, targets in no table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from levelhead.review.allowance import allowed
from levelhead.review.columns import is_no_price
from levelhead.review.conditional import is_yet_to_come
from levelhead.review.evidence import Evidence, printed
from levelhead.review.numbers import quantities
from levelhead.review.said import BY_TABLE, Money, ReadLevel
from levelhead.review.text import Span
from levelhead.review.values import called, value_of
from levelhead.review.verdict import Verdict

_PIVOTS, _CLOSE_BY = re.compile(r"\bpivots\b(?:[^.\n]|\.\d)*$", re.I), 120
_EITHER_SIDE = ("line in the sand", "bias-defining")
_MANY_VALUED = ("last", "drawdown_pct", "rsi", "atr", "macd")  # a note may tell of several, at several times


@dataclass(frozen=True, slots=True, kw_only=True)
class _Zone:
    """A zone on one side of the market and the row of a table it stands in, None in prose."""

    price: Money
    span: Span
    table: int | None


def agreement_verdicts(evidence: Evidence) -> Iterator[Verdict]:
    """Everything in which the note's own figures disagree with one another."""
    yield from _two_values(evidence)
    yield from _several_bounds(evidence)
    yield from _wrong_side(evidence)
    yield from _homeless(evidence)


def _two_values(evidence: Evidence) -> Iterator[Verdict]:
    """The 50-day average at 2,278 in the table and at 2,270 beside the stop."""
    by_name: dict[str, list[tuple[Money, Span]]] = {}
    for said in evidence.note.indicators:
        if is_yet_to_come(evidence, said) or (not said.name.endswith("_pct") and is_no_price(evidence, said.span)):
            continue
        if re.match(r"\s(?:more|others?|times|sessions|days)\b", evidence.note.text.plain[said.span.end : said.span.end + 10]):
            continue
        if not said.name.startswith(_MANY_VALUED) and (said.name.endswith("_pct") or evidence.is_of_scale(said.value.middle)):
            by_name.setdefault(said.name, []).append((said.value, said.span))
    for level in evidence.note.levels:
        if level.kind == "average" and level.name and _names(evidence, level):
            by_name.setdefault(level.name, []).append((level.price, level.span))
    for name, values in by_name.items():
        first, *others = values
        for value, span in others:
            reach = max(allowed(name, first[0], evidence.atr), allowed(name, value, evidence.atr))
            if value.low - first[0].high > reach or first[0].low - value.high > reach:
                yield _disagree(evidence, name, first[0], value, span)
                break


def _names(evidence: Evidence, level: ReadLevel) -> bool:
    """Whether the average's length stands in the level's label or line."""
    plain, n = evidence.note.text.plain, re.sub(r"\D", "", level.name)
    line = plain[plain.rfind("\n", 0, level.span.start) + 1 : level.span.end] + plain[level.span.end :].partition("\n")[0]
    return bool(re.search(rf"\b{n}(?!\d)", f"{level.label} {line}"))


def _disagree(evidence: Evidence, name: str, first: Money, second: Money, span: Span) -> Verdict:
    bars = value_of(evidence, name)
    stood = "" if bars is None else f"; it stood at {bars.shown} on {evidence.day}"
    return Verdict(
        statement=f"{called(name)} {printed(first)} and {printed(second)}",
        verdict="contradicts itself",
        bars_say=f"The {called(name)} is given as {printed(first)} and as {printed(second)}{stood}.",
        span=span,
        rule="two values",
    )


def _several_bounds(evidence: Evidence) -> Iterator[Verdict]:
    """One resistance given as 2,050–2,070 here and 2,050–2,100 there: zones of one side that overlap and end differently."""
    for side in ("resistance", "support"):
        zones = _zones(evidence, side)
        done: set[Money] = set()
        for at, zone in enumerate(zones):
            if zone.price in done:
                continue
            group = _connected(zones[at:])
            done |= {z.price for z in group}
            if len(group) > 1:
                yield _bounds(evidence, side, group)


def _zones(evidence: Evidence, side: str) -> list[_Zone]:
    """Zones of a side: levels, what sets a scenario off, and what would change a bias; each pair of bounds once."""
    note, last = evidence.note, evidence.last
    found = [(v.price, v.span) for v in note.levels if v.side == side and v.kind in ("level", "extreme", "round")]
    found += [
        (s.trigger, s.span) for s in note.scenarios if s.trigger is not None and (s.trigger.middle > last) == (side == "resistance")
    ]
    found += [
        (b.change_at, b.span)
        for b in note.biases
        if b.change_at is not None and (b.change_at.middle > last) == (side == "resistance")
    ]
    kept: dict[tuple[float, float], _Zone] = {}
    for price, span in found:
        if price.low < price.high:
            kept.setdefault((price.low, price.high), _Zone(price=price, span=span, table=_table(evidence, span)))
    return list(kept.values())


def _connected(zones: list[_Zone]) -> list[_Zone]:
    """The first zone and all that hang together with it."""
    group, rest = [zones[0]], zones[1:]
    while True:
        added = [z for z in rest if any(_is_one(z, g) for g in group)]
        if not added:
            return group
        group += added
        rest = [z for z in rest if z not in added]


def _is_one(one: _Zone, two: _Zone) -> bool:
    """Two zones that overlap; or that share a bound and do not stand in one table, where they would be neighbours."""
    if one.table is not None and one.table == two.table:
        return False
    return one.price.low <= two.price.high and two.price.low <= one.price.high


def _bounds(evidence: Evidence, side: str, group: list[_Zone]) -> Verdict:
    zones = sorted((z.price for z in group), key=lambda p: (p.low, p.high))
    listed = ", ".join(map(printed, zones[:-1])) + f" and {printed(zones[-1])}"
    return Verdict(
        statement=f"{side} {listed}",
        verdict="contradicts itself",
        bars_say=f"One {side} is given as {listed}; with the price at {evidence.price(evidence.last)} they are not the same test.",
        span=group[1].span,
        rule="same level",
    )


def _table(evidence: Evidence, span: Span) -> int | None:
    return next((b.table for b in evidence.note.text.blocks if b.span.start <= span.start < b.span.end), None)


def _wrong_side(evidence: Evidence) -> Iterator[Verdict]:
    """Support above the price, resistance below it; where the note states no price, the day's whole range is spared."""
    last = evidence.stated
    low = float(evidence.bars.low[-1]) if last is None else last
    high = float(evidence.bars.high[-1]) if last is None else last
    for level in evidence.note.levels:
        if level.kind == "pivot" or level.role in _EITHER_SIDE or not evidence.is_of_scale(level.price.middle):
            continue
        reach = allowed("price", level.price, evidence.atr)
        is_above, is_below = level.price.low > high + reach, level.price.high < low - reach
        if (level.side == "support" and is_above) or (level.side == "resistance" and is_below):
            yield _misplaced(evidence, level, "above" if is_above else "below")


def _misplaced(evidence: Evidence, level: ReadLevel, side: str) -> Verdict:
    edge = level.price.low if side == "above" else level.price.high
    away = evidence.points(edge - evidence.last)
    zone = evidence.zone(level.price.low, level.price.high)
    return Verdict(
        statement=f"{level.side} {printed(level.price)}",
        verdict="contradicts itself",
        bars_say=f"The {level.side} {zone} lies {away} {side} the price {evidence.price(evidence.last)} of {evidence.day}.",
        span=level.span,
        rule="side of price",
    )


def _homeless(evidence: Evidence) -> Iterator[Verdict]:
    """A level named in the text alone, in a note that has tables of levels: it stands in none, nor in a scenario or setup."""
    tabled = [v.price for v in evidence.note.levels if _table(evidence, v.span) is not None]
    if len(tabled) < 2:
        return
    rows = (block.text for block in evidence.note.text.blocks if block.kind == "row")
    homes = [*tabled, *(q.money for row in rows for q in quantities(row) if evidence.is_of_scale(q.money.middle))]
    for scenario in evidence.note.scenarios:
        homes += [p for p in (scenario.zone, scenario.target, scenario.trigger) if p is not None]
    for setup in evidence.note.setups:
        homes += [p for p in (setup.entry, setup.stop, *setup.targets) if p is not None]
    for level in evidence.note.levels:
        price = level.price
        if level.sure <= BY_TABLE:
            continue  # supposed by the words around it, not said
        if _table(evidence, level.span) is not None or level.kind in ("average", "pivot") or not evidence.is_of_scale(price.middle):
            continue
        if _PIVOTS.search(evidence.note.text.plain[max(0, level.span.start - _CLOSE_BY) : level.span.start]):
            continue  # what pivots were computed from
        reach = allowed("price", price, evidence.atr)
        if not any(h.low - reach <= price.high and price.low <= h.high + reach for h in homes):
            where = "above" if price.middle > evidence.last else "below"
            away = evidence.points(price.middle - evidence.last)
            says = f"{evidence.zone(price.low, price.high)}, {away} {where} the price, stands in no table of levels or scenarios."
            yield Verdict(
                statement=f"{printed(price)} in the text",
                verdict="contradicts itself",
                bars_say=says,
                span=level.span,
                rule="no table",
            )
