"""The block that heads a note: the session before, the gap, and what the calendar holds."""

from __future__ import annotations

import datetime as dt

import numpy as np

from levelhead.desk.draft import Draft
from levelhead.domain.adjustment import roll_gap
from levelhead.domain.bars import Bars
from levelhead.domain.contract import ROLL_DAYS, may_have_rolled, quoted_contract
from levelhead.domain.fact import Column, Fact, Window
from levelhead.domain.sessions import Expiry, SessionTable, as_date
from levelhead.domain.timeframe import DAILY, Timeframe, timeframe_of

EXPIRY_NEAR = 10  # sessions
NOON = np.timedelta64(12 * 60, "m")  # UTC: an evening open before it belongs to the holiday itself
LARGE_RANGE = 2.0  # ATR: a session that ranges further is news


def morning_block(draft: Draft, bars: Bars, sessions: SessionTable | None) -> tuple[str, ...]:
    """Sentences on the previous session, the gap, half days and expiry; enters `previous.*`, `gap`, `expiry.*`.

    The previous session is the last completed one: the as-of bar, or the bar before it while that one is provisional.
    """
    at = len(bars) - (1 if bars.provisional is None else 2)
    if at < 0:
        return ()
    _enter_session(draft, bars, at)
    told = [_session_words(draft, bars, at, timeframe_of(bars.timeframe)), *_provisional_words(bars)]
    told += _gap_words(draft, bars)
    if sessions is not None and sessions.covers(bars.as_of):
        told += _calendar_words(draft, bars.as_of, sessions)
    told += _expiry_words(draft, bars, sessions)
    return tuple(told)


def _enter_session(draft: Draft, bars: Bars, at: int) -> None:
    day = bars.stamp(at)
    columns: tuple[Column, ...] = ("high", "low", "close")
    for column in columns:
        draft.facts[f"previous.{column}"] = Fact(
            value=float(getattr(bars, column)[at]),
            unit="price",
            meaning=f"{column} of the last completed session",
            formula=f"last({column}s)",
            windows=(Window(column=column, first=day, last=day, count=1),),
            date=day,
        )


def _provisional_words(bars: Bars) -> list[str]:
    """That the last bar is not closed yet, and what that makes of the rest."""
    quote = bars.provisional
    if quote is None:
        return []
    taken = ", taken at {/provenance/provisional/at}" if quote.at else ""
    told = [
        f"The {_bar_words(bars)} is not closed: its last price is {{last}}{taken}, and everything below that uses it is "
        "provisional."
    ]
    if not quote.range_as_given:
        told.append("Its range is the bar's own, stretched to hold that price, and may be later than this note.")
    return told


def _bar_words(bars: Bars) -> str:
    return "last bar" if bars.days is not None else f"bar of the {timeframe_of(bars.timeframe).noun}"


def _session_words(draft: Draft, bars: Bars, at: int, timeframe: Timeframe) -> str:
    day = as_date(bars.dates[at])
    subject = f"{day:%A}'s session" if timeframe == DAILY else f"The last completed {timeframe.noun}"
    high, low, close = (draft.number(f"previous.{c}") for c in ("high", "low", "close"))
    share = (close - low) / (high - low) if high > low else 0.5
    thirds = ("in the lower third", "in the middle third", "in the upper third")
    where = (
        "near its high" if share >= 0.9 else "near its low" if share <= 0.1 else f"{thirds[min(int(share * 3), 2)]} of its range"
    )
    told = f"{subject} ran from {{previous.low}} to {{previous.high}} and closed {where} at {{previous.close}}."
    if "range.last" in draft:
        return f"{told} It spanned {{range.last|1}}." if draft.number("range.last") >= LARGE_RANGE else told
    if draft.has_atr and high - low >= LARGE_RANGE * draft.number("atr_14"):
        draft.derive("previous.range_atr", "ATR", "range of that session in ATR(14)", "(previous.high - previous.low) / atr_14")
        told += " Its range was {previous.range_atr}."
    return told


