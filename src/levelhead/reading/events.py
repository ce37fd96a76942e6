"""News that is due: which events of the schedule fall into the sessions ahead."""

from __future__ import annotations

import datetime as dt

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.event_schedule import Schedule, traded_on_weekends
from levelhead.domain.fact import Fact
from levelhead.domain.sessions import as_date
from levelhead.reading.context import Context
from levelhead.reading.facts import Findings, number

AHEAD = 12
"""Sessions ahead in which events are looked for: the horizon of a scenario table (conventions)."""


def event_facts(bars: Bars, context: Context) -> Findings:
    """event.<n>, the date on which the n-th event ahead moves the market, with its kind in the meaning, and event.<n>.sessions.

    Only events whose date was known on the bars' last day; of daily bars.
    """
    if context.events is None or bars.timeframe != "1d":
        return {}, ()
    schedule = Schedule.of(context.events, bars)
    weekends = bool(traded_on_weekends(bars.dates)[-1])
    days, due = schedule.ahead(np.datetime64(bars.as_of, "D"), AHEAD, weekends=weekends)
    facts: dict[str, Fact] = {}
    rows = [(row, kind) for row in range(len(days)) for kind in np.flatnonzero(due[row]).tolist()]
    for place, (row, kind) in enumerate(rows, 1):
        name = schedule.kinds[kind]
        day = as_date(days[row])
        facts[f"event.{place}"] = _date(day, name, context.events.name)
        facts[f"event.{place}.sessions"] = number(
            row + 1, "sessions", f"sessions to {name}, its own counted", "sessions", inputs={"sessions": float(row + 1)}, date=day
        )
    return facts, ()


def _date(day: dt.date, kind: str, schedule: str) -> Fact:
    return Fact(value=day.isoformat(), unit="date", meaning=kind, formula=f"the schedule of {schedule}", date=day)
