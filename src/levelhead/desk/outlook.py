"""The bias over ten, forty and sixty-five sessions, its reason, and the close that would change it."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from typing import Literal

from levelhead.desk.bias import LEAN, RULE, bias_of, lean_of, pointing, side_of, tempered, turn_of
from levelhead.desk.brackets import horizon_sigma
from levelhead.desk.draft import Draft
from levelhead.desk.scenarios import Pricer
from levelhead.domain.claim import Chance, CloseAt, PricedClaim
from levelhead.domain.instrument import Instrument
from levelhead.domain.scenario import Bias, Outlook
from levelhead.domain.sessions import SessionTable
from levelhead.forecast.forecast import Forecast
from levelhead.reading.perspective import vote

FLAT_SIGMA = 0.25  # a move within a quarter of the horizon's sigma is neutral


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """One row of the table: which average leads it and which two facts second or contradict it."""

    name: Literal["short term", "medium term", "long term"]
    key: str
    sessions: int
    average: int
    seconds: tuple[tuple[str, str, str], ...]  # fact, word for up, word for down


HORIZONS = (
    Horizon(
        name="short term",
        key="short",
        sessions=10,
        average=20,
        seconds=(("rsi_14.cross", "above", "below"), ("macd.side", "above", "below")),
    ),
    Horizon(
        name="medium term",
        key="medium",
        sessions=40,
        average=50,
        seconds=(("sma_50.slope", "up", "down"), ("structure", "higher highs and higher lows", "lower highs and lower lows")),
    ),
    Horizon(
        name="long term",
        key="long",
        sessions=65,
        average=200,
        seconds=(("sma_200.slope", "up", "down"), ("golden_cross", "present", "absent")),
    ),
)


def outlook_of(
    draft: Draft, forecast: Forecast, price: Pricer, instrument: Instrument, sessions: SessionTable | None
) -> tuple[tuple[Outlook, ...], tuple[PricedClaim, ...], tuple[str, ...]]:
    """The rows that can be said, their claims, and a sentence for each row that cannot."""
    rows: list[Outlook] = []
    claims: list[PricedClaim] = []
    missing: list[str] = []
    for horizon in HORIZONS:
        if f"sma_{horizon.average}.side" not in draft:
            missing.append(f"The {horizon.name} outlook leads with the {horizon.average}-day average, which is not known yet.")
            continue
        row, priced = _row(draft, horizon, forecast, price, instrument, sessions)
        rows.append(row)
        claims += priced
    return tuple(rows), tuple(claims), tuple(missing)


def _row(
    draft: Draft, horizon: Horizon, forecast: Forecast, price: Pricer, instrument: Instrument, sessions: SessionTable | None
) -> tuple[Outlook, tuple[PricedClaim, ...]]:
    key, average = f"outlook.{horizon.key}", f"sma_{horizon.average}"
    side = side_of(draft, average)
    first, second = (vote(draft.word(fact), up, down) for fact, up, down in horizon.seconds)
    chances, claims = _chances(draft, horizon, forecast, price, instrument)
    lean = lean_of(chances["up"], chances["down"])
    chart = bias_of(side, (first, second))
    bias = tempered(chart, lean)
    draft.say(f"{key}.bias", bias, f"{horizon.name} bias", RULE)
    draft.derive(f"{key}.sessions", "sessions", f"{horizon.name} horizon", "sessions", sessions=float(horizon.sessions))
    turn = turn_of(draft, key, horizon.average, side, (first, second), bias, lean)
    change_at = draft.derive(
        f"{key}.change_at",
        "price",
        f"close of the next session at which price would stand {turn.words} its {horizon.average}-day average",
        f"nearest({average}.flip {turn.formula}, {instrument.step!r})",
    )
    return (
        Outlook(
            name=horizon.name,
            sessions=horizon.sessions,
            ends_on=_end(sessions, draft, horizon.sessions),
            bias=bias,
            reason=_reason(draft, horizon) + _odds(horizon, chart, bias, chances["up"], chances["down"]),
            change=turn.sentence,
            change_at=change_at,
            **chances,
        ),
        claims,
    )


def _chances(
    draft: Draft, horizon: Horizon, forecast: Forecast, price: Pricer, instrument: Instrument
) -> tuple[dict[str, Chance], tuple[PricedClaim, ...]]:
    key, n = f"outlook.{horizon.key}", horizon.sessions
    width = horizon_sigma(forecast, n)
    step = instrument.step
    above = draft.derive(
        f"{key}.above",
        "price",
        f"a close beyond it is higher, {horizon.name}",
        f"above(last * exp({FLAT_SIGMA} * width), {step!r})",
        width=width,
    )
    below = draft.derive(
        f"{key}.below",
        "price",
        f"a close beyond it is lower, {horizon.name}",
        f"below(last * exp(-{FLAT_SIGMA} * width), {step!r})",
        width=width,
    )
    rise = price(CloseAt(side="above", price=above, sessions=n), f"{key}.up")
    fall = price(CloseAt(side="below", price=below, sessions=n), f"{key}.down")
    up, down = rise.chances["true"], fall.chances["true"]
    flat = _rest(up, down, rise.paths)
    words = {"up": "a close above", "flat": "a close between", "down": "a close below"}
    for name, chance in (("up", up), ("flat", flat), ("down", down)):
        draft.chance(
            f"{key}.{name}",
            f"{horizon.name}: {words[name]} a quarter of the horizon's sigma from the last price",
            chance,
            rise.paths,
        )
    return {"up": up, "flat": flat, "down": down}, (rise, fall)


def _rest(up: Chance, down: Chance, paths: int) -> Chance:
    probability = max(0.0, 1 - up.probability - down.probability)
    known = up.base_rate is not None and down.base_rate is not None
    return Chance(
        probability=probability,
        error=math.sqrt(probability * (1 - probability) / max(paths, 1)),
        base_rate=max(0.0, 1 - (up.base_rate or 0.0) - (down.base_rate or 0.0)) if known else None,
        base_count=up.base_count,
        windows=up.windows,
        members=tuple(
            replace(one, probability=1 - one.probability - other.probability)
            for one, other in zip(up.members, down.members, strict=True)
        ),
    )


def _end(sessions: SessionTable | None, draft: Draft, count: int) -> dt.date | None:
    day = draft.facts["last"].date
    return sessions.after(day, count)[-1] if sessions is not None and day is not None and sessions.covers(day) else None


def _reason(draft: Draft, horizon: Horizon) -> str:
    n = horizon.average
    side, slope = draft.word(f"sma_{n}.side"), draft.word(f"sma_{n}.slope")
    moving = {"up": "a rising", "down": "a falling", "flat": "a flat"}.get(slope, "its")
    where = f"Price is {side}" if side_of(draft, f"sma_{n}") else "Price stands at"
    told = [f"{where} {moving} {n}-day average ({{sma_{n}}})"]
    if horizon.key == "short" and "rsi_14.cross" in draft:
        told.append(
            f"RSI(14) is {draft.word('rsi_14.cross')} its signal line and MACD {draft.word('macd.side') or 'is not yet known'}"
        )
        told[-1] = told[-1].replace("MACD above", "MACD above its own").replace("MACD below", "MACD below its own")
    if horizon.key == "medium" and "structure" in draft:
        counted = "" if draft.word("structure") == draft.word("structure.confirmed") else ", the latest break counted,"
        told.append(f"the swings{counted} make {draft.word('structure')}")
    if horizon.key == "long" and "golden_cross" in draft:
        order = "above" if draft.word("golden_cross") == "present" else "below"
        told.append(f"the 50-day is {order} the 200-day")
    return "; ".join(told) + "."


def _odds(horizon: Horizon, chart: Bias, bias: Bias, up: Chance, down: Chance) -> str:
    """What the odds say where they contradict the chart; and why the chart's bias stands where they lean the other way."""
    key = f"outlook.{horizon.key}"
    if chart != bias:
        past = f" ({{{key}.up@base_rate}} and {{{key}.down@base_rate}} in the past)" if up.base_rate is not None else ""
        return f" The chart is {chart}, the odds are not: {{{key}.up}} higher, {{{key}.down}} lower{past}."
    if pointing(bias) * (down.probability - up.probability) <= LEAN:
        return ""
    return f" So says the chart; the odds lean {'down' if pointing(bias) > 0 else 'up'}, but not clearly more than in the past."
