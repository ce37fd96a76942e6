"""A walk over the past: the notes are those of their days, what they say is settled on what followed, nothing knows the future."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from made_walks import COUNT, QUICK, assert_same, market, peer, rolled, with_another_future
from numpy.testing import assert_array_equal

from levelhead.desk.background import background_of
from levelhead.desk.compose import compose_note
from levelhead.domain.errors import BadSettings
from levelhead.evaluate.route import Route, days_of
from levelhead.evaluate.walk import Walked, joined, walk
from levelhead.ledger.record import OPEN, Meta, record_of
from levelhead.ledger.settling import settle_statements
from levelhead.ledger.statements import statements_of
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument, micro_of
from levelhead.market.sessions import session_table
from levelhead.wire.document import to_document, to_json

BARS, PEERS, TABLE = market(), {"ES": peer()}, session_table("CME_EQUITY")
DAYS = tuple(BARS.dates[row].item() for row in (20, 148, 149, 151, 260, 300, 340, 400, COUNT - 1))


def note(bars, day, background=None):
    return to_json(compose_note(bars.until(day), peers=PEERS, sessions=TABLE, settings=QUICK, background=background))


@pytest.mark.parametrize("bars", [BARS, rolled(BARS)], ids=["index", "rolled future"])
def test_a_note_written_with_the_arrays_of_the_whole_history_is_that_of_its_day_byte_for_byte(bars):
    for day in DAYS:
        rolls = bars.until(day).rolls
        whole = max((d for d in bars.dates.tolist() if bars.until(d).rolls == rolls), default=day)
        assert note(bars, day, background_of(bars.until(whole), QUICK)) == note(bars, day)


def test_arrays_of_another_history_are_not_used():
    # they differ from the day's own in a bar of the past, or know of a roll that it does not
    day = DAYS[5]
    for other in (with_another_future(BARS, DAYS[3]), rolled(BARS), BARS.until(DAYS[4])):
        assert note(BARS, day, background_of(other, QUICK)) == note(BARS, day)


def test_over_two_hundred_real_days_shared_arrays_change_no_byte(shared):
    bars = read_bars(shared / "data" / "rty_tv.csv", find_instrument("RTY"))
    others = {"ES": read_bars(shared / "data" / "es_tv.csv", find_instrument("ES"))}
    background = background_of(bars, QUICK)
    known = {"sessions": TABLE, "micro": micro_of(bars.instrument), "settings": QUICK, "peers": others}
    days = bars.dates[60::10].tolist()
    assert len(days) > 200
    for day in days:
        alone = compose_note(bars.until(day), **known)
        assert to_document(compose_note(bars.until(day), background=background, **known)) == to_document(alone), day


def test_each_row_is_a_statement_of_the_days_own_note_with_what_became_of_it():
    rows, silent = [], 0
    for day in DAYS:
        own = compose_note(BARS.until(day), peers=PEERS, sessions=TABLE, settings=QUICK)
        silent += own.scenarios is None
        statements = statements_of(to_document(own))
        outcomes = settle_statements(statements, BARS, day, sessions=TABLE)
        meta = Meta(author="levelhead", symbol="RTY", standing="replayed", as_of=day)
        rows += [(meta, *pair) for pair in zip(statements, outcomes, strict=True)]
    walked = walk(BARS, DAYS, peers=PEERS, sessions=TABLE, settings=QUICK)
    expected = Walked(record=record_of(rows), distribution=walked.distribution, notes=len(DAYS), silent=silent)
    assert_same(walked, expected)
    assert silent == 2  # of 21 and of 149 bars: 150 are asked for
    assert set(walked.record.kind.tolist()) >= {"scenario", "target", "outlook", "bias", "level", "claim"}


def test_what_the_bars_do_not_reach_is_open():
    walked = walk(BARS, [BARS.as_of], sessions=TABLE, settings=QUICK)
    assert len(walked.record) > 0
    assert (walked.record.outcomes == OPEN).all()
    assert len(walked.distribution) == 0


def test_what_is_said_of_a_day_is_bit_equal_when_every_bar_after_it_is_rewritten():
    day = DAYS[6]
    one = walk(BARS, DAYS[:7], peers=PEERS, sessions=TABLE, settings=QUICK)
    two = walk(with_another_future(BARS, day), DAYS[:7], peers=PEERS, sessions=TABLE, settings=QUICK)
    for name in ("name", "as_of", "said", "base", "sessions", "count"):
        assert_array_equal(getattr(one.record, name), getattr(two.record, name), err_msg=name)
    for name, column in one.record.prices.items():
        assert_array_equal(column, two.record.prices[name], err_msg=name)
    today = one.record.as_of == np.datetime64(day)
    assert (one.record.outcomes[today] != two.record.outcomes[today]).any(), "another future, and nothing ended differently"
    of_day = one.distribution.as_of == np.datetime64(day)
    assert_array_equal(one.distribution.sigma[of_day], two.distribution.sigma[of_day])
    assert_array_equal(one.distribution.quantiles[of_day], two.distribution.quantiles[of_day])


def test_days_may_be_walked_in_any_order_and_in_any_parts():
    whole = walk(BARS, DAYS, sessions=TABLE, settings=QUICK)
    assert_same(walk(BARS, DAYS[::-1], sessions=TABLE, settings=QUICK), whole)
    assert_same(joined([walk(BARS, part, sessions=TABLE, settings=QUICK) for part in (DAYS[:2], DAYS[2:7], DAYS[7:])]), whole)


def test_the_closes_after_a_roll_are_judged_in_the_contract_of_the_note():
    bars = rolled(BARS)
    day = bars.dates[248].item()  # the roll is the second bar after it, by the factor 0.999
    rows = walk(bars, [day], settings=QUICK, horizons=(1, 5)).distribution
    closes = bars.close[[249, 253]] / np.array([1.0, 0.999])
    assert rows.realised == pytest.approx(np.log(closes / bars.close[248]), abs=1e-15)


def test_prices_below_zero_are_walked_past():
    sunk = market()
    low = sunk.low.copy()
    low[300] = -5.0
    oil = replace(sunk, low=low, instrument=replace(sunk.instrument, may_be_negative=True))
    walked = walk(oil, [oil.dates[row].item() for row in (290, 310)], settings=QUICK)
    assert (walked.notes, walked.silent) == (2, 1)
    assert len(walked.distribution) == 6


def test_the_days_of_a_walk_are_every_nth_date_from_the_first():
    dates = BARS.dates.tolist()
    assert days_of(BARS) == tuple(dates)
    assert days_of(BARS, first=dates[10], last=dates[20], every=3) == (dates[10], dates[13], dates[16], dates[19])
    assert days_of(BARS, first=dates[-1].replace(year=2050)) == ()
    with pytest.raises(BadSettings, match="must ascend"):
        Route(bars=BARS, days=(dates[3], dates[2]))
