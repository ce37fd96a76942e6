"""What became of a zone, briefly: when price was accepted beyond it and back, and which visits it has held since."""

from __future__ import annotations

import datetime as dt

from levelhead.desk.ladder import Rung
from levelhead.domain.level import Zone
from levelhead.reading.periods import SINCE_DAY

MOVING = frozenset({"average", "line", "vwap"})
SHOWN = 2  # visits that are told by their date

# By the last part of their fact's name: the formula, and what it counts the sessions since.
DATES = {
    "passed": (
        "since_passed(closes, {low}, {high})",
        "price was last accepted on the other side: the second close in a row beyond",
    ),
    "passed_before": ("since_passed_before(closes, {low}, {high})", "it was accepted there the time before"),
    "held_last": ("since_held(highs, lows, {low}, {high})", "the last visit that it held"),
    "held_before": ("since_held_before(highs, lows, {low}, {high})", "the visit before that it held"),
}


def broken_and_reclaimed(zone: Zone) -> tuple[dt.date | None, dt.date | None]:
    """When price was last accepted beyond the zone, and when back; None where it was not in the look-back."""
    days = [day for day, _ in zone.passes]
    return (days[0], days[1]) if len(days) > 1 else (days[0] if days else None, None)


def dates_of(rung: Rung) -> dict[str, dt.date]:
    """The dates that a rung's history is told by, under the last parts of their facts' names."""
    zone = rung.zone
    side = 1 if rung.side == "support" else -1
    found = {}
    if zone.passes:
        found["passed"] = zone.passes[-1][0]
        if len(zone.passes) > 1 and zone.passes[-1][1] == side:
            found["passed_before"] = zone.passes[-2][0]
    since = [day for day in zone.held if not zone.passes or day > zone.passes[-1][0]][-SHOWN:]
    return found | dict(zip(("held_last", "held_before"), reversed(since), strict=False))


def history_words(rung: Rung, as_of: dt.date) -> str:
    """'broken in April 2025 and won back in May 2025; held on 16 June 2025', text with references; '' where nothing is known.

    What is more than six weeks ago is told by its month. Where nothing stands but what moves from bar to bar, nothing is told: what
    became of the price says nothing of a line that was elsewhere then.
    """
    if all(level.kind in MOVING for level in rung.zone.levels):
        return ""
    dates = dates_of(rung)
    told = {name: _when(rung, name, day, as_of) for name, day in dates.items()}
    parts = []
    if "passed" in told:
        same = dates["passed"] == dates.get("passed_before")
        parts.append(_pass_words(rung, told | ({"passed_before": ""} if same else {})))
    held = [name for name in ("held_before", "held_last") if name in told]
    if len(held) == SHOWN and _is_told_by_month(dates["held_last"], as_of) and _month(dates, held[0]) == _month(dates, held[1]):
        held = held[1:]
    if len(held) == SHOWN and dates["held_before"] == dates["held_last"]:
        parts.append(f"held twice {told['held_last']}")
    elif held:
        parts.append(f"held {' and '.join(told[name] for name in held)}")
    return "; ".join(parts)


def _when(rung: Rung, name: str, day: dt.date, as_of: dt.date) -> str:
    reference = f"level.{rung.name}.{name}@date"
    return f"in {{{reference}|month}}" if _is_told_by_month(day, as_of) else f"on {{{reference}}}"


def _is_told_by_month(day: dt.date, as_of: dt.date) -> bool:
    return (as_of - day).days > SINCE_DAY


def _month(dates: dict[str, dt.date], name: str) -> tuple[int, int]:
    return dates[name].year, dates[name].month


def _pass_words(rung: Rung, told: dict[str, str]) -> str:
    is_support = rung.side == "support"
    if rung.zone.passes[-1][1] != (1 if is_support else -1):
        return f"broken {told['passed']}"
    if "passed_before" not in told:
        return f"{'overcome' if is_support else 'given up'} {told['passed']}"
    before = f"{told['passed_before']} " if told["passed_before"] else ""
    return f"broken {before}and {'won back' if is_support else 'given up again'} {told['passed']}"
