"""Breadth, credit and positions: what the day knew of them, by hand and under a rewritten future."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from made_charts import chart, walk

from levelhead.domain.bars import Bars, Provisional
from levelhead.domain.credit import Credit
from levelhead.domain.errors import BadBars
from levelhead.domain.positions import Positions
from levelhead.kernels.breadth import breadth_of
from levelhead.reading.breadth import breadth_facts
from levelhead.reading.context import Context
from levelhead.reading.credit import credit_facts
from levelhead.reading.positions import position_facts
from levelhead.reading.read import read
from levelhead.reading.recompute import recompute
from levelhead.reading.settings import Settings

HEADS = ("breadth.", "credit.", "cot.")


def breadth_on(days: np.ndarray, closes: np.ndarray) -> Context:
    """Of closes of shape (symbols, days); highs and lows are the closes."""
    symbol, at = np.indices(closes.shape)
    flat = closes.ravel()
    return Context(breadth=("MADE", breadth_of(symbol.ravel(), days[at.ravel()], flat, flat, flat)))


def credit_on(days: np.ndarray, ratio: np.ndarray) -> Context:
    return Context(
        credit=Credit(high_yield="HYG", treasuries="TLT", dates=days, numerator=80.0 * ratio, denominator=np.full(len(days), 80.0))
    )


def reports(dates: list[str], long: list[float], short: list[float], *, days: int = 3, interest: float = 1000.0) -> Positions:
    own = np.array(dates, dtype="datetime64[D]")
    return Positions(
        name="LEVERAGED",
        dates=own,
        released=own + days,
        long=np.array(long, dtype=float),
        short=np.array(short, dtype=float),
        open_interest=np.full(len(own), interest),
    )


def weekly(last: str, nets: list[float]) -> Positions:
    """A report a week up to that Tuesday, of so many contracts net long, released on the Friday."""
    dates = [str(np.datetime64(last) - 7 * back) for back in reversed(range(len(nets)))]
    return reports(dates, [500.0 + net for net in nets], [500.0] * len(nets), interest=2000.0)


def test_breadth_is_counted_on_the_day():
    bars = walk(1, 400)
    closes = np.full((40, 400), 100.0)
    closes[:30] += np.arange(400)  # thirty rise for ever, ten stand still and fall on the last two days
    closes[30:, -2:] = [[90.0, 80.0]] * 10
    facts, missing = breadth_facts(bars, breadth_on(bars.dates, closes))
    assert missing == ()
    told = {name.removeprefix("breadth."): facts[name].value for name in facts}
    assert (told["symbols"], told["ended"], told["universe"]) == (40, 0, "MADE")
    assert (told["above_50"], told["above_200"]) == (75, 75)
    assert (told["advances"], told["advances_10"], told["highs"]) == (20, 8 * 30 + 2 * 20, 20)
    # lower than on all other days of the year but one: that day, and the day before with as many
    assert told["advances.place"] == pytest.approx(100 * 2 / 252)
    assert told["advances_10.place"] == pytest.approx(100 * 1 / 252)
    assert told["above_50.place"] == 100


def test_breadth_of_fewer_symbols_or_days_than_are_enough_is_not_told():
    bars = walk(1, 100)
    assert breadth_facts(bars, breadth_on(bars.dates, np.full((19, 100), 5.0))) == (
        {}, (f"Breadth is told of 20 symbols or more; MADE has 19 on {bars.as_of}.",)
    )  # fmt: skip
    facts, missing = breadth_facts(bars, breadth_on(bars.dates, np.full((20, 100), 5.0)))
    assert "breadth.above_50" in facts
    assert not {"breadth.above_200", "breadth.highs", "breadth.advances.place"} & facts.keys()
    assert missing == (
        "The share above the 200-bar average needs 20 symbols with 200 bars; there are 0.",
        "The balance of new highs and lows needs 20 symbols with 252 bars; there are 0.",
    )


def test_breadth_of_an_earlier_day_says_so_and_of_a_week_ago_is_not_told():
    bars = walk(1, 100)
    facts, missing = breadth_facts(bars, breadth_on(bars.dates[:-1], np.full((30, 99), 5.0)))
    before = bars.dates[-2].item()
    assert facts["breadth.above_50"].date == before
    assert missing[0] == f"MADE has no session of {bars.as_of} that is known yet; its breadth is that of {before}."
    facts, missing = breadth_facts(bars, breadth_on(bars.dates[:-7], np.full((30, 93), 5.0)))
    assert facts == {}
    assert missing == (f"MADE has no day of the week up to {bars.as_of}; nothing is said of its breadth.",)


@pytest.mark.parametrize(("drift", "side", "slope"), [(0.001, "above", "up"), (-0.001, "below", "down")])
def test_the_trend_of_credit_is_that_of_its_fifty_day_average(drift, side, slope):
    bars = walk(2, 300)
    ratio = np.exp(drift * np.arange(300))
    facts, missing = credit_facts(bars, credit_on(bars.dates, ratio), Settings())
    assert missing == ()
    assert facts["credit.ratio"].value == pytest.approx(ratio[-1])
    assert facts["credit.ratio_sma_50"].value == pytest.approx(np.mean(ratio[-50:]))
    assert (facts["credit.side"].value, facts["credit.slope"].value) == (side, slope)
    assert facts["credit.change_20"].value == pytest.approx(100 * (np.exp(20 * drift) - 1))
    assert facts["credit.percentile"].value == pytest.approx(100 if drift > 0 else 100 / 252)
    assert facts["credit.pair"].value == "HYG/TLT"


@pytest.mark.parametrize(
    ("own", "its", "stance"),
    [
        (0.01, 0.002, "confirms"),
        (-0.01, -0.002, "confirms"),
        (0.01, -0.002, "diverges"),
        (0.0, 0.002, "neither"),
        (0.01, 0, "neither"),
    ],
)
def test_credit_confirms_what_goes_its_way_by_more_than_chance(own, its, stance):
    zigzag = np.where(np.arange(100) % 2, 0.004, 0.0)
    closes = 2000 * np.exp(own * np.arange(100) + zigzag)
    bars = chart(closes * 1.001, closes * 0.999, closes)
    facts, _ = credit_facts(bars, credit_on(bars.dates, np.exp(its * np.arange(100) + zigzag)), Settings())
    assert facts["credit.stance"].value == stance


def test_credit_whose_last_day_is_old_is_named_and_not_used():
    bars = walk(2, 300)
    assert credit_facts(bars, credit_on(bars.dates - 8, np.ones(300)), Settings()) == (
        {}, (f"HYG/TLT has no value of the week up to {bars.as_of}; nothing is said of it.",)
    )  # fmt: skip


def test_credit_is_of_the_days_that_both_funds_have():
    high, low = (
        chart([80.0, 81, 82], dates=["2025-01-02", "2025-01-03", "2025-01-06"]),
        chart([90.0, 92], dates=["2025-01-03", "2025-01-06"]),
    )
    found = Credit.of(high, low)
    assert found.dates.tolist() == [dt.date(2025, 1, 3), dt.date(2025, 1, 6)]
    assert found.ratio.tolist() == [80 / 89, 81 / 91]
    with pytest.raises(BadBars, match="RTY and RTY have no day in common; give files of the same years"):
        Credit.of(high, chart([5.0], dates=["2024-01-02"]))


def test_credit_is_told_from_daily_bars_with_closes_above_zero():
    daily = chart([80.0, 81], dates=["2025-01-02", "2025-01-03"])
    with pytest.raises(BadBars, match="RTY is given in bars of 1w; credit is told from daily bars, give those"):
        Credit.of(daily, replace(daily, timeframe="1w"))
    with pytest.raises(BadBars, match="RTY: the close of 2025-01-03 is -1; a ratio needs closes above 0"):
        Credit.of(chart([80.0, 0.0], dates=["2025-01-02", "2025-01-03"]), daily)


def test_the_last_report_is_told_with_its_share_change_and_place():
    bars = chart([10.0] * 5, first="2025-12-08")  # to Friday 12 December
    nets = [
        *range(-100, 51),
        40.0,
        30.0,
        20.0,
        10.0,
        -30.0,
    ]  # 156 reports; -30 is not lower than the 71 from -100 to -30, and itself
    facts, missing = position_facts(bars, Context(positions=weekly("2025-12-09", nets)))
    assert missing == ()
    assert (facts["cot.net"].value, facts["cot.side"].value) == (-30, "short")
    assert facts["cot.share"].value == -1.5
    assert facts["cot.change_4"].value == -70
    assert facts["cot.percentile"].value == pytest.approx(100 * 72 / 156)
    assert (facts["cot.net"].date, facts["cot.net"].known_on) == (dt.date(2025, 12, 9), dt.date(2025, 12, 12))


def test_a_report_is_not_known_before_the_day_of_its_release():
    positions = weekly("2025-12-09", [1.0, 2.0, 3.0])
    for last, net in (("2025-12-11", 2.0), ("2025-12-12", 3.0)):
        bars = chart([10.0] * 4, dates=[str(np.datetime64(last) - back) for back in (3, 2, 1, 0)])
        assert position_facts(bars, Context(positions=positions))[0]["cot.net"].value == net
    unfinished = replace(bars, provisional=Provisional(price=10.0))
    assert position_facts(unfinished, Context(positions=positions))[0]["cot.net"].value == 2.0


def test_a_report_that_was_released_late_is_not_known_early():
    positions = replace(
        weekly("2025-12-09", [1.0, 2.0, 3.0]), released=np.array(["2025-12-15", "2025-12-05", "2025-12-12"], "datetime64[D]")
    )
    bars = chart([10.0] * 5, first="2025-12-08")
    facts, missing = position_facts(bars, Context(positions=positions))
    assert facts["cot.net"].value == 3
    assert missing[0] == "The change of LEVERAGED over 4 reports needs 5 of them; there are 2."


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (
            "2025-11-18",
            "The last report of LEVERAGED that was released by 2025-12-12 is of 2025-11-18, 24 days before; it is not used.",
        ),
        ("2026-03-03", "LEVERAGED has no report that was released by 2025-12-12; nothing is said of positions."),
    ],
)
def test_reports_that_are_old_or_yet_to_come_say_nothing(last, told):
    bars = chart([10.0] * 5, first="2025-12-08")
    assert position_facts(bars, Context(positions=weekly(last, [1.0, 2.0]))) == ({}, (told,))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"days": -1}, "the report of 2025-12-02 is released on 2025-12-01, before its day; correct one of them"),
        ({"interest": 0.0}, "the report of 2025-12-02 has 0 contracts open interest; correct it, or take it out"),
        ({"long": [-5.0]}, "the report of 2025-12-02 has -5 contracts long; correct it, or take it out"),
        (
            {"dates": ["2025-12-02", "2025-12-02"], "long": [1.0, 1.0], "short": [1.0, 1.0]},
            "2025-12-02 does not come after 2025-12-02",
        ),
    ],
)
def test_reports_that_cannot_be_are_refused(change, told):
    with pytest.raises(BadBars, match=told):
        reports(**{"dates": ["2025-12-02"], "long": [1.0], "short": [1.0]} | change)


def context_of(bars: Bars, seed: int) -> Context:
    rng = np.random.default_rng(seed)
    count = len(bars)
    closes = 50 * np.exp(np.cumsum(rng.normal(0, 0.02, (25, count)), axis=1))
    tuesdays = bars.dates[1::5]
    return Context(
        breadth=breadth_on(bars.dates, closes).breadth,
        credit=credit_on(bars.dates, np.exp(np.cumsum(rng.normal(0, 0.004, count)))).credit,
        positions=reports(
            [str(day) for day in tuesdays],
            rng.integers(0, 900, len(tuesdays)).tolist(),
            rng.integers(0, 900, len(tuesdays)).tolist(),
        ),
    )


def rewritten(context: Context, day: np.datetime64) -> Context:
    """The same up to `day`, and something else after it; of reports what was released by it."""
    assert context.breadth is not None
    assert context.credit is not None
    assert context.positions is not None
    name, found = context.breadth
    later = found.days > day
    columns = {each: np.where(later, 1, getattr(found, each)) for each in found.__slots__ if each != "days"}
    positions, hidden = context.positions, context.positions.released > day
    return replace(
        context,
        breadth=(name, replace(found, **columns)),
        credit=replace(context.credit, numerator=np.where(context.credit.dates > day, 3.0, context.credit.numerator)),
        positions=replace(positions, long=np.where(hidden, 77.0, positions.long), open_interest=np.where(hidden, 9.0, 1000.0)),
    )


def test_what_comes_later_or_is_released_later_changes_nothing_of_what_was_known():
    bars = walk(6, 900)
    context = context_of(bars, 7)
    for row in range(130, 900, 11):
        seen = bars.until(bars.dates[row - 1].item())
        one, two = (read(seen, context=each).facts for each in (context, rewritten(context, seen.dates[-1])))
        names = [name for name in one if name.startswith(HEADS)]
        assert len(names) > 15
        assert {name for name in two if name.startswith(HEADS)} == set(names)
        assert [one[name] for name in names] == [two[name] for name in names]


def test_every_number_of_the_market_around_recomputes():
    bars = walk(8, 900)
    facts = read(bars, context=context_of(bars, 9)).facts
    numbers = [n for n in facts if n.startswith(HEADS) and not isinstance(facts[n].value, str)]
    assert len(numbers) == 12 + 4 + 6
    for name in numbers:
        assert recompute(name, facts, bars, {}) == pytest.approx(facts[name].value, rel=1e-9)


def test_nothing_is_said_of_the_market_around_where_nothing_was_given():
    facts = read(walk(5, 300))
    assert not [name for name in facts.facts if name.startswith(HEADS)]


def test_when_stocks_fell_in_march_2020_hardly_one_stood_above_its_average(shared):
    from levelhead.doors.context_files import read_breadth

    days = np.arange(np.datetime64("2020-03-18"), np.datetime64("2020-03-21"))
    bars = chart([2000.0] * 3, dates=[str(day) for day in days])
    told = breadth_facts(bars, Context(breadth=read_breadth(shared / "data" / "universe.parquet")))[0]
    assert told["breadth.above_50"].value < 5  # what was said of the index of 500 on that day: 1 to 2 per cent
    assert told["breadth.highs"].value < -50
