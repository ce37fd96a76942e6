"""A sentence of a note as tokens: numbers, names of averages and pivots, and the words of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from levelhead.review import token_signs as signs
from levelhead.review.alternatives import by_first_letter
from levelhead.review.amounts import amounts
from levelhead.review.averages import AVERAGE, BRACKETED, LABELLED, LISTED, average_names, labelled_names, list_start, listed_names
from levelhead.review.counts import COUNT
from levelhead.review.dates import DATE
from levelhead.review.fibonacci import FIB, FIB_AFTER, FIB_OF, RATIOS, SPEAKS_OF_FIB
from levelhead.review.horizons import SPAN
from levelhead.review.instruments import INSTRUMENT, symbol_of
from levelhead.review.lexicon import BY_FIRST_WORD, spelled
from levelhead.review.numbers import Quantity, quantities
from levelhead.review.oscillators import OSCILLATOR, oscillator_name
from levelhead.review.pivot_names import PIVOT, SIDE_LETTER, SIDE_LIGHT, pivot_name, side_letter, side_light
from levelhead.review.senses import means_last, means_side
from levelhead.review.shares import SHARE, share_of
from levelhead.review.yields import is_yield, may_hold_yields

TokenKind = Literal[
    "number", "percent", "average", "oscillator", "pivot", "date", "time", "horizon", "instrument", "word", "mark", "count"
]
_TIME = re.compile(
    r"(?<![\w:])\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s?(?:ET|EST|EDT|CT|CET|GMT|UTC|BST|New York))?(?!\w)|"
    r"(?<![\w.,])\d{1,2}\s?[ap]\.?m\b\.?"
)
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|→|->|➔|➜|=>|[.;!?|,:()<>]")
_CONTACT = re.compile(
    r"(?:https?://|www\.)\S{1,300}|[\w.+-]{1,64}@(?![\d.,]+(?!\w))[\w.-]{1,120}|(?<![\w-])(?:\+?\d{1,3}[ .-])?(?:\(\d{3}\)\s?|"
    r"\d{3}[-. ])\d{3}[-.]\d{4}(?![\w-])|(?<!\w)\+\d[\d ]{7,16}\d"
)
_YEAR = re.compile(r"(?<![\w.,$])(?:19[5-9]\d|20[0-4]\d)(?:/\d{2}|[-–](?:20)?\d{2})?(?![\w]|[.,]\d|%|\s?%)")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|of|during|until|for|early|mid|late|year|by|from|into|throughout|through|end|fy|calendar|summer|spring|"
    r"fall|autumn|winter|"
    r"copyright)[\s-]|[©']\s?)$",
    re.I,
)
_YEAR_AFTER = re.compile(
    r"^(?:['’]s)?\s(?:highs?|lows?|peaks?|bottoms?|tops?|rally|sell|bull|bear|outlook|forecast|crash|record|target|election|"
    r"year|all)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text at [start, end). `says` maps what it may be (side, event, target, ...) to what it says of it."""

    kind: TokenKind
    start: int
    end: int
    text: str
    says: Mapping[str, str] = field(default_factory=dict)
    quantity: Quantity | None = None
    names: tuple[str, ...] = ()

    def moved(self, by: int) -> Token:
        """The same `by` characters further on."""
        return Token(self.kind, self.start + by, self.end + by, self.text, self.says, self.quantity, self.names)


@lru_cache(maxsize=64)
def tokens_of(text: str, *, is_bond: bool = False) -> tuple[Token, ...]:
    """The tokens of a text, in order, none overlapping. Takes time in proportion to the text.

    is_bond: whether '112-08' is a price in thirty-seconds.
    """
    taken = bytearray(len(text))
    found = list(_special(text, taken))
    left = _without(text, found) if found else text
    said = quantities(left, is_bond=is_bond)
    counted = amounts(text, said)
    numbers = [_number(text, q, is_amount=q.start in counted) for q in said]
    has_per_cent = any(t.kind == "percent" for t in numbers)
    if has_per_cent and SPEAKS_OF_FIB.search(text):
        numbers = [_ratio(t) for t in numbers]
    if has_per_cent and may_hold_yields(text):
        numbers = [_priced(text, t) for t in numbers]
    for token in numbers:
        taken[token.start : token.end] = b"\x01" * (token.end - token.start)
    return tuple(sorted([*found, *numbers, *_words(text, taken)], key=lambda t: t.start))


