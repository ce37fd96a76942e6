"""Ways on told as a condition and what follows from it, in either order: 'a loss of 2,190 opens 2,155', '68.50 unless 64.80 gives
way', 'if 2,225 breaks: 2,260', 'otherwise back to 128.60'; and plain forecasts of a move or a range."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from levelhead.review import condition_words as words
from levelhead.review.clause_words import LABELLED
from levelhead.review.passages import Piece
from levelhead.review.prices import Prices
from levelhead.review.roles import Use, is_called_level, uses_of
from levelhead.review.said import SUPPOSED, Direction, How, Money, ReadScenario

LONGEST = 500
FARTHEST = 1.8  # a condition and what follows from it are no farther apart
NEAR = 40  # characters behind a price
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
                (i for i in range(n + 1, min(stop, n + 2)) if _answers(piece.text, uses, n, i) and said[i].role == ""),
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


def _answers(text: str, uses: Sequence[Use], n: int, i: int) -> bool:
    """Whether a price stands behind a condition as its answer: 'through 2,225: 2,260'; no more than a comma where nothing in the
    condition's own words says how it is crossed, as in a list."""
    gap, own = gap_before(text, uses, i), gap_before(text, uses, n)
    if not words.COLON.fullmatch(gap) or is_called_level(uses[i]):
        return False
    is_crossed = any(p.search(own) for p in (words.ABOVE, words.BELOW, words.EITHER, words.NOT_BELOW))
    return is_crossed or bool(_IF.search(own) or gap.strip(" $€£~≈") != ",")


_IF = re.compile(r"\b(?:if|once|should|when|unless|close|break|lose|loss|hold|holds)\b", re.I)


def told_by_event(piece: Piece, prices: Prices, horizon: int | None, lasts: Sequence[Money]) -> Iterator[ReadScenario]:
    """What follows from a condition that is no price of the sentence: 'below that, 2,155', 'if they cut, 0.6760, else 0.6620'."""
    if len(piece.text) > LONGEST or not words.PRONOUN.search(piece.text):
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
    if len(said) == 1 and said[0].role in ("", "else") and words.IF_SO.match(piece.text[: uses[0].token.start]):
        said = [_Said(uses[0], "goes")]
    if (
        any(s.role not in ("goes", "else", "more") or is_called_level(s.use) for s in said)
        or said[0].role != "goes"
        or is_past(piece.text, piece.text)
    ):
        return
    stands = [s.use.money for s in said]
    stated = words.OF_IT.search(piece.text[: uses[0].token.start])
    for one in said:
        near = next((m for m in lasts if 1 / 1.8 < m.middle / one.use.money.middle < 1.8 and m not in stands), None)
        if near is None and [s.role for s in said] == ["goes", "else"]:
            near = Money(low=sum(s.use.money.middle for s in said) / 2, high=sum(s.use.money.middle for s in said) / 2)
        if one.role == "more":
            continue
        way: Direction = "" if near is None else "up" if one.use.money.middle > near.middle else "down"
        if stated is not None and one is said[0]:
            way = "up" if stated["up"] else "down"
        if not way or (near is not None and near.middle == one.use.money.middle):
            continue
        yield ReadScenario(
            direction=way,
            title=piece.text[:120],
            target=one.use.money,
            sessions=horizon,
            span=piece.span(one.use.token),
            sure=SUPPOSED,
        )


def _told_of_it(piece: Piece, uses: Sequence[Use], horizon: int | None) -> Iterator[ReadScenario]:
    """'Key is 171.20: hold it and 173.50 is on; lose it and 169.80 follows'."""
    for n in range(1, len(uses)):
        gap = gap_before(piece.text, uses, n)
        found = words.OF_IT.search(gap)
        if found is None or words.LEVELS.search(gap[found.end() :]):
            continue
        is_list = _PLACE.fullmatch(found.group()) and words.LEVELS.search(piece.text[: uses[n - 1].token.end + found.end()])
        if is_list and not words.MODAL.search(gap[found.end() :] + piece.text[uses[n].token.end :][:NEAR]):
            continue  # 'is the nearest support, under it 21,800'
        way: Direction = "up" if found["up"] else "down"
        if (uses[n].money.middle > uses[0].money.middle) == (way == "up"):
            yield _scenario(piece, way, uses[0], uses[n], horizon)


_PLACE = re.compile(r"(?:back )?(?:above|over|below|under|beneath)\s.+", re.I)


def is_past(sentence: str, between: str) -> bool:
    """Whether what stands between two prices was, and nothing in the sentence speaks of what may be."""
    is_told = bool(_AFTER.search(between)) and not _WOULD.search(sentence)
    return is_told or bool(_HAS_BEEN.search(between)) or (bool(words.PAST.search(between)) and not words.MODAL.search(sentence))


