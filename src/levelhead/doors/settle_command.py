"""levelhead settle: what became of the claims of every note in the ledger."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import click

from levelhead.doors import progress
from levelhead.doors.ledger_bars import Where, where_options
from levelhead.doors.ledger_home import ledger_option, open_ledger

if TYPE_CHECKING:
    import datetime as dt

    from levelhead.domain.bars import Bars
    from levelhead.doors.ledger_bars import Material
    from levelhead.ledger.kept import Kept, Settled
    from levelhead.ledger.outcome import Outcome
    from levelhead.ledger.statement import Statement
    from levelhead.ledger.store import Ledger

EXAMPLES = """\b
Examples:
  levelhead settle --bars RTY=rty.csv
  levelhead settle --bars RTY=rty.csv --finer RTY=rty_5m.csv.gz --ledger desk.sqlite
  levelhead settle --bars RTY=rty.csv --peer RUT=rut.csv
  levelhead settle --bars RTY=rty.csv --timeframe 1w
  levelhead settle
"""
SPECIAL = ("open", "undecided", "void")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """A note, the statements that are asked about, and what is kept of them already."""

    note: Kept
    statements: tuple[Statement, ...]
    kept: tuple[Outcome | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A note and what was found of its claims; is_new: which were open before; disputed: whose kept outcome is another."""

    note: Kept
    outcomes: tuple[Outcome, ...]
    is_new: tuple[bool, ...]
    disputed: tuple[bool, ...]


@click.command(epilog=EXAMPLES)
@where_options
@click.option("--symbol", metavar="SYM", help="Settle the notes of this instrument only.")
@click.option("--open", "only_open", is_flag=True, help="Ask about open claims alone, and not whether revised bars change others.")
@click.option("--void-revised", is_flag=True, help="Enter notes as void though the bars of every one of their days are others now.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcomes as JSON.")
@ledger_option
def settle(where: Where, symbol: str | None, only_open: bool, void_revised: bool, as_json: bool, ledger: str | None) -> None:
    """Settle every claim in the ledger whose horizon has data: true, false, not yet, undecided or void.

    Each note is settled by bars of its own timeframe, made of those given; with --timeframe only notes of that one are. An outcome
    that later bars would change stays as it is kept; the other one is entered beside it as a dispute. What turns on days on which a
    roll may have come that a --peer does not show yet is left open until it does.
    """
    from levelhead.doors import clock

    with open_ledger(ledger) as opened:
        told, counted = _settled(opened, where, symbol, clock.now(), only_open=only_open, void_revised=void_revised)
    progress.step("")
    if as_json:
        click.echo(json.dumps([_as_row(each) for each in told], ensure_ascii=False, indent=2))
        return
    for each in told:
        for line in _sentences(each):
            click.echo(line)
    click.echo(_totals(told, counted))


def _settled(
    ledger: Ledger, where: Where, symbol: str | None, moment: dt.datetime, *, only_open: bool, void_revised: bool
) -> tuple[list[Told], Settled]:
    from levelhead.domain.errors import LevelheadError
    from levelhead.doors.ledger_bars import file_of, loaded
    from levelhead.ledger.kept import Settled

    groups: dict[tuple[str, str], list[Claims]] = defaultdict(list)
    for claims in _claims(ledger, symbol.upper() if symbol else None, only_open):
        groups[claims.note.symbol, claims.note.timeframe].append(claims)
    groups = {key: group for key, group in groups.items() if where.is_meant(key[1])}
    symbols = sorted({name for name, _ in groups})
    told, counted, failed = [], Settled(), None
    for (name, timeframe), claims_of in sorted(groups.items()):
        if where.files and file_of(where.files, name, symbols, "--bars") is None:
            progress.say(f"{name}: no bars are given for it; its {_count(claims_of)} are left as they are.")
            continue
        progress.step(f"settling the claims of {name}")
        try:
            material = loaded(where, name, timeframe, symbols, moment)
            found = _found(claims_of, material, void_revised=void_revised)
        except LevelheadError as error:
            if where.files or len(groups) == 1:
                raise
            failed = error
            progress.say(str(error))
            continue
        counted += ledger.settle_many(
            [(each.note.hash, each.outcomes) for each in found], settled_at=moment, bars_digest=material.bars.digest()
        )
        told += found
    if failed is not None and not told:
        raise failed
    return told, counted


def _claims(ledger: Ledger, symbol: str | None, only_open: bool) -> Iterator[Claims]:
    if not only_open:
        for note, pairs in ledger.statements_of(ledger.notes(symbol=symbol)):
            yield Claims(note=note, statements=tuple(s for s, _ in pairs), kept=tuple(outcome for _, outcome in pairs))
        return
    grouped: dict[str, tuple[Kept, list[Statement]]] = {}
    for note, statement in ledger.open_statements(symbol=symbol):
        grouped.setdefault(note.hash, (note, []))[1].append(statement)
    for note, statements in grouped.values():
        yield Claims(note=note, statements=tuple(statements), kept=(None,) * len(statements))


