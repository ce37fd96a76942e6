"""Labels and values that stand one on each line, words among the values: 'Last', '2,447', 'Trend', 'UP', 'RSI', '58'.

The name of a value over a number is a row by itself; of other labels it takes three in succession.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from levelhead.review import token_signs as signs
from levelhead.review.averages import AVERAGE
from levelhead.review.oscillators import OSCILLATOR
from levelhead.review.text import Block

FEWEST_PAIRS = 3
FEWEST_KNOWN = 2
LONGEST_LABEL = 40
LONGEST_VALUE = 28
_LABEL = re.compile(
    r"(?:(?:last|previous|prior|prev\.?|current|latest|closing|settlement|spot|market|traded|now|today[’']?s?)\s?)?"
    r"(?:close|price|last|settle(?:ment)?|quote|ltp|cmp|mark|px|trade|traded)(?:\s(?:price|\([^()]{1,16}\)))?|now|spot|"
    r"(?:(?:all[- ]time|record|52[- ]?w(?:ee)?k|1[- ]?y(?:ea)?r|year)\s?(?:high|low|hi|lo))|ATH|52wk? (?:hi|lo|high|low)|"
    r"(?:52[- ]?w(?:ee)?k|1[- ]?y(?:ea)?r|year[’']?s?) range|MACD(?: (?:line|signal|hist\w*))?|"
    r"(?:supports?|resistances?|pivot|[SR][1-5])\s?\d?|atr|rsi|signal(?: line)?|hist(?:ogram)?",
    re.I,
)
_SIDE = re.compile(r"(?:key |major )?(?:supports?|resistances?)", re.I)
_LEVEL = re.compile(r"(?:key |major )?(?:supports?|resistances?|pivot|[SR][1-5])\b", re.I)
_NUMBER = re.compile(
    r"[~≈]?\s?[+−-]?\s?(?:US)?[$€£¥₹]?\s?\.?\d[\d.,'’/]*(?:\s\d/\d)?\s?(?:[kKmMbB]n?|%|pts?|points?|USD|EUR|GBP|usd|eur)?"
    r"(?:\s?[-–—]\s?[$€£]?\d[\d.,]*[kK]?)?"
)
_DAYS_FIRST = re.compile(r"\d{1,2}[\s-](?:day|period|d)[\s-](?:RSI|ATR|ADX|average true range|relative strength index)", re.I)
_STATE = re.compile(
    r"(?:strong(?:ly)?|weak|slightly|very|mildly|leaning)?\s?(?:up(?:trend)?|down(?:trend)?|flat|sideways|bull(?:ish)?|bear(?:ish)?|"
    r"neutral|buy|sell|hold|long|short|above|below|rising|falling|mixed|positive|negative|overbought|oversold|high|low|medium|normal|"
    r"on|off|yes|no|open|closed|range(?:bound)?|risk[- ]o(?:n|ff)|n/?a|none)(?:\s(?:trend|cross))?",
    re.I,
)
_MOVE = re.compile(r"[(\[]?\s?[▲▼△▽↑↓+−-]\s?[$€£]?\d[\d.,]*\s?%?(?:\s?[(/|,]\s?[▲▼+−-]?\s?\d[\d.,]*\s?%?\)?)?[)\]]?")


@dataclass(frozen=True, slots=True)
class Pairs:
    """The rows of a dashboard, each a label and its value, and the block behind the last."""

    rows: tuple[tuple[Block, Block], ...] = ()
    after: int = 0


def pairs_at(blocks: Sequence[Block], at: int) -> Pairs:
    """The dashboard that begins at a block: labels over their values or, where it begins with a value, values over their labels."""
    if blocks[at].kind != "row" and _NUMBER.fullmatch(blocks[at].text.strip()):
        return _pairs(blocks, at, values_first=True)
    return _pairs(blocks, at, values_first=False) if _is_known(blocks, at) else Pairs()


def _pairs(blocks: Sequence[Block], at: int, *, values_first: bool) -> Pairs:
    found: list[tuple[int, int]] = []
    while at + 1 < len(blocks):
        label, value = (at + 1, at) if values_first else (at, at + 1)
        if not _is_label(blocks[label]) or not _is_value(blocks[value]):
            break
        end = at + 2
        if end < len(blocks) and blocks[end].kind != "row" and _MOVE.fullmatch(blocks[end].text.strip()):
            end += 1
        if _SIDE.fullmatch(blocks[label].text.strip(" :")) and end < len(blocks) and re.match(r"[~$€£]?\d", blocks[end].text):
            break  # a side over a list of prices
        found.append((label, value))
        at = end
    while found and not _is_named(blocks[found[-1][0]]):
        at = min(found.pop())
    known = sum(_is_named(blocks[label]) and bool(_NUMBER.fullmatch(blocks[value].text.strip())) for label, value in found)
    ends = at >= len(blocks) or not _NUMBER.fullmatch(blocks[at].text.strip())
    is_few = not values_first and ends and known == len(found) > 0 and not any(_is_level(blocks[label]) for label, _ in found)
    if not is_few and (len(found) < FEWEST_PAIRS or known < FEWEST_KNOWN or not (ends or not values_first)):
        return Pairs()
    return Pairs(tuple((blocks[label], blocks[value]) for label, value in found), at)


def _is_known(blocks: Sequence[Block], at: int) -> bool:
    """A label that names a value, over a number."""
    if at + 1 >= len(blocks) or not _is_label(blocks[at]) or blocks[at + 1].kind == "row":
        return False
    return _is_named(blocks[at]) and bool(_NUMBER.fullmatch(blocks[at + 1].text.strip()))


def _is_named(block: Block) -> bool:
    return names_value(block.text)


@lru_cache(maxsize=64)
def names_value(text: str) -> bool:
    """Whether a line is the name of a value and nothing more: 'Last', 'RSI (14)', '50-Day SMA'."""
    label = text.strip(" :•*")
    small = label.lower()
    return bool(
        _LABEL.fullmatch(label)
        or (signs.AVERAGE(label, small) and AVERAGE.fullmatch(label))
        or (signs.OSCILLATOR(label, small) and OSCILLATOR.fullmatch(label))
        or _DAYS_FIRST.fullmatch(label)
    )


def is_value_pair(label: str, value: str) -> bool:
    """Whether two lines are the name of a value that is no level, and its number."""
    return names_value(label) and not _LEVEL.match(label) and bool(_NUMBER.fullmatch(value.strip()))


def is_state(text: str) -> bool:
    """Whether a line is where a market or a value stands, in a word: 'above', 'Bullish', 'UP'."""
    return bool(_STATE.fullmatch(text.strip()))


def _is_level(block: Block) -> bool:
    """A label that may head a list of levels, and so needs more pairs beside it to be one of a value."""
    return bool(_LEVEL.match(block.text.strip(" :•*")))


def _is_label(block: Block) -> bool:
    text = block.text.strip()
    if block.kind == "row" or block.kind == "rule" or len(text) > LONGEST_LABEL or not re.search("[A-Za-z]{2}|^[SRP]", text):
        return False
    if re.search(r"[\d.,]{4}", text):
        return False  # a price stands in it
    return not _NUMBER.fullmatch(text) and not _STATE.fullmatch(text) and not text.endswith((".", "!", "?"))


def _is_value(block: Block) -> bool:
    text = block.text.strip()
    if block.kind == "row" or len(text) > LONGEST_VALUE:
        return False
    return bool(_NUMBER.fullmatch(text) or _STATE.fullmatch(text))
