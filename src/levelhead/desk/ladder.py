"""The key levels of a note: zones of the reading with their distance, their words, and later their roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from levelhead.desk.draft import Draft
from levelhead.domain.instrument import Instrument
from levelhead.domain.level import KeyLevel, Role, Side, Zone

MOST_LABELS = 3
# What a level is told by first, where a zone has many.
TELLING = ("average", "extreme", "pivot", "line", "anchor", "swing", "vwap", "gap", "profile", "fibonacci", "round")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A zone by its name on the ladder: r1 is the nearest resistance, s1 the nearest support."""

    name: str
    side: Side
    zone: Zone

    @property
    def near(self) -> float:
        """The edge that price meets first."""
        return self.zone.low if self.side == "resistance" else self.zone.high

    @property
    def far(self) -> float:
        """The edge beyond which the zone is broken."""
        return self.zone.high if self.side == "resistance" else self.zone.low


def rungs_of(zones: Sequence[Zone], last: float) -> tuple[Rung, ...]:
    """The zones above the price as r1, r2, ... and below it as s1, s2, ...; highest first.

    A zone that holds the price counts as support when price is in its upper half, else as resistance.
    """
    above = [z for z in zones if z.low > last or (z.high > last and z.middle > last)]
    below = [z for z in zones if z not in above]
    resistance = [Rung(name=f"r{i}", side="resistance", zone=z) for i, z in enumerate(sorted(above, key=lambda z: z.low), 1)]
    support = [Rung(name=f"s{i}", side="support", zone=z) for i, z in enumerate(sorted(below, key=lambda z: -z.high), 1)]
    return (*reversed(resistance), *support)


def enter_rungs(draft: Draft, rungs: Sequence[Rung], instrument: Instrument) -> None:
    """Enter the edges and the distance of every rung as `level.<name>.low`, `.high`, `.points` and `.atr`."""
    step = instrument.step
    for rung in rungs:
        zone, name = rung.zone, f"level.{rung.name}"
        label = label_of(zone)
        draft.derive(
            f"{name}.low", "price", f"lower edge of {rung.name}: {label}", _edge(zone, "below", "min", step), **_prices(zone)
        )
        draft.derive(
            f"{name}.high", "price", f"upper edge of {rung.name}: {label}", _edge(zone, "above", "max", step), **_prices(zone)
        )
        near = "low" if rung.side == "resistance" else "high"
        held = "max" if rung.side == "resistance" else "min"
        draft.derive(
            f"{name}.points", "points", f"nearest edge of {rung.name} less the last price", f"{held}({name}.{near} - last, 0)"
        )
        draft.derive(f"{name}.atr", "ATR", f"the same in ATR(14): {label}", f"{name}.points / atr_14")


def key_levels(draft: Draft, rungs: Sequence[Rung], roles: Mapping[str, Role]) -> tuple[KeyLevel, ...]:
    """The ladder as the note prints it."""
    return tuple(
        KeyLevel(
            name=rung.name,
            side=rung.side,
            role=roles[rung.name],
            low=rung.zone.low,
            high=rung.zone.high,
            points=draft.number(f"level.{rung.name}.points"),
            atr=draft.number(f"level.{rung.name}.atr"),
            label=label_of(rung.zone),
            sources=tuple(level.source for level in rung.zone.levels),
            touches=len(rung.zone.touches),
            touched_on=rung.zone.touches,
            age=rung.zone.age,
            strength=rung.zone.strength,
            key=rung.zone.key,
            kind=rung.zone.kind,
            held_on=rung.zone.held,
        )
        for rung in rungs
    )


def zone_words(draft: Draft, name: str) -> str:
    """A rung's prices as text with references: its edges, no dash before a minus, or the one price where they are the same."""
    own = f"level.{name}"
    low, high = (draft.number(f"{own}.{edge}") for edge in ("low", "high"))
    if low == high:
        return f"{{{own}.low}}"
    return f"{{{own}.low}} to {{{own}.high}}" if low < 0 else f"{{{own}.low}}–{{{own}.high}}"


def label_of(zone: Zone) -> str:
    """What stands in a zone, for a person: its two or three most telling levels, what the zone is named after first."""
    weights = zone.weights or (0.0,) * len(zone.levels)
    heavy = {level.source: weight for level, weight in zip(zone.levels, weights, strict=True)}
    ranked = sorted(zone.levels, key=lambda level: (-round(8 * heavy[level.source]), TELLING.index(level.kind)))
    by_price = {level.price: level.label for level in reversed(ranked)}  # one price is named once, by its most telling level
    labels = [label for level in ranked if by_price.get(level.price) == (label := level.label)]
    labels = list(dict.fromkeys(labels))
    if len(labels) > MOST_LABELS:
        labels = [*labels[: MOST_LABELS - 1], f"{len(labels) - MOST_LABELS + 1} more"]
    return " and ".join(labels) if len(labels) < 3 else f"{labels[0]}, {labels[1]} and {labels[2]}"


def _edge(zone: Zone, grid: str, end: str, step: float) -> str:
    """The formula of a zone's edge: the outermost of its levels, moved outward to the grid; of one price, the nearest."""
    names = list(_prices(zone))
    if zone.low == zone.high:
        return f"nearest({names[0]}, {step!r})"
    outermost = names[0] if len(names) == 1 else f"{end}({', '.join(names)})"
    return f"{grid}({outermost}, {step!r})"


def _prices(zone: Zone) -> dict[str, float]:
    return {level.source: level.price for level in zone.levels}
