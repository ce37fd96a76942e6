"""The last note of the same author and instrument that the ledger holds, for the section on what changed since."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from levelhead.domain.errors import LevelheadError
from levelhead.doors import progress

if TYPE_CHECKING:
    from levelhead.render.changes import Changed
    from levelhead.wire.document import Document

FURTHEST = dt.timedelta(days=365)  # a chart shows about a year: of an older note there is nothing to compare


def changed_since(document: Document, ledger: str | None) -> Changed | None:
    """What changed since the last published note; None where no ledger is there, or it holds no earlier note.

    A ledger that cannot be read keeps nobody from a note: what is wrong with it is said, and the section is left out.
    """
    from levelhead.doors.ledger_home import ledger_url

    try:
        url = ledger_url(ledger)
        if "://" not in url and not Path(url).exists():
            return None
        earlier = _earlier(document, url)
        if earlier is None:
            return None
        from levelhead.ledger.diff import changes, changes_document
        from levelhead.render.changes import Changed, changes_sentences

        found = changes_document(changes(earlier, document))
        return Changed(since=dt.date.fromisoformat(earlier["as_of"]), sentences=tuple(changes_sentences(found, document)))
    except LevelheadError as error:
        progress.say(f"what changed since the last note is left out: {error}")
        return None


def _earlier(document: Document, url: str) -> Document | None:
    """The newest note before this one's day, of the same author, instrument and timeframe; of one day the last published."""
    from levelhead.doors.claims_document import claims_source
    from levelhead.doors.ledger_home import open_ledger
    from levelhead.doors.publishing import default_author

    day = dt.date.fromisoformat(document["as_of"])
    with open_ledger(url) as opened:
        notes = opened.notes(
            author=default_author(document),
            symbol=document["instrument"]["symbol"],
            since=day - FURTHEST,
            until=day - dt.timedelta(days=1),
        )
        timeframe = document["provenance"]["timeframe"]
        alike = [note for note in notes if note.timeframe == timeframe and not note.source.startswith(claims_source(""))]
        newest = max(alike, key=lambda note: (note.as_of, note.seq), default=None)
        return None if newest is None else newest.document
