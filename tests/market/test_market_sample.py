"""The sample series, and bars from and to a notebook's frames."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pytest

from levelhead.domain.errors import BadBars, BadInstrument, MissingPart, UnreadableFile
from levelhead.market import sample
from levelhead.market.frames import bars_from_frame, bars_to_frame
from levelhead.market.instruments import find_instrument
from levelhead.market.sample import sample_bars
from levelhead.market.sessions import session_table

pytestmark = pytest.mark.skipif(find_spec("arch") is None, reason="the sample comes with arch")
RTY = find_instrument("RTY")


@pytest.mark.parametrize("symbol", ["IXIC", "SPX"])
def test_the_sample_has_every_session_of_twenty_years(symbol):
    bars = sample_bars(symbol)
    assert (len(bars), str(bars.first), str(bars.as_of)) == (5031, "1999-01-04", "2018-12-31")
    assert list(bars.dates) == list(session_table("XNYS").between(bars.first, bars.as_of))
    assert bars.feed.startswith(f"sample {symbol} (arch 8.")
    assert bars.instrument == find_instrument(symbol)
    assert bars.left_out == bars.remarks == ()


def test_the_last_closes_of_2018():
    # as every newspaper of 2019-01-02 printed them
    assert sample_bars("IXIC").last == pytest.approx(6635.28, abs=0.005)
    assert sample_bars("SPX").last == pytest.approx(2506.85, abs=0.005)


def test_the_sample_is_read_without_importing_arch():
    code = (
        "import sys; from levelhead.market.sample import sample_bars; sample_bars('IXIC'); "
        "print([name for name in ('arch', 'pandas', 'duckdb', 'narwhals') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_without_arch_the_error_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(sample, "find_spec", lambda name: None)
    with pytest.raises(MissingPart, match=r'which is not installed: pip install "levelhead\[sample\]"\.$'):
        sample_bars("IXIC")


def test_there_is_no_sample_of_another_symbol():
    with pytest.raises(BadInstrument, match=r"^There is no sample of 'RTY'; there is one of IXIC and of SPX\.$"):
        sample_bars("RTY")


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_bars_go_to_a_frame_and_come_back_the_same(backend):
    bars = sample_bars("IXIC")
    again = bars_from_frame(bars_to_frame(bars, backend), bars.instrument)
    assert again.digest() == bars.digest()
    assert again.feed == "frame"
    assert list(again.row[:2]) == [1, 2]


def frame(**changed):
    import pandas as pd

    columns = {
        "Date": ["2025-03-12", "2025-03-13"],
        "Open": [2010.0, 2016.0],
        "High": [2030.5, 2019.0],
        "Low": [2001.1, 1984.4],
        "Close": [2017.2, 1990.0],
    }
    return pd.DataFrame(columns | changed)


def test_a_pandas_index_is_the_date_also_in_a_zone_and_under_two_header_lines():
    import pandas as pd

    plain = frame()
    indexed = plain.assign(Date=pd.to_datetime(plain["Date"])).set_index("Date")
    in_new_york = indexed.tz_localize("America/New_York")
    of_yfinance = in_new_york.copy()
    of_yfinance.columns = pd.MultiIndex.from_product([indexed.columns, ["RTY=F"]], names=["Price", "Ticker"])
    digests = {bars_from_frame(f, RTY).digest() for f in (plain, indexed, in_new_york, of_yfinance)}
    assert len(digests) == 1
    assert [str(d) for d in bars_from_frame(of_yfinance, RTY).dates] == ["2025-03-12", "2025-03-13"]


def test_a_frame_is_checked_as_a_file_is():
    impossible = frame(High=[2030.5, 1989.0])
    with pytest.raises(BadBars, match=r"^my bars row 2 \(2025-03-13\): high 1,989\.0 is below close 1,990\.0\. Repair"):
        bars_from_frame(impossible, RTY, feed="my bars")
    bars = bars_from_frame(impossible, RTY, quarantine=True)
    assert (len(bars), bars.left_out[0].row) == (1, 2)
    with pytest.raises(BadBars, match=r"^frame row 1 \(2025-03-12\): close '2,017\.2' holds a thousands separator"):
        bars_from_frame(frame(Close=["2,017.2", "1990"]), RTY)
    with pytest.raises(BadBars, match=r"^frame row 2: date is missing"):
        bars_from_frame(frame(Date=["2025-03-12", None]), RTY)
    with pytest.raises(BadBars, match=r"^frame row 2 \(2025-03-13\): low is missing"):
        bars_from_frame(frame(Low=[2001.1, np.nan]), RTY)


def test_what_is_no_frame_of_bars_is_refused():
    with pytest.raises(UnreadableFile, match=r"^frame: list is no frame; give a pandas or Polars data frame or an Arrow table"):
        bars_from_frame([1, 2], RTY)
    with pytest.raises(UnreadableFile, match=r"^frame has no column date: its columns are Open, High, Low, Close"):
        bars_from_frame(frame().drop(columns="Date"), RTY)
    with pytest.raises(UnreadableFile, match=r"^frame has a header and no rows"):
        bars_from_frame(frame().iloc[:0], RTY)
