"""The bars by which what the ledger holds is settled: files by symbol, else the archive, in the timeframe of the notes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from levelhead.domain.errors import BadSettings
from levelhead.doors.options import Peer as PeerFile
from levelhead.doors.shape import AS_THEY_ARE, Shape, shape_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelhead.domain.bars import Bars
    from levelhead.domain.roll import ExpectedRoll
    from levelhead.domain.sessions import SessionTable
    from levelhead.ledger.kept import Kept
    from levelhead.ledger.settling import Asked
    from levelhead.ledger.statement import Statement

Command = TypeVar("Command", bound=Callable[..., Any])
_MEASURE = re.compile(r"\b(?:sma|ema|rsi|atr)_\d")
Named = tuple[str | None, Path]
Peer = tuple[str, "Path | None"]


class SymbolFile(click.ParamType[Named]):
    """A file of bars as 'RTY=rty.csv', or 'rty.csv' where there is one symbol only."""

    name = "[sym=]file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Named:
        """Symbol, or None, and file."""
        if isinstance(value, tuple):
            return value
        symbol, equals, file = str(value).partition("=")
        if not equals:
            return None, Path(symbol)
        if not symbol or not file:
            self.fail(f"{value!r} names no bars; write SYMBOL=FILE, such as RTY=rty.csv, or a file alone.", param, ctx)
        return symbol.upper(), Path(file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where bars come from. files, finer, rolls: by symbol, None where none is named. peers: what may show a future's rolls.

    shape: its timeframe is that of the notes to look at, None where it is each note's own; hours and zone are those of the bars.
    """

    files: tuple[Named, ...] = ()
    finer: tuple[Named, ...] = ()
    rolls: tuple[Named, ...] = ()
    peers: tuple[Peer, ...] = ()
    source: str | None = None
    instruments: Path | None = None
    quarantine: bool = False
    shape: Shape = AS_THEY_ARE

    def is_meant(self, timeframe: str) -> bool:
        """Whether notes of this timeframe are to be looked at."""
        from levelhead.domain.timeframe import timeframe_of

        return self.shape.timeframe is None or timeframe_of(self.shape.timeframe) == timeframe_of(timeframe)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Finished bars of one symbol and timeframe, shorter ones where they are given, and the sessions by which both are counted.

    due: a roll that may have come by the end of the bars and that the peer does not show yet.
    """

    bars: Bars
    finer: Bars | None
    sessions: SessionTable | None
    file: Path | None
    due: ExpectedRoll | None = None


def where_options(command: Command) -> Command:
    """--bars, --finer, --roll-table, --peer, --timeframe, --hours, --zone, --source, --instruments and --quarantine, handed to the
    command as one `where`.
    """

    @shape_options
    @wraps(command)
    def packed(
        *arguments: Any,
        shape: Shape,
        bars: tuple[Named, ...],
        finer: tuple[Named, ...],
        roll_table: tuple[Named, ...],
        peers: tuple[Peer, ...],
        source: str | None,
        instruments: Path | None,
        quarantine: bool,
        **others: Any,
    ) -> Any:
        where = Where(
            files=bars,
            finer=finer,
            rolls=roll_table,
            peers=peers,
            source=source,
            instruments=instruments,
            quarantine=quarantine,
            shape=shape,
        )
        return command(*arguments, where=where, **others)

    several: dict[str, Any] = {"type": SymbolFile(), "multiple": True, "metavar": "[SYM=]FILE"}
    for option in (
        click.option("--quarantine", is_flag=True, help="Leave impossible rows out."),
        click.option(
            "--instruments",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="A TOML file that describes further instruments, or their costs.",
        ),
        click.option(
            "--peer",
            "peers",
            type=PeerFile(),
            multiple=True,
            metavar="SYM[=FILE]",
            help="An index or fund on the same thing, by which the rolls of a continuous future are found: RUT=rut.csv.",
        ),
        click.option("--source", metavar="NAME", help="Where bars come from without --bars: yahoo, stooq, ..., or the sample."),
        click.option("--roll-table", "roll_table", help="A CSV of the rolls of a continuous future.", **several),
        click.option("--finer", help="Shorter bars of the same days: they decide what one daily bar does not show.", **several),
        click.option("--bars", help="Bars, CSV or Parquet; may be given again for other symbols. Default: the archive.", **several),
    ):
        packed = option(packed)
    return packed  # type: ignore[return-value]


def file_of(named: Sequence[Named], symbol: str, symbols: Sequence[str], option: str) -> Path | None:
    """The file given for a symbol; one without a symbol is that of the only symbol there is. Raises BadSettings."""
    found = [file for name, file in named if name == symbol]
    alone = [file for name, file in named if name is None]
    if alone and len(symbols) > 1:
        raise BadSettings(f"{option} {alone[0]} names no symbol, and there are notes of {', '.join(symbols)}; write SYMBOL=FILE.")
    every = found + alone
    if len(every) > 1:
        raise BadSettings(f"{option} gives two files for {symbol}: {every[0]} and {every[1]}; leave one of them out.")
    return every[0] if every else None


def loaded(where: Where, symbol: str, timeframe: str, symbols: Sequence[str], moment: dt.datetime) -> Material:
    """The bars of a symbol in the timeframe of its notes; one whose session is not over at `moment` is provisional.

    Shorter bars are made into that timeframe; their rolls are found before. symbols: all there are notes of. Raises BadSettings,
    UnreadableFile, BadBars or SourceFailed.
    """
    from dataclasses import replace

    from levelhead.doors.material import load
    from levelhead.doors.note_command import house_file
    from levelhead.doors.shape import shaped
    from levelhead.market.faults import forming_bar
    from levelhead.market.sessions import session_table

    described = house_file(None, where.instruments).instruments
    shape = replace(where.shape, timeframe=timeframe)
    file = file_of(where.files, symbol, symbols, "--bars")
    source = where.source if file is None else None
    bars = load(symbol, file=file, source=source, described=described, quarantine=where.quarantine, shape=shape)
    sessions = session_table(bars.instrument.calendar)
    rolls = file_of(where.rolls, symbol, symbols, "--roll-table")
    if rolls is not None:
        from levelhead.market.roll_table import with_roll_table

        bars = with_roll_table(bars, rolls, sessions)
    if bars.provisional is None and forming_bar(bars, sessions, moment) is not None:
        bars = bars.with_last(bars.last)
    bars, due = _with_rolls(bars, where, sessions, described)
    bars = shaped(bars, shape)
    finer = file_of(where.finer, symbol, symbols, "--finer")
    return Material(bars=bars, finer=None if finer is None else _finer(finer, bars, where), sessions=sessions, file=file, due=due)


def asked_of(note: Kept, statements: Sequence[Statement], material: Material) -> Asked:
    """What is asked of a note. Its document is read only where its frame or its contract matters, for it is long."""
    from levelhead.ledger.settling import Asked

    is_contract = (
        material.file is not None and _name_of(material.file).startswith(note.symbol) and _name_of(material.file) != note.symbol
    )
    if not is_contract and not any(_MEASURE.search(each.claim) for each in statements):
        return Asked(statements=statements, as_of=note.as_of)
    document = note.document
    provenance: Mapping[str, Any] = document.get("provenance") or {}
    return Asked(
        statements=statements,
        as_of=note.as_of,
        expires=_expiry(document.get("contract"), note.as_of, material) if is_contract else None,
        frame=provenance.get("frame") or "as given",
    )


def _with_rolls(
    bars: Bars, where: Where, sessions: SessionTable | None, described: Mapping[str, Mapping[str, object]]
) -> tuple[Bars, ExpectedRoll | None]:
    """The bars with the rolls that a peer on the same thing shows, where they name none, and the one that it may show next."""
    from dataclasses import replace

    from levelhead.domain.sessions import as_date
    from levelhead.doors import progress
    from levelhead.doors.material import load
    from levelhead.market.roll_knowledge import roll_to_come, with_known_rolls

    if bars.rolls or not where.peers or not bars.instrument.months or bars.timeframe != "1d":
        return bars, None
    finished = bars if bars.provisional is None else bars.until(as_date(bars.dates[-2]))
    peers = [load(symbol, file=file, source=None if file else where.source, described=described) for symbol, file in where.peers]
    beside = [peer.until(finished.as_of) for peer in peers if peer.first <= finished.as_of]
    known, told = with_known_rolls(finished, beside, sessions, described=described)
    if known.rolls:
        last = known.rolls[-1]
        progress.say(
            f"{bars.instrument.symbol}: {len(known.rolls)} rolls are estimated by a peer, the last on {last.date} with a gap "
            f"of {bars.instrument.quoting.price(last.gap, signed=True)} points."
        )
    else:
        progress.say(told[0].text)
    due = roll_to_come(known, beside, sessions, described=described)
    return replace(bars, rolls=known.rolls, frame=known.frame), due


def _finer(file: Path, bars: Bars, where: Where) -> Bars:
    from dataclasses import replace

    from levelhead.doors.shape import shaped
    from levelhead.market.files import read_bars

    read = read_bars(file, bars.instrument, quarantine=where.quarantine, zone=where.shape.zone)
    return shaped(read, replace(where.shape, timeframe=None))


def _expiry(contract: str | None, as_of: dt.date, material: Material) -> dt.date | None:
    """The last session of the note's contract where the file of bars is that contract's own, RTYZ5.csv."""
    from levelhead.domain.sessions import front_expiry

    if contract is None or material.file is None or _name_of(material.file) != contract.upper():
        return None
    day = as_of
    for _ in range(2):
        front = front_expiry(material.bars.instrument, day, material.sessions)
        if front is None or front.contract == contract:
            return None if front is None else front.last_trade
        day = front.last_trade + dt.timedelta(days=1)
    return None


def _name_of(file: Path) -> str:
    return file.name.split(".")[0].upper()
