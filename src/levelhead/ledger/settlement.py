"""Keeping outcomes: what is new is an entry, what is the same is nothing, what differs from what is kept is a dispute."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from levelhead.domain.errors import BadLedger
from levelhead.ledger.chain import Chain
from levelhead.ledger.dispute import verdict
from levelhead.ledger.kept import Settled
from levelhead.ledger.lines import Line, outcome_line, outcome_of
from levelhead.ledger.outcome import UNDECIDED, VOID, Outcome
from levelhead.ledger.rows import NoteShape, about, content_of, shape_of
from levelhead.ledger.tables import disputes, entries, notes, outcomes

Batch = Sequence[tuple[str, Sequence[Outcome]]]


@dataclass(slots=True)
class Past:
    """What the ledger holds of one note: its shape, the outcome of each settled statement, and what was disputed."""

    hash: str
    shape: NoteShape
    kept: dict[str, Outcome] = field(default_factory=dict)
    disputed: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))


def keep_outcomes(connection: Connection, batch: Batch, *, settled_at: dt.datetime, bars_digest: str) -> Settled:
    """Adds to the chain what is new or disputed in `batch`, outcomes by the hash of their note.

    Raises BadLedger for a note, a statement or an outcome that is not there.
    """
    past = _past_of(connection, [name for name, _ in batch])
    end, counted = Chain(connection), Settled()
    for name, found in batch:
        note = past[name]
        new, same, disputed = _sorted(note, found)
        about = {"note": note.hash, "bars": bars_digest}
        shapes = {note.hash: note.shape}
        if new:
            end.add("outcomes", settled_at, about | {"outcomes": [outcome_line(each) for each in new]}, shapes)
        if disputed:
            end.add("dispute", settled_at, about | {"disputes": [_dispute(note, each) for each in disputed]}, shapes)
        counted += Settled(new=len(new), same=same, disputed=len(disputed))
    end.write()
    return counted


def _sorted(note: Past, found: Iterable[Outcome]) -> tuple[list[Outcome], int, list[Outcome]]:
    """The new outcomes, how many are the same, and the disputed ones; the note's past knows them from now on."""
    new: list[Outcome] = []
    disputed: list[Outcome] = []
    same, possible = 0, dict(note.shape.statements)
    for each in found:
        _must_fit(note, each, possible)
        said = verdict(note.kept.get(each.name), each, note.disputed[each.name])
        same += said == "same"
        if said == "new":
            new.append(each)
            note.kept[each.name] = each
        elif said == "disputed":
            disputed.append(each)
            note.disputed[each.name].append(each)
    return new, same, disputed


def _must_fit(note: Past, outcome: Outcome, possible: Mapping[str, tuple[str, ...]]) -> None:
    if outcome.name not in possible:
        raise BadLedger(f"The note {note.hash[:19]} makes no statement {outcome.name!r}; nothing can become of it.")
    allowed = (*possible[outcome.name], "open", UNDECIDED, VOID)
    if outcome.outcome not in allowed:
        raise BadLedger(f"The statement {outcome.name!r} cannot come out {outcome.outcome!r}, only {', '.join(allowed)}.")


def _dispute(note: Past, found: Outcome) -> Line:
    return {"name": found.name, "kept": outcome_line(note.kept[found.name]), "found": outcome_line(found)}


def _past_of(connection: Connection, hashes: Sequence[str]) -> dict[str, Past]:
    """What is kept of these notes. Raises BadLedger where one is not there."""
    of_notes = select(entries.c.hash, entries.c.seq, entries.c.text).join_from(notes, entries, notes.c.seq == entries.c.seq)
    found = connection.execute(of_notes.where(notes.c.hash.in_(hashes)))
    past = {row.hash: Past(row.hash, shape_of(row.seq, content_of(row.text)["statements"])) for row in found}
    missing = next((each for each in hashes if each not in past), None)
    if missing is not None:
        raise BadLedger(f"The ledger holds no note {missing}; nothing can be settled there.")
    by_seq = {each.shape.seq: each for each in past.values()}
    for note, content in about(connection, outcomes, by_seq):
        by_seq[note].kept |= {line["name"]: outcome_of(line) for line in content["outcomes"]}
    for note, content in about(connection, disputes, by_seq):
        for line in content["disputes"]:
            by_seq[note].disputed[line["name"]].append(outcome_of(line["found"]))
    return past
