"""The verdict: a perfect forecaster, one who says the base rate, one who knows the law; rows in any order and any pieces."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from made_verdicts import even, garch_market, normal_told, record_of_made, settled

from levelhead.domain.errors import NotYetKnown
from levelhead.evaluate import distribution as distributions
from levelhead.evaluate.chances import decomposed
from levelhead.evaluate.slices import record_slices
from levelhead.evaluate.verdict import verdict
from levelhead.kernels.closed_form import first_of, touches
from levelhead.ledger import record as records
from levelhead.wire.document import canonical

ROWS = range(700, 2900, 6)
RUN = {"symbols": ["MADE"]}


@pytest.fixture(scope="module")
def market():
    return garch_market(3000, 31, alpha=0.12, beta=0.85)


def over(variance, row, sessions):
    """The variance of the sum of the next returns: the recursion's own expectation, 0.97 of what is above the mean stays."""
    mean, now = 1e-4, variance[row + 1]
    return sum(mean + 0.97**k * (now - mean) for k in range(sessions))


def knowing(variance, bars):
    """The chances of one who knows the law: a Brownian motion of the variance that is to be expected, watched 30 times a day.

    It touches a price as one watched always touches the price 0.5826 steps further away (Broadie, M., Glasserman, P. and Kou, S.
    (1997), Mathematical Finance 7(4), 325-349).
    """

    def said(row, kind, prices):
        v = over(variance, row, 12)
        further = 0.5826 * math.sqrt(v / 12 / 30)
        up = math.log(prices[0] / bars.close[row])
        if kind == "target":
            chance = touches(up + further, v)
            return chance, 1.0 - chance
        down = math.log(bars.close[row] / prices[1])
        if kind == "scenario":
            return tuple(first_of(up + further, down + further, v))
        above, below = (math.erfc(x / math.sqrt(2.0 * v)) / 2.0 for x in (up, down))
        return above, 1.0 - above - below, below

    return said


def perfect(bars):
    def said(row, kind, prices):
        code = settled(bars, row, kind, 12, prices)
        return tuple(float(k == code) for k in range(2 if kind == "target" else 3))

    return said


@pytest.fixture(scope="module")
def rates(market):
    """How often each outcome came, over all rows: the base rate in hindsight."""
    bars, _ = market
    record = record_of_made(bars, ROWS, np.full(len(bars), 0.01), even, even)
    return {
        kind: np.bincount(record.outcomes[(record.kind == kind) & (record.outcomes >= 0)], minlength=2 if kind == "target" else 3)
        for kind in ("scenario", "target", "outlook")
    }


def made(market, said, base=even, rows=ROWS):
    bars, variance = market
    record = record_of_made(bars, rows, np.full(len(bars), 0.01), said, base)
    told = normal_told(bars, rows, lambda row, h: over(variance, row, h))
    return record, told


def judged(market, record, told, **more):
    return verdict(record, told, {"MADE": market[0]}, run=RUN, **more)


def of(document, kind):
    return next(each for each in document["kinds"] if each["kind"] == kind)


def against(part, baseline, score="log"):
    return next(row for row in part["against"] if row["baseline"] == baseline and row["score"] == score)


def test_a_perfect_forecaster_scores_nothing_and_has_a_skill_of_one(market):
    document = judged(market, *made(market, perfect(market[0])))
    for kind in ("scenario", "target", "outlook"):
        part = of(document, kind)
        assert all(score == 0.0 for score in part["scores"].values())
        for row in part["against"]:
            if row["baseline"] in ("climatology", "random_walk"):
                assert (row["skill"]["mean"], row["skill"]["low"], row["is_told"]) == (1.0, 1.0, True)
        assert [diagram["error"] for diagram in part["reliability"]] == [0.0] * len(part["reliability"])
        assert all(outcome["miscalibration"] == 0.0 for outcome in part["outcomes"])


