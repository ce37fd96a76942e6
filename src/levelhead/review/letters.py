"""A note all in capitals, or all in small letters, put in the letters a person would use, character for character."""

from __future__ import annotations

import re
from dataclasses import replace

from levelhead.review.dates import MONTH, WEEKDAY
from levelhead.review.instruments import CURRENCY, TICKERS
from levelhead.review.layout import blocks_of
from levelhead.review.lexicon import any_of, bag_of
from levelhead.review.text import Text
from levelhead.review.wrapping import is_prose

FEWEST = 40  # letters
WRAPPED, WIDEST, MOSTLY = 55, 200, 0.8  # a line so long, and nearly as long as the longest, may go on in the next
MOST_OTHER = 0.004  # of the letters may be of the other kind
_NO_CODES = bag_of("he le all try cop top si sol")  # words of their own, of which the first are tickers
_INITIALS = """
    rsi macd atr adx ema sma dma wma hma ma ema's vwap avwap cci mfi obv dmi pp poc vpoc npoc vah val hvn lvn fvg ath atl hod lod
    pdh pdl pdc pwh pwl pmh pml onh onl rth eth ib tp sl pt rr ny edt gmt utc cet cest ust cpi ppi pce gdp nfp fomc pmi
    ism etf etfs cme nyse ice cbot nymex comex cot ecb boe boj opec eia api uk eu usa ytd qtd mtd wow mom yoy cfd fx otc
    bb hh hl lh ll
"""
_CODES = any_of(" ".join(sorted((code.lower() for code in TICKERS if code.lower() not in _NO_CODES), key=len, reverse=True)))
_CURRENCIES = "|".join(code.lower() for code in CURRENCY.split("|"))
_CAPITALS = re.compile(
    rf"(?<![\w&'’])(?:(?:{any_of(_INITIALS)})(?![\w’'])|(?:{_CODES})(?:[fghjkmnquvxz]\d{{1,2}}|1!|=f)?(?![\w&])|"
    rf"(?:{_CURRENCIES})\s?/?\s?(?:{_CURRENCIES})(?![\w&/])|(?:usd|eur|gbp|jpy|chf|aud|nzd|cad|btc|eth)(?!\w)|"
    r"[rs][1-5](?!\w)|[rsp](?=\s?[:=]|\s\d)|(?:us|c|a|nz|hk|s|r)(?=\$)|(?:rm|rs)(?=\.?\s?\d)|"
    r"us(?=[- ](?:\d|dollar|treasur|stock|equit|crude|oil|session|cash|open|data|ind|futures|small|cpi|jobs|gaap|yield|bond|econom|"
    r"inflation|payroll|market|tech|10|close|retail|gdp|election|tariff|holiday|hours|natural|natgas))|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\d{2}(?!\w))|"
    r"(?<=\d)(?:[esdwh]?ma)(?!\w)|(?<=\$)[a-z]{1,5}(?!\w)|(?<=\()(?:[a-z]{2,4}|[rsp])(?=\)(?!\w))"
)
_DAYS = re.compile(
    rf"(?<!\w)(?:(?!(?:may|march|mar|dec|sat|sun)(?!\w)){MONTH}|{WEEKDAY}|(?:may|march|mar|dec)(?=\.?\s\d)|(?<=\d\s)(?:may|march|mar|dec))(?!\w)",
    re.I,
)
_NAMES = re.compile(
    r"(?<!\w)(?:fibonacci|fib|bollinger|ichimoku|keltner|donchian|fed|powell|london|asia|asian|europe|european|new york|tokyo|"
    r"russell|nasdaq|dow|nikkei|dax|bitcoin|ethereum|brent|camarilla|woodie|demark|globex|treasury|i)(?!\w)"
)
# what is taken is not given back: a rule of eighty strokes would be tried in every way there is
_MARKS = r"[ \t]*+(?:[-*•–—►#>+]++\s++|\(?\d{1,2}[.)]\s++|[\"“‘'(\[*_]++)*+[a-z]"
_BEGINS, _GOES_ON = re.compile(rf"(?:^|[.!?]\s++|\|){_MARKS}"), re.compile(rf"(?:[.!?]\s++|\|){_MARKS}")


def in_usual_letters(text: Text) -> Text:
    """The text with small letters, and capitals where a name, a code or a sentence begins; the same where it has both already."""
    small, capital = sum(map(str.islower, text.plain)), sum(map(str.isupper, text.plain))
    if small + capital < FEWEST or min(small, capital) > MOST_OTHER * (small + capital):
        return text
    if len(text.plain.lower()) != len(text.plain):
        return text
    plain = _usual(text.plain.lower())
    return replace(text, plain=plain, blocks=blocks_of(plain))


def _usual(plain: str) -> str:
    plain = _CAPITALS.sub(lambda m: m.group().upper(), plain)
    plain = _DAYS.sub(lambda m: m.group().capitalize(), plain)
    plain = _NAMES.sub(lambda m: m.group().title(), plain)
    lines = plain.split("\n")
    width = max((len(line) for line in lines if len(line) <= WIDEST), default=0)
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else ""
        goes_on = len(before) >= max(WRAPPED, MOSTLY * width) and before[-1:].isalnum() and is_prose(before)
        lines[at] = (_GOES_ON if goes_on else _BEGINS).sub(lambda m: m.group()[:-1] + m.group()[-1].upper(), line)
    return "\n".join(lines)
