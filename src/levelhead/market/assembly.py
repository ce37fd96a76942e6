"""From blocks of cells to checked bars: one way in for files, frames and the sample."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.errors import UnreadableFile
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import as_date
from levelhead.domain.timeframe import Timeframe
from levelhead.market.columns import PRICES, printable
from levelhead.market.impossible import BoolArray, ImpossibleRows, Words, impossible_prices, place
from levelhead.market.moments import FORMS, NAIVE, NEVER, TWICE, UNKNOWN, are_intraday, read_moments, usual_step
from levelhead.market.numbers import Cell, fault_of, is_missing, numbers
from levelhead.market.order import in_order
from levelhead.market.tables import Block
from levelhead.market.trade_dates import EXAMPLES, NO_DAY, form_of, read_days, written_as

IntArray = NDArray[np.int64]
SHOW_FORM = 100  # dates that show how the file writes them
MANY = 8  # rows below which repeated dates are duplicates, not intraday bars

_WHOLE_NUMBERS = ("lines", "days")
COLUMNS = (*_WHOLE_NUMBERS, *PRICES, "volume")


@dataclass(slots=True, kw_only=True)
class Intake:
    """What is remembered from block to block."""

    instrument: Instrument
    feed: str
    impossible: ImpossibleRows
    timeframe: Timeframe | None = None
    zone: ZoneInfo | None = None
    form: str | None = None
    symbol: Cell = None
    rows: int = 0


def assemble(
    blocks: Iterable[Block],
    instrument: Instrument,
    *,
    feed: str,
    quarantine: bool = False,
    timeframe: Timeframe | None = None,
    zone: ZoneInfo | None = None,
) -> Bars:
    """Checked bars of all the blocks, oldest first.

    Rows that cannot be are errors; with quarantine they are left out and listed in Bars.left_out. Memory: 56 bytes a bar
    and one block. timeframe: of the bars; where it is None the first stamps tell daily bars from intraday ones, whose
    timeframe is the step that most of the first hundred are apart. zone: of intraday stamps that name none.
    Raises BadBars, or UnreadableFile where it is not a file of bars of one instrument.
    """
    impossible = ImpossibleRows(feed, quarantine=quarantine)
    intake = Intake(instrument=instrument, feed=feed, impossible=impossible, timeframe=timeframe, zone=zone)
    # bytes that grow in place: lists of arrays and their concatenation would take the memory twice
    grown = {name: bytearray() for name in COLUMNS}
    for block in blocks:
        for name, part in _good_rows(block, intake).items():
            grown[name] += part.tobytes()
    if not intake.rows:
        raise UnreadableFile(f"{feed} has a header and no rows; give at least one row of date,open,high,low,close.")
    whole: dict[str, NDArray[Any]] = {
        name: np.frombuffer(grown[name], dtype=np.int64 if name in _WHOLE_NUMBERS else np.float64) for name in COLUMNS
    }
    rows, newest_first = in_order(whole["days"], whole["lines"], intake.impossible)
    intake.impossible.known_by_place(whole["lines"][rows], whole["days"][rows])
    left_out = intake.impossible.left_out(intake.rows)
    if len(rows) < len(whole["days"]) or newest_first:
        whole = {name: column[rows] for name, column in whole.items()}
    remarks = [_sorted(feed)] if newest_first else []
    return _bars(whole, intake, left_out, remarks)


def _bars(whole: dict[str, NDArray[Any]], intake: Intake, left_out: tuple[Finding, ...], remarks: list[Finding]) -> Bars:
    open_, high, low, close, volume = (whole[name] for name in (*PRICES, "volume"))
    unit = intake.impossible.unit
    days, lines = whole["days"].view(f"datetime64[{unit}]"), whole["lines"]
    missed = (high < np.maximum(open_, close)) | (low > np.minimum(open_, close))
    if missed.any():
        i = int(np.argmax(missed))
        remarks.append(_rounded(intake.feed, int(lines[i]), as_date(days[i])))
        high, low = np.maximum(high, np.maximum(open_, close)), np.minimum(low, np.minimum(open_, close))
    return Bars(
        instrument=intake.instrument,
        time=days.astype("datetime64[us]"),
        open=open_,
        high=high,
        low=low,
        close=close,
        volume=volume,
        row=lines,
        timeframe="1d" if unit == "D" else str(_intraday_timeframe(whole["days"], intake)),
        feed=intake.feed,
        left_out=left_out,
        remarks=tuple(remarks),
    )


def _good_rows(block: Block, intake: Intake) -> dict[str, NDArray[Any]]:
    """The rows of a block about which nothing is impossible by itself; the others are added to the intake's list."""
    size = len(block.lines)
    intake.rows += size
    _one_symbol(block.cells.get("symbol", ()), intake)
    dates = [str(cell).strip() if cell is not None else "" for cell in block.cells["date"]]
    if intake.form is None:
        intake.form = written_as(dates[:SHOW_FORM])
        intake.impossible.unit = "s" if _is_intraday(dates[:SHOW_FORM], intake) else "D"
    days = _stamps(dates, block.lines, intake)
    prices, volume = {name: numbers(block.cells[name]) for name in PRICES}, _volume(block, size)
    bad = np.zeros(size, dtype=np.bool_)

    def note(mask: BoolArray, words: Words) -> None:
        fresh = mask & ~bad
        if fresh.any():
            intake.impossible.add(fresh, block.lines, days, words)
            bad[fresh] = True

    note(days <= max(UNKNOWN), lambda i: _date_fault(dates[i], intake.form, int(days[i])))
    if block.surplus:
        note(np.isin(np.arange(size), list(block.surplus)), lambda i: _surplus_fault(block.surplus[i]))
    for name, column in prices.items():
        note(~np.isfinite(column), _number_fault(name, block.cells[name]))
        column[~np.isfinite(column)] = np.nan
    for mask, words in impossible_prices(prices, intake.instrument):
        note(mask, words)
    note((volume < 0) | np.isinf(volume), lambda i: _volume_fault(block, i))
    volume[volume == 0] = np.nan

    columns: dict[str, NDArray[Any]] = {"lines": block.lines, "days": days, **prices, "volume": volume}
    return {name: column[~bad] for name, column in columns.items()} if bad.any() else columns


