"""levelhead status: how the open claims of an instrument stand today, and how likely they are by now."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import click

from levelhead.doors import progress
from levelhead.doors.ledger_bars import Where, where_options
from levelhead.doors.ledger_home import ledger_option, open_ledger

if TYPE_CHECKING:
    from levelhead.domain.quoting import Quoting
    from levelhead.domain.roll import ExpectedRoll, Roll
    from levelhead.doors.ledger_bars import Material
    from levelhead.kernels.paths import PathBars
    from levelhead.ledger.kept import Kept
    from levelhead.ledger.outcome import Outcome
    from levelhead.ledger.sequel import Sequel
    from levelhead.ledger.statement import Statement
    from levelhead.ledger.status import ClaimStatus, NoteStatus

EXAMPLES = """\b
Examples:
  levelhead status RTY --bars rty.csv
  levelhead status RTY --bars rty.csv --peer RUT=rut.csv --timeframe 1w
  levelhead status RTY --note RTY-2025-10-31 --json
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A note and how it stands; quoting: how its prices are written; settled: how many of its claims were settled before; due: a
    roll that may have come and has not shown.
    """

    note: Kept
    title: str
    status: NoteStatus
    quoting: Quoting
    settled: int
    due: ExpectedRoll | None = None

    @property
    def unit(self) -> str:
        """What its horizons count: 'session', 'week', 'bar'."""
        from levelhead.domain.timeframe import timeframe_of

        noun = timeframe_of(self.note.timeframe).noun
        return "session" if noun == "day" else noun


@click.command(epilog=EXAMPLES)
@click.argument("symbol")
@where_options
@click.option(
    "--note", "name", metavar="NOTE", help="One note, by its hash or as RTY-2025-03-13. Default: every one with open claims."
)
@click.option("--author", metavar="NAME", help="The notes of this author only.")
@click.option("--json", "as_json", is_flag=True, help="Print the status as JSON.")
@ledger_option
def status(symbol: str, where: Where, name: str | None, author: str | None, as_json: bool, ledger: str | None) -> None:
    """Show how each open claim on SYMBOL stands: what came of it, or alive; price and probability then and now.

    Probabilities of now are those of the claim as it was made, after what has happened since. After a roll prices stand in the
    contract of today. Each note is looked at on bars of its own timeframe, made of those given. Nothing is written.
    """
    from levelhead.doors import clock

    with open_ledger(ledger) as opened:
        notes = [opened.find(name, author=author)] if name is not None else list(opened.notes(symbol=symbol.upper(), author=author))
        pairs = [(note, opened.statements(note.hash)) for note in notes if where.is_meant(note.timeframe)]
        alive = [(note, rows) for note, rows in pairs if any(kept is None for _, kept in rows)]
        found = [each for some in _by_timeframe(alive) for each in _stood(some, symbol.upper(), where, clock.now())]
    found.sort(key=lambda each: (each.note.as_of, each.note.seq), reverse=True)
    progress.step("")
    if as_json:
        click.echo(json.dumps([_as_row(each) for each in found], ensure_ascii=False, indent=2))
        return
    if not found:
        of_bars = f" made on {where.shape.timeframe} bars" if where.shape.timeframe else ""
        by = f" by {author}" if author else ""
        click.echo(f"No claim on {symbol.upper()}{by}{of_bars} is open.")
    for number, each in enumerate(found):
        for line in (*([""] if number else []), *_lines(each)):
            click.echo(line)


Rows = tuple[tuple["Statement", "Outcome | None"], ...]


def _by_timeframe(notes: Sequence[tuple[Kept, Rows]]) -> Iterator[list[tuple[Kept, Rows]]]:
    for timeframe in sorted({note.timeframe for note, _ in notes}):
        yield [(note, rows) for note, rows in notes if note.timeframe == timeframe]


def _stood(notes: Sequence[tuple[Kept, Rows]], symbol: str, where: Where, moment: dt.datetime) -> Iterator[Stood]:
    """The notes of one timeframe as they stand; a note whose day has no bar is told about and left out."""
    from levelhead.doors.ledger_bars import asked_of, loaded
    from levelhead.ledger.held import marked
    from levelhead.ledger.sequel import sequel_of
    from levelhead.ledger.settling import settle_notes
    from levelhead.ledger.status import note_status

    progress.step(f"reading the bars of {symbol}")
    material = loaded(where, symbol, notes[0][0].timeframe, [symbol], moment)
    documents = [note.document for note, _ in notes]
    asked = [asked_of(note, tuple(statement for statement, kept in rows if kept is None), material) for note, rows in notes]
    found = settle_notes(asked, material.bars, sessions=material.sessions, finer=material.finer)
    sequel = sequel_of(material.bars, material.sessions, finer=material.finer)
    progress.step("pricing what is open")
    simulated = _simulated(material, sequel, max(statement.sessions for each in asked for statement in each.statements))
    for document, (note, rows), each, outcomes in zip(documents, notes, asked, found, strict=True):
        if sequel.row_of(note.as_of) is None:
            progress.say(f"{note.symbol} {note.as_of}: {outcomes[0].reason} It is left out.")
            continue
        yield Stood(
            note=note,
            title=str(document.get("title") or f"{note.symbol}, {note.as_of}"),
            status=note_status(each, marked(outcomes, note.as_of, material.due), sequel, simulated),
            quoting=material.bars.instrument.quoting,
            settled=len(rows) - len(each.statements),
            due=material.due,
        )


def _simulated(material: Material, sequel: Sequel, sessions: int) -> PathBars | None:
    """Paths from the last finished bar; None where there are too few bars to forecast."""
    from levelhead.domain.errors import NotYetKnown
    from levelhead.forecast.forecast import make_forecast

    try:
        return make_forecast(material.bars.until(sequel.days[sequel.finished - 1]), sessions=sessions).paths
    except NotYetKnown as error:
        progress.say(str(error))
        return None


def _lines(stood: Stood) -> Iterator[str]:
    from levelhead.ledger.held import words
    from levelhead.ledger.status import ALIVE

    status, written = stood.status, stood.quoting.price
    yield _title(stood)
    move = f" ({100 * (status.now / status.then - 1):+.1f} %)" if status.then else ""
    moved = "".join(
        f"; in {roll.to_contract} since {roll.date}, restated by {written(roll.gap, signed=True)}{_known_how(roll, stood.quoting)}"
        for roll in status.rolls
    )
    yield f"Price then {written(status.then)}, on {status.today} {written(status.now)}{move}{moved}."
    alive = sum(claim.status == ALIVE for claim in status.claims)
    before = f", {stood.settled} settled before" if stood.settled else ""
    if stood.due is not None and status.passed:
        yield words(stood.due)
    claims = f"{len(status.claims)} claim{'' if len(status.claims) == 1 else 's'} not settled yet"
    yield f"{claims}: {alive} alive, {len(status.claims) - alive} decided by now{before}."
    width = max(len(claim.name) for claim in status.claims)
    for claim in status.claims:
        yield f"  {claim.name:<{width}}  {_said_of(claim, stood.quoting, stood.unit)}"


def _known_how(roll: Roll, quoting: Quoting) -> str:
    """How the gap of a roll is known: '' where it was read from both contracts."""
    if not roll.estimated:
        return ""
    return " (estimated)" if roll.gap_error is None else f" (estimated, standard error {quoting.price(roll.gap_error)})"


def _title(stood: Stood) -> str:
    """The note's title, and how old it is where a session has passed since."""
    passed = stood.status.passed
    old = f", {passed} {stood.unit}{'' if passed == 1 else 's'} old" if passed else ""
    return f"{stood.title} ({stood.note.author}, {stood.note.standing}){old}"


