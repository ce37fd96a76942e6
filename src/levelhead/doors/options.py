"""The options that several commands share, and the words they are given in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[dt.date]):
    """A date as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The date, or a usage error that names what was given."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as YYYY-MM-DD, such as 2025-03-13.", param, ctx)


class Moment(click.ParamType[dt.datetime]):
    """A moment as 2025-03-14T21:30Z; a day alone is its end, UTC."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """The moment in UTC, or a usage error that names what was given."""
        if isinstance(value, dt.datetime):
            return value
        try:
            if len(value) == 10:
                return dt.datetime.combine(dt.date.fromisoformat(value), dt.time.max, dt.UTC)
            moment = dt.datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a moment; write 2025-03-14 or 2025-03-14T21:30Z.", param, ctx)
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


class Percent(click.ParamType[float]):
    """A share as '0.5%', or '0.5', both half a per cent; kept as 0.005."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The share, or a usage error that names what was given."""
        if isinstance(value, float):
            return value
        try:
            share = float(str(value).removesuffix("%")) / 100
        except ValueError:
            self.fail(f"{value!r} is not a percentage; write 0.5% for half a per cent.", param, ctx)
        if not 0 < share <= 1:
            self.fail(f"{value!r} lies outside what can be risked; give more than 0% and at most 100%.", param, ctx)
        return share


class Peer(click.ParamType[tuple[str, "Path | None"]]):
    """A peer as 'ES=es.csv', or 'ES' alone where the archive and its source give the bars."""

    name = "sym[=file]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path | None]:
        """Symbol and file, or a usage error that names what was given."""
        if isinstance(value, tuple):
            return value
        symbol, equals, file = value.partition("=")
        if not symbol or (equals and not file):
            self.fail(f"{value!r} is no peer; write SYMBOL=FILE, such as ES=es.csv.", param, ctx)
        return symbol.upper(), Path(file) if file else None


def bars_options(command: Command) -> Command:
    """--bars, --source and --quarantine: where the bars come from."""
    for option in (
        click.option("--quarantine", is_flag=True, help="Leave impossible rows out and list them in the note."),
        click.option(
            "--instruments",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="A TOML file that describes further instruments.",
        ),
        click.option(
            "--source",
            metavar="NAME",
            help="Where bars come from without --bars: yahoo, stooq, fred, ...; 'sample' is IXIC and SPX, 1999-2018.",
        ),
        click.option(
            "--bars", type=click.Path(path_type=Path), metavar="FILE", help="Daily bars, CSV or Parquet, in any usual dialect."
        ),
    ):
        command = option(command)
    return command


def peers_option(command: Command) -> Command:
    """--peer: what the instrument is compared with."""
    return click.option(
        "--peer",
        "peers",
        type=Peer(),
        multiple=True,
        metavar="SYM[=FILE]",
        help="An instrument to compare with; may be given again. SYM alone: from where SYMBOL without a file comes from.",
    )(command)


def finer_option(command: Command) -> Command:
    """--finer: shorter bars beneath daily ones."""
    return click.option(
        "--finer",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Shorter bars of the same days, with volume: by them, not by daily bars, volume by price is worked out.",
    )(command)


def as_of_option(command: Command) -> Command:
    """--as-of: the day whose evening the analyst stands in."""
    return click.option("--as-of", type=Day(), metavar="DATE", help="Use the bars up to this day only. Default: the last bar.")(
        command
    )


def known_at_option(command: Command) -> Command:
    """--known-at: the moment at which the archive is read."""
    return click.option(
        "--known-at",
        type=Moment(),
        metavar="TIME",
        help="Read the archive as it stood then: a day (its end, UTC), or a moment in UTC.",
    )(command)
