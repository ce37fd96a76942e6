"""What is done at a price that makes it support or resistance though no word calls it so: it caps, it props up, dips are bought."""

from __future__ import annotations

import re

from levelhead.review.passages import Piece
from levelhead.review.said import LevelSide

_RISES = (
    r"rall(?:y|ies)|upside|topside|advances?|gains|bounces?|recover(?:y|ies)|bulls|strength|upticks?|moves? (?:higher|up)|"
    r"pushes|push higher|attempts? higher|up-?moves?|upmoves?|upward moves?|longs"
)
_FALLS = (
    r"dips?|declines?|downside|sell-?offs?|pull-?backs?|loss(?:es)?|bears|setbacks?|weakness|drops?|corrections?|slides?|"
    r"downticks?|"
    r"moves? (?:lower|down)|down-?moves?|downward moves?|retreats?|shorts|slumps?"
)
_ADVERBS = (
    r"(?:(?:has|have|had|been|being|is|are|was|were|that|also|again|twice|repeatedly|now|so far|kept|keeps?|gets?|getting|"
    r"continues? to|be|still|on|"
    r"seems? to|appears? to|should|several|occasions|always|reliably|nicely|firmly|well|has been|consistently)\s){0,4}"
)
_BUYERS = r"buyers|bulls|bids|demand|dip[- ]buyers|longs|bargain[- ]hunters|buying|value buyers|accumulat\w+"
_SELLERS = r"sellers|bears|offers|supply|shorts|profit[- ]tak\w+|selling|distribution"
_NAME = r"(?:\([^)]{0,40}\)\s?)?"
_ACTIVE = re.compile(
    r"[),]?\s?(?:(?:area|zone|level|region|mark|handle|figure|line|band|pocket|shelf|price)\s)?" + _NAME + r"(?:,?\s?which )?"
    + _ADVERBS + r"(?:(?P<cap>capp(?:ed|ing)|contain(?:ed|ing)?|reject(?:ed|ing)|"
    r"resist(?:ed|ing)|"
    r"turn(?:s|ed|ing) (?:\w+ ){0,2}(?:back|away)|repel(?:s|led|ling)|limit(?:ed|ing)|blocks? (?=\w)|blocked|thwart(?:s|ed|ing)|"
    r"stymie[sd]?|(?:stop|halt|limit|check|sink)(?:s|p?ed|p?ing)? (?:every |each |the |all |two |three |any |further )?(?:"
    + _RISES
    + r")|(?:pin|hold|keep|push|press)(?:s|n?ed|n?ing)?(?: (?!down|back|up)[\w/]+){0,2} (?:down|back)|held(?: [\w/]+){0,2} (?:down|"
    r"back)|"
    r"(?:keep|put)(?:s|ting|ping)? (?:a |the )?(?:lid|cap|ceiling) on|(?:keep|hold)(?:s|ing)? (?:the )?(?:bulls|buyers|"
    r"longs) (?:at "
    r"bay|in check|back|out)|(?:draw|attract|bring|brought|drew)(?:s|ed|ing)? (?:in |out |fresh |heavy |more |new )?(?:\w+ )?(?:"
    + _SELLERS
    + r"))"
    r"|(?P<hold>cushion(?:s|ed|ing)|"
    r"protect(?:s|ed|ing)? (?:the |our |its )?(?:immediate |near-term |short-term )?(?:downside|bulls|longs)|"
    r"caught|catch(?:es|ing)|arrest(?:s|ed|ing)|absorb(?:s|ed|ing)|"
    r"(?!stop[\s-]?loss)"
    r"(?:stop|halt|limit|check|stem|break|broke)(?:s|p?ed|p?ing)? (?:every |each |the |all |two |three |any |further )?(?:"
    + _FALLS
    + r"|fall)|underpin(?:s|ned|ning)|support(?:ed|ing)(?! by)|propp(?:ed|ing)|buoy(?:s|ed|ing)|shor(?:es|ed|ing) up|"
    r"(?:prop|hold|shor)(?:e?s|p?ed|p?ing)?(?: (?!up|down|back)[\w/]+){0,2} up|held(?: [\w/]+){0,2} up|"
    r"put(?:s|ting)? a floor under|(?:keep|hold)(?:s|ing)? (?:the )?(?:bears|sellers|shorts) (?:at bay|in check|back|out)|"
    r"(?:draw|attract|bring|brought|drew)(?:s|ed|ing)? (?:in |out |fresh |good |more |new )?(?:\w+ )?(?:" + _BUYERS + r")))\b",
    re.I,
)  # fmt: skip
_BOUGHT = re.compile(
    r"\s?(?:has|have|keeps?|is|continues? to|was|gets?|kept)\s(?:(?:been|be|being|getting|again|always|now)\s){0,3}"
    r"(?:(?P<hold>bought|bid|accumulated|defended by (?:the )?(?:bulls|buyers|longs))|(?P<cap>sold|faded|distributed|"
    r"offered(?! (?:good |some |strong |solid |firm |little )?(?:support|resistance))|"
    r"defended by (?:the )?(?:bears|sellers|shorts)))\b(?! off)",
    re.I,
)
_WHERE = re.compile(
    r"\s?" + _NAME + r",?\s?(?:(?:is|was|being|that[’']s|which is|still|also)\s){0,2}where\s(?:[\w’'-]+\s){0,4}?"
    r"(?:(?P<hold>" + _BUYERS + r"|catching|bidding|accumulating|bought|buys?)|(?P<cap>" + _SELLERS + r"|unloading|offering|"
    r"distributing|sold|sells?))\b",
    re.I,
)  # fmt: skip
_TO_BE_HELD = re.compile(
    r",?\s?(?:(?:is|was|remains)\s)?(?:the\s(?:\w+\s){0,2}(?:level|line|price|one|mark|zone|area|number|figure)\s(?:that\s|"
    r"which\s)?|"
    r"what\s|that\s|which\s)(?:the\s|\w+\s)?"
    r"(?:(?P<hold>bulls|buyers|longs)|(?P<cap>bears|sellers|shorts))\s(?:(?:have|has|had|must|need|needs|want|wants|will|would|"
    r"should|are|to|still|now|like|keep|trying|try|absolutely)\s){0,4}(?:defend|hold|protect|keep|save|guard|defending|"
    r"protecting)\b",
    re.I,
)
_PASSIVE = re.compile(
    r"\b(?:(?P<cap>" + _RISES + r")|(?P<hold>" + _FALLS + r"))\b(?P<gap>[^.;:\d,]{0,32}?)\s(?:capped|blocked|limited|contained|"
    r"stopped|halted|"
    r"checked|kept (?:at bay|in check|out|down|back)|sold(?: in)?|faded|bought(?: in)?|absorbed|protected|cushioned|caught|"
    r"arrested|turned (?:away|back)|rejected|repelled|thwarted|held (?:back|down|up|at bay|in check))\s?(?:again |twice |"
    r"repeatedly |"
    r"so far |well |nicely |lately )*"
    r"(?:by|at|near|around|into|to|in|on|from|toward|towards|just below|just above|just under|ahead of|in front of|before)\s"
    r"(?:the\s)?(?:about\s|around\s)?[~≈]?\s?(?:US)?[$€£]?$",
    re.I,
)  # fmt: skip
_TIMES = re.compile(
    r"\b(?:two|three|four|five|several|many|multiple|repeated|numerous|both|\d{1,2})\s(?:failed\s)?(?:(?P<cap>rejections|"
    r"failures|refusals|"
    r"failed (?:rall\w+|attempts?|tries))|(?P<hold>rescues|saves|successful defen[cs]es|rebounds))\s(?:at|near|from|around|"
    r"off)\s(?:the\s)?"
    r"[~≈]?\s?(?:US)?[$€£]?$",
    re.I,
)
_BARRED = re.compile(
    r"(?<!if it )(?<!that it )(?<!if they )(?<!unless it )(?<!when it )(?<!if price )(?<!if bulls )\b(?:cannot|can[’']t|"
    r"could(?:n[’']t| not)|unable to|has yet to|have yet to|won[’']t|keeps failing to)\s(?:seem to\s)?(?:get|"
    r"break|clear|push|climb|move|go|fall|sink|stay|hold|remain|sustain|trade|close|settle|advance)\s(?:back\s|"
    r"and hold\s)?(?:(?P<cap>above|over|past|beyond|north of|on top of)|"
    r"(?P<hold>below|under|beneath|south of|underneath))\s(?:the\s)?[~≈]?\s?(?:US)?[$€£]?$",
    re.I,
)
_MUST_HOLD = re.compile(
    r"\)?(?:\s(?:level|area|figure|line|zone|handle|mark|region|shelf|low|lows))?\s(?:really |absolutely |simply |"
    r"now )?(?:should|must|"
    r"needs? to|has to|have to|ought to)\s(?:really |now )?hold\b(?! (?:above|below|under|over|back|off|as))",
    re.I,
)
_BY_BEARS = re.compile(r"\b(?:bears|sellers|shorts|bearish|downtrend|rall(?:y|ies)|high|highs|resistance)\b[^.;]{0,40}$", re.I)
_AT_A_SIDE = re.compile(
    r"\s?(?:\([^)]{0,40}\)\s?)?(?:(?:on|to) the (?P<way>upside|topside|downside|way up|way down|up side|down side|north side|south "
    r"side|top side|bottom|top)\b|(?P<place>underneath|overhead|down below|below|above|up top|on top|upstairs|downstairs|"
    r"beneath|underfoot)(?=\s?[,;.)]|\s?$|\s(?:and|with|while|are|is|comes?|then)\b))",
    re.I,
)
_OF_LEVELS = re.compile(
    r"\b(?:levels?|watch\w*|key|zones?|lines?|areas?|marks?|numbers?|range|eye on|boundar\w+|important|matter)\b",
    re.I,
)
_TO_HOLD = re.compile(
    r"\b(?P<who>bulls|buyers|bears|sellers|longs|shorts)\b[^.;]{0,24}\b(?:see|keep|have|need|want|let)\b[^.;\d]{0,12}$",
    re.I,
)
_UPWARD = re.compile(r"^(?:up|highs)|\bup\b|top|above|overhead|north|higher", re.I)
_ACTS = re.compile(
    r"\b(?:break\w*|clos\w+|move\w*|targets?|would|could|will|should|if|open\w*|risk\w*|push\w*|rally|drop\w*|slide|fall\w*|"
    r"extend\w*|expos\w+|clear\w*|los\w+|above|below|touch\w*|reach\w*|hits?|hitting|tags?|tagg\w+|gets?|go(?:es)?|runs?|"
    r"through|scenario|chance|odds|probab\w+|bring\w*|expect|to|toward\w*|until|from|acceptance|trigger\w*|buy|sell|long|short|"
    r"stop)\b|%|→|->",
    re.I,
)


