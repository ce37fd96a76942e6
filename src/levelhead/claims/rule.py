"""How a claim is settled, in words: printed with it, so that nobody has to guess afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from levelhead.domain.claim import Claim, CloseAt, Plan, Split, Statement, Touch
from levelhead.domain.claim_tree import Leaf, is_conditional, leaves_of, measures_of, steps_of
from levelhead.domain.event import Closes, Event, Measure, Reach, Stay, Step

_START = "Counted from the first bar that opens after the note was made."
_LEFT_OUT = "Simulated paths and past windows that stay undecided are counted and left out of the chances."

_SPLIT = (
    "The highs and lows of daily bars decide which price trades first. A bar that opens at or beyond one of them has reached that "
    "one first; a bar that opens between them and reaches both cannot be decided without finer bars."
)
_TOUCH = f"The high or low of a daily bar at or beyond the price decides; a gap over the price counts. {_START}"
_CLOSE = (
    f"The close of the last session of the horizon decides; a close on the price itself is neither above nor below it. {_START}"
)
_PLAN = (
    "A limit fills when the price trades one tick through it; a stop, to enter or to protect, fills at its price with slippage, or "
    "at the open of a bar that opens beyond it; what is open after the last session is closed at its close. Where a daily bar "
    "reaches both target and stop and neither its open nor its close shows which came first, the trade cannot be decided without "
    f"finer bars. {_LEFT_OUT} {_START}"
)
_MOVING = "An average moves with the closes; during a session it stands where it stood at the close before."


def rule_of(claim: Claim) -> str:
    """The rule by which `claim` is priced and settled."""
    if isinstance(claim, Split):
        return " ".join([_SPLIT, *([_MOVING] if measures_of(claim) else []), _LEFT_OUT, _START])
    if isinstance(claim, Touch):
        return _TOUCH
    if isinstance(claim, CloseAt):
        return _CLOSE
    return _PLAN if isinstance(claim, Plan) else " ".join(dict.fromkeys(_sentences(claim)))


def _sentences(claim: Statement) -> Iterator[str]:
    leaves = list(leaves_of(claim))
    events = [leaf for leaf in leaves if isinstance(leaf, Event)]
    for step in _steps(leaves):
        yield from _step(step)
    if any(len(event.steps) > 1 for event in events):
        yield "Each step is looked for from where the one before it was first done."
    if any(event.before is not None for event in events):
        yield "What comes before must come first; at the same moment is too late."
    if any(sum(isinstance(step, Reach | Stay) for step in steps_of(event)) > 1 for event in events):
        yield f"{_UNSEEN} {_LEFT_OUT}"
    if is_conditional(claim):
        yield "Where the condition does not come true, the claim is void."
    yield _START


def _steps(leaves: Sequence[Leaf]) -> Iterator[Step]:
    for leaf in leaves:
        if isinstance(leaf, Event):
            yield from steps_of(leaf)
        else:
            yield Reach(price=leaf.price) if isinstance(leaf, Touch) else Closes(side=leaf.side, price=leaf.price)


def _step(step: Step) -> Iterator[str]:
    if isinstance(step, Reach):
        yield _THROUGH if step.through else _REACHED
    elif isinstance(step, Closes):
        yield "A close on a price is neither above nor below it."
    elif isinstance(step, Stay):
        yield _LEFT_AT_CLOSE if step.by_close else _LEFT
    else:
        yield "Measures are read at each close."
        if step.relation.startswith("crosses"):
            yield "One crosses another when it was not beyond it at the close before."
    if isinstance(step, Reach | Closes) and isinstance(step.price, Measure):
        yield _MOVING


_REACHED = "A price is touched when a daily bar's range reaches it; a gap over it counts."
_THROUGH = "It is traded through when a daily bar's range goes beyond it; a gap over it counts."
_LEFT = "The range is left when anything trades beyond it; its edges belong to it."
_LEFT_AT_CLOSE = "The range is left when a session closes beyond it; its edges belong to it."
_UNSEEN = "Where a daily bar does two things whose order it does not show, it cannot be decided without finer bars."
