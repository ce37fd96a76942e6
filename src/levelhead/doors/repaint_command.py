"""levelhead repaint: the no-repaint proof on the user's own bars."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from levelhead.doors import progress
from levelhead.doors.context_options import Around, context_options
from levelhead.doors.exit_codes import FINDINGS
from levelhead.doors.forecast_options import Asked, forecast_options
from levelhead.doors.note_command import Peers, house_file
from levelhead.doors.options import Day, bars_options, finer_option, peers_option
from levelhead.doors.shape import Shape, shape_options, shaped

if TYPE_CHECKING:
    from levelhead.domain.note import Note
    from levelhead.doors.material import Material

EXAMPLES = """\b
Examples:
  levelhead repaint IXIC --source sample --every 250
  levelhead repaint RTY --bars rty.csv --peer ES=es.csv --every 20
  levelhead repaint RTY --bars rty.csv --from 2025-01-01 --to 2025-03-31
  levelhead repaint RTY --bars rty.csv --implied vix.csv --events events.csv
"""


@click.command(epilog=EXAMPLES)
@click.argument("symbol")
@bars_options
@shape_options
@finer_option
@peers_option
@forecast_options
@context_options
@click.option("--every", type=click.IntRange(min=1), default=20, show_default=True, help="Take every Nth bar's date.")
@click.option("--from", "first", type=Day(), metavar="DATE", help="The first date. Default: the first bar.")
@click.option("--to", "last", type=Day(), metavar="DATE", help="The last date. Default: the last bar.")
@click.option("--house", type=click.Path(path_type=Path), metavar="FILE", help="The house file the notes are written with.")
def repaint(
    symbol: str,
    bars: Path | None,
    source: str | None,
    instruments: Path | None,
    quarantine: bool,
    shape: Shape,
    finer: Path | None,
    peers: Peers,
    asked: Asked,
    around: Around,
    every: int,
    first: dt.date | None,
    last: dt.date | None,
    house: Path | None,
) -> None:
    """Prove that past notes of SYMBOL do not change.

    Writes the note of many past days three times: on the bars up to that day, on all bars, and on bars whose later rows are
    replaced by others. The three must be the same, byte for byte. Exit code 1 names the first difference.
    """
    from levelhead.domain.errors import BadDate
    from levelhead.doors.clock import REPLAY
    from levelhead.doors.face import written
    from levelhead.doors.material import finer_bars, load
    from levelhead.doors.repaint import days_of, differences
    from levelhead.market.hours import with_trade_dates

    desk = asked.of_house(house_file(house, instruments))
    beside, context = asked.beside(desk.instruments), around.context(desk.instruments)
    own = load(symbol.upper(), file=bars, source=source, described=desk.instruments, quarantine=quarantine, shape=shape)
    others = {
        name: load(name, file=file, source=None if file else source, described=desk.instruments, quarantine=quarantine, shape=shape)
        for name, file in peers
    }
    own = with_trade_dates(own)
    beneath = None if finer is None else finer_bars(finer, own.instrument, shape, quarantine=quarantine)
    begins = shaped(own, shape).first  # before it no whole bar of the timeframe is known
    days = [day for day in days_of(own, every=every, first=first, last=last) if day >= begins]
    if not days:
        raise BadDate(
            f"{own.feed or symbol} covers {own.first} to {own.as_of}; no bar lies from {first or own.first} to {last or own.as_of}."
        )

    def write(material: Material) -> Note:
        return written(material, house=desk, moment=REPLAY, beside=beside, context=context)

    with progress.counted(days, "notes written anew") as counted:
        for day in counted:
            for difference in differences(day, own, others, write, shape, finer=beneath):
                progress.step("")
                click.echo(str(difference))
                raise click.exceptions.Exit(FINDINGS)
    click.echo(f"{len(days)} notes from {days[0]} to {days[-1]}, each written on three futures: identical.")
