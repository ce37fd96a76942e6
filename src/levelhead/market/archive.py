"""The archive: bars as they were fetched, kept for good.

A dataset is one source, symbol and timeframe: a set of segments, each one fetch, each one immutable Parquet file. Nothing is ever
changed or deleted, so what was known at any moment can be read again. Which writer came first does not matter: of each bar the
newest fetch is used, and a set has no order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, unquote

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadArchive, BadBars, BadDate, BadInstrument, NoBars
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.market.archive_check import check_dataset
from levelhead.market.archive_load import load
from levelhead.market.archive_parquet import ParquetFiles
from levelhead.market.archive_segment import Header, Segment, SegmentName, content_of, facts_of, plain, rows_of, stamp_of
from levelhead.market.archive_state import Revision, State, compared, dated, day_of, revisions_of, runs, state_of
from levelhead.market.archive_store import store_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """What one fetch brought.

    added: bars that were not kept yet. revised: closed bars that it gives otherwise than they are kept. absent: closed bars that
    are kept and that it passes over; they stay. segment: the file's name; None where this very fetch was kept already.
    """

    added: int
    revised: tuple[Revision, ...] = ()
    absent: tuple[dt.datetime, ...] = ()
    segment: str | None = None

    @property
    def is_nothing_new(self) -> bool:
        """Whether every bar was kept already just so."""
        return not self.added and not self.revised


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """What is kept of one source, symbol and timeframe.

    first, last: dates of the bars, None where the dataset is damaged. fetches: how many are kept; fetched_at: the newest, UTC.
    size: bytes on disk.
    """

    source: str
    symbol: str
    timeframe: str
    first: dt.date | None
    last: dt.date | None
    fetches: int
    fetched_at: dt.datetime
    size: int


class Archive:
    """The bars kept below a folder or an address that fsspec knows ('s3://bucket/bars')."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._store = store_at(root)
        self._files = ParquetFiles()

    def append(self, bars: Bars, *, source: str, fetched_at: dt.datetime) -> Appended:
        """Keeps what `source` gave at `fetched_at`. Once this returns, it stays, whatever becomes of the process.

        The overlap is compared with what was fetched before. Raises BadArchive where the dataset is damaged, BadBars where its
        prices are of another frame.
        """
        dataset = _path(source, bars.instrument.symbol, bars.timeframe)
        stamp = stamp_of(_utc(fetched_at))
        rows, facts = rows_of(bars), facts_of(bars)
        content = content_of(rows, facts)
        segments = self._load(dataset)
        _one_frame(dataset, [*(s.header.frame for s in segments), (bars.frame, bars.adjustment)])
        if any((s.name.stamp, s.name.content) == (stamp, content) for s in segments):
            return Appended(added=0)
        state = state_of(segments)
        before = state if not segments or segments[-1].name.stamp <= stamp else state_of(_until(segments, stamp))
        added, revised, absent = compared(rows, before.rows, _utc(fetched_at))
        held, stretches = runs(rows, state)
        header = Header(
            dataset=dataset,
            feed=bars.feed,
            fetched_at=_utc(fetched_at).isoformat(),
            facts=facts,
            count=len(rows),
            first=int(rows.time[0]),
            last=int(rows.time[-1]),
            own=int(np.count_nonzero(~held)),
            left_out=tuple(map(plain, bars.left_out)),
            remarks=tuple(map(plain, bars.remarks)),
            borrowed=tuple((str(segments[i].name), first, count) for i, first, count in stretches),
            after=_newest(segments),
        )
        segment = self._store.put(
            dataset,
            partial(self._files.write, rows=rows.at(~held), header=header.text()),
            lambda seal: str(SegmentName(stamp=stamp, content=content, seal=seal)),
        )
        return Appended(added=added, revised=revised, absent=absent, segment=segment)

    def read(
        self, source: str, symbol: str, timeframe: str = "1d", *, known_at: dt.datetime | None = None, instrument: Instrument
    ) -> Bars:
        """The bars that hold, or that held at `known_at`: from fetches not after that moment alone.

        Bars.row is 0. A last bar that had not closed is provisional; one before it that was never seen closed is left out and
        listed. Raises NoBars where nothing was known, BadArchive where a segment is damaged or gone.
        """
        if instrument.symbol != symbol:
            raise BadInstrument(f"{symbol} was asked for and {instrument.symbol} described; hand in the description of {symbol}.")
        known = self._known(source, symbol, timeframe, known_at)
        _one_frame(_path(source, symbol, timeframe), [segment.header.frame for segment in known])
        return _bars(known, state_of(known), source=source, timeframe=timeframe, instrument=instrument)

    def revisions(
        self, source: str, symbol: str, timeframe: str = "1d", *, known_at: dt.datetime | None = None
    ) -> tuple[Revision, ...]:
        """Every closed bar that a later fetch gave otherwise, in the order in which that was seen."""
        return revisions_of(self._known(source, symbol, timeframe, known_at))

    def fetches(self, source: str, symbol: str, timeframe: str = "1d") -> tuple[dt.datetime, ...]:
        """When the dataset was fetched, oldest first; () where it is not kept."""
        return tuple(name.fetched_at for name in self._names(_path(source, symbol, timeframe)))

    def sources(self, symbol: str, timeframe: str = "1d") -> tuple[str, ...]:
        """From which sources bars of that symbol are kept, in alphabetical order."""
        wanted = _path("any", symbol, timeframe).split("/")[1:]
        parts = (dataset.split("/") for dataset in self._store.datasets())
        return tuple(unquote(source) for source, *rest in parts if rest == wanted)

    def datasets(self) -> tuple[Dataset, ...]:
        """What is kept, by source, symbol and timeframe."""
        return tuple(self.each_dataset())

    def each_dataset(self) -> Iterator[Dataset]:
        """The same, one after the other: many take a while."""
        for dataset in self._store.datasets():
            names = self._names(dataset)
            if not names:
                continue
            source, symbol, timeframe = (unquote(part) for part in dataset.split("/"))
            try:
                segments = self._load(dataset)
            except BadArchive:
                first = last = None
            else:
                first = day_of(min(s.header.first for s in segments))
                last = day_of(max(s.header.last for s in segments))
            yield Dataset(
                source=source, symbol=symbol, timeframe=timeframe, first=first, last=last, fetches=len(names),
                fetched_at=names[-1].fetched_at, size=self._store.size(dataset),
            )  # fmt: skip

    def verify(self) -> tuple[Finding, ...]:
        """Recomputes every hash; a finding for each segment that is damaged or gone, and for each file that is not ours."""
        return tuple(
            finding for dataset in self._store.datasets() for finding in check_dataset(self._store, self._files, dataset, self.root)
        )

    def _known(self, source: str, symbol: str, timeframe: str, known_at: dt.datetime | None) -> list[Segment]:
        segments = self._load(_path(source, symbol, timeframe))
        known = segments if known_at is None else _until(segments, stamp_of(_utc(known_at)))
        if not known:
            what = f"{symbol} ({timeframe}) from {source}"
            if not segments:
                way = f"fetch it with `levelhead data fetch {symbol} --source {source}`"
                raise NoBars(f"The archive {self.root} knows nothing of {what}; {way}.")
            first = segments[0].name.fetched_at
            raise NoBars(
                f"The archive {self.root} knew nothing of {what} before {first:%Y-%m-%d %H:%M:%S} UTC; ask for a later time."
            )
        return known

    def _load(self, dataset: str) -> list[Segment]:
        return load(self._store, self._files, dataset, self.root)

    def _names(self, dataset: str) -> list[SegmentName]:
        return sorted(name for text in self._store.names(dataset) if (name := SegmentName.parse(text)))


