"""A universe out of files as people have them, and a sentence for each that is none."""

from __future__ import annotations

import datetime as dt

import duckdb
import numpy as np
import pytest

from levelhead.domain.errors import BadBars, UnreadableFile
from levelhead.market.universe import read_universe

ROWS = "symbol,date,close,high,low\nB,2025-01-02,20,21,19\nA,2025-01-03,11,12,10\nA,2025-01-02,10,,9\nB,2025-01-03,,,\n"


def of(tmp_path, text: str):
    path = tmp_path / "stocks.csv"
    path.write_text(text)
    return read_universe(path)


def test_rows_in_any_order_are_sorted_by_symbol_and_date_and_those_without_a_close_passed_over(tmp_path):
    found = of(tmp_path, ROWS)
    assert found.name == "STOCKS"
    assert found.symbols == ("A", "B")
    assert found.symbol.tolist() == [0, 0, 1]
    assert found.dates.tolist() == [dt.date(2025, 1, 2), dt.date(2025, 1, 3), dt.date(2025, 1, 2)]
    assert found.close.tolist() == [10, 11, 20]
    assert found.high.tolist() == [10, 12, 21]  # the close where there is no high
    assert found.low.tolist() == [9, 10, 19]


def test_a_parquet_file_says_the_same_whatever_its_types_and_other_columns(tmp_path):
    of(tmp_path, ROWS)
    path = tmp_path / "stocks.parquet"
    duckdb.execute(
        f"COPY (SELECT 'x' AS sector, Symbol: symbol, date::TIMESTAMP AS date, close::FLOAT AS close, high::FLOAT AS high, "
        f"low::FLOAT AS low FROM read_csv('{tmp_path / 'stocks.csv'}')) TO '{path}'"
    )
    one, two = of(tmp_path, ROWS), read_universe(path)
    assert one.symbols == two.symbols
    for column in ("symbol", "dates", "high", "low", "close"):
        np.testing.assert_array_equal(getattr(one, column), getattr(two, column))


def test_without_highs_and_lows_they_are_the_closes(tmp_path):
    found = of(tmp_path, "date,symbol,close\n2025-01-02,A,10\n")
    assert (found.high.tolist(), found.low.tolist()) == ([10], [10])


def test_semicolons_quotes_and_a_column_of_tickers_are_read(tmp_path):
    found = of(tmp_path, 'Ticker;Date;Close\nA;2025-01-02;10\n"B;C";2025-01-02;11\n')
    assert (found.close.tolist(), found.symbols) == ([10, 11], ("A", "B;C"))


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("symbol,date,price\nA,2025-01-02,10\n", UnreadableFile, "its heading is symbol,date,price; it needs .* and has no close"),
        (
            "symbol,date,close\nA,2025-13-02,10\n",
            UnreadableFile,
            "the date '2025-13-02' of A is not a date; write it as 2025-11-28",
        ),
        (
            "symbol,date,close\nA,2025-01-02,ten\n",
            UnreadableFile,
            "the close 'ten' of A is not a number; correct it or take the row",
        ),
        ("symbol,date,close\nA,2025-01-02,0\n", BadBars, "A on 2025-01-02 has the close 0; a price is above 0, correct it"),
        ("symbol,date,close\nA,2025-01-02,nan\n", BadBars, "A on 2025-01-02 has the close nan; a price is above 0"),
        (
            "symbol,date,close\nA,2025-01-02,5\nA,2025-01-02,6\n",
            BadBars,
            "A on 2025-01-02 stands there twice; leave one of the two",
        ),
        (
            "symbol,date,close\n,2025-01-02,5\n",
            UnreadableFile,
            "a close of 2025-01-02 has no symbol; write it, or take the row out",
        ),
        ("", UnreadableFile, "its first line is empty; give a file with symbol,date,close"),
        ("symbol,date,close\n", BadBars, "holds no close; give a file with symbol,date,close"),
        (
            "symbol,date,close\nA,2025-01-02,1,200.5\n",
            UnreadableFile,
            "Line: 2; Expected Number of Columns: 3 Found: 4.; repair it",
        ),
        (
            "symbol,date,close\nA,2025-01-02\n",
            UnreadableFile,
            "CSV Error on Line: 2; Expected Number of Columns: 3 Found: 2.; repair",
        ),
        ("symbol,date,close\nA,,5\n", UnreadableFile, "a close of A has no date; write it, or take the row out"),
        ("symbol,date,close\nA,2025-01-02,\n", BadBars, "holds no close; give a file with symbol,date,close"),
    ],
)
def test_what_is_no_universe_is_told_in_one_sentence(tmp_path, text, error, told):
    with pytest.raises(error, match=told):
        of(tmp_path, text)


def test_a_file_that_is_not_there_or_is_neither_text_nor_parquet_is_named(tmp_path):
    with pytest.raises(
        UnreadableFile, match=r"none\.csv: cannot be read \(No such file or directory\); give a file with symbol,date"
    ):
        read_universe(tmp_path / "none.csv")
    path = tmp_path / "broken.parquet"
    path.write_bytes(b"PAR1" + bytes(range(100)))
    with pytest.raises(UnreadableFile, match=r"broken\.parquet: cannot be read as CSV or Parquet"):
        read_universe(path)


def test_the_stocks_of_the_index_are_all_there(shared):
    found = read_universe(shared / "data" / "universe.parquet")
    assert (len(found.symbols), len(found.close)) == (503, 1_244_349)
