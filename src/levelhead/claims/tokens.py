"""The words and numbers of a claim, read from left to right, each with its place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from levelhead.domain.errors import BadClaim

EXAMPLES = (
    "first of 2455 | 2350 within 12 sessions",
    "touch 2455 within 12 sessions",
    "close above 2455 at 10 sessions",
    "long limit 2003 stop 1990 target 2100, 2210 fill within 5 exit within 15",
    "touch 2415 then 2 closes above sma_50 before touch 2350 within 12 sessions",
)
_TOKEN = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9]))"
    r"|(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
    r"|(?P<word>[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)|(?P<mark>\.\.|[-+\u2212\u2013|,%()])"
)
Made = TypeVar("Made")


class Token(NamedTuple):
    """A piece of the text. kind: date, number, word, mark or end. at: its first character, counted from 1."""

    kind: str
    text: str
    at: int


class Cursor:
    """Walks through a claim; `next` is the token not yet read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = _tokens(text)
        self._at = 0

    @property
    def next(self) -> Token:
        """The token not yet read."""
        return self._tokens[self._at]

    def is_word(self, *words: str, ahead: int = 0) -> bool:
        """Whether the token not yet read, or one further on, is one of the words."""
        token = self._tokens[min(self._at + ahead, len(self._tokens) - 1)]
        return token.kind == "word" and token.text.lower() in words

    def word(self, *words: str, also: tuple[str, ...] = (), hint: str = "") -> str:
        """Reads one of the words. Raises BadClaim."""
        if self.is_word(*words, *also):
            return self.take().text.lower()
        raise self.expected(hint or " or ".join(f"'{word}'" for word in words))

    def mark(self, mark: str, what: str) -> None:
        """Reads the mark. Raises BadClaim."""
        if not self.skip(mark):
            raise self.expected(f"'{mark}' and {what}")

    def skip(self, *texts: str) -> bool:
        """Reads one of the texts where it comes next."""
        found = self.next.kind != "end" and self.next.text.lower() in texts
        if found:
            self.take()
        return found

    def take(self) -> Token:
        """Reads whatever comes next."""
        token = self.next
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def count(self, what: str) -> int:
        """Reads a whole number. Raises BadClaim."""
        if self.next.kind != "number" or not re.fullmatch("[0-9]{1,9}", self.next.text):
            raise self.expected(what)
        return int(self.take().text)

    def date(self) -> dt.date:
        """Reads a date. Raises BadClaim."""
        if self.next.kind != "date":
            raise self.expected("a date such as 2026-03-20")
        try:
            return dt.date.fromisoformat(self.next.text)
        except ValueError:
            raise self.expected("a date of the calendar") from None
        finally:
            self.take()

    def made(self, at: int, make: Callable[[], Made]) -> Made:
        """What `make` gives; where that contradicts itself, the place is said too."""
        try:
            return make()
        except BadClaim as error:
            raise BadClaim(f"'{self.text}': at character {at}: {error}") from None

    def expected(self, what: str) -> BadClaim:
        """The error that something else stands where `what` should."""
        found = "the text ends" if self.next.kind == "end" else f"'{self.next.text}' stands there"
        return BadClaim(f"'{self.text}': at character {self.next.at} expected {what}, but {found}. Examples: {_examples()}.")


def _tokens(text: str) -> list[Token]:
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
        tokens.append(Token(match.lastgroup or "", match.group(), position + 1))
        position = match.end()
    return [*tokens, Token("end", "", len(text) + 1)]


def _examples() -> str:
    return "; ".join(EXAMPLES)
