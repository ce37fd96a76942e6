"""Weights and maps are learned from the past alone, kept with their evidence, and never used before their time."""

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_prices import changing, joined, walk

from levelhead.claims.form import resolve
from levelhead.claims.parse import parse_form
from levelhead.domain.claim import CloseAt, Split, Touch
from levelhead.domain.errors import BadDate, BadSettings, NotYetKnown
from levelhead.forecast.analogues import FIRST, analogues
from levelhead.forecast.artefact import Artefact, Artefacts, Case, fit_artefacts
from levelhead.forecast.beside import Beside
from levelhead.forecast.forecast import make_forecast
from levelhead.forecast.models import volatility_history
from levelhead.forecast.pooling import MEMBERS, START, members_of, outcomes_of_kind, pool_for
from levelhead.forecast.price import market_of, price_claim
from levelhead.forecast.settings import Settings

FEW = Settings(paths=400)
DAY = dt.timedelta(days=1)
NEW_YEAR = dt.date(2010, 1, 1)


def cases(count, seed, *, families=(), right=1):
    """Three members of which number `right` knows the truth and the others say a third each."""
    generator = np.random.default_rng(seed)
    made = []
    for i in range(count):
        truth = generator.dirichlet([0.3, 0.3, 0.3])
        said = np.full((3, 3), 1 / 3)
        said[right] = truth
        happened = int(generator.choice(3, p=truth))
        made.append(
            Case(as_of=NEW_YEAR + i * DAY, settled=NEW_YEAR + (i + 10) * DAY, families=families, said=said, happened=happened)
        )
    return made


def fitted(made, ends, **more):
    return fit_artefacts(made, ends, kind="split", outcomes=outcomes_of_kind("split"), members=MEMBERS, start=START, **more)


def test_the_member_that_knows_gets_the_weight():
    (artefact,) = fitted(cases(4000, 1), [dt.date(2030, 1, 1)]).series
    assert artefact.weights[1] > 0.75
    assert math.fsum(artefact.weights) == pytest.approx(1)


def test_a_day_uses_the_last_artefact_that_ended_before_it():
    ends = [dt.date(2011, 1, 1), dt.date(2012, 1, 1), dt.date(2013, 1, 1)]
    series = fitted(cases(1500, 2), ends)
    assert [artefact.last for artefact in series.series] == ends
    assert series.at(dt.date(2012, 1, 2)).last == dt.date(2012, 1, 1)
    assert series.at(dt.date(2012, 1, 1)).last == dt.date(2011, 1, 1)
    assert series.at(dt.date(2011, 1, 1)) is None


def test_a_later_artefact_cannot_be_handed_in():
    artefact = fitted(cases(200, 3), [dt.date(2030, 1, 1)]).series[0]
    said = np.full((3, 3), 1 / 3)
    with pytest.raises(BadDate, match=f"fitted on what was known by {artefact.last}; a forecast of {artefact.last} needs one"):
        artefact.chances(said, artefact.last)
    assert artefact.chances(said, artefact.last + DAY) == pytest.approx([1 / 3] * 3)


def test_what_is_settled_later_changes_no_earlier_artefact():
    made, end = cases(1000, 4), dt.date(2011, 6, 1)
    rewritten = [case if case.settled <= end else Case(**{**fields(case), "happened": 0}) for case in made]
    assert fitted(made, [end]) == fitted(rewritten, [end])
    assert fitted(made, [end]).series[0].digest == fitted(rewritten, [end]).series[0].digest
    assert fitted(made, [dt.date(2030, 1, 1)]).series[0].digest != fitted(rewritten, [dt.date(2030, 1, 1)]).series[0].digest


def fields(case):
    return {name: getattr(case, name) for name in ("as_of", "settled", "families", "said", "happened")}


def test_an_instrument_without_history_borrows_from_its_class():
    made = [*cases(3000, 5, families=("OLD", "index")), *cases(3000, 6, families=("WHEAT", "farm"), right=2)]
    made += cases(8, 7, families=("NEW", "index"), right=2)
    series, later = fitted(made, [dt.date(2030, 1, 1)]), dt.date(2031, 1, 1)
    index, new = series.at(later, ("index",)), series.at(later, ("NEW", "index"))
    assert (index.family, new.family) == ("index", "NEW")
    assert new.weights == pytest.approx(index.weights, abs=0.03)
    assert series.at(later, ("UNSEEN", "index")) == index
    assert series.at(later, ("UNSEEN", "metal")).family == "all"
    assert series.at(later, ("farm",)).weights[2] > 0.6


@pytest.mark.parametrize("mapped", ["none", "beta", "isotonic"])
def test_a_series_reads_back_as_it_was_written(mapped):
    series = fitted(cases(300, 8, families=("A", "index")), [dt.date(2010, 6, 1), dt.date(2010, 9, 1)], mapped=mapped)
    again = Artefacts.from_json(series.to_json())
    assert again == series
    assert again.to_json() == series.to_json()


