"""What a set of fetches says together: the bars that hold, and those that were once said otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import FloatArray
from levelhead.domain.finding import Finding
from levelhead.domain.roll import Roll
from levelhead.market.archive_parquet import NO_ROWS, PRICES, Rows, joined
from levelhead.market.archive_segment import Header, Segment

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
Mask = NDArray[np.bool_]
Dated = TypeVar("Dated", Roll, Finding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A closed bar that a later fetch gives otherwise.

    time: the bar's, UTC. before, after: its open, high, low, close and volume (NaN: unknown). seen: when the later one was fetched.
    """

    time: dt.datetime
    before: tuple[float, float, float, float, float]
    after: tuple[float, float, float, float, float]
    seen: dt.datetime

    @property
    def columns(self) -> tuple[str, ...]:
        """Which of open, high, low, close, volume differ."""
        return tuple(
            name
            for name, one, two in zip(PRICES, self.before, self.after, strict=True)
            if one != two and not (one != one and two != two)
        )

    @property
    def share(self) -> float:
        """The largest move of a price, as a share of what it was."""
        pairs = zip(self.before[:4], self.after[:4], strict=True)
        return max(abs(after - before) / abs(before) if before else abs(after) for before, after in pairs)

    def __str__(self) -> str:
        moved = ", ".join(
            f"{name} {before:,.10g} -> {after:,.10g}"
            for name, before, after in zip(PRICES, self.before, self.after, strict=True)
            if name in self.columns
        )
        return f"{self.time:%Y-%m-%d}{'' if self.time.time() == dt.time.min else f'{self.time: %H:%M}Z'}: {moved}"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The rows that hold, ascending, and where each lies: the number of its segment and the row in its file."""

    rows: Rows
    holder: NDArray[np.int64]
    place: NDArray[np.int64]


def state_of(segments: Sequence[Segment]) -> State:
    """What holds after these fetches, given in the order of fetching.

    Of each bar the newest that had closed when it was fetched; where none had, the newest that was forming.
    """
    if not segments:
        none = np.empty(0, dtype=np.int64)
        return State(rows=NO_ROWS, holder=none, place=none)
    rows, holder, place, order = _observations(segments)
    if len(segments) > 1:
        best = np.lexsort((order, ~rows.forming, rows.time))
        last = np.append(rows.time[best][1:] != rows.time[best][:-1], True)
        keep = best[last]
        rows, holder, place = rows.at(keep), holder[keep], place[keep]
    return State(rows=rows, holder=holder, place=place)


def revisions_of(segments: Sequence[Segment]) -> tuple[Revision, ...]:
    """Every closed bar that one of these fetches, given in the order of fetching, says otherwise than the one before it."""
    if len(segments) < 2:
        return ()
    rows, _, _, order = _observations(segments)
    closed = ~rows.forming
    rows, order = rows.at(closed), order[closed]
    sorting = np.lexsort((order, rows.time))
    rows, order = rows.at(sorting), order[sorting]
    moved = (rows.time[1:] == rows.time[:-1]) & ~same_values(rows.values[1:], rows.values[:-1])
    found = [_revision(rows, i, segments[order[i + 1]].name.fetched_at) for i in np.flatnonzero(moved)]
    return tuple(sorted(found, key=lambda revision: (revision.seen, revision.time)))


def compared(rows: Rows, kept: Rows, seen: dt.datetime) -> tuple[int, tuple[Revision, ...], tuple[dt.datetime, ...]]:
    """How many of `rows` are new beside `kept`, which closed ones say otherwise, and which kept closed bars they pass over."""
    at, known = found_in(rows.time, kept.time)
    both = rows.at(known)
    before, was_forming = kept.values[at[known]], kept.forming[at[known]]
    moved = np.flatnonzero(~both.forming & ~was_forming & ~same_values(both.values, before))
    revised = tuple(
        Revision(time=_moment(both.time[i]), before=_five(before[i]), after=_five(both.values[i]), seen=seen) for i in moved
    )
    inside = (kept.time >= rows.time[0]) & (kept.time <= rows.time[-1]) & ~kept.forming
    absent = kept.time[inside & ~found_in(kept.time, rows.time)[1]]
    return int(np.count_nonzero(~known)), revised, tuple(_moment(time) for time in absent)


def runs(rows: Rows, state: State) -> tuple[Mask, list[tuple[int, int, int]]]:
    """Which of `rows` the state holds just so, and where: (segment, first row, count) for each stretch that lies together."""
    at, known = found_in(rows.time, state.rows.time)
    held = known.copy()
    inside = at[known]
    one, other = rows.at(known), state.rows.at(inside)
    held[known] = same_values(one.values, other.values) & (one.forming == other.forming) & (one.day == other.day)
    holder, place = state.holder[at[held]], state.place[at[held]]
    if not len(holder):
        return held, []
    starts = np.flatnonzero(np.append(True, (holder[1:] != holder[:-1]) | (place[1:] != place[:-1] + 1)))
    counts = np.diff(np.append(starts, len(holder)))
    return held, [(int(holder[i]), int(place[i]), int(count)) for i, count in zip(starts, counts, strict=True)]


def dated(segments: Sequence[Segment], taken: Callable[[Header], Sequence[Dated]]) -> tuple[Dated, ...]:
    """What came with the fetches and has a date (rolls, findings), in its order: each fetch replaces what lies in its days."""
    held: list[Dated] = []
    for segment in segments:
        first, last = day_of(segment.header.first), day_of(segment.header.last)
        held = [each for each in held if each.date is not None and not first <= each.date <= last]
        held += taken(segment.header)
    return tuple(sorted(held, key=lambda each: each.date or dt.date.min))


def same_values(one: FloatArray, other: FloatArray) -> Mask:
    """Whether rows are the same in every column; an unknown volume is the same as an unknown one."""
    equal: Mask = ((one == other) | (np.isnan(one) & np.isnan(other))).all(axis=1)
    return equal


def found_in(times: NDArray[np.int64], among: NDArray[np.int64]) -> tuple[NDArray[np.int64], Mask]:
    """Where each time stands among ascending ones, and whether it does."""
    at = np.searchsorted(among, times)
    known = at < len(among)
    known[known] = among[at[known]] == times[known]
    return at, known


def _observations(segments: Sequence[Segment]) -> tuple[Rows, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    return (
        joined([s.rows for s in segments]),
        np.concatenate([s.holder for s in segments]),
        np.concatenate([s.place for s in segments]),
        np.repeat(np.arange(len(segments)), [len(s.rows) for s in segments]),
    )


def _revision(rows: Rows, i: int | np.signedinteger[Any], seen: dt.datetime) -> Revision:
    return Revision(time=_moment(rows.time[i]), before=_five(rows.values[i]), after=_five(rows.values[i + 1]), seen=seen)


def _five(values: FloatArray) -> tuple[float, float, float, float, float]:
    open_, high, low, close, volume = (float(v) for v in values)
    return open_, high, low, close, volume


def day_of(microseconds: int | np.int64) -> dt.date:
    """The date of a time, UTC."""
    return _moment(microseconds).date()


def _moment(microseconds: int | np.int64) -> dt.datetime:
    return EPOCH + dt.timedelta(microseconds=int(microseconds))
