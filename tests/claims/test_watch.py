"""The machine one can read and the fast one say the same, path by path and bar by bar."""

from hypothesis import given, settings
from hypothesis import strategies as st
from made_claims import claims, markets

from levelhead.claims.columns import columns_along
from levelhead.claims.judge import OPEN, UNDECIDED, judge_many
from levelhead.claims.meters import Bar
from levelhead.claims.watch import Watch


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
        assert [word(verdicts, row) for row in range(3)] == [watched(claim, known, paths, row) for row in range(3)]
