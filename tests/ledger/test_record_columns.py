"""Statements and outcomes as columns."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_records import made_record, row

from levelhead.ledger.record import OPEN, UNDECIDED, VOID, index_of, joined, spoken
from levelhead.ledger.words import Words, coded


def test_an_outcome_is_its_place_among_the_statements():
    assert index_of(("up", "range", "down"), "range") == 1
    assert index_of(("up", "range", "down"), "open") == OPEN
    assert index_of(("up", "range", "down"), "undecided") == UNDECIDED
    assert index_of(("true", "false", "void"), "void") == VOID


def test_what_may_be_void_is_scored_as_if_it_were_not():
    # filled in half the cases, the target before the stop in three tenths of all: in three fifths of those filled
    assert spoken(("true", "false", "void"), (0.3, 0.2, 0.5)) == pytest.approx((0.6, 0.4))
    assert spoken(("true", "false", "void"), (0.0, 0.0, 1.0)) == ()
    assert spoken(("true", "false"), (0.3, 0.7)) == (0.3, 0.7)


def test_a_row_keeps_everything_that_was_said():
    record = made_record(
        row("scenario", "down", said=(0.5, 0.3, 0.2), base=(0.4, 0.4, 0.2), prices={"upper": 2100.0}),
        row("claim", "false", said=(0.3, 0.2, 0.5), outcomes=("true", "false", "void"), week=1),
        row("level", "open"),
    )
    assert record.outcomes.tolist() == [2, 1, OPEN]
    assert record.count.tolist() == [3, 2, 4]
    np.testing.assert_allclose(record.said[:2], [[0.5, 0.3, 0.2, np.nan], [0.6, 0.4, np.nan, np.nan]])
    assert np.isnan(record.said[2]).all()
    assert record.as_of.astype(str).tolist() == ["2024-01-08", "2024-01-15", "2024-01-08"]
    assert np.isnat(record.settled_on[2])
    assert record.prices["upper"][0] == 2100.0
    assert np.isnan(record.prices["upper"][1])


def test_records_join_and_part():
    first, second = made_record(row("bias", "right")), made_record(row("bias", "wrong", week=1), row("level", "held"))
    whole = joined([first, second])
    assert len(whole) == 3
    assert whole.where(whole.kind == "bias").outcomes.tolist() == [0, 1]
    assert len(joined([])) == 0


WORDS = st.lists(st.sampled_from(["RTY", "ES", "NQ", "a b", ""]))


@given(WORDS, st.data())
def test_a_column_of_places_is_the_column_spelled_out(words, data):
    column, spelled = Words.of(words), np.array(words, dtype=np.str_)
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words))), dtype=bool)
    assert (len(column), column.tolist()) == (len(words), words)
    assert np.asarray(column).tolist() == words
    assert column[chosen].tolist() == spelled[chosen].tolist()
    assert [column[row] for row in range(len(words))] == words
    for word in ("RTY", "a b", "", "absent"):
        assert (column == word).tolist() == [each == word for each in words]
    assert np.concatenate([column, column]).tolist() == [*words, *words]


@pytest.mark.parametrize("column", [lambda words: np.array(words, dtype=np.str_), Words.of])
@given(words=WORDS)
def test_words_are_coded_as_sorting_would(column, words):
    names, codes = coded(column(words))
    expected, places = np.unique(np.array(words, dtype=np.str_), return_inverse=True)
    assert names == expected.tolist()
    assert codes.tolist() == places.ravel().tolist()
