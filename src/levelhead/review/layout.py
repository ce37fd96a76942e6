"""The blocks of a text: headings, paragraphs, list items and the rows of tables, by how its lines look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from levelhead.review.lines import Line, lines_of, without_axes
from levelhead.review.tables import blocks_of_run, is_separator, runs_of
from levelhead.review.text import Block, Span

LONGEST_HEADING = 90
WRAPPED = 55  # a line at least so long may go on in the next
WORDS_OF_A_LINE = 8
FULL_LINE = 70  # characters
WIDE_LINE = 110
MOST_LINES = 40_000
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET = re.compile(
    r"(?![🔴🟢]\s?[$€£]?\d[\d.,]+(?:\s?[-–]\s?[\d.,]+)?\s*$)"  # a light beside a bare price says its side
    r"(?:[•●◦▪▫■□‣⁃∙·➤➔►▶→✓✔✅❌☑▲▼△▽◆◇★☆⬆⬇🔴🟢🟡⚪⚫🔵🟠📍👉🔹🔸🔺🔻➕]|[-*–—+](?=\s)|o(?=\s{2,})|(?:\d{1,2}|[a-zA-Z])[.)](?=\s))\s*"
)
_RULE = re.compile(r"(?:[-*_=~–—]\s?){3,}")
_UNDERLINE = re.compile(r"=+|-{3,}")
_SENTENCE_OVER = re.compile(r"[.!?:][\"'”’)\]]*$")
_HANGING = re.compile(
    r"(?:[,;–—-]|\b(?:the|an?|of|to|and|or|at|in|on|for|with|by|from|as|above|below|near|is|are|was|its|that|which|between))$", re.I
)
_SPEAKER = re.compile(r"[\[(<]\d{1,2}:\d\d|\d{1,2}/\s")  # a line of a chat, a part of a thread
_SENTENCE_END = re.compile(r"[.!?;,…][\"'”’)\]]*$")


def blocks_of(plain: str) -> tuple[Block, ...]:
    """The blocks of `plain`, in order; whatever is no table is a heading, an item or a paragraph.

    Lines that were broken at a width are one paragraph again. Takes time in proportion to the text.
    """
    lines = without_axes(list(islice(lines_of(plain), MOST_LINES)))
    found: list[Block] = []
    at = 0
    for table, run in enumerate(runs_of(lines)):
        found += _prose(plain, lines, at, run.first)
        found += blocks_of_run(plain, run, table)
        at = run.last
    found += _prose(plain, lines, at, len(lines))
    return tuple(found)


def _prose(plain: str, lines: Sequence[Line], first: int, last: int) -> Iterator[Block]:
    at = first
    while at < last:
        line = lines[at]
        if not line.text:
            at += 1
            continue
        if _RULE.fullmatch(line.text) or is_separator(line):
            yield Block(kind="rule", text=line.text, span=line.span)
            at += 1
            continue
        block, at = _block(plain, lines, at, last)
        yield block


def _block(plain: str, lines: Sequence[Line], at: int, last: int) -> tuple[Block, int]:
    line = lines[at]
    if hashes := _HASHES.match(line.text):
        span = Span(start=line.start + hashes.end(), end=line.span.end)
        return Block(kind="heading", text=plain[span.start : span.end], span=span, level=len(hashes[1])), at + 1
    if at + 1 < last and _UNDERLINE.fullmatch(lines[at + 1].text) and len(line.text) <= LONGEST_HEADING:
        return Block(kind="heading", text=line.text, span=line.span, level=1), at + 2
    bullet = _BULLET.match(line.text)
    start = line.start + (bullet.end() if bullet else 0)
    if bullet and (_heads_part(lines, at) or _heads_prices(lines, at)):
        span = Span(start=start, end=line.span.end)
        return Block(kind="heading", text=plain[span.start : span.end], span=span), at + 1
    after = _last_line(lines, at, last)
    end = max(lines[after - 1].span.end, start)
    span = Span(start=start, end=end)
    text = plain[start:end]
    if bullet or (after == at + 1 and _is_listed(lines, at, last)):
        return Block(kind="item", text=text, span=span, level=line.indent // 2), after
    if after == at + 1 and _is_heading(lines, at, last):
        return Block(kind="heading", text=text, span=span), after
    return Block(kind="paragraph", text=text, span=span), after


_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[A-Z]|[IVX]{1,4})[.)]\s+(?=\S)")


def _heads_part(lines: Sequence[Line], at: int) -> bool:
    """'3. Reference levels' over what is not numbered: the heading of a part, where a list would go on with its next number."""
    text = lines[at].text
    if not _NUMBERED.match(text) or len(text) > LONGEST_HEADING or (at and lines[at - 1].text):
        return False
    if _SENTENCE_END.search(text) or re.search(r"\d", _NUMBERED.sub("", text)):
        return False
    following = next((lines[i].text for i in range(at + 1, len(lines)) if lines[i].text), "")
    return bool(following) and not _NUMBERED.match(following)


def _heads_prices(lines: Sequence[Line], at: int) -> bool:
    """'🟢 Support' over lines that begin with a price and with no mark: it heads them, whatever it is marked with."""
    text = lines[at].text
    if len(text) > LONGEST_HEADING or re.search(r"\d", text) or _SENTENCE_END.search(text) or at + 1 >= len(lines):
        return False
    following = lines[at + 1].text
    return bool(_PRICE_FIRST.match(following)) and not _BULLET.match(following)


def _last_line(lines: Sequence[Line], at: int, last: int) -> int:
    """The line after the paragraph or item that begins at `at`."""
    after = at + 1
    while after < last and _goes_on(lines[after - 1], lines[after]):
        after += 1
    return after


def _goes_on(line: Line, following: Line) -> bool:
    """Whether a line was broken at a width and goes on in the next."""
    text = following.text
    if not text or any(mark.match(text) for mark in (_HASHES, _BULLET, _SPEAKER)) or _RULE.fullmatch(text):
        return False
    if len(line.text) < WRAPPED or _SENTENCE_OVER.search(line.text):
        return False
    if text[0].islower() or _HANGING.search(line.text) or (text[0] == "(" and line.text[-1].isalnum()):
        return True
    # a sentence that broke off where its next word had no room left
    is_prose = (
        bool(re.search(r"[a-z],? [a-z]+ [a-z]", line.text[-40:]))
        and line.text[-1].isalnum()
        and line.text.count(" ") >= WORDS_OF_A_LINE
    )
    is_wide = len(line.text) >= WIDE_LINE and line.text[-1].isalnum() and re.search(r"[a-z][.!?;]\s[A-Z]", line.text)
    return (
        bool(is_prose or is_wide)
        and bool(re.search(r"[.!?;:]\s[A-Z]|,\s", line.text))
        and len(line.text) + len(text.split(" ", 1)[0]) >= FULL_LINE
    )


_PRICE_FIRST = re.compile(
    r"(?:[~≈<>]|about |near )?\s?(?:US)?[$€£]?\d{1,3}(?:[\d,.'’/–-]*\d)[kK+s]?(?![\w%])(?!\s?-?\s?(?:[:ap]m?\b|days?|d\b|dma|"
    r"[es]?ma\b|week|month|min|"
    r"year|hour))"
)
_RATIO_FIRST = re.compile(r"(?:fib\w*\s)?(?:\d{2,3}(?:\.\d)?\s?%|[012]\.\d{2,3})\D{0,24}\d[\d,.]+", re.I)
_NAME_FIRST = re.compile(r"(?:supp?(?:ort)?s?|res(?:istance)?s?|[RS][1-5]|pivot)\b.{0,24}\d", re.I)


def _is_listed(lines: Sequence[Line], at: int, last: int) -> bool:
    """A line of a list without bullets: right above or below one that begins with a price, or a side, as it does itself."""
    near = [lines[i].text for i in (at - 1, at + 1) if 0 <= i < last and lines[i].text]
    if lines[at].text.endswith(":"):
        return False
    firsts = (_PRICE_FIRST, _NAME_FIRST, _RATIO_FIRST)
    return any(first.match(lines[at].text) and any(first.match(text) for text in near) for first in firsts)


def _is_heading(lines: Sequence[Line], at: int, last: int) -> bool:
    """A short line that ends no sentence and heads something."""
    text = lines[at].text
    if len(text) > LONGEST_HEADING or _SENTENCE_END.search(text) or not any(ch.isalpha() for ch in text):
        return False
    return any(lines[i].text for i in range(at + 1, min(last, at + 3))) or at + 1 == last
