"""Files of what is known beside an instrument's own bars: implied volatility, yields, donors' histories, event days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from levelhead.domain.errors import BadSettings, UnreadableFile
from levelhead.doors.csv_rows import Row, csv_table, date_in, number_in

if TYPE_CHECKING:
    from levelhead.domain.bars import Bars
    from levelhead.domain.daily_series import Kind, Series
    from levelhead.domain.events import Event, Events
    from levelhead.forecast.beside import Beside

CALENDARS = ("CME_EQUITY", "XNYS")
Descriptions = Mapping[str, Mapping[str, object]]


def read_series(path: Path, kind: Kind) -> Series:
    """One value a day from a CSV: a column `date`, and `close` or the only other column; rows without a value are passed over.

    Raises UnreadableFile naming row and value, BadBars where the dates are out of order or an implied volatility is not positive.
    """
    from levelhead.domain.daily_series import Series

    with csv_table(path, "a CSV file with date,close") as (table, columns):
        value = _value_column(columns, path)
        rows = [
            _row(row, value, f"{path.name} row {table.line_num}") for row in table if (row[value] or "").strip() not in ("", ".")
        ]
    if not rows:
        raise UnreadableFile(f"{path}: holds no value; give a CSV file with date,close.")
    dates, values = zip(*rows, strict=True)
    return Series(
        name=path.name.split(".")[0].upper(), kind=kind, dates=np.array(dates, dtype="datetime64[D]"), values=np.array(values)
    )


def read_beside(
    implied: Iterable[Path] = (),
    yields: Iterable[Path] = (),
    donors: Iterable[tuple[str, Path | None]] = (),
    *,
    events: Iterable[Path] = (),
    chains: Iterable[Path] = (),
    described: Descriptions | None = None,
) -> Beside:
    """Everything that is given beside the bars. Raises UnreadableFile, BadBars, or BadSettings for a donor without a file."""
    from levelhead.doors.chain_files import read_chains
    from levelhead.doors.material import load
    from levelhead.forecast.beside import Beside

    lent: list[Bars] = []
    for symbol, file in donors:
        if file is None:
            raise BadSettings(f"The donor {symbol} has no file; write --donor {symbol}=FILE.")
        lent.append(load(symbol, file=file, source=None, described=described))
    series = (*(read_series(path, "implied") for path in implied), *(read_series(path, "yield") for path in yields))
    return Beside(
        series=series,
        donors=tuple(lent),
        events=_all_events(tuple(events)),
        chains=tuple(chain for path in chains for chain in read_chains(path)),
    )


def _all_events(paths: tuple[Path, ...]) -> Events | None:
    """The events of all files as one schedule; the same event of two files is one."""
    from levelhead.domain.events import Events

    found = [read_events(path) for path in paths]
    if len(found) < 2:
        return found[0] if found else None
    every = tuple(dict.fromkeys(event for each in found for event in each.events))
    return Events(name=", ".join(each.name for each in found), events=every, tables=found[0].tables)


def read_events(path: Path) -> Events:
    """A schedule of event days from a CSV: date,event, and where wanted time (New York, 08:30) and announced (a date).

    docs/forecast.md describes it. Raises UnreadableFile naming row and value, BadSettings where it holds no event.
    """
    from levelhead.domain.events import Events
    from levelhead.market.sessions import session_table

    with csv_table(path, "a CSV file with date,event") as (table, columns):
        if not {"date", "event"} <= set(columns):
            raise UnreadableFile(f"{path}: its heading is {','.join(columns) or 'empty'}; it needs date and event.")
        found = tuple(_event(row, f"{path.name} row {table.line_num}") for row in table)
    tables = {name: known for name in CALENDARS if (known := session_table(name)) is not None}
    return Events(name=path.name, events=found, tables=tables)


def _event(row: Row, where: str) -> Event:
    from levelhead.domain.events import Event

    kind = (row["event"] or "").strip()
    if not kind:
        raise UnreadableFile(f"{where}: names no event; write its kind, such as FOMC, or take the row out.")
    at, announced = (row.get("time") or "").strip(), (row.get("announced") or "").strip()
    try:
        time = dt.time.fromisoformat(at) if at else None
    except ValueError:
        raise UnreadableFile(f"{where}: time {at!r} is not a time of day; write it as 08:30, in New York.") from None
    return Event(
        date=date_in(row, "date", where),
        kind=kind,
        time=time,
        announced=date_in(row, "announced", where) if announced else None,
    )


def _value_column(columns: list[str], path: Path) -> str:
    others = [name for name in columns if name != "date"]
    if "date" not in columns or not others:
        raise UnreadableFile(f"{path}: its heading is {','.join(columns) or 'empty'}; it needs date and close.")
    if "close" in others:
        return "close"
    if len(others) > 1:
        raise UnreadableFile(f"{path}: {','.join(others)} may all be the value; name the one that is 'close'.")
    return others[0]


def _row(row: Row, value: str, where: str) -> tuple[dt.date, float]:
    return date_in(row, "date", where), number_in(row, value, where)
