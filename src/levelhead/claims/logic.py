"""Not, and, or, given, where a statement may also be void, undecided or still open (Kleene's three values, and two more).

What stays possible is never ruled out: a statement still open may come true or false, an undecided one is either and nobody
can tell. So 'and' is false as soon as one term is, and open while that may yet happen; 'or' mirrors it.
Kleene, S. C. (1952), Introduction to Metamathematics, section 64.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from levelhead.claims.outcomes import FALSE, OPEN, TRUE, UNDECIDED, VOID
from levelhead.domain.claim import And, CloseAt, Given, Not, Statement, Touch
from levelhead.domain.event import Event
from levelhead.kernels.first_touch import Codes

# What settles a conjunction, strongest last; a disjunction has TRUE and FALSE exchanged.
_STRENGTH = (TRUE, VOID, UNDECIDED, OPEN, FALSE)
_SHIFT = 2  # the lowest code is -2


def combined(statement: Statement, leaves: Iterator[Codes]) -> Codes:
    """The codes of a statement from those of its leaves, from left to right; int8, shape (paths,)."""
    if isinstance(statement, Touch | CloseAt | Event):
        return next(leaves)
    if isinstance(statement, Not):
        return negated(combined(statement.claim, leaves))
    if isinstance(statement, Given):
        claim = combined(statement.claim, leaves)
        return given(claim, combined(statement.condition, leaves))
    terms = [combined(term, leaves) for term in statement.terms]
    return both(terms) if isinstance(statement, And) else either(terms)


def negated(codes: Codes) -> Codes:
    """True and false exchanged; all else as it is."""
    return _NEGATED[codes + _SHIFT]


def both(terms: Sequence[Codes]) -> Codes:
    """False where one is; else open, undecided or void where one is; else true."""
    ranks = np.maximum.reduce([_RANK[codes + _SHIFT] for codes in terms])
    return _CODE[ranks]


def either(terms: Sequence[Codes]) -> Codes:
    """True where one is; else open, undecided or void where one is; else false."""
    return negated(both([negated(codes) for codes in terms]))


def given(codes: Codes, condition: Codes) -> Codes:
    """The codes where the condition is true, void where it is false or void; undecided and open as the condition is."""
    return np.select([condition == TRUE, condition < 0], [codes, condition], VOID).astype(np.int8)


_NEGATED = np.array([OPEN, UNDECIDED, FALSE, TRUE, VOID], dtype=np.int8)
_CODE = np.array(_STRENGTH, dtype=np.int8)
_RANK = np.array([_STRENGTH.index(code) for code in (OPEN, UNDECIDED, TRUE, FALSE, VOID)], dtype=np.int8)
