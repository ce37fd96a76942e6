"""Bars of a longer timeframe out of those of a shorter one, true to the sessions; and what is known of the longer ones when."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, Provisional, TimeArray
from levelhead.domain.errors import BadBars
from levelhead.domain.finding import Finding
from levelhead.domain.sessions import SessionTable
from levelhead.domain.timeframe import DAILY, MONTHLY, WEEKLY, Timeframe, timeframe_of
from levelhead.kernels.resampling import Columns, aggregate, last_completed, starts_of
from levelhead.market.hours import Hours, regular_hours, sessions_of, with_trade_dates, within
from levelhead.market.moments import FIRST
from levelhead.market.sessions import session_table

Unfinished = Literal["provisional", "left out"]
IntArray = NDArray[np.int64]
DateArray = NDArray[np.datetime64]
_ENOUGH_STAMPS = 8
_DAY = np.timedelta64(1, "D")


def resample(bars: Bars, timeframe: str, *, hours: Hours = "electronic", unfinished: Unfinished = "provisional") -> Bars:
    """The bars of `timeframe` that the given ones make: first open, highest high, lowest low, last close, sum of volume.

    Intraday bars start at the open of their session (18:00 New York for the CME: 4h bars at 18:00, 22:00, 02:00, ...) and
    never reach into the next; daily bars are trade dates; weeks run from Monday to Sunday, months by the calendar, and both are
    dated by their last session. Without a calendar days are days of UTC. What the history begins in the middle of is left out.
    A last bar that has not ended is `Bars.provisional`, or left out; every other bar is finished.
    A roll stays on its date. hours: the part of each session to take, of intraday bars only.

    Depends on no later bar: the finished bars of a history cut short are those of the whole.
    Raises BadBars where the bars are too long for the timeframe, or nothing is left.
    """
    wanted, given = timeframe_of(timeframe), timeframe_of(bars.timeframe)
    if not given.divides(wanted):
        raise BadBars(
            f"{_name(bars)} has {given} bars, of which {wanted} bars cannot be made; give bars that divide {wanted}, "
            f"or another --timeframe than {wanted}."
        )
    taken = with_trade_dates(within(bars, hours))
    if wanted == given:
        return taken
    if given.is_intraday and not wanted.is_intraday:
        daily = _grouped(taken, DAILY, hours, unfinished)
        return daily if wanted == DAILY else _grouped(daily, wanted, "electronic", unfinished)
    return _grouped(taken, wanted, hours, unfinished)


def longer_bars(bars: Bars) -> tuple[Bars, ...]:
    """The longer bars that a chart is looked at beside its own, completed ones only: of daily bars weekly and monthly ones, of
    weekly ones none, of intraday ones daily and weekly. What the history is too short for is left out.
    """
    given = timeframe_of(bars.timeframe)
    wanted = (DAILY, WEEKLY) if given.is_intraday else (WEEKLY, MONTHLY) if given == DAILY else ()
    found = []
    for longer in wanted:
        with suppress(BadBars):
            found.append(resample(bars, str(longer), unfinished="left out"))
    return tuple(found)


def completed_on(lower: Bars, higher: Bars) -> IntArray:
    """For each bar of `lower` the last bar of `higher` that has ended when it closes; -1 where there is none. Shape (n,).

    Both of one instrument. A provisional last bar of `higher` has not ended. `higher.close[i]` with i from here, where i >= 0,
    is a higher-timeframe value that uses completed bars only.
    """
    ends = ends_of(higher)
    finished = ends if higher.provisional is None else ends[:-1]
    return last_completed(ends_of(lower).astype(np.int64), finished.astype(np.int64))


def ends_of(bars: Bars) -> TimeArray:
    """When each bar has ended, datetime64[m] UTC, shape (n,): intraday by its length and no later than its session's close;
    longer ones with the last session of their day, week or month."""
    frame = timeframe_of(bars.timeframe)
    table = session_table(bars.instrument.calendar)
    if not frame.is_intraday:
        return _day_ends(bars.dates if frame == DAILY else _period_ends(bars, frame, table), table)
    start = bars.time.astype("datetime64[m]")
    ends: TimeArray = np.add(start, np.timedelta64(frame.minutes, "m"))
    if table is None:
        return ends
    close = table.closes[sessions_of(bars.time, table, feed=_name(bars))]
    return np.where((start < close) & (close < ends), close, ends)


def ended_days(given: Bars, made: Bars, hours: Hours = "electronic") -> DateArray:
    """The dates of `made`, resampled from `given`, on which its last bar had ended with the last bar given: ascending, each once.

    On another date the bars up to it make a last bar that is provisional, for the feed lacks its end.
    """
    longer, shorter = timeframe_of(made.timeframe), timeframe_of(given.timeframe)
    if longer == shorter:
        return np.unique(made.dates)
    if shorter.is_intraday and longer > DAILY:
        days = resample(given, "1d", hours=hours)
        whole = ended_days(given, days, hours)
        return np.intersect1d(ended_days(days, made), whole)
    taken = with_trade_dates(within(given, hours))
    dates = np.unique(made.dates)
    last = np.searchsorted(made.dates, dates, side="right") - 1
    due = ends_of(made)[last]
    if hours != "electronic":
        bell = regular_hours(dates, hours)[1].astype("datetime64[m]")
        due = np.minimum(due, bell) if longer.is_intraday else bell
    shown = ends_of(taken)[np.maximum(np.searchsorted(taken.dates, dates, side="right") - 1, 0)]
    return dates[shown >= due]


def dated_by_last_session(bars: Bars, timeframe: Timeframe) -> Bars:
    """Weekly or monthly bars of a file, which stamps them with their first day or any other, dated by their last session."""
    table = session_table(bars.instrument.calendar)
    dates = _period_ends(bars, timeframe, table)
    if len(dates) > 1 and not bool((np.diff(dates).astype(int) > 0).all()):
        i = int(np.argmin(np.diff(dates).astype(int) > 0))
        raise BadBars(
            f"{_name(bars)}: the bars of {bars.dates[i]} and {bars.dates[i + 1]} lie in one {timeframe.noun}, yet {timeframe} "
            "bars were asked for; give bars of that length, or leave --timeframe out."
        )
    return replace(bars, time=dates.astype("datetime64[us]"), timeframe=str(timeframe))


def as_its_timeframe(bars: Bars, given: Timeframe | None) -> Bars:
    """Bars as they came out of a file, with the trade dates or the dates of their timeframe.

    given: the timeframe that was asked for; where it is None, stamps that lie a week or a month apart show such bars.
    """
    shown = given or _shown(bars)
    if shown.is_intraday:
        return with_trade_dates(bars)
    return bars if shown == DAILY else dated_by_last_session(bars, shown)


def _shown(bars: Bars) -> Timeframe:
    """Weekly where no two of the first stamps, eight or more, are nearer than five days and most are seven apart; monthly alike.

    The first hundred steps decide: what comes later must not change what the bars before it are.
    """
    stated = timeframe_of(bars.timeframe)
    if stated != DAILY or len(bars) < _ENOUGH_STAMPS:
        return stated
    steps = np.diff(bars.dates[: FIRST + 1]).astype(np.int64)
    usual = float(np.median(steps))
    if steps.min() >= 5 and usual == 7:
        return WEEKLY
    return MONTHLY if steps.min() >= 26 and 28 <= usual <= 31 else DAILY


def _grouped(bars: Bars, wanted: Timeframe, hours: Hours, unfinished: Unfinished) -> Bars:
    table = session_table(bars.instrument.calendar)
    given = timeframe_of(bars.timeframe)
    keys, labels = _keys(bars, wanted, hours, table)
    starts = starts_of(keys)
    columns = Columns(bars.open, bars.high, bars.low, bars.close, bars.volume)
    made = aggregate(columns, starts, unknown_is_none=given.is_intraday)
    whole = Bars(
        instrument=bars.instrument,
        time=labels[starts].astype("datetime64[us]"),
        open=made.open,
        high=made.high,
        low=made.low,
        close=made.close,
        volume=made.volume,
        row=np.zeros(len(starts), dtype=np.int64),
        timeframe=str(wanted),
        feed=bars.feed,
        frame=bars.frame,
        left_out=bars.left_out,
        remarks=(*bars.remarks, _made_of(bars, given, wanted, hours)),
        rolls=bars.rolls,
        adjustment=bars.adjustment,
        days=bars.dates[starts] if wanted.is_intraday else None,
    )
    is_open = bars.provisional is not None or not _has_ended(bars, whole, hours)
    begun = int(_begins_late(bars, whole, hours, table))
    if is_open and wanted > DAILY:
        whole = _dated_last(whole, bars)
    return _marked(whole, bars, begun, is_open, unfinished)


def _keys(bars: Bars, wanted: Timeframe, hours: Hours, table: SessionTable | None) -> tuple[IntArray, TimeArray]:
    """A number for each row that changes where a longer bar begins, and the time that bar would carry."""
    if not wanted.is_intraday:
        dates = bars.dates if wanted == DAILY else _period_ends(bars, wanted, table)
        return dates.astype("datetime64[D]").astype(np.int64), dates
    start = bars.time.astype("datetime64[m]")
    begins = _begins(bars, hours, table)
    since = (start - begins).astype(np.int64) // wanted.minutes * wanted.minutes
    labels = begins + since.astype("timedelta64[m]")
    return labels.astype(np.int64), labels


def _begins(bars: Bars, hours: Hours, table: SessionTable | None) -> TimeArray:
    """When each row's session begins, as far as its hours are taken; without a table midnight UTC."""
    if hours != "electronic":
        return regular_hours(bars.dates, hours)[0].astype("datetime64[m]")
    if table is None:
        return bars.time.astype("datetime64[D]").astype("datetime64[m]")
    return table.opens[np.searchsorted(table.dates, bars.dates)].astype("datetime64[m]")


