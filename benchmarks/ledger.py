"""How fast the ledger is: publishing, settling and scoring at a million claims.

    .venv/bin/python benchmarks/ledger.py [--claims 1000000] [--ledger URL] [--keep]

Notes of made claims are published one by one and in bulk, all but the last of them are settled and kept, then a hundred thousand
open claims are settled on made bars as `levelhead settle` does it, and the record is read and scored as `levelhead scorecard` does
it. Without --ledger the ledger lies in a new file, which is removed at the end. Prints the figures; the limits are those that the
project has set itself.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from levelhead.domain.sessions import SessionTable
from levelhead.ledger.outcome import Outcome
from levelhead.ledger.publishing import Draft, draft
from levelhead.ledger.statements import statements_of
from levelhead.ledger.store import Ledger
from levelhead.market.sessions import session_table

CLAIMS_EACH = 20  # of a note: a scenario, its two targets, the outlooks, plans and levels of a real one are 20 to 35
ONE_BY_ONE = 500
OPEN = 100_000
AUTHORS = ("North Desk/A. Writer", "South Desk/B. Writer", "C. Freelance", "D. Freelance")
SYMBOLS = ("RTY", "ES", "NQ", "YM")
BEGAN = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)


def main() -> None:
    asked = arguments()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.ledger or f"{folder}/ledger.sqlite"
        with Ledger.open(url, create=True) as ledger:
            print(f"{ledger.name}: {asked.claims:,} claims in notes of {CLAIMS_EACH}; {os.cpu_count()} cores")
            notes = published(ledger, asked.claims // CLAIMS_EACH)
            settled(ledger, notes)
            read(ledger)
            verified(ledger)
        if asked.ledger is None:
            print(f"{'file':34}{Path(url).stat().st_size / 2**20:10,.0f} MB")
    print(f"{'most memory held':34}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:10,.0f} MB")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--ledger", help="a path or URL of an empty ledger; it is filled and stays")
    return parser.parse_args()


@contextmanager
def timed(what: str, count: int, limit: float | None = None) -> Iterator[None]:
    began = time.perf_counter()
    yield
    took = time.perf_counter() - began
    verdict = "" if limit is None else f"   limit {limit:g} s: {'met' if took < limit else 'MISSED'}"
    print(f"{what:34}{took:10.2f} s {count / took:12,.0f} claims/s{verdict}", flush=True)


def note(number: int, rng: np.random.Generator) -> dict[str, object]:
    """A note of CLAIMS_EACH claims about a made market that stands at about 2,000."""
    day = np.busday_offset("2005-01-03", number // (len(AUTHORS) * len(SYMBOLS)), roll="forward")
    last, said = 2000.0, rng.dirichlet((4, 5, 4))
    chance = [{"probability": float(p), "base_rate": 0.5, "windows": 40} for p in rng.uniform(0.1, 0.9, CLAIMS_EACH)]
    return {
        "schema_version": "1",
        "title": f"Note {number}",
        "as_of": str(day),
        "standing": "live",
        "instrument": {"symbol": SYMBOLS[number // len(AUTHORS) % len(SYMBOLS)], "calendar": "CME_EQUITY", "tick": 0.1},
        "facts": {"last": {"value": last}},
        "provenance": {"timeframe": "1d", "digest": "sha256:da7a", "settings": "sha256:5e77", "version": "0.1.0"},
        "scenarios": {
            "claim": "first of 2100 | 1900 within 12 sessions",
            "sessions": 12,
            "scenarios": [
                {"name": name, "said": float(p), "chance": {"probability": float(p), "base_rate": base, "windows": 40}}
                for name, p, base in zip(("up", "range", "down"), said, (0.25, 0.5, 0.25), strict=True)
            ],
        },
        "claims": [
            {"name": f"claim.{n}", "claim": f"touch {last + 4 * n + 4} within {5 + n % 4 * 5} sessions", "chances": {"true": each}}
            for n, each in enumerate(chance[1:])
        ],
    }


def published(ledger: Ledger, count: int) -> list[str]:
    rng, sessions = np.random.default_rng(1), session_table("CME_EQUITY")
    with timed("published one by one, on the disk", ONE_BY_ONE * CLAIMS_EACH):
        hashes = [
            ledger.publish(
                note(n, rng), author=AUTHORS[n % len(AUTHORS)], published_at=BEGAN, sessions=sessions
            ).hash
            for n in range(ONE_BY_ONE)
        ]  # fmt: skip
    with timed("published 500 at once", (count - ONE_BY_ONE) * CLAIMS_EACH):
        for first in range(ONE_BY_ONE, count, 500):
            drafts = [made(n, rng, sessions) for n in range(first, min(count, first + 500))]
            hashes += [each.hash for each in ledger.publish_many(drafts, published_at=BEGAN)]
    return hashes


def made(number: int, rng: np.random.Generator, sessions: SessionTable | None) -> Draft:
    return draft(note(number, rng), author=AUTHORS[number % len(AUTHORS)], source="", sessions=sessions)


def settled(ledger: Ledger, hashes: list[str]) -> None:
    """Keeps made outcomes of all but the last notes, then settles the rest as the command does."""
    rng, on = np.random.default_rng(2), dt.date(2026, 1, 5)
    names = [each.name for each in statements_of(note(0, rng))]
    before = hashes[: max(0, len(hashes) - OPEN // CLAIMS_EACH)]

    def outcomes(happened: list[bool]) -> list[Outcome]:
        first = Outcome(name="scenario", outcome="up" if happened[0] else "range", on=on, sessions=4)
        rest = zip(names[1:], happened[1:], strict=True)
        return [first, *(Outcome(name=name, outcome=str(true).lower(), on=on, sessions=4) for name, true in rest)]

    with timed("outcomes kept", len(before) * CLAIMS_EACH):
        draws = (rng.uniform(size=len(names)) < 0.5 for _ in before)
        ledger.settle_many(
            ((each, outcomes(list(map(bool, draw)))) for each, draw in zip(before, draws, strict=True)),
            settled_at=BEGAN,
            bars_digest="sha256:da7a",
        )
    open_claims = sum(1 for _ in ledger.open_statements())
    with timed("open claims settled, as kept", open_claims, limit=60):
        batch: dict[str, list[Outcome]] = {}
        for kept, statement in ledger.open_statements():
            batch.setdefault(kept.hash, []).append(Outcome(name=statement.name, outcome=statement.outcomes[0], on=on, sessions=4))
        ledger.settle_many(batch.items(), settled_at=BEGAN, bars_digest="sha256:da7a")


def read(ledger: Ledger) -> None:
    with timed("record read", 1, limit=2):
        record = ledger.record()
    print(f"{'':34}{len(record):10,} rows")
    with timed("record of one author's scenarios", 1):
        ledger.record(author=AUTHORS[0], kind="scenario")


def verified(ledger: Ledger) -> None:
    with timed("whole ledger verified", len(ledger)):
        found = ledger.verify(ledger.seal().hash)
    if found:
        sys.exit(f"{len(found)} faults; the first: {found[0].text}")


if __name__ == "__main__":
    main()
