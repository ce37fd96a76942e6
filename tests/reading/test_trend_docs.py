"""docs/trend.md gives the numbers that the rules use."""

from pathlib import Path

import pytest

from levelhead.kernels import breakouts, consolidations
from levelhead.kernels.reversals import REVERSAL_ATR
from levelhead.reading import drawdown, perspective, pullback
from levelhead.reading.settings import Settings

DOC = " ".join((Path(__file__).resolve().parents[2] / "docs" / "trend.md").read_text().split())


@pytest.mark.parametrize(
    "words",
    [
        f"no bar within {Settings().swing_bars} on either side passes it",
        f"come back from it by {REVERSAL_ATR:g} ATR(14)",
        f"within {perspective.NEAR_ATR:g} ATR and 1/{1 / perspective.NEAR_SHARE:g} of that year's range",
        f"once there within {perspective.FAR_ATR:g} ATR and 1/{1 / perspective.FAR_SHARE:g} of it",
        f"the high of the last {perspective.QUARTER} bars at most {perspective.FRESH} bars old",
        f"less than {100 * perspective.REGAINED:g}% of the fall",
        f"the low of the fall at least {perspective.QUARTER} bars old",
        f"or one that moves more than {perspective.LARGE_ATR:g} ATR",
        f"if it lies at least {drawdown.LEAST_ATR:g} ATR below",
        f"extreme of the last {pullback.QUARTER} bars",
        f"at least {pullback.LEAST_ATR:g} ATR, no more than the leg, not yet {100 * pullback.OVER:g}% regained",
        f"its end at most {pullback.STALE} bars old",
        f"the last turn by reversal of {pullback.LEG_ATR:g} ATR",
        f"at least {pullback.IMPULSIVE_ATR:g} ATR deep and at least {pullback.FAST:g} times as fast",
        f"| shallow | up to {100 * pullback.SHALLOW:g}% of the leg |",
        f"| orderly | up to {100 * pullback.DEEP:g}% |",
        f"at most {consolidations.NARROW:g} of that",
        "the longest n of 20, 30, 45, 60, 90 and 120",
        f"comes back within {consolidations.FAILED_WITHIN} bars",
        f"more than {consolidations.STRETCHED:g} times as wide",
        f"has stood for {breakouts.STOOD[0]} to {breakouts.STOOD[1]} bars",
        f"within {breakouts.RETEST_WITHIN} bars a bar came back to within {breakouts.NEAR:g} ATR",
        f"a close stands {breakouts.AWAY:g} ATR beyond",
        f"a close back within {breakouts.FAILED_WITHIN} bars",
    ],
)
def test_the_document_gives_the_numbers_of_the_rules(words):
    assert words in DOC


def test_the_lengths_of_a_consolidation_are_those_of_the_document():
    assert sorted(consolidations.LENGTHS) == [20, 30, 45, 60, 90, 120]


def test_every_perspective_is_in_the_document():
    for word in perspective.WORDS[1:]:
        assert word in DOC
