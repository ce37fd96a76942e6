"""The scorecard as a page and as text: what it says, and how it stands in a real browser."""

from __future__ import annotations

import re

import numpy as np
import pytest
from made_records import made_record, row

from levelhead.ledger.scorecard import scorecard, scorecard_document
from levelhead.render import scorecard_words as say
from levelhead.render.score_pictures import course_svg, reliability_svg
from levelhead.render.scorecard_page import scorecard_html
from levelhead.render.scorecard_text import scorecard_text

THIRDS = (1 / 3, 1 / 3, 1 / 3)
SAID = ((0.5, 0.3, 0.2), (0.35, 0.35, 0.3), (0.2, 0.3, 0.5))


def made_card(weeks: int = 90):
    """Two authors' notes of ninety weeks, replayed, and some live ones: everything a scorecard can show is there."""
    rng = np.random.default_rng(21)
    rows = []
    for week in range(weeks):
        for author in ("North Desk", "levelhead"):
            more = {"week": week, "author": author, "standing": "live" if week >= 70 else "replayed"}
            said = SAID[rng.integers(3)]
            rows.append(
                row("scenario", ("up", "range", "down")[rng.choice(3, p=said)], said=said, base=THIRDS, sessions=12, **more)
            )
            p = round(float(rng.uniform(0.1, 0.6)), 2)
            rows.append(
                row("target", "true" if rng.random() < p else "false", said=(p, 1 - p), base=(0.3, 0.7), sessions=12, **more)
            )
            rows.append(
                row(
                    "level", ("held", "broken", "untested")[rng.integers(3)], prices={"low": 1.0, "high": 2.0, "start": 3.0}, **more
                )
            )
            move = float(rng.normal())
            rows.append(
                row("bias", "right" if move > 0 else "wrong", result=(move, move), prices={"lean": 1.0}, sessions=40, **more)
            )
        if week % 3 == 0:
            r = float(rng.choice([-1.05, 1.9]))
            rows.append(row("setup", "target" if r > 0 else "stop", result=(r, r), dollars=(500 * r, 500 * r), sessions=15, **more))
    rows.append(row("setup", "undecided", result=(-1.0, 2.0), sessions=15, week=weeks))
    return scorecard_document(scorecard(made_record(*rows)))


@pytest.fixture(scope="module")
def card():
    return made_card()


@pytest.fixture(scope="module")
def page_text(card):
    return scorecard_html(card)


def test_the_text_gives_live_and_replayed_their_own_heading(card):
    text = scorecard_text(card, 100)
    assert text.index("Live record") < text.index("Replayed record")
    assert "not a live record" in text.replace("\n", " ").replace("  ", " ")


def test_prose_of_the_text_keeps_to_its_width(card):
    lines = scorecard_text(card, 90).splitlines()
    assert all(len(line) <= 90 for line in lines if not re.match(r"  \S", line) and not line.startswith("   "))
    assert not [line for line in lines if line != line.rstrip()]


def test_columns_of_a_table_stand_under_each_other(card):
    lines = scorecard_text(card, 100).splitlines()
    start = next(n for n, line in enumerate(lines) if "Windows more" in line)
    ends = [[found.end() for found in re.finditer(r"\S(?=  |$)", line)][-1] for line in lines[start : start + 3]]
    assert len(set(ends)) == 1


def test_no_skill_is_said_in_words_with_the_windows_that_are_missing():
    rng = np.random.default_rng(2)
    rows = [
        row("scenario", ("up", "range", "down")[rng.integers(3)], said=SAID[rng.integers(3)], base=THIRDS, week=w)
        for w in range(40)
    ]
    (book,) = scorecard_document(scorecard(made_record(*rows)))["books"]
    (score,) = book["forecasts"]
    assert not score["is_told"]
    missing = score["needed"] - score["windows"]
    assert f"about {missing:,} more independent windows would be needed" in say.verdict(score)


def test_where_all_won_or_all_lost_nothing_is_said_of_the_others():
    for result, words in ((2.0, "all made money, +2.00 R on average"), (-1.0, "none made money; they lost 1.00 R on average")):
        rows = [row("setup", "target", result=(result, result), week=w) for w in range(2)]
        (book,) = scorecard_document(scorecard(made_record(*rows)))["books"]
        said = say.expectancy_words(book["expectancies"][0])
        assert words in said
        assert "others" not in said


