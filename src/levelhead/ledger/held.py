"""What is not settled yet though bars would settle it: a roll that nobody can see yet may lie before it.

An estimated roll may be known some closes after it happened. What is settled in between, on prices of two contracts taken for one,
would be wrong for good, since an outcome stays as it is kept. So it waits; what was decided before the roll can have come does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from levelhead.domain.instrument import Instrument
from levelhead.domain.roll import ExpectedRoll, Roll
from levelhead.ledger.outcome import OPEN, Outcome

NOT_FOR_GOOD = "a roll that has not shown yet may change it"


def held_back(outcomes: Iterable[Outcome], as_of: dt.date, due: ExpectedRoll | None) -> tuple[Outcome, ...]:
    """The outcomes of a note of `as_of`, those that a roll which is `due` may change open, with the reason.

    due: may have come already, and is not known. None where there is none.
    """
    if due is None:
        return tuple(outcomes)
    return tuple(
        Outcome(name=each.name, outcome=OPEN, on=None, sessions=each.sessions, reason=words(due))
        if waits(each, as_of, due)
        else each
        for each in outcomes
    )


def marked(outcomes: Iterable[Outcome], as_of: dt.date, due: ExpectedRoll | None) -> tuple[Outcome, ...]:
    """The same as they stand, and that they are not for good."""
    if due is None:
        return tuple(outcomes)
    return tuple(replace(each, reason=NOT_FOR_GOOD) if waits(each, as_of, due) else each for each in outcomes)


def waits(outcome: Outcome, as_of: dt.date, due: ExpectedRoll) -> bool:
    """Whether the outcome rests on a session after the note's day in which the contract may be another."""
    return outcome.outcome != OPEN and outcome.on is not None and outcome.on > as_of and outcome.on >= due.first


def words(due: ExpectedRoll) -> str:
    """What is waited for, from when, and until when."""
    return (
        f"{due.from_contract} may have given way to {due.to_contract} since {due.first}, and no roll has shown yet; what turns on "
        f"the sessions since is settled once it has, and without one after {due.last}."
    )


def by_rolls(found: Outcome, as_of: dt.date, rolls: Sequence[Roll], instrument: Instrument) -> Outcome:
    """A disputed outcome, with the rolls it knows between the note's day and its own named in the reason."""
    between = [roll for roll in rolls if found.on is not None and as_of < roll.date <= found.on]
    if not between:
        return found
    listed = " and ".join(_said(roll, instrument) for roll in between)
    words = f"These bars know the roll{'' if len(between) == 1 else 's'} of {listed}."
    return replace(found, reason=f"{found.reason} {words}".strip())


def _said(roll: Roll, instrument: Instrument) -> str:
    how = "" if not roll.estimated else ", estimated" if roll.seen == roll.date else f", estimated on {roll.seen}"
    return f"{roll.date} ({instrument.quoting.price(roll.gap, signed=True)} points{how})"
