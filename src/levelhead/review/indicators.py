"""Values that bars can give: the last price, averages, oscillators, pivots, extremes, drawdowns and distances."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from levelhead.review.distances import distances_in
from levelhead.review.last_price import last_prices
from levelhead.review.naming import aligned, namings
from levelhead.review.oscillator_parts import FARTHEST, parts_of, stem_of
from levelhead.review.oscillator_readings import is_reading, reading, readings_of
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.quotations import quotations
from levelhead.review.quotes import quoted_in_row, quotes_in
from levelhead.review.row_values import row_values, signed
from levelhead.review.said import INFERRED, SUPPOSED, WRITTEN, Indicator, Money
from levelhead.review.text import Span
from levelhead.review.tokens import Token
from levelhead.review.told_values import told_next
from levelhead.review.value_names import EXTREMES, Naming, names_of
from levelhead.review.values_after import arrived

_UP = re.compile(
    r"\b(?:rising|gaining momentum|improving|upward[- ]sloping|sloping (?:up|higher)|slopes? (?:up|higher)|climb(?:s|ing|ed)?|"
    r"turning up|gaining|"
    r"improving|trending (?:up|higher)|pointing (?:up|higher)|upward)\b",
    re.I,
)
_DOWN = re.compile(
    r"\b(?:falling|losing momentum|declin(?:es|ing)|downward[- ]sloping|sloping (?:down|downward|lower)|slopes? (?:down|lower)|"
    r"trending (?:down|lower)|rolling over|turning (?:down|lower)|weakening|slipping|pointing (?:down|lower))\b",
    re.I,
)
_FLAT = re.compile(r"\b(?:flat|flattening|flattened|flattens|sideways|levell?ing off)\b", re.I)


_OF_HUNDRED = ("rsi_", "mfi_", "adx_", "stochastic")
HIGHEST_SHARE = 100.0


def indicators_of(passages: Sequence[Passage], prices: Prices) -> tuple[Indicator, ...]:
    """Every stated value, each name and value once, in the order of the text."""
    slopes = _slopes(passages)
    kept: dict[tuple[str, float, float], Indicator] = {}
    stem, since = "", 0
    for at, passage in enumerate(passages):
        if passage.place.topic == "dismissed":
            continue
        since += 1
        following = passages[at + 1] if at + 1 < len(passages) else None
        for found in [
            *_quoted(passage, following, prices),
            *_heads_alone(passage, prices),
            *_of_passage(passage, passages[at - 1] if at else None, prices),
            *parts_of(passage, stem if since <= FARTHEST else ""),
        ]:
            if found.name.startswith(_OF_HUNDRED) and found.value.high > HIGHEST_SHARE:
                continue  # '2,105.3 | 14-day RSI at 80%' is the price at which it would be
            slope = found.slope or slopes.get(found.name, "")
            kept.setdefault((found.name, found.value.low, found.value.high), replace(found, slope=slope))
        if named := stem_of(passage):
            stem, since = named, 0
    return tuple(_without_earlier(kept.values()))


_EARLIER = re.compile(r"\W*(?:prev(?:ious)?\.?|prior)[\s-](?:day[’']?s?\s)?(?:close|settle(?:ment)?)\b", re.I)


def _without_earlier(found: Iterable[Indicator]) -> Iterator[Indicator]:
    """The values, and of the last prices not the close before where a later one stands beside it."""
    known = list(found)
    has_later = any(i.name == "last" and not _EARLIER.match(i.words) for i in known)
    yield from (i for i in known if not (has_later and i.name == "last" and _EARLIER.match(i.words)))


def last_values(indicators: Sequence[Indicator]) -> tuple[Money, ...]:
    """The last prices that a note states, in its order."""
    return tuple(i.value for i in indicators if i.name == "last")


_CHANGE = re.compile(
    r"\s{0,3}[+−-]\d[\d.,]*\s{0,2}[(/]\s?[+−-]?\d[\d.,]*\s?%|\s{0,3}\(?[+−-]\d[\d.,]*\s?%\)?|\s{0,3}[▲▼]\s?[\d.,]+", re.I
)


def _quoted(passage: Passage, following: Passage | None, prices: Prices) -> Iterator[Indicator]:
    """'1.3268', alone or not, and then what it has changed: '-0.0031 (-0.23%)'."""
    for piece in passage.pieces:
        first = next((t for t in piece.tokens if prices.is_price(t)), None)
        if first is None or first.quantity is None or first.quantity.joined:
            continue
        rest = piece.text[first.end :] or ("" if following is None or len(passage.pieces) > 1 else following.block.text)
        before = piece.text[: first.start]
        if any(names_of(t) for t in piece.tokens if t.end <= first.start) or re.search(r"[+−–-]\s?$", before):
            continue  # '5-day MA 46,610 +3.0%', 'change +1,640 (+3.19%)'
        if _CHANGE.match(rest) and not re.search(r"[a-z]{3,}\s*$", before):
            yield Indicator(name="last", value=first.quantity.money, words=piece.text[:160], span=piece.span(first), sure=WRITTEN)
            return


def _heads_alone(passage: Passage, prices: Prices) -> Iterator[Indicator]:
    """'ES 6 Nov, 15:10 CT. 6,744. Lost 6,770 ...': a price that is a sentence by itself where the note begins."""
    if (
        passage.number > 1
        or len(passage.pieces) < 2
        or passage.block.kind != "paragraph"
        or passage.place.topic in ("levels", "setups")
    ):
        return
    for piece in passage.pieces[:3]:
        if (
            len(piece.tokens) <= 2
            and piece.tokens
            and prices.is_price(piece.tokens[0])
            and (q := piece.tokens[0].quantity)
            and not q.joined
        ):
            yield Indicator(name="last", value=q.money, words=piece.text, span=piece.span(piece.tokens[0]), sure=SUPPOSED)
            return


LONGEST_LABEL = 40
_EXPIRIES = re.compile(
    r"\bexpir(?:y|ies|ations?)\b|\bstrikes\b|\bbarriers?\b", re.I
)  # 'Option expiries NY cut: EURUSD 1.1450 (1.8bn)'


def _of_passage(passage: Passage, before: Passage | None, prices: Prices) -> Iterator[Indicator]:
    if passage.block.kind == "row":
        yield from _of_row(passage, prices)
        return
    earlier: Piece | None = None
    given: list[Indicator] = []
    is_of_options = bool(_EXPIRIES.search(passage.block.text[:LONGEST_LABEL]))
    for piece in passage.pieces:
        is_value = _values_in(piece, prices)
        may_lead = not passage.place.side and passage.place.topic != "scenarios"
        names = _named_in(piece, is_value)
        taken = frozenset(n.number for n in names)
        by_shape = quotes_in(piece, is_value) if passage.place.topic not in ("scenarios", "setups") else ()
        found = sorted(
            [
                *_named(piece, names),
                *_year_range(piece),
                *_lasts(piece, last_prices(piece, is_value, may_lead=may_lead, named=taken), WRITTEN),
                *_lasts(piece, (i for i in by_shape if i not in taken), WRITTEN),
                *_lasts(piece, (i for i in quotations(piece, is_value, alone=not passage.place.side) if i not in taken), INFERRED),
                *distances_in(piece),
            ],
            key=lambda i: i.span,
        )
        if is_of_options:
            found = [i for i in found if i.name != "last"]
        found += told_next(piece, earlier, is_value, given)
        yield from sorted(found, key=lambda i: i.span)
        earlier, given = piece, found
        if before is not None and before.is_head and len(before.pieces) == 1 and not any(is_value):
            yield from _aligned(piece, before.pieces[0], prices)


def _named_in(piece: Piece, is_value: Sequence[bool]) -> tuple[Naming, ...]:
    """Every name of a piece with its number: oscillators by what they read now, all others by what stands beside them."""
    others = [n for n in namings(piece, is_value) if not is_reading(n.name)]
    taken = {n.number for n in others}
    return tuple(sorted([*others, *(n for n in readings_of(piece, is_value) if n.number not in taken)], key=lambda n: n.number))


def _values_in(piece: Piece, prices: Prices) -> list[bool]:
    """For each token whether it may be a price: where prices lie, or farther off right behind the name of an extreme."""
    found = [prices.is_price(t) for t in piece.tokens]
    for at, token in enumerate(piece.tokens):
        if token.says.get("extreme") in EXTREMES:
            behind = next((i for i in range(at + 1, min(at + 6, len(found))) if piece.tokens[i].kind == "number"), None)
            if behind is not None and prices.may_be_extreme(piece.tokens[behind]):
                found[behind] = True
    return found


def _lasts(piece: Piece, numbers: Iterable[int], sure: float) -> Iterator[Indicator]:
    """The last prices at these tokens of a piece."""
    for index in numbers:
        token = piece.tokens[index]
        if token.quantity is not None:
            yield Indicator(name="last", value=token.quantity.money, words=piece.text[:160], span=piece.span(token), sure=sure)


def _named(piece: Piece, names: Sequence[Naming]) -> Iterator[Indicator]:
    for naming in names:
        if naming.name.startswith("pivot."):
            continue  # a pivot is a level
        if re.search(r"(?:[sew]ma|rsi|atr|adx)_\d+[wmh]$", naming.name):
            continue  # of another frame than the day
        yield _indicator(piece, naming)


def _indicator(piece: Piece, naming: Naming) -> Indicator:
    token, by = piece.tokens[naming.number], piece.tokens[naming.by]
    assert token.quantity is not None
    start, end = min(token.start, by.start), max(token.end, by.end)
    return Indicator(
        name=naming.name,
        value=_value(piece, naming),
        words=piece.text[max(0, start - 40) : end + 80].strip(),
        span=Span(start=piece.start + start, end=piece.start + end),
        sure=naming.sure,
    )


def _value(piece: Piece, naming: Naming) -> Money:
    token = piece.tokens[naming.number]
    if is_reading(naming.name):
        return reading(piece.text, token)
    return signed(piece, token) if naming.name == "macd" else arrived(piece.text, token)


_OF_MEMBERS = re.compile(r"\b(?:breadth|members|stocks|names|components|constituents|issues|participation)\b", re.I)


def _of_row(passage: Passage, prices: Prices) -> Iterator[Indicator]:
    done: list[int] = []
    for n, piece in enumerate(passage.pieces):
        is_value = _values_in(piece, prices)
        names = _named_in(piece, is_value)
        taken = frozenset(n.number for n in names)
        named = [*_named(piece, names), *_year_range(piece)]
        named += _lasts(piece, last_prices(piece, is_value, may_lead="@" in piece.text, named=taken), WRITTEN)
        if not named and not passage.columns and not passage.place.side:
            named += _lasts(piece, quotations(piece, is_value, alone=False), INFERRED)
        is_share = bool(_OF_MEMBERS.search(passage.block.text))
        named += [] if named or is_share else [*distances_in(piece)]
        if named:
            done.append(n)
        yield from named
    may_quote = 0 not in done and not passage.columns and not passage.place.side
    quoted = quoted_in_row(passage.pieces, prices.is_price, is_labelled=bool(done)) if may_quote else None
    if quoted is not None and quoted[1].quantity is not None:
        cell, token = quoted
        yield Indicator(name="last", value=quoted[1].quantity.money, words=cell.text[:160], span=cell.span(token), sure=INFERRED)
    yield from row_values(passage, prices, done)


_HI_LO = re.compile(r"[\s:=]{1,3}[$€£]?\d[\d.,]*\s?[/,|–-]\s?(?:lo|low|hi|high)\b[\s:=]{1,3}[$€£]?\d", re.I)


def _year_range(piece: Piece) -> Iterator[Indicator]:
    """'52-week range: 212.11 – 488.54', '52wk hi 227.30 / lo 93.12'."""
    for at, token in enumerate(piece.tokens):
        if "range" not in token.says and not (token.says.get("extreme") in EXTREMES[2:] and _HI_LO.match(piece.text, token.end)):
            continue
        numbers = [t for t in piece.tokens[at + 1 : at + 6] if t.kind == "number" and t.quantity is not None][:2]
        bounds = sorted({v for t in numbers if t.quantity for v in (t.quantity.low, t.quantity.high)})
        if len(bounds) == 2:
            span = piece.span(numbers[0], numbers[-1])
            for name, value in zip(("low_52w", "high_52w"), bounds, strict=True):
                yield Indicator(name=name, value=Money(low=value, high=value), words=piece.text[:160], span=span, sure=WRITTEN)


def _aligned(piece: Piece, heading: Piece, prices: Prices) -> Iterator[Indicator]:
    """'2,500–2,520:' over 'This zone aligns with the rising 50-day moving average'."""
    priced = [t for t in heading.tokens if prices.is_price(t)]
    if len(priced) != 1 or priced[0].quantity is None:
        return
    for i in aligned(piece):
        name = piece.tokens[i].names[0]
        yield Indicator(
            name=name, value=priced[0].quantity.money, words=piece.text[:160], span=heading.span(priced[0]), sure=SUPPOSED
        )


def _slopes(passages: Sequence[Passage]) -> dict[str, str]:
    """What the note says the averages and oscillators do, first word first."""
    said: dict[str, str] = {}
    for passage in passages:
        if passage.place.topic == "dismissed":
            continue
        for piece in passage.pieces:
            for token in piece.tokens:
                if token.kind not in ("average", "oscillator"):
                    continue
                slope = slope_near(piece.text, token)
                for name in token.names:
                    if slope:
                        said.setdefault(name, slope)
            _slopes_of_all(piece, said)
    return said


def _slopes_of_all(piece: Piece, said: dict[str, str]) -> None:
    """'Both the 50-day and 100-day SMAs are sloping downward'."""
    averages = [t for t in piece.tokens if t.kind == "average"]
    if len(averages) < 2 or not re.search(r"\bboth\b|\ball\b", piece.text, re.I):
        return
    slope = slope_near(piece.text, averages[-1])
    for token in averages:
        for name in token.names:
            if slope:
                said.setdefault(name, slope)


def slope_near(text: str, token: Token) -> str:
    """'up', 'down' or 'flat' where the words right before or after a name say what it does."""
    before, after = text[max(0, token.start - 24) : token.start], text[token.end : token.end + 60]
    after = re.split(r"[.;]\s|\bbut\b|\bwhile\b|\bprice\b", after)[0]
    lean = re.search(r"\b(?P<way>bullish|bearish|positive|negative)\s$", before, re.I)
    if lean and re.match(r"\s(?:slope|trend)", after, re.I):
        return "up" if lean["way"].lower() in ("bullish", "positive") else "down"
    for slope, pattern in (("up", _UP), ("down", _DOWN), ("flat", _FLAT)):
        if re.search(pattern.pattern + r"(?:\s(?:of|in))?(?:\sthe|\sits)?[\s,]*$", before, re.I):
            return slope
    for slope, pattern in (("up", _UP), ("down", _DOWN), ("flat", _FLAT)):
        if token.kind == "oscillator" and re.search(r"\bnow\s" + pattern.pattern, text[token.end : token.end + 90], re.I):
            return slope
        if re.match(
            r"[\s,()\d.:–—-]*(?:(?:Currently|at|is|are|has|have|been|also|now|still|currently|remains?|which|both|starting|to|"
            r"beginning|"
            r"continues|gently|slightly|SMAs?|and|at)\s){0,6}" + pattern.pattern,
            after,
            re.I,
        ):
            return slope
    return ""
