"""What one bar may have done: known answers drawn by hand, then the law that no way through the bar contradicts the answer."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.kernels.ways import (
    AT,
    DOWN,
    FAILED,
    UP,
    Chain,
    Keep,
    Reach,
    State,
    Wait,
    after_bar,
    done,
    entered,
    ranks_of,
    side_of,
)


def ends(steps, levels, bar, *, before=None, last=100, side=UP):
    """The states after one bar of a chain whose first step is a Reach upwards."""
    chain = Chain(tuple(steps), before)
    return after_bar(chain, ranks_of(last, bar, levels), State(0, side), side_of(levels[before.slot], last) if before else 0), chain


TWO = (Reach(0, False), Reach(1, False))


@pytest.mark.parametrize(
    ("bar", "levels", "answer"),
    [
        # up to 103 first, or down to 99 first: the second level, below the first, may come before it or after it
        ((100, 103, 99, 102), (102, 100.5), "either"),
        # closes below the second level, which lies below the first: whatever came first, it went from 102 to 100
        ((100, 103, 99, 100), (102, 100.5), "both"),
        # the second level lies beyond the first
        ((100, 103, 99, 102), (101, 102.5), "both"),
        # opens beyond both: the gap passes them in their order
        ((104, 105, 103, 104), (101, 102), "both"),
        # opens beyond both, which lie the other way round: the second has still to be come back to
        ((104, 105, 103, 104), (102, 101), "first"),
        ((100, 103, 99, 102), (104, 101), "none"),
    ],
)
def test_two_levels_inside_one_bar(bar, levels, answer):
    found, chain = ends(TWO, levels, bar)
    second = State(1, UP if levels[1] > levels[0] else DOWN)
    wanted = {"both": {done(chain)}, "either": {done(chain), second}, "first": {second}, "none": {State(0, UP)}}
    assert found == wanted[answer]


def test_a_level_and_one_that_must_not_come_before_it():
    first, limit = (Reach(0, False),), Reach(1, False)
    found, chain = ends(first, (103, 98), (100, 104, 97, 101), before=limit)
    assert found == {done(chain), FAILED}  # both inside, the open between them
    assert ends(first, (103, 98), (104, 105, 97, 101), before=limit)[0] == {done(chain)}  # opens beyond the level
    assert ends(first, (103, 98), (97, 105, 96, 101), before=limit)[0] == {FAILED}  # opens beyond the limit
    assert ends(first, (103, 98), (100, 102, 99, 101), before=limit)[0] == {State(0, UP)}


def test_the_same_price_is_touched_before_it_is_traded_through():
    chain_of = (Reach(0, True),)
    assert ends(chain_of, (103, 103), (100, 104, 99, 101), before=Reach(1, False))[0] == {FAILED}
    found, chain = ends((Reach(0, False),), (103, 103), (100, 104, 99, 101), before=Reach(1, True))
    assert found == {done(chain)}


def test_trading_through_needs_more_than_the_price_itself():
    assert ends((Reach(0, True),), (103,), (100, 103, 99, 101))[0] == {State(0, UP)}
    found, chain = ends((Reach(0, True),), (103,), (100, 103.1, 99, 101))
    assert found == {done(chain)}


def test_a_range_to_keep_from_the_middle_of_a_bar_on():
    # 102 is reached; from then on nothing outside 99 to 104. The low at 98 may have come before or after it.
    steps, levels = (Reach(0, False), Keep(1, 2)), (102, 99, 104)
    assert ends(steps, levels, (100, 103, 98, 101))[0] == {State(1, 0), FAILED}
    assert ends(steps, levels, (100, 103, 99.5, 101))[0] == {State(1, 0)}
    assert ends(steps, levels, (100, 105, 99.5, 101))[0] == {FAILED}  # the high comes after 102, always


def test_what_closes_decide_passes_through_a_bar():
    chain = Chain((Wait(), Reach(0, False)), None)
    assert after_bar(chain, ranks_of(100, (100, 110, 90, 100), (105,)), State(0, 0), 0) == {State(0, 0)}


def test_a_step_that_begins_at_its_level_is_done_or_has_no_side():
    chain = Chain((Reach(0, False), Reach(1, True)), None)
    assert entered(chain, 0, 5, (5, 5)) == State(1, AT)
    assert entered(chain, 1, 5, (5, 6)) == State(1, UP)
    assert after_bar(chain, ranks_of(5, (5, 5, 4, 5), (5, 5)), State(1, AT), 0) == {done(chain)}


def walks(bar, length):
    """Ways through a bar on half points: from the open to the close, both extremes visited, never beyond them."""
    opened, high, low, close = (2 * price for price in bar)
    for moves in itertools.product((-1, 1), repeat=length):
        way = list(itertools.accumulate(moves, initial=opened))
        if way[-1] == close and min(way) == low and max(way) == high:
            yield [point / 2 for point in way]


def told(chain, way, last, levels, state, before_side):
    """The state after one way, told step by step from the definition of each step."""
    gap = range(int(2 * last), int(2 * way[0]), 1 if way[0] > last else -1)
    number, side = state
    for price in [*(half / 2 for half in gap), *way]:
        while number not in (-1, len(chain.steps)):
            if chain.before and met(chain.before, before_side, price, levels):
                number = -1
                break
            step = chain.steps[number]
            if isinstance(step, Keep) and not levels[step.low] <= price <= levels[step.high]:
                number = -1
            elif isinstance(step, Reach) and met(step, side, price, levels):
                number += 1
                following = chain.steps[number] if number < len(chain.steps) else None
                side = side_of(levels[following.slot], price) if isinstance(following, Reach) else 0
                if not (isinstance(following, Keep) or (isinstance(following, Reach) and side == AT and not following.strict)):
                    break
                continue
            break
    return State(number, side if 0 <= number < len(chain.steps) and isinstance(chain.steps[number], Reach) else 0)


def met(step, side, price, levels):
    beyond = price - levels[step.slot]
    return not step.strict if beyond == 0 else side == AT or (beyond > 0) == (side == UP)


@st.composite
def cases(draw):
    low = draw(st.integers(-2, 1))
    high = draw(st.integers(low, 2))
    bar = (draw(st.integers(low, high)), high, low, draw(st.integers(low, high)))
    steps, slot = [], 0
    for _ in range(draw(st.integers(1, 2))):
        steps.append(Reach(slot, draw(st.booleans())))
        slot += 1
    if draw(st.integers(0, 3)) == 0:
        steps.append(Keep(slot, slot + 1))
        slot += 2
    before = Reach(slot, draw(st.booleans())) if draw(st.booleans()) else None
    levels = [draw(st.integers(-3, 3)) for _ in range(slot + 1)]
    if isinstance(steps[-1], Keep):
        levels[slot - 2 : slot] = sorted(levels[slot - 2 : slot])
    return Chain(tuple(steps), before), bar, draw(st.integers(-3, 3)), tuple(levels)


@given(cases())
def test_the_states_after_a_bar_are_those_that_some_way_through_it_leads_to(case):
    chain, bar, last, levels = case
    state = entered(chain, 0, last, levels)
    side = 0 if chain.before is None else side_of(levels[chain.before.slot], last)
    found = after_bar(chain, ranks_of(last, bar, levels), state, side)
    shown = {told(chain, way, last, levels, state, side) for length in range(14) for way in walks(bar, length)}
    assert shown <= found
    # ways of up to 13 half points show every state: a bar of four points crossed three times
    if bar[1] - bar[2] <= 2:
        assert shown == found