def _bars(known: Sequence[Segment], state: State, *, source: str, timeframe: str, instrument: Instrument) -> Bars:
    rows, newest = state.rows, known[-1].header
    forming = rows.forming.copy()
    forming[-1] = False
    feed = f"{newest.feed or instrument.symbol} (archive: {source})"
    never_closed = tuple(
        Finding(
            kind="never_closed",
            severity="warning",
            text=f"{feed}: the bar of {day_of(time)} was fetched while forming and never since; it is left out. Fetch it again.",
            where=feed,
            date=day_of(time),
        )
        for time in rows.time[forming]
    )
    is_forming = bool(rows.forming[-1])
    rows = rows.at(~forming)
    provisional = next(
        (s.header.provisional for s in reversed(known) if s.header.last == rows.time[-1] and s.rows.forming[-1]), None
    )
    open_, high, low, close, volume = (np.ascontiguousarray(column) for column in rows.values.T)
    return Bars(
        instrument=instrument,
        time=rows.time.view("datetime64[us]").copy(),
        open=open_,
        high=high,
        low=low,
        close=close,
        volume=volume,
        row=np.zeros(len(rows), dtype=np.int64),
        timeframe=timeframe,
        feed=feed,
        frame=newest.facts["frame"],
        adjustment=newest.facts["adjustment"],
        left_out=(*dated(known, lambda header: header.findings[0]), *never_closed),
        remarks=dated(known, lambda header: header.findings[1]),
        provisional=provisional if is_forming else None,
        rolls=dated(known, lambda header: header.rolls),
        days=rows.day.astype("datetime64[D]") if newest.facts["has_days"] else None,
    )


def _until(segments: Sequence[Segment], stamp: str) -> list[Segment]:
    return [segment for segment in segments if segment.name.stamp <= stamp]


def _newest(segments: Sequence[Segment]) -> tuple[str, ...]:
    """The segments that no other one was written after."""
    followed = {name for segment in segments for name in segment.header.after}
    return tuple(str(segment.name) for segment in segments if str(segment.name) not in followed)


def _one_frame(dataset: str, frames: Sequence[tuple[str, str]]) -> None:
    """Raises BadBars where prices of several frames lie in one dataset: as traded, back-adjusted by one rule or another."""
    kinds = sorted({f"{frame} (adjustment {adjustment})" for frame, adjustment in frames})
    if len(kinds) > 1:
        raise BadBars(f"{unquote(dataset)}: prices {' and '.join(kinds)} cannot be one series; keep them under two source names.")


def _path(source: str, symbol: str, timeframe: str) -> str:
    """'yahoo/RTY/1d', whatever characters a symbol has."""
    for part, what in ((source, "source"), (symbol, "symbol"), (timeframe, "timeframe")):
        if not part.strip():
            raise BadInstrument(f"A dataset of the archive needs a {what}; got an empty one.")
    return "/".join(_quoted(part) for part in (source, symbol, timeframe))


def _quoted(part: str) -> str:
    text = quote(part, safe="")
    return f"%2E{text[1:]}" if text.startswith(".") else text


def _utc(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        raise BadDate(f"The moment {moment} has no time zone; hand in one in UTC.")
    return moment.astimezone(dt.UTC)