def _period_ends(bars: Bars, wanted: Timeframe, table: SessionTable | None) -> DateArray:
    """The last session of the week or month of each row; shape (n,)."""
    dates = bars.dates
    last = _last_day(dates, wanted)
    if table is not None:
        at = np.searchsorted(table.dates, last, side="right") - 1
        known = (dates >= table.dates[0]) & (last <= table.dates[-1] + 3 * _DAY)
        last = np.where(known, table.dates[np.maximum(at, 0)], last)
    elif not _trades_weekends(bars):
        last = np.busday_offset(last, 0, roll="backward")
    return np.maximum(last, dates)


def _last_day(dates: DateArray, wanted: Timeframe) -> DateArray:
    """The Sunday of each date's week, or the last day of its month."""
    if wanted == MONTHLY:
        following = np.add(dates.astype("datetime64[M]"), np.timedelta64(1, "M"))
        last: DateArray = np.subtract(following.astype("datetime64[D]"), _DAY)
        return last
    # 1970-01-01 was a Thursday; weeks are counted from Monday.
    to_sunday = 6 - (dates.astype(np.int64) + 3) % 7
    sunday: DateArray = np.add(dates, to_sunday.astype("timedelta64[D]"))
    return sunday


def _trades_weekends(bars: Bars) -> bool:
    return bars.instrument.kind == "coin" or not bool(np.is_busday(bars.dates).all())


