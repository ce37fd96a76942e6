"""The chart: what it shows of a note, in every odd case, and always the same bytes."""

from __future__ import annotations

import copy
import datetime as dt
import itertools
import re
import struct
import xml.etree.ElementTree as ET

import made_note
import pytest

from levelhead.domain.quoting import Quoting
from levelhead.render import palette
from levelhead.render.chart import to_png, to_svg
from levelhead.render.chart_layout import PAGE, PHONE, periods, picture, round_values, view, width_of
from levelhead.wire.document import to_document

MADE = to_document(made_note.made_note())


@pytest.fixture
def document():
    return copy.deepcopy(MADE)


def words_of(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter() if element.tag.endswith("text")]


def cut(document, bars: int):
    series = document["series"]
    for name in ("dates", "open", "high", "low", "close", "rsi", "rsi_signal"):
        series[name] = series[name][-bars:]
    series["averages"] = {name: row[-bars:] for name, row in series["averages"].items()}
    return document


def zones_at(document, prices):
    model = document["levels"][0]
    document["levels"] = [
        {**model, "name": f"r{i}", "low": price, "high": price, "role": "reference", "side": "resistance", "points": 1.0}
        for i, price in enumerate(prices, 1)
    ]
    return document


def test_the_picture_has_the_size_asked_for(document):
    png = to_png(document, width=800, height=500)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (800, 500)


def test_the_picture_names_no_program_and_no_time(document):
    png = to_png(document, width=400, height=250)
    assert not any(chunk in png for chunk in (b"tEXt", b"iTXt", b"tIME"))


def test_the_same_note_gives_the_same_bytes(document):
    assert to_png(document, width=800, height=500) == to_png(copy.deepcopy(document), width=800, height=500)
    assert to_svg(document) == to_svg(copy.deepcopy(document))


def test_a_users_own_plot_settings_change_nothing(document):
    import matplotlib

    before = to_svg(document), to_png(document, width=400, height=250)
    with matplotlib.rc_context({"font.family": ["serif"], "svg.fonttype": "path", "lines.linewidth": 9, "patch.linewidth": 5}):
        assert (to_svg(document), to_png(document, width=400, height=250)) == before


def test_the_bar_plotting_state_of_the_user_is_left_alone(document):
    import sys

    had = "matplotlib.pyplot" in sys.modules
    to_svg(document)
    assert ("matplotlib.pyplot" in sys.modules) == had


@pytest.mark.parametrize("narrow", [False, True])
def test_every_colour_of_the_page_drawing_is_a_variable_of_the_page(document, narrow):
    svg = to_svg(document, narrow=narrow)
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b(?!\w*\))", svg.replace("url(#", "url("))
    used = set(re.findall(r"var\(--([\w-]+)\)", svg))
    assert {"up", "down", "zone", "fan-80", "fan-50", "sma-50", "sma-100", "sma-200", "signal"} <= used <= set(palette.LIGHT)


def test_two_drawings_of_one_page_share_no_id(document):
    wide, narrow = (set(re.findall(r'\bid="([^"]+)"', to_svg(document, narrow=n))) for n in (False, True))
    assert wide
    assert narrow
    assert not wide & narrow


def test_every_reference_inside_the_drawing_has_its_target(document):
    svg = to_svg(document)
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) == set(re.findall(r'\bid="([^"]+)"', svg))


def test_no_printed_price_is_taken_for_a_coordinate(document):
    # of 21,006.05 a rewriter of numbers would make 21,6.1
    document["instrument"]["decimals"] = 2
    zones_at(document, [document["series"]["close"][-1]])
    document["levels"][0] |= {"low": 1_006.05, "high": 21_006.05}
    assert "1,006.05–21,006.05" in words_of(to_svg(document))
    assert "1,006.05–21,006.05" in words_of(to_svg(document, narrow=True))


def test_words_that_look_like_markup_or_colour_stay_words(document):
    document["levels"][2] |= {"role": "immediate", "label": 'id="x" #1a5ea6'}
    assert 'id="x" #1a5ea6' in words_of(to_svg(document))


