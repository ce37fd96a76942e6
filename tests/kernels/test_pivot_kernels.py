from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.kernels.pivots import KINDS, Period, camarilla, classic, demark, fibonacci, traditional, woodie

# A month from 100 down to 90, up to 120, closing at 114; the next month opens at 116. Range 30.
MONTH = Period(open=100.0, high=120.0, low=90.0, close=114.0, next_open=116.0)


def test_traditional_pivots_of_february_2025():
    # E-mini Russell 2000: H 2336.2, L 2129.4, C 2165.3: P = 6630.9 / 3; S2 = P - 206.8; S3 = 2P - (2 * 2336.2 - 2129.4)
    february = traditional(Period(open=2248.0, high=2336.2, low=2129.4, close=2165.3))
    assert february["p"] == pytest.approx(2210.3)
    assert february["s2"] == pytest.approx(2003.5)
    assert february["s3"] == pytest.approx(1877.6)


def test_traditional_pivots_by_hand():
    # P = 324 / 3 = 108
    assert traditional(MONTH) == pytest.approx(
        {
            "p": 108,
            "r1": 126,  # 216 - 90
            "s1": 96,  # 216 - 120
            "r2": 138,  # 108 + 30
            "s2": 78,
            "r3": 156,  # 216 + (120 - 180)
            "s3": 66,  # 216 - (240 - 90)
            "r4": 174,  # 324 + (120 - 270)
            "s4": 54,  # 324 - (360 - 90)
            "r5": 192,  # 432 + (120 - 360)
            "s5": 42,  # 432 - (480 - 90)
        }
    )


def test_fibonacci_pivots_by_hand():
    # 0.382 * 30 = 11.46; 0.618 * 30 = 18.54
    expected = {"p": 108, "r1": 119.46, "s1": 96.54, "r2": 126.54, "s2": 89.46, "r3": 138, "s3": 78}
    assert fibonacci(MONTH) == pytest.approx(expected)


def test_camarilla_pivots_by_hand():
    # 1.1 * 30 = 33: / 12 = 2.75, / 6 = 5.5, / 4 = 8.25, / 2 = 16.5, around the close 114; R5 = 120 / 90 * 114 = 152
    assert camarilla(MONTH) == pytest.approx(
        {
            "p": 108,
            "r1": 116.75,
            "s1": 111.25,
            "r2": 119.5,
            "s2": 108.5,
            "r3": 122.25,
            "s3": 105.75,
            "r4": 130.5,
            "s4": 97.5,
            "r5": 152,
            "s5": 76,  # 114 - (152 - 114)
        }
    )


def test_camarilla_has_no_fifth_pair_where_the_low_is_not_positive():
    assert set(camarilla(MONTH._replace(low=-1.0))) == {"p", "r1", "s1", "r2", "s2", "r3", "s3", "r4", "s4"}


def test_woodie_pivots_weigh_the_open_of_the_new_month_twice():
    # P = (120 + 90 + 2 * 116) / 4 = 442 / 4 = 110.5
    assert woodie(MONTH) == pytest.approx(
        {
            "p": 110.5,
            "r1": 131,  # 221 - 90
            "s1": 101,  # 221 - 120
            "r2": 140.5,
            "s2": 80.5,
            "r3": 161,  # 120 + 2 * 20.5
            "s3": 71,  # 90 - 2 * 9.5
            "r4": 191,
            "s4": 41,
        }
    )


def test_woodie_pivots_wait_for_the_new_month_to_open():
    assert woodie(MONTH._replace(next_open=None)) == {}


@pytest.mark.parametrize(
    ("opened", "x"),
    [
        (100.0, 444),  # closed higher: 2 * 120 + 90 + 114
        (118.0, 414),  # closed lower: 120 + 2 * 90 + 114
        (114.0, 438),  # closed where it opened: 120 + 90 + 2 * 114
    ],
)
def test_demark_pivots_depend_on_how_the_month_closed(opened, x):
    assert demark(MONTH._replace(open=opened)) == pytest.approx({"p": x / 4, "r1": x / 2 - 90, "s1": x / 2 - 120})


def test_classic_pivots_by_hand():
    expected = {"p": 108, "r1": 126, "s1": 96, "r2": 138, "s2": 78, "r3": 168, "s3": 48, "r4": 198, "s4": 18}
    assert classic(MONTH) == pytest.approx(expected)


@given(
    low=st.floats(1, 1e4),
    span=st.floats(0.01, 0.5),
    at=st.floats(0, 1),
    gap=st.floats(-0.01, 0.01),
    kind=st.sampled_from(sorted(KINDS)),
)
def test_resistances_climb_and_supports_fall(low, span, at, gap, kind):
    high = low * (1 + span)
    close = low + at * (high - low)
    found = KINDS[kind](Period(open=low, high=high, low=low, close=close, next_open=min(max(close * (1 + gap), low), high)))
    numbers = range(1, sum(key.startswith("r") for key in found))
    if kind == "camarilla":
        numbers = range(1, 4)  # the fifth pair is a quotient and may lie inside the fourth
    for n in numbers:
        assert found[f"r{n}"] <= found[f"r{n + 1}"] * (1 + 1e-12)
        assert found[f"s{n}"] >= found[f"s{n + 1}"] - 1e-9 * high
