"""The scenarios of a note as claims: a table that covers everything as one split, any other one claim for each scenario."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from levelhead.review.interpreted import (
    ACCEPTANCE,
    CLOSE,
    FAR_EDGE,
    TOUCH,
    Attempt,
    Ground,
    Reading,
    edge,
    middle,
    within,
)
from levelhead.review.said import Money, ReadScenario

ROUNDING = 0.02  # probabilities in whole per cents may sum to so much more or less than one
_HOLDS = re.compile(r"\b(?:hold|stay|remain|keep)\w*\s+(?:\w+\s){0,2}?(above|below|over|under)\s+[$€£]?(\d[\d,]*(?:\.\d+)?)", re.I)


def scenario_attempts(ground: Ground) -> Iterator[Attempt]:
    """The scenarios in the order of the note."""
    scenarios = ground.note.scenarios
    split = _split(ground, scenarios)
    if split is not None:
        yield split
    for number, scenario in enumerate(scenarios, 1):
        attempt = _attempt(ground, scenarios, number, scenario)
        yield attempt if split is None else _beside_split(attempt, split)


def _attempt(ground: Ground, scenarios: Sequence[ReadScenario], number: int, scenario: ReadScenario) -> Attempt:
    sessions, assumed = ground.horizon(scenario.sessions)
    readings: tuple[Reading, ...] = ()
    if scenario.direction == "range":
        readings = _range(ground, scenario, sessions)
        why = "A range needs its two prices, and the note names none."
    elif scenario.direction:
        opposite = _opposite(ground, scenarios, scenario)
        readings, told = _directional(ground, scenario, sessions, opposite)
        assumed += told
        why = "It names no price that lies ahead, so nobody can say when it has come true."
    else:
        why = "The note does not say which way it leads."
    chances = {}
    if scenario.probability is not None:
        low, high = scenario.probability
        chances = {"true": middle(scenario.probability)}
        counted = f"{100 * low:.4g} to {100 * high:.4g} per cent counts as {100 * middle(scenario.probability):.4g}."
        assumed += () if low == high else (counted,)
    return Attempt(
        name=f"scenario.{number}",
        part="scenario",
        number=number,
        said=scenario.title or ground.words(scenario.span),
        span=scenario.span,
        readings=readings,
        chances=chances,
        assumed=assumed,
        why=why,
    )


def _beside_split(attempt: Attempt, split: Attempt) -> Attempt:
    """The readings of a scenario that the table's split does not say already."""
    _, _, upper, _, lower, *_ = split.readings[0].claim.split()
    said = (f"touch {upper} before", f"touch {lower} before", f"stay in {lower}..{upper} within")
    kept = tuple(reading for reading in attempt.readings if not reading.claim.startswith(said))
    return replace(attempt, readings=kept, why=attempt.why if not attempt.readings else "")


def _range(ground: Ground, scenario: ReadScenario, sessions: int) -> tuple[Reading, ...]:
    zone = scenario.zone or scenario.target
    if zone is None or zone.low == zone.high:
        return ()
    bounds = f"stay in {ground.price(zone.low)}..{ground.price(zone.high)}"
    touch = Reading(called=TOUCH, claim=within([bounds], sessions))
    close = Reading(called=CLOSE, claim=within([f"{bounds} by close"], sessions))
    return (close,) if scenario.trigger_how in ("close", "accept") else (touch, close)


