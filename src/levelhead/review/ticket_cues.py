"""The words and signs of a trade ticket: what says entry, stop, target, a side, and that a trade is over."""

from __future__ import annotations

import re
from functools import lru_cache

from levelhead.review.dates import WEEKDAY

_CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "stop",
        re.compile(
            r"🚫|🛑|❌|⛔|✋|\b(?:protective (?:buy |sell )?stops?|(?<!buy )(?<!sell )(?<!buy-)(?<!sell-)stop(?:s|"
            r"ped)?(?:[- ]?loss(?:es)?|[- ]out)?(?! (?!los)[a-z]{2,}ing\b)"
            r"|stop[- ]?loss|s/?l|invalid\w*|cut[- ]?loss(?:es)?|loss[- ]cut|cut(?:ting)?(?: it| them| the loss)?(?= (?:at|"
            r"below|above|if|under|on))|"
            r"risk(?:ing)?(?: it| is| only| just| defined| limited)? (?:to|at|below|above|under|over|=|:)|"
            r"risk(?:ing)?(?: line| point| level| price)?(?=\s?[:=@]?\s?[$€£~≈]?\s?$)|"
            r"(?:pain|danger|failure|ejection|exit) (?:point|line|level|trigger)|throw(?:ing)? in the towel|ripcord|eject|give up|"
            r"walk away|wave the white flag|surrender|scratch(?: it)?(?= (?:at|below|above|under|over))|puke|tap out|"
            r"cut(?:ting)?(?: it| them| losses)?(?=\s?[:=@]?\s?[$€£~≈]?\s?$)|(?:out )?if wrong|safety(?: net| exit)?|"
            r"wrong(?=\s?[:=@]?\s?[$€£~≈]?\s?$)|"
            r"wrong (?:below|above|under|over|at|on|if)|"
            r"out (?:below|above|under|over|if|on a)|bail\w*|protect(?:ed|ion|ive)?(?: at| below| above)?|abandon\w*|"
            r"kill(?:ed)?(?= (?:at|below|above))|"
            r"(?:vs|versus|against)(?=\.?\s?[$€£~≈]?\s?$)|disaster|uncle(?: point)?|no good (?:below|above)|dead (?:below|"
            r"above))\b",
            re.I,
        ),
    ),
    (
        "target",
        re.compile(
            r"🎯|✅|💰|🏁|🥇|→|➡|➔|->|=>|\b(?:target(?:s|ed|ing)?|t/p|tps?\s?\d?|t\d|pt\s?\d?|take[- ]?profits?|tak(?:e|"
            r"ing) (?:half|some|"
            r"part|a third|the rest|it|them|"
            r"profits?|money|one|two)(?: off)?|profit[- ]taking|profits? (?:at|near|around|into|is|are)|objectives?|goals?|"
            r"aim(?:s|ing|ed)?|book(?:ing)?|take(?=\s?[$€£~≈]?\s?$)|"
            r"scal(?:e|ing) out|(?:the )?(?:rest|remainder|balance|runner|second half|other half|first half|"
            r"last third)(?: [a-z]+){0,2} (?:at|near|into|to|for|on)|look(?:ing)? (?:for|to|at)|"
            r"reward|eyeing|right (?:at|above|below)|(?:out )?if right|pay[- ]?(?:day|off|out)|prize|jackpot|finish line|"
            r"exit target|"
            r"profits?(?=\s?[:=@]?\s?[$€£~≈]?\s?$)|(?:first|second|third|final|last|next) (?:scale|exit|stop-off|tranche|piece|"
            r"half|third|unit|leg)|scales?(?: (?:out|off))?(?: at)?(?=\s?[:=@]?\s?[$€£~≈]?\s?$)|runners?|bank(?:ing)?(?: half|"
            r" some| a third)?|"
            r"cash(?:ing)? in|collect|harvest|bid to cover(?: at)?|offer to (?:close|exit)|(?:leave|hold|keep|let|run|"
            r"ride)(?:ing)? "
            r"(?:\d{1,3}\s?%|half|some|a third|the rest|it|the balance)(?: \w+){0,3}? (?:for|to|at|until|into)|"
            r"(?<![’'])t(?=\s?[:=@]\s?[$€£~≈]?\s?$)|upside objective|downside objective|destination|looking (?:for|to)|"
            r"(?:i|we) want|"
            r"take (?:it|them|this|that) (?:home|off)|"
            r"work(?:ing)? (?:it )?(?:to|toward)|play(?:ing)? for|for (?:a )?(?:move|run|push|trip|ride|"
            r"test)(?: back)?(?: to| of| into)|moon bag|"
            r"for(?=\s?[$€£~≈]?\s?$))(?!\w)",
            re.I,
        ),
    ),
    (
        "exit",
        re.compile(
            r"\b(?:(?:sell|cover|close|take)(?:ing)? (?:back |off )?(?:half|some|part|a third|one third|the (?:rest|balance|"
            r"remainder|other half|second half|runner))|"
            r"out|exit(?:ing|s)?|cover(?:ing|s|ed)?|clos(?:e|ing) (?:out|it|the trade|at)|off(?: at)?|let (?:it|"
            r"them) go)\b",
            re.I,
        ),
    ),
    (
        "entry",
        re.compile(
            r"📥|🟢|🔴|🔺|🔻|⬆|⬇|📈|📉|\b(?:entry|entries|enter(?:ing)?|"
            r"(?:buy(?:ing|s)?|sell(?:ing|s)?)(?![- ]side)|(?<!as )(?<!so )long(?! as\b)|short|(?:buy|sell)ers? (?:of|"
            r"on|here)|"
            r"(?:a|am|are|be|we|i|[’']re|[’']m) (?:buy|sell)ers?|"
            r"limit(?: order)?|initiat(?:e|ing)|establish(?:ing)?|open(?:ing|ed)? (?:a |longs?|shorts?)|(?:get|go|got|went|be|"
            r"stay) (?:long|short)|"
            r"scal(?:e|ing) in(?:to)?|leg(?:ging)? in(?:to)?|add(?:ing)?(?: at| near| on)|e(?=\s?[:=@]\s?[$€£~≈]?\s?$)|"
            r"in(?=\s?[:=@]\s?[$€£~≈]?\s?$)|"
            r"(?:our|my|an?|one|resting|work(?:ing|s)?|i|we|d|would|will|to) (?:bids?|offers?)|(?:bids?|offers?) (?:resting|"
            r"working)|(?:^|[.:;]\s?)(?:bids?|offers?)|"
            r"(?:buy|sell)ers['’]? (?:ticket|order|plan)|"
            r"accumulat\w*|fad(?:e|ing)|bought|sold|get in|in at|fill(?:ed|s)?|order|longs|shorts|purchas(?:e|es|ing)|"
            r"(?:accumulation|buying|selling|order) (?:range|zone|area)|trigger(?:ed|s)?|pick(?:ing)? up|"
            r"nibbl(?:e|ing)|snap(?:ping)? up|load(?:ing)? up|reload)\b|@",
            re.I,
        ),
    ),
)
LONG = re.compile(
    r"🟢|🔺|⬆|📈|\b(?:buy(?:ing|ers?)?(?![- ]side)|(?<!as )(?<!so )longs?(?![- ]?(?:er)?[- ]?(?:term|run|dated)| as\b)|"
    r"accumulat\w*|purchas\w+|bought|"
    r"bids?(?! to cover)|bto|"
    r"pick(?:ing)? up|nibbl(?:e|ing)|snap(?:ping)? up|load(?:ing)? up)\b|^\W*L\W*$",
    re.I,
)
SHORT = re.compile(
    r"🔴|🔻|⬇|📉|\b(?:sell(?:ing|ers?)?(?![- ]side)|shorts?(?![- ]?(?:er)?[- ]?(?:term|run|dated|cover\w*|squeeze))|fad(?:e|ing)|"
    r"sold|offers?(?! to (?:close|exit))|sto)\b|^\W*S\W*$",
    re.I,
)
IS_OVER = re.compile(
    r"\b(?:was|were|got|been|is now) (?:closed|stopped(?: out)?|exited|booked|filled and)|"
    r"\b(?:stopped|closed|exited|(?<!if )(?<!once )(?<!when )filled) at\b|\bnever filled|,\s(?:closed|stopped(?: out)?|exited|"
    r"covered)\s(?:at )?[$€£]?\d|"
    r"\block(?:ed|ing) in\b|\b(?:got|took|knocked|stopped|threw|shook) (?:me|us|it) out\b|"
    r"\btaken out for\b|\bfor a (?:loss|profit|gain) of\b|"
    rf"\blast {WEEKDAY}['’]?s? (?:trade|idea|call|signal|plan)|"
    r"\bclosed (?:at|for|out) (?:target|"
    r"a profit|a loss|our|the)|"
    r"\bhit (?:its|our|the|both|all) (?:targets?|stop)|\b(?:last (?:week|month)|yesterday)['’]?s? (?:trade|idea|call|"
    r"signal)|\blast (?:week|month)[!.]|"
    r"\bif only\b|\bhypothetical|\b(?:would|could|should|might)(?: not)?(?:['’]ve| have) (?:paid|made|worked|been|returned|"
    r"bought|sold|"
    r"shorted|lost)|\bhad (?:you|we|i|one|anyone) (?:\w+ )?(?:bought|sold|shorted|gone)|\bpaper[- ]trad|\bback-?test",
    re.I,
)


