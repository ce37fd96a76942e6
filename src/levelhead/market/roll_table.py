"""The roll table of a continuous series as a file beside its bars."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.decimals import finite_number
from levelhead.domain.errors import BadBars, UnreadableFile
from levelhead.domain.roll import GIVEN, Adjustment, Roll
from levelhead.domain.sessions import SessionTable, front_expiry

COLUMNS = ("date", "from", "to", "gap", "factor", "estimated", "known_on", "adjustment", "method", "gap_error", "date_uncertain")
_TRUE = {"true", "yes", "1"}


def roll_table_csv(bars: Bars) -> str:
    """The table of a series as text that `with_roll_table` reads back to the same rolls."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for roll in bars.rolls:
        known = roll.known_on.isoformat() if roll.known_on else ""
        estimated = str(roll.estimated).lower()
        writer.writerow(
            [
                roll.date,
                roll.from_contract,
                roll.to_contract,
                repr(roll.gap),
                repr(roll.factor),
                estimated,
                known,
                bars.adjustment,
                roll.method,
                "" if roll.gap_error is None else repr(roll.gap_error),
                str(roll.is_date_uncertain).lower(),
            ]
        )
    return text.getvalue()


def with_roll_table(bars: Bars, path: Path, sessions: SessionTable | None) -> Bars:
    """The bars with the rolls of a file: the columns of COLUMNS, of which date (or roll_date) and factor or gap are needed.

    What is absent is worked out: gap and factor from each other at the close before the roll, the contracts from the
    calendar. Where the table says that the series is adjusted, it is; else it stands as traded. Rolls outside the bars are
    left out. Raises UnreadableFile where the file is no roll table, BadBars for a roll that cannot be.
    """
    rows = list(_rows(path))
    found = [_roll(row, bars, sessions, where) for row, where in rows]
    inside = [roll for roll in sorted(found, key=lambda roll: roll.date) if bars.first < roll.date <= bars.as_of]
    for one, other in zip(inside[1:], inside, strict=False):
        if one.date == other.date:
            raise BadBars(f"{path.name} holds two rolls on {one.date}; leave one out.")
    adjustment = _adjustment({row.get("adjustment", "") for row, _ in rows}, path)
    return replace(bars, rolls=tuple(inside), adjustment=adjustment, frame="as traded" if adjustment == "none" else "back-adjusted")


def _adjustment(said: set[str], path: Path) -> Adjustment:
    known: dict[str, Adjustment] = {"": "none", "none": "none", "difference": "difference", "ratio": "ratio"}
    if len(said) > 1 or not said <= set(known):
        raise UnreadableFile(
            f"{path.name}: its adjustment is {' and '.join(sorted(said))}; one of none, difference, ratio must hold."
        )
    return known[said.pop()] if said else "none"


def _rows(path: Path) -> Iterator[tuple[Mapping[str, str], str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise UnreadableFile(f"{path} cannot be read as a roll table ({error}); give a CSV with date and factor or gap.") from None
    reader = csv.DictReader(io.StringIO(text))
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    if not {"date", "roll_date"} & set(names) or not {"factor", "gap"} & set(names):
        raise UnreadableFile(f"{path.name} is no roll table: it needs a column date and one of factor and gap; it has {names}.")
    for row in reader:
        cells = {str(name).strip().lower(): (cell or "").strip() for name, cell in row.items() if isinstance(cell, str | None)}
        yield {"date": cells.get("roll_date", ""), **cells}, f"{path.name} row {reader.line_num}"


def _roll(row: Mapping[str, str], bars: Bars, sessions: SessionTable | None, where: str) -> Roll:
    date = _date(row["date"], where)
    before = int(np.searchsorted(bars.dates, np.datetime64(date))) - 1
    close = float(bars.close[max(before, 0)])
    gap, factor = _number(row.get("gap", ""), where), _number(row.get("factor", ""), where)
    if gap is None and factor is None:
        raise UnreadableFile(f"{where}: neither factor nor gap is given; give one of them.")
    if factor is None:
        factor = (close + (gap or 0.0)) / close
    if gap is None:
        gap = close * (factor - 1)
    left, entered = _contracts(date, bars, sessions)
    known = row.get("known_on", "")
    return Roll(
        date=date,
        from_contract=row.get("from") or left,
        to_contract=row.get("to") or entered,
        gap=gap,
        factor=factor,
        estimated=row.get("estimated", "").lower() in _TRUE,
        method=row.get("method") or GIVEN,
        known_on=_date(known, where) if known else None,
        gap_error=_number(row.get("gap_error", ""), where),
        is_date_uncertain=row.get("date_uncertain", "").lower() in _TRUE,
    )


def _contracts(date: dt.date, bars: Bars, sessions: SessionTable | None) -> tuple[str, str]:
    """The contracts of a roll by the calendar: a roll shortly after an expiry is the roll out of that contract."""
    nearby = front_expiry(bars.instrument, date - dt.timedelta(days=7), sessions)
    if nearby is None:
        return "", ""
    following = front_expiry(bars.instrument, nearby.last_trade + dt.timedelta(days=1), sessions)
    return nearby.contract, following.contract if following else ""


def _date(cell: str, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(cell)
    except ValueError:
        raise UnreadableFile(f"{where}: {cell!r} is no date; write it as 2025-09-17.") from None


def _number(cell: str, where: str) -> float | None:
    if not cell:
        return None
    value = finite_number(cell)
    if value is None:
        raise UnreadableFile(f"{where}: {cell!r} is no number; give the gap in points or the factor.")
    return value
