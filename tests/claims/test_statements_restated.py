"""A statement made in one contract, said again in the next."""

import datetime as dt

import pytest

from levelhead.claims.parse import parse_claim
from levelhead.claims.text import claim_text
from levelhead.domain.instrument import Instrument
from levelhead.domain.restatement import restated
from levelhead.domain.roll import Roll

RTY = Instrument(symbol="RTY", name="RTY", short_name="RTY", kind="future", tick=0.1, decimals=1)
ROLL = Roll(
    date=dt.date(2025, 9, 17), from_contract="U5", to_contract="Z5", gap=18.0, factor=1.0075, estimated=False, method="by hand"
)


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ("touch 2480 before touch 2300 within 12 sessions", "touch 2498 before touch 2318 within 12 sessions"),
        (
            "not (stay in 2300..2470 within 5 sessions and 2 closes above sma_50 within 5 sessions)",
            "not (stay in 2318..2488 within 5 sessions and 2 closes above sma_50 within 5 sessions)",
        ),
        (
            "touch 2480 within 5 sessions or rsi_14 above 50 at 5 sessions given close above 2400 at 3 sessions",
            "touch 2498 within 5 sessions or rsi_14 above 50 at 5 sessions given close above 2418 at 3 sessions",
        ),
        ("first of 2480 | sma_50 within 5 sessions", "first of 2498 | sma_50 within 5 sessions"),
    ],
)
def test_prices_move_by_the_gap_and_measures_stay(said, again):
    assert claim_text(restated(parse_claim(said), [ROLL], RTY)) == again
