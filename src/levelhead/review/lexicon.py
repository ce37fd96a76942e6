"""The words of the trade, by what they do in a sentence about prices. Words are lower case; a hyphen counts as a blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# kind -> value -> phrases
_PHRASES: dict[str, dict[str, str]] = {
    "side": {
        "support": "downside barrier|downside hurdle|lower barrier|base at|base near|base around|props|found its feet at|"
        "found a footing at|"
        "found footing at|found buyers at|found bids at|found a floor at|found a bottom at|found a bid at|found demand at|"
        "gap support|channel support|trendline support|trend line support|neckline support|support|supports|"
        "supporting|supportive|floor|floors|demand|demand zone|demand area|cushion|downside level|"
        "downside levels|"
        "buy zone|buying zone|buyers zone|downside support|supported by|supported at|supported near|underpinned by|underpinned at|"
        "buyers at|buyers near|buyers around|dip buyers|dip buyers at|buying interest|backstop|safety net|bids|bid zone|base of "
        "support|soutien|line of defense|line of defence|cushions|put wall|shelf|support shelf|platform|foundation|bedrock|"
        "protected by|propped up by|"
        "backstopped by|backstopped at|buy orders|buy interest|buyside interest|base camp|footing|foothold|downside protection|"
        "guards the downside|"
        "protects the downside|limits the downside|dip buying interest|accumulation zone|lower bound|bottom of the range|lower "
        "end of the range|range low|range lows|range bottom|range support",
        "resistance": "hemmed in at|hemmed in by|boxed in by|held back by|held back at|bumped its head at|hit its head at|"
        "hit a wall at|"
        "ran into sellers at|ran into offers at|ran into supply at|met sellers at|met supply at|met offers at|hit a ceiling at|"
        "chokehold at|stranglehold at|gap resistance|channel resistance|trendline resistance|trend line resistance|"
        "neckline resistance|"
        "resistance|resistances|ceiling|supply|supply zone|supply area|barrier|hurdle|overhead|upside level|"
        "upside levels|"
        "upside resistance|cap|capped by|capped at|capped near|sell zone|selling zone|lid|offers|sellers at|sellers near|"
        "sellers around|selling interest|roadblock|headwind zone|"
        "resist|resisted|resisting|resistive|"
        "upside barrier|topside resistance|hurdles|barriers|caps|capping|lids|ceilings|wall|call wall|roof|obstacle|obstacles|"
        "roadblocks|sell orders|sell interest|"
        "blocks the way|stands in the way|in the way|limits the upside|caps the upside|caps gains|limits gains|distribution "
        "zone|upper bound|top of the range|"
        "upper end of the range|range high|range highs|range top|range resistance|stumbling block|glass ceiling|brick wall",
        "pivot": "floor pivots|floor pivot|floor trader pivots|pivot|pivots|pivot point|pivot points|pivot level|pivot zone|"
        "pivot area|inflection|inflection point|"
        "inflection level|"
        "decision point|bull bear line|bull/bear line",
    },
    "extreme": {
        "all_time_high": "all time high|all time highs|all time hi|record hi|ath|aths|record high|record highs|"
        "record peak|lifetime high|"
        "record closing high|the record at|the record of|its record at|its record of|record level|historical high|historic high|"
        "all time peak|lifetime peak|"
        "record print|record top|life high|all time intraday high|peak of all time",
        "all_time_low": "all time low|all time lows|record low|record lows",
        "high_52w": "52 week high|52 wk high|52w high|one year high|yearly high|52 week highs",
        "low_52w": "52 week low|52 wk low|52w low|one year low|yearly low|52 week lows",
        "high": "overnite hi|overnight hi|session hi|swing hi|day hi|week hi|month hi|contract hi|prior hi|globex hi|"
        "overnite high|swing high|swing highs|previous high|previous highs|prior high|prior highs|recent high|recent highs|high|"
        "highs|peak|"
        "peaks|summit|summits|crest|hi|top|tops|prior swing high|former high|former highs|spike high|pdh|pwh|pmh|onh|hod|"
        "highest|"
        "former record|old record|previous record|prior record|record close|closing high|closing highs",
        "low": "overnite lo|overnight lo|session lo|swing lo|day lo|week lo|month lo|contract lo|prior lo|globex lo|overnite low|"
        "swing low|swing lows|previous low|previous lows|prior low|prior lows|recent low|recent lows|low|lows|trough|"
        "troughs|"
        "bottom|bottoms|lo|former low|spike low|pdl|pwl|pml|onl|lod|nadir|lowest|closing low|"
        "closing lows",
    },
    "round": {
        "round": "psychological|psychological level|round number|round figure|big figure|round numbers|whole number|"
        "psychologically|"
        "psych level|psych|handle mark|big round|round handle|round level|round mark|round price|round nr|round no|round num|"
        "round one|psy|psycho|psychol|figure level|full figure|century mark|"
        "even number|even money|double zero|big fig|psychological mark|psychological threshold|"
        "psychological handle|psychological milestone|whole dollar|round hundred|"
        "round thousand|round dollar|round ten"
    },
    "gap": {
        "gap": "gap|gaps|gap fill|open gap|unfilled gap|gap support|gap resistance|gap area|gap zone|fvg|fvgs|fair value gap|"
        "fair value gaps|price gap|weekend gap|opening gap|breakaway gap|runaway gap|exhaustion gap|rising window|falling window"
    },
    "fibonacci": {
        "fibonacci": "fibonacci|fib|fibs|retracement|retracements|retracem|retrace|retr|ret|fibonacci retracement|golden ratio|"
        "golden pocket|"
        "fib extension|fibonacci extension|measured extension"
    },
    "line": {
        "line": "trendline support|trend line support|trendline resistance|trend line resistance|trendline|trendlines|trend line|"
        "trend lines|trend channel|channel top|channel bottom|channel|channel line|"
        "upper channel|lower channel|rising line|falling line|descending line|ascending line|channel support|"
        "channel resistance|wedge|triangle"
    },
    "beyond": {
        "above": "above|over|north of|atop|past|beyond|higher than|on top of|upside of",
        "below": "below|under|beneath|south of|underneath|lower than|sub",
        "through": "through|thru",
    },
    "event": {
        "break": "break|breaks|breaking|broke|broken|breakout|breakouts|breach|breaches|breached|breaching|breakdown|"
        "breakdowns|pierce|"
        "pierces|violation|violates|take out|takes out|taking out|push|pushes|pushing|move|moves|rally|rallies|cross|crosses|"
        "clear|clears|"
        "clearing|cleared|surpass|surpasses|overcome|overcomes|clearance|cracks|crack|slip|slips|drop|drops|fall|falls|dip|dips|"
        "trade|trades|trading|pop|pops",
        "close": "close|closes|closing|daily close|weekly close|hourly close|settle|settles|settlement|daily closes|closed|"
        "candle close",
        "accept": "acceptance|accept|accepts|accepted|accepting|sustained|sustain|sustains|sustained trade|sustained break|"
        "consolidates|"
        "consolidate",
        "reclaim": "reclaim|reclaims|reclaimed|reclaiming|recapture|recaptures|regain|regains|regaining|retake|retakes",
        "lose": "lose|loses|loss|losing|lost|gives way|give way|fails|fail|failure|fails to hold|fail to hold|failure to hold|"
        "surrender|cedes",
        "hold": "hold|holds|holding|held|defend|defends|defended|stay|stays|staying|remain|remains|remaining|keep|keeps|maintain|"
        "maintains|step in|steps in|stabilises|stabilizes|bounces|bounce|rebound|rebounds|rejection|rejected|reject|rejects|"
        "stall|stalls|stalling",
    },
    "target": {
        "target": "target|targets|targeting|targeted|target zone|target area|take profit|take profits|tp|tps|tp1|tp2|tp3|tp4|"
        "pt|pt1|pt2|"
        "objective|objectives|profit target|profit targets|price target|price objective|price objectives|t1|t2|t3|"
        "measured move|next stop|next stops|next target|next objective|next magnet|"
        "upside target|downside target|upside targets|downside targets|upside objective|downside objective",
        "toward": "toward|towards|aim|aims|aiming|aiming for|aim for|eye|eyes|eyeing|eyed|en route to|on the way to|opens|open|"
        "opening|"
        "opens up|open up|opens the door|open the door|opening the door|opens the way|open the way|expose|exposes|exposing|"
        "leads to|"
        "lead to|leading to|test of|retest of|move to|moves to|push to|rally to|run to|drop to|fall to|slide to|decline to|run at|"
        "back to|return to|extend to|extends to|extension to|extension toward|heading to|headed to|heads to|look for|looks for|"
        "looking for|"
        "expect|magnet|retest|retests|retesting|test|tests|room to|scope to|path to|path toward|pullback to|dip to|climb to|"
        "trip to|bounce to|recovery to|brings|bring|bringing|into play|in play|comes into view|in focus|as far as|all the way to|"
        "advance to|correction to|reach|reaches|reaching|way to|door to|clears the way|paves the way|clear the way|pave the way|"
        "sends|send|sending|puts|put in play|until|carry to|carries to|carry|stretch to|stretches to|spill to|work back to|"
        "work toward|gravitate to|fill to|run into|drift to|drift into|drift down to|drift toward|drift back to|squeeze to|"
        "melt up to|slip to|slips to|bounces to|recovers to|recover to|rallies to|drops to|falls to|slides to|climbs to|"
        "rise to|rises to|down to|up to|higher to|lower to|next is|call for|calls for|calling for|attack|assault on|challenge|"
        "challenges|visit to|visit|revisit|revisits|"
        "fresh highs near|unlock|unlocks|want|wants|headed for|bound for|heading for|travel to|"
        "travels to|we see|see|en route|destination|"
        "expected move|measured objective|on to|off to|we go|we go to|goes to|go to|going to|on its way to|en route for|"
        "makes for|make for|head for|heads for|"
        "steer for|work to|stretch for|reach for|reaches for|shoot for|gunning for",
    },
    "stop": {
        "stop": "stop|stops|stop loss|stoploss|stop losses|sl|protective stop|invalidation|invalidated|invalidates|invalidate|"
        "hard stop|mental stop|risk below|risk above|stop out|stopped out",
    },
    "entry": {
        "entry": "entry|entries|enter|entry zone|entry price|entry level|entry area|trigger|entry trigger|triggered|triggers",
        "long": "buy|buys|long|longs|long entry|buy limit|buy stop|buying|go long|going long|long position|long positions|"
        "buy the dip|buy dips|accumulate|long setup|long trade|bullish setup|buy entry|long idea|buy setup|buy signal|bto|call",
        "short": "sell|sells|short|shorts|short entry|sell limit|sell stop|selling|go short|going short|short position|"
        "short positions|"
        "sell rallies|fade|fading|short setup|short trade|bearish setup|sell entry|short idea|sell setup|sell signal|shorting|put",
    },
    "way": {
        "up": "bull|bulls|bullish|breakout|bounce|rally|rallies|upside|up|higher|continuation higher|recovery|recover|recovers|"
        "reversal higher|"
        "short covering|short squeeze|upward|upwards|uptrend|advance|advances|relief|squeeze|melt up|rebound|rebounds|buyers|"
        "reclaim|new highs|fresh highs|"
        "gains|"
        "extension higher|grind higher|push higher|run|rise|rises|climb|climbs|breaks out|break out|lift|surge|surges|ascend|"
        "strength",
        "down": "bear|bears|bearish|breakdown|pullback|pull back|correction|corrective|drop|drops|downside|down|lower|decline|"
        "declines|selloff|"
        "sell off|sell offs|sellers|downward|downwards|downtrend|retreat|dip|slide|slides|slump|fall|falls|failure|rejection|"
        "rejected|"
        "fade|breaks down|break down|flush|deeper|weakness|retracement|washout|plunge|crash|capitulation|reversal lower|"
        "roll over|rollover|rolls over|risk off|unwind",
        "range": "range|ranges|range bound|rangebound|sideways|consolidation|consolidate|consolidates|consolidating|neutral|"
        "chop|choppy|balance|"
        "balanced|balancing|rotation|rotational|flat|stuck|digest|digestion|pause|trading range|two sided|two way|coil|coiling|"
        "pin|pinned|pinning|"
        "mixed|stall|base building|basing|mean reversion|unchanged|churn|oscillate|oscillates|oscillating|contained|box",
    },
    "chance": {
        "chance": "probability|probabilities|chance|chances|odds|likelihood|likely|unlikely|confidence|conviction|edge|weight|"
        "weighting|"
        "prob|estimated probability",
    },
    "term": {
        "term": "path of least resistance|short term|long term|medium term|longer term|shorter term|long standing|"
        "short lived|short dated|long gamma|"
        "small caps|small cap|mid caps|mid cap|large caps|large cap|mega caps|mega cap|micro caps|market cap|all caps|"
        "demands|short gamma|short interest|buy side|sell side|sell off|sell offs|long run|short run"
    },
    "profile": {
        "profile": "gamma peak|peak gamma|volume peak|peak volume|gamma high|gamma low|"
        "vah|val|poc|vpoc|npoc|naked poc|value area high|value area low|point of control|hvn|lvn|vwap|avwap|single "
        "prints|"
        "gamma flip|zero gamma|vol trigger|ib high|ib low|expected high|expected low",
    },
    "agent": {
        "support": "buyers|bulls|longs|bid|buying|dip hunters|bargain hunters|buy side",
        "resistance": "sellers|bears|shorts|selling|profit takers|sell side",
    },
    "last": {
        "last": "last price|current price|price now|last|currently|trading at|trades at|trade at|spot|spot price|now at|"
        "trading near|"
        "trading around|trades near|trades around|currently at|currently trading at|changing hands at|changes hands at|"
        "hovering around|"
        "hovering near|last traded|last trade|last close|closed at|close at|settled at|closing price|finished at|ended at|price|"
        "quoted at|was at|sits at|sitting at|current|you are here|market price|price at|current level|spot at|now|latest|"
        "latest price|settle at|"
        "settlement|hovering at|closed|settled|current quote|finished|ended|cash|futures at|futures last",
    },
    "role": {
        "line in the sand": "line in the sand|must hold|key line",
        "bias-defining": "bias defining|bias defining level|shape the bias|defines the bias|bull bear line|bull/bear line|"
        "bull/bear pivot",
        "immediate": "immediate|first|nearest|near term|initial|next|minor",
        "reclaim zone": "reclaim zone|reclaim level|must reclaim",
        "extension": "extension|extension level|extended target|potential upside|stretch",
        "structural": "structural|structure",
        "major": "major|key|critical|strong|important|crucial|main|primary|significant|heavy|pivotal",
        "reference": "reference|secondary|deeper|deep|second",
    },
}


def bag_of(words: str) -> frozenset[str]:
    """Words that stand between blanks, as a set."""
    return frozenset(words.split())


def any_of(words: str) -> str:
    """Words that stand between blanks, as the alternatives of an expression."""
    return "|".join(re.escape(word) for word in words.split())


PERIODS = bag_of(
    """
    yesterday yesterdays yesterday's monday tuesday wednesday thursday friday weekly monthly daily overnight session
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec spring summer autumn winter fall week's month's day's today's quarter's year's previous prior
    overnite globex o'nite yest yday y'day ystdy premkt recent swing intraday cycle post-election pandemic pre-market
    premarket asian london european opening week month
    quarter year covid crash
    """
)


_SHORT_FOR = {
    **dict.fromkeys(
        ("res", "resis", "rez", "r'tance", "res'tance", "resist", "rtance", "rst", "resist'ce", "resists"), "resistance"
    ),
    **dict.fromkeys(("supp", "sup", "s'port", "supp't", "sup't", "supt", "sprt", "spt", "supps", "sups"), "support"),
    **dict.fromkeys(("tgt", "trgt", "tgts", "targ", "obj", "objs", "objv"), "target"),
    **dict.fromkeys(("stp", "sl"), "stop"),
    **dict.fromkeys(("lvl", "lvls"), "levels"),
    **dict.fromkeys(("yh", "ydh", "ydayh", "rthh", "pdhi", "yhi"), "pdh"),
    **dict.fromkeys(("yl", "ydl", "ydayl", "rthl", "pdlo", "ylo"), "pdl"),
    **dict.fromkeys(("gxh", "gbxh", "o/nh"), "onh"),
    **dict.fromkeys(("gxl", "gbxl", "o/nl"), "onl"),
    **{
        before + end: end
        for before in ("y", "yd", "p", "pd", "pw", "on", "d", "w", "m", "c")
        for end in ("vah", "val", "poc", "vpoc")
    },
}
_MISSPELLED = (
    (re.compile(r"res+[ei]?s?t[ae]n[cst]?e?s?|r[ei]s+i?s+t[aei]+n[cs]+e?s?|resis?itance"), "resistance"),
    (re.compile(r"su[rp]?p{1,2}[ou]?r?[to]?r?ts?"), "support"),
    (re.compile(r"psy?c?h?olog?ical|phsychological|pyschological"), "psychological"),
    (re.compile(r"tar[gq]?e?ts?|tagets?|targats?"), "target"),
)


@lru_cache(maxsize=2048)
def spelled(word: str) -> str:
    """A word as the lexicon has it: written out where the trade shortens it, put right where it is often written wrong."""
    if word in BY_FIRST_WORD:
        return word
    if word.endswith("'s") and len(word) > 4:
        return spelled(word[:-2])
    if short := _SHORT_FOR.get(word):
        return short
    if word.endswith("s") and word[:-1] in BY_FIRST_WORD and len(word) > 4:
        return word[:-1]
    if len(word) >= 5:
        return next((right for pattern, right in _MISSPELLED if pattern.fullmatch(word)), word)
    return word


@lru_cache(maxsize=64)
def respelled(text: str) -> str:
    """A text with its words as the lexicon has them, in lower case where they were not."""
    return _WORD.sub(_respelled, text)


_WORD = re.compile(r"[A-Za-z]{3,}")


def _respelled(found: re.Match[str]) -> str:
    word = found.group()
    small = word.lower()
    return word if (right := spelled(small)) == small else right


def _entries() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for kind, values in _PHRASES.items():
        for value, phrases in values.items():
            for phrase in phrases.split("|"):
                yield kind, value, tuple(phrase.split())


Phrase = tuple[tuple[str, ...], str, str]


def _table() -> dict[str, tuple[Phrase, ...]]:
    table: dict[str, list[Phrase]] = {}
    for kind, value, words in _entries():
        table.setdefault(words[0], []).append((words, kind, value))
    return {first: tuple(sorted(found, key=lambda p: -len(p[0]))) for first, found in table.items()}


BY_FIRST_WORD = _table()
