"""Labels beside a chart: none overlaps, order kept, inside the pane, moved as little as possible."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.render.chart_labels import Label, place, place_near


def labels_at(*anchors: float, height: float = 10, weight: float = 1) -> list[Label]:
    return [Label(key=str(i), anchor=a, height=height, weight=weight) for i, a in enumerate(anchors)]


def middles(labels: list[Label], low: float = 0, high: float = 100) -> list[float]:
    return [placed.middle for placed in place(labels, low, high)]


def test_labels_with_room_stay_where_they_are():
    assert middles(labels_at(20, 50, 80)) == [20, 50, 80]


def test_two_labels_of_one_price_share_the_move():
    # 10 high each: they must stand 10 apart, so each gives 5
    assert middles(labels_at(50, 50)) == [45, 55]


def test_three_crowded_labels_stand_around_their_mean():
    # anchors 48, 50, 55: wanted less offsets 0, 10, 20 are 48, 40, 35, mean 41
    assert middles(labels_at(48, 50, 55)) == pytest.approx([41, 51, 61])


def test_the_heavier_label_moves_less():
    # weighted mean of 50 and 50 - 10 with weights 9 and 1 is 49
    heavy, light = Label(key="a", anchor=50, height=10, weight=9), Label(key="b", anchor=50, height=10, weight=1)
    assert middles([heavy, light]) == pytest.approx([49, 59])


def test_a_label_beyond_the_edge_is_pulled_inside():
    assert middles(labels_at(-30, 130)) == [5, 95]


def test_where_all_do_not_fit_the_lightest_is_left_out():
    labels = [Label(key=name, anchor=15, height=10, weight=w) for name, w in (("a", 3), ("b", 1), ("c", 2))]
    assert [placed.label.key for placed in place(labels, 0, 29)] == ["a", "c"]


def test_no_labels_no_places():
    assert place([], 0, 10) == ()


crowds = st.lists(
    st.builds(
        Label,
        key=st.uuids().map(str),
        anchor=st.floats(-50, 250),
        height=st.floats(4, 30),
        weight=st.floats(0.5, 20),
    ),
    max_size=24,
)


@given(labels=crowds)
def test_no_two_labels_overlap_and_all_are_inside(labels):
    placed = place(labels, 0, 200)
    for below, above in itertools.pairwise(placed):
        assert above.middle - below.middle >= (above.label.height + below.label.height) / 2 - 1e-6
        assert above.label.anchor >= below.label.anchor
    for each in placed:
        assert each.middle - each.label.height / 2 >= -1e-6
        assert each.middle + each.label.height / 2 <= 200 + 1e-6


@given(labels=crowds)
def test_all_labels_are_placed_where_all_fit(labels):
    if sum(label.height for label in labels) <= 200:
        assert {placed.label.key for placed in place(labels, 0, 200)} == {label.key for label in labels}


@given(labels=crowds, moved=st.integers(0, 23), by=st.floats(-3, 3))
def test_moving_any_label_elsewhere_costs_more_or_is_not_allowed(labels, moved, by):
    placed = place(labels, 0, 200)
    if not placed:
        return
    moved %= len(placed)
    at = [each.middle for each in placed]
    at[moved] += by
    allowed = all(
        at[i + 1] - at[i] >= (placed[i].label.height + placed[i + 1].label.height) / 2 for i in range(len(at) - 1)
    ) and all(each.label.height / 2 <= middle <= 200 - each.label.height / 2 for each, middle in zip(placed, at, strict=True))

    def cost(row: list[float]) -> float:
        return sum(each.label.weight * (m - each.label.anchor) ** 2 for each, m in zip(placed, row, strict=True))

    if allowed:
        assert cost(at) >= cost([each.middle for each in placed]) - 1e-6


def test_in_a_crowd_the_lightest_is_left_out_until_the_rest_are_near():
    # 10 high, of one price: a, c, d, e of weights 5, 4, 2, 3 have a wanted mean of 530 / 14 = 37.9, so a moves 12.1;
    # a, c, e of 500 / 12 = 41.7, so e moves 11.7
    labels = [Label(key=name, anchor=50, height=10, weight=w) for name, w in zip("abcde", (5, 1, 4, 2, 3), strict=True)]
    assert {placed.label.key for placed in place_near(labels, 0, 100, 12)} == {"a", "c", "e"}


@given(labels=crowds, at_most=st.floats(5, 60))
def test_no_label_of_a_crowd_stands_far_from_its_anchor(labels, at_most):
    placed = place_near(labels, 0, 200, at_most)
    assert placed == place([each.label for each in placed], 0, 200)
    for i, each in enumerate(placed):
        room = [
            abs(each.middle - other.middle) - (each.label.height + other.label.height) / 2
            for other in placed[max(0, i - 1) : i + 2]
            if other is not each
        ]
        if room and min(room) <= 0:
            assert abs(each.middle - each.label.anchor) <= at_most + 1e-6


def test_of_all_labels_near_their_anchors_none_is_left_out():
    assert place_near(labels_at(20, 50, 80), 0, 100, 1) == place(labels_at(20, 50, 80), 0, 100)
