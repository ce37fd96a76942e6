"""Where a level comes from: what it is called, for good and today, and when it happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from levelhead.domain.level import Level, LevelKind, level_of


class Source(NamedTuple):
    """What makes a price a level.

    kind: what sort of thing. name: of the fact it stands for ('prior_month.high'), or a name of its own ('round_2500'). key: the
    same thing on every day it is seen ('high_2025_02_19'): a bar's extreme has one whatever it is called today. label: for a
    person. row: of the bar that made it, -1 where no bar did; happened_on: its date; known_on: that of the bar at whose close it
    could be known. is_brief: it is
    another price in a week; such a source strengthens a zone and hardly shapes one, so that zones stay where they are.
    """

    kind: LevelKind
    name: str
    key: str
    label: str
    row: int = -1
    happened_on: dt.date | None = None
    known_on: dt.date | None = None
    is_brief: bool = False


class Weighed(NamedTuple):
    """A price on a day, how much its source counts, 0 to 1, and the source.

    level: as a zone has it, of what stays on the ladder from day to day: the same one on all of them, made once.
    """

    price: float
    weight: float
    source: Source
    level: Level | None = None

    @property
    def event(self) -> tuple[int | str, float]:
        """What happened: several names of one bar's extreme are one event."""
        return (self.source.row if self.source.row >= 0 else self.source.name), self.price


def told(price: float, source: Source) -> Level:
    """A level as a zone has it."""
    return level_of(price, source.kind, source.name, source.label, source.happened_on, source.known_on)


def staying(levels: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """Levels that stay for some days."""
    return tuple([Weighed(price, weight, source, told(price, source)) for price, weight, source, _ in levels])


def in_a_name(stamp: dt.date) -> str:
    """A bar's date as a part of a name: '2025_02_19'; of an intraday bar with its time."""
    return f"{stamp:%Y_%m_%d_%H%M}" if isinstance(stamp, dt.datetime) else f"{stamp.year}_{stamp.month:02d}_{stamp.day:02d}"


def number_in_a_name(price: float) -> str:
    """A price as a part of a name: '2500', '0_25'."""
    return f"{price:.10g}".replace(".", "_").replace("e+", "e").replace("-", "minus_")
