"""Numbers of cells: what is one, and what only looks like one."""

from __future__ import annotations

import pytest

from levelhead.domain.decimals import finite_number


@pytest.mark.parametrize(
    ("cell", "value"), [("2455.5", 2455.5), (" -0.1 ", -0.1), ("+7", 7.0), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0)]
)
def test_a_number_in_plain_digits_is_one(cell: str, value: float) -> None:
    assert finite_number(cell) == value


@pytest.mark.parametrize(
    "cell", ["", " ", "nan", "inf", "-Infinity", "1e999", "1_000", "1,000", "١٢", "12 %", "0x10", "five", "1 2"]
)
def test_what_is_no_finite_number_in_plain_digits_is_none(cell: str) -> None:
    assert finite_number(cell) is None
