"""Prices led by a market's name and nothing else: 'CL Jan, $58.85', 'ES 5,917, SPX 5,893.', 'Ticker tape: Dow 46,247'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from levelhead.review.dates import is_month
from levelhead.review.lexicon import bag_of
from levelhead.review.passages import Piece
from levelhead.review.tokens import Token

_STANDS_FOR = frozenset({"cash", "spot", "future", "futures", "futs", "e mini", "emini", "mini", "comex", "nymex", "cbot", "ice"})
LONGEST_LATER = 5  # tokens between one price of a line and the next market's
_LED = bag_of(
    """
    e mini emini of futures future index spot cash now price shares last at is trades trading the stock coin perp
    comex nymex cme cbot lme ice mcx ncdex shfe dce ose sgx hkex nse bse xetra euronext eurex globex nasdaq nyse tsx asx
    front month contract etf closed and to currently settled quote fut futs bank reference prices levels
    """
)
NO_NAME = re.compile(
    r"\b(?:supports?|resistances?|res|supp?|targets?|stops?|entr\w+|average|[se]?ma\d*|highs?|lows?|record|above|below|if|"
    r"unless|until|"
    r"gap|pivot|level|zone|rsi|macd|atr|from|to|between|long|short|buy|sell|odds|chance|hold|holds|lose)\b|\d[\d,.]{4}",
    re.I,
)
NO_PRICES = re.compile(
    r"\b(?:margins?|fees?|costs?|volume|interest|size|value|cap|turnover|claims|payrolls?|nfp|cpi|inflation|yields?|"
    r"unemployment|sales|"
    r"output|production|inventor\w+|stocks|imports|exports|orders|holdings|flows?|budget|forecasts?|calls?|views?)\b",
    re.I,
)


def _behind_colon(piece: Piece, index: int) -> int:
    """Where the name of an instrument begins behind a heading of its own: 'Ticker tape: Dow 46,247'."""
    colon = next((i for i in range(index - 1, -1, -1) if piece.tokens[i].text == ":"), None)
    if colon is None or colon + 1 >= index:
        return 0
    heading = piece.text[: piece.tokens[colon].start]
    if NO_NAME.search(heading) or NO_PRICES.search(heading):
        return 0
    return colon + 1


def is_sided(piece: Piece, index: int) -> bool:
    """Whether the words right behind a price call it a level: 'BTC: $95K is the cushion', 'ZF: 107-08 S.'."""
    following = piece.tokens[index + 1 : index + 7]
    if following and following[0].text == ")":
        return False  # 'The S&P 500 (6,690) found support'
    for at, token in enumerate(following[:5]):
        if token.kind in ("number", "percent") or token.text in ".;|":
            return False
        behind = [t for t in following[at + 1 : at + 3] if t.text.lower() not in (":", "at", "near", "is")]
        if "side" in token.says and behind and behind[0].kind == "number":
            return False  # 'ETH 4,318, support 4,160'
        if (
            "side" in token.says
            or token.text in ("S", "R")
            or re.match(r"(?:rejected|embraced|defended|rebuffed|capped|refused)$", token.text)
        ):
            return True
    return False


# Markets that only a line or a sentence that opens with them calls so: 'Crude: $77.72'.
_OPENINGS = frozenset(
    {"crude", "oil", "beans", "bonds", "notes", "cattle", "hogs", "euro", "pound", "sterling", "aussie", "loonie", "kiwi"}
)


def _opens_with(piece: Piece, before: Sequence[Token], index: int) -> bool:
    if len(before) != 2 or piece.text[before[1].end : piece.tokens[index].start].strip(" $€£~≈"):
        return False  # 'Oil: ≤ $58.80'
    return before[0].start == 0 and before[0].text.lower() in _OPENINGS and before[1].text in (":", ",")


def is_led(piece: Piece, index: int, is_value: Sequence[bool]) -> bool:
    """'CL Jan, $58.85', 'ES 5,917, SPX 5,893.': nothing but an instrument's name and its contract stands before the price."""
    tokens = piece.tokens
    start = next((i + 1 for i in range(index - 1, -1, -1) if is_value[i] or tokens[i].text == ";"), 0)
    if not start:
        start = _behind_colon(piece, index)
    before = tokens[start:index]
    if not (_opens_with(piece, before, index) or _names_a_market(piece, before, index, is_later=bool(start))):
        return False
    following = next((i for i in range(index + 1, len(tokens)) if tokens[i].kind == "number" and is_value[i]), None)
    gap = piece.text[tokens[index].end : tokens[following].start] if following is not None else ""
    return following is None or not re.fullmatch(r"\s?(?:/|,|-|–|;|and|\|)\s?[$€£]?", gap)


def _names_a_market(piece: Piece, before: Sequence[Token], index: int, *, is_later: bool) -> bool:
    """Whether the words before a price are the name of one market and nothing else. is_later: another price precedes."""
    named = [t for t in before if t.kind == "instrument"]
    if not (named or any(t.text.lower() in _STANDS_FOR for t in before)) or (is_later and len(before) > LONGEST_LATER):
        return False
    lead = piece.text[before[0].start if before else 0 : piece.tokens[index].start]
    if len(named) > 1 and re.search(r"\w\s?[-/]\s?\w*\s?$", lead):
        return False  # a spread
    return all(
        t.kind in ("instrument", "date") or (t.kind == "mark" and t.text in "(),:|./") or t.text.lower() in _LED or is_month(t.text)
        for t in before
    )
