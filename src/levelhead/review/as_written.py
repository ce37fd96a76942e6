"""A text as it was written: before it was quoted in a mail, had blank lines put between its lines, was broken at a width.

A line that is taken out or joined leaves a mark until the places of lines are counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

GONE, JOINED = "\x0c", "\x0b"  # a blank line that was taken out; a line that goes on in the next
LED, PARTED = "\x1c", "\x1d"  # a line whose value is the next; a cell beside the next
_WRITTEN = {GONE: "", JOINED: " ", LED: ":", PARTED: "\t"}
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_BAR = re.compile(r"\s*\|")
_BARE_PRICE = re.compile(r"[ \t]{0,3}>[ \t]?[~$€£]?\d")
_LINE_MARKS = re.compile(rf"([\n{GONE}{JOINED}{LED}{PARTED}])")
FEWEST_QUOTED = 3  # lines in a row
MOST_BARE = 0.5  # of the lines of a quotation may begin with a number; '> 2,350' thrice is a list of conditions
WHOLE = 0.8  # of a text's lines
MOST_UNPARTED = 0.06


def unquoted(plain: str) -> str:
    """The text without the marks that a mail puts before each line it quotes."""
    if ">" not in plain:
        return plain
    lines = plain.split("\n")
    said = [line for line in lines if line.strip()]
    marked = sum(bool(_QUOTE.match(line)) for line in said)
    is_whole = len(said) >= FEWEST_QUOTED and marked >= WHOLE * len(said)
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _QUOTE.match(lines[end]):
            end += 1
        if end > at and (is_whole or _is_quoted(lines[at:end])):
            lines[at:end] = [_QUOTE.sub("", line, count=1) for line in lines[at:end]]
        at = max(end, at + 1)
    return "\n".join(lines)


def _is_quoted(run: Sequence[str]) -> bool:
    return len(run) >= FEWEST_QUOTED and sum(bool(_BARE_PRICE.match(line)) for line in run) <= MOST_BARE * len(run)


def single_spaced(plain: str) -> str:
    """The text without the blank lines that were put between all its lines: the wider gaps part its paragraphs then.

    Rows of a table that is written with tabs, semicolons or bars stand together, whatever parts the rest.
    """
    lines = plain.split("\n")
    said = [n for n, line in enumerate(lines) if line.strip()]
    pairs = list(pairwise(said))
    gaps = [after - at - 1 for at, after in pairs if not (_BAR.match(lines[at]) or _BAR.match(lines[after]))]
    is_parted = bool(gaps) and max(gaps) > 1 and gaps.count(0) <= MOST_UNPARTED * len(gaps)
    in_rows = [_parts(lines[at]) == _parts(lines[after]) != ("", 0) and after - at == 2 for at, after in pairs]
    if not is_parted and not any(in_rows):
        return plain
    kept = lines[: said[0] + 1]
    for n, (at, after) in enumerate(pairs):
        is_row = in_rows[n] and any(in_rows[m] for m in (n - 1, n + 1) if 0 <= m < len(in_rows))
        taken = is_row or (is_parted and not _BAR.match(lines[at]))
        if taken and after - at > 1:
            kept[-1] += GONE
            after_gap = after - at - 2
        else:
            after_gap = after - at - 1
        kept += [*([""] * after_gap), lines[after]]
    return "\n".join([*kept, *lines[said[-1] + 1 :]])


def settled(plain: str) -> tuple[str, tuple[int, ...]]:
    """The text without the marks of lines, and where each line of the text as it was given begins; () where none was marked."""
    if not any(mark in plain for mark in _WRITTEN):
        return plain, ()
    parts, starts, at = [], [0], 0
    for number, between in enumerate(_LINE_MARKS.split(plain)):  # every second one is a mark
        part = _WRITTEN.get(between, between)
        parts.append(part)
        at += len(part)
        if number % 2:
            starts.append(at)
    return "".join(parts), tuple(starts)


def _parts(line: str) -> tuple[str, int]:
    """What parts a row of three cells or more, and how often."""
    return next(((mark, count) for mark in "\t;|" if (count := line.strip("|").count(mark)) > 1 and ". " not in line), ("", 0))
