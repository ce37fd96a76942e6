"""Placebo worlds: bars that stay bars, skill that vanishes, and a judge that catches who looks ahead."""

from __future__ import annotations

import math

import numpy as np
import pytest
from made_verdicts import even, garch_market, normal_told, record_of_made, settled
from made_walks import QUICK, market
from numpy.testing import assert_allclose, assert_array_equal

from levelhead.evaluate.own_law import own_law
from levelhead.evaluate.placebo import world_verdict
from levelhead.evaluate.report import placebos
from levelhead.evaluate.route import Route, days_of
from levelhead.evaluate.worlds import WORLDS, bootstrapped, mirrored, shapes_of, world_of
from levelhead.kernels.closed_form import first_of, touches

ROWS = range(200, 2900, 5)


@pytest.fixture(scope="module")
def bars():
    return garch_market(3000, 51, alpha=0.12, beta=0.85)[0]


def squares(values, lag):
    """Autocorrelation of the squares at a lag."""
    away = values**2 - np.mean(values**2)
    return float((away[lag:] @ away[:-lag]) / (away @ away))


@pytest.mark.parametrize("name", WORLDS)
def test_bars_stay_bars_on_the_same_days_from_the_same_price(bars, name):
    world = world_of(bars, name)
    assert_array_equal(world.dates, bars.dates)
    assert world.close[0] == bars.close[0]
    assert np.all(world.low <= np.minimum(world.open, world.close))
    assert np.all(world.high >= np.maximum(world.open, world.close))
    assert np.all(world.low > 0)
    assert_array_equal(world_of(bars, name).close, world.close)
    assert not np.array_equal(world_of(bars, name, seed=1).close, world.close)


def test_shuffled_days_are_the_same_days_without_their_clusters(bars):
    own, made = shapes_of(bars), shapes_of(world_of(bars, "shuffled"))
    for one, other in zip(own, made, strict=True):
        assert_allclose(np.sort(one), np.sort(other), atol=1e-9)
    assert squares(own.close, 1) > 0.08
    # one standard error of an autocorrelation of 2,999 independent days is 0.018
    assert abs(squares(made.close, 1)) < 0.055


def test_bootstrapped_days_follow_each_other_twenty_at_a_time(bars):
    own = shapes_of(bars)
    made = bootstrapped(own, np.random.default_rng(1))
    place = {float(close): row for row, close in enumerate(own.close)}
    rows = np.array([place[float(close)] for close in made.close])
    within = np.arange(1, len(rows)) % 20 != 0
    assert np.all((np.diff(rows) % len(rows) == 1)[within])
    assert np.mean((np.diff(rows) % len(rows) == 1)[~within]) < 0.1
    for one, other in zip(own, made, strict=True):
        assert_array_equal(one[rows], other)


def test_mirrored_days_move_as_far_as_they_did_and_as_often_up_as_down(bars):
    own = shapes_of(bars)
    made = mirrored(own, np.random.default_rng(1))
    turned = made.close == -own.close
    assert_array_equal(np.abs(made.close), np.abs(own.close))
    assert_array_equal(made.high, np.where(turned, -own.low, own.high))
    assert_array_equal(made.low, np.where(turned, -own.high, own.low))
    # 2,999 coins: one standard error is 0.0091
    assert abs(turned.mean() - 0.5) < 0.04
    # volatility stays where it was
    assert squares(made.close, 1) == pytest.approx(squares(own.close, 1))


def test_the_random_walk_has_the_instrument_s_volatility_and_touches_as_a_brownian_motion_does(bars):
    own, made = shapes_of(bars), shapes_of(world_of(bars, "random_walk"))
    sigma = float(np.sqrt(np.mean(own.close**2)))
    # one standard error of a standard deviation of 2,999 days: 1.3 %
    assert made.close.std() == pytest.approx(sigma, rel=0.04)
    assert np.all(made.open - made.open[0] == pytest.approx(0.0, abs=1e-12))
    # within a day the high lies beyond a given price as often as the reflection principle says: one error is at most 0.9 points
    for away in (0.5, 1.0, 2.0):
        reached = np.mean(made.high - made.open > away * sigma)
        assert reached == pytest.approx(touches(away * sigma, sigma**2), abs=0.028)


