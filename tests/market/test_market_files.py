"""Every way in which a file can be no file of bars, or hold rows that cannot be; and the real files, which hold none."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import DIALECTS, OURS, daily, dated, table, written
from numpy.testing import assert_array_equal

from levelhead.domain.errors import BadBars, LevelheadError, UnreadableFile
from levelhead.domain.instrument import Instrument
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument

RTY = find_instrument("RTY")

REPAIR = r"\. Repair the row, or load with --quarantine to leave it out and list it\."
SECOND = "2025-03-13,2016.0,2019.0,1984.4,1990.0,0"
IMPOSSIBLE = {  # the second row as it stands in the file: the sentence
    "2025-03-13,2016.0,1989.0,1984.4,1990.0,0": r"high 1,989\.0 is below close 1,990\.0",
    "2025-03-13,2016.0,2015.0,1984.4,1990.0,0": r"high 2,015\.0 is below open 2,016\.0",
    "2025-03-13,2016.0,1984.0,1984.4,1990.0,0": r"high 1,984\.0 is below low 1,984\.4",
    "2025-03-13,2016.0,2019.0,1991.0,1990.0,0": r"low 1,991\.0 is above close 1,990\.0",
    "2025-03-13,1989.0,2019.0,1989.5,1990.0,0": r"low 1,989\.5 is above open 1,989\.0",
    "2025-03-13,2016.0,2019.0,0,1990.0,0": r"low 0\.0 is not above zero",
    "2025-03-13,2016.0,2019.0,-5,1990.0,0": r"low -5\.0 is not above zero",
    "2025-03-13,2016.0,2019.0,1984.4,NaN,0": r"close is missing",
    "2025-03-13,2016.0,2019.0,1984.4,,0": r"close is missing",
    "2025-03-13,null,null,null,null,null": r"open is missing",
    "2025-03-13,2016.0": r"high is missing",
    "2025-03-13,2016.0,inf,1984.4,1990.0,0": r"high 'inf' is not a finite number",
    "2025-03-13,2016.0,1e300,1984.4,1990.0,0": r"high 1e\+300 is beyond 1,000,000,000,000",
    "2025-03-13,2016.0,2019.0,1984.4,about 1990,0": r"close 'about 1990' is not a number",
    "2025-03-13,2016.0,2019.0,1984.4,1_990,0": r"close '1_990' is not a number",
    '2025-03-13,2016.0,2019.0,1984.4,"1,990.0",0': r"close '1,990\.0' holds a thousands separator \(write 1990\.0\)",
    '2025-03-13,2016.0,2019.0,1984.4,"1990,0",0': r"close '1990,0' holds a comma \(write a decimal point",
    "2025-03-13,2,016.0,2,019.0,1,984.4,1,990.0,0": r"there are more cells than columns \('984\.4,1,990\.0,0' is left over; ",
    "2025-03-13,2016.0,2019.0,1984.4,1990.0,-7": r"volume -7 is below zero",
    "2025-03-13,2016.0,2019.0,1984.4,1990.0,12k": r"volume '12k' is not a number",
    "2025-03-12,2016.0,2019.0,1984.4,1990.0,0": r"this date stands already in row 2",
    "03/13/2025,2016.0,2019.0,1984.4,1990.0,0": r"date '03/13/2025' is not written like the others in the file",
    "20250313,2016.0,2019.0,1984.4,1990.0,0": r"date '20250313' is not written like the others in the file \(write 2025-03-13\)",
    "2025-13-03,2016.0,2019.0,1984.4,1990.0,0": r"date '2025-13-03' cannot be read, or may be two days \(write 2025-03-13\)",
    ",2016.0,2019.0,1984.4,1990.0,0": r"date is missing",
}


@pytest.mark.parametrize(("row", "sentence"), IMPOSSIBLE.items())
def test_an_impossible_row_is_named_with_what_to_do_or_left_out_and_listed(row, sentence, tmp_path):
    path = written(tmp_path, OURS.replace(SECOND, row))
    with pytest.raises(BadBars, match=r"^rty\.csv row 3( \(2025-03-1[23]\))?: " + sentence) as raised:
        read_bars(path, RTY)
    assert str(raised.value).endswith(". Repair the row, or load with --quarantine to leave it out and list it.")
    assert not isinstance(raised.value, UnreadableFile)

    bars = read_bars(path, RTY, quarantine=True)
    assert_array_equal(bars.row, [2, 4])
    (finding,) = bars.left_out
    assert (finding.row, finding.severity, finding.where) == (3, "error", "rty.csv")
    assert finding.text.endswith(". Left out.")


@pytest.mark.parametrize(
    ("row", "date", "sentence"),
    [
        (10, "2004-01-10", r"row 11 \(2004-01-10\): the date is out of order, it stands between 2024-01-09 and 2024-01-11"),
        (10, "2044-01-10", r"row 11 \(2044-01-10\): the date is out of order, it stands between 2024-01-09 and 2024-01-11"),
        (1, "2004-01-01", r"row 2 \(2004-01-01\): the date stands alone, 20 years from the nearest other \(at most 5\)"),
        (20, "2044-01-20", r"row 21 \(2044-01-20\): the date stands alone, 20 years from the nearest other \(at most 5\)"),
    ],
)
def test_one_date_twenty_years_off_is_named(row, date, sentence, tmp_path):
    rows = daily(20)
    rows[row - 1] = dated(rows[row - 1], date)
    path = written(tmp_path, table(rows))
    with pytest.raises(BadBars, match=r"^rty\.csv " + sentence + REPAIR):
        read_bars(path, RTY)
    bars = read_bars(path, RTY, quarantine=True)
    assert len(bars) == 19
    assert [f.row for f in bars.left_out] == [row + 1]


def test_rows_in_no_order_are_refused_whatever_the_flag(tmp_path):
    rows = daily(40)
    np.random.default_rng(3).shuffle(rows)
    path = written(tmp_path, table(rows))
    for quarantine in (False, True):
        with pytest.raises(
            UnreadableFile, match=r"^rty\.csv row \d+ \(2024-.*\): the rows are in no order, .* Sort the file by date\.$"
        ):
            read_bars(path, RTY, quarantine=quarantine)


def test_a_date_that_may_be_two_days_is_not_guessed(tmp_path):
    with pytest.raises(BadBars, match=r"date '03/04/2025' cannot be read, or may be two days \(write 2025-03-13\)"):
        read_bars(written(tmp_path, "date,open,high,low,close\n03/04/2025,1,1,1,1\n03/05/2025,1,1,1,1\n"), RTY)


def test_the_first_fault_is_raised_and_the_others_are_counted(tmp_path):
    rows = daily(20)
    rows[4], rows[9], rows[14] = rows[4].replace("106", "10x6"), rows[9].replace("109", "-109", 1), rows[3]
    path = written(tmp_path, table(rows))
    with pytest.raises(BadBars, match=r"^rty\.csv row 6 .*high '10x6' is not a number.* 2 more rows are impossible too\.$"):
        read_bars(path, RTY)
    bars = read_bars(path, RTY, quarantine=True)
    assert [(f.row, f.kind) for f in bars.left_out] == [(6, "text_in_number"), (11, "not_positive"), (16, "duplicate_date")]
    assert len(bars) == 17


def test_a_file_of_impossible_rows_only_has_nothing_to_quarantine(tmp_path):
    with pytest.raises(BadBars, match=r"^rty\.csv: no row can be used, all 1 are impossible\. The first: rty\.csv row 2"):
        read_bars(written(tmp_path, table(["2025-03-13,1,1,1,-1,0"])), RTY, quarantine=True)


def test_more_than_a_thousand_impossible_rows_are_no_quarantine(tmp_path):
    rows = [dated(row, row[:10]) if i % 2 else row.rsplit(",", 2)[0] + ",,5" for i, row in enumerate(daily(2100))]
    with pytest.raises(BadBars, match=r"1,050 of 2,100 rows are impossible, at most 1,000 can be left out; repair the file"):
        read_bars(written(tmp_path, table(rows)), RTY, quarantine=True)


def test_crude_oil_may_close_below_zero_and_the_russell_may_not(tmp_path):
    path = written(tmp_path, "date,open,high,low,close\n2020-04-17,18.69,18.7,18.0,18.27\n2020-04-20,17.73,17.85,-40.32,-37.63\n")
    assert read_bars(path, find_instrument("CL")).last == -37.63
    with pytest.raises(BadBars, match=r"row 3 \(2020-04-20\): low -40\.32 is not above zero"):
        read_bars(path, RTY)


def test_a_high_that_misses_the_close_by_rounding_is_stretched_and_said(tmp_path):
    bars = read_bars(written(tmp_path, "date,open,high,low,close\n2025-03-12,10,12,9,12.0000000001\n2025-03-13,10,12,9,11\n"), RTY)
    assert bars.high[0] == bars.close[0] == 12.0000000001
    assert [f.kind for f in bars.remarks] == ["rounded"]
    assert bars.remarks[0].text.startswith("rty.csv row 2 (2025-03-12) and later where needed: high or low misses")


NO_FILES = {
    "empty": (b"", r"rty\.csv is empty; give a file of date,open,high,low,close rows"),
    "blank": (b"\n \n\n", r"rty\.csv is empty"),
    "header only": (b"date,open,high,low,close\n", r"rty\.csv has a header and no rows"),
    "wrong columns": (
        b"date,price\n2025-01-02,5\n",
        r"rty\.csv has no column open or high or low or close: its columns are date, price\. Needed are",
    ),
    "no header": (
        b"2025-01-02,1,2,0.5,1\n2025-01-03,1,2,0.5,1\n",
        r"rty\.csv has no header: its first line is '2025-01-02,1,2,0\.5,1'",
    ),
    "two tickers": (
        b"Date,Open,High,Low,Close,Close\n2025-01-02,1,1,1,1,2\n",
        r"rty\.csv has 2 columns named 'close'; give a file of one",
    ),
    "two symbols": (
        b"symbol,date,open,high,low,close\nA,2025-01-02,1,1,1,1\nB,2025-01-02,1,1,1,1\n",
        r"several instruments \(A, B\)",
    ),
    "binary junk": (bytes(range(256)) * 20, r"rty\.csv is neither text in UTF-8 nor Parquet; export the bars as CSV"),
    "junk behind a header": (b"date,open,high,low,close\n\xff\xfe\x00\x01", r"rty\.csv is neither text in UTF-8 nor Parquet"),
    "a workbook": (b"PK\x03\x04\x14\x00\x06\x00", r"\(an Excel workbook is not read\)"),
    "damaged Parquet": (b"PAR1 and nothing of the kind", r"rty\.csv is a Parquet file that cannot be read \(.*\); export it again"),
    "damaged gzip": (
        gzip.compress(OURS.encode() * 50)[:-30],
        r"rty\.csv is a damaged gzip file \(.*\); fetch or compress it again",
    ),
    "an open quotation mark": (OURS.replace("1990.0,0", '"1990.0,0').encode(), r"rty\.csv row 3: a quotation mark is not closed"),
    "an endless line": (b"date,open,high,low,close\n" + b"1" * 400_000, r"has a line of more than 262,144 characters"),
    "several bars a day": (
        b"time,open,high,low,close\n" + b"".join(b"2025-06-02,1,1,1,1\n" for _ in range(20)),
        r"rty\.csv row 3 \(2025-06-02\) is of the same day as the row before, as most rows are; give daily bars of one instrument",
    ),
}


@pytest.mark.parametrize("what", NO_FILES)
@pytest.mark.parametrize("quarantine", [False, True])
def test_what_is_no_file_of_bars_has_its_own_sentence_whatever_the_flag(what, quarantine, tmp_path):
    content, sentence = NO_FILES[what]
    with pytest.raises(UnreadableFile, match=sentence):
        read_bars(written(tmp_path, content), RTY, quarantine=quarantine)


def test_a_missing_file_a_directory_and_a_path_that_is_none(tmp_path):
    with pytest.raises(UnreadableFile, match=r"nowhere\.csv does not exist; check the path\."):
        read_bars(tmp_path / "nowhere.csv", RTY)
    with pytest.raises(UnreadableFile, match=r" is a directory; give a file of bars inside it\."):
        read_bars(tmp_path, RTY)
    with pytest.raises(UnreadableFile, match=r"holds a null character and is no path"):
        read_bars("rty\0.csv", RTY)
    with pytest.raises(UnreadableFile, match=r" cannot be read \(.*\); copy it"):
        read_bars(tmp_path / ("x" * 5000), RTY)


@pytest.mark.skipif(os.name == "nt", reason="permissions are a matter of POSIX")
def test_a_file_without_permission_to_read_it():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder, "rty.csv")
        path.write_text(OURS)
        path.chmod(0o000)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65534)  # root may read everything
        try:
            with pytest.raises(UnreadableFile, match=r"rty\.csv may not be read; change its permissions"):
                read_bars(path, RTY)
        finally:
            if is_root:
                os.seteuid(0)


def test_a_file_larger_than_a_block_is_read_as_one(tmp_path):
    # 20,000 rows of 40 bytes are three blocks; the faults of different blocks are counted together
    rows = daily(20_000, start="1960-01-01")
    bars = read_bars(written(tmp_path, table(rows)), RTY)
    assert len(bars) == 20_000
    assert_array_equal(bars.row, np.arange(2, 20_002))
    assert_array_equal(bars.close, 101.0 + np.arange(20_000))
    rows[0], rows[-1] = rows[0].replace("101", "1o1"), rows[-1].replace("20100", "2O100")
    with pytest.raises(BadBars, match=r"row 2 \(1960-01-01\): close '1o1' .* 1 more row is impossible too\."):
        read_bars(written(tmp_path, table(rows)), RTY)


def test_the_memory_of_reading_does_not_grow_with_the_width_of_the_file(tmp_path):
    # twenty times the text, the same bars: what is held is the bars and one block, not the file
    import tracemalloc

    def peak(extra: int) -> tuple[int, int]:
        text = table([row + ",x" * extra for row in daily(20_000, start="1960-01-01")]).replace(
            "volume", "volume" + ",note" * extra, 1
        )
        path = written(tmp_path, text)
        del text
        tracemalloc.start()
        bars = read_bars(path, RTY)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(bars) == 20_000
        return path.stat().st_size, used

    read_bars(written(tmp_path, OURS), RTY)
    small, held = peak(0)
    large, held_of_large = peak(380)
    assert large > 15 * small
    assert held_of_large < held + 8_000_000 < large


@given(data=st.data())
@settings(max_examples=150)
def test_a_damaged_file_gives_bars_or_one_clear_error(data):
    text = data.draw(st.sampled_from(sorted(DIALECTS)), label="dialect")
    content = bytearray(DIALECTS[text].encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content)))
        end = at + data.draw(st.sampled_from([0, 0, 1, 1, 2, 30]))
        content[at:end] = data.draw(
            st.one_of(
                st.binary(max_size=4), st.sampled_from([b",", b"\n", b'"', b"-", b"e9", b"nan", b"inf", b"\0", b";", b"9" * 20])
            )
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "any.csv")
        path.write_bytes(bytes(content))
        try:
            bars = read_bars(path, Instrument.unknown("ANY"), quarantine=data.draw(st.booleans()))
        except LevelheadError as refused:
            error = refused
        else:
            error = None
    if error is not None:
        assert "any.csv" in str(error)
        return
    assert (bars.low > 0).all()
    assert (bars.low <= np.minimum(bars.open, bars.close)).all()
    assert (bars.high >= np.maximum(bars.open, bars.close)).all()
    assert np.isfinite(bars.high).all()


@pytest.mark.parametrize(
    ("name", "rows", "first"),
    [  # counts of the shared data's own description
        *[
            ("rty_tv", 2105, "2017-07-10"),
            ("rty", 2171, "2017-07-10"),
            ("rty_adj", 2170, "2017-07-10"),
            ("es_tv", 2690, "2015-03-17"),
        ],
        *[
            ("es_adj", 2755, "2015-03-17"),
            ("nq_tv", 2683, "2015-03-25"),
            ("nq_adj", 2748, "2015-03-25"),
            ("ym_tv", 2690, "2015-03-13"),
        ],
        *[("ym_adj", 2755, "2015-03-13"), ("zb_tv", 2690, "2015-03-12"), ("zn", 6383, "2000-09-21"), ("rut", 9685, "1987-09-10")],
        *[("spy", 8322, "1993-01-29"), ("iwm", 6472, "2000-05-26"), ("qqq", 6780, "1999-03-10"), ("hyg", 4747, "2007-04-11")],
        *[("tlt", 5929, "2002-07-30"), ("vix", 9101, "1990-01-02")],
    ],
)
def test_real_files_hold_no_impossible_row(name, rows, first, shared):
    bars = read_bars(shared / "data" / f"{name}.csv", Instrument.unknown(name))
    assert (len(bars), str(bars.first)) == (rows, first)
    assert bars.left_out == bars.remarks == ()


def test_the_close_of_the_russell_on_13_march_2025(shared):
    # the line itself: grep 2025-03-13 rty_tv.csv
    line = next(line for line in (shared / "data" / "rty_tv.csv").read_text().splitlines() if line.startswith("2025-03-13"))
    bars = read_bars(shared / "data" / "rty_tv.csv", RTY).until(dt.date(2025, 3, 13))
    assert [bars.open[-1], bars.high[-1], bars.low[-1], bars.close[-1]] == [float(cell) for cell in line.split(",")[1:5]]


@pytest.mark.parametrize("name", ["universe.parquet", "dgs10.csv"])
def test_real_files_that_are_no_bars_of_one_instrument_are_refused(name, shared):
    with pytest.raises(UnreadableFile, match=name.replace(".", r"\.")):
        read_bars(shared / "data" / name, RTY)
