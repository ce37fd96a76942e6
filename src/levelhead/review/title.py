"""What stands at the top and the end of a note: its title, its date, its author."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from levelhead.review.dates import Printed, printed_dates
from levelhead.review.instruments import mentions
from levelhead.review.text import Block

NEAR_THE_TOP = 10  # blocks in which title, date and author stand
LONGEST_TITLE = 140
_SECTION = re.compile(
    r"^\W*(?:introduction|overview|summary|technical overview|market overview|key (?:technical )?levels.*|contents|"
    r"price action.*|key takeaways?)\W*$",
    re.I,
)
_TITLE_WORDS = re.compile(
    r"\b(?:analysis|outlook|levels|note|update|weekly|daily|forecast|brief|comment|wrap|plan|roadmap|check|preview|view|report|"
    r"bulls?|bears?|chart|intraday|setup|sheet|pivots?|map)\b|[?:–—|]",
    re.I,
)
_AUTHOR = re.compile(
    r"^\W{0,3}(?:by|author|written by|analyst|posted by|from)[:\s]\s?(?P<name>[A-Z][\w.'’-]{1,24}(?:\s(?:[A-Z][\w.'’-]{0,24}|"
    r"de|van|von)){0,3})"
    r"\s*(?:[|,–—•·-].{0,80}|\son\s.{0,40})?$",
    re.I,
)


def title_of_note(blocks: Sequence[Block]) -> Block | None:
    """The line at the top that heads the whole note: it names an instrument and more; None where the note begins at once."""
    best: tuple[float, Block] | None = None
    for block in blocks[:NEAR_THE_TOP]:
        text = block.text.strip()
        if _SECTION.match(text) or block.kind == "row" or (block.kind in ("paragraph", "item") and len(text) > LONGEST_TITLE):
            break
        if block.kind == "item" or len(text) > LONGEST_TITLE or text.endswith((".", ":")) or re.search(r"\d{1,3},\d{3}\b", text):
            continue
        score = _score(block, text)
        if score >= 2 and (best is None or score > best[0]):
            best = (score, block)
    return best[1] if best else None


def _score(block: Block, text: str) -> float:
    is_big = block.kind == "heading" and block.level in (1, 2)
    return 2.0 * any(mentions(text)) + 1.0 * bool(_TITLE_WORDS.search(text)) + 1.5 * is_big + 0.5 * (len(text) > 30)


def date_of_note(blocks: Sequence[Block]) -> tuple[dt.date | None, str]:
    """The date printed near the top, and its words: the first with a day and a year; else one at the end."""
    for block in [*blocks[:NEAR_THE_TOP], *blocks[-3:]]:
        if len(block.text) > 400:
            continue
        for printed in printed_dates(block.text):
            if _is_whole(printed):
                return printed.date, block.text[printed.start : printed.end]
    return None, ""


def _is_whole(printed: Printed) -> bool:
    return printed.date is not None and printed.has_year and printed.has_day


def author_of_note(blocks: Sequence[Block]) -> str:
    """Who signed it, '' where nobody did."""
    for block in [*blocks[:NEAR_THE_TOP], *blocks[-4:]]:
        if len(block.text) <= 120 and (found := _AUTHOR.match(block.text.strip())):
            return found["name"]
    return ""
