"""The claim language, read by recursive descent.

    claim    = split | touch | close | plan
    split    = "first" "of" price "|" price "within" count "sessions"
    touch    = "touch" price "within" count "sessions"
    close    = "close" ("above" | "below") price "at" count "sessions"
    plan     = ("long" | "short") ("limit" | "stop") price "stop" price "target" price {"," price}
               "fill" "within" count ["sessions"] "exit" "within" count ["sessions"]
    price    = number | sign number ("%" | "ATR" | "sigma")

Letter case does not matter. A number may group its thousands (2,455.5); a comma between targets is one that cannot group.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from levelhead.claims.form import Form, Market, Term, Unit, resolve
from levelhead.domain.claim import Claim
from levelhead.domain.errors import BadClaim

MAX_LENGTH = 400
EXAMPLES = (
    "first of 2455 | 2350 within 12 sessions",
    "touch 2455 within 12 sessions",
    "close above 2455 at 10 sessions",
    "long limit 2003 stop 1990 target 2100, 2210 fill within 5 exit within 15",
)

_TOKEN = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
    r"|(?P<word>[A-Za-z]+)|(?P<mark>[-+\u2212|,%])"
)
_UNITS: dict[str, Unit] = {"%": "%", "atr": "ATR", "sigma": "sigma"}
_SESSIONS = ("sessions", "session")


class _Token(NamedTuple):
    kind: str  # number, word, mark, end
    text: str
    at: int  # its first character, counted from 1


def parse_claim(text: str, *, market: Market | None = None) -> Claim:
    """The claim that `text` states; `market` freezes its relative prices.

    Raises BadClaim naming the character where it stops making sense, and what was expected there.
    """
    return resolve(parse_form(text), market)


def parse_form(text: str) -> Form:
    """The claim as written, its prices perhaps relative. Raises BadClaim."""
    if len(text) > MAX_LENGTH:
        raise BadClaim(f"A claim of {len(text)} characters is longer than {MAX_LENGTH}; give one claim, such as '{EXAMPLES[0]}'.")
    return _Reader(text).claim()


class _Reader:
    """Reads one claim from left to right; `self._next` is the token not yet read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._next = self._tokens.pop(0)

    def claim(self) -> Form:
        start = self._word("first", "touch", "close", "long", "short")
        if start == "first":
            form = self._split()
        elif start == "touch":
            form = self._touch()
        elif start == "close":
            form = self._close()
        else:
            form = self._plan(start)
        if self._next.kind != "end":
            raise self._expected("the end of the claim")
        return form

    def _split(self) -> Form:
        self._word("of")
        upper = self._price()
        self._mark("|", "the lower price")
        lower = self._price()
        return Form(text=self._text, kind="first of", terms=(upper, lower), sessions=(self._horizon("within"),))

    def _touch(self) -> Form:
        price = self._price()
        return Form(text=self._text, kind="touch", terms=(price,), sessions=(self._horizon("within"),))

    def _close(self) -> Form:
        side = self._word("above", "below")
        price = self._price()
        return Form(text=self._text, kind="close", terms=(price,), sessions=(self._horizon("at"),), words=(side,))

    def _plan(self, side: str) -> Form:
        order = self._word("limit", "stop")
        entry = self._price()
        self._word("stop")
        prices = [entry, self._price()]
        self._word("target")
        prices.append(self._price())
        while self._skip(","):
            prices.append(self._price())
        self._word("fill", hint="'fill within N exit within M'")
        fill_within = self._count_after("within")
        self._skip(*_SESSIONS)
        self._word("exit")
        exit_within = self._count_after("within")
        self._skip(*_SESSIONS)
        return Form(text=self._text, kind="plan", terms=tuple(prices), sessions=(fill_within, exit_within), words=(side, order))

    def _horizon(self, preposition: str) -> int:
        count = self._count_after(preposition, hint=f"'{preposition} N sessions'")
        self._word("sessions", also=("session",))
        return count

    def _count_after(self, preposition: str, hint: str = "") -> int:
        self._word(preposition, hint=hint)
        if self._next.kind != "number" or not re.fullmatch("[0-9]{1,9}", self._next.text):
            raise self._expected("a whole number of sessions")
        return int(self._take().text)

    def _price(self) -> Term:
        at = self._next.at
        sign = self._take().text if self._next.text in ("+", "-", "\u2212") else ""
        if self._next.kind != "number":
            raise self._expected("a price, such as 2455, +1.5%, -2 ATR or +1 sigma" if not sign else "a number")
        amount = self._number()
        if sign in ("-", "\u2212"):
            amount = 0.0 - amount
        unit = _UNITS.get(self._next.text.lower())
        if unit is not None and not sign:
            raise BadClaim(f"'{self._text}': at character {at} expected + or - before a price in {unit}; write +{amount:g} {unit}.")
        if unit is not None:
            self._take()
        elif sign == "+":
            raise self._expected("%, ATR or sigma after a price that begins with +")
        return Term(amount=amount, unit=unit or "price", at=at)

    def _number(self) -> float:
        token = self._take()
        amount = float(token.text.replace(",", ""))
        if not math.isfinite(amount):
            raise BadClaim(f"'{self._text}': the number at character {token.at} is too large; give a price.")
        return amount

    def _word(self, *words: str, also: tuple[str, ...] = (), hint: str = "") -> str:
        if self._next.kind == "word" and self._next.text.lower() in words + also:
            return self._take().text.lower()
        raise self._expected(hint or " or ".join(f"'{word}'" for word in words))

    def _mark(self, mark: str, what: str) -> None:
        if not self._skip(mark):
            raise self._expected(f"'{mark}' and {what}")

    def _skip(self, *texts: str) -> bool:
        found = self._next.kind != "end" and self._next.text.lower() in texts
        if found:
            self._take()
        return found

    def _take(self) -> _Token:
        token = self._next
        if self._tokens:
            self._next = self._tokens.pop(0)
        return token

    def _expected(self, what: str) -> BadClaim:
        found = "the text ends" if self._next.kind == "end" else f"'{self._next.text}' stands there"
        return BadClaim(f"'{self._text}': at character {self._next.at} expected {what}, but {found}. Examples: {_examples()}.")


def _tokens(text: str) -> list[_Token]:
    tokens, position = [], 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        match = _TOKEN.match(text, position)
        if match is None:
            raise BadClaim(
                f"'{text}': the character {text[position]!r} at character {position + 1} is not part of the claim language. "
                f"Examples: {_examples()}."
            )
        tokens.append(_Token(match.lastgroup or "", match.group(), position + 1))
        position = match.end()
    return [*tokens, _Token("end", "", len(text) + 1)]


def _examples() -> str:
    return "; ".join(EXAMPLES)
