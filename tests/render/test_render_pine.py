"""The note on the trader's own chart: a Pine script that holds together."""

import copy
import re

import made_note
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.domain.errors import BadNote
from levelhead.render.pine import to_pine
from levelhead.wire.document import to_document

DOCUMENT = to_document(made_note.made_note())
# names as in the Pine Script v6 reference manual
FUNCTIONS = {"indicator", "timestamp", "box.new", "line.new", "label.new", "color.new"}
ARGUMENTS = {
    "box.new": {"border_color", "border_width", "extend", "xloc", "bgcolor"},
    "line.new": {"xloc", "extend", "color", "style", "width"},
    "label.new": {"xloc", "yloc", "color", "style", "textcolor", "size"},
    "indicator": {"shorttitle", "overlay", "max_boxes_count", "max_lines_count", "max_labels_count"},
}
CONSTANTS = {
    "extend.right",
    "xloc.bar_time",
    "yloc.price",
    "line.style_solid",
    "line.style_dotted",
    "line.style_dashed",
    "label.style_label_left",
    "size.small",
    "barstate.islastconfirmedhistory",
}
STRING = re.compile(r'"(?:[^"\\]|\\["\\])*"')


def code_lines(script):
    """Lines without comments, their strings replaced by an empty one."""
    return [STRING.sub('""', line) for line in script.splitlines() if not line.startswith("//")]


def check_structure(script):
    assert script.startswith("//@version=6\n")
    for line in code_lines(script):
        bare = line.replace('""', "")
        assert '"' not in bare
        assert "\\" not in bare
        depth = 0
        for character in bare:
            depth += (character == "(") - (character == ")")
            assert depth >= 0
        assert depth == 0
        called = set(re.findall(r"([a-z_.]+)\(", bare))
        assert called <= FUNCTIONS
        for function in called & ARGUMENTS.keys():
            outside = re.sub(r"color\.new\([^)]*\)", "", bare)
            assert set(re.findall(r"(\w+)=", outside)) <= ARGUMENTS[function]
        constants = set(re.findall(r"[a-z]+\.[a-z_]+(?!\()\b", re.sub(r"[a-z.]+\(", "(", bare)))
        assert constants <= CONSTANTS
    for comment in (line for line in script.splitlines() if line.startswith("//")):
        assert comment.isprintable()


def test_zones_are_boxes_and_plans_are_lines():
    script = to_pine(DOCUMENT)
    check_structure(script)
    assert script.count("box.new(") == len(DOCUMENT["levels"]) == 6
    assert script.count("line.new(") == 4  # entry, stop, two targets
    assert script.count("label.new(") == 10
    assert 'indicator("RTY 8 September 2025: key levels and plans", shorttitle="RTY 2025-09-08", overlay=true' in script
    assert 'int opens = timestamp("UTC", 2025, 9, 8, 0, 0, 0)' in script
    assert "box.new(opens, 1657.1, ends, 1647.1," in script  # top before bottom
    assert '"Buy limit 1,440.0: Buy the pullback to the 20-day average"' in script
    assert "// Made by levelhead 0.1.0 from bars of RTY up to 2025-09-08." in script
    assert "not trading advice" in script


def test_numbers_are_pine_numbers_whatever_the_house_style():
    document = copy.deepcopy(DOCUMENT)
    document["house"] |= {"thousands": " ", "decimal": ","}
    document["levels"][0] |= {"low": 0.00001234, "high": 123456789.5}
    script = to_pine(document)
    check_structure(script)
    assert "box.new(opens, 123456789.5, ends, 0.00001234," in script


def test_a_note_without_levels_or_plans_is_still_a_script():
    document = copy.deepcopy(DOCUMENT)
    document |= {"setups": None, "levels": []}
    script = to_pine(document)
    check_structure(script)
    assert script.rstrip().endswith("int nothing = na")


def test_more_drawings_than_pine_allows_are_refused():
    document = copy.deepcopy(DOCUMENT)
    document["levels"] = document["levels"] * 90
    with pytest.raises(BadNote, match="544 levels and plan prices; a Pine script draws at most 500"):
        to_pine(document)


@given(label=st.text(), desk=st.text(), title=st.text())
def test_no_string_leaves_its_quotes(label, desk, title):
    document = copy.deepcopy(DOCUMENT)
    document["levels"][0]["label"] = label
    document["house"]["disclaimer"] = desk
    document["setups"]["plans"][0]["title"] = title.replace("{", "").replace("}", "")
    check_structure(to_pine(document))


def test_quotes_and_backslashes_are_escaped():
    document = copy.deepcopy(DOCUMENT)
    document["levels"][0]["label"] = 'the "high" of C:\\temp\nand more'
    assert r'extension: the \"high\" of C:\\temp and more"' in to_pine(document)
