"""Lists of the prices that sessions left behind: 'PDH 6,853.75', 'Prior week low 57.44', 'yPOC 2,471.9', 'Weekly open 25,602'.

Day traders note them to be traded at: where two lines or cells of a note give such a name its price, they are levels, whatever
heads them. A day's own high and low, among the values of a quotation, are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.dates import WEEKDAY
from levelhead.review.passages import Passage

FEWEST = 2
LONGEST = 60  # characters of a line
_SPAN = r"(?:day|week|month|quarter|year|session|RTH|settlement|wk|mth)(?:['’]?s)?"
_OWNER = (
    rf"(?:(?:prior|previous|prev\.?|pre|last)\s(?:RTH\s|cash\s)?{_SPAN}|(?:yesterday|yest|yday|y['’]?day|{WEEKDAY})(?:['’]?s)?\.?|"
    r"(?:over|o['/]?)[\s-]?n(?:igh|i)te?|overnight|O/N|ON|globex|GX|GBX|ETH|RTH|asian?|london|pre-?market|premkt|weekly|monthly|"
    r"quarterly|yearly|initial balance|IB|opening range|OR|developing|naked|virgin|prior|previous|composite|PD|PW|PM|Y)"
)
_PROFILE = r"(?:VAH|VAL|[NV]?V?POC|value(?:[\s-]area)? (?:high|low)|point of control|HVN|LVN|VWAP)"
_END = rf"(?:high|low|hi|lo|[HL]|mid(?:point)?|half-?back|open|{_PROFILE})"
_NAME = (
    rf"(?:{_OWNER}\s(?:session\s)?{_END}|(?:p?PD|PW|PM|ON|O/N|GX|GBX|RTH|ETH|IB|OR|y|p)(?:[HL]|VAH|VAL|V?POC)|"
    rf"[wmndc]?{_PROFILE})"
)
_PRICE = r"[~≈]?(?:US)?[$€£¥]?\d[\d,.'’]*\d(?:\s?[-–]\s?\d[\d,.]*\d)?"
_LABEL = re.compile(rf"\W*(?:the\s)?{_NAME}\s?(?:\(\w{{1,8}}\))?\W*", re.I)
_LINE = re.compile(rf"\W*(?:the\s)?{_NAME}\s?(?:\(\w{{1,8}}\))?\s?(?:[:=@|–-]|at|is)?\s{{0,4}}{_PRICE}(?P<rest>\D.*)?", re.I)
_VALUED = re.compile(r"\b(?:volume|rsi|atr|range|settle[dsr]?|chg|change)\b|%", re.I)


def is_session_name(label: str) -> bool:
    """Whether a label is the name of such a price and nothing else."""
    return len(label) <= LONGEST and bool(_LABEL.fullmatch(label))


def with_session_lists(found: Sequence[Passage]) -> list[Passage]:
    """The passages, those that give prices of sessions as lines of a list of levels."""
    named = {p.number for p in found if _is_named(p)}
    if len(named) < FEWEST:
        return list(found)
    return [replace(p, place=replace(p.place, topic="levels")) if p.number in named else p for p in found]


def _is_named(passage: Passage) -> bool:
    """Whether a line, or a row of two cells, is such a name and its price, with at most a few words behind."""
    if passage.place.topic not in ("", "summary", "indicators", "bias") or passage.columns or not passage.pieces:
        return False
    text = " ".join(p.text for p in passage.pieces) if passage.block.kind == "row" else passage.block.text
    if len(text) > LONGEST:
        return False
    line = _LINE.fullmatch(text.strip())
    return line is not None and not _VALUED.search(line["rest"] or "")
