"""Whole numbers in words, from five to 399: the lengths of averages and oscillators as prose writes them."""

from __future__ import annotations

import re

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {
    **{word: n for n, word in enumerate(_UNITS, 1)},
    **{word: n for n, word in enumerate(_TEENS, 10)},
    **{word: 10 * n for n, word in enumerate(_TENS, 2)},
    "fourty": 40,
    "a": 1,
}
_BELOW_HUNDRED = (
    rf"(?:(?:{'|'.join(_TENS)}|fourty)(?:[\s-]?(?:{'|'.join(_UNITS)})(?![a-z]))?|{'|'.join(_TEENS)}|{'|'.join(_UNITS[4:])})"
)
SPELLED_NUMBER = rf"(?:(?:(?:one|a|two|three)[\s-])?hundred(?:[\s-](?:and[\s-])?{_BELOW_HUNDRED})?|{_BELOW_HUNDRED})(?![a-z])"


def spelled_number(words: str) -> int:
    """250 of 'two hundred and fifty', 200 of '200'; 0 where the words are no number."""
    if words.isdigit():
        return int(words)
    below, above = 0, 0
    for word in re.findall(r"[a-z]+", re.sub(rf"({'|'.join(_TENS)})(?=[a-z])", r"\1 ", words.lower())):
        if word == "hundred":
            above, below = 100 * max(1, below), 0
        elif word != "and":
            below += _VALUES.get(word, 0)
    return above + below
