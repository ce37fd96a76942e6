"""Where TA-Lib has an indicator, ours lies within a billionth of it: on made bars and on every real file there is."""

from __future__ import annotations

import numpy as np
import pytest
import talib
from made_charts import walk
from numpy.testing import assert_allclose

from levelhead.domain.bars import Bars
from levelhead.kernels.averages import ema, sma
from levelhead.kernels.bands import deviation
from levelhead.kernels.directional import directional
from levelhead.kernels.momentum import macd, rate_of_change, rsi, rsi_signal
from levelhead.kernels.ranges import atr, true_range
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument

FILES = ("rty_tv.csv", "rty.csv", "es_adj.csv", "nq_tv.csv", "ym_adj.csv", "zn.csv", "zb_tv.csv", "rut.csv", "iwm.csv", "spy.csv")


def pairs(bars: Bars):
    """Name, ours, TA-Lib's."""
    high, low, close = bars.high, bars.low, bars.close
    for n in (20, 50, 100, 200):
        yield f"SMA({n})", sma(close, n), talib.SMA(close, n)
        yield f"EMA({n})", ema(close, n), talib.EMA(close, n)
    yield "RSI(14)", rsi(close, 14), talib.RSI(close, 14)
    yield "RSI's signal line", rsi_signal(rsi(close, 14), 14)[30:], talib.SMA(talib.RSI(close, 14), 14)[30:]
    ours, theirs = macd(close), talib.MACD(close, 12, 26, 9)
    yield "MACD", ours.line[40:], theirs[0][40:]
    yield "MACD's signal line", ours.signal[40:], theirs[1][40:]
    yield "MACD's histogram", (ours.line - ours.signal)[40:], theirs[2][40:]
    yield "true range", true_range(high, low, close)[1:], talib.TRANGE(high, low, close)[1:]
    yield "ATR(14)", atr(high, low, close, 14), talib.ATR(high, low, close, 14)
    moves = directional(high, low, close, 14)
    yield "+DI(14)", moves.plus, talib.PLUS_DI(high, low, close, 14)
    yield "-DI(14)", moves.minus, talib.MINUS_DI(high, low, close, 14)
    yield "ADX(14)", moves.adx, talib.ADX(high, low, close, 14)
    spread = deviation(close, 20)
    upper, _, lower = talib.BBANDS(close, 20, 2.0, 2.0)
    yield "upper Bollinger band", sma(close, 20) + 2 * spread, upper
    yield "lower Bollinger band", sma(close, 20) - 2 * spread, lower
    for n in (10, 20, 60):
        yield f"ROC({n})", rate_of_change(close, n), talib.ROC(close, n)


def agree(bars: Bars) -> int:
    count = 0
    for name, ours, theirs in pairs(bars):
        scale = max(1.0, float(np.nanmax(np.abs(theirs))))
        assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9 * scale, err_msg=name)
        assert np.isfinite(ours).any(), name
        count += 1
    return count


@pytest.mark.parametrize("seed", range(5))
def test_made_bars_have_talibs_values(seed):
    assert agree(walk(seed, 1200)) == 23


@pytest.mark.parametrize("file", FILES)
def test_real_bars_have_talibs_values(file, shared):
    symbol = file.partition(".")[0].partition("_")[0].upper()
    assert agree(read_bars(shared / "data" / file, find_instrument(symbol))) == 23
