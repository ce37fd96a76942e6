"""Plain forecasts: a range that is expected to hold, a move that somebody looks for, without a condition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.conditions import LONGEST
from levelhead.review.passages import Piece
from levelhead.review.prices import Prices
from levelhead.review.said import SUPPOSED, WRITTEN, Direction, Money, ReadScenario
from levelhead.review.scenario_case import direction_of

_EXPECTS = (
    r"(?:expect(?:ed|s|ing)?|assum(?:e|ed|es)|project(?:ed|s)?|forecast(?:s|ed)?|anticipat(?:e|ed|es|ing)|predict(?:ed|s)?|"
    r"view (?:is|remains|stays)|likely|probable|pric(?:es|ing|ed)(?: in)?|"
    r"impl(?:y|ies|ied)|"
    r"look(?:s|ing)? for|should|will|see(?:s|n)?|reckon|estimated|most likely)"
)
_RANGE = re.compile(
    rf"\b{_EXPECTS}\b[^.;]{{0,60}}\b(?:range|between|sideways|consolidat\w+|inside|within|band|rotat\w+|chop\w*|churn\w*|"
    rf"oscillat\w+|"
    rf"confined|contained|bound(?:ed)?|trapped|caught|hemmed|locked)\b[^.;\d]{{0,30}}$|"
    r"\b(?:today['’]?s|expected|trading|day['’]s|session|our|the) (?:expected |assumed |"
    r"likely )?(?:trading )?range(?: for (?:today|the day|the week|the session|tomorrow))?\s?[:=]\s?$",
    re.I,
)
_CHOPS = re.compile(
    r"(?:→|->|=>|⇒)\s?(?:then )?(?:we |it |price |the market )?(?:just )?(?:chops?|ranges?|rotates?|consolidates?|churns?|stays?|"
    r"sits?|goes nowhere|go nowhere|drifts? sideways|ping-?pongs?|sideways|range)"
    r"(?:\s(?:between|inside|within|around|about|in|the|a|from|again)){0,3}\s?[$€£~≈]?\s?$",
    re.I,
)
_IS_RANGE = re.compile(r"^\s?(?:trading )?(?:range|band|corridor)\b", re.I)
_CONTAINS = re.compile(
    r"^[^.;\d]{0,24}\b(?:to contain|should contain|will contain|contains?|to hold (?:it|price|the pair)|is the range|as the "
    r"range)\b",
    re.I,
)
_UP_TO = re.compile(r"\s?(?:yen|usd|points?|pts|dollars|euros?|cents)?\s?(?:to|and|-|–|—|/|<>|~)\s?[$€£¥~≈]?\s?", re.I)
_FORECAST = re.compile(
    r"\b(?:(?:we|i|our desk|the desk|analysts?|our (?:view|call|forecast) is)"
    r"(?:['’](?:m|re|d|ll))?\s(?:still |continue to |now |also |"
    r"would )?(?:look(?:ing|in['’]?)? for|expect|see|anticipate|forecast|project|reckon|"
    r"think|are looking for)|(?:the )?(?:risk|danger|threat|alternative|other (?:option|possibility)) (?:is|would be)|"
    r"(?:rise|rally|gains?|advance|decline|fall|drop|weakness|strength|upside|downside|loss(?:es)?|recovery|rebound|move|"
    r"extension) "
    r"(?:should|could|would|may|might|will|is expected|is likely|is favou?red|is seen|looks likely)|(?:we|i) (?:think|"
    r"believe) (?:it|the \w+|price) (?:will|can|"
    r"should))\b[^.;\d]{0,60}"
    r"\b(?:to|toward|towards|into|of)\s(?:the\s)?[$€£~≈]?\s?$",
    re.I,
)


def forecast_in(
    piece: Piece, prices: Prices, horizon: int | None, lasts: Sequence[Money], before: str = ""
) -> Iterator[ReadScenario]:
    """A range or a move that a sentence expects without a condition; before: the sentence ahead, where no last price is stated."""
    priced = [t for t in piece.tokens if prices.is_price(t) and t.quantity is not None]
    if not priced or len(piece.text) > LONGEST or _DENIED.search(piece.text):
        return
    token = priced[0]
    assert token.quantity is not None
    money, head, after = token.quantity.money, piece.text[: token.start], piece.text[token.end :]
    if len(priced) > 1 and _UP_TO.fullmatch(piece.text[token.end : priced[1].start]) and priced[1].quantity is not None:
        other = priced[1].quantity.money
        money, after = Money(low=min(money.low, other.low), high=max(money.high, other.high)), piece.text[priced[1].end :]
    if (
        money.low < money.high
        and not _LEVEL_OF.search(head)
        and (
            _RANGE.search(head)
            or _CHOPS.search(head)
            or ((_CONTAINS.match(after) or _IS_RANGE.match(after)) and re.search(rf"\b{_EXPECTS}\b", piece.text, re.I))
        )
    ):
        yield ReadScenario(direction="range", title=piece.text[:120], zone=money, sessions=horizon, span=piece.span(), sure=WRITTEN)
        return
    at = 0
    ways: set[Direction] = set()
    for token in priced:
        assert token.quantity is not None
        head, at, money = piece.text[at : token.start], token.end, token.quantity.money
        if money in lasts:
            continue
        if biased := _BIAS_FOR.search(head):
            turn: Direction = "up" if biased["up"] else "down"
            yield ReadScenario(
                direction=turn, title=piece.text[:120], target=money, sessions=horizon, span=piece.span(token), sure=SUPPOSED
            )
            return
        is_called = bool(_CALLED.search(head))
        if _TO_ORDER.search(head) or (is_called and _IS_LEVEL.match(piece.text[token.end :]) and not _IS_AIM.search(head)):
            continue
        is_called = is_called or _leads(head, piece.text[: token.start], piece.text[token.end :])
        if not (is_called or (len(priced) == 1 and _FORECAST.search(head))):
            continue
        near = [m for m in lasts if 1 / 1.8 < m.middle / money.middle < 1.8]
        way: Direction = "" if not near or near[0].middle == money.middle else "up" if money.middle > near[0].middle else "down"
        if not near:
            way = direction_of(piece.text[: token.start], direction_of(piece.text[token.end :]) or before)
        if way != "range" and way not in ways and (way or not lasts):
            ways.add(way)
            yield ReadScenario(
                direction=way, title=piece.text[:120], target=money, sessions=horizon, span=piece.span(token), sure=SUPPOSED
            )


_LEVEL_OF = re.compile(r"\b(?:supports?|resistances?|demand|supply|bids?|offers?|buyers|sellers)\b[^.;\d]{0,40}$", re.I)


_IS_AIM = re.compile(r"\b(?:target|targets|targeting|aim for|aim at|eye|eyes)\s(?:the\s)?[$€£~≈]?$", re.I)


def _leads(head: str, said: str, after: str) -> bool:
    """Whether a move to a price is what somebody expects: 'a slow bleed to 36,500 is likely', 'the path is one that carries to'."""
    if _IS_HIT.match(after) and _AHEAD.search(said):
        return True
    toward = _TOWARD.search(head)
    if toward is None or _IS_ORDER.search(head) or _IS_ORDERED.match(after) or _WAS.search(head):
        return False
    if toward["verb"] and _AHEAD.search(said):
        return True
    moves = [m for m in _MOVES.finditer(head, 0, toward.end()) if toward.start() - m.end() < FARTHEST_MOVE]
    return bool(moves) and bool(_BEHIND.match(after) or _AHEAD.search(said))


_IS_HIT = re.compile(
    r"\s(?:\([^)]{0,30}\)\s)?(?:gets?|is|will be|to be|being|to get)\s(?:hit|tagged|tested|seen|touched|reached|printed|filled|"
    r"taken)\b",
    re.I,
)
FARTHEST_MOVE = 40  # characters between a move and the 'to' of its end
_TOWARD = re.compile(
    r"\b(?:to|towards?|into|near|around|at|as far as|on|(?:re-?test|test|visit|touch|assault|attack) of|"
    r"(?P<verb>(?:re)?visit|re-?test|test|reach|hit|challenge|see|tag|touch|attack|attain|print|get|re-?take|fill|trade))\s"
    r"(?:(?:the|about|around|roughly|almost|nearly|just|as low as|as high as|at|near)\s){0,3}[$€£~≈]?$",
    re.I,
)
_MOVES = re.compile(
    r"\b(?:mov(?:e|es|ing)|rall(?:y|ies|ying)|advanc(?:e|es|ing)|ris(?:e|es|ing)|runs?|running|push(?:es|ing)?|bounc(?:e|es|ing)|"
    r"rebounds?|recover(?:y|s|ies|ing)?|squeezes?|exten(?:d|ds|sion)|breakout|pullback|pulls? back|drops?|dropping|falls?|falling|"
    r"slid(?:e|es|ing)|declin(?:e|es|ing)|dips?|retreats?|corrections?|setback|return(?:s|ing)?|trip|visit|re-?tests?|tests?|"
    r"revisit|reversal|drift(?:s|ing)?|grinds?|grinding|climbs?|climbing|bleed(?:s|ing)?|carr(?:y|ies)|leads?|legs?|swing|spike|"
    r"flush|sell-?off|slump|slip(?:s|ping)?|sink(?:s|ing)?|trades?|trading|gets?|getting|goes|go|going|ends?|head(?:s|ing)?|"
    r"descent|ascent|jump|surge|march|journey|reach(?:es|ing)?|stretch(?:es)?|melt-?up|washout|crawl|creep|lower|higher|back|"
    r"up|down|gains?|loss(?:es)?|weakness|strength|upside|downside)\b",
    re.I,
)
_AHEAD = re.compile(
    r"\b(?:(?:most |more |quite |very )?(?:probable|likely|likeliest|plausible)|favou?red|preferred|expect(?:s|ed|ing|ation)?|"
    r"look(?:s|ing)? for|anticipat\w+|foresee|envisage|forecast|predict|reckon|(?:i|we) (?:\w+ )?think|believe|suspect|room|"
    r"scope|potential|my (?:bet|guess|"
    r"hunch|"
    r"view|call|base case)|our (?:bet|guess|view|call|base case)|base case|odds favou?r|favou?rs?|projects?|points?|impl(?:y|"
    r"ies)|suggests?|signals?|"
    r"calls for|argues? for|measures?|opens|risks?|threatens?|paves|invites?|allows? for|should|will|going to|gonna|"
    r"(?:is|looks|seems|remains) (?:set|headed|poised|on course|on track|bound))\b",
    re.I,
)
_TO_ORDER = re.compile(r"\b(?:to|would|will|['’]d|['’]ll)\s(?:buy|sell|short|fade|add|cover|exit|enter|trim)\b", re.I)
_IS_ORDER = re.compile(
    r"\b(?:buy|sell|longs?(?![- ](?:term|run)|er)|shorts?(?![- ](?:term|squeez|cover))|stops?|entry|enter|add|trim|target|order|"
    r"bid|offer|limit|supports?|resistances?|trouble|runs? into|encounters?|meets?|faces?|stalls?|struggles?|capped)\b",
    re.I,
)
_IS_ORDERED = re.compile(
    r"[^.;\d]{0,40}\b(?:to (?:be )?(?:bought|sold|find|attract|hold)|buy(?:ing)?|sell(?:ing)?|buyers|sellers|support|resistance|"
    r"stop|"
    r"as a level|cap|floor|ceiling|opportunit\w+)\b",
    re.I,
)
_WAS = re.compile(
    r"\b(?:limited|capped|than|instead|was|were|had|(?:has|have) (?:been|already|now|just|also|\w+ed)|did|fell|rose|went|took|"
    r"dropped|"
    r"climbed|rallied|slid|closed|settled|yesterday)\b",
    re.I,
)
_BIAS_FOR = re.compile(  # 'initial bias remains on the downside this week for 1.1390 support first', 'next upside target is'
    r"\bbias\s(?:\w+\s){0,5}(?:on|to|towards?) the (?:(?P<up>upside)|downside)(?:,? (?:this week|today|at the moment|for now|first|"
    r"for the moment))?,?\s(?:for|targeting|towards?|to target|and targets?|with target at)\s"
    r"(?:(?:a |an |the |its )?(?:re-?test(?:ing)? (?:of )?)?(?:the )?)?[$€£~≈]?$",
    re.I,
)
_CALLED = re.compile(
    r"\b(?:path|line|way) of least resistance (?:still )?(?:leads|points|runs|is|goes|remains|lies|looks)\s(?:up|down|higher|lower|"
    r"toward)?[:,]?\s?(?:still )?(?:to|toward|towards)?\s?(?:the )?[$€£~≈]?\s?$|"
    r"\b(?:lean(?:s|ing)?|tilt(?:s|ed|ing)?|bias(?:ed)? (?:is|remains|stays)?|skew(?:s|ed)?|inclin(?:e|ed|es)|drift(?:s|ing)?|"
    r"grind(?:s|ing)?|"
    r"gravitat(?:e|es|ing)|edg(?:e|es|ing)|nudg(?:e|es|ing))\b[^.;\d]{0,40}\b(?:toward|towards|"
    r"in the direction of)\s(?:the )?[$€£~≈]?\s?$|"
    r"\b(?:upside|downside) (?:risk|potential|scope|room)s? (?:is |remains |seen )?(?:to|toward|"
    r"towards)\s(?:the\s)?[$€£~≈]?\s?$|"
    r"^\W*(?:so |but |and |still |then |next )?(?:look|looking|expect|expecting|aim|aiming|think|eyeing)(?: for|"
    r" to see)?(?: about| around)? "
    r"[$€£~≈]?$|"
    r"\b(?:we|i) (?:still |now |would )?(?:favou?r|prefer)\s[$€£~≈]?$|"
    r"\b(?:we|i|our desk|the desk|the house|our model|the model|the robot)(?:['’](?:m|re|d))? (?:still |now |also |would |"
    r"will |continue to |am |are )*"
    r"(?:look(?:s|ing)? for|expects?|targets?|targeting|eyes?|eyeing|aim(?:s|ing)? (?:for|at)|sees?|wants?|anticipates?|"
    r"forecasts?|projects?|pencil in)"
    r"\s(?:a |the )?[$€£~≈]?\s?$|"
    r"\b(?:draw(?: on liquidity)?|next stop|destination|objective|magnet)\s?(?:is|=|:|at|sits at|remains|"
    r"stays)\s?(?:the )?[$€£~≈]?\s?$|"
    r"\b(?:would|should|will|could|may|might|still)\stargets?\s(?:the\s)?[$€£~≈]?$|"
    r"\b(?:(?:next|initial|first|immediate|primary|measured) (?:up|down)?(?:side )?|(?:up|down)side )(?:target|objective|goal)\s"
    r"(?:is|remains|comes in|sits|lies|stands|would be|seen|now)\s(?:now |then |at |seen |near |around |in )*(?:the )?[$€£~≈]?$|"
    r"\b(?:an?|our|my|the) (?:[\w-]+ ){0,3}(?:price )?(?:target|objective) (?:of|at|near)\s[$€£~≈]?$|"
    r"\b(?:preferred|main|primary|likel(?:y|iest)|alternat(?:e|ive)|favou?red|expected) (?:route|path|road|course|move|outcome)\s"
    r"(?:is|remains|would be|leads? to|points? to)\s(?:a move to )?(?:the )?[$€£~≈]?$|"
    r"\b(?:measured (?:move|objective|target)|(?:next|initial|minimum) (?:up|down)?(?:side )?(?:target|"
    r"objective))\s?[:=]?\s[$€£~≈]?$|"
    r"\b(?:our|my|the desk['’]s|house) (?:[\w’'-]+ ){0,2}?(?:call|forecast|expectation|projection)\s?(?:is|remains|"
    r"stays)?\s?:?\s?(?:for |"
    r"a move to |at )?[$€£~≈]?\s?$",
    re.I,
)
_BEHIND = re.compile(  # 'a pullback to 6,700 cannot be ruled out'
    r"\s?(?:\([^)]{0,30}\)\s)?(?:(?:low|high|area|mark|level|zone|handle|region|line|figure|gap)\s)?(?:can(?:['’]t|not|"
    r" not) be (?:ruled out|excluded|discounted)|"
    r"(?:is|are|looks?|seems?|appears?|remains?|would be|should be|will be) (?:still |now |more |most |quite |very )?(?:likely|"
    r"probable|possible|expected|"
    r"due|overdue|in order|favou?red|preferred|on the cards|(?:my|our|the) (?:base case|view|call|bet|guess|main scenario|"
    r"preferred path)|realistic|a risk|natural))\b",
    re.I,
)
_IS_LEVEL = re.compile(
    r"^[^;]{0,60}\bas (?:(?:the|an?|our|my|key|next) ){0,2}(?:support|resistance|floor|ceiling|pivot)\b|"
    r"^[^.;\d]{0,30}\b(?:support|resistance|as a|level|cap|floor|ceiling|pivot|to hold|holding)\b",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:do(?:es)? not|don['’]t|doesn['’]t|no longer|never|hard to|wouldn['’]t|unlikely|average true|polls?|"
    r"survey(?:s|ed)?|readers|(?:bulls?|bears?)\b[^.;]{0,40}\bobjective)\b",
    re.I,
)
