"""How the trade points from a price to what made it: nouns, links and turns, matched with lines of symbols and words.

A line holds AVG for the name of an average, EXT for a high or low, DATE for a day, SIDE for support or resistance, a blank behind
each (review/makers.py writes them).
"""

from __future__ import annotations

import re

from levelhead.review.dates import MONTH
from levelhead.review.lexicon import any_of
from levelhead.review.said import LevelKind

# The nouns that name a maker beside those of the lexicon; the first that fits decides.
NOUNS: tuple[tuple[LevelKind, str], ...] = (
    ("fibonacci", r"FIB|(?:PCT|halfway|half way) (?:retrace(?:ment)?|retr|pullback|level)s?|golden (?:pocket|zone|ratio)"),
    (
        "average",
        r"(?:GD|DMA|MA|SMA|EMA|SPAN|CNT|AVG)? ?AVG|(?:moving |long |short |mean |day |week |exponential |simple )*"
        r"(?:average|dma|sma|ema|ma|mean line)(?! (?:true|range|volume|daily range))|two hundred(?: day)?",
    ),
    (
        "gap",
        r"(?:(?:edge|end|side|half|rim|lip|top|bottom|floor|start) of (?:a |the |that |this |its )?(?:MOD ){0,2}?)?GAPS?"
        r"(?! (?:up|down|higher|lower) (?:bar|candle|day|session|open) )",
    ),
    (
        "line",
        r"(?:(?:edge|end|side|half|rim|top|bottom|floor|ceiling|rail|boundary|bound|border) "
        r"of (?:a |the |that |this |its )?(?:MOD ){0,2}?)?LINES?|"
        r"(?:that|trend|rising|falling|up|down|upward|downward|uptrend|downtrend|ascending|descending|sloping|"
        r"diagonal|channel|dotted|dashed) ?line|uptrend|downtrend|diagonal|"
        r"line(?= (?:drawn|joining|connecting|from|off|through))",
    ),
    (
        "round",
        r"ROUND|(?:big|nice|very|lovely|good|pleasant)? ?round(?: one| no\b| nr\b| hundred| thousand| and\b| level| price| sum)?|"
        r"psych?(?:ological(?:ly)?)?|psycho|big (?:fig(?:ure)?|number)|even (?:number|hundred|thousand|dollar|money)|"
        r"(?:full|whole) (?:figure|number|dollar|euro|pound|cent|point)|century(?: mark)?|double zeros?|(?:triple|double) noughts?|"
        r"milestone",
    ),
    (
        "extreme",
        r"EXTS?|high(?: water mark| tick| print)?|highs|low(?: tick| print| water mark)?|lows|peaks?|summits?|troughs?|tops|crest|"
        r"zenith|pinnacle|apogee|nadir|spike|hi|lo|record|high close|low close|(?:closing|intraday) (?:high|low)|PD[HL]|"
        r"(?:double|triple|twin|equal|matching) (?:highs?|lows?)|"
        r"(?:tops?|bottom)(?= (?:of|from|on|in|made|set|printed|put in) (?:the |that |this |its |last )?(?:DATE|SPAN|MOVE))",
    ),
)
_AFTER_HIGH = (  # what may not stand behind 'high' or 'low' when it is a thing
    r"(?! (?:volume|volatility|vol|risk|yield|probability|conviction|odds|beta|quality|liquidity|enough|as\b|priority|impact|time|"
    r"(?:of|end of) (?:the |that |this |its |our |a )?(?:MOD )?(?:range|shelf|zone|band|box|area|balance|value|cloud|body|candle)))"
)
OF_RANGE = re.compile(r" of (?:the |that |this |its |our |a )?(?:\w+ )?(?:range|shelf|zone|band|box|area|balance|value|cloud|body)")

