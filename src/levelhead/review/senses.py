"""Words for support, resistance and the last price where they mean something else: 'demand for fuel', 'last Friday's low'."""

from __future__ import annotations

import re

_OPINION = (
    r"(?:views?|cases?|ideas?|outlooks?|bias|thes[ie]s|arguments?|notions?|hypothes[ie]s|narratives?|theor(?:y|ies)|stor(?:y|ies)|"
    r"pictures?|counts?|forecasts?|projections?|contentions?|stances?|readings?|interpretations?|conclusions?|scenarios?|claims?|"
    r"calls?|tone|sentiment|expectations?|opinions?|assumptions?|signals?|evidence|message|impression)"
)
_GOODS = (
    r"(?:oil|crude|gas|fuel|gasoline|diesel|power|electricity|heating|gold|silver|copper|metals?|jewell?ery|haven|physical|"
    r"investor|import|export|global|world|chinese|indian|retail|consumer|domestic|industrial|auction|loan|credit|housing|"
    r"labou?r|money|feed|ethanol|seasonal|summer|winter|treasury|opec|aggregate|grid|ai|chip|foreign|official|sector|mill)[\s-]"
)
_OF_GOODS = (
    r"\s(?:for|of|concerns?|fears?|glut|growth|chains?|side|deficits?|surplus\w*|cuts?|disruptions?|shocks?|outlook|worr\w+|"
    r"destruction|data|figures|forecasts?|picture|story|tightness|constraints?|response|additions?|increases?|hopes|news|"
    r"fundamentals|remains|has|and (?:demand|supply)|in (?:china|india|europe|asia|the))\b"
)

# 'supply indigestion': what a noun of this make names is no zone of the chart
_AFFAIR = r"|\s(?!resistance|confluence|action|imbalance)\w+(?:ions?|ity|ness|ments?|ances?|ences?|ages?)\b"

_NO_OBJECT = (
    r"(?!(?:will|would|could|should|may|might|must|can|is|was|are|were|has|had|holds?|held|breaks?|broke|gives?|gave|fails?|turns?|"
    r"remains?|stays?|at|near|in|on|from|to|levels?|zone|area|and|or|if|as|which|but|then|we|i)\b)"
)

# The words, and what stands right behind them or right before where they speak of no price.
_OTHER: tuple[tuple[str, str, str], ...] = (
    (
        "offers",
        r"\s(?:little|no|not|few|some|any|an?|the|us|you|them|traders|investors|readers|clients|hope|scope|room|clues?|value|"
        r"relief|comfort|limited|plenty|nothing|only|both|more|less|better|another|its|his|our|their|this|these|up|on|"
        r"discounts?|courses?|free)\b",
        r"\b(?:special|takeover|job|merger|our|limited|exclusive|trial)\s",
    ),
    (
        "supports supporting",
        rf"\s(?:(?:the|an?|this|that|our|his|her|its|my|such|either|further|continued|both)\s)?(?:[\w’'-]+\s){{0,3}}?{_OPINION}\b",
        "",
    ),
    (
        "support",
        rf"\s(?:the|our|his|her|my|their|either|further|continued)\s(?:[\w’'-]+\s){{0,3}}?{_OPINION}\b",
        "",
    ),
    ("demand demands", _OF_GOODS + _AFFAIR, _GOODS),
    ("supply", _OF_GOODS + _AFFAIR + r"|\s(?:next|this|last)\s(?:week|month|year)\b", _GOODS),
    (
        "wall",
        r"\s(?:street|st)\b",
        r"\b(?:border|fire|brick|great|sea)\s(?=wall\s(?!at))",
    ),
    ("ceiling ceilings", "", r"\b(?:debt|glass|rate|borrowing|deficit)[\s-]"),
    (
        "floor floors",
        r"\s(?:traders?|brokers?|numbers?|plans?|space|votes?|talk|manager|staff|of the (?:house|senate|exchange))\b",
        r"\b(?:trading|exchange|factory|shop|dance|ground|top|from the|\d{1,3}(?:st|nd|rd|th)|first|second|third)\s",
    ),
    ("cap caps", r"(?:-|\s(?:and|&)\s(?:trade|gains tax)|\sweight|\stable|\srate\b)",
     r"\b(?:market|price|debt|pay|spending|output)[\s-]"),
    (
        "pivot pivots",
        r"\s(?:to|towards?|away|from)\s(?:an?\s|the\s)?(?!\d)[a-z]|\s(?:hopes|talk|trade|narrative|bets|party)\b",
        r"\b(?:fed(?:['’]s)?|policy|dovish|hawkish|boj(?:['’]s)?|ecb(?:['’]s)?|central bank|powell(?:['’]s)?|rate)\s(?:\w+\s)?",
    ),
    ("shelf", r"\s(?:life|registration|filing|offering)\b", r"\boff[- ]the[- ]"),
    (
        "platform foundation",
        r"\s(?:for|to|of|that|which|and|fees?|users?|with|where|is|has|offers)\b|\s?[.,;]",
        r"\b(?:trading|our|online|charting|analytics|mobile|social|new)\s",
    ),
    ("hurdle hurdles obstacle obstacles barrier barriers roadblock roadblocks",
     r"\s(?:rates?|options?|to (?:entry|trade|adoption))\b",
     r"\b(?:regulatory|legal|political|trade|tariff|procedural|fiscal)\s"),
    ("bids", r"\s(?:for|to)\s(?:the\s|a\s)?[a-z]", r"\b(?:takeover|merger|cash|rival|government)\s"),
    ("roof", "", r"\bthrough the\s"),
    ("cushion cushions footing foothold", "", r"\b(?:capital|liquidity|firmer|sounder|better|equal|firm|solid|surer)\s"),
)  # fmt: skip


def _table() -> dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]:
    """For each word what may stand behind it and before it."""
    return {
        word: (re.compile(behind, re.I) if behind else None, re.compile(f"(?:{before})$", re.I) if before else None)
        for words, behind, before in _OTHER
        for word in words.split()
    }


_SENSES = _table()
FARTHEST = 60  # characters on either side


def means_side(text: str, start: int, end: int) -> bool:
    """Whether the word at [start, end) of a text may call a price support or resistance, as its neighbours leave it to."""
    patterns = _SENSES.get(text[start:end].lower())
    if patterns is None:
        return True
    behind, before = patterns
    if behind is not None and behind.match(text, end, end + FARTHEST):
        return False
    return before is None or not before.search(text[max(0, start - FARTHEST) : start])


# What 'last' is the last of where no price is meant: 'last Friday's low', 'the last auction high', 'last month'.
_FORMER = re.compile(
    r"\s(?:[\w.-]+\s){0,2}[\w.-]+[’']s?\b|\s(?:[\w-]+\s){0,3}(?:highs?|lows?|peaks?|tops?|bottoms?|swings?|legs?|waves?|rall(?:y|ies)|"
    r"sell-?offs?|pull-?backs?|corrections?|weeks?|months?|quarters?|years?|nights?|sessions?|autumn|fall|winter|spring|summer)\b",
    re.I,
)


def means_last(text: str, start: int, end: int) -> bool:
    """Whether 'last' at [start, end) of a text speaks of the price now, not of what was the last of its kind."""
    return text[start:end].lower() != "last" or not _FORMER.match(text, end, end + FARTHEST)
