"""Individual contracts of a future: files named by their symbols, one contract each."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.errors import BadBars, BadInstrument, UnreadableFile
from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import LETTERS, SessionTable, front_expiry
from levelhead.domain.timeframe import timeframe_of
from levelhead.market.files import file_blocks, read_bars
from levelhead.market.numbers import numbers
from levelhead.market.resampling import resample

DECADE = 10
MOST_LATE = 5  # days that a feed may print after the last trade (the settlement's row)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contract:
    """One contract month and its bars.

    name: as CME writes it, 'RTYZ5'. month, year: of delivery, year in full. last_trade: the day it last trades.
    open_interest: shape of the bars, NaN where unknown.
    """

    name: str
    month: int
    year: int
    last_trade: dt.date
    bars: Bars
    open_interest: FloatArray


def read_contracts(
    where: Path | Iterable[Path], instrument: Instrument, *, sessions: SessionTable | None, quarantine: bool = False
) -> tuple[Contract, ...]:
    """The contracts of `instrument` in a folder or in the files given, by last trade, oldest first.

    A file is named by its contract: RTYZ4.csv, RTYH25.parquet, rtym2025.csv.gz. The year may have one, two or four digits; of
    one digit the first such year is meant in which the contract still traded on the file's last bar. Other files of a folder
    are left alone. An open-interest column is read where there is one. Contracts are joined by the day: of intraday files the
    bars of trade dates are made, and their open interest is unknown.

    Raises BadInstrument where the instrument has no expiry months, UnreadableFile where there is no contract of it,
    BadBars where two files hold one contract, where bars cannot be, or lie after the contract's last trade.
    """
    if not instrument.months:
        raise BadInstrument(
            f"{instrument.symbol} has no expiry months, so that no contract of it expires; describe it with months = 'HMUZ'."
        )
    files = _files(where, instrument)
    found = [_contract(file, match, instrument, sessions, quarantine) for file, match in files]
    found.sort(key=lambda contract: contract.last_trade)
    for one, other in itertools.pairwise(found):
        if one.last_trade == other.last_trade:
            raise BadBars(f"{one.bars.feed} and {other.bars.feed} both hold {one.name}; give each contract once.")
    return tuple(found)


def contracts_until(contracts: Iterable[Contract], day: dt.date) -> tuple[Contract, ...]:
    """The contracts as they stood on the evening of that day: without later bars, and without contracts that had none yet."""
    seen = [contract for contract in contracts if contract.bars.first <= day]
    return tuple(
        replace(contract, bars=bars, open_interest=contract.open_interest[: len(bars)])
        for contract in seen
        for bars in (contract.bars.until(day),)
    )


def _files(where: Path | Iterable[Path], instrument: Instrument) -> Sequence[tuple[Path, re.Match[str]]]:
    name = re.compile(
        rf"{re.escape(instrument.symbol)}([{instrument.months}])(\d{{4}}|\d{{1,2}})(\.(csv|txt|parquet|tsv)(\.gz)?)?", re.IGNORECASE
    )
    if isinstance(where, Path):
        if not where.is_dir():
            raise UnreadableFile(f"{where} is no folder; give the folder that holds {_example(instrument)}.")
        files = sorted(path for path in where.iterdir() if path.is_file())
    else:
        files = list(where)
    matched = [(path, match) for path in files if (match := name.fullmatch(path.name)) is not None]
    strange = [path.name for path in files if name.fullmatch(path.name) is None]
    if not isinstance(where, Path) and strange:
        raise UnreadableFile(
            f"{strange[0]} is not named by a contract of {instrument.symbol}; name it like {_example(instrument)}."
        )
    if not matched:
        raise UnreadableFile(f"{where} holds no contract of {instrument.symbol}; its files are named like {_example(instrument)}.")
    return matched


def _contract(
    file: Path, match: re.Match[str], instrument: Instrument, sessions: SessionTable | None, quarantine: bool
) -> Contract:
    given = read_bars(file, instrument, quarantine=quarantine)
    bars = resample(given, "1d", unfinished="left out") if timeframe_of(given.timeframe).is_intraday else given
    month = LETTERS.index(match[1].upper()) + 1
    year = _year(match[2], month, bars.as_of)
    expiry = front_expiry(instrument, dt.date(year, month, 1), sessions)
    assert expiry is not None
    if (bars.as_of - expiry.last_trade).days > MOST_LATE:
        raise BadBars(
            f"{bars.feed} has bars up to {bars.as_of}, but {expiry.contract} last traded on {expiry.last_trade}; "
            "name the file by the contract it holds."
        )
    if bars.as_of > expiry.last_trade:
        if bars.first > expiry.last_trade:
            raise BadBars(f"{bars.feed} begins on {bars.first}, after the last trade of {expiry.contract} on {expiry.last_trade}.")
        bars = bars.until(expiry.last_trade)
    return Contract(
        name=expiry.contract,
        month=month,
        year=year,
        last_trade=expiry.last_trade,
        bars=bars,
        open_interest=_open_interest(file, bars) if bars.timeframe == given.timeframe else np.full(len(bars), np.nan),
    )


def _year(digits: str, month: int, last_bar: dt.date) -> int:
    """The year in full: of one digit the first that the last bar allows, of two that of this century or the last."""
    if len(digits) == 4:
        return int(digits)
    if len(digits) == 2:
        return int(digits) + (1900 if int(digits) > 70 else 2000)
    year = last_bar.year if last_bar.month <= month else last_bar.year + 1
    return year + (int(digits) - year) % DECADE


def _open_interest(file: Path, bars: Bars) -> FloatArray:
    """Open interest of each bar, found again by the line of the file it came from."""
    lines, values = [], []
    with closing(file_blocks(file, file.name)) as blocks:
        for block in blocks:
            if "open_interest" not in block.cells:
                return np.full(len(bars), np.nan)
            lines.append(block.lines)
            values.append(numbers(block.cells["open_interest"]))
    line, value = np.concatenate(lines), np.concatenate(values)
    known: FloatArray = value[np.searchsorted(line, bars.row)]
    return np.where(known > 0, known, np.nan)


def _example(instrument: Instrument) -> str:
    return f"{instrument.symbol}{instrument.months[-1]}4.csv and {instrument.symbol}{instrument.months[0]}5.csv"
