"""Where a condition stands in a sentence, by its grammar.

It is an if-clause; 'Above X' or 'a loss of X' at the head of a clause; 'X gone,'; or a short clause that takes up what was said
before: 'it doesn't', 'failing that', 'lose it'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from levelhead.review import clause_words as words
from levelhead.review.clause_words import Way
from levelhead.review.roles import Use

TURNED: dict[Way, Way] = {"up": "down", "down": "up", "either": "either"}
SHORTEST = 4  # characters of a clause behind its 'if'
NEAR = 90  # characters before a price that may say how it is crossed


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition at [start, end) of a sentence, crossed by way; use: its price, None where it refers to one said before.

    is_opposite: it takes what was said before to fail. is_open: an if-clause, which may also stand behind what follows from it.
    is_place: 'below that', which lists levels as well. is_event: it is not about a price of the text at all.
    """

    start: int
    end: int
    way: Way
    use: int | None = None
    is_opposite: bool = False
    is_open: bool = False
    is_place: bool = False
    is_event: bool = False


def conditions_in(text: str, uses: Sequence[Use]) -> list[Condition]:
    """Every condition of a sentence, in order."""
    found: list[Condition] = []
    at = 0
    for n, use in enumerate(uses):
        edges = [at, *(m.end() for m in words.EDGE.finditer(text, at, use.token.start))]
        for start, end in zip(edges, [*edges[1:], use.token.start], strict=True):
            if refers := _refers(text, start, end):
                found.append(refers)
        if found and found[-1].use is None and found[-1].start >= edges[-1]:
            pass  # 'if it does not hold we see X': the clause has its condition
        elif own := _of_price(text, uses, n, edges[-1]):
            found.append(own)
        at = use.token.end
    return found


def _refers(text: str, start: int, end: int) -> Condition | None:
    """A clause without a price that takes up what was said."""
    told = words.REFERS.match(text, start, end)
    closes = told is not None and words.CLOSES.fullmatch(text, told.end(), end)
    if told is None or (told["verb"] and not closes and not _goes_on(told["verb"], text[told.end() : end])):
        return _event(text, start, end)
    way: Way = "up" if told["up"] else "down" if told["down"] else "either"
    return Condition(start, told.end(), way, None, bool(told["not"]), True, bool(words.ONLY_PLACE.match(told.group())))


def _goes_on(verb: str, rest: str) -> bool:
    """'If it does not hold we see': something else follows than the price that a verb may be about, 'if we can't hold 2,415'."""
    return verb.lower().startswith("if ") and bool(rest.strip(" $€£~≈"))


def _event(text: str, start: int, end: int) -> Condition | None:
    """A clause about something else than a price: 'in case of good earnings,', 'a close above the January high would'."""
    if named := words.NAMED_LEVEL.match(text, start, end):
        return Condition(start, named.end(), "up" if named["up"] else "down" if named["down"] else "either", is_event=True)
    opened = words.OPENER.search(text, start, end)
    if opened is None or not words.LEAD.fullmatch(text, start, opened.start()) or not words.CLOSED.search(text, end - 3, end):
        return None
    return Condition(start, end, "either", is_open=True, is_event=True) if end - opened.end() >= SHORTEST else None


def _of_price(text: str, uses: Sequence[Use], n: int, start: int) -> Condition | None:
    """The condition whose price a price is, None where it is none."""
    use = uses[n]
    clause, after = text[start : use.token.start], text[use.token.end : use.token.end + 60]
    opener = None
    for opened in words.OPENER.finditer(text, start, use.token.start + 2):
        opener = opened if opened.end() <= use.token.start else opener
    way, cross = (
        _crossing(clause[-NEAR:])
        if n == 0 or not words.ONLY_SIGN.fullmatch(text, uses[n - 1].token.end, use.token.start)
        else (None, None)
    )
    behind: Way | None = next((w for w, p in words.BEHIND if p.match(after)), None)
    behind = "either" if behind is not None and words.HOLDS.match(after) else behind
    if behind is None and words.ABSOLUTE.match(after):
        return Condition(start, use.token.end, "either", n)
    ahead = text[use.token.end : uses[n + 1].token.start] if n + 1 < len(uses) else ""
    if opener is None and (way or behind or words.PURPOSE.match(ahead)):
        opener = words.NEEDS.search(text, start, use.token.start)
    if opener is not None:
        is_turned = opener.group().lower() in ("unless", "until")
        return Condition(opener.start(), use.token.end, "either" if is_turned else way or behind or "either", n, is_open=True)
    if way is not None and cross is not None:
        head = clause[: len(clause) - len(clause[-NEAR:]) + cross]
        if words.HEAD.fullmatch(head):
            return Condition(start, use.token.end, TURNED[way] if words.NO.search(head) else way, n)
    if behind is not None and words.HEAD.fullmatch(clause):
        return Condition(start, use.token.end, behind, n)
    return None


def _crossing(tail: str) -> tuple[Way | None, int | None]:
    """How the words right before a price say that it is crossed, and where they begin."""
    for way, pattern in words.AHEAD:
        if found := pattern.search(tail):
            return way, found.start()
    return None, None
