"""A universe out of a file: CSV or Parquet in long form, a row for each symbol and day, read by DuckDB."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from levelhead.domain.errors import BadBars, UnreadableFile
from levelhead.domain.universe import Universe
from levelhead.market.columns import printable
from levelhead.market.parquet import MAGIC
from levelhead.market.tables import BLOCK, DELIMITERS, open_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NEEDED = ("symbol", "date", "close")
_PRICES = ("close", "high", "low")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a CSV file is laid out: its delimiter, and the names of its columns."""

    delimiter: str
    columns: tuple[str, ...]


def read_universe(path: Path) -> Universe:
    """The rows of a file with the columns symbol, date and close, and high and low where it has both; others are ignored.

    Rows without a close are passed over; a high or a low that is absent is the close. Any order of rows.
    Raises UnreadableFile where it is no such file, naming the value that is none, and BadBars for impossible rows.
    """
    import duckdb

    if set("*?[") & set(str(path)):
        raise UnreadableFile(f"{path}: a universe cannot be read from a path with *, ? or [; rename it.")
    layout = _layout(path)
    try:
        with duckdb.connect(":memory:", config={"autoinstall_known_extensions": False}) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            return _universe(connection, layout, path)
    except duckdb.Error as error:
        told = [line.strip() for line in str(error).splitlines() if line.strip()]
        why = next((line for line in told[1:] if line.startswith(("Expected Number", "Value with"))), "")
        reason = printable("; ".join(filter(None, (told[0][:160], why[:80]))))
        raise UnreadableFile(f"{path}: cannot be read as CSV or Parquet ({reason}); repair it or export it again.") from None


def _layout(path: Path) -> Layout | None:
    """The delimiter and the heading of a CSV file, None of Parquet; DuckDB is told both, since where it guesses it drops rows."""
    try:
        with path.open("rb") as raw:
            if raw.peek(4)[:4] == MAGIC:
                return None
            with open_text(raw, path.name) as text:
                heading = text.readline(BLOCK)
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be read ({error.strerror}); give a file with symbol,date,close.") from None
    except UnicodeError:
        raise UnreadableFile(f"{path}: is neither text in UTF-8 nor Parquet; export it again.") from None
    if not heading.strip():
        raise UnreadableFile(f"{path}: its first line is empty; give a file with symbol,date,close.")
    delimiter = max(DELIMITERS, key=heading.count)
    return Layout(delimiter=delimiter, columns=tuple(next(csv.reader([heading], delimiter=delimiter))))


def _universe(connection: Any, layout: Layout | None, path: Path) -> Universe:
    if layout is None:
        reader = "read_parquet(?)"
        found = [str(row[0]) for row in connection.execute(f"DESCRIBE SELECT * FROM {reader}", [str(path)]).fetchall()]
        named = {name: _quoted(found[at]) for name, at in _columns(found, path).items()}
    else:
        kinds = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(layout.columns)))
        reader = (
            f"read_csv(?, auto_detect = false, header = true, quote = '\"', delim = '{layout.delimiter}', columns = {{{kinds}}})"
        )
        named = {name: f"c{at}" for name, at in _columns(layout.columns, path).items()}
    cells = [f"{own} AS {name}" for name, own in named.items()]
    # A table of its own: the file is read once, and types are tried on what is kept.
    connection.execute(f"CREATE TABLE given AS SELECT {', '.join(cells)} FROM {reader}", [str(path)])
    _refuse_what_is_none(connection, named, path)
    connection.execute("CREATE TYPE names AS ENUM (SELECT DISTINCT symbol::VARCHAR FROM given WHERE symbol IS NOT NULL ORDER BY 1)")
    prices = [f"CAST({name} AS DOUBLE) AS {name}" for name in named if name in _PRICES]
    columns = connection.execute(
        f"SELECT enum_code(symbol::VARCHAR::names) AS code, CAST(date AS DATE) AS date, {', '.join(prices)} FROM given "
        "WHERE close IS NOT NULL"
    ).fetchnumpy()
    symbols = connection.execute("SELECT unnest(enum_range(NULL::names))").fetchall()
    return _sorted(columns, tuple(str(row[0]) for row in symbols), path)


def _columns(heading: Sequence[str], path: Path) -> dict[str, int]:
    """Where the columns that are used stand, by our names; the first of equals."""
    own = {name.strip().lower(): at for at, name in reversed(list(enumerate(heading)))}
    if "ticker" in own:
        own.setdefault("symbol", own["ticker"])
    if absent := [name for name in _NEEDED if name not in own]:
        shown = printable(",".join(heading)[:80])
        raise UnreadableFile(f"{path}: its heading is {shown}; it needs symbol, date and close, and has no {absent[0]}.")
    extremes = ("high", "low") if {"high", "low"} <= own.keys() else ()
    return {name: own[name] for name in (*_NEEDED, *extremes)}


def _refuse_what_is_none(connection: Any, named: Mapping[str, str], path: Path) -> None:
    """Raises for the first value that is no date or no number, and for a close that nobody owns."""
    kinds = {"date": ("DATE", "is not a date; write it as 2025-11-28")}
    kinds |= {name: ("DOUBLE", "is not a number; correct it or take the row out") for name in named if name in _PRICES}
    for name, (kind, advice) in kinds.items():
        wrong = connection.execute(
            f"SELECT symbol::VARCHAR, {name}::VARCHAR FROM given WHERE close IS NOT NULL AND {name} IS NOT NULL "
            f"AND TRY_CAST({name} AS {kind}) IS NULL LIMIT 1"
        ).fetchone()
        if wrong is not None:
            raise UnreadableFile(
                f"{path}: the {name} {printable(str(wrong[1])[:40])!r} of {printable(str(wrong[0])[:40])} {advice}."
            )
    for name, other in (("symbol", "date"), ("date", "symbol")):
        found = connection.execute(
            f"SELECT {other}::VARCHAR FROM given WHERE close IS NOT NULL AND {name} IS NULL LIMIT 1"
        ).fetchone()
        if found is not None:
            where = printable(str(found[0])[:40])
            raise UnreadableFile(f"{path}: a close of {where} has no {name}; write it, or take the row out.")


def _sorted(columns: Mapping[str, Any], symbols: tuple[str, ...], path: Path) -> Universe:
    name = path.name.split(".")[0].upper()
    code = np.asarray(columns["code"], dtype=np.int64)
    if len(code) == 0:
        raise BadBars(f"{path}: holds no close; give a file with symbol,date,close.")
    dates = np.asarray(columns["date"]).astype("datetime64[D]")
    values = {each: _filled(columns, each) for each in _PRICES}
    order = _order(code, dates)
    if order is not None:
        code, dates = code[order], dates[order]
        values = {each: column[order] for each, column in values.items()}
    return Universe(name=name, symbols=symbols, symbol=code, dates=dates, **values)


def _filled(columns: Mapping[str, Any], name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A column of prices; the closes where it, or a value of it, is absent."""
    close = np.ma.getdata(columns["close"]).astype(np.float64)
    given = columns.get(name)
    if given is None:
        return close
    return np.where(np.ma.getmaskarray(given), close, np.ma.getdata(given)).astype(np.float64)


def _order(code: np.ndarray[Any, Any], dates: np.ndarray[Any, Any]) -> np.ndarray[Any, Any] | None:
    """The order by symbol and date; None where the rows have it."""
    key = code * 1_000_000 + (dates.astype(np.int64) + 500_000)
    return None if bool((np.diff(key) >= 0).all()) else np.argsort(key, kind="stable")


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
