"""Writers in processes of their own: some are killed, some meet."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import tempfile
from collections.abc import Iterable

from made_ledger import DIGEST, LATER, NAMES, SATURDAY, came, publish

from levelhead.domain.errors import BadLedger
from levelhead.ledger.store import Ledger

OUTCOMES = {"scenario": "up", "first": "true", "second": "false"}


def write_numbered(url: str, first: int, acknowledged: str, stop_after: int | None) -> None:
    """Publishes note after note and settles each, and says of both that they are kept once they are.

    With stop_after it kills itself, without a chance to clean up, at that many calls and returns of functions.
    """
    with tempfile.TemporaryDirectory() as elsewhere:  # what is imported and compiled once is not what the kill should hit
        _write(f"{elsewhere}/ledger.sqlite", range(2), None)
    handle = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    if stop_after is not None:
        calls = 0

        def die(*_: object) -> None:
            nonlocal calls
            calls += 1
            if calls >= stop_after:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(die)
    _write(url, range(first, first + 1000), handle)


def _write(url: str, numbers: Iterable[int], handle: int | None) -> None:
    def say(words: str) -> None:
        if handle is not None:
            os.write(handle, f"{words}\n".encode())

    with Ledger.open(url, create=True) as ledger:
        for number in numbers:
            note = publish(ledger, number, at=LATER).hash
            say(f"note {number} {note}")
            outcomes = [came(name, OUTCOMES[name]) for name in NAMES]
            ledger.settle(note, outcomes, settled_at=LATER, bars_digest=DIGEST)
            say(f"settled {number} {note}")


def publish_each(url: str, numbers: Iterable[int], author: str) -> None:
    """A publisher: opens the ledger, publishes these notes one by one, and ends."""
    with Ledger.open(url, create=True) as ledger:
        for number in numbers:
            publish(ledger, number, at=dt.datetime.now(dt.UTC), author=author)


def settle_all(url: str, count: int) -> None:
    """A settler: settles whatever is open, again and again, until `count` notes are settled."""
    settled: set[str] = set()
    while len(settled) < count:
        try:
            ledger = Ledger.open(url)
        except BadLedger:  # nobody has made it yet
            continue
        with ledger:
            found: dict[str, list[str]] = {}
            for note, statement in ledger.open_statements():
                found.setdefault(note.hash, []).append(statement.name)
            batch = [(note, [came(name, OUTCOMES[name]) for name in names]) for note, names in found.items()]
            ledger.settle_many(batch, settled_at=dt.datetime.now(dt.UTC), bars_digest=DIGEST)
            settled |= found.keys()


def open_and_close(url: str) -> None:
    """One of many who open a ledger that is not there yet."""
    with Ledger.open(url, create=True) as ledger:
        publish(ledger, os.getpid(), at=SATURDAY)
