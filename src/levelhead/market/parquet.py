"""Parquet files as the same blocks of cells, through DuckDB: the one module that imports it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from levelhead.domain.errors import UnreadableFile
from levelhead.market.columns import find_columns, printable
from levelhead.market.tables import Block

MAGIC = b"PAR1"
ROWS = 16_384
_TEXT_COLUMNS = ("date", "symbol")


def parquet_blocks(path: Path, feed: str) -> Iterator[Block]:
    """The rows of a Parquet file, counted from 1. Raises UnreadableFile where DuckDB cannot read it or columns are absent."""
    import duckdb

    if set("*?[") & set(str(path)):
        raise UnreadableFile(f"{path}: a Parquet file cannot be read from a path with *, ? or [; rename it.")
    try:
        # One thread keeps the rows in order and the memory small; UTC is what a stamp with a zone is written in.
        with duckdb.connect(":memory:", config={"threads": 1, "autoinstall_known_extensions": False}) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
            found = find_columns([str(row[0]) for row in described], feed)
            wanted = [_expression(name, *described[at][:2]) for name, at in found.items()]
            connection.execute(f"SELECT {', '.join(wanted)} FROM read_parquet(?)", [str(path)])
            first = 1
            while rows := connection.fetchmany(ROWS):
                cells = dict(zip(found, map(list, zip(*rows, strict=True)), strict=True))
                yield Block(lines=np.arange(first, first + len(rows), dtype=np.int64), cells=cells)
                first += len(rows)
    except duckdb.Error as error:
        reason = printable(str(error).strip().splitlines()[0][:160])
        raise UnreadableFile(f"{feed} is a Parquet file that cannot be read ({reason}); export it again.") from None


def _expression(name: str, column: str, kind: str) -> str:
    quoted = '"' + column.replace('"', '""') + '"'
    is_text = name in _TEXT_COLUMNS or kind == "VARCHAR"
    return f"CAST({quoted} AS {'VARCHAR' if is_text else 'DOUBLE'})"
