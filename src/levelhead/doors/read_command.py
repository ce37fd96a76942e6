"""levelhead read: anybody's note as data."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from levelhead.doors import progress
from levelhead.doors.language_model import model_options
from levelhead.doors.options import as_of_option, bars_options
from levelhead.doors.others_note import symbol_option
from levelhead.doors.shape import Shape, shape_options

if TYPE_CHECKING:
    from levelhead.domain.bars import Bars
    from levelhead.review.document import Fit
    from levelhead.review.said import OthersNote

MOST_FITS = 3
EXAMPLES = """\b
Examples:
  levelhead read note.txt
  levelhead read note.pdf --bars rty.csv
  levelhead read note.html --json > note.json
  pbpaste | levelhead read -
  levelhead read note.txt --model-url http://localhost:11434/v1 --model-name llama3.1
"""


@click.command(epilog=EXAMPLES)
@click.argument("note")
@bars_options
@shape_options
@symbol_option
@as_of_option
@model_options
@click.option("--json", "as_json", is_flag=True, help="Print the reading as JSON.")
@click.option("--keep-text", is_flag=True, help="With --json: the note's text too, in which the places are counted.")
def read(
    note: str,
    bars: Path | None,
    source: str | None,
    instruments: Path | None,
    quarantine: bool,
    shape: Shape,
    symbol: str | None,
    as_of: dt.date | None,
    model_url: str | None,
    model_name: str | None,
    house: Path | None,
    as_json: bool,
    keep_text: bool,
) -> None:
    """Say what NOTE says: its day, levels, scenarios, setups and biases, where each stands and how sure the reading is.

    NOTE is text, Markdown, HTML or PDF, or - for stdin. It is read by rules and a lexicon, without a network; what is not
    understood is listed. With --bars, or --source, the day that its figures fit is looked for. With --model-url a language model
    may propose readings of what was not understood; what stands in the text is taken, marked as proposed.
    """
    from levelhead.doors.language_model import model_of, with_proposals
    from levelhead.doors.others_note import bars_of_note, read_place
    from levelhead.doors.reading_report import reading_text
    from levelhead.doors.safe_words import terminal_width
    from levelhead.review.document import reading_document
    from levelhead.wire.document import canonical

    progress.step("reading the note")
    model = model_of(model_url, model_name, house)
    found, name = read_place(note)
    if model is not None:
        progress.step(f"asking {model.name}")
        answered = with_proposals(found, model)
        progress.say(answered.said)
        found = answered.note
    fits: tuple[Fit, ...] = ()
    if bars is not None or source is not None:
        from levelhead.doors.material import seen_on
        from levelhead.doors.note_command import house_file

        described = house_file(None, instruments).instruments
        loaded = bars_of_note(
            found, symbol=symbol, bars=bars, source=source, described=described, quarantine=quarantine, as_of=as_of, shape=shape
        )
        fits = fits_of(found, seen_on(loaded, as_of)[0])
    document = reading_document(found, name=name, keep_text=keep_text, fits=fits)
    progress.step("")
    click.echo(canonical(document) if as_json else reading_text(document, terminal_width()), nl=not as_json)


def fits_of(note: OthersNote, bars: Bars) -> tuple[Fit, ...]:
    """The days on which most of the note's figures hold, the best one first; () where it prints too few."""
    from levelhead.review.document import Fit
    from levelhead.review.fitting_day import fitting_days

    found = []
    for day in fitting_days(note, bars, most=MOST_FITS):
        if day.is_told:
            held = f"{len(day.held)} of its {len(day.held) + len(day.denied)} figures hold there ({', '.join(day.held)})"
            found.append(Fit(date=day.date, why=f"{held}; {', '.join(day.denied)} not" if day.denied else held))
    return tuple(found)