@pytest.mark.parametrize(
    ("text", "answer"),
    [("{", "is no series of artefacts"), ('{"schema": "9"}', "schema '9', this version reads '1'"), ("[]", "is no series")],
)
def test_a_file_that_is_no_series_is_refused(text, answer):
    with pytest.raises(BadSettings, match=answer):
        Artefacts.from_json(text, where="x.json")


def test_nothing_is_fitted_to_nothing():
    with pytest.raises(NotYetKnown, match="No forecast was settled by 2010-01-05"):
        fitted(cases(10, 9), [dt.date(2010, 1, 5)])


@pytest.mark.parametrize("mapped", ["beta", "isotonic"])
def test_a_forecaster_who_says_too_much_is_brought_back(mapped):
    # the truth is as the square roots of what is said: 0.8 : 0.1 : 0.1 happens as often as 0.586 : 0.207 : 0.207, and 0.8 beside
    # any other pair, which a map of one outcome averages over, up to 0.67
    generator, made = np.random.default_rng(10), []
    for i in range(6000):
        said = generator.dirichlet([2, 2, 2])
        truth = np.sqrt(said) / np.sqrt(said).sum()
        happened = int(generator.choice(3, p=truth))
        days = {"as_of": NEW_YEAR, "settled": NEW_YEAR + i * DAY}
        made.append(Case(families=(), said=np.tile(said, (3, 1)), happened=happened, **days))
    artefact = fitted(made, [dt.date(2030, 1, 1)], mapped=mapped).series[0]
    mapped_to = artefact.chances(np.tile([0.8, 0.1, 0.1], (3, 1)), dt.date(2031, 1, 1))
    assert 0.55 < mapped_to[0] < 0.69
    assert mapped_to[1] == pytest.approx(mapped_to[2], abs=0.05)


BARS = walk(changing(700, 11), 11)


def split_of(bars, up=0.02, down=0.025, sessions=8):
    return Split(upper=bars.last * math.exp(up), lower=bars.last * math.exp(-down), sessions=sessions)


def test_analogues_of_a_steady_market_are_its_base_rates():
    bars = walk(np.full(1500, 0.01), 12)
    history = volatility_history(bars, FEW)
    got = analogues(Split(upper=103.0, lower=97.0, sessions=10), history, 1499, 100.0, finished=1500)
    # every past day: the same prices in log distance, counted one by one
    logs = {k: np.log(getattr(bars, k)) for k in ("open", "high", "low", "close")}
    counts = np.zeros(3)
    for start in range(FIRST, 1490):
        upper, lower = logs["close"][start] + math.log(1.03), logs["close"][start] + math.log(0.97)
        ends = [
            (0 if logs["high"][t] >= upper else 2)
            for t in range(start + 1, start + 11)
            if logs["high"][t] >= upper or logs["low"][t] <= lower
        ]
        counts[ends[0] if ends else 1] += 1
    assert got == pytest.approx(counts / counts.sum(), abs=0.08)
    assert analogues(Split(upper=103.0, lower=97.0, sessions=10), history, 150, 100.0, finished=1500) is None


def test_analogues_of_a_touch_and_of_a_close_are_their_own_frequencies():
    bars = walk(np.full(1500, 0.01), 12)
    history = volatility_history(bars, FEW)
    logs = {k: np.log(getattr(bars, k)) for k in ("high", "close")}
    starts = np.arange(FIRST, 1490)
    away = math.log(1.02)
    reached = np.mean([logs["high"][s + 1 : s + 11].max() >= logs["close"][s] + away for s in starts])
    ended = np.mean([logs["close"][s + 10] > logs["close"][s] + away for s in starts])
    touch = analogues(Touch(price=102.0, sessions=10), history, 1499, 100.0, finished=1500)
    close = analogues(CloseAt(side="above", price=102.0, sessions=10), history, 1499, 100.0, finished=1500)
    assert touch[0] == pytest.approx(reached, abs=0.07)
    assert close[0] == pytest.approx(ended, abs=0.07)
    assert touch.sum() == close.sum() == pytest.approx(1)


@given(cut=st.integers(320, 640))
def test_no_member_of_the_pool_knows_the_future(cut):
    past = BARS.until(BARS.dates[cut - 1].astype(object))
    rewritten = joined(past, walk(changing(60, cut) * 4, cut))
    one, other = (volatility_history(bars, FEW) for bars in (past, rewritten))
    known = [analogues(split_of(past), h, cut - 1, past.last, finished=len(h)) for h in (one, other)]
    assert known[0].tobytes() == known[1].tobytes()


def early(*artefacts):
    return Beside(artefacts=Artefacts(series=tuple(moved(artefact) for artefact in artefacts)))


def moved(artefact):
    return replace(artefact, first=dt.date(1999, 1, 1), last=dt.date(2000, 1, 1))


def by_weights(kind, weights, *, mapped="none", maps=None):
    return Artefact(
        kind=kind,
        family="all",
        outcomes=outcomes_of_kind(kind),
        members=MEMBERS,
        weights=weights,
        mapped=mapped,
        maps=maps or {},
        first=NEW_YEAR,
        last=NEW_YEAR,
        count=1,
        digest="sha256:0",
    )


