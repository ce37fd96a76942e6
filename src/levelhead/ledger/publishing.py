"""A note on its way into the ledger: everything of its entry that does not depend on the chain."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from levelhead.domain.errors import BadNote
from levelhead.domain.note import Standing
from levelhead.domain.sessions import SessionTable
from levelhead.ledger.entry import canonical, digest, moment_text
from levelhead.ledger.kept import Document
from levelhead.ledger.lines import Line, statement_line
from levelhead.ledger.opening import path_opens
from levelhead.ledger.packed import KINDS
from levelhead.ledger.record import MOST_OUTCOMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A note that is ready to be kept. text, digest: of its document. content: of its entry, but for the standing.

    opens: when its path opens. may_be_live: False where the note itself says that it is a replay, or one was asked for.
    """

    text: str
    digest: str
    author: str
    opens: dt.datetime
    may_be_live: bool
    content: dict[str, Any]

    def standing(self, at: dt.datetime) -> Standing:
        """What the note stands as when it enters at that moment."""
        return "live" if self.may_be_live and at < self.opens else "replayed"


def draft(document: Document, *, author: str, source: str, sessions: SessionTable | None, replayed: bool = False) -> Draft:
    """The note made ready: its canonical text, its statements, when its path opens.

    sessions: the table of its instrument's calendar, None where there is none. Raises BadNote where the document is no note, or
    its statements cannot be kept.
    """
    if not author.strip():
        raise BadNote("A note enters the ledger under its author's name; give one.")
    text = canonical(document)
    opens = path_opens(document, sessions)
    try:
        symbol, provenance = str(document["instrument"]["symbol"]), dict(document.get("provenance") or {})
    except (KeyError, TypeError, ValueError) as error:
        raise BadNote(f"The note does not say what instrument it is of ({type(error).__name__}: {error}).") from None
    content: dict[str, Any] = {
        "document": digest(text),
        "author": author.strip(),
        "source": source.strip(),
        "symbol": symbol,
        "timeframe": str(provenance.get("timeframe") or "1d"),
        "as_of": str(document["as_of"]),
        "path_opens": moment_text(opens),
        "data": str(provenance.get("digest") or ""),
        "settings": str(provenance.get("settings") or ""),
        "calibration": str(provenance.get("calibration") or ""),
        "version": str(provenance.get("version") or ""),
        "statements": statement_lines_of(document),
    }
    return Draft(
        text=text,
        digest=content["document"],
        author=content["author"],
        opens=opens,
        may_be_live=document.get("standing", "live") == "live" and not replayed,
        content=content,
    )


def statement_lines_of(document: Document) -> list[Line]:
    """The statements of a note as JSON values. Raises BadNote for some that no table can hold."""
    from levelhead.ledger.statements import statements_of

    try:
        lines = [statement_line(each) for each in statements_of(document)]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadNote(f"What the note says cannot be read ({type(error).__name__}: {error}); is it a levelhead note?") from None
    twice = [name for name, count in Counter(line["name"] for line in lines).items() if count > 1]
    if twice:
        raise BadNote(f"The note says {twice[0]!r} twice; each statement needs a name of its own.")
    for line in lines:
        name, count = line["name"], len(line["outcomes"])
        if not name or "\n" in name or line["kind"] not in KINDS or not 0 < count <= MOST_OUTCOMES:
            raise BadNote(f"The note's statement {name!r} of kind {line['kind']!r} with {count} outcomes cannot be kept.")
        if len(line["said"]) not in (0, count) or len(line["base"]) not in (0, count):
            raise BadNote(f"The note's statement {name!r} has {count} outcomes, and not as many probabilities.")
    return lines
