"""Prices led by a market's name and nothing else: 'CL Jan, $58.85', 'ES 5,917, SPX 5,893.', 'Ticker tape: Dow 46,247'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from levelhead.review.dates import is_month
from levelhead.review.lexicon import bag_of
from levelhead.review.passages import Piece

_STANDS_FOR = frozenset({"cash", "spot", "future", "futures", "futs", "e mini", "emini", "mini", "comex", "nymex", "cbot", "ice"})
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


def is_led(piece: Piece, index: int, is_value: Sequence[bool]) -> bool:
    """'CL Jan, $58.85', 'ES 5,917, SPX 5,893.': nothing but an instrument's name and its contract stands before the price."""
    tokens = piece.tokens
    start = next((i + 1 for i in range(index - 1, -1, -1) if is_value[i] or tokens[i].text == ";"), 0)
    if not start:
        start = _behind_colon(piece, index)
    before = tokens[start:index]
    if not any(t.kind == "instrument" or t.text.lower() in _STANDS_FOR for t in before) or (start and index - start > 5):
        return False
    if (
        re.search(r"\w\s?[-/]\s?\w*\s?$", piece.text[tokens[start].start if before else 0 : tokens[index].start])
        and sum(t.kind == "instrument" for t in before) > 1
    ):
        return False  # a spread
    if not all(
        t.kind in ("instrument", "date") or (t.kind == "mark" and t.text in "(),:|./") or t.text.lower() in _LED or is_month(t.text)
        for t in before
    ):
        return False
    following = next((i for i in range(index + 1, len(tokens)) if tokens[i].kind == "number" and is_value[i]), None)
    gap = piece.text[tokens[index].end : tokens[following].start] if following is not None else ""
    return following is None or not re.fullmatch(r"\s?(?:/|,|-|–|;|and|\|)\s?[$€£]?", gap)
