"""What an entry means in the tables: the rows that are written with it, and that `verify` derives from it again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from levelhead.ledger.entry import Entry, moment_text
from levelhead.ledger.packed import packed_outcomes, packed_statements
from levelhead.ledger.tables import corrections, disputes, entries, notes, outcomes, statements

Row = dict[str, Any]
DERIVED = (notes, statements, outcomes, disputes, corrections)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShape:
    """What later entries need to know of a note: its place in the chain, and the name and outcomes of each statement."""

    seq: int
    statements: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def places(self) -> dict[str, tuple[int, tuple[str, ...]]]:
        """The place of each statement in its note, and what may come of it."""
        return {name: (place, possible) for place, (name, possible) in enumerate(self.statements)}


def shape_of(seq: int, lines: list[dict[str, Any]]) -> NoteShape:
    """The shape of a note with such statements."""
    return NoteShape(seq=seq, statements=tuple((line["name"], tuple(line["outcomes"])) for line in lines))


def rows_of(entry: Entry, shapes: Mapping[str, NoteShape]) -> Iterator[tuple[Table, Row]]:
    """The rows of an entry, each with its table. shapes: of the notes before it, by their entry's hash.

    Raises KeyError where the entry is about a note, or a statement, that is not there.
    """
    content = entry.content
    if entry.kind == "note":
        yield from _rows_of_note(entry)
        return
    note = shapes[content["note"]]
    row: Row = {"seq": entry.seq, "note": note.seq}
    if entry.kind == "outcomes":
        lines = content["outcomes"]
        yield outcomes, row | {"count": len(lines), "packed": packed_outcomes(lines, note.places)}
    elif entry.kind == "dispute":
        yield disputes, row
    else:
        yield corrections, row | {"reason": content["reason"], "replaced_by": content["replaced_by"] or ""}


def _rows_of_note(entry: Entry) -> Iterator[tuple[Table, Row]]:
    content = entry.content
    yield (
        notes,
        {
            "seq": entry.seq,
            "hash": entry.hash,
            "digest": content["document"],
            "published_at": moment_text(entry.at),
            **{name: content[name] for name in NOTE_COLUMNS},
            "count": len(content["statements"]),
        },
    )
    lines = content["statements"]
    yield (
        statements,
        {
            "seq": entry.seq,
            "names": "\n".join(line["name"] for line in lines),
            "packed": packed_statements(lines),
        },
    )


NOTE_COLUMNS = (
    "author", "source", "symbol", "timeframe", "as_of", "path_opens", "standing", "data", "settings", "calibration", "version",
)  # fmt: skip


def content_of(text: str) -> dict[str, Any]:
    """What an entry says, from its text."""
    content: dict[str, Any] = json.loads(text)["content"]
    return content


def about(connection: Connection, table: Table, seqs: Collection[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """What the entries in `table` (outcomes, disputes) say about these notes, each with the place of its note, in their order."""
    asked = select(table.c.note, entries.c.text).join(entries, entries.c.seq == table.c.seq)
    for row in connection.execute(asked.where(table.c.note.in_(seqs)).order_by(table.c.seq)):
        yield row.note, content_of(row.text)