_AFTER = re.compile(r"\bafter\s(?:\w+ing|it|a|the)\b", re.I)  # 'slid to 20,480 after breaking below 20,700'
_WOULD = re.compile(r"\b(?:would|could|should|may|might|will|can|if|once|expect\w*|likely)\b|['’](?:d|ll)\b", re.I)
_HAS_BEEN = re.compile(
    r"\b(?:should|may|might|could|must)(?: have|['’]ve) (?:already |just |now )?(?:\w+ed|been|begun|run)\b", re.I
)


def gap_before(text: str, uses: Sequence[Use], n: int) -> str:
    """The words between a price and the one before it."""
    return text[uses[n - 1].token.end if n else 0 : uses[n].token.start]


def _follows(text: str, use: Use, gap: str, *, is_first: bool) -> bool:
    """Whether the words before a price say that price goes there."""
    if not is_first and words.TARGET_IS.fullmatch(gap) and words.TARGET.search(text[: use.token.start]):
        return True
    if re.search(r"[:=]\s?[$€£~≈]?\s?$", gap):
        return False
    return use.role == "target" or bool(words.AND_IT_IS.fullmatch(gap) or words.GOES.search(gap[-90:]))


_ENDED = re.compile(
    r"\b(?:completed?|ended|bottomed|topped|peaked|began|started)(?: out)? (?:at|from|near|around)\s[$€£~≈]?$", re.I
)


_IS_LAST = re.compile(r"\b(?:last|spot|now|currently|trading|closed|settled)(?: (?:at|is|near|around))?\s[$€£~≈]?$", re.I)


_MEETS = re.compile(  # 'should run into trouble at 1.0600'
    r"\b(?:trouble|sellers|buyers|selling|buying|supply|demand|offers|bids)\s(?:\w+\s){0,2}?(?:at|near|around|"
    r"in)\s(?:the )?[$€£~≈]?$",
    re.I,
)


def _is_other(use: Use, gap: str) -> bool:
    """Whether a price is a stop, an entry, a bound or a level, and so neither a condition nor what follows."""
    if use.role in ("stop", "zone") or (use.role == "entry" and not words.WHILE.search(gap)) or _ENDED.search(gap):
        return True
    return bool(_IS_LAST.search(gap) or _MEETS.search(gap)) or (use.role != "target" and bool(words.IS_LEVEL.search(gap)))


def _role(text: str, uses: Sequence[Use], n: int) -> _Said:
    use = uses[n]
    gap, after = gap_before(text, uses, n), text[use.token.end : use.token.end + 60]
    if (gives := bool(words.GIVES_WAY.match(after))) or _is_other(use, gap):
        return _Said(use, "either" if gives else "")
    negated = bool(words.UNLESS.search(gap))
    if words.ELSE.search(gap):
        return _Said(use, "else")
    if n and words.SMALL.fullmatch(gap) and not words.BEHIND_UP.match(after) and not words.BEHIND_DOWN.match(after):
        return _Said(use, _after_separator(text, gap))
    if words.SIGHT.match(after) and not LABELLED.match(after):
        return _Said(use, "goes")
    for role, behind in (("up", words.BEHIND_UP), ("down", words.BEHIND_DOWN), ("either", words.BEHIND_EITHER)):
        if behind.match(after) and re.search(
            r"\b(?:if|unless|once|should|when|while|as long as|so long as|until|provided|assuming)\b|^\W*$", gap, re.I
        ):
            return _Said(use, role, negated)  # type: ignore[arg-type]
    for role, ahead in (("up", words.NOT_BELOW), ("down", words.BELOW), ("up", words.ABOVE), ("either", words.EITHER)):
        if ahead.search(gap[-90:]):
            return _Said(use, role, negated)  # type: ignore[arg-type]
    if _follows(text, use, gap, is_first=n == 0):
        return _Said(use, "goes")
    if re.search(r"(?:[:=]|→|->|=>)\s?[$€£~≈]?\s?$", gap):
        return _Said(use, "")
    if use.role == "trigger":
        return _Said(use, "up" if use.beyond == "above" else "down" if use.beyond == "below" else "either", negated)
    return _Said(use, "")


def _after_separator(text: str, gap: str) -> Role:
    """What a price is that follows another behind a mark or a small word: where it leads, one more, or open."""
    if re.search(r"\bthen\b", gap, re.I):
        return "more" if words.LEVELS.search(text) else "goes"
    is_colon = ":" in gap or ("," in gap and not re.search(r"\b(?:and|or)\b|/", gap))
    return "" if is_colon else "more"


def _way(trigger: _Said, target: Money) -> Direction:
    """Up or down by where the target lies from the trigger, '' where that goes against the condition."""
    if target.middle == trigger.use.money.middle or not 1 / FARTHEST < target.middle / trigger.use.money.middle < FARTHEST:
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
