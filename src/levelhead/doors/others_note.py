"""Somebody's note and the bars it speaks of: found, opened and read for the commands and the notebook."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from levelhead.domain.errors import BadBars
from levelhead.doors.shape import AS_THEY_ARE, Shape, shaped

if TYPE_CHECKING:
    from levelhead.domain.bars import Bars
    from levelhead.domain.sessions import SessionTable
    from levelhead.review.said import OthersNote

Descriptions = Mapping[str, Mapping[str, object]]
Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class OnBars:
    """The bars of a note's instrument, its sessions, and the day the note is held to.

    how: the day was 'given', is 'printed', 'inferred' from the figures, or the 'last' of the bars, where nothing says which.
    """

    bars: Bars
    sessions: SessionTable | None
    day: dt.date
    how: str
    said: tuple[str, ...] = ()


def symbol_option(command: Command) -> Command:
    """--symbol: which instrument is meant, where a note names several or none."""
    return click.option("--symbol", metavar="SYM", help="The instrument the bars are of. Default: the one the note is about.")(
        command
    )


def read_place(place: str) -> tuple[OthersNote, str]:
    """The reading of the note in a file, or on stdin as '-', and the name of it. Raises BadNote."""
    from levelhead.doors.apart import note_bytes

    data, name = note_bytes(place)
    return read_bytes(data, name), name


def read_bytes(data: bytes, name: str) -> OthersNote:
    """The reading of a note's bytes. Raises BadNote."""
    from levelhead.doors.apart import read_text
    from levelhead.review.read import read_note

    return read_note(read_text(data, name=name))


def bars_of_note(
    note: OthersNote,
    *,
    symbol: str | None,
    bars: Path | None,
    source: str | None,
    described: Descriptions | None = None,
    quarantine: bool = False,
    as_of: dt.date | None = None,
    shape: Shape = AS_THEY_ARE,
) -> Bars:
    """The daily bars a note speaks of: of the file, else from the archive or its source, as for a note of one's own.

    shape: makes days of intraday bars. Raises BadNote where the note names no instrument and none is given, BadBars where these are
    no days.
    """
    from levelhead.doors.material import load

    name, day = symbol_of(note, symbol, bars), as_of or note.date
    loaded = load(name, file=bars, source=source, described=described, quarantine=quarantine, as_of=day, shape=shape)
    made = shaped(loaded, shape, unfinished="left out")
    if made.timeframe != "1d":
        raise BadBars(
            f"{made.feed or name} gives {made.timeframe} bars, and a note in words speaks of days; give daily ones, or intraday "
            "ones with --timeframe 1d."
        )
    return made


def held_to(note: OthersNote, bars: Bars, as_of: dt.date | None) -> OnBars:
    """The bars with the day the note is held to. Raises BadDate where they do not reach the day that is given, or printed."""
    from levelhead.doors.material import seen_on
    from levelhead.market.sessions import session_table
    from levelhead.review.fitting_day import fitting_days
    from levelhead.review.note_day import note_day

    sessions = session_table(bars.instrument.calendar)
    said: tuple[str, ...] = ()
    if as_of is not None:
        seen, said = seen_on(bars, as_of)
        as_of = seen.as_of
    day = note_day(note, bars, as_of)
    fits = any(fit.is_told and fit.date == day for fit in fitting_days(note, bars, most=1)) if as_of is None else False
    how = "given" if as_of is not None else "printed" if day == note.date else "inferred" if fits else "last"
    return OnBars(bars=bars, sessions=sessions, day=day, how=how, said=said)


def symbol_of(note: OthersNote, symbol: str | None, bars: Path | None) -> str:
    """Which instrument is meant: the one given, one of the note's that the file is named after, the note's subject, the file's."""
    from levelhead.domain.errors import BadNote

    if symbol:
        return symbol.upper()
    named = "" if bars is None else re.split(r"[_\-.]", bars.name)[0].upper()
    if named in note.instruments:
        return named
    if note.symbol:
        return note.symbol
    if named:
        return named
    raise BadNote("The note names no instrument that is known; say which one it is about with --symbol.")
