"""Every kind of event that the reading finds, over a whole series: what evidence is gathered from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from levelhead.reading.activity_lines import activity_occurrences
from levelhead.reading.average_lines import average_occurrences
from levelhead.reading.candles import candle_occurrences
from levelhead.reading.crosses import cross_occurrences
from levelhead.reading.gaps import gap_occurrences
from levelhead.reading.line_crosses import line_cross_occurrences
from levelhead.reading.lines import line_occurrences
from levelhead.reading.momentum_lines import momentum_occurrences
from levelhead.reading.occurrence import Occurrences
from levelhead.reading.patterns import pattern_occurrences
from levelhead.reading.sequences import reversal_occurrences, sequence_occurrences
from levelhead.reading.structure import swing_occurrences
from levelhead.reading.trend import trend_occurrences
from levelhead.reading.whole import Whole


def occurrences_of(whole: Whole) -> Mapping[str, Occurrences]:
    """All occurrences by kind, in the order of the nouns; a kind that never occurred is there and empty."""
    return {found.kind: found for noun in _nouns(whole) for found in noun}


def _nouns(whole: Whole) -> Iterable[Iterable[Occurrences]]:
    """One line a noun."""
    closed = len(whole.bars) if whole.bars.provisional is None else len(whole.bars) - 1
    return (
        candle_occurrences(whole.candles),
        line_occurrences(whole.lines),
        pattern_occurrences(whole.patterns),
        gap_occurrences(whole.gaps, closed),
        swing_occurrences(whole.swings),
        reversal_occurrences(whole.runs),
        sequence_occurrences(whole.runs),
        trend_occurrences(whole.trends),
        cross_occurrences(whole.panel, closed),
        line_cross_occurrences(whole.panel, closed),
        average_occurrences(whole.averages),
        momentum_occurrences(whole.panel, whole.momentum),
        activity_occurrences(whole.activity),
    )
