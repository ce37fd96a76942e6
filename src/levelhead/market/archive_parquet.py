"""Rows of bars in and out of Parquet files, with a header in each file's own metadata, through DuckDB."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import FloatArray

PRICES = ("open", "high", "low", "close", "volume")
KEY = "levelhead"


class UnreadableParquet(ValueError):
    """A file that DuckDB cannot read, or that has no header of ours."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """Bars as they are kept: n rows in ascending order of time.

    time: int64, microseconds since 1970 UTC, shape (n,). day: int64, trade dates as days since 1970, shape (n,). values: open,
    high, low, close, volume, float64, shape (n, 5), NaN where a volume is unknown. forming: bool, shape (n,), True where the bar
    was not closed when it was fetched.
    """

    time: NDArray[np.int64]
    day: NDArray[np.int64]
    values: FloatArray
    forming: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.time)

    def at(self, which: Any) -> Rows:
        """The rows of an index, a mask or a slice."""
        return Rows(time=self.time[which], day=self.day[which], values=self.values[which], forming=self.forming[which])


def joined(parts: Sequence[Rows]) -> Rows:
    """The rows of all parts, one after the other."""
    if len(parts) == 1:
        return parts[0]
    return Rows(
        time=np.concatenate([p.time for p in parts]),
        day=np.concatenate([p.day for p in parts]),
        values=np.concatenate([p.values for p in parts]),
        forming=np.concatenate([p.forming for p in parts]),
    )


class ParquetFiles:
    """One DuckDB connection, made when it is first needed."""

    def __init__(self) -> None:
        self._open: Any = None

    def write(self, path: str, rows: Rows, header: str) -> None:
        """A file of `rows` with `header` in its metadata. Raises OSError where the disk does not take it."""
        import duckdb

        columns = {name: np.ascontiguousarray(rows.values[:, i]) for i, name in enumerate(PRICES)}
        connection = self._connection()
        times = {"time": rows.time.view("datetime64[us]"), "day": rows.day}
        connection.register("rows", {**times, **columns, "forming": rows.forming})
        try:
            connection.execute(
                f"COPY (SELECT * REPLACE (DATE '1970-01-01' + day::INTEGER AS day) FROM rows) TO {_quoted(path)} "
                f"(FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, KV_METADATA {{{KEY}: {_quoted(header)}}})"
            )
        except duckdb.IOException as error:
            raise OSError(errno.EIO, str(error).splitlines()[0][:160], path) from None
        finally:
            connection.unregister("rows")

    def headers(self, paths: Sequence[str]) -> list[str]:
        """The header of each file. Raises UnreadableParquet."""
        found = dict(
            self._ask("SELECT file_name, decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = ?", [list(paths), KEY])
        )
        if missing := [path for path in paths if path not in found]:
            raise UnreadableParquet(f"{missing[0]} has no header of an archive")
        return [str(found[path]) for path in paths]

    def rows(self, paths: Sequence[str], counts: Sequence[int]) -> list[Rows]:
        """The rows of each file, `counts` of them. Raises UnreadableParquet."""
        filled = [path for path, count in zip(paths, counts, strict=True) if count]
        if not filled:
            return [NO_ROWS for _ in paths]
        columns = ", ".join(("time", "day", *PRICES, "forming"))
        table = self._ask(f"SELECT {columns} FROM read_parquet(?)", [filled], as_arrays=True)
        whole = Rows(
            time=np.ascontiguousarray(table["time"]).astype("datetime64[us]").view(np.int64),
            day=np.ascontiguousarray(table["day"]).astype("datetime64[D]").astype(np.int64),
            values=np.column_stack([np.ma.filled(table[name].astype(np.float64), np.nan) for name in PRICES]),
            forming=np.ascontiguousarray(table["forming"]).astype(np.bool_),
        )
        if len(whole) != sum(counts):
            raise UnreadableParquet(f"{len(whole)} rows where {sum(counts)} were written")
        ends = np.cumsum(counts)
        return [whole.at(slice(end - count, end)) for end, count in zip(ends, counts, strict=True)]

    def _ask(self, query: str, parameters: list[Any], *, as_arrays: bool = False) -> Any:
        import duckdb

        try:
            answer = self._connection().execute(query, parameters)
            return answer.fetchnumpy() if as_arrays else answer.fetchall()
        except (duckdb.Error, ValueError, OverflowError) as error:
            raise UnreadableParquet((str(error).strip().splitlines() or ["no reason given"])[0][:160]) from None

    def _connection(self) -> Any:
        if self._open is None:
            import duckdb

            # One thread keeps the rows in the order of the files; UTC is what a stamp is kept in.
            self._open = duckdb.connect(":memory:", config={"threads": 1, "autoinstall_known_extensions": False})
            self._open.execute("SET TimeZone = 'UTC'")
        return self._open


_NONE = np.empty(0, dtype=np.int64)
NO_ROWS = Rows(time=_NONE, day=_NONE, values=np.empty((0, len(PRICES))), forming=_NONE.astype(np.bool_))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
