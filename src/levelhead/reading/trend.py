"""What trend and structure find in a whole series, together: perspective, drawdown, pullbacks, ranges, breaks, acceptance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from levelhead.domain.bars import Bars
from levelhead.kernels.reversals import Zigzag
from levelhead.reading.acceptance import Acceptances, acceptance_occurrences, acceptances_of
from levelhead.reading.average_lines import AverageLines
from levelhead.reading.breakouts import BrokenSwings, breakout_occurrences, broken_swings_of
from levelhead.reading.consolidation import Consolidations, consolidation_occurrences, consolidations_of
from levelhead.reading.drawdown import YearlyCourse, drawdown_occurrences, yearly_course_of
from levelhead.reading.facts import Findings
from levelhead.reading.occurrence import Occurrences
from levelhead.reading.panel import Panel
from levelhead.reading.perspective import Perspectives, perspective_facts, perspective_occurrences, perspectives_of, trend_fact
from levelhead.reading.pullback import Pullbacks, pullback_occurrences, pullbacks_of
from levelhead.reading.sequences import Runs


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trends:
    """Each noun of trend and structure over a whole series; row t of each from bars up to t alone."""

    course: YearlyCourse
    perspectives: Perspectives
    pullbacks: Pullbacks
    ranges: Consolidations
    broken: BrokenSwings
    accepted: Acceptances


def trends_of(bars: Bars, panel: Panel, averages: AverageLines, runs: Runs, zigzag: Zigzag | None = None) -> Trends:
    """All of the series, in the contract that its last bar is quoted in. zigzag: of the closed bars, where it is there already."""
    course = yearly_course_of(bars, panel)
    ranges = consolidations_of(course)
    return Trends(
        course=course,
        perspectives=perspectives_of(panel, averages, course, ranges),
        pullbacks=pullbacks_of(panel, averages, course, zigzag),
        ranges=ranges,
        broken=broken_swings_of(runs, course),
        accepted=acceptances_of(bars, panel),
    )


def trend_facts(bars: Bars, trends: Trends, word: Callable[[str], str]) -> Findings:
    """trend.primary, from the words of the facts before (`word` gives '' for what is not known), and trend.perspective."""
    found, missing = perspective_facts(bars, trends.perspectives)
    return trend_fact(word) | found, missing


def trend_occurrences(trends: Trends) -> tuple[Occurrences, ...]:
    """Those of every noun here."""
    return (
        *perspective_occurrences(trends.perspectives),
        *drawdown_occurrences(trends.course),
        *pullback_occurrences(trends.pullbacks),
        *consolidation_occurrences(trends.ranges),
        *breakout_occurrences(trends.broken),
        *acceptance_occurrences(trends.accepted),
    )
