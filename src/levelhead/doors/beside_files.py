"""Files of what is known beside an instrument's own bars: implied volatility, yields, and donors' histories."""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from levelhead.domain.errors import BadSettings, UnreadableFile

if TYPE_CHECKING:
    from levelhead.domain.bars import Bars
    from levelhead.forecast.beside import Beside, Kind, Series

UNKNOWN = ("", ".")  # how feeds write a day without a value
Descriptions = Mapping[str, Mapping[str, object]]


def read_series(path: Path, kind: Kind) -> Series:
    """One value a day from a CSV: a column `date`, and `close` or the only other column; rows without a value are passed over.

    Raises UnreadableFile naming row and value, BadBars where the dates are out of order or an implied volatility is not positive.
    """
    from levelhead.forecast.beside import Series

    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines)
            columns = [name.strip() for name in table.fieldnames or ()]
            table.fieldnames = columns
            value = _value_column(columns, path)
            rows = [
                _row(row, value, f"{path.name} row {table.line_num}")
                for row in table
                if (row[value] or "").strip() not in ("", ".")
            ]
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be read ({error.strerror}); give a CSV file with date,close.") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(f"{path}: is not CSV text ({error}); give a CSV file with date,close.") from None
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
    described: Descriptions | None = None,
) -> Beside:
    """Everything that is given beside the bars. Raises UnreadableFile, BadBars, or BadSettings for a donor without a file."""
    from levelhead.doors.material import load
    from levelhead.forecast.beside import Beside

    lent: list[Bars] = []
    for symbol, file in donors:
        if file is None:
            raise BadSettings(f"The donor {symbol} has no file; write --donor {symbol}=FILE.")
        lent.append(load(symbol, file=file, source=None, described=described))
    series = (*(read_series(path, "implied") for path in implied), *(read_series(path, "yield") for path in yields))
    return Beside(series=series, donors=tuple(lent))


def _value_column(columns: list[str], path: Path) -> str:
    others = [name for name in columns if name != "date"]
    if "date" not in columns or not others:
        raise UnreadableFile(f"{path}: its heading is {','.join(columns) or 'empty'}; it needs date and close.")
    if "close" in others:
        return "close"
    if len(others) > 1:
        raise UnreadableFile(f"{path}: {','.join(others)} may all be the value; name the one that is 'close'.")
    return others[0]


def _row(row: Mapping[str, str | None], value: str, where: str) -> tuple[str, float]:
    date, cell = (row["date"] or "").strip(), (row[value] or "").strip()
    try:
        dt.date.fromisoformat(date)
    except ValueError:
        raise UnreadableFile(f"{where}: date {date!r} is not a date; write it as 2025-11-28.") from None
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UnreadableFile(f"{where}: {value} {cell!r} is not a number; correct it or take the row out.")
    return date, number
