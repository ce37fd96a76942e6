"""levelhead data resample: bars of a longer timeframe as a file."""

from __future__ import annotations

from pathlib import Path

import click

from levelhead.doors.note_command import house_file
from levelhead.doors.options import bars_options
from levelhead.doors.shape import Shape, shape_options, shaped

EXAMPLES = """\b
Examples:
  levelhead data resample ES --bars es_5m.csv.gz --timeframe 1h --out es_1h.csv
  levelhead data resample ES --bars es_5m.csv.gz --timeframe 1d --hours rth > es_rth.csv
  levelhead data resample RTY --bars rty.csv --timeframe 1w
"""


@click.command(epilog=EXAMPLES)
@click.argument("symbol")
@bars_options
@shape_options
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="The CSV to write. Default: stdout.")
def resample(
    symbol: str,
    bars: Path | None,
    source: str | None,
    instruments: Path | None,
    quarantine: bool,
    shape: Shape,
    out: Path | None,
) -> None:
    """Make longer bars of SYMBOL out of shorter ones, finished ones only.

    Days are trade dates, true to the sessions; intraday bars start at the open of theirs; weeks and months carry the date of
    their last session. A bar that lacks its beginning or its end is left out.
    """
    from levelhead.doors import progress
    from levelhead.doors.folder import write_folder
    from levelhead.doors.material import load
    from levelhead.market.bars_csv import bars_csv

    described = house_file(None, instruments).instruments
    given = load(symbol.upper(), file=bars, source=source, described=described, quarantine=quarantine, shape=shape)
    made = shaped(given, shape, unfinished="left out")
    if out is None:
        click.echo(bars_csv(made), nl=False)
        return
    write_folder(out.parent, {out.name: bars_csv(made)})
    progress.say(f"{len(made):,} {made.timeframe} bars from {made.first} to {made.as_of} written to {out}.")
