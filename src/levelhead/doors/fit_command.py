"""levelhead fit: learns from past days how much each forecaster of a pool should weigh."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from levelhead.domain.errors import BadSettings
from levelhead.doors import progress
from levelhead.doors.options import Day, Peer
from levelhead.doors.shape import Shape, shape_options, shaped

if TYPE_CHECKING:
    from levelhead.domain.bars import Bars
    from levelhead.forecast.artefact import Case
    from levelhead.forecast.settings import Settings

EXAMPLES = """\b
Examples:
  levelhead fit RTY=rty.csv ES=es.csv SPY=spy.csv --out artefacts.json
  levelhead fit RTY=rty.csv IWM=iwm.csv --from 2005 --until 2019-01-01 --every 5 --out artefacts.json
  levelhead price RTY "touch 2455 within 12 sessions" --bars rty.csv --artefacts artefacts.json
"""
FIT_PATHS = 2_000


@click.command(epilog=EXAMPLES)
@click.argument("series", nargs=-1, required=True, type=Peer(), metavar="SYMBOL=FILE ...")
@shape_options
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE", help="The JSON to write.")
@click.option(
    "--from", "first", type=click.IntRange(1900, 2200), metavar="YEAR", help="The first artefact ends with the year before."
)
@click.option("--until", type=Day(), metavar="DATE", help="Use bars before this day only. Default: all.")
@click.option("--every", type=click.IntRange(min=1), default=5, show_default=True, help="Ask on every Nth bar.")
@click.option("--paths", type=click.IntRange(min=100), default=FIT_PATHS, show_default=True, help="How many are simulated a day.")
@click.option(
    "--map",
    "mapped",
    type=click.Choice(["none", "beta", "isotonic"]),
    default="none",
    show_default=True,
    help="A map of each outcome's chance onto how often it came, ties pooled.",
)
@click.option("--classes-only", is_flag=True, help="Keep the fits of classes and of all instruments, none of single ones.")
@click.option("--instruments", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="A TOML file of instruments.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes. Default: one for each core.")
def fit(
    series: tuple[tuple[str, Path | None], ...],
    shape: Shape,
    out: Path,
    first: int | None,
    until: dt.date | None,
    every: int,
    paths: int,
    mapped: Literal["none", "beta", "isotonic"],
    classes_only: bool,
    instruments: Path | None,
    workers: int | None,
) -> None:
    """Fit weights of the pool, and maps of calibration, to daily bars of several instruments.

    On every Nth day of each, a split, a touch and a close are asked at random horizons and distances; what paths, analogues and
    closed form said of them on that day is held against what came. An artefact ends with each year; a forecast uses the last that
    ended before its day. Intraday bars are made into days by --timeframe 1d; weeks and months are refused, for what is learned of
    them would be taken for days.
    """
    import os
    from dataclasses import replace

    from levelhead.doors.material import load
    from levelhead.doors.note_command import house_file
    from levelhead.evaluate.learning import learned
    from levelhead.forecast.artefact import EVERYONE, Artefacts
    from levelhead.forecast.question_table import check_writable
    from levelhead.forecast.settings import Settings

    check_writable(out)
    described = house_file(None, instruments).instruments
    bars = []
    for symbol, file in series:
        if file is None:
            raise BadSettings(f"{symbol} has no file; write {symbol}=FILE.")
        progress.step(f"reading the bars of {symbol}")
        own = shaped(load(symbol, file=file, source=None, described=described, shape=shape), shape, unfinished="left out")
        if own.timeframe != "1d":
            raise BadSettings(
                f"{own.feed or symbol}: weights are learned of daily bars, and these are {own.timeframe}; give daily ones, or "
                "intraday ones and --timeframe 1d."
            )
        bars.append(own if until is None else own.until(until - dt.timedelta(days=1)))
    cases = _cases(bars, every, Settings(paths=paths), workers or os.cpu_count() or 1)
    if not cases:
        raise BadSettings("No day of these bars could be asked about; give histories of more than 315 bars.")
    begin = first or min(case.as_of for _, case in cases).year + 2
    last = max(case.settled for _, case in cases).year + 1
    ends = [dt.date(year, 1, 1) - dt.timedelta(days=1) for year in range(begin, last + 1)]
    progress.step("fitting")
    fitted, worth = learned(cases, ends, mapped=mapped)
    if classes_only:
        classes = {own.instrument.kind for own in bars} | {EVERYONE}
        fitted = replace(fitted, series=tuple(artefact for artefact in fitted.series if artefact.family in classes))
    out.write_text(Artefacts(series=fitted.series).to_json(), encoding="utf-8")
    progress.step("")
    for kind, (gain, error, count) in worth.items():
        click.echo(
            f"{kind:6} log score {gain:+.4f} +- {error:.4f} over the paths alone, {count:,} claims after their artefact's end"
        )
    click.echo(f"{len(fitted.series)} artefacts in {out}.")


def _cases(bars: list[Bars], every: int, settings: Settings, workers: int) -> list[tuple[str, Case]]:
    """The cases of every series, in its order, whoever worked them out."""
    from functools import partial

    from levelhead.forecast.worker import pool_of

    work = partial(cases_of_one, every=every, settings=settings)
    if workers == 1 or len(bars) == 1:
        found = []
        for number, own in enumerate(bars, 1):
            progress.step(f"asking {own.instrument.symbol}, {number} of {len(bars)}")
            found += work(own)
        return found
    with pool_of(workers) as pool:
        found = []
        for number, part in enumerate(pool.map(work, bars), 1):
            progress.step(f"asked {number} of {len(bars)}")
            found += part
        return found


def cases_of_one(bars: Bars, every: int, settings: Settings) -> list[tuple[str, Case]]:
    """The cases of one series, in a process of its own."""
    from levelhead.evaluate.learning import cases_of

    return list(cases_of(bars, every=every, settings=settings))
