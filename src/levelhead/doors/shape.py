"""How bars are to be shaped before they are read: their timeframe, their hours, the zone of stamps that name none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

if TYPE_CHECKING:
    from levelhead.domain.bars import Bars

Command = TypeVar("Command", bound=Callable[..., Any])
Hours = Literal["electronic", "rth", "rth-16:15"]
Unfinished = Literal["provisional", "left out"]
HOURS: tuple[Hours, ...] = ("electronic", "rth", "rth-16:15")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """timeframe: None keeps that of the bars. hours: which part of each session. zone: of naive intraday stamps in a file."""

    timeframe: str | None = None
    hours: Hours = "electronic"
    zone: str | None = None

    @property
    def to_fetch(self) -> str:
        """The timeframe to ask a source or the archive for: an intraday one itself, weeks and months are made of days."""
        from levelhead.domain.timeframe import timeframe_of

        asked = timeframe_of(self.timeframe or "1d")
        return str(asked) if asked.is_intraday else "1d"


AS_THEY_ARE = Shape()


def shaped(bars: Bars, shape: Shape, *, unfinished: Unfinished = "provisional") -> Bars:
    """The bars in the timeframe and hours asked for, each intraday bar with its trade date; unfinished: what becomes of a last
    bar that has not ended. Raises BadBars.
    """
    from levelhead.market.hours import with_trade_dates
    from levelhead.market.resampling import resample

    if shape.timeframe is None and shape.hours == "electronic":
        return with_trade_dates(bars)
    return resample(bars, shape.timeframe or bars.timeframe, hours=shape.hours, unfinished=unfinished)


def shape_options(command: Command) -> Command:
    """--timeframe, --hours and --zone, handed to the command as one `shape`."""

    @wraps(command)
    def packed(*arguments: Any, timeframe: str | None, hours: Hours, zone: str | None, **others: Any) -> Any:
        return command(*arguments, shape=Shape(timeframe=timeframe, hours=hours, zone=zone), **others)

    for option in (
        click.option(
            "--zone", metavar="NAME", help="Time zone of intraday stamps in a file that name none, such as America/New_York."
        ),
        click.option(
            "--hours",
            type=click.Choice(HOURS),
            default="electronic",
            help="Of intraday bars: all, or New York's regular hours, to 16:00 or 16:15. Default: electronic, all.",
        ),
        click.option(
            "--timeframe",
            metavar="TF",
            help="Make bars of 5m, 15m, 1h, 4h, 1d, 1w, 1mo out of those given. Default: as they are.",
        ),
    ):
        packed = option(packed)
    return packed  # type: ignore[return-value]
