"""The last price that a note states: 'Current price: 2,025.7', 'closed Friday at 22,513', 'BTC now 117.2k', '66.05 ← we are "
"here'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.alternatives import by_first_letter
from levelhead.review.at_rest import NO_SUBJECT, OTHER_PRICE, PAID, comes_to_rest, verb_of_another
from levelhead.review.dates import MONTH, WEEKDAY
from levelhead.review.instruments import mentions
from levelhead.review.led_prices import NO_NAME, NO_PRICES, is_led, is_sided
from levelhead.review.numbers import Quantity
from levelhead.review.passages import Piece

_DAY = WEEKDAY + r"|yesterday|today|tonight|this morning|overnight"
_FILL = (
    r"(?:is|are|at|was|of|near|around|just|right|currently|now|about|price|the day|the week|the session|"
    + _DAY
    + r"|last|on|in|a|hands|spot|level|futures?|cash|"
    r"up|down|higher|lower|and|roughly|approximately|here|today['’]s session|its|close|back|trading|day|week|session|regular|"
    r"hours|lately|us|new york|london|marginally|"
    r"slightly|little changed|unchanged|almost|some|most recently|there|still|points?|quote|traded|value|mark|after|quoted|per|"
    r"at the time of writing|as of (?:this )?writing|as (?:we|i) (?:write|type|speak)|at press time|time of writing|"
    r"ounce|barrel|coin|share|the (?:future|contract|index|market|session)|presently|it|was|"
    r"i have|have|i see|shows?|the (?:day|week)|with|regular session|of the day)"
)
_GAP = r"(?P<gap>[\s:=()|~≈–—─\-,\"”]*(?:(?:" + _FILL + r")\b[\s:=(|,~≈–—─-]*|\([^()]{0,24}\)[\s:,]*){0,7}(?:the\s)?)[$€£]?\s?"
_NOUN = re.compile(
    r"\b(?P<noun>current(?: price| level| quote| market price| rate)?|lst(?: px)?|last(?: price| traded(?: price)?| trade|"
    r" close| done| sale|"
    r" print| quote| tick| px| seen| settle(?:ment)?)?|spot(?: price| rate| ref(?:erence)?\b\.?)?|price(?: now| action)?|market "
    r"price|"
    r"l\.?t\.?p\.?|cmp|previous close|prior close|latest(?: price| quote| print)?|(?:last |latest |current )?quotation|rate(?: "
    r"now)?|closing(?: price| level| print)?|"
    r"close|finish(?= of| at|:)|final (?:print|price|quote)|"
    r"settlement(?: price)?|settle|ref(?:erence)?(?: price| level| px)?|quote|fixing|bid|"
    r"now|shares|px|mid(?:-market|-price| price)?|underlying|market|mark)(?![\w])" + _GAP + r"$",
    re.I,
)  # fmt: skip
_VERB = re.compile(
    r"\b(?P<verb>" + by_first_letter(r"trad(?:es|ing|ed|e)|clos(?:es|ed|ing)|settled|settles|finished|finishes|ended|ends|"
        r"chang(?:ed|es|"
    r"ing) hands|prints|printing|quoted|hover(?:s|ing)|sits|sitting|stands|standing|"
    r"consolidating|pric(?:ed|ing)|opened|is back|went out|goes out|printed|rests|holds?|was last|is|left off|stood|rested|"
    r"came to rest|"
    r"starts? the (?:day|week|session)|marked") + r")\b" + _GAP + r"$",
    re.I,
)  # fmt: skip
_STANDING = frozenset(
    {"sits", "sitting", "stands", "standing", "stood", "rests", "holds", "hold", "is", "is back", "hovers", "hovering"}
)
_SUBJECT = re.compile(
    r"\b(?:prices?|market|index|contract|pair|it|futures?|shares|stock|metal|coin|currency|we|bond|cash|spot|"
    r"cable)\s(?:\w+\s){0,2}$",
    re.I,
)
_WEAK = frozenset(
    {
        "price",
        "close",
        "current",
        "last",
        "quote",
        "latest",
        "settlement",
        "settle",
        "spot",
        "now",
        "market",
        "mark",
        "reference",
        "shares",
        "underlying",
    }
)
# What follows the word for a last price, or nothing: 'last Friday's low', 'close of the gap', 'market structure' are other things.
NAMES_NO_MORE = (
    r"(?=[\s*_]*(?:$|[.,;:()\[\]|–—<>←◄*=+−-]|[~≈]?[$€£]?\d|(?:at|on|as|in|is|it|and|so|but|for|we|here|this|today|right|now|"
    rf"unch\w*|up|down|off|price|per|after|before|{WEEKDAY}(?![’'])|with)\b|\w+ ?[:=]))"
)
_MARK = re.compile(
    r"^\s*(?:[←<⬅◄◀]+[-=]*|<?-{1,3}|\(|\*|[–—|]|=+)?\s*(?:(?:we are |you are )?here\b|us now|current(?: price| level)?|last(?: "
    r"price|"
    r" close| trade)?|now|spot|price(?: now)?|market|close|settle(?:ment)?|(?:at|on) (?:the )?(?:close|settlement))\b"
    + NAMES_NO_MORE,
    re.I,
)
_CALLED = re.compile(
    r"^\s?(?:(?!an?\s|per|the|with|and|but|while|as|after|on|where|so|near|above|below)\w+\s){0,1}(?:support|resistance|"
    r"pivot|target|stop|"
    r"entry|area|zone|level|%|points? (?:higher|lower|up|down|above|"
    r"below|away)|calls?|puts?|strike|vols?\b|"
    r"(?:above|below|over|under)\s(?:fair value|cash|spot|the (?:cash|future|futures|spot|index))\b|"
    r"(?:short |metric |long |million |thousand )*(?:tons?|tonnes?|t|kt|mt|contracts|lots|warrants|barrels|bushels|kb|mb|"
    r"bcf|shares|holders|addresses|"
    r"jobs|homes|people|[KMGTPE]?H/s|TWh|MWh|GW|blocks|wallets|accounts|stocks|names|members|companies|issues|votes)\b)",
    re.I,
)
LONGEST_THING = 24  # characters before a word for a price in which it may be one for something else
_SERVES = re.compile(  # 'Friday's close of 5,303 acts as a pivot'
    r"\s(?:acts?|serves?|works?|stands?|remains?|is|was|becomes?|marks?|forms?)\s(?:as\s)?(?:(?:an?|the|our|my|first|key|next|now|"
    r"immediate|minor|major|nearest|initial|strong|important)\s){0,3}(?:supports?|resistances?|pivot|floor|ceiling|"
    r"line in the sand|trigger)\b",
    re.I,
)
_BARE = frozenset(
    {
        "last",
        "settle",
        "spot",
        "now",
        "close",
        "current",
        "price",
        "reference",
        "ref",
        "settlement",
        "ltp",
        "cmp",
        "quote",
        "rate",
        "mark",
        "px",
        "mid",
    }
)  # right before the price, as 'last 6,842'


def last_prices(piece: Piece, is_value: Sequence[bool], *, may_lead: bool, named: frozenset[int] = frozenset()) -> Iterator[int]:
    """The tokens of a piece that are last prices, at most one for each instrument it names; none of `named`, others' values.

    may_lead: whether a price right behind the name of an instrument is its last price here.
    """
    found_one, led = False, -1
    for index, token in enumerate(piece.tokens):
        if not is_value[index] or token.quantity is None or token.quantity.joined or index in named:
            continue
        before, after = piece.text[max(0, token.start - 110) : token.start], piece.text[token.end : token.end + 40]
        if _CALLED.match(after) or _SERVES.match(after) or _BY_THEN.match(after) or _counts(token.quantity, before, after):
            continue
        if (
            may_lead
            and is_led(piece, index, is_value)
            and not (is_sided(piece, index) or _ELSEWHEN.match(after))
            and (led >= 0 or not any(is_value[:index]) or _after_semicolon(piece, index, is_value))
        ):
            yield index
            found_one, led = True, index
        elif not found_one and (
            _at_its_head(before, after)
            or _by_noun(before)
            or _by_verb(before)
            or (comes_to_rest(before) and not _ONCE.match(before))
            or PAID.search(before)
            or (_AFTER_ALL.search(before) and not _YEARS_AGO.search(before) and not _IN_A_MONTH.search(before))
            or _is_called_last(before, after)
            or _by_mark(piece, index, is_value)
        ):
            yield index
            found_one = True
        elif (found_one and _is_other_market(piece, index, is_value, before)) or (
            found_one
            and re.match(r"\s?(?:cash|futures?|spot|index|in the (?:future|cash))\b", after, re.I)
            and re.search(r"(?:,|and|/|\()\s?[$€£]?$", before)
        ):
            yield index


_ELSEWHEN = re.compile(r"\?|\s(?:was|were|would|could|might)\b", re.I)  # 'Silver at $100?'
_BY_THEN = re.compile(
    r"\s(?:by|before|until)\s(?:the end|year|month|mid-?|end-?|(?:next|this) |Christmas|"
    rf"{WEEKDAY}|{MONTH}\b)|\scomes into (?:play|view|sight)",
    re.I,
)
_OWN_RESULT = re.compile(r"[^.;]{0,24}[+−-]\s?\d+(?:\.\d+)?\s?R\b")


def _counts(quantity: Quantity, before: str, after: str) -> bool:
    """'The last 15 Julys', a trade that 'closed at 5.55, +5.6R': no price of the market."""
    is_small = quantity.decimals == 0 and quantity.size <= 2 and bool(re.search(r"\b(?:last|past)\s$", before, re.I))
    return (is_small and bool(re.match(r"\s[A-Za-z]", after))) or bool(_OWN_RESULT.match(after))


_IS_LAST = re.compile(
    r"\s(?:last|now|rn)\b(?!\s?(?:week|month|year|quarter|session|night|\w+day|\d|high|low|time|support|resistance))", re.I
)


_OPENS_AS_LAST = re.compile(r"\s(?:last|now|spot|close|settle)\b" + NAMES_NO_MORE, re.I)


def _is_called_last(before: str, after: str) -> bool:
    """'Ten-year: 111'20 last', 'rty 2181 now': a short name, its price, and the word for it."""
    leads = (re.split(r"[.;]\s", before)[-1], re.split(r"[.;,]\s", before)[-1])
    if _OPENS_AS_LAST.match(after) and not re.search(r"\w", leads[0]):
        return True  # '6,098.50 last (cash 6,086.50). Uptrend.'
    return bool(_IS_LAST.match(after)) and any(2 <= len(lead) <= 40 and not NO_NAME.search(lead) for lead in leads)


