"""What a note is made from: bars up to a day, the peers', the session table, and what was found about them on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadDate, BadSettings
from levelhead.domain.finding import Finding, Severity
from levelhead.domain.instrument import Instrument
from levelhead.domain.roll import Adjustment
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.domain.taken import taken_at
from levelhead.doors.rolling import adjusted
from levelhead.doors.shape import AS_THEY_ARE, Shape, shaped

Descriptions = Mapping[str, Mapping[str, object]]
FAR_SHARE = 0.15
FAR_RANGES = 12
YARDSTICK = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything compose_note is handed, as it stood on the evening of `bars.as_of`.

    finer: shorter bars of the same days, as far as the bars' last finished one. findings: about the bars and the peers', for the
    note's provenance. said: sentences for the person who asked.
    """

    bars: Bars
    peers: Mapping[str, Bars]
    sessions: SessionTable | None
    finer: Bars | None = None
    findings: tuple[Finding, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The last trade of a bar that is not closed yet: its price, when it was taken ('10:30 New York', with its zone), and the
    bar's range until then.
    """

    price: float
    at: str | None = None
    high: float | None = None
    low: float | None = None


def load(
    symbol: str,
    *,
    file: Path | None,
    source: str | None,
    described: Descriptions | None = None,
    quarantine: bool = False,
    as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
    forming: bool = False,
    shape: Shape = AS_THEY_ARE,
) -> Bars:
    """The bars of `symbol`, not shaped yet: from a file, from the sample, or without a file from the archive and its source.

    as_of: a day that is enough for the bars to reach; known_at: as the archive stood at that moment; forming: the bar of the
    running session is wanted too; shape: the zone of a file's stamps, and the timeframe to fetch. Raises BadSettings where two
    places are named, UnreadableFile or BadBars where the file cannot be, SourceFailed where no source gave any bars.
    """
    from levelhead.market.files import read_bars
    from levelhead.market.instruments import find_instrument
    from levelhead.market.sample import sample_bars

    if file is not None and source not in (None, "files"):
        raise BadSettings(f"{symbol}: both --bars {file} and --source {source} say where its bars are; leave one of them out.")
    if known_at is not None and (file is not None or source == "sample"):
        raise BadSettings(f"{symbol}: --known-at reads the archive as it stood then; a file or the sample has one state only.")
    if file is not None:
        return read_bars(file, find_instrument(symbol, extra=described), quarantine=quarantine, zone=shape.zone)
    if source == "sample":
        return sample_bars(symbol)
    from levelhead.doors.live import live_bars

    return live_bars(
        symbol,
        source=source,
        timeframe=shape.to_fetch,
        as_of=as_of,
        known_at=known_at,
        forming=forming,
        described=described,
    )


def finer_bars(file: Path, instrument: Instrument, shape: Shape, *, quarantine: bool = False) -> Bars:
    """The shorter bars of a file with their trade dates; shape: the zone of its stamps. Raises UnreadableFile or BadBars."""
    from levelhead.market.files import read_bars
    from levelhead.market.hours import with_trade_dates

    return with_trade_dates(read_bars(file, instrument, quarantine=quarantine, zone=shape.zone))


def gather(
    bars: Bars,
    peers: Iterable[Bars] = (),
    *,
    as_of: dt.date | None = None,
    quote: Quote | None = None,
    adjust: Adjustment = "none",
    shape: Shape = AS_THEY_ARE,
    finer: Bars | None = None,
    find_rolls: bool = True,
    described: Descriptions | None = None,
) -> Material:
    """The material of the note of `as_of`, or of the last bar, in the timeframe that `shape` asks for.

    Bars are cut first and shaped then, so that a week under way on that day is provisional. Only bars up to that day are looked
    at, the peers' and the findings about them too. find_rolls: a future that names no rolls has them estimated from a peer on the
    same thing, or is told what the calendar says of them. described: the user's own instruments. adjust: the frame of a future
    whose rolls are known, moved to that day's own contract. finer: shorter bars of the same days. Raises BadDate where the bars do
    not reach that day or begin after it, BadPrice where the quote contradicts itself, BadSettings where there is no roll to adjust,
    BadBars where the bars cannot be shaped so or the finer ones are not theirs.
    """
    from levelhead.market.finer import finer_for
    from levelhead.market.sessions import session_table
    from levelhead.market.timeframe_quality import check_any_bars

    sessions = session_table(bars.instrument.calendar)
    seen, said = seen_on(bars, as_of)
    closed = seen
    if quote is not None:
        if quote.at is not None:
            taken_at(quote.at, seen.as_of, sessions)
        seen = seen.with_last(quote.price, at=quote.at, high=quote.high, low=quote.low)
        # what is estimated from this bar's close is not known while it is open
        seen = replace(seen, rolls=tuple(roll for roll in seen.rolls if not roll.estimated or roll.seen < seen.as_of))
    findings = [*check_any_bars(seen, sessions), *_far_quote(closed, quote)]
    known: dict[str, Bars] = {}
    cuts: list[Bars] = []
    for peer in peers:
        if peer.instrument.symbol in known:
            raise BadSettings(f"The peer {peer.instrument.symbol} is given twice; name each once.")
        if peer.first > seen.as_of:
            # told to the person alone: the note of that day knows of no later bar
            said += (f"{peer.instrument.symbol} begins on {peer.first}, after the note's day {seen.as_of}; it is left out.",)
            continue
        cut, about = _peer(peer, seen)
        cuts.append(cut)
        findings += about
        known[cut.instrument.symbol] = shaped(cut, shape)
        findings += check_any_bars(cut, session_table(cut.instrument.calendar))
    if find_rolls:
        seen, told = _with_rolls(seen, closed, cuts, sessions, described)
        findings += told
    made = shaped(adjusted(seen, adjust), shape)
    beneath, about_finer = (None, ()) if finer is None else finer_for(finer, made, shape.hours)
    findings += () if beneath is None else (*beneath.remarks, *beneath.left_out)
    return Material(
        bars=made,
        peers=known,
        sessions=sessions,
        finer=beneath,
        findings=tuple(findings),
        said=(*said, *about_finer),
    )


def _with_rolls(
    seen: Bars, closed: Bars, peers: list[Bars], sessions: SessionTable | None, described: Descriptions | None
) -> tuple[Bars, tuple[Finding, ...]]:
    """The bars with the rolls that the closes before an open bar show: how that bar ends is not known yet."""
    from levelhead.market.roll_knowledge import with_known_rolls

    if seen.provisional is None:
        return with_known_rolls(seen, peers, sessions, described=described)
    if closed.first == closed.as_of:
        return seen, ()
    before = closed.until(as_date(closed.dates[closed.dates < np.datetime64(closed.as_of)][-1]))
    known, told = with_known_rolls(
        before, [peer.until(before.as_of) for peer in peers if peer.first <= before.as_of], sessions, described=described
    )
    return replace(seen, rolls=known.rolls, frame=known.frame), told


def seen_on(bars: Bars, as_of: dt.date | None) -> tuple[Bars, tuple[str, ...]]:
    """The bars up to that day, or all, and what to tell the person who named a day without a bar.

    Raises BadDate where a session lies between the last bar and that day, or the first bar after it.
    """
    from levelhead.market.sessions import session_table

    sessions = session_table(bars.instrument.calendar)
    if as_of is None or as_of == bars.as_of:
        return bars, ()
    if as_of > bars.as_of and _traded_between(bars.as_of, as_of, sessions):
        raise BadDate(
            f"{bars.feed or bars.instrument.symbol} ends on {bars.as_of}; as-of {as_of} lies after its last bar. "
            f"Give newer bars, or --as-of {bars.as_of}."
        )
    seen = bars.until(as_of)
    if seen.as_of == as_of:
        return seen, ()
    return seen, (f"{bars.feed or bars.instrument.symbol} has no bar on {as_of}; the note is of {seen.as_of}, the bar before.",)


def _traded_between(last: dt.date, day: dt.date, sessions: SessionTable | None) -> bool:
    if sessions is not None and sessions.covers(last) and sessions.covers(day):
        return len(sessions.between(last + dt.timedelta(days=1), day)) > 0
    return bool(np.busday_count(np.datetime64(last) + 1, np.datetime64(day) + 1))  # dates of Python end in 9999


def _far_quote(closed: Bars, quote: Quote | None) -> tuple[Finding, ...]:
    """A warning where the quote lies further from the last close than a typing slip is told from a market by."""
    if quote is None:
        return ()
    close = float(closed.close[-1])
    move = abs(quote.price - close)
    usual = float(np.mean((closed.high - closed.low)[-YARDSTICK:]))
    if move <= FAR_SHARE * abs(close) and not (usual > 0 and move > FAR_RANGES * usual):
        return ()
    text = (
        f"Last price {quote.price:,.10g} lies {move / abs(close):.1%} from the bar's close {close:,.10g} of {closed.as_of}"
        f"{f', {move / usual:.1f} times its usual range' if usual > 0 else ''}; check --last."
    )
    return (Finding(kind="far_last_price", severity="warning", text=text, where=closed.feed, date=closed.as_of),)


def _peer(peer: Bars, bars: Bars) -> tuple[Bars, tuple[Finding, ...]]:
    """The peer's bars up to the note's day, and what a reader of the comparison should know."""
    name, about = peer.instrument.symbol, []

    def say(kind: str, text: str, severity: Severity = "warning") -> None:
        about.append(Finding(kind=kind, severity=severity, text=text, where=peer.feed or name, date=bars.as_of))

    if name == bars.instrument.symbol:
        raise BadSettings(f"{name} is the note's own instrument; a peer needs another symbol.")
    cut = peer.until(bars.as_of)
    if cut.as_of < bars.as_of:
        say("stale_peer", f"{name} ends on {cut.as_of}, before the note's day {bars.as_of}; it is compared up to its end.")
    if cut.first > bars.first:
        say(
            "short_peer",
            f"{name} begins on {cut.first}, {bars.instrument.symbol} on {bars.first}; they are compared from there.",
            "remark",
        )
    return cut, tuple(about)
