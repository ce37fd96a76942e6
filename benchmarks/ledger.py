"""How fast the ledger is: publishing, settling and scoring at a million claims.

    .venv/bin/python benchmarks/ledger.py [--claims 1000000] [--ledger URL]

Notes about made markets are published one by one and in bulk. Outcomes are made up for all but the last hundred thousand claims;
those are settled on the made bars by `levelhead settle --open`, and `levelhead scorecard` scores everything, both as a person runs
them, start of the process included. Without --ledger the ledger lies in a new file, which is removed at the end. Prints wall clock
and processor time; the limits are those that the project has set itself, on two cores.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from levelhead.ledger.outcome import Outcome
from levelhead.ledger.publishing import draft
from levelhead.ledger.statements import statements_of
from levelhead.ledger.store import Ledger
from levelhead.market.sessions import session_table

CLAIMS_EACH = 20  # of a note: a scenario, ten touches, five closes, four levels
ONE_BY_ONE = 500
OPEN = 100_000
AT_ONCE = 500
AUTHORS = ("North Desk/A. Writer", "South Desk/B. Writer", "C. Freelance", "D. Freelance")
SYMBOLS = ("RTY", "ES", "NQ", "YM")
A_DAY = len(AUTHORS) * len(SYMBOLS)  # notes
NOW = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)
FIRST_DAY = np.datetime64("2012-01-03")
AFTER = 25  # bars after the last note, more than any horizon
TABLE = session_table("CME_EQUITY")
LEVELHEAD = [sys.executable, "-c", "from levelhead.doors.cli import main; main()"]


def main() -> None:
    asked = arguments()
    count = asked.claims // CLAIMS_EACH
    with tempfile.TemporaryDirectory() as folder:
        url = asked.ledger or f"{folder}/ledger.sqlite"
        markets = [Market(symbol, seed, count // A_DAY + 1 + AFTER) for seed, symbol in enumerate(SYMBOLS)]
        bars = [f"--bars={market.symbol}={market.write(Path(folder))}" for market in markets]
        with Ledger.open(url, create=True) as ledger:
            print(f"{ledger.name}: {count * CLAIMS_EACH:,} claims in notes of {CLAIMS_EACH}; {os.cpu_count()} cores")
            hashes = published(ledger, markets, count)
            outcomes_made_up(ledger, hashes, note(0, markets))
            still_open = sum(1 for _ in ledger.open_statements())
        command("levelhead settle --open", still_open, 60, "settle", "--open", *bars, "--ledger", url)
        with Ledger.open(url) as ledger:
            print(f"{'':36}{sum(1 for _ in ledger.open_statements()):10,} left open")
            with timed("record read", count * CLAIMS_EACH):
                ledger.record()
        command("levelhead scorecard", count * CLAIMS_EACH, 2, "scorecard", "--ledger", url)
        with Ledger.open(url) as ledger, timed("whole ledger verified", count * CLAIMS_EACH):
            found = ledger.verify(ledger.seal().hash)
        if found:
            sys.exit(f"{len(found)} faults; the first: {found[0].text}")
        if asked.ledger is None:
            print(f"{'file':36}{Path(url).stat().st_size / 2**20:10,.0f} MB")
    held = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{'most memory held by a process':36}{held / 2**10:10,.0f} MB")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--ledger", help="a path or URL of an empty ledger; it is filled and stays")
    return parser.parse_args()


@contextmanager
def timed(what: str, count: int, limit: float | None = None) -> Iterator[None]:
    began, used = time.perf_counter(), processor()
    yield
    took = time.perf_counter() - began
    verdict = "" if limit is None else f"   limit {limit:g} s: {'met' if took < limit else 'MISSED'}"
    print(f"{what:36}{took:10.2f} s ({processor() - used:7.2f} s of processor) {count / took:12,.0f} claims/s{verdict}", flush=True)


def processor() -> float:
    """Seconds of processor so far, of this process and of those it has waited for."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


@dataclass(frozen=True)
class Market:
    """A random walk on the session table's days."""

    symbol: str
    seed: int
    count: int

    @cached_property
    def days(self) -> NDArray[np.datetime64]:
        """Its sessions."""
        assert TABLE is not None
        return TABLE.dates[TABLE.dates >= FIRST_DAY][: self.count]

    @cached_property
    def closes(self) -> NDArray[np.float64]:
        """Their closes."""
        moves = np.random.default_rng(self.seed).normal(0.0, 0.012, self.count)
        return np.round(2000.0 * np.exp(np.cumsum(moves)), 1)

    def write(self, folder: Path) -> Path:
        """The bars as a file."""
        file, last = folder / f"{self.symbol}.csv", np.concatenate([[2000.0], self.closes[:-1]])
        high, low = np.maximum(last, self.closes) * 1.004, np.minimum(last, self.closes) * 0.996
        rows = zip(self.days, last, high, low, self.closes, strict=True)
        lines = [f"{day},{o:.1f},{h:.1f},{lo:.1f},{c:.1f}" for day, o, h, lo, c in rows]
        file.write_text("\n".join(["date,open,high,low,close", *lines]) + "\n", encoding="utf-8")
        return file


