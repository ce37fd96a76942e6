"""The whole reading of one instrument at one day: facts, zones, swings and the chart, assembled from its topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact
from levelhead.domain.level import Zone
from levelhead.domain.series import ChartSeries
from levelhead.domain.sessions import SessionTable
from levelhead.reading.acceptance import acceptance_facts
from levelhead.reading.activity import activity_facts
from levelhead.reading.average_course import average_course_facts
from levelhead.reading.averages import average_facts
from levelhead.reading.bollinger import bollinger_facts
from levelhead.reading.breadth import breadth_facts
from levelhead.reading.breakouts import breakout_facts
from levelhead.reading.candles import candle_facts
from levelhead.reading.consolidation import consolidation_facts
from levelhead.reading.context import NO_CONTEXT, Context
from levelhead.reading.credit import credit_facts
from levelhead.reading.crosses import cross_facts
from levelhead.reading.divergences import divergence_facts
from levelhead.reading.drawdown import drawdown_facts
from levelhead.reading.events import event_facts
from levelhead.reading.extremes import extreme_facts, price_facts
from levelhead.reading.flips import flip_facts
from levelhead.reading.frames import frame_facts
from levelhead.reading.gaps import gap_facts
from levelhead.reading.implied import implied_facts
from levelhead.reading.level_facts import HEADS as LADDER_HEADS
from levelhead.reading.level_facts import ladder_facts
from levelhead.reading.levels import day_of, zones_of_each
from levelhead.reading.lines import line_facts
from levelhead.reading.longer_frames import longer_frame_facts
from levelhead.reading.momentum import momentum_facts
from levelhead.reading.occurrence import Occurrences
from levelhead.reading.occurrences import occurrences_of
from levelhead.reading.patterns import pattern_facts
from levelhead.reading.pivots import pivot_facts
from levelhead.reading.positions import position_facts
from levelhead.reading.pullback import pullback_facts
from levelhead.reading.ranges import range_facts
from levelhead.reading.rates import rate_facts
from levelhead.reading.relative import peers_until, relative_facts
from levelhead.reading.relative_moves import relative_move_facts
from levelhead.reading.seasonality import season_facts
from levelhead.reading.sequences import sequence_facts
from levelhead.reading.series import chart_series
from levelhead.reading.settings import Settings
from levelhead.reading.strength import strength_facts
from levelhead.reading.structure import Swing, structure_facts
from levelhead.reading.topics import Chart, Facts, Topic
from levelhead.reading.trend import trend_facts
from levelhead.reading.whole import Whole, whole_of

NO_PEERS: Mapping[str, Bars] = MappingProxyType({})
USUAL = Settings()


TOPICS = (
    Topic(("last", "change", "change_pct"), lambda c, _: price_facts(c.bars)),
    Topic(("sma_", "golden_cross"), lambda c, _: average_facts(c.bars, c.panel, c.settings)),
    Topic(("sma_", "ema_"), lambda c, _: average_course_facts(c.bars, c.whole.averages, c.panel, c.settings)),
    Topic(("sma_",), lambda c, _: acceptance_facts(c.bars, c.whole.trends.accepted)),
    Topic(("atr_14",), lambda c, _: range_facts(c.bars, c.panel, c.settings)),
    Topic(("rsi_14", "macd"), lambda c, _: momentum_facts(c.bars, c.panel, c.settings)),
    Topic(("rsi_14", "adx_14", "di_", "roc_"), lambda c, _: strength_facts(c.bars, c.panel, c.whole.momentum, c.settings)),
    Topic(("bollinger",), lambda c, _: bollinger_facts(c.bars, c.whole.momentum)),
    Topic(("divergence",), lambda c, _: divergence_facts(c.bars, c.whole.momentum.divergences)),
    Topic(("atr_14", "range", "volatility_20", "volume"), lambda c, _: activity_facts(c.bars, c.whole.activity, c.panel)),
    Topic(
        ("all_time_", "high_52w", "low_52w", "distance_to_", "drawdown_pct"), lambda c, _: extreme_facts(c.bars, c.whole.extremes)
    ),
    Topic(("cross",), lambda c, _: cross_facts(c.bars, c.panel, c.sessions)),
    Topic(("structure", "swing_"), lambda c, _: structure_facts(c.bars, c.whole.last_swings_until(len(c.bars)))),
    Topic(("structure", "reversal_"), lambda c, _: sequence_facts(c.bars, c.whole.runs)),
    Topic(("trend",), lambda c, before: trend_facts(c.bars, c.whole.trends, partial(_word_of, before))),
    Topic(("drawdown",), lambda c, _: drawdown_facts(c.bars, c.whole.trends.course)),
    Topic(("pullback",), lambda c, _: pullback_facts(c.bars, c.whole.trends.pullbacks)),
    Topic(("consolidation",), lambda c, _: consolidation_facts(c.bars, c.whole.trends.ranges, c.whole.trends.course)),
    Topic(("breakout",), lambda c, _: breakout_facts(c.bars, c.whole.trends.broken, c.whole.trends.course)),
    Topic(("candles", "day_range"), lambda c, _: candle_facts(c.bars, c.whole.candles)),
    Topic(("line_", "lines", "channel"), lambda c, _: line_facts(c.bars, c.whole.lines, c.panel, c.settings)),
    Topic(("pattern_", "patterns"), lambda c, _: pattern_facts(c.bars, c.whole.patterns, c.panel)),
    Topic(("gaps", "gap_"), lambda c, _: gap_facts(c.bars, c.whole.gaps, c.panel, c.settings)),
    Topic(("pivot_", "prior_", "this_"), lambda c, _: pivot_facts(c.bars, c.sessions, c.whole.kept)),
    Topic(LADDER_HEADS, lambda c, told: ladder_facts(c.bars, c.whole.levels, _zones_of(c), told, c.sessions)),
    Topic(("relative",), lambda c, _: relative_facts(c.bars, c.peers, c.settings)),
    Topic(("relative",), lambda c, _: relative_move_facts(c.bars, c.peers)),
    Topic(("rates",), lambda c, _: rate_facts(c.bars, c.context)),
    Topic(("implied",), lambda c, before: implied_facts(c.bars, c.context, before)),
    Topic(("breadth",), lambda c, _: breadth_facts(c.bars, c.context)),
    Topic(("credit",), lambda c, _: credit_facts(c.bars, c.context, c.settings)),
    Topic(("cot",), lambda c, _: position_facts(c.bars, c.context)),
    Topic(("timeframe",), lambda c, before: longer_frame_facts(c.context, before, c.settings)),
    Topic(("season",), lambda c, _: season_facts(c.bars, c.sessions, c.whole.kept)),
    Topic(("event",), lambda c, _: event_facts(c.bars, c.context)),
    Topic(("flip", "rsi_14", "macd", "golden_cross"), lambda c, before: (flip_facts(c.bars, c.panel, before), ())),
    Topic(("roll", "frames"), lambda c, before: frame_facts(c.bars, before, c.settings)),
)
"""All that a reading may say, in the order in which a note tells it; each with the beginnings of its names (see `Topic`)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading:
    """What the chart says on its last day, each fact with its evidence; each part is worked out when it is first asked for.

    facts: by dotted name, in the order a note tells them.
    """

    bars: Bars
    facts: Facts
    _chart: Chart
    _absent: tuple[str, ...]

    @cached_property
    def zones(self) -> tuple[Zone, ...]:
        """The ladder of levels, ascending by price."""
        return _zones_of(self._chart)

    @cached_property
    def swings(self) -> tuple[Swing, ...]:
        """The confirmed swings, oldest first."""
        return self._chart.whole.swings_until(len(self.bars))

    @cached_property
    def signs(self) -> Mapping[str, Occurrences]:
        """Every event among these bars that has become known, by kind."""
        return {kind: found.until(len(self.bars)) for kind, found in occurrences_of(self._chart.whole).items()}

    @cached_property
    def series(self) -> ChartSeries:
        """The picture, not drawn."""
        chart = self._chart
        return chart_series(self.bars, chart.panel, chart.peers, chart.whole, chart.settings)

    @cached_property
    def not_yet_known(self) -> tuple[str, ...]:
        """Whole sentences naming what the history was too short for."""
        count, wanted = len(self.bars), self._chart.settings.wanted_bars
        few = (f"A note asks for {wanted} bars of history; there {_are(count)}.",) if count < wanted else ()
        return (*self.facts.not_yet_known, *few, *self._absent)


