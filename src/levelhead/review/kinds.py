"""What kind of level some words speak of, which role they give it, and on which side it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from levelhead.review.alternatives import by_first_letter
from levelhead.review.lexicon import PERIODS, bag_of
from levelhead.review.said import LevelKind, LevelSide
from levelhead.review.tokens import Token

KINDS_SAID = ("extreme", "fibonacci", "gap", "round", "line")
_ROLES = (
    "line in the sand", "bias-defining", "reclaim zone", "structural", "extension", "immediate", "reference", "major",
)  # fmt: skip
_NOUN_AFTER = re.compile(
    r"^(?:volume|probab|conviction|risk|quality|odds|beta|time ?frame|momentum|vol\b|liquidity|impact|confidence|chance|"
    r"timeframe|er\b)",
    re.I,
)
# Sides of the past: 'former resistance', 'resistance-turned-support', 'was support', 'what had been a ceiling'.
_SIDE_WORD = r"(?:supports?|resistances?|floor|ceiling|demand|supply|lid|barrier|hurdle|cap|roof|cushion|obstacle|roadblock|shelf)"
_TURNED = re.compile(
    r"\b"
    + by_first_letter(
        r"former(?:ly)?|previous(?:ly)?|erstwhile|once|old|prior|broken|ex|recent|earlier|past|one-time|then|yesterday['’]s|"
        r"last (?:week|month|year)['’]s"
    )
    + rf"[- ](?:\w+[- ])?{_SIDE_WORD}\b|"
    rf"\b{_SIDE_WORD}[- ](?=(?:turned|now|becomes?|became|flipped|to|into|cum|once|last (?:week|month|year)|yesterday|earlier|"
    rf"in the past)\b)|"
    rf"\b(?:was|once|were|had been|been|used to be)\s(?:an?\s|the\s|our\s)?(?:strong |key |solid |stiff )?{_SIDE_WORD}\b",
    re.I,
)


def turned(text: str) -> tuple[tuple[int, int], ...]:
    """Where a text speaks of a side that a price had before, as spans of characters."""
    return tuple(m.span() for m in _TURNED.finditer(text))


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


_MEASURES = bag_of(
    """
    higher lower fresh new too very so as more most how relatively fairly quite extremely unusually at still remains
    is are was looks
    stays rather historically be been being getting became sky not on a under over near of the
    """
)
_AFTER_NOUN = bag_of(
    """
    of from on in at set made and is was are were that which near area zone here to this last before since or then now
    for with just has had
    have print prints again where but hit reached seen today yesterday we i it when still comes should will would
    area's region resistance support
    (august) wick wicks close closes
    """
)
_ALWAYS = bag_of("pdh pdl pwh pwl peak peaks summit summits crest trough highs lows troughs nadir onh onl hod lod ath atl vwaph")


def _is_one(text: str, token: Token) -> bool:
    """'the lower high of 27 October', 'February lower high': one swing, not how swings follow."""
    return bool(_ONE.search(text[: text.find(token.text + " ")] if token.text + " " in text else ""))


_ONE = re.compile(r"(?:\b(?:the|that|this|last|latest|first|second|\w+['’]s|[A-Z][a-z]{2,8}|\d{1,2}(?:st|nd|rd|th)?)\s)$")


def _is_extreme(text: str, tokens: Sequence[Token], at: int) -> bool:
    """'high' and 'low' as things: the August high, the day's low, high of the 23rd; not 'high volume' or 'RSI is low'."""
    token = tokens[at]
    word = token.text.lower()
    earlier = [t for t in tokens[max(0, at - 2) : at] if t.text != "."]
    before = earlier[-1] if earlier else None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and _NOUN_AFTER.match(following.text):
        return False
    if before is not None and before.text.lower() in ("higher", "lower", "fresh", "new"):
        return word in ("high", "low") and before.text.lower() in ("higher", "lower") and _is_one(text, before)
    if word in _ALWAYS:
        return True
    if before is not None and (
        before.kind in ("date", "horizon", "time")
        or before.text.lower().removesuffix("'s").removesuffix("’s") in PERIODS
        or re.search(r"['’]s$|day$|week$|month$|wkly$|mthly$|contract|todays?", before.text, re.I)
    ):
        return True
    stands_free = following is None or following.kind in ("mark", "number", "date", "time") or following.text.lower() in _AFTER_NOUN
    if word in ("top", "tops", "bottom", "bottoms", "highest", "lowest"):
        if before is not None and before.text.lower() in ("double", "triple"):
            return False  # a pattern, of two highs or more
        leads = following.text.lower() if following is not None else ""
        if leads == "of" and not any(_is_time(t) for t in tokens[at + 2 : at + 6]):
            return False  # 'the bottom of the single prints': an edge of something
        return stands_free and leads in ("of", "from", "on", "in", "since", "made", "set")
    if not stands_free:
        return False
    if before is None:  # 'high of the 23rd', 'Low 4 March'
        return following is not None and (
            following.kind == "date" or following.text.lower() in ("of", "from", "on", "made", "set", "in", "since")
        )
    return before.text.lower() not in _MEASURES or (
        before.text.lower() == "the" and following is not None and following.kind != "mark"
    )


