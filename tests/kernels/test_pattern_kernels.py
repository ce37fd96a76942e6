"""Chart patterns on bars drawn by hand: what each is, what is none, what becomes of it; and never with a look ahead."""

import numpy as np
import pytest
import slow_patterns
from hypothesis import given
from hypothesis import strategies as st
from made_charts import real_bars, walk
from made_patterns import CHARTS, DOUBLE_BOTTOM, MIRRORED, drawn, upside_down
from slow_patterns import SlowGround

from levelhead.kernels.compiled import compiled_kernels
from levelhead.kernels.pattern_bounds import bounded
from levelhead.kernels.pattern_flags import bull_flags
from levelhead.kernels.pattern_ground import ground_of
from levelhead.kernels.pattern_reversals import double_bottoms, inverse_heads_and_shoulders, triple_bottoms
from levelhead.kernels.pattern_shapes import runs_of
from levelhead.kernels.patterns import RANKED, SIZES_ATR, patterns
from levelhead.kernels.ranges import atr
from levelhead.kernels.reversals import zigzag_of


def found(high, low, close):
    return patterns(zigzag_of(high, low, close, atr(high, low, close, 14)))


def last_of(*bars):
    """The last pattern, which is the one that was not absorbed."""
    return found(*bars)[-1]


def kinds(*bars):
    return [pattern.shape.kind for pattern in found(*bars) if pattern.ending != "absorbed"]


@pytest.mark.parametrize("kind", CHARTS)
def test_each_pattern_drawn_by_hand_is_found_and_nothing_beside_it(kind):
    assert kinds(*drawn(CHARTS[kind])) == [kind]


@pytest.mark.parametrize("kind", CHARTS)
def test_upside_down_it_is_its_mirror_bar_for_bar(kind):
    ours, mirror = last_of(*drawn(CHARTS[kind])), last_of(*upside_down(drawn(CHARTS[kind])))
    assert mirror.shape.kind == MIRRORED[kind]
    assert [(p.row, 400 - p.height) for p in mirror.shape.points] == [(p.row, p.height) for p in ours.shape.points]
    assert (mirror.shape.side, mirror.direction) == (-ours.shape.side, -ours.direction)
    assert (mirror.shape.known, mirror.confirmed, mirror.ended) == (ours.shape.known, ours.confirmed, ours.ended)
    assert (400 - mirror.neckline, 400 - mirror.target) == pytest.approx((ours.neckline, ours.target))


@pytest.mark.parametrize("factor", [0.001, 1000.0])
@pytest.mark.parametrize("kind", CHARTS)
def test_the_unit_of_price_does_not_matter(kind, factor):
    ours, scaled = found(*drawn(CHARTS[kind])), found(*(factor * column for column in drawn(CHARTS[kind])))
    assert [(p.shape.kind, p.shape.first, p.shape.known, p.confirmed, p.ending) for p in ours] == [
        (p.shape.kind, p.shape.first, p.shape.known, p.confirmed, p.ending) for p in scaled
    ]


# Double bottom: lows of 119 in rows 85 and 115, the high of 151 in row 100, two points a bar on the way up from row 115.
def test_a_double_bottom_is_known_when_the_close_has_come_back_from_its_second_low():
    pattern = last_of(*drawn(DOUBLE_BOTTOM))
    assert [(p.row, p.height) for p in pattern.shape.points] == [(85, 119), (100, 151), (115, 119)]
    # 1.5 ATR, of nearly 3 points here: 124 is the first close that stands 4.5 above 119
    assert pattern.shape.known == 117
    assert pattern.status_at(117) == ("forming", 117)


def test_a_double_bottom_is_confirmed_by_the_first_close_above_the_high_between():
    # 120 in row 115 and two points a bar: 150 in row 130, 152 in row 131
    pattern = last_of(*drawn(DOUBLE_BOTTOM))
    assert (pattern.confirmed, pattern.neckline, pattern.direction) == (131, 151, 1)
    assert pattern.status_at(130) == ("forming", 117)
    assert pattern.status_at(131) == ("confirmed", 131)


