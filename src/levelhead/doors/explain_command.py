"""levelhead explain: where a number of a note comes from."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from levelhead.doors.exit_codes import FINDINGS
from levelhead.doors.note_command import Peers, house_file
from levelhead.doors.options import bars_options, peers_option
from levelhead.doors.shape import Shape, shape_options

if TYPE_CHECKING:
    from levelhead.domain.note import Note

EXAMPLES = """\b
Examples:
  levelhead explain notes/IXIC-2018-12-31 sma_50
  levelhead explain notes/IXIC-2018-12-31/note.json rsi_14
  levelhead explain notes/RTY-2025-03-13 pivot_month_traditional.s2 --bars rty.csv
"""


@click.command(epilog=EXAMPLES)
@click.argument("note", type=click.Path(path_type=Path))
@click.argument("fact")
@bars_options
@shape_options
@peers_option
def explain(
    note: Path,
    fact: str,
    bars: Path | None,
    source: str | None,
    instruments: Path | None,
    quarantine: bool,
    shape: Shape,
    peers: Peers,
) -> None:
    """Show formula, bars and arithmetic of FACT, any number in NOTE.

    NOTE is a note.json or the folder it lies in. With --bars the number is computed anew, and its bars are listed by date; bars
    of a shorter timeframe than the note's are made into its own.
    """
    from levelhead.domain.errors import BadNote
    from levelhead.doors.material import load
    from levelhead.doors.recompute import recomputed
    from levelhead.render.explanation import explain as explanation
    from levelhead.wire.document import to_document

    held = read_note(note)
    known = [*held.facts, *held.estimates]
    if fact not in known:
        raise BadNote(unknown_fact(fact, known, held.name))
    with_bars = bars is not None or source is not None
    if with_bars and fact not in held.facts:
        raise BadNote(f"{fact} is an estimate of the future; bars do not recompute it, `levelhead note` does. Leave --bars out.")
    click.echo(explanation(to_document(held), fact).rstrip("\n"))
    if not with_bars:
        return
    if shape.timeframe not in (None, held.provenance.timeframe):
        raise BadNote(f"{held.name} was written on {held.provenance.timeframe} bars; leave --timeframe {shape.timeframe} out.")
    shape = replace(shape, timeframe=held.provenance.timeframe)
    described = house_file(None, instruments).instruments
    loaded = partial(load, described=described, quarantine=quarantine, as_of=held.as_of, shape=shape)
    own = loaded(held.instrument.symbol, file=bars, source=source)
    others = {name: loaded(name, file=file, source=None if file else source) for name, file in peers}
    found = recomputed(held, fact, own, others, shape)
    click.echo("\n" + found.text)
    if not found.agrees:
        raise click.exceptions.Exit(FINDINGS)


def read_note(place: Path) -> Note:
    """The note in a note.json, or in the folder that holds one. Raises BadNote."""
    from levelhead.domain.errors import BadNote
    from levelhead.wire.document import from_json

    file = place / "note.json" if place.is_dir() else place
    try:
        return from_json(file.read_bytes(), where=str(file))
    except OSError as error:
        raise BadNote(f"{file} cannot be read ({error.strerror}); give a note.json or the folder it lies in.") from None


def unknown_fact(name: str, known: Iterable[str], note: str) -> str:
    """One sentence: the name is not there, what is near it, and the groups there are."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.6)
    groups = sorted({each.split(".")[0] for each in names})
    advice = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(groups)}."
    return f"{note} holds no {name!r}; {advice}"
