"""Words that bars can confirm or deny: 'remains intact', 'lower lows', 'golden cross absent', 'flattening'."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from levelhead.review.alternatives import by_first_letter
from levelhead.review.dates import month_number, since
from levelhead.review.indicators import slope_near
from levelhead.review.naming import namings
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import WRITTEN, ReadStatement
from levelhead.review.statement_words import OVER, SIGN, WORDS
from levelhead.review.text import Span
from levelhead.review.tokens import Token

_MOVES = {"up": "rising", "down": "falling", "flat": "flattening"}
# What is said of a possible future is no statement about the past.
_IF = re.compile(
    r"\b"
    + by_first_letter(
        r"if|unless|until|as long as|so long as|could|would|should|may|might|once|when|need(?:s|ed)?|must|will|wait|watch|"
        r"a (?:clean|decisive|sustained|daily|weekly|close|break|move)|risk to|sustained|acceptance"
    )
    + r"\b",
    re.I,
)
_AHEAD = re.compile(r"\b(?:toward|towards|to|for|expect\w*|of)\s(?:new\s|further\s)?$", re.I)
_ONLY_IF = re.compile(r"\b(?:if|unless|until|should|once|could|would)\b", re.I)
_HELD = re.compile(r"\b(?:held|holding|has held|having held|been defended|tested|defended)\b", re.I)
_INTACT = re.compile(r"\b(?:remains?|still|stays?|is)\s(?:firmly\s|well\s)?(?:intact|in place|unbroken)\b", re.I)
_ACTED = re.compile(
    r"\b(?:acted|acts|acting|served|serves|serving|giving|given|provid(?:ed|es|ing)|offered|"
    r"offering)\s(?:\w+\s){0,3}(?P<side>support|resistance)\b",
    re.I,
)
_RECLAIMED = re.compile(r"\b(?:reclaim(?:ed|s)?(?! zone)|recaptured|regained|retaken|back above)\b", re.I)
_LOST = re.compile(
    r"\b(?:lost|(?:has|have) (?:decisively )?broken below|broke below|fell below|slipped below|dropped below)\b", re.I
)
_CROSSED = re.compile(
    r"\bcross(?:ed|ing|es)?\s(?:back\s)?(?P<way>above|below|under|over)\s(?:its|the)\s(?:signal|signal line|trigger)\b", re.I
)
_BEYOND = re.compile(r"\b(?:above|below|under|beneath|over)\b", re.I)


def statements_of(passages: Sequence[Passage], prices: Prices, written: dt.date | None) -> tuple[ReadStatement, ...]:
    """What a note claims about bars that exist, in the order of the text."""
    found: list[ReadStatement] = []
    head: tuple[Piece, ...] = ()
    for passage in passages:
        if passage.place.topic == "dismissed":
            continue
        row = passage.pieces if passage.block.kind == "row" else head
        for piece in passage.pieces:
            if piece.text:
                found += sorted(_of_piece(passage, piece, row, prices, written), key=lambda s: (s.span.start, s.kind))
        is_price = passage.is_head and not re.search("[A-Za-z]", passage.block.text)
        head = (*passage.pieces[:1], Piece("", 0, ())) if is_price else ()
    return tuple(found)


def _of_piece(
    passage: Passage, piece: Piece, row: Sequence[Piece], prices: Prices, written: dt.date | None
) -> Iterator[ReadStatement]:
    has_if = bool(_IF.search(piece.text))
    yield from _worded(piece, prices, written)
    yield from _slopes(piece)
    yield from _extremes(piece, row, prices)
    if not (has_if or passage.place.topic == "setups") or passage.block.kind == "row":
        yield from _standings(piece, prices)
    yield from _behaviour(piece, prices, written, is_open=has_if)


def _statement(piece: Piece, kind: str, found: re.Match[str] | Token, **more: object) -> ReadStatement:
    start, end = (found.start(), found.end()) if isinstance(found, re.Match) else (found.start, found.end)
    span = Span(start=piece.start + start, end=piece.start + end)
    return ReadStatement(kind=kind, text=piece.text[:400], span=span, sure=WRITTEN, **more)  # type: ignore[arg-type]


def _worded(piece: Piece, prices: Prices, written: dt.date | None) -> Iterator[ReadStatement]:
    if not SIGN.search(piece.text.lower()):
        return
    said: set[str] = set()
    for kind, pattern in WORDS:
        match = pattern.search(piece.text)
        if match is None or any(k in said for k in OVER.get(kind, ())) or _is_ahead(piece.text[: match.start()]):
            continue
        said.add(kind)
        start = (
            since(piece.text[match.start() :], written)
            if re.search(r"\b(?:since|from)\b", piece.text[match.end() : match.end() + 60])
            else None
        )
        yield _statement(piece, kind, match, names=_about(piece, kind), numbers=_numbers_for(piece, kind, prices), since=start)


def _is_ahead(before: str) -> bool:
    """Whether what follows is only expected, not seen."""
    return bool(_ONLY_IF.search(before) or _AHEAD.search(before))


def _about(piece: Piece, kind: str) -> tuple[str, ...]:
    if "over" in kind and ("sold" in kind or "bought" in kind):
        oscillators = [t.names[0] for t in piece.tokens if t.kind == "oscillator" and t.names[0] != "macd"]
        return (oscillators[0],) if oscillators else ("rsi_14",)
    if kind.startswith(("golden", "death")):
        averages = [n for t in piece.tokens if t.kind == "average" for n in t.names]
        price = re.search(r"\bprice\b", piece.text, re.I)
        return (("last", averages[-1]) if price else tuple(averages[:2])) if averages else ()
    if kind in ("lags", "leads", "keeps pace"):
        return tuple(dict.fromkeys(n for t in piece.tokens if t.kind == "instrument" for n in t.names if n not in ("RTY", "RUT")))[
            :4
        ]
    return ()


def _numbers_for(piece: Piece, kind: str, prices: Prices) -> tuple[float, ...]:
    if "sold" in kind or "bought" in kind:
        return tuple(t.quantity.low for t in piece.tokens if t.kind == "number" and t.quantity and t.quantity.high <= 100)[:1]
    if kind.startswith("engulfing"):
        return tuple(t.quantity.low for t in piece.tokens if t.quantity and prices.is_price(t))[:1]
    return ()


def _slopes(piece: Piece) -> Iterator[ReadStatement]:
    tokens = [t for t in piece.tokens if t.kind in ("average", "oscillator")]
    both = len(tokens) > 1 and re.search(r"\bboth\b|\ball\b", piece.text, re.I)
    for at, token in enumerate(tokens):
        slope = slope_near(piece.text, token) or (slope_near(piece.text, tokens[-1]) if both and at < len(tokens) - 1 else "")
        if slope:
            for name in token.names:
                yield _statement(piece, _MOVES[slope], token, names=(name,))


def _extremes(piece: Piece, row: Sequence[Piece], prices: Prices) -> Iterator[ReadStatement]:
    """'April low 1,850–1,880', 'lows near 1,800': a high or low with its price."""
    for token in piece.tokens:
        value = token.says.get("extreme", "")
        if value not in ("high", "low") or re.search(
            r"\b(?:higher|lower)[- ]$", piece.text[max(0, token.start - 8) : token.start], re.I
        ):
            continue
        number = _number_beside(piece, token, row, prices)
        if number is None or number.quantity is None:
            continue
        before = piece.text[max(0, token.start - 24) : token.start]
        months = tuple(f"month_{m:02d}" for w in re.findall(r"[A-Z][a-z]{2,8}", before) if (m := month_number(w)) and len(w) >= 3)
        quantity = number.quantity
        numbers = (quantity.low,) if quantity.low == quantity.high else (quantity.low, quantity.high)
        said = _statement(piece, value, token, names=months, numbers=numbers, since=None)
        inside = any(number is t for t in piece.tokens)
        yield replace(said, span=Span(start=said.span.start, end=piece.start + number.end)) if inside else said


def _number_beside(piece: Piece, token: Token, row: Sequence[Piece], prices: Prices) -> Token | None:
    near = [t for t in piece.tokens if prices.is_price(t) and 0 <= t.start - token.end <= 24]
    if near and re.fullmatch(
        r"[\s(:,]*(?:(?:at|near|of|around|is|level|zone)[\s(:]*){0,2}[~≈$]?", piece.text[token.end : near[0].start], re.I
    ):
        return near[0]
    if len(row) > 1 and not any(prices.is_price(t) for t in piece.tokens):
        priced = [t for p in row[:2] for t in p.tokens if prices.is_price(t)]
        return priced[0] if len(priced) == 1 else None
    return None


def _standings(piece: Piece, prices: Prices) -> Iterator[ReadStatement]:
    """'The price is below the 200-day', 'the 50-day (2,229.3) is well above the price', 'hovering just above S2 (2,003)'."""
    beyond = list(_BEYOND.finditer(piece.text))
    values = {n.by: n.number for n in namings(piece, [prices.is_price(t) for t in piece.tokens])} if beyond else {}
    for found in beyond:
        word = "above" if found.group().lower() in ("above", "over") else "below"
        after = [i for i, t in enumerate(piece.tokens) if t.start >= found.end()]
        if not after:
            continue
        tail = piece.text[found.end() : found.end() + 40]
        if re.match(r"\s(?:the\s)?(?:current\s)?(?:price|market|spot)\b", tail, re.I) and not re.match(
            r"\s(?:the\s)?price\s(?:target|of)", tail, re.I
        ):
            yield from _reversed(piece, found, "below" if word == "above" else "above", values)
            continue
        index = (
            after[0]
            if piece.tokens[after[0]].text.lower() not in ("the", "its", "their", "both", "all", "key")
            else (after[1:2] or after)[0]
        )
        if piece.tokens[index].text.lower() in ("rising", "falling", "the", "all", "declining", "flat") and index + 1 < len(
            piece.tokens
        ):
            index += 1
        yield from _standing(piece, found, word, index, values)


def _standing(piece: Piece, found: re.Match[str], word: str, index: int, values: dict[int, int]) -> Iterator[ReadStatement]:
    token = piece.tokens[index]
    names: tuple[str, ...] = ()
    if token.kind == "average" or (token.kind == "word" and token.text.lower() == "major"):
        names = token.names
    elif token.kind == "pivot":
        names = tuple(f"pivot.{n}" for n in token.names)
    elif token.says.get("extreme") in ("all_time_high", "all_time_low", "high_52w", "low_52w"):
        names = (token.says["extreme"],)
    if not names and re.match(
        r"\s(?:all |both |its |the |key |major |these |of ){0,3}moving averages?\b", piece.text[found.end() :], re.I
    ):
        yield _statement(piece, word, found, names=("last", "averages"))
        return
    number = piece.tokens[values[index]].quantity if index in values else None
    for name in names:
        yield _statement(piece, word, found, names=("last", name), numbers=(number.low,) if number and len(names) == 1 else ())


def _reversed(piece: Piece, found: re.Match[str], word: str, values: dict[int, int]) -> Iterator[ReadStatement]:
    """What stands above the price is what the price is below."""
    for index, token in enumerate(piece.tokens):
        if token.end > found.start() or token.kind not in ("average", "pivot"):
            continue
        number = piece.tokens[values[index]].quantity if index in values else None
        for name in token.names:
            yield _statement(
                piece,
                word,
                found,
                names=("last", name if token.kind == "average" else f"pivot.{name}"),
                numbers=(number.low,) if number else (),
            )


def _behaviour(piece: Piece, prices: Prices, written: dt.date | None, *, is_open: bool) -> Iterator[ReadStatement]:
    priced = [t.quantity for t in piece.tokens if t.quantity is not None and prices.is_price(t)]
    averages = [n for t in piece.tokens if t.kind == "average" for n in t.names]
    numbers = () if not priced else (priced[0].low,) if priced[0].low == priced[0].high else (priced[0].low, priced[0].high)
    if (found := _CROSSED.search(piece.text)) is not None:
        name = next((t.names[0] for t in piece.tokens if t.kind == "oscillator"), "rsi_14")
        kind = "crossed above" if found["way"].lower() in ("above", "over") else "crossed below"
        yield _statement(piece, kind, found, names=(name, f"{name}.signal"))
    if averages and (found := _ACTED.search(piece.text)) is not None:
        yield _statement(
            piece,
            f"acted as {found['side'].lower()}",
            found,
            names=(averages[0],),
            since=since(piece.text[found.start() :], written),
        )
    if numbers and (found := _INTACT.search(piece.text)) is not None and not is_open:
        yield _statement(piece, "remains intact", found, numbers=numbers)
    if numbers and (found := _HELD.search(piece.text)) is not None and not is_open:
        yield _statement(piece, "held", found, numbers=(*numbers, *_times(piece.text)))
    if averages and (found := _RECLAIMED.search(piece.text)) is not None and not is_open:
        yield _statement(piece, "reclaimed", found, names=(averages[0],))
    if averages and (found := _LOST.search(piece.text)) is not None and not is_open:
        yield _statement(piece, "lost", found, names=(averages[0],))
    yield from _drawdowns(piece, written)


def _drawdowns(piece: Piece, written: dt.date | None) -> Iterator[ReadStatement]:
    """'Down 19% since its high in December 2024'."""
    for token in piece.tokens:
        if (
            token.kind != "percent"
            or token.quantity is None
            or not _FALLEN.search(piece.text[max(0, token.start - 40) : token.start])
        ):
            continue
        after = piece.text[token.end :]
        if re.match(r"\s(?:\w+\s){0,3}?(?:since|from|off|below)\b", after, re.I):
            yield _statement(piece, "drawdown", token, numbers=(token.quantity.low,), since=since(after, written))


_FALLEN = re.compile(r"\b(?:down|off|fallen|lost|dropped|declined)\s[\w\s~,]{0,16}$", re.I)
_COUNTS = {"once": 1.0, "twice": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0}


def _times(text: str) -> tuple[float, ...]:
    """'Held three times' gives 3."""
    found = re.search(
        r"\b(?P<n>\d{1,2}|three|four|five|six|seven|two)\s(?:separate |different )?(?:times|tests|touches|occasions)\b|"
        r"\b(?P<w>once|twice)\b",
        text,
        re.I,
    )
    if found is None:
        return ()
    word = (found["n"] or found["w"]).lower()
    return (float(word) if word.isdigit() else {"two": 2.0, **_COUNTS}[word],)