def _day_ends(dates: DateArray, table: SessionTable | None) -> TimeArray:
    """The close of the session of each date; midnight UTC after it where no table knows one."""
    midnight: TimeArray = (dates + _DAY).astype("datetime64[m]")
    if table is None:
        return midnight
    at = np.minimum(np.searchsorted(table.dates, dates), len(table.dates) - 1)
    return np.where(table.dates[at] == dates, table.closes[at].astype("datetime64[m]"), midnight)


def _has_ended(bars: Bars, made: Bars, hours: Hours) -> bool:
    """Whether the last bar made has ended with the last bar given."""
    end = ends_of(made)[-1]
    if hours != "electronic":
        bell = regular_hours(made.dates[-1:], hours)[1].astype("datetime64[m]")[0]
        end = min(end, bell) if timeframe_of(made.timeframe).is_intraday else bell
    return bool(ends_of(bars)[-1] >= end)


def _begins_late(bars: Bars, made: Bars, hours: Hours, table: SessionTable | None) -> bool:
    """Whether the first bar made lacks its beginning, as far as can be told: then nobody knows its open and its range."""
    wanted, given = timeframe_of(made.timeframe), timeframe_of(bars.timeframe)
    if given.is_intraday:
        begins = made.time[:1].astype("datetime64[m]") if wanted.is_intraday else _begins(bars, hours, table)[:1]
        return bool(bars.time[0].astype("datetime64[m]") >= begins[0] + np.timedelta64(given.minutes, "m"))
    first, last = bars.dates[0], _period_ends(bars, wanted, table)[0]
    begins_on = last.astype("datetime64[M]").astype("datetime64[D]") if wanted == MONTHLY else last - (last.astype(int) + 3) % 7
    if table is not None and table.dates[0] <= begins_on and first <= table.dates[-1]:
        return bool(np.searchsorted(table.dates, first) > np.searchsorted(table.dates, begins_on))
    skipped = int(np.busday_count(begins_on, first))
    return skipped > 1  # one may have been a holiday


def _dated_last(made: Bars, bars: Bars) -> Bars:
    """The same bars, the last one dated by the last day it holds: its week or month has later ones."""
    times = made.time.copy()
    times[-1] = bars.dates[-1].astype("datetime64[us]")
    return replace(made, time=times)


def _marked(made: Bars, bars: Bars, begun: int, is_open: bool, unfinished: Unfinished) -> Bars:
    """Without the first bar where it lacks its beginning, and with the last one marked, or left out, where it has not ended."""
    stop = len(made) - int(is_open and unfinished == "left out")
    if stop <= begun:
        raise BadBars(
            f"{_name(bars)}: {len(bars):,} {bars.timeframe} bars make no whole {made.timeframe} bar; give a longer history."
        )
    names = ("time", "open", "high", "low", "close", "volume", "row")
    kept = replace(
        made,
        **{name: getattr(made, name)[begun:stop] for name in names},
        days=None if made.days is None else made.days[begun:stop],
    )
    return replace(kept, provisional=_as_it_stood(bars)) if is_open and stop == len(made) else kept


def _as_it_stood(bars: Bars) -> Provisional:
    if bars.provisional is not None:
        return bars.provisional
    at = (
        f"{str(ends_of(bars)[-1].astype('datetime64[m]')).replace('T', ' ')} UTC"
        if timeframe_of(bars.timeframe).is_intraday
        else None
    )
    return Provisional(price=bars.last, at=at, range_as_given=True)


def _made_of(bars: Bars, given: Timeframe, wanted: Timeframe, hours: Hours) -> Finding:
    cut = "" if hours == "electronic" else f", of the regular hours of New York ({hours.removeprefix('rth-') or hours})"
    text = f"{_name(bars)}: the {wanted.adjective} bars are made of its {given.adjective} bars{cut}."
    return Finding(kind="resampled", severity="remark", text=text, where=bars.feed)


def _name(bars: Bars) -> str:
    return bars.feed or bars.instrument.symbol
