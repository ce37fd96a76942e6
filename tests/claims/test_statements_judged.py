"""Statements on paths: logic, sharing, prices path by path, paths that are too short, the bars that happened."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_claims import markets, statements
from numpy.testing import assert_array_equal

from levelhead.claims.columns import Known, columns_along, columns_of_windows
from levelhead.claims.judge import OPEN, UNDECIDED, judge, judge_many
from levelhead.claims.logic import both, either, negated
from levelhead.claims.logic import given as where
from levelhead.claims.parse import parse_claim
from levelhead.claims.settle import Settlement, settle
from levelhead.domain.bars import Bars
from levelhead.domain.claim import And, Not, Or
from levelhead.domain.errors import BadClaim, BadDate, NotYetKnown
from levelhead.domain.event import Measure
from levelhead.domain.instrument import Instrument
from levelhead.domain.roll import Roll
from levelhead.kernels.paths import PathBars

T, F, V, U, O = 0, 1, 2, UNDECIDED, OPEN  # noqa: E741


def codes(*values):
    return np.array(values, dtype=np.int8)


def test_not_and_or_with_three_values_and_two_more():
    # Kleene's tables: false settles 'and', true settles 'or', whatever else is unknown
    assert_array_equal(negated(codes(T, F, V, U, O)), [F, T, V, U, O])
    assert_array_equal(both([codes(T, T, T, T, F, F, U), codes(T, F, U, O, U, O, O)]), [T, F, U, O, F, F, O])
    assert_array_equal(either([codes(T, F, F, F, T, T, U), codes(F, F, U, O, U, O, O)]), [T, F, U, O, T, T, O])
    assert_array_equal(both([codes(T, F, U, O, V), codes(V, V, V, V, V)]), [V, F, U, O, V])


def test_what_a_condition_makes_of_a_claim():
    assert_array_equal(where(codes(T, F, U, T, T, T, T), codes(T, T, T, F, U, O, V)), [T, F, U, V, U, O, V])


# Four paths of two sessions: up, down, both in one bar, neither.
PATHS = PathBars(
    open=np.array([[100.0, 100], [100, 100], [100, 100], [100, 100]]),
    high=np.array([[105.0, 100], [101, 101], [106, 101], [101, 101]]),
    low=np.array([[99.0, 90], [99, 94], [94, 99], [99, 99]]),
    close=np.array([[104.0, 91], [100, 95], [100, 100], [100, 100.5]]),
)


def said(text, paths=PATHS, **more):
    names, found = judge(parse_claim(text), paths, 100.0, **more)
    return " ".join({U: "undecided", O: "open"}.get(int(code)) or names[code] for code in found)


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("touch 105 before touch 95 within 2 sessions", "true false undecided false"),
        ("touch 105 then touch 95 within 2 sessions", "true false undecided false"),
        ("touch 95 then touch 105 within 2 sessions", "false false undecided false"),
        ("trade through 105 within 2 sessions", "false false true false"),
        ("stay in 99..101 within 2 sessions", "false false false true"),
        ("stay in 95..104 by close within 2 sessions", "false true true true"),
        ("stay in 95..104 by close within 1 session", "true true true true"),
        ("2 closes below 101 within 2 sessions", "false true true true"),
        ("close above 103 then close below 95 within 2 sessions", "true false false false"),
        ("touch 105 within 2 sessions and touch 94 within 2 sessions", "true false true false"),
        ("touch 105 within 2 sessions or touch 94 within 2 sessions", "true true true false"),
        ("touch 94 within 2 sessions given touch 105 within 2 sessions", "true void true void"),
        ("not touch 105 within 2 sessions given close below 96 at 2 sessions", "false true void void"),
        ("close below 101 at 3 sessions", "open open open open"),
        ("touch 105 within 3 sessions", "true open true open"),
        ("first of 105 | 95 within 3 sessions", "up down undecided open"),
        ("not touch 105 within 3 sessions and touch 101 within 3 sessions", "false open false open"),
        ("touch 105 before touch 95 within 3 sessions", "true false undecided open"),
    ],
)
def test_the_outcome_of_a_statement_on_four_paths(text, outcomes):
    assert said(text) == outcomes


def test_a_statement_may_be_judged_at_other_prices_on_each_path():
    claim = parse_claim("touch 105 before touch 95 within 2 sessions and close above 99 within 2 sessions")
    prices = (np.array([110.0, 101, 106, 101]), np.array([80.0, 94, 93, 90]), np.array([103.0, 103, 99, 99]))
    names, found = judge(claim, PATHS, np.full(4, 100.0), prices=prices)
    assert [names[code] for code in found] == ["false", "false", "true", "true"]


def test_a_split_may_stand_on_an_average():
    # the mean of two closes: 100 + 102 before, so 101 stands in the first session; then with closes of 104, 100, 100, 100
    known = Known(*(np.array([100.0, 102.0]),) * 4)
    columns = columns_along(known, PATHS)
    assert said("first of 105 | sma_2 within 2 sessions", columns=columns) == "down down down down"
    assert said("first of sma_2 | 95 within 2 sessions", columns=columns) == "up up undecided up"


def test_measures_need_the_bars_before():
    with pytest.raises(NotYetKnown, match="sma_50 along a path needs the bars before it"):
        said("touch sma_50 within 2 sessions")


def test_a_plan_needs_paths_of_its_length():
    with pytest.raises(BadClaim, match="A plan of 9 sessions needs paths of as many, these have 2"):
        said("long limit 98 stop 95 target 104 fill within 2 exit within 9")


def test_measures_of_past_windows_are_those_of_the_day():
    known = Known(*(np.arange(1.0, 9.0),) * 4)
    start, along = columns_of_windows(known, np.array([2, 4]), 2)(Measure(name="sma", bars=3))
    assert_array_equal(start, [2.0, 4.0])  # (1 + 2 + 3) / 3 at row 2, (3 + 4 + 5) / 3 at row 4
    assert_array_equal(along, [[3.0, 4.0], [5.0, 6.0]])
    start, _ = columns_of_windows(known, np.array([0]), 1)(Measure(name="sma", bars=3))
    assert np.isnan(start[0])


@given(st.lists(statements, min_size=2, max_size=4), markets())
def test_claims_judged_together_come_out_as_each_alone(several, market):
    known, paths = market
    columns = columns_along(known, paths)
    together = judge_many(several, paths, 100.0, columns=columns)
    for claim, verdicts in zip(several, together, strict=True):
        alone = judge(claim, paths, 100.0, columns=columns)
        assert verdicts.outcomes == alone.outcomes
        assert_array_equal(verdicts.codes, alone.codes)


@given(statements, statements, markets())
def test_the_laws_of_de_morgan_hold(a, b, market):
    known, paths = market
    columns = columns_along(known, paths)
    try:
        left, right = Not(claim=And(terms=(a, b))), Or(terms=(Not(claim=a), Not(claim=b)))
    except BadClaim:
        return
    found = judge_many([left, right], paths, 100.0, columns=columns)
    assert_array_equal(found[0].codes, found[1].codes)


@given(statements, markets(), st.integers(0, 5))
def test_no_verdict_knows_the_sessions_after_it_is_settled(claim, market, session):
    known, paths = market
    short = PathBars(*(np.asfortranarray(column[:, : session + 1]) for column in paths))
    early = judge(claim, short, 100.0, columns=columns_along(known, short)).codes
    late = judge(claim, paths, 100.0, columns=columns_along(known, paths)).codes
    assert_array_equal(early[early != OPEN], late[early != OPEN])


XYZ = Instrument.unknown("XYZ")


def bars_of(*rows):
    columns = np.array(rows, dtype=np.float64).T
    time = (np.datetime64("2025-01-01") + np.arange(len(rows))).astype("datetime64[us]")
    nothing = np.full(len(rows), np.nan)
    return Bars(
        instrument=XYZ,
        time=time,
        open=columns[0],
        high=columns[1],
        low=columns[2],
        close=columns[3],
        volume=nothing,
        row=np.arange(len(rows)),
    )


DAY = dt.date(2025, 1, 2)
HAPPENED = bars_of((99, 101, 98, 100), (100, 104, 96, 97), (97, 101, 96, 100), (100, 106, 99, 105))


def test_a_claim_is_settled_by_the_bars_after_its_day():
    assert settle(parse_claim("touch 105 within 3 sessions"), HAPPENED, DAY) == Settlement(
        outcome="true", on=dt.date(2025, 1, 4), sessions=2
    )
    assert settle(parse_claim("touch 90 within 3 sessions"), HAPPENED, DAY) == Settlement(outcome="open", on=None, sessions=2)
    assert settle(parse_claim("touch 90 within 2 sessions"), HAPPENED, DAY).outcome == "false"
    with pytest.raises(BadDate, match="begins on 2025-01-01; 2024-12-31 lies before its first bar"):
        settle(parse_claim("touch 90 within 2 sessions"), HAPPENED, dt.date(2024, 12, 31))


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # made at 100 on the second day, which ended at 97: from 100 it went through 98 for sure
        ("touch 98 within 1 session", "true"),
        # its high of 104 and its low of 96 may have been before or after
        ("touch 103 within 1 session", "undecided"),
        ("touch 107 within 1 session", "false"),
        ("touch 96.5 within 1 session", "true"),  # 96 is reached on the next day, too
    ],
)
def test_what_was_left_of_an_unfinished_bar_belongs_to_the_path(text, outcome):
    assert settle(parse_claim(text), HAPPENED, DAY, last=100.0).outcome == outcome


def test_a_claim_may_name_its_frame():
    # the new contract, from the 4th on, is quoted 5 per cent higher: 106 as traded is 100.95 in the old one
    roll = Roll(
        date=dt.date(2025, 1, 4), from_contract="H5", to_contract="M5", gap=5.0, factor=1.05, estimated=False, method="by hand"
    )
    rolled = replace(HAPPENED, rolls=(roll,))
    for frame, outcome in (("as traded", "true"), ("back-adjusted", "false")):
        assert settle(parse_claim(f"touch 105 within 2 sessions in {frame}"), rolled, DAY).outcome == outcome
        assert settle(parse_claim("touch 105 within 2 sessions"), rolled, DAY, frame=frame).outcome == outcome
    several = "touch 105 within 2 sessions in as traded and not touch 105 within 2 sessions in back-adjusted"
    assert settle(parse_claim(several), rolled, DAY).outcome == "true"
