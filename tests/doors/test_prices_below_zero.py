"""A contract whose price falls through zero, as crude oil did in April 2020: a whole note, and no share of what means none."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from made_charts import chart, walk

from levelhead.config import HouseFile
from levelhead.desk.settings import Settings
from levelhead.domain.instrument import Instrument
from levelhead.doors.face import compose_note
from levelhead.forecast.settings import Settings as ForecastSettings
from levelhead.render.terminal import to_terminal
from levelhead.wire.document import to_document

FEW = HouseFile(settings=Settings(forecast=ForecastSettings(paths=200)))
CL = Instrument(symbol="CL", name="Crude oil", short_name="Crude oil", kind="future", tick=0.01, decimals=2, may_be_negative=True)
OF_THE_PRICE = ("change_pct", "drawdown_pct", "distance_to_", "roc_", "atr_14.pct", "drawdown_52w_pct")


def falling_to(closes, count=500):
    """A made history near 50 dollars that ends with these closes."""
    past, kept = walk(3, count, start=50.0, first="2018-06-01"), count - len(closes)
    opens = [float(past.close[kept - 1]), *closes[:-1]]
    tops = [max(pair) + 0.6 for pair in zip(opens, closes, strict=True)]
    bottoms = [min(pair) - 0.6 for pair in zip(opens, closes, strict=True)]
    columns = [
        np.r_[column[:kept], end]
        for column, end in ((past.high, tops), (past.low, bottoms), (past.close, closes), (past.open, opens))
    ]
    return replace(chart(*columns, first="2018-06-01", instrument=CL), volume=np.full(count, 1000.0))


@pytest.mark.parametrize(
    "closes",
    [
        (40.0, 35.0, 30.0, 25.0, 20.0, 18.0, 11.57, -37.63),
        (40.0, 30.0, 18.0, 11.57, -37.63, 10.01, 13.78, 16.5, 16.94),
        (20.0, 10.0, 5.0, 0.0),
        (18.0, 11.57, -37.63, 10.01),
        (18.0, -37.63, -20.0, -3.0),
    ],
)
def test_a_note_of_a_price_at_or_below_zero_is_whole_and_says_no_share_of_it(closes):
    note = compose_note(falling_to(closes), house=FEW)
    shares = [name for name in {**note.facts, **note.estimates} if name.startswith(OF_THE_PRICE) or name.endswith(".distance_pct")]
    if closes[-1] <= 0:
        assert shares == []
    if closes[-2] <= 0:
        assert "change_pct" not in shares
    for text in (note.to_markdown(), note.to_html(), to_terminal(to_document(note), 100, colour=False)):
        assert not re.search(r"\b(nan|inf)\b", text)
    change = closes[-1] - closes[-2]
    assert f"{change:+,.2f} points".replace("-", "\N{MINUS SIGN}") in note.to_markdown()


def test_a_price_above_zero_has_them_all():
    note = compose_note(falling_to((40.0, 41.0)), house=FEW)
    assert all(any(name.startswith(of) for name in {**note.facts, **note.estimates}) for of in OF_THE_PRICE)