_MAY_SAY = re.compile(r"[A-Za-z@>]|[^\x00-\x7f]")  # a letter, an arrow or a sign


@lru_cache(maxsize=64)
def role_of_words(gap: str) -> str:
    """What the last cue of the words before a price says; of two that overlap the one that says more."""
    if not _MAY_SAY.search(gap):
        return ""
    if (said := gap.rstrip(" $€£").removesuffix("@")) != gap.rstrip(" $€£") and (role := role_of_words(said.rstrip())):
        return role  # 'SL @ 1.3090': the sign says at what price, the word what for
    best, what = (-1, -1), ""
    for role, pattern in _CUES:
        for found in pattern.finditer(gap):
            if found.end() > best[1] and not (found.start() >= best[0] and found.end() <= best[1]):
                best, what = found.span(), role
    return what


def side_of_words(text: str) -> str:
    """The side that the first word for one names, '' where none does."""
    text = re.sub(
        r"\b(?:buy|sell)[- ]?stops?\s(?=loss)|protective (?:buy|sell) stops?|sell(?:ing)? (?:half|some|the rest)",
        " ",
        text,
        flags=re.I,
    )
    found = sorted((m.start(), side) for side, p in (("long", LONG), ("short", SHORT)) if (m := p.search(text)))
    return found[0][1] if found else ""
