"""A statement made in one contract, said again in the next."""

import datetime as dt

import pytest

from levelhead.claims.parse import parse_claim
from levelhead.claims.restating import restated_text
from levelhead.claims.text import claim_text
from levelhead.domain.errors import BadClaim
from levelhead.domain.instrument import Instrument
from levelhead.domain.restatement import restated, rolls_between
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


def roll(day: int, gap: float, *, error: float | None = None, estimated: bool = True, known_on: dt.date | None = None) -> Roll:
    return Roll(
        date=dt.date(2025, 9, day),
        from_contract="RTYU5",
        to_contract="RTYZ5",
        gap=gap,
        factor=1.0075,
        estimated=estimated,
        method="made",
        gap_error=error,
        known_on=known_on,
    )


def test_a_claims_text_is_said_again_in_the_next_contract():
    # 2455 + 18 = 2473; the entry, stop and target of a plan keep their 13 and 97 points
    assert restated_text("touch 2455 within 12 sessions", [ROLL], RTY) == "touch 2473 within 12 sessions"
    assert (
        restated_text("long limit 2003 stop 1990 target 2100 fill within 5 exit within 15", [ROLL], RTY)
        == "long limit 2021 stop 2008 target 2118 fill within 5 exit within 15"
    )
    assert restated_text("touch 2455 within 12 sessions", [], RTY) == "touch 2455 within 12 sessions"
    with pytest.raises(BadClaim):
        restated_text("up it goes", [ROLL], RTY)


def test_what_is_said_of_the_series_as_traded_is_said_of_whatever_is_quoted():
    said = "touch 2480 within 5 sessions in as traded and touch 2300 within 5 sessions in back-adjusted"
    again = "touch 2480 within 5 sessions in as traded and touch 2318 within 5 sessions in back-adjusted"
    assert restated_text(said, [ROLL], RTY) == again


def test_between_two_days_lie_the_rolls_after_the_first_that_are_known_on_the_second():
    late = roll(17, 18.0, error=2.0, known_on=dt.date(2025, 9, 19))
    assert rolls_between([late], dt.date(2025, 9, 12), dt.date(2025, 9, 18)).rolls == ()
    assert rolls_between([late], dt.date(2025, 9, 12), dt.date(2025, 9, 19)).rolls == (late,)
    # a price of the day of the roll stands in the new contract already
    assert rolls_between([late], dt.date(2025, 9, 17), dt.date(2025, 9, 30)).rolls == ()


def test_gaps_add_up_and_their_errors_as_those_of_independent_estimates_do():
    # 18 - 3 = 15; the root of 3 squared and 4 squared is 5
    found = rolls_between([roll(5, 18.0, error=3.0), roll(17, -3.0, error=4.0)], dt.date(2025, 9, 1), dt.date(2025, 9, 30))
    assert (found.gap, found.error) == (15.0, 5.0)
    read = rolls_between([roll(5, 18.0, estimated=False)], dt.date(2025, 9, 1), dt.date(2025, 9, 30))
    assert read.error == 0.0
    unknown = rolls_between([roll(5, 18.0, error=3.0), roll(17, 1.0)], dt.date(2025, 9, 1), dt.date(2025, 9, 30))
    assert unknown.error is None


def test_a_restatement_says_which_roll_how_much_and_how_well_it_is_known():
    found = rolls_between([roll(17, 18.0, error=1.84)], dt.date(2025, 9, 1), dt.date(2025, 9, 30))
    assert found.words(RTY) == "restated by +18.0 points, RTYU5 to RTYZ5 on 2025-09-17, estimated, standard error 1.8"
    assert rolls_between([], dt.date(2025, 9, 1), dt.date(2025, 9, 30)).words(RTY) == ""