def test_it_says_zone_role_average_last_price_and_scenario(document):
    words = words_of(to_svg(document))
    last = document["series"]["close"][-1]
    line = next(level for level in document["levels"] if level["role"] == "line in the sand")
    assert f"{last:,.1f}" in words
    assert f"{line['low']:,.1f}–{line['high']:,.1f}" in words
    assert {
        "line in the sand",
        "bias-defining",
        *(f"{n}-day {document['series']['averages'][f'sma_{n}'][-1]:,.1f}" for n in (50, 100, 200)),
        "45% to trade first",
        "25% to trade first",
        "next 12 sessions",
    } <= {*words}
    assert "30% stays between" in " ".join(words)
    assert any(word.startswith("RSI(14) ") for word in words)


def test_the_phone_drawing_shows_fewer_bars_and_larger_type(document):
    assert (view(document, PHONE).count, view(document, PAGE).count) == (60, 180)
    assert PHONE.text / PHONE.width > 2 * PAGE.text / PAGE.width


def test_a_zone_far_off_is_named_at_the_edge_and_not_drawn(document):
    top = max(document["series"]["high"])
    zones_at(document, [top * 3])
    words = words_of(to_svg(document))
    assert f"↑ {top * 3:,.1f}" in words
    assert view(document, PAGE).prices.at_high < top * 1.2


def prices_down_the_margin(svg: str, layout) -> list[float]:
    """The first price of each label right of the plot, from the top down."""
    texts = [e for e in ET.fromstring(svg).iter() if e.tag.endswith("text") and e.text]
    found = []
    for element in sorted(texts, key=lambda e: float(e.attrib["y"])):
        price = re.match(r"[↑↓]? ?([\d,]+\.\d)", element.text)
        if price and "end" not in element.attrib["style"] and float(element.attrib["x"]) > layout.width * 0.5:
            found.append(float(price[1].replace(",", "")))
    return found


@pytest.mark.parametrize("narrow", [False, True])
def test_labels_of_the_margin_stand_in_the_order_of_their_prices(document, narrow):
    # a zone that the pane cuts, and one further off that is only named: the further one stands beyond
    layout = PHONE if narrow else PAGE
    document["levels"], document["series"]["averages"] = document["levels"][:1], {}
    model = document["levels"][0] | {"role": "reference"}
    low, high = view(document, layout).prices.at_low, view(document, layout).prices.at_high
    zones = [("s8", "support", low - 60, low + 2), ("s9", "support", low - 120, low - 110)]
    zones += [("r8", "resistance", high - 2, high + 60), ("r9", "resistance", high + 110, high + 120)]
    document["levels"] = [
        {**model, "name": name, "side": side, "low": round(a, 1), "high": round(b, 1), "points": a - 1457.7}
        for name, side, a, b in sorted(zones, key=lambda zone: -zone[2])
    ]
    found = prices_down_the_margin(to_svg(document, narrow=narrow), layout)
    assert len(found) == (5 if narrow else 7)  # zones, the two prices of the scenarios, the last price; a phone has room for fewer
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize("narrow", [False, True])
def test_prices_and_roles_of_the_margin_are_of_one_size(document, narrow):
    layout = PHONE if narrow else PAGE
    roles = {level["role"] for level in document["levels"]}
    sizes = set()
    for element in ET.fromstring(to_svg(document, narrow=narrow)).iter():
        is_right = element.tag.endswith("text") and float(element.attrib["x"]) > layout.width * 0.6
        if is_right and (element.text in roles or re.search(r"\d–[\d,.]+$|trade first", element.text)):
            sizes.add(re.search(r"font-size: ([\d.]+)", element.attrib["style"])[1])
    assert len(sizes) == 1


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("off", [-6.0, -2.0, 0.0, 2.0, 6.0])
def test_names_of_averages_keep_clear_of_the_lines_of_the_scenarios(document, narrow, off):
    table = document["scenarios"]
    document["series"]["averages"]["sma_50"][-1] = table["upper"] + off
    document["series"]["averages"]["sma_200"][-1] = table["lower"] + off
    layout = PHONE if narrow else PAGE
    shown = view(document, layout)
    lines = [layout.height - shown.prices.y(table[name]) for name in ("upper", "lower")]
    named = [
        e for e in ET.fromstring(to_svg(document, narrow=narrow)).iter() if e.text and re.fullmatch(r"\d+-day( [\d,.]+)?", e.text)
    ]
    assert len(named) == 3
    for element in named:
        size = float(re.search(r"font-size: ([\d.]+)", element.attrib["style"])[1])
        base = float(element.attrib["y"])
        assert not any(base - 0.75 * size < y < base + 0.05 * size for y in lines)  # figures stand from baseline to 0.73 above


