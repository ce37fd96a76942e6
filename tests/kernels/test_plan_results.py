"""What becomes of an order: each rule on bars made by hand, then the readable twin, then every way through a bar."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.kernels.paths import PathBars
from levelhead.kernels.plan_of_path import Bar, LongPlan, plan_of_path
from levelhead.kernels.plans import (
    EXPIRED,
    STOP,
    TARGET,
    UNDECIDED,
    UNFILLED,
    Frictions,
    Order,
    extremes_of,
    plan_ends,
    plan_results,
)

COSTS = Frictions(tick=0.5, slippage=0.5, commission=0.1)
QUIET = (103, 104, 102, 103)


def path(*bars):
    return PathBars(*(np.array([column], dtype=np.float64) for column in zip(*bars, strict=True)))


def limit(*targets, fill=2, exit=3):
    """Long limit 100 stop 95: one R is 5 points."""
    return Order(True, True, 100.0, 95.0, targets or (110.0,), fill, exit)


def breakout(*targets, fill=2, exit=3):
    """Long stop 105 stop 100: one R is 5 points."""
    return Order(True, False, 105.0, 100.0, targets or (115.0,), fill, exit)


def ending(order, *bars, costs=COSTS):
    results = plan_results(path(*bars), order, costs)
    return int(results.outcomes[0, 0]), int(results.fill_bar[0]), float(results.result[0])


def nothing(value):
    return pytest.approx(value, nan_ok=True)


NAN = float("nan")


def test_a_limit_needs_one_tick_through_it():
    assert ending(limit(), (103, 104, 100, 103), QUIET, QUIET) == (UNFILLED, -1, nothing(NAN))
    # 99.5 trades: filled at 100; closed at the third close 103 less 0.5 slippage: (102.5 - 100 - 0.1) / 5
    assert ending(limit(), (103, 104, 99.5, 103), QUIET, QUIET) == (EXPIRED, 0, nothing(2.4 / 5))


def test_a_limit_that_stands_for_two_sessions_is_not_filled_in_the_third():
    assert ending(limit(), QUIET, QUIET, (103, 104, 90, 91)) == (UNFILLED, -1, nothing(NAN))
    assert ending(limit(), QUIET, (103, 104, 90, 91), QUIET) == (STOP, 1, nothing((94.5 - 100 - 0.1) / 5))


def test_an_open_through_the_limit_fills_at_the_open():
    # filled at 98, out at the target 110: (110 - 98 - 0.1) / 5
    assert ending(limit(), (98, 99, 97, 98), (98, 110.5, 97, 110), QUIET) == (TARGET, 0, nothing(11.9 / 5))


def test_an_open_on_the_limit_does_not_fill_by_itself():
    assert ending(limit(), (100, 101, 100, 101), QUIET, QUIET)[0] == UNFILLED
    assert ending(limit(), (100, 101, 99.5, 101), QUIET, QUIET) == (EXPIRED, 0, nothing(2.4 / 5))


def test_a_limit_between_the_open_and_the_stop_fills_before_the_stop():
    assert ending(limit(), (103, 104, 94, 96), QUIET, QUIET) == (STOP, 0, nothing((94.5 - 100 - 0.1) / 5))


def test_an_open_beyond_the_stop_fills_and_stops_a_limit_at_the_open():
    assert ending(limit(), (90, 91, 89, 90), QUIET, QUIET) == (STOP, 0, nothing(-0.1 / 5))


def test_a_protective_stop_fills_at_the_open_of_a_gap_else_with_slippage():
    entered = (103, 104, 99, 99)
    assert ending(limit(), entered, (92, 93, 91, 92), QUIET) == (STOP, 0, nothing((92 - 100 - 0.1) / 5))
    assert ending(limit(), entered, (97, 98, 91, 92), QUIET) == (STOP, 0, nothing((94.5 - 100 - 0.1) / 5))
    assert ending(limit(), entered, (95, 96, 95, 96), QUIET) == (STOP, 0, nothing((94.5 - 100 - 0.1) / 5))


def test_a_target_needs_one_tick_through_it_and_pays_the_open_of_a_gap():
    entered = (103, 104, 99, 101)
    assert ending(limit(), entered, (105, 110, 104, 105), (105, 106, 104, 105))[0] == EXPIRED
    assert ending(limit(), entered, (105, 110.5, 104, 105), QUIET) == (TARGET, 0, nothing(9.9 / 5))
    assert ending(limit(), entered, (112, 113, 104, 105), QUIET) == (TARGET, 0, nothing(11.9 / 5))
    # an open on the target is not one tick through it, but the high is
    assert ending(limit(), entered, (110, 111, 104, 105), QUIET) == (TARGET, 0, nothing(9.9 / 5))


def test_a_later_bar_that_reaches_both_is_decided_by_its_open_alone():
    entered = (103, 104, 99, 101)
    assert ending(limit(), entered, (101, 112, 94, 94), QUIET) == (UNDECIDED, 0, nothing(NAN))
    assert ending(limit(), entered, (111, 112, 94, 94), QUIET) == (TARGET, 0, nothing(10.9 / 5))
    assert ending(limit(), entered, (94, 112, 93, 112), QUIET) == (STOP, 0, nothing((94 - 100 - 0.1) / 5))


def test_a_limit_filled_in_a_bar_with_target_and_stop_is_undecided():
    # 103, down to the limit, up to the target, down to the stop: or straight down to the stop
    assert ending(limit(), (103, 112, 94, 96), QUIET, QUIET)[0] == UNDECIDED


def test_a_target_traded_in_the_bar_of_a_limit_counts_where_the_bar_closes_beyond_it():
    assert ending(limit(), (103, 112, 99, 111), QUIET, QUIET) == (TARGET, 0, nothing(9.9 / 5))
    assert ending(limit(), (103, 112, 99, 105), QUIET, QUIET)[0] == UNDECIDED


def test_two_stories_with_one_end_are_decided_at_the_worse_price():
    # the target may have traded before the fill; it trades after it anyway, at the better open 114
    assert ending(limit(), (103, 112, 99, 105), (114, 115, 113, 114), QUIET) == (TARGET, 0, nothing(9.9 / 5))
    assert ending(limit(), (103, 112, 99, 105), (103, 104, 94, 95), QUIET)[0] == UNDECIDED


def test_a_breakout_fills_at_its_price_with_slippage_or_at_the_open_of_a_gap():
    assert ending(breakout(), QUIET, QUIET, QUIET)[0] == UNFILLED
    # touched is enough: 105.5; closed at 103 - 0.5
    assert ending(breakout(), (103, 105, 102, 103), QUIET, QUIET) == (EXPIRED, 0, nothing((102.5 - 105.5 - 0.1) / 5))
    assert ending(breakout(), (107, 108, 106, 107), QUIET, QUIET) == (EXPIRED, 0, nothing((102.5 - 107 - 0.1) / 5))
    assert ending(breakout(), (105, 108, 104, 107), QUIET, QUIET) == (EXPIRED, 0, nothing((102.5 - 105.5 - 0.1) / 5))


def test_a_breakout_on_its_way_to_the_target_is_filled_before_it():
    assert ending(breakout(), (103, 116, 102, 103), QUIET, QUIET) == (TARGET, 0, nothing((115 - 105.5 - 0.1) / 5))


def test_a_low_at_the_stop_in_the_bar_of_a_breakout_counts_where_the_bar_closes_beyond_the_stop():
    assert ending(breakout(), (103, 106, 99, 100), QUIET, QUIET) == (STOP, 0, nothing((99.5 - 105.5 - 0.1) / 5))
    assert ending(breakout(), (103, 106, 99, 101), QUIET, QUIET)[0] == UNDECIDED
    # stopped in this bar, or in the next one at its open 98: the same end, the worse price
    assert ending(breakout(), (103, 106, 99, 101), (98, 99, 97, 98), QUIET) == (STOP, 0, nothing((98 - 105.5 - 0.1) / 5))


def test_a_breakout_bar_with_target_and_stop_is_undecided_unless_it_opens_beyond_the_target():
    assert ending(breakout(), (103, 116, 99, 103), QUIET, QUIET)[0] == UNDECIDED
    assert ending(breakout(), (116, 117, 99, 99), QUIET, QUIET) == (TARGET, 0, nothing(-0.1 / 5))


def test_the_breakout_of_note_004_was_filled_and_stopped_on_one_day():
    # RTY 2025-09-17 on the unadjusted chart: high 2,481.5, close 2,427.0, below the stop 2,430
    order = Order(True, False, 2480.0, 2430.0, (2520.0, 2550.0), 1, 1)
    bar = (2431.0, 2481.5, 2422.0, 2427.0)
    outcome, fill_bar, result = ending(order, bar, costs=Frictions(tick=0.1, slippage=0.1, commission=0.1))
    assert (outcome, fill_bar) == (STOP, 0)
    assert result == pytest.approx((2429.9 - 2480.1 - 0.1) / 50)


def test_a_short_is_the_long_of_the_mirrored_chart():
    order = Order(False, True, 100.0, 105.0, (90.0,), 2, 3)
    assert ending(order, (97, 100.5, 96, 97), (97, 98, 89.5, 90), QUIET) == (TARGET, 0, nothing(9.9 / 5))
    assert ending(order, (97, 100, 96, 97), (97, 98, 89.5, 90), QUIET)[0] == UNFILLED
    assert ending(order, (97, 106, 96, 97), QUIET, QUIET) == (STOP, 0, nothing(-5.6 / 5))


def test_each_target_has_its_own_end_and_the_result_is_that_of_the_first():
    bars = (103, 104, 99, 101), (101, 108, 100, 107), (107, 108, 94, 95)
    results = plan_results(path(*bars), limit(107.0, 109.0), COSTS)
    assert results.outcomes[:, 0].tolist() == [TARGET, STOP]
    assert results.result[0] == pytest.approx(6.9 / 5)


def test_a_price_one_tick_through_is_through_whatever_its_last_bits():
    # in floats 1.2 - 0.1 lies below 1.1
    assert 1.2 - 0.1 < 1.1
    order = Order(True, True, 1.2, 0.5, (2.0,), 1, 1)
    assert ending(order, (1.3, 1.4, 1.1, 1.3), costs=Frictions(tick=0.1))[0] == EXPIRED


def test_an_undecided_trade_lies_between_its_stop_and_its_target():
    # a bar in the trade reaches both 95 and 110: -5.5 - 0.1 or +10 - 0.1 points of 5
    results = plan_results(path((103, 104, 99, 101), (101, 111, 94, 101), QUIET), limit(), COSTS)
    assert results.outcomes[0, 0] == UNDECIDED
    assert (results.worst[0], results.best[0]) == (pytest.approx(-5.6 / 5), pytest.approx(9.9 / 5))


def test_the_mean_over_a_driftless_walk_lies_between_worst_and_best():
    # fine steps make bars whose order is known to the walk alone: no plan earns or loses anything on it
    rng = np.random.default_rng(11)
    steps = rng.normal(0, 0.012 / np.sqrt(100), (3000, 12, 100)).cumsum(axis=2)
    ends = np.exp(np.cumsum(steps[:, :, -1], axis=1))
    starts = 100 * np.concatenate([np.ones((3000, 1)), ends[:, :-1]], axis=1)
    prices = starts[:, :, None] * np.exp(steps)
    bars = PathBars(starts, np.maximum(prices.max(axis=2), starts), np.minimum(prices.min(axis=2), starts), prices[:, :, -1])
    for order in (
        Order(True, True, 98.0, 96.5, (100.5,), 5, 12),
        Order(False, True, 102.0, 103.5, (99.5,), 5, 12),
        Order(True, False, 102.0, 100.5, (104.0,), 5, 12),
    ):
        results = plan_results(bars, order, Frictions())
        filled = results.fill_bar >= 0
        slack = 3 * results.worst[filled].std() / np.sqrt(filled.sum())
        assert results.worst[filled].mean() < slack
        assert results.best[filled].mean() > -slack
        decided = results.result[np.isfinite(results.result)]
        assert results.worst[filled].mean() <= decided.mean() <= results.best[filled].mean()


def test_prices_and_frictions_may_differ_by_path():
    paths = PathBars(*(np.repeat(column, 2, axis=0) for column in path((103, 104, 99.5, 103))))
    order = Order(True, True, np.array([100.0, 99.5]), np.array([95.0, 94.5]), (np.array([110.0, 110.0]),), 1, 1)
    results = plan_results(paths, order, Frictions(tick=0.5, slippage=np.array([0.0, 1.0]), commission=0.0))
    assert results.outcomes[0].tolist() == [EXPIRED, UNFILLED]
    assert results.result[0] == pytest.approx(3 / 5)


@st.composite
def bars(draw, span=6):
    four = draw(st.lists(st.integers(-span, span), min_size=4, max_size=4))
    return Bar(100.0 + four[0], 100.0 + max(four), 100.0 + min(four), 100.0 + four[3])


@st.composite
def plans(draw):
    stop, entry, target = sorted(draw(st.sets(st.integers(-5, 5), min_size=3, max_size=3)))
    fill = draw(st.integers(1, 3))
    return LongPlan(
        is_limit=draw(st.booleans()),
        entry=100.0 + entry,
        stop=100.0 + stop,
        target=100.0 + target,
        fill_within=fill,
        exit_within=draw(st.integers(fill, 5)),
        through=draw(st.sampled_from([0.0, 0.5])),
        slippage=draw(st.sampled_from([0.0, 0.25, 1.5])),
        commission=draw(st.sampled_from([0.0, 0.1])),
    )


def as_order(plan, sign=1):
    levels = (plan.entry * sign, plan.stop * sign, (plan.target * sign,))
    return Order(sign > 0, plan.is_limit, *levels, plan.fill_within, plan.exit_within)


def as_frictions(plan):
    return Frictions(tick=plan.through, slippage=plan.slippage, commission=plan.commission)


@given(chart=st.lists(st.lists(bars(), min_size=5, max_size=5), min_size=1, max_size=4), plan=plans(), is_short=st.booleans())
def test_the_fast_ending_is_the_readable_one(chart, plan, is_short):
    columns = PathBars(*(np.array([[getattr(bar, name) for bar in row] for row in chart]) for name in PathBars._fields))
    if is_short:
        columns = PathBars(-columns.open, -columns.low, -columns.high, -columns.close)
    results = plan_results(columns, as_order(plan, -1 if is_short else 1), as_frictions(plan))
    for i, row in enumerate(chart):
        expected = plan_of_path(row, plan)
        assert (results.outcomes[0, i], results.fill_bar[i]) == (expected.outcome, expected.fill_bar)
        for column, value in ((results.result, expected.result), (results.worst, expected.worst), (results.best, expected.best)):
            assert column[i] == pytest.approx(float("nan") if value is None else value, nan_ok=True)


def ways_through(bar, plan):
    """Every order in which one connected bar may visit its extremes and the prices of the plan, up to five turns."""
    stops = sorted(
        {bar.high, bar.low, *(p for p in (plan.entry - plan.through, plan.entry, plan.far, plan.stop) if bar.low < p < bar.high)}
    )
    for turns in range(1, 6):
        for middle in itertools.product(stops, repeat=turns):
            if bar.high in (bar.open, *middle, bar.close) and bar.low in (bar.open, *middle, bar.close):
                yield (bar.open, *middle, bar.close)


def walk(points, plan, position):
    """Follows one way through a bar: position is 'waiting' or 'open' before and after, or the outcome."""
    at = points[0]
    for point in points:
        while True:
            step = next_event(at, point, plan, position)
            if step is None:
                break
            at, position = step
            if position not in ("waiting", "open"):
                return position
        at = point
    return position


def next_event(at, point, plan, position):
    """The first thing that happens between two neighbouring points of a way, or None."""
    if position == "waiting":
        if plan.is_limit:
            price = plan.entry - plan.through
            return (min(at, price), "open") if point <= price or at <= price else None
        return (max(at, plan.entry), "open") if point >= plan.entry or at >= plan.entry else None
    if at >= plan.far or point >= plan.far:
        return max(at, plan.far), TARGET
    if at <= plan.stop or point <= plan.stop:
        return min(at, plan.stop), STOP
    return None


def every_outcome(row, plan):
    """All outcomes that some way through the bars has."""
    ends, positions = set(), {"waiting"}
    for number, bar in enumerate(row[: plan.exit_within]):
        reached = set()
        for position in positions:
            if position == "waiting" and number >= plan.fill_within:
                ends.add(UNFILLED)
                continue
            reached |= {walk(points, plan, position) for points in ways_through(bar, plan)}
        positions = reached & {"waiting", "open"}
        ends |= reached - positions
    return ends | {UNFILLED if position == "waiting" else EXPIRED for position in positions}


@given(row=st.lists(bars(span=5), min_size=3, max_size=3), plan=plans())
def test_decided_is_what_every_way_through_the_bars_agrees_on(row, plan):
    plan = plan._replace(exit_within=min(plan.exit_within, 3))
    # A stop within the tick that fills the limit trades in the same instant: which of the two came first is not asked.
    if plan.is_limit and plan.entry - plan.through <= plan.stop:
        return
    ends = every_outcome(row, plan)
    expected = ends.pop() if len(ends) == 1 else UNDECIDED
    assert plan_of_path(row, plan).outcome == expected


@given(row=st.lists(bars(), min_size=5, max_size=5), plan=plans())
def test_an_end_in_the_market_is_not_changed_by_letting_the_plan_run_longer(row, plan):
    ended = plan_of_path(row, plan)
    longer = plan_of_path(row, plan._replace(exit_within=5))
    if ended.outcome in (TARGET, STOP):
        assert longer == ended


@given(
    chart=st.lists(st.lists(bars(), min_size=5, max_size=5), min_size=1, max_size=6),
    several=st.lists(st.tuples(plans(), st.booleans()), min_size=1, max_size=5),
)
def test_plans_judged_together_end_as_each_does_alone(chart, several):
    columns = PathBars(*(np.array([[getattr(bar, name) for bar in row] for row in chart]) for name in PathBars._fields))
    costs = as_frictions(several[0][0])
    # a short mirrors a long around 100, where the bars lie: all kinds of orders meet in one pass
    orders = [
        Order(False, p.is_limit, 200 - p.entry, 200 - p.stop, (200 - p.target,), 2, 5)
        if is_short
        else as_order(p)._replace(fill_within=2, exit_within=5)
        for p, is_short in several
    ]
    extremes = extremes_of(columns, 5)
    for order, ends in zip(orders, plan_ends(columns, orders, costs, extremes), strict=True):
        alone = plan_results(columns, order, costs)
        filled = alone.fill_bar >= 0
        np.testing.assert_array_equal(ends.worst, alone.worst[filled])
        np.testing.assert_array_equal(ends.best, alone.best[filled])
