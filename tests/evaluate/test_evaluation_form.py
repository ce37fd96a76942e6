"""The evaluation's JSON is what docs/evaluate.md says, is the same however it was walked, and makes its page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_walks import QUICK, market

from levelhead.evaluate.report import evaluation, placebos
from levelhead.evaluate.route import Route, days_of
from levelhead.evaluate.walk import joined
from levelhead.render.evaluation import to_html
from levelhead.wire.document import canonical

DOCS = Path(__file__).resolve().parents[2] / "docs" / "evaluate.md"
# keys whose values are names of the data's own
OWN = ("scores", "cuts")


@pytest.fixture(scope="module")
def route() -> Route:
    bars = market(bars=420)
    return Route(bars=bars, days=days_of(bars, first=bars.dates[230].item(), every=4)[:24], settings=QUICK, version="0.0")


@pytest.fixture(scope="module")
def walked(route):
    return route.walked(route.days)


@pytest.fixture(scope="module")
def document(route, walked):
    worlds = [next(placebos(route, lambda world: world.walked(world.days[:8])))]
    return evaluation([route], [walked], placebo=worlds, desk="The made desk")


def keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inside in value.items():
            yield name
            yield from () if name in OWN else keys(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from keys(inside)


def test_every_key_is_documented_and_every_documented_key_is_there(document):
    told = DOCS.read_text(encoding="utf-8").split("## As data")[1]
    documented = set(re.findall(r"`([a-z_]+)`", re.sub(r"\w+\[\]\.|\[\]", "", told))) - {"null", "workers"}
    found = set(keys(document))
    inside = {"symbol", "feed", "bars", "digest", "notes", "silent", "fitted_until", "purge", "embargo"}  # of instruments, folds
    assert found - documented - inside == set()
    assert documented - found == set()


def test_it_is_plain_json_in_one_canonical_form(document):
    text = canonical(document)
    assert json.loads(text) == document
    assert text.startswith('{"baselines":')
    assert document["form"] == "levelhead evaluation 1"


def test_a_walk_in_pieces_gives_the_same_bytes(route, walked, document):
    whole = canonical(evaluation([route], [walked], desk="The made desk"))
    pieces = [route.walked(route.days[begin : begin + 7]) for begin in (14, 0, 21, 7)]
    assert canonical(evaluation([route], [joined(pieces)], desk="The made desk")) == whole


def test_it_says_what_was_walked_and_in_which_folds(route, document):
    run = document["run"]
    assert (run["symbols"], run["every"], run["paths"]) == (["RTY"], 4, 400)
    assert (run["first"], run["last"]) == (str(route.days[0]), str(route.days[-1]))
    assert sum(fold["days"] for fold in run["folds"]) == 24
    for fold in run["folds"]:
        assert fold["fitted_until"] < fold["first"] <= fold["last"]
        assert (fold["purge"], fold["embargo"]) == (65, 0)
    assert document["words"][0].startswith("RTY: 24 days with a forecast, ")


def test_kinds_are_those_of_the_notes_and_their_counts_add_up(document, walked):
    assert {kind["kind"] for kind in document["kinds"]} >= {"scenario", "target", "outlook", "bias", "level"}
    assert sum(kind["rows"] for kind in document["kinds"]) == len(walked.record)
    for kind in document["kinds"]:
        assert kind["rows"] == kind["decided"] + kind["open"] + kind["undecided"] + kind["void"], kind["kind"]


def test_its_page_is_made_and_holds_its_sentences(document):
    page = to_html(document)
    assert "The made desk" in page
    for sentence in document["words"]:
        assert sentence.replace(" %", "\u00a0%").replace("'", "&#39;") in page
