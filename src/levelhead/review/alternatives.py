"""Alternatives of an expression parted by their first letters, so that at most places of a text none of them is tried."""

from __future__ import annotations

import re

_ONE_LETTER = re.compile(r"[A-Za-z](?![?*{])")


def by_first_letter(alternatives: str) -> str:
    """The same alternatives, as one group for an expression that ignores case: what it matches, and what first, stays the same.

    alternatives: as between the bars of a group; each begins with a letter that is always there (ValueError).
    """
    groups: dict[str, list[str]] = {}
    for each in parted(alternatives):
        if not _ONE_LETTER.match(each):
            raise ValueError(f"{each!r} does not begin with a letter that is always there")
        groups.setdefault(each[0].lower(), []).append(each[1:])
    letters = "".join(letter + letter.upper() for letter in groups)
    # a set that minds case is looked at before the alternative is tried; one that ignores it is not
    tried = "|".join(f"(?-i:[{letter}{letter.upper()}])(?:{'|'.join(rest)})" for letter, rest in groups.items())
    return f"(?:(?-i:(?=[{letters}]))(?:{tried}))"


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
