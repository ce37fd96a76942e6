"""Markets that trend, fall and stand still, and what trend and structure say of them."""

from __future__ import annotations

import numpy as np
from made_charts import chart

from levelhead.reading.acceptance import acceptance_facts
from levelhead.reading.average_lines import average_lines_of
from levelhead.reading.breakouts import breakout_facts
from levelhead.reading.consolidation import consolidation_facts
from levelhead.reading.drawdown import drawdown_facts
from levelhead.reading.panel import panel_of
from levelhead.reading.pullback import pullback_facts
from levelhead.reading.sequences import runs_of
from levelhead.reading.settings import Settings
from levelhead.reading.trend import trend_facts, trends_of

NOUNS = ("trend", "drawdown", "pullback", "consolidation", "breakout")


def no_words(_):
    return ""


def found_in(bars):
    panel = panel_of(bars)
    return trends_of(bars, panel, average_lines_of(bars, panel, Settings()), runs_of(bars))


def facts_of(bars, trends=None):
    trends = trends or found_in(bars)
    said = {}
    for topic, _ in (
        trend_facts(bars, trends, no_words),
        drawdown_facts(bars, trends.course),
        pullback_facts(bars, trends.pullbacks),
        consolidation_facts(bars, trends.ranges, trends.course),
        breakout_facts(bars, trends.broken, trends.course),
        acceptance_facts(bars, trends.accepted),
    ):
        said |= topic
    return said


def path(*turns, step=2.0, reach=1.0, first="2020-01-01"):
    """Daily bars that run from turn to turn by `step` points a bar, and reach so far beyond each close."""
    steps = [float(turns[0])]
    for turn in turns[1:]:
        bars = max(round(abs(turn - steps[-1]) / step), 1)
        steps += np.linspace(steps[-1], turn, bars + 1)[1:].tolist()
    close = np.array(steps)
    return chart(close + reach, close - reach, close, np.r_[close[0], close[:-1]], first=first)


RISING = np.linspace(1000, 1500, 251).tolist()
"""250 bars up by two points each; a bar's true range is 3 points (from the close before it to its high)."""


def rising(*turns):
    return path(*RISING, *turns)
