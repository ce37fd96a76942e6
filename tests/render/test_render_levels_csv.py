"""The note's prices for machines."""

import copy
import csv
import io

import made_note

from levelhead.render.levels_csv import COLUMNS, to_levels_csv
from levelhead.wire.document import to_document

DOCUMENT = to_document(made_note.made_note())


def rows(document):
    return list(csv.DictReader(io.StringIO(to_levels_csv(document))))


def test_levels_scenario_prices_and_plan_prices_are_rows():
    found = rows(DOCUMENT)
    assert [row["kind"] for row in found] == ["level"] * 6 + ["scenario"] * 5 + ["plan"] * 4
    assert list(found[0]) == list(COLUMNS)
    assert found[0] == {
        "kind": "level",
        "name": "r3",
        "side": "resistance",
        "role": "extension",
        "low": "1647.1",
        "high": "1657.1",
        "points": "189.4",
        "atr": "5.845679",
        "touches": "3",
        "age": "41",
        "label": "round number 2,500",
        "sources": "sma_50",
    }
    entry = next(row for row in found if row["name"] == "setup.1.entry")
    assert (entry["side"], entry["role"], entry["low"], entry["high"]) == ("long", "entry", "1440.0", "1440.0")
    assert float(entry["points"]) == round(1440.0 - 1457.7, 6)


def test_numbers_are_plain_whatever_the_house_style():
    document = copy.deepcopy(DOCUMENT)
    document["house"] |= {"thousands": ".", "decimal": ","}
    document["facts"]["last"]["value"] = 1457.7
    assert to_levels_csv(document) == to_levels_csv(DOCUMENT)
    for row in rows(DOCUMENT):
        for column in ("low", "high", "points", "atr", "touches", "age"):
            assert row[column] == "" or float(row[column]) == float(row[column])


def test_what_is_not_there_is_empty():
    document = copy.deepcopy(DOCUMENT)
    document |= {"scenarios": None, "setups": None}
    document["levels"][0] |= {"age": None, "sources": ["sma_50", "round_2500"]}
    found = rows(document)
    assert len(found) == 6
    assert found[0]["age"] == ""
    assert found[0]["sources"] == "sma_50;round_2500"


def test_text_that_a_spreadsheet_would_run_is_quoted():
    document = copy.deepcopy(DOCUMENT)
    document["levels"][0]["label"] = '=HYPERLINK("x","y"), and\na line'
    assert rows(document)[0]["label"] == '\'=HYPERLINK("x","y"), and\na line'


def test_a_title_with_references_is_printed():
    document = copy.deepcopy(DOCUMENT)
    document["setups"]["plans"][0]["title"] = "Buy the pullback to {level.s1.high}"
    assert rows(document)[-1]["label"] == "Buy the pullback to 1,440.0"
