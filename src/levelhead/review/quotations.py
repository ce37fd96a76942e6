"""Last prices that the words right around them make so: '2,350 at the close', 'the yen pair (146.60)', 'Comex 4.58' alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.dates import MONTH, WEEKDAY, is_month
from levelhead.review.instruments import NO_TICKERS, mentions
from levelhead.review.lexicon import bag_of
from levelhead.review.passages import Piece

LONGEST_LEAD = 90  # characters of the words before a price that are looked at
LONGEST_NAME = 3  # words
_UNITS = (
    r"(?:\s?(?:per|the|an?|/)\s?(?:troy\s)?(?:ounce|oz|barrel|bbl|bushel|bu|pound|lb|tonne|ton|coin|token|dollar|euro|share|unit|"
    r"therm|mmbtu|\d{0,2}\s?gm?|gram|contract)\b|\s(?:dollars|points|pts|cents|euros|yen|rupees|pence|francs|pesos|USDT?|"
    r"EUR|GBP)\b)*"
)
_REST = (
    r"(?:close|closing(?:\s(?:bell|auction|price|print|level|mark|time))?|bell|gong|settle(?:ment)?|settling|fix(?:ing)?|finish|"
    r"end\sof\s(?:the\s)?(?:play|day|session|trading|week|month|business)|last\s(?:look|count|check|print|glance|sight|"
    r"trade|quote)|"
    r"time\sof\s(?:this\s)?(?:writing|going\sto\spress|publication|posting|typing)|(?:press|pixel|publication|screen)\stime|"
    r"writing|"
    r"(?:the\s)?moment|present|(?:this|that)\s(?:writing|moment|hour))"
)
# Behind a price: that the market rested or stands there.
_MARK = re.compile(
    _UNITS + r"\s?(?:[,(\[–—]|\s-\s)?\s?(?:"
    rf"(?:at|on|by|as\sof|as\sat|for|into)\s(?:(?:the|our|its|last|this|yesterday[’']s|today[’']s|{WEEKDAY}[’']s|pm|am|cash|"
    rf"official|regular|"
    rf"final|daily|day[’']s|week[’']s|weekly|[A-Z]\w{{2,9}}(?:[’']s)?)\s){{0,3}}{_REST}\b"
    r"|when\swe\swent\sto\spress\b|as\s(?:I|we)\s(?:type|write|speak|go\sto\s(?:press|print)|publish|post)\b"
    rf"|last\sthing\b|when\sthe\s(?:(?:\w+\s)?(?:bell|gong|hammer)|markets?|pits?|session|exchange|books?|day)\s\w+"
    r"|(?:that\s)?(?:it|we|the\smarket)\s(?:now\s|currently\s)?(?:fetch(?:es)?|costs?|commands?|trades?\sat|"
    r"changes?\shands\sat)\b"
    rf"|(?:the\s|its\s|{WEEKDAY}[’']s\s|[Ll]ast\s)?(?:last(?:\s(?:trade|price|print|traded))?|close|closing(?:\s(?:price|"
    rf"level))?|settle(?:ment|d)?|"
    rf"spot|mid(?:[\s-](?:market|price))?|ref(?:erence)?|indicative|delayed|currently|at\spresent)(?:\s{WEEKDAY}|"
    rf"\sprice)?(?=\s?[,;:)\]|.–—]|\s?$|\s-\s))",
    re.I,
)
# Words that make a price one of the note's levels, plans or history, though the market may have closed there.
_OTHERS = re.compile(
    r"\b(?:supports?|resistances?|targets?|stops?|stopped|entr\w+|averages?|[se]?ma\d*|highs?|lows?|peak|record|above|below|"
    r"beneath|"
    r"over|under|past|beyond|through|if|unless|until|should|would|could|may|might|must|gaps?|pivots?|levels?|zone|band|break\w*|"
    r"los[ets]\w*|reclaim\w*|hold\w*|rsi|macd|atr|between|long|short|buy|bought|sell|sold|odds|chance|needs?|opened|strike|"
    r"option\w*|"
    r"objective|limit|filled|order|range|than|fail\w*|reject\w*|retest\w*|tests?|tested|cap|floor|ceiling|settled? (?:above|"
    r"below))\b",
    re.I,
)
_BREAK = re.compile(
    r"[.;:!?]\s|[.;:!?]$|\n|[“”\"]|\s[–—|•]\s|,\s(?:and|but|while|where|with|which|that|now|as)\s|\sas\sof\s|\swhile\s|"
    r"\d[\d,.]{2,}%?(?=[\s),;])"
)
# Marks that stand in brackets of their own, right behind a market and its price, whatever was said before them.
_OWN_MARK = re.compile(
    r"\s?[(\[](?:the\s|all\s)?(?:\w{2,8}[’']?s?\s)?(?:last(?!\s(?:w(?:ee)?k|mo|yr|year|q|\w+day))|close|closed|"
    r"settle(?:ment)?|settled|spot|mid|now|current|latest)(?:[ ,][^()\[\]]{0,24})?[)\]]",
    re.I,
)
_OWN_NAME = re.compile(
    _UNITS + rf",\s(?:its|the|today[’']s|{WEEKDAY}[’']s|their)\s(?:(?:last|closing|official|current|spot|final)\s)?(?:close|"
    rf"settlement|closing price|last price|spot rate|"
    r"spot price|current price|market price|closing level|spot|price)\b(?=\s?[,;:.)]|\s?$)",
    re.I,
)
_AT = re.compile(r"(?:\s(?:at|is|was)|,|:)?\s?[~≈]?[$€£]?$")
_WAS = re.compile(
    r"\s(?:is|was|being)\s(?:(?:where|what)\s(?:it|we|they|prices?|the\s\w+|\w+day)\s(?:\w+ly\s|last\s|now\s)?(?:trades?|"
    r"traded|is|"
    r"are|was|were|"
    r"closed|settled|ended|"
    rf"finished|left|stands?|sits?|fetches|stopped|went|changed|rested)\b|(?:the|its|{WEEKDAY}[’']s|today[’']s|last\s\w+[’']s|"
    rf"this\s\w+[’']s)\s"
    r"(?:(?:last|closing|official|final|cash|latest|current|market)\s)?(?:close|settle(?:ment)?|price|print|quote|"
    r"fix(?:ing)?|trade)\b)",
    re.I,
)
_FETCHED = re.compile(
    _UNITS
    + r"\s(?:that\s)?(?:it|the market|the pair|the coin|the stock)\s(?:now\s|currently\s)?(?:fetches|costs|commands|brings)\b",
    re.I,
)
_TICKER = re.compile(r"[(\[]\s?(?P<ticker>\$?[A-Z][A-Z0-9]{1,5}(?:[.=][A-Z]{1,3})?)[\s:,@]{1,3}(?:at\s|last\s)?(?:US)?[$€£]?$")
_OPENS = re.compile(
    r"[’']?s?\s?[(\[]\s?(?:(?:now|spot|last|currently|at|closed?|trading|trades|price|px|ref|mid|settled?|quoted|cash|"
    r"futures?|\w+day[’']?s?|"
    r"today|presently|still|around|about|near|it is|was)\s){0,4}[:@~≈]?\s?(?:US)?[$€£¥]?$",
    re.I,
)
_MARKET = re.compile(
    r"\b(?:index|metal|contract|market|prices?|stock|shares|pair|cross|futures?|coin|token|cash|spot|here|e-?minis?|mini|"
    r"bonds?|notes?|etf|"
    r"perp(?:etual)?|currency|(?:small|large|mid|big)[\s-]?caps?|blue chips|trade|quote|underlying|front month|"
    r"(?P<ticker>[A-Z][A-Z0-9]{1,5}))$"
)
_CLOSES = re.compile(
    _UNITS + r"\s?(?:(?:now|spot|last|mid|currently|close|settle(?:ment|d)?|cash|futures?|at the \w+|as (?:I|we) \w+|today|"
    rf"{WEEKDAY}(?:[’']s close)?),?\s?){{0,3}}[)\]]",
    re.I,
)
_QUOTE_WORDS = bag_of(
    """
    f g h j k m n q u v x z dec mar jun sep
    the our a its at now is in on of last price px spot cash future futures front month contract mini emini e micro index
    stock shares pair
    coin metal market close closed settle settled settlement quote quoted trading trades changing hands currently today here
    per ounce
    barrel bushel comex nymex cbot cme ice lme xetra eurex globex otc mid bid around about near small caps large cap board
    screen tape
    friday thursday wednesday tuesday monday noon midday early late morning afternoon open priced marked perp perpetual spread not
    continuous rolling adjusted unadjusted etf bonds bond notes note crude oil beans soybeans corn wheat hogs cattle live
    feeder lean
    meal coffee cocoa sugar cotton copper zinc nickel gold silver platinum palladium gas gasoline heating lumber rice oats milk
    """
)  # fmt: skip
_MARKETS = bag_of(
    """
    futures future index stock shares pair coin metal market contract spot cash mini emini small caps large comex nymex lme
    bonds bond notes note crude oil beans soybeans corn wheat hogs cattle meal coffee cocoa sugar cotton copper zinc nickel gold
    silver platinum palladium gas gasoline lumber rice oats milk price priced perp etf
    """
)


_SIGNED = re.compile(r"\+\s?$|\([−-]$")


def quotations(piece: Piece, is_value: Sequence[bool], *, alone: bool) -> Iterator[int]:
    """The tokens of a piece that are last prices by the words right around them.

    alone: whether a piece of nothing but a market and a price quotes it here.
    """
    for index, token in enumerate(piece.tokens):
        q = token.quantity
        if not is_value[index] or q is None or q.joined or q.open_ended:
            continue
        if _SIGNED.search(piece.text, max(0, token.start - 2), token.start):
            continue  # 'VIX 26.42 (+2.76)': what it has changed
        before, after = _lead(piece.text[: token.start]), piece.text[token.end :]
        if (
            _is_marked(before, after)
            or (q.unit == "$" and _BEHIND_TICKER.search(piece.text[: token.start]) and _ENDS.match(after))
            or _goes_at(piece.text[: token.start], after)
            or _is_bracketed(before, after, is_priced=q.unit == "$" or q.decimals > 0)
            or (alone and _is_alone(piece, index, is_value))
        ):
            yield index


def _lead(before: str) -> str:
    """The words of the clause before a price."""
    before = before[-LONGEST_LEAD:]
    breaks = list(_BREAK.finditer(before.rstrip()))
    return before[breaks[-1].end() :] if breaks else before


def _is_marked(before: str, after: str) -> bool:
    """'358.425 at settlement', '(0.6588 mid-market', '1,187.60 as I type', 'the 68.4K it fetches now'."""
    if (
        _FETCHED.match(after)
        or _OWN_NAME.match(after)
        or _is_at(before, after)
        or (_WAS.match(after) and not _OTHERS.search(before))
        or (_OWN_MARK.match(after) and (not before.strip(" $€£:@") or _ends_in_market(_AT.sub("", before))))
    ):
        return True
    return bool(_MARK.match(after)) and not _OTHERS.search(before)


_STANDS_AT = re.compile(
    r"(?:\s(?:futures?|cash|spot|"
    r"" + MONTH + r"))?(?:\s(?:is|are|were))?(?:,?\s(?:last|now|currently|still|back))?\s(?:at|@)\s[~≈]?[$€£]?$",
    re.I,
)
# Between a market and 'at', how it goes and by how much: 'AUD/USD steady at 0.6510', 'Dow futures up 120 points at 44,612'.
_GOES_AT = re.compile(
    r"(?:[’']s)?(?:\s(?:futures?|cash|spot|contract|"
    r"" + MONTH + r"))?(?:\s(?:is|are|was|were))?(?:\s(?:[a-z]{4,}ly|little|a touch|a bit|a shade|marginally|some|about))?"
    r"\s(?:up|down|off|higher|lower|flat|unch\w{0,6}|changed|unchanged|steady|steadier|stable|firm|firmer|soft|softer|weak|"
    r"weaker|strong|"
    r"stronger|easier|quiet|mixed|bid|offered|heavy|better|[a-z]{3,}er)"
    r"(?:\s(?:by\s)?[$€£]?\d[\d.,]*\s?(?:%|per ?cent|points?|pts?|cents|pips|ticks|bps?|dollars)?)?(?:\s(?:on the (?:day|"
    r"session|week)|today|overnight|early))?"
    r",?\s(?:at|@)\s[~≈]?[$€£]?$",
    re.I,
)
_NOT_THERE = re.compile(
    r"\b(?:if|unless|once|until|when|why|how|buy|sell|short|long|bought|sold|supports?|resistances?|target\w*|stops?|"
    r"entr\w+|see|sees|seen|put|puts|"
    r"forecasts?|expects?|averages?|[se]?ma|highs?|lows?|peak\w*|above|below|than|gap|pivot|level|for\s(?:a|an))\b[^.;]{0,20}$",
    re.I,
)
_YET_TO_BE = re.compile(
    r"\?|\s(?:was|were|would|could|might|may|will|should|must|by|before|in\s(?:\d|Q\d|early|late|mid|"
    r"the\s(?:next|coming))|next|or\s)",
    re.I,
)


def _is_at(before: str, after: str) -> bool:
    """'which for the Russell at 2,398 is a lot', 'with the ES last at 4,702.50'."""
    found = _STANDS_AT.search(before)
    return found is not None and not _YET_TO_BE.match(after) and _is_named_there(before, found.start())


def _goes_at(before: str, after: str) -> bool:
    """'Dow futures up 120 points at 44,612'."""
    if not before.rstrip(" ~≈$€£").endswith(("at", "@")):
        return False
    found = _GOES_AT.search(before[-LONGEST_LEAD:])
    return found is not None and not _YET_TO_BE.match(after) and _is_named_there(before[-LONGEST_LEAD:], found.start())


def _is_named_there(words: str, end: int) -> bool:
    """Whether a market is named right before a place, of which no plan or condition speaks."""
    named = next((m for m in mentions(words[:end]) if m.end == end), None)
    return named is not None and not _NOT_THERE.search(words[: named.start])


def _is_bracketed(before: str, after: str, *, is_priced: bool) -> bool:
    """'Plan for RTY (2,506.2)', 'from here ($3,215)'."""
    ticker = _TICKER.search(before)
    if ticker is not None and re.match(r"\s?[)\]]", after) and is_priced:
        return not (ticker["ticker"].lstrip("$") in NO_TICKERS or _LEVEL_CODE.fullmatch(ticker["ticker"]))
    opens = _OPENS.search(before)
    if opens is None or not _CLOSES.match(after):
        return bool(re.fullmatch(r"\s*[(\[]\s?[$€£]?", before)) and bool(re.fullmatch(r"[)\]]\.?\s*", after))
    lead = before[: opens.start()]
    named = next((m for m in mentions(lead) if m.end == len(lead.rstrip())), None)
    if named is not None:
        return not _OTHERS.search(lead[max(0, named.start - 20) : named.start])
    return not _OTHERS.search(lead[-24:]) and _ends_in_market(lead)


# 'Stock of the week: Costco (COST), $810.'
_BEHIND_TICKER = re.compile(
    r"(?:^|"
    r"[.:;]\s)\W*(?:[A-Z][\w&.’'-]*\s){1,4}\((?:[A-Z]{2,8}:\s?)?[A-Z]{1,5}\)\s?[,:–—-]?\s?(?:at\s|now\s)?[$€£]?$"
)
_ENDS = re.compile(r"\s?(?:[.;,](?!\d)|\(|\||$)")
_LEVEL_CODE = re.compile(r"\$?(?:[SRTPD]\d|PP|TP\d?|SL|[SED]?MA\d*|RSI\d*|EMA\w*|[HL]\d+)")


def _ends_in_market(lead: str) -> bool:
    """Whether words end in the name of an instrument, or in a word for one: 'the yen pair'."""
    lead = lead.rstrip()
    if any(m.end == len(lead) for m in mentions(lead)):
        return True
    market = _MARKET.search(lead)
    ticker = market["ticker"] if market is not None else None
    return market is not None and (ticker is None or not (ticker in NO_TICKERS or _LEVEL_CODE.fullmatch(ticker)))


def _is_alone(piece: Piece, index: int, is_value: Sequence[bool]) -> bool:
    """'Beans (Nov) 1042 1/2.', 'Pair at 0.6552.': a market, its price, and no other thing."""
    if index < 1 or sum(is_value) != 1:
        return False
    others = [t for n, t in enumerate(piece.tokens) if n != index and t.kind != "mark"]
    if not others or len(others) > 2 * LONGEST_NAME:
        return False
    if re.fullmatch(r"\W*(?:now |currently |last )?at\s[^A-Za-z]{3,14}", piece.text, re.I):
        return True  # 'Walmart, where now? At $102.48.'
    if (
        any(t.text in ":?!" for t in piece.tokens[:index])
        or piece.text.rstrip().endswith("?")
        or re.search(r"\w\s?[-/]\s?\w[^\s]*\s?[$€£]?$|\d[-–.]$", piece.text[: piece.tokens[index].start])
    ):
        return False  # a spread; a number of another kind
    words = [t.text.lower() for t in others]
    is_market = any(
        t.kind == "instrument" or w in _MARKETS or set(w.split()) & _MARKETS for t, w in zip(others, words, strict=True)
    )
    return is_market and all(
        t.kind in ("instrument", "date", "time")
        or is_month(t.text)
        or all(w in _QUOTE_WORDS for w in re.findall(r"[a-z]+", t.text.lower()))
        for t in others
        if t.kind != "count"
    )