_STOPS = (
    r"from|off|since|between|after|above|below|over|under|beneath|beyond|past|towards?|to|into|through|before|ahead|but|while|"
    r"whereas|though|although|if|until|till|unless|because|so|when|once|than|then|not|no|never|nor|without|rather|hardly|neither|"
    r"instead|unlike|versus|vs|against|next|new|fresh|higher|lower(?! (?:high|edge|end|rail|bound|boundary|line|side|half))|which|"
    r"NUM|trading|mid|inside|within|in|at|on|for|by|of|with|has|have|had|is|are|was|were|be|or|and|as|it|we|i|he|she|they|you|trades?|"
    r"closed?|last|first|prior to"
)
_DET = r"(?:(?:the|a|an|its|our|my|your|their|his|her|this|that|those|these|last|both|such|some|what|prior|such a|all) )*"
_MOD = rf"(?:(?!(?:{_STOPS})(?: |$))[\w'’./&-]+ )"
_UNIT = (
    r"(?:(?:points?|pts|cents?|usd|eur|euros?|dollars?|level|area|zone|mark|handle|region|price|figure|line|print|pocket|band|here|"
    r"there|now|also|too|today|again|still|currently|itself|or so|or thereabouts|SIDE|an ounce|a barrel|"
    r"(?:, )?(?:t|lbs?|oz|bbl|mt|tonne|bu|mwh|mmbtu)|per \w+|"
    r"as (?:a |the |my |our )?(?:\w+ )?SIDE|(?:just |right |well |further )(?:above|below|overhead|underneath|up|down)|"
    r"(?:above|below|beyond|beneath|under|over) (?:that|it|there)) )*"
)
_SIDE_FIRST = r"(?:(?:the|our|my|a|its|also|next|first|second|key|major|and|is|this|last|SIDE) )*?"
# 'res 6,099.50 wkly high', '2,490 20ema': a name right behind its price, with nothing that points
_SHORT_NAME = (
    r"(?:(?:DATE|SPAN|wkly|weekly|mthly|monthly|daily|month|prior|prev|previous|last|week|wk|day|session|overnight|swing|intraday|"
    r"contract|year|yest|yesterday|yesterday's|old|former|recent|big|double|triple|equal|rising|falling) ){0,2}"
    r"(?:EXTS?|AVG|ROUND|GAPS?|FIB|LINES?|high|low|highs|lows|hi|lo|round) "
)
_POINTS_BEHIND = (
    r"(?:[,(:;|=] )+(?:(?:and )?(?:which|that|this|it) (?:also )?(?:is|was|'s|happens to be|marks|marked|matches|"
    r"equals|represents|coincides with|lines up with|corresponds to|sits on|sits at|lies at|is also|was also|is about|"
    r"is roughly) )?"
    r"(?:(?:i e|i\.e|ie|likewise|equally|again|similarly|too|simply|basically|essentially|really|in fact|actually|namely|"
    r"aka|a k a|being|as|also|still|just|about|roughly|exactly|marking|matching|"
    r"coinciding with|in line with|level with|near|at|home of|home to|home also of|site of|seat of|location of|by way of|"
    r"formed by|made by|set by|set at|thanks to|courtesy of|given by|defined by|marked by|reinforced by|backed by|see) )*",
    r"(?:[,(;:] )*(?:and )?(?:(?:which|that|this|it) (?:is|was|'s) |it's |that's )?(?:right |just |also |exactly )?where (?!we\b)",
    rf"(?!(?:{_DET}SIDE ))(?={_SHORT_NAME}(?:[.,;/)|(]|$))",
    r"(?:that|this|the same) (?=AVG|GAP|LINE|average|high|low|peak|trough|line)",
    r"(?:as|being|coinciding with|coincides with|in line with|matching|marked by|aligns with|lines up with|home to|home of|"
    r"also known as|the same as|equal to) (?:also |one |about )?",
)
_TURN = (
    r"peaked|topped(?: out)?|bottomed(?: out)?|troughed|crested|maxed out|"
    r"(?:found|made|set|put in) (?:its|a|the) (?:high|low|top|bottom|peak)"
)
# A move and what it does at its end: 'where the December rally ended', 'where the sell-off was caught'. Of moves in general
# ('where rallies died') no one high is said.
_MOVES = any_of(
    """
    rally advance decline sell-off selloff slide drop fall rise bounce rebound recovery correction pullback dip run move leg wave
    upswing downswing swing slump plunge surge spike squeeze climb retreat rout crash break flush
    """
)
_MOVE = rf"(?:the|that|its|last|this|\w+'s) (?:(?!and |but |, )\S+ ){{0,4}}?(?:{_MOVES}|sell off|pull back)"
_ENDED = (
    r"(?:(?:had|has|also|last|finally|then|twice|first) )*(?:ended|failed|stalled|died|stopped|halted|reversed|finished|gave up|"
    r"turned(?: back| round| around| up| down| over)?|ran out(?: of \w+)?|fizzled(?: out)?|petered out|"
    r"came to (?:a halt|an end|grief)|found (?:its|a) (?:floor|bottom|top)|"
    r"was (?:rejected|turned back|turned away|stopped|capped|caught|halted|arrested))"
)
_PERIOD = (
    r"(?:(?:on|in|during|at|back|early|late|mid|last|this|the|of|end|start|DATE|SPAN|TIME|CNT|\w+day|week|month|year|quarter|"
    rf"session|and|{MONTH.lower()}|spring|summer|autumn|winter) ){{0,6}}"
)
_POINTS_BEFORE = (
    r" (?:(?:itself|proper|again|too|also|still|today|now|here|there|above|below) )*"
    r"(?:(?:of|from|on|in|set|made|hit|posted|printed|seen|established|registered|reached|put in|left|for) "
    rf"{_PERIOD}(?:\w+ )?)?"
    r"(?:to (?:beat|hold|watch|break|clear|mind|defend|take out) )?(?:\( SIDE \) )?"
    r"(?:[,(:=|] |(?:is|was|are|at|near|around|about|of|stands|sits|lies|runs|comes|came|in|now|currently|today|reads|passes|"
    r"located|found|seen|stood|will be|would be|SIDE|as|acting as|acts as|a|the|our) )*$"
)
LEADS_TO_NEXT = re.compile(
    r"(?:(?:of|from|on|in|set|made|hit|posted|seen) (?:\S+ ){1,5}?)?(?:now |today |currently |itself |which |that |SIDE |is |was |"
    r"stands |"
    r"sits |lies |runs |comes |passes |in |at |near |around |about |of |just |a |as |first |next |[(:=] )*"
)
PARTED = re.compile(rf"{_UNIT}(?:[,;:] )?(?:and|then|next|followed by|plus|ahead of|before|with|or|while) ")
ORIGIN = re.compile(rf"(?:off|from|since|between|joining|connecting|through|drawn|through the) {_DET}(?:[\w'’./&-]+ ){{0,3}}$")
UNMADE = re.compile(
    r"(?:^| )(?:new|fresh|higher|lower|not|no|rather than|above|beyond|over|through|below|under) (?:the |a |its )?$"
)
BARE = re.compile(r" ?(?:high|low|hi|lo|highs|lows|SIDE)(?: [,(:=|])? $")
SAID_NEXT = re.compile(
    r"(?:and |which )?(?:that|this|it|both)(?: price| level| number| one)?"
    r"(?: 's| is| was| are| also| just| still| happens to be| being| marks| ,)+ "
)
PLURAL = re.compile(
    r"(?:^| )(?:highs|lows|peaks|troughs|tops|bottoms|averages|gaps|lines|trendlines|retracements|EXTS|AVGS|LINES|GAPS)(?: |$)"
)
LISTS_ON = re.compile(r"(?:\( [^()]{0,40} \) )?(?:(?:,|and|or) )+")
GOES_ON = re.compile(r"(?:^|[, ])(?:,|the|a|an|its|our|two|three|last|which|which is|where|that|is|of|from|and) $")
THE_LATTER = re.compile(
    r"(?:[,;:(.] |and |at )*(?:the )?(?P<which>latter|second(?: one)?|last(?: one| of these| of them)?|third|former|first(?: one)?|"
    r"lower(?: one)?|higher(?: one)?|upper(?: one)?)(?: of (?:these|those|them|the two))?(?: ,| is| being| also| just| runs| marks|"
    r" matches| coincides with| at| sits on| ;)+ "
)


