"""What options say: distributions recovered from made quotes, and a sentence for every chain that cannot be."""

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest
from made_prices import changing, walk

from levelhead.domain.claim import CloseAt, Split, Touch
from levelhead.domain.errors import BadBars, UnreadableFile
from levelhead.doors.chain_files import read_chains
from levelhead.forecast.beside import Beside
from levelhead.forecast.forecast import make_forecast
from levelhead.forecast.known_beside import beside_data, calibration_words
from levelhead.forecast.option_chain import OPTIONS, OPTIONS_WEIGHT, Quote, chain_of, implied_chances
from levelhead.forecast.price import price_claim
from levelhead.forecast.settings import Settings
from levelhead.kernels.closed_form import first_of
from levelhead.kernels.options import black, normal

FEW = Settings(paths=400)
DAY = dt.date(2025, 11, 3)  # a Monday
NEAR, FAR = dt.date(2025, 11, 17), dt.date(2025, 12, 15)  # 10 and 30 weekdays later
FORWARD = 5000.0


def deviation_of(volatility, sessions):
    return volatility * math.sqrt(sessions / 252)


def quotes(expiry, sessions, volatility, *, forward=FORWARD, spread=0.0, strikes=range(4000, 6050, 50)):
    """Calls and puts at every strike by Black's formula; volatility: of log(strike / forward)."""
    for strike in strikes:
        away = math.log(strike / forward)
        for kind in ("call", "put"):
            middle = forward * black(away, deviation_of(volatility(away), sessions), is_call=kind == "call")
            if middle > 0.01:
                yield Quote(expiry=expiry, strike=float(strike), kind=kind, bid=middle - spread / 2, ask=middle + spread / 2)


def flat(_):
    return 0.2


CHAIN = chain_of("chain.csv", DAY, [*quotes(NEAR, 10, flat), *quotes(FAR, 30, flat)])


def test_the_forward_and_the_smile_come_back_from_the_quotes():
    def skewed(away):
        return 0.2 - 0.4 * away

    chain = chain_of("x", DAY, quotes(FAR, 30, skewed, forward=5033.0))
    (smile,) = chain.smiles
    assert (smile.expiry, smile.sessions) == (FAR, 30)
    assert smile.forward == pytest.approx(5033.0, abs=1e-6)
    for away in (-0.1, -0.03, 0.0, 0.05):
        assert smile.at(away) == pytest.approx(deviation_of(skewed(away), 30), rel=2e-3)


@pytest.mark.parametrize("sessions", [4, 10, 18, 30])
def test_a_close_beyond_is_the_normal_tail_where_the_smile_is_flat(sessions):
    deviation = deviation_of(0.2, sessions)
    for away in (-0.04, 0.0, 0.03):
        price = 4900 * math.exp(away)  # the distance from the last price counts, whatever the forward
        exact = normal(-away / deviation - 0.5 * deviation)
        above = implied_chances(CloseAt(side="above", price=price, sessions=sessions), CHAIN, DAY, 4900.0)
        below = implied_chances(CloseAt(side="below", price=price, sessions=sessions), CHAIN, DAY, 4900.0)
        assert above == pytest.approx([exact, 1 - exact], abs=2e-4)
        assert below == pytest.approx([1 - exact, exact], abs=2e-4)


def test_a_touch_is_twice_the_chance_to_end_beyond_and_a_split_that_of_a_walk():
    touch = implied_chances(Touch(price=5200.0, sessions=10), CHAIN, DAY, FORWARD)
    close = implied_chances(CloseAt(side="above", price=5200.0, sessions=10), CHAIN, DAY, FORWARD)
    assert touch[0] == pytest.approx(2 * close[0])
    split = implied_chances(Split(upper=5200.0, lower=4850.0, sessions=10), CHAIN, DAY, FORWARD)
    exact = first_of(math.log(1.04), math.log(1 / 0.97), deviation_of(0.2, 10) ** 2)
    assert split == pytest.approx([exact.up, exact.neither, exact.down], abs=1e-3)
    assert split.sum() == pytest.approx(1)


