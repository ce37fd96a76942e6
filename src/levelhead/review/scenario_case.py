"""One scenario while its sentences and cells are gathered: its title, its way, its chance, and what its prices are for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from levelhead.review.alternatives import by_first_letter
from levelhead.review.passages import Passage, Piece
from levelhead.review.probabilities import Chance
from levelhead.review.roles import Use, uses_of
from levelhead.review.said import Direction
from levelhead.review.text import Span
from levelhead.review.tokens import Token

_WAYS = {
    "up": re.compile(
        r"\b"
        + by_first_letter(
            r"bull(?:ish|s)?|upside|breakout|break ?out|rally|rallies|bounces?|recovery|higher|upward|up|rebound|"
            r"melts?[- ]?up|advance|"
            r"longs?(?! gamma|[- ]?term|er|[- ]run| as)|squeeze|new highs?|fresh highs?|upswing|lift|gains?|climbs?|grind higher|"
            r"pops?|spike|surges?|jumps?|moon|north|"
            r"breaks out|blue sky|rise(?:s)?|take-?off|"
            r"run to"
        )
        + r"\b|📈|🟢|🐂|⬆",
        re.I,
    ),
    "down": re.compile(
        r"\b"
        + by_first_letter(
            r"bear(?:ish|s)?|downside|breakdown|break ?down|pullback|pull back|correction|lower|downward|down|sell(?:s|"
            r"ing)?[- ]?off|relapse|bleed|south|plunge|"
            r"tumbles?|crash|sinks?|washout|collapse|swoon|capitulation|unwind|rollover|rolls over|weakness|bloodbath|"
            r""
            r"decline|drops?|deeper|"
            r"retreat|slides?|shorts?(?! gamma|[- ]?term|er|[- ]run|[- ]cover)|flush|failure|rejection|retracement|falls?|dip|"
            r"slump|loss of|slips?"
        )
        + r"\b|📉|🔴|🐻|⬇",
        re.I,
    ),
    "range": re.compile(
        r"\b"
        + by_first_letter(
            r"range(?:[- ]?bound)?|sideways|neutral|consolidat\w+|chop(?:py)?|balance|rotation(?:al)?|"
            r"(?<!running )(?<!expanded )(?<!irregular )flat(?! correction)|back and fill|digest\w*|"
            r"base building|two[- ]way|"
            r"pin(?:s|ned|ning)?|stuck|muddle[- ]through|nothing happens|go(?:es|ing)? nowhere|status quo|standstill|stalemate|"
            r"box(?:ed)?|churn\w*|"
            r"oscillat\w+|contained|inside|within(?!\s(?:[\w–-]+\s){0,2}(?:days?|weeks?|months?|sessions?|hours?)\b)|"
            r"between(?!\s(?:about |some )?\d{1,2}(?:\s?%|\sper ?cent)?\s(?:and|to)\s\d{1,2}\s?(?:%|per))|"
            r"pause|"
            r"stay(?:s|ing)? (?:put|between|within|inside|in|at)|hold(?:s|ing)? between|unchanged|"
            r"stall\w*(?!\s(?:out )?(?:at|near|below|above|around|ahead of|in front of|again)\b)"
        )
        + r"\b|↔|➡️",
        re.I,
    ),
}


# Words whose sense is the other way round from the one in them.
_TURNED = re.compile(
    r"\b(?:(?P<up>fail(?:ed|ing|ure of the)? break ?down|false break ?down|bear trap|short[- ](?:squeeze|covering)|break(?:s|"
    r"out)? (?:up|higher|above)|range break higher|upside break|oversold bounce)|"
    r"(?P<down>fail(?:ed|ing)? (?:break ?out|rally|bounce)|false break ?out|bull trap|long liquidation|break(?:s|"
    r"down)? (?:down|lower|below)|range break lower|downside break|rejection at))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence or cell of a scenario; `role` is what its column says its prices are for, '' where it says nothing."""

    piece: Piece
    role: str = ""


@dataclass(slots=True)
class Case:
    """What belongs to one scenario while it is gathered."""

    title: str
    way: Direction
    parts: list[Part]
    chance: Chance | None
    sessions: int | None
    span: Span
    section: int

    def uses(self, is_price: Callable[[Token], bool]) -> list[Use]:
        """Every price in it with what it is for."""
        return [replace(u, role=p.role) if p.role else u for p in self.parts for u in uses_of(p.piece, is_price)]


def case_of(passage: Passage, title: str, way: Direction, chance: Chance | None) -> Case:
    """A scenario that begins with a passage."""
    place = passage.place
    parts = [Part(piece) for piece in passage.pieces]
    return Case(title_of(title)[:160], way, parts, chance, place.sessions, passage.block.span, place.section)


def title_of(text: str) -> str:
    """A title without its chance and the marks around it."""
    bare = re.sub(
        r"[\s(\[–—:,-]*(?:~|≈|about |approx\.? )?\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?(?:%|per ?cent)"
        r"(?:\s(?:probability|chance|odds|likelihood))?[)\]]?",
        "",
        text,
    )
    return re.sub(r"^[^\w(]+|[\s:–—-]+$", "", bare) or text.strip()


@lru_cache(maxsize=64)
def direction_of(title: str, rest: str = "") -> Direction:
    """Where a scenario goes: by the first word of its title that says so, else by the rest."""
    for text in (title, rest):
        if turned := _TURNED.search(text):
            return "up" if turned["up"] else "down"
        found = sorted((m.start(), way) for way, pattern in _WAYS.items() if (m := pattern.search(text)))
        if found:
            return found[0][1]  # type: ignore[return-value]
    return ""
