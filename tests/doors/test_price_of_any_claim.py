"""levelhead price takes the whole language, and freezes what is relative at the last bar."""

import datetime as dt
import json

import pytest
from made_market import run

from levelhead.doors.standing import standing_market
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument


@pytest.fixture
def bars(market):
    return read_bars(market / "rty.csv", find_instrument("RTY"))


def priced(market, claim):
    result = run("price", "RTY", claim, "--bars", market / "rty.csv", "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_named_levels_and_highs_since_a_date_are_those_of_the_bars(bars):
    market = standing_market(bars)
    assert market.level("prior_month.high") == pytest.approx(
        float(bars.high[(bars.dates.astype("datetime64[M]") == bars.dates[-1].astype("datetime64[M]") - 1)].max())
    )
    assert market.level("rsi_14") is None
    since = bars.dates[-20].item()
    assert market.extreme("high", since) == float(bars.high[-20:].max())
    assert market.extreme("low", since) == float(bars.low[-20:].min())
    assert market.extreme("high", bars.first - dt.timedelta(days=1)) is None


def test_a_date_counts_sessions_by_the_table(bars):
    # the last bar is of Friday 2025-03-14
    market = standing_market(bars)
    assert market.sessions_by(dt.date(2025, 3, 17)) == 1
    assert market.sessions_by(dt.date(2025, 3, 21)) == 5
    assert market.sessions_by(dt.date(2025, 3, 14)) == 0
    assert market.sessions_by(dt.date(2025, 4, 18)) == 24  # Good Friday is not traded


@pytest.mark.parametrize(
    "claim",
    [
        "touch +1 ATR then close below sma_50 within 10 sessions",
        "first of +2 ATR | -1 sigma within 12 sessions",
        "rsi_14 crosses above 50 within 10 sessions and not trade through -3% within 10 sessions",
        "touch prior_month.high before touch prior_month.low by 2025-04-11",
    ],
)
def test_any_claim_has_a_price(market, claim):
    chances = priced(market, claim)["chances"]
    assert sum(chance["probability"] for chance in chances.values()) == pytest.approx(1)
    assert sum(chance["base_rate"] for chance in chances.values()) == pytest.approx(1)


def test_a_condition_is_told_apart(market):
    claim = "touch -2 ATR within 12 sessions given close below -1 ATR within 12 sessions"
    chances = priced(market, claim)["chances"]
    assert set(chances) == {"true", "false", "void"}
    share = chances["true"]["probability"] / (chances["true"]["probability"] + chances["false"]["probability"])
    shown = run("price", "RTY", claim, "--bars", market / "rty.csv").stdout
    assert f"true where the condition comes true: {share:.1%}" in shown


def test_a_refusal_is_one_sentence(market):
    result = run("price", "RTY", "touch pivot.none within 5 sessions", "--bars", market / "rty.csv")
    assert result.exit_code == 2
    assert "the level at character 7 is called 'pivot.none', and no price of that name is known here" in result.stderr