def _heads() -> str:
    return "|".join(
        f"(?P<{kind}>(?:{noun.replace('MOD ', _MOD)}){_AFTER_HIGH if kind == 'extreme' else ''})(?=[ ]|$)" for kind, noun in NOUNS
    )


_HEADS = _heads()
NAMED = rf"{_DET}{_MOD}{{0,4}}?(?:{_HEADS})"
BEHIND = tuple(re.compile(f"{_UNIT}{points}{_SIDE_FIRST}{NAMED}") for points in _POINTS_BEHIND)
TURNED_THERE = re.compile(
    rf"{_UNIT}(?:[,(;:] )*(?:and )?(?:(?:which|that|this|it) (?:is|was|'s) |it's |that's )?"
    rf"where (?:(?:\S+ ){{1,6}}?(?:{_TURN})|(?:(?!and |but |, )\S+ ){{0,2}}?{_MOVE} {_ENDED})(?= |$)"
)
TURNED_WHERE = re.compile(
    rf"(?:^| )(?:where|to where|from where) (?:(?!and |but |, )\S+ ){{0,5}}?(?:{_MOVE} {_ENDED}|(?:{_TURN})) {_PERIOD}(?:[,(:] )*"
    r"(?:(?:is|was|at|near|around|about|that is|that was|i e|namely) )*$"
)
TURNED_AT = re.compile(rf"(?:^| )(?:{_TURN}) (?:out )?{_PERIOD}(?:just )?(?:at|near|around|about|on|in) (?:the |about )?$")
BEFORE = re.compile(rf"(?:^| ){NAMED}{_POINTS_BEFORE}")
ONLY = re.compile(NAMED)
