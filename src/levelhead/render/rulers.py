"""The page's drawings to scale: the ladder of key levels on a price ruler, and a plan on a ruler of R. Geometry, no opinion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from levelhead.render.chart_labels import Label, place
from levelhead.render.chart_layout import round_values
from levelhead.render.numbers import quoting_in, scale_words
from levelhead.wire.document import Document

ROW, LAST_ROW, SLACK = 38.0, 28.0, 1.3
FAR = 10.0  # ATR; a level further off would squeeze all others, and is named beyond the ruler's end


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One zone on the ladder, or the last price (level None): its band on the ruler and where its label stands.

    top, height: the band, pixels from the top of the drawing. middle: of the label. row: the label's height. is_beyond: it
    lies further off than the ruler reaches.
    """

    level: dict[str, Any] | None
    top: float
    height: float
    middle: float
    row: float
    is_beyond: bool = False

    @property
    def centre(self) -> float:
        """Half way down the band."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The drawing: its height, its rungs from the highest down, and the ruler's marks as (pixels from the top, price)."""

    height: float
    rungs: tuple[Rung, ...]
    marks: tuple[tuple[float, str], ...]


def ladder(document: Document) -> Ladder | None:
    """Key levels to scale around the last price, labels moved apart; None where the note has none."""
    levels, last = document["levels"], document["series"]["close"][-1]
    if not levels:
        return None
    near = [level for level in levels if abs(level["atr"]) <= FAR]
    low: float = min(last, *(level["low"] for level in near), last)
    high: float = max(last, *(level["high"] for level in near), last)
    height = max(280.0, SLACK * (len(levels) * ROW + LAST_ROW))
    edge = ROW if len(near) < len(levels) else ROW / 2
    scale = (height - 2 * edge) / ((high - low) or 1.0)

    def up(price: float) -> float:
        return min(max(edge + (price - low) * scale, 0.0), height)

    bands = {level["name"]: (up(level["low"]), up(level["high"])) for level in levels} | {"last": (up(last), up(last))}
    labels = [
        Label(key=name, anchor=(a + b) / 2, height=LAST_ROW if name == "last" else ROW, weight=20.0 if name == "last" else 1.0)
        for name, (a, b) in bands.items()
    ]
    by_name = {level["name"]: level for level in levels}
    rungs = []
    for placed in reversed(place(labels, 0.0, height)):
        bottom, top = bands[placed.label.key]
        rungs.append(
            Rung(
                level=by_name.get(placed.label.key),
                top=round(height - top, 1),
                height=round(max(2.0, top - bottom), 1),
                middle=round(height - placed.middle, 1),
                row=placed.label.height,
                is_beyond=placed.label.key in by_name and by_name[placed.label.key] not in near,
            )
        )
    quoting = quoting_in(document)
    values = round_values(low, high, 8, quoting) if high > low else []
    words = scale_words(values, house=document["house"], quoting=quoting)
    marks = tuple((round(height - up(v), 1), said) for v, said in zip(values, words, strict=True))
    return Ladder(height=round(height, 1), rungs=tuple(rungs), marks=marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledPrice:
    """A price of a plan on its ruler: share of the ruler from the left, and which number stands there."""

    at: float
    label: str
    name: str
    kind: str


def plan_ruler(plan: dict[str, Any], target_names: Sequence[str]) -> tuple[RuledPrice, ...]:
    """Stop at -1 R, entry at 0, targets where they are; per cent of the ruler."""
    rs = [target["r"] for target in plan["targets"]][: len(target_names)]
    whole = 1.0 + max([*rs, 1.0])
    key = f"setup.{plan['name']}"
    words = ("target",) if len(rs) == 1 else ("first target", "second target", "third target")
    prices = [("stop", f"{key}.stop", "stop", -1.0), ("entry", f"{key}.entry", "entry", 0.0)]
    prices += [(words[min(i, 2)], name, "target", r) for i, (name, r) in enumerate(zip(target_names, rs, strict=True))]
    return tuple(
        RuledPrice(at=round(100 * (1.0 + r) / whole, 2), label=label, name=name, kind=kind) for label, name, kind, r in prices
    )
