"""What a pool is fitted to: claims of past days, said on their day, settled on what followed, unknown to artefacts before."""

import datetime as dt

import numpy as np
import pytest
from made_prices_for_pools import changing, joined, market

from levelhead.evaluate.learning import FIRST, cases_of, learned
from levelhead.forecast.artefact import EVERYONE
from levelhead.forecast.forecast import make_forecast
from levelhead.forecast.pooling import KINDS, MEMBERS, families_of
from levelhead.forecast.settings import Settings

FEW = Settings(paths=200)
BARS = market(changing(900, 1), 1)
CASES = list(cases_of(BARS, every=10, settings=FEW))


def test_each_day_asks_a_split_a_touch_and_a_close():
    days = {case.as_of for _, case in CASES}
    # the rows 250, 260, ... that leave 65 bars: (900 - 65 - 250) / 10
    assert len(days) == 59
    assert min(days) == BARS.dates[FIRST].astype(object)
    for kind in KINDS:
        assert 50 <= sum(own == kind for own, _ in CASES) <= 59  # undecided ones are left out
    assert all(case.families == families_of(BARS.instrument) for _, case in CASES)
    assert all(case.as_of < case.settled for _, case in CASES)


def test_what_is_said_are_chances_of_each_member():
    for kind, case in CASES:
        assert case.said.shape == (len(MEMBERS), 3 if kind == "split" else 2)
        assert case.said.sum(axis=1) == pytest.approx(1)
        assert (case.said >= 0).all()
        assert 0 <= case.happened < case.said.shape[1]


def test_what_happened_is_as_often_as_was_said():
    closes = [case for kind, case in CASES if kind == "close"]
    said = np.array([case.said[0][0] for case in closes])
    came = np.array([case.happened == 0 for case in closes])
    assert came.mean() == pytest.approx(said.mean(), abs=0.25)
    assert np.corrcoef(said, came)[0, 1] > 0.3


def test_the_same_bars_ask_the_same():
    again = list(cases_of(BARS, every=10, settings=FEW))
    assert [(kind, case.as_of, case.settled, case.happened) for kind, case in again] == [
        (kind, case.as_of, case.settled, case.happened) for kind, case in CASES
    ]
    assert all(one.said.tobytes() == other.said.tobytes() for (_, one), (_, other) in zip(again, CASES, strict=True))


def test_a_forecast_of_a_day_asked_about_knows_no_later_bar():
    day = CASES[0][1].as_of
    rewritten = joined(BARS.until(day), market(changing(300, 5) * 3, 5))
    one, other = (make_forecast(bars.until(day), sessions=65, settings=FEW) for bars in (BARS, rewritten))
    assert one.term.tobytes() == other.term.tobytes()


def test_an_artefact_ends_with_each_year_and_knows_nothing_after_it():
    last = max(case.settled for _, case in CASES)
    ends = [dt.date(2001, 12, 31), dt.date(2002, 6, 30), last]
    series, worth = learned(CASES, ends)
    assert {artefact.kind for artefact in series.series} == set(KINDS)
    assert {artefact.family for artefact in series.series} == {EVERYONE, *families_of(BARS.instrument)}
    for artefact in series.series:
        assert artefact.last <= max(ends)
        assert artefact.weights[0] > 0.5
    later = [(kind, case) for kind, case in CASES if case.settled > ends[0]]
    earlier = [(kind, case) for kind, case in CASES if case.settled <= ends[0]]
    alone, _ = learned(earlier, ends[:1])
    assert [a for a in series.series if a.last <= ends[0]] == list(alone.series)
    assert len(later) > 0
    assert set(worth) == set(KINDS)
    assert all(count > 0 and error > 0 and abs(gain) < 0.2 for gain, error, count in worth.values())


def test_maps_are_fitted_for_each_outcome():
    series, _ = learned(CASES, [max(case.settled for _, case in CASES)], mapped="isotonic")
    split = next(artefact for artefact in series.series if artefact.kind == "split")
    assert set(split.maps) == {"up", "range", "down"}


def test_ends_by_which_nothing_was_settled_are_passed_over():
    last = max(case.settled for _, case in CASES)
    series, _ = learned(CASES, [dt.date(1990, 1, 1), last])
    assert all(artefact.first >= BARS.first for artefact in series.series)
