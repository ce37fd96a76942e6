"""A claim watched bar by bar: known answers, then the law that the fast machine and the one to read say the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_claims import PATHS, claims, markets

from levelhead.claims.columns import Known, columns_along
from levelhead.claims.judge import OPEN, UNDECIDED, judge_many
from levelhead.claims.meters import Bar
from levelhead.claims.parse import parse_claim
from levelhead.claims.watch import Watch
from levelhead.domain.claim import Plan, Split
from levelhead.domain.claim_tree import leaves_of
from levelhead.domain.errors import NotYetKnown
from levelhead.kernels.plans import Frictions

# Five quiet bars at 100, and what may follow them.
QUIET = Known(*(np.full(5, price) for price in (100.0, 101.0, 99.0, 100.0)))
FLAT, RISE, FALL, WIDE = (100, 101, 99, 100), (100, 105, 100, 104), (100, 100, 95, 96), (100, 105, 95, 100)


def statuses(text, *bars, last=100.0, known=QUIET):
    watch = Watch(parse_claim(text), last, known=known)
    return [watch.feed(Bar(*map(float, bar))) for bar in bars]


@pytest.mark.parametrize(
    ("text", "bars", "said"),
    [
        ("touch 104 within 2 sessions", [FLAT, RISE], ["open", "true"]),
        ("touch 104 within 2 sessions", [FLAT, FLAT], ["open", "false"]),
        ("not touch 104 within 2 sessions", [FLAT, FLAT], ["open", "true"]),
        ("trade through 105 within 1 session", [RISE], ["false"]),
        ("touch 104 before touch 96 within 2 sessions", [WIDE, FLAT], ["undecided", "undecided"]),
        ("touch 104 before touch 96 within 2 sessions", [FALL, RISE], ["false", "false"]),
        # 96 and back to 104: within one wide bar perhaps, surely with the next
        ("touch 104 then touch 96 within 2 sessions", [WIDE, FLAT], ["open", "undecided"]),
        ("touch 104 then touch 96 within 2 sessions", [WIDE, FALL], ["open", "true"]),
        ("close above 101 within 2 sessions", [FLAT, RISE], ["open", "true"]),
        ("2 closes above 101 within 3 sessions", [RISE, (104, 105, 100, 103)], ["open", "true"]),
        ("2 closes above 101 within 3 sessions", [RISE, FLAT, RISE], ["open", "open", "false"]),
        # the close of the session that touched counts for what comes then; the close that did the step before does not
        ("touch 105 then close above 103 within 2 sessions", [RISE], ["true"]),
        ("close above 103 then close above 103 within 2 sessions", [RISE, FLAT], ["open", "false"]),
        ("stay in 99..101 within 2 sessions", [FLAT, FLAT], ["open", "true"]),
        ("stay in 99..101 within 2 sessions", [WIDE], ["false"]),
        ("stay in 99..101 by close within 2 sessions", [WIDE, WIDE], ["open", "true"]),
        # a close on both sides of the word: the moment is the same, which is not before
        ("close above 102 before close above 103 within 2 sessions", [RISE], ["false"]),
        ("close above 103 at 2 sessions", [RISE, RISE], ["open", "true"]),
        ("close above 103 at 2 sessions", [RISE, FLAT], ["open", "false"]),
        ("touch 105 within 2 sessions given close below 97 within 2 sessions", [RISE, FLAT], ["open", "void"]),
        ("touch 105 within 2 sessions given close below 97 within 2 sessions", [RISE, FALL], ["open", "true"]),
        ("touch 105 within 1 session and touch 95 within 1 session", [WIDE], ["true"]),
        ("touch 105 within 2 sessions or touch 95 within 1 session", [FLAT, RISE], ["open", "true"]),
        # the mean of the last three closes: (100 + 100 + 104) / 3 = 101.3 below 104
        ("close crosses above sma_3 within 1 session", [RISE], ["true"]),
        # during the session the average stands at 100, where the close before left it; the last price is that
        ("touch sma_3 within 1 session", [(102, 103, 101, 102)], ["true"]),
        ("sma_2 crosses above sma_3 within 1 session", [RISE], ["true"]),
        # true ranges of 2, then 105 - 100: (2 x 1 + 5) / 2 = 3.5
        ("atr_2 above 3.4 at 1 session", [RISE], ["true"]),
        ("atr_2 above 3.5 at 1 session", [RISE], ["false"]),
        ("high above 104 within 2 sessions", [FLAT, RISE], ["open", "true"]),
        ("close above open within 1 session", [RISE], ["true"]),
        ("first of 104 | 96 within 2 sessions", [FLAT, WIDE], ["open", "undecided"]),
        ("first of 104 | 96 within 2 sessions", [FLAT, FLAT], ["open", "range"]),
        ("long limit 99 stop 96 target 104 fill within 1 exit within 3", [FLAT, FLAT, RISE], ["open", "open", "target"]),
        ("long limit 98 stop 96 target 104 fill within 1 exit within 3", [FLAT], ["unfilled"]),
        ("short stop 99 stop 103 target 95 fill within 2 exit within 2", [FALL], ["target"]),
    ],
)
def test_what_is_said_after_each_bar(text, bars, said):
    assert statuses(text, *bars) == said


def test_rsi_is_read_at_each_close():
    # a flat series has none; then a rise of 4 alone makes 100, and a fall of 4 after it, with n = 2: 4/4 against 4/2, 33.3
    assert statuses("rsi_2 above 99 within 1 session", RISE) == ["true"]
    assert statuses("rsi_2 below 33.4 at 2 sessions", RISE, (104, 104, 100, 100)) == ["open", "true"]
    assert statuses("rsi_2 below 33.3 at 2 sessions", RISE, (104, 104, 100, 100)) == ["open", "false"]


def test_finer_bars_show_what_one_bar_hides():
    up_first = [Bar(100.0, 105.0, 100.0, 103.0), Bar(103.0, 103.0, 95.0, 100.0)]
    for text, said in (
        ("first of 104 | 96 within 1 session", "up"),
        ("touch 104 before touch 96 within 1 session", "true"),
        ("touch 96 then touch 104 within 1 session", "false"),
        ("long stop 101 stop 96 target 104 fill within 1 exit within 1", "target"),
    ):
        watch = Watch(parse_claim(text), 100.0)
        assert watch.feed(Bar(*map(float, WIDE)), finer=up_first) == said


def test_a_claim_on_averages_needs_the_bars_before():
    with pytest.raises(NotYetKnown, match="sma_50 along a path needs the bars before it; hand them in"):
        Watch(parse_claim("close above sma_50 within 5 sessions"), 100.0)
    with pytest.raises(NotYetKnown, match="sma_50 needs 50 bars, there are 5; give a longer history"):
        Watch(parse_claim("close above sma_50 within 5 sessions"), 100.0, known=QUIET)
    with pytest.raises(NotYetKnown, match="rsi_14 needs 15 bars"):
        statuses("rsi_14 above 50 within 5 sessions", FLAT)


def watched(claim, known, paths, row):
    watch = Watch(claim, float(known.close[-1]), known=known)
    for session in range(paths.close.shape[1]):
        watch.feed(Bar(*(float(column[row, session]) for column in paths)))
    return watch.status


def word(verdicts, row):
    code = verdicts.codes[row]
    return {OPEN: "open", UNDECIDED: "undecided"}.get(int(code)) or verdicts.outcomes[code]


@settings(max_examples=150)
@given(st.lists(claims, min_size=1, max_size=3), markets())
def test_the_fast_machine_and_the_one_to_read_agree(several, market):
    known, paths = market
    fast = judge_many(several, paths, float(known.close[-1]), columns=columns_along(known, paths))
    for claim, verdicts in zip(several, fast, strict=True):
        rows = range(PATHS)
        assert [word(verdicts, row) for row in rows] == [watched(claim, known, paths, row) for row in rows]


@given(claims, markets())
def test_what_is_settled_stays_settled(claim, market):
    known, paths = market
    watch, settled = Watch(claim, float(known.close[-1]), known=known, frictions=Frictions(tick=0.5)), None
    for session in range(paths.close.shape[1]):
        status = watch.feed(Bar(*(float(column[0, session]) for column in paths)))
        assert settled in (None, status)
        settled = status if status != "open" else None
    length = (
        claim.exit_within
        if isinstance(claim, Plan)
        else claim.sessions
        if isinstance(claim, Split)
        else max(leaf.sessions for leaf in leaves_of(claim))
    )
    assert settled is not None or length > paths.close.shape[1]
