"""The bias over ten, forty and sixty-five sessions, its reason, and the close that would change it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from levelhead.desk.brackets import horizon_sigma
from levelhead.desk.draft import Draft
from levelhead.desk.scenarios import Pricer
from levelhead.desk.thesis import vote
from levelhead.domain.claim import Chance, CloseAt, PricedClaim
from levelhead.domain.instrument import Instrument
from levelhead.domain.scenario import Bias, Outlook
from levelhead.domain.sessions import SessionTable
from levelhead.forecast.forecast import Forecast

LEAN = 0.05  # smaller differences between up and down say nothing
FLAT_SIGMA = 0.25  # a move within a quarter of the horizon's sigma is neutral
_BIAS: Mapping[int, Bias] = {
    3: "bullish",
    2: "bullish",
    1: "cautiously bullish",
    -1: "cautiously bearish",
    -2: "bearish",
    -3: "bearish",
}


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
RULE = (
    "side of price on the leading average, seconded by two facts: bullish with both or one of them and none against, cautiously so "
    "with one for and one against or neither, neutral with both against; neutral, too, where the odds lean the other way by more "
    "than five points against the instrument's own past"
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


def bias_of(side: int, seconds: tuple[int, int]) -> Bias:
    """The bias when price is on `side` (+1 above, -1 below, 0 at) of its average and each second votes +1, 0 or -1.

    Crossing the average always changes the word: what two seconds confirm above they contradict below.
    """
    agreement = sum(seconds) * side
    if side == 0 or agreement <= -2:
        return "neutral"
    strength = 2 if agreement >= 1 else 1
    return _BIAS[side * strength]


def tempered(chart: Bias, lean: int) -> Bias:
    """The bias a note may print: the chart's, or neutral where the odds lean the other way (`lean` +1 up, -1 down, 0 neither)."""
    points = 1 if "bullish" in chart else -1 if "bearish" in chart else 0
    return "neutral" if points * lean < 0 else chart


def lean_of(up: Chance, down: Chance) -> int:
    """Where the odds lean against the instrument's own drift: +1 or -1 when up less down differs by more than `LEAN` from
    what it was over the past (from nothing, where there is no past), else 0."""
    gap = up.probability - down.probability
    if up.base_rate is not None and down.base_rate is not None:
        gap -= up.base_rate - down.base_rate
    return (gap > LEAN) - (gap < -LEAN)


def _row(
    draft: Draft, horizon: Horizon, forecast: Forecast, price: Pricer, instrument: Instrument, sessions: SessionTable | None
) -> tuple[Outlook, tuple[PricedClaim, ...]]:
    key, average = f"outlook.{horizon.key}", f"sma_{horizon.average}"
    side = vote(draft.word(f"{average}.side"), "above", "below")
    first, second = (vote(draft.word(fact), up, down) for fact, up, down in horizon.seconds)
    chances, claims = _chances(draft, horizon, forecast, price, instrument)
    lean = lean_of(chances["up"], chances["down"])
    chart = bias_of(side, (first, second))
    bias = tempered(chart, lean)
    draft.say(f"{key}.bias", bias, f"{horizon.name} bias", RULE)
    draft.derive(f"{key}.sessions", "sessions", f"{horizon.name} horizon", "sessions", sessions=float(horizon.sessions))
    change_at = draft.derive(
        f"{key}.change_at",
        "price",
        f"close of the next session at which price changes sides of its {horizon.average}-day average",
        f"nearest({average}.flip, {instrument.step!r})",
    )
    return (
        Outlook(
            name=horizon.name,
            sessions=horizon.sessions,
            ends_on=_end(sessions, draft, horizon.sessions),
            bias=bias,
            reason=_reason(draft, horizon) + _odds(horizon, chart, bias, chances["up"].base_rate is not None),
            change=_change(horizon, side, (first, second), bias, lean),
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
    )


def _end(sessions: SessionTable | None, draft: Draft, count: int) -> dt.date | None:
    day = draft.facts["last"].date
    return sessions.after(day, count)[-1] if sessions is not None and day is not None and sessions.covers(day) else None


def _reason(draft: Draft, horizon: Horizon) -> str:
    n = horizon.average
    side, slope = draft.word(f"sma_{n}.side"), draft.word(f"sma_{n}.slope")
    moving = {"up": "a rising", "down": "a falling", "flat": "a flat"}.get(slope, "its")
    where = "Price stands at" if side == "at" else f"Price is {side}"
    told = [f"{where} {moving} {n}-day average ({{sma_{n}}})"]
    if horizon.key == "short" and "rsi_14.cross" in draft:
        told.append(
            f"RSI(14) is {draft.word('rsi_14.cross')} its signal line and MACD {draft.word('macd.side') or 'is not yet known'}"
        )
        told[-1] = told[-1].replace("MACD above", "MACD above its own").replace("MACD below", "MACD below its own")
    if horizon.key == "medium" and "structure" in draft:
        told.append(f"the swings make {draft.word('structure')}")
    if horizon.key == "long" and "golden_cross" in draft:
        order = "above" if draft.word("golden_cross") == "present" else "below"
        told.append(f"the 50-day is {order} the 200-day")
    return "; ".join(told) + "."


def _odds(horizon: Horizon, chart: Bias, bias: Bias, has_base: bool) -> str:
    """What the odds say where they contradict the chart."""
    if chart == bias:
        return ""
    key = f"outlook.{horizon.key}"
    usual = f" ({{{key}.up@base_rate}} and {{{key}.down@base_rate}} in the past)" if has_base else ""
    return f" The chart is {chart}, the odds are not: {{{key}.up}} higher, {{{key}.down}} lower{usual}."


def _change(horizon: Horizon, side: int, seconds: tuple[int, int], bias: Bias, lean: int) -> str:
    """What the bias would be on the other side of the average."""
    after = tempered(bias_of(-side or 1, seconds), lean)
    beyond = "below" if side > 0 else "above"
    if after == bias:
        return f"A close {beyond} {{outlook.{horizon.key}.change_at}} would change the chart, but not yet the bias."
    return f"A close {beyond} {{outlook.{horizon.key}.change_at}} would make it {after}."
