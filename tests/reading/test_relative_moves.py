"""Beta, correlation, who goes first, and extremes of the ratio."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from made_charts import chart, walk

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.reading.read import read
from levelhead.reading.recompute import recompute
from levelhead.reading.relative_moves import relative_move_facts

ES = Instrument.unknown("ES")


def from_changes(changes, instrument=None) -> Bars:
    closes = 1000 * np.cumprod(1 + np.asarray(changes) / 100)
    bars = chart(closes * 1.001, closes * 0.999, closes, closes)
    return bars if instrument is None else replace(bars, instrument=instrument)


def of(own, peer) -> dict:
    return relative_move_facts(from_changes(own), {"ES": from_changes(peer, ES)})[0]


RNG = np.random.default_rng(3)
MARKET = RNG.normal(0, 1, 200)
ALONE = RNG.normal(0, 1, 200)


def test_what_moves_one_and_a_half_times_its_peer_has_that_beta():
    facts = of(1.5 * MARKET, MARKET)
    assert facts["relative.ES.beta"].value == pytest.approx(1.5)
    assert facts["relative.ES.correlation"].value == pytest.approx(1.0)
    assert facts["relative.ES.days"].value == 120
    assert facts["relative.ES.lead"].value == "neither"


def test_beta_lies_in_its_interval_and_the_correlation_is_numpys():
    own = 0.8 * MARKET + ALONE
    facts = of(own, MARKET)
    low, beta, high = (facts[f"relative.ES.beta{end}"].value for end in (".low", "", ".high"))
    assert low < beta < high
    assert low < 0.8 < high
    assert facts["relative.ES.correlation"].value == pytest.approx(np.corrcoef(own[-120:], MARKET[-120:])[0, 1])


@pytest.mark.parametrize(("own", "peer", "who"), [(MARKET, np.roll(MARKET, 1), "first"), (np.roll(MARKET, 1), MARKET, "second")])
def test_the_one_that_the_other_follows_goes_first(own, peer, who):
    assert of(own, peer)["relative.ES.lead"].value == who


def test_of_two_walks_that_know_nothing_of_each_other_few_are_said_to_lead():
    rng = np.random.default_rng(9)
    said = [of(rng.normal(0, 1, 121), rng.normal(0, 1, 121))["relative.ES.lead"].value for _ in range(300)]
    assert sum(word != "neither" for word in said) <= 10  # one per cent is expected of 300: 3


@pytest.mark.parametrize(
    ("count", "last", "words"),
    [(300, 5.0, "highest in a year"), (300, -5.0, "lowest in a year"), (100, 5.0, "highest in sixty sessions"), (300, 0.0, "none")],
)
def test_the_ratio_is_told_at_an_extreme_of_the_longest_span(count, last, words):
    steps = np.where(np.arange(count) % 2, 0.5, -0.5)
    own = np.r_[steps, last]
    assert of(own, np.zeros(count + 1))["relative.ES.extreme"].value == words


def test_too_short_a_common_past_is_named():
    facts, missing = relative_move_facts(from_changes(MARKET[:60]), {"ES": from_changes(ALONE[:60], ES)})
    assert "relative.ES.beta" not in facts
    assert missing == ("The beta of RTY to ES needs 61 bars; there are 60.",)


def test_every_number_recomputes_and_knows_no_later_bar():
    bars, peer = walk(1, 400), replace(walk(2, 400), instrument=ES)
    facts = read(bars, peers={"ES": peer}).facts
    names = [n for n in facts if n.startswith("relative.ES.") and not isinstance(facts[n].value, str)]
    assert len(names) >= 9
    for name in names:
        assert recompute(name, facts, bars, {"ES": peer}) == pytest.approx(facts[name].value, rel=1e-9)
    seen = bars.until(bars.dates[299].item())
    longer = read(seen, peers={"ES": peer}).facts
    shorter = read(seen, peers={"ES": peer.until(seen.as_of)}).facts
    assert {n: longer[n] for n in longer} == {n: shorter[n] for n in shorter}
