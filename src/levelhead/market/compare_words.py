"""What a comparison of two feeds found, one sentence a kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.finding import Finding, Severity
from levelhead.domain.sessions import SessionTable
from levelhead.market.alignment import Segment
from levelhead.market.compare import AWAY, LOOK_AHEAD, Comparison, Difference
from levelhead.market.expiries import expiries
from levelhead.market.finding_words import listed

MOST_LEVELS = 6  # segments that are listed one by one


def comparison_findings(ours: Bars, theirs: Bars, comparison: Comparison, sessions: SessionTable | None) -> tuple[Finding, ...]:
    """What the comparison found, a finding for each kind of difference, in a fixed order; none where the feeds agree."""
    found = [
        _settled(ours, theirs, comparison),
        _rolled(ours, theirs, comparison),
        _closed(ours, theirs, comparison),
        _other(ours, theirs, comparison),
        _extra(ours, theirs, comparison, sessions),
        _missing(ours, theirs, comparison, sessions),
        _framed(ours, theirs, comparison, sessions),
    ]
    return tuple(finding for finding in found if finding is not None)


def _settled(ours: Bars, theirs: Bars, comparison: Comparison) -> Finding | None:
    days, known = comparison.days("expiry settlement"), comparison.settlements
    if not days or known is None:
        return None
    feed = {"ours": "this feed", "theirs": theirs.feed, None: "one of the two feeds"}[known.whose]
    words = (
        f"{feed} prints the special opening settlement as the close of {len(days):,} of {known.expiries:,} quarterly expiries "
        f"({_dates(days)}): after the ratio of the day before, the closes are apart by a median of {known.median_bp:.0f} bp, at "
        f"most {known.worst_bp:.0f} bp on {known.worst_on}, with a false return on the next day"
    )
    return _finding(ours, "expiry_settlement", words, days, row=days[0].row)


def _rolled(ours: Bars, theirs: Bars, comparison: Comparison) -> Finding | None:
    days = comparison.days("roll window")
    if not days:
        return None
    kind, how = {
        "ours": ("late_roll", f"this feed rolls later than {theirs.feed}"),
        "theirs": ("early_roll", f"this feed rolls earlier than {theirs.feed}"),
        None: ("roll_window", f"this feed and {theirs.feed} roll on different days"),
    }[comparison.later]
    widest = max(days, key=lambda day: abs(day.points))
    words = (
        f"{how}: on {_of_days(len(days))} the bars are of different contracts ({_dates(days)}), {abs(widest.points):,.2f} points "
        f"apart at most, on {widest.date}"
    )
    return _finding(ours, kind, words, days, row=days[0].row)


def _closed(ours: Bars, theirs: Bars, comparison: Comparison) -> Finding | None:
    days = comparison.days("close only")
    if not days:
        return None
    widest = max(days, key=lambda day: abs(day.points))
    words = (
        f"on {len(days):,} of {len(comparison.alignment.dates):,} days only the close differs from {theirs.feed} ({_dates(days)}), "
        f"by a median of {np.median([abs(day.bp) for day in days]):.1f} bp, most on {widest.date} by {abs(widest.points):,.2f} "
        "points: one feed closes at the settlement, or at another hour"
    )
    return _finding(ours, "other_close", words, days, row=days[0].row)


def _other(ours: Bars, theirs: Bars, comparison: Comparison) -> Finding | None:
    days = comparison.days("other")
    if not days:
        return None
    widest = max(days, key=lambda day: abs(day.column_points))
    words = (
        f"{_of_days(len(days))} {'differs' if len(days) == 1 else 'differ'} from {theirs.feed} for no reason known "
        f"({_dates(days)}), most on {widest.date}, the {widest.column} by {abs(widest.column_points):,.2f} points. Which feed is "
        "right only a third can say"
    )
    return _finding(ours, "feed_difference", words, days, row=days[0].row)


def _extra(ours: Bars, theirs: Bars, comparison: Comparison, sessions: SessionTable | None) -> Finding | None:
    if not comparison.only_ours:
        return None
    words = f"{_count(comparison.only_ours)} that {theirs.feed} has not: {_traded(comparison.only_ours, sessions)}"
    row = int(ours.row[np.searchsorted(ours.dates, np.datetime64(comparison.only_ours[0]))])
    return _about(ours, "extra_row", words, comparison.only_ours, row=row)


def _missing(ours: Bars, theirs: Bars, comparison: Comparison, sessions: SessionTable | None) -> Finding | None:
    if not comparison.only_theirs:
        return None
    words = f"{_count(comparison.only_theirs)} missing that {theirs.feed} has: {_traded(comparison.only_theirs, sessions)}"
    return _about(ours, "missing_row", words, comparison.only_theirs)


def _framed(ours: Bars, theirs: Bars, comparison: Comparison, sessions: SessionTable | None) -> Finding | None:
    """How the feeds stand to each other where that is not the same price: a remark, since either frame may be wanted."""
    alignment = comparison.alignment
    if alignment.is_plain:
        return None
    segments = comparison.segments
    ratio = alignment.relation == "ratio"
    kind = "ratio" if ratio else "difference"
    if alignment.relation == "both":
        who = f"one of this feed and {theirs.feed} is adjusted by ratio, the other by difference"
    elif comparison.adjusted is not None:
        feed, other = ("this feed", theirs.feed) if comparison.adjusted == "ours" else (theirs.feed, "this feed")
        who = f"{feed} is a {kind}-adjusted series of what {other} gives"
    elif len(segments) == 1:
        who = f"they stand apart by a constant {alignment.relation}, as a {kind}-adjusted series to the prices traded"
    else:
        who = f"one of this feed and {theirs.feed} is a {kind}-adjusted series of the other"
    away = _away_from_expiries(ours, comparison, sessions)
    strange = f"; {len(away):,} of the steps lie near no expiry ({listed(np.array(away, dtype='datetime64[D]'))})" if away else ""
    words = f"the feeds are in different frames: {who}. {_levels(comparison, theirs.feed)}{strange}"
    return _about(ours, "other_frame", words, (comparison.first,), severity="remark", count=len(segments))


def _levels(comparison: Comparison, feed: str) -> str:
    """What is done to the other feed's prices on the first days, and after each roll up to MOST_LEVELS."""
    relation, segments = comparison.alignment.relation, comparison.segments

    def size(each: Segment) -> str:
        factor, points = f"times {each.factor:.5f}", f"{round(each.offset, 2) + 0.0:+,.2f} points"
        return {"offset": points, "ratio": factor, "both": f"{factor} and {points}"}[relation]

    said = [size(segments[0]), *(f"{size(each)} from {each.first}" for each in segments[1:])]
    if len(said) > MOST_LEVELS:
        said = [*said[:1], f"... ({len(said):,} segments)", *said[-1:]]
    return f"{feed} {', '.join(said)}"


