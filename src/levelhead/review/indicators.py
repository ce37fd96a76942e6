"""Values that bars can give: the last price, averages, oscillators, pivots, extremes, drawdowns and distances."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from levelhead.review.last_price import is_last_label, last_prices, marks_last
from levelhead.review.naming import Naming, aligned, names_of, namings
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import INFERRED, SUPPOSED, WRITTEN, Indicator, Money
from levelhead.review.text import Span
from levelhead.review.tokens import Token

_UP = re.compile(
    r"\b(?:rising|upward[- ]sloping|sloping (?:up|higher)|slopes? (?:up|higher)|climb(?:s|ing|ed)?|turning up|gaining|"
    r"improving|trending (?:up|higher)|pointing (?:up|higher)|upward)\b",
    re.I,
)
_DOWN = re.compile(
    r"\b(?:falling|declin(?:es|ing)|downward[- ]sloping|sloping (?:down|downward|lower)|slopes? (?:down|lower)|"
    r"trending (?:down|lower)|rolling over|turning (?:down|lower)|weakening|slipping|pointing (?:down|lower))\b",
    re.I,
)
_FLAT = re.compile(r"\b(?:flat|flattening|flattened|flattens|sideways|levell?ing off)\b", re.I)
_AWAY = re.compile(
    r"\b(?:away|below|from|off|under|shy|short|beneath|to|of|above|over|down|higher|lower)\b[\w\s,’'()-]{0,40}?\b(?P<name>ATH|"
    r"all[- ]time high|record(?: high)?|52[- ]week high|52[- ]week low|200[- ]day|50[- ]day|100[- ]day)",
    re.I,
)
_DRAWDOWN = re.compile(
    r"(?:\b(?:down|drawdown|decline|correction|drop|fall|fallen|lost|shed|off|pullback|dropped|declined|retreated|tumbled|slid|"
    r"sell-?off)\b[\w\s~,]{0,24})$",
    re.I,
)
_SINCE_HIGH = re.compile(r"^[\s,]*(?:\w+\s){0,4}?(?:since|from|off|below)\b[\w\s’',]{0,30}\b(?:highs?|peak|top|record|ATH)\b", re.I)


def indicators_of(passages: Sequence[Passage], prices: Prices) -> tuple[Indicator, ...]:
    """Every stated value, each name and value once, in the order of the text."""
    slopes = _slopes(passages)
    kept: dict[tuple[str, float, float], Indicator] = {}
    for at, passage in enumerate(passages):
        if passage.place.topic == "dismissed":
            continue
        for found in _of_passage(passage, passages[at - 1] if at else None, prices):
            slope = found.slope or slopes.get(found.name, "")
            kept.setdefault((found.name, found.value.low, found.value.high), replace(found, slope=slope))
    return tuple(kept.values())


def last_values(indicators: Sequence[Indicator]) -> tuple[Money, ...]:
    """The last prices that a note states, in its order."""
    return tuple(i.value for i in indicators if i.name == "last")


def _of_passage(passage: Passage, before: Passage | None, prices: Prices) -> Iterator[Indicator]:
    if passage.block.kind == "row":
        yield from _of_row(passage, prices)
        return
    for piece in passage.pieces:
        is_value = [prices.is_price(t) for t in piece.tokens]
        may_lead = not passage.place.side and passage.place.topic != "scenarios"
        found = sorted(
            [*_named(piece, is_value), *_last(piece, is_value, may_lead=may_lead), *_shares(piece)], key=lambda i: i.span
        )
        yield from found
        if before is not None and before.is_head and len(before.pieces) == 1 and not any(is_value):
            yield from _aligned(piece, before.pieces[0], prices)


def _named(piece: Piece, is_value: Sequence[bool]) -> Iterator[Indicator]:
    for naming in namings(piece, is_value):
        if naming.name.startswith("pivot."):
            continue  # a pivot is a level
        if naming.name[-1] in "wmh" and "_" in naming.name:
            continue  # of another frame than the day
        yield _indicator(piece, naming)


def _indicator(piece: Piece, naming: Naming) -> Indicator:
    token, by = piece.tokens[naming.number], piece.tokens[naming.by]
    assert token.quantity is not None
    start, end = min(token.start, by.start), max(token.end, by.end)
    return Indicator(
        name=naming.name,
        value=token.quantity.money,
        words=piece.text[max(0, start - 40) : end + 80].strip(),
        span=Span(start=piece.start + start, end=piece.start + end),
        sure=naming.sure,
    )


def _of_row(passage: Passage, prices: Prices) -> Iterator[Indicator]:
    """A name in one cell, its value in the next cell with a number; or both in one cell."""
    cells = passage.pieces
    done: set[int] = set()
    for n, piece in enumerate(cells):
        is_value = [prices.is_price(t) for t in piece.tokens]
        is_column = n < len(passage.columns) and bool(re.search(r"\b(?:last|current|spot|settle\w*|close)\b", passage.columns[n]))
        named = list(_named(piece, is_value)) + list(_last(piece, is_value, may_lead=False))
        if is_column and any(is_value) and not named:
            token = piece.tokens[is_value.index(True)]
            assert token.quantity is not None
            named = [Indicator(name="last", value=token.quantity.money, words=piece.text, span=piece.span(token), sure=INFERRED)]
        if named:
            done.add(n)
        yield from named
    if passage.place.topic in ("scenarios", "setups", "bias") or any(c in ("entry", "stop", "target") for c in passage.columns):
        return
    for n, piece in enumerate(cells):
        if n in done or any(t.kind == "number" for t in piece.tokens) or n > 2:
            continue
        names = [(t, names_of(t)) for t in piece.tokens if len(names_of(t)) == 1]
        is_last = is_last_label(piece.text) or marks_last(piece.text)
        if not names and not is_last:
            continue
        names_here = names[0][1] if names else ("last",)
        wants_price = names_here[0].startswith(("sma", "ema", "wma", "pivot", "all_time", "high", "low", "last"))
        value = _value_cell(cells, n, prices, wants_price)
        if value is None or value[0] in done or (names and len(names) > 1 and names[0][1] != names[1][1]):
            continue
        quantity = cells[value[0]].tokens[value[1]].quantity
        assert quantity is not None
        span = cells[value[0]].span(cells[value[0]].tokens[value[1]])
        yield Indicator(
            name=names_here[0], value=quantity.money, words=" | ".join(p.text for p in cells)[:160], span=span, sure=INFERRED
        )
        return


def _value_cell(cells: Sequence[Piece], name_at: int, prices: Prices, wants_price: bool) -> tuple[int, int] | None:
    for n in [*range(name_at + 1, len(cells)), *range(name_at)]:
        numbers = [i for i, t in enumerate(cells[n].tokens) if t.kind == "number" and (prices.is_price(t) or not wants_price)]
        if numbers and cells[n].tokens[numbers[0]].start <= 12:
            return n, numbers[0]
    return None


def _last(piece: Piece, is_value: Sequence[bool], *, may_lead: bool) -> Iterator[Indicator]:
    for index in last_prices(piece, is_value, may_lead=may_lead):
        token = piece.tokens[index]
        assert token.quantity is not None
        yield Indicator(name="last", value=token.quantity.money, words=piece.text[:160], span=piece.span(token), sure=WRITTEN)


def _shares(piece: Piece) -> Iterator[Indicator]:
    """'down 19% since its high', '3.5% away from breaking its ATH'."""
    for token in piece.tokens:
        if token.kind != "percent" or token.quantity is None:
            continue
        before, after = piece.text[max(0, token.start - 60) : token.start], piece.text[token.end : token.end + 90]
        about = bool(re.search(r"\b(?:about|around|roughly|some|nearly|almost|over|more than)\s(?:a\s)?$", before, re.I))
        value = replace(token.quantity.money, approximate=token.quantity.approximate or about)
        name = ""
        if (found := _AWAY.match(after.lstrip())) and not _DRAWDOWN.search(before):
            name = _distance_name(found["name"])
        elif _DRAWDOWN.search(before) and _SINCE_HIGH.match(after):
            name = "drawdown_pct"
        if name:
            yield Indicator(
                name=name, value=value, words=(before + token.text + after).strip()[:160], span=piece.span(token), sure=WRITTEN
            )


def _distance_name(words: str) -> str:
    lower = words.lower().replace("-", " ")
    if lower in ("ath", "all time high") or lower.startswith("record"):
        return "distance_to_all_time_high_pct"
    if lower.startswith("52"):
        return "distance_to_high_52w_pct" if "high" in lower else "distance_to_low_52w_pct"
    return f"sma_{lower.split()[0]}.distance_pct"


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
    for slope, pattern in (("up", _UP), ("down", _DOWN), ("flat", _FLAT)):
        if re.search(pattern.pattern + r"(?:\s(?:of|in))?(?:\sthe|\sits)?[\s,]*$", before, re.I):
            return slope
    for slope, pattern in (("up", _UP), ("down", _DOWN), ("flat", _FLAT)):
        if re.match(
            r"[\s,()\d.:–—-]*(?:(?:is|are|has|have|been|also|now|still|currently|remains?|which|both|starting|to|beginning|"
            r"continues|gently|slightly|SMAs?|and|at)\s){0,6}" + pattern.pattern,
            after,
            re.I,
        ):
            return slope
    return ""
