"""TA-Lib behind its one door: fast to load, harmless to others, and never fed what it misreads."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from levelhead.kernels import talib_library
from levelhead.kernels.averages import ema
from levelhead.kernels.momentum import macd, rsi
from levelhead.kernels.ranges import atr
from levelhead.kernels.talib_library import calculate

WALK = 2000 + np.cumsum(np.random.default_rng(5).normal(size=400))


def in_a_process_of_its_own(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_an_indicator_loads_neither_pandas_nor_polars_nor_the_talib_package():
    code = (
        "import sys, numpy as np\n"
        "from levelhead.reading.read import read\n"
        "from levelhead.kernels.momentum import rsi\n"
        "rsi(np.arange(40.0), 14)\n"
        "print(*({'talib', 'talib._ta_lib', 'pandas', 'polars', 'pyarrow'} & set(sys.modules)), 'none')\n"
    )
    assert in_a_process_of_its_own(code) == ["none"]


def test_who_imports_talib_afterwards_gets_it_whole():
    code = (
        "import numpy as np\n"
        "from levelhead.kernels.momentum import rsi\n"
        "x = np.cumsum(np.random.default_rng(1).normal(size=60)) + 100\n"
        "ours = rsi(x, 14)\n"
        "import talib, talib.abstract, pandas, polars\n"
        "print(type(talib.RSI(pandas.Series(x), 14)).__module__.split('.')[0])\n"
        "print(type(talib.RSI(polars.Series(x), 14)).__module__.split('.')[0])\n"
        "print(type(talib.abstract.RSI(pandas.DataFrame({'close': x}))).__name__)\n"
        "print(talib.RSI(x, 14)[-1] == ours[-1] == rsi(x, 14)[-1], hasattr(talib, '_ta_lib'))\n"
    )
    assert in_a_process_of_its_own(code) == ["pandas", "polars", "Series", "True", "True"]


def panel(closes):
    line = macd(closes)
    return [ema(closes, 26), rsi(closes, 14), atr(closes + 1, closes - 1.5, closes, 14), line.line, line.signal, line.histogram]


def test_where_the_c_functions_are_hidden_the_python_package_gives_the_same(monkeypatch):
    by_c = panel(WALK)
    assert talib_library._library() is not None
    monkeypatch.setattr(talib_library, "_library", lambda: None)
    for ours, theirs in zip(by_c, panel(WALK), strict=True):
        assert_array_equal(ours, theirs)


def test_threads_may_call_at_once():
    alone = rsi(WALK, 14)
    with ThreadPoolExecutor(4) as pool:
        for together in pool.map(lambda _: rsi(WALK, 14), range(40)):
            assert_array_equal(together, alone)


def test_a_nan_inside_is_refused_instead_of_becoming_an_rsi_of_zero():
    holed = WALK.copy()
    holed[200] = np.nan
    with pytest.raises(ValueError, match=r"RSI: row 200 is nan; TA-Lib cannot pass over it, leave the row out"):
        rsi(holed, 14)


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (WALK.astype(np.float32), r"float32 of shape \(400,\); give float64"),
        (np.arange(40), r"int64 of shape \(40,\); give float64"),
        (WALK.reshape(2, 200), r"shape \(2, 200\); give float64 of shape \(n,\)"),
        (np.array([]), r"shape \(0,\)"),
    ],
)
def test_what_talib_would_misread_is_refused(column, words):
    with pytest.raises(ValueError, match=words):
        calculate("EMA", (column,), (5,), known_from=4)


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match=r"ATR: its inputs have lengths \[400, 399, 400\]"):
        atr(WALK, WALK[1:], WALK, 14)


def test_a_column_with_gaps_in_memory_is_read_as_its_values():
    assert_array_equal(rsi(np.repeat(WALK, 2)[::2], 14), rsi(WALK, 14))


def test_a_series_that_is_too_short_has_no_value():
    assert np.isnan(rsi(WALK[:14], 14)).all()
    assert np.isfinite(rsi(WALK[:15], 14)).sum() == 1


def test_a_process_that_changed_talib_for_everyone_is_told_so():
    code = (
        "import numpy as np, talib\n"
        "from levelhead.kernels.momentum import rsi\n"
        "talib.set_unstable_period('RSI', 50)\n"
        "try:\n"
        "    rsi(np.arange(100.0), 14)\n"
        "except RuntimeError as error:\n"
        "    print('back to 0' in str(error))\n"
    )
    assert in_a_process_of_its_own(code) == ["True"]


def test_parameters_out_of_range_are_refused():
    with pytest.raises(ValueError, match=r"TA-Lib's RSI\(0,\) failed with code"):
        calculate("RSI", (WALK,), (0,), known_from=0)
