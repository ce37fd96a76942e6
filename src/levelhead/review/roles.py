"""What the prices of a sentence are for: what sets it off, where it leads, what bounds it, where it is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from levelhead.review.clause_words import LABELLED, LEVEL
from levelhead.review.passages import Piece
from levelhead.review.said import How, Money
from levelhead.review.tokens import Token

NEAR = 4  # words between 'break' and the price that is to break


_SMALL = frozenset({"then", "and", "or", "to", "first", "next", "area", "zone", "at", "near", "around", "about", "approx"})


@dataclass(frozen=True, slots=True)
class Use:
    """Token `index` of a piece is a price for `role`: trigger, target, zone, stop, entry or '' where nothing tells.

    beyond: 'above' or 'below' where it says so; event: how it is reached (break, close, accept, reclaim, lose, hold or '').
    """

    index: int
    role: str
    beyond: str
    event: str
    piece: Piece
    is_bracketed: bool = False

    @property
    def token(self) -> Token:
        """The price."""
        return self.piece.tokens[self.index]

    @property
    def is_alone(self) -> bool:
        """Whether the piece says nothing but this price."""
        others = [t for t in self.piece.tokens if t.kind not in ("number", "mark")]
        return all(t.text.lower() in _SMALL for t in others)

    @property
    def money(self) -> Money:
        """The price or zone."""
        assert self.token.quantity is not None
        return self.token.quantity.money

    @property
    def how(self) -> How:
        """By what the bars decide it, '' where the note does not say."""
        if self.event == "close":
            return "close"
        if self.event == "accept":
            return "accept"
        return "touch" if self.event in ("hold", "touch") and not self.beyond else ""


def uses_of(piece: Piece, is_price: Callable[[Token], bool]) -> Iterator[Use]:
    """Every price of a piece with what it is for."""
    role = beyond = event = ""
    last_end = said_at = 0
    for index, token in enumerate(piece.tokens):
        if token.kind == "mark" and token.text in ";.!?":
            role = beyond = event = ""
            continue
        if token.text == ":" and role == "trigger" and beyond and 0 < last_end == token.start:
            role = "target"  # 'Above 2,050: 2,070, then 2,110'
            continue
        if token.kind in ("average", "pivot", "oscillator") or not is_price(token) or _is_signed(piece.text, token.start):
            before = (role, beyond, event)
            role, beyond, event = _turned(token, role, beyond, event, piece.text) if token.says else before
            said_at = index if (role, beyond, event) != before or "event" in token.says else said_at
            continue
        if _is_quote(piece.tokens, index):
            yield Use(index, "", "", "", piece)  # 'the call for silver (30.85): ...'
            last_end = token.end
            continue
        between = _between(piece.text, token) or _is_range(piece.text, token)
        if _IN_SIGHT.match(piece.text[token.end :]) and not LABELLED.match(piece.text[token.end :]):
            yield Use(index, "target", "", event, piece)
            last_end = token.end
            continue
        if _GIVES_WAY.match(piece.text[token.end :]):
            yield Use(index, "trigger", "below", "lose", piece)
            role, last_end = "", token.end
            continue
        between_prices = piece.text[last_end : token.start]
        after_to = _TO.search(between_prices) if "to" in between_prices.lower() else None
        use = "zone" if between else "target" if after_to and role != "stop" else role
        opened = piece.text.rfind("(", last_end, token.start)
        is_open = opened >= 0 and piece.text.find(")", opened, token.start) < 0
        if use == "trigger" and event == "break" and not beyond and (is_open or index - said_at > NEAR):
            use = ""  # 'breakout to a new high (2,500)' is set off by something else
        if use == "trigger" and (not beyond or index - said_at >= NEAR) and _is_aside(piece.tokens[said_at:index]):
            use = ""  # 'the wave isn't over, which allows 1.2040'; 'failure, 22,300'
        yield Use(index, use, beyond if use == "trigger" or use in ("stop", "entry") else "", event, piece, opened >= 0)
        if after_to and not between and role != "stop":
            role = "target"
        last_end = token.end


def _is_quote(tokens: Sequence[Token], index: int) -> bool:
    """Whether a price stands alone in brackets behind the name of its market: what it costs now."""
    if not 2 <= index < len(tokens) - 1:
        return False
    return tokens[index - 2].kind == "instrument" and tokens[index - 1].text == "(" and tokens[index + 1].text == ")"


def _is_aside(between: Sequence[Token]) -> bool:
    """Whether a comma or colon parts the word that says 'trigger' from the price, and no name of a level stands between them."""
    is_parted = any(t.kind == "mark" and t.text in ",:" for t in between)
    return is_parted and not any(t.kind in ("average", "pivot", "number", "date") or "extreme" in t.says for t in between[1:])


def _turned(token: Token, role: str, beyond: str, event: str, text: str) -> tuple[str, str, str]:
    """What the next price is for after this word."""
    says = token.says
    if "stop" in says:
        return "target" if _IS_STATION.search(text[: token.start][-NEAR_NAME:]) else "stop", "", ""
    if "target" in says and not ("event" in says and says["target"] == "toward" and "beyond" in says):
        return "target", "", ""
    if "beyond" in says:
        return ("stop" if role == "stop" else "entry" if role == "entry" else "trigger"), says["beyond"], event
    if "event" in says:
        if role in ("stop", "entry") and says["event"] in ("break", "hold"):
            return role, beyond, says["event"]
        # 'a daily close', 'sustained break': the stricter word stays
        kept = event if says["event"] == "break" and event in ("close", "accept") else says["event"]
        return (
            ("trigger" if says["event"] in ("reclaim", "lose", "hold", "accept", "close", "break") and role != "stop" else role),
            "",
            kept,
        )
    is_as_long = "entry" in says and _AS_LONG.search(text[max(0, token.end - LONGEST_AS) : token.end])
    if "entry" in says and not is_as_long and token.text.lower() not in ("put", "call"):  # 'would put 1.3595 in sight'
        return "entry", "", ""
    return role, beyond, event


_IS_SIGNED = re.compile(r"[A-Za-z:(]\s?[-−]$")  # 'TICK lows of -1,240'
_MINUS = ("-", "−", "\n")
LONGEST_SIGN, LONGEST_AS = 3, 9  # characters
_IS_STATION = re.compile(r"\b(?:next|first|final|likely|logical) $", re.I)  # 'first stop 68,000'
_AS_LONG = re.compile(r"\b(?:as|so) long$", re.I)
_TO = re.compile(r"(?:(?<!close )(?<!near )(?<!next )\bto|\binto|\btoward|\btowards)\s(?:the\s|a\s|about\s|around\s|[~≈$])*$", re.I)
_IN_SIGHT = re.compile(
    r"\s?(?:\([^)]{0,24}\)\s)?(?:(?:back |firmly |next )?in(?:to)?\s(?:sight|view|play|focus|reach|the frame|the picture)|"
    r"on the (?:table|radar|cards|menu)|(?:is|are|would be|comes?|will be|should be)\s(?:then\s)?(?:the\s)?"
    r"(?:next|(?:next |likely )?(?:target|objective|magnet|destination)|in (?:play|focus|view|sight)|exposed|possible|likely)|"
    r"next\b|comes? (?:next|into (?:play|view|focus))|beckons|looms|awaits|waits\b|follows|"
    r"(?:is|are|gets?|being|(?:will|would|should|can|could) be) "
    r"(?:reached|hit|tested|touched|seen|tagged|visited|likely|opened|"
    r"within reach|up next|on)\b|it is\b|"
    r"(?:is|becomes) (?:where|the (?:target|objective|goal))|"
    r"(?:as |being |, )?(?:the|its|our|their|an?) (?:\w+[- ]){0,2}(?:targets?|objectives?|goals?|destinations?|draw|magnet|"
    r"prize|aim)\b(?!\s?(?:[:=]|is|are|at|of|would|lies|remains|becomes)))(?!\sas\s(?:\w+\s){0,2}?(?:support|resistance)\b)",
    re.I,
)
_GIVES_WAY = re.compile(
    r"\s?(?:\([^)]{0,24}\)\s)?(?:gives? way|fails?(?: to hold)?|breaks(?! out)|cracks|is lost|is broken|goes|were to (?:break|"
    r"fail|go)|does not hold|doesn[’']t hold)\b",
    re.I,
)
_BETWEEN = re.compile(
    r"\b(?:between|range(?:[- ]?bound)?(?: of| from| at)?|within|inside|band(?: of)?|box(?: of)?|"
    r"consolidation(?: zone)?)\s*(?:\(|:|–|—)?\s*(?:the\s)?[~≈$]?\s?$",
    re.I,
)


def _between(text: str, token: Token) -> bool:
    quantity = token.quantity
    return quantity is not None and bool(quantity.joined) and bool(_BETWEEN.search(text[max(0, token.start - 32) : token.start]))


def _is_signed(text: str, at: int) -> bool:
    before = text[max(0, at - LONGEST_SIGN) : at]
    return before[-1:] in _MINUS and bool(_IS_SIGNED.search(before))


def _is_range(text: str, token: Token) -> bool:
    """'stay in a 5,850-5,950 range': a zone that is called one."""
    return token.quantity is not None and bool(token.quantity.joined) and bool(_RANGE_BEHIND.match(text[token.end :]))


_RANGE_BEHIND = re.compile(r"\s(?:trading |weekly |daily )?(?:range|band|corridor|box)\b", re.I)


def of_role(uses: Sequence[Use], role: str) -> tuple[Use, ...]:
    """Those for one purpose."""
    return tuple(u for u in uses if u.role == role)


NEAR_NAME = 40  # characters before a price in which a word calls it a level
_LEVEL_AT = re.compile(rf"\b{LEVEL}\s?(?:at|is|are|of|near|around|comes in at|sits at|lies at|:|=|,|\()\s?(?:at )?[$€£~≈]?$", re.I)


def is_called_level(use: Use) -> bool:
    """Whether the words beside a price call it support or resistance: 'resistance at 2,427', '2,427 is support'."""
    text = use.piece.text
    return bool(LABELLED.match(text[use.token.end :]) or _LEVEL_AT.search(text[: use.token.start][-NEAR_NAME:]))
