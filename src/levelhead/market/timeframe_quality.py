"""What is improbable about bars of any timeframe: the checks of daily bars, as far as they mean something."""

from __future__ import annotations

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadBars
from levelhead.domain.finding import Finding
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.domain.timeframe import DAILY, timeframe_of
from levelhead.market.quality import check_bars
from levelhead.market.resampling import resample

# A week's or month's bars have no sessions to miss, and their moves and opens have other measures than those of days.
OF_LONG_BARS = frozenset({"stale_run", "no_range", "volume_unknown"})
THIN = 0.5  # of the bars that a session usually has
SHOWN = 5


def check_any_bars(bars: Bars, sessions: SessionTable | None) -> tuple[Finding, ...]:
    """The findings of `check_bars` for daily bars; of intraday bars those about the days they make, and sessions with holes."""
    frame = timeframe_of(bars.timeframe)
    if frame == DAILY:
        found = check_bars(bars, sessions)
        return _of_traded_opens(found) if any(remark.kind == "resampled" for remark in bars.remarks) else found
    if not frame.is_intraday:
        return tuple(finding for finding in check_bars(bars, None) if finding.kind in OF_LONG_BARS)
    thin = _thin_sessions(bars)
    try:
        days = resample(bars, "1d")
    except BadBars:
        return thin
    return (*_of_traded_opens(check_bars(days, sessions)), *thin)


def _of_traded_opens(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Opens out of intraday bars are traded ones, also where the market opens where it closed an hour before."""
    return tuple(finding for finding in found if finding.kind != "stale_open")


def _thin_sessions(bars: Bars) -> tuple[Finding, ...]:
    """Finished sessions that have less than half of the bars that these bars' sessions usually have."""
    days, counts = np.unique(bars.dates, return_counts=True)
    usual = int(np.median(counts))
    thin = np.flatnonzero(counts[1:-1] < THIN * usual) + 1
    if not len(thin):
        return ()
    shown = ", ".join(f"{days[i]} ({counts[i]:,})" for i in thin[:SHOWN])
    more = f" and {len(thin) - SHOWN:,} more" if len(thin) > SHOWN else ""
    text = (
        f"{bars.feed or bars.instrument.symbol}: {len(thin):,} session{'s have' if len(thin) > 1 else ' has'} less than half of "
        f"the usual {usual:,} bars: {shown}{more}. Ranges and volume of those days are incomplete; fill them from another feed."
    )
    first = as_date(days[thin[0]])
    return (Finding(kind="thin_session", severity="warning", text=text, where=bars.feed, date=first, count=len(thin)),)
