"""Alternatives of an expression parted by their first letters, so that at most places of a text none of them is tried."""

from __future__ import annotations

import re
from itertools import groupby

FEWEST = 3  # alternatives beside one another that are worth a question before
_ONE_LETTER = re.compile(r"[A-Za-z](?![?*{])")


def by_first_letter(alternatives: str) -> str:
    """The same alternatives as one group, for expressions that ignore case only: what matches, and what first, stays the same.

    alternatives: as they stand between the bars of a group. Those that begin with a letter are parted by it, the others stay.
    """
    runs = groupby(parted(alternatives), key=lambda each: bool(_ONE_LETTER.match(each)))
    return f"(?:{'|'.join(_by_letter(list(run)) if has_letter else '|'.join(run) for has_letter, run in runs)})"


def _by_letter(alternatives: list[str]) -> str:
    """Alternatives that begin with a letter each; those with one letter keep their order."""
    if len(alternatives) < FEWEST:
        return "|".join(alternatives)
    groups: dict[str, list[str]] = {}
    for each in alternatives:
        groups.setdefault(each[0].lower(), []).append(each[1:])
    letters = "".join(letter + letter.upper() for letter in groups)
    # a set that minds case is looked at before an alternative is tried, one that ignores it is not
    tried = "|".join(f"(?-i:[{letter}{letter.upper()}])(?:{'|'.join(rest)})" for letter, rest in groups.items())
    return f"(?-i:(?=[{letters}]))(?:{tried})"


def parted(alternatives: str) -> list[str]:
    """The alternatives between the bars that stand in no brackets."""
    found, depth, in_set, start, at = [], 0, False, 0, 0
    while at < len(alternatives):
        mark = alternatives[at]
        if mark == "\\":
            at += 1
        elif in_set:
            in_set = mark != "]"
        elif mark == "[":
            in_set = True
        elif mark in "()":
            depth += 1 if mark == "(" else -1
        elif mark == "|" and not depth:
            found.append(alternatives[start:at])
            start = at + 1
        at += 1
    return [*found, alternatives[start:]]
