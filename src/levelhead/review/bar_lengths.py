"""On which bars a value stands: 'the weekly RSI', 'RSI (4h)', 'on the monthly chart'. Where nothing is said, on the note's own.

The words right at a name say it first ('the daily RSI', '200-day'), then the chart that its sentence or paragraph speaks of, then
the heading above, then what the note says of all its charts ('Time frame: 30 minutes').
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from levelhead.review.passages import Passage
from levelhead.review.said import Indicator, ReadStatement
from levelhead.review.text import Block

REACH = 48  # characters before a name in which the length of its bars may be said
LONGEST_HEAD = 60  # characters of a line that says of which chart the lines below it are
BEFORE_VALUE = 24  # characters before a value in which its average is named
HEAD_LINES = 4  # of a note, in which it says of which chart it is as a whole
_OSCILLATOR = re.compile(r"(?:rsi|atr|macd|adx|cci|mfi|stochastic)\b|(?:rsi|atr|adx|cci|mfi)_\d+")
_AVERAGE = re.compile(r"[sewhd]ma_\d+")
_OF_BARS = re.compile(r"(?:higher|lower) (?:highs|lows)|no lower lows|no higher highs|above|below|rising|falling|flattening")
_LENGTHS = {
    "d": r"daily|d1|1d|one-day",
    "w": r"weekly|w1|1w|wk",
    "m": r"monthly|1mo?n?",
    "h": (
        r"hourly|(?:\d{1,3}|one|two|four|eight|five|fifteen|thirty|sixty)[- ]?(?:h|hr|hour|min|minute)s?|"
        r"h[1248]|m(?:5|15|30)|intraday"
    ),
}
_QUALIFIED = {
    length: (
        # right before the name: 'the weekly RSI', 'weekly chart: RSI', 'on the weekly chart the RSI'
        re.compile(
            rf"\b(?:{words})(?:[ -](?:chart|charts|time ?frame|tf|bars?|basis|swings?|structure|momentum|picture))?"
            r"[\s:,(-]{0,3}(?:(?:the|its|shows?|makes?|make|with|a|an|has|have|are|is|of|making|printing)\s){0,3}$",
            re.I,
        ),
        # right after it: 'RSI (weekly)', 'RSI on the weekly chart'
        re.compile(rf"^[^.;\n\d]{{0,12}}(?:\(|on (?:a |the )?)(?:{words})\b", re.I),
    )
    for length, words in _LENGTHS.items()
}
_ANY = "|".join(_LENGTHS.values())
_NAMED = re.compile(rf"\W*(?:{_ANY})(?:[ -](?:chart|charts|time ?frame|tf|bars?|basis|candles?))?\W*", re.I)
_BARS = re.compile(rf"(?<![\w.])(?:{_ANY})(?![\w])", re.I)
# Behind the value: 'stands at 55 on the 4-hour chart'.
_VALUED_ON = re.compile(
    rf"\s?[,(]?\s?(?:on|in|from|of)\s(?:a\s|the\s)?(?P<length>{_ANY})(?:[ -](?:chart|charts|time ?frame|tf|bars?|basis|"
    rf"candles?)\b|(?=\s?[).,;]|\s?$))",
    re.I,
)
# Before a number in a list: 'RSI: daily 61, weekly 55, 4h 48'.
OTHER_BARS = re.compile(
    rf"\b(?:{'|'.join(words for length, words in _LENGTHS.items() if length != 'd')})(?:\s(?:one|chart|reading))?\s?(?:at|is|"
    rf"stands at|:|=|\()?\s?$",
    re.I,
)
# A chart of which the words speak: 'the 4-hour chart', 'on a weekly basis', 'On H4'.
_CHART = re.compile(
    rf"\b(?P<length>{_ANY})[ -](?:chart|charts|time ?frames?|tf|candles?|picture|terms|chart[’']s)\b|"
    rf"\b(?:on|from)\s(?:the\s|a\s)?(?:(?P<short>{_ANY})(?=[\s,:]))(?!\s(?:close|closes|basis|high|low|open|candle close))",
    re.I,
)
_OF_THE_NOTE = re.compile(
    rf"\b(?:time ?frame|tf|chart|interval|period(?:icity)?)\s?[:=]\s?(?P<length>{_ANY})\b|\b(?P<whole>intraday)\s?[:)]|"
    rf"\b(?P<chart>{_ANY})[ -]?(?:chart|charts|time ?frame|tf|analysis)\b|[(|–—,-]\s?(?P<code>[1248]h|h[1248]|m(?:5|15|30))\b",
    re.I,
)
_TITLED = re.compile(
    r"[\w)*][^\w=]{1,4}(?P<length>hourly|\d{1,2}-hour|(?:1|2|4|8)h|h(?:1|2|4|8))\W*$", re.I
)  # 'Gold/XAUUSD, 1-hour'
_INSIDE = re.compile(rf"[A-Za-z ]{{2,24}}\(\d{{1,3}}[,;]?\s(?P<length>{_ANY})\b", re.I)  # 'RSI(14, 4h)'
_OF_THE_DAY = re.compile(r"\b(?:the|\d+)[\s-]day(?:[’']s)?\s$", re.I)
_OF_DAYS = re.compile(r"\d{1,3}[\s-](?:day|d)\b", re.I)
_IN_DAYS = re.compile(r"\d[\s-]?(?:day|d\b|sessions?\b)|\b[a-z]+-day\b|\bDMA|\bdaily\b", re.I)


def names_other_bars(cell: str) -> bool:
    """Whether a cell or the name of a column is nothing but a length of bars other than a day: 'Weekly', '4H', '60-min chart'."""
    return bool(_NAMED.fullmatch(cell)) and _which(cell) != "d"


def is_of_other_bars(column: str) -> bool:
    """Whether the name of a column says that its values are of other bars than days: 'RSI (4h)', 'weekly 50 MA'."""
    return any(_which(found.group()) != "d" for found in _BARS.finditer(column)) and not _IN_DAYS.search(column)


def _which(words: str) -> str:
    """'w' of 'weekly', 'h' of '4-hour' and all below a day."""
    return next((length for length, known in _LENGTHS.items() if re.search(rf"\b(?:{known})\b", words, re.I)), "")


def length_of(text: str, start: int, end: int) -> str:
    """'d', 'w', 'm' or 'h' (any bar shorter than a day) where the words right around a name say so."""
    before, name = text[max(0, start - REACH) : start], text[start : min(end, start + REACH)]
    words = re.match(r"[A-Za-z]+(?:\(\d+\))?", name)
    for length, (ahead, behind) in _QUALIFIED.items():
        if (
            ahead.search(before)
            or (length == "d" and (_OF_THE_DAY.search(before) or _OF_DAYS.match(name)))
            or behind.match(name[words.end() :] if words else name)
        ):
            return length
    if inside := _INSIDE.match(name):
        return _which(inside["length"])
    return _which(found["length"]) if (found := _VALUED_ON.match(text, end)) else ""


@dataclass(frozen=True, slots=True)
class Charts:
    """Of which charts a note speaks where. said: places, until where they count, and the length of its bars. own: the note's.

    is_chosen: whether its own is that of a page, chosen from those it offers; then its oscillators are of these bars, too.
    """

    said: tuple[tuple[int, int, str], ...]
    own: str
    is_chosen: bool = False

    def at(self, place: int) -> str:
        """The bars of the chart spoken of last before a place, '' where none is."""
        return next((length for start, end, length in reversed(self.said) if start <= place < end), "")


def charts_of(passages: Sequence[Passage]) -> Charts:
    """The charts that paragraphs speak of, until their end, and those that headings name, until the next one."""
    heads: list[tuple[int, int, str]] = []
    inside: list[tuple[int, int, str]] = []
    for at, passage in enumerate(passages):
        block = passage.block
        if at and (length := _headed(passage)):
            end = next(
                (p.block.span.start for p in passages[at + 1 :] if _headed(p) or (p.is_head and not _PRICED.search(p.block.text))),
                passages[-1].block.span.end,
            )
            heads.append((block.span.start, end, length))
        elif block.kind != "row":
            inside += _spoken_of(block)
    titled = next((_which(found["length"]) for p in passages[:2] if (found := _TITLED.search(p.block.text[:LONGEST_HEAD]))), "")
    if titled == "h":
        heads.append((passages[0].block.span.start, passages[-1].block.span.end, titled))
    menus = [p.block.span for p in passages if _is_menu(p.block.text)]
    chosen = next((_which(found[1]) for p in passages if p.block.span in menus and (found := _CHOSEN.search(p.block.text))), "")
    lines = [p.block for p in passages[:HEAD_LINES] if not _NAMED.fullmatch(p.block.text) and p.block.span not in menus]
    own = chosen or next((length for block in lines if (length := _own(block))), "")
    said = [s for s in (*heads, *inside) if not any(menu.start <= s[0] < menu.end for menu in menus)]
    return Charts(tuple(sorted(said)), own, bool(chosen))


_FRAME = re.compile(r"\[?(?:\d{1,2}\s?(?:min(?:ute)?s?|hours?|h)|hourly|daily|weekly|monthly|yearly)\]?", re.I)
_CHOSEN = re.compile(r"\[([^\]]{2,12})\]")
FEWEST_FRAMES, LONGEST_MENU = 4, 140


def _is_menu(text: str) -> bool:
    """'30 Min | Hourly | 5 Hours | [Daily] | Weekly': the bars that a page offers, of which one is chosen at most."""
    return len(text) <= LONGEST_MENU and sum(bool(_FRAME.fullmatch(x.strip())) for x in _PARTS_OF_MENU.split(text)) >= FEWEST_FRAMES


_PARTS_OF_MENU = re.compile(r"[|\t·•/:]|\s{2,}")


_SIGNS = (
    *("chart", "frame", "tf", "interval", "period", "intraday", "analysis"),
    *("1h", "2h", "4h", "8h", "h1", "h2", "h4", "h8", "m5", "m15", "m30"),
)
_PRICED = re.compile(r"\d{3}|\d\.\d")


def _headed(passage: Passage) -> str:
    """The bars of a heading or a line of its own such as 'Weekly chart', '4H:'."""
    if passage.block.kind == "row" or len(passage.block.text) > LONGEST_HEAD or _PRICED.search(passage.block.text):
        return ""
    if not (passage.is_head or _NAMED.fullmatch(passage.block.text)):
        return ""
    found = _CHART.search(passage.block.text)
    named = found is not None or bool(_NAMED.fullmatch(passage.block.text))
    return _which(passage.block.text) if named else ""


def _spoken_of(block: Block) -> Iterator[tuple[int, int, str]]:
    start = block.span.start
    for found in _CHART.finditer(block.text):
        yield start + found.start(), block.span.end, _which(found["length"] or found["short"])


def _own(block: Block) -> str:
    """The bars of which a line at the head of a note says that all of it is."""
    text = block.text[: 2 * LONGEST_HEAD]
    lower = text.lower()
    found = _OF_THE_NOTE.search(text) if any(sign in lower for sign in _SIGNS) else None
    if found is None:
        return ""
    length = _which(next(g for g in found.groups() if g))
    return length if length == "h" or found["length"] else ""  # 'Monthly Chart Book' is no chart


def on_their_bars(text: str, charts: Charts, indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """The same values, an oscillator or average of longer or shorter bars named after them: 'rsi_14w', 'sma_50h'."""
    return tuple(_on_its_bars(text, charts, said) for said in indicators)


def on_own_bars(text: str, charts: Charts, statements: Sequence[ReadStatement]) -> tuple[ReadStatement, ...]:
    """The statements but those about the swings and averages of other bars, which the note's own can neither confirm nor deny."""
    return tuple(
        said
        for said in statements
        if not (
            _OF_BARS.match(said.kind) and "day" not in said.text and _of_other_bars(text, charts, said.span.start, said.span.end)
        )
    )


def _on_its_bars(text: str, charts: Charts, said: Indicator) -> Indicator:
    is_average = bool(_AVERAGE.fullmatch(said.name))
    if not (is_average or _OSCILLATOR.match(said.name)):
        return said
    start, end = said.span.start, said.span.end
    if is_average and _IN_DAYS.search(text[max(0, start - BEFORE_VALUE) : end].rpartition("\n")[2]):
        return said
    length = length_of(text, start, end) or charts.at(max(start, end - 1))
    if not length and (is_average or charts.is_chosen) and not _IN_DAYS.search(said.words):
        length = charts.own
    head, dot, tail = said.name.partition(".")
    return replace(said, name=f"{head}{length}{dot}{tail}") if length not in ("", "d") else said


def _of_other_bars(text: str, charts: Charts, start: int, end: int) -> bool:
    """Whether the words before it say so, or those before the pair it ends: 'weekly swings make higher highs and lower lows'."""
    pair = re.search(r"(?:higher|lower) (?:highs|lows) and $", text[max(0, start - REACH) : start], re.I)
    at = start - len(pair[0]) if pair else start
    return (length_of(text, at, end) or charts.at(at)) not in ("", "d")
