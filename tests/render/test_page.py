"""The page as text: self-contained, escaped, complete, in colours that can be read."""

from __future__ import annotations

import base64
import copy
import hashlib
import html
import json
import re

import made_note
import pytest

from levelhead.domain.note import HYPOTHETICAL
from levelhead.render import palette
from levelhead.render.page import to_html
from levelhead.render.rulers import ladder, plan_ruler
from levelhead.render.words import plain
from levelhead.wire.document import to_document

MADE = to_document(made_note.made_note())
PAGE = to_html(MADE)


@pytest.fixture
def document():
    return copy.deepcopy(MADE)


def words(page: str) -> str:
    """What a reader reads: no head, no script, no tags."""
    body = page[page.index("<body>") :]
    body = re.sub(r"<script.*?</script>", "", body, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(p|div|h\d|td|th|dd|dt|li|text)>", " ", body))).split())


def embedded(page: str) -> dict[str, dict]:
    return json.loads(re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)[1])


def test_the_page_is_one_file_that_refers_to_nothing_else():
    addresses = re.findall(r"""(?<![\w-])(?:src|href|action|data|poster)\s*=\s*["']([^"']*)""", PAGE)
    assert [a for a in addresses if not a.startswith(("#", "data:"))] == []
    assert not re.search(r"@import|url\((?!#)", PAGE)
    assert set(re.findall(r"https?://[^\s\"'<]+", PAGE)) == {"http://www.w3.org/2000/svg"}


def test_the_page_is_under_400_kilobytes():
    assert len(PAGE.encode()) < 400_000


def test_the_same_note_gives_the_same_page(document):
    assert to_html(document) == PAGE


def test_the_policy_forbids_loading_and_allows_the_one_script_by_its_hash():
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', PAGE)[1]
    script = re.search(r"<script>(.*?)</script>", PAGE, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'")
    assert html.unescape(policy).count("script-src") == 1
    assert f"script-src 'sha256-{digest}'" in html.unescape(policy)


def test_language_title_description_and_viewport_are_said(document):
    assert '<html lang="en">' in PAGE
    assert f"<title>{document['title']}</title>" in PAGE
    assert f'<meta name="description" content="{plain(document["headline"], document)}">' in PAGE
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in PAGE


def test_ids_are_unique_and_every_label_points_at_one():
    ids = re.findall(r'\bid="([^"]+)"', PAGE)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', PAGE)) <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', PAGE)) <= set(ids)


def test_the_parts_stand_in_the_order_of_the_trade():
    text = words(PAGE)
    order = (
        "Russell 2000",
        "Trend up, momentum firm",
        "Before the open",
        "Primary trend",
        "Key levels",
        "Averages",
        "Monthly pivots",
        "Scenarios",
        "What would decide it",
        "Setups",
        "Outlook",
        "Trend and structure",
        "Takeaway",
        "Provenance",
        "not trading advice",
    )
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_every_sentence_of_the_note_is_on_the_page(document):
    text = words(PAGE)
    sentences = [document["headline"], *document["morning"], *(line["text"] for line in document["summary"])]
    sentences += [p for section in document["sections"] for p in section["paragraphs"]]
    sentences += [s[part] for s in document["scenarios"]["scenarios"] for part in ("title", "trigger", "comment")]
    sentences += [row[part] for row in document["outlook"] for part in ("reason", "change")]
    sentences += [document["scenarios"]["rule"], document["scenarios"]["decides"], document["setups"]["plans"][0]["reason"]]
    for sentence in sentences:
        assert plain(sentence, document) in text


def test_table_and_ladder_have_the_levels_in_the_same_order_highest_first(document):
    zones = [plain(f"{{level.{level['name']}.low}}–{{level.{level['name']}.high}}", document) for level in document["levels"]]
    for block in (r"<ol.*?</ol>", r"<table.*?</table>"):
        text = words("<body>" + re.search(block, PAGE, re.DOTALL)[0])
        places = [text.index(zone) for zone in zones]
        assert places == sorted(places)