def test_the_share_of_the_range_is_left_out_where_the_two_prices_leave_no_room(document):
    last = document["series"]["close"][-1]
    document["scenarios"] |= {"upper": last + 0.4, "lower": last - 0.4}
    assert "stays" not in " ".join(words_of(to_svg(document)))


def test_long_prices_keep_a_readable_size_on_a_phone(document):
    document["instrument"]["decimals"] = 3  # '1,553.125–1,563.125' is as wide as '26,266.00–26,399.00'
    for element in ET.fromstring(to_svg(document, narrow=True)).iter():
        if element.tag.endswith("text"):
            assert float(re.search(r"font-size: ([\d.]+)", element.attrib["style"])[1]) >= 11


def test_of_fourteen_zones_close_together_those_with_room_are_labelled_and_none_overlaps(document):
    last = document["series"]["close"][-1]
    svg = to_svg(zones_at(document, [last + 2 * i for i in range(14)]))
    texts = [
        e
        for e in ET.fromstring(svg).iter()
        if e.tag.endswith("text") and e.text and float(e.attrib["x"]) > PAGE.width - PAGE.gutter
    ]
    lines = sorted({float(e.attrib["y"]) for e in texts if float(e.attrib["y"]) < view(document, PAGE).layout.height * 0.75})
    assert len(lines) >= 7
    assert min(b - a for a, b in itertools.pairwise(lines)) >= PAGE.text


def test_labels_of_the_margin_end_inside_the_drawing(document):
    for narrow, layout in ((False, PAGE), (True, PHONE)):
        for element in ET.fromstring(to_svg(document, narrow=narrow)).iter():
            if element.tag.endswith("text") and "text-anchor" not in element.attrib["style"]:
                size = float(re.search(r"font-size: ([\d.]+)", element.attrib["style"])[1])
                bold = "bold" in element.attrib["style"]
                assert float(element.attrib["x"]) + 0.9 * width_of(element.text, size, bold=bold) <= layout.width


def test_ten_bars_draw(document):
    svg = to_svg(cut(document, 10))
    assert view(document, PAGE).count == 10
    assert "var(--up)" in svg


def test_one_bar_draws(document):
    assert to_svg(cut(document, 1)).startswith("<svg")


def test_what_is_not_known_yet_is_absent(document):
    series = document["series"]
    bars = len(series["close"])
    series["averages"] = {"sma_50": [None] * bars, "sma_200": [None] * (bars - 5) + series["averages"]["sma_200"][-5:]}
    series["rsi"] = series["rsi_signal"] = [None] * bars
    series["fan"] = document["scenarios"] = None
    document["levels"] = []
    words = words_of(to_svg(document))
    assert not [word for word in words if word.startswith("50-day")]
    assert f"200-day {series['averages']['sma_200'][-1]:,.1f}" in words
    assert "RSI(14) is not known yet" in words
    assert not [word for word in words if "next" in word or "first" in word or "stays" in word]
    assert to_png(document, width=400, height=250)


def test_a_gap_in_an_average_is_a_gap_in_its_line(document):
    row = document["series"]["averages"]["sma_50"]
    row[-60] = None
    svg = to_svg(document)
    line = re.search(r'<path d="([^"]*)"[^>]*stroke: var\(--sma-50\)', svg)[1]
    assert line.count("M") == 2


def test_flat_prices_draw(document):
    series = document["series"]
    for name in ("open", "high", "low", "close"):
        series[name] = [100.0] * len(series[name])
    series["averages"], series["fan"], document["scenarios"], document["levels"] = {}, None, None, []
    shown = view(document, PAGE)
    assert shown.prices.at_low < 100 < shown.prices.at_high
    assert "100.0" in words_of(to_svg(document))


def test_flat_prices_of_zero_and_negative_prices_draw(document):
    series = document["series"]
    for price in (0.0, -37.6):
        for name in ("open", "high", "low", "close"):
            series[name] = [price] * len(series[name])
        series["averages"], series["fan"], document["scenarios"], document["levels"] = {}, None, None, []
        assert to_svg(document).startswith("<svg")


