"""The trade setups of a note as plans: entry, stop and target as orders, each edge of a zone a reading of its own."""

from __future__ import annotations

from collections.abc import Iterator

from levelhead.domain.event import MAX_SESSIONS
from levelhead.review.interpreted import (
    FAR_EDGE,
    NEAR_EDGE,
    NEXT_SESSION,
    Attempt,
    Ground,
    Reading,
    edge,
    within,
)
from levelhead.review.said import ReadSetup

FAR_TARGET, FAR_ENTRY = "the target's far edge", "the entry's other edge"


def setup_attempts(ground: Ground) -> Iterator[Attempt]:
    """The setups in the order of the note."""
    for number, setup in enumerate(ground.note.setups, 1):
        yield _attempt(ground, number, setup)


def _attempt(ground: Ground, number: int, setup: ReadSetup) -> Attempt:
    fill, assumed = ground.horizon(setup.sessions)
    leave = min(2 * fill, MAX_SESSIONS)
    long = setup.side == "long"
    order, told = _order(ground, setup)
    said = setup.label or ground.words(setup.span)
    blank = Attempt(name=f"setup.{number}", part="setup", number=number, said=said, span=setup.span)
    if not setup.targets:
        return _of(blank, (), why="It names no target, so nobody can say what it pays.")
    if setup.stop is None:
        return _of(
            blank,
            _without_stop(ground, setup, fill),
            assumed=("It names no stop: only whether the target follows the entry is told.",),
        )
    stop = edge(setup.stop, upper=not long)

    def plan(entry: float, targets: list[float]) -> str:
        prices = ", ".join(ground.price(target) for target in _in_order(targets, long=long))
        orders = f"{setup.side} {order} {ground.price(entry)} stop {ground.price(stop)} target {prices}"
        return f"{orders} fill within {fill} exit within {leave}"

    # of a zone the market meets the near edge first; an order that follows a breakout waits until all of it is passed
    near, far = edge(setup.entry, upper=long), edge(setup.entry, upper=not long)
    first = [edge(target, upper=not long) for target in setup.targets]
    last = [edge(target, upper=long) for target in setup.targets]
    readings = [Reading(called=NEAR_EDGE if _has_zone(setup) else "", claim=plan(near, first))]
    if near != far:
        readings.append(Reading(called=FAR_ENTRY, claim=plan(far, first)))
    if first != last:
        readings.append(Reading(called=FAR_TARGET if near != far else FAR_EDGE, claim=plan(near, last)))
    if ground.is_during:
        readings.append(Reading(called=NEXT_SESSION, claim=plan(near, first), from_next=True))
    stands = f"The order stands {fill} sessions; what is open after {leave} is closed at the close."
    during = (f"Its price is not the close of {ground.day}: it was made while that session was open.",) if ground.is_during else ()
    return _of(blank, tuple(readings), assumed=(*assumed, *told, stands, *during))


def _of(blank: Attempt, readings: tuple[Reading, ...], *, assumed: tuple[str, ...] = (), why: str = "") -> Attempt:
    return Attempt(
        name=blank.name,
        part=blank.part,
        number=blank.number,
        said=blank.said,
        span=blank.span,
        readings=readings,
        assumed=assumed,
        why=why,
    )


def _order(ground: Ground, setup: ReadSetup) -> tuple[str, tuple[str, ...]]:
    """'limit' or 'stop', by the note's words, else by where the entry lies; and what was supposed."""
    if setup.order in ("limit", "stop"):
        return setup.order, ()
    entry = setup.entry.middle
    is_behind = entry <= ground.last if setup.side == "long" else entry >= ground.last
    order = "limit" if is_behind else "stop"
    words = "at the market" if setup.order == "market" else "in a way it does not say"
    where = "back" if is_behind else "on"
    return order, (f"It enters {words}: a {order} order, the entry lies {where} from {ground.shown(ground.last)}.",)


def _without_stop(ground: Ground, setup: ReadSetup, sessions: int) -> tuple[Reading, ...]:
    """Entry and then target."""
    long = setup.side == "long"
    entry = edge(setup.entry, upper=long)
    target = min(edge(t, upper=False) for t in setup.targets) if long else max(edge(t, upper=True) for t in setup.targets)
    steps = [f"touch {ground.price(target)}"]
    if entry != ground.last:
        steps.insert(0, f"touch {ground.price(entry)}")
    return (Reading(called="", claim=within(steps, sessions)),)


def _has_zone(setup: ReadSetup) -> bool:
    return any(zone.low != zone.high for zone in (setup.entry, *setup.targets))


def _in_order(targets: list[float], *, long: bool) -> list[float]:
    """Nearest first, each once."""
    return sorted(dict.fromkeys(targets), reverse=not long)
