"""Chart patterns as they are drawn: outline, lines and name; never one upon another."""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ET
from itertools import pairwise

import made_note
import pytest
from made_charts import chart, real_bars
from made_patterns import CHARTS, DOUBLE_BOTTOM, drawn

from levelhead.reading.patterns import patterns_of
from levelhead.reading.read import read
from levelhead.reading.settings import Settings
from levelhead.render.chart import to_svg
from levelhead.render.chart_layout import PAGE, PHONE, view, width_of
from levelhead.wire.document import to_document

MADE = to_document(made_note.made_note())


@pytest.fixture
def document():
    return copy.deepcopy(MADE)


def series_of(corners, *more, until=None, **settings):
    return read(chart(*(column[:until] for column in drawn(corners, *more))), settings=Settings(**settings)).series


def with_pattern(document, **more):
    """A double bottom drawn on the made note, from forty bars before its last."""
    series = document["series"]
    last = len(series["close"]) - 1
    rows = [last - 40, last - 30, last - 20]
    prices = [series["low"][rows[0]], series["high"][rows[1]], series["low"][rows[2]]]
    line = {"name": "pattern_1", "begin": rows[0], "end": last, "from_price": prices[1], "to_price": prices[1], "is_broken": False}
    pattern = {"name": "pattern_1", "words": "double bottom, forming", "rows": rows, "prices": prices, "lines": [line]}
    series["patterns"] = [pattern | {"is_undone": False, "is_above": False} | more]
    return document


def drawn_in(svg):
    """Styles of the strokes of patterns, and the words beside them."""
    elements = list(ET.fromstring(svg).iter())
    strokes = [e.attrib["style"] for e in elements if "stroke: var(--pattern)" in e.attrib.get("style", "")]
    return strokes, ["".join(e.itertext()) for e in elements if e.tag.endswith("text") and "--pattern" in str(e.attrib)]


def test_a_double_bottom_has_its_outline_through_the_bars_and_its_neckline_to_the_break():
    (pattern,) = series_of(DOUBLE_BOTTOM).patterns
    assert (pattern.rows, pattern.prices) == ((85, 100, 115), (119, 151, 119))
    (neckline,) = pattern.lines
    assert (neckline.begin, neckline.end, neckline.from_price, neckline.to_price) == (85, 131, 151, 151)
    assert (pattern.words, pattern.is_above, pattern.is_undone) == ("double bottom, confirmed", False, False)


def test_a_triangle_has_both_its_lines_and_no_outline():
    (pattern,) = series_of(CHARTS["ascending_triangle"], until=140).patterns
    assert pattern.rows == ()
    assert [(line.begin, line.end) for line in pattern.lines] == [(85, 139), (100, 139)]  # each from its own first point
    assert pattern.lines[0].to_price == 151


def test_what_a_close_has_undone_ends_there():
    (pattern,) = series_of(DOUBLE_BOTTOM, 150, 140, 130, 120, 118, 117, 116).patterns
    assert (pattern.is_undone, pattern.lines[0].end) == (True, 131)  # its neckline ends where it broke


def test_a_pattern_that_begins_before_the_chart_is_not_drawn():
    # 137 bars: with the last 52 the chart begins in row 85
    assert len(series_of(DOUBLE_BOTTOM, chart_bars=52).patterns) == 1
    assert series_of(DOUBLE_BOTTOM, chart_bars=51).patterns == ()


def test_no_two_patterns_of_real_charts_lie_upon_each_other(shared):
    found = patterns_of(real_bars(shared, "iwm.csv"))
    both = 0
    for t in range(len(found.told)):
        told, shown = found.told_at(t), found.drawn_at(t)
        assert len(shown) <= 2
        assert bool(shown) is bool(told)
        both += len(shown) == 2
        spans = sorted((pattern.shape.first, pattern.shape.last) for _, pattern in shown)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert both > 0


def test_it_is_drawn_with_its_name_in_a_colour_of_its_own(document):
    assert drawn_in(to_svg(document)) == ([], [])
    strokes, words = drawn_in(to_svg(with_pattern(document)))
    assert len(strokes) == 2  # outline and neckline
    assert not any("dasharray" in style for style in strokes)
    assert words == ["double bottom, forming"]


