"""Files of the market around an instrument: a universe of symbols, two funds of bonds, reports of positions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from levelhead.domain.errors import BadSettings, UnreadableFile
from levelhead.doors.csv_rows import Row, csv_table, date_in, number_in

if TYPE_CHECKING:
    from levelhead.domain.credit import Credit
    from levelhead.domain.positions import Positions
    from levelhead.doors.beside_files import Descriptions
    from levelhead.doors.context_options import Fund
    from levelhead.kernels.breadth import Breadth
    from levelhead.reading.context import Context

REPORT = ("date", "released", "long", "short", "open_interest")


def read_context(
    *,
    breadth: Path | None = None,
    credit: tuple[Fund, Fund] | None = None,
    cot: Path | None = None,
    described: Descriptions | None = None,
) -> Context:
    """All that is given. Raises UnreadableFile, BadBars, or BadSettings for a fund without a file."""
    from levelhead.reading.context import Context

    return Context(
        breadth=None if breadth is None else read_breadth(breadth),
        credit=None if credit is None else read_credit(credit, described),
        positions=None if cot is None else read_positions(cot),
    )


def read_breadth(path: Path) -> tuple[str, Breadth]:
    """The name of a universe, and its counts of every day. Raises UnreadableFile and BadBars."""
    from levelhead.kernels.breadth import breadth_of
    from levelhead.market.universe import read_universe

    universe = read_universe(path)
    return universe.name, breadth_of(universe.symbol, universe.dates, universe.high, universe.low, universe.close)


def read_credit(funds: tuple[Fund, Fund], described: Descriptions | None = None) -> Credit:
    """The two funds' daily closes. Raises BadSettings where one has no file or both are the same."""
    from levelhead.domain.credit import Credit
    from levelhead.doors.material import load

    (one, _), (two, _) = funds
    if one == two:
        raise BadSettings(f"--credit names {one} twice; give high yield first, then treasuries: HYG=hyg.csv TLT=tlt.csv.")
    for symbol, file in funds:
        if file is None:
            raise BadSettings(f"--credit {symbol} has no file; write {symbol}=FILE.")
    high_yield, treasuries = (load(symbol, file=file, source=None, described=described) for symbol, file in funds)
    return Credit.of(high_yield, treasuries)


def read_positions(path: Path) -> Positions:
    """Reports of positions from a CSV: date (the day they are of), released, long, short, open_interest; docs/context.md.

    Raises UnreadableFile naming row and value, BadBars where the reports cannot be.
    """
    from levelhead.domain.positions import Positions

    with csv_table(path, f"a CSV file with {','.join(REPORT)}") as (table, columns):
        if missing := [name for name in REPORT if name not in columns]:
            heading = ",".join(columns) or "empty"
            raise UnreadableFile(f"{path}: its heading is {heading}; it needs {','.join(REPORT)}, and has no {missing[0]}.")
        rows = [_report(row, f"{path.name} row {table.line_num}") for row in table]
    if not rows:
        raise UnreadableFile(f"{path}: holds no report; give a CSV file with {','.join(REPORT)}.")
    days, numbers = [row[:2] for row in rows], np.array([row[2:] for row in rows], dtype=np.float64)
    dates = np.array(days, dtype="datetime64[D]")
    return Positions(
        name=path.name.split(".")[0].upper(),
        dates=dates[:, 0],
        released=dates[:, 1],
        long=numbers[:, 0],
        short=numbers[:, 1],
        open_interest=numbers[:, 2],
    )


def _report(row: Row, where: str) -> tuple[dt.date, dt.date, float, float, float]:
    return (
        date_in(row, "date", where),
        date_in(row, "released", where),
        number_in(row, "long", where),
        number_in(row, "short", where),
        number_in(row, "open_interest", where),
    )
