"""Where a number comes from."""

import copy
import json
import math

import made_note
import pytest

from levelhead.domain.errors import BadNote
from levelhead.render.explanation import explain, explanation, explanations
from levelhead.wire.document import to_document

DOCUMENT = to_document(made_note.made_note())
CLOSES = DOCUMENT["series"]["close"]
DATES = DOCUMENT["series"]["dates"]


def document_with(name, **fact):
    document = copy.deepcopy(DOCUMENT)
    document["facts"][name] = {"inputs": {}, "windows": [], "date": None, "known_on": None, "meaning": "made", **fact}
    return document


def window(count, column="close", peer=None):
    return {"column": column, "first": DATES[-count], "last": DATES[-1], "count": count, "peer": peer}


def test_the_50_day_average_shows_its_bars_and_arithmetic():
    found = explanation(DOCUMENT, "sma_50")
    assert (found.value, found.exact, found.unit, found.formula) == ("1,534.0", "1,533.976", "price", "mean(closes)")
    assert [bar.value for bar in found.bars] == CLOSES[-50:]
    assert [bar.date for bar in found.bars] == DATES[-50:]
    assert math.isclose(sum(bar.value for bar in found.bars) / 50, 1533.976)
    assert found.arithmetic == "(1,540.8 + 1,552.8 + 1,579 + … + 1,487.3 + 1,457.7) / 50 = 1,533.976"
    assert found.short == "mean of 50 closes from 1 July 2025 to 8 September 2025 = 1,533.976"
    assert (found.recomputed, found.agrees) == ("1,533.976", True)
    text = explain(DOCUMENT, "sma_50")
    assert "recomputed    1,533.976, as stored" in text
    assert text.count("  close  ") == 50
    assert "2025-09-08  close         1,457.7" in text


def test_a_formula_over_other_facts_shows_them_one_level_down():
    found = explanation(DOCUMENT, "sma_50.distance_pct")
    assert found.arithmetic == "(1,533.976 / 1,457.7 − 1) × 100 = 5.232626741"
    assert found.agrees
    inputs = {item.name: item for item in found.inputs}
    assert (inputs["sma_50"].value, inputs["sma_50"].formula) == ("1,533.976", "mean(closes)")
    assert inputs["last"].meaning == "last close"


def test_a_value_that_its_formula_does_not_give_is_said_to_differ():
    document = copy.deepcopy(DOCUMENT)
    document["facts"]["sma_50"]["value"] = 1533.977
    found = explanation(document, "sma_50")
    assert found.agrees is False
    assert "recomputed    1,533.976, which is NOT the stored 1,533.977" in explain(document, "sma_50")


def test_bars_that_the_note_does_not_carry_are_named_by_dates_and_count():
    document = copy.deepcopy(DOCUMENT)
    document["facts"]["sma_50"]["windows"][0] |= {"first": "2020-01-02", "count": 1400}
    found = explanation(document, "sma_50")
    assert found.bars == ()
    assert found.recomputed is None
    assert found.arithmetic == "mean of 1,400 closes from 2 January 2020 to 8 September 2025 = 1,533.976"
    assert "from 1,400 closes from 2 January 2020 to 8 September 2025" in explain(document, "sma_50")
    assert "the note carries fewer bars" in explain(document, "sma_50")


def test_a_highest_high_names_the_bar_it_came_from():
    document = document_with("high_20", value=2000.0, unit="price", formula="highest(highs)", windows=[window(20, "high")])
    document["series"]["high"][-20:] = [1900.0] * 14 + [2000.0] + [1900.0] * 5
    assert document["series"]["dates"][-6] == "2025-09-01"
    found = explanation(document, "high_20")
    assert found.came_from == "1 September 2025"
    assert found.arithmetic == "highest of 20 highs from 12 August 2025 to 8 September 2025 = 2,000"
    assert "came from     the bar of 1 September 2025" in explain(document, "high_20")


def test_a_highest_with_a_date_of_its_own_gives_that_date():
    assert explanation(DOCUMENT, "all_time_high").date == "25 November 2024"
    assert explanation(DOCUMENT, "all_time_high").came_from is None
    assert "happened on   25 November 2024" in explain(DOCUMENT, "all_time_high")


def test_bars_of_a_peer_are_taken_on_the_dates_that_both_have():
    document = document_with(
        "relative.ES.ratio_sma_3",
        value=0.0,
        unit="ratio",
        formula="mean(closes / peer_closes)",
        windows=[
            {**window(4), "count": 3},
            {**window(4, peer="ES"), "count": 3},
        ],
    )
    peer = document["series"]["peers"]["ES"]
    peer[-2] = None
    ours = [CLOSES[i] for i in (-4, -3, -1)]
    expected = sum(a / b for a, b in zip(ours, [peer[i] for i in (-4, -3, -1)], strict=True)) / 3
    document["facts"]["relative.ES.ratio_sma_3"]["value"] = expected
    found = explanation(document, "relative.ES.ratio_sma_3")
    assert found.agrees
    assert [bar.column for bar in found.bars] == ["close"] * 3 + ["close of ES"] * 3
    assert found.arithmetic.startswith("mean of closes / closes of ES over 3 bars from 3 September 2025 to 8 September 2025 = ")


