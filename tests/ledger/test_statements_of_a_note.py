"""The statements of a note's document: everything it said about the future, and nothing that it did not."""

import pytest
from made_note import made_note

from levelhead.domain.errors import BadNote
from levelhead.ledger.statements import statements_of
from levelhead.wire.document import to_document


def named(document):
    return {statement.name: statement for statement in statements_of(document)}


PLAN = {
    "claim": "long limit 98 stop 95 target 104, 110 fill within 2 exit within 4",
    "fill": {"probability": 0.5, "base_rate": 0.6, "windows": 9},
    "targets": [{"chance": {"probability": 0.4, "base_rate": 0.3, "windows": 8}}, {"chance": {"probability": 0.2}}],
}
TICK = {"instrument": {"tick": 0.5}}


def test_a_note_of_ours_says_all_of_these():
    document = to_document(made_note())
    found = named(document)
    levels = {f"level.{row['name']}" for row in document["levels"]}
    biases = {f"bias.{horizon}" for horizon in ("short", "medium", "long")}
    assert {"scenario"} | levels | biases <= set(found)
    assert {name for name in found if name.startswith("setup.") and name.count(".") == 1}
    scenario = found["scenario"]
    assert (scenario.kind, scenario.outcomes) == ("scenario", ("up", "range", "down"))
    # what the reader was told: the rounded figures of the table
    assert scenario.said == tuple(row["said"] for row in document["scenarios"]["scenarios"])
    assert scenario.prices["upper"] == document["scenarios"]["upper"]
    assert all(statement.prices["start"] == document["facts"]["last"]["value"] for statement in found.values())


def test_an_outlook_says_three_things_and_its_two_halves_are_not_counted_again():
    chance = {"up": {"probability": 0.5}, "flat": {"probability": 0.2}, "down": {"probability": 0.3}}
    document = {
        "outlook": [{"name": "short term", "sessions": 10, "bias": "cautiously bearish", **chance}],
        "claims": [
            {"name": "outlook.short.up", "claim": "close above 104 at 10 sessions", "chances": {"true": 0.5}},
            {"name": "outlook.short.down", "claim": "close below 97 at 10 sessions", "chances": {"true": 0.3}},
        ],
        "facts": {"last": {"value": 100.0}, "outlook.short.above": {"value": 104.0, "inputs": {"width": 0.16}}},
    }
    outlook, bias = statements_of(document)
    assert (outlook.name, outlook.kind, outlook.claim, outlook.sessions) == ("outlook.short", "outlook", "", 10)
    assert (outlook.outcomes, outlook.said) == (("up", "flat", "down"), (0.5, 0.2, 0.3))
    assert outlook.prices == {"upper": 104.0, "lower": 97.0, "start": 100.0}
    assert (bias.name, bias.kind, bias.outcomes) == ("bias.short", "bias", ("right", "wrong", "neither"))
    assert bias.prices == {"lean": -0.5, "start": 100.0, "sigma": 0.16}


def test_a_plan_says_what_it_is_and_how_likely_its_fill_and_targets_are():
    found = named({"setups": {"plans": [PLAN | {"name": "1"}]}, **TICK})
    assert list(found) == ["setup.1", "setup.1.fill", "setup.1.target_1", "setup.1.target_2"]
    setup, fill, first, second = found.values()
    assert (setup.kind, setup.outcomes, setup.said) == ("setup", ("unfilled", "target", "stop", "expired"), ())
    assert setup.prices == {"entry": 98.0, "stop": 95.0, "target_1": 104.0, "target_2": 110.0}
    # a limit is filled by a trade one tick through it
    assert (fill.kind, fill.claim, fill.said, fill.base) == ("claim", "touch 97.5 within 2 sessions", (0.5, 0.5), (0.6, 0.4))
    # 0.5 x 0.4 filled and at the target, 0.5 x 0.6 filled and not, 0.5 not filled
    assert (first.outcomes, first.said) == (("true", "false", "void"), pytest.approx((0.2, 0.3, 0.5)))
    assert first.base == pytest.approx((0.18, 0.42, 0.4))
    assert second.claim == "long limit 98 stop 95 target 110 fill within 2 exit within 4"
    assert second.base == ()


def test_the_plan_not_taken_is_kept_apart():
    found = named({"setups": {"plans": [], "best": PLAN}, **TICK})
    assert {statement.kind for statement in found.values()} == {"claim"}
    assert found["setup.best"].outcomes == ("unfilled", "target", "stop", "expired")


def test_a_level_stands_for_the_scenario_horizon_or_twelve_sessions():
    level = {"name": "s1", "side": "support", "low": 95, "high": 96}
    assert named({"levels": [level]})["level.s1"].sessions == 12
    document = {"levels": [level], "scenarios": {"claim": "first of 105 | 95 within 7 sessions", "sessions": 7}}
    assert named(document)["level.s1"].sessions == 7
    assert named(document)["level.s1"].prices == {"low": 95.0, "high": 96.0, "side": -1.0}
    assert named(document)["scenario"].said == ()


def test_another_author_may_say_bare_probabilities_or_none():
    document = {
        "last": 100,
        "claims": [
            {"name": "breakout", "claim": "touch 105 within 5 sessions", "chances": {"true": 0.4}},
            {"name": "silent", "claim": "close above 105 at 5 sessions"},
            {"name": "way", "claim": "first of 105 | 95 within 5 sessions", "chances": {"up": 0.5, "range": 0.2, "down": 0.3}},
            {"name": "way.target", "claim": "touch 109 within 5 sessions"},
        ],
    }
    found = named(document)
    assert found["breakout"].said == pytest.approx((0.4, 0.6))
    assert found["silent"].said == ()
    assert found["way"].said == (0.5, 0.2, 0.3)
    assert found["way.target"].kind == "target"
    assert {statement.prices["start"] for statement in found.values()} == {100.0}
    assert statements_of({}) == ()


def test_a_note_of_an_unfinished_bar_says_so_in_every_statement():
    level = {"name": "s1", "side": "support", "low": 95, "high": 96}
    document = {"levels": [level], "last": 100.5, "provenance": {"provisional": {"price": 100.5}}}
    assert named(document)["level.s1"].prices["unfinished"] == 100.5
    assert "unfinished" not in named(document | {"provenance": {"provisional": None}})["level.s1"].prices


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"claims": [{"name": "a", "claim": "price will rise"}]}, "The statement 'a' of the note cannot be understood: "),
        ({"claims": [{"name": "a", "claim": "touch 3 within 2 sessions", "chances": {"true": 1.4}}]}, "a probability of 1.4"),
        ({"scenarios": {"claim": "touch 3 within 2 sessions"}}, "which is no split"),
        ({"setups": {"plans": [{"claim": "touch 3 within 2 sessions"}]}}, "which is no plan"),
        ({"outlook": [{"name": "short term", "bias": "bullish"}]}, "no name or no sessions"),
        ({"levels": [{"name": "s1", "side": "support", "low": 1, "high": 2}] * 2}, "two statements called 'level.s1'"),
    ],
)
def test_what_cannot_be_understood_is_refused_in_a_sentence(document, said):
    with pytest.raises(BadNote, match=said):
        statements_of(document)