def _gap_words(draft: Draft, bars: Bars) -> list[str]:
    """The opening gap of the as-of session, from the close before it."""
    if len(bars) < 2 or not draft.has_atr:
        return []
    first, last = bars.stamp(-2), bars.stamp(-1)
    noun = "session" if bars.days is None and bars.timeframe == "1d" else timeframe_of(bars.timeframe).noun
    rolled = roll_gap(bars)
    draft.facts["gap"] = Fact(
        value=float(bars.open[-1] - bars.close[-2]) - rolled,
        unit="points",
        meaning="open of the session less the close before" + (", both of the contract rolled into" if rolled else ""),
        formula="last(opens) - last(closes) - roll_gap" if rolled else "last(opens) - last(closes)",
        inputs={"roll_gap": rolled} if rolled else {},
        windows=(Window(column="open", first=last, last=last, count=1), Window(column="close", first=first, last=first, count=1)),
    )
    size = draft.derive("gap_atr", "ATR", "the gap in ATR(14)", "gap / atr_14")
    if abs(size) < 0.1:
        return (
            ["It opened without a gap worth the name."]
            if bars.provisional is None
            else [f"The {noun} opened without a gap worth the name."]
        )
    subject = "It" if bars.provisional is None else f"The {noun} under way"
    return [f"{subject} opened {{gap|abs}} points {'above' if size > 0 else 'below'} the close before, a gap of {{gap_atr|abs}}."]


def _calendar_words(draft: Draft, as_of: dt.date, sessions: SessionTable) -> list[str]:
    """Half days and closed weekdays among the next three sessions; enters `calendar.*`."""
    ahead = sessions.after(as_of, 3)
    half = [("half_day", "is a half day", d) for d in ahead if sessions.is_early(d)]
    closed = [("closed", _closed_words(sessions, d), d) for d in _weekdays(as_of, ahead[-1]) if not sessions.is_session(d)]
    told = []
    for number, (kind, words, day) in enumerate((*half, *closed), 1):
        name = f"calendar.{kind}_{number}"
        draft.date(name, day, f"{day:%A} {words}", f"the {sessions.calendar} session table")
        told.append(f"{{{name}|day}} {words}.")
    return told


def _closed_words(sessions: SessionTable, day: dt.date) -> str:
    """A day without a trade date of its own: closed, or traded for some hours that count to the next one."""
    following = int(np.searchsorted(sessions.dates, np.datetime64(day)))
    if sessions.opens[following] < np.datetime64(day, "m") + NOON:
        return "is a holiday: shortened trading that counts to the next session"
    return "is a holiday: no session"


def _weekdays(after: dt.date, until: dt.date) -> list[dt.date]:
    days = (after + dt.timedelta(days=i) for i in range(1, (until - after).days + 1))
    return [d for d in days if d.weekday() < 5]


def _expiry_words(draft: Draft, bars: Bars, sessions: SessionTable | None) -> list[str]:
    expiry = quoted_contract(bars, sessions)
    if expiry is None:
        return []
    draft.say("expiry.contract", expiry.contract, "the contract that expires next", "first contract month that has not expired")
    draft.date(
        "expiry.date",
        expiry.last_trade,
        f"last trade of {expiry.contract}",
        "third Friday of the contract month, or the session before it",
    )
    if sessions is None or not (sessions.covers(bars.as_of) and sessions.covers(expiry.last_trade)):
        return ["{expiry.contract} last trades on {expiry.date}."]
    left = _sessions_left(draft, bars.as_of, expiry, sessions)
    rolled = may_have_rolled(bars, expiry)
    unsure = "the bars do not say whether they have rolled to the next contract, whose gap would stand in the change and the gap"
    if left == 0:
        return [f"{{expiry.contract}} expires today{f'; {unsure}' if rolled else ''}."]
    told = "{expiry.contract} last trades on {expiry.date}, {expiry.sessions} sessions away"
    if left == 1:
        told = "{expiry.contract} last trades on {expiry.date}, the next session"
    roll = expiry.last_trade - dt.timedelta(days=ROLL_DAYS)
    if left > EXPIRY_NEAR:
        return [f"{told}."]
    if rolled:
        return [f"{told}; {unsure}."]
    if bars.rolls and roll <= bars.as_of:
        return [f"{told}."]
    draft.date("expiry.roll", roll, "usual day of the roll", "eight calendar days before the last trade")
    return [f"{told}; volume usually moves to the next contract around {{expiry.roll|day}}."]


def _sessions_left(draft: Draft, as_of: dt.date, expiry: Expiry, sessions: SessionTable) -> int:
    """The sessions after the note's day up to the last trade: the weekdays less those without a session."""
    weekdays = _weekdays(as_of, expiry.last_trade)
    closed = [day for day in weekdays if not sessions.is_session(day)]
    without = f" less those without a session, {', '.join(map(str, closed))}" if closed else ", of which each has a session"
    meaning = f"sessions left to {expiry.contract}: weekdays after {as_of} to {expiry.last_trade}{without}"
    counts = {"weekdays": float(len(weekdays)), "closed": float(len(closed))}
    return int(draft.derive("expiry.sessions", "sessions", meaning, "weekdays - closed", **counts))
