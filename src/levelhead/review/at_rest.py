"""Verbs of coming to rest, and of being there now: 'went home, after all that, at 2,350', 'has slipped back to 2,350'."""

from __future__ import annotations

import re

# Words before a verb or a noun that make it speak of no price of the market: 'a daily close', 'the stop'.
NO_SUBJECT = re.compile(
    r"\b(?:target|entry|stop|daily|weekly|monthly|a|an|any|hourly|clean|decisive|sustained|firm|first|second|two|consecutive|"
    r"upper|lower|limit|exit|sell|buy|take|closing|need|needs|until|if|on|or|to|high|low|record|"
    r"support|resistance|pivot|average|next|strike|sma|ema|ma|must|should|could|will|would|invalidation|trigger|gap|point|day|"
    r"limit|which|that|zone|highest|lowest|best|worst)[\s-]$",
    re.I,
)  # fmt: skip
# Verbs of coming to rest for the day, and of being there now: what stands between them and 'at 2,350' may be anything
# that speaks of no other price.
_RESTS = re.compile(
    r"\b(?:clos(?:e[sd])|settl(?:e[sd])|finish(?:e[sd])|end(?:ed|s)|exchang(?:ing|ed|es) hands|went (?:home|out)|goes (?:home|"
    r"out)|left off|"
    r"wound up|signed off|(?:wrapped|rounded|closed|finished|capped|signed|saw|rang|logged|checked|bowed|punched|clocked|"
    r"went) (?:up|off|out)|"
    r"(?:was|were) done|came in|left (?:the )?(?:[A-Z]\w{2,11}|floor|pits?|market|building)|goes into the weekend|"
    r"went into the weekend|ran out the week|"
    r"ended the (?:day|session|week|month|quarter|year)|closed the (?:day|session|week|month|quarter|year)|"
    r"finished the (?:day|session|week|month|year)|"
    r"(?:is|was|were|are|trades?|traded|trading|opened|stood|edged|inched|ticked|nudged|drifted|moved|pushed|nosed|shot|"
    r"sank|rose|fell|jumped|"
    r"(?:last|currently|now)) (?:\w+ly )?(?:up|down|higher|lower|off|flat|unchanged|little changed|steady|firmer|softer|"
    r"weaker|stronger)|(?:is|was|are|were) (?:a (?:touch|bit|little|shade|tad|hair) |\w+ly |little )?(?:\w{3,}er|quiet|calm|"
    r"mixed|firm|soft|"
    r"heavy|bid|offered|changed|subdued|stable)|"
    r"(?:comes?|came|heads?|headed|goes|going|went|walks) in ?to (?:the (?:new )?|this |today|its |our )?(?:\w+ )?(?:day|"
    r"morning|week|month|quarter|session|"
    r"weekend|report|decision|meeting|holiday|open|afternoon|evening|year|print|event|auction|number|data)|"
    r"(?:enters|entered|starts|started|begins|began|opens|opened|kicks off|kicked off) (?:the (?:new )?|this |today|"
    r"its )(?:day|morning|"
    r"week|month|quarter|session|year|holiday|afternoon|evening)|"
    r"(?:rose|fell|sank|crept|dove|dived|leapt|rise|fall|edg|inch|tick|gain|add|advanc|climb|los|shed|drop|eas|declin|"
    r"slipp?|rall(?:y|i)|retreat|tumbl|surg|dipp?|jump|slump|slid|plung|"
    r"recover|rebound)"
    r"(?:ed|d|ied|t|es|s|e)? (?:about |some |around |another |nearly |almost )?[$€£]?[\d.,]+ ?(?:%|per ?cent|points?|pts?|cents|"
    r"pips|ticks|dollars|euros)?|"
    r"lands?|landed|left (?:the )?(?:trading|session|week|day)|left us|finish\b|settle\b|(?<=to )(?:close|end)\b|is holding|"
    r"holding|"
    r"(?:we|it|prices?) (?:now |currently )?(?:sits?|stands?|trades?) (?:back |now |right )?(?=at\b|near\b|around\b)|"
    r"pinned|glued|stuck|ends up|ended up|was worth|"
    r"called it a (?:day|week)|knocked off|rang off|came to rest|parked|chang(?:ing|ed|es) hands|trad(?:es|"
    r"ing|ed|e)|"
    r"(?:was|is|were|are) (?:last |now |currently |being )?(?:quoted|bid|offered|priced|marked|seen|spotted|found|done|"
    r"exchanged|fixed|dealt|valued|indicated|taxed)|fixed|indicated|taxed|"
    r"(?:last|now|currently) (?:traded|quoted|seen|bid|at)|printed|hover(?:s|ing|ed)|sitting|"
    r"(?:is|was|it[’']s|price[’']s|are|we[’']re|we are|that[’']s) (?:back |still |now |right |all the way |just |sat )*(?=(?:at|"
    r"around|near|about|up at|down at)\b)|"
    r"(?:has|have|had|is|it[’']s|[’']s) (?:now |since |just |already |again )?(?:slipp?ed|fallen|risen|climbed|dropp?ed|eased|"
    r"advanced|retreated|rallied|"
    r"recovered|bounced|slid|drifted|pulled|come|backed|moved|rebounded|declined|gained|lost|dipped|pushed|crept|sunk|"
    r"sold off|retraced|settled|steadied|stabili[sz]ed|given back|surged|jumped|tumbled))\b(?P<gap>(?:[^.;:!?|]|"
    r"(?<=\d)\.(?=\d)){0,64})$",
    re.I,
)
_AT = re.compile(
    r"(?:\b(?:at|near|around|about|to|on|just (?:above|below|over|under|shy of)|some)|[~≈@])\s*(?:a |just |about |around |some "
    r")?[~≈]?\s?(?:US)?[$€£]?\s?$",
    re.I,
)
# Words that speak of another price than that of the market.
OTHER_PRICE = re.compile(
    r"\b(?:supports?|resistances?|targets?|stops?|entr\w+|average|[se]?ma\d*|highs?|lows?|record|above|below|if|unless|until|"
    r"option\w*|longs?|shorts?|position|"
    r"strike|gap|pivot|trendline|level|zone|failing|failed|rejected|between|from|rsi|macd|trigger|when|where|which|that|who|"
    r"needs?|"
    r"should|would|could|must|may|might|will|for|volume|premium|discount|yield|share of|members|odds|chance)\b|%\s?of|[\d,.]{4}",
    re.I,
)
_AMOUNT = re.compile(
    r"\d[\d.,]*\s?(?:%|per ?cent|points?|pts?|handles|ticks|cents|bps?)|[$€£]?\d[\d.,]*(?:\s\d/\d)?(?=\s(?:higher|lower|"
    r"firmer|weaker|up|down)\b)|"
    r"(?<=up |by )[$€£]?\d[\d.,]*(?:\s\d/\d)?(?=\s)|(?<=down )[$€£]?\d[\d.,]*(?:\s\d/\d)?(?=\s)|(?<=\s)[$€£]?\d[\d.,]*(?=\sto\s)"
)
_PAST = re.compile(
    r"\b(?:gave|fell|rose|slipped|rallied|dropped|gained|lost|climbed|recovered|bounced|reversed|faded|slid|turned|came|went|"
    r"jumped|sank|added|shed|advanced|declined|eased|tumbled|surged|dipped|retreated)\b(?:.*\bto\s(?:finish|settle)\b|"
    r"\s[^.;]{0,16}\d\s?(?:%|per ?cent|points?|pts?|cents)(?:[^.;]|(?<=\d)\.(?=\d)){0,60}\bto\s(?:close|end)\b)",
    re.I,
)
_OTHERS_VERB = re.compile(
    r"\b(?:supports?|resistances?|targets?|"
    r"stops?|entr\w+|(?<!industrial )averages?|[se]?ma\d*|bids|offers|orders|buyers|sellers|highs?|lows?|"
    r"zone|levels?|line|rsi|macd|"
    r"pivot|gap|trend ?line|channel|retracement|floor|ceiling|open interest|strike|which|that|they|one|hurdles?|barriers?|"
    r"(?<!small.)(?<!large.)(?<!mid.)(?<!micro.)caps?|"
    r"cushions?|demand|supply|wall|shelf|lid|peak|top|bottom|objective|projection|wave|count|rally|rallies|advance|decline|"
    r"correction|bounce|"
    r"sell-?off|slide|rebound|pullback|run|leg|swing|up-?trend|down-?trend|up-?move|down-?move|recovery|breakout|breakdown|"
    r"gaps?|flag|"
    r"wedge|triangle|base|consolidation)\s(?:\w+\s){0,2}$",
    re.I,
)
_AHEAD = re.compile(
    r"\b(?:if|should|could|would|may|might|must|will|until|unless|once|when|after|a|an|to|before|needs?|since|"
    r"than)\s(?:\w+\s){0,2}$",
    re.I,
)