def test_a_hit_rate_never_stands_without_what_a_hit_and_a_miss_are_worth():
    rows = [row("setup", "target", result=(2.0, 2.0)), row("setup", "stop", result=(-1.0, -1.0), week=1)]
    (book,) = scorecard_document(scorecard(made_record(*rows)))["books"]
    words = say.expectancy_words(book["expectancies"][0])
    assert "50% made money, +2.00 R on average, the others lost 1.00 R" in words
    won = say.SETUP_HEADS.index("Won")
    assert say.SETUP_HEADS[won : won + 3] == ("Won", "Win", "Loss")


def test_an_empty_ledger_says_what_to_do():
    empty = scorecard_document(scorecard(made_record()))
    assert "settle them" in scorecard_text(empty)
    assert "settle them" in scorecard_html(empty)


def test_the_page_is_small_whole_and_the_same_each_time(card, page_text):
    assert page_text == scorecard_html(card)
    assert len(page_text) < 400_000
    assert not re.search(r"https?://(?!www\.w3\.org)", page_text)
    assert "<script" not in page_text


def test_every_id_stands_once(page_text):
    ids = re.findall(r' id="([^"]+)"', page_text)
    assert len(ids) == len(set(ids))


def test_the_pictures_take_their_colours_from_the_page(card):
    book = card["books"][1]
    drawings = [
        reliability_svg(book["reliabilities"][0], "a"),
        course_svg(book["result_courses"], "b", unit="R", labels=["x", "y"]),
    ]
    for drawing in drawings:
        assert "var(--up)" in drawing
        assert not re.findall(r"#[0-9a-f]{6}", drawing)


def test_an_authors_name_cannot_become_markup():
    rows = [row("scenario", "up", said=THIRDS, base=THIRDS, author=name, week=w) for w in range(8) for name in ("<b>x</b>", "y")]
    rows += [row("setup", "stop", result=(-1.0, -1.0), author=name, week=w) for w in range(8) for name in ("<b>x</b>", "y")]
    assert "<b>x</b>" not in scorecard_html(scorecard_document(scorecard(made_record(*rows))))


@pytest.fixture(scope="module")
def address(page_text, tmp_path_factory):
    file = tmp_path_factory.mktemp("scorecard") / "scorecard.html"
    file.write_text(page_text, encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def opened(browser, address):
    """Opens the page and holds it to silence: no request but its own, nothing on the console."""
    pages, noise = [], []

    def open_at(width: int = 1280, **more: object):
        page = browser.new_page(viewport={"width": width, "height": 900}, **more)
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
def test_the_scorecard_does_not_scroll_sideways(opened, width):
    page = opened(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_desk_no_table_needs_to_be_pushed(opened):
    page = opened(1280)
    for frame in page.locator(".frame").all():
        assert frame.evaluate("e => e.scrollWidth <= e.clientWidth")


@pytest.mark.parametrize("width", [380, 1280])
def test_type_in_every_picture_can_be_read(opened, width):
    page = opened(width)
    sizes = page.evaluate(
        "[...document.querySelectorAll('.pictures svg')].flatMap(svg => [...svg.querySelectorAll('text')].map("
        "e => parseFloat(getComputedStyle(e).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))"
    )
    assert len(sizes) > 100
    assert min(sizes) >= 10.5


def test_words_of_a_picture_stay_inside_it(opened):
    page = opened(1280)
    outside = page.evaluate(
        "[...document.querySelectorAll('.pictures svg')].flatMap(svg => { const b = svg.getBoundingClientRect();"
        " return [...svg.querySelectorAll('text')].filter(t => { const r = t.getBoundingClientRect();"
        " return r.left < b.left - 1 || r.right > b.right + 1 || r.top < b.top - 1 || r.bottom > b.bottom + 1; })"
        ".map(t => t.textContent); })"
    )
    assert outside == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_scorecard_follows_the_readers_setting(opened, scheme):
    page = opened(color_scheme=scheme)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", paper)[:3])) > 600) == (scheme == "light")


def test_the_scorecard_prints_light_and_whole(opened):
    page = opened(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    # an A4 sheet less its margins is 188 mm, 710 pixels, wide
    page.set_viewport_size({"width": 710, "height": 1000})
    assert page.evaluate("[...document.querySelectorAll('.frame')].every(e => e.scrollWidth <= e.clientWidth + 1)")
