"""Plain forecasts: a range that is expected to hold, a move that somebody looks for, without a condition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.conditions import LONGEST
from levelhead.review.passages import Piece
from levelhead.review.prices import Prices
from levelhead.review.said import SUPPOSED, WRITTEN, Direction, Money, ReadScenario

_EXPECTS = (
    r"(?:expect(?:ed|s|ing)?|assum(?:e|ed|es)|project(?:ed|s)?|forecast(?:s|ed)?|anticipat(?:e|ed|es|ing)|predict(?:ed|s)?|"
    r"view (?:is|remains|stays)|likely|probable|pric(?:es|ing|ed)(?: in)?|"
    r"impl(?:y|ies|ied)|"
    r"look(?:s|ing)? for|should|will|see(?:s|n)?|reckon|estimated|most likely)"
)
_RANGE = re.compile(
    rf"\b{_EXPECTS}\b[^.;]{{0,60}}\b(?:range|between|sideways|consolidat\w+|inside|within|band|rotat\w+|chop\w*|churn\w*|"
    rf"oscillat\w+)\b[^.;\d]{{0,30}}$|"
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
    r"think|are looking for)|(?:the )?(?:risk|danger|threat) is|"
    r"(?:rise|rally|gains?|advance|decline|fall|drop|weakness|strength|upside|downside|loss(?:es)?|recovery|rebound|move|"
    r"extension) "
    r"(?:should|could|would|may|might|will|is expected|is likely|is favou?red|is seen|looks likely)|(?:we|i) (?:think|"
    r"believe) (?:it|the \w+|price) (?:will|can|"
    r"should))\b[^.;\d]{0,60}"
    r"\b(?:to|toward|towards|into|of)\s(?:the\s)?[$€£~≈]?\s?$",
    re.I,
)


def forecast_in(piece: Piece, prices: Prices, horizon: int | None, lasts: Sequence[Money]) -> Iterator[ReadScenario]:
    """A range or a move that a sentence expects without a condition."""
    priced = [t for t in piece.tokens if prices.is_price(t) and t.quantity is not None]
    if not priced or len(piece.text) > LONGEST or _DENIED.search(piece.text):
        return
    token = priced[0]
    assert token.quantity is not None
    money, head, after = token.quantity.money, piece.text[: token.start], piece.text[token.end :]
    if len(priced) > 1 and _UP_TO.fullmatch(piece.text[token.end : priced[1].start]) and priced[1].quantity is not None:
        other = priced[1].quantity.money
        money, after = Money(low=min(money.low, other.low), high=max(money.high, other.high)), piece.text[priced[1].end :]
    if money.low < money.high and (
        _RANGE.search(head)
        or _CHOPS.search(head)
        or ((_CONTAINS.match(after) or _IS_RANGE.match(after)) and re.search(rf"\b{_EXPECTS}\b", piece.text, re.I))
    ):
        yield ReadScenario(direction="range", title=piece.text[:120], zone=money, sessions=horizon, span=piece.span(), sure=WRITTEN)
        return
    at = 0
    for token in priced:
        assert token.quantity is not None
        head, at, money = piece.text[at : token.start], token.end, token.quantity.money
        if biased := _BIAS_FOR.search(head):
            turn: Direction = "up" if biased["up"] else "down"
            yield ReadScenario(
                direction=turn, title=piece.text[:120], target=money, sessions=horizon, span=piece.span(token), sure=SUPPOSED
            )
            return
        is_called = bool(_CALLED.search(head))
        if is_called and _IS_LEVEL.match(piece.text[token.end :]):
            continue
        is_called = is_called or bool(_BEHIND.match(piece.text[token.end :]) and _MOVE_TO.search(head))
        if not (is_called or (len(priced) == 1 and _FORECAST.search(head))):
            continue
        near = [m for m in lasts if 1 / 1.8 < m.middle / money.middle < 1.8]
        way: Direction = "" if not near or near[0].middle == money.middle else "up" if money.middle > near[0].middle else "down"
        if way:
            yield ReadScenario(
                direction=way, title=piece.text[:120], target=money, sessions=horizon, span=piece.span(token), sure=SUPPOSED
            )


_BIAS_FOR = re.compile(  # 'initial bias remains on the downside this week for 1.1390 support first', 'next upside target is'
    r"\bbias\s(?:\w+\s){0,5}(?:on|to|towards?) the (?:(?P<up>upside)|downside)(?:,? (?:this week|today|at the moment|for now|first|"
    r"for the moment))?,?\s(?:for|targeting|towards?|to target|and targets?|with target at)\s"
    r"(?:(?:a |an |the |its )?(?:re-?test(?:ing)? (?:of )?)?(?:the )?)?[$€£~≈]?$",
    re.I,
)
_CALLED = re.compile(
    r"\b(?:path|line|way) of least resistance (?:still )?(?:leads|points|runs|is|goes|remains|lies|looks)\s(?:up|down|higher|lower|"
    r"toward)?\s?(?:still )?(?:to|toward|towards)?\s?(?:the )?[$€£~≈]?\s?$|"
    r"\b(?:lean(?:s|ing)?|tilt(?:s|ed|ing)?|bias(?:ed)? (?:is|remains|stays)?|skew(?:s|ed)?|inclin(?:e|ed|es)|drift(?:s|ing)?|"
    r"grind(?:s|ing)?|"
    r"gravitat(?:e|es|ing)|edg(?:e|es|ing)|nudg(?:e|es|ing))\b[^.;\d]{0,40}\b(?:toward|towards|"
    r"in the direction of)\s(?:the )?[$€£~≈]?\s?$|"
    r"\b(?:upside|downside) (?:risk|potential|scope|room)s? (?:is |remains |seen )?(?:to|toward|"
    r"towards)\s(?:the\s)?[$€£~≈]?\s?$|"
    r"\b(?:we|i) (?:still |now |would )?(?:favou?r|prefer)\s[$€£~≈]?$|"
    r"\b(?:we|i|our desk|the desk|the house|our model|the model|the robot)(?:['’](?:m|re|d))? (?:still |now |also |would |"
    r"will |continue to |am |are )*"
    r"(?:look(?:s|ing)? for|expects?|targets?|targeting|eyes?|eyeing|aim(?:s|ing)? (?:for|at)|sees?|wants?|anticipates?|"
    r"forecasts?|projects?|pencil in)"
    r"\s(?:a |the )?[$€£~≈]?\s?$|"
    r"\b(?:draw(?: on liquidity)?|next stop|destination|objective|magnet)\s?(?:is|=|:|at|sits at|remains|"
    r"stays)\s?(?:the )?[$€£~≈]?\s?$|"
    r"\b(?:our|my|the desk['’]s|house) (?:call|forecast|expectation|projection)\s?(?:is|remains|stays)?\s?:?\s?(?:for |"
    r"a move to |at )?[$€£~≈]?\s?$",
    re.I,
)
_BEHIND = re.compile(  # 'a pullback to 6,700 cannot be ruled out'
    r"\s?(?:\([^)]{0,30}\)\s)?(?:can(?:['’]t|not| not) be (?:ruled out|excluded|discounted)|"
    r"(?:is|looks|seems|remains|would be|should be) (?:still |now |more |most |quite |very )?(?:likely|probable|possible|expected|"
    r"due|overdue|in order|favou?red|preferred|on the cards|our (?:base case|view|call)|realistic|a risk|natural))\b",
    re.I,
)
_MOVE_TO = re.compile(
    r"\b(?:moves?|rally|rallies|advance|rise|run|push|bounce|rebound|recovery|squeeze|extension|breakout|pullback|drop|fall|slide|"
    r"decline|dip|retreat|correction|setback|return|trip|visit|re-?test|test|revisit|reversal|drift)\b[^.;:,\d]{0,30}\b"
    r"(?:to|towards?|into|of|at|back to)\s(?:the\s)?[$€£~≈]?$",
    re.I,
)
_IS_LEVEL = re.compile(r"^[^.;\d]{0,30}\b(?:support|resistance|as a|level|cap|floor|ceiling|pivot|to hold|holding)\b", re.I)
_DENIED = re.compile(r"\b(?:do(?:es)? not|don['’]t|doesn['’]t|no longer|never|hard to|wouldn['’]t|unlikely|average true)\b", re.I)
