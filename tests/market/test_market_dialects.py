"""Every dialect people have: columns, delimiters, dates, encodings, Parquet."""

from __future__ import annotations

import gzip

import numpy as np
import pytest
from made_files import DIALECTS, OURS, THREE, written
from numpy.testing import assert_array_equal

from levelhead.domain.bars import Bars
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument

RTY = find_instrument("RTY")


def are_the_three(bars: Bars) -> None:
    assert [d.astype(object) for d in bars.dates] == THREE
    assert_array_equal(bars.open, [2010.0, 2016.0, 1991.0])
    assert_array_equal(bars.high, [2030.5, 2019.0, 2044.9])
    assert_array_equal(bars.low, [2001.1, 1984.4, 1990.5])
    assert_array_equal(bars.close, [2017.2, 1990.0, 2043.1])


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_dialect_is_found_by_its_columns(dialect, tmp_path):
    are_the_three(read_bars(written(tmp_path, DIALECTS[dialect]), RTY))


def test_a_gzipped_file_and_one_in_utf_16_are_read_whatever_their_name(tmp_path):
    are_the_three(read_bars(written(tmp_path, gzip.compress(OURS.encode())), RTY))
    are_the_three(read_bars(written(tmp_path, OURS.encode("utf-16")), RTY))


@pytest.mark.parametrize("kind", ["DATE", "TIMESTAMP", "TIMESTAMPTZ", "VARCHAR"])
def test_parquet_is_told_by_its_first_bytes(kind, tmp_path):
    import duckdb

    path = tmp_path / "bars.csv"
    source = written(tmp_path, OURS)
    duckdb.execute("SET TimeZone = 'UTC'")
    duckdb.execute(
        f"COPY (SELECT CAST(date AS {kind}) AS Date, open AS Open, high AS High, low AS Low, close AS Close, volume AS Volume "
        f"FROM read_csv('{source}')) TO '{path}' (FORMAT parquet)"
    )
    bars = read_bars(path, RTY)
    are_the_three(bars)
    assert_array_equal(bars.row, [1, 2, 3])
    assert_array_equal(np.isnan(bars.volume), [False, True, False])


def test_volume_zero_or_absent_is_unknown(tmp_path):
    assert_array_equal(read_bars(written(tmp_path, OURS), RTY).volume, [100, np.nan, 300])
    assert np.isnan(read_bars(written(tmp_path, DIALECTS["TradingView, dates"]), RTY).volume).all()


def test_a_bar_knows_its_line_and_the_file_without_its_folder(tmp_path):
    bars = read_bars(written(tmp_path, OURS.replace("2025-03-14", "\n2025-03-14")), RTY)
    assert_array_equal(bars.row, [2, 3, 5])
    assert bars.feed == "rty.csv"
    three_lines = read_bars(written(tmp_path, DIALECTS["yfinance, three lines"]), RTY)
    assert_array_equal(three_lines.row, [4, 5, 6])


def test_a_file_from_newest_to_oldest_is_sorted_and_said(tmp_path):
    header, *rows = OURS.splitlines()
    bars = read_bars(written(tmp_path, "\n".join([header, *reversed(rows)])), RTY)
    are_the_three(bars)
    assert_array_equal(bars.row, [4, 3, 2])
    assert [(f.kind, f.severity, f.text) for f in bars.remarks] == [
        ("sorted", "remark", "rty.csv: the rows ran from newest to oldest; they were sorted by date.")
    ]
