"""Rows that a reference can put right: what is changed, what it was, and why; the originals stay as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.market.alignment import Alignment
from levelhead.market.bars_csv import number_text
from levelhead.market.compare import Comparison, compare
from levelhead.market.faults import TRADED_ON_WEEKENDS, has_repeated_volume, is_frozen, is_weekend
from levelhead.market.impossible import BoolArray

Action = Literal["replaced", "removed", "added"]
Values = Mapping[str, float]

PRICES = ("open", "high", "low", "close")
COLUMNS = (*PRICES, "volume")
PASSES = 8
SIDE_HEADER = ",".join(["date", "action", "why", *(f"{c}_was" for c in COLUMNS), *(f"{c}_now" for c in COLUMNS)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row that was replaced, removed or added; was, now: its values by column, NaN where volume is unknown."""

    date: dt.date
    action: Action
    why: str
    was: Values | None
    now: Values | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Repaired:
    """The corrected bars, and every row in which they differ from the originals, ascending."""

    bars: Bars
    changes: tuple[Change, ...]


def repair(ours: Bars, theirs: Bars, sessions: SessionTable | None, *, tolerance: float | None = None) -> Repaired:
    """Our bars with the faults that a comparison names put right from the reference, brought to our frame.

    Replaced: expiry settlements, unless they are the reference's; roll windows, unless the reference rolls later; bars that
    repeat the day before. Removed: rows of weekends and of days without a session. Added: sessions that only the reference
    has, without volume. Volumes that repeat the day before become unknown. Days that differ for no known reason stay, and closes
    of another hour: which feed is right there nobody has said. The result has none of these faults and is not changed by a second
    repair.
    tolerance: as of `compare`. Raises BadBars where the feeds have no day in common.
    """
    bars, changes = ours, dict[dt.date, Change]()
    for _ in range(PASSES):  # a row put right may show its neighbour to be a copy of it
        fresh = _changes(bars, theirs, compare(bars, theirs, sessions, tolerance=tolerance), sessions)
        if not fresh:
            break
        bars = _applied(bars, fresh)
        for change in fresh:
            changes[change.date] = _joined(changes.get(change.date), change)
    return Repaired(bars=bars, changes=tuple(changes[date] for date in sorted(changes)))


def _changes(ours: Bars, theirs: Bars, comparison: Comparison, sessions: SessionTable | None) -> list[Change]:
    stray, volumes = _is_stray(ours, sessions), has_repeated_volume(ours)
    replaced, alignment = _replaced(ours, comparison), comparison.alignment
    return [
        *_removals(ours, stray),
        *_replacements(ours, theirs, alignment, replaced, stray, volumes),
        *_volumes(ours, volumes, replaced, stray),
        *_additions(theirs, alignment, comparison, sessions),
    ]


def _joined(first: Change | None, then: Change) -> Change:
    """Two changes of one row as one: what it was before the first, and is after the second."""
    if first is None:
        return then
    action = first.action if first.action == "added" else then.action
    why = first.why if then.why in first.why else f"{first.why}; {then.why}"
    return replace(then, action=action, why=why, was=first.was)


def side_file(changes: tuple[Change, ...]) -> str:
    """The changes as CSV: the original and the repaired values of each row, and why; empty where there is no row."""
    lines = [SIDE_HEADER]
    for change in changes:
        cells = [str(change.date), change.action, change.why]
        for values in (change.was, change.now):
            cells += [""] * len(COLUMNS) if values is None else [number_text(values[c]) for c in COLUMNS]
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"


def _is_stray(bars: Bars, sessions: SessionTable | None) -> BoolArray:
    """Rows of days that the session table knows and does not trade; without one, weekends where they are few."""
    dates = bars.dates
    if sessions is None:
        weekend = is_weekend(dates)
        return weekend if np.mean(weekend) <= TRADED_ON_WEEKENDS else np.zeros(len(bars), dtype=np.bool_)
    inside = (dates >= sessions.dates[0]) & (dates <= sessions.dates[-1])
    stray: BoolArray = inside & ~np.isin(dates, sessions.dates)
    return stray