def test_who_says_the_base_rate_has_a_skill_of_nothing(market, rates):
    def base(row, kind, prices):
        return tuple(rates[kind] / rates[kind].sum())

    document = judged(market, *made(market, base, base))
    for kind in ("scenario", "target", "outlook"):
        part = of(document, kind)
        for name in part["scores"]:
            row = against(part, "climatology", name)
            assert (row["skill"]["mean"], row["is_told"], row["needed"]) == (0.0, False, None)
        # always saying the rate p costs p (1 - p), summed over the outcomes, and tells nothing apart
        share = rates[kind] / rates[kind].sum()
        assert part["scores"]["brier"] == pytest.approx(float((share * (1 - share)).sum()), rel=1e-5)
        assert all(outcome["sharpness"] == pytest.approx(0.0, abs=1e-9) for outcome in part["outcomes"])
        assert all(outcome["discrimination"] == pytest.approx(0.0, abs=1e-9) for outcome in part["outcomes"])
    assert "not distinguishable from climatology (skill 0.0 %, more windows needed than any past holds)" in "\n".join(
        document["words"]
    )


def test_who_knows_the_law_beats_the_walk_and_the_even_chance_and_is_calibrated(market):
    document = judged(market, *made(market, knowing(market[1], market[0])))
    found = [against(of(document, kind), "random_walk")["skill"] for kind in ("scenario", "target", "outlook")]
    assert min(skill["mean"] for skill in found) > 0.0
    # prices lie at fixed distances while volatility moves: knowing it is worth a lot where prices are touched
    assert against(of(document, "scenario"), "climatology")["skill"]["mean"] > 0.1
    diagrams = [each for kind in ("scenario", "target", "outlook") for each in of(document, kind)["reliability"]]
    assert sum(each["error"] > each["bound"] for each in diagrams) <= 1
    assert [each["outcome"] for each in of(document, "target")["reliability"]] == ["true"]


def test_the_bands_of_the_law_hold_what_they_should_and_its_places_are_even(market):
    document = judged(market, *made(market, even))
    for horizon in document["closes"]:
        assert all(band["is_within"] for band in horizon["bands"]), horizon["sessions"]
        inside = sum(
            low <= share <= high for low, share, high in zip(*(horizon["pit"][k] for k in ("low", "shares", "high")), strict=True)
        )
        assert inside >= 8
        assert sum(horizon["pit"]["shares"]) == pytest.approx(1.0)
    assert against(document["closes"][0], "random_walk", "crps")["skill"]["mean"] > 0.0


def test_bands_that_are_too_narrow_are_called_so(market):
    bars, variance = market
    told = normal_told(bars, ROWS, lambda row, h: 0.5 * over(variance, row, h))
    document = judged(market, made(market, even)[0], told)
    band = document["closes"][0]["bands"][1]
    # half the variance: the reach of 1.2816 becomes 0.9062 of the truth's, which holds 63.5 %
    assert band["share"]["mean"] == pytest.approx(0.635, abs=0.05)
    assert band["is_within"] is False
    assert any("too few, it is too narrow" in sentence for sentence in document["closes"][0]["words"])


def test_the_order_of_rows_and_the_pieces_they_came_in_change_nothing(market):
    record, told = made(market, knowing(market[1], market[0]))
    whole = canonical(judged(market, record, told))
    generator = np.random.default_rng(7)
    mixed = record.where(generator.permutation(len(record))), told.where(generator.permutation(len(told)))
    assert canonical(judged(market, *mixed)) == whole
    pieces = [np.arange(len(record)) % 5 == k for k in (3, 0, 4, 1, 2)]
    record = records.joined([record.where(piece) for piece in pieces])
    told = distributions.joined([told.where(np.arange(len(told)) % 3 == k) for k in (2, 0, 1)])
    assert canonical(judged(market, record, told)) == whole