def test_what_was_undone_is_in_dashes(document):
    strokes, _ = drawn_in(to_svg(with_pattern(document, is_undone=True, words="double bottom, failed")))
    assert all("dasharray" in style for style in strokes)


def test_the_phone_draws_it_where_it_shows_all_its_bars(document):
    last = len(document["series"]["close"]) - 1
    wide = with_pattern(document)
    wide["series"]["patterns"][0]["lines"][0]["begin"] = last - 90
    assert len(drawn_in(to_svg(wide, narrow=False))[0]) == 2
    assert drawn_in(to_svg(wide, narrow=True)) == ([], [])
    assert len(drawn_in(to_svg(with_pattern(document), narrow=True))[0]) == 2


def test_its_name_stands_clear_of_the_bars_beneath_it(document):
    svg, shown = to_svg(with_pattern(document)), view(document, PAGE)
    (name,) = [e for e in ET.fromstring(svg).iter() if e.tag.endswith("text") and "double bottom" in "".join(e.itertext())]
    size, middle = 0.9 * PAGE.text, float(name.attrib["x"])
    top = PAGE.height - (float(name.attrib["y"]) - 0.75 * size)  # from below, as the pane counts
    half = width_of("double bottom, forming", size) / 2
    beneath = [bar for bar in range(shown.count) if abs(shown.x(bar) - middle) < half]
    assert len(beneath) > 20
    assert all(shown.prices.y(document["series"]["low"][shown.first + bar]) > top for bar in beneath)


def test_a_name_too_long_for_a_phone_leaves_its_status_out_and_stays_within_the_prices(document):
    svg = to_svg(with_pattern(document, words="inverse head and shoulders, confirmed"), narrow=True)
    ((name, _),) = places_of(svg)
    assert name == "inverse head and shoulders"
    (middle,) = [float(e.attrib["x"]) for e in ET.fromstring(svg).iter() if e.tag.endswith("text") and e.text == name]
    assert middle + width_of(name, 0.9 * PHONE.text) / 2 <= view(document, PHONE).prices.right + 0.1


def test_names_of_two_patterns_do_not_stand_upon_each_other(document):
    series = with_pattern(document)["series"]
    again = copy.deepcopy(series["patterns"][0]) | {"name": "pattern_2", "words": "bear pennant, confirmed"}
    series["patterns"].append(again)
    (first, one), (second, two) = places_of(to_svg(document))
    assert (first, second) == ("double bottom, forming", "bear pennant, confirmed")
    assert abs(one - two) >= 0.9 * PAGE.text


def places_of(svg):
    """Names of patterns and the heights at which they stand."""
    elements = [e for e in ET.fromstring(svg).iter() if e.tag.endswith("text") and "--pattern" in str(e.attrib)]
    return [("".join(e.itertext()), float(e.attrib["y"])) for e in elements]


def test_the_name_of_a_short_pattern_at_the_top_of_a_steep_rise_stands_above_it(document):
    # a rise of ten points a bar, then ten bars at the top: below them the name would hang over the foot of the rise
    series = document["series"]
    count = len(series["close"])
    close = [1000.0 + 10 * min(at, count - 11) for at in range(count)]
    for name, away in (("open", 0), ("close", 0), ("high", 2), ("low", -2)):
        series[name] = [price + away for price in close]
    series["averages"], series["fan"], document["scenarios"], document["levels"] = {}, None, None, []
    top = close[-1] + 2
    lines = [
        {"name": "pattern_1", "begin": count - 10, "end": count - 1, "from_price": p, "to_price": p, "is_broken": False}
        for p in (top, top - 4)
    ]
    flag = {"name": "pattern_1", "words": "bull flag, confirmed", "rows": [], "prices": [], "lines": lines}
    series["patterns"] = [flag | {"is_undone": False, "is_above": False}]
    ((_, y),) = places_of(to_svg(document))
    assert y < PAGE.height - view(document, PAGE).prices.y(top)


def test_a_note_that_was_written_before_patterns_were_drawn_is_drawn_without(document):
    document["series"].pop("patterns", None)
    assert to_svg(document) == to_svg(copy.deepcopy(MADE))
