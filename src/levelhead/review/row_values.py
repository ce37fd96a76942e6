"""Values in the rows of tables: a name in one cell or at the head of a column, its number in another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from levelhead.review.averages import LENGTHS
from levelhead.review.bar_lengths import is_of_other_bars, names_other_bars
from levelhead.review.dashboards import is_value_pair
from levelhead.review.dates import is_month
from levelhead.review.last_price import is_last_label, marks_last
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import INFERRED, Indicator, Money
from levelhead.review.tokens import Token, tokens_of
from levelhead.review.value_names import EXTREMES, names_of

_PART = re.compile(r"\b(?P<part>signal|histogram|hist)\b", re.I)
_SHARE = re.compile(
    r"\b(?:(?P<drawdown>drawdown|off (?:the )?(?:high|peak|ath|record)|(?:decline|drop|down|below|pullback|"
    r"correction)\b.{0,16}\b(?:high|peak|ath|record))|"
    r"(?P<distance>(?:distance|upside|room|away)\b.{0,20}\b(?:ath|all[- ]time high|record)))",
    re.I,
)  # fmt: skip
_FROM_AVERAGE = re.compile(
    r"\b(?:distance|gap|deviation|extension|premium|discount|% (?:above|below|from|off)|(?:above|below|from|versus|vs\.?) "
    r"(?:the )?[\w -]{2,24}\(?%)",
    re.I,
)
MOST_CELLS = 3
LONGEST_PIVOT = 40  # characters of a label that names a pivot
_PRICED = ("sma", "ema", "wma", "all_time", "high", "low", "last")


def row_values(passage: Passage, prices: Prices, done: Sequence[int]) -> Iterator[Indicator]:
    """What a row says of an indicator: by its label, else by the headings of its columns.

    done: cells that name and value something themselves.
    """
    if passage.pieces and names_other_bars(passage.pieces[0].text):
        return  # 'Weekly | 61.2 | 2,401'
    if len(passage.pieces) > 1 and _is_oscillator(passage.pieces[0]) and is_value_pair(*(p.text for p in passage.pieces[:2])):
        yield from _by_label(passage, prices, done)
        return
    is_plan = any(re.search(r"entry|stop|target|probab|odds|chance", c) for c in passage.columns)
    if is_plan:
        yield from (i for i in _by_column(passage, prices, done) if i.name == "last")
        return
    if not _may_hold(passage):
        return
    by_column = list(_by_column(passage, prices, done))
    if by_column:
        yield from by_column
        return
    if len(passage.pieces) > 1 and _YEAR_RANGE.search(passage.pieces[0].text.lower()):
        yield from _of_year(passage, passage.pieces[1])
        return
    quoted = _quoted(passage, prices)
    if quoted is not None and not done:
        yield _indicator(passage, *quoted, "last")
        return
    yield from _by_label(passage, prices, done)


def _is_oscillator(piece: Piece) -> bool:
    return [t.kind for t in piece.tokens] == ["oscillator"]


def _by_label(passage: Passage, prices: Prices, done: Sequence[int]) -> Iterator[Indicator]:
    """What a row without headings says by the label in one of its first cells."""
    for n, piece in enumerate(
        passage.pieces
        if len(passage.columns) != len(passage.pieces) or len(passage.columns) > MOST_CELLS
        else passage.pieces[:MOST_CELLS]
    ):
        if n in done or any(t.kind == "number" for t in piece.tokens):
            continue
        if n == 0 and (several := _several(passage.pieces, prices)):
            yield from (_indicator(passage, cell, token, name) for name, cell, token in several)
            return
        name = _label_name(piece)
        if not name:
            continue
        if n == 0 and len(passage.pieces) == 3 and len(passage.columns) == 3 and _AGO.search(passage.columns[2]):
            value = _value(passage.pieces[:2], n, name, prices, done)
            if value is not None:
                yield _indicator(passage, *value, name)
            return
        if n == 0 and len(bare := _bare_values(passage.pieces, name, prices)) >= 2 and not name.endswith("_pct"):
            own = [each for each in bare if not names_other_bars(_column_of(passage, each[0]))]  # 'Daily | Weekly'
            yield from (_indicator(passage, cell, token, name) for cell, token in own)  # a column for each market
            return
        value = _value(passage.pieces, n, name, prices, [*done, *_counting(passage.columns)])
        if value is not None:
            cell, token = value
            yield _indicator(passage, cell, token, name)
            if name.startswith("pivot."):
                continue  # 'S1 | 30.80 | 50-day SMA' is the value of both
            return


def _column_of(passage: Passage, cell: Piece) -> str:
    at = next((n for n, piece in enumerate(passage.pieces) if piece is cell), len(passage.columns))
    return passage.columns[at] if at < len(passage.columns) else ""


_LEVEL_LIST = re.compile(r"\W*(?:[RS]\d?|res\w*|supp?\w*)\b", re.I)


def _quoted(passage: Passage, prices: Prices) -> tuple[Piece, Token] | None:
    """'Gold (April) | 3,041.2', 'EURUSD 1.1702 | R: ... | S: ...': a market and its price before nothing but lists of levels."""
    cells = passage.pieces
    if passage.columns or len(cells) < 2 or passage.place.side:
        return None
    named = [t for t in cells[0].tokens if not prices.is_price(t)]
    if not any(t.kind == "instrument" for t in named):
        return None
    if not all(t.kind in ("instrument", "date") or is_month(t.text) or t.text in "()[]:" for t in named):
        return None
    at = 0 if len(named) + 1 == len(cells[0].tokens) and len(cells) >= 3 else 1
    priced = [t for t in cells[at].tokens if prices.is_price(t) and t.quantity is not None and not t.quantity.joined]
    is_bare = len(priced) == 1 and (at == 0 or len(cells[1].tokens) == 1) and len(named) + 1 - at == len(cells[0].tokens)
    return (cells[at], priced[0]) if is_bare and all(_LEVEL_LIST.match(c.text) for c in cells[at + 1 :]) else None


_AGO = re.compile(r"\b(?:ago|prev\w*|prior|before|yesterday|earlier|last (?:week|month|year))\b")


_MARKET = re.compile(
    r"\W*(?:(?:current|last|latest|market|spot|live|now|closing|reference|ref\.?)\s?)?(?:price|close|quote|last|spot|ltp|cmp|rate|"
    r"settle(?:ment)?)(?: now)?\W*",
    re.I,
)


def _may_hold(passage: Passage) -> bool:
    """Whether a row that is no plan may hold values where it stands."""
    if passage.place.topic in ("scenarios", "bias"):
        return _holds_readings(passage)
    if passage.place.topic != "setups" or passage.columns:
        return True
    label, *values = (p.text for p in passage.pieces)
    return len(values) == 1 and (bool(_MARKET.fullmatch(label)) or is_value_pair(label, values[0]))


def _holds_readings(passage: Passage) -> bool:
    """Whether a table among scenarios is one of values: its columns say so, or its label is an average."""
    if passage.columns:
        return any(re.search(r"\b(?:values?|readings?|indicators?)\b", c) for c in passage.columns)
    if len(passage.pieces) == 2 and is_value_pair(*(p.text for p in passage.pieces)):
        return True
    return any(t.kind == "average" for t in passage.pieces[-1].tokens) and len(passage.pieces) <= MOST_CELLS


def _by_column(passage: Passage, prices: Prices, done: Sequence[int]) -> Iterator[Indicator]:
    for n, piece in enumerate(passage.pieces):
        column = passage.columns[n] if n < len(passage.columns) else ""
        if n in done or not column or is_of_other_bars(column):
            continue
        if _YEAR_RANGE.search(column):
            yield from _of_year(passage, piece)
            continue
        if kind := re.search(r"\b(?:simple|exponential)\b|^(?:sma|ema|(?:moving )?averages?|ma)(?: value)?$", column):
            name = _of_kind(passage, kind.group())
        elif (
            re.fullmatch(r"price|quote|px|rate|ltp|cmp|mkt|level|mid|spot|ref|now", column)
            and _stands_among_values(passage.columns, n)
        ) or (re.search(r"\b(?:last|current|spot|settle\w*|close)\b", column) and not re.search(r"week|month|year", column)):
            name = "last"
        else:
            named = [t for t in tokens_of(column) if len(names_of(t)) == 1]
            name = _part(column, names_of(named[0])[0]) if len(named) == 1 and named[0].kind in ("average", "oscillator") else ""
            name = _of_row(name, column, passage.pieces[0].text) if n else name
        if name.startswith("atr_") and column.strip() == "atr" and _POINTS & set(passage.columns):
            continue  # so many of them away
        token = next((t for t in piece.tokens if _may_be(t, name, prices)), None) if name else None
        if token is not None:
            yield _indicator(passage, piece, token, name)


def _of_row(name: str, column: str, label: str) -> str:
    """'rsi_9' in the column 'RSI' of the row '9-Day'."""
    length = _LENGTH.fullmatch(label.strip())
    stem = re.match(r"(?:rsi|atr|adx|mfi)_", name)
    return f"{stem.group()}{length[1]}" if length and stem and not re.search(r"\d", column) else name


_LENGTH = re.compile(r"(\d{1,2})[- ]?(?:d|days?|periods?)", re.I)


def _stands_among_values(columns: Sequence[str], own: int) -> bool:
    """Whether the other columns hold averages, oscillators, supports: beside them 'price' is the last one."""
    return sum(bool(_OTHER_VALUE.search(c)) for n, c in enumerate(columns) if n != own) >= FEWEST_VALUES


FEWEST_VALUES = 2
_OTHER_VALUE = re.compile(
    r"\b\d{1,3}\s?-?(?:dma|day|d|sma|ema|ma)\b|\b[sed]?ma\s?\d{1,3}\b|\brsi|\bmacd|\batr|\bsupport|\bresistance|\b[sr][1-3]\b|"
    r"^bids?$|^offers?$"
)


_POINTS = frozenset({"points", "pts", "per cent", "percent", "pct", "%", "distance"})
_YEAR_RANGE = re.compile(r"\b52[- ]?w(?:ee)?k?s?[- ](?:range|low ?[-/–] ?high|l ?/ ?h)\b")


def _of_year(passage: Passage, piece: Piece) -> Iterator[Indicator]:
    """The low and the high of a cell under '52-week range'."""
    found = [t for t in piece.tokens if t.kind == "number" and t.quantity is not None]
    bounds = sorted({v for t in found if t.quantity for v in (t.quantity.low, t.quantity.high)})
    if len(bounds) == 2:
        for name, value in zip(("low_52w", "high_52w"), bounds, strict=True):
            words = " | ".join(p.text for p in passage.pieces)[:160]
            span = piece.span(found[0], found[-1])
            yield Indicator(name=name, value=Money(low=value, high=value), words=words, span=span, sure=INFERRED)


def _of_kind(passage: Passage, kind: str) -> str:
    """'MA20' in a row, 'Exponential' above the column."""
    names = [n for t in passage.pieces[0].tokens for n in names_of(t)] if passage.pieces else []
    if not names and (length := re.fullmatch(r"\W*(\d{1,3})(?:[\s-]?(?:d|days?|periods?))?\W*", passage.pieces[0].text)):
        return ("ema_" if kind.startswith("e") else "sma_") + length[1] if int(length[1]) in LENGTHS else ""
    if len(names) != 1 or "_" not in names[0]:
        return ""
    return ("ema_" if kind.startswith("e") else "sma_") + names[0].partition("_")[2]


def _label_name(piece: Piece) -> str:
    """The one name a label cell gives."""
    if share := _SHARE.search(piece.text):
        return "drawdown_pct" if share["drawdown"] else "distance_to_all_time_high_pct"
    names = list(dict.fromkeys(n for t in piece.tokens for n in names_of(t)))
    if len(names) == 1 and _FROM_AVERAGE.search(piece.text):
        return f"distance_to_{names[0]}_pct"
    if len(names) == 1 and names[0].startswith("pivot.") and len(piece.text) > LONGEST_PIVOT:
        return ""  # a pivot among all that stands at a price
    if len(names) == 1:
        return _part(piece.text, names[0])
    return "last" if not names and (is_last_label(piece.text) or marks_last(piece.text)) else ""


def _several(cells: Sequence[Piece], prices: Prices) -> list[tuple[str, Piece, Token]]:
    """'SMA 20 / 50 / 200 | 0.9341 / 0.9377 / 0.9402': a label of several names and as many numbers behind it."""
    names = [name for t in cells[0].tokens for name in names_of(t)]
    values = [(cell, single) for cell in cells[1:] for t in cell.tokens if t.kind == "number" for single in _singles(t)]
    if len(names) < 2 or len(names) != len(values):
        return []
    if not all(_may_be(value, name, prices) for name, (_, value) in zip(names, values, strict=True)):
        return []
    return [(name, cell, value) for name, (cell, value) in zip(names, values, strict=True) if not name.startswith("pivot.")]


def _singles(token: Token) -> tuple[Token, ...]:
    """The two numbers of '0.9341 / 0.9377' that was read as a zone."""
    q = token.quantity
    if q is None or q.joined != "/":
        return (token,)
    return tuple(replace(token, quantity=replace(q, low=v, high=v, joined="")) for v in (q.first, q.second))


def _part(words: str, name: str) -> str:
    """'MACD signal' is a value of its own."""
    found = _PART.search(words)
    if found is None or not name.startswith(("macd", "rsi_")):
        return name
    return f"{name}.signal" if found["part"].lower() == "signal" else f"{name}.histogram"


_COUNTS = re.compile(
    r"#|n[or]\.?|rank(?:ing)?|touches|hits|tests?|score|strength|weight|count|rating|priority|importance|stars?|age|days", re.I
)


def _counting(columns: Sequence[str]) -> Iterator[int]:
    """The columns that number the rows, or count something of each."""
    return (n for n, column in enumerate(columns) if _COUNTS.fullmatch(column.strip()))


def _value(cells: Sequence[Piece], name_at: int, name: str, prices: Prices, done: Sequence[int]) -> tuple[Piece, Token] | None:
    for n in [*range(name_at + 1, len(cells)), *range(name_at)]:
        token = next((t for t in cells[n].tokens if _may_be(t, name, prices)), None)
        if token is not None and token.start <= 12 and n not in done:
            return cells[n], token
    return None


def _bare_values(cells: Sequence[Piece], name: str, prices: Prices) -> list[tuple[Piece, Token]]:
    """The numbers of a row whose every cell behind the first is one number and nothing more."""
    found = []
    for piece in cells[1:]:
        if not piece.text.strip():
            continue
        token = next((t for t in piece.tokens if t.kind == ("percent" if name.endswith("_pct") else "number")), None)
        if token is None or re.search(r"[A-Za-z]{2}", piece.text) or sum(t.kind == "number" for t in piece.tokens) > 1:
            return []
        found.append((piece, token))
    return found if any(_may_be(t, name, prices) for _, t in found) else []


def _may_be(token: Token, name: str, prices: Prices) -> bool:
    if name.endswith("_pct"):
        return token.kind == "percent"
    if name == "last" and token.quantity is not None and token.quantity.low != token.quantity.high:
        return False  # a zone is no price of the market
    if name in EXTREMES:
        return prices.may_be_extreme(token)
    if name.startswith("rsi") and token.kind == "percent":
        return True
    return token.kind == "number" and (prices.is_price(token) or not name.startswith(_PRICED))


def _indicator(passage: Passage, piece: Piece, token: Token, name: str) -> Indicator:
    words = " | ".join(p.text for p in passage.pieces)[:160]
    return Indicator(name=name, value=signed(piece, token), words=words, span=piece.span(token), sure=INFERRED)


def signed(piece: Piece, token: Token) -> Money:
    """The value with the minus before it."""
    assert token.quantity is not None
    money = token.quantity.money
    if re.search(r"(?:(?:^|[\s(:=])[-−–]|\b(?:minus|negative))\s?$", piece.text[: token.start], re.I) and not re.search(
        r"\d\s?[-−–]\s?$", piece.text[: token.start]
    ):
        return Money(low=-money.high, high=-money.low, approximate=money.approximate)
    return money
