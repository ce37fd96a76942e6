"""Settles 100,000 open claims: read from a ledger, settled on their bars, kept.

    python benchmarks/settle.py

4,546 small notes of 22 statements each of a made market, in a SQLite ledger in a temporary folder. The last line settles the same
statements session by session, as one reads them, on a tenth of the notes.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.sessions import as_date
from levelhead.ledger.kept import Kept
from levelhead.ledger.publishing import draft
from levelhead.ledger.settling import Asked, settle_notes
from levelhead.ledger.statement import Statement
from levelhead.ledger.store import Ledger
from levelhead.market.instruments import find_instrument
from levelhead.market.sessions import session_table

NOTES = 4546
FIRST = 300
NOW = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)


def made_bars(count: int = 5000) -> Bars:
    """A random walk over the last sessions of the table that have been."""
    sessions = session_table("CME_EQUITY")
    assert sessions is not None
    days = sessions.dates[sessions.dates < np.datetime64("2026-01-01")][-count:]
    generator = np.random.default_rng(5)
    close = np.round(2000 * np.exp(np.cumsum(generator.normal(0, 0.012, count))), 1)
    opened = np.concatenate([close[:1], close[:-1]])
    reach = np.round(np.abs(generator.normal(0, 0.006, (2, count))) * close, 1)
    return Bars(
        instrument=find_instrument("RTY"),
        time=days.astype("datetime64[us]"),
        open=opened,
        high=np.maximum(opened, close) + reach[0],
        low=np.minimum(opened, close) - reach[1],
        close=close,
        volume=np.full(count, np.nan),
        row=np.arange(count),
    )


def made_document(bars: Bars, number: int) -> dict[str, object]:
    """A scenario, two targets, three outlooks and biases, a plan with its chances, and ten levels."""
    row = FIRST + number % (len(bars) - FIRST - 70)
    last = float(bars.close[row])
    far = [round(last * (1 + step / 100), 1) for step in range(-8, 9)]
    rows = [{"name": f"{name} term", "sessions": n, "bias": "bullish", "up": 0.4, "flat": 0.2, "down": 0.4} for name, n in _TERMS]
    outlooks = [
        (f"outlook.{name}.{end}", f"close {side} {far[at]} at {n} sessions") for name, n in _TERMS for end, side, at in _ENDS
    ]
    targets = [
        ("scenario.up.target", f"touch {far[14]} within 12 sessions"),
        ("scenario.down.target", f"touch {far[2]} within 12 sessions"),
    ]
    plan = f"long limit {far[7]} stop {far[5]} target {far[10]} fill within 5 exit within 15"
    return {
        "title": f"Note {number}",
        "as_of": str(bars.dates[row]),
        "standing": "replayed",
        "instrument": {"symbol": "RTY", "calendar": "CME_EQUITY", "tick": 0.1},
        "facts": {"last": {"value": last}},
        "provenance": {"timeframe": "1d"},
        "scenarios": {"claim": f"first of {far[12]} | {far[4]} within 12 sessions", "sessions": 12},
        "outlook": rows,
        "claims": [{"name": name, "claim": text, "chances": {"true": 0.3}} for name, text in (*outlooks, *targets)],
        "setups": {"plans": [{"claim": plan, "fill": 0.5, "targets": [{"chance": 0.4}]}]},
        "levels": [
            {
                "name": f"{'r' if at > 8 else 's'}{abs(at - 8)}",
                "side": "resistance" if at > 8 else "support",
                "low": price,
                "high": price,
            }
            for at, price in enumerate(far)
            if at != 8 and 3 <= at <= 13
        ],
    }


_TERMS = (("short", 10), ("medium", 40), ("long", 65))
_ENDS = (("up", "above", 9), ("down", "below", 7))


@contextmanager
def timed(words: str) -> Iterator[None]:
    """Prints how long it took."""
    start = time.perf_counter()
    yield
    print(f"{time.perf_counter() - start:7.1f} s   {words}")


def main() -> None:
    """Prints the seconds of each step."""
    bars, sessions = made_bars(), session_table("CME_EQUITY")
    with tempfile.TemporaryDirectory() as folder, Ledger.open(str(Path(folder) / "ledger.sqlite"), create=True) as ledger:
        documents = [made_document(bars, number) for number in range(NOTES)]
        ledger.publish_many([draft(each, author="A", source="", sessions=sessions) for each in documents], published_at=NOW)
        notes: dict[str, tuple[Kept, list[Statement]]] = {}
        with timed("all of it"):
            with timed("read"):
                for note, statement in ledger.open_statements():
                    notes.setdefault(note.hash, (note, []))[1].append(statement)
            asked = [Asked(statements=statements, as_of=note.as_of) for note, statements in notes.values()]
            with timed(f"settled: {sum(len(each.statements) for each in asked):,} claims of {len(asked):,} notes"):
                found = settle_notes(asked, bars, sessions=sessions)
            with timed("kept"):
                kept = ledger.settle_many(zip(notes, found, strict=True), settled_at=NOW, bars_digest=bars.digest())
        print(f"{kept.new:,} outcomes are new, {kept.same:,} the same, {kept.disputed:,} disputed")
        some = [replace(each, expires=as_date(bars.dates[-1])) for each in asked[::10]]
        with timed(f"settled session by session: {sum(len(each.statements) for each in some):,} claims"):
            settle_notes(some, bars, sessions=sessions)


if __name__ == "__main__":
    main()