def _without(text: str, found: Sequence[Token]) -> str:
    """A text with what has been found blotted out."""
    parts, at = [], 0
    for token in sorted(found, key=lambda t: t.start):
        parts += [text[at : token.start], "\x00" * (token.end - token.start)]
        at = token.end
    return "".join([*parts, text[at:]])


def _ratio(token: Token) -> Token:
    """'(38.2%)' in a sentence about retracements."""
    if token.kind == "percent" and token.quantity is not None and token.quantity.low in RATIOS:
        return Token("count", token.start, token.end, token.text, says={"fibonacci": "fibonacci"})
    return token


def _priced(text: str, token: Token) -> Token:
    """A per cent that is a yield, as a price."""
    quantity = token.quantity
    if token.kind != "percent" or quantity is None or not is_yield(text, quantity):
        return token
    return Token("number", token.start, token.end, token.text, quantity=replace(quantity, unit=""))


def _number(text: str, quantity: Quantity, *, is_amount: bool) -> Token:
    kind: TokenKind = "count" if is_amount else "percent" if quantity.unit == "%" else "number"
    return Token(kind, quantity.start, quantity.end, text[quantity.start : quantity.end], quantity=quantity)


def _special(text: str, taken: bytearray) -> Iterator[Token]:
    small = text.lower()
    for kind, pattern, reading, sign in _asked(text, small):
        if not sign(text, small):
            continue
        for found in pattern.finditer(text):
            start, end = found.span()
            if any(taken[start:end]):
                continue
            token = reading(kind, text, found)
            if token is not None:
                taken[token.start : token.end] = b"\x01" * (token.end - token.start)
                yield token


_Reading = Callable[[TokenKind, str, re.Match[str]], "Token | None"]


