"""Notes of treasuries print prices as the trade does, pass their own check, and stay decimal in JSON."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace

import numpy as np
import pytest
from made_charts import chart

import levelhead as lh
from levelhead.market.instruments import find_instrument
from levelhead.market.sessions import session_table
from levelhead.review.check import check_note
from levelhead.review.read import read_note
from levelhead.review.source import text_of

STARTS = {"ZB": 117.0, "ZN": 110.0, "ZF": 108.0, "ZT": 103.0}
LENGTHS = {"ZB": 2, "ZN": 3, "ZF": 3, "ZT": 3}


def made(symbol):
    """A walk of six hundred sessions on the instrument's grid, half a per cent a day."""
    bond, rng = find_instrument(symbol), np.random.default_rng(32)
    close = STARTS[symbol] * np.exp(np.cumsum(rng.normal(0, 0.004, 600)))
    open_ = np.r_[STARTS[symbol], close[:-1]]
    stretch = np.abs(rng.normal(0, 0.002, (2, 600)))
    columns = (np.maximum(open_, close) * (1 + stretch[0]), np.minimum(open_, close) * (1 - stretch[1]), close, open_)
    return replace(chart(*(np.round(column / bond.tick) * bond.tick for column in columns), instrument=bond), feed="made")


@pytest.fixture(scope="module", params=STARTS)
def note(request):
    bars = made(request.param)
    return bars, lh.compose_note(bars)


def test_every_price_stands_in_thirty_seconds(note):
    bars, found = note
    text, page = found.to_markdown(), re.sub(r"(?s)<(style|script)\b.*?</\1>", "", found.to_html())
    for printed in (text, html.unescape(re.sub(r"<[^>]+>", " ", page))):
        told = printed.partition("Provenance")[0]
        assert not re.search(r"\b\d{2,3}\.\d{3,}", told)  # no price in decimals
        fractions = re.findall(r"\b\d{2,3}'(\d+)", told)
        assert len(fractions) > 60
        assert {len(fraction) for fraction in fractions} == {LENGTHS[bars.instrument.symbol]}
        assert all(int(fraction[:2]) < 32 for fraction in fractions)
    assert f"Last **{bars.instrument.quoting.price(bars.last)}, " in text


def test_its_own_check_finds_nothing_wrong(note):
    bars, found = note
    read = read_note(text_of(found.to_markdown().encode(), name="note.md"))
    verdicts = check_note(read, bars, as_of=bars.as_of, sessions=session_table(bars.instrument.calendar))
    assert [f"{v.rule}: {v.statement} / {v.bars_say}" for v in verdicts if v.is_fault] == []
    assert sum(v.verdict == "right" for v in verdicts) >= 20
    assert sum(s.probability[0] for s in read.scenarios) == pytest.approx(1)


def test_its_json_stays_decimal(note):
    bars, found = note
    document = json.loads(found.to_json())
    assert document["facts"]["last"]["value"] == bars.last
    assert all(isinstance(level[edge], float) for level in document["levels"] for edge in ("low", "high"))
