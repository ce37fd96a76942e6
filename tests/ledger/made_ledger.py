"""Small notes for the ledger, what may become of them, and raw SQL on what is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from levelhead.ledger.outcome import Outcome
from levelhead.ledger.store import Ledger
from levelhead.market.sessions import session_table

FUTURES = session_table("CME_EQUITY")
FRIDAY = dt.date(2025, 3, 14)
# The session after that Friday opens on Sunday evening, 18:00 New York.
OPENS = dt.datetime(2025, 3, 16, 22, 0, tzinfo=dt.UTC)
SATURDAY = dt.datetime(2025, 3, 15, 12, 0, tzinfo=dt.UTC)
LATER = dt.datetime(2025, 4, 15, 12, 0, tzinfo=dt.UTC)
DIGEST = "sha256:" + "ab" * 32
NAMES = ("scenario", "first", "second")


def document(number: int = 1, *, as_of: dt.date | str = FRIDAY, symbol: str = "RTY", **more: Any) -> dict[str, Any]:
    """A note that says three things: a scenario of three outcomes, and two claims that come true or not."""
    price = 2000.0 + number
    half = {"probability": 0.25, "base_rate": 0.3, "windows": 17}
    return {
        "schema_version": "1",
        "title": f"Note {number}",
        "as_of": str(as_of),
        "standing": "live",
        "instrument": {"symbol": symbol, "calendar": "CME_EQUITY", "tick": 0.1},
        "house": {"desk": "North Desk", "author": "A. Writer"},
        "facts": {"last": {"value": price}},
        "provenance": {"timeframe": "1d", "digest": DIGEST, "settings": "sha256:5e7", "version": "0.1.0", "provisional": None},
        "scenarios": {
            "claim": f"first of {price + 100} | {price - 100} within 12 sessions",
            "sessions": 12,
            "scenarios": [
                {"name": name, "said": said, "chance": {"probability": said, "base_rate": base, "windows": 40}}
                for name, said, base in (("up", 0.3, 0.25), ("range", 0.35, 0.45), ("down", 0.35, 0.3))
            ],
        },
        "claims": [
            {"name": "first", "claim": f"touch {price + 50} within 10 sessions", "chances": {"true": half}},
            {"name": "second", "claim": f"close above {price} at 5 sessions", "chances": {"true": half}},
        ],
    } | more


def publish(ledger: Ledger, number: int = 1, *, at: dt.datetime = SATURDAY, author: str = "A. Writer", **more: Any) -> Any:
    """Publishes note `number`."""
    return ledger.publish(document(number, **more), author=author, source="desk", published_at=at, sessions=FUTURES)


def came(name: str, outcome: str = "true", **more: Any) -> Outcome:
    """What became of a statement, on a day."""
    return Outcome(**({"name": name, "outcome": outcome, "on": dt.date(2025, 3, 20), "sessions": 4} | more))


def settle(ledger: Ledger, note: str, *outcomes: Outcome, at: dt.datetime = LATER) -> Any:
    """Settles a note."""
    return ledger.settle(note, outcomes, settled_at=at, bars_digest=DIGEST)


def filled(url: str, notes: int = 4) -> Ledger:
    """A ledger of entries of every kind: notes of two authors, outcomes, a dispute, a correction."""
    ledger = Ledger.open(url)
    published = [publish(ledger, number, at=SATURDAY + dt.timedelta(minutes=number)) for number in range(1, notes + 1)]
    publish(ledger, 1, author="Another", at=SATURDAY + dt.timedelta(hours=1))
    settle(ledger, published[0].hash, came("scenario", "up"), came("first"))
    settle(ledger, published[1].hash, came("scenario", "down"))
    settle(ledger, published[0].hash, came("first", "false"), at=LATER + dt.timedelta(days=1))
    settle(ledger, published[0].hash, came("second", "undecided", reason="One bar did both."), at=LATER + dt.timedelta(days=2))
    ledger.correct(
        published[2].hash, reason="A wrong stop.", corrected_at=LATER + dt.timedelta(days=3), replaced_by=published[3].hash
    )
    return ledger


class Raw:
    """Raw SQL on a ledger, past its triggers: what somebody with the file, or the password, can do."""

    def __init__(self, url: str) -> None:
        from levelhead.ledger.database import open_database

        self._database = open_database(url, create=False)
        self._is_sqlite = self._database.is_sqlite

    def __call__(self, *statements: str) -> None:
        """Runs the statements with every trigger and key of the tables out of the way, and puts the triggers back."""
        import sqlalchemy as sa

        from levelhead.ledger.tables import TABLES

        with self._database.engine.connect() as connection:
            if self._is_sqlite:
                driver = connection.connection.driver_connection
                driver.execute("PRAGMA foreign_keys = OFF")
                triggers = [row[0] for row in driver.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall()]
                for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                    driver.execute(f"DROP TRIGGER {name}")
                for statement in statements:
                    driver.execute(statement)
                for trigger in triggers:
                    driver.execute(trigger)
                return
            with connection.begin():
                for table in TABLES:
                    connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
                for statement in statements:
                    connection.exec_driver_sql(statement)
                for table in TABLES:
                    connection.execute(sa.text(f"ALTER TABLE {table} ENABLE TRIGGER ALL"))

    def rows(self, query: str) -> list[Any]:
        """What a query finds."""
        with self._database.reading() as connection:
            return list(connection.exec_driver_sql(query).all())

    def plain(self, statement: str) -> None:
        """Runs one statement as the triggers stand. Raises what the database raises."""
        with self._database.engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(statement)

    def close(self) -> None:
        """Lets the database go."""
        self._database.close()