def read(
    bars: Bars,
    *,
    peers: Mapping[str, Bars] = NO_PEERS,
    sessions: SessionTable | None = None,
    settings: Settings = USUAL,
    whole: Whole | None = None,
    context: Context = NO_CONTEXT,
) -> Reading:
    """Read the chart as of its last bar.

    bars: the whole known history, one bar or more; cut them with `bars.until(day)` to read an earlier day. peers: by symbol;
    what they hold after the last bar's date is not looked at. sessions: the table that says when a month is over; without it
    next month's pivots are left out. What needs more bars than there are is absent and named in `not_yet_known`. whole: of a
    longer series that begins with these bars, to spare the work; it changes nothing. context: yields, implied volatility, event
    days, breadth, credit and positions, of which the reading uses what the last day knew.
    """
    fits = whole is not None and whole.finer is context.finer and whole.begins_with(bars)
    known = whole if whole is not None and fits else whole_of(bars, settings, context.finer)
    seen, absent = peers_until(bars, peers)
    panel = known.panel_until(len(bars))
    chart = Chart(bars=bars, whole=known, panel=panel, peers=seen, sessions=sessions, settings=settings, context=context)
    return Reading(bars=bars, facts=Facts(chart, TOPICS), _chart=chart, _absent=absent)


def find_together(readings: Sequence[Reading]) -> None:
    """Finds all that several readings say, each part of all of them before the next part."""
    _find_zones([reading._chart for reading in readings])
    for topic in range(len(TOPICS)):
        for reading in readings:
            reading.facts.find(topic)
    for reading in readings:
        _ = reading.series


def _zones_of(chart: Chart) -> tuple[Zone, ...]:
    """The ladder, asked for by the reading and by the topic of its facts."""
    if "zones" not in chart.kept:
        _find_zones([chart])
    zones: tuple[Zone, ...] = chart.kept["zones"]
    return zones


def _find_zones(charts: Sequence[Chart]) -> None:
    days = [day_of(chart.bars, chart.whole.levels, chart.panel, chart.sessions, chart.settings) for chart in charts]
    for chart, zones in zip(charts, zones_of_each(days), strict=True):
        chart.kept["zones"] = zones


def _word_of(facts: Mapping[str, Fact], name: str) -> str:
    fact = facts.get(name)
    return "" if fact is None else str(fact.value)


def _are(count: int) -> str:
    return "is 1" if count == 1 else f"are {count}"
