"""Continuous futures at the command line: contracts in a folder, the roll rule, a reference to find rolls by, the adjustment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from levelhead.domain.errors import BadSettings
from levelhead.doors.options import Peer

if TYPE_CHECKING:
    from levelhead.domain.bars import Bars
    from levelhead.domain.roll import Adjustment

Command = TypeVar("Command", bound=Callable[..., Any])
ADJUSTMENTS: tuple[Adjustment, ...] = ("none", "difference", "ratio")
RULES = "volume, oi, days:8, sessions:2, weekday:mon or dates:FILE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolling:
    """What was asked for: contracts to join by `rule`; or, for given bars, a table of their rolls or a reference to find them
    by; and the frame.
    """

    contracts: Path | None = None
    rule: str | None = None
    table: Path | None = None
    reference: tuple[str, Path | None] | None = None
    adjust: Adjustment = "none"

    @property
    def is_known(self) -> bool:
        """Whether it was said where the rolls are, or that none are to be looked for; else a peer may show them."""
        return any(each is not None for each in (self.contracts, self.table, self.reference))


UNROLLED = Rolling()
NO_REFERENCE = "NONE"


def rolling_options(command: Command) -> Command:
    """--contracts, --roll, --roll-table, --roll-reference and --adjust, handed to the command as one `rolling`."""

    @wraps(command)
    def packed(
        *arguments: Any,
        contracts: Path | None,
        roll: str | None,
        roll_table: Path | None,
        roll_reference: tuple[str, Path | None] | None,
        adjust: Adjustment,
        **others: Any,
    ) -> Any:
        rolling = Rolling(contracts=contracts, rule=roll, table=roll_table, reference=roll_reference, adjust=adjust)
        return command(*arguments, rolling=rolling, **others)

    for option in (
        click.option(
            "--adjust",
            type=click.Choice(ADJUSTMENTS),
            default="none",
            help="Frame of levels and averages where rolls are known. Default: none, as traded; returns are back-adjusted always.",
        ),
        click.option(
            "--roll-reference",
            type=Peer(),
            metavar="SYM=FILE",
            help="An index or fund by which the rolls of the series are found, such as RUT=rut.csv. Default: a --peer on the same "
            "thing, where there is one; 'none' looks for none.",
        ),
        click.option(
            "--roll-table",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="With --bars: a CSV of the series' rolls, columns date and factor or gap.",
        ),
        click.option("--roll", metavar="RULE", help=f"With --contracts: when to roll: {RULES}. Default: volume."),
        click.option(
            "--contracts",
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="A folder of individual contracts (RTYZ4.csv, RTYH5.csv, ...), joined to one series.",
        ),
    ):
        packed = option(packed)
    return packed  # type: ignore[return-value]


def rolled_bars(
    symbol: str,
    rolling: Rolling,
    given: Callable[[], Bars],
    *,
    described: Mapping[str, Mapping[str, object]] | None = None,
    quarantine: bool = False,
    as_of: dt.date | None = None,
) -> Bars:
    """The bars of `symbol` with their rolls where they can be known; `given` loads them where no contracts are named.

    as_of: no later bar is looked at to find rolls by a reference or between contracts, nor to refuse them. Raises BadSettings
    where what was asked for does not go together.
    """
    from levelhead.market.instruments import find_instrument
    from levelhead.market.sessions import session_table

    instrument = find_instrument(symbol, extra=described)
    sessions = session_table(instrument.calendar)
    if rolling.contracts is not None:
        if rolling.reference is not None or rolling.table is not None:
            raise BadSettings("--contracts know their rolls; leave --roll-reference and --roll-table out.")
        from levelhead.market.continuous import continuous
        from levelhead.market.contracts import contracts_until, read_contracts
        from levelhead.market.rolls import parse_rule

        rule = parse_rule(rolling.rule or "volume")
        found = read_contracts(rolling.contracts, instrument, sessions=sessions, quarantine=quarantine)
        # a hole in contracts after that day is no fault of its note
        seen = found if as_of is None else contracts_until(found, as_of) or found
        return continuous(seen, rule, sessions=sessions)
    if rolling.rule is not None:
        raise BadSettings("--roll says how --contracts are joined; give --contracts DIR, or leave it out.")
    if rolling.reference is not None and rolling.table is not None:
        raise BadSettings("--roll-table and --roll-reference both say where the rolls are; leave one of them out.")
    bars = given()
    if rolling.table is not None:
        from levelhead.market.roll_table import with_roll_table

        return with_roll_table(bars, rolling.table, sessions)
    if rolling.reference is None or rolling.reference == (NO_REFERENCE, None):
        return bars
    return _with_found_rolls(bars, rolling.reference, described, quarantine, as_of)


def _with_found_rolls(
    bars: Bars,
    reference: tuple[str, Path | None],
    described: Mapping[str, Mapping[str, object]] | None,
    quarantine: bool,
    as_of: dt.date | None,
) -> Bars:
    from levelhead.market.files import read_bars
    from levelhead.market.instruments import find_instrument
    from levelhead.market.roll_detection import detect_rolls, with_detected_rolls
    from levelhead.market.sessions import session_table

    other, file = reference
    sessions = session_table(bars.instrument.calendar)
    if file is None:
        raise BadSettings(f"--roll-reference {other} names no file; write {other}=FILE.")
    if sessions is None:
        raise BadSettings(
            f"{bars.instrument.symbol} has no session table, so that its expiries cannot be placed; describe it with a calendar."
        )
    beside = read_bars(file, find_instrument(other, extra=described), quarantine=quarantine)
    if as_of is None or as_of >= bars.as_of:
        return with_detected_rolls(bars, beside, sessions)
    return replace(bars, rolls=detect_rolls(bars.until(as_of), beside, sessions), frame="as traded")


def adjusted(bars: Bars, adjust: Adjustment) -> Bars:
    """The bars in the frame asked for. Raises BadSettings where no roll is known."""
    from levelhead.domain.adjustment import back_adjusted

    if adjust != "none" and not bars.rolls:
        raise BadSettings(
            f"{bars.feed or bars.instrument.symbol} has no known roll up to {bars.as_of}, so that nothing can be adjusted by "
            f"{adjust}; give --contracts DIR, --roll-table FILE or --roll-reference SYM=FILE, or leave --adjust out."
        )
    return back_adjusted(bars, adjust)
