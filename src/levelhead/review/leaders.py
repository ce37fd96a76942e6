"""What leads from a label to its number in place of a colon: dots, dashes, an arrow ('Price ..... 171.30', 'RSI ➜ 44')."""

from __future__ import annotations

import re
from dataclasses import replace

from levelhead.review.averages import AVERAGE
from levelhead.review.oscillators import OSCILLATOR
from levelhead.review.text import Text

SHORT_LABEL = 3  # words
_NUMBER_NEXT = r"(?=[~≈]?\s?(?:(?:US)?[$€£¥₹]|Rs\.?\s?|EUR\s|USD\s|GBP\s)?\s?[+−-]?\.?\d)"
_DOTS = re.compile(
    r"(?P<label>(?:^|(?<=\n)|(?<=[|;]))[^\n|;]{1,44}?[A-Za-z0-9)%\]]) ?(?P<lead>\.{3,}|(?:\. ?){4,}|…{2,}|(?:· ?){3,}|"
    r"_{3,}|[-–—]{3,}(?!>))[ \t]*" + _NUMBER_NEXT
)
_ARROW = re.compile(
    r"(?P<label>(?:^|(?<=\n)|(?<=[|;•·,]))[^\n|;•·,]{1,44}?)(?P<lead>(?:→|➜|➔|➡️?|⇒|=>|->|-->|⟶|▸|▶️?|►|»|❯|👉|::|:=)[ \t]*)"
    + _NUMBER_NEXT
)
# What a label may be made of: names of values, of the market's price, of levels and of the lines of a plan.
_LABELS = re.compile(
    r"(?:(?:last|current|latest|closing|market|spot|mark|ref(?:erence)?|live|now|price|px|close|closed|settle(?:ment|d)?|"
    r"quote|cmp|"
    r"ltp|rate|mid|the|daily|weekly|signal|line|histogram|hist|macd|high|low|ath|atl|52w|52-week|all-time|record|value|"
    r"supports?|resistances?|sup|res|supp|pivots?|pp?|[sr][1-5]|entry|entries|stop|stop-loss|sl|targets?|tp|tp[1-5]|zone|level|"
    r"\d)(?![\w.,]\d)\W*)+",
    re.I,
)


def with_colons(text: Text) -> Text:
    """A text with a colon where dots or an arrow lead from a label to its number; each character stays where it was."""
    if not _HAS_LEADERS.search(text.plain):
        return text
    blocks = tuple(replace(b, text=_put(b.text), cells=tuple(replace(c, text=_put(c.text)) for c in b.cells)) for b in text.blocks)
    return replace(text, blocks=blocks)


_HAS_LEADERS = re.compile(r"\.{3}|…|\. \. \.|……|···|· · ·|___|[-–—]{3}|[→➜➔➡⇒⟶▸▶►»❯👉]|[=-]>|::|:=")


# from a price to what it is: '$80.6K ... April low'
_TO_WORDS = re.compile(
    r"(?:^|(?<=\n))(?P<price>[^\w\n]{0,4}\d[\d,.'’]*\d[kKmM]?)(?P<gap>\s?(?:\.{3,}|…{1,2})\s)(?=[A-Za-z]|\d{1,2}[A-Za-z])"
)


def _put(part: str) -> str:
    part = _TO_WORDS.sub(lambda m: m["price"] + " -".ljust(len(m["gap"])), part)
    part = _DOTS.sub(lambda m: _led(m) if _may_be_label(m["label"]) and not _pauses(m) else m.group(), part)
    return _ARROW.sub(lambda m: _led(m) if _is_label(m["label"]) else m.group(), part)


def _led(found: re.Match[str]) -> str:
    label = found["label"].rstrip()
    return label + ":" + " " * (len(found.group()) - len(label) - 1)


def _may_be_label(label: str) -> bool:
    """Words, and of numbers none that may be a price: '2,350 ... 2,400' is no label and its value."""
    return bool(re.search(r"[A-Za-z]{2}", label)) and not re.search(r"\d[\d.,]{3}", label)


def _pauses(found: re.Match[str]) -> bool:
    """Whether three dots are a pause in a sentence: 'and then... 2,350'."""
    return found["lead"] == "..." and len(re.findall(r"[A-Za-z]+", found["label"])) > SHORT_LABEL


def _is_label(label: str) -> bool:
    if not _may_be_label(label):
        return False
    rest = OSCILLATOR.sub(" ", AVERAGE.sub(" ", label))
    words = re.sub(r"^\W+|\W+$", "", rest)
    return not words or bool(_LABELS.fullmatch(words))
