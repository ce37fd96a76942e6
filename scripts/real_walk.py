"""The real walk: notes of RTY for every Monday of 2024 and 2025, published as replayed, settled, scored, shown in docs/.

    .venv/bin/python scripts/real_walk.py [--data ../shared/data] [--ledger walk.sqlite] [--out docs]

Needs the real bars that lie beside the repository (rty_tv, rut, es_tv, nq_tv); writes scorecard.html, and prints the scorecard.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

import levelhead as lh
from levelhead.domain.bars import Bars
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.doors import clock
from levelhead.doors.ledger_bars import Material, asked_of
from levelhead.doors.rolling import Rolling, rolled_bars
from levelhead.ledger.kept import Settled
from levelhead.ledger.publishing import draft
from levelhead.ledger.scorecard import scorecard, scorecard_document
from levelhead.ledger.settling import settle_notes
from levelhead.ledger.store import Ledger
from levelhead.market.sessions import session_table
from levelhead.render.scorecard_page import scorecard_html
from levelhead.render.scorecard_text import scorecard_text
from levelhead.wire.document import Document, to_document

ROOT = Path(__file__).resolve().parents[1]
MONDAY = 0
TOGETHER = 20  # notes published in one transaction
WIDTH = 110


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), default=ROOT.parent / "shared" / "data", show_default=True)
@click.option("--ledger", type=click.Path(path_type=Path), help="A new file. Default: one that is thrown away.")
@click.option("--out", type=click.Path(path_type=Path), default=ROOT / "docs", show_default=True)
@click.option("--years", default="2024-2025", show_default=True)
def main(data: Path, ledger: Path | None, out: Path, years: str) -> None:
    """Publish, settle and score the notes of every Monday of the years."""
    first, last = (int(year) for year in years.split("-"))
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        place = ledger or Path(scratch) / "walk.sqlite"
        with Ledger.open(str(place), create=True) as opened:
            card = walked(opened, data, first, last, started)
    out.mkdir(exist_ok=True)
    (out / "scorecard.html").write_text(scorecard_html(card), encoding="utf-8")
    click.echo(scorecard_text(card, WIDTH))
    click.echo(f"{out}/scorecard.html, {time.perf_counter() - started:.0f} s.", err=True)


def walked(opened: Ledger, data: Path, first: int, last: int, started: float) -> Document:
    """The scorecard's document of the walk, from an empty ledger."""

    def said(what: str) -> None:
        click.echo(f"{time.perf_counter() - started:6.1f} s  {what}", err=True)

    reference = Rolling(reference=("RUT", data / "rut.csv"))
    bars = rolled_bars("RTY", reference, lambda: lh.read_bars(data / "rty_tv.csv", "RTY"))
    peers = {symbol: lh.read_bars(data / f"{symbol.lower()}_tv.csv", symbol) for symbol in ("ES", "NQ")}
    sessions = session_table(bars.instrument.calendar)
    mondays = [day for day in map(as_date, bars.dates) if day.weekday() == MONDAY and first <= day.year <= last]
    said(f"{len(bars):,} bars with {len(bars.rolls)} rolls; {len(mondays)} Mondays from {mondays[0]} to {mondays[-1]}")
    for some in grouped(mondays):
        drafts = [
            draft(
                to_document(lh.compose_note(bars, peers=peers, as_of=day)),
                author="levelhead",
                source="real walk",
                sessions=sessions,
            )
            for day in some
        ]
        published = opened.publish_many(drafts, published_at=clock.now())
        assert {each.standing for each in published} == {"replayed"}
        said(f"notes to {some[-1]} published")
    settled = settle(opened, bars, sessions)
    said(f"{settled.new:,} outcomes new, {settled.same:,} the same, {settled.disputed:,} disputed")
    faults = opened.verify(opened.seal().hash)
    said(f"the chain holds {opened.seal().seq:,} entries and {len(faults)} faults; its head is {opened.seal().hash}")
    return scorecard_document(scorecard(opened.record()))


def settle(opened: Ledger, bars: Bars, sessions: SessionTable | None) -> Settled:
    """Settles every statement of the ledger on the bars; in one go."""
    material = Material(bars=bars, finer=None, sessions=sessions, file=None)
    notes = list(opened.statements_of(opened.notes()))
    asked = [asked_of(note, tuple(statement for statement, _ in pairs), material) for note, pairs in notes]
    outcomes = settle_notes(asked, bars, sessions=sessions)
    pairs = [(note.hash, found) for (note, _), found in zip(notes, outcomes, strict=True)]
    return opened.settle_many(pairs, settled_at=clock.now(), bars_digest=bars.digest())


def grouped(days: Sequence[dt.date]) -> Iterator[Sequence[dt.date]]:
    """The days in runs that are published together."""
    for start in range(0, len(days), TOGETHER):
        yield days[start : start + TOGETHER]


if __name__ == "__main__":
    main()
