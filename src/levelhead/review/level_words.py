"""Which words of a sentence are about one of its prices: those that call it a side, and those beside it that say what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from levelhead.review.kinds import KINDS_SAID, Words, words_of
from levelhead.review.lexicon import PERIODS, bag_of
from levelhead.review.passages import Piece
from levelhead.review.tokens import Token

_NOUN = re.compile(
    r"\s(?:handle|area|zone|level|mark|region|figure|line|price|pocket|shelf|print|band|neighbou?rhood)(?=\s?[,–—-]|\swhere)"
)
# 'the 5,772.50 low of Monday'
_NAMED_BY = re.compile(
    r"\s(?:(?:swing|spike|intraday|session|contract|overnight|[Gg]lobex|cycle|weekly|monthly|daily|prior|previous|recent|old|"
    r"[A-Z][a-z]+"
    r"(?:['’]s)?)\s){0,2}(?:highs?|lows?|peaks?|troughs?|tops?|bottoms?|gap|trend ?line)\b(?:\s(?:of|from|on|in|set|"
    r"made)\s[\w’' ]{1,24})?|"
    r"\s(?:\d{2,3}(?:\.\d)?% )?(?:[Ff]ib(?:onacci)?|retracement|extension|psychological|round|gap|trend ?line)\b"
    r"(?:\s(?:retracement|extension|level|line|mark|zone|area|number|figure|handle))?"
)
# '108K (200-day MA at 108.4K just above it)': what stands in such a bracket has a price of its own
OF_ANOTHER = re.compile(r"\((?:[\w’'-]+\s){1,4}(?:at|is|near)\s?[$€£~≈]?\d[\d.,]*[KkMm]?\b[^()]*\)")
LONGEST_TRAIL = 90  # characters behind a price
FARTHEST = 14  # tokens from a price back to what names it
NOUN_WORDS = 3  # words before 'high' that say which: 'the high of', 'late July high'


def words_about(piece: Piece, index: int, first: int, last: int, is_price: Callable[[Token], bool]) -> Words:
    """The words about the price at `index`, of which tokens first to last call it a side; first == last == index where none do."""
    tokens = piece.tokens
    before = next((i for i in range(index - 1, -1, -1) if is_price(tokens[i])), None)
    following = next((i for i in range(index + 1, len(tokens)) if is_price(tokens[i])), None)
    is_chained = first == last == index and before is not None
    first = _earlier(tokens, first)
    start = tokens[min(first, index)].start
    if is_chained:
        start = min(start, _own_start(piece, index, before))
    start = min(start, tokens[_named_from(piece, index, -1 if before is None else before)].start)
    return words_of(piece.text, tokens, start, _reach(piece, index, last, following))


_SLOPES = bag_of("trend rising ascending falling descending sloping upsloping downsloping uptrend downtrend diagonal dotted")


def _earlier(tokens: Sequence[Token], first: int) -> int:
    """Two words back, where they say what kind of level it is: 'psychological support', 'gap support'."""
    for i in range(first - 1, max(-1, first - 3), -1):
        if tokens[i].kind in ("number", "mark"):
            break  # '23,840 (gap) / S: 23,440'
        if any(k in tokens[i].says for k in ("round", "gap", "fibonacci", "line", "role")) or tokens[i].says.get("side") == "pivot":
            return i
        if tokens[i].text.lower() in _SLOPES:
            return i
    return first


_TIGHT = re.compile(
    r"['’]?s?(?:\s(?:handle|level|area|zone|line|mark|price|figure|point|region|itself|print|still|also|here|there|today|now|"
    r"currently|resistance|support))?"
    r"[\s:=(,|–—-]*(?:(?:is|was|at|near|around|about|of|sits|stands|lies|comes in|located|seen|found|set|made|hit|posted|"
    r"printed|marked|just|the|now|i\.e\.)\s){0,4}[\s:=(–—~≈-]*(?:US)?[$€£¥]?\s?",
    re.I,
)
_ORIGINS = bag_of("from off since between after above below over under beneath beyond past towards toward to through into before")
_ENDS_NAME = bag_of(
    """
    but while whereas although though if until unless because so when once as whether than versus vs or then and which
    reached touched printed reversed rallied fell rose dropped climbed slipped bounced gained lost closed opened
    into towards toward targeting followed would could should will may might eyes eye put puts has have had
    above below over under beneath not no
    """
)


def _named_from(piece: Piece, index: int, before: int) -> int:
    """The first token of the words that name the price at `index`: 'the July low, 5,390', 'trend line off two peaks, at 83.10'.

    before: the price before it, behind which it has its own words; -1 where there is none.
    """
    tokens, start, reached = piece.tokens, index, index
    for i in range(index - 1, max(before, index - FARTHEST - 1), -1):
        token = tokens[i]
        if token.kind == "mark" and token.text in ".;!?→":
            break
        if not says_kind(token):
            continue
        noun = _noun_start(tokens, i, before)
        gap = piece.text[token.end : tokens[reached].start]
        origin = _is_origin(tokens, noun)
        is_tight = bool(_TIGHT.fullmatch(gap)) and not (origin and "," in gap)
        if not (is_tight or (not origin and _leads_on(tokens, i + 1, reached))):
            if origin:
                reached = noun  # 'drawn off the peaks': the words before it may go on
                continue
            break
        start, reached = noun, noun
    return start


def says_kind(token: Token) -> bool:
    """Whether a word says what kind of level something is."""
    return token.kind == "average" or token.text.lower() == "round" or any(k in token.says for k in KINDS_SAID)


def _is_time(token: Token) -> bool:
    """'The March and June highs': two of them."""
    return token.kind == "date" or token.text.lower() in PERIODS


_JOINS = bag_of("and or then but plus while whereas")


def _noun_start(tokens: Sequence[Token], at: int, before: int) -> int:
    """Where the words begin that say which high or gap: 'the late July high'."""
    start = at
    for i in range(at - 1, max(before, at - 1 - NOUN_WORDS), -1):
        token = tokens[i]
        if (
            token.kind in ("mark", "number")
            or (token.text.lower() in _JOINS and not _is_time(tokens[i + 1]))
            or (token.text.lower() in _ORIGINS and not _is_to_date(tokens, i))
            or "event" in token.says
        ):
            break
        start = i
    return start


def _is_to_date(tokens: Sequence[Token], at: int) -> bool:
    """'The year-to-date low'."""
    return tokens[at].text.lower() == "to" and tokens[at + 1].text.lower() == "date"


def _is_origin(tokens: Sequence[Token], noun: int) -> bool:
    """'off the May low': where something begins, or which it lies above."""
    return any(t.text.lower() in _ORIGINS for t in tokens[max(0, noun - 2) : noun])


def _leads_on(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Whether the words [first, end) lead from a name to its price: where and when it was made, that it is support at."""
    depth = 0
    for at in range(first, end):
        token = tokens[at]
        word = token.text.lower()
        depth += (word == "(") - (word == ")")
        if token.kind in ("date", "time", "count", "instrument", "horizon") or word in PERIODS:
            continue
        if word == "and" and at + 1 < end and (tokens[at + 1].kind == "date" or tokens[at + 1].text.lower() in PERIODS):
            continue
        if word in _ENDS_NAME or token.kind in ("percent", "oscillator", "number", "average"):
            return False
        if any(k in token.says for k in ("target", "stop", "entry", "last", "event", "beyond")):
            return False
    return depth == 0