def test_every_number_that_can_be_asked_has_its_explanation(document):
    asked = set(re.findall(r'data-ref="([^"]+)"', PAGE))
    rows = embedded(PAGE)
    assert asked == set(rows)
    assert {"last", "sma_200", "level.r1.low", "scenario.up.said", "setup.1.entry"} <= asked
    assert all(row["meaning"] for row in rows.values())


def test_a_number_is_a_button_that_reads_as_plain_text(document):
    said = plain("{sma_200}", document)
    assert f'<button type="button" class="n" data-ref="sma_200">{said}</button>' in PAGE


def test_a_full_stop_stays_with_its_number(document):
    said = plain("{scenario.lower}", document)
    assert f"{said}</button>.</span>" in PAGE


def test_a_replayed_note_says_so_under_each_table_and_a_live_one_nowhere(document):
    assert words(PAGE).count(HYPOTHETICAL) == 3
    document["standing"] = "live"
    live = words(to_html(document))
    assert "Hypothetical" not in live
    assert "live" in live


def test_averages_and_pivots_stand_in_tables_whose_numbers_can_be_asked():
    block = re.search(r'<div class="known">.*?<section class="scenarios"', PAGE, re.DOTALL)[0]
    parts = ("", ".side", ".slope", ".distance", ".distance_pct", ".distance_atr")
    asked = set(re.findall(r'data-ref="([^"]+)"', block))
    assert {f"sma_{n}{part}" for n in (20, 50, 100, 200) for part in parts} <= asked
    assert {f"pivot_month_traditional.{name}" for name in ("p", "r1", "r2", "r3", "s1", "s2", "s3")} <= asked
    assert "For September 2025, from August 2025: high 1,650.0, low 1,500.0 and close 1,530.0" in words("<body>" + block)


def test_a_card_says_each_price_each_r_and_each_risk_once():
    card = re.search(r'<article class="card.*?</article>', PAGE, re.DOTALL)[0]
    for name in ("entry", "stop", "fill", "target_1", "target_1_r", "target_1_chance", "target_2", "target_2_r", "target_2_chance"):
        assert card.count(f'data-ref="setup.1.{name}"') == 1, name
    for name in ("expected_low", "expected_high", "base_low", "base_high", "risk_RTY", "risk_M2K"):
        assert card.count(f'data-ref="setup.1.{name}"') == 1, name
    assert words("<body>" + card).count("after costs, all out at the first target") == 1


def test_the_page_computes_only_the_explanations_it_shows(document, monkeypatch):
    from levelhead.render import page

    given = []
    monkeypatch.setattr(page, "explanations", lambda document, names: given.append(set(names)) or {})
    to_html(document)
    assert given == [set(re.findall(r'data-ref="([^"]+)"', PAGE))]


def test_a_round_number_is_written_as_the_house_writes_numbers(document):
    document["house"] |= {"thousands": " ", "decimal": ","}
    assert "round number 2 500" in words(to_html(document))


def test_script_in_any_text_of_the_note_stays_text(document):
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{7*7}}"
    document["house"] |= {"desk": bad, "author": bad, "disclaimer": bad}
    document["instrument"] |= {"name": bad, "short_name": bad}
    document["title"] = bad
    document["levels"][0]["label"] = document["levels"][2]["label"] = bad
    document["summary"][0]["label"] = bad
    document["sections"][0] |= {"title": bad, "paragraphs": ["</p><script>alert(3)</script>"]}
    document["provenance"]["findings"][0]["text"] = document["provenance"]["feed"] = bad
    document["facts"]["sma_200"]["meaning"] = "</script><script>alert(4)</script>"
    page = to_html(document)
    assert page.count("<script") == 2
    assert page.count("</script>") == 2
    assert not re.search(r"<[^>]*\sonerror\s*=", re.sub(r'"[^"]*"', '""', page))
    assert "<script>alert(3)</script>" in words(page)
    assert embedded(page)["sma_200"]["meaning"] == "</script><script>alert(4)</script>"


def test_without_plans_the_page_says_why_and_names_the_best_tried():
    document = to_document(made_note.made_note(with_setups=False))
    text = words(to_html(document))
    assert plain(document["setups"]["none_because"], document) in text
    assert "The best of the 8 plans tried, for the record: buy the pullback to the 20-day average." in text


