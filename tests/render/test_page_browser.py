"""The page in a real browser: nothing loads, nothing scrolls sideways, every number answers."""

from __future__ import annotations

import itertools
import re

import made_note
import pytest

from levelhead.render.page import to_html
from levelhead.wire.document import to_document


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "note.html"
    file.write_text(to_html(to_document(made_note.made_note())), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def opened(browser, address):
    """Opens the page in a window and holds it to silence: no request but its own, nothing on the console."""
    pages, noise = [], []

    def open_at(width: int = 1280, height: int = 900, **more: object):
        page = browser.new_page(viewport={"width": width, "height": height}, **more)
        page.on("request", lambda request: noise.append(request.url) if request.url != address else None)
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.goto(address)
        pages.append(page)
        return page

    yield open_at
    for page in pages:
        page.close()
    assert noise == []


@pytest.mark.parametrize("width", [320, 380, 768, 1280])
def test_the_page_does_not_scroll_sideways(opened, width):
    page = opened(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 380])
def test_on_a_phone_every_table_fits_its_frame_and_hides_nothing(opened, width):
    page = opened(width)
    wide = page.evaluate(
        "[...document.querySelectorAll('main *, header *, footer *')]"
        f".filter(e => !e.closest('svg, thead') && e.getBoundingClientRect().right > {width}.5).map(e => e.outerHTML)"
    )
    assert wide == []
    for frame in page.locator(".frame").all():
        assert frame.evaluate("e => e.scrollWidth <= e.clientWidth")
    row = page.locator(".map tbody tr", has_text="line in the sand").inner_text()
    assert [word for word in ("points", "ATR", "3 touches", "50-day average") if word not in row] == []


def test_rows_of_the_level_table_differ_by_at_most_one_line_on_a_phone(opened):
    page = opened(380)
    heights = page.evaluate(
        "[...document.querySelectorAll('.map tbody tr:not(.group)')].map(e => e.getBoundingClientRect().height)"
    )
    assert len(heights) == 6
    assert max(heights) - min(heights) <= 20


@pytest.mark.parametrize("width", [380, 1280])
def test_labels_of_the_ladder_keep_to_their_rows(opened, width):
    page = opened(width)
    rows = page.evaluate(
        "[...document.querySelectorAll('.ladder li')].map(e => [e.getBoundingClientRect().top, e.scrollHeight, e.clientHeight])"
    )
    assert len(rows) == 7
    assert all(content <= room + 1 for _, content, room in rows)
    assert all(above[0] + above[2] <= below[0] + 1 for above, below in itertools.pairwise(rows))


def test_a_phone_sees_the_narrow_chart_and_a_desk_the_wide_one(opened):
    for width, seen, hidden in ((380, ".narrow", ".wide"), (1280, ".wide", ".narrow")):
        page = opened(width)
        assert page.locator(f".chart {seen} svg").is_visible()
        assert not page.locator(f".chart {hidden} svg").is_visible()


def test_type_in_the_chart_of_a_phone_is_at_least_eleven_pixels(opened):
    page = opened(380)
    sizes = page.evaluate(
        "(svg => [...svg.querySelectorAll('text')].map(e => parseFloat(getComputedStyle(e).fontSize)"
        " * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))(document.querySelector('.chart .narrow svg'))"
    )
    assert len(sizes) > 20
    assert min(sizes) >= 11


def test_a_click_on_a_number_says_where_it_comes_from_and_escape_closes_it(opened):
    page = opened()
    number = page.locator('button[data-ref="sma_200"]').first
    box = page.locator("#why")
    assert not box.is_visible()
    number.click()
    assert box.is_visible()
    assert number.inner_text() in box.inner_text()
    assert "200-day simple moving average" in box.inner_text()
    assert "mean(closes)" in box.inner_text()
    page.keyboard.press("Escape")
    page.locator('button[data-ref="sma_200.distance_pct"]').first.click()
    given = [line for line in box.inner_text().splitlines() if " sma_200" in line and "200-day simple moving average" in line]
    assert len(given) == 1
    assert any(" last, last close" in line for line in box.inner_text().splitlines())
    page.keyboard.press("Escape")
    assert not box.is_visible()


def test_an_estimate_gives_its_error_base_rate_and_count(opened):
    page = opened()
    page.locator('button[data-ref="scenario.up.probability"]').first.click()
    said = page.locator("#why").inner_text()
    assert "± 0.5%" in said
    assert "41%" in said
    assert "1,900 earlier start days, worth 158 windows that do not overlap" in said


def test_the_keyboard_reaches_a_number_and_gets_its_place_back(opened):
    page = opened()
    page.locator('button[data-ref="sma_200"]').first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#why").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('data-ref')") == "sma_200"


def test_the_explanation_stays_inside_the_window(opened):
    for width in (320, 1280):
        page = opened(width, 700)
        page.locator('button[data-ref="change_pct"]').first.click()
        box = page.locator("#why").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 700


def test_the_first_tab_skips_to_the_note(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the note"


def test_without_scripts_the_numbers_read_as_plain_text(opened):
    page = opened(java_script_enabled=False)
    number = page.locator('button[data-ref="sma_200"]').first
    assert number.is_visible()
    assert not page.locator("#why").is_visible()
    style = page.evaluate(
        "(e => { const s = getComputedStyle(e), p = getComputedStyle(e.parentElement);"
        "return [s.textDecorationLine, s.borderTopWidth, s.backgroundColor, s.color === p.color, s.fontSize === p.fontSize] })"
        "(document.querySelector('button.n'))"
    )
    assert style == ["none", "0px", "rgba(0, 0, 0, 0)", True, True]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_by_four_and_a_half_to_one(opened, scheme):
    page = opened(color_scheme=scheme)
    faint = page.evaluate(
        """() => {
          const rgb = c => (c.match(/[\\d.]+/g) || []).map(Number);
          const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
          const light = c => { const [r, g, b] = rgb(c).map(v => linear(v / 255));
            return .2126 * r + .7152 * g + .0722 * b; };
          const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
            if (rgb(c).length === 3 || rgb(c)[3] > 0) return c; } return 'rgb(255,255,255)'; };
          return [...document.querySelectorAll('body *')].filter(e => !e.closest('svg, script, .skip') &&
            [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())).map(e => {
              const a = light(getComputedStyle(e).color), b = light(ground(e));
              return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), e.outerHTML.slice(0, 80)];
            }).filter(([ratio]) => ratio < 4.5);
        }"""
    )
    assert faint == []


def pages_of(printed: bytes) -> int:
    return len(re.findall(rb"/Type ?/Page(?!s)", printed))


def test_three_plans_and_two_months_of_pivots_print_on_two_pages(browser, tmp_path):
    document = to_document(made_note.made_note())
    plan = document["setups"]["plans"][0]
    document["setups"]["plans"] = [{**plan, "name": name} for name in "123"]
    own = {name: value for name, value in document["estimates"].items() if name.startswith("setup.1.")}
    for name in "23":
        document["estimates"] |= {key.replace("setup.1.", f"setup.{name}."): value for key, value in own.items()}
    facts = document["facts"]
    pivots = {name: fact for name, fact in facts.items() if name.startswith("pivot_month_traditional.")}
    facts |= {name.replace("month_", "month_next_"): fact for name, fact in pivots.items()}
    file = tmp_path / "three.html"
    file.write_text(to_html(document), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    assert pages_of(printed) == 2


def test_print_is_light_and_two_pages(opened):
    page = opened(color_scheme="dark")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert pages_of(printed) == 2
