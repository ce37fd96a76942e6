"""Laws of settling: it is pure, it never looks back nor ahead, and its fast way agrees with the readable one."""

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_settling import CORN, bars_of, bias, level, outlook, settled, table_of, weekdays

from levelhead.claims.judge import frictions_of, judge_plan
from levelhead.claims.meters import Bar
from levelhead.claims.outcomes import outcomes_of, prices_of, sessions_of
from levelhead.claims.settle import settle
from levelhead.claims.text import claim_text
from levelhead.domain.adjustment import as_traded
from levelhead.domain.bars import Bars
from levelhead.domain.claim import CloseAt, Plan, Split, Touch
from levelhead.domain.restatement import restated
from levelhead.domain.roll import Roll
from levelhead.kernels.paths import PathBars
from levelhead.kernels.plans import UNDECIDED, UNFILLED
from levelhead.ledger.levels import Zone, level_of_path
from levelhead.ledger.outcome import OPEN
from levelhead.ledger.settling import Asked, settle_notes, settle_statements
from levelhead.ledger.statement import Statement

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "claims"))
from made_claims import claims, plans, prices, walk

BARS = 24
horizons = st.integers(1, 6)


@st.composite
def markets(draw: st.DrawFn, count: int = BARS) -> Bars:
    """Bars of whole prices around 100 that follow each other."""
    generator = np.random.Generator(np.random.Philox(draw(st.integers(0, 2**32 - 1))))
    columns = np.array(walk(generator, (count,)))
    return bars_of([tuple(row) for row in columns.T.tolist()])


@st.composite
def statements(draw: st.DrawFn, start: float) -> Statement:
    """Any statement, of small whole prices."""
    kind = draw(st.sampled_from(["claim", "claim", "level", "outlook", "bias"]))
    sessions = draw(horizons)
    if kind == "claim":
        return statement_of(draw(claims), start)
    if kind == "bias":
        sigma = draw(st.none() | st.sampled_from([0.01, 0.05]))
        made = bias(draw(st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0])), sessions, **({} if sigma is None else {"sigma": sigma}))
    else:
        low, high = sorted((draw(prices), draw(prices)))
        side = draw(st.sampled_from([1.0, -1.0]))
        made = level(low, high, side, sessions) if kind == "level" else outlook(high + 1, low, sessions)
    return replace(made, prices={**made.prices, "start": start})


def statement_of(claim, start: float) -> Statement:
    numbers = {"upper": claim.upper, "lower": claim.lower} if isinstance(claim, Split) else {}
    return Statement(
        name="it",
        kind="scenario" if isinstance(claim, Split) else "setup" if isinstance(claim, Plan) else "claim",
        claim=claim_text(claim),
        sessions=sessions_of(claim),
        outcomes=outcomes_of(claim),
        said=(),
        base=(),
        prices={name: price for name, price in numbers.items() if isinstance(price, float)} | {"start": start},
    )


@st.composite
def notes(draw: st.DrawFn) -> tuple[Bars, int, list[Statement]]:
    """Bars, the row of a note's day, and its statements, each under its own name."""
    bars, row = draw(markets()), draw(st.integers(8, BARS - 1))
    start = float(bars.close[row])
    made = draw(st.lists(statements(start), min_size=1, max_size=6))
    return bars, row, [replace(each, name=f"{number}") for number, each in enumerate(made)]


@given(notes())
def test_settling_twice_is_the_same(note):
    bars, row, made = note
    day = bars.dates[row].item()
    assert settle_statements(made, bars, day) == settle_statements(made, bars, day)


@given(notes(), st.data())
def test_what_is_settled_stays_settled_as_more_bars_come(note, data):
    bars, row, made = note
    day = bars.dates[row].item()
    until = data.draw(st.integers(row, BARS - 1))
    early = settle_statements(made, bars.until(bars.dates[until].item()), day)
    late = settle_statements(made, bars, day)
    assert [a for a in early if a.outcome != OPEN] == [b for a, b in zip(early, late, strict=True) if a.outcome != OPEN]


@given(notes(), markets())
def test_bars_after_the_day_that_settled_it_change_nothing(note, other):
    bars, row, made = note
    day = bars.dates[row].item()
    for statement in made:
        found = settled(statement, bars, day)
        if found.on is None:
            continue
        after = bars.dates > np.datetime64(found.on)
        rewritten = replace(
            bars, **{name: np.where(after, getattr(other, name), getattr(bars, name)) for name in ("open", "high", "low", "close")}
        )
        assert settled(statement, rewritten, day) == found