def test_a_dollar_sign_in_a_title_is_no_formula(document):
    document["title"] = "Risk $1 to make $2 <b>&"
    assert to_png(document, width=400, height=250)


def test_an_unusual_label_stays_text(document):
    document["levels"][2] |= {"role": "immediate", "label": "<script>&$x$"}
    assert "<script>&$x$" in words_of(to_svg(document))


def test_the_last_price_tag_is_nearest_to_its_price(document):
    last = document["series"]["close"][-1]
    zones_at(document, [last + i / 10 for i in range(-3, 4)])
    shown = view(document, PAGE)
    tag = next(e for e in ET.fromstring(to_svg(document)).iter() if e.text == f"{last:,.1f}" and "paper" in e.attrib["style"])
    assert abs(PAGE.height - float(tag.attrib["y"]) - shown.prices.y(last)) < 1.2 * PAGE.text


def test_bars_and_sessions_ahead_stand_left_and_right_of_the_last_bar(document):
    shown = view(document, PAGE)
    assert shown.x(0) > shown.prices.left
    assert shown.x(shown.count - 1) == pytest.approx(shown.edge)
    assert shown.x(shown.count + 11) < shown.prices.right


def test_the_scale_covers_bars_fan_and_both_scenario_prices(document):
    shown, series = view(document, PAGE), document["series"]
    for price in (
        min(series["low"][-180:]),
        max(series["high"][-180:]),
        document["scenarios"]["upper"],
        document["scenarios"]["lower"],
    ):
        assert shown.prices.holds(price)
    assert shown.prices.holds(series["fan"]["quantiles"]["q90"][-1])


@pytest.mark.parametrize(
    ("low", "high", "at_most", "expected"),
    [(0, 10, 5, [0, 2, 4, 6, 8, 10]), (1365, 1665, 6, [1400, 1450, 1500, 1550, 1600, 1650]), (-1, 1, 4, [-1, -0.5, 0, 0.5, 1])],
)
def test_the_price_scale_steps_in_round_numbers(low, high, at_most, expected):
    assert round_values(low, high, at_most) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("low", "high", "at_most", "expected"),
    [(107, 115, 8, [107, 108, 109, 110, 111, 112, 113, 114, 115]), (110, 111.3, 6, [110, 110.25, 110.5, 110.75, 111, 111.25])],
)
def test_the_price_scale_of_a_bond_steps_in_halves_of_points(low, high, at_most, expected):
    assert round_values(low, high, at_most, Quoting(6, 2)) == expected


def test_months_are_named_once_with_the_year_where_it_is_news():
    days = [dt.date(2024, 11, 1) + dt.timedelta(days=i) for i in range(100)]
    named = periods(days, 6.0, 12.0)
    assert [(p.start, p.text) for p in named] == [(0, "Nov 2024"), (30, "Dec"), (61, "Jan 2025"), (92, "Feb")]


def test_years_are_named_where_months_are_too_narrow():
    days = [dt.date(2023, 1, 2) + dt.timedelta(weeks=i) for i in range(150)]
    assert [p.text for p in periods(days, 3.0, 12.0)] == ["2023", "2024", "2025"]


def test_a_picture_of_half_the_size_has_type_of_half_the_size():
    assert picture(800, 500).text == picture(1600, 1000).text / 2 == 10


def with_line(document, **more):
    series = document["series"]
    last = len(series["close"]) - 1
    line = {"name": "line_1", "begin": last - 40, "end": last + 12, "from_price": series["low"][last - 40], "is_broken": False}
    series["lines"] = [line | {"to_price": series["low"][-1]} | more]
    return document


def strokes_of(svg: str) -> list[str]:
    return [element.attrib.get("style", "") for element in ET.fromstring(svg).iter() if "trend" in element.attrib.get("style", "")]


def test_a_trendline_is_drawn_whole_while_it_holds_and_in_dashes_once_it_is_broken(document):
    assert strokes_of(to_svg(document)) == []
    (whole,) = strokes_of(to_svg(with_line(document)))
    (broken,) = strokes_of(to_svg(with_line(document, is_broken=True)))
    assert "dasharray" not in whole
    assert "dasharray" in broken


def test_a_note_that_was_written_before_lines_were_drawn_is_drawn_without(document):
    del document["series"]["lines"]
    assert to_svg(document) == to_svg(copy.deepcopy(MADE))
