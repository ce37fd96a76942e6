"""How numbers are printed: by unit, in the house's separators."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.domain.quoting import Quoting
from levelhead.render.numbers import decimals_of, exactly, long_date, number, printed, scale_words

US = {"thousands": ",", "decimal": "."}
GERMAN = {"thousands": ".", "decimal": ","}
UNITS = ("price", "points", "per cent", "ATR", "ratio", "index", "probability", "R", "dollars", "count", "sessions")


@pytest.mark.parametrize(
    ("value", "unit", "styles", "expected"),
    [
        (2229.276, "price", (), "2,229.3"),
        (-37.63, "price", (), "−37.6"),
        (1234567.0, "price", (), "1,234,567.0"),
        (2229.276, "price", ("0",), "2,229"),
        (2229.276, "price", ("2",), "2,229.28"),
        (12.34, "points", (), "+12.3"),
        (-4.1, "points", (), "−4.1"),
        (-4.1, "points", ("abs",), "4.1"),
        (12.34, "points", ("signed",), "+12.3"),
        (3.46, "per cent", (), "3.5%"),
        (-1.2, "per cent", (), "−1.2%"),
        (-1.2, "per cent", ("abs",), "1.2%"),
        (3.46, "per cent", ("signed",), "+3.5%"),
        (3.46, "per cent", ("0",), "3%"),
        (3.46, "per cent", ("plain",), "3.5"),
        (1.25, "ATR", (), "1.3 ATR"),
        (-1.25, "ATR", ("abs",), "1.3 ATR"),
        (1.25, "ATR", ("signed", "plain"), "+1.3"),
        (0.83125, "ratio", (), "0.8313"),
        (12.346, "ratio", (), "12.35"),
        (9.99996, "ratio", (), "10.00"),
        (23456.7, "ratio", (), "23,457"),
        (58.26, "index", (), "58.3"),
        (58.26, "index", ("2",), "58.26"),
        (0.45, "probability", (), "45%"),
        (0.427, "probability", (), "43%"),
        (0.427, "probability", ("1",), "42.7%"),
        (0.002, "probability", (), "0.2%"),
        (0.0002, "probability", (), "under 0.1%"),
        (0.0, "probability", (), "0%"),
        (1.0, "probability", (), "100%"),
        (0.29, "probability", (), "29%"),  # 0.29 * 100 is 28.999999999999996
        (0.45, "probability", ("plain",), "45"),
        (0.12, "R", (), "+0.12 R"),
        (-1.0, "R", (), "−1.00 R"),
        (0.012, "R", ("abs",), "0.01 R"),
        (1290.2, "dollars", (), "$1,290"),
        (6.2, "dollars", (), "$6.20"),
        (-1290.2, "dollars", (), "−$1,290"),
        (1900.0, "count", (), "1,900"),
        (12.0, "sessions", (), "12"),
        ("2025-09-08", "date", (), "8 September 2025"),
        ("2025-03-13", "date", ("day",), "Thursday 13 March"),
        ("2025-03-13", "date", ("month",), "March 2025"),
        ("2025-03-13", "date", ("full",), "Thursday 13 March 2025"),
        ("higher highs", "word", (), "higher highs"),
        ("higher highs", "word", ("Word",), "Higher highs"),
    ],
)
def test_a_value_is_printed_by_its_unit(value, unit, styles, expected):
    assert printed(value, unit, house=US, quoting=Quoting(1), styles=styles) == expected


@pytest.mark.parametrize(
    ("value", "unit", "parts", "styles", "expected"),
    [
        (117.53125, "price", 1, (), "117'17"),
        (110.515625, "price", 2, (), "110'165"),
        (-0.046875, "points", 2, (), "−0'015"),
        (0.046875, "points", 2, (), "+0'015"),
        (-0.046875, "points", 2, ("abs",), "0'015"),
        (-0.003, "points", 2, (), "0'000"),
        (110.515625, "price", 2, ("2",), "110.52"),
        (0.46, "ATR", 2, (), "0.5 ATR"),
        (1117.5, "price", 1, (), "1,117'16"),
    ],
)
def test_prices_and_points_of_a_bond_are_printed_in_thirty_seconds(value, unit, parts, styles, expected):
    assert printed(value, unit, house=US, quoting=Quoting(6, parts), styles=styles) == expected


def test_a_scale_prints_its_own_steps_in_full():
    assert [decimals_of(row) for row in ([1400, 1450], [1.5, 2.0], [0.0125, 0.015], [-0.1, 0.3])] == [0, 1, 4, 1]
    assert scale_words([1400, 1450.5], house=GERMAN) == ["1.400,0", "1.450,5"]
    assert scale_words([110, 111], house=US, quoting=Quoting(6, 2)) == ["110", "111"]
    assert scale_words([110, 110.25], house=US, quoting=Quoting(6, 2)) == ["110'00", "110'08"]
    assert scale_words([110, 110.015625], house=US, quoting=Quoting(6, 2)) == ["110'000", "110'005"]


def test_halves_round_away_from_zero_as_a_person_rounds_what_she_reads():
    # 2.675 is stored as 2.67499999...; its shortest form is what a reader sees
    assert number(2.675, 2, house=US) == "2.68"
    assert number(2.25, 1, house=US) == "2.3"
    assert number(-0.125, 2, house=US) == "−0.13"
    assert number(2.5, 0, house=US) == "3"


@pytest.mark.parametrize("unit", UNITS)
def test_what_rounds_to_zero_has_no_sign(unit):
    text = printed(-0.0000001, unit, house=US, quoting=Quoting(1), styles=("1",))
    assert "−" not in text
    assert "-" not in text
    assert "+" not in printed(0.0, unit, house=US, quoting=Quoting(1), styles=("signed",))


def test_the_house_chooses_its_separators():
    assert printed(1234567.89, "price", house=GERMAN, quoting=Quoting(1)) == "1.234.567,9"
    assert printed(1234.5, "price", house={"thousands": " ", "decimal": "."}, quoting=Quoting(1)) == "1 234.5"
    assert printed(1234.5, "price", house={"thousands": "", "decimal": "."}, quoting=Quoting(1)) == "1234.5"
    assert printed(3.46, "per cent", house=GERMAN) == "3,5%"
    assert printed(1290.0, "dollars", house=GERMAN) == "$1.290"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("unit", UNITS)
def test_a_number_that_is_not_finite_is_never_printed(value, unit):
    with pytest.raises(ValueError, match="not finite"):
        printed(value, unit, house=US)


@pytest.mark.parametrize(
    ("value", "unit", "style"), [(1.0, "price", "day"), ("2025-01-01", "date", "abs"), ("up", "word", "month")]
)
def test_a_style_of_another_kind_of_value_is_refused(value, unit, style):
    with pytest.raises(ValueError, match=f"style '{style}' is none for a value in '{unit}'"):
        printed(value, unit, house=US, styles=(style,))


def test_exact_values_keep_every_digit_that_matters():
    assert exactly(2229.276, house=US) == "2,229.276"
    assert exactly(2300.0, house=US) == "2,300"
    assert exactly(0.1 + 0.2, house=US) == "0.3"
    assert exactly(1 / 3, house=US) == "0.3333333333"
    assert exactly(-0.0048, house=GERMAN) == "−0,0048"
    assert exactly(0.0, house=US) == "0"
    assert exactly(1e12, house=US) == "1,000,000,000,000"
    assert long_date(dt.date(2025, 9, 8)) == "8 September 2025"


@given(
    value=st.floats(-1e9, 1e9, allow_nan=False),
    unit=st.sampled_from(UNITS),
    styles=st.sets(st.sampled_from(["abs", "signed", "plain"])),
)
def test_a_printed_number_reads_back_to_within_its_last_digit(value, unit, styles):
    text = printed(value, unit, house=US, quoting=Quoting(1), styles=styles)
    if text.startswith("under"):
        assert 0 < value * 100 < 0.05
        return
    digits = text.translate(str.maketrans({"−": "-", ",": "", "$": "", "%": "", "+": ""})).split()[0]
    shown = float(digits)
    stored = abs(value) if "abs" in styles else value
    stored = stored * 100 if unit == "probability" else stored
    places = len(digits.partition(".")[2])
    assert abs(shown - stored) <= 0.5 * 10**-places * (1 + 1e-9) + 1e-9 * abs(stored)
    assert "e" not in digits
