"""Which side a direction alone gives a list of bare prices: 'To the upside, watch 62.40 and 63.80'."""

from __future__ import annotations

import re

from levelhead.review.passages import Piece
from levelhead.review.said import LevelSide
from levelhead.review.side_acts import acted_on, points_up, says_what_happens

SOON = 40  # characters
_TO_ONE_SIDE = re.compile(
    r"^\W*(?:and |but |while |next(?: up)? |first |now |then |(?:key |next )?levels? |further out |beyond that )?(?:(?:on|to|"
    r"for)(?: the)? (?P<way1>upside|topside|downside|upper side|lower side|way up|way down|"
    r"north side|south side)|"
    r"(?:what(?:['’]s| is| lies| sits| stands) )?(?P<way2>upside|topside|downside|above|below|overhead|underneath|underfoot|"
    r"upstairs|downstairs|up top|upper(?: "
    r"levels)?|lower(?: levels)?|up|down|highs|lows|"
    r"higher up|lower down|further up|further down|on the way up|on the way down|north|south|beneath)(?: (?:here|that|it|there|"
    r"us|the market|the price|spot|price))?)(?:\s?[:,–—-]|\s*$|\s(?:watch|keep an eye on|note|"
    r"mind|we have|there is|there are|there[’']s|lie|lies|sit|sits|are|is|comes?|stands?|we note|we watch|the|levels?|i watch|"
    r"i have|i see|you[’']ll find|you find|you have|we[’']ve|we find|we see|look for|find))(?P<rest>[^.;]*)$",
    re.I,
)


# 'Above it, the 2,800 mark would come within reach': a target
IN_REACH = re.compile(
    r"\b(?:within reach|in(?:to)? (?:view|sight|play|focus)|(?:would|could|might|may|should|will) (?:then )?(?:come|"
    r"be (?:next|reached|tested|eyed|targeted)|open|target|attract|beckon|get|see|follow|turn to|look|aim|bring))\b",
    re.I,
)


def led_by(piece: Piece, index: int) -> LevelSide:
    """'To the upside, watch 62.40 and 63.80': which side the head of a list of bare prices names."""
    clause_start = max(piece.text.rfind(mark, 0, piece.tokens[index].start) for mark in (";", " | ")) + 1
    after = piece.text[piece.tokens[index].end :]
    if _THEN.match(after) or IN_REACH.search(after[:SOON]):
        return ""
    if said := acted_on(piece, index):
        return said
    return headed(piece.text[clause_start : piece.tokens[index].start])


def headed(text: str) -> LevelSide:
    """The side that the words before a list of prices name by a direction alone, '' where they name none or say what happens."""
    found = _TO_ONE_SIDE.match(text)
    if found is None or says_what_happens(found["rest"]):
        return ""
    if re.match(
        r"\W*(?:(?:and|but|while|then|now)\s)*(?:above|below|beneath|up|down|higher|lower|highs|lows|north|south)\s*[$~≈€£]?\s*$",
        text,
        re.I,
    ):
        return ""  # 'below 2,400' is a condition
    if _OF_WHERE_IT_IS.match(text):
        return ""
    return "resistance" if points_up(found["way1"] or found["way2"]) else "support"


# 'Above the 200-day line at 78.05': where the market is
_OF_WHERE_IT_IS = re.compile(
    r"\W*(?:above|below|beneath|underneath|under|over)\s(?:the|its|our|that)\s(?!market|price|spot|last|current|money|range)", re.I
)
_THEN = re.compile(r"\s?(?:→|->|\(?\d{1,2}\s?%|would|could|will|opens?|targets?|then look|brings?)", re.I)