def test_a_chain_of_three_days_ago_counts_what_is_left_of_it():
    later = DAY + dt.timedelta(days=3)
    claim = CloseAt(side="above", price=5100.0, sessions=7)
    deviation = deviation_of(0.2, 7)
    exact = normal(-math.log(1.02) / deviation - 0.5 * deviation)
    assert implied_chances(claim, CHAIN, later, FORWARD)[0] == pytest.approx(exact, abs=2e-4)


def test_nothing_is_said_beyond_the_last_expiry():
    assert implied_chances(Touch(price=5200.0, sessions=30), CHAIN, DAY, FORWARD) is not None
    assert implied_chances(Touch(price=5200.0, sessions=31), CHAIN, DAY, FORWARD) is None


def test_a_volatility_stands_in_where_nobody_bids():
    told = [Quote(expiry=FAR, strike=float(k), kind="put", volatility=0.3) for k in (4600, 4800, 5000, 5200, 5400)]
    (smile,) = chain_of("x", DAY, told).smiles
    assert smile.forward == 5000.0
    assert smile.at(0.0) == pytest.approx(deviation_of(0.3, 30))


BARS = walk(changing(700, 1), 1)
ON = BARS.as_of


def chain_on(day, volatility=0.6):
    expiry = day + dt.timedelta(days=60)
    told = [Quote(expiry=expiry, strike=float(k), kind="put", volatility=volatility) for k in (80, 90, 100, 110, 120)]
    return chain_of("chain.csv", day, told)


def test_a_chain_is_a_quarter_of_the_pool():
    claim = CloseAt(side="above", price=BARS.last * 1.05, sessions=10)
    plain = price_claim(claim, make_forecast(BARS, sessions=10, settings=FEW), BARS)
    chain = chain_on(ON)
    forecast = make_forecast(BARS, sessions=10, settings=FEW, beside=Beside(chains=(chain,)))
    pooled = price_claim(claim, forecast, BARS)
    implied = implied_chances(claim, chain, ON, BARS.last)
    got = pooled.chances["true"]
    assert got.probability == pytest.approx(0.75 * plain.chances["true"].probability + 0.25 * implied[0])
    assert [(m.name, m.weight) for m in got.members] == [("paths", 1 - OPTIONS_WEIGHT), (OPTIONS, OPTIONS_WEIGHT)]
    assert "25% of every pool that they reach, a weight given beforehand" in calibration_words(forecast, BARS)
    (told,) = beside_data(forecast, BARS)
    assert (told.role, told.name, told.count, told.first, told.digest) == ("option chain", "chain.csv", 5, ON, chain.digest)
    far = CloseAt(side="above", price=BARS.last * 1.05, sessions=60)
    assert (
        price_claim(far, make_forecast(BARS, sessions=60, settings=FEW, beside=Beside(chains=(chain,))), BARS)
        .chances["true"]
        .members
        == ()
    )


@pytest.mark.parametrize("apart", [1, 40, -5])
def test_a_chain_of_a_later_or_a_long_past_day_is_not_known(apart):
    beside = Beside(chains=(chain_on(ON + dt.timedelta(days=apart)),))
    claim = Touch(price=BARS.last * 1.03, sessions=5)
    forecast = make_forecast(BARS, sessions=5, settings=FEW, beside=beside)
    assert beside.chain_on(ON) is None
    assert price_claim(claim, forecast, BARS) == price_claim(claim, make_forecast(BARS, sessions=5, settings=FEW), BARS)
    assert beside_data(forecast, BARS) == ()


def test_the_latest_chain_that_is_known_counts():
    chains = tuple(chain_on(ON + dt.timedelta(days=apart)) for apart in (-2, 0, -1, 3))
    assert Beside(chains=chains).chain_on(ON) == chains[1]