def _directional(
    ground: Ground, scenario: ReadScenario, sessions: int, opposite: float | None
) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    """The readings of a scenario that leads up or down, and what was supposed."""
    up = scenario.direction == "up"
    target, trigger = scenario.target or scenario.zone, scenario.trigger
    goal = None if target is None else _goal(target, ground.last, up=up)
    assumed: tuple[str, ...] = ()
    steps = _Steps(ground, up=up, sessions=sessions, opposite=opposite)
    if trigger is not None and not _is_ahead(edge(trigger, upper=up), ground.last, up=up):
        if goal is None:
            return _rejection(ground, trigger, sessions, up=up) if scenario.trigger_how == "touch" else (), ()
        if scenario.trigger_how == "touch":
            start = edge(trigger, upper=up)
            return (Reading(called="", claim=steps.retest(start, goal)), *steps.far(target, goal, start)), ()
        assumed = (f"Its trigger, {ground.shown(edge(trigger, upper=up))}, is passed already at {ground.shown(ground.last)}.",)
        trigger = None
    if trigger is None:
        if goal is None:
            return (), ()
        return (*steps.reach(goal, scenario.trigger_how), *steps.far(target, goal)), assumed
    beyond = edge(trigger, upper=up)
    if goal is None or not _is_ahead(goal, beyond, up=up):
        return (*steps.reach(beyond, scenario.trigger_how), *steps.far(target, goal)), assumed
    return (*steps.through(beyond, goal, scenario.trigger_how), *steps.far(target, goal)), assumed


class _Steps:
    """Claims that lead up or down, each with the price on the other side that must not come first."""

    def __init__(self, ground: Ground, *, up: bool, sessions: int, opposite: float | None) -> None:
        self._price, self._last, self._up, self._sessions = ground.price, ground.last, up, sessions
        self._opposite = opposite
        self._beyond, self._back = ("above", "below") if up else ("below", "above")

    def reach(self, goal: float, how: str) -> tuple[Reading, ...]:
        """One price, by touch or by close."""
        closes = {"close": "close", "accept": "2 closes"}.get(how, "close")
        close = Reading(
            called=ACCEPTANCE if how == "accept" else CLOSE,
            claim=self._written([f"{closes} {self._beyond} {self._price(goal)}"], by_close=True),
        )
        return (close,) if how in ("close", "accept") else (self._touch(goal), close) if how == "" else (self._touch(goal),)

    def through(self, trigger: float, goal: float, how: str) -> tuple[Reading, ...]:
        """A trigger and the target behind it: whoever touches the target has touched the trigger."""
        closes = {"accept": "2 closes"}.get(how, "close")
        close = Reading(
            called=ACCEPTANCE if how == "accept" else CLOSE,
            claim=self._written([f"{closes} {self._beyond} {self._price(trigger)}", f"touch {self._price(goal)}"], by_close=True),
        )
        return (close,) if how in ("close", "accept") else (self._touch(goal), close) if how == "" else (self._touch(goal),)

    def retest(self, start: float, goal: float) -> str:
        """From a price behind the last one to the target ahead."""
        return self._written([f"touch {self._price(start)}", f"touch {self._price(goal)}"], start=start)

    def far(self, target: Money | None, goal: float | None, start: float | None = None) -> tuple[Reading, ...]:
        """The far edge of a target that is a zone."""
        if target is None or goal is None or edge(target, upper=self._up) == goal:
            return ()
        far = edge(target, upper=self._up)
        if start is not None:
            return (Reading(called=FAR_EDGE, claim=self.retest(start, far)),)
        return (Reading(called=FAR_EDGE, claim=self._touch(far).claim),)

    def _touch(self, goal: float) -> Reading:
        return Reading(called=TOUCH, claim=self._written([f"touch {self._price(goal)}"]))

    def _written(self, steps: list[str], *, by_close: bool = False, start: float | None = None) -> str:
        before = ""
        behind = self._last if start is None else start
        if self._opposite is not None and _is_ahead(self._opposite, behind, up=not self._up):
            how = f"close {self._back}" if by_close else "touch"
            before = f"{how} {self._price(self._opposite)}"
        return within(steps, self._sessions, before=before)