_MOVES = bag_of(
    """
    move rally decline advance leg wave swing sell-off selloff session day week month quarter year crash correction recovery
    rebound slide cycle bounce pullback spike candle bar flush squeeze run today yesterday
    """
)


def _is_time(token: Token) -> bool:
    """Whether a word says when or in which move a turning point was made."""
    word = token.text.lower().removesuffix("'s").removesuffix("’s")
    return token.kind in ("date", "horizon", "time", "number") or word in PERIODS or word in _MOVES or bool(_DAY_OF.fullmatch(word))


_DAY_OF = re.compile(r"\w+day|(?:the )?\d{1,2}(?:st|nd|rd|th)|19\d\d|20\d\d")


# 'the channel off the May low': the low is only where it begins.
_ORIGIN = re.compile(
    r"\b(?:off|from|since|between|of|joining|connecting|drawn from|through)\s(?:(?:the|its|my|our|that|this|a|two|last|"
    r"both)\s)?(?:[\w'’.-]+\s){0,3}?"
    r"(?:highs?|lows?|peaks?|troughs?|tops?|bottoms?)\b",
    re.I,
)


# 'The bottom of the shelf', 'the value-area high': edges of where the market has traded, no turning points of it.
_EDGE_OF_RANGE = re.compile(
    r"\b(?:top|bottom|high|low)s?\sof\s(?:the\s|that\s|this\s|its\s|our\s|a\s)?(?:[\w-]+\s)?(?:shelf|zone|band|box|area|balance|"
    r"cloud|body)\b|\bvalue[- ]area\s(?:high|low)s?\b|"
    r"\b(?:top|bottom|upper end|lower end)\sof\s(?:[\w'’-]+\s){0,4}"
    r"(?:bar|candle|candlestick|body|pattern|base|congestion|consolidation)\b",
    re.I,
)
# 'Range low since New Year': the end of a range that is dated is a low
_DATED_END = re.compile(
    r"\brange\s(?:low|high)s?\s(?:since|from|in place since|dating|of (?:the (?:year|month|quarter|week|last|past)|last|this)|"
    r"for (?:the (?:last|past) )?\w+ (?:weeks|months|days))\b",
    re.I,
)
# 'Gap bottom of 8 Oct': an edge of the gap, no low
_EDGE_SAID = re.compile(r"\bgaps?(?:['’]s)?\s(?:top|bottom|high|low|hi|lo|ceiling|floor|edge|upper|lower)\b", re.I)
# 'Measured move off the low', 'target of the triangle': what is reckoned from a low or a figure is neither
_RECKONED = re.compile(
    r"\b(?:measured[- ]moves?|projections?|projected|targets?|objectives?|equal legs?|swing equality|AB\s?=\s?CD)\s"
    r"(?:\w+\s){0,2}?(?:of|from|off)\s(?:[\w'’./-]+\s){0,4}?"
    r"(?:highs?|lows?|peaks?|troughs?|tops?|bottoms?|triangle|wedge|flag|pennant|channel|neckline|pattern|rectangle|trend ?line)\b",
    re.I,
)
_OF_BAR = re.compile(r"\bgap[- ](?:up|down|higher|lower)\s(?:bar|candle|day|session|open)\b", re.I)
_DRAWN = re.compile(r"\blines?\s(?:drawn|joining|connecting|through the)\b", re.I)
# 'rather than anything psychological'
_NOT_ROUND = re.compile(
    r"\b(?:not|no|nor|never|neither|rather than|nothing|hardly|isn[’']t)\s(?:\w+\s){0,2}?(?:round|psychological)\b", re.I
)
_EDGE_OF = re.compile(
    r"\b(?:top|bottom|edge|end|lip|upper|lower|start|side|middle|rim|floor|ceiling|boundary|"
    r"half)\b(?:\s\w+){0,2}\sof\s(?:\w+['’]?s?\s){0,4}"
    r"(?:gaps?(?![- ](?:up|down|higher|lower)\s(?:bar|candle|day|session|open))|channel|trend ?line|wedge|triangle|flag)\b",
    re.I,
)


