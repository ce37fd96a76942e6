"""What is improbable about bars: warnings that stand beside a note, computed from the bars it is handed and no others."""

from __future__ import annotations

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.finding import Finding
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.domain.timeframe import timeframe_of
from levelhead.market.faults import frozen_bars, is_weekend, repeated_volumes, suspected_settlements, weekend_rows
from levelhead.market.finding_words import DateArray, and_more, finding_at, listed
from levelhead.market.impossible import BoolArray, number_format
from levelhead.market.splits import split_rows, suspected_splits

FAR = 12.0  # daily sigmas
YEAR = 252  # bars: sigma and the share of stale opens are taken over a year
SOME = 60  # bars before which neither says anything
STALE_RUN = 5  # equal closes in a row
STALE_OPEN = 2e-4  # of the previous close
STALE_SHARE = 0.5
LONG_BREAK = 10  # days, where no session table is known; the longest break of New York since 1962 took seven (2001)


def check_bars(bars: Bars, sessions: SessionTable | None) -> tuple[Finding, ...]:
    """What is improbable about the bars, one finding a kind, the kinds in a fixed order.

    Depends on `bars` alone: for what was known on a day hand in bars.until(day). sessions: the table of the instrument's
    calendar; None where none is known. Takes some milliseconds for 6,500 bars.

    Sigma is the root mean square of the 252 close-to-close changes before the bar (logarithms; points where a price is not
    positive). Over a quiet year that is what a trader compares with: ES 2018-02-05 moved 12.4 of them. Over 20 or 60 bars no
    move of the equity futures since 2015 reaches 12.

    Of intraday bars only their days and volume are looked at: five minutes often open where the last five closed, stand still
    at night, and leap by twenty of their sigmas at half past eight.
    """
    days = [weekend_rows(bars, sessions), _strays(bars, sessions), _gaps(bars, sessions)]
    if timeframe_of(bars.timeframe).is_intraday:
        found = [*days, _unknown_volume(bars)]
    else:
        found = [*_of_prices(bars, sessions), *days, repeated_volumes(bars), _unknown_volume(bars)]
    return tuple(finding for finding in found if finding is not None)


def _of_prices(bars: Bars, sessions: SessionTable | None) -> list[Finding | None]:
    return [
        _far_moves(bars, {row for row, _ in split_rows(bars)}),
        _far_wicks(bars),
        _stale_closes(bars),
        _stale_opens(bars),
        _no_range(bars),
        frozen_bars(bars),
        suspected_splits(bars),
        suspected_settlements(bars, sessions),
    ]


def _far_moves(bars: Bars, splits: set[int]) -> Finding | None:
    """Closes more than 12 sigmas from the close before, those of splits left to their own finding."""
    sigma = _sigma(bars)
    move = np.abs(_change(bars, bars.close))
    far = np.array([k for k in np.flatnonzero(move > FAR * sigma) if k + 1 not in splits], dtype=np.int64)
    if not len(far):
        return None
    shown = number_format(bars.instrument)
    k = int(far[0])
    words = (
        f"close {shown(bars.close[k + 1])} lies {move[k] / sigma[k]:.1f} daily sigmas from the close before, "
        f"{shown(bars.close[k])} (bound {FAR:.0f}){and_more(bars.dates[far + 1])}. Compare it with another feed"
    )
    return finding_at(bars, "far_move", k + 1, words, len(far))


def _far_wicks(bars: Bars) -> Finding | None:
    """Highs and lows more than 12 sigmas from the body of their own bar."""
    sigma = _sigma(bars)
    top, bottom = np.maximum(bars.open, bars.close), np.minimum(bars.open, bars.close)
    up, down = _distance(bars, bars.high, top)[1:], _distance(bars, bottom, bars.low)[1:]
    far = np.flatnonzero(np.maximum(up, down) > FAR * sigma)
    if not len(far):
        return None
    shown = number_format(bars.instrument)
    k = int(far[0])
    name, price, body = ("high", bars.high, top) if up[k] >= down[k] else ("low", bars.low, bottom)
    words = (
        f"{name} {shown(price[k + 1])} lies {max(up[k], down[k]) / sigma[k]:.1f} daily sigmas from the bar's body at "
        f"{shown(body[k + 1])} (bound {FAR:.0f}){and_more(bars.dates[far + 1])}. Compare it with another feed"
    )
    return finding_at(bars, "far_wick", k + 1, words, len(far))


def _stale_closes(bars: Bars) -> Finding | None:
    """Five or more equal closes in a row."""
    changed = np.flatnonzero(np.diff(bars.close) != 0) + 1
    starts, ends = np.concatenate([[0], changed]), np.concatenate([changed, [len(bars)]])
    long = np.flatnonzero(ends - starts >= STALE_RUN)
    if not len(long):
        return None
    k = int(starts[long[0]])
    words = (
        f"close {number_format(bars.instrument)(bars.close[k])} stands for {ends[long[0]] - k:,} bars in a row "
        f"({STALE_RUN} or more are stale){and_more(bars.dates[starts[long]], 'runs')}. Compare them with another feed"
    )
    return finding_at(bars, "stale_run", k, words, int(np.sum(ends[long] - starts[long])))