def _rejection(ground: Ground, zone: Money, sessions: int, *, up: bool) -> tuple[Reading, ...]:
    """Turned back at a zone ahead: touched, and then a close beyond the price the note was written at."""
    near, far = edge(zone, upper=up), edge(zone, upper=not up)
    back, on = ("above", "below") if up else ("below", "above")
    steps = [f"touch {ground.price(near)}", f"close {back} {ground.price(ground.last)}"]
    return (Reading(called="turned back", claim=within(steps, sessions, before=f"close {on} {ground.price(far)}")),)


def _opposite(ground: Ground, scenarios: Sequence[ReadScenario], scenario: ReadScenario) -> float | None:
    """The price on the other side that must not come first: what the scenario must hold, else where the opposite one begins."""
    up = scenario.direction == "up"
    for side, written in _HOLDS.findall(ground.note.text.plain[scenario.span.start : scenario.span.end]):
        price = float(written.replace(",", ""))
        if (side.lower() in ("above", "over")) == up and _is_ahead(price, ground.last, up=not up):
            return price
    others = [s for s in scenarios if s.direction == ("down" if up else "up")]
    starts = [start for each in others if (start := _start(each, ground.last)) is not None]
    if starts:
        return max(starts) if up else min(starts)
    zones = [s.zone for s in scenarios if s.direction == "range" and s.zone is not None]
    edges = [edge(zone, upper=not up) for zone in zones]
    ahead = [price for price in edges if _is_ahead(price, ground.last, up=not up)]
    return (max(ahead) if up else min(ahead)) if ahead else None


def _start(scenario: ReadScenario, last: float) -> float | None:
    """Where a scenario begins: at its trigger where that lies ahead, else at the near edge of its target."""
    up = scenario.direction == "up"
    if scenario.trigger is not None and _is_ahead(edge(scenario.trigger, upper=up), last, up=up):
        return edge(scenario.trigger, upper=up)
    target = scenario.target or scenario.zone
    return None if target is None else _goal(target, last, up=up)


def _split(ground: Ground, scenarios: Sequence[ReadScenario]) -> Attempt | None:
    """The table as 'first of UPPER | LOWER' where its three outcomes cover every path: the range ends where the others begin."""
    by_way = {way: [s for s in scenarios if s.direction == way] for way in ("up", "range", "down")}
    if len(scenarios) != 3 or any(len(found) != 1 for found in by_way.values()):
        return None
    up, between, down = (by_way[way][0] for way in ("up", "range", "down"))
    upper, lower = _start(up, ground.last), _start(down, ground.last)
    if between.zone is None or upper is None or lower is None or any(s.probability is None for s in scenarios):
        return None
    step = ground.bars.instrument.step
    if abs(between.zone.high - upper) > step or abs(between.zone.low - lower) > step or _says_close(scenarios):
        return None
    chances = {way: middle(found[0].probability or (0.0, 0.0)) for way, found in by_way.items()}
    if abs(sum(chances.values()) - 1) > ROUNDING:
        return None
    sessions, assumed = ground.horizon(next((s.sessions for s in scenarios if s.sessions), None))
    first, last = min(s.span.start for s in scenarios), max(s.span.end for s in scenarios)
    return Attempt(
        name="scenario",
        part="scenario",
        number=0,
        said="the scenario table",
        span=type(up.span)(start=first, end=last),
        readings=(
            Reading(called=TOUCH, claim=f"first of {ground.price(upper)} | {ground.price(lower)} within {sessions} sessions"),
        ),
        chances=chances,
        assumed=assumed,
    )


def _says_close(scenarios: Sequence[ReadScenario]) -> bool:
    return any(s.trigger_how in ("close", "accept") for s in scenarios)


def _goal(target: Money, last: float, *, up: bool) -> float | None:
    """The nearest price of a target that lies ahead."""
    edges = (target.low, target.high) if up else (target.high, target.low)
    return next((price for price in edges if _is_ahead(price, last, up=up)), None)


def _is_ahead(price: float, last: float, *, up: bool) -> bool:
    return price > last if up else price < last
