"""What kind of level some words speak of, which role they give it, and on which side it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from levelhead.review.lexicon import PERIODS
from levelhead.review.said import LevelKind, LevelSide
from levelhead.review.tokens import Token

_ROLES = (
    "line in the sand", "bias-defining", "reclaim zone", "structural", "extension", "immediate", "reference", "major",
)  # fmt: skip
_NOUN_AFTER = re.compile(
    r"^(?:volume|probab|conviction|risk|quality|odds|beta|time ?frame|momentum|vol\b|liquidity|impact|confidence|chance|"
    r"timeframe|er\b)",
    re.I,
)
_TURNED = re.compile(
    r"\b(?:former|old|prior|previous|broken|ex)[- ](?:support|resistance|floor|ceiling|demand|supply)\b|\b(?:support|"
    r"resistance)[- ](?=(?:turned|now|becomes?|became|flipped|to|into)\b)|"
    r"\b(?:was|once|were|had been|been)\s(?:strong |key )?(?:support|resistance)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Words:
    """Some words around a price and the tokens in them."""

    text: str
    tokens: tuple[Token, ...]


def words_of(text: str, tokens: Iterable[Token], start: int, end: int) -> Words:
    """The words at [start, end) of a text."""
    return Words(text[start:end], tuple(t for t in tokens if start <= t.start and t.end <= end))


def extreme_in(text: str, tokens: Sequence[Token]) -> str:
    """The high or low that words name, '' where 'high' or 'low' is only a measure of something else."""
    for at, token in enumerate(tokens):
        value = token.says.get("extreme", "")
        if not value:
            continue
        if value not in ("high", "low") or " " in token.text or "-" in token.text:
            return value
        if _is_extreme(text, tokens, at):
            return value
    return ""


def _is_extreme(text: str, tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    word = token.text.lower()
    offset = tokens[0].start if tokens else 0
    earlier = [t for t in tokens[max(0, at - 2) : at] if t.text != "."]
    before = earlier[-1] if earlier else None
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if _NOUN_AFTER.match(following) or (before is not None and before.text.lower() in ("higher", "lower", "fresh", "new")):
        return False
    if word in ("pdh", "pdl", "pwh", "pwl", "peak", "peaks", "trough", "highs", "lows", "troughs", "nadir"):
        return True
    if before is not None and (
        before.kind == "date"
        or before.text.lower().removesuffix("'s").removesuffix("’s") in PERIODS
        or re.search(r"['’]s$", before.text)
    ):
        return True
    if following.lower() in ("of", "from", "on", "made", "set", "in", "since") and word in (
        "high",
        "low",
        "top",
        "bottom",
        "highest",
        "lowest",
    ):
        return True
    return bool(
        re.search(
            r"\b(?:" + "|".join(("month", "week", "day", "year", "session", "hour", "swing", "crash")) + r")[-\s]$",
            text[: max(0, token.start - offset)],
            re.I,
        )
    )


def kind_of(text: str, tokens: Sequence[Token], names: Sequence[str] = ()) -> LevelKind:
    """The kind of level that a price's names and the words around it make it, 'level' where they say nothing nearer."""
    if any(n.startswith(("sma_", "ema_", "wma_")) for n in names):
        return "average"
    if any(n.startswith("pivot.") for n in names):
        return "pivot"
    if any(t.kind == "average" for t in tokens) or re.search(r"\b(?:moving average|VWAP)\b", text, re.I):
        return "average"
    if extreme_in(text, tokens):
        return "extreme"
    for kind, word in (("fibonacci", "fibonacci"), ("gap", "gap"), ("round", "round"), ("line", "line")):
        if any(word in t.says for t in tokens):
            return kind  # type: ignore[return-value]
    return "pivot" if any(t.says.get("side") == "pivot" for t in tokens) else "level"


def side_in(text: str, tokens: Sequence[Token]) -> LevelSide:
    """The side that words give: the last one named where an old one has turned into it, else the first."""
    turned = [m.span() for m in _TURNED.finditer(text)]
    offset = tokens[0].start if tokens and not text[:1].isspace() else 0
    sides = [t for t in tokens if "side" in t.says]
    plain = [t for t in sides if not any(a <= t.start - offset < b or a <= t.start < b for a, b in turned)]
    chosen = [t for t in (plain or sides[::-1]) if t.says["side"] != "pivot"] or plain or sides
    return chosen[0].says["side"] if chosen else ""  # type: ignore[return-value]


def role_in(tokens: Sequence[Token]) -> str:
    """The role that words give a level, the weightiest where there are several."""
    said = {t.says["role"] for t in tokens if "role" in t.says}
    return next((r for r in _ROLES if r in said), "")


def side_of_name(name: str) -> LevelSide:
    """Pivots carry their side in their name."""
    stem = name.removeprefix("pivot.")
    return "pivot" if stem == "p" else "support" if stem.startswith("s") else "resistance" if stem.startswith("r") else ""
