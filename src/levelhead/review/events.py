"""What follows from an event that is no price: 'if payrolls miss, 113-00; if they beat, 111-08', 'a truce would give us 43,000'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review import condition_words as words
from levelhead.review.condition_clauses import conditions_in
from levelhead.review.conditions import LONGEST, gap_before, is_past
from levelhead.review.passages import Piece
from levelhead.review.prices import Prices
from levelhead.review.roles import Use, is_called_level, uses_of
from levelhead.review.said import SUPPOSED, Direction, Money, ReadScenario
from levelhead.review.scenario_case import direction_of

MOST = 4
NEAR = 1.8
_IF = (
    r"(?:if|(?:(?<=^)|(?<=[.;:,(] )|(?<=and )|(?<=but )|(?<=or )|(?<=while ))should|"
    r"once(?=\s)|when|were|unless|assuming|provided|in case|in the event|until)"
)
_MAY = re.compile(rf"\b(?:{_IF}|would|could|might|may|can|will|argues?|otherwise|else)\b|['’](?:d|ll)\b", re.I)
_AHEAD = re.compile(rf"\b{_IF}\b[^.;]{{2,100}}(?:[,:–—]|\bthen\b)[^.;]{{0,60}}$", re.I)
_VERB = (
    r"(?:give|take|bring|send|push|drive|get|see|lead|mean|open|carry|lift|drag|put|knock|pull|hit|reach|test|trade|print|"
    r"fetch|spell|squeeze|return|"
    r"revisit|visit|deliver|go|move|run|rise|fall|drop|slide|rally|climb|extend|stretch|slip|sag|sink|jump|bounce|spike|head|"
    r"argue|target|aim|"
    r"look|be worth|work|make|tumble|surge|drift|retreat|recover|rebound|pop|soar|plunge|break|challenge|attack)"
)
_GAINS = re.compile(
    rf"(?:\b(?:would|could|might|may|can|should|will)|['’](?:d|ll))\b(?:\s\w+){{0,3}}?\s{_VERB}\b(?:\s[\w’'-]+){{0,5}}?\s?"
    r"(?:(?:a|an|the|to|at|for|towards?|into|back|of|around|near|about|up|down|as far as)\s?){0,3}[$€£~≈]?\s?$",
    re.I,
)
_NO_END = re.compile(r"^[^.;\d]{0,40}\b(?:support|resistance|pivot|floor|ceiling|as a level)\b", re.I)
_MONEY = re.compile(
    r"\b(?:account|deposits?|courses?|costs?|tickets?|subscription|per month|prize|salary|margin|fee|commission)\b", re.I
)
_BEHIND = re.compile(
    rf"\s?(?:\([^)]{{0,30}}\)\s)?(?:{_IF}|on an?)\b[^,;.]{{3,70}}(?:[,;.]|$)|"
    r"\s(?:can|could|may|might|would) be (?:had|seen|on|ours|reached|next)\b",
    re.I,
)
_ELLIPTIC = re.compile(
    r"\s?(?:\([^)]{0,40}\))?[,;:.]?\s?(?:(?:and|but|while|whereas|or)\s)?(?:a|an|the|no|more|less)?\s?[A-Za-z’' -]{3,50}?[,:]?\s?"
    r"(?:and )?[$€£~≈]?\s?",
    re.I,
)
_NOT = re.compile(r"\b(?:not|no|fails?|failing|otherwise|else)\b|n['’]t\b", re.I)
_LEVEL = re.compile(
    r"\b(?:again (?:at|near|around)|"
    r"(?:trouble|headwinds?|sellers|buyers|selling|buying|demand|supply|offers|bids) (?:at|near|around|in|between|from)|"
    r"supports?|resistances?|levels?|averages?|[se]ma|pivots?|stop(?:[- ]loss)?|entry|buy|sell|long|short|closed?|last|"
    r"settled|high|low|"
    r"traded|trading at|is at|stands at|was|were at|bought|sold)\b",
    re.I,
)


def told_by_events(
    piece: Piece, prices: Prices, horizon: int | None, marks: Sequence[Money], before: ReadScenario | None
) -> Iterator[ReadScenario]:
    """Every price that a sentence names as what an event leads to.

    marks: prices against which a target is up or down: the last ones, and the conditions told before. before: the way on of the
    sentence ahead, whose opposite 'if it doesn't' is.
    """
    if len(piece.text) > LONGEST or not _MAY.search(piece.text) or _MONEY.search(piece.text):
        return
    uses = [u for u in uses_of(piece, prices.is_price) if u.money not in marks]
    if not 1 <= len(uses) <= MOST or any(u.role in ("stop", "zone", "entry") or u.money.low < u.money.high for u in uses):
        return
    set_off = {c.use for c in conditions_in(piece.text, uses)}
    ends = [u for n, u in enumerate(uses) if n not in set_off and _is_end(piece.text, uses, n)]
    if not ends or is_past(piece.text, piece.text):
        return
    marks = [m for m in marks if all(u.money.middle != m.middle for u in ends)]
    for use in ends:
        way = _way(piece, uses, use, ends, marks, before)
        if way or not marks:
            yield ReadScenario(
                direction=way, title=piece.text[:120], target=use.money, sessions=horizon, span=piece.span(use.token), sure=SUPPOSED
            )


def _is_end(text: str, uses: Sequence[Use], n: int) -> bool:
    """Whether a price is where something leads: a condition or a 'would' stands ahead of it, an 'if' behind, or it follows one."""
    gap, after = gap_before(text, uses, n), text[uses[n].token.end :]
    if _LEVEL.search(gap[-40:]) or _NO_END.match(after) or is_called_level(uses[n]):
        return False
    if n and words.AT.search(gap) and words.AT.search(text[: uses[n - 1].token.start]):
        return False  # 'supports are seen at 7,410 and, should that give way, near 7,280'
    if words.BEHIND_UP.match(after) or words.BEHIND_DOWN.match(after) or words.BEHIND_EITHER.match(after):
        return False
    if _AHEAD.search(gap) or _GAINS.search(gap) or _BEHIND.match(after):
        return uses[n].role != "trigger" or bool(re.search(r"[,:]\s?(?:[\w’'-]+\s){0,8}?[$€£~≈]?$", gap))
    return n > 0 and bool(_ELLIPTIC.fullmatch(gap)) and _is_end(text, uses, n - 1)


def _way(
    piece: Piece, uses: Sequence[Use], use: Use, ends: Sequence[Use], marks: Sequence[Money], before: ReadScenario | None
) -> Direction:
    """Up or down: against the nearest mark, against the other end, or as the words say."""
    gap = gap_before(piece.text, uses, uses.index(use))
    near = next((m for m in marks if 1 / NEAR < m.middle / use.money.middle < NEAR), None)
    if near is not None:
        return "up" if use.money.middle > near.middle else "down"
    if stated := words.OF_IT.search(gap):
        return "up" if stated["up"] else "down"
    if before is not None and before.direction in ("up", "down") and len(ends) == 1 and _NOT.search(gap):
        return "down" if before.direction == "up" else "up"
    others = [u for u in ends if u is not use and u.money.middle != use.money.middle]
    if len(others) == 1:
        return "up" if use.money.middle > others[0].money.middle else "down"
    said = direction_of(gap) or ("" if marks else direction_of(piece.text[: use.token.start]))
    return said if said != "range" else ""
