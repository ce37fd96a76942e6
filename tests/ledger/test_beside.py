"""An author's statements beside the same ones as somebody else priced them."""

from __future__ import annotations

import datetime as dt

import pytest

from levelhead.ledger.beside import alike, paired, unsaid
from levelhead.ledger.outcome import Outcome
from levelhead.ledger.record import Meta, record_of
from levelhead.ledger.scorecard import scorecard
from levelhead.ledger.statement import Statement

DAY = dt.date(2025, 3, 13)


def record(author, *rows):
    """Rows of name, what was said of 'true' (None: nothing), its base rate, what came, and the note's day where it is another."""
    made = []
    for name, said, base, came, *day in rows:
        statement = Statement(
            name=name,
            kind="claim",
            claim="",
            sessions=12,
            outcomes=("true", "false"),
            said=() if said is None else (said, 1 - said),
            base=(base, 1 - base),
            prices={},
        )
        on = None if came == "open" else DAY + dt.timedelta(days=5)
        outcome = Outcome(name=name, outcome=came, on=on, sessions=3)
        made.append((Meta(author=author, symbol="RTY", standing="replayed", as_of=day[0] if day else DAY), statement, outcome))
    return record_of(made)


HERS = record(
    "hers",
    ("a", 0.5, 0.3, "true"),
    ("b", None, 0.3, "true"),
    ("c", None, 0.5, "false"),
    ("d", None, 0.1, "open"),
    ("e", 0.2, 0.3, "false"),
)
OURS = record("levelhead", ("c", 0.4, 0.5, "false"), ("b", 0.8, 0.3, "true"), ("a", 0.7, 0.3, "true"), ("x", 0.9, 0.9, "true"))


def test_a_statement_is_paired_with_the_same_one_by_its_name_and_day():
    mine, theirs = paired(HERS, OURS)
    assert [(HERS.name[i], OURS.name[j]) for i, j in zip(mine, theirs, strict=True)] == [("a", "a"), ("b", "b"), ("c", "c")]
    other_day = record("levelhead", ("a", 0.7, 0.3, "true", DAY + dt.timedelta(days=1)))
    assert len(paired(HERS, other_day)[0]) == 0


def test_of_two_notes_of_one_day_the_first_belongs_to_the_first():
    twice = record("hers", ("a", 0.5, 0.3, "true"), ("a", 0.9, 0.3, "true"))
    ours = record("levelhead", ("a", 0.1, 0.3, "true"), ("a", 0.2, 0.3, "true"))
    mine, theirs = paired(twice, ours)
    assert (mine.tolist(), theirs.tolist()) == ([0, 1], [0, 1])


def test_alone_what_both_gave_a_probability_is_compared():
    both = alike(HERS, OURS)
    assert list(zip(both.author.tolist(), both.name.tolist(), strict=True)) == [("hers", "a"), ("levelhead", "a")]


def test_what_came_true_without_a_probability_stands_beside_what_was_to_be_expected():
    (row,) = unsaid(HERS, OURS)
    # b came true and c did not; levelhead said 0.8 and 0.4, the past 0.3 and 0.5; d is open
    assert (row.kind, row.count, row.decided, row.happened) == ("claim", 3, 2, 1)
    assert row.said == pytest.approx(0.6)
    assert row.base == pytest.approx(0.4)


def test_nothing_is_said_of_statements_that_nobody_priced():
    (row,) = unsaid(HERS, record("levelhead", ("z", 0.4, 0.5, "false")))
    assert (row.count, row.decided, row.said, row.base) == (3, 0, None, None)
    assert unsaid(record("hers", ("a", 0.5, 0.3, "true")), OURS) == ()


def test_the_scorecard_of_an_author_counts_her_own_statements_alone_and_compares_the_common_ones():
    (book,) = scorecard(HERS, beside=OURS).books
    assert book.authors == ("hers",)
    assert sum(tally.count for tally in book.tallies) == 5
    (pair,) = book.side_by_side
    # Brier of two outcomes: hers 2 x 0.5^2, levelhead's 2 x 0.3^2
    assert dict(zip(pair.authors, pair.score, strict=True)) == {"hers": pytest.approx(0.5), "levelhead": pytest.approx(0.18)}
    assert scorecard(HERS).books[0].unsaid == ()
