"""Bare numbers that are chances because together they make a whole: 'higher (65) ... lower (35)', 'P 45', '0.45 up, 0.55 down'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from levelhead.review.alternatives import by_first_letter
from levelhead.review.numbers import Quantity
from levelhead.review.passages import Passage, Piece
from levelhead.review.tokens import Token

MOST_WAYS = 6
APART = 2  # passages
WHOLE = 100.0
ROUNDED = 1.01  # what three chances of two decimals may be short of a whole
_N = r"(?P<n>[1-9]\d?|0?\.\d{1,2})(?![\d%]|\s?%|[.,:/’'-]\d)"
_WAY = by_first_letter(
    r"up|down|higher|lower|flat|sideways|unchanged|range(?:[- ]bound)?|neutral|bull(?:ish|s)?|bear(?:ish|s)?|base|upside|"
    r"downside|"
    r"rally|drop|rise|fall|middle|mid|alternative|alternate|main|primary|preferred"
)
_FORMS = (
    # (35), (P 35), [I give it 65]
    re.compile(rf"[(\[]\s?(?:(?:[a-z][a-z.'’]{{0,9}}[\s=:≈~]\s?){{1,4}}|[a-z]\s?[=:≈~]\s?)?{_N}\s?(?:[)\]]|,\s)", re.I),
    # P 35, prob: 35, odds 0.4
    re.compile(rf"\b(?:p|pr|prob\w*|odds|chances?|likelihoods?|weight)\b[\s.:=≈~]{{0,3}}{_N}(?!\s?/)", re.I),
    # 0.45 higher, 45 up; '54 up, 46 down' counts shares
    re.compile(rf"(?<![\w.,$€£¥-])(?=[\d.]*[05.]\d?\s){_N}(?=\s{_WAY}\b)", re.I),
    # up, touches 6725 first: 0.41; P(up) = 0.41; 0.41 - up to 6725
    re.compile(
        r"(?:[:=≈~|→–—]\s?|\s[-–—]\s|\b(?:of|at|is|with)\s)(?P<n>0?\.\d{1,3})(?=\s?[)\],;|]|\.?\s*$|\.\s|\s(?:probab|chance|"
        r"likel))|"
        r"^\W{0,4}(?P<m>0?\.\d{1,3})(?=\s*(?:[:|–—-]|[a-z$€£]|\d{2}))",
        re.I,
    ),
    # Bull case 45:
    re.compile(
        rf"(?:^|[;|,.]\s?)\W{{0,3}}{_WAY}(?:\s(?:case|scenario|path|outcome))?[\s:=–—-]{{1,3}}{_N}(?=\s?(?:[:|,;–—→>(-]|$))", re.I
    ),
)
_MAY = re.compile(
    r"[(\[][^()\[\]]{0,40}\d\s?[)\]]|\b(?:p|pr|prob\w*|odds|chances?|likelihoods?|weight)\b|\b0?\.\d|\b" + _WAY + r"\b", re.I
)


@dataclass(frozen=True, slots=True)
class _Weight:
    passage: int
    piece: int
    start: int
    end: int
    per_cent: float


def with_weights(passages: Sequence[Passage]) -> list[Passage]:
    """The passages, each bare number that is a chance by its neighbours read as per cent."""
    out = [_revised(p) if "from" in p.block.text else p for p in passages]
    places = [
        (at, n)
        for at, p in enumerate(out)
        if p.place.topic != "dismissed"
        for n, piece in enumerate(p.pieces)
        if _MAY.search(piece.text)
    ]
    for form in _FORMS:
        for group in _wholes(list(_marks(out, places, form))):
            for weight in group:
                out[weight.passage] = _marked(out[weight.passage], weight)
    return out


_RAISED = re.compile(
    r"\b(?:mov(?:e|ed|es|ing)|rais(?:e|ed|es|ing)|lift(?:ed|s|ing)?|cut(?:s|ting)?|lower(?:ed|s|ing)?|trim(?:med|s)?|"
    r"revis(?:e|ed|es)|up|down|"
    r"bump(?:ed|s)?|nudg(?:e|ed|es)|chang(?:e|ed|es)|ris(?:e|es|en|ing)|rose|fall(?:s|en|ing)?|fell|gone|goes|went|upped|"
    r"shift(?:ed|s)?|"
    r"increas(?:e|ed|es)|decreas(?:e|ed|es)|tak(?:e|es|en)|climb(?:ed|s)?|slip(?:ped|s)?|drop(?:ped|"
    r"s)?)\b[^.;\d]{0,40}\bfrom\s(?:about |[~≈])?$",
    re.I,
)


def _revised(passage: Passage) -> Passage:
    """'We move the bull case up from 40% to 45%': of the two the new one."""
    pieces = tuple(
        Piece(p.text, p.start, tuple(_newer(t) if _is_revised(p.text, t) else t for t in p.tokens)) for p in passage.pieces
    )
    return replace(passage, pieces=pieces)


def _is_revised(text: str, token: Token) -> bool:
    q = token.quantity
    return token.kind == "percent" and q is not None and q.joined.endswith("to") and bool(_RAISED.search(text[: token.start]))


def _newer(token: Token) -> Token:
    q = token.quantity
    assert q is not None
    start = token.end - len(re.split(r"\bto\s+", token.text)[-1])
    own = replace(q, start=start, low=q.second, high=q.second, first=q.second, joined="")
    return replace(token, start=start, text=token.text[start - token.start :], quantity=own)


def _marks(passages: Sequence[Passage], places: Sequence[tuple[int, int]], form: re.Pattern[str]) -> Iterator[_Weight]:
    for at, n in places:
        piece = passages[at].pieces[n]
        for found in form.finditer(piece.text):
            start, end = found.span("m" if found.groupdict().get("m") else "n")
            if _PERIOD.search(piece.text[: found.start()]):
                continue
            if not any(t.kind == "percent" and "chance" not in t.says and t.start < end and start < t.end for t in piece.tokens):
                value = float(piece.text[start:end])
                yield _Weight(at, n, start, end, 100 * value if "." in piece.text[start:end] else value)


# 'Moving average (25)', 'RSI (14)', 'Support (1)': a length or a number, no chance
_PERIOD = re.compile(
    r"\b(?:averages?|[se]?ma|dma|rsi|atr|adx|cci|macd|momentum|stochastics?|roc|bollinger|bands?|period|supports?|"
    r"resistances?|levels?|pivots?|note|page|figure|chart|table)\s?$",
    re.I,
)


def _wholes(marks: Sequence[_Weight]) -> Iterator[Sequence[_Weight]]:
    """Runs of neighbours that sum to a hundred."""
    first = 0
    while first < len(marks):
        total, taken = 0.0, 0
        for last in range(first, min(len(marks), first + MOST_WAYS)):
            if last > first and marks[last].passage - marks[last - 1].passage > APART:
                break
            total += marks[last].per_cent
            if last > first and abs(total - WHOLE) < (0.01 if last == first + 1 else ROUNDED):
                taken = last + 1 - first
                break
        if taken:
            yield marks[first : first + taken]
        first += taken or 1


def _marked(passage: Passage, weight: _Weight) -> Passage:
    piece = passage.pieces[weight.piece]
    share = round(weight.per_cent, 12)
    quantity = Quantity(weight.start, weight.end, share, share, "%", first=share, second=share)
    text = piece.text[weight.start : weight.end]
    token = Token("percent", weight.start, weight.end, text, says={"chance": "share"}, quantity=quantity)
    rest = [t for t in piece.tokens if t.end <= weight.start or t.start >= weight.end]
    if (
        rest
        and (before := [t for t in rest if t.end <= weight.start])
        and before[-1].kind == "pivot"
        and before[-1].text.upper() == "P"
    ):
        rest.remove(before[-1])
    tokens = tuple(sorted([*rest, token], key=lambda t: t.start))
    pieces = (*passage.pieces[: weight.piece], Piece(piece.text, piece.start, tokens), *passage.pieces[weight.piece + 1 :])
    return replace(passage, pieces=pieces)