def test_its_measured_move_is_its_height_above_the_neckline_and_is_met_by_the_first_high_that_reaches_it():
    # 151 - 119 = 32 points above 151: 183; closes of 164, 166, ... from row 137 on reach a high of 183 with 182 in row 146
    pattern = last_of(*drawn(DOUBLE_BOTTOM, *np.arange(164.0, 190.0, 2.0)))
    assert pattern.target == 183
    assert pattern.status_at(145) == ("confirmed", 131)
    assert pattern.status_at(146) == ("target met", 146)


def test_it_fails_once_confirmed_with_a_close_below_both_lows():
    # 150, 140, 130, 120, then 118 in row 141
    pattern = last_of(*drawn(DOUBLE_BOTTOM, 150, 140, 130, 120, 118))
    assert (pattern.confirmed, pattern.ended, pattern.ending) == (131, 141, "failed")
    assert last_of(*drawn(DOUBLE_BOTTOM, 150, 140, 130, 120, 119)).ending == ""


def test_it_fails_unconfirmed_with_a_close_below_both_lows():
    corners = (*DOUBLE_BOTTOM[:-1], (120, 130))
    pattern = last_of(*drawn(corners, 125, 120, 117))
    assert (pattern.confirmed, pattern.ended, pattern.ending) == (None, 123, "failed")


def test_a_pattern_that_is_not_confirmed_in_as_many_bars_as_it_is_wide_lapses():
    # 30 bars wide, known in row 117: confirmed by row 147 or not at all
    pattern = last_of(*drawn((*DOUBLE_BOTTOM[:-1], (120, 130), (147, 135), (160, 170))))
    assert (pattern.confirmed, pattern.ended, pattern.ending) == (None, 148, "lapsed")


def test_a_confirmed_pattern_that_goes_nowhere_says_no_more_after_sixty_three_bars():
    pattern = last_of(*drawn(DOUBLE_BOTTOM, *[160.0] * 70))
    assert (pattern.ended, pattern.ending) == (131 + 63 + 1, "lapsed")


def test_a_head_and_shoulders_fails_unconfirmed_above_its_right_shoulder():
    # the right low of 129 in row 145: a close of 127
    corners = (*CHARTS["inverse_head_and_shoulders"][:-1], (149, 138))
    pattern = last_of(*drawn(corners, 134, 130, 127))
    assert (pattern.shape.kind, pattern.confirmed, pattern.ended, pattern.ending) == (
        "inverse_head_and_shoulders",
        None,
        152,
        "failed",
    )


def test_the_head_measures_from_a_neckline_that_slopes():
    # highs of 151 in row 95 and 155 in row 135: 153 above the head of 109 in row 115
    corners = ((0, 220), (40, 220), (85, 130), (95, 150), (115, 110), (135, 154), (145, 132), (163, 168))
    pattern = last_of(*drawn(corners))
    assert pattern.shape.measure == pytest.approx(44)
    # the line stands at 155 + 0.1 a bar after row 135: closes of 156 in row 157, where it stands at 157.2, and of 158
    assert (pattern.confirmed, pattern.neckline) == (158, pytest.approx(157.3))
    assert pattern.target == pytest.approx(201.3)


def test_a_rectangle_breaks_either_way():
    up = last_of(*drawn(CHARTS["rectangle"]))
    assert (up.shape.side, up.direction, up.neckline, up.target) == (0, 1, 151, 171)
    down = last_of(*drawn((*CHARTS["rectangle"][:-2], (141, 110))))
    assert (down.shape.side, down.direction, down.neckline, down.target) == (0, -1, 131, 111)


def test_an_ascending_triangle_that_breaks_its_rising_line_fails():
    pattern = last_of(*drawn((*CHARTS["ascending_triangle"][:-1], (142, 120))))
    assert (pattern.shape.kind, pattern.confirmed, pattern.ending) == ("ascending_triangle", None, "failed")


def test_a_wedge_is_expected_to_go_back_to_where_it_began():
    # the line through lows of 117 in row 100 and 136 in row 126, at its first point in row 85
    pattern = last_of(*drawn(CHARTS["rising_wedge"]))
    assert (pattern.direction, pattern.target) == (-1, pytest.approx(117 - 15 * 19 / 26))