@given(notes(), st.data())
def test_what_a_missing_bar_leaves_decided_is_what_the_bar_would_have_shown(note, data):
    bars, row, made = note
    if row > BARS - 3:
        return
    day, table = bars.dates[row].item(), table_of(weekdays(BARS + 10))
    lost = data.draw(st.sets(st.integers(row + 1, BARS - 2), min_size=1, max_size=3))
    is_kept = np.array([number not in lost for number in range(BARS)])
    columns = ("time", "open", "high", "low", "close", "volume", "row")
    some = replace(bars, **{name: getattr(bars, name)[is_kept] for name in columns})
    whole, gapped = settle_statements(made, bars, day, sessions=table), settle_statements(made, some, day, sessions=table)
    for full, found in zip(whole, gapped, strict=True):
        assert found.sessions <= BARS - row - 1
        if found.outcome not in (OPEN, "undecided"):
            assert found.outcome == full.outcome
            assert found.result_low == full.result_low


@given(notes())
def test_a_note_is_settled_alone_as_among_others(note):
    bars, row, made = note
    day, other = bars.dates[row].item(), bars.dates[8].item()
    asked = [
        Asked(statements=made, as_of=day),
        Asked(statements=[level(103, 104, 1, 3)], as_of=other),
        Asked(statements=made, as_of=day),
    ]
    found = settle_notes(asked, bars)
    assert found[0] == found[2] == settle_statements(made, bars, day)


@given(markets(), st.integers(8, BARS - 1), claims)
def test_a_claim_is_settled_as_it_is_read_bar_by_bar(bars, row, claim):
    day = bars.dates[row].item()
    found = settled(statement_of(claim, float(bars.close[row])), bars, day)
    read = settle(claim, bars, day)
    assert (found.outcome, found.on, found.sessions) == (read.outcome, read.on, read.sessions)


@given(markets(), st.integers(8, BARS - 1), claims, st.integers(0, 3))
def test_a_claim_of_an_unfinished_bar_is_settled_as_it_is_read(bars, row, claim, share):
    day, low, high = bars.dates[row].item(), float(bars.low[row]), float(bars.high[row])
    last = low + round((high - low) * share / 3)
    found = settled(statement_of(claim, last), bars, day, last=last)
    read = settle(claim, bars, day, last=last)
    assert (found.outcome, found.on, found.sessions) == (read.outcome, read.on, read.sessions)


@given(markets(), st.integers(8, BARS - 7), plans())
def test_a_plan_pays_what_the_kernel_says(bars, row, plan):
    found = settled(statement_of(plan, float(bars.close[row])), bars, bars.dates[row].item())
    window = PathBars(*(column[None, row + 1 : row + 7] for column in (bars.open, bars.high, bars.low, bars.close)))
    results = judge_plan(plan, window, prices=prices_of(plan), frictions=frictions_of(CORN))
    outcome = int(results.outcomes[0][0])
    assert found.outcome == ("undecided" if outcome == UNDECIDED else outcomes_of(plan)[outcome])
    if outcome == UNFILLED:
        assert found.result_low is None
    else:
        assert (found.result_low, found.result_high) == pytest.approx((results.worst[0], results.best[0]))


@given(markets(), st.integers(8, BARS - 1), prices, prices, st.sampled_from([1.0, -1.0]), horizons)
def test_a_level_is_settled_as_it_is_read_bar_by_bar(bars, row, low, high, side, sessions):
    low, high = sorted((low, high))
    columns = (bars.open, bars.high, bars.low, bars.close)
    path = [Bar(*(float(column[at]) for column in columns)) for at in range(row + 1, BARS)]
    found = settled(
        replace(level(low, high, side, sessions), prices={"low": low, "high": high, "side": side}), bars, bars.dates[row].item()
    )
    outcome, passed = level_of_path(path, Zone(low, high, side), sessions)
    assert (found.outcome, found.sessions) == (outcome, min(passed, sessions))


