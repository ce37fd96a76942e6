"""Files of option quotes: the chains of one evening or several."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from levelhead.domain.decimals import finite_number
from levelhead.domain.errors import UnreadableFile
from levelhead.doors.csv_rows import Row, csv_table, date_in

if TYPE_CHECKING:
    from levelhead.forecast.option_chain import Chain, Quote

NEEDED = ("date", "expiry", "strike", "kind")
CALL, PUT = ("call", "c"), ("put", "p")


def read_chains(path: Path) -> tuple[Chain, ...]:
    """The chains in a CSV: date,expiry,strike,kind and bid,ask or iv; a chain for each date.

    date: the evening of the quotes. kind: call or put. iv: a year, as a share (0.2) or in per cent ('20%'), where nobody bids.
    docs/forecast.md describes it. Raises UnreadableFile naming row and value, BadBars where the quotes contradict each other.
    """
    from levelhead.forecast.option_chain import chain_of

    with csv_table(path, "a CSV file of option quotes") as (table, columns):
        missing = [name for name in NEEDED if name not in columns]
        if missing or not ({"bid", "ask"} <= set(columns) or "iv" in columns):
            raise UnreadableFile(
                f"{path}: its heading is {','.join(columns) or 'empty'}; it needs {','.join(NEEDED)} and bid,ask or iv."
            )
        rows = [_quote(row, f"{path.name} row {table.line_num}") for row in table]
    if not rows:
        raise UnreadableFile(f"{path}: holds no quote; give a CSV file of option quotes.")
    by_day = groupby(sorted(rows, key=lambda row: row[0]), key=lambda row: row[0])
    return tuple(chain_of(path.name, day, [quote for _, quote in quotes]) for day, quotes in by_day)


def _quote(row: Row, where: str) -> tuple[dt.date, Quote]:
    from levelhead.forecast.option_chain import Quote

    word = (row["kind"] or "").strip().lower()
    if word not in CALL + PUT:
        raise UnreadableFile(f"{where}: kind {word!r} is neither call nor put.")
    strike = _number(row, "strike", where)
    if strike is None:
        raise UnreadableFile(f"{where}: has no strike; give one, or take the row out.")
    return date_in(row, "date", where), Quote(
        expiry=date_in(row, "expiry", where),
        strike=strike,
        kind="call" if word in CALL else "put",
        bid=_number(row, "bid", where),
        ask=_number(row, "ask", where),
        volatility=_number(row, "iv", where),
    )


def _number(row: Row, column: str, where: str) -> float | None:
    cell = (row.get(column) or "").strip()
    if not cell:
        return None
    value = finite_number(cell.removesuffix("%"))
    if value is None:
        raise UnreadableFile(f"{where}: {column} {cell!r} is not a number; correct it or leave it empty.")
    return value / 100 if cell.endswith("%") else value
