"""Tables whose bars or tabs became single blanks: 'Scenario Probability Target' over 'Relief rally 45% 1,743–1,754'.

Names of columns in a line, and lines under it whose words make as many cells of the same kinds, tell where each cell ends; a tab
is put there, in the place of the blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise
from math import comb

from levelhead.review.as_written import JOINED, PARTED
from levelhead.review.column_names import is_heading_cell
from levelhead.review.dashboards import names_value
from levelhead.review.row_kinds import cost_of, kind

FEWEST_ROWS, FEWEST_NAMES, MOST_NAMES = 2, 2, 6
MOST_WORDS, MOST_WAYS, LONGEST_ROW, LONGEST_NAME = 14, 300, 110, 4
MOST_LINES, MOST_ROWS, MOST_TRIES = 4_000, 24, 24
DEAREST_ROW = 0.5
_OTHER = re.compile(r"  |\t|\||;|^[#>*•-]\s|[.!?:]$")
_MORE_NAMES = re.compile(
    r"MA|moving averages?|averages?|#|range or target|target or range|target ?/ ?range|position|role|kind|goes to|"
    r"trend|state|slope|distance|strength|conviction|price is|vs\.? price",
    re.I,
)

Cut = tuple[int, ...]  # before which words the cells behind the first begin


def with_tabs(plain: str) -> str:
    """The text with tabs between the cells of such tables, as long as it was. Takes time in proportion to the text."""
    lines = plain.split("\n", MOST_LINES)
    at = tries = 0
    while at + FEWEST_ROWS < len(lines) and tries < MOST_TRIES:
        head = _names(lines[at])
        rows = _rows(lines[at + 1 : at + 1 + MOST_ROWS], len(head) + 1) if head else []
        tries += bool(head)
        if len(rows) < FEWEST_ROWS:
            at += 1
            continue
        for number, cut in enumerate([head, *rows]):
            lines[at + number] = _cut(lines[at + number], cut)
        at += len(rows) + 1
    return "\n".join(lines)


def _cut(line: str, cut: Cut) -> str:
    places = [found.start() - 1 for found in re.finditer(r"\S+", line)]
    given = list(line)
    for word in cut:
        given[places[word]] = PARTED if given[places[word]] == JOINED else "\t"  # a line that went on there is still counted
    return "".join(given)


def _names(line: str) -> Cut:
    """Before which words of a line of names of columns each but the first begins; () where it is none."""
    words = line.split()
    if not FEWEST_NAMES <= len(words) <= 2 * MOST_NAMES or len(line) > LONGEST_ROW or _OTHER.search(line) or re.search(r"\d", line):
        return ()
    starts, at = [], 0
    while at < len(words):
        length = next((n for n in range(LONGEST_NAME, 0, -1) if at + n <= len(words) and _is_name(" ".join(words[at : at + n]))), 0)
        if not length:
            return ()
        starts.append(at)
        at += length
    return tuple(starts[1:]) if FEWEST_NAMES <= len(starts) <= MOST_NAMES else ()


def _is_name(text: str) -> bool:
    return is_heading_cell(text) or bool(_MORE_NAMES.fullmatch(text)) or names_value(text)


def _rows(lines: Sequence[str], width: int) -> list[Cut]:
    """How the words of lines make rows of so many cells of the same kinds, from the first on; [] where they make none."""
    body: list[list[str]] = []
    for line in lines:
        words = line.split()
        if (
            not width <= len(words) <= MOST_WORDS
            or comb(len(words) - 1, width - 1) > MOST_WAYS
            or len(line) > LONGEST_ROW
            or _OTHER.search(line)
        ):
            break
        body.append(words)
    if len(body) < FEWEST_ROWS:
        return []
    ways = [_cells(words, width) for words in body]
    best: tuple[int, float, tuple[int, int], list[Cut]] | None = None
    for pattern in dict.fromkeys((*ways[0], *ways[1])):
        if not any(k in "n%" for k in pattern):
            continue
        cuts, total = [], 0.0
        for way in ways:
            cost, cut = min((sum(map(cost_of, kinds, pattern)), cut) for kinds, cut in way.items())
            if cost > DEAREST_ROW:
                break
            cuts.append(cut)
            total += cost
        told = (sum(k in "n%" for k in pattern), pattern.count("d"))
        if best is None or (len(cuts), -total, told) > (best[0], -best[1], best[2]):
            best = (len(cuts), total, told, cuts)
    return best[3] if best else []


def _cells(words: Sequence[str], width: int) -> dict[tuple[str, ...], Cut]:
    """The ways to make so many cells of words: by their kinds, before which words they begin."""
    found: dict[tuple[str, ...], Cut] = {}
    for cut in combinations(range(1, len(words)), width - 1):
        edges = (0, *cut, len(words))
        found.setdefault(tuple(kind(" ".join(words[a:b])) for a, b in pairwise(edges)), cut)
    return found
