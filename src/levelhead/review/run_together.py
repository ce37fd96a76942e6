"""Cells run together when a table was copied from a page, parted again by headings, the lexicon and arithmetic.

'Resistance 12,485–2,500' is 'Resistance 1 | 2,485–2,500', '2,27850-day MA' is '2,278 | 50-day MA', '2,18615%' is '2,186 | 15%'.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from levelhead.review.glued_rows import Prices, looks_glued
from levelhead.review.glued_tables import MOST_TRIES, Tries, glued_table
from levelhead.review.text import Block, Cell, Span, Text

LONGEST_LINE = 400
FEWEST_LINES = 2
NEARER = 0.02
FITS = math.log(1.7)  # prices of one table lie no farther from those of the note
# What columns are called, the longest names first.
_COLUMN = re.compile(
    r"technical significance|estimated probability|probability \(%\)|why it matters|probabilities|invalidation|"
    "significance|description|explanation|implication|price level|probability|commentary|conditions|importance|"
    "instrument|last price|level type|likelihood|price zone|resistance|time frame|what it is|condition|direction|"
    "indicator|key level|rationale|reasoning|reference|scenarios|stop loss|timeframe|comments|scenario|strength|"
    "target 1|target 2|comment|context|details|remark|horizon|meaning|outcome|outlook|reading|reasons|remarks|support|"
    "targets|trigger|action|chance|change|detail|levels|market|prices|reason|signal|status|symbol|target|weight|"
    "entry|level|notes|pivot|point|price|range|setup|trade|trend|value|where|zones|area|bias|case|last|name|note|odds|"
    "path|role|side|stop|type|view|what|zone|why|r1|r2|r3|s1|s2|s3",
    re.I,
)
_NUMBERED = re.compile(r"(?:\b(?:resistance|support|target|level|pivot|zone|entry|scenario|tp|res|sup|r|s|t)\s?#?)$", re.I)
_DIGITS = re.compile(r"\d[\d,.]*(?:['’]\d{2})?")
_AVERAGE = re.compile(r"\d{1,3}[\s-]?(?:day|d\b|dma|ma\b|sma|ema|week|wk|period|hour|month|bar)", re.I)
_MEASURE = re.compile(r"\b(?:RSI|ATR|ADX|MFI)\s?$")
_LENGTH = re.compile(r"(?:14|21|9|7)(?=\d{1,3}\.\d|\d{2}(?!\d))")  # 'RSI 1464.2' is RSI 14 | 64.2
_JOIN = re.compile(r"\s?[–—−/-]\s?[$€£]?(?=\d)")
_UNIT = re.compile(r"(?:k|K|s|\+|th|st|nd|rd|x|R|pts?|points?|ish)(?![A-Za-z])|[kK](?=[A-Z][a-z])|%")
_PRICE = re.compile(r"(?<![\w.,])[$€£]?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{3,}(?:\.\d+)?|\d+\.\d+)(?![\w,%])")
_MAYBE_NUMBERED = re.compile(
    r"(?:\b(?:resistance|support|target|level|tp|res|sup)\s?|\b[RST])[1-5][$€£]?\d(?!\d{0,2}\s\d{1,2}/32)", re.I
)
_CAMEL = re.compile(r"(?<=[a-z)%.!])(?=[A-Z])|(?<=\))(?=[A-Za-z0-9$])|(?<=[a-z])(?=[$€£~≈])")


@dataclass(frozen=True, slots=True)
class _Style:
    """How the note prints its prices: their middle, the digits after the point, whether labels are numbered."""

    middle: float | None
    decimals: int
    is_numbered: bool = False
    size: int = 0  # digits before the point, where thousands have no separator


def untangled(text: Text) -> tuple[Block, ...]:
    """The blocks of a text, with lines of run-together cells as rows of tables."""
    blocks = text.blocks
    alone = [_numbers_alone(b) for b in blocks]
    style = _style(alone)
    whole = _style(numbers for b, numbers in zip(blocks, alone, strict=True) if numbers and not looks_glued(b.text))
    prices = Prices(whole.middle, whole.decimals)
    tries = Tries()
    number = 1 + max((b.table for b in blocks if b.table is not None), default=-1)
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        if tries.count < MOST_TRIES and (found := glued_table(blocks, at, prices, number, tries)):
            out += found.rows
            number += 1
            at += found.count
            if found.rest:
                out.append(found.rest)
            continue
        rows, after = _table(blocks, at, style, number)
        if rows:
            out += rows
            number += 1
            at = after
        else:
            out.append(blocks[at])
            at += 1
    return tuple(out)


def header_of(line: str) -> tuple[tuple[int, int], ...]:
    """Where each column's name begins and ends in 'TypePriceNote'; () where the line is more than such names.

    At least two names, at least one of them glued to the next.
    """
    text = line.strip()
    if len(text) > 90 or " | " in text:
        return ()
    at, found, glued = 0, [], 0
    while at < len(text):
        name = _COLUMN.match(text, at)
        if name is None or not text[at].isupper():
            return ()
        found.append(name.span())
        at = name.end()
        glued += at < len(text) and text[at] != " "
        while at < len(text) and text[at] == " ":
            at += 1
    return tuple(found) if len(found) >= 2 and glued >= len(found) - 1 else ()


def _numbers_alone(block: Block) -> list[tuple[float, int]]:
    """The numbers of a block in which nothing is run together, each with its decimals."""
    if len(block.text) > LONGEST_LINE * 10 or _is_glued(block.text) or _MAYBE_NUMBERED.search(block.text):
        return []
    return [
        (float(found[1].replace(",", "") + (found[2] or "")), len(found[2] or ".") - 1)
        for found in _ALONE.finditer(block.text)
        if (
            "," in found[1]
            or found[2]
            or "$" in found.group()
            or (len(found[1]) >= 4 and not re.fullmatch(r"(?:19|20)\d\d", found[1]))
        )
    ]


def _style(alone: Iterable[Sequence[tuple[float, int]]]) -> _Style:
    """From the numbers of each line in which nothing is run together."""
    found = [each for numbers in alone for each in numbers]
    if not found:
        return _Style(None, 2)
    middle = sorted(value for value, _ in found)[len(found) // 2]
    return _Style(middle, max(decimals for _, decimals in found), size=len(str(int(middle))))


@lru_cache(maxsize=64)
def _is_glued(line: str) -> bool:
    """Whether a letter and a figure, or two figures, stand together that belong to two cells."""
    if len(line) > LONGEST_LINE:
        return False
    if _BEFORE_CAPITAL.search(line) and _NAME_AND_NEXT.search(line):
        return True
    if _NUMBERS_MET.search(line):
        return True
    return bool(_WORD_AND_NUMBER.search(line)) and not _ADDRESS.search(line)


# Each begins with a figure or a sign, so that of most lines little is looked at.
_BEFORE_CAPITAL = re.compile(r"[\d.,][A-Z]")
_NAME_AND_NEXT = re.compile(
    r"(?:support|resistance|pivot|level|target|upside|downside|neutral|bullish|bearish|MA|high|low|"
    r"\b[SR])\s?[$€£]?\d[\d,]*\.?\d*[A-Z]"
)
_NUMBERS_MET = re.compile(
    r"[\d%](?:(?<=%)\d|(?<=\d)(?:\.\d{4,}\.\d{2}|\d{0,2},\d{4,}|%[A-Za-z]|\d\d[A-Z][a-z])|"
    r"(?:(?<=\bRSI \d)|(?<=\bATR \d)|(?<=\bADX \d))\d{3}\.\d|"
    r"(?:(?<=[a-z]{3}\d)|(?<=[a-z]{3}\$\d))\d{0,2},\d{3}|(?<=[a-z]{4}\d)\d{1,2}%)"
)
_WORD_AND_NUMBER = re.compile(r"\d\d(?<=[a-z]{4}\d\d)")
_ADDRESS = re.compile(r"@|://|\.com|#")
_ALONE = re.compile(r"(?=[$€£\d])(?<![\w.,])[$€£]?(\d{1,3}(?:,\d{3})+|\d{1,6})(\.\d{1,5})?(?![\w,%]|\.\d)")


def _table(blocks: Sequence[Block], at: int, style: _Style, number: int) -> tuple[list[Block], int]:
    block = blocks[at]
    if block.kind == "row" or len(block.text) > LONGEST_LINE:
        return [], at
    names = header_of(block.text)
    if names:
        lines = _lines(blocks, at + 1, has_header=True)
        rows = _rows(lines, style, len(names))
        if rows:
            header = _row(block, names, number, is_header=True)
            return [header, *(_row(b, cells, number) for b, cells in rows)], at + 1 + len(rows)
    lines = _lines(blocks, at, has_header=False)
    if len(lines) < FEWEST_LINES:
        return [], at
    rows = _rows(lines, style, None)
    if len(rows) < FEWEST_LINES:
        return [], at
    return [_row(b, cells, number) for b, cells in rows], at + len(rows)


def _lines(blocks: Sequence[Block], at: int, *, has_header: bool) -> list[Block]:
    """The lines that follow and may be rows: short, no items, each with cells run together."""
    found: list[Block] = []
    for block in blocks[at : at + 60]:
        if block.kind == "row" or len(block.text) > LONGEST_LINE or header_of(block.text):
            break
        if not (
            _is_glued(block.text)
            or _MAYBE_NUMBERED.match(block.text)
            or (has_header and len(_cells(block.text, _Style(None, 2), 3)) > 1)
        ):
            break
        found.append(block)
    return found


def _row(block: Block, spans: Sequence[tuple[int, int]], number: int, *, is_header: bool = False) -> Block:
    cells = []
    for start, end in spans:
        raw = block.text[start:end]
        text = raw.strip(" \t|")
        begins = block.span.start + start + (raw.find(text) if text else 0)
        cells.append(Cell(text=text, span=Span(start=begins, end=begins + len(text))))
    return replace(block, kind="row", level=0, cells=tuple(cells), table=number, is_header=is_header)


def _rows(lines: Sequence[Block], style: _Style, columns: int | None) -> list[tuple[Block, tuple[tuple[int, int], ...]]]:
    """Each line in its cells; of the two ways to read 'Resistance 12,485' the one under which the prices fit together."""
    plain, numbered = (
        [(line, _cells(line.text, replace(style, is_numbered=flag), columns)) for line in lines] for flag in (False, True)
    )
    chosen = numbered if not _repeats_labels(numbered) and _misfit(numbered, style) < _misfit(plain, style) - NEARER else plain
    fitted = style if style.middle is not None else replace(style, middle=_middle(chosen))
    chosen = [
        two if _misfit([two], fitted) < _misfit([one], fitted) - NEARER else one for one, two in zip(plain, numbered, strict=True)
    ]
    rows = []
    for line, cells in chosen:
        if len(cells) < 2:
            break
        rows.append((line, cells))
    return rows


def _repeats_labels(rows: Sequence[tuple[Block, tuple[tuple[int, int], ...]]]) -> bool:
    """Whether two rows would have the same numbered label: 'Resistance 1' is there once."""
    labels = [block.text[cells[0][0] : cells[0][1]].strip().lower() for block, cells in rows if cells]
    counted = [label for label in labels if label[-1:].isdigit()]
    return len(set(counted)) < len(counted)


def _misfit(rows: Sequence[tuple[Block, tuple[tuple[int, int], ...]]], style: _Style) -> float:
    """How far the prices of the rows lie from one another and from those of the note; each that cannot be one costs much."""
    values = _prices(rows)
    cost = 0.0
    for block, cells in rows:
        for start, end in cells:
            text = block.text[start:end]
            if re.search(r"\d{1,3},\d{1,2}(?!\d)|\d{1,3},\d{4,}", text):
                cost += 5.0
            for pair in re.finditer(r"(\d{1,3}(?:,\d{3})+)\s?[–—-]\s?(\d{1,3}(?:,\d{3})+)", text):
                one, two = (float(g.replace(",", "")) for g in pair.groups())
                cost += 4.0 * (two < one / 2 and len(pair[2]) < len(pair[1]) - 1)
    if not values:
        return cost + 3.0
    middle = style.middle if style.middle is not None else sorted(values)[len(values) // 2]
    spread = sum(min(5.0, abs(math.log(v / middle))) for v in values if v > 0) / len(values)
    return cost + spread + (0.0 if spread < FITS else 1.0)


def _prices(rows: Sequence[tuple[Block, tuple[tuple[int, int], ...]]]) -> list[float]:
    texts = (block.text[start:end] for block, cells in rows for start, end in cells)
    return [float(found[1].replace(",", "")) for text in texts for found in _PRICE.finditer(text)]


def _middle(rows: Sequence[tuple[Block, tuple[tuple[int, int], ...]]]) -> float | None:
    values = sorted(_prices(rows))
    return values[len(values) // 2] if values else None


def _cells(text: str, style: _Style, columns: int | None) -> tuple[tuple[int, int], ...]:
    """Where the cells of a line begin and end, at most `columns` of them."""
    cuts = sorted(
        set(_numeric_cuts(text, style)) | (set(_camel_cuts(text)) if columns is not None else set(_camel_after_number(text)))
    )
    cuts = [c for c in cuts if 0 < c < len(text)]
    if columns is not None and len(cuts) >= columns:
        numeric = set(_numeric_cuts(text, style))
        kept = [c for c in cuts if c in numeric][: columns - 1]
        for cut in cuts:
            if len(kept) >= columns - 1:
                break
            if cut not in kept:
                kept.append(cut)
        cuts = sorted(kept)
    if columns is not None and len(cuts) + 1 < columns:
        cuts = sorted([*cuts, *_blank_cuts(text, cuts)[: columns - 1 - len(cuts)]])
    edges = [0, *cuts, len(text)]
    return tuple(pairwise(edges))


_BLANK_CUT = re.compile(
    r"(?<=[A-Za-z)])\s(?=[~≈]?[$€£]?\d[\d,.]*[\d%](?!\s?-?(?:day|d\b|dma|ma\b|sma|ema|week|wk|period|hour|month)))|"
    r"(?<=\d)(?<!\b\d)(?<!\b[1-5])\s(?=[~≈]?[$€£]?\d[\d,.]*[\d%]|[A-Z][a-z])|(?<=[%kK])\s(?=[\w$€£~≈])",
    re.I,
)


def _blank_cuts(text: str, cuts: Sequence[int]) -> list[int]:
    """Where a blank parts a number from the cell beside it in a line whose other cells are run together: '$4,580 45%'."""
    found = [m.end() for m in _BLANK_CUT.finditer(text) if m.end() not in cuts and m.start() not in cuts]
    return [at for at in found if not any(at < cut and not text[at:cut].strip("0123456789,.") for cut in cuts)]


def _camel_cuts(text: str) -> list[int]:
    return [m.start() for m in _CAMEL.finditer(text)]


def _camel_after_number(text: str) -> list[int]:
    return [m.start() for m in re.finditer(r"(?<=[\d%])(?=[A-Z][a-z])", text)]


def _numeric_cuts(text: str, style: _Style) -> Iterator[int]:
    """Cuts before, inside and after runs of figures."""
    at = 0
    while found := _DIGITS.search(text, at):
        start = found.start()
        before = text[start - 1 : start]
        sign = 1 if before in ("$", "€", "£", "~", "≈") and start else 0
        head = text[: start - sign]
        if length := _LENGTH.match(text, start) if _MEASURE.search(head) else None:
            yield length.end()
            at = _after_number(text, length.end(), style)[0]
            continue
        if average := _AVERAGE.match(text, start):
            if before.isalpha() or before == "%":
                yield start
            at = average.end()
            continue
        if (
            style.is_numbered
            and not sign
            and _NUMBERED.search(head)
            and text[start] in "12345"
            and re.match(r"\d[$€£]?\d", text[start:])
        ):
            yield start + 1
            start += 1
        elif style.is_numbered and sign == 0 and _NUMBERED.search(head) and re.match(r"[1-5](?=[$€£~≈])", text[start:]):
            yield start + 1
            at = start + 1
            continue
        elif (head and (head[-1].isalpha() or head[-1] in "%)") and not re.search(r"(?:^|[^A-Za-z])[SRTP]P?$", head)) or (
            head
            and head[-1].isalpha()
            and re.search(r"(?:^|[^A-Za-z])[SRT]P?$", head)
            and not re.match(r"[1-5](?![\d])", text[start:])
        ):
            yield start - sign
        at, cut = _after_number(text, start, style)
        if cut:
            yield at


def _after_number(text: str, start: int, style: _Style) -> tuple[int, bool]:
    """Where the number that begins at `start` ends, and whether another cell follows it at once."""
    end = _number_end(text, start, style)
    while joined := _JOIN.match(text, end):
        end = _number_end(text, joined.end(), style)
    unit = _UNIT.match(text, end)
    after = max(unit.end() if unit else end, start + 1)
    return after, after < len(text) and (text[after].isalnum() or text[after] in "$€£~≈")


def _number_end(text: str, start: int, style: _Style) -> int:
    """Where a number ends if what follows is another cell's: thousands come in threes, per cents have two figures."""
    found = _DIGITS.match(text, start)
    if found is None:
        return start + 1
    run = found.group()
    grouped = re.match(r"\d{1,3}(?:,\d{3})+", run)
    if grouped:
        end = grouped.end()
        point = re.match(r"\.\d+", run[end:])
        if point:
            digits = point.end() - 1
            end += 1 + (digits if digits <= style.decimals or style.decimals == 0 else style.decimals)
        return start + end
    whole = run.rstrip(".,")
    if style.size >= 3 and whole.isdigit() and len(whole) > style.size:
        return start + style.size
    if text[start + len(whole) : start + len(whole) + 1] == "%" and len(whole) > 3 and "." in whole:
        return start + len(whole) - 2
    point = re.match(r"\d+\.(\d+)", whole)
    if point and len(point[1]) > max(style.decimals, 1) and style.middle is not None:
        return start + point.end() - (len(point[1]) - style.decimals)
    return start + len(whole)
