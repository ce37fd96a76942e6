"""An entry of the chain: canonical text, the hash of that text, and inside the text the hash of the entry before."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal, get_args

import rfc8785

from levelhead.domain.errors import BadLedger, BadNote

EntryKind = Literal["note", "outcomes", "dispute", "correction"]
KINDS = get_args(EntryKind)
FORMAT = "levelhead ledger 1"
ALGORITHM = "sha256"
GENESIS = f"{ALGORITHM}:{'0' * 64}"  # the parent of the first entry
MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"  # of one width, so that moments sort as text


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What happened once, and after what.

    seq: its place, from 1. parent: hash of the entry before, of the first one GENESIS. at: the clock, UTC. content: of a note whose
    it is, what it was made from, the digest of its document and its statements; of outcomes, a dispute and a correction the hash of
    their note and what is said of it. text: all of this as canonical JSON (RFC 8785). hash: 'sha256:' and the digest of the text.
    """

    seq: int
    parent: str
    kind: EntryKind
    at: dt.datetime
    content: dict[str, Any]
    text: str
    hash: str


def entry(*, seq: int, parent: str, kind: EntryKind, at: dt.datetime, content: dict[str, Any]) -> Entry:
    """The entry with its text and hash. Raises BadNote where the content cannot be written as JSON."""
    whole = {"format": FORMAT, "seq": seq, "parent": parent, "kind": kind, "at": moment_text(at), "content": content}
    return read_entry(canonical(whole))


def read_entry(text: str) -> Entry:
    """The entry that `text` is: a new one is read from its own text too, so that a 1.0 is the 1 that every reader sees.

    Raises BadLedger where it is none.
    """
    try:
        whole = json.loads(text)
        if whole["format"] != FORMAT or whole["kind"] not in KINDS:
            raise BadLedger(f"An entry of format {whole['format']!r} and kind {whole['kind']!r} is unknown here; update levelhead.")
        return Entry(
            seq=int(whole["seq"]),
            parent=str(whole["parent"]),
            kind=whole["kind"],
            at=moment_of(whole["at"]),
            content=dict(whole["content"]),
            text=text,
            hash=digest(text),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BadLedger(f"The text of an entry cannot be read ({type(error).__name__}: {error}).") from None


def canonical(value: Any) -> str:
    """The one text of a JSON value: RFC 8785. Raises BadNote for what JSON cannot say (not finite, not text, beyond 2^53)."""
    try:
        return rfc8785.dumps(value).decode("utf-8")
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as error:
        raise BadNote(f"The note cannot be written as canonical JSON: {str(error) or type(error).__name__}.") from None


def digest(text: str) -> str:
    """The hash of a text, naming its algorithm: 'sha256:' and 64 hexadecimal digits."""
    return f"{ALGORITHM}:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def moment_text(moment: dt.datetime) -> str:
    """A moment as the ledger writes it: UTC, to the microsecond, always as wide."""
    return moment.astimezone(dt.UTC).strftime(MOMENT).rjust(27, "0")


def moment_of(text: str) -> dt.datetime:
    """The moment that such a text names. Raises ValueError for any other text."""
    return dt.datetime.strptime(text, MOMENT).replace(tzinfo=dt.UTC)
