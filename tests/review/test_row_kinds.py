"""Cells are laid into columns in the cheapest way there is."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.review.row_kinds import cost_of, gap_of, row_fitted

KINDS = st.sampled_from("in%dlwmg")


def test_the_side_that_a_row_has_not_is_the_column_left_empty():
    # words cost nothing under words, a number nothing under numbers; the side that is missing costs its gap, 2.0
    assert row_fitted(("w", "n"), ("w", "d", "n")) == (2.0, (0, None, 1))


def test_more_cells_than_columns_fit_nowhere():
    assert row_fitted(("n", "n", "n"), ("n", "n"))[1] == ()


@given(pattern=st.lists(KINDS, min_size=2, max_size=7), data=st.data())
def test_no_way_to_lay_cells_out_is_cheaper(pattern, data):
    kinds = data.draw(st.lists(KINDS, max_size=len(pattern) - 1))
    edges = {0: 2.0, len(pattern) - 1: 0.8}

    def cost(columns):
        laid = dict(zip(columns, kinds, strict=True))
        return sum(cost_of(laid[n], p) if n in laid else gap_of(p) * edges.get(n, 1.0) for n, p in enumerate(pattern))

    found, places = row_fitted(tuple(kinds), tuple(pattern))
    assert found == pytest.approx(min(map(cost, combinations(range(len(pattern)), len(kinds)))))
    assert found == pytest.approx(cost([n for n, place in enumerate(places) if place is not None]))
    assert [place for place in places if place is not None] == list(range(len(kinds)))