_SLID_TO = re.compile(
    r"^\W*(?:the )?[A-Z][\w/()&. -]{1,40}\b(?:slid|fell|rose|climbed|dropped|jumped|eased|slipped|rallied|sank|tumbled|surged|"
    r"advanced|retreated|dipped|crept|plunged|shed|added|gained|lost)"
    r"(?:\s(?:about|another|back|further|by|on \w+|today|[\d.,]+\s?(?:%|per ?cent|points?|pts?))){0,3}\sto\s[~≈]?\s?[$€£]?$"
)
_ONCE = re.compile(r"\W*(?:(?:way )?back )?in (?:19\d\d|20[01]\d)\b", re.I)  # 'In 1998 the Dow fell 512 points to'
# 'set a fresh record at $2,222 before easing to': where it came to after all.
_AFTER_ALL = re.compile(
    r"(?<=\d)(?:\s[a-z]+){0,3},?\sbefore\s(?:\w+ly\s)?(?:clos|sett|eas|slipp|retreat|pull|end|finish|trad|fall|drift|recover|"
    r"paring|turn|head|"
    r"com|mov|sell|giv|drop|fad|slid|rebound|bounc)\w{0,4}ing(?:\s(?:back|off|lower|higher|down|up|slightly|a (?:bit|little|"
    r"touch)|some gains)){0,2}"
    r"\s(?:to|at|near|around)\s[~≈]?\s?[$€£]?$",
    re.I,
)
_IN_A_MONTH = re.compile(rf"\b(?:in|since|of|from)\s(?:early\s|mid-|late\s)?(?:{MONTH})\b")
_YEARS_AGO = re.compile(r"\b(?:in|of|on this day in) (?:19\d\d|20[01]\d)\b", re.I)  # 'in 1987 the Dow dropped 508 points to'
_HEAD_AT = re.compile(
    r"(?:^|[.;:]\s)\W{0,3}(?:trading |priced |quoted |now |currently )?at\s(?:about |around )?[~≈]?\s?[$€£]?$",
    re.I,
)
_THE_MARKET = re.compile(
    r",?\s(?:the\s)?(?:\w+\s)?(?:index|metal|contract|market|price|stock|shares|pair|futures?|coin|token|it|we|bulls|gold|"
    r"silver|oil|crude|bitcoin|euro|yen|cable|bonds?|note)\b",
    re.I,
)


