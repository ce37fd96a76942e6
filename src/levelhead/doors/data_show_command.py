"""levelhead data show: the bars that are kept, now or as they stood once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from levelhead.doors.options import known_at_option

if TYPE_CHECKING:
    from levelhead.domain.bars import Bars

MADE_OF_DAYS = ("1w", "1mo")
EXAMPLES = """\b
Examples:
  levelhead data show RTY
  levelhead data show RTY --known-at 2025-03-14 --tail 5
  levelhead data show RTY --revisions
  levelhead data show RTY --tail 0 --csv > rty.csv
"""


@click.command(epilog=EXAMPLES)
@click.argument("symbol")
@click.option("--source", metavar="NAME", help="Default: the instrument's own, else the first that is kept.")
@click.option(
    "--timeframe", default="1d", show_default=True, help="1d, 1h, 5m, ...; weeks and months are made of the days that are kept."
)
@known_at_option
@click.option("--tail", type=click.IntRange(min=0), default=10, show_default=True, help="The last N bars; 0 shows all.")
@click.option("--revisions", is_flag=True, help="Show what a later fetch gave otherwise instead of the bars.")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, a file that --bars reads.")
@click.option("--instruments", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Further instruments, TOML.")
def show(
    symbol: str,
    source: str | None,
    timeframe: str,
    known_at: dt.datetime | None,
    tail: int,
    revisions: bool,
    as_csv: bool,
    instruments: Path | None,
) -> None:
    """Show the bars of SYMBOL that are kept; with --known-at, as they stood then."""
    from levelhead.config import read_instruments
    from levelhead.domain.timeframe import timeframe_of
    from levelhead.doors.home import archive as users_archive
    from levelhead.market.instruments import find_instrument
    from levelhead.market.registry import default_source

    described = read_instruments(instruments) if instruments else {}
    instrument = find_instrument(symbol.upper(), extra=described)
    archive = users_archive()
    asked = timeframe = str(timeframe_of(timeframe))
    kept = archive.sources(instrument.symbol, timeframe)
    if not kept and timeframe in MADE_OF_DAYS and (days := archive.sources(instrument.symbol, "1d")):
        kept, timeframe = days, "1d"
    default = default_source(instrument, extra=described)
    name = source.strip().lower() if source else next((each for each in (default, *kept) if each in kept), default)
    bars = archive.read(name, instrument.symbol, timeframe, known_at=known_at, instrument=instrument)
    events = archive.revisions(name, instrument.symbol, timeframe, known_at=known_at)
    if timeframe != asked:
        from levelhead.market.resampling import resample

        bars = resample(bars, asked)
    if as_csv:
        click.echo("\n".join(_csv(bars, tail)))
        return
    times = [moment for moment in archive.fetches(name, instrument.symbol, timeframe) if known_at is None or moment <= known_at]
    made = asked if timeframe == asked else f"{asked}, made of {timeframe}"
    click.echo(
        f"{instrument.symbol} ({name}, {made}): {len(bars):,} bars from {bars.first} to {bars.as_of}; "
        f"fetched {_times(times)}; {len(events):,} revised."
    )
    if revisions:
        click.echo("\n".join(f"  {event.seen:%Y-%m-%d %H:%M} UTC  {event}" for event in events[-tail:]) or "  none")
        return
    click.echo("\n".join(_rows(bars, tail)))
    for finding in (*bars.left_out, *bars.remarks):
        if finding.severity != "remark":
            click.echo(f"  {finding.text}")


def _times(moments: Sequence[dt.datetime]) -> str:
    last = f"{moments[-1]:%Y-%m-%d %H:%M} UTC"
    return f"on {last}" if len(moments) == 1 else f"{len(moments):,} times, from {moments[0]:%Y-%m-%d %H:%M} to {last}"


def _csv(bars: Bars, tail: int) -> list[str]:
    from levelhead.domain.timeframe import timeframe_of

    is_intraday = timeframe_of(bars.timeframe).is_intraday
    lines = ["time,open,high,low,close,volume" if is_intraday else "date,open,high,low,close,volume"]
    for i in range(max(0, len(bars) - tail) if tail else 0, len(bars)):
        stamp = f"{bars.time[i].astype('datetime64[s]')}Z" if is_intraday else str(bars.dates[i])
        volume = "" if bars.volume[i] != bars.volume[i] else f"{bars.volume[i]:.17g}"
        prices = ",".join(repr(float(column[i])) for column in (bars.open, bars.high, bars.low, bars.close))
        lines.append(f"{stamp},{prices},{volume}")
    return lines


def _rows(bars: Bars, tail: int) -> list[str]:
    written = bars.instrument.quoting.price
    lines = []
    for i in range(max(0, len(bars) - tail) if tail else 0, len(bars)):
        stamp = str(bars.dates[i]) if bars.days is None else f"{bars.time[i].astype('datetime64[m]')}Z"
        prices = "".join(f"{written(column[i]):>14}" for column in (bars.open, bars.high, bars.low, bars.close))
        volume = "unknown" if bars.volume[i] != bars.volume[i] else f"{bars.volume[i]:,.0f}"
        forming = "  forming" if i == len(bars) - 1 and bars.provisional is not None else ""
        lines.append(f"  {stamp}{prices}{volume:>16}{forming}")
    return [f"  {'':{len(lines[0].split()[0])}}{'open':>14}{'high':>14}{'low':>14}{'close':>14}{'volume':>16}", *lines]