def _found(claims: Sequence[Claims], material: Material, *, void_revised: bool) -> list[Told]:
    """What became of the claims on these bars. Raises BadBars where they are not those of any of the notes."""
    from levelhead.domain.errors import BadBars
    from levelhead.doors.ledger_bars import asked_of
    from levelhead.ledger.held import held_back
    from levelhead.ledger.settling import settle_notes

    asked = [asked_of(each.note, each.statements, material) for each in claims]
    if not material.bars.rolls and (claims[0].note.document.get("provenance") or {}).get("rolls"):
        progress.say(
            f"The notes of {claims[0].note.symbol} know their rolls and these bars name none, so a roll within a horizon counts "
            "as a move; give --roll-table FILE, or --peer with an index or fund on the same thing."
        )
    found = settle_notes(asked, material.bars, sessions=material.sessions, finer=material.finer)
    void = [row[0] for row in found if row and row[0].outcome == "void" and row[0].sessions == 0 and row[0].on is not None]
    standing = [row for row in found if row and not row[0].reason.startswith("These bars have none")]
    if void and len(void) == len(standing) and not void_revised:
        raise BadBars(
            f"{material.bars.feed or claims[0].note.symbol} holds other bars than the notes were made on. {void[0].reason} "
            "Nothing was settled; give the notes' bars, or --void-revised to enter every one of their claims as void."
        )
    return [
        _told(each, held_back(row, each.note.as_of, material.due), material.bars) for each, row in zip(claims, found, strict=True)
    ]


def _told(claims: Claims, found: Sequence[Outcome], bars: Bars) -> Told:
    """What was found beside what is kept; a disputed outcome names the rolls it rests on."""
    from levelhead.ledger.dispute import verdict
    from levelhead.ledger.held import by_rolls

    pairs = list(zip(claims.kept, found, strict=True))
    disputed = [kept is not None and verdict(kept, outcome) == "disputed" for kept, outcome in pairs]
    return Told(
        note=claims.note,
        outcomes=tuple(
            by_rolls(outcome, claims.note.as_of, bars.rolls, bars.instrument) if is_disputed else outcome
            for outcome, is_disputed in zip(found, disputed, strict=True)
        ),
        is_new=tuple(kept is None and outcome.outcome != "open" for kept, outcome in pairs),
        disputed=tuple(disputed),
    )


def _count(claims: Sequence[Claims]) -> str:
    number = sum(len(each.statements) for each in claims)
    return f"{number:,} claim{'' if number == 1 else 's'}"


def _sentences(told: Told) -> Iterator[str]:
    """A line for the note, and one for each claim that cannot be decided, is void or is disputed."""
    note = told.note
    new = Counter(outcome.outcome for outcome, is_new in zip(told.outcomes, told.is_new, strict=True) if is_new)
    still = sum(outcome.outcome == "open" for outcome in told.outcomes)
    plain = sum(count for outcome, count in new.items() if outcome not in SPECIAL)
    parts = [f"{plain} settled" if plain else "", f"{new['undecided']} cannot be decided" if new["undecided"] else ""]
    parts += [f"{new['void']} void" if new["void"] else "", f"{still} open" if still else ""]
    before = len(told.outcomes) - sum(told.is_new) - still
    parts += [f"{before} as before" if before else ""]
    scenario = next((o for o, is_new in zip(told.outcomes, told.is_new, strict=True) if o.name == "scenario" and is_new), None)
    end = f" The scenario ended '{scenario.outcome}' on {scenario.on}." if scenario and scenario.outcome not in SPECIAL else ""
    yield f"{note.symbol} {note.as_of} by {note.author} ({note.standing}): {', '.join(p for p in parts if p) or 'no claims'}.{end}"
    reasons: dict[tuple[str, str], list[str]] = defaultdict(list)
    for outcome, is_new, disputed in zip(told.outcomes, told.is_new, told.disputed, strict=True):
        if disputed:
            why = f" {outcome.reason}" if outcome.reason else ""
            yield f"  {outcome.name}: disputed; these bars give '{outcome.outcome}', what is kept stays.{why}"
        elif (is_new and outcome.outcome in ("undecided", "void")) or (outcome.outcome == "open" and outcome.reason):
            reasons[outcome.outcome, outcome.reason].append(outcome.name)
    words = {"undecided": "cannot be decided", "void": "void", "open": "open"}
    for (outcome_word, reason), names in reasons.items():
        listed = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
        yield f"  {listed}: {words[outcome_word]}. {reason}"


def _totals(told: Sequence[Told], counted: Settled) -> str:
    outcomes = Counter(outcome.outcome for each in told for outcome in each.outcomes)
    number = sum(outcomes.values())
    if not number:
        return "No claim was settled: the ledger holds none that these bars are of."
    special = f"{outcomes['undecided']:,} cannot be decided, {outcomes['void']:,} are void"
    kept = f"{counted.new:,} outcomes new, {counted.same:,} as kept, {counted.disputed:,} newly disputed"
    of = f"{number:,} claim{'' if number == 1 else 's'} of {len(told):,} note{'' if len(told) == 1 else 's'}"
    return f"{of}: {outcomes['open']:,} open, {special}; {kept}."


def _as_row(told: Told) -> dict[str, Any]:
    note = told.note
    rows = zip(told.outcomes, told.is_new, told.disputed, strict=True)
    return {
        "note": note.hash,
        "symbol": note.symbol,
        "as_of": note.as_of.isoformat(),
        "author": note.author,
        "standing": note.standing,
        "outcomes": [
            asdict(outcome) | {"on": outcome.on and outcome.on.isoformat(), "is_new": new, "is_disputed": disputed}
            for outcome, new, disputed in rows
        ],
    }