def _replaced(ours: Bars, comparison: Comparison) -> dict[dt.date, str]:
    """Why the row of each day is replaced."""
    settlements = comparison.settlements
    is_ours = {
        "expiry settlement": settlements is None or settlements.whose != "theirs",
        "roll window": comparison.later != "theirs",
        "close only": False,
        "other": False,
    }
    faults = {each.date: str(each.why) for each in comparison.differences if is_ours[each.why]}
    frozen = set(map(as_date, ours.dates[is_frozen(ours)]))
    return faults | {each.date: "frozen bar" for each in comparison.differences if each.date in frozen}


def _values(bars: Bars, k: int) -> Values:
    return {name: float(getattr(bars, name)[k]) for name in COLUMNS}


def _removals(ours: Bars, stray: BoolArray) -> list[Change]:
    why = {True: "weekend row", False: "no session"}
    return [
        Change(
            date=as_date(ours.dates[k]),
            action="removed",
            why=why[bool(is_weekend(ours.dates[k : k + 1])[0])],
            was=_values(ours, int(k)),
            now=None,
        )
        for k in np.flatnonzero(stray)
    ]


def _brought(theirs: Bars, alignment: Alignment, row: int, volume: float) -> Values:
    day = theirs.dates[row : row + 1]
    prices = {name: float(alignment.brought(getattr(theirs, name)[row : row + 1], day)[0]) for name in PRICES}
    return {**prices, "volume": volume}


def _replacements(
    ours: Bars, theirs: Bars, alignment: Alignment, why: Mapping[dt.date, str], stray: BoolArray, volumes: BoolArray
) -> list[Change]:
    found = []
    for row, their_row in zip(alignment.ours, alignment.theirs, strict=True):
        date = as_date(ours.dates[row])
        if date not in why or stray[row]:
            continue
        volume = np.nan if volumes[row] or why[date] == "frozen bar" else float(ours.volume[row])
        now = _brought(theirs, alignment, int(their_row), volume)
        found.append(Change(date=date, action="replaced", why=why[date], was=_values(ours, int(row)), now=now))
    return found


def _volumes(ours: Bars, volumes: BoolArray, why: Mapping[dt.date, str], stray: BoolArray) -> list[Change]:
    found = []
    for k in np.flatnonzero(volumes & ~stray):
        date = as_date(ours.dates[k])
        if date not in why:
            was = _values(ours, int(k))
            found.append(
                Change(date=date, action="replaced", why="volume of the day before", was=was, now={**was, "volume": np.nan})
            )
    return found


def _additions(theirs: Bars, alignment: Alignment, comparison: Comparison, sessions: SessionTable | None) -> list[Change]:
    found = []
    for date in comparison.only_theirs:
        day = np.datetime64(date)
        traded = (
            not bool(is_weekend(np.array([day]))[0]) if sessions is None or not sessions.covers(date) else sessions.is_session(date)
        )
        if traded:
            row = int(np.searchsorted(theirs.dates, day))
            found.append(
                Change(date=date, action="added", why="missing session", was=None, now=_brought(theirs, alignment, row, np.nan))
            )
    return found


def _applied(ours: Bars, changes: list[Change]) -> Bars:
    rows: dict[np.datetime64, tuple[int, Values]] = {day: (int(ours.row[k]), _values(ours, k)) for k, day in enumerate(ours.dates)}
    for change in changes:
        day = np.datetime64(change.date)
        if change.now is None:
            del rows[day]
        else:
            rows[day] = (rows[day][0] if day in rows else 0, change.now)
    days = sorted(rows)
    columns: dict[str, Any] = {name: np.array([rows[day][1][name] for day in days]) for name in COLUMNS}
    return replace(
        ours,
        time=np.array(days, dtype="datetime64[D]").astype("datetime64[us]"),
        row=np.array([rows[day][0] for day in days], dtype=np.int64),
        **columns,
    )
