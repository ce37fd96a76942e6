"""How far the price lies from a high, a low, an average: 'down 19% since its high', '3.5% away from its ATH'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from levelhead.review.dates import MONTH, WEEKDAY
from levelhead.review.instruments import mentions
from levelhead.review.passages import Piece
from levelhead.review.said import WRITTEN, Indicator
from levelhead.review.tokens import Token

_AWAY = re.compile(
    r"\b(?:away|below|from|off|under|shy|short|beneath|to|of|above|over|down|higher|lower)\b[\w\s,’'()-]{0,40}?\b(?P<name>ATH|"
    r"all[- ]time high|record(?: high)?|52[- ]week high|52[- ]week low)",
    re.I,
)
# Behind a share, what leads to the average that the price lies so far from; of members and volumes it is no distance.
_FROM_AVERAGE = re.compile(
    r"\s(?:away\s(?:from|above|below)|above|below|over|under|beneath|north\sof|south\sof|off|from|shy\sof|ahead\sof|"
    r"higher\sthan|lower\sthan|clear\sof|stretched\s(?:above|below|from))\s(?:both\s)?(?:the\s|its\s|their\s)?"
    r"(?:rising\s|falling\s|declining\s|flat\s|key\s|simple\s|long-term\s|\w+ly\s){0,2}$",
    re.I,
)
_TO_AVERAGE = re.compile(
    r"\b(?:distance|gap|stretch|extension|premium|discount|room|deviation)\s(?:to|from|above|below|over|under|versus|vs\.?)\s"
    r"(?:the\s|its\s|price and (?:the\s)?)?$",
    re.I,
)
_IS = re.compile(r"\s?(?:\([^()]{1,20}\)\s?)?(?:[:=|]|is|at|of|now|currently|reads|\s)*\s?[~≈+−-]?\s?", re.I)
_OF_MEMBERS = re.compile(
    r"\b(?:members?|stocks|components|constituents|names|issues|shares|companies|coins|volume|turnover|breadth|of (?:them|the))\b",
    re.I,
)
_OFF_ITS_HIGH = re.compile(
    r"\s?(?:lower than|below|under|beneath|shy of|short of|off|down from|beneath) (?:the |its |their |that |last \w+[’']s |"
    r"\w+[’']s )?(?:all[- ]time (?:highs?|peak)|"
    r"record(?: highs?)?|ATH)",
    re.I,
)
_OFF_ITS_PRICE = re.compile(
    r"\s(?:below|under|beneath|shy of|off|down from) (?:the |its |their )?[$€£]?\d[\d.,]*\s(?:record|all-time high|ATH|"
    r"peak)\b",
    re.I,
)
_OFF_IT = re.compile(r"\s(?:off|below|under|beneath|down from)\s(?:it|that|there|that (?:high|peak|mark|record|level))\b", re.I)
_HIGH_BEFORE = re.compile(r"\b(?:all[- ]time (?:high|peak)|record(?: high)?|ATH)\b", re.I)
_DRAWDOWN = re.compile(
    r"(?:\b(?:corrected|slumped|slipped|tumbled|eased|plunged|pulled back|sunk|come off|backed off|retraced|down|drawdown|"
    r"decline|correction|drop|fall|fallen|lost|shed|off|pullback|dropped|declined|retreated|tumbled|slid|"
    r"sell-?off)\b[\w\s~,]{0,24})$",
    re.I,
)
_SINCE_HIGH = re.compile(
    r"^[\s,]*(?:\w+\s){0,4}?(?:since|from|off|below)\b[\w\s’',-]{0,30}\b(?:highs?|peak|top|record|"
    r"ATH)\b",
    re.I,
)
_DISTANCE_LABEL = re.compile(
    r"\b(?:distance|upside|room|way|gap)\s(?:left\s)?(?:to|from|below)\s(?:the\s|its\s)?(?P<name>ATH|all[- ]time high|"
    r"record(?: high)?|52[- ]?w(?:ee)?k?s?[- ]?(?:high|hi)|52[- ]?w(?:ee)?k?s?[- ]?(?:low|lo))"
    r"(?:\s?\([^()]{1,20}\))?\s?(?:[:=|]|is|at|of)\s?[~≈+−-]?\s?$",
    re.I,
)
_OF_A_TIME = re.compile(r"\b(?:days|weeks|months) ago\b")  # the high of then need not be the all-time one
_DRAWDOWN_LABEL = re.compile(
    r"\b(?:drawdown|(?:off|below|down from|distance from|decline from|correction from|pullback from) (?:the |its )?(?:highs?|"
    r"peak|top|ath|record|all-time high))"
    r"(?: (?:from|off|since) (?:(?:the |its )?(?:[\w-]+ )?(?:highs?|peak|top|ath|record)|it|that|"
    r"there))?(?:\s?\([^()]{1,16}\))?(?: (?:of|in|"
    r"for) (?:the )?[\w .&-]{1,30}?)?[\s.]*(?:now\s|currently\s)?(?:[:=|]|\b(?:is|at|of|now|stands at|sits at|measures|"
    r"amounts to|runs to|comes to|"
    r"equals|has reached|reaches|totals)\b)?[\s.]*(?:(?:now|about|around|roughly|currently|some|only|just)\s)?[~≈−-]?\s?$",
    re.I,
)

_OF_A_STRATEGY = re.compile(
    r"\b(?:max(?:imum|\.)?|worst|average|avg\.?|mean|typical|median|historical|peak-to-trough|account|equity|portfolio|strategy)\s"
    r"draw-?down|\b(?:back-?test\w*|win rate|winners|profit factor|sharpe|sortino|calmar)\b",
    re.I,
)


def distances_in(piece: Piece) -> Iterator[Indicator]:
    """'down 19% since its high', '3.5% away from breaking its ATH'."""
    for token in piece.tokens:
        if token.kind != "percent" or token.quantity is None:
            continue
        before, after = piece.text[max(0, token.start - 60) : token.start], piece.text[token.end : token.end + 90]
        about = bool(re.search(r"\b(?:about|around|roughly|some|nearly|almost|over|more than)\s(?:a\s)?$", before, re.I))
        value = replace(token.quantity.money, approximate=token.quantity.approximate or about)
        name = ""
        if (
            _OFF_ITS_HIGH.match(after)
            or _OFF_ITS_PRICE.match(after)
            or (_OFF_IT.match(after) and _HIGH_BEFORE.search(piece.text[: token.start]))
        ):
            name = "drawdown_pct"
        elif (found := _AWAY.match(after.lstrip())) and (found["name"].startswith("52") or not _DRAWDOWN.search(before)):
            name = _distance_name(found["name"])
        elif label := _DISTANCE_LABEL.search(before):
            name = _distance_name(label["name"])
            if re.search(r"[-−–]\s?$", before):
                value = replace(value, low=-value.high, high=-value.low)
        elif _DRAWDOWN_LABEL.search(before) and not _OF_A_STRATEGY.search(piece.text):
            name = "drawdown_pct"
        elif _DRAWDOWN.search(before) and (high := _SINCE_HIGH.match(after)):
            name = "" if _OF_A_TIME.search(after[: high.end() + 16]) or _is_of_a_period(high.group()) else "drawdown_pct"
        elif _LOST.search(before) and _SINCE_RECORD.search(piece.text[: token.start]):
            name = "drawdown_pct"
        else:
            name = _of_average(piece, token)
        if name and not (_is_not_of_now(_CLAUSE.split(before)[-1], after) or _is_of_others(piece.text[: token.start])):
            yield Indicator(
                name=name, value=value, words=(before + token.text + after).strip()[:160], span=piece.span(token), sure=WRITTEN
            )


# What a share is of, hoped for, feared or past: 'a rally of 20% would bring it to', 'came within 3% of'.
_CLAUSE = re.compile(r"[.;:]\s|,\s(?:and|but|while|so|yet)\s|\s(?:and|but|while)\s")
_NOT_NOW = re.compile(
    r"\b(?:would|could|should|might|may|must|if|needs?|until|unless|(?:came|got|went|come|get|traded) (?:to )?within|another|"
    r"(?:rally|rise|gain|jump|move|advance|bounce|drop|fall|loss|decline|slide) of|typically|usually|historically|averaged?)\b",
    re.I,
)
_WOULD = re.compile(r"[^.;,]{0,24}\b(?:would|could|should|might|before it|in (?:19|20)\d\d)\b", re.I)
_OF_A_PERIOD = re.compile(
    rf"\b(?:{MONTH}|{WEEKDAY}|spring|summer|autumn|winter|week|month|quarter|session|day|intraday|overnight|swing|recent|yesterday|"
    r"today|20[0-2]\d|year)(?:[’']s)?\s(?:[a-z]+\s)?(?:highs?|peak|top)\b",
    re.I,
)
_LOST = re.compile(
    r"\b(?:lost|shed|fallen|dropped|down|declined|given (?:up|back)|retreated|slid|off)\s(?:by\s|about\s|"
    r"some\s)?$",
    re.I,
)
_SINCE_RECORD = re.compile(r"\b(?:since|from)\s(?:the\s|its\s)?(?:all[- ]time high|record(?: high)?|ATH)\b", re.I)


def _is_of_a_period(words: str) -> bool:
    """'Monday's peak' and 'the September high' are no records, 'the May record high' is one."""
    return bool(_OF_A_PERIOD.search(words)) and not _HIGH_BEFORE.search(words)


