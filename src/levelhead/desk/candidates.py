"""The trades the level map offers: where each would enter, stop and take profit, before anybody asks whether it pays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from levelhead.desk.draft import Draft
from levelhead.desk.ladder import Rung, zone_words
from levelhead.desk.settings import Settings
from levelhead.domain.claim import Plan
from levelhead.domain.instrument import Instrument

NEAREST_RUNGS = 3  # on each side
MOST_TARGETS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A plan and the formulas of its prices over the numbers of the draft."""

    title: str
    reason: str
    plan: Plan
    entry: str
    stop: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """What the desk stands for: lean +1 looks up, -1 down; is_trend whether a trend backs it; line: the price that ends it."""

    lean: int
    is_trend: bool
    line: float


def candidates(
    draft: Draft, rungs: Sequence[Rung], stance: Stance, instrument: Instrument, settings: Settings
) -> Iterator[Candidate]:
    """Pullbacks into a zone by limit and breaks of a zone by stop order, on either side, from the nearest rungs.

    A stop lies `stop_room_atr` beyond its zone and never nearer to the entry than `least_stop_atr` or `least_stop_sigma`; the
    first target is the nearest zone that pays at least `least_r` R, the second the next one. A rung without such a target
    gives none, and none is given that enters with the thesis where the thesis has ended, beyond its line in the sand.
    """
    for side in ("support", "resistance"):
        nearest = sorted((r for r in rungs if r.side == side), key=lambda r: abs(draft.number(f"level.{r.name}.points")))
        for rung in nearest[:NEAREST_RUNGS]:
            for order in ("limit", "stop"):
                candidate = _candidate(draft, rung, order, rungs, stance, instrument, settings)
                if candidate is not None:
                    yield candidate


def _candidate(
    draft: Draft,
    rung: Rung,
    order: Literal["limit", "stop"],
    rungs: Sequence[Rung],
    stance: Stance,
    instrument: Instrument,
    settings: Settings,
) -> Candidate | None:
    """The trade of one rung: a support is bought on a pullback or sold on its break, a resistance the other way round."""
    long = (rung.side == "support") == (order == "limit")
    sign, out, zone = (1, "below", "low") if long else (-1, "above", "high")
    step, own = instrument.step, f"level.{rung.name}"
    other = "high" if zone == "low" else "low"
    # A limit waits at the edge price meets first; a stop order two ticks beyond the edge whose break it follows.
    edge = f"{own}.{'high' if rung.side == 'support' else 'low'}" if order == "limit" else f"{own}.{other}"
    entry = edge if order == "limit" else f"{edge} {'+' if long else '-'} {2 * step!r}"
    pick, minus = ("min", "-") if long else ("max", "+")
    behind_zone = f"{own}.{zone} {minus} {settings.stop_room_atr!r} * atr_14"
    off_entry = f"{entry} {minus} max({settings.least_stop_atr!r} * atr_14, {settings.least_stop_sigma!r} * sigma)"
    stop = f"{out}({pick}({behind_zone}, {off_entry}), {step!r})"
    at, out_at, last = draft.work_out(entry), draft.work_out(stop), draft.number("last")
    waits = (at - last) * sign < 0 if order == "limit" else (at - last) * sign > 0
    is_with = sign == stance.lean
    is_over = is_with and (at - stance.line) * sign < 0
    if not waits or is_over or (out_at <= 0 and not instrument.may_be_negative):
        return None
    targets = _targets(draft, rungs, at, abs(at - out_at) * settings.least_r, sign)
    if not targets:
        return None
    prices = tuple(draft.work_out(t) for t in targets)
    side: Literal["long", "short"] = "long" if long else "short"
    plan = Plan(
        side=side,
        order=order,
        entry=instrument.on_grid(at),
        stop=out_at,
        targets=prices,
        fill_within=settings.fill_within,
        exit_within=settings.exit_within,
    )
    return Candidate(
        title=_title(long, order, zone_words(draft, rung.name), is_against=stance.is_trend and not is_with),
        reason=_reason(order, rung),
        plan=plan,
        entry=f"nearest({entry}, {step!r})",
        stop=stop,
        targets=targets,
    )


def _targets(draft: Draft, rungs: Sequence[Rung], entry: float, least: float, sign: int) -> tuple[str, ...]:
    """The near edges of the zones that lie at least `least` points from the entry, nearest first."""
    edge = "low" if sign > 0 else "high"
    offered = sorted(
        (abs(draft.number(f"level.{r.name}.{edge}") - entry), f"level.{r.name}.{edge}")
        for r in rungs
        if (draft.number(f"level.{r.name}.{edge}") - entry) * sign >= least
    )
    return tuple(name for _, name in offered[:MOST_TARGETS])


def _title(long: bool, order: str, zone: str, *, is_against: bool) -> str:
    verb = "Buy" if long else "Sell"
    told = f"{verb} the {'pullback' if long else 'rally'} to {zone}" if order == "limit" else f"{verb} the break of {zone}"
    return f"{told}, against the trend" if is_against else told


def _reason(order: str, rung: Rung) -> str:
    visits = f"price has visited it {{level.{rung.name}.touches}} times in the past year"
    touched = visits if len(rung.zone.touches) > 1 else "it is little tested"
    way = "The stop lies beyond the zone" if order == "limit" else "The stop lies back through the zone"
    return f"The zone is {rung.side}; {touched}. {way}."
