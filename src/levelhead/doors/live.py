"""Bars without a file: the archive first, then the source; offline the archive again, and how old it is."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadSettings, MissingPart, NoBars, SourceFailed
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.doors import clock, progress
from levelhead.doors.home import archive as users_archive

if TYPE_CHECKING:
    from levelhead.market.archive import Appended, Archive

Descriptions = Mapping[str, Mapping[str, object]]
OVERLAP = 10  # closed bars that are asked for again, so that revisions are seen
UNANSWERED = (SourceFailed, MissingPart, BadSettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a source gave, and what the archive made of it."""

    bars: Bars
    source: str
    appended: Appended


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the archive holds of an instrument from one source, and when it was fetched last."""

    bars: Bars
    source: str
    fetched_at: dt.datetime


def live_bars(
    symbol: str,
    *,
    source: str | None = None,
    timeframe: str = "1d",
    as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
    forming: bool = False,
    described: Descriptions | None = None,
) -> Bars:
    """The bars of `symbol` up to its last completed session, or at least up to `as_of`.

    From the archive where it reaches that day; else from the source, whose answer is kept; where that does not answer, from the
    archive with a remark that says how old it is. known_at: from the archive alone, as it stood at that moment. forming: the bar
    of the running session is wanted, so the source is asked anyway. A source that is not live (files) is read each time and
    nothing is kept. Raises SourceFailed where there are no bars either way.
    """
    from levelhead.market.instruments import find_instrument
    from levelhead.market.registry import default_source
    from levelhead.market.registry import source as source_of

    instrument = find_instrument(symbol, extra=described)
    name = source.strip().lower() if source else default_source(instrument, extra=described)
    if known_at is None and not source_of(name).offer().live:
        return asked(name, instrument, timeframe=timeframe, described=described)
    archive = users_archive()
    names = [name] if source else list(dict.fromkeys([name, *archive.sources(instrument.symbol, timeframe)]))
    every = [kept for each in names if (kept := kept_from(archive, each, instrument, timeframe, known_at))]
    if known_at is not None:
        if every:
            return every[0].bars
        raise NoBars(_unknown_then(instrument.symbol, names, known_at))
    moment = clock.now()
    fresh = next((kept.bars for kept in every if is_fresh(kept.bars, moment, as_of)), None)
    if fresh is not None and not (forming and as_of is None):
        return fresh
    own = next((kept for kept in every if kept.source == name), None)
    try:
        progress.step(f"asking {name} for {instrument.symbol}")
        fetch(archive, name, instrument, timeframe=timeframe, first=since(own), described=described)
    except UNANSWERED as error:
        if not every:
            raise SourceFailed(_both_ways_out(instrument.symbol, error)) from None
        return _aged(max(every, key=lambda kept: kept.bars.as_of), str(error), moment)
    return _behind(archive.read(name, instrument.symbol, timeframe, instrument=instrument), name, moment, as_of)


def fetch(
    archive: Archive,
    source: str,
    instrument: Instrument,
    *,
    timeframe: str = "1d",
    first: dt.date | None = None,
    last: dt.date | None = None,
    described: Descriptions | None = None,
) -> Fetched:
    """Asks the source and keeps its answer, whole or not at all."""
    bars = asked(source, instrument, timeframe=timeframe, first=first, last=last, described=described)
    appended = archive.append(bars, source=source, fetched_at=clock.now())
    return Fetched(bars=bars, source=source, appended=appended)


def asked(
    source: str,
    instrument: Instrument,
    *,
    timeframe: str = "1d",
    first: dt.date | None = None,
    last: dt.date | None = None,
    described: Descriptions | None = None,
) -> Bars:
    """What the source answers now. Raises SourceFailed, NoBars, BadSettings or MissingPart, each with the way out."""
    from levelhead.market.registry import source as source_of
    from levelhead.market.source import Request, Surroundings

    around = Surroundings(now=clock.now(), environment=dict(os.environ), instruments=described or {})
    request = Request(symbol=instrument.symbol, timeframe=timeframe, first=first, last=last)
    return source_of(source).fetch(request, instrument, around)


def kept_from(
    archive: Archive, source: str, instrument: Instrument, timeframe: str, known_at: dt.datetime | None = None
) -> Kept | None:
    """What is kept from that source, or was at `known_at`; None where nothing is. Raises BadArchive where it is damaged."""
    try:
        bars = archive.read(source, instrument.symbol, timeframe, known_at=known_at, instrument=instrument)
    except NoBars:
        return None
    return Kept(bars=bars, source=source, fetched_at=archive.fetches(source, instrument.symbol, timeframe)[-1])


def since(kept: Kept | None) -> dt.date | None:
    """The first day to ask for again: some bars back, or the oldest that was never seen closed; None where nothing is kept."""
    if kept is None:
        return None
    dates = kept.bars.dates
    back = as_date(dates[max(0, len(dates) - 1 - OVERLAP)])
    return min([back, *(f.date for f in kept.bars.left_out if f.kind == "never_closed" and f.date)])


def is_fresh(bars: Bars, moment: dt.datetime, as_of: dt.date | None = None) -> bool:
    """Whether nothing that has closed by `moment`, or by `as_of`, is missing at the end."""
    from levelhead.market.sessions import session_table

    if bars.provisional is not None and (as_of is None or as_of >= bars.as_of):
        return False
    table = session_table(bars.instrument.calendar)
    if bars.days is not None and table is not None and _is_open(table, moment):
        return False
    last = last_completed(bars.instrument, table, moment)
    return bars.as_of >= (last if as_of is None else min(as_of, last)) or not _between(bars, as_of, last, table)


def last_completed(instrument: Instrument, table: SessionTable | None, moment: dt.datetime) -> dt.date:
    """The last session that had ended by `moment`; without a table the last weekday before that day in UTC (of coins: day)."""
    if table is not None and table.covers(moment.date()):
        ended = np.searchsorted(table.closes, np.datetime64(moment.astimezone(dt.UTC).replace(tzinfo=None), "m"), side="right")
        if ended:
            return as_date(table.dates[ended - 1])
    day = np.datetime64(moment.astimezone(dt.UTC).date()) - 1
    return as_date(day if instrument.kind == "coin" else np.busday_offset(day, 0, roll="backward"))


def _is_open(table: SessionTable, moment: dt.datetime) -> bool:
    now = np.datetime64(moment.astimezone(dt.UTC).replace(tzinfo=None), "m")
    return bool(((table.opens <= now) & (now < table.closes)).any())


def _between(bars: Bars, as_of: dt.date | None, last: dt.date, table: SessionTable | None) -> bool:
    """Whether a session lies after the last bar and not after the day that is needed."""
    first, until = bars.as_of + dt.timedelta(days=1), last if as_of is None else min(as_of, last)
    if table is not None and table.covers(first) and table.covers(until):
        return len(table.between(first, until)) > 0
    return bool(np.busday_count(first, until + dt.timedelta(days=1)) > 0) or bars.instrument.kind == "coin"


def _aged(kept: Kept, reason: str, moment: dt.datetime) -> Bars:
    """The kept bars with a remark on their age, said aloud too."""
    symbol, bars = kept.bars.instrument.symbol, kept.bars
    age = moment - kept.fetched_at
    asked = f"{age.days} days" if age.days > 1 else f"{age.total_seconds() / 3600:.0f} hours"
    old = (moment.date() - bars.as_of).days
    text = (
        f"{symbol} comes from the archive, whose last bar is {bars.as_of}, {old} day{'' if old == 1 else 's'} old "
        f"({kept.source}, asked last at {kept.fetched_at:%Y-%m-%d %H:%M} UTC, {asked} ago). No newer bars could be had: {reason}"
    )
    progress.say(text)
    said = Finding(kind="archive_age", severity="remark", text=text, where=bars.feed, date=bars.as_of)
    return replace(bars, remarks=(*bars.remarks, said))


def _behind(bars: Bars, source: str, moment: dt.datetime, as_of: dt.date | None) -> Bars:
    """The bars with a remark where the source answered and does not have the last session yet."""
    if bars.provisional is not None or is_fresh(bars, moment, as_of):
        return bars
    symbol = bars.instrument.symbol
    text = f"{source} has no bar of {symbol} after {bars.as_of} yet, though a later session has ended; ask again in a while."
    progress.say(text)
    said = Finding(kind="source_behind", severity="remark", text=text, where=bars.feed, date=bars.as_of)
    return replace(bars, remarks=(*bars.remarks, said))


def _both_ways_out(symbol: str, error: Exception) -> str:
    return (
        f"There are no bars of {symbol}: the archive holds none, and no source gave any ({str(error).rstrip('.')}). Give a file "
        f"with --bars FILE, or try `levelhead data fetch {symbol}`, with --source NAME for another source."
    )


def _unknown_then(symbol: str, sources: list[str], known_at: dt.datetime) -> str:
    return (
        f"The archive knew nothing of {symbol} from {' or '.join(sources)} at {known_at:%Y-%m-%d %H:%M} UTC; "
        f"`levelhead data list` says since when it knows what."
    )
