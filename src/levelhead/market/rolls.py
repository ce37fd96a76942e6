"""Roll rules: on which session a continuous series goes over to the next contract."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import FloatArray
from levelhead.domain.errors import BadSettings, UnreadableFile
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.market.contracts import Contract

DateArray = NDArray[np.datetime64]
RuleKind = Literal["volume", "oi", "days", "sessions", "weekday", "dates"]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
FULL_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
MOST_DAYS = 60  # before expiry: farther from it no contract is left
EARLIEST = 45  # days before expiry from which volume and open interest are compared: a stray day long before is no roll


@dataclass(frozen=True, slots=True, kw_only=True)
class RollRule:
    """When a series rolls. count: of days or sessions before expiry; weekday: 0 is Monday; dates: the sessions themselves."""

    kind: RuleKind
    count: int = 0
    weekday: int = 0
    dates: tuple[dt.date, ...] = ()

    def __str__(self) -> str:
        return {
            "volume": "the day the next contract's volume passes the front's",
            "oi": "the day the next contract's open interest passes the front's",
            "days": f"{self.count} calendar days before expiry",
            "sessions": f"{self.count} sessions before expiry",
            "weekday": f"{FULL_WEEKDAYS[self.weekday]} of expiry week",
            "dates": "a given list of dates",
        }[self.kind]


def parse_rule(text: str) -> RollRule:
    """A rule as 'volume', 'oi', 'days:8', 'sessions:2', 'weekday:mon' or 'dates:FILE'. Raises BadSettings, UnreadableFile."""
    kind, _, argument = text.strip().partition(":")
    kind = kind.lower()
    if kind not in get_args(RuleKind):
        raise BadSettings(f"{text!r} is no roll rule; give volume, oi, days:8, sessions:2, weekday:mon or dates:FILE.")
    if kind in ("volume", "oi") and not argument:
        return RollRule(kind="volume" if kind == "volume" else "oi")
    if kind in ("days", "sessions"):
        if not (argument.isascii() and argument.isdigit() and 0 <= int(argument) <= MOST_DAYS):
            raise BadSettings(f"{text!r}: give a whole number from 0 to {MOST_DAYS}, such as {kind}:8.")
        return RollRule(kind="days" if kind == "days" else "sessions", count=int(argument))
    if kind == "weekday":
        if argument.lower()[:3] not in WEEKDAYS:
            raise BadSettings(f"{text!r}: give a weekday, one of {', '.join(WEEKDAYS)}.")
        return RollRule(kind="weekday", weekday=WEEKDAYS.index(argument.lower()[:3]))
    if kind == "dates" and argument:
        return RollRule(kind="dates", dates=_dates(Path(argument)))
    raise BadSettings(f"{text!r} is no roll rule; give volume, oi, days:8, sessions:2, weekday:mon or dates:FILE.")


def roll_day(front: Contract, following: Contract, rule: RollRule, sessions: SessionTable | None) -> dt.date | None:
    """The first session quoted in `following`; None where its bars do not reach it.

    By volume or open interest it is known at the close of that session, the other rules know it beforehand. A front that is
    never passed is left on the first session after its last trade, and so is one that a rule would hold longer.
    """
    latest = np.datetime64(front.last_trade) + 1
    days = _sessions(front.last_trade, sessions)
    wanted = _passing_day(front, following, rule) if rule.kind in ("volume", "oi") else _planned_day(front.last_trade, rule, days)
    at = int(np.searchsorted(days, latest if wanted is None else min(wanted, latest)))
    day = as_date(days[at])
    return day if day <= following.bars.as_of else None


def _planned_day(expiry: dt.date, rule: RollRule, days: DateArray) -> np.datetime64 | None:
    if rule.kind == "days":
        return np.datetime64(expiry) - rule.count
    if rule.kind == "sessions":
        return np.datetime64(days[int(np.searchsorted(days, np.datetime64(expiry))) - rule.count])
    if rule.kind == "weekday":
        return np.datetime64(expiry) - (expiry.weekday() - rule.weekday)
    near = [day for day in rule.dates if 0 <= (expiry - day).days <= MOST_DAYS]
    return np.datetime64(near[-1]) if near else None


def _passing_day(front: Contract, following: Contract, rule: RollRule) -> np.datetime64 | None:
    """The first session, not long before expiry, on which the next contract's column is larger, both being known."""
    days, ours, theirs = np.intersect1d(front.bars.dates, following.bars.dates, return_indices=True)
    old, new = _column(front, rule)[ours], _column(following, rule)[theirs]
    passed = (new > old) & (days >= np.datetime64(front.last_trade) - EARLIEST)
    return days[int(np.argmax(passed))] if passed.any() else None


def _column(contract: Contract, rule: RollRule) -> FloatArray:
    return contract.bars.volume if rule.kind == "volume" else contract.open_interest


def _sessions(expiry: dt.date, sessions: SessionTable | None) -> DateArray:
    """The sessions around an expiry; every weekday where no table covers them."""
    first, last = expiry - dt.timedelta(days=2 * MOST_DAYS), expiry + dt.timedelta(days=14)
    if sessions is not None and sessions.covers(first) and sessions.covers(last):
        return sessions.between(first, last)
    days: DateArray = np.arange(np.datetime64(first), np.datetime64(last))
    return days[np.is_busday(days)]


def _dates(file: Path) -> tuple[dt.date, ...]:
    """The first cell of each line that is a date; a heading is left alone."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            cells = [row[0].strip() for row in csv.reader(lines) if row and row[0].strip()]
    except (OSError, UnicodeError) as error:
        raise UnreadableFile(f"{file} cannot be read as a list of roll dates ({error}); give one ISO date a line.") from None
    found = []
    for number, cell in enumerate(cells, 1):
        try:
            found.append(dt.date.fromisoformat(cell))
        except ValueError:
            if number > 1:
                raise UnreadableFile(f"{file} line {number}: {cell!r} is no date; write it as 2025-09-17.") from None
    if not found:
        raise UnreadableFile(f"{file} holds no date; give one ISO date a line, the first session in the new contract.")
    return tuple(sorted(found))


def rules_to_compare(contracts: Sequence[Contract]) -> tuple[RollRule, ...]:
    """The usual rules, those by volume and open interest only where the files carry them."""
    found = [RollRule(kind="days", count=8), RollRule(kind="weekday"), RollRule(kind="sessions", count=2)]
    for kind in ("oi", "volume"):
        rule = RollRule(kind="volume" if kind == "volume" else "oi")
        if all(bool(np.isfinite(_column(contract, rule)).any()) for contract in contracts):
            found.insert(0, rule)
    return tuple(found)