def note(number: int, markets: list[Market]) -> dict[str, Any]:
    """A note of CLAIMS_EACH claims."""
    rng, market = np.random.default_rng(number), markets[number // len(AUTHORS) % len(SYMBOLS)]
    row = number // A_DAY
    last = float(market.closes[row])
    shares, chances = rng.dirichlet((4, 5, 4)), rng.uniform(0.1, 0.9, 15)
    priced = [{"probability": float(p), "base_rate": 0.5, "windows": 40} for p in chances]
    steps = [round(last * (1 + (n - 7) / 100), 1) for n in range(15)]
    claims = [f"touch {price} within {5 + n % 4 * 5} sessions" for n, price in enumerate(steps[:10])]
    claims += [f"close above {price} at {5 + n % 4 * 5} sessions" for n, price in enumerate(steps[10:])]
    return {
        "schema_version": "1",
        "title": f"Note {number}",
        "as_of": str(market.days[row]),
        "standing": "live",
        "instrument": {"symbol": market.symbol, "calendar": "CME_EQUITY", "tick": 0.1},
        "facts": {"last": {"value": last}},
        "provenance": {"timeframe": "1d", "digest": "sha256:da7a", "settings": "sha256:5e77", "version": "0.1.0"},
        "scenarios": {
            "claim": f"first of {round(last * 1.05, 1)} | {round(last * 0.95, 1)} within 12 sessions",
            "sessions": 12,
            "scenarios": [
                {"name": name, "said": float(p), "chance": {"probability": float(p), "base_rate": base, "windows": 40}}
                for name, p, base in zip(("up", "range", "down"), shares, (0.25, 0.5, 0.25), strict=True)
            ],
        },
        "claims": [
            {"name": f"claim.{n}", "claim": claim, "chances": {"true": chance}}
            for n, (claim, chance) in enumerate(zip(claims, priced, strict=True))
        ],
        "levels": [
            {"name": f"{side[0]}{n}", "side": side, "low": round(last * at, 1), "high": round(last * at * 1.003, 1)}
            for side, places in (("resistance", (1.02, 1.04)), ("support", (0.97, 0.95)))
            for n, at in enumerate(places, 1)
        ],
    }


def published(ledger: Ledger, markets: list[Market], count: int) -> list[str]:
    few = [note(n, markets) for n in range(min(count, ONE_BY_ONE))]
    with timed("published one by one, on the disk", len(few) * CLAIMS_EACH):
        hashes = [
            ledger.publish(each, author=AUTHORS[n % len(AUTHORS)], published_at=NOW, sessions=TABLE).hash
            for n, each in enumerate(few)
        ]  # fmt: skip
    with timed(f"made, and published {AT_ONCE} at once", (count - len(few)) * CLAIMS_EACH):
        for first in range(len(few), count, AT_ONCE):
            drafts = [
                draft(note(n, markets), author=AUTHORS[n % len(AUTHORS)], source="", sessions=TABLE)
                for n in range(first, min(count, first + AT_ONCE))
            ]
            hashes += [each.hash for each in ledger.publish_many(drafts, published_at=NOW)]
    return hashes


def outcomes_made_up(ledger: Ledger, hashes: list[str], like: dict[str, Any]) -> None:
    """Outcomes by lot, of all notes but the last."""
    rng, on, statements = np.random.default_rng(2), dt.date(2026, 1, 2), statements_of(like)
    before = hashes[: max(0, len(hashes) - OPEN // CLAIMS_EACH)]

    def by_lot() -> list[Outcome]:
        drawn = rng.integers(0, 2, len(statements))
        return [
            Outcome(name=each.name, outcome=each.outcomes[place], on=on, sessions=4)
            for each, place in zip(statements, drawn.tolist(), strict=True)
        ]

    with timed("outcomes kept", len(before) * CLAIMS_EACH):
        ledger.settle_many(((each, by_lot()) for each in before), settled_at=NOW, bars_digest="sha256:da7a")


def command(what: str, count: int, limit: float, *arguments: str) -> None:
    """A command as a person runs it."""
    with timed(what, count, limit):
        done = subprocess.run([*LEVELHEAD, *arguments], capture_output=True, text=True, check=False)
    print("\n".join(f"{'':36}{line}" for line in [*done.stderr.splitlines(), *done.stdout.splitlines()[-1:]]))


if __name__ == "__main__":
    main()
