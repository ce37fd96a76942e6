"""Ways on told as a condition and what follows from it, in either order: 'a loss of 2,190 opens 2,155', '68.50 unless 64.80 gives
way', 'if 2,225 breaks: 2,260', 'otherwise back to 128.60'; and plain forecasts of a move or a range."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from levelhead.review.passages import Piece
from levelhead.review.prices import Prices
from levelhead.review.roles import Use, uses_of
from levelhead.review.said import SUPPOSED, Direction, How, Money, ReadScenario

LONGEST = 500
_LEADS = (
    r"(?:\s(?:the|a|an|its|our|that|this|key|old|prior|index|pair|price|market|metal|future|points|line|level|mark|area|"
    r"zone|support|resistance|at|of|around|near|about|"
    r"\w+ly)){0,4}\s?[$€£~≈]?\s?"
)
_ABOVE = re.compile(
    r"(?:\b(?:above|over|beyond|past|north of|through|exceeds?|surpass(?:es|ing)?|clear(?:s|ing|ance of|ed)?|reclaim(?:s|"
    r"ing)?|regain(?:s|ing)?|"
    r"re-?tak(?:e|es|ing)|recaptur(?:e|es|ing)|tak(?:e|es|ing) out|hold(?:s|ing)?(?: of)?|defend(?:s|ing)?|break-?out (?:of|"
    r"above|from)|top(?:s|ping)|"
    r"acceptance (?:of|at))|>)" + _LEADS + "$",
    re.I,
)
_BELOW = re.compile(
    r"(?:\b(?:below|under|beneath|underneath|south of|los(?:e|es|ing|s of)|(?:unable|inability|not able) to (?:hold|clear|"
    r"reclaim|stay above)|(?:cannot|can['’]t|not) (?:hold|clear|reclaim)|fail(?:s|ure)? (?:at|to hold|to clear|of|near|"
    r"below)|crack(?:s|ing)?|"
    r"breakdown (?:of|below|from|through)|giv(?:e|es|ing) up|slips? (?:through|below)|rejection (?:at|from|near)|"
    r"surrender(?:s|ing)?)|<)" + _LEADS + "$",
    re.I,
)
_EITHER = re.compile(
    r"\b(?:break(?:s|ing)?(?: of| through)?|breach(?:es)?(?: of)?|violation of|pierc(?:e|es|ing)|through)" + _LEADS + "$", re.I
)
_BEHIND_UP = re.compile(
    r"\s?(?:\([^)]{0,30}\)\s?)?(?:(?:is|gets|were to be|are|can be) (?:cleared|reclaimed|regained|taken out|overcome|"
    r"exceeded|recaptured|surpassed|topped|defended)|"
    r"clears?|holds?|is held|(?:is|are)(?: not|n['’]t) (?:broken|lost|violated|breached|undercut)|stays? intact|"
    r"remains? intact|survives|continues to hold|can hold|keeps? holding)\b",
    re.I,
)
_BEHIND_DOWN = re.compile(
    r"\s?(?:\([^)]{0,30}\)\s?)?(?:gives? way|gives? out|fails?|cracks?|is lost|is (?:violated|undercut)|caves?|"
    r"does(?:n['’]t| not) hold|"
    r"caps|rejects?|folds|yields|drops out|buckles)\b",
    re.I,
)
_BEHIND_EITHER = re.compile(
    r"\s?(?:\([^)]{0,30}\)\s?)?(?:breaks|goes(?! to)|is (?:broken|breached|pierced)|gets broken|were to break)\b", re.I
)
_UNLESS = re.compile(r"\bunless\b[^.;]{0,60}$", re.I)
_GOES = re.compile(
    r"(?:→|->|=>|➔|➜|⇒|\b(?:targets?|targeting|to|toward|towards|into|until|opens?(?: up)?|opening|exposes?|exposing|for|"
    r"objective|aims?(?: at| for)?|"
    r"eyes?|eyeing|beckons|gets?(?: us| you)?|look(?:s|ing)?(?: for| at| to)?|expect(?:s|ed)?|invites?|allows?(?: for)?|"
    r"brings?(?: in)?|sets? up|"
    r"points?(?: at)?|reveals?|"
    r"unlocks?|signals?|implies|means|see(?:s|ing)?|puts?|threatens?|risks?|triggers?|suggests?|tests?|re-?tests?|"
    r"next(?: stop| is| up)?|then|"
    r"reach(?:es)?|hits?|we get|i want|magnet|draw|destination|at least|down|up|back|count down))\b"
    r"(?:\s(?:a|an|the|its|our|about|around|near|at|to|is|for|of|least|\w+ing|next|\w+ move|retest|test|rally|run|slide|"
    r"drop|rise|fall|push|leg|"
    r"return|path|door|way|window|room|space|focus|support|resistance|target|stop|level|area|zone|objective|magnet|up|down|"
    r"back|further|downside|upside|"
    r"first|deeper|quick|extension|pivot|high|low|hole|gap|toward|towards|into)){0,6}\s?[$€£~≈]?\s?$|(?:→|->|=>|➔|➜|"
    r"⇒)\s?[$€£~≈]?\s?$",
    re.I,
)
_SIGHT = re.compile(
    r"\s?(?:\([^)]{0,30}\)\s?)?(?:(?:comes?|is|are|swings?|moves?|gets?|would be|will be|should be|becomes?)\s(?:then |"
    r"back |likely |the |our |a |where )*(?:in(?:to)? "
    r"(?:view|play|focus|sight|range|reach|the frame|the picture)|next|draw|target|objective|magnet|goal|destination|"
    r"on the cards|on the table|exposed|"
    r"tested|reached|a run|doable|possible|likely|due|ours)|gets a (?:run|test|look|visit)|beckons|looms|awaits|follows|"
    r"(?:is )?next\b|in (?:sight|view|play|focus)|on deck)",
    re.I,
)
_ELSE = re.compile(
    r"\b(?:otherwise|or else|else|failing (?:that|which|this)|if not|if it does(?:n['’]t| not)|if that fails|if they do not)\b",
    re.I,
)
_PAST = re.compile(
    r"\b(?:led|sent|pushed|triggered|opened|fell|rose|rallied|broke|dropped|was|were|had|took|came|gave|ended|closed|"
    r"settled|hit|reached|"
    r"touched|bounced|reversed|slid|climbed|jumped|ran|went|turned|followed|brought|saw|failed|held|traded|yesterday|"
    r"last (?:week|month|year|time|night)|ago)\b",
    re.I,
)
_MODAL = re.compile(
    r"\b(?:would|could|should|may|might|will|can|if|unless|once|until|while|as long as|so long as|expect|look(?:s|ing)? for|"
    r"targets?|opens?|exposes?|"
    r"['’]ll|risk|likely|is|are|next|invites?|brings?|points?)\b|→|->|=>|:",
    re.I,
)
_WHILE = re.compile(r"\b(?:while|as long as|so long as|if|once|unless|until)\b", re.I)
_SMALL = re.compile(
    r"[\s,;:/&$€£~≈()–—-]*(?:(?:and|then|or|to|followed by|even|possibly|maybe|later|next)\s?){0,3}[\s$€£~≈(]*", re.I
)
_AND_IT_IS = re.compile(
    r"[^.;!?\d]{0,24}\b(?:and|then|so) (?:it['’]?s|it is|that['’]?s|we(?:['’]re| are| see| get| go(?: to)?)?|you (?:get|"
    r"have|see)|next (?:is|comes)|i (?:think|see|want|expect)|"
    r"price (?:is|goes) (?:at|to))\s?[$€£~≈]?\s?",
    re.I,
)
_COLON = re.compile(r"[^.;!?\d]{0,24}[:=,]\s?(?:then |we get |it is |that is |to )?[$€£~≈]?\s?$|\s[–—-]\s[$€£~≈]?$")
Role = Literal["up", "down", "either", "goes", "more", "else", ""]


@dataclass(frozen=True, slots=True)
class _Said:
    use: Use
    role: Role
    is_negated: bool = False


def told_by_condition(piece: Piece, prices: Prices, horizon: int | None) -> Iterator[ReadScenario]:
    """Every pair of a condition and what follows from it in a sentence."""
    if len(piece.text) > LONGEST:
        return
    uses = list(uses_of(piece, prices.is_price))
    if len(uses) < 2 or len(uses) > 8:
        return
    said = [_role(piece.text, uses, n) for n in range(len(uses))]
    conditions = [n for n, s in enumerate(said) if s.role in ("up", "down", "either")]
    taken: set[int] = set()
    for place, n in enumerate(conditions):
        stop = conditions[place + 1] if place + 1 < len(conditions) else len(said)
        if n in taken:
            continue
        trigger = said[n]
        semicolon = piece.text.find(";", trigger.use.token.end)
        stop = next((i for i in range(n + 1, stop) if 0 <= semicolon < uses[i].token.start), stop)
        behind = next((i for i in range(n + 1, stop) if said[i].role == "goes"), None)
        if behind is None:
            behind = next(
                (i for i in range(n + 1, min(stop, n + 2)) if _COLON.fullmatch(_gap(piece.text, uses, i)) and said[i].role == ""),
                None,
            )
        before = (
            next((i for i in range(n - 1, -1, -1) if said[i].role == "goes" and i not in taken), None) if behind is None else None
        )
        target = behind if behind is not None else before
        if target is None:
            continue
        way = _way(trigger, said[target].use.money)
        between = piece.text[
            min(trigger.use.token.end, said[target].use.token.end) : max(trigger.use.token.start, said[target].use.token.start)
        ]
        if not way or is_past(piece.text, between):
            continue
        taken |= {n, target}
        yield _scenario(piece, way, trigger.use, said[target].use, horizon)
        other = next((i for i in range(target + 1, len(said)) if said[i].role == "else"), None)
        if other is not None and other not in taken:
            taken.add(other)
            opposite: Direction = "down" if way == "up" else "up"
            if (said[other].use.money.middle > trigger.use.money.middle) == (opposite == "up"):
                yield _scenario(piece, opposite, trigger.use, said[other].use, horizon)
    if taken and len(uses) > max(taken) + 1:
        left = [uses[min(taken)], *uses[max(taken) + 1 :]]  # 'but rejection there would ...'
        yield from _told_of_it(piece, left, horizon)


_PRONOUN = re.compile(
    r"\b(?:if|once|should|when|unless)\b|^\W*(?:yes|no)\b[^.;]{0,40}(?:→|->|=>|:)|"
    r"\b(?:below|above|under|over|beyond|through|beneath|losing|clearing) (?:it|that|this|there|which|here)\b|"
    r"\b(?:hold(?:s|ing)?|lose(?:s)?|clear(?:s)?|reclaim(?:s)?|crack(?:s)?) (?:it|that|this)\b|"
    r"^\W*(?:falls|fails|breaks|holds|clears|stays) (?:it|this|that)\b",
    re.I,
)


def told_by_event(piece: Piece, prices: Prices, horizon: int | None, lasts: Sequence[Money]) -> Iterator[ReadScenario]:
    """What follows from a condition that is no price of the sentence: 'below that, 2,155', 'if they cut, 0.6760, else 0.6620'."""
    if len(piece.text) > LONGEST or not _PRONOUN.search(piece.text):
        return
    if any("side" in t.says for t in piece.tokens[:6]) and not any("event" in t.says or "target" in t.says for t in piece.tokens):
        return  # 'support around 6,540, below that the 6,480 area' lists levels
    uses = list(uses_of(piece, prices.is_price))
    if not 1 <= len(uses) <= 3:
        return
    said = [_role(piece.text, uses, n) for n in range(len(uses))]
    named = list(_told_of_it(piece, uses, horizon))
    if named:
        yield from named
        return
    if len(said) == 1 and said[0].role in ("", "else") and _IF_SO.match(piece.text[: uses[0].token.start]):
        said = [_Said(uses[0], "goes")]
    if any(s.role not in ("goes", "else", "more") for s in said) or said[0].role != "goes" or is_past(piece.text, piece.text):
        return
    for one in said:
        near = next((m for m in lasts if 1 / 1.8 < m.middle / one.use.money.middle < 1.8), None)
        if near is None and [s.role for s in said] == ["goes", "else"]:
            near = Money(low=sum(s.use.money.middle for s in said) / 2, high=sum(s.use.money.middle for s in said) / 2)
        if one.role == "more" or near is None or near.middle == one.use.money.middle:
            continue
        way: Direction = "up" if one.use.money.middle > near.middle else "down"
        yield ReadScenario(
            direction=way,
            title=piece.text[:120],
            target=one.use.money,
            sessions=horizon,
            span=piece.span(one.use.token),
            sure=SUPPOSED,
        )


_OF_IT = re.compile(
    r"\b(?:(?P<up>hold(?:s|ing)?|clear(?:s|ing)?|reclaim(?:s|ing)?|(?:back |stay(?:s|ing)? |close )?(?:above|over)|stay(?:s|"
    r"ing)? above)|"
    r"(?P<down>los(?:e|es|ing)|(?:back |close )?(?:below|under|beneath)|crack(?:s|ing)?|fail(?:s|ing)? at|rejection(?: at)?|"
    r"failure(?: at)?))\s(?:it|that|"
    r"there|this)\b",
    re.I,
)


def _told_of_it(piece: Piece, uses: Sequence[Use], horizon: int | None) -> Iterator[ReadScenario]:
    """'Key is 171.20: hold it and 173.50 is on; lose it and 169.80 follows'."""
    for n in range(1, len(uses)):
        gap = _gap(piece.text, uses, n)
        found = _OF_IT.search(gap)
        if found is None or _LEVELS.search(gap):
            continue
        way: Direction = "up" if found["up"] else "down"
        if (uses[n].money.middle > uses[0].money.middle) == (way == "up"):
            yield _scenario(piece, way, uses[0], uses[n], horizon)


def is_past(sentence: str, between: str) -> bool:
    """Whether what stands between two prices was, and nothing in the sentence speaks of what may be."""
    return bool(_PAST.search(between)) and not _MODAL.search(sentence)


def _gap(text: str, uses: Sequence[Use], n: int) -> str:
    return text[uses[n - 1].token.end if n else 0 : uses[n].token.start]


def _follows(text: str, use: Use, gap: str, *, is_first: bool) -> bool:
    """Whether the words before a price say that price goes there."""
    if not is_first and _TARGET_IS.fullmatch(gap) and _TARGET.search(text[: use.token.start]):
        return True
    if re.search(r"[:=]\s?[$€£~≈]?\s?$", gap):
        return False
    return use.role == "target" or bool(_AND_IT_IS.fullmatch(gap) or _GOES.search(gap[-90:]))


def _is_other(use: Use, gap: str) -> bool:
    """Whether a price is a stop, an entry, a bound or a level, and so neither a condition nor what follows."""
    if use.role in ("stop", "zone") or (use.role == "entry" and not _WHILE.search(gap)):
        return True
    return use.role != "target" and bool(_IS_LEVEL.search(gap))


def _role(text: str, uses: Sequence[Use], n: int) -> _Said:
    use = uses[n]
    gap, after = _gap(text, uses, n), text[use.token.end : use.token.end + 60]
    if _is_other(use, gap):
        return _Said(use, "")
    negated = bool(_UNLESS.search(gap))
    if _ELSE.search(gap):
        return _Said(use, "else")
    if n and _SMALL.fullmatch(gap) and not _BEHIND_UP.match(after) and not _BEHIND_DOWN.match(after):
        return _Said(use, _after_separator(text, gap))
    if _SIGHT.match(after):
        return _Said(use, "goes")
    for role, behind in (("up", _BEHIND_UP), ("down", _BEHIND_DOWN), ("either", _BEHIND_EITHER)):
        if behind.match(after) and re.search(
            r"\b(?:if|unless|once|should|when|while|as long as|so long as|until|provided|assuming)\b|^\W*$", gap, re.I
        ):
            return _Said(use, role, negated)  # type: ignore[arg-type]
    for role, ahead in (("down", _BELOW), ("up", _ABOVE), ("either", _EITHER)):
        if ahead.search(gap[-90:]):
            return _Said(use, role, negated)  # type: ignore[arg-type]
    if _follows(text, use, gap, is_first=n == 0):
        return _Said(use, "goes")
    if re.search(r"(?:[:=]|→|->|=>)\s?[$€£~≈]?\s?$", gap):
        return _Said(use, "")
    if use.role == "trigger":
        return _Said(use, "up" if use.beyond == "above" else "down" if use.beyond == "below" else "either", negated)
    return _Said(use, "")


_TARGET_IS = re.compile(r"\s(?:is|=|at|would be)\s[$€£~≈]?\s?")
_TARGET = re.compile(r"\b(?:targets?|objectives?|goals?|projections?)\b", re.I)
_IF_SO = re.compile(
    r"^\W*(?:(?:if|should|once|when)\b[^.;\d]{2,50}[,:]|(?:yes|no|else|otherwise)\b[^.;\d]{0,50}"
    r"(?:[,:]|→|->|=>))\s?(?:then |it['’]s |we get )?[$€£~≈]?\s?$",
    re.I,
)
_IS_LEVEL = re.compile(
    r"\b(?:supports?|resistances?|defen[cs]e|floors?|ceilings?|supply|demand|hurdles?|barriers?)\s(?:\w+\s){0,2}?(?:is|are|"
    r"at|lies|sits|comes|stands|waits|"
    r"near|around|of)\s(?:at |in at |around |near |only |then |next )?[$€£~≈]?\s?$",
    re.I,
)
_LEVELS = re.compile(r"\b(?:supports?|resistances?|defen[cs]e|floors?|ceilings?|supply|demand|levels?|hurdles?|res|sup)\b", re.I)


def _after_separator(text: str, gap: str) -> Role:
    """What a price is that follows another behind a mark or a small word: where it leads, one more, or open."""
    if re.search(r"\bthen\b", gap):
        return "more" if _LEVELS.search(text) else "goes"
    is_colon = ":" in gap or ("," in gap and not re.search(r"\b(?:and|or)\b|/", gap))
    return "" if is_colon else "more"


def _way(trigger: _Said, target: Money) -> Direction:
    """Up or down by where the target lies from the trigger, '' where that goes against the condition."""
    if target.middle == trigger.use.money.middle:
        return ""
    way: Direction = "up" if target.middle > trigger.use.money.middle else "down"
    if trigger.is_negated or trigger.role == "either" or trigger.role == way:
        return way
    return ""


def _scenario(piece: Piece, way: Direction, trigger: Use, target: Use, horizon: int | None) -> ReadScenario:
    first, last = sorted((trigger.token, target.token), key=lambda t: t.start)
    how: How = trigger.how
    return ReadScenario(
        direction=way,
        title=piece.text[first.start : last.end][:120],
        trigger=trigger.money,
        trigger_how=how,
        target=target.money,
        sessions=horizon,
        span=piece.span(first, last),
        sure=SUPPOSED,
    )
