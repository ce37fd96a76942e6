"""Lines that were broken at a width, as mails, letters and PDFs have them, put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from levelhead.review.as_written import GONE, JOINED

LEAST, NARROWEST, WIDEST = 25, 45, 200  # characters of a line
SURE_WIDTH = 60  # a single line that goes on shows such a width
MOST_SHORT = 0.2  # of the lines that go on in small letters may have had room for the next word
RAGGED = 0.8  # of the widest, where somebody broke lines by hand: the shortest of those that go on
FULLNESS = 0.95  # of the middle one, what counts as full there
MOST_LONG = 0.1  # of the lines of prose may be wider
_COLUMNS = re.compile(r"[._·-]{4,}|…{2,}|\t|\|| {3,}|(?<![.!?:;,]) {2}(?=\S)")
_BULLET = re.compile(
    r"(?!\*\*?[^\s*])(?:#{1,6}|>|[^\w\s\"“'‘(\[$€£~≈<+.&§/\\]|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{2,4})[.)](?=\s)|o(?=\s{2,})|[-*+](?=\s))"
)
_HANGING = re.compile(
    r"(?:[,(/–—]|\b(?:the|an?|of|to|and|or|at|in|on|for|with|by|from|as|above|below|near|is|are|was|its|that|which|between|"
    r"around|than|under|over|be|has|have|will|would|could|but|toward|towards|through|into))$",
    re.I,
)
_AWAITS = re.compile(
    r"(?:\b(?:targets?|tgts?|[tp][pt]\d?|sl|stop|first|second|third|[RS][1-5]|is|on|pivots?)\)?|[.;]\s[^.;]+:|[a-z]\):)$", re.I
)
_LABEL = re.compile(r"[A-Z][\w’'&()/ .,-]{0,36}:(?:\s|$)|\d{1,2}/\s|[\[(<]?\d{1,2}:\d\d|From\s|(?:[SR][1-5]|PP?)\s+\d")
_FIRST_WORD = re.compile(r"[A-Z][A-Za-z]{3,}")
_PRICE = re.compile(r"[~≈<>]?\s?[$€£]?\d{1,3}(?:[\d,.'’/–-]*\d)[kK+s]?(?![\w%])")
_SENTENCE = re.compile(r"[.!?]\s")
_ENDED = re.compile(r"[.!?:;][\"'”’)\]*_]*$")


def rejoined(plain: str) -> str:
    """The text with each line that a width broke joined to the next by a mark; the same where no width shows.

    A line is full where the next one's first word had no room in it. The width is that of the widest line that goes on in small
    letters or ends on a word that nothing ends with; it holds only where all lines bear it out. What was left over of a full line
    goes on, too, where its sentence does: a text may have been broken twice.
    """
    given = plain.split("\n")
    lines = [line.rstrip() for line in given]
    has_case = any(line.lstrip()[:1].isupper() and any(map(str.islower, line)) for line in lines)
    width = _width(lines, has_case=has_case)
    if width is None:
        return plain
    parts, is_rest = [given[0]], False
    for at, (line, following) in enumerate(pairwise(lines)):
        is_open = (is_rest or len(line) >= NARROWEST) and _is_open(line, following, has_case=has_case)
        is_broken = is_open or _is_full(line, following, width)
        is_rest = is_broken and is_prose(line) and _goes_on(lines, at)
        if is_rest:
            parts[-1] = parts[-1].rstrip(" ")
        gone = GONE if given[at + 1].endswith(GONE) else ""  # the blank line behind it is still counted
        parts.append(JOINED + following.lstrip() + gone if is_rest else "\n" + given[at + 1])
    return "".join(parts)


def _width(lines: Sequence[str], *, has_case: bool) -> int | None:
    pairs = [
        at
        for at, (line, following) in enumerate(pairwise(lines))
        if len(line) >= LEAST and is_prose(line) and is_prose(following) and _is_open(line, following, has_case=has_case)
    ]
    widths = [len(lines[at]) for at in pairs if len(lines[at]) <= WIDEST]
    if not widths or max(widths) < (NARROWEST if len(widths) > 1 else SURE_WIDTH):
        return None
    width = max(widths)
    is_full = [_is_full(line, following, width) for line, following in pairwise(lines)]
    short = sum(not is_full[at] and not (at and is_full[at - 1]) for at in pairs)
    prose = [line for line in lines if is_prose(line) and " " in line.strip()]
    wide = sum(len(line) > width + 8 for line in prose)
    if wide > MOST_LONG * len(prose):
        return None
    if len(widths) > 1 and min(widths) >= RAGGED * width:
        return min(width, int(FULLNESS * sorted(widths)[len(widths) // 2]))  # broken by hand, near a width
    return width if short <= MOST_SHORT * len(pairs) else None


def is_prose(line: str) -> bool:
    """Whether a line has neither columns nor dots that lead to a number, and is no heading of Markdown."""
    return bool(line) and not line.startswith("#") and not _COLUMNS.search(line.strip())


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(None, 1)[0]) > width if following else False


def _is_open(line: str, following: str, *, has_case: bool) -> bool:
    """Whether a line plainly ends in the middle of a sentence."""
    if _BULLET.match(following.lstrip()):
        return False
    if _ENDED.search(line) or not _HANGING.search(line):
        return _awaits(line, following) or (has_case and not _ENDED.search(line) and following.lstrip()[:1].islower())
    return True


def _awaits(line: str, following: str) -> bool:
    """Whether a long line ends on a name whose number begins the next."""
    return len(line) >= NARROWEST and bool(_AWAITS.search(line) and _PRICE.match(following.lstrip()))


def _goes_on(lines: Sequence[str], at: int) -> bool:
    line, following = lines[at], lines[at + 1].lstrip()
    if not is_prose(following):
        return False
    if _HANGING.search(line) or _awaits(line, following):
        return not following.startswith("#")
    if _BULLET.match(following) or _LABEL.match(following) or (line.endswith(":") and not _SENTENCE.search(line)):
        return False
    if (first := _FIRST_WORD.match(line.lstrip())) and following.startswith(first.group()):
        return False  # two of a list
    return not (_PRICE.match(following) and _PRICE.match(line.lstrip()) and (at == 0 or not lines[at - 1]))
