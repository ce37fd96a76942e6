"""How far the price lies from a high, a low, an average: 'down 19% since its high', '3.5% away from its ATH'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

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
    r"(?:\b(?:down|drawdown|decline|correction|drop|fall|fallen|lost|shed|off|pullback|dropped|declined|retreated|tumbled|slid|"
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
    r"record(?: high)?|52[- ]week high|52[- ]week low)"
    r"(?:\s?\([^()]{1,20}\))?\s?(?:[:=|]|is|at|of)\s?[~≈+−-]?\s?$",
    re.I,
)
_OF_A_TIME = re.compile(r"\b(?:days|weeks|months) ago\b")  # the high of then need not be the all-time one
_DRAWDOWN_LABEL = re.compile(
    r"\b(?:drawdown|(?:off|below|down from|distance from|decline from|correction from|pullback from) (?:the |its )?(?:highs?|"
    r"peak|top|ath|record|all-time high))"
    r"(?: (?:from|off|since) (?:(?:the |its )?(?:[\w-]+ )?(?:highs?|peak|top|ath|record)|it|that|there))?(?: (?:of|in|"
    r"for) (?:the )?[\w .&-]{1,30}?)?[\s.]*(?:[:=|]|\b(?:is|at|of|now|stands at|sits at|measures|amounts to|runs to|comes to|"
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
        elif _DRAWDOWN_LABEL.search(before) and not _OF_A_STRATEGY.search(piece.text):
            name = "drawdown_pct"
        elif _DRAWDOWN.search(before) and (high := _SINCE_HIGH.match(after)):
            name = "" if _OF_A_TIME.search(after[: high.end() + 16]) else "drawdown_pct"
        else:
            name = _of_average(piece, token)
        if name:
            yield Indicator(
                name=name, value=value, words=(before + token.text + after).strip()[:160], span=piece.span(token), sure=WRITTEN
            )


def _is_off_its_high(before: str, after: str) -> bool:
    """Whether the words behind a share say that the price lies below its record: 'off its high', '37% beneath its 4,953 record'."""
    if _OFF_ITS_HIGH.match(after) or _OFF_ITS_PRICE.match(after):
        return True
    return bool(_OFF_IT.match(after) and _HIGH_BEFORE.search(before))


def _distance_name(words: str) -> str:
    lower = words.lower().replace("-", " ")
    if lower in ("ath", "all time high") or lower.startswith("record"):
        return "distance_to_all_time_high_pct"
    return "distance_to_high_52w_pct" if "high" in lower else "distance_to_low_52w_pct"


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