def _is_not_of_now(before: str, after: str) -> bool:
    """Whether the words around a share speak of what would be, or was. before: those of its clause."""
    return bool(_NOT_NOW.search(before) or _WOULD.match(after))


# Who a clause is about, up to its verb; and the words for the market that a note is about.
_SUBJECT = re.compile(
    r"^\W*(?P<who>(?:[\w&’'/.-]+\s){1,5}?)(?:is|are|was|were|trades?|traded|trading|stands?|sits?|remains?|has|have|had|fell|"
    r"dropped|lost|"
    r"shed|closed|ended|finished|rose|hovers?|lies|runs|now|still|currently)\b",
    re.I,
)
_MARKET = re.compile(
    r"\b(?:index|market|price|prices|it|that|this|which|contract|futures?|we|they|stock|shares|pair|metal|coin|token|"
    r"currency|benchmark|"
    r"small[- ]caps?|large[- ]caps?|caps|bulls|bears|drawdown|distance|rsi|spot|cash|close|last|rally|decline|correction|pullback|"
    r"name|bond|note|etf|oil|gold|silver|crude|sell-?off|slide|value|current|latest|gap|share|there|what|loss|ath|high|"
    r"record|peak)\b",
    re.I,
)


def _is_of_others(before: str) -> bool:
    """Whether the words before a share are about no market that we know: 'SOX is', 'Regional banks are down'."""
    found = _SUBJECT.match(_CLAUSE.split(before)[-1])
    if found is None or _MARKET.search(found["who"]) or any(mentions(found["who"])):
        return False
    return bool(re.match(r"(?:the\s)?(?:[A-Z]|\w+\s\w)", found["who"]))


def _distance_name(words: str) -> str:
    lower = words.lower().replace("-", " ")
    if lower in ("ath", "all time high") or lower.startswith("record"):
        return "distance_to_all_time_high_pct"
    return "distance_to_high_52w_pct" if "hi" in lower else "distance_to_low_52w_pct"


def _of_average(piece: Piece, share: Token) -> str:
    """'9.2% above its 50-day average', 'distance to the 200-day: 3.1%': the name of the distance, '' where it is none."""
    if _OF_MEMBERS.search(piece.text[max(0, share.start - 60) : share.end + 40]):
        return ""
    for token in piece.tokens:
        if token.kind != "average" or len(token.names) != 1 or not _OF_DAYS.fullmatch(token.names[0]):
            continue
        if _FROM_AVERAGE.fullmatch(piece.text[share.end : token.start]):
            return f"distance_to_{token.names[0]}_pct"
        if (
            token.end <= share.start
            and _TO_AVERAGE.search(piece.text[: token.start])
            and _IS.fullmatch(piece.text[token.end : share.start])
        ):
            return f"distance_to_{token.names[0]}_pct"
    return ""


_OF_DAYS = re.compile(r"[se]ma_\d+")