@given(notes())
def test_the_two_ways_agree(note):
    # an expiry that never comes asks for the readable way
    bars, row, made = note
    day = bars.dates[row].item()
    fast, slow = settle_statements(made, bars, day), settle_statements(made, bars, day, expires=dt.date(2099, 1, 1))
    for a, b in zip(fast, slow, strict=True):
        assert replace(a, result_low=None, result_high=None) == replace(b, result_low=None, result_high=None)
        assert (a.result_low, a.result_high) == pytest.approx((b.result_low, b.result_high), abs=1e-12)


@given(notes(), st.integers(-9, 9), st.data())
def test_a_roll_settles_as_if_there_were_none(note, gap, data):
    # the bars of one contract throughout, and the same bars quoted in a later contract from some day on
    bars, row, made = note
    day = bars.dates[row].item()
    at = data.draw(st.integers(row + 1, BARS)) if row + 1 < BARS else BARS
    if at == BARS or gap == 0:
        return
    roll = Roll(
        date=bars.dates[at].item(), from_contract="A", to_contract="B", gap=float(gap), factor=1.0, estimated=False, method="made"
    )
    moved = {name: getattr(bars, name) + np.where(np.arange(BARS) >= at, gap, 0.0) for name in ("open", "high", "low", "close")}
    rolled = replace(bars, rolls=(roll,), **moved)
    assert settle_statements(made, rolled, day) == settle_statements(made, bars, day)


@given(markets(), st.integers(8, BARS - 2), st.integers(-9, 9))
def test_what_is_restated_is_settled_alike(bars, row, gap):
    # the note's own contract is left the day after it: the claim in the old contract, and restated on the new one's own bars
    day = bars.dates[row].item()
    roll = Roll(
        date=bars.dates[row + 1].item(),
        from_contract="A",
        to_contract="B",
        gap=float(gap),
        factor=1.0,
        estimated=False,
        method="made",
    )
    moved = {name: getattr(bars, name) + np.where(np.arange(BARS) > row, gap, 0.0) for name in ("open", "high", "low", "close")}
    rolled = replace(bars, rolls=(roll,), **moved)
    new = replace(bars, **{name: getattr(bars, name) + float(gap) for name in ("open", "high", "low", "close")})
    start = float(bars.close[row])
    for said in (
        Touch(price=103.0, sessions=4),
        CloseAt(side="below", price=99.0, sessions=3),
        Split(upper=104.0, lower=97.0, sessions=5),
    ):
        again = restated(said, [roll], CORN)
        assert settled(statement_of(said, start), rolled, day) == settled(statement_of(again, start + gap), new, day)


@given(markets(), st.integers(8, BARS - 1), st.sampled_from(["ratio", "difference"]))
def test_bars_handed_in_adjusted_are_settled_as_they_traded(bars, row, how):
    from levelhead.domain.adjustment import back_adjusted

    roll = Roll(
        date=bars.dates[12].item(), from_contract="A", to_contract="B", gap=2.0, factor=1.02, estimated=False, method="made"
    )
    rolled = replace(bars, rolls=(roll,))
    moved = back_adjusted(rolled, how)
    day, start = bars.dates[row].item(), float(bars.close[row])
    made = [statement_of(Split(upper=103.0, lower=97.0, sessions=4), start), replace(level(102, 103, 1, 4), name="level")]
    made = [replace(each, prices={**each.prices, "start": start}) for each in made]
    assert np.allclose(as_traded(moved).close, bars.close)
    assert settle_statements(made, moved, day) == settle_statements(made, rolled, day)


def test_a_horizon_counts_sessions_of_the_table_and_not_rows(shared):
    from levelhead.market.files import read_bars
    from levelhead.market.instruments import find_instrument
    from levelhead.market.sessions import session_table

    # this file has no bar of Good Friday 2021, on which the future traded until 8:15 in Chicago
    bars = read_bars(shared / "data" / "rty_tv.csv", find_instrument("RTY"))
    day = dt.date(2021, 4, 1)
    start = float(bars.close[np.searchsorted(bars.dates, np.datetime64(day))])
    statement = replace(
        outlook(start + 1000, start - 1000, 2), prices={"upper": start + 1000, "lower": start - 1000, "start": start}
    )
    found = settled(statement, bars, day, sessions=session_table("CME_EQUITY"))
    assert (found.outcome, found.on) == ("flat", dt.date(2021, 4, 5))
    assert settled(statement, bars, day).on == dt.date(2021, 4, 6)