def _own_start(piece: Piece, index: int, before: int | None) -> int:
    """Where the words about a price begin that goes on in a list: behind the last comma or 'and' before it."""
    if before is None:
        return piece.tokens[index].start
    start, end = piece.tokens[before].end, piece.tokens[index].start
    if (parted := piece.text.rfind(";", start, end)) >= 0:
        return parted + 1  # '104.77, the March low; 100.00, a round figure'
    cuts = [m.end() for m in _PARTS.finditer(piece.text[start:end])]
    if len(cuts) > 1 and not piece.text[start + cuts[-1] : end].strip(" $€£~≈"):
        cuts = cuts[:-1]
    return start + cuts[-1] if cuts else end


_PARTS = re.compile(
    r",|;|:|\s[–—-]\s|[–—]|\b(?:and|then|followed by|ahead of|before|with|while|but|whereas|though|plus|rather than|instead of|"
    r"not|unlike)\b"
)
_LISTS = re.compile(r"\b(?:and|then|followed by|ahead of|before|with|while|but|plus)\b")
_UNIT = re.compile(
    r"\s(?:points?|pts|yen|dollars|euros?|cents|(?:a|an|per) (?:barrel|ounce|ton|tonne|coin|share))"
    r"(?=\s?[,;:–—]|\s?$)"
)
# How what a price is may be said behind it: an apposition, a clause, a reason.
_OPENS = re.compile(
    r"\s?(?:,|–|—|-\s|:|=|where|which|that is|the|or|i\.e|;\s?(?:it|that|this|there)(?:['’]s|\s(?:is|was))\b|"
    r"(?:because|since|as)\s(?:of\s)?(?:the|it|that|a|an)\b|being\b|(?:formed|defined|marked|made|set|left|provided|created|given|"
    r"printed|posted|carved|drawn|established|traced|produced|reinforced) (?:out )?by\b|thanks to\b|courtesy of\b|"
    r"on account of\b|due to\b|"
    r"(?:gets|is) treated as\b)"
)
_LEAVES = re.compile(r"rather than|instead of|not|unlike|with|while|but|whereas|though|before|ahead of")
# Where another subject begins: '; the 50-day average (5,582) has been support', ', and the 200-day should also offer support'
_NEW_CLAUSE = re.compile(
    r";(?!\s?(?:it|that|this|there|which)\b)|,?\s(?:and|but|while)\s(?:the|its|our|a)\s(?:[\w’'-]+\s){1,4}?(?:should|would|could|"
    r"will|may|is|are|was|has|have|had|sits?|lies?|stands?|comes?|offers?|provides?|remains?|also|adds?|runs?)\b",
    re.I,
)
# Behind the name of a price another begins: '2,288, Thursday's low, and the 200-day average sits …'.
_ENDS_NOUN = re.compile(r"[,;)]|\s(?:and|but|while|where|which|that|when|so|then|though)\b")


