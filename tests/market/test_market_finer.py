"""Shorter bars beside daily ones: taken as far as the note's day, and refused where they are of something else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from made_charts import walk
from made_finer import halves

from levelhead.domain.errors import BadBars
from levelhead.market.files import read_bars
from levelhead.market.finer import finer_for
from levelhead.market.instruments import find_instrument

BARS = replace(walk(1, 60), feed="rty.csv")
FINER = halves(BARS)


def test_they_are_taken_up_to_the_last_finished_bar():
    day = BARS.dates[40].astype(object)
    finer, said = finer_for(FINER, BARS.until(day))
    assert (finer.as_of, said) == (day, ())
    forming, _ = finer_for(FINER, BARS.until(day).with_last(float(BARS.close[40])))
    assert forming.as_of == BARS.dates[39].astype(object)


def test_those_that_begin_later_are_left_out_and_it_is_said():
    late = replace(FINER, days=FINER.dates + 400, time=FINER.time + np.timedelta64(400, "D"))
    finer, said = finer_for(late, BARS)
    assert finer is None
    assert len(said) == 1
    assert said[0].startswith("made half-hours: its first session is 2019-02-05, the last finished one here 2018-03-23; volume by")


@pytest.mark.parametrize(
    ("finer", "bars", "words"),
    [
        (replace(BARS, timeframe="1w"), BARS, r"has 1w bars, which are no shorter than the note's daily ones; give intraday bars"),
        (BARS, BARS, r"rty.csv has 1d bars, which are no shorter"),
        (FINER, replace(BARS, timeframe="1w"), r"finer bars serve a note of daily bars, and this one is of 1w bars"),
        (replace(FINER, volume=np.full(len(FINER), np.nan)), BARS, r"made half-hours has no volume up to 2018-03-23"),
        (
            replace(FINER, high=FINER.high / 10, low=FINER.low / 10, open=FINER.open / 10, close=FINER.close / 10),
            BARS,
            r"made half-hours is not of what rty.csv is of: 0 of 60 sessions in both have the same range; that of 2018-01-01 is "
            r"\d\.\d there and \d\d\.\d here. Give shorter bars of the same instrument, scale and hours.",
        ),
        (halves(walk(2, 60)), BARS, r"is not of what rty.csv is of: \d of 60 sessions"),
        (replace(FINER, instrument=find_instrument("ES")), BARS, r"the finer bars are of ES, the note is of RTY"),
        (
            replace(FINER, days=FINER.dates - 4000, time=FINER.time - np.timedelta64(4000, "D")),
            BARS,
            r"made half-hours ends on 2007-04-10, before rty.csv begins on 2018-01-01; give bars of its days",
        ),
    ],
)
def test_what_cannot_be_theirs_is_refused_in_one_sentence(finer, bars, words):
    with pytest.raises(BadBars, match=words):
        finer_for(finer, bars)


def test_another_contract_of_the_same_thing_is_taken():
    moved = replace(FINER, **{name: getattr(FINER, name) + 25.0 for name in ("open", "high", "low", "close")})
    assert finer_for(moved, BARS)[0] is not None


def test_the_first_days_of_a_file_are_too_few_to_judge():
    # a file that begins in the middle of a session is not refused on that day
    begun = FINER.time >= FINER.time[3 * 40 + 1]
    names = ("time", "open", "high", "low", "close", "volume", "row", "days")
    late = replace(FINER, **{name: getattr(FINER, name)[begun] for name in names})
    late.high.flags.writeable = True
    finer, said = finer_for(late, BARS.until(BARS.dates[40].astype(object)))
    assert (len(finer), said) == (2, ())


def test_real_bars_of_another_instrument_are_refused(shared):
    given = read_bars(shared / "data" / "es_5m.csv.gz", find_instrument("ES"))
    for file in ("nq_tv.csv", "rty.csv", "spy.csv"):
        with pytest.raises(BadBars, match=r"es_5m.csv.gz is not of what"):
            finer_for(given, read_bars(shared / "data" / file, find_instrument("ES")))
    for file in ("es_tv.csv", "es_adj.csv"):
        assert finer_for(given, read_bars(shared / "data" / file, find_instrument("ES")))[0] is not None
