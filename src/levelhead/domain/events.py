"""Days on which news is due: CPI, the jobs report, FOMC. A schedule, known ahead."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from levelhead.domain.errors import BadSettings
from levelhead.domain.sessions import SessionTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event: `kind` ('FOMC'), the day it is due, its hour in New York, and the day its date was announced.

    announced: None where the schedule was public long before, as those of CPI, jobs and FOMC are. An event that was announced on
    its own day was no part of a schedule: it is neither learned from nor looked out for.
    """

    date: dt.date
    kind: str
    time: dt.time | None = None
    announced: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Events:
    """A schedule of events, in any order. tables: session tables by calendar, which say on which session an event falls; an
    instrument without one trades on weekdays, or on every day once it has traded on a weekend.
    """

    name: str
    events: tuple[Event, ...]
    tables: Mapping[str, SessionTable] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.events:
            raise BadSettings(f"{self.name}: holds no event; give a file with date,event.")

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of event, in order of the alphabet."""
        return tuple(sorted({event.kind for event in self.events}))

    def known(self, through: dt.date) -> tuple[Event, ...]:
        """The events up to that day, in order: what a forecast that reaches so far can use."""
        return tuple(sorted((e for e in self.events if e.date <= through), key=lambda e: (e.date, e.kind)))

    def digest(self, through: dt.date) -> str:
        """'sha256:...' of the events up to that day."""
        text = "\n".join(f"{e.date}|{e.kind}|{e.time}|{e.announced}" for e in self.known(through))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
