"""Small CSV files that a person gives: opened with their heading, each fault one sentence that names row, column and value."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from levelhead.domain.decimals import finite_number
from levelhead.domain.errors import UnreadableFile

if TYPE_CHECKING:
    Table = csv.DictReader[str]

Row = Mapping[str, str | None]


@contextmanager
def csv_table(path: Path, wanted: str) -> Iterator[tuple[Table, list[str]]]:
    """The rows of a CSV file and the names in its heading, in lower case and without blanks around them.

    wanted: what such a file holds, as in 'a CSV file with date,close'. Raises UnreadableFile where it cannot be read or is no text.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines)
            columns = [name.strip().lower() for name in table.fieldnames or ()]
            table.fieldnames = columns
            yield table, columns
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be read ({error.strerror}); give {wanted}.") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(f"{path}: is not CSV text ({error}); give {wanted}.") from None


def date_in(row: Row, column: str, where: str) -> dt.date:
    """The date of a cell. Raises UnreadableFile."""
    cell = (row[column] or "").strip()
    try:
        return dt.date.fromisoformat(cell)
    except ValueError:
        raise UnreadableFile(f"{where}: {column} {cell!r} is not a date; write it as 2025-11-28.") from None


def number_in(row: Row, column: str, where: str) -> float:
    """The finite number of a cell. Raises UnreadableFile."""
    cell = (row[column] or "").strip()
    value = finite_number(cell)
    if value is None:
        raise UnreadableFile(f"{where}: {column} {cell!r} is not a number; correct it or take the row out.")
    return value