def test_the_world_s_own_law_is_the_closed_form_where_the_world_is_a_brownian_motion(bars):
    world = world_of(bars, "random_walk")
    shapes = shapes_of(world)
    sigma = float(np.sqrt(np.mean(shapes.close**2)))
    rows = ROWS[::40]
    record = record_of_made(world, rows, np.full(len(world), sigma), even, even)
    told = normal_told(world, rows, lambda row, h: sigma**2 * h)
    law = own_law(record, told, shapes)
    up, down = np.log(record.prices["upper"] / record.prices["start"]), np.log(record.prices["lower"] / record.prices["start"])
    for row in range(len(record)):
        kind = record.kind[row]
        if kind == "scenario":
            wanted = list(first_of(up[row], -down[row], 12 * sigma**2))
        elif kind == "target":
            wanted = [touches(up[row], 12 * sigma**2)]
        else:
            spread = sigma * math.sqrt(24.0)
            wanted = [math.erfc(up[row] / spread) / 2.0]
        # 8,000 paths: one error is at most 0.6 points; the days drawn are those that came, not the law they came from
        assert law.said[row, : len(wanted)] == pytest.approx(wanted, abs=0.03)
    assert law.distribution.sigma == pytest.approx(sigma * np.sqrt(told.sessions), rel=0.04)


def knowing(world, sigma):
    def said(row, kind, prices):
        up, v = math.log(prices[0] / world.close[row]), 12 * sigma**2
        if kind == "target":
            return touches(up, v), 1.0 - touches(up, v)
        down = math.log(world.close[row] / prices[1])
        if kind == "scenario":
            return tuple(first_of(up, down, v))
        above, below = (math.erfc(x / math.sqrt(2.0 * v)) / 2.0 for x in (up, down))
        return above, 1.0 - above - below, below

    return said


def peeping(world, sigma, weight=0.1):
    """One who now and then hears what will come."""
    honest = knowing(world, sigma)

    def said(row, kind, prices):
        chances = honest(row, kind, prices)
        code = settled(world, row, kind, 12, prices)
        return tuple((1.0 - weight) * p + weight * (k == code) for k, p in enumerate(chances))

    return said


@pytest.mark.parametrize("name", ["random_walk", "shuffled"])
def test_the_skill_of_an_honest_forecaster_vanishes(bars, name):
    world = world_of(bars, name)
    sigma = float(np.std(shapes_of(world).close))
    record = record_of_made(world, ROWS, np.full(len(world), sigma), knowing(world, sigma), even)
    told = normal_told(world, ROWS, lambda row, h: sigma**2 * h)
    found = world_verdict(name, record, told, world)
    assert [(check["what"], check["of"]) for check in found["checks"]] == [
        ("direction", "scenario"),
        ("direction", "outlook"),
        ("own law", "scenario"),
        ("own law", "target"),
        ("own law", "outlook"),
        ("own law", "closes after 1"),
        ("own law", "closes after 12"),
    ]
    assert found["has_vanished"], found["words"]
    assert "skill vanishes in all 7 checks" in found["words"][0]
    # nor is it far below: the law is known here
    assert all(check["skill"]["mean"] > -0.03 for check in found["checks"])


@pytest.mark.parametrize("name", WORLDS)
def test_who_hears_a_tenth_of_the_future_is_caught_in_every_world(bars, name):
    world = world_of(bars, name)
    sigma = float(np.std(shapes_of(world).close))
    record = record_of_made(world, ROWS, np.full(len(world), sigma), peeping(world, sigma), even)
    told = normal_told(world, ROWS, lambda row, h: sigma**2 * h)
    found = world_verdict(name, record, told, world)
    assert not found["has_vanished"]
    directions = [check for check in found["checks"] if check["what"] == "direction"]
    assert not any(check["has_vanished"] for check in directions)
    assert "skill does not vanish in" in found["words"][0]


def test_the_notes_themselves_have_no_skill_where_nothing_can_be_known():
    bars = market(bars=620)
    days = days_of(bars, first=bars.dates[250].item(), every=3)[:40]
    walked = Route(bars=bars, days=days, settings=QUICK)
    found = list(placebos(walked, lambda route: route.walked(route.days)))
    assert [world["world"] for world in found] == list(WORLDS)
    checks = [check for world in found for check in world["checks"]]
    assert len(checks) == 2 * (2 + 3 + 6) + 2 * 2
    # each fails by chance once in twenty: of 26, four or more do so once in twenty-five times
    failed = [(check["what"], check["of"], check["skill"]) for check in checks if not check["has_vanished"]]
    assert len(failed) < 4, failed
