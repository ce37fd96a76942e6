"""The promises of a source, as a check that every variety passes: ours and strangers'.

    from levelhead.market.conformance import check_source
    check_source(MySource(), Request(symbol="GC"), find_instrument("GC"), around)

It asks the source a dozen times; let a test point it at a server of its own, never at the network.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadSettings, LevelheadError, MissingPart, NoBars, SourceFailed
from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import as_date, as_moment
from levelhead.domain.timeframe import timeframe_of
from levelhead.market.feed_rows import PRICES
from levelhead.market.resampling import ends_of
from levelhead.market.sessions import session_table
from levelhead.market.source import Offer, Request, Source, Surroundings

NOBODY = "NOSUCHSYMBOL"
UNOFFERED = "7m"  # divides no day: no source offers it


def check_source(
    source: Source, request: Request, instrument: Instrument, around: Surroundings, *, unknown: str | None = NOBODY
) -> Bars:
    """Holds the source to every promise of the protocol; returns the bars it gave for `request`.

    request: one that the source has at least ten bars for, without first and last. around: with the key it needs.
    unknown: a symbol that the source does not have, asked to see how it says so; None where every symbol is answered (a
    server that replays one answer). Raises AssertionError that names the promise and what was found instead.
    """
    offer = _check_offer(source, request, around)
    bars = source.fetch(request, instrument, around)
    _check_bars(bars, offer, request, instrument, around)
    _check_repeats(source, bars, request, instrument, around)
    _check_part(source, bars, request, instrument, around)
    _check_the_past(source, bars, request, instrument, around)
    _check_nothing_there(source, bars, request, instrument, around)
    _check_refusals(source, offer, request, instrument, around)
    if unknown is not None:
        _check_unknown(source, offer, request, around, unknown)
    return bars


def _check_offer(source: Source, request: Request, around: Surroundings) -> Offer:
    _hold(isinstance(source, Source), "a source has the methods offer() and fetch(request, instrument, around)")
    offer = source.offer()
    _hold(isinstance(offer, Offer), f"offer() returns an Offer, not {offer!r}")
    _hold(offer == source.offer(), "offer() says the same each time; it depends on nothing")
    _hold(
        offer.name and offer.name == offer.name.strip().lower(),
        f"a source's name is its lower-case entry point, not {offer.name!r}",
    )
    _hold(offer.what.endswith("."), f"Offer.what is a sentence and ends with a full stop: {offer.what!r}")
    _hold(offer.timeframes, "Offer.timeframes names at least one timeframe")
    for timeframe in offer.timeframes:
        _hold(str(timeframe_of(timeframe)) == timeframe, f"the timeframe {timeframe!r} is written {timeframe_of(timeframe)}")
    _hold(request.timeframe in offer.timeframes, f"the request asks for {request.timeframe}, offered are {offer.timeframes}")
    if offer.needs_key:
        _hold(around.environment.get(offer.needs_key), f"hand in a key for the check: environment={{{offer.needs_key!r}: ...}}")
    return offer


def _check_bars(bars: Bars, offer: Offer, request: Request, instrument: Instrument, around: Surroundings) -> None:
    _hold(isinstance(bars, Bars), f"fetch() returns Bars, not {type(bars).__name__}")
    _hold(
        bars.instrument == instrument,
        f"the bars are of the instrument handed in, {instrument.symbol}, not {bars.instrument.symbol}",
    )
    _hold(bars.timeframe == request.timeframe, f"the bars are of {request.timeframe}, not {bars.timeframe}")
    _hold(offer.name in bars.feed, f"Bars.feed names the source {offer.name!r}: {bars.feed!r}")
    _hold(bars.frame == offer.frame or offer.frame == "as given", f"the prices are {offer.frame}, as offered, not {bars.frame}")
    for name in PRICES:
        _hold(np.isfinite(getattr(bars, name)).all(), f"every {name} is a finite number; leave rows with holes out and say so")
    _hold((bars.high >= np.maximum(bars.open, bars.close)).all(), "no high lies below open or close")
    _hold((bars.low <= np.minimum(bars.open, bars.close)).all(), "no low lies above open or close")
    _hold(not (bars.volume <= 0).any(), "an unknown volume is NaN, not 0, and none is negative")
    if request.timeframe == "1d":
        _hold((bars.time == bars.time.astype("datetime64[D]")).all(), "a daily bar's time is midnight of its trade date")
    else:
        _hold(bars.days is not None, "intraday bars know their trade dates (levelhead.market.hours.with_trade_dates)")
    _hold(_begins(bars) <= around.now, f"no bar begins after the moment handed in, {around.now}; the last is {bars.time[-1]}")
    for finding in (*bars.left_out, *bars.remarks):
        _hold(finding.text.startswith(bars.feed), f"a finding begins with the feed {bars.feed!r}: {finding.text!r}")
        _hold(finding.text.endswith("."), f"a finding is a sentence: {finding.text!r}")
    _check_flag(bars, around.now)


def _check_flag(bars: Bars, now: dt.datetime) -> None:
    if bars.timeframe == "1d" and session_table(bars.instrument.calendar) is None:
        return  # nobody but the feed knows when its day ends
    end = as_moment(ends_of(bars)[-1])
    if end > now:
        price = None if bars.provisional is None else bars.provisional.price
        _hold(price is not None, f"the last bar ends at {end}, after {now}: Bars.provisional is set while it forms")
        _hold(price == bars.last, f"Bars.provisional holds the last price, {bars.last}, not {price}")


def _check_repeats(source: Source, bars: Bars, request: Request, instrument: Instrument, around: Surroundings) -> None:
    again = source.fetch(request, instrument, around)
    _hold(again.digest() == bars.digest(), "the same request at the same moment brings the same bars")


def _check_part(source: Source, bars: Bars, request: Request, instrument: Instrument, around: Surroundings) -> None:
    """The first and the last day are both included, and change nothing about the bars between them."""
    _hold(len(np.unique(bars.dates)) >= 3, f"the check needs a request with bars of at least three dates, got {len(bars)} bars")
    days = np.unique(bars.dates)
    first, last = as_date(days[len(days) // 3]), as_date(days[2 * len(days) // 3])
    part = source.fetch(dataclasses.replace(request, first=first, last=last), instrument, around)
    _hold(
        (part.first, part.as_of) == (first, last), f"bars from {first} to {last} were asked for, {part.first} to {part.as_of} came"
    )
    inside = (bars.dates >= np.datetime64(first)) & (bars.dates <= np.datetime64(last))
    _hold(np.array_equal(part.time, bars.time[inside]), "a part of the bars has the times of the whole")
    for name in (*PRICES, "volume"):
        same = np.array_equal(getattr(part, name), getattr(bars, name)[inside], equal_nan=True)
        _hold(same, f"a part of the bars has the {name} of the whole")


def _check_the_past(source: Source, bars: Bars, request: Request, instrument: Instrument, around: Surroundings) -> None:
    """Handed an earlier moment, the source knows no bar that begins after it."""
    middle = as_moment(ends_of(bars)[len(bars) // 2])
    earlier = dataclasses.replace(around, now=middle + dt.timedelta(minutes=20))
    try:
        past = source.fetch(request, instrument, earlier)
    except LevelheadError:
        return  # a feed may not reach so far back from an earlier moment
    _hold(_begins(past) <= earlier.now, f"no bar begins after the moment handed in, {earlier.now}; the last is {past.time[-1]}")
    _check_flag(past, earlier.now)


def _check_nothing_there(source: Source, bars: Bars, request: Request, instrument: Instrument, around: Surroundings) -> None:
    long_ago = bars.first - dt.timedelta(days=3)
    before = dataclasses.replace(request, first=long_ago - dt.timedelta(days=1), last=long_ago)
    try:
        found = source.fetch(before, instrument, around)
    except NoBars as error:
        _hold(source.offer().name in str(error), f"an error names the source: {error}")
    except LevelheadError as error:
        raise AssertionError(f"where there are no bars, NoBars is raised, not {type(error).__name__}: {error}") from error
    else:
        _hold(found.as_of <= long_ago, f"bars up to {long_ago} were asked for, {found.first} to {found.as_of} came")


def _check_refusals(source: Source, offer: Offer, request: Request, instrument: Instrument, around: Surroundings) -> None:
    try:
        source.fetch(dataclasses.replace(request, timeframe=UNOFFERED), instrument, around)
    except BadSettings:
        pass
    else:
        raise AssertionError(f"a timeframe that is not offered ({UNOFFERED}) raises BadSettings (source.check_offered does)")
    if not offer.needs_key:
        return
    try:
        source.fetch(request, instrument, dataclasses.replace(around, environment={}))
    except BadSettings as error:
        _hold(offer.needs_key in str(error), f"the error names the variable {offer.needs_key}: {error}")
    else:
        raise AssertionError(
            f"without {offer.needs_key} in around.environment BadSettings is raised; a source reads no environment"
        )


def _check_unknown(source: Source, offer: Offer, request: Request, around: Surroundings, symbol: str) -> None:
    try:
        source.fetch(dataclasses.replace(request, symbol=symbol), Instrument.unknown(symbol), around)
    except (SourceFailed, BadSettings) as error:
        _hold(offer.name in str(error), f"an error names the source: {error}")
    except MissingPart:
        raise
    else:
        raise AssertionError(f"a symbol that the source does not have ({symbol}) raises NoBars")


def _begins(bars: Bars) -> dt.datetime:
    """When the last bar began: of a daily one the opening of its session."""
    table, start = session_table(bars.instrument.calendar), bars.time[-1]
    if bars.timeframe == "1d" and table is not None and table.is_session(bars.as_of):
        start = table.opens[np.searchsorted(table.dates, np.datetime64(bars.as_of))]
    return as_moment(start)


def _hold(is_held: object, promise: str) -> None:
    """Unlike an assert statement this stands in optimised Python, too."""
    if not is_held:
        raise AssertionError(promise)
