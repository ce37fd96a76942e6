"""Relative strength: on common dates only, never past the note's day, and its words by a stated rule."""

import numpy as np
import pytest
from reading_bars import date, made, stretch, walk, without

from levelhead.reading.read import read
from levelhead.reading.relative import standing

BOUNDS = {20: 1.0, 60: 2.0}


def of(facts, name):
    return facts[f"relative.P.{name}"]


def test_the_ratio_is_one_close_by_the_other():
    facts = read(made([100.0, 110.0]), peers={"P": made([50.0, 44.0])}).facts
    assert of(facts, "ratio").value == 2.5
    assert of(facts, "ratio").windows[1].peer == "P"


def test_the_average_of_the_ratio_is_the_mean_of_fifty_ratios():
    closes = np.arange(101.0, 161.0)
    facts = read(made(closes), peers={"P": made(np.full(60, 2.0))}).facts
    assert of(facts, "ratio_sma_50").value == pytest.approx(np.mean(closes[-50:]) / 2)
    assert of(facts, "side").value == "above"
    assert of(facts, "slope").value == "up"  # 10 steps of half a point, mean absolute change half a point: 10


def test_the_slope_of_a_ratio_that_does_not_move_is_flat():
    same = walk(100)
    facts = read(same, peers={"P": same}).facts
    assert (of(facts, "slope").value, of(facts, "side").value, of(facts, "standing").value) == ("flat", "at", "keeps pace")
    assert of(facts, "return_60").value == 0.0


def test_returns_are_compared_over_twenty_and_sixty_common_bars():
    ours, theirs = np.full(61, 100.0), np.full(61, 50.0)
    ours[-1], theirs[-1] = 110.0, 52.0
    facts = read(made(ours), peers={"P": made(theirs)}).facts
    assert of(facts, "return_20").value == pytest.approx(6.0)  # 10 % - 4 %
    assert of(facts, "return_60").value == pytest.approx(6.0)
    # sigma: one gap of 6 points among 60 = 6 / sqrt(60) = 0.775; bounds 0.25 * 0.775 * sqrt(20) = 0.866 and, over 60, 1.5
    assert of(facts, "standing").inputs["bound_20"] == pytest.approx(0.8660, abs=1e-4)
    assert of(facts, "standing").inputs["bound_60"] == pytest.approx(1.5)
    assert of(facts, "standing").value == "leads"


@pytest.mark.parametrize(
    ("twenty", "sixty", "word"),
    [
        (1.1, 2.1, "leads"),
        (-1.1, -2.1, "lags"),
        (0.9, -1.9, "keeps pace"),
        (1.0, 2.0, "keeps pace"),
        (1.1, 1.9, "leads"),
        (1.1, -2.1, "mixed"),
        (-0.5, 2.1, "mixed"),
    ],
)
def test_who_leads_is_ahead_over_both_spans_and_passes_a_bound(twenty, sixty, word):
    assert standing({20: twenty, 60: sixty}, BOUNDS) == word


def test_a_peer_without_the_last_day_is_read_at_the_last_common_one_and_the_note_says_so():
    bars, peer = walk(80), walk(80, seed=4)
    day = str(bars.dates[-2])
    reading = read(bars, peers={"P": stretch(peer, slice(0, 79))})
    ratio = of(reading.facts, "ratio")
    assert ratio.value == bars.close[-2] / peer.close[-2]
    assert str(ratio.date) == day
    assert f"on {day}, the last date that both have" in ratio.meaning
    assert (
        f"P has no bar on {bars.as_of}; relative strength against it stands as of {day}, the last date that both have."
        in reading.not_yet_known
    )


def test_days_that_one_of_the_two_lacks_are_left_out():
    bars, peer = walk(80), walk(80, seed=4)
    gone = bars.dates[[60, 61, 70]]
    facts = read(bars, peers={"P": without(peer, *gone)}).facts
    kept = ~np.isin(bars.dates, gone)
    assert of(facts, "ratio_sma_50").value == pytest.approx((bars.close / peer.close)[kept][-50:].mean())


def test_what_a_peer_did_after_the_note_is_not_looked_at():
    bars, peer = walk(120), walk(200, seed=4)
    cut = peer.until(bars.as_of)
    ours, theirs = read(bars, peers={"P": peer}), read(bars, peers={"P": cut})
    assert dict(ours.facts) == dict(theirs.facts)
    assert ours.series == theirs.series


def test_a_peer_that_begins_later_is_named():
    reading = read(walk(30), peers={"P": walk(30, first="2024-01-01")})
    assert not [name for name in reading.facts if name.startswith("relative")]
    assert "P begins on 2024-01-01, after 2020-02-11; relative strength against it is not known." in reading.not_yet_known


def test_a_peer_without_a_common_date_is_named():
    bars = walk(10)
    weekend = made(np.full(2, 5.0), dates=["2020-01-04", "2020-01-05"])
    assert (
        "P has no date in common with TEST; relative strength against it is not known."
        in read(bars, peers={"P": weekend}).not_yet_known
    )


def test_a_peer_with_a_price_that_is_not_positive_has_no_ratio():
    reading = read(made([20.0, 21.0]), peers={"P": made([5.0, -37.63])})
    assert "Relative strength against P is not known: a close of one of the two is not positive." in reading.not_yet_known


def test_a_short_common_history_is_named_piece_by_piece():
    reading = read(walk(300), peers={"P": stretch(walk(300, seed=4), slice(255, 300))})
    assert "relative.P.return_20" in reading.facts
    assert "relative.P.return_60" not in reading.facts
    assert "The 50-day average of TEST / P needs 50 bars; there are 45." in reading.not_yet_known
    assert "The 60-day return of TEST less that of P needs 61 bars; there are 45." in reading.not_yet_known


def test_a_provisional_price_against_a_closed_peer_is_said():
    bars = walk(40)
    facts = read(bars.with_last(bars.last * 1.01), peers={"P": walk(40, seed=4)}).facts
    assert "the price of TEST is provisional, that of P is the close of its bar" in of(facts, "ratio").meaning


def test_each_peer_is_read_by_itself():
    peers = {"P": walk(80, seed=4), "Q=F": walk(80, seed=5)}
    both = read(walk(80), peers=peers).facts
    alone = read(walk(80), peers={"Q=F": peers["Q=F"]}).facts
    assert {name: fact for name, fact in both.items() if name.startswith("relative.Q=F.")} == {
        name: fact for name, fact in alone.items() if name.startswith("relative.")
    }
    assert date(str(walk(80).dates[-1])) == both["relative.Q=F.ratio"].date
