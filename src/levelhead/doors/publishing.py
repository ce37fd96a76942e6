"""Notes on their way into the ledger and back: read from a file, published by the clock, found by name."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from levelhead.domain.errors import BadNote

if TYPE_CHECKING:
    from levelhead.domain.sessions import SessionTable
    from levelhead.ledger.kept import Kept, Published
    from levelhead.ledger.store import Ledger

STDIN = "-"


def read_document(place: str) -> dict[str, Any]:
    """The document in a note.json, in the folder that holds one, or on stdin as '-'. Raises BadNote."""
    from levelhead.domain.note import SCHEMA_VERSION

    file = Path(place) / "note.json" if Path(place).is_dir() else Path(place)
    try:
        document = json.loads(sys.stdin.buffer.read() if place == STDIN else file.read_bytes())
    except OSError as error:
        raise BadNote(f"{file} cannot be read ({error.strerror}); give a note.json or the folder it lies in.") from None
    except ValueError as error:
        raise BadNote(f"{file} is not JSON ({error}); give the note.json that levelhead wrote.") from None
    if not isinstance(document, dict) or document.get("schema_version") != SCHEMA_VERSION:
        held = document.get("schema_version") if isinstance(document, dict) else None
        raise BadNote(f"{file} has schema version {held!r}, this levelhead publishes {SCHEMA_VERSION!r}; write the note again.")
    return document


def default_author(document: Mapping[str, Any]) -> str:
    """The note's own house: 'North Desk/A. Writer', or the desk alone. Raises BadNote where it names none."""
    house = document.get("house")
    names = [str(house.get(part) or "").strip() for part in ("desk", "author")] if isinstance(house, Mapping) else []
    author = "/".join(name for name in names if name)
    if not author:
        raise BadNote("The note does not say whose it is; give --author.")
    return author


def publish_now(
    ledger: Ledger, document: dict[str, Any], *, author: str | None = None, source: str = "", replayed: bool = False
) -> Published:
    """Publishes the document at this moment, under its own house's name unless another is given."""
    from levelhead.doors.clock import now

    return ledger.publish(
        document,
        author=author or default_author(document),
        source=source,
        published_at=now(),
        sessions=sessions_of(document),
        replayed=replayed,
    )


def sessions_of(document: Mapping[str, Any]) -> SessionTable | None:
    """The session table of the note's instrument: by the calendar it names, else as the instrument is known here."""
    from levelhead.market.instruments import find_instrument
    from levelhead.market.sessions import session_table

    instrument = document.get("instrument")
    if not isinstance(instrument, Mapping) or not instrument.get("symbol"):
        raise BadNote("The note does not say what instrument it is of; it needs instrument.symbol.")
    return session_table(instrument.get("calendar") or find_instrument(str(instrument["symbol"])).calendar)


def find_kept(ledger: Ledger, name: str, *, author: str | None = None) -> Kept:
    """The note in the ledger that `name` means: a hash, a name such as RTY-2025-03-13, a note.json or its folder.

    Raises BadLedger where there is none, or more than one.
    """
    from levelhead.domain.errors import BadLedger

    if not Path(name).exists():
        return ledger.find(name, author=author)
    found = ledger.find_document(read_document(name), author=author)
    if len(found) == 1:
        return found[0]
    if found:
        several = "; ".join(f"{each.hash[:19]} by {each.author}" for each in found)
        raise BadLedger(f"The ledger holds the note {name} {len(found)} times: {several}. Give the hash of the one that is meant.")
    raise BadLedger(f"The ledger does not hold the note {name}; `levelhead publish` puts it in.")


def in_words(published: Published, name: str, author: str) -> str:
    """What became of publishing, on one line that begins with the hash."""
    kept = "" if published.is_new else f", kept since {published.published_at:%Y-%m-%d %H:%M} UTC"
    return f"{published.hash} entry {published.seq}, {published.standing}: {name} by {author}{kept}"