_SLOPED = re.compile(
    r"\b(?:trend(?!-?ed)|rising|ascending|falling|descending|sloping|up-?sloping|down-?sloping|upward|downward|uptrend|downtrend|dotted|"
    r"diagonal)[\s-]"
    r"(?:sloping[\s-])?(?:\w+\s)?(?:support|resistance)(?:\sline)?\b|\b(?:uptrend|downtrend)[\s-]line\b",
    re.I,
)


def is_reckoned(text: str) -> bool:
    """Whether some words tell of a price that was reckoned from a high or a figure of the chart, and is neither."""
    return bool(_RECKONED.search(text))


def kind_of(text: str, tokens: Sequence[Token], names: Sequence[str] = ()) -> LevelKind:
    """The kind of level that a price's names and the words around it make it, 'level' where they say nothing nearer."""
    if any(n.startswith(("sma_", "ema_", "wma_")) for n in names):
        return "average"
    if any(n.startswith("pivot.") for n in names):
        return "pivot"
    if any(t.kind == "average" for t in tokens) or re.search(
        r"\b(?:moving averages?|VWAP|(?:both|two|all|these|the) averages)\b", text, re.I
    ):
        return "average"
    if _SLOPED.search(text):
        return "line"
    if edge := _EDGE_OF.search(text):
        return "gap" if "gap" in edge.group().lower() else "line"
    if _DRAWN.search(text):
        return "line"
    if _EDGE_SAID.search(text):
        return "gap"
    said = {k for t in tokens for k in ("fibonacci", "gap", "round", "line") if k in t.says}
    is_origin = is_reckoned(text) or bool(said - {"round"} and _ORIGIN.search(text))
    if (extreme_in(text, tokens) and not is_origin and not _EDGE_OF_RANGE.search(text)) or _DATED_END.search(text):
        return "extreme"
    said -= {kind for kind, other in (("round", _NOT_ROUND), ("gap", _OF_BAR), ("line", _RECKONED)) if other.search(text)}
    for kind in ("fibonacci", "gap", "round", "line"):
        if kind in said:
            return kind
    if re.search(
        r"\(\s?(?:big |the )?figure\s?\)|"
        r"\bround\s?(?:#|no\b)|\(\s?(?:big |nice |very )?round\s?\)|\bround(?= and\b|,|$|\s?[|)\]/])|\b(?:nice|big|very) round\b|"
        r"\bround\s(?=[$€£]?\d)",
        text,
        re.I,
    ):
        return "round"
    return "pivot" if any(t.says.get("side") == "pivot" for t in tokens) else "level"


# 'spring lid, now support'
_NOW = re.compile(
    r"\b(?:now|today|turned|turns|becomes?|became|flipped(?: to| into)?)"
    r"(?: (?:an?|the|our|as|acts? as|acting as|solid|strong|key))*\s$",
    re.I,
)
_BOTH = re.compile(r"\bsupports?\s?(?:and|&|/|or|\+)\s?resistances?\b|\bresistances?\s?(?:and|&|/|or|\+)\s?supports?\b", re.I)


def side_in(text: str, tokens: Sequence[Token], *, is_past_enough: bool = True) -> LevelSide:
    """The side that words give: the last one named where an old one has turned into it, else the first.

    is_past_enough: whether a side that a price only had before counts where no other is said.
    """
    if _BOTH.search(text):
        return ""
    past = turned(text)
    offset = tokens[0].start if tokens and not text[:1].isspace() else 0
    sides = [t for t in tokens if "side" in t.says]
    plain = [t for t in sides if not any(a <= t.start - offset < b or a <= t.start < b for a, b in past)]
    if not plain and not is_past_enough:
        return ""
    chosen = [t for t in (plain or sides[::-1]) if t.says["side"] != "pivot"] or plain or sides
    chosen = [t for t in chosen if _NOW.search(text[: max(0, t.start - offset)])] or chosen
    return chosen[0].says["side"] if chosen else ""  # type: ignore[return-value]


def role_in(tokens: Sequence[Token]) -> str:
    """The role that words give a level, the weightiest where there are several."""
    said = {t.says["role"] for t in tokens if "role" in t.says}
    return next((r for r in _ROLES if r in said), "")


def side_of_name(name: str) -> LevelSide:
    """Pivots carry their side in their name."""
    stem = name.removeprefix("pivot.")
    return "pivot" if stem == "p" else "support" if stem.startswith("s") else "resistance" if stem.startswith("r") else ""
