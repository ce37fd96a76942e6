"""The whole reading of one instrument at one day: facts, zones, swings and the chart, assembled from its topics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact
from levelhead.domain.level import Zone
from levelhead.domain.series import ChartSeries
from levelhead.domain.sessions import SessionTable
from levelhead.reading.activity import activity_facts
from levelhead.reading.average_course import average_course_facts
from levelhead.reading.averages import average_facts
from levelhead.reading.bollinger import bollinger_facts
from levelhead.reading.candles import candle_facts
from levelhead.reading.crosses import cross_facts
from levelhead.reading.divergences import divergence_facts
from levelhead.reading.extremes import extreme_facts, price_facts
from levelhead.reading.flips import flip_facts
from levelhead.reading.frames import frame_facts
from levelhead.reading.gaps import gap_facts
from levelhead.reading.levels import zones_of
from levelhead.reading.lines import line_facts
from levelhead.reading.momentum import momentum_facts
from levelhead.reading.pivots import pivot_facts
from levelhead.reading.ranges import range_facts
from levelhead.reading.relative import peers_until, relative_facts
from levelhead.reading.sequences import sequence_facts
from levelhead.reading.series import chart_series
from levelhead.reading.settings import Settings
from levelhead.reading.strength import strength_facts
from levelhead.reading.structure import Swing, structure_facts
from levelhead.reading.whole import Whole, whole_of

NO_PEERS: Mapping[str, Bars] = MappingProxyType({})
USUAL = Settings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the chart says on its last day, each fact with its evidence.

    facts: by dotted name, in the order a note tells them. zones: ascending by price. swings: confirmed ones, oldest first.
    not_yet_known: whole sentences naming what the history was too short for.
    """

    bars: Bars
    facts: Mapping[str, Fact]
    zones: tuple[Zone, ...]
    swings: tuple[Swing, ...]
    series: ChartSeries
    not_yet_known: tuple[str, ...]


def read(
    bars: Bars,
    *,
    peers: Mapping[str, Bars] = NO_PEERS,
    sessions: SessionTable | None = None,
    settings: Settings = USUAL,
    whole: Whole | None = None,
) -> Reading:
    """Read the chart as of its last bar.

    bars: the whole known history, one bar or more; cut them with `bars.until(day)` to read an earlier day. peers: by symbol;
    what they hold after the last bar's date is not looked at. sessions: the table that says when a month is over; without it
    next month's pivots are left out. What needs more bars than there are is absent and named in `not_yet_known`. whole: of a
    longer series that begins with these bars, to spare the work; it changes nothing.
    """
    known = whole if whole is not None and whole.begins_with(bars) else whole_of(bars, settings)
    panel, swings = known.panel_until(len(bars)), known.swings_until(len(bars))
    seen, absent = peers_until(bars, peers)
    topics = (
        price_facts(bars),
        average_facts(bars, panel, settings),
        average_course_facts(bars, known.averages, panel, settings),
        range_facts(bars, panel, settings),
        momentum_facts(bars, panel, settings),
        strength_facts(bars, panel, known.momentum, settings),
        bollinger_facts(bars, known.momentum),
        divergence_facts(bars, known.momentum.divergences),
        activity_facts(bars, known.activity, panel),
        extreme_facts(bars),
        cross_facts(bars, panel, sessions),
        structure_facts(bars, swings),
        sequence_facts(bars, known.runs),
        candle_facts(bars, known.candles),
        line_facts(bars, known.lines, panel, settings),
        gap_facts(bars, known.gaps, panel, settings),
        pivot_facts(bars, sessions),
        relative_facts(bars, seen, settings),
    )
    facts: dict[str, Fact] = {}
    unknown: list[str] = []
    for found, missing in topics:
        facts |= found
        unknown += missing
    facts |= flip_facts(bars, panel, facts)
    facts |= frame_facts(bars, facts, settings)[0]
    if len(bars) < settings.wanted_bars:
        unknown.append(f"A note asks for {settings.wanted_bars} bars of history; there {_are(len(bars))}.")
    return Reading(
        bars=bars,
        facts=MappingProxyType(facts),
        zones=zones_of(bars, facts, swings, settings),
        swings=swings,
        series=chart_series(bars, panel, seen, known.lines, settings),
        not_yet_known=(*unknown, *absent),
    )


def _are(count: int) -> str:
    return "is 1" if count == 1 else f"are {count}"