_THE = re.compile(r",?\s?(?:the\s)?(?:\w+\s)?")


def _at_its_head(before: str, after: str) -> bool:
    """'At 6,701 the index is 3% above its average'."""
    if (
        _SLID_TO.search(before)
        and not NO_PRICES.search(before)
        and not _YEARS_AGO.search(before)
        and not re.match(r"\s(?:in|on|by|before|during|from|last)\b", after)
    ):
        return True  # 'Ether slid to 3,090'
    the = _THE.match(after)
    if the and _HEAD_AT.search(before) and any(m.start <= the.end() for m in mentions(after[:40])):
        return True  # 'At 6,204.95 the S&P 500 ...'
    return bool(_HEAD_AT.search(before)) and bool(_THE_MARKET.match(after))


def _is_other_market(piece: Piece, index: int, is_value: Sequence[bool], before: str) -> bool:
    """'...; the June future closed at 2,511.60': the same market's cash or future beside the one before."""
    start = next((piece.tokens[i].end for i in range(index - 1, -1, -1) if is_value[i]), 0)
    clause = piece.text[start : piece.tokens[index].start]
    names_it = bool(re.search(r"\b(?:futures?|cash|spot|index|contract|perp(?:etual)?s?|mini|e-mini)\b", clause, re.I))
    names_it = names_it or (";" in clause and any(mentions(clause.rpartition(";")[2])))
    return names_it and len(clause) <= len(before) and (_by_noun(clause) or _by_verb(clause) or comes_to_rest(clause))


