"""How a claim is settled, in words: printed with it, so that nobody has to guess afterwards."""

from __future__ import annotations

from levelhead.domain.claim import Claim, CloseAt, Split, Touch

_START = "Counted from the first bar that opens after the note was made."
_LEFT_OUT = "Simulated paths and past windows that stay undecided are counted and left out of the chances."

_SPLIT = (
    "The highs and lows of daily bars decide which price trades first. A bar that opens at or beyond one of them has reached that "
    f"one first; a bar that opens between them and reaches both cannot be decided without finer bars. {_LEFT_OUT} {_START}"
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


def rule_of(claim: Claim) -> str:
    """The rule by which `claim` is priced and settled."""
    if isinstance(claim, Split):
        return _SPLIT
    if isinstance(claim, Touch):
        return _TOUCH
    return _CLOSE if isinstance(claim, CloseAt) else _PLAN
