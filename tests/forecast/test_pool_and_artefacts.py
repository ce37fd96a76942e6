"""Weights and maps are learned from the past alone, kept with their evidence, and never used before their time."""

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_prices import changing, joined, walk

from levelhead.domain.claim import Split
from levelhead.domain.errors import BadDate, BadSettings, NotYetKnown
from levelhead.forecast.analogues import FIRST, analogues
from levelhead.forecast.artefact import Artefacts, Case, fit_artefacts
from levelhead.forecast.forecast import make_forecast
from levelhead.forecast.models import volatility_history
from levelhead.forecast.pooling import MEMBERS, OUTCOMES, START, members_of, pooled_claim
from levelhead.forecast.price import price_claim
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
    return fit_artefacts(made, ends, kind="split", outcomes=OUTCOMES, members=MEMBERS, start=START, **more)


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
    got = analogues(103.0, 97.0, 10, history, 1499, 100.0, finished=1500)
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
    assert analogues(103.0, 97.0, 10, history, 150, 100.0, finished=1500) is None


@given(cut=st.integers(320, 640))
def test_no_member_of_the_pool_knows_the_future(cut):
    past = BARS.until(BARS.dates[cut - 1].astype(object))
    rewritten = joined(past, walk(changing(60, cut) * 4, cut))
    one, other = (volatility_history(bars, FEW) for bars in (past, rewritten))
    known = [analogues(past.last * 1.02, past.last * 0.98, 8, h, cut - 1, past.last, finished=len(h)) for h in (one, other)]
    assert known[0].tobytes() == known[1].tobytes()


def test_a_pooled_claim_lies_between_its_members_and_sums_to_one():
    claim = split_of(BARS)
    forecast = make_forecast(BARS, sessions=8, settings=FEW)
    priced = price_claim(claim, forecast, BARS)
    series = fitted(cases(50, 13), [dt.date(2000, 1, 1) + 4000 * DAY])
    early = Artefacts(series=tuple(moved(artefact) for artefact in series.series))
    pooled, artefact = pooled_claim(claim, priced, forecast, BARS, early)
    said = members_of(claim.upper, claim.lower, 8, np.array([priced.chances[n].probability for n in OUTCOMES]), forecast, BARS)
    got = np.array([pooled.chances[n].probability for n in OUTCOMES])
    assert got == pytest.approx(np.array(artefact.weights) @ said)
    assert math.fsum(got) == pytest.approx(1)
    assert pooled.chances["up"].base_rate == priced.chances["up"].base_rate
    assert pooled_claim(claim, priced, forecast, BARS, Artefacts()) == (priced, None)


def moved(artefact):
    return replace(artefact, first=dt.date(1999, 1, 1), last=dt.date(2000, 1, 1))


def test_an_artefact_of_other_members_is_refused():
    claim, forecast = split_of(BARS), make_forecast(BARS, sessions=8, settings=FEW)
    strange = replace(moved(fitted(cases(50, 14), [dt.date(2030, 1, 1)]).series[0]), members=("tea leaves",))
    with pytest.raises(BadSettings, match="pools tea leaves; this version pools paths, analogues, closed form"):
        pooled_claim(claim, price_claim(claim, forecast, BARS), forecast, BARS, Artefacts(series=(strange,)))
