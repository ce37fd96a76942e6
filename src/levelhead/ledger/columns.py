"""The ledger's statements and outcomes as one record of columns, a million rows in about a second."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, select

from levelhead.domain.note import Standing
from levelhead.ledger.packed import KINDS, OUTCOME, STATEMENT
from levelhead.ledger.record import OPEN, PRICES, Record
from levelhead.ledger.tables import notes, outcomes, statements


def read_record(
    connection: Connection,
    *,
    author: str | None = None,
    symbol: str | None = None,
    kind: str | None = None,
    since: dt.date | None = None,
    standing: Standing | None = None,
) -> Record:
    """Every statement of the notes asked for, and what came of it, by note in the order of publishing."""
    asked = [
        *(column == value for column, value in ((notes.c.author, author), (notes.c.symbol, symbol), (notes.c.standing, standing))
          if value is not None),
        *([notes.c.as_of >= since.isoformat()] if since is not None else []),
    ]  # fmt: skip
    meta = (notes.c.author, notes.c.symbol, notes.c.standing, notes.c.as_of)
    made = _rows(
        connection,
        select(notes.c.seq, statements.c.count, statements.c.names, statements.c.packed, *meta)
        .join(statements, statements.c.seq == notes.c.seq)
        .where(*asked)
        .order_by(notes.c.seq),
    )
    came = select(outcomes.c.note, outcomes.c.count, outcomes.c.packed).order_by(outcomes.c.seq)
    if asked:
        came = came.join(notes, notes.c.seq == outcomes.c.note).where(*asked)
    record = _joined(made, _rows(connection, came))
    return record if kind is None else record.where(record.kind == kind)


def _joined(made: Sequence[Any], came: Sequence[Any]) -> Record:
    said = np.frombuffer(b"".join(row[3] for row in made), dtype=STATEMENT)
    counts = np.array([row[1] for row in made], dtype=np.int64)
    happened = np.full(len(said), OPEN, dtype=np.int64)
    on = np.full(len(said), "NaT", dtype="datetime64[D]")
    results = np.full((len(said), 4), np.nan)
    if came:
        found = np.frombuffer(b"".join(row[2] for row in came), dtype=OUTCOME)
        first = dict(zip((row[0] for row in made), (np.cumsum(counts) - counts).tolist(), strict=True))
        at = np.repeat([first[row[0]] for row in came], [row[1] for row in came]) + found["statement"]
        happened[at], on[at], results[at] = found["outcome"], found["on"], found["results"]
    return Record(
        name=_names([row[2] for row in made]),
        kind=np.array(KINDS)[said["kind"]],
        author=_each(made, 4, counts),
        symbol=_each(made, 5, counts),
        standing=_each(made, 6, counts),
        as_of=np.repeat(np.array([row[7] for row in made], dtype="datetime64[D]"), counts),
        settled_on=on,
        sessions=said["sessions"].astype(np.int64),
        outcomes=happened,
        count=(said["count"] - said["void"]).astype(np.int64),
        said=_scored(said["said"], said),
        base=_scored(said["base"], said),
        **{name: np.ascontiguousarray(results[:, place]) for place, name in enumerate(RESULT_COLUMNS)},
        prices={name: np.ascontiguousarray(said["prices"][:, place]) for place, name in enumerate(PRICES)},
    )


RESULT_COLUMNS = ("result_low", "result_high", "dollars_low", "dollars_high")


def _scored(chances: NDArray[np.float64], of: NDArray[np.void]) -> NDArray[np.float64]:
    """The chances as they are scored: where the last outcome is void, those of the others given that it is not (record.spoken)."""
    scored = np.ascontiguousarray(chances)
    rows = np.flatnonzero(of["void"])
    if len(rows):
        some = scored[rows]
        some[np.arange(len(rows)), of["count"][rows].astype(np.int64) - 1] = np.nan
        rest = np.nansum(some, axis=1, keepdims=True)
        scored[rows] = np.where(rest > 0.0, some / np.where(rest > 0.0, rest, 1.0), np.nan)
    return scored


def _each(made: Sequence[Any], column: int, counts: NDArray[np.int64]) -> NDArray[np.str_]:
    """A word of each note, repeated for each of its statements."""
    return np.repeat(np.array([row[column] for row in made], dtype=np.str_), counts)


def _names(listed: Sequence[str]) -> NDArray[np.str_]:
    """The names of all statements. Notes mostly have the same ones: a list is split once, and a name is a number until the end."""
    codes: dict[str, int] = {}
    split: dict[str, NDArray[np.int64]] = {}
    for names in listed:
        if names not in split:
            each = names.split("\n") if names else []
            split[names] = np.array([codes.setdefault(name, len(codes)) for name in each], dtype=np.int64)
    if not codes:
        return np.array([], dtype=np.str_)
    words: NDArray[np.str_] = np.array(list(codes), dtype=np.str_)[np.concatenate([split[names] for names in listed])]
    return words


def _rows(connection: Connection, asked: Select[Any]) -> Sequence[Any]:
    """The rows as the driver gives them. PostgreSQL hands bytes over as such only when it is asked for binary rows."""
    if connection.dialect.name == "sqlite":
        return connection.execute(asked).all()
    driver: Any = connection.connection.driver_connection
    text = asked.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
    with driver.cursor(binary=True) as cursor:
        found: Sequence[Any] = cursor.execute(str(text), text.params).fetchall()
    return found