def is_last_label(text: str) -> bool:
    """Whether a cell is the label of a last price."""
    found = _NOUN.search(text.strip() + ": ")
    return (
        bool(found)
        and len(text) <= 30
        and not re.search(r"target|entry|stop|week|month|year|level|zone|support|resist", text, re.I)
    )


def marks_last(text: str) -> bool:
    """Whether a cell beside a price says that the market is there."""
    return bool(_MARK.match(text)) and len(text) <= 40


def _after_semicolon(piece: Piece, index: int, is_value: Sequence[bool]) -> bool:
    before = next((i for i in range(index - 1, -1, -1) if is_value[i] or piece.tokens[i].text == ";"), None)
    return before is not None and piece.tokens[before].text == ";"


# 'Closing price on 14 March: 5,638.94', 'Level at the time of writing 5,912'
_IS_LEVEL = re.compile(
    r"(?:^|[.;|•,]\s)\W*(?:the\s)?(?:index|cash|spot|current|closing)\s(?:level|price|value)(?:\s(?:of|in|"
    r"for)\s[\w .&’'/-]{2,32})?\s?[:=]?\s?[$€£]?$",
    re.I,
)
_LABELLED = re.compile(
    r"(?:^|[.;|•]\s)\W*(?:the\s|our\s)?(?:(?:last|current|closing|market|spot|reference|share|stock|index|futures?|cash)\s)?"
    r"(?:price|close|quote|settlement|rate|level|value|print)\s\(?(?:at|on|as of|as at|per|from|when|"
    r"this)\b[^:;]{1,40}[:)=]\s*[~≈]?[$€£]?$"
    r"|(?:^|[.;|•▪·]\s)\W*(?:the\s)?(?:index|future|contract|stock|share|pair|coin|etf)(?:\sprice|\slevel)?\s[$€£]?$"
    r"|(?:^|[.;|•]\s)\W*(?:this (?:morning|afternoon|evening)|today|tonight|overnight|early trade)\s?[:=]\s?[$€£]?$"
    r"|(?:^|[.;|•]\s)\W*(?:here|now|currently|presently)(?: we are| it is)?,?\sat\s[~≈]?$"
    r"|(?:^|[.;|•]\s)\W*(?:now|last)\s(?:trades?|traded|trading|quoted|seen|done)(?:\sat)?:\s*$|(?:^|"
    r"[.;|•]\s)\W*mkt\.?\s?[:=@]?\s?$",
    re.I,
)