def test_a_note_too_short_to_price_anything_still_has_a_page(document):
    document["scenarios"] = document["setups"] = document["series"]["fan"] = None
    document["levels"], document["outlook"], document["claims"] = [], [], []
    document["morning"], document["summary"], document["sections"] = [], [], []
    document["headline"] = "Ten bars say little."
    document["provenance"]["not_yet_known"] = ["The 200-day average needs 200 bars; there are 10."]
    for name in ("change", "change_pct"):
        del document["facts"][name]
    text = words(to_html(document))
    assert "The 200-day average needs 200 bars; there are 10." in text
    assert "Scenarios" not in text
    assert "Key levels" not in text


def test_a_live_price_inside_the_session_says_when_it_was_taken(document):
    document["provenance"]["provisional"] = {"price": document["series"]["close"][-1], "at": "10:15", "range_as_given": True}
    assert "taken at 10:15, session of Monday 8 September not closed" in words(to_html(document))


def test_the_bar_of_scenarios_shows_the_table_and_sums_to_100():
    bar = re.search(r'<div class="split".*?</div>\s*</div>', PAGE, re.DOTALL)[0]
    assert [float(w) for w in re.findall(r"flex-basis: ([\d.]+)%", bar)] == [45.0, 30.0, 25.0]


def test_the_ladder_is_to_scale_and_its_labels_do_not_overlap(document):
    drawn = ladder(document)
    bands = [(rung.level["high"], rung.top) for rung in drawn.rungs if rung.level]
    (highest, top), *others = bands
    scale = (others[-1][1] - top) / (highest - others[-1][0])
    for price, at in others:
        assert at - top == pytest.approx((highest - price) * scale, abs=0.3)
    for above, below in zip(drawn.rungs, drawn.rungs[1:], strict=False):
        assert below.middle - above.middle >= (above.row + below.row) / 2 - 0.2
    assert [rung.level["name"] if rung.level else "last" for rung in drawn.rungs] == ["r3", "r2", "r1", "last", "s1", "s2", "s3"]


def test_a_level_far_off_is_named_beyond_the_end_of_the_ladder(document):
    document["levels"][-1] |= {"low": 100.0, "high": 101.0, "points": -1356.7, "atr": -41.9}
    drawn = ladder(document)
    assert [rung.is_beyond for rung in drawn.rungs] == [False] * 6 + [True]
    near = [rung for rung in drawn.rungs if rung.level and not rung.is_beyond]
    assert near[-1].top - near[0].top > 0.6 * drawn.height


def test_a_plan_is_ruled_in_r(document):
    # stop -1, entry 0, targets at their R: shares of the whole 1 + R of the last
    plan = document["setups"]["plans"][0]
    first, second = (target["r"] for target in plan["targets"])
    ruled = plan_ruler(plan, ["setup.1.target_1", "setup.1.target_2"])
    assert [price.kind for price in ruled] == ["stop", "entry", "target", "target"]
    assert [price.at for price in ruled] == pytest.approx([0, 100 / (1 + second), 100 * (1 + first) / (1 + second), 100], abs=0.01)


@pytest.mark.parametrize("theme", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_text_stands_out_from_its_ground_by_four_and_a_half_to_one(theme):
    pairs = [(text, ground) for text in palette.TEXT for ground in palette.GROUNDS]
    pairs += [("paper", ground) for ground in ("ink", "up", "down", "muted")]
    for text, ground in pairs:
        assert palette.contrast(theme[text], theme[ground]) >= 4.5, (text, ground)


def test_contrast_of_black_on_white_is_21():
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # WCAG's own near miss


def test_light_and_dark_name_the_same_colours_and_no_light_value_twice():
    assert palette.LIGHT.keys() == palette.DARK.keys()
    assert len(set(palette.LIGHT.values())) == len(palette.LIGHT)


def test_every_colour_used_on_the_page_is_named():
    assert set(re.findall(r"var\(--([\w-]+)\)", PAGE)) <= set(palette.LIGHT)
