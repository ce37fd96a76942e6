"""What a note is told of the market around its instrument: the options, and the files behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from levelhead.doors.options import Peer

if TYPE_CHECKING:
    from levelhead.doors.beside_files import Descriptions
    from levelhead.reading.context import Context

Command = TypeVar("Command", bound=Callable[..., Any])
Fund = tuple[str, Path | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The options as given; None where not. credit: high yield first, then treasuries."""

    breadth: Path | None = None
    credit: tuple[Fund, Fund] | None = None
    cot: Path | None = None

    def context(self, described: Descriptions | None = None) -> Context:
        """What the files hold; nothing is read, or loaded to read it, where none is given."""
        from levelhead.reading.context import NO_CONTEXT

        if self == Around():
            return NO_CONTEXT
        from levelhead.doors.context_files import read_context

        return read_context(breadth=self.breadth, credit=self.credit, cot=self.cot, described=described)


def context_options(command: Command) -> Command:
    """--breadth, --credit, --cot: as `around`."""

    @wraps(command)
    def with_around(*given: Any, breadth: Path | None, credit: tuple[Fund, Fund] | None, cot: Path | None, **more: Any) -> Any:
        return command(*given, around=Around(breadth=breadth, credit=credit, cot=cot), **more)

    wrapped: Any = with_around
    file = click.Path(path_type=Path, dir_okay=False)
    for option in (
        click.option(
            "--cot",
            type=file,
            metavar="FILE",
            help="Reports of positions: date,released,long,short,open_interest (docs/context.md).",
        ),
        click.option(
            "--credit",
            type=(Peer(), Peer()),
            metavar="HIGH_YIELD=FILE TREASURIES=FILE",
            help="Two funds whose ratio shows the appetite for credit, such as HYG=hyg.csv TLT=tlt.csv.",
        ),
        click.option(
            "--breadth",
            type=file,
            metavar="FILE",
            help="Daily closes of many symbols, CSV or Parquet: symbol,date,close and, where known, high,low.",
        ),
    ):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]
