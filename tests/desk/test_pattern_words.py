"""What a note says of chart patterns, in the words of the trade."""

from __future__ import annotations

import datetime as dt

import pytest
from made_charts import chart
from made_patterns import CHARTS, DOUBLE_BOTTOM, drawn, upside_down

from levelhead.desk.draft import Draft
from levelhead.desk.pattern_words import pattern_sentences
from levelhead.domain.fact import Fact
from levelhead.reading.read import read


def said(bars):
    """The sentences, 'pattern_1' left out of their references."""
    return [
        sentence.replace("pattern_1.", "").replace("pattern_1@", "@") for sentence in pattern_sentences(Draft(read(bars).facts))
    ]


def of(corners, *more, until=None):
    return said(chart(*(column[:until] for column in drawn(corners, *more))))


def over(corners, *more, until=None):
    return said(chart(*(column[:until] for column in upside_down(drawn(corners, *more)))))


def test_nothing_is_said_where_there_is_no_pattern():
    assert of(DOUBLE_BOTTOM, until=117) == []


def test_what_forms_is_said_with_what_would_confirm_and_what_would_undo_it():
    assert of(DOUBLE_BOTTOM, until=121) == [
        "A double bottom at {point_1} and {point_3} is forming: a close above its neckline {neckline} would confirm it, with a "
        "measured move to {target}; a close below {failure} would undo it."
    ]


def test_what_is_confirmed_is_said_with_its_day_and_how_far_its_measured_move_is():
    assert of(DOUBLE_BOTTOM) == [
        "A double bottom at {point_1} and {point_3} was confirmed on {status@date} by a close above its neckline {neckline}; "
        "measured move to {target}, still {target_atr|abs} away."
    ]
    (top,) = over(DOUBLE_BOTTOM)
    assert "A double top" in top
    assert "a close below its neckline" in top


def test_a_target_that_was_met_is_said_with_both_days():
    assert of(DOUBLE_BOTTOM, *range(164, 184, 2)) == [
        "A double bottom at {point_1} and {point_3}, confirmed on {neckline@date} by a close above its neckline {neckline}, met "
        "its measured move to {target} on {status@date}."
    ]


def test_a_failure_is_said_with_whether_it_had_been_confirmed():
    assert of(DOUBLE_BOTTOM, 150, 140, 130, 120, 118) == [
        "A double bottom at {point_1} and {point_3}, confirmed on {neckline@date} by a close above its neckline {neckline}, failed "
        "on {status@date} with a close below {failure}."
    ]
    assert of((*DOUBLE_BOTTOM[:-1], (120, 130)), 125, 120, 117) == [
        "A double bottom at {point_1} and {point_3} failed on {status@date} with a close below {failure}, before it was confirmed."
    ]


@pytest.mark.parametrize(
    ("kind", "begins", "line"),
    [
        ("triple_bottom", "A triple bottom at {point_1}, {point_3} and {point_5} was", "above its neckline {neckline}"),
        (
            "inverse_head_and_shoulders",
            "An inverse head and shoulders with its head at {point_3} on {point_3@date} was",
            "above its neckline {neckline}",
        ),
        ("ascending_triangle", "An ascending triangle that began on {@date} was", "above its upper line {neckline}"),
        ("rising_wedge", "A rising wedge that began on {@date} was", "below its lower line {neckline}"),
        ("rectangle", "A rectangle that began on {@date} was", "above its upper line {neckline}"),
        ("bull_flag", "A bull flag that began on {@date} was", "above its upper line {neckline}"),
    ],
)
def test_each_kind_is_found_by_what_a_chartist_would_look_for(kind, begins, line):
    (sentence,) = of(CHARTS[kind])
    assert sentence.startswith(begins)
    assert line in sentence


def test_what_may_break_either_way_names_both_lines():
    assert of(CHARTS["rectangle"], until=128) == [
        "A rectangle that began on {@date} is forming: a close above {upper} or below {lower} would confirm it."
    ]


@pytest.mark.parametrize(("shared", "status", "count"), [(2, "confirmed", 1), (1, "confirmed", 2), (2, "failed", 2)])
def test_a_pattern_seen_twice_is_told_once(shared, status, count):
    days = [dt.date(2025, 3, day) for day in range(1, 7)]
    first, second = days[:3], [*days[:3][3 - shared :], *days[3:]][:3]
    found = {}
    for name, points, course in (("pattern_1", first, "confirmed"), ("pattern_2", second, status)):
        for part, word in (("", "triple bottom"), (".status", course), (".side", "bullish"), (".neckline", "x"), (".failure", "x")):
            found[f"{name}{part}"] = Fact(value=word, unit="word", meaning="", formula="", date=days[-1])
        for at, day in zip((1, 3, 5), points, strict=True):
            found[f"{name}.point_{at}"] = Fact(
                value=9.0, unit="price", meaning="", formula="price", inputs={"price": 9.0}, date=day
            )
    assert len(pattern_sentences(Draft(found))) == count