def _with_one_name(piece: Piece, end: int, trail: str, stop: int, following: int | None) -> tuple[str, int, int | None]:
    """What is said behind a price at `end`, cut behind the first thing it is called; with where it ends, and the next price."""
    said = next((t for t in piece.tokens if end <= t.start < end + len(trail) and says_kind(t)), None)
    cut = _ENDS_NOUN.search(piece.text, said.end, end + len(trail)) if said is not None else None
    if cut is None:
        return trail, stop, following
    return trail[: cut.start() - end], cut.start(), None


# ', and then at the 50-day average' is another level, though no price of it is given.
_ANOTHER = re.compile(
    r"[,;]?\s(?:(?:and|then|followed|next|also|after that|before that)\s){1,3}(?:at|near|around|by|from|in)\s(?:the|its|that|a)\b",
    re.I,
)


_BRACKETED = re.compile(
    r"(?:\s(?:handle|area|zone|level|mark|region|figure|line|price|pocket|shelf|print|point|points|range|band|cluster|"
    r"neighbou?rhood))?\s?\([^()]{1,80}\)"
)


def _is_repeated(end: int, trail: str, stop: int) -> bool:
    """Whether the next price only repeats, in a bracket, the one that ends at `end`."""
    return trail.rstrip().endswith("(") and end + len(trail) == stop and not _LISTS.search(trail)


def _reach(piece: Piece, index: int, last: int, following: int | None) -> int:
    """To the end of what is said of a price behind it: its bracket, and the apposition that is not yet the next price's."""
    end = piece.tokens[max(index, last)].end
    if unit := _UNIT.match(piece.text, end):
        end = unit.end()
    stop = piece.tokens[following].start if following is not None else len(piece.text)
    bracket = _BRACKETED.match(piece.text, end)
    if bracket is not None and OF_ANOTHER.search(bracket.group()):
        return end
    end = bracket.end() if bracket is not None else end
    if noun := _NOUN.match(piece.text[end:]) or _NAMED_BY.match(piece.text[end:]):
        end += noun.end()
    trail = piece.text[end : max(end, stop)][:LONGEST_TRAIL]
    if following is not None and (parted := re.search(r";(?!\s?(?:it|that|this|there)\b)", trail)):
        trail, stop, following = trail[: parted.start()], end + parted.start(), None
    if another := _ANOTHER.search(trail) or _NEW_CLAUSE.search(trail):
        trail, stop = trail[: another.start()], end + another.start()
    if not _OPENS.match(trail):
        return end
    if _is_repeated(end, trail, stop):
        trail, following = trail[: trail.rindex("(")], None  # the next price only repeats it in a bracket
        stop = end + len(trail)
    trail, stop, following = _with_one_name(piece, end, trail, stop, following)
    cuts = [(m.start(), m.end(), m.group()) for m in _PARTS.finditer(trail)]
    away = next((n for n, (_, _, word) in enumerate(cuts) if _LEAVES.fullmatch(word)), len(cuts))
    if away < len(cuts):
        return end + cuts[away][0]
    if following is None and stop - end <= LONGEST_TRAIL:
        return stop
    if len(cuts) > 1 and not trail[cuts[-1][1] :].strip(" $€£~≈"):
        cuts = cuts[:-1]  # 'and at the 200-day average, 1.2803': what stands before the last comma is the next price's
        if not trail[cuts[-1][1] : cuts[-1][1] + 1].strip() and len(cuts) > 1 and not trail[cuts[-2][1] : cuts[-1][0]].strip():
            cuts = cuts[:-1]
    return end + (cuts[-1][0] if cuts else 0)
