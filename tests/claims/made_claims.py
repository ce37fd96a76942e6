"""Claims and paths to draw from: small whole prices, so that levels, closes and averages meet on the point."""

import numpy as np
from hypothesis import strategies as st

from levelhead.claims.columns import Known
from levelhead.domain.claim import And, CloseAt, Given, Not, Or, Plan, Split, Touch
from levelhead.domain.claim_tree import simplest
from levelhead.domain.errors import BadClaim
from levelhead.domain.event import Closes, Compare, Event, Measure, Reach, Stay
from levelhead.kernels.paths import PathBars

prices = st.integers(97, 103).map(float)
averages = st.builds(Measure, name=st.sampled_from(["sma", "ema"]), bars=st.integers(1, 4))
places = prices | prices | prices | averages
price_measures = st.sampled_from([Measure(name=name) for name in ("open", "high", "low", "close")]) | averages
relations = st.sampled_from(["above", "below", "crosses above", "crosses below"])


def made(build):
    """What `build` draws, leaving out what contradicts itself."""

    @st.composite
    def attempt(draw):
        try:
            return draw(build)
        except BadClaim:
            return None

    return attempt().filter(lambda found: found is not None)


@st.composite
def compares(draw, place=prices):
    kind = draw(st.sampled_from(["price", "rsi", "atr"]))
    relation = draw(relations)
    if kind == "price":
        left, right = draw(price_measures), draw(price_measures | place)
        if right == left or (left.name == "close" and not relation.startswith("crosses")):
            left = Measure(name="open")
        right = Measure(name="high") if right == left else right
        return Compare(left=left, relation=relation, right=right)
    left = Measure(name=kind, bars=draw(st.integers(2, 4)))
    number = st.integers(0, 9).map(lambda tenth: float(tenth * (10 if kind == "rsi" else 1)))
    return Compare(left=left, relation=relation, right=draw(number | st.just(Measure(name=kind, bars=left.bars + 1))))


@st.composite
def stays(draw, place=prices):
    low, high = draw(place), draw(place)
    if isinstance(low, float) and isinstance(high, float):
        low, high = sorted((low, high))
        high = high + 1.0 if low == high else high
    return Stay(low=low, high=high, by_close=draw(st.booleans()))


@st.composite
def events(draw, place=places, longest=7):
    """An event of one to four steps, with room for the closes that it needs."""
    reach = st.builds(Reach, price=place, through=st.booleans())
    close = st.builds(Closes, side=st.sampled_from(["above", "below"]), price=place, count=st.sampled_from([1, 1, 2, 3]))
    moments = reach | reach | close | compares(place)
    if draw(st.integers(0, 5)) == 0:
        step = draw(close | compares(place))
        needed = step.count if isinstance(step, Closes) else 1
        return Event(steps=(step,), horizon=draw(st.integers(needed, longest)), is_at=True)
    steps = [draw(moments)]
    for step in draw(st.lists(moments, max_size=2)):
        if step != steps[-1]:
            steps.append(step)
    if draw(st.integers(0, 3)) == 0:
        steps.append(draw(stays(place)))
        before = None
    else:
        before = draw(st.none() | moments)
        before = None if before in steps else before
    needed = sum(step.count if isinstance(step, Closes) else isinstance(step, Compare) for step in steps)
    return Event(steps=tuple(steps), before=before, horizon=draw(st.integers(max(needed, 1), max(needed, longest))))


@st.composite
def touches_in_a_row(draw):
    """An event of prices to reach alone, where one bar often does several things."""
    reach = st.builds(Reach, price=prices, through=st.booleans())
    steps = [draw(reach)]
    for step in draw(st.lists(reach, min_size=1, max_size=2)):
        if step != steps[-1]:
            steps.append(step)
    is_kept = draw(st.integers(0, 3)) == 0
    before = None if is_kept else draw(st.none() | reach)
    steps += [draw(stays())] if is_kept else []
    return Event(steps=tuple(steps), before=None if before in steps else before, horizon=draw(st.integers(1, 6)))


def trees(leaves):
    """Statements made of the leaves."""
    several = st.lists(leaves, min_size=2, max_size=3).map(tuple)
    return st.recursive(
        leaves,
        lambda inner: (
            st.builds(Not, claim=inner)
            | made(several.map(lambda terms: And(terms=terms)))
            | made(several.map(lambda terms: Or(terms=terms)))
            | made(st.tuples(inner, inner).map(lambda terms: And(terms=terms)))
            | made(st.tuples(inner, inner).map(lambda terms: Or(terms=terms)))
            | made(st.builds(Given, claim=inner, condition=inner))
        ),
        max_leaves=4,
    )


simple = st.builds(Touch, price=prices, sessions=st.integers(1, 6)) | st.builds(
    CloseAt, side=st.sampled_from(["above", "below"]), price=prices, sessions=st.integers(1, 6)
)
statements = trees(events().map(simplest) | events().map(simplest) | simple)


@st.composite
def splits(draw):
    return Split(upper=draw(places), lower=draw(places), sessions=draw(st.integers(1, 6)))


@st.composite
def plans(draw):
    side = draw(st.sampled_from(["long", "short"]))
    ladder = sorted(draw(st.sets(prices, min_size=3, max_size=4)), reverse=side == "short")
    fill, end = sorted((draw(st.integers(1, 6)), draw(st.integers(1, 6))))
    order = draw(st.sampled_from(["limit", "stop"]))
    stop, entry, *targets = ladder
    return Plan(side=side, order=order, entry=entry, stop=stop, targets=tuple(targets), fill_within=fill, exit_within=end)


claims = touches_in_a_row() | events() | statements | made(splits()) | plans()


PATHS, SESSIONS = 12, 6


def walk(generator, shape):
    """Bars of whole prices around 100: open, high, low, close, each of `shape`; the bars of a row follow each other."""
    steps = generator.integers(-2, 3, size=(4, *shape))
    close = np.clip(100 + np.cumsum(steps[0], axis=-1), 94, 106)
    before = np.concatenate([np.full((*shape[:-1], 1), 100), close[..., :-1]], axis=-1)
    opened = before + steps[1] * (steps[2] > 0)
    high = np.maximum(opened, close) + np.maximum(steps[2], 0)
    low = np.minimum(opened, close) - np.maximum(steps[3], 0)
    return [column.astype(np.float64) for column in (opened, high, low, close)]


@st.composite
def markets(draw):
    """Known bars, and paths that follow them."""
    generator = np.random.Generator(np.random.Philox(draw(st.integers(0, 2**32 - 1))))
    known = walk(generator, (draw(st.integers(6, 12)),))
    return Known(*known), PathBars(*(np.asfortranarray(column) for column in walk(generator, (PATHS, SESSIONS))))
