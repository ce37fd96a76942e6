"""The table of the words around a price: what it is made of, and what it makes of a sentence."""

import json
from importlib.resources import files
from itertools import pairwise

import pytest

from levelhead.review.near_cues import MOST_PRICES, cues_of
from levelhead.review.near_words import QUESTIONS, chances_of, table, table_of
from levelhead.review.read import laid_out, read_note
from levelhead.review.source import text_of

DOCUMENT = json.loads((files("levelhead.review") / "near_words.json").read_text(encoding="utf-8"))
ONE = {"level": "yes", "last": "yes", "side": "support", "kind": "level"}


def page(text):
    return laid_out(text_of(text.encode(), name="note"))


def cues(text, price):
    laid = page(text)
    return cues_of(laid.passages, laid.prices)[(price, price)][0]


def small(question, weights, start=0.0):
    """A table in which one answer of one question has weights."""
    answers = {q: {a: {"start": 0.0, "weights": {}}} for q, a in ONE.items()}
    answers[question][ONE[question]] = {"start": start, "weights": weights}
    return table_of({"answers": answers})


def test_the_table_says_what_it_is_and_on_what_it_was_fitted():
    assert DOCUMENT["schema"] == "levelhead/near-words/1"
    assert DOCUMENT["counts"]["notes"] >= 570
    assert DOCUMENT["counts"]["passages"] >= 1266
    assert len(DOCUMENT["date"]) == len("2026-01-01")


def test_it_counts_its_own_weights_and_they_are_few_enough_to_read():
    weights = sum(len(told["weights"]) for answers in DOCUMENT["answers"].values() for told in answers.values())
    assert weights == DOCUMENT["counts"]["weights"] <= 6000
    assert set(DOCUMENT["answers"]) == set(QUESTIONS)


def test_words_before_and_behind_a_price_are_cues_with_their_distance():
    found = cues("Buyers sit at 2,350 since March. Gold was 2,380.", 2350)
    assert {"before 1: at", "before 2: sit", "just before: sit at", "behind 1: since", "block: paragraph"} <= found


def test_words_beyond_another_price_are_told_apart():
    found = cues("Support at 2,350 and 2,330, then 2,310.", 2330)
    assert "before 2: PRICE" in found
    assert "before a price 3: at" in found
    assert "before 3: at" not in found


def test_column_and_row_are_cues_of_a_cell():
    found = cues("| Level | Price |\n|---|---|\n| Support | 2,350 |\n| Resistance | 2,410 |", 2350)
    assert {"column: price", "row: support", "block: row"} <= found


def test_a_price_that_stands_twice_has_the_cues_of_both_places():
    found = cues("Support at 2,350. Nobody sells under 2,350. Resistance 2,410.", 2350)
    assert {"before 1: at", "before 1: under", "said: 2 times"} <= found


def test_a_chance_is_the_sum_of_weights_through_the_logistic_curve():
    # 0.5 + 1.5 - 1.0 = 1.0; 1 / (1 + e^-1) = 0.7311
    by = small("level", {"before 1: at": 1.5, "before 2: sit": -1.0, "never there": 9.0}, start=0.5)
    laid = page("Buyers sit at 2,350 since March. Gold was 2,380.")
    assert chances_of(laid.passages, laid.prices, by)[(2350.0, 2350.0)].level == pytest.approx(0.7311, abs=1e-4)


def test_of_two_answers_with_sums_one_apart_the_likelier_has_73_in_100():
    answers = {q: {a: {"start": 0.0, "weights": {}}} for q, a in ONE.items()}
    answers["side"] = {"support": {"start": 0.0, "weights": {"before 1: at": 1.0}}, "resistance": {"start": 0.0, "weights": {}}}
    laid = page("Buyers sit at 2,350 since March. Gold was 2,380.")
    side = chances_of(laid.passages, laid.prices, table_of({"answers": answers}))[(2350.0, 2350.0)].side
    assert (side.word, round(side.chance, 4)) == ("support", 0.7311)


def test_the_shipped_table_knows_a_level_from_a_last_price():
    laid = page("Gold closed at 2,380.50 on Friday. Support comes in at 2,350, resistance at 2,410; 2,425 is the record high.")
    told = chances_of(laid.passages, laid.prices)
    assert told[(2350.0, 2350.0)].level > 0.9 > 0.1 > told[(2350.0, 2350.0)].last
    assert told[(2380.5, 2380.5)].last > 0.9 > 0.1 > told[(2380.5, 2380.5)].level
    assert told[(2350.0, 2350.0)].side.word == "support"
    assert told[(2410.0, 2410.0)].side.word == "resistance"


def test_of_a_text_of_many_prices_only_the_first_are_looked_at():
    laid = page("\n\n".join(f"Support at {2000 + n}.25 today." for n in range(MOST_PRICES + 50)))
    places = [place for _, at in cues_of(laid.passages, laid.prices).values() for place in at]
    assert len(places) == MOST_PRICES
    assert all(one.span < two.span for one, two in pairwise(places))


def test_the_same_text_gives_the_same_chances():
    laid = page("Gold 2,380. Support at 2,350 and 2,330; resistance 2,410.")
    assert chances_of(laid.passages, laid.prices) == chances_of(laid.passages, laid.prices)
    assert table() is table()


def test_without_the_table_nothing_is_as_sure_as_it():
    text = text_of(b"Gold 2,380. Support at 2,350 and 2,330; resistance 2,410, then 2,425 and 2,440.", name="note")
    note = read_note(text, by_table=False)
    assert {x.sure for x in (*note.levels, *note.indicators)} <= {1.0, 0.9, 0.7}