def test_an_estimate_shows_its_error_base_rate_and_count():
    found = explanation(DOCUMENT, "scenario.up.probability")
    assert (found.value, found.error, found.base_rate) == ("43%", "0.5%", "41%")
    assert (found.base_count, found.independent_windows) == ("1,900", "158")
    text = explain(DOCUMENT, "scenario.up.probability")
    assert "error         0.5% (one standard error of the simulation)" in text
    assert "counted over  1,900 earlier start days, worth 158 windows that do not overlap" in text


def test_a_word_shows_its_rule_and_no_arithmetic():
    found = explanation(DOCUMENT, "structure")
    assert (found.value, found.arithmetic, found.recomputed) == ("higher highs and higher lows", None, None)
    assert found.formula == "two highs, two lows"
    assert "formula       two highs, two lows" in explain(DOCUMENT, "structure")


@pytest.mark.parametrize(
    ("formula", "inputs", "value", "arithmetic"),
    [
        ("a - b * c", {"a": 10.0, "b": -2.0, "c": 3.0}, 16.0, "10 − (−2) × 3 = 16"),
        ("(a + b) / 2", {"a": 1234.5, "b": 0.5}, 617.5, "(1,234.5 + 0.5) / 2 = 617.5"),
        ("sqrt(a)", {"a": 16.0}, 4.0, "sqrt(16) = 4"),
        ("100 - 100 / (1 + gain / loss)", {"gain": 3.0, "loss": 1.0}, 75.0, "100 − 100 / (1 + 3 / 1) = 75"),
    ],
)
def test_arithmetic_keeps_the_parentheses_right(formula, inputs, value, arithmetic):
    document = document_with("made", value=value, unit="price", formula=formula, inputs=inputs)
    found = explanation(document, "made")
    assert found.agrees
    assert found.arithmetic == arithmetic


@pytest.mark.parametrize(
    ("formula", "value", "arithmetic"),
    [
        ("mean(closes)", 20.0, "(10 + 20 + 30) / 3 = 20"),
        ("sum(closes)", 60.0, "10 + 20 + 30 = 60"),
        ("last(closes) - first(closes)", 20.0, "30 − 10 = 20"),
        ("last(closes) / mean(closes)", 1.5, "30 / ((10 + 20 + 30) / 3) = 1.5"),
        ("2 * sum(closes)", 120.0, "2 × (10 + 20 + 30) = 120"),
        ("highest(closes)", 30.0, "highest of 3 closes from 4 September 2025 to 8 September 2025 = 30"),
        ("last(closes)", 30.0, None),  # nothing to work out
    ],
)
def test_columns_are_written_out_in_a_formula(formula, value, arithmetic):
    document = document_with("made", value=value, unit="price", formula=formula, windows=[window(3)])
    document["series"]["close"][-3:] = [10.0, 20.0, 30.0]
    found = explanation(document, "made")
    assert found.agrees
    assert found.arithmetic == arithmetic


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(BadNote, match=r"no fact or estimate called 'sma_5'; the nearest are sma_50"):
        explanation(DOCUMENT, "sma_5")
    with pytest.raises(BadNote, match="it has 149 names, such as last, change, change_pct"):
        explanation(DOCUMENT, "zzzzzz")


def test_every_fact_and_estimate_has_a_compact_explanation_for_the_page():
    rows = explanations(DOCUMENT)
    assert rows.keys() == DOCUMENT["facts"].keys() | DOCUMENT["estimates"].keys()
    assert all(row["meaning"] and row["value"] and row["formula"] for row in rows.values())
    assert rows["sma_50"] == {
        "meaning": "50-day simple moving average",
        "value": "1,534.0",
        "exact": "1,533.976",
        "formula": "mean(closes)",
        "arithmetic": "mean of 50 closes from 1 July 2025 to 8 September 2025 = 1,533.976",
        "windows": ["50 closes from 1 July 2025 to 8 September 2025"],
    }
    inputs = rows["sma_50.distance_pct"]["inputs"]
    assert inputs["sma_50"] == ["1,533.976", "50-day simple moving average"]
    assert inputs["last"] == ["1,457.7", "last close"]
    assert explanations(DOCUMENT, {"sma_50", "nothing"}) == {"sma_50": rows["sma_50"]}
    assert len(json.dumps(rows)) < 300 * len(rows)


def test_every_name_can_be_explained_in_words():
    for name in (*DOCUMENT["facts"], *DOCUMENT["estimates"]):
        text = explain(DOCUMENT, name)
        assert text.startswith(f"{name}: ")
        assert "None" not in text
        assert "nan" not in text


def test_the_house_style_reaches_the_arithmetic():
    document = copy.deepcopy(DOCUMENT)
    document["house"] |= {"thousands": ".", "decimal": ","}
    assert explanation(document, "sma_50").arithmetic == "(1.540,8 + 1.552,8 + 1.579 + … + 1.487,3 + 1.457,7) / 50 = 1.533,976"