def _said_of(claim: ClaimStatus, quoting: Quoting, unit: str) -> str:
    from levelhead.ledger.status import ALIVE

    what = claim.claim or _prices(claim, quoting)
    if claim.status == ALIVE:
        state = f"alive, {claim.left} {unit}{'' if claim.left == 1 else 's'} left"
    else:
        state = f"{claim.status.upper()}{f' on {claim.on}' if claim.on else ''}"
        state += f" ({claim.result_low:+.2f})" if claim.result_low is not None and claim.result_low == claim.result_high else ""
        state += f": {claim.reason}" if claim.reason else ""
    chances = _chances(claim)
    return f"{what}: {state}{f'; {chances}' if chances else ''}"


def _prices(claim: ClaimStatus, quoting: Quoting) -> str:
    prices = claim.prices
    if claim.kind == "level":
        edges = [quoting.price(prices[name]) for name in ("low", "high")]
        return f"{'resistance' if prices['side'] > 0 else 'support'} {edges[0] if edges[0] == edges[1] else '-'.join(edges)}"
    if claim.kind == "outlook":
        return f"close above {quoting.price(prices['upper'])} or below {quoting.price(prices['lower'])}"
    lean = prices.get("lean", 0.0)
    return "bias neutral" if lean == 0 else f"bias {'up' if lean > 0 else 'down'}{' (cautious)' if abs(lean) < 1 else ''}"


def _chances(claim: ClaimStatus) -> str:
    """'true 41 % then, 12 % now' of a claim of two outcomes, else all of them."""
    count = 1 if claim.outcomes[:2] == ("true", "false") and len(claim.outcomes) == 2 else len(claim.outcomes)
    then, now = (
        ", ".join(f"{word} {100 * p:.0f} %" for word, p in zip(claim.outcomes, row, strict=False))
        for row in (claim.said[:count], claim.now[:count])
    )
    return "; ".join(part for part in (f"then {then}" if then else "", f"now {now}" if now else "") if part)


def _as_row(stood: Stood) -> Mapping[str, Any]:
    status = asdict(stood.status)
    return {
        "note": stood.note.hash,
        "symbol": stood.note.symbol,
        "author": stood.note.author,
        "standing": stood.note.standing,
        "title": _title(stood),
        "settled_before": stood.settled,
        **_dated(status),
    }


def _dated(value: Any) -> Any:
    """The same with days as text."""
    if isinstance(value, Mapping):
        return {key: _dated(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_dated(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date) else value
