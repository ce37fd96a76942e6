"""Golden and death cross: which was last, how far apart the averages are, and when they meet if the price stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact, fact_of
from levelhead.domain.sessions import SessionTable
from levelhead.kernels.crosses import sessions_to_cross
from levelhead.reading.facts import Findings, day, number, word
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.panel import Panel

NEAR = 12
"""Sessions within which a cross that would come with the price standing still is near."""
SHORT, LONG = 50, 200
_CROSSES = {1: "golden cross", -1: "death cross"}


def cross_facts(bars: Bars, panel: Panel, sessions: SessionTable | None) -> Findings:
    """Cross (the last one, with its date), cross.gap, cross.gap_atr, cross.next: 'golden cross near', 'golden cross ahead', 'none'.

    cross.sessions: after how many sessions the two averages change places if the price stands still, where they would;
    cross.on: the date of that session, where bars are daily and the session table reaches so far.
    """
    if len(bars) < LONG:
        return {}, ()
    side = int(panel.golden_crossing.side[-1])
    yard = float(panel.atr[-1])
    gap = float(panel.averages[SHORT][-1] - panel.averages[LONG][-1])
    facts: dict[str, Fact] = {
        "cross.gap": number(gap, "points", "50-day average less 200-day average", "sma_50 - sma_200"),
    }
    if yard > 0:
        facts["cross.gap_atr"] = number(gap / yard, "ATR", "50-day average less 200-day average", "(sma_50 - sma_200) / atr_14")
    seen = panel.golden_crossing.last
    if seen is not None:
        facts["cross"] = word(
            _CROSSES[int(panel.golden_crossing.held[-1])],
            "the last cross of the 50- and 200-day averages, and the bar that made it",
            "golden when the 50-day crossed above the 200-day, death when below.",
            date=day(bars, seen),
        )
    return facts | _next(bars, side, sessions), ()


def cross_occurrences(panel: Panel, closed: int) -> tuple[Occurrences, ...]:
    """'cross.golden', bullish, and 'cross.death', bearish."""
    crossing = panel.golden_crossing
    rows = [int(row) for row in sorted(set(crossing.cross[:closed].tolist())) if row >= 0]
    return tuple(
        occurrences(name, _rows([row for row in rows if crossing.held[row] == side]), side)
        for name, side in (("cross.golden", 1), ("cross.death", -1))
    )


def _next(bars: Bars, side: int, sessions: SessionTable | None) -> dict[str, Fact]:
    count = sessions_to_cross(bars.close, SHORT, LONG) if side else None
    meaning = "the next cross of the 50- and 200-day averages if the price stands still"
    rule = f"Near within {NEAR} sessions, ahead within {LONG}, none where they would not change places."
    if count is None:
        return {"cross.next": word("none", meaning, rule)}
    found = {
        "cross.next": word(f"{_CROSSES[-side]} {'near' if count <= NEAR else 'ahead'}", meaning, rule),
        "cross.sessions": number(
            count,
            "sessions",
            "until the 50- and 200-day averages change places if the price stands still",
            "sessions",
            inputs={"sessions": float(count)},
        ),
    }
    on = _session_after(bars, count, sessions)
    if on is not None:
        found["cross.on"] = fact_of(
            value=on.isoformat(),
            unit="date",
            meaning="the session on which the 50- and 200-day averages change places if the price stands still",
            formula="The session that lies cross.sessions after the last bar's.",
        )
    return found


def _session_after(bars: Bars, count: int, sessions: SessionTable | None) -> dt.date | None:
    if sessions is None or bars.timeframe != "1d" or not sessions.covers(bars.as_of):
        return None
    return sessions.ahead(bars.as_of, count)


def _rows(rows: Sequence[int]) -> NDArray[np.int64]:
    return np.array(rows, dtype=np.int64)