def says_what_happens(text: str) -> bool:
    """Whether words tell of a move or a condition rather than of where something lies."""
    return bool(_ACTS.search(text))


def points_up(word: str) -> bool:
    """Whether a word of direction or place is above: 'topside', 'overhead'."""
    return bool(_UPWARD.search(word))


def acted_on(piece: Piece, index: int) -> LevelSide:
    """'24,900 has capped every rally', '24,600 on the downside', 'bulls want to see 4,000 hold', 'dips are bought into 2,280'."""
    token = piece.tokens[index]
    before, after = piece.text[max(0, token.start - 120) : token.start], piece.text[token.end : token.end + 120]
    is_beyond = bool(re.search(r"\b(?:above|below|beneath|under|over|through|past|beyond)\s(?:the\s)?[$€£~≈]?\s?$", before, re.I))
    if (found := _MUST_HOLD.match(after)) and not is_beyond:
        return "resistance" if _BY_BEARS.search(before) else "support"
    for found in (_ACTIVE.match(after), None if is_beyond else _BOUGHT.match(after), _WHERE.match(after), _TO_BE_HELD.match(after)):
        if found:
            return "resistance" if found["cap"] else "support"
    if found := _PASSIVE.search(before) or _TIMES.search(before) or _BARRED.search(before):
        return "resistance" if found["cap"] else "support"
    if (
        (found := _AT_A_SIDE.match(after))
        and (_OF_LEVELS.search(piece.text) or _ON_BOTH.search(piece.text))
        and not _ACTS.search(_LISTED.sub("", before))
    ):
        return "resistance" if points_up(found["way"] or found["place"]) else "support"
    if (found := _TO_HOLD.search(before)) and re.match(r"\s(?:to )?(?:hold|survive|stand|remain|stay)\b", after):
        return "support" if found["who"].lower() in ("bulls", "buyers", "longs") else "resistance"
    return ""


_UP = r"(?:overhead|above|up top|on top|upstairs|topside|on the upside|to the upside|on the topside)"
_DOWN = r"(?:underneath|below|down below|beneath|underfoot|downstairs|on the downside|to the downside)"
_LISTED = re.compile(rf"[\d)kKmM]\s(?:{_UP}|{_DOWN})(?=\s?[,;]|\s(?:and|with|while)\b)", re.I)
# '305 and 312 up top, 296 and 284 down below': prices on both sides of the market
_ON_BOTH = re.compile(
    rf"[\d)kKmM]\s{_UP}(?:,|\s?;|\sand|\swith|\swhile)[^.;]{{0,12}}\s[~≈]?[$€£]?\d(?:[^.;]|\.\d){{0,60}}?[\d)kKmM]\s{_DOWN}\b|"
    rf"[\d)kKmM]\s{_DOWN}(?:,|\s?;|\sand|\swith|\swhile)[^.;]{{0,12}}\s[~≈]?[$€£]?\d(?:[^.;]|\.\d){{0,60}}?[\d)kKmM]\s{_UP}\b",
    re.I,
)
