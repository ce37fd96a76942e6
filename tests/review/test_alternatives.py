"""Alternatives parted by their first letters match what they matched, and the first that did first."""

from __future__ import annotations

import gc
import re

import pytest

from levelhead.review import read  # noqa: F401  its expressions are looked through
from levelhead.review.alternatives import by_first_letter, parted

WORDS = r"bull(?:ish|s)?|break ?out|up(?:ward)?|\w+ward|base|under|u[ps]\b|bulls eye|\d+th|x?y|over|out|off"


def test_bars_in_brackets_part_nothing():
    assert parted(r"a(?:b|c)|[|d]|e\|f|g") == ["a(?:b|c)", "[|d]", r"e\|f", "g"]


@pytest.mark.parametrize(
    "text",
    [
        "a BULLISH view",
        "bulls eye",
        "Upward",
        "westward",
        "breakout",
        "ups",
        "4th",
        "xy y",
        "under the base",
        "an outlook",
        "none",
        "",
    ],
)
def test_the_same_is_matched_as_by_the_plain_alternatives(text):
    plain, quick = (re.compile(rf"\b{group}\b", re.I) for group in (f"(?:{WORDS})", by_first_letter(WORDS)))
    assert [m.span() for m in quick.finditer(text)] == [m.span() for m in plain.finditer(text)]


def test_of_two_that_match_the_one_named_first_is_taken():
    assert re.match(by_first_letter("up|down|upper|dow"), "UPPER", re.I)[0] == "UP"
    assert re.match(by_first_letter("upper|down|up|dow"), "Upper", re.I)[0] == "Upper"


def test_they_stand_only_in_expressions_that_ignore_case():
    mark = by_first_letter("a|b|c")[: len("(?:(?-i:(?=[")]
    patterns = [p for p in gc.get_objects() if type(p) is re.Pattern]  # isinstance would ask proxies of what is gone
    quick = [p for p in patterns if isinstance(p.pattern, str) and mark in p.pattern]
    assert quick
    assert all(p.flags & re.IGNORECASE for p in quick)