def _volume(block: Block, size: int) -> FloatArray:
    """Volumes, NaN where unknown; -1 for text, so that it is found as what cannot be."""
    cells = block.cells.get("volume")
    if cells is None:
        return np.full(size, np.nan)
    volume = numbers(cells)
    for i in np.flatnonzero(np.isnan(volume)):
        if not is_missing(cells[int(i)]):
            volume[i] = -1.0
    return volume


def _volume_fault(block: Block, i: int) -> tuple[str, str]:
    cell = block.cells["volume"][i]
    value = numbers([cell])[0]
    return ("negative_volume", f"volume {value:,.0f} is below zero") if np.isfinite(value) else fault_of("volume", cell)


def _is_intraday(dates: Sequence[str], intake: Intake) -> bool:
    if intake.form is None or intake.timeframe is not None:
        return intake.form in FORMS and intake.timeframe is not None and intake.timeframe.is_intraday
    return len(dates) >= MANY and are_intraday(dates, intake.form)


def _stamps(dates: Sequence[str], lines: IntArray, intake: Intake) -> IntArray:
    """The stamps of a block: days, or seconds of intraday bars; one of UNKNOWN where there is none."""
    if intake.form is None:
        return np.full(len(dates), NO_DAY)
    if intake.impossible.unit == "D":
        days = read_days(dates, intake.form)
        _one_bar_a_day(days, lines, intake.feed)
        return days
    seconds = read_moments(dates, intake.form, intake.zone)
    naive = np.flatnonzero(seconds == NAIVE)
    if len(naive):
        where = place(intake.feed, int(lines[naive[0]]), None)
        raise UnreadableFile(
            f"{where}: the stamp {dates[naive[0]]!r} of an intraday bar names no time zone. "
            "Write stamps in UTC (2025-06-01T22:00:00Z), with their offset, or as Unix seconds, or say what they are in: "
            "--zone America/New_York."
        )
    return seconds


def _intraday_timeframe(seconds: IntArray, intake: Intake) -> Timeframe:
    """The timeframe that was given, where the stamps bear it out, else the one they show. Raises UnreadableFile."""
    shown = usual_step(seconds)
    given = intake.timeframe
    if shown is None and (given is None or len(seconds) > 1):
        raise UnreadableFile(f"{intake.feed}: the stamps lie in no step that divides a day; give bars of 1, 5, 15, ... minutes.")
    if given is not None and shown is not None and given != shown:
        raise UnreadableFile(f"{intake.feed} has {shown} bars, most stamps lie that far apart; {given} bars were asked for.")
    found = shown or given
    assert found is not None
    return found


def _date_fault(cell: str, form: str | None, stamp: int) -> tuple[str, str]:
    shown = repr(cell if len(cell) <= 30 else cell[:30] + "...")
    if stamp == TWICE:
        return "ambiguous_time", f"time {shown} is there twice, when the clocks of its zone go back (write it in UTC)"
    if stamp == NEVER:
        return "impossible_time", f"time {shown} does not exist, the clocks of its zone skip it (write it in UTC)"
    if is_missing(cell):
        return "missing_value", "date is missing"
    if form is not None and form_of(cell) is not None:
        return "mixed_date_formats", f"date {shown} is not written like the others in the file (write {EXAMPLES[form]})"
    return "unreadable_date", f"date {shown} cannot be read, or may be two days (write 2025-03-13)"


def _number_fault(name: str, cells: Sequence[Cell]) -> Words:
    return lambda i: fault_of(name, cells[i])


def _surplus_fault(cells: str) -> tuple[str, str]:
    return "surplus_cells", f"there are more cells than columns ({cells!r} is left over; thousands separators or decimal commas?)"


def _one_symbol(symbols: Sequence[Cell], intake: Intake) -> None:
    if not symbols:
        return
    first = symbols[0] if intake.symbol is None else intake.symbol
    intake.symbol = first
    if set(symbols) != {first}:
        other = next(symbol for symbol in symbols if symbol != first)
        names = ", ".join(printable(str(symbol)[:30]) for symbol in (first, other))
        raise UnreadableFile(f"{intake.feed} holds bars of several instruments ({names}); give a file of one.")


def _one_bar_a_day(days: IntArray, lines: IntArray, feed: str) -> None:
    repeats = (days[1:] == days[:-1]) & (days[1:] != NO_DAY)
    if len(days) < MANY or 2 * int(np.count_nonzero(repeats)) <= len(days):
        return
    i = int(np.argmax(repeats))
    where = place(feed, int(lines[i + 1]), as_date(np.datetime64(int(days[i]), "D")))
    raise UnreadableFile(f"{where} is of the same day as the row before, as most rows are; give daily bars of one instrument.")


def _sorted(feed: str) -> Finding:
    text = f"{feed}: the rows ran from newest to oldest; they were sorted by date."
    return Finding(kind="sorted", severity="remark", text=text, where=feed)


def _rounded(feed: str, line: int, date: dt.date) -> Finding:
    # no count: it would tell the reader of an early day what a later one holds
    text = (
        f"{place(feed, line, date)} and later where needed: high or low misses open or close by rounding; stretched to hold them."
    )
    return Finding(kind="rounded", severity="remark", text=text, where=feed, row=line, date=date)
