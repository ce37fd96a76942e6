"""Claims and paths to draw from: small whole prices, so that levels, closes and averages meet on the point."""

import numpy as np
from hypothesis import strategies as st

from levelhead.claims.columns import Known
from levelhead.claims.tree import simplest
from levelhead.domain.claim import And, CloseAt, Given, Not, Or, Plan, Split, Touch
from levelhead.domain.errors import BadClaim
from levelhead.domain.event import Closes, Compare, Event, Measure, Reach, Stay
from levelhead.kernels.paths import PathBars

prices = st.integers(94, 106).map(float)
averages = st.builds(Measure, name=st.sampled_from(["sma", "ema"]), bars=st.integers(1, 4))
places = prices | prices | averages
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


leaves = (
    events()
    | events()
    | st.builds(Touch, price=prices, sessions=st.integers(1, 6))
    | st.builds(CloseAt, side=st.sampled_from(["above", "below"]), price=prices, sessions=st.integers(1, 6))
)
several = lambda terms: st.lists(terms, min_size=2, max_size=3).map(tuple)  # noqa: E731
statements = st.recursive(
    leaves,
    lambda inner: (
        st.builds(Not, claim=inner)
        | made(several(inner).map(lambda terms: And(terms=terms)))
        | made(several(inner).map(lambda terms: Or(terms=terms)))
        | made(st.builds(Given, claim=inner, condition=inner))
    ),
    max_leaves=4,
).map(simplest)


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


claims = statements | made(splits()) | plans()


@st.composite
def bars(draw, size):
    """`size` bars of whole prices, (open, high, low, close)."""
    found = []
    for _ in range(size):
        low, high = sorted((draw(st.integers(95, 105)), draw(st.integers(95, 105))))
        found.append((draw(st.integers(low, high)), high, low, draw(st.integers(low, high))))
    return np.array(found, dtype=np.float64).reshape(size, 4)


@st.composite
def markets(draw, paths=3, sessions=6):
    """Known bars, and paths that follow them."""
    known = draw(bars(draw(st.integers(6, 9))))
    drawn = np.array([draw(bars(sessions)) for _ in range(paths)])
    columns = (np.asfortranarray(drawn[:, :, column]) for column in range(4))
    return Known(*(np.ascontiguousarray(known[:, column]) for column in range(4))), PathBars(*columns)
