"""Rates, implied volatility and events: what the day knew of them, by hand and under a rewritten future."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from made_charts import chart, walk

from levelhead.domain.bars import Bars
from levelhead.domain.daily_series import Series
from levelhead.domain.events import Event, Events
from levelhead.domain.fact import Fact
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.reading.context import Context
from levelhead.reading.events import event_facts
from levelhead.reading.implied import implied_facts
from levelhead.reading.rates import rate_facts
from levelhead.reading.read import read
from levelhead.reading.recompute import recompute


def of(bars: Bars, values, kind="yield", name="DGS10", shift=0) -> Series:
    return Series(name=name, kind=kind, dates=bars.dates + np.timedelta64(shift, "D"), values=np.asarray(values, dtype=float))


def moving_with(sensitivity: float, noise: float, count: int = 200, seed: int = 1) -> tuple[Bars, np.ndarray]:
    """Closes that change by `sensitivity` per cent for ten basis points of a yield, and by chance."""
    rng = np.random.default_rng(seed)
    steps = rng.normal(0, 0.05, count)
    changes = sensitivity * steps / 0.1 + noise * rng.normal(size=count)
    closes = 2000 * np.cumprod(1 + changes / 100)
    return chart(closes * 1.001, closes * 0.999, closes, closes), 4 + np.cumsum(steps)


def test_a_price_that_falls_two_per_cent_for_ten_basis_points_has_that_sensitivity():
    bars, values = moving_with(-2.0, 0.0)
    facts, missing = rate_facts(bars, Context(series=(of(bars, values),)))
    assert missing == ()
    assert facts["rates.DGS10.sensitivity"].value == pytest.approx(-2.0, rel=1e-9)
    assert facts["rates.DGS10.sensitivity.days"].value == 120
    assert facts["rates.DGS10.sensitivity.told"].value == "falls when yields rise"
    assert facts["rates.DGS10.level"].value == values[-1]
    assert facts["rates.DGS10.change_20"].value == pytest.approx(100 * (values[-1] - values[-21]))


def test_the_interval_of_an_independent_yield_holds_zero_nine_times_in_ten():
    held = 0
    for seed in range(200):
        bars, values = moving_with(0.0, 1.0, count=130, seed=seed)
        told = rate_facts(bars, Context(series=(of(bars, values),)))[0]["rates.DGS10.sensitivity.told"].value
        held += told == "not told"
    assert 165 <= held <= 194  # 180 expected, standard deviation 4.2


def test_a_yield_whose_last_value_is_old_is_named_and_not_used():
    bars, values = moving_with(-2.0, 0.1)
    facts, missing = rate_facts(bars, Context(series=(of(bars, values, shift=-8),)))
    assert facts == {}
    assert missing == (f"DGS10 has no value of the week up to {bars.as_of}; nothing is said of it.",)


@pytest.mark.parametrize(("change", "word"), [(0.9, "rising"), (-0.9, "falling"), (0.0, "steady")])
def test_the_direction_of_a_yield_is_that_of_twenty_bars_where_they_are_more_than_noise(change, word):
    bars = walk(2, 60)
    steps = np.where(np.arange(60) % 2, 0.05, -0.05) + np.where(np.arange(60) >= 40, change / 20, 0)
    facts, _ = rate_facts(bars, Context(series=(of(bars, 4 + np.cumsum(steps)),)))
    assert facts["rates.DGS10.direction"].value == word


@pytest.mark.parametrize(
    ("last", "regime", "percentile"), [(99.0, "extreme", 100.0), (10.0, "calm", 100 / 252), (30.0, "usual", None)]
)
def test_an_index_stands_where_it_does_among_its_past_year(last, regime, percentile):
    bars = walk(3, 300)
    values = np.r_[20 + 20 * np.random.default_rng(0).random(299), last]
    facts, _ = implied_facts(bars, Context(series=(of(bars, values, "implied", "VIX"),)), {})
    assert facts["implied.VIX.regime"].value == regime
    assert facts["implied.VIX.change_5"].value == pytest.approx(last - values[-6])
    share = 100 * np.mean(values[-252:] <= last)
    assert facts["implied.VIX.percentile"].value == pytest.approx(share if percentile is None else percentile)


@pytest.mark.parametrize(("near", "far", "shape"), [(20.0, 22.0, "contango"), (30.0, 25.0, "backwardation"), (20.0, 20.1, "flat")])
def test_the_nearest_index_against_the_farthest_is_the_term_structure(near, far, shape):
    bars = walk(4, 30)
    series = tuple(of(bars, np.full(30, level), "implied", name) for level, name in ((far, "VIX3M"), (near, "VIX")))
    facts, _ = implied_facts(bars, Context(series=series), {})
    assert facts["implied.term"].value == pytest.approx(near / far)
    assert facts["implied.term.shape"].value == shape


def test_the_premium_is_the_first_index_less_what_was_realised():
    bars = walk(4, 30)
    realised = {"volatility_20": Fact(value=18.0, unit="per cent", meaning="", formula="", inputs={})}
    facts, _ = implied_facts(bars, Context(series=(of(bars, np.full(30, 21.5), "implied", "VIX"),)), realised)
    assert facts["implied.premium"].value == 3.5


def test_events_of_the_next_twelve_sessions_are_named_with_their_distance():
    bars = chart([10.0] * 5, first="2025-12-01")  # Monday to Friday 5 December
    events = Events(
        name="made",
        events=(
            Event(date=dt.date(2025, 12, 5), kind="jobs"),  # today: known already
            Event(date=dt.date(2025, 12, 10), kind="FOMC"),
            Event(date=dt.date(2025, 12, 23), kind="CPI"),  # the twelfth session
            Event(date=dt.date(2025, 12, 24), kind="jobs"),  # the thirteenth
            Event(date=dt.date(2025, 12, 11), kind="speech", announced=dt.date(2025, 12, 8)),  # not known yet
        ),
    )
    facts, _ = event_facts(bars, Context(events=events))
    assert [(f.meaning, f.value) for n, f in facts.items() if not n.endswith("sessions")] == [
        ("FOMC", "2025-12-10"),
        ("CPI", "2025-12-23"),
    ]
    assert (facts["event.1.sessions"].value, facts["event.2.sessions"].value) == (3, 12)


def test_nothing_is_said_where_nothing_was_given():
    names = set(read(walk(5, 300)).facts)
    assert not {name for name in names if name.startswith(("rates.", "implied.", "event."))}


def context_of(bars: Bars, seed: int) -> Context:
    rng = np.random.default_rng(seed)
    count = len(bars)
    return Context(
        series=(of(bars, 4 + np.cumsum(rng.normal(0, 0.05, count))), of(bars, np.exp(rng.normal(3, 0.3, count)), "implied", "VIX"))
    )


def test_what_comes_later_changes_nothing_of_what_was_known():
    bars = walk(6, 400)
    context = context_of(bars, 7)
    for row in range(130, 400, 9):
        rewritten = tuple(replace(s, values=np.r_[s.values[:row], s.values[row:] * 1.7]) for s in context.series)
        seen = bars.until(bars.dates[row - 1].item())
        one, two = read(seen, context=context).facts, read(seen, context=Context(series=rewritten)).facts
        names = [name for name in one if name.startswith(("rates.", "implied."))]
        assert len(names) > 5
        assert [one[name] for name in names] == [two[name] for name in names]


def test_every_number_recomputes():
    bars = walk(8, 400)
    facts = read(bars, context=context_of(bars, 9)).facts
    numbers = [n for n in facts if n.startswith(("rates.", "implied.")) and not isinstance(facts[n].value, str)]
    assert len(numbers) > 9
    for name in numbers:
        assert recompute(name, facts, bars, {}) == pytest.approx(facts[name].value, rel=1e-9)


def test_a_bond_fund_falls_when_the_ten_year_yield_rises(shared):
    from levelhead.doors.beside_files import read_series

    bars = read_bars(shared / "data" / "tlt.csv", find_instrument("TLT"))
    facts, _ = rate_facts(bars.until(dt.date(2025, 6, 30)), Context(series=(read_series(shared / "data" / "dgs10.csv", "yield"),)))
    assert facts["rates.DGS10.sensitivity"].value == pytest.approx(-1.4, abs=0.4)  # a duration of about 14 to 17 years
    assert facts["rates.DGS10.sensitivity.told"].value == "falls when yields rise"