GOOD = list(quotes(FAR, 30, flat))


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"bid": 9.0, "ask": 3.0}, r"chain: the call 4000 of 2025-12-15 has bid 9\.0 and ask 3\.0; 0 <= bid <= ask"),
        ({"bid": -1.0}, "has bid -1.0 and ask"),
        ({"bid": None}, "has bid None and ask"),
        ({"strike": 0.0}, "has no strike that can be"),
        ({"strike": math.nan}, "has no strike that can be"),
        ({"expiry": dt.date(2025, 10, 31)}, "of 2025-10-31 expired before the chain's day 2025-11-03"),
        ({"bid": None, "ask": None}, "has neither bid and ask nor an implied volatility between 0 and 500%"),
        ({"bid": None, "ask": None, "volatility": 20.0}, "has neither bid and ask nor an implied volatility"),
        ({"bid": 1.0, "ask": 2.0}, "the call 4050 costs .*, more than the call 4000 at 1.5, which pays more"),
    ],
)
def test_a_quote_that_cannot_be_is_one_sentence(changes, answer):
    with pytest.raises(BadBars, match=answer):
        chain_of("chain", DAY, [replace(GOOD[0], **changes), *GOOD[1:]])


def test_a_chain_too_thin_is_one_sentence():
    with pytest.raises(BadBars, match="thin: no expiry after 2025-11-03 has 5 usable strikes and a strike with both call and put"):
        chain_of("thin", DAY, GOOD[:6])
    with pytest.raises(BadBars, match="no expiry after 2025-12-15"):
        chain_of("thin", FAR, GOOD)


def test_the_digest_is_of_the_quotes_whatever_their_order():
    assert chain_of("a", DAY, GOOD[::-1]).digest == chain_of("a", DAY, GOOD).digest
    assert chain_of("a", DAY, GOOD[1:]).digest != chain_of("a", DAY, GOOD).digest


def written(folder, rows, heading="date,expiry,strike,kind,bid,ask,iv"):
    path = folder / "chain.csv"
    path.write_text("\n".join([heading, *rows]) + "\n")
    return path


def test_a_file_of_quotes_is_read(tmp_path):
    rows = [f"{DAY},{q.expiry},{q.strike},{q.kind},{q.bid!r},{q.ask!r}," for q in GOOD]
    rows += [f"2025-11-04,{FAR},{k},P,,,20%" for k in (4800, 4900, 5000, 5100, 5200)]
    first, second = read_chains(written(tmp_path, rows))
    assert first == chain_of("chain.csv", DAY, GOOD)
    assert (second.date, second.quotes) == (dt.date(2025, 11, 4), 5)
    assert second.smiles[0].at(0.0) == pytest.approx(deviation_of(0.2, 29))


@pytest.mark.parametrize(
    ("row", "heading", "answer"),
    [
        ("2025-11-03,2025-12-15,5000,stock,1,2,", None, r"chain\.csv row 2: kind 'stock' is neither call nor put"),
        ("2025-11-03,15.12.2025,5000,call,1,2,", None, r"row 2: expiry '15\.12\.2025' is not a date"),
        ("2025-11-03,2025-12-15,high,call,1,2,", None, "row 2: strike 'high' is not a number"),
        ("2025-11-03,2025-12-15,,call,1,2,", None, "row 2: has no strike"),
        ("2025-12-15,5000,call", "expiry,strike,kind", "its heading is expiry,strike,kind; it needs date,expiry,strike,kind and"),
        ("2025-11-03,2025-12-15,5000,call", "date,expiry,strike,kind", "and bid,ask or iv"),
    ],
)
def test_a_file_that_holds_no_quotes_is_answered(tmp_path, row, heading, answer):
    with pytest.raises(UnreadableFile, match=answer):
        read_chains(written(tmp_path, [row], **({} if heading is None else {"heading": heading})))


def test_an_empty_or_absent_file_is_answered(tmp_path):
    with pytest.raises(UnreadableFile, match="holds no quote"):
        read_chains(written(tmp_path, []))
    with pytest.raises(UnreadableFile, match=r"none\.csv: cannot be read \(No such file or directory\)"):
        read_chains(tmp_path / "none.csv")


def test_variance_never_falls_between_expiries():
    chain = chain_of("x", DAY, [*quotes(NEAR, 10, lambda _: 0.4), *quotes(FAR, 30, lambda _: 0.1)])
    deviations = np.array([chain.deviation(0.0, n) for n in range(1, 31)])
    assert (np.diff(deviations) >= 0).all()
