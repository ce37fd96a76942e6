"""What can be known of a continuous future's rolls without a table of them: estimated from a peer, or what the calendar says."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadBars
from levelhead.domain.finding import Finding
from levelhead.domain.roll import ExpectedRoll, Roll, RollsSince
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.market.instruments import Descriptions, followed_index
from levelhead.market.roll_detection import detect_rolls, expiries_of, roll_window, shows_rolls_on

FUNDS: Mapping[str, str] = {
    "IWM": "RUT",
    "VTWO": "RUT",
    "SPY": "SPX",
    "IVV": "SPX",
    "VOO": "SPX",
    "QQQ": "NDX",
    "QQQM": "NDX",
    "DIA": "DJI",
}
"""Funds by the index they hold; the funds themselves are described nowhere, for nothing else about them is asked."""
SPELLINGS: Mapping[str, str] = {"^GSPC": "SPX", "GSPC": "SPX", "^RUT": "RUT", "^NDX": "NDX", "^DJI": "DJI", "DJIA": "DJI"}
WAYS = "--contracts DIR, --roll-table FILE or --roll-reference SYM=FILE"


def with_known_rolls(
    bars: Bars, peers: Iterable[Bars], sessions: SessionTable | None, *, described: Descriptions | None = None
) -> tuple[Bars, tuple[Finding, ...]]:
    """The bars with their rolls estimated from a peer on the same thing, where there is one, and what a reader is told of it.

    A series that does not expire, is adjusted, or whose rolls are known is handed back as it is, without a word. Bars and peers
    must end on the note's day: only they are looked at.
    """
    if not bars.instrument.months or bars.rolls or bars.adjustment != "none" or bars.frame == "back-adjusted":
        return bars, ()
    refused: list[str] = []
    if sessions is not None and bars.timeframe == "1d":
        for peer in references_among(bars, peers, described):
            try:
                rolls = detect_rolls(bars, peer, sessions)
            except BadBars as why:
                refused.append(str(why))
                continue
            if rolls:
                return replace(bars, rolls=rolls, frame="as traded"), (_estimated(bars, peer, rolls),)
            refused.append(f"{peer.instrument.symbol} shows no roll in {bars.first} to {bars.as_of}.")
    return bars, (_unknown(bars, expected_rolls(bars, sessions), refused, described),)


def rolls_known_over(
    bars: Bars, peers: Iterable[Bars], sessions: SessionTable | None, *, described: Descriptions | None = None
) -> tuple[RollsSince, ...]:
    """What `with_known_rolls` says on every day of the bars, with the peers up to that day, found in one go; () where it is silent.

    Bit for bit: `rolls_on` of a day is what the note of that day estimates. Which peer is asked depends on the day too, for one
    that begins later, or moves too differently at first, shows nothing then.
    """
    if not bars.instrument.months or bars.rolls or bars.adjustment != "none" or bars.frame != "as given":
        return ()
    if sessions is None or bars.timeframe != "1d":
        return ()
    asked = np.full(len(bars), -1, dtype=np.int64)
    found: list[tuple[Roll, ...]] = []
    for peer in references_among(bars, peers, described):
        shown = shows_rolls_on(bars, peer)
        if not shown.any():
            continue
        # where it is refused in the end it was not always; what it showed before is that of the bars up to there
        last = int(np.flatnonzero(shown)[-1])
        cut = bars.until(as_date(bars.dates[last]))
        rolls = detect_rolls(cut, peer.until(cut.as_of), sessions)
        if rolls:
            first = np.datetime64(min(roll.seen for roll in rolls))
            asked[shown & (bars.dates >= first) & (asked < 0)] = len(found)
            found.append(rolls)
    changes = np.flatnonzero(np.diff(asked, prepend=-1))
    return tuple(
        RollsSince(since=as_date(bars.dates[row]), rolls=found[asked[row]] if asked[row] >= 0 else ()) for row in changes.tolist()
    )


def roll_to_come(
    bars: Bars, peers: Iterable[Bars], sessions: SessionTable | None, *, described: Descriptions | None = None
) -> ExpectedRoll | None:
    """The change of contract that may have happened at the end of the bars and that a peer has not shown yet.

    bars: with the rolls that are estimated so far. None where none is due, where it is known, and where no peer will show it.
    """
    if sessions is None or bars.timeframe != "1d" or not all(roll.estimated for roll in bars.rolls):
        return None
    if not any(shows_rolls_on(bars, peer)[-1] for peer in references_among(bars, peers, described)):
        return None
    due = next((each for each in reversed(expected_rolls(bars, sessions)) if each.first <= bars.as_of <= each.last), None)
    return (
        None
        if due is None or any(roll.from_contract == due.from_contract and roll.date >= due.first for roll in bars.rolls)
        else due
    )


def references_among(bars: Bars, peers: Iterable[Bars], described: Descriptions | None = None) -> tuple[Bars, ...]:
    """The peers on the same thing as a future that do not roll themselves: its index first, then funds in the order given."""
    index = followed_index(bars.instrument.symbol, extra=described)
    if index is None:
        return ()
    same = [peer for peer in peers if not peer.instrument.months and _thing_of(peer.instrument.symbol, described) == index]
    return tuple(sorted(same, key=lambda peer: _spelled(peer.instrument.symbol) != index))


def expected_rolls(bars: Bars, sessions: SessionTable | None) -> tuple[ExpectedRoll, ...]:
    """The changes of contract that the calendar lets one expect in these bars, oldest first; () without a session table."""
    if sessions is None or not bars.instrument.months:
        return ()
    found = []
    for expiry, following in itertools.pairwise(expiries_of(bars.instrument, bars.first, bars.as_of, sessions)):
        days = roll_window(expiry, sessions)
        if days[0] <= np.datetime64(bars.as_of) and days[-1] >= np.datetime64(bars.first):
            found.append(
                ExpectedRoll(
                    first=as_date(days[0]), last=as_date(days[-1]), from_contract=expiry.contract, to_contract=following.contract
                )
            )
    return tuple(found)


def _thing_of(symbol: str, described: Descriptions | None) -> str:
    name = _spelled(symbol)
    return FUNDS.get(name) or followed_index(name, extra=described) or name


def _spelled(symbol: str) -> str:
    return SPELLINGS.get(symbol.upper(), symbol.upper())


def _estimated(bars: Bars, peer: Bars, rolls: Sequence[Roll]) -> Finding:
    last, points = rolls[-1], bars.instrument.quoting.price
    doubtful = sum(roll.is_date_uncertain for roll in rolls)
    text = (
        f"{_name(bars)} names no rolls; {len(rolls)} were estimated from the calendar and the basis to {peer.instrument.symbol}"
        f"{f' ({peer.feed})' if peer.feed else ''}, the last on {last.date} with a gap of {points(last.gap, signed=True)} points, "
        f"standard error {points(last.gap_error or 0.0)}; of {doubtful} the date is uncertain. Swings, slopes, ranges, returns, "
        "volatility and base rates leave the gaps out. --roll-reference none leaves them in."
    )
    return Finding(kind="estimated_rolls", severity="remark", text=text, where=bars.feed, date=last.date, count=len(rolls))


def _unknown(bars: Bars, expected: Sequence[ExpectedRoll], refused: Sequence[str], described: Descriptions | None) -> Finding:
    index = followed_index(bars.instrument.symbol, extra=described)
    ways = f"--peer {index}=FILE, {WAYS}" if index and bars.timeframe == "1d" else WAYS
    if expected:
        last = expected[-1]
        when = (
            f"by the calendar {len(expected)} times, the last from {last.from_contract} to {last.to_contract} on a day between "
            f"{last.first} and {last.last}; the day and the gap are unknown"
        )
    else:
        when = "on days and by gaps that are unknown"
    text = (
        f"{_name(bars)} is a continuous series that names no rolls. It changes contract {when}. Prices, averages, swings and "
        f"returns hold those gaps; give {ways} to have them estimated or known."
    )
    return Finding(kind="unknown_rolls", severity="remark", text=" ".join((text, *refused)), where=bars.feed)


def _name(bars: Bars) -> str:
    return bars.feed or bars.instrument.symbol