def _plain(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    return Token(kind, found.start(), found.end(), found.group())


def _instrument(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    symbol = symbol_of(found)
    return Token(kind, found.start(), found.end(), found.group(), names=(symbol,)) if symbol else None


def _year(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    before, after = text[max(0, found.start() - 14) : found.start()], text[found.end() : found.end() + 16]
    return _plain(kind, text, found) if _YEAR_BEFORE.search(before) or _YEAR_AFTER.match(after) else None


def _average(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    names = average_names(text, found)
    start = list_start(found)
    return Token(kind, start, found.end(), text[start : found.end()], names=names) if names else None


def _listed(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    names = listed_names(found)
    return Token(kind, found.start(), found.end(), found.group(), names=names) if names else None


def _labelled(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    names = labelled_names(text, found)
    return Token(kind, found.start(), found.end(), found.group(), names=names) if names else None


def _oscillator(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    name, start, end = oscillator_name(text, found)
    return Token("average" if name == "vwap" else kind, start, end, text[start:end], names=(name,))


def _pivot(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    name = pivot_name(text, found)
    return Token(kind, found.start(), found.end(), found.group(), names=(name,)) if name else None


def _count(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    # '58 points' is a value where the range is spoken of
    if re.search(r"\b(?:ATR\d{0,2}|average true range)\b[^.;]{0,44}$", text[max(0, found.start() - 64) : found.start()], re.I):
        return None
    if re.search(r"\d['’]$", text[max(0, found.start() - 2) : found.start()]):
        return None  # 'below 112'20 points to 112'04'
    is_level = re.fullmatch(r"(?:\d{1,3},\d{3}|\d{4,}).*(?:points?|pts?|dollars)", found.group(), re.I)
    if _OF_ONE.fullmatch(found.group()) and _QUOTED.search(text[max(0, found.start() - 32) : found.start()]):
        return None  # 'near 68.40 dollars a barrel'
    if is_level and not _MOVED.search(text[max(0, found.start() - 32) : found.start()]):
        return None  # an index stands at so many points
    return Token(kind, found.start(), found.end(), found.group())


_OF_ONE = re.compile(r"\d+(?:[.,]\d+)?\s(?:dollars|euros|cents)", re.I)
_QUOTED = re.compile(
    r"(?:(?:%|per ?cent|cents|points)\sto|\b(?:at|near|around|fetch(?:es|ed)|costs?|worth|price|market|last|"
    r"close|settle)\b|:)\s?$",
    re.I,
)
_MOVED = re.compile(
    r"\b(?:up|down|(?:higher|lower|moved|gained|advanced|declined|fell|rose|dropped|up|down|off|climbed|slid|jumped|increased|"
    r"decreased) by|gain(?:ed|s|ing)?|los[ets]+|added|adds|fell|rose|dropped|drops|jumped|shed|sheds|plus|minus|than|another|"
    r"climbed|slid|"
    r"(?:gain|loss|drop|rally|range|move|rise|fall|swing|advance|decline|slide|plunge|surge) of)"
    r"\s(?:about |some |nearly |almost |over |another |more than |only |roughly )?[~+-]?$",
    re.I,
)


def _weeks(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    what = (found["what"] or found["first"] or found["year"]).lower()
    side = {"hi": "high", "lo": "low", "h": "high", "l": "low"}.get(what, what.rstrip("s"))
    if side not in ("high", "low"):
        return Token("count", found.start(), found.end(), found.group(), says={"range": "52w"})
    return Token(kind, found.start(), found.end(), found.group(), says={"extreme": f"{side}_52w"})


def _fib(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    return Token("count", found.start(), found.end(), found.group(), says={"fibonacci": "fibonacci"})


def _ordinal(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    """The number of a label, 'Support 2' or 'Target-1': no price, even where prices are as small."""
    group = "n" if found["n"] else "m"
    return Token(kind, found.start(group), found.end(group), found[group])


def _record(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    """'25,140 (record)' is the all-time high."""
    group = next(g for g in "nmopqrs" if found[g])
    return Token(kind, found.start(group), found.end(group), found[group], says={"extreme": "all_time_high"})


def _side_letter(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    start, end, side = side_letter(found)
    return Token(kind, start, end, text[start:end], says={"side": side})


def _side_light(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    start, end, side = side_light(found)
    return Token(kind, start, end, text[start:end], says={"side": side})


def _share(kind: TokenKind, text: str, found: re.Match[str]) -> Token | None:
    """'seven in ten' as the per cents it says."""
    share = share_of(text, found)
    if share is None:
        return None
    quantity = Quantity(share.start, share.end, share.low, share.high, "%", first=share.low, second=share.high)
    says = {"chance": "odds" if share.is_odds else "share"}
    return Token(kind, share.start, share.end, text[share.start : share.end], says=says, quantity=quantity)


_PRICE = r"[~≈]?[$€£¥]?\d[\d.,]*\d"
# The leg that is measured, 'of 1.0176 to 1.1917 from 1.0780': no price of today.
_LEG = re.compile(
    r"(?<=ment |tion |sion |fibs )(?:of|for) (?:the )?(?:[a-z-]+ ){0,3}(?:from )?(?:\([^)]{0,24}\) )?"
    rf"{_PRICE} (?:to|[-–—]) {_PRICE}(?: from {_PRICE})?",
    re.I,
)
_ORDINAL = re.compile(
    r"\b"
    + by_first_letter(
        r"supports?|resistances?|supp?|res|resis|resist|rez|rst|sup|supt|spt|levels?|lvl|targets?|targ|tgts?|tps?|tp|objectives?|t|"
        r"obj|pt|target price|take profit|"
        r"ceiling|shelf|floor|zone"
    )
    + r"[ .]{0,2}(?:no\.?\s?|number\s?|nr\.?\s?)?[#-]?\s?(?P<n>(?P<m>[1-9]))(?![\d%’'/]|[.,]\d|\s?[-–/]\s?\d|\s\d{1,2}/|\s(?:and|"
    r"or|to)\s\d)(?=\s{0,3}(?:[:=|"
    r"@)(.~≈–—-]|"
    r"$|(?:at|is|near)\b|[$€£]?\d{2}|[$€£]?\d\.\d))",
    re.I,
)
_ORDINALS = re.compile(
    r"\b(?:supports?|resistances?|supp?|res|sup|levels?|targets?|tps?|objectives?)[ .]{0,2}"
    r"(?P<n>(?P<m>[1-5](?:\s?(?:/|,|&|-|–|and|to|\|)\s?[1-5]){1,4}))(?=\s{0,3}[:=|)])",
    re.I,
)
_ENUMERATED = re.compile(r"^\s*(?P<n>\d{1,2}[.)])(?=\s+[^\d\s])|(?:(?<=\s)|^)(?P<m>[1-9]\))(?=\s)")
_RECORD = re.compile(
    r"\((?:the |a |its |all-time )?(?P<n>record)(?: (?:of|from|set|on) [^)]{1,40})?\)|,\s(?:the|its|a|and a|and "
    r"the)\s(?P<m>record)(?=\s?[,.;)]|\s?$| of\b| from\b| set\b)"
    r"|\b(?:the|its|that|their) (?:(?:\d{1,2} )?[A-Z][a-z]{2,8} )?(?P<p>record)(?=\s?[(,]\s?[$€£]?\d{2})"
    r"|(?<=\d )(?P<q>record)(?=\s?[.,;)]|\s?$)|(?:^|[.;|]\s)(?P<r>record)(?=\s?[:=]\s?[$€£]?\d)|"
    r"\ba (?P<s>record)(?=\s(?:of\s)?[$€£]?\d[\d,.]{2})"
    r"|\b(?P<o>highs?\s?[(\[](?:all[- ]time|record|lifetime|life)[)\]])",
    re.I,
)
_WEEKS = re.compile(
    r"(?<![\w.,])(?:(?:52|fifty[\s-]two)[\s-]?(?:weeks?|wks?|w)|(?:12|twelve)[\s-](?:months?|mo))[\s-]?"
    r"(?P<what>(?:high|low|hi|lo|h|l)\s?(?:/|-|–|and|to)\s?(?:low|high|lo|hi|l|h)|highs?|lows?|range|hi|lo|h|l)\b"
    r"|(?<![\w])(?P<first>high|low|hi|lo)[\s(\[]{0,2}(?:52|fifty[\s-]two)[\s-]?(?:weeks?|wks?|w)\b[)\]]?"
    r"|(?<![\w])(?P<year>high|low)\s(?:of|over|in|for)\s(?:the\s)?(?:last\s|past\s)?(?:52|fifty-two)[\s-]weeks\b",
    re.I,
)
_SPECIALS: tuple[tuple[TokenKind, re.Pattern[str], _Reading, signs.Sign], ...] = (
    ("count", _CONTACT, _plain, signs.CONTACT),
    ("count", _LEG, _plain, signs.LEG),
    ("percent", SHARE, _share, signs.SHARE),
    ("oscillator", OSCILLATOR, _oscillator, signs.OSCILLATOR),
    ("count", _ORDINAL, _ordinal, signs.ORDINAL),
    ("count", _ORDINALS, _ordinal, signs.ORDINAL),
    ("count", _ENUMERATED, _ordinal, signs.ENUMERATED),
    ("word", SIDE_LETTER, _side_letter, signs.side_letter),
    ("word", SIDE_LIGHT, _side_light, signs.SIDE_LIGHT),
    ("word", _RECORD, _record, signs.RECORD),
    ("word", _WEEKS, _weeks, signs.WEEKS),
    ("average", LISTED, _listed, signs.LISTED),
    ("date", DATE, _plain, signs.DATE),
    ("time", _TIME, _plain, signs.TIME),
    ("count", FIB, _fib, signs.FIB),
    ("count", FIB_AFTER, _fib, signs.FIB_AFTER),
    ("count", FIB_OF, _fib, signs.FIB_OF),
    ("average", AVERAGE, _average, signs.AVERAGE),
    ("average", LABELLED, _labelled, signs.LABELLED),
    ("average", BRACKETED, _labelled, signs.LABELLED),
    ("pivot", PIVOT, _pivot, signs.PIVOT),
    ("instrument", INSTRUMENT, _instrument, signs.INSTRUMENT),
    ("horizon", SPAN, _plain, signs.SPAN),
    ("count", COUNT, _count, signs.COUNT),
    ("date", _YEAR, _year, signs.YEAR),
)


_OF_LETTERS = tuple(special for special in _SPECIALS if special[3] in signs.WITHOUT_FIGURES)
_OF_FIGURES = tuple(special for special in _SPECIALS if special[3] in signs.WITHOUT_LETTERS)
_FIGURE = re.compile(r"\d")


def _asked(text: str, small: str) -> tuple[tuple[TokenKind, re.Pattern[str], _Reading, signs.Sign], ...]:
    """Those that may be in a text, by whether it has figures and letters."""
    if not small.islower():
        return _OF_FIGURES
    return _SPECIALS if _FIGURE.search(text) else _OF_LETTERS


def _words(text: str, taken: bytearray) -> Iterator[Token]:
    pieces = [m for m in _WORD.finditer(text) if not taken[m.start()] and not (m.group() == "." and _is_short(text, m.start()))]
    lower = [spelled(m.group().lower().replace("’", "'")) for m in pieces]
    at = 0
    while at < len(pieces):
        length, says = _phrase(lower, pieces, text, at) if lower[at] in BY_FIRST_WORD else (1, {})
        first, last = pieces[at], pieces[at + length - 1]
        said = first.group()
        kind: TokenKind = "word" if said[0].isalpha() else "mark"
        if kind == "word" and not says:
            pass
        elif said in ("→", "->", "➔", "➜", "=>"):
            says = {"target": "toward"} if re.search(r"\d{2}", text[: first.start()]) else {}
        elif said in "<>" and re.match(r"\s?[$€£~≈]?\d", text[first.end() :]):
            says = {"beyond": "above" if said == ">" else "below"}
        elif "side" in says and length == 1 and not means_side(text, first.start(), last.end()):
            says = {kind: value for kind, value in says.items() if kind != "side"}
        elif "last" in says and length == 1 and not means_last(text, first.start(), last.end()):
            says = {kind: value for kind, value in says.items() if kind != "last"}
        yield Token(kind, first.start(), last.end(), text[first.start() : last.end()], says=says)
        at += length


_SHORT = re.compile(r"\b(?:res(?:is|ist)?|supp?|supt|approx|lvl|prev|avg|tgt|i|e|i\.e|e\.g)$", re.I)


def _is_short(text: str, at: int) -> bool:
    """Whether a point belongs to a shortened word, 'Res. one': it ends no sentence unless one follows."""
    return bool(_SHORT.search(text[max(0, at - 8) : at])) and not re.match(r"\.\s+[A-Z][a-z]+\s[a-z]", text[at : at + 24])


def _phrase(lower: list[str], pieces: list[re.Match[str]], text: str, at: int) -> tuple[int, dict[str, str]]:
    says: dict[str, str] = {}
    length = 1
    for words, kind, value in BY_FIRST_WORD.get(lower[at], ()):
        n = len(words)
        if n < length or not _reads(lower, at, words) or not _together(pieces, text, at, n):
            continue
        length = n
        says.setdefault(kind, value)
    return length, says


def _reads(lower: list[str], at: int, words: tuple[str, ...]) -> bool:
    """Whether these words of the lexicon stand at `at`, the last of several in the plural too: 'safety nets'."""
    n = len(words)
    said = tuple(lower[at : at + n])
    return said == words or (n > 1 and said[:-1] == words[:-1] and said[-1:] == (words[-1] + "s",))


def _together(pieces: list[re.Match[str]], text: str, at: int, n: int) -> bool:
    return all(text[pieces[i].end() : pieces[i + 1].start()] in (" ", "-", "‑", "/", "\n") for i in range(at, at + n - 1))