POOLED = {
    "split": split_of(BARS),
    "touch": Touch(price=BARS.last * 1.02, sessions=8),
    "close": CloseAt(side="below", price=BARS.last * 1.01, sessions=8),
}


@pytest.mark.parametrize("kind", POOLED)
def test_a_pooled_claim_is_the_weighted_sum_of_its_members(kind):
    claim, weights = POOLED[kind], (0.5, 0.3, 0.2)
    plain = make_forecast(BARS, sessions=8, settings=FEW)
    counted = price_claim(claim, plain, BARS)
    forecast = make_forecast(BARS, sessions=8, settings=FEW, beside=early(by_weights(kind, weights)))
    pooled = price_claim(claim, forecast, BARS)
    names = outcomes_of_kind(kind)
    paths = np.array([counted.chances[name].probability for name in names])
    said = members_of(claim, paths, plain, BARS)
    assert [pooled.chances[name].probability for name in names] == pytest.approx(list(np.array(weights) @ said))
    assert math.fsum(pooled.chances[name].probability for name in names) == pytest.approx(1)
    for at, name in enumerate(names):
        chance = pooled.chances[name]
        assert [member.name for member in chance.members] == list(MEMBERS)
        assert [member.weight for member in chance.members] == list(weights)
        assert [member.probability for member in chance.members] == pytest.approx(list(said[:, at]))
        assert chance.error == pytest.approx(0.5 * counted.chances[name].error)
        assert chance.base_rate == counted.chances[name].base_rate
    assert pool_for(claim, forecast, BARS).artefact.weights == weights
    assert pool_for(claim, plain, BARS) == (None, None)


def test_the_closed_form_of_each_kind_is_that_of_the_forecasts_variance():
    forecast = make_forecast(BARS, sessions=8, settings=FEW)
    deviation = math.sqrt(np.sum(forecast.term**2))
    nobody = np.array([0.5, 0.5])
    # normal tails: P(X > 1) = 0.158655, and a touch is twice as likely as an end beyond
    up = BARS.last * math.exp(deviation)
    assert members_of(Touch(price=up, sessions=8), nobody, forecast, BARS)[2][0] == pytest.approx(2 * 0.158655, abs=1e-6)
    assert members_of(CloseAt(side="above", price=up, sessions=8), nobody, forecast, BARS)[2][0] == pytest.approx(
        0.158655, abs=1e-6
    )
    down = BARS.last * math.exp(-deviation)
    assert members_of(CloseAt(side="above", price=down, sessions=8), nobody, forecast, BARS)[2][0] == pytest.approx(
        1 - 0.158655, abs=1e-6
    )


def test_other_claims_and_other_kinds_are_the_share_of_paths():
    beside = early(by_weights("touch", (0.0, 0.0, 1.0)))
    plain, forecast = (make_forecast(BARS, sessions=8, settings=FEW, beside=b) for b in (Beside(), beside))
    moving = resolve(parse_form("first of 200 | sma_50 within 8 sessions"), market_of(BARS, plain))
    for claim in (POOLED["split"], POOLED["close"], moving):
        assert price_claim(claim, forecast, BARS) == price_claim(claim, plain, BARS)
    assert price_claim(POOLED["touch"], forecast, BARS) != price_claim(POOLED["touch"], plain, BARS)


def test_a_map_of_calibration_is_applied_to_the_pool():
    maps = {"true": ((1.0, 1.0, math.log(2)),), "false": ((1.0, 1.0, -math.log(2)),)}  # odds doubled
    claim = POOLED["touch"]
    plain = make_forecast(BARS, sessions=8, settings=FEW)
    forecast = make_forecast(
        BARS, sessions=8, settings=FEW, beside=early(by_weights("touch", (1.0, 0.0, 0.0), mapped="beta", maps=maps))
    )
    before, after = (price_claim(claim, f, BARS).chances["true"].probability for f in (plain, forecast))
    assert after / (1 - after) == pytest.approx(2 * before / (1 - before))


def test_an_artefact_of_other_members_is_refused():
    strange = replace(by_weights("split", (1.0, 0.0, 0.0)), members=("tea leaves",))
    forecast = make_forecast(BARS, sessions=8, settings=FEW, beside=early(strange))
    with pytest.raises(BadSettings, match=r"pools tea leaves; this version pools paths, analogues, closed form\. Fit it again"):
        price_claim(split_of(BARS), forecast, BARS)


def test_weights_are_round_and_the_hash_is_of_all_that_is_said():
    one, other = (fitted(cases(300, seed), [dt.date(2030, 1, 1)]).series[0] for seed in (15, 16))
    assert all(weight == round(weight, 3) for weight in one.weights)
    assert math.fsum(one.weights) == pytest.approx(1, abs=1e-12)
    assert one.hash() != other.hash()
    assert one.hash() == replace(one).hash()
    assert one.hash() != replace(one, weights=(1.0, 0.0, 0.0)).hash()