def test_a_flag_flies_at_half_mast():
    # the pole: from 99 to 131; the line through 131 in row 90 and 130 in row 97 stands at 128.86 in row 105
    pattern = last_of(*drawn(CHARTS["bull_flag"]))
    assert pattern.confirmed == 105
    assert pattern.target == pytest.approx(131 - 15 / 7 + 32)


NEAR_MISSES = {
    "lows that are not level": ((0, 200), (40, 200), (85, 120), (100, 150), (113, 127), (136, 170)),
    "lows ten bars apart": ((0, 200), (40, 200), (85, 120), (90, 150), (95, 120), (116, 162)),
    "a fall too small to be reversed": ((0, 155), (60, 155), (85, 120), (100, 150), (115, 120), (136, 162)),
    "a rise before it": ((0, 60), (40, 60), (85, 120), (100, 150), (115, 120), (136, 162)),
    "a bounce of two bars' range": ((0, 200), (40, 200), (85, 120), (100, 125), (115, 120), (136, 135)),
    "a low just after the high": ((0, 200), (40, 200), (85, 120), (111, 150), (115, 120), (136, 162)),
}


@pytest.mark.parametrize("corners", NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_what_is_nearly_a_double_bottom_has_no_name(corners):
    assert not [kind for kind in kinds(*drawn(corners)) if kind.startswith("double")]


@pytest.mark.parametrize(
    ("kind", "corners"),
    [
        # the head stands 4 points beyond the shoulders
        (
            "inverse_head_and_shoulders",
            ((0, 220), (40, 220), (85, 114), (95, 150), (115, 110), (135, 150), (145, 114), (161, 162)),
        ),
        # a left shoulder 16 points above the right one
        (
            "inverse_head_and_shoulders",
            ((0, 220), (40, 220), (85, 142), (95, 160), (115, 110), (135, 150), (145, 126), (161, 162)),
        ),
        # lines that do not meet
        (
            "ascending_triangle",
            ((0, 60), (40, 60), (85, 150), (100, 120), (115, 150), (124, 116), (133, 150), (137, 143), (146, 161)),
        ),
        # highs that rise as the lows do: a channel
        ("rising_wedge", ((0, 60), (40, 60), (85, 150), (100, 130), (115, 160), (126, 140), (137, 170), (152, 130))),
        # the third high 8 points short
        ("rectangle", ((0, 60), (40, 60), (85, 150), (94, 132), (103, 150), (112, 132), (121, 142), (126, 134), (136, 160))),
        # a rest that takes back two thirds of the pole
        ("bull_flag", ((0, 100), (80, 100), (90, 130), (94, 112), (97, 128), (101, 110), (108, 137))),
        # a pole that took thirty bars
        ("bull_flag", ((0, 100), (60, 100), (90, 130), (94, 124), (97, 129), (101, 123), (108, 137))),
    ],
)
def test_what_is_nearly_a_pattern_has_not_its_name(kind, corners):
    assert kind not in kinds(*drawn(corners))


def test_a_deep_range_of_three_level_highs_is_a_triple_top_and_no_rectangle():
    corners = ((0, 60), (40, 60), (85, 150), (100, 120), (115, 150), (130, 120), (145, 150), (151, 138), (161, 158))
    assert kinds(*drawn(corners)) == ["triple_top"]


def test_while_a_double_bottom_forms_a_wider_pattern_takes_its_place():
    double, triple = found(*drawn(CHARTS["triple_bottom"]))
    assert (double.shape.kind, double.ending, double.ended) == ("double_bottom", "absorbed", triple.shape.known)
    assert double.status_at(triple.shape.known - 1)[0] == "forming"


def state(all_found, t):
    """What is known of patterns at the close of row t."""
    return [
        (
            pattern.shape,
            pattern.status_at(t),
            pattern.direction_at(t),
            (pattern.neckline, pattern.target) if pattern.confirmed is not None and pattern.confirmed <= t else None,
        )
        for pattern in all_found
        if pattern.shape.known <= t
    ]


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(0, 599))
def test_patterns_known_by_a_day_stay_whatever_comes_after(seed, other, t):
    names = ("high", "low", "close")
    whole, future = walk(seed, 600), walk(other, 600)
    prices = [getattr(whole, name) for name in names]
    rewritten = [np.r_[p[: t + 1], getattr(future, n)[t + 1 :]] for p, n in zip(prices, names, strict=True)]
    then = state(found(*(p[: t + 1] for p in prices)), t)
    assert state(found(*prices), t) == then == state(found(*rewritten), t)


