from __future__ import annotations

import csv
import datetime as dt
import math
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_contracts import RTY, SESSIONS, quarters, underlying

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadBars
from levelhead.domain.roll import known_rolls
from levelhead.kernels.steps import locate_step, straight_ahead, unrest_of
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.roll_detection import detect_rolls, with_detected_rolls

RUT = find_instrument("RUT")


def bars_of(instrument, days: np.ndarray, close: np.ndarray) -> Bars:
    return Bars(
        instrument=instrument,
        time=days.astype("datetime64[us]"),
        open=close.copy(),
        high=close * 1.002,
        low=close * 0.998,
        close=close,
        volume=np.full(len(close), np.nan),
        row=np.arange(len(close)),
    )


def spliced(*, offset: int, carry: float, noise: float, seed: int = 3) -> tuple[Bars, Bars, dict[dt.date, float]]:
    """A continuous series that rolls `offset` sessions before expiry, its index, and the true factor of each roll.

    noise: standard deviation of the index's close against the future's, as closes taken at different hours have.
    """
    days, spot = underlying(dt.date(2021, 1, 4), dt.date(2024, 6, 28), seed=seed)
    chain = quarters(dt.date(2021, 1, 4), 16)
    rolls = [SESSIONS.dates[int(np.searchsorted(SESSIONS.dates, np.datetime64(last))) - offset] for _, _, last in chain]
    expiry = np.array([last for _, _, last in chain], dtype="datetime64[D]")
    quoted = np.searchsorted(np.array(rolls), days, side="right")
    years = (expiry[quoted] - days).astype(int) / 365.25
    future = spot * np.exp(carry * years)
    index = spot * np.exp(np.random.default_rng(seed + 1).normal(0, noise, len(days)))
    truth = {
        day.item(): math.exp(carry * (expiry[k + 1] - expiry[k]).astype(int) / 365.25)
        for k, day in enumerate(rolls)
        if day <= days[-1]
    }
    return bars_of(RTY, days, future), bars_of(RUT, days, index), truth


@pytest.mark.parametrize(("offset", "carry"), [(2, 0.04), (5, 0.04), (3, -0.02), (-1, 0.03)])
def test_made_rolls_are_found_on_their_day_with_their_factor(offset, carry):
    bars, index, truth = spliced(offset=offset, carry=carry, noise=0.0004)
    found = detect_rolls(bars, index, SESSIONS)
    later = {day: factor for day, factor in truth.items() if day >= found[0].date}
    assert [roll.date for roll in found] == list(later)
    assert len(later) >= len(truth) - 1
    for roll in found:
        assert roll.estimated
        # four basis points of noise on one close leave an error of a few
        assert 1e4 * abs(math.log(roll.factor / truth[roll.date])) < 15
        eve = int(np.searchsorted(bars.dates, np.datetime64(roll.date))) - 1
        assert roll.gap == pytest.approx(bars.close[eve] * (roll.factor - 1))
    assert {(r.from_contract, r.to_contract) for r in found} >= {("RTYU3", "RTYZ3"), ("RTYZ3", "RTYH4")}


def test_without_carry_there_is_nothing_to_see_and_the_gaps_are_nearly_none():
    bars, index, _ = spliced(offset=2, carry=0.0, noise=0.0003)
    assert all(abs(1e4 * math.log(roll.factor)) < 10 for roll in detect_rolls(bars, index, SESSIONS))


@settings(max_examples=12)
@given(data=st.data())
def test_the_rolls_known_on_a_day_are_those_found_on_the_bars_up_to_it(data):
    bars, index, _ = _noisy()
    day = data.draw(st.sampled_from([d.item() for d in bars.dates[150:]]))
    assert detect_rolls(bars.until(day), index.until(day), SESSIONS) == known_rolls(detect_rolls(bars, index, SESSIONS), day)


def _noisy():
    return spliced(offset=2, carry=0.01, noise=0.002)


def test_expiry_closes_that_are_a_settlement_neither_make_nor_move_a_roll():
    bars, index, _ = spliced(offset=-1, carry=0.04, noise=0.0003)
    close = bars.close.copy()
    for _, _, last in quarters(dt.date(2021, 1, 4), 14):
        at = np.searchsorted(bars.dates, np.datetime64(last))
        if at < len(close):
            close[at] *= 1.02  # as the special opening settlement may differ from the last trade
    strange = replace(bars, close=close, high=np.maximum(bars.high, close), low=bars.low.copy())
    found, usual = (detect_rolls(each, index, SESSIONS) for each in (strange, bars))
    assert [roll.date for roll in found] == [roll.date for roll in usual]
    assert [roll.factor for roll in found] == pytest.approx([roll.factor for roll in usual], abs=2e-4)


def test_what_cannot_show_rolls_is_refused():
    bars, index, _ = spliced(offset=2, carry=0.04, noise=0.0004)
    with pytest.raises(BadBars, match="ES rolls itself"):
        detect_rolls(bars, replace(index, instrument=find_instrument("ES")), SESSIONS)
    with pytest.raises(BadBars, match="RUT does not expire"):
        detect_rolls(index, index, SESSIONS)
    other = underlying(dt.date(2021, 1, 4), dt.date(2024, 6, 28), seed=77)[1]
    with pytest.raises(BadBars, match="RUT does not move with RTY"):
        detect_rolls(bars, bars_of(RUT, index.dates, other), SESSIONS)
    with pytest.raises(BadBars, match="31 are needed"):
        detect_rolls(bars.until(bars.dates[12].item()), index, SESSIONS)


