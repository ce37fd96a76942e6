"""'Bullish above 2,450, bearish below 2,380, neutral between': each side with the price where it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.condition_words import PAST
from levelhead.review.passages import Piece
from levelhead.review.roles import Use
from levelhead.review.said import SUPPOSED, WRITTEN, ReadScenario
from levelhead.review.text import Span

_BULL_BEAR = re.compile(
    r"\b(?P<way>bull(?:ish|s)?|bear(?:ish|s)?|long(?:s)?|short(?:s)?|upside|downside|positive|negative|"
    r"constructive)\b(?! (?:ways?|time|term|list))"
    r"(?P<gap>[\w\s:,'’-]{0,32}?)(?:\b(?P<side>above|below|over|under)\b|(?P<sign>(?<![=–—-])(?<!\d )[<>]))",
    re.I,
)
_PRONOUN = re.compile(r"\s(?:which|that|it|there|this)\b", re.I)
_AS_PLACE = re.compile(r"\b(?:on|to) the (?:up|down)side$", re.I)  # 'On the upside, above 1.1655 ...'
_IS_SO = re.compile(
    r"\b(?:as|because|since|given that|with) (?:the |its )?(?!long\b)\w+ (?:\w+ )?$", re.I
)  # 'as the price holds above'
# 'the bulls ran out of breath just above', 'cues positive, Comex silver hold above': of what was, or of something else
_IS_TOLD = re.compile(
    rf"{PAST.pattern}|\bout of\b|,\s(?!(?:(?:as|so) long as|while|if|once|when|with|but|and|only|hold\w*|stay\w*|trading|on|a|"
    rf"price|it|"
    r"we)\b)\w+\s\w+",
    re.I,
)
_NO_TARGET = re.compile(
    r"\b(?:supports?|resistances?|stops?|levels?|averages?|[se]ma|last|spot|close[ds]?|now|pivots?|invalid\w*|wrong|risk|"
    r"entry|from|highs?|lows?|until)\b",
    re.I,
)
_NEUTRAL = re.compile(
    r"\b(?:neutral|range(?:[- ]?bound)?|sideways|flat|no trade|chop(?:py)?|balanced?|stuck|contained|consolidat\w+|rotation\w*|"
    r"two-way|"
    r"muddle|nothing)\b[^.;\d]{0,40}?$",
    re.I,
)
_OF_ELSE = re.compile(r"\b(?:support|resistance|gap|average|from|is|was|since|last|past|previous|prior|overnight|opening)\b", re.I)
# 'The range of 1,444 to 1,715 since September, 123 sessions wide, was left downwards'
_IS_LEFT = re.compile(
    r"[^.;]{0,60}(?:\.\d[^.;]{0,30})?\b(?:was|were|has been|is now|got) (?:left|broken|lost|resolved|over|gone)\b", re.I
)
# a range that has been: 'Overnight range 2,476–2,489', '52-week range', 'Monday's range'
_HAS_BEEN = re.compile(
    r"\b(?:(?:today|yesterday|(?:mon|tues|wednes|thurs|fri)day|(?:prior|previous|last|past) (?:day|week|month|session|year)|day|"
    r"session|week|month|year)(?:['’]s)?|52[- ]?w(?:ee)?k|intraday|overnight|opening|asian?|european?|london|globex|pre-?market|"
    r"initial balance|high[-/ ]low|traded|actual|\d{1,3}-(?:day|week|month|session))\s$",
    re.I,
)
_BEYOND = re.compile(r"\b(?:above|below|over|under|beneath|beyond|outside)\W*$", re.I)


def is_two_sided(text: str) -> bool:
    """Whether a text gives a side with a price where it begins: 'long bias over 2,395'."""
    return bool(_BULL_BEAR.search(text))


def bull_bear(piece: Piece, uses: Sequence[Use], horizon: int | None) -> Iterator[ReadScenario]:
    """'Bullish above X, bearish below Y': each way with the price where it begins, and the one that it leads to."""
    starts = list(_BULL_BEAR.finditer(piece.text))
    for n, found in enumerate(starts):
        end = starts[n + 1].start() if n + 1 < len(starts) else len(piece.text)
        own = [u for u in uses if found.end() <= u.token.start < end]
        is_up = re.match(r"bull|long|upside|positive|constr", found["way"], re.I) is not None
        if (
            not own
            or own[0].token.start - found.end() > 24
            or _PRONOUN.match(piece.text[found.end() :])
            or _AS_PLACE.search(piece.text[: found.end("way")])
            or _IS_SO.search(found["gap"])
            or _IS_TOLD.search(found["gap"])
            or is_up != ((found["side"] or found["sign"]).lower() in ("above", "over", ">"))
        ):
            continue
        target = next((u for u in own[1:] if u.role == "target" or _is_beyond(piece, own[0], u, is_up=is_up)), None)
        yield ReadScenario(
            direction="up" if is_up else "down",
            title=piece.text[found.start() : own[0].token.end].strip(),
            trigger=own[0].money,
            trigger_how=own[0].how,
            target=target.money if target else None,
            sessions=horizon,
            span=Span(start=piece.start + found.start(), end=piece.start + end),
            sure=WRITTEN,
        )


def _is_beyond(piece: Piece, trigger: Use, use: Use, *, is_up: bool) -> bool:
    """Whether a price further on in the sentence lies where the way leads, and no word makes it something else."""
    gap = piece.text[trigger.token.end : use.token.start]
    if use.role in ("stop", "zone", "entry") or len(gap) > 60 or _NO_TARGET.search(gap):
        return False
    return (use.money.middle > trigger.money.middle) == is_up and use.money.middle != trigger.money.middle


def neutral(piece: Piece, uses: Sequence[Use], horizon: int | None) -> Iterator[ReadScenario]:
    """'Neutral between 64.80 and 66.50'."""
    for use in uses:
        before = piece.text[: use.token.start]
        if use.money.low < use.money.high and use.role in ("zone", "", "trigger") and (found := _NEUTRAL.search(before)):
            if _OF_ELSE.search(found.group()) and not re.match("neutral", found.group(), re.I):
                continue
            if _IS_LEFT.match(piece.text[use.token.end :]) or _HAS_BEEN.search(piece.text, 0, found.start()):
                continue
            if _BEYOND.search(found.group()):
                continue  # 'consolidates above 2,050-2,100': outside of it
            span = Span(start=piece.start + found.start(), end=piece.start + use.token.end)
            yield ReadScenario(
                direction="range",
                title=piece.text[found.start() : use.token.end],
                zone=use.money,
                sessions=horizon,
                span=span,
                sure=SUPPOSED,
            )
            return
