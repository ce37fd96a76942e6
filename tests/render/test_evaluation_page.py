"""The page of an evaluation: what it says, that it is whole in itself, and how it stands in a real browser."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from made_evaluation import made_evaluation

from levelhead.render import evaluation_pictures as pictures
from levelhead.render.evaluation import chance, overview, percent, points, prose, span, table, to_html, value


@pytest.fixture(scope="module")
def page() -> str:
    return to_html(made_evaluation())


def text(html: str) -> str:
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]*>", " ", html))


def test_numbers_are_printed_as_a_desk_prints_them():
    assert percent(0.0312) == "3.1\u00a0%"
    assert percent(-0.0312) == "\u22123.1\u00a0%"
    assert percent(None) == points(None) == value(None) == chance(None) == "\u2013"
    assert (points(-0.0004), points(0.0)) == ("0.0", "0.0")
    assert span({"low": -0.02, "high": 0.012}) == "\u22122.0 to 1.2"
    assert span({"low": None, "high": None}) == "\u2013"
    assert (chance(0.0004), chance(0.0316)) == ("< 0.001", "0.032")
    assert value(-1.23456) == "\u22121.235"
    assert prose("3 % of 4 %") == "3\u00a0% of 4\u00a0%"


def test_the_answer_stands_first_and_holds_every_kind_that_was_scored(page):
    document = made_evaluation()
    rows = overview(document)
    assert [(title, windows, sorted(against)) for title, windows, against in rows] == [
        ("Scenario table", 92, ["climatology", "random_walk"]),
        ("Closes after 12 sessions", 92, ["random_walk"]),
    ]
    for sentence in document["words"]:
        assert prose(sentence) in text(page)


def test_a_skill_that_is_told_from_chance_is_marked_and_another_is_not(page):
    cells = re.findall(r'<td class="(r[^"]*)">3\.1</td>', page)
    assert "r told better" in cells
    assert re.search(r'<td class="r">\u22120\.4</td><td class="r">\u22122\.0 to 1\.2</td>', page)


def test_slices_stand_in_a_table_for_each_way_of_cutting():
    cuts = table(made_evaluation()["kinds"][0]["slices"])
    assert [by for by, _ in cuts] == ["year", "distance"]
    assert [(row["value"], sorted(row["against"])) for row in cuts[0][1]] == [
        ("2019", ["climatology", "random_walk"]),
        ("2020", ["climatology", "random_walk"]),
    ]


def test_words_from_outside_are_escaped(page):
    assert "The Made &lt;Desk&gt;" in page
    assert "3.1\u00a0% &lt;more&gt;" in page
    assert "<more>" not in page


def test_nothing_is_loaded_and_nothing_runs(page):
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert "default-src 'none'" in page
    assert len(page.encode()) < 100_000


def test_every_picture_is_a_drawing_with_a_name_of_its_own(page):
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    # three diagrams, skill by year against two, coverage, one horizon's places
    assert len(drawings) == 7
    names = [ElementTree.fromstring(drawing).get("aria-label") for drawing in drawings]
    assert len(set(names)) == 7
    assert all(names)


def test_a_diagram_puts_each_point_where_it_belongs():
    diagram = made_evaluation()["kinds"][0]["reliability"][0]
    drawing = ElementTree.fromstring(pictures.reliability(diagram, "made"))
    (curve,) = drawing.findall("polyline[@class='curve']")
    places = [tuple(map(float, place.split(","))) for place in curve.get("points").split()]
    # 10 % said and come: a tenth of the way from (40, 214) to (308, 12)
    assert places[0] == pytest.approx((40 + 26.8, 214 - 20.2), abs=0.06)
    assert places[-1] == pytest.approx((40 + 0.7 * 268, 214 - 0.7 * 202), abs=0.06)
    assert len(drawing.findall("rect[@class='counts']")) == 7


def test_a_band_that_is_off_is_drawn_in_the_other_colour():
    drawing = ElementTree.fromstring(pictures.coverage(made_evaluation()["closes"], "made"))
    assert [dot.get("class") for dot in drawing.findall("circle")] == ["curve", "off", "curve"]


def test_a_year_told_from_chance_is_filled_and_one_without_interval_has_no_line():
    rows = made_evaluation()["kinds"][0]["slices"]
    bare = {**rows[0], "value": "2021", "skill": {"mean": 0.01, "low": None, "high": None, "error": None}, "is_told": False}
    worse = {**rows[0], "skill": {"mean": -0.05, "low": -0.08, "high": -0.02, "error": 0.01}, "is_told": True}
    drawing = ElementTree.fromstring(pictures.skills([rows[0], rows[4], worse, bare], "made"))
    assert [dot.get("class") for dot in drawing.findall("circle")] == ["open", "curve", "off", "open"]
    assert len(drawing.findall("polyline[@class='reach']")) == 3


@pytest.fixture(scope="module")
def address(tmp_path_factory, page):
    file = tmp_path_factory.mktemp("evaluation") / "evaluation.html"
    file.write_text(page, encoding="utf-8")
    return file.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [380, 1280])
def test_in_a_browser_nothing_scrolls_sideways_and_nothing_is_asked_for(browser, address, width, scheme):
    noise = []
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.on("request", lambda request: noise.append(request.url) if request.url != address else None)
    page.on("console", lambda message: noise.append(message.text))
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # every word of a drawing lies inside it
    outside = page.evaluate(
        """[...document.querySelectorAll('svg text')].filter(word => {
            const own = word.getBoundingClientRect(), sheet = word.closest('svg').getBoundingClientRect();
            return own.left < sheet.left - 1 || own.right > sheet.right + 1;
        }).map(word => word.textContent)"""
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.close()
    assert outside == []
    assert noise == []
    assert (ground == "rgb(21, 23, 26)") == (scheme == "dark")


def test_on_paper_it_is_black_on_white_and_a_few_pages_long(browser, address):
    page = browser.new_page()
    page.goto(address)
    printed = page.pdf(format="A4")
    page.close()
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 8