@pytest.mark.parametrize("name", ["rty_tv.csv", "iwm.csv", "zn.csv"])
def test_patterns_of_real_bars_are_those_of_the_day(shared, name):
    bars = real_bars(shared, name)
    prices = bars.high, bars.low, bars.close
    whole, met = found(*prices), 0
    for t in range(60, len(bars), 7):
        known = state(whole, t)
        assert known == state(found(*(p[: t + 1] for p in prices)), t)
        met += len(known)
    assert met > 100


@given(seed=st.integers(0, 10**6))
def test_a_pattern_goes_from_forming_to_its_end_and_never_back(seed):
    order = ("forming", "confirmed", "target met", "failed", "lapsed", "absorbed")
    bars = walk(seed, 600)
    for pattern in found(bars.high, bars.low, bars.close):
        assert pattern.shape.kind in RANKED
        told = [pattern.status_at(t)[0] for t in range(pattern.shape.known, 600)]
        steps = [order.index(a) for a, b in zip(told, [*told[1:], None], strict=True) if a != b]
        assert steps == sorted(steps)
        assert len(steps) <= 3
        assert sum(step >= 2 for step in steps) <= 1


@given(seed=st.integers(0, 10**6))
def test_no_two_patterns_that_form_or_wait_for_their_target_share_most_of_their_bars(seed):
    bars = walk(seed, 600)
    all_found = found(bars.high, bars.low, bars.close)
    for later in range(len(all_found)):
        shape = all_found[later].shape
        for before in all_found[:later]:
            shared = min(before.shape.last, shape.last) - max(before.shape.first, shape.first)
            if before.ending != "absorbed":
                assert shared <= 0.5 * (shape.last - shape.first)


FINDERS = (
    (double_bottoms, slow_patterns.double_bottom, 3),
    (triple_bottoms, slow_patterns.triple_bottom, 5),
    (inverse_heads_and_shoulders, slow_patterns.inverse_head_and_shoulders, 5),
    (bull_flags, slow_patterns.bull_flag, 4),
    (bounded, slow_patterns.bounded, 5),
)


def of_every_kind(high, low, close):
    """What each finder finds, and what its slow twin finds in every run of points, on the chart and upside down."""
    yard = atr(high, low, close, 14)
    zigzag, ground = zigzag_of(high, low, close, yard), ground_of(high, low, close, yard)
    slow_ground = SlowGround(high, low, close, yard)
    for find, slow, count in FINDERS:
        runs = runs_of([zigzag.turns(size) for size in (1.0, *SIZES_ATR)], count)
        for side, own, theirs in ((-1, ground, slow_ground), (1, ground.turned(), slow_ground.turned())):
            seen = runs.where(runs.sides == side)
            seen = seen if side < 0 else seen.turned()
            yield list(find(seen, own)), [shape for points in seen if (shape := slow(points, theirs)) is not None]


@pytest.mark.parametrize("compiled", [False, True])
@given(seed=st.integers(0, 10**6))
def test_all_candidates_at_once_give_the_shapes_that_each_gives_by_itself(compiled, seed):
    bars = walk(seed, 600)
    with compiled_kernels(compiled):
        assert all(quick == slow for quick, slow in of_every_kind(bars.high, bars.low, bars.close))


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("kind", CHARTS)
def test_so_they_do_on_charts_that_hold_each_pattern(kind, compiled):
    with compiled_kernels(compiled):
        both = list(of_every_kind(*drawn(CHARTS[kind])))
    assert all(quick == slow for quick, slow in both)
    assert any(shape.kind == kind or MIRRORED[kind] == shape.kind for quick, _ in both for shape in quick)
