"""A claim seen as a tree: its leaves, and its prices in the order in which its text names them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from levelhead.domain.claim import And, Claim, CloseAt, Given, Not, Or, Plan, Split, Statement, Touch
from levelhead.domain.event import Closes, Compare, Event, Measure, Price, Reach, Stay, Step

Leaf = Touch | CloseAt | Event


def leaves_of(statement: Statement) -> Iterator[Leaf]:
    """The leaves, from left to right."""
    if isinstance(statement, Touch | CloseAt | Event):
        yield statement
    elif isinstance(statement, Not):
        yield from leaves_of(statement.claim)
    elif isinstance(statement, Given):
        yield from leaves_of(statement.claim)
        yield from leaves_of(statement.condition)
    else:
        for term in statement.terms:
            yield from leaves_of(term)


def steps_of(event: Event) -> tuple[Step, ...]:
    """The steps, and after them what must not come before."""
    return event.steps if event.before is None else (*event.steps, event.before)


def is_conditional(claim: Claim) -> bool:
    """Whether it may come out void."""
    if isinstance(claim, Not):
        return is_conditional(claim.claim)
    return isinstance(claim, Given) or (isinstance(claim, And | Or) and any(is_conditional(term) for term in claim.terms))


def written_prices(claim: Claim) -> list[Price]:
    """Every price of a claim as written, averages among them, numbers of RSI and ATR not, in the order of its text."""
    if isinstance(claim, Split):
        return [claim.upper, claim.lower]
    if isinstance(claim, Plan):
        return [claim.entry, claim.stop, *claim.targets]
    return [price for leaf in leaves_of(claim) for price in _prices_of_leaf(leaf)]


def measures_of(claim: Claim) -> list[Measure]:
    """Every measure that has to be known along the path, each once, in the order of the text."""
    found: list[Measure] = [price for price in written_prices(claim) if isinstance(price, Measure)]
    if not isinstance(claim, Split | Plan):
        for leaf in leaves_of(claim):
            for step in steps_of(leaf) if isinstance(leaf, Event) else ():
                if isinstance(step, Compare):
                    found += [step.left, *([step.right] if isinstance(step.right, Measure) else [])]
    return list(dict.fromkeys(found))


def with_prices(claim: Claim, change: Callable[[Price], Price]) -> Claim:
    """The same claim with every price put through `change`, called in the order of the text."""
    if isinstance(claim, Split):
        return replace(claim, upper=change(claim.upper), lower=change(claim.lower))
    if isinstance(claim, Plan):
        return replace(
            claim,
            entry=_number(change(claim.entry)),
            stop=_number(change(claim.stop)),
            targets=tuple(_number(change(target)) for target in claim.targets),
        )
    return map_leaves(claim, lambda leaf: _leaf_with_prices(leaf, change))


def map_leaves(statement: Statement, change: Callable[[Leaf], Leaf]) -> Statement:
    """The same statement with every leaf put through `change`, from left to right."""
    if isinstance(statement, Touch | CloseAt | Event):
        return change(statement)
    if isinstance(statement, Not):
        return Not(claim=map_leaves(statement.claim, change))
    if isinstance(statement, Given):
        return Given(claim=map_leaves(statement.claim, change), condition=map_leaves(statement.condition, change))
    return type(statement)(terms=tuple(map_leaves(term, change) for term in statement.terms))


def simplest(statement: Statement) -> Statement:
    """The statement with every event that is a mere touch, or a close at the end of its window, written as one."""
    return map_leaves(statement, _simplest_leaf)


def _simplest_leaf(leaf: Leaf) -> Leaf:
    if not isinstance(leaf, Event) or len(leaf.steps) > 1 or leaf.before is not None or leaf.frame:
        return leaf
    step, sessions = leaf.steps[0], leaf.horizon
    if isinstance(sessions, dt.date) or not isinstance(step, Reach | Closes) or not isinstance(step.price, float | int):
        return leaf
    if isinstance(step, Reach):
        return leaf if step.through else Touch(price=step.price, sessions=sessions)
    return CloseAt(side=step.side, price=step.price, sessions=sessions) if leaf.is_at and step.count == 1 else leaf


def _leaf_with_prices(leaf: Leaf, change: Callable[[Price], Price]) -> Leaf:
    if not isinstance(leaf, Event):
        return replace(leaf, price=_number(change(leaf.price)))
    steps = tuple(_step_with_prices(step, change) for step in leaf.steps)
    return replace(leaf, steps=steps, before=None if leaf.before is None else _step_with_prices(leaf.before, change))


def _prices_of_leaf(leaf: Leaf) -> list[Price]:
    """In the order in which `_leaf_with_prices` changes them."""
    if not isinstance(leaf, Event):
        return [leaf.price]
    return [price for step in steps_of(leaf) for price in _prices_of_step(step)]


def _prices_of_step(step: Step) -> list[Price]:
    if isinstance(step, Stay):
        return [step.low, step.high]
    if isinstance(step, Compare):
        return [step.right] if _is_of_prices(step) else []
    return [step.price]


def _step_with_prices(step: Step, change: Callable[[Price], Price]) -> Step:
    if isinstance(step, Stay):
        return replace(step, low=change(step.low), high=change(step.high))
    if isinstance(step, Compare):
        return replace(step, right=change(step.right)) if _is_of_prices(step) else step
    return replace(step, price=change(step.price))


def _is_of_prices(step: Compare) -> bool:
    return step.left.kind == "price" and not isinstance(step.right, Measure)


def _number(price: Price) -> float:
    if not isinstance(price, float | int):
        raise TypeError(f"{price!r} is not a number")
    return price
