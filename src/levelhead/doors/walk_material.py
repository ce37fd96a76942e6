"""What a walk over the past is made on: bars in the timeframe asked for, their rolls as each day knew them, the days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.roll import RollsSince
from levelhead.doors import progress
from levelhead.doors.shape import Shape, shaped

if TYPE_CHECKING:
    from levelhead.evaluate.walk import Shaping
    from levelhead.market.instruments import Descriptions

SETTLED_IN = 450  # bars that a note asks for: the first days of a history say less


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkMaterial:
    """What `evaluate.route.Route` takes of these names, and the days on which a note can be made of finished bars, ascending."""

    bars: Bars
    told: tuple[RollsSince, ...] | None
    shaping: Shaping | None
    days: tuple[dt.date, ...]

    @property
    def begins(self) -> dt.date:
        """The day a walk begins with unless it is told otherwise: that of bar 450, or half-way where there are fewer than 900."""
        day: dt.date = self.bars.dates[max(min(SETTLED_IN, len(self.bars) // 2), 1) - 1].item()
        return day


def walk_material(
    given: Bars, peers: Mapping[str, Bars], shape: Shape, *, find_rolls: bool, described: Descriptions | None = None
) -> WalkMaterial:
    """The material of a walk over the bars as they were given.

    peers: as given too. find_rolls: a future that names no rolls has them estimated from a peer on the same thing, as the note of
    each day has. Rolls are found before the bars are shaped; a last bar that has not ended is left out. Raises BadBars.
    """
    from levelhead.market.hours import with_trade_dates
    from levelhead.market.resampling import ended_days

    known, told = _rolled(given, peers.values(), described) if find_rolls else (given, None)
    bars = shaped(known, shape, unfinished="left out")
    days = ended_days(with_trade_dates(given), bars, shape.hours)
    is_as_given = shape.timeframe is None and shape.hours == "electronic"
    return WalkMaterial(
        bars=bars,
        told=told,
        shaping=None if is_as_given else partial(shaped, shape=replace(shape, zone=None)),
        days=tuple(np.unique(days).tolist()),
    )


def _rolled(given: Bars, peers: Iterable[Bars], described: Descriptions | None) -> tuple[Bars, tuple[RollsSince, ...] | None]:
    """The bars with all rolls that are estimated in the end, and what each day knew of them; None where none ever are."""
    from levelhead.market.roll_knowledge import rolls_known_over
    from levelhead.market.sessions import session_table

    told = rolls_known_over(given, peers, session_table(given.instrument.calendar), described=described)
    rolls = next((each.rolls for each in reversed(told) if each.rolls), ())
    if not rolls:
        return given, None
    last = rolls[-1]
    progress.say(
        f"{given.instrument.symbol}: {len(rolls)} rolls are estimated by a peer, each known from the day on which it showed; the "
        f"last on {last.date} with a gap of {given.instrument.quoting.price(last.gap, signed=True)} points."
    )
    return replace(given, rolls=rolls, frame="as traded"), told
