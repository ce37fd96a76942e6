"""levelhead evaluate: would it have worked."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from levelhead.domain.errors import BadDate, BadSettings
from levelhead.doors import progress
from levelhead.doors.evaluation_report import report
from levelhead.doors.forecast_options import Asked, forecast_options
from levelhead.doors.note_command import Peers, house_file
from levelhead.doors.options import Day, Peer, bars_options, finer_option, peers_option
from levelhead.doors.rolling import NO_REFERENCE, Rolling, rolled_bars, rolling_options
from levelhead.doors.shape import Shape, shape_options

if TYPE_CHECKING:
    from levelhead.config import HouseFile
    from levelhead.domain.bars import Bars
    from levelhead.doors.walk_material import WalkMaterial
    from levelhead.evaluate.chunks import Told
    from levelhead.evaluate.route import Route
    from levelhead.evaluate.walk import Walked
    from levelhead.forecast.beside import Beside

PATHS = (
    1000  # a probability then has a Monte Carlo error of 1.1 points, and a Brier score is too high by 0.0006 (benchmarks/LOG.md)
)
WORK = ".work"
EXAMPLES = """\b
Examples:
  levelhead evaluate IXIC --source sample --from 2017 --every 5
  levelhead evaluate RTY --bars rty.csv --peer ES=es.csv --from 2005
  levelhead evaluate SPY --bars spy.csv --also QQQ=qqq.csv --from 2010 --to 2019 --workers 2
  levelhead evaluate RTY --bars rty.csv --peer RUT=rut.csv --timeframe 1w
  levelhead evaluate ES --bars es.csv --finer es_5m.csv.gz --from 2025-06-02
  levelhead evaluate RTY --bars rty.csv --roll-table rolls.csv --from 2019-01-02 --every 2 --paths 5000
"""


class Edge(Day):
    """A date, or a year alone: its first day, or its last."""

    name = "date"

    def __init__(self, *, ends: bool) -> None:
        self._ends = ends

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The date, or a usage error that names what was given."""
        if isinstance(value, str) and len(value) == 4 and value.isdecimal() and int(value):
            return dt.date(int(value), 12, 31) if self._ends else dt.date(int(value), 1, 1)
        return super().convert(value, param, ctx)


