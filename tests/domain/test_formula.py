from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.domain.formula import _said, evaluate, names_in


def test_a_formula_is_arithmetic_over_dotted_names():
    # 100 - 100 / (1 + 3 / 1) = 75
    assert evaluate("100 - 100 / (1 + rsi_14.gain / rsi_14.loss)", {"rsi_14.gain": 3.0, "rsi_14.loss": 1.0}) == 75


def test_columns_of_bars_have_means_and_extremes():
    columns = {"closes": [1.0, 2.0, 6.0], "highs": [3.0, 9.0], "lows": [2.0, 0.5]}
    assert evaluate("mean(closes)", columns) == 3
    assert evaluate("highest(highs) - lowest(lows)", columns) == 8.5
    assert evaluate("last(closes) / first(closes)", columns) == 6


def test_a_mean_of_closes_does_not_lose_digits():
    # 0.1 added ten times in floats is 0.9999999999999999
    assert evaluate("mean(closes)", {"closes": [0.1] * 10}) == 0.1


def test_prices_move_to_the_grid_inside_a_formula():
    assert evaluate("nearest(price, 0.1)", {"price": 2229.276}) == 2229.3
    assert evaluate("below(price, 0.25)", {"price": 4999.99}) == 4999.75
    assert evaluate("above(price, 1)", {"price": 10.01}) == 11


def test_names_are_found_whole_and_functions_are_not_names():
    assert names_in("below(min(level.s1.low, sma_50) - 0.35 * atr_14, 0.1)") == ("level.s1.low", "sma_50", "atr_14")


@pytest.mark.parametrize(
    "written", ["__import__('os')", "[1][0]", "lambda: 1", "a if b else c", "x < y", "'word'", "exec(a)", "mean(values=a)"]
)
def test_nothing_but_arithmetic_is_evaluated(written):
    with pytest.raises((ValueError, KeyError)):
        evaluate(written, {"a": 1.0, "b": 1.0, "c": 1.0, "x": 1.0, "y": 2.0})


def test_an_unknown_name_is_an_error():
    with pytest.raises(KeyError, match="sma_51"):
        evaluate("sma_51 + 1", {"sma_50": 1.0})


@given(a=st.floats(-1e6, 1e6), b=st.floats(-1e6, 1e6), c=st.floats(0.5, 1e3))
def test_a_formula_gives_what_python_gives(a, b, c):
    assert evaluate("(a - b) / c + abs(a) * 2 - -b", {"a": a, "b": b, "c": c}) == (a - b) / c + abs(a) * 2 + b


def test_a_part_of_a_name_may_be_a_number():
    assert evaluate("abs(setup.1.entry - setup.1.stop) / 2.5", {"setup.1.entry": 10.0, "setup.1.stop": 5.0}) == 2
    assert names_in("setup.1.entry * 0.35") == ("setup.1.entry",)


def test_formulas_of_one_shape_are_told_apart_by_their_names():
    values = {"swing_high_2020_01_02": 7.0, "level.1.low": 2.0}
    assert evaluate("swing_high_2020_01_02 - 2 * level.1.low", values) == 3
    assert evaluate("level.1.low - 2 * swing_high_2020_01_02", values) == -12
    assert evaluate("level.1.low - 2 * level.1.low", values) == -2
    with pytest.raises(KeyError, match="swing_high_2020_01_03"):
        evaluate("swing_high_2020_01_03 - 2 * level.1.low", values)


def test_an_exponent_is_no_name_and_a_name_may_be_a_functions():
    assert evaluate("1e-3 * e + 2.5E2", {"e": 4.0}) == 250.004
    assert evaluate("max(max, min)", {"max": 1.0, "min": 2.0}) == 2


def test_what_is_wrong_with_a_formula_is_said_in_its_own_names():
    with pytest.raises(ValueError, match=r"^atr_14 < 3 is not arithmetic"):
        evaluate("1 + (atr_14 < 3)", {"atr_14": 2.0})
    with pytest.raises(ValueError, match=r"^closes is a column of bars"):
        evaluate("sma_50 + closes", {"sma_50": 1.0, "closes": [1.0, 2.0]})


NUMBERS = st.one_of(st.integers(0, 9).map(str), st.floats(0, 1e3).map(repr), st.sampled_from(["a", "b", "c"]))
FORMULAS = st.recursive(
    st.one_of(NUMBERS, st.sampled_from(["mean(x)", "last(x)", "count(x)", "sum(x - y)", "highest(x * 2)", "x", "x - y"])),
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from("+-*/"), part).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        part.map(lambda p: f"-{p}"),
        st.tuples(st.sampled_from(["max", "min"]), part, part).map(lambda p: f"{p[0]}({p[1]}, {p[2]})"),
        part.map(lambda p: f"abs({p})"),
    ),
    max_leaves=8,
)


def came_of(work):
    try:
        return repr(work())
    except (ValueError, TypeError, ZeroDivisionError, OverflowError) as error:
        return type(error).__name__ if isinstance(error, ZeroDivisionError) else "not arithmetic"


@given(formula=FORMULAS, a=st.floats(-1e3, 1e3), b=st.integers(-9, 9), c=st.floats(-1e3, 1e3))
def test_arithmetic_done_at_once_is_that_done_part_by_part(formula, a, b, c):
    values = {"a": a, "b": b, "c": c, "x": [1.0, 4.0, 2.5], "y": [0.5, 3.0, 7.0]}
    by_parts = _said(formula)
    assert came_of(lambda: evaluate(formula, values)) == came_of(lambda: by_parts(values))