def _by_noun(before: str) -> bool:
    found = _NOUN.search(before)
    if _IS_LEVEL.search(before) or (_LABELLED.search(before) and not OTHER_PRICE.search(before)):
        return True
    if found is None or NO_SUBJECT.search(before[: found.start()]):
        return False
    gap = found["gap"].lower()
    if re.search(r"\b(?:up|down|higher|lower)\s[$€£]?\s?$", gap):
        return False
    if found["noun"].lower() == "market" and not re.search(r"\bat\b|[:=]", gap):
        return False
    noun = found["noun"].lower()
    if noun == "mark" and re.match(r"\s*of\b", gap):
        return False
    if noun == "last" and re.match(r"\s*(?:week|month|quarter|year)\b", gap):
        return False
    if NO_PRICES.search(before, max(0, found.start() - LONGEST_THING), found.start()):
        return False  # 'total open interest now 1,284,500'
    if noun == "now" and _OTHERS_NOW.search(before[: found.start()]):
        return False
    if noun not in _WEAK or re.search(r"[:=(|~≈]|\b(?:at|is|was|of|near|around)\b", gap):
        return True
    if noun not in _BARE or gap.strip(" )]"):
        return False
    lead = re.split(r"[,;|—]\s", before[: found.start()])[-1]
    if re.search(r"(?:^|[(\[|·•,;:.─–—*_-])\s*$", lead):
        return True
    return len(lead) <= 48 and not re.search(r"\d[\d,.]{3}", lead) and not OTHER_PRICE.search(lead)  # 'RXZ5 last 128.74'


def _by_verb(before: str) -> bool:
    found = _VERB.search(before)
    if found is None or NO_SUBJECT.search(before[: found.start()]):
        return False
    if verb_of_another(before[: found.start()]):
        return False
    gap, verb = found["gap"].lower(), found["verb"].lower()
    if re.search(r"\b(?:above|below)\b", gap):
        return False
    subject = before[max(0, found.start() - 48) : found.start()]
    if verb in _STANDING and not (
        _SUBJECT.search(subject) or any(len(subject) - m.end <= 14 for m in mentions(subject)) or _goes_on(before[: found.start()])
    ):
        return False
    if verb in ("prints", "printing") and not any(len(subject) - m.end <= 14 for m in mentions(subject)):
        return False
    if verb in ("closed", "settled", "finished", "ended", "was last", "traded", "prints", "printing", "quoted"):
        return (
            bool(re.search(r"\b(?:at|near|around)\b|[~≈]", gap))
            or not gap.strip(" ~≈$")
            or bool(re.fullmatch(r"[\s~≈]*(?:" + _DAY + r")?[\s~≈]*", gap))
        )
    if verb in ("is", "holds", "hold", "printed", "marked", "stands", "stood", "pricing", "priced"):
        return bool(re.search(r"\b(?:trading|quoted|changing hands|currently at|now at|back at)\b", verb + " " + gap))
    return bool(re.search(r"\b(?:at|near|around|hands|about)\b|[~≈@]", verb + " " + gap))


_AND = re.compile(r"(?:,\s|\s)(?:and|but)\s(?:now\s|still\s|currently\s)?$", re.I)


def _goes_on(before: str) -> bool:
    """'Silver fell 8.7% yesterday and stands at': the verb's market is that of the clause before it."""
    clause = re.split(r"[.;:]\s", before)[-1]
    return bool(_AND.search(clause)) and any(mentions(clause)) and not OTHER_PRICE.search(re.sub(r"\d[\d.,]*\s?%", "", clause))


_OTHERS_NOW = re.compile(
    r"\b(?:trend ?line|channel|average|[se]?ma\d*|line|support|resistance|target|stop|pivot|rsi|macd|gap|"
    r"fair value)\b[^.;]{0,40}$",
    re.I,
)


# '>> 46,238 <<', '--- 6,098 ---', '[ 24,655 ]', '→ 24,452 ←': a price that marks alone set off from those around it.
_SET_OFF = re.compile(r"\s*(?:([=><~*•·_–—-])\1+[>]?|[→►▶➜]+|\[)\s*[$€£]?#\s*(?:[\]=><~*•·_–—←◄◀-]+)\s*")


def _by_mark(piece: Piece, index: int, is_value: Sequence[bool]) -> bool:
    """'66.05 ← we are here', on a line that begins with the price."""
    token = piece.tokens[index]
    if len(piece.tokens) and _SET_OFF.fullmatch(piece.text[: token.start] + "#" + piece.text[token.end :]):
        return True
    alone = sum(is_value) == 1 and not re.search(r"[A-Za-z]{3}", piece.text[: token.start])
    return alone and bool(_MARK.match(piece.text[token.end :]))