def _away_from_expiries(ours: Bars, comparison: Comparison, sessions: SessionTable | None) -> list[dt.date]:
    """The segments that begin farther from an expiry than feeds roll; none where nothing expires."""
    starts = [each.first for each in comparison.segments[1:]]
    if not starts:
        return []
    days = expiries(ours.instrument, starts[0] - LOOK_AHEAD, starts[-1] + LOOK_AHEAD, sessions)
    if not len(days):
        return []
    nearest = [np.abs(np.busday_count(start, days)).min() for start in starts]
    return [start for start, away in zip(starts, nearest, strict=True) if away > AWAY]


def _traded(days: Sequence[dt.date], sessions: SessionTable | None) -> str:
    shown = listed(np.array(days, dtype="datetime64[D]"))
    if sessions is None:
        return shown
    strays = [day for day in days if sessions.covers(day) and not sessions.is_session(day)]
    return f"{shown} ({len(strays):,} of them no session of {sessions.calendar})" if strays else shown


def _count(days: Sequence[dt.date]) -> str:
    return "1 row" if len(days) == 1 else f"{len(days):,} rows"


def _of_days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def _dates(days: Sequence[Difference]) -> str:
    return listed(np.array([day.date for day in days], dtype="datetime64[D]"))


def _finding(ours: Bars, kind: str, words: str, days: Sequence[Difference], *, row: int) -> Finding:
    return _about(ours, kind, words, [day.date for day in days], row=row)


def _about(
    ours: Bars,
    kind: str,
    words: str,
    days: Sequence[dt.date],
    *,
    row: int | None = None,
    severity: Severity = "warning",
    count: int | None = None,
) -> Finding:
    return Finding(
        kind=kind,
        severity=severity,
        text=f"{ours.feed}: {words}.",
        where=ours.feed,
        row=row or None,
        date=days[0],
        count=len(days) if count is None else count,
    )