def test_a_series_with_found_rolls_stands_as_traded():
    bars, index, _ = spliced(offset=2, carry=0.04, noise=0.0004)
    assert with_detected_rolls(bars, index, SESSIONS).frame == "as traded"


def test_a_line_goes_on_straight_whatever_one_point_says():
    # 40 points on y = 0.01 + 0.0002 x and one 0.05 off it: five ahead stand where the line does
    x = np.arange(-40.0, 5.0)
    y = 0.01 + 0.0002 * x
    y[13] += 0.05
    noise, wander = np.full(45, 0.0003), np.full(45, 1e-7)
    ahead = straight_ahead(y[:40], noise, wander, slope=0.001)
    assert ahead.mean == pytest.approx(y[40:], abs=0.0002)
    # a point ahead is as uncertain as a point, and as the line; the further the more
    error = np.sqrt(np.diag(ahead.covariance))
    assert 0.0003 < error[0] < error[4] < 0.0005


def test_a_level_that_wanders_is_less_and_less_known():
    # without noise and slope the best guess is the last value, and its variance the steps' own, added up: 1, 2, 3 times
    y = np.cumsum(np.array([3.0, -1, 2, 4, 1, -2, 3, 1])) * 1e-3
    ahead = straight_ahead(y, np.full(11, 1e-9), np.full(11, 1e-3), slope=0.0)
    assert ahead.mean == pytest.approx(np.full(3, y[-1]), abs=1e-6)
    assert np.diag(ahead.covariance) == pytest.approx(1e-6 * np.array([1, 2, 3]), rel=1e-3)


@pytest.mark.parametrize(("noise", "wander"), [(1.0, 0.0), (0.5, 0.5), (0.2, 1.0)])
def test_noise_is_told_from_wandering(noise, wander):
    # of many points, each with its own yardstick; a step over five positions has five positions' wandering in it
    random = np.random.default_rng(8)
    yardstick = np.exp(random.normal(0, 0.1, 6000))
    y = yardstick * random.normal(0, noise, 6000) + np.cumsum(
        yardstick * random.normal(0, wander, 6000) if wander else np.zeros(6000)
    )
    found = unrest_of(y, yardstick, usual=1.0, worth=0.0)
    assert found.noise == pytest.approx(noise, abs=0.12)
    assert found.wander == pytest.approx(wander, abs=0.12)


def test_a_clear_step_is_located_where_it_is():
    missed = np.array([0.1, -0.1, 10.2, 9.9, 10.0])
    flat = np.full(6, 1 / 6)
    found = locate_step(missed, 0.2**2 * np.eye(5), prior=flat, expected=0.0, uncertainty=20.0)
    assert int(np.argmax(found.chance)) == 2
    assert found.chance.sum() == pytest.approx(1)
    # the mean of the three after it, and the error of that mean: 0.2 / sqrt(3) = 0.115, little changed by Student's law
    assert found.size[2] == pytest.approx(10.033, abs=0.01)
    assert found.error[2] == pytest.approx(0.115, rel=0.3)


def test_what_was_expected_is_weighed_against_what_is_seen():
    # one point 4 off, its noise 1; expected was 2 with uncertainty 1: half way, 3, with an error of sqrt(1/2)
    found = locate_step(np.array([4.0]), np.eye(1), prior=np.array([1.0, 0.0]), expected=2.0, uncertainty=1.0)
    assert found.size[0] == pytest.approx(3.0)
    # the point is sqrt(2) of its own spread, sqrt(1 + 1), off what was expected: (4 + 2) / (4 + 1 - 2) = 2 widens the variance
    assert found.error[0] == pytest.approx(math.sqrt(0.5 * 2))


# Truth: factors worked out from two feeds that quote different contracts on the same days (SOURCES.md).
@pytest.mark.parametrize(
    ("symbol", "feed", "reference", "right", "typical"),
    [
        ("RTY", "rty_tv", "rut", 30 / 33, 6.0),
        ("RTY", "rty_tv", "iwm", 30 / 33, 5.0),
        ("ES", "es_tv", "spy", 42 / 42, 5.0),
        ("NQ", "nq_tv", "qqq", 39 / 42, 5.0),
    ],
)
def test_real_rolls_are_found_on_their_day(shared: Path, symbol, feed, reference, right, typical):
    data = shared / "data"
    bars = read_bars(data / f"{feed}.csv", find_instrument(symbol))
    found = detect_rolls(bars, read_bars(data / f"{reference}.csv", find_instrument(reference.upper())), SESSIONS)
    with (data / f"{symbol.lower()}_adj_rolls.csv").open() as lines:
        truth = {dt.date.fromisoformat(row["roll_date"]): float(row["factor"]) for row in csv.DictReader(lines)}
    truth = {day: factor for day, factor in truth.items() if day <= bars.as_of}
    assert len(found) == len(truth)
    assert sum(roll.date in truth for roll in found) / len(truth) >= right - 1e-9
    errors = [1e4 * abs(math.log(roll.factor / factor)) for roll, factor in zip(found, truth.values(), strict=True)]
    assert median(errors) < typical


def test_the_free_feed_rolls_on_the_monday_after_expiry_with_two_exceptions(shared: Path):
    data = shared / "data"
    bars = read_bars(data / "rty.csv", RTY)
    found = detect_rolls(bars, read_bars(data / "rut.csv", RUT), SESSIONS)
    recent = [roll for roll in found if roll.date.year >= 2022]
    assert sum(roll.date.weekday() == 0 for roll in recent) >= 14
    assert len(recent) == 16
