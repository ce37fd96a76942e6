"""Swings as they are drawn: small marks beside their bars, without words."""

from __future__ import annotations

import copy
import re
import xml.etree.ElementTree as ET

import made_note
import pytest

from levelhead.render.chart import to_svg
from levelhead.render.chart_layout import PAGE, PHONE, view
from levelhead.wire.document import from_json, to_document, to_json

MADE = to_document(made_note.made_note())


@pytest.fixture
def document():
    return copy.deepcopy(MADE)


def with_swings(document, *swings):
    document["series"]["swings"] = [{"row": row, "kind": kind, "rule": rule} for row, kind, rule in swings]
    return document


def marks(svg):
    """The corners of each filled muted shape, from above as an SVG counts."""
    found = []
    for element in ET.fromstring(svg).iter():
        if element.tag.endswith("path") and "fill: var(--muted)" in element.attrib.get("style", ""):
            for shape in element.attrib["d"].split("M")[1:]:
                numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", shape)]
                found.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
    return found


def test_a_note_without_swings_is_drawn_without_marks(document):
    assert "swings" not in document["series"]
    assert marks(to_svg(document)) == []


def test_a_high_is_marked_above_its_bar_and_a_low_below(document):
    last = len(document["series"]["close"]) - 1
    shown = view(document, PAGE)
    high, low = marks(to_svg(with_swings(document, (last - 9, "high", "both"), (last - 30, "low", "reversal"))))
    for shape, row in ((high, last - 9), (low, last - 30)):
        assert sum(x for x, _ in shape[:3]) / 3 == pytest.approx(shown.x(row - shown.first), abs=0.1)
    top = PAGE.height - shown.prices.y(document["series"]["high"][last - 9])
    bottom = PAGE.height - shown.prices.y(document["series"]["low"][last - 30])
    assert all(top - PAGE.text < y < top for _, y in high)
    assert all(bottom < y < bottom + PAGE.text for _, y in low)


def test_one_that_bars_alone_confirm_is_the_smaller_mark(document):
    last = len(document["series"]["close"]) - 1
    wedge, dot = marks(to_svg(with_swings(document, (last - 9, "high", "both"), (last - 30, "high", "bars"))))
    assert len(wedge) - len(dot) == -1  # three corners and four
    assert max(x for x, _ in dot) - min(x for x, _ in dot) < max(x for x, _ in wedge) - min(x for x, _ in wedge)


def test_they_add_no_words(document):
    words = [element.text for element in ET.fromstring(to_svg(document)).iter() if element.tag.endswith("text")]
    marked = to_svg(with_swings(document, (250, "high", "both")))
    assert [element.text for element in ET.fromstring(marked).iter() if element.tag.endswith("text")] == words


def test_the_phone_marks_those_of_its_own_bars(document):
    last = len(document["series"]["close"]) - 1
    told = with_swings(document, (last - 100, "high", "both"), (last - 20, "low", "both"))
    assert PHONE.bars < 100 < PAGE.bars
    assert (len(marks(to_svg(told))), len(marks(to_svg(told, narrow=True)))) == (2, 1)


def test_a_note_written_before_there_were_marks_is_read_and_written_as_it_was():
    text = to_json(made_note.made_note())
    assert '"swings"' not in text
    assert to_json(from_json(text)) == text


def dashed(svg):
    return [e for e in ET.fromstring(svg).iter() if "var(--trend)" in e.attrib.get("style", "") and "dasharray" in str(e.attrib)]


def test_a_broken_line_that_comes_near_no_bar_shown_is_left_out(document):
    series = document["series"]
    last = len(series["close"]) - 1
    line = {"name": "line_broken", "begin": last - 100, "end": last - 20, "is_broken": True}
    above, through = max(series["high"]) * 1.02, sum(series["close"][last - 100 : last - 20]) / 80
    for price, count in ((above, 0), (through, 1)):
        series["lines"] = [line | {"from_price": price, "to_price": price}]
        assert len(dashed(to_svg(document))) == count
    series["lines"] = [line | {"from_price": above, "to_price": above, "is_broken": False}]
    assert any("var(--trend)" in e.attrib.get("style", "") for e in ET.fromstring(to_svg(document)).iter())


def test_a_broken_line_beside_bars_that_only_the_page_shows_is_left_out_on_the_phone(document):
    series = document["series"]
    last = len(series["close"]) - 1
    row = last - 120
    price = series["low"][row]
    line = {"name": "line_broken", "begin": row, "end": row + 10, "from_price": price, "to_price": price, "is_broken": True}
    series["lines"] = [line]
    assert (len(dashed(to_svg(document))), len(dashed(to_svg(document, narrow=True)))) == (1, 0)
