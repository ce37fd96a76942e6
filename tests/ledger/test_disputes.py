"""When a statement is settled again."""

import datetime as dt

import pytest

from levelhead.ledger.dispute import verdict
from levelhead.ledger.outcome import Outcome


def outcome(word: str, low: float | None = None, high: float | None = None, *, day: int = 6, reason: str = "") -> Outcome:
    on = None if word == "open" else dt.date(2025, 3, day)
    return Outcome(name="it", outcome=word, on=on, sessions=1, reason=reason, result_low=low, result_high=high)


@pytest.mark.parametrize(
    ("kept", "found", "expected"),
    [
        (None, outcome("open"), "open"),
        (None, outcome("stop", -1.1, -1.1), "new"),
        (outcome("stop", -1.1, -1.1), outcome("stop", -1.1, -1.1), "same"),
        (outcome("stop", -1.1, -1.1), outcome("stop", -1.102, -1.102, day=7, reason="again"), "same"),  # prints the same
        (outcome("stop", -1.1, -1.1), outcome("stop", -1.3, -1.3), "disputed"),
        (outcome("stop", -1.1, -1.1), outcome("target", 2.0, 2.0), "disputed"),
        (outcome("undecided", -1.1, 2.0), outcome("target", 2.0, 2.0), "disputed"),
        (outcome("unfilled"), outcome("stop", -1.1, -1.1), "disputed"),
        (outcome("stop", -1.1, -1.1), outcome("open"), "open"),  # shorter bars say nothing against it
    ],
)
def test_what_is_kept_is_never_written_over(kept, found, expected):
    assert verdict(kept, found) == expected


def test_the_same_dispute_is_entered_once():
    kept, other = outcome("true"), outcome("false")
    assert verdict(kept, other, [other]) == "same"
    assert verdict(kept, outcome("undecided"), [other]) == "disputed"
