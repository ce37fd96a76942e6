"""What each key level is for."""

from __future__ import annotations

from collections.abc import Sequence

from levelhead.desk.brackets import Brackets
from levelhead.desk.ladder import Rung
from levelhead.desk.thesis import Thesis
from levelhead.domain.level import Role

STRUCTURAL = frozenset({"sma_200", "all_time_high", "all_time_low", "low_52w", "high_52w"})


def roles_of(rungs: Sequence[Rung], brackets: Brackets | None, thesis: Thesis) -> dict[str, Role]:
    """One role for each rung.

    The scenario price against the thesis is its line in the sand (losing it ends the thesis), the one with it is
    bias-defining (accepting beyond it sets the bias). The nearest zone on either side is immediate, the 200-day and the
    extremes of the year and the history are structural, what lies beyond the bias-defining level is extension, anything else
    reference.
    """
    with_it, against = ("resistance", "support") if thesis.lean > 0 else ("support", "resistance")
    bias, line = _bracket(rungs, brackets, with_it), _bracket(rungs, brackets, against)
    roles: dict[str, Role] = {}
    for rung in rungs:
        if rung is line:
            roles[rung.name] = "line in the sand"
        elif rung is bias:
            roles[rung.name] = "bias-defining"
        elif rung.name in ("r1", "s1"):
            roles[rung.name] = "immediate"
        elif any(level.source in STRUCTURAL for level in rung.zone.levels):
            roles[rung.name] = "structural"
        elif bias is not None and rung.side == with_it and _beyond(rung, bias):
            roles[rung.name] = "extension"
        else:
            roles[rung.name] = "reference"
    return roles


def _bracket(rungs: Sequence[Rung], brackets: Brackets | None, side: str) -> Rung | None:
    """The rung of the scenario table on that side; the strongest of the side where the table has none."""
    if brackets is not None:
        chosen = brackets.above if side == "resistance" else brackets.below
        if chosen is not None:
            return next((r for r in rungs if r.name == chosen.name), None)
    on_side = [r for r in rungs if r.side == side]
    return max(on_side, key=lambda r: r.zone.strength, default=None)


def _beyond(rung: Rung, bias: Rung) -> bool:
    return rung.zone.low >= bias.zone.high if rung.side == "resistance" else rung.zone.high <= bias.zone.low
