"""Text files as blocks of cells: CSV in every delimiter, plain or gzipped, a quarter of a megabyte at a time."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TextIO

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.errors import UnreadableFile
from levelhead.market.columns import find_columns
from levelhead.market.numbers import Cell

BLOCK = 1 << 18  # characters read at a time, and the longest line: what bounds the memory, whatever the file's size
DELIMITERS = ",;\t|"
_DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some rows of a table: their lines in the file, and the cells of each column we need, all of one length.

    surplus: rows with more cells than the header names, and the cells beyond.
    """

    lines: NDArray[np.int64]
    cells: Mapping[str, Sequence[Cell]]
    surplus: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a text file is laid out: its delimiter, where its columns stand, how many cells and how many lines its header has."""

    delimiter: str
    columns: Mapping[str, int]
    width: int
    header_lines: int


def open_text(raw: io.BufferedReader, feed: str) -> TextIO:
    """The text of a file, unpacked where its first bytes are gzip's."""
    try:
        stream = io.BufferedReader(gzip.GzipFile(fileobj=raw)) if raw.peek(2)[:2] == b"\x1f\x8b" else raw
        encoding = "utf-16" if stream.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    except _DAMAGED as error:
        raise UnreadableFile(_damaged(feed, error)) from None
    return io.TextIOWrapper(stream, encoding=encoding)


def text_blocks(reader: TextIO, feed: str) -> Iterator[Block]:
    """The rows of a CSV file. Raises UnreadableFile where it is empty, no text, or has not the columns of bars."""
    layout: Layout | None = None
    line = 0
    for lines in _blocks_of_lines(reader, feed):
        if layout is None:
            if not any(text.strip() for text in lines):
                line += len(lines)
                continue
            layout = find_layout(lines, feed)
            body = lines[layout.header_lines :]
            line += layout.header_lines
        else:
            body = lines
        if body:
            yield _block(body, line, layout, feed)
        line += len(body)
    if layout is None:
        raise UnreadableFile(f"{feed} is empty; give a file of date,open,high,low,close rows.")


def find_layout(lines: Sequence[str], feed: str) -> Layout:
    """The layout that the first lines show.

    yfinance writes 'Price,Close,High,...', then 'Ticker,...' and 'Date,,,': there the dates stand below 'Price'.
    """
    at = next(i for i, line in enumerate(lines) if line.strip())
    delimiter = max(DELIMITERS, key=lines[at].count)
    header = _cells([lines[at]], delimiter, feed)[0]
    last = at
    if header[0].strip().lower() == "price":
        for row in _cells(lines[at + 1 : at + 3], delimiter, feed):
            name = row[0].strip().lower() if row else ""
            if name not in {"ticker", "date", "datetime"}:
                break
            last += 1
        if last > at:
            header[0] = "Date"
    while len(header) > 1 and not header[-1].strip():
        header.pop()
    return Layout(delimiter=delimiter, columns=find_columns(header, feed), width=len(header), header_lines=last + 1)


def _block(lines: Sequence[str], before: int, layout: Layout, feed: str) -> Block:
    rows = _cells(lines, layout.delimiter, feed, before=before)
    numbers = np.arange(before + 1, before + 1 + len(rows), dtype=np.int64)
    surplus: dict[int, str] = {}
    if set(map(len, rows)) != {layout.width}:
        filled = [i for i, row in enumerate(rows) if any(map(str.strip, row))]
        rows, numbers = [rows[i] for i in filled], numbers[filled]
        for i, row in enumerate(rows):
            beyond = [cell for cell in row[layout.width :] if cell.strip()]
            if beyond:
                surplus[i] = layout.delimiter.join(beyond)[:30]
        rows = [row + [""] * (layout.width - len(row)) for row in rows]
    cells: dict[str, Sequence[Cell]] = {name: [row[at] for row in rows] for name, at in layout.columns.items()}
    return Block(lines=numbers, cells=cells, surplus=surplus)


def _cells(lines: Sequence[str], delimiter: str, feed: str, *, before: int = 0) -> list[list[str]]:
    """One list of cells for each line. A quotation mark that is not closed in its line is an error."""
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
        if len(rows) == len(lines):
            return rows
    except csv.Error:
        pass
    for i, line in enumerate(lines):
        if line.count('"') % 2:
            raise UnreadableFile(f"{feed} row {before + i + 1:,}: a quotation mark is not closed; repair the row.")
    raise UnreadableFile(
        f"{feed}: rows {before + 1:,} to {before + len(lines):,} cannot be told apart as CSV; export the file again."
    )


def _blocks_of_lines(reader: TextIO, feed: str) -> Iterator[list[str]]:
    rest = ""
    for text in _texts(reader, feed):
        *lines, rest = (rest + text).split("\n")
        if len(rest) > BLOCK:
            raise UnreadableFile(f"{feed} has a line of more than {BLOCK:,} characters; it holds no rows of bars.")
        if lines:
            yield lines
    if rest:
        yield [rest]


def _texts(reader: TextIO, feed: str) -> Iterator[str]:
    """The text, a block at a time, with line ends of every kind made one."""
    is_first = True
    try:
        while text := reader.read(BLOCK):
            if "\0" in text or (is_first and _NOT_TEXT.search(text)):
                raise UnreadableFile(_not_text(feed))
            is_first = False
            yield text
    except UnicodeError:
        raise UnreadableFile(_not_text(feed)) from None
    except _DAMAGED as error:
        raise UnreadableFile(_damaged(feed, error)) from None


def _not_text(feed: str) -> str:
    return f"{feed} is neither text in UTF-8 nor Parquet; export the bars as CSV (an Excel workbook is not read)."


def _damaged(feed: str, error: Exception) -> str:
    return f"{feed} is a damaged gzip file ({error}); fetch or compress it again."