def comes_to_rest(before: str) -> bool:
    """'went home, after all that, at 2,350', 'has slipped back to 2,350'."""
    found, at = None, 0
    while (later := _RESTS.search(before, at)) is not None:  # the last verb of them: 'printed a high of 6,953 and now trades'
        found, at = later, later.start("gap")
    if found is None:
        return False
    if NO_SUBJECT.search(before[: found.start()]) and not _PAST.search(before):
        return False
    if _AHEAD.search(before[: found.start()]) and not (
        found.group().startswith(("finish", "settle", "close", "end")) and _PAST.search(before)
    ):
        return False
    if verb_of_another(before[: found.start()]):
        return False
    gap = _AMOUNT.sub("", found["gap"])
    moved = re.search(
        r"\b(?:ed|en|slid|come|given back|sunk|crept)$|[a-z](?:ed|en)$|slid$|come$",
        found.group()[: found.start("gap") - found.start()].strip(),
        re.I,
    )
    if (
        re.match(r"(?:has|have|had|is|it|.s)\b", found.group(), re.I)
        and moved
        and not re.search(r"(?:\bto|\bat|\bnear|\baround)\s*(?:about |around )?[~≈$€£\s]*$", gap, re.I)
    ):
        return False
    return bool(_AT.search(gap) if gap.strip(" ~≈$€£") else _is_trade(found)) and not OTHER_PRICE.search(_AT.sub("", gap))


