"""The page on chart patterns says the numbers that the kernels hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from levelhead.kernels import pattern_bounds as bounds
from levelhead.kernels import pattern_flags as flags
from levelhead.kernels import pattern_lives as lives
from levelhead.kernels import pattern_reversals as reversals
from levelhead.kernels import patterns

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "patterns.md").read_text(encoding="utf-8")


def passage(begins):
    """The row of the table, or the paragraph, that begins so; its numbers."""
    text = re.sub(r"\s+", " ", next(part for part in re.split(r"\n\n|\n\|", PAGE) if part.lstrip("| ").startswith(begins)))
    return {float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}


@pytest.mark.parametrize(
    ("begins", "numbers"),
    [
        ("Lengths are measured", {*patterns.SIZES_ATR, patterns.FLAG_SIZE_ATR}),
        (
            "double top",
            {
                *(reversals.LEVEL_SHARE, reversals.LEVEL_ATR, reversals.EVEN_SHARE),
                *(*reversals.HEIGHTS_ATR, *reversals.DOUBLE_BARS),
            },
        ),
        ("triple top", {*reversals.TRIPLE_BARS, reversals.TROUGHS_SHARE}),
        (
            "head and shoulders",
            {reversals.HEAD_SHARE, reversals.HEAD_ATR, reversals.SHOULDER_SHARE, *reversals.HEAD_BARS},
        ),
        ("ascending", {bounds.FLAT_SHARE, bounds.SLOPED_SHARE, *bounds.BASES_ATR, *bounds.BARS, *bounds.STEPS_SHARE}),
        ("symmetrical", {bounds.FLAT_SHARE, *bounds.NARROWS_SHARE}),
        ("rising", {bounds.SLOPED_SHARE, bounds.WEDGE_SHARE}),
        ("rectangle", {bounds.LEVEL_SHARE, *bounds.RECTANGLES_ATR}),
        ("flag", {flags.POLE_BARS, flags.POLE_ATR, *flags.REST_BARS}),
        ("**Before it.**", {reversals.BACK, reversals.FALL_SHARE, bounds.MOVE_SHARE}),
        ("**Confirmed**", {bounds.APEX_SHARE, flags.WAIT}),
        ("**Failed**", {lives.LIVES}),
        ("**One pattern", {patterns.GROWS}),
    ],
)
def test_every_number_of_a_definition_is_on_the_page(begins, numbers):
    assert {float(number) for number in numbers} <= passage(begins)
