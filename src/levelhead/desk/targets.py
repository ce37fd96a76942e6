"""Where the scenarios lead, and what would tell early which way it goes."""

from __future__ import annotations

from collections.abc import Sequence

from levelhead.desk.brackets import Brackets
from levelhead.desk.draft import Draft
from levelhead.desk.ladder import Rung, zone_words
from levelhead.domain.instrument import Instrument

NEAREST_TARGET, FARTHEST_TARGET = 0.75, 3.0  # ATR beyond its trigger that a target zone may lie
LEAST_SIGN_ATR = 0.5  # what lies nearer is noise, not a sign


def target_of(
    name: str, draft: Draft, brackets: Brackets, rungs: Sequence[Rung], instrument: Instrument
) -> tuple[float, float, str]:
    """Where a scenario leads: the next zone beyond its price, else a horizon's width beyond it; and a word on why."""
    own, step = f"scenario.{name}", instrument.step
    if name == "range":
        low = draft.derive(f"{own}.target_low", "price", "lower end of the range", "scenario.lower")
        high = draft.derive(f"{own}.target_high", "price", "upper end of the range", "scenario.upper")
        return low, high, _range_comment(draft, rungs, brackets)
    up = name == "up"
    bracket, broken = (brackets.upper, brackets.above) if up else (brackets.lower, brackets.below)
    atr = draft.number("atr_14")
    beyond = [r for r in rungs if NEAREST_TARGET * atr <= (r.near - bracket) * (1 if up else -1) <= FARTHEST_TARGET * atr]
    if beyond:
        target = min(beyond, key=lambda r: abs(r.near - bracket))
        low = draft.derive(f"{own}.target_low", "price", f"target zone: {target.name}", f"level.{target.name}.low")
        high = draft.derive(f"{own}.target_high", "price", f"target zone: {target.name}", f"level.{target.name}.high")
    else:
        near, far = (
            (f"nearest(scenario.upper + {k} * atr_14, {step!r})" for k in (1, 2))
            if up
            else (f"nearest(scenario.lower - {k} * atr_14, {step!r})" for k in (2, 1))
        )
        low = draft.derive(
            f"{own}.target_low", "price", "target zone: no zone lies at a fair distance beyond, one to two ATR does", near
        )
        high = draft.derive(
            f"{own}.target_high", "price", "target zone: no zone lies at a fair distance beyond, one to two ATR does", far
        )
    held = "resistance" if up else "support"
    last = draft.number("last")
    between = [
        r for r in rungs if (last < r.zone.low and r.zone.high < bracket if up else bracket < r.zone.low and r.zone.high < last)
    ]
    if broken is not None:
        comment = f"It takes a break of {held} at {zone_words(draft, broken.name)}."
    elif between:
        comment = f"On the way stands {held} at {zone_words(draft, min(between, key=lambda r: abs(r.near - last)).name)}."
    else:
        comment = f"No {held} stands in between; the price is the horizon's own width away."
    return low, high, comment


def _range_comment(draft: Draft, rungs: Sequence[Rung], brackets: Brackets) -> str:
    """The zones inside the range: the one price stands in, and the nearest on either side."""
    last = draft.number("last")
    inside = [r for r in rungs if brackets.lower < r.zone.low and r.zone.high < brackets.upper]
    held = next((r for r in inside if r.zone.low <= last <= r.zone.high), None)
    above = min((r.near for r in inside if r.zone.low > last), default=None)
    below = max((r.near for r in inside if r.zone.high < last), default=None)
    names = {r.near: f"{{level.{r.name}.{'low' if r.zone.low > last else 'high'}}}" for r in inside if r is not held}
    stands = f"Price stands inside {zone_words(draft, held.name)}" if held else ""
    first = [f"{names[price]} {word}" for price, word in ((below, "below"), (above, "above")) if price is not None]
    if not first:
        return f"{stands}; no other zone lies inside the range." if held else "No other zone stands inside it."
    told = (
        f"{' and '.join(first)} {'are' if len(first) > 1 else 'is'} next"
        if held
        else (f"Inside it, {' and '.join(first)} {'are the first prices' if len(first) > 1 else 'is the first price'} to watch")
    )
    return f"{stands}; {told}." if held else f"{told}."


def what_decides(draft: Draft, rungs: Sequence[Rung], brackets: Brackets) -> str:
    """The zones whose loss or gain tells early: strictly inside the brackets and at least half an ATR away."""
    room = LEAST_SIGN_ATR * draft.number("atr_14")
    last = draft.number("last")
    above = min(
        (r for r in rungs if last + room <= r.zone.high < brackets.upper and r.zone.low > last), key=lambda r: r.far, default=None
    )
    below = max(
        (r for r in rungs if brackets.lower < r.zone.low <= last - room and r.zone.high < last), key=lambda r: r.far, default=None
    )
    signs = []
    if above is not None:
        signs.append(f"two closes above {{level.{above.name}.high}} for the upper price")
    if below is not None:
        signs.append(f"two closes below {{level.{below.name}.low}} for the lower")
    return (
        f"Early signs: {', '.join(signs)}."
        if signs
        else "No zone between here and the two prices would tell early which way it goes."
    )