# What a market is worth: 'ADA changes hands for $0.64', 'the pound bought $1.3389', 'the coin quotes $63,120'.
PAID = re.compile(
    r"\b(?:(?:chang(?:es|ed|ing) hands|sells|sold|goes|went|going) for|(?:coin|token|contract|stock|share|metal|market|it|"
    r"future|index|pair) (?:now )?"
    r"(?:quotes|fetches|costs|commands)|(?:pound|sterling|euro|dollar|yen|franc|kron[ae]|rupee|peso|lira|real|loonie|aussie|"
    r"kiwi|unit|greenback)"
    r" (?:now |last )?(?:(?:[^.;]{0,60} )?(?:is|was) (?:now |last )?(?:buying|fetching|worth)|buys|bought|fetches|fetched|"
    r"gets|got))\s(?:about |around |some |just )?[~≈]?[$€£]?$",
    re.I,
)


def verb_of_another(before: str) -> bool:
    """Whether the verb behind these words is of a level, a trade, an order: 'the long from 1.0870 was'."""
    return bool(_OTHERS_VERB.search(before) or _POSITION.search(before))


_POSITION = re.compile(
    r"(?:\b(?:the|our|my|his|their|that|this|\w+[’']s)\s(?:\w+\s)?|^|[:;,(]\s?)(?:long|short|position|trade|leg|half)s?"
    r"(?:\s(?:(?:from|at|of)\s)?[$€£]?\d[\d.,]*)?"
    r",?\s(?:(?:was|is|were|got|has been|being|and)\s)?$",
    re.I,
)


def _is_trade(found: re.Match[str]) -> bool:
    return bool(
        re.match(
            r"(?:is )?holding|trad|clos|settl|finish|end|print|chang|.*(?:quoted|bid|marked|traded|at)$",
            found.group().strip(" ~≈$€£"),
            re.I,
        )
    )
