"""levelhead data fetch: asks a source for bars and keeps what it answers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from levelhead.doors import progress
from levelhead.doors.exit_codes import BAD_INPUT
from levelhead.doors.options import Day

if TYPE_CHECKING:
    from levelhead.domain.instrument import Instrument
    from levelhead.doors.live import Fetched
    from levelhead.market.archive import Archive

SHOWN = 10
EXAMPLES = """\b
Examples:
  levelhead data fetch RTY ES NQ
  levelhead data fetch VIX --source fred --from 2020-01-01
  levelhead data fetch ES --timeframe 5m
"""


@click.command(epilog=EXAMPLES)
@click.argument("symbols", metavar="SYMBOL...", nargs=-1, required=True)
@click.option("--source", metavar="NAME", help="yahoo, stooq, fred, databento, files, ... Default: the instrument's own.")
@click.option("--timeframe", default="1d", show_default=True, help="1d, 1h, 5m, ..., what the source delivers.")
@click.option(
    "--from", "first", type=Day(), metavar="DATE", help="Default: some bars before the last one kept, else all there are."
)
@click.option("--to", "last", type=Day(), metavar="DATE", help="Default: now.")
@click.option("--instruments", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Further instruments, TOML.")
def fetch(
    symbols: tuple[str, ...],
    source: str | None,
    timeframe: str,
    first: dt.date | None,
    last: dt.date | None,
    instruments: Path | None,
) -> None:
    """Fetch bars of SYMBOL and keep them in the archive.

    What is kept already is compared with what comes: bars that the source says otherwise now are named, the newest are used, and
    `--known-at` still reads the older ones. Exit code 2 where a symbol could not be fetched; the others are kept.
    """
    from levelhead.config import read_instruments
    from levelhead.domain.errors import LevelheadError
    from levelhead.domain.timeframe import timeframe_of
    from levelhead.doors.home import archive as users_archive
    from levelhead.market.instruments import find_instrument
    from levelhead.market.registry import default_source

    described = read_instruments(instruments) if instruments else {}
    timeframe = str(timeframe_of(timeframe))
    archive, failed = users_archive(), 0
    for symbol in dict.fromkeys(symbol.upper() for symbol in symbols):
        instrument = find_instrument(symbol, extra=described)
        name = source.strip().lower() if source else default_source(instrument, extra=described)
        progress.step(f"asking {name} for {symbol}")
        try:
            brought = _fetched(archive, name, instrument, timeframe=timeframe, first=first, last=last, described=described)
        except LevelheadError as error:
            failed += 1
            progress.say(str(error))
            continue
        progress.step("")
        click.echo("\n".join(_said(brought)))
    if failed:
        raise click.exceptions.Exit(BAD_INPUT)


def _fetched(
    archive: Archive, name: str, instrument: Instrument, *, first: dt.date | None, timeframe: str, **asked: object
) -> Fetched:
    from levelhead.doors.live import fetch as fetch_and_keep
    from levelhead.doors.live import kept_from, since

    begin = first or since(kept_from(archive, name, instrument, timeframe))
    return fetch_and_keep(archive, name, instrument, first=begin, timeframe=timeframe, **asked)  # type: ignore[arg-type]


def _said(brought: Fetched) -> list[str]:
    """One line on what came, one for each revised or absent bar up to SHOWN."""
    bars, what = brought.bars, brought.appended
    nothing = ", nothing new" if what.is_nothing_new else f", {what.added:,} new, {len(what.revised):,} revised"
    name = f"{bars.instrument.symbol} ({brought.source}, {bars.timeframe})"
    lines = [f"{name}: {len(bars):,} bars from {bars.first} to {bars.as_of}{nothing}."]
    if bars.provisional is not None:
        lines.append(f"  The bar of {bars.as_of} is still forming.")
    largest = sorted(what.revised, key=lambda revision: -revision.share)
    lines += [f"  revised {revision}" for revision in largest[:SHOWN]]
    if len(largest) > SHOWN:
        lines.append(f"  ... and {len(largest) - SHOWN:,} more, none moved further; `levelhead data show` lists them.")
    lines += [f"  {moment:%Y-%m-%d} is kept and was not given again; it stays." for moment in what.absent[:SHOWN]]
    lines += [f"  {finding.text}" for finding in bars.remarks if finding.severity == "warning"]
    return lines