@click.command(epilog=EXAMPLES)
@click.argument("symbol")
@bars_options
@shape_options
@finer_option
@peers_option
@rolling_options
@click.option(
    "--also", type=Peer(), multiple=True, metavar="SYM[=FILE]", help="A further instrument to walk over; may be given again."
)
@click.option(
    "--from", "first", type=Edge(ends=False), metavar="DATE", help="The first day, or a year. Default: bar 450, or half-way."
)
@click.option("--to", "last", type=Edge(ends=True), metavar="DATE", help="The last day, or a year. Default: the last bar.")
@click.option("--every", type=click.IntRange(min=1), default=1, show_default=True, help="Write the note of every Nth day.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes. Default: as many as there are processors.")
@forecast_options
@click.option("--placebo", is_flag=True, help="Walk worlds too in which nothing can be known; skill must vanish there.")
@click.option("--house", type=click.Path(path_type=Path), metavar="FILE", help="The house file the notes are written with.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("evaluations"), metavar="DIR", help="Default: evaluations.")
@click.option("--resume/--fresh", default=True, help="Go on with what an earlier run of the same left. Default: resume.")
def evaluate(
    symbol: str,
    bars: Path | None,
    source: str | None,
    instruments: Path | None,
    quarantine: bool,
    shape: Shape,
    finer: Path | None,
    peers: Peers,
    rolling: Rolling,
    also: Peers,
    first: dt.date | None,
    last: dt.date | None,
    every: int,
    workers: int | None,
    asked: Asked,
    placebo: bool,
    house: Path | None,
    out: Path,
    resume: bool,
) -> None:
    """Write the note of every past day of SYMBOL, settle it on what followed, and score it.

    Each note is written by the functions that write today's, on the bars up to its day; with --timeframe 1w on the weeks that had
    ended by then, and horizons count weeks; with --finer volume by price is that of the shorter bars that its day knew, by which
    nothing is settled. A --peer on the same thing as a future shows its rolls, each from its day on. Days are walked in pieces, and
    finished pieces are kept: stopped with Ctrl-C, the same command goes on where it was. Results do not depend on --workers. A note
    has 2,000 paths here unless --paths says otherwise; today's has 10,000.
    """
    desk = asked.of_house(house_file(house, instruments))
    beside = asked.beside(desk.instruments)
    paths = asked.paths or PATHS
    read = partial(_loaded, desk=desk, shape=shape, quarantine=quarantine)
    chosen = [
        (_own(symbol.upper(), bars, source, rolling, desk, read, quarantine=quarantine), not rolling.is_known),
        *((read(name, file, None if file else source), rolling.reference != (NO_REFERENCE, None)) for name, file in also),
    ]
    others = {name: read(name, file, None if file else source) for name, file in peers}
    beneath = None if finer is None else _finer(finer, chosen[0][0], shape, quarantine=quarantine)
    routes = [
        _route(own, others, desk, shape, find_rolls=find, first=first, last=last, every=every, paths=paths, beside=beside)
        for own, find in chosen
    ]
    if beneath is not None:
        routes[0] = _with_finer(routes[0], beneath, shape)
    if len(lengths := {route.bars.timeframe for route in routes}) > 1:
        raise BadSettings(f"One walk has bars of one length, and these are of {' and '.join(sorted(lengths))}; give --timeframe.")
    from levelhead.domain.note import House

    began = time.perf_counter()
    count = workers or os.cpu_count() or 1
    walked = _walked(routes, count, out / WORK, resume=resume)
    _report(routes, walked, time.perf_counter() - began, out)

    def walk(world: Route) -> Walked:
        return _walked([world], count, out / WORK, resume=resume)[0]

    report(routes, walked, walk=walk if placebo else None, desk=(desk.house or House()).desk, out=out)


def _own(
    symbol: str,
    file: Path | None,
    source: str | None,
    rolling: Rolling,
    desk: HouseFile,
    read: Callable[[str, Path | None, str | None], Bars],
    *,
    quarantine: bool,
) -> Bars:
    if rolling.adjust != "none":
        raise BadSettings("A walk writes its notes on bars as traded, and takes their returns back-adjusted; leave --adjust out.")
    if rolling.contracts is not None and (file is not None or source is not None):
        raise BadSettings("--contracts are the bars; leave --bars and --source out.")
    return rolled_bars(symbol, rolling, lambda: read(symbol, file, source), described=desk.instruments, quarantine=quarantine)


def _loaded(symbol: str, file: Path | None, source: str | None, *, desk: HouseFile, shape: Shape, quarantine: bool) -> Bars:
    from levelhead.doors.material import load

    progress.step(f"reading the bars of {symbol}")
    return load(symbol, file=file, source=source, described=desk.instruments, quarantine=quarantine, shape=shape)


def _route(
    given: Bars,
    peers: dict[str, Bars],
    desk: HouseFile,
    shape: Shape,
    *,
    find_rolls: bool,
    first: dt.date | None,
    last: dt.date | None,
    every: int,
    paths: int,
    beside: Beside,
) -> Route:
    from dataclasses import replace
    from importlib.metadata import version

    from levelhead.desk.settings import Settings
    from levelhead.doors.walk_material import walk_material
    from levelhead.evaluate.route import Route
    from levelhead.market.instruments import micro_of
    from levelhead.market.sessions import session_table

    settings = desk.settings or Settings()
    beside_it = {name: peer for name, peer in peers.items() if name != given.instrument.symbol}
    material = walk_material(given, beside_it, shape, find_rolls=find_rolls, described=desk.instruments)
    return Route(
        bars=material.bars,
        days=_days(material, first, last)[::every],
        peers=beside_it,
        sessions=session_table(given.instrument.calendar),
        settings=replace(settings, forecast=replace(settings.forecast, paths=paths)),
        micro=micro_of(given.instrument, extra=desk.instruments),
        beside=beside,
        told=material.told,
        shaping=material.shaping,
        version=version("levelhead"),
    )


def _finer(file: Path, own: Bars, shape: Shape, *, quarantine: bool) -> Bars:
    from levelhead.doors.material import finer_bars

    progress.step(f"reading the finer bars of {own.instrument.symbol}")
    return finer_bars(file, own.instrument, shape, quarantine=quarantine)


def _with_finer(route: Route, finer: Bars, shape: Shape) -> Route:
    """The route with the shorter bars as far as its bars reach. Raises BadBars where they are not theirs."""
    from dataclasses import replace

    from levelhead.market.finer import finer_for

    known, said = finer_for(finer, route.bars, shape.hours)
    for sentence in said:
        progress.say(sentence)
    return replace(route, finer=known)


def _days(material: WalkMaterial, first: dt.date | None, last: dt.date | None) -> tuple[dt.date, ...]:
    """The days to walk. Raises BadDate where there is none."""
    bars, begins = material.bars, first or material.begins
    days = tuple(day for day in material.days if day >= begins and (last is None or day <= last))
    if not days:
        raise BadDate(
            f"{bars.feed or bars.instrument.symbol} covers {bars.first} to {bars.as_of}; no bar lies from {begins} to "
            f"{last or bars.as_of}."
        )
    return days


def _walked(routes: Iterable[Route], workers: int, folder: Path, *, resume: bool) -> list[Walked]:
    from levelhead.evaluate.chunks import walked_in_chunks
    from levelhead.evaluate.resume import Work

    found = []
    for route in routes:
        work = Work.of(route, folder)
        if not resume:
            work.forget()
        with _bar(route) as told:
            found.append(walked_in_chunks(route, workers=workers, work=work, told=told))
    return found


@contextmanager
def _bar(route: Route) -> Iterator[Told]:
    """A progress bar on a terminal, nothing in a log."""
    progress.step("")
    shown = click.progressbar(
        length=len(route.days), label=f"notes of {route.bars.instrument.symbol}", file=sys.stderr, hidden=not sys.stderr.isatty()
    )
    with shown as bar:
        yield bar.update


def _report(routes: list[Route], walked: list[Walked], seconds: float, out: Path) -> None:
    for route, each in zip(routes, walked, strict=True):
        settled = int((each.record.outcomes >= 0).sum())
        notes = f"{each.notes:,} note{'' if each.notes == 1 else 's'}"
        click.echo(
            f"{route.bars.instrument.symbol}: {notes} from {route.days[0]} to {route.days[-1]}, "
            f"{route.settings.forecast.paths:,} paths each; {len(each.record):,} statements, {settled:,} of them settled; "
            f"{seconds:.0f} s."
        )