def test_undecided_and_open_rows_are_counted_and_not_scored(market):
    record, told = made(market, even)
    outcomes = record.outcomes.copy()
    scenario = np.flatnonzero(record.kind == "scenario")
    outcomes[scenario[:4]], outcomes[scenario[4:7]], outcomes[scenario[7]] = -1, -2, -3
    part = of(judged(market, replace(record, outcomes=outcomes), told), "scenario")
    assert (part["undecided"], part["open"], part["void"]) == (4, 3, 1)
    assert part["rows"] == part["decided"] + 8
    assert part["scored"] == part["decided"] == against(part, "climatology")["rows"]


def test_statements_without_a_probability_are_counted_by_outcome_and_by_result(market):
    record, told = made(market, even)
    rows = record.where(record.kind == "scenario")
    count = len(rows)
    setups = replace(
        rows,
        kind=np.full(count, "setup"),
        name=np.full(count, "setup.1"),
        said=np.full((count, 4), np.nan),
        base=np.full((count, 4), np.nan),
        count=np.full(count, 4),
        outcomes=np.arange(count) % 4,
        result_low=np.where(np.arange(count) % 4 == 0, np.nan, 0.5),
        result_high=np.where(np.arange(count) % 4 == 0, np.nan, 0.75),
    )
    part = of(judged(market, setups, told), "setup")
    assert part["scored"] == 0
    assert [outcome["name"] for outcome in part["outcomes"]] == ["unfilled", "target", "stop", "expired"]
    assert sum(outcome["happened"] for outcome in part["outcomes"]) == pytest.approx(1.0)
    assert (part["results"]["low"]["mean"], part["results"]["high"]["mean"]) == (0.5, 0.75)
    assert part["results"]["count"] == count - len(range(0, count, 4))
    assert any("+0.50 to +0.75 R after costs" in sentence and "earned more than nothing" in sentence for sentence in part["words"])


def test_a_slice_holds_its_rows_and_the_slices_hold_them_all(market):
    record, told = made(market, knowing(market[1], market[0]))
    part = of(judged(market, record, told), "scenario")
    years = [row for row in part["slices"] if row["by"] == "year" and row["baseline"] == "climatology"]
    assert sum(row["rows"] for row in years) == part["scored"]
    assert [row["value"] for row in years] == sorted(row["value"] for row in years)
    labels = record_slices(record, told)
    # 0.9 sigma of a day of 1 %, seen by one whose sigma is the day's own
    row = int(np.flatnonzero(record.kind == "scenario")[5])
    sigma = told.sigma[(told.as_of == record.as_of[row]) & (told.sessions == 1)][0]
    away = 0.9 * 0.01 / sigma
    named = {0: "under 0.5 sigma", 1: "0.5 to 1 sigma", 2: "1 to 1.5 sigma", 3: "1.5 to 2 sigma", 4: "over 2 sigma"}
    assert labels["distance"][row] == named[sum(away >= edge for edge in (0.5, 1.0, 1.5, 2.0))]
    assert set(labels["distance"][record.kind == "outlook"]) == {""}


def test_without_arch_the_garch_is_left_out_and_said_to_be(market, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "arch", None)
    document = judged(market, *made(market, even))
    assert [each["name"] for each in document["baselines"]] == ["climatology", "random_walk", "last_note"]
    assert (
        document["words"][-1] == "The baseline 'gjr_garch' needs the library arch: pip install 'levelhead[sample]'. It is left out."
    )


def test_nothing_said_is_nothing_scored(market):
    with pytest.raises(NotYetKnown, match="No note of these days had a forecast whose horizon has ended; begin later"):
        judged(market, records.joined([]), distributions.joined([]))


def test_a_brier_score_in_three_parts_by_hand():
    # said 1/4 four times, came once; said 3/4 four times, came three times: calibrated, mean 1/2
    said = np.array([0.25] * 4 + [0.75] * 4)
    happened = np.array([1.0, 0, 0, 0, 1, 1, 1, 0])
    # uncertainty 1/4; the score is 3/16; what is told apart is 1/4 - 3/16 = 1/16
    assert decomposed(said, happened) == pytest.approx({"miscalibration": 0.0, "discrimination": 1 / 16, "uncertainty": 1 / 4})
