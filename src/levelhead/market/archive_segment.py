"""A segment: one fetch, as it is kept.

Its name says when it was fetched, what was fetched (a hash of all its rows), and seals the bytes of its file. Rows that another
segment holds already are not written again but borrowed: the header names the segment, the first row and the count. So every
segment stands for a whole fetch whatever else lies in the archive, and the dataset is the set of its segments: in which order
they were written can not be seen.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, Provisional
from levelhead.domain.finding import Finding
from levelhead.domain.roll import Roll
from levelhead.market.archive_parquet import Rows, joined

VERSION = 1
_DIGITS = 16
_NAME = re.compile(r"(\d{8}T\d{12}Z)-([0-9a-f]{16})-([0-9a-f]{16})\.parquet", re.ASCII)
_STAMP = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SegmentName:
    """'20251114T210503000000Z-<content>-<seal>.parquet'; in the order of fetching."""

    stamp: str
    content: str
    seal: str

    @classmethod
    def parse(cls, name: str) -> SegmentName | None:
        """The parts of a file's name; None where it is none of ours."""
        match = _NAME.fullmatch(name)
        return cls(stamp=match[1], content=match[2], seal=match[3]) if match else None

    @property
    def fetched_at(self) -> dt.datetime:
        """The moment of the fetch, UTC."""
        return dt.datetime.strptime(self.stamp, _STAMP).replace(tzinfo=dt.UTC)

    def __str__(self) -> str:
        return f"{self.stamp}-{self.content}-{self.seal}.parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a segment says of its fetch.

    dataset: 'yahoo/RTY/1d'. facts: what belongs to the fetch itself and is part of its content: frame, adjustment, rolls, the
    provisional last bar. count, first, last: bars of the whole fetch, microseconds. own: rows in the file. left_out,
    remarks: findings that came with the bars. borrowed: (segment,
    first row, count) of rows that lie in others. after: the newest segments that were there when this one was written: none of
    them may be absent.
    """

    dataset: str
    feed: str
    fetched_at: str
    facts: Mapping[str, Any]
    count: int
    first: int
    last: int
    own: int
    left_out: tuple[Mapping[str, Any], ...] = ()
    remarks: tuple[Mapping[str, Any], ...] = ()
    borrowed: tuple[tuple[str, int, int], ...] = ()
    after: tuple[str, ...] = ()
    version: int = VERSION

    def text(self) -> str:
        """As JSON, always the same for the same header."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))

    @classmethod
    def parse(cls, text: str) -> Header:
        """The header in its JSON. Raises ValueError where it is none, or of a later version."""
        held = json.loads(text)
        if held["version"] != VERSION:
            raise ValueError(f"it is of version {held['version']}, this levelhead reads {VERSION}")
        held["borrowed"] = tuple((str(n), int(at), int(count)) for n, at, count in held["borrowed"])
        held["after"] = tuple(held["after"])
        return cls(**held)

    @property
    def frame(self) -> tuple[str, str]:
        """What the prices are, and how those before rolls were moved; one dataset has one frame."""
        return self.facts["frame"], self.facts["adjustment"]

    @property
    def rolls(self) -> tuple[Roll, ...]:
        """The rolls that came with the fetch."""
        return tuple(_roll(held) for held in self.facts["rolls"])

    @property
    def findings(self) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """What was left out of the fetch, and what was remarked about it."""
        return tuple(map(_finding, self.left_out)), tuple(map(_finding, self.remarks))

    @property
    def provisional(self) -> Provisional | None:
        """The last bar's state, where it was still forming."""
        held = self.facts["provisional"]
        return None if held is None else Provisional(**held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A segment and all rows of its fetch, with where each of them lies: the number of its segment and the row in its file."""

    name: SegmentName
    header: Header
    rows: Rows
    holder: NDArray[np.int64]
    place: NDArray[np.int64]


def stamp_of(moment: dt.datetime) -> str:
    """A moment as the first part of a name."""
    return moment.astimezone(dt.UTC).strftime(_STAMP).rjust(len("00010101T000000000000Z"), "0")


def rows_of(bars: Bars) -> Rows:
    """Bars as rows; the last one is forming where the bars are provisional."""
    forming = np.zeros(len(bars), dtype=np.bool_)
    forming[-1] = bars.provisional is not None
    values = np.column_stack([bars.open, bars.high, bars.low, bars.close, bars.volume])
    values[np.isnan(values)] = np.nan  # one NaN for all, and below one zero
    values += 0.0
    return Rows(
        time=bars.time.astype("datetime64[us]").astype(np.int64),
        day=bars.dates.astype("datetime64[D]").astype(np.int64),
        values=values,
        forming=forming,
    )


def facts_of(bars: Bars) -> dict[str, Any]:
    """What belongs to a fetch beside its rows."""
    return {
        "frame": bars.frame,
        "adjustment": bars.adjustment,
        "has_days": bars.days is not None,
        "rolls": [plain(roll) for roll in bars.rolls],
        "provisional": None if bars.provisional is None else asdict(bars.provisional),
    }


def content_of(rows: Rows, facts: Mapping[str, Any]) -> str:
    """The first digits of the hash of a whole fetch."""
    h = hashlib.sha256(json.dumps(facts, sort_keys=True).encode())
    h.update(rows.time.astype("<i8").tobytes())
    h.update(rows.day.astype("<i8").tobytes())
    h.update(np.ascontiguousarray(rows.values, dtype="<f8").tobytes())
    h.update(rows.forming.tobytes())
    return h.hexdigest()[:_DIGITS]


def made_whole(names: list[SegmentName], headers: list[Header], own: list[Rows]) -> list[Segment]:
    """Every segment with its borrowed rows. Raises KeyError with the name of a lender that is absent, ValueError where a segment's
    rows are not those that its name promises.
    """
    at = {str(name): i for i, name in enumerate(names)}
    found = []
    for i, (name, header) in enumerate(zip(names, headers, strict=True)):
        parts, holders, places = [own[i]], [np.full(len(own[i]), i)], [np.arange(len(own[i]))]
        for lender, first, count in header.borrowed:
            j = at[lender]
            parts.append(own[j].at(slice(first, first + count)))
            holders.append(np.full(count, j))
            places.append(np.arange(first, first + count))
        rows, holder, place = joined(parts), np.concatenate(holders), np.concatenate(places)
        if header.borrowed:
            order = np.argsort(rows.time, kind="stable")
            rows, holder, place = rows.at(order), holder[order], place[order]
        if len(rows) != header.count or content_of(rows, header.facts) != name.content:
            raise ValueError(str(name))
        found.append(Segment(name=name, header=header, rows=rows, holder=holder, place=place))
    return found


def plain(value: Roll | Finding) -> dict[str, Any]:
    """A value with its dates as text."""
    return {key: each.isoformat() if isinstance(each, dt.date) else each for key, each in asdict(value).items()}


def _roll(held: Mapping[str, Any]) -> Roll:
    return Roll(**{**held, **_days(held, "date", "known_on")})


def _finding(held: Mapping[str, Any]) -> Finding:
    return Finding(**{**held, **_days(held, "date")})


def _days(held: Mapping[str, Any], *keys: str) -> dict[str, dt.date]:
    return {key: dt.date.fromisoformat(held[key]) for key in keys if held[key] is not None}
