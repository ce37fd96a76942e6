"""What follows from a condition, whatever verb says so: the first price of the clause behind it, or of the one it stands behind.

The grammar tells the condition (condition_clauses); of the other prices it is enough that nothing makes them something else and
that they lie where the condition leads.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from levelhead.review import condition_words as words
from levelhead.review.clause_words import LABELLED, LEVEL, one_of
from levelhead.review.condition_clauses import TURNED, Condition, conditions_in
from levelhead.review.conditions import LONGEST, is_past
from levelhead.review.passages import Piece
from levelhead.review.prices import Prices
from levelhead.review.roles import Use, is_called_level, uses_of
from levelhead.review.said import SUPPOSED, Direction, Money, ReadScenario

MOST = 8  # prices of a sentence
FARTHEST = 1.5  # a condition and what follows from it are no farther apart
NEAR = 40  # characters behind a price
LONGEST_GAP = 160  # characters between them


# What makes the price behind it something else than an end.
_NO_END = one_of(
    LEVEL, "caps?", "levels?", "stops?", "stop[- ]loss", r"invalid\w*", "risk(?:ing)?", "entry", "entries", "buy", "sell",
    "bid", "offer", "add", "bought", "sold", "longs?", "shorts?", "closed?", "settled?", "last", "traded", "trades at",
    "trading at", "from", "was", "were", "opened", "averages?", "[se]?ma", "dma", "vwap", "poc", "vah", "val", r"at \d",
    "buyers?", "sellers?", "lies?", "sits?", "stands?", "rests?", "wrong", "exit", "out", "protects?", "guards?", "not",
    "n['’]t", "no", "never", "since", "yesterday", "highs?", "lows?",
    "completed?", "ended", "bottomed", "topped", "peaked", "began", "started",
)  # fmt: skip
_NAMED = re.compile(r"\b" + _NO_END + r"\b", re.I)
_GROWS = re.compile(r"\s(?:will |would |may |should )?(?:increases?|grows?|diminish(?:es)?|recedes?|fades?)\b", re.I)
_STOP = re.compile(r"\bstop\b", re.I)
_CALLED = re.compile(r"\s(?:support|resistance|pivot|floor|ceiling|level|high|low|stop|average|barrier|hurdle|cap)s?\b", re.I)
_GOES = (
    "to", "towards?", "into", "targets?", "opens?", "exposes?", "brings?", "puts?", "sends?", "gets?", "test", "re-?test", "reach",
    "hit",
)  # fmt: skip
_LEADS_ON = re.compile(r"\b" + one_of(*_GOES) + r"\b", re.I)
_TOWARD = one_of(
    *_GOES, "for", "see", "then", "next", "look", "be", "is", "are", "it['’]s", "that['’]s", "path", "way", "door", "room",
    "air", "scope", "focus", "objective", "draw", "magnet", "would", "could", "should", "may", "might", "will", "can",
    "maybe", "perhaps", "possibly", "probably", "likely", "hello", "shot", "chance",
)  # fmt: skip
_LEADS = re.compile(r"\b" + _TOWARD + r"\b|['’](?:d|ll)\b", re.I)
_MAY = re.compile(
    r"\b(?:would|could|should|may|might|will|can|opens?|targets?|exposes?|risks?|expect|see|talking|looking)\b|['’](?:d|ll)\b", re.I
)
_PARTED = re.compile(r"[,;:?](?=\s)|\s[–—-]{1,2}\s|—|→|->|=>|⇒|➔|➜|\b(?:and|then|or|before|for)\b", re.I)
_MORE = re.compile(
    r"[\s,;/&+$€£~≈()–—-]*(?:(?:and|then|or|to|for|at|near|around|followed by|even|possibly|maybe|later|next|after that)\s?){0,4}"
    r"[\s$€£~≈(]*",
    re.I,
)
_OR = re.compile(  # 'bulls need to hold 6,800 or we see 6,750', 'to avoid 6,750'
    r"\bor (?:else|we|it|i|risks?|faces?|see|expect|there|price|the|sellers|bears|bulls|buyers|you)\b|"
    r"\b(?:to|and) (?:avoid|prevent|avert|stave off|keep (?:from|away from|out of))\b",
    re.I,
)
_TO = re.compile(r"\bto\b", re.I)
_LEG = re.compile(r"\bof\s[\d.,]+\sto\s[\d.,]+(?:\sfrom\s[\d.,]+)?(?=\sat\s)")  # '61.8% projection of 1.37 to 1.31 from 1.33 at'
_THEN_ON = re.compile(
    r"\)?,?\s(?:(?:and\s)?then|followed by|ahead of)\s(?:the\s|its\s|a\s)?"
    r"(?!(?:below|above|over|under|if|once|would|could|to|back)\b)(?:[^\s,;.:]+\s){0,6}?(?:at\s|near\s|around\s|of\s)?[$€£~≈]?",
    re.I,
)
_FROM = re.compile(r"\bfrom\s(?:the\s)?[$€£~≈]?$", re.I)  # 'the fall from 1.3787 to 1.2968': where it began
_TO_NAMED = re.compile(  # 'a stronger rebound to 55 D EMA (now at 1.3217)', 'could expose the October low of 1.3250'
    rf"\b{one_of(*_GOES)}\s(?:of\s)?(?:(?:the|its|a|an|this|last|next)\s)?"
    r"(?:(?!(?:stops?|buy|sell|entry|entries|risk\w*|longs?|shorts?|not|no|was|were|from|at|add|bids?|"
    r"offers?)\b)[\w’'./%-]+\s){0,7}"
    r"(?:average|[se]?ma|dma|highs?|lows?|top|bottom|retracement|fib\w*|projection|extension|line|gap|level|mark|area|zone|band|"
    r"cloud)\b"
    r"(?:\s?\([^()\d]{1,16}\))?[\s(,]*(?:(?:at|of|now|which|is|currently|near|around|in|located|found|from)\s)*[$€£~≈]?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Before:
    """What was said last: the price that the next 'it' means, the way that 'otherwise' turns; mark: the last price; marks: all.

    is_list: it named levels, which 'below that' may go on with.
    """

    price: Money | None = None
    way: Direction = ""
    mark: Money | None = None
    marks: tuple[Money, ...] = ()
    is_list: bool = False


def following(
    piece: Piece, prices: Prices, horizon: int | None, before: Before, told: Sequence[ReadScenario]
) -> Iterator[ReadScenario]:
    """Every price of a sentence that follows from a condition in it; told: what was read from it already."""
    text = piece.text
    if len(text) > LONGEST or is_past(text, text):
        return
    uses = list(uses_of(piece, prices.is_price))
    if not 1 <= len(uses) <= MOST:
        return
    found = conditions_in(text, uses)
    if not found:
        return
    set_off = {c.use for c in found if c.use is not None}
    known = {m for s in told for m in (s.target, s.trigger) if m is not None} | ({z for s in told if (z := s.zone)})
    ends = {m for s in told if (m := s.target or s.zone)}
    taken = {n for n, u in enumerate(uses) if u.money in known}
    state = before
    for n, use in enumerate(uses):
        if n in set_off:
            state = replace(state, price=use.money)
            yield from _run(piece, uses, n, horizon)
            continue
        if n in taken:
            mine = next((s for s in told if s.target == use.money), None)
            state = replace(state, way=mine.direction if mine else state.way)
            continue
        refers = max((c.end for c in found if c.use is None and not c.is_event and c.end <= use.token.start), default=0)
        if _FROM.search(_gap(text, uses, n)) and (end := _end_of(use)) is not None:
            yield from _from_where(piece, uses, n, end, found, horizon)
            continue
        if _is_other(text, uses, n, refers, is_second=n - 1 in set_off):
            state = replace(state, price=use.money)  # 'support sits at 90,000, below which ...'
            continue
        if n and _goes_on(text, uses, n, is_set_off=n - 1 in set_off, is_end=n - 1 in taken or uses[n - 1].money in ends):
            continue
        scenario = _ahead(piece, uses, n, found, state, horizon, ends) or _behind(piece, uses, n, found, horizon)
        if scenario is not None:
            ends.add(use.money)
            state = replace(state, way=scenario.direction)
            yield scenario
        elif not n:
            state = replace(state, price=use.money)


def _run(piece: Piece, uses: Sequence[Use], n: int, horizon: int | None) -> Iterator[ReadScenario]:
    """'Through 118.20 to 121.50': both ends are read as one zone, of which the second is where it leads."""
    second = _end_of(uses[n])
    if second is None:
        return
    first = uses[n].money
    first = Money(low=first.high, high=first.high) if second.low == first.low else Money(low=first.low, high=first.low)
    way: Direction = "up" if second.low > first.low else "down"
    yield _told(piece, way, first, second, uses[n], uses[n], horizon)


def _goes_on(text: str, uses: Sequence[Use], n: int, *, is_set_off: bool, is_end: bool) -> bool:
    """Whether a price is the next of several ends, or of a list of levels."""
    gap = _gap(text, uses, n)
    if not is_set_off and _MORE.fullmatch(gap) and not _FROM.search(_gap(text, uses, n - 1)):
        return True
    return (is_end or is_called_level(uses[n - 1])) and bool(_THEN_ON.fullmatch(gap))


def _from_where(
    piece: Piece, uses: Sequence[Use], n: int, end: Money, found: Sequence[Condition], horizon: int | None
) -> Iterator[ReadScenario]:
    """'Below 1.3009 the fall from 1.3787 to 1.2968 resumes': the second of two ends read as one zone."""
    for condition in reversed(found):
        if condition.use is not None and condition.end <= uses[n].token.start:
            first = uses[condition.use]
            if way := _way(condition, first.money, end):
                yield _told(piece, way, first.money, end, first, uses[n], horizon)
            return


def _end_of(use: Use) -> Money | None:
    """Where '1.3787 to 1.2968', read as one zone, leads."""
    quantity = use.token.quantity
    if quantity is None or not _TO.search(quantity.joined) or quantity.first == quantity.second:
        return None
    return Money(low=quantity.second, high=quantity.second)


def _gap(text: str, uses: Sequence[Use], n: int) -> str:
    return text[uses[n - 1].token.end if n else 0 : uses[n].token.start]


# 'shorts will press for 67.50'
_PRESSES = re.compile(
    r"\b(?:will|would|could|should|may|might|can) (?:\w+ ){1,2}(?:for|to|towards?|"
    r"into)\s(?:the\s)?[$€£~≈]?$",
    re.I,
)


def _is_other(text: str, uses: Sequence[Use], n: int, refers: int, *, is_second: bool) -> bool:
    """Whether words make a price a level, a stop, an entry or a price that was; refers: where a condition without a price ends,
    whose own words ('if it is taken out') make nothing of it."""
    use, after = uses[n], text[uses[n].token.end :]
    called, is_next = LABELLED.match(after), bool(words.SIGHT.match(after))
    is_pressed = bool(_PRESSES.search(text[: use.token.start]))
    if use.role == "zone" or (called and not (is_next and _STOP.search(called.group()))):
        return True
    if (use.role == "entry" and not is_pressed) or (use.role == "stop" and not is_next):
        return True
    gap = text[max(refers, uses[n - 1].token.end if n else 0) : use.token.start]
    if is_second and (named := _CALLED.match(gap)):
        gap = gap[named.end() :]  # 'once the 4.22 support has gone, 4.05'
    gap = _LEG.sub("", gap)
    own = re.split(r"[,;:?]\s|\s[–—-]{1,2}\s|→|->|=>", gap)[-1]
    if is_pressed or _TO_NAMED.search(gap):
        return False
    ends = [m.end() for m in _NAMED.finditer(own)]
    return bool(ends) and not _LEADS_ON.search(own[ends[-1] :]) and not is_next


def _ahead(
    piece: Piece,
    uses: Sequence[Use],
    n: int,
    found: Sequence[Condition],
    state: Before,
    horizon: int | None,
    ends: Collection[Money],
) -> ReadScenario | None:
    """A price behind its condition."""
    use = uses[n]
    condition = next((c for c in reversed(found) if c.end <= use.token.start), None)
    if condition is None or use.token.start - condition.end > LONGEST_GAP:
        return None
    between = piece.text[condition.end : use.token.start]
    is_list = state.is_list or words.LEVELS.search(piece.text[: condition.start])
    if condition.is_place and is_list and not _MAY.search(between + piece.text[use.token.end :][:NEAR]):
        return None
    if n and words.AT.fullmatch(between) and words.AT.search(piece.text[: uses[n - 1].token.start]):
        return None  # 'buyers wait at 3,350 and, failing that, at 3,310': a list goes on
    if any(condition.end <= u.token.start and u.money in ends for u in uses[:n]):
        return None  # it has led somewhere already
    is_plain = condition.way != "either"
    if condition.use is not None and not is_plain and not (_PARTED.search(between) or _LEADS.search(between)):
        return None
    trigger = uses[condition.use].money if condition.use is not None else state.price
    if condition.is_event:
        trigger = state.mark or (state.price if condition.way != "either" else None)
    is_bare = not between.strip(" $€£~≈")  # 'should they be overrun, 2,740'
    if condition.is_event and (trigger is None or not _is_alike(trigger, use.money)):
        trigger = next((m for m in state.marks if _is_alike(m, use.money)), trigger)
    if trigger is None or (condition.is_event and not is_bare and not _LEADS.search(between + piece.text[use.token.end :][:NEAR])):
        return None
    if _OR.search(between):
        condition = replace(condition, way=TURNED[condition.way])
    way = _way(condition, trigger, use.money)
    if not way or (condition.is_opposite and state.way in ("up", "down") and way == state.way):
        return None
    first = uses[condition.use] if condition.use is not None else use
    return _told(piece, way, trigger, use.money, first, use, horizon)


def _behind(piece: Piece, uses: Sequence[Use], n: int, found: Sequence[Condition], horizon: int | None) -> ReadScenario | None:
    """A price ahead of the if-clause that it hangs on."""
    use = uses[n]
    condition = next((c for c in found if c.start >= use.token.end and c.is_open and c.use is not None), None)
    if condition is None or condition.use is None or re.search(r"[;:]\s", piece.text[use.token.end : condition.start]):
        return None
    if _GROWS.match(piece.text[use.token.end :]):
        return None  # 'the chance of a close below 147.70 will increase as long as ...'
    if (
        condition.use != n + 1
        or piece.text.startswith(("until", "Until"), condition.start)
        or not _LEADS.search(piece.text[: use.token.start])
    ):
        return None
    trigger = uses[condition.use].money
    way = _way(condition, trigger, use.money)
    return _told(piece, way, trigger, use.money, use, uses[condition.use], horizon) if way else None


def _is_alike(one: Money, other: Money) -> bool:
    return 1 / FARTHEST < one.middle / other.middle < FARTHEST


def _way(condition: Condition, trigger: Money, target: Money) -> Direction:
    """Up or down by where the target lies, '' where that is not where the condition leads or too far."""
    if (trigger.low <= target.high and target.low <= trigger.high) or not 1 / FARTHEST < target.middle / trigger.middle < FARTHEST:
        return ""
    way: Direction = "up" if target.middle > trigger.middle else "down"
    return way if condition.way in ("either", way) else ""


def _told(piece: Piece, way: Direction, trigger: Money, target: Money, first: Use, last: Use, horizon: int | None) -> ReadScenario:
    one, two = sorted((first, last), key=lambda u: u.token.start)
    return ReadScenario(
        direction=way,
        title=piece.text[one.token.start : two.token.end][:120],
        trigger=trigger,
        trigger_how=first.how,
        target=target,
        sessions=horizon,
        span=piece.span(one.token, two.token),
        sure=SUPPOSED,
    )