def _stale_opens(bars: Bars) -> Finding | None:
    """Years in which most opens are the previous close: nothing about opens and gaps can be said of them."""
    if len(bars) <= SOME:
        return None
    near = np.abs(bars.open[1:] - bars.close[:-1]) <= STALE_OPEN * np.abs(bars.close[:-1])
    year = min(YEAR, len(near))
    total = np.concatenate([[0], np.cumsum(near)])
    is_stale_year = total[year:] - total[:-year] > STALE_SHARE * year
    if not is_stale_year.any():
        return None
    edges = np.zeros(len(near) + 1, dtype=np.int64)
    np.add.at(edges, np.flatnonzero(is_stale_year), 1)
    np.add.at(edges, np.flatnonzero(is_stale_year) + year, -1)
    covered = np.cumsum(edges[:-1]) > 0
    stale = np.flatnonzero(covered & near) + 1
    spans = ", ".join(_spans(covered, bars.dates[1:]))
    words = (
        f"the open repeats the previous close within {STALE_OPEN * 1e4:.0f} bp on {len(stale):,} of {np.count_nonzero(covered):,} "
        f"bars ({spans}; more than {STALE_SHARE:.0%} of a year is stale). Trust no opens and no gaps of those years"
    )
    return finding_at(bars, "stale_open", int(stale[0]), words, len(stale))


def _no_range(bars: Bars) -> Finding | None:
    """Bars whose high is their low."""
    flat = np.flatnonzero(bars.high == bars.low)
    if not len(flat):
        return None
    k = int(flat[0])
    price = number_format(bars.instrument)(bars.high[k])
    words = f"high and low are both {price}{and_more(bars.dates[flat])}. Ranges and touches mean little there; use a fuller feed"
    return finding_at(bars, "no_range", k, words, len(flat))


def _strays(bars: Bars, sessions: SessionTable | None) -> Finding | None:
    """Bars on weekdays that are no session."""
    if sessions is None:
        return None
    dates = bars.dates
    inside = (dates >= sessions.dates[0]) & (dates <= sessions.dates[-1])
    stray = np.flatnonzero(inside & ~np.isin(dates, sessions.dates) & ~is_weekend(dates))
    if not len(stray):
        return None
    k = int(stray[0])
    words = (
        f"{sessions.calendar} has no session on this day{and_more(dates[stray])}. Take the row out, or compare with another feed"
    )
    return finding_at(bars, "stray_row", k, words, len(stray))


def _gaps(bars: Bars, sessions: SessionTable | None) -> Finding | None:
    """Sessions without a bar; without a table, breaks of more than ten days."""
    dates = bars.dates
    if sessions is None:
        before = np.flatnonzero(np.diff(dates).astype(np.int64) > LONG_BREAK)
        if not len(before):
            return None
        k = int(before[0]) + 1
        days = int((dates[k] - dates[k - 1]).astype(np.int64))
        also = and_more(dates[before + 1])
        words = f"{days:,} days without a bar before this one (bound {LONG_BREAK}){also}. Fill the gap from another feed"
        return finding_at(bars, "gap", k, words, len(before))
    expected = sessions.between(bars.first, bars.as_of)
    missing = expected[~np.isin(expected, dates)]
    if not len(missing):
        return None
    k = int(np.searchsorted(dates, missing[0]))
    verb = "session has" if len(missing) == 1 else "sessions have"
    unsure = missing[[as_date(day) in sessions.disputed for day in missing]]
    doubt = f" Whether {listed(unsure)} had a session of its own is disputed among feeds." if len(unsure) else ""
    text = (
        f"{bars.feed}: {len(missing):,} {sessions.calendar} {verb} no bar: {listed(missing)}.{doubt} "
        "Fill from another feed; averages count the bars there are."
    )
    return Finding(
        kind="gap",
        severity="remark" if len(unsure) == len(missing) else "warning",
        text=text,
        where=bars.feed,
        row=int(bars.row[k]) or None,
        date=as_date(missing[0]),
        count=len(missing),
    )


def _unknown_volume(bars: Bars) -> Finding | None:
    """Bars whose volume nobody knows."""
    unknown = np.flatnonzero(np.isnan(bars.volume))
    if not len(unknown):
        return None
    if len(unknown) == len(bars):
        text = f"{bars.feed}: volume is unknown throughout; nothing is said about it."
        return Finding(kind="volume_unknown", severity="remark", text=text, where=bars.feed, date=bars.first, count=len(bars))
    words = f"volume is zero or absent and means unknown{and_more(bars.dates[unknown])}"
    return finding_at(bars, "volume_unknown", int(unknown[0]), words, len(unknown), severity="remark")


def _change(bars: Bars, price: FloatArray) -> FloatArray:
    """Change of `price` from the close before, shape (n - 1,)."""
    if _has_logarithm(bars):
        return np.log(price[1:] / bars.close[:-1])
    return price[1:] - bars.close[:-1]


def _distance(bars: Bars, high: FloatArray, low: FloatArray) -> FloatArray:
    return np.log(high / low) if _has_logarithm(bars) else high - low


def _has_logarithm(bars: Bars) -> bool:
    return bool(bars.low.min() > 0)


def _sigma(bars: Bars) -> FloatArray:
    """Root mean square of up to 252 changes before each change, shape (n - 1,); infinite before 60, and where it is zero."""
    change = _change(bars, bars.close)
    total = np.concatenate([[0.0], np.cumsum(change**2)])
    at = np.arange(len(change))
    since = np.maximum(at - YEAR, 0)
    count = at - since
    with np.errstate(divide="ignore", invalid="ignore"):
        sigma = np.sqrt((total[at] - total[since]) / count)
    return np.where((count >= SOME) & (sigma > 0), sigma, np.inf)


def _spans(covered: BoolArray, dates: DateArray) -> list[str]:
    """'2000-01-04 to 2008-05-06' of each run of covered bars."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], covered, [False]]).astype(np.int8)))
    return [f"{dates[first]} to {dates[after - 1]}" for first, after in zip(edges[::2], edges[1::2], strict=True)]
