"""Rows whose cells were run together: where each cell ends, told by the kinds of the cells in the rows around it.

'2,147R61.8% retracement' over '1,985SFriday breakout' is a price, a side and a remark in both; 'SMA 202,447.3' over 'RSI 1464.9'
is the name of a value and its number. Cells are cut only where no blank stands, and so that every row has the same columns.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from levelhead.review.column_names import is_heading_cell
from levelhead.review.dashboards import names_value
from levelhead.review.row_kinds import cost_of, gap_of, kind, names_side

LONGEST_ROW, MOST_ROWS = 170, 40
MOST_JOINTS, MOST_PATTERNS, LONG, FIRST_LOOK = 45, 8, 16, 8
DEAREST_ROW, DEAREST_CELL = 0.4, 0.2
NEVER = 99.0
DEAR, MUCH_LESS = 0.5, 0.6
SIDE_AS_NAME, COUNTED, BEFORE_SHARE = 0.3, -0.5, 0.1
NEAR, FAR, FARTHEST = 0.5, 0.35, 1.0  # how far a price may lie from the others, and what it costs to lie farther
_NUMBER = re.compile(r"[~≈]?[+−-]?(?:US)?[$€£]?(?:\d{1,3}(?:,\d{3})+|\d+['’]\d{2,3}|\d+)(?:\.\d+)?(?: \d{1,2}/32)?")
_RANGE = re.compile(r"\s?[–—/-]\s?[$€£]?(?=\d)|\sto\s[$€£]?(?=\d)")
_UNIT = re.compile(r"K|k(?![a-z])| ?%|\+|s(?![A-Za-z])")
_HINT = re.compile(
    r"[a-z)%][$€£]?\d[\d,.]*\d|\d[A-Z][a-z]|\d[A-Z][A-Z\d]|\d[▲▼△▽●■]|\d[a-z]{4}|[a-z%)][A-Z][a-z]|\d\.\d+\.\d|\d,\d{3}\d|%[$€£]?\d|[A-Z]\d+[.,]\d|\d['’]\d+['’]"
)
_CURRENCY = re.compile(r"(?<![A-Za-z])(?:RM|Rs|USD|EUR|GBP|CHF|INR|MYR)$")
_SIDES = re.compile(
    r"(?:[Rr]esistance|[Ss]upport|res|supp?|Res|Supp?|[RS]|[Cc]eiling|[Ff]loor|Long|Short|Buy|Sell)(?: ?[1-5](?!\d))?"
)
_INNER = re.compile(r"[a-z)%.][A-Z]|\)\d|\d[$€£]|[a-z]{3}\d|\d[A-Z][a-z]|%\d|\d[a-z]{4}")
_WITHOUT_LENGTH = re.compile(r"(?:RSI|ATR|ADX|MFI|[SED]?MA|DMA)[ _-]?(\d{0,4})$", re.I)
_LENGTH = re.compile(r"(?:14|21|20|50|100|200|10|9|7)(?=\d)")
_NUMBERED = re.compile(r"(?:supp?(?:ort)?|res(?:istance)?|target|level|tp)\.? [1-5]\d", re.I)
_KNOWN_LENGTH = re.compile(r"5|7|8|9|1[0-4]|2[01]|26|3[04]|50|55|89|100|144|150|200|233|250")
_HAS_LENGTH = re.compile(r"\d{1,3}[- ]?(?:d|w|day|week|hour|period)", re.I)
_FIGURES = re.compile(r"\d{1,3}(?:,\d{3})+|\d+\.\d+")
_PRICE_IN = re.compile(r"\d,\d{3}|\d\.\d|\d{4}")


@dataclass(frozen=True, slots=True)
class Prices:
    """How the note prints its prices: their middle and the digits after the point."""

    middle: float | None
    decimals: int


@dataclass(frozen=True, slots=True)
class Glued:
    """The columns of rows that were run together: where the cells of each lie, None where one is missing."""

    rows: tuple[tuple[tuple[int, int] | None, ...], ...]
    cost: float


Part = tuple[int, str, float]  # where a cell ends, what it is, what that costs


def looks_glued(text: str) -> bool:
    """Whether two cells may stand together in a line."""
    return len(text) <= LONGEST_ROW and bool(_HINT.search(text))


def parted(lines: Sequence[str], width: int, style: Prices) -> Glued | None:
    """Lines as rows of so many columns, or None where they are none."""
    if any(len(_joints(line)) > MOST_JOINTS for line in lines):
        return None
    style = _of_table(lines, style)
    if len(lines) > LONG and _parted(lines[:FIRST_LOOK], width, replace(style, middle=None)) is None:
        return None
    found = _parted(lines, width, style)
    values = sorted(float(figure.replace(",", "")) for line in lines for figure in _FIGURES.findall(line))
    own = _parted(lines, width, replace(style, middle=values[len(values) // 2])) if values else None
    best = own if own is not None and (found is None or own.cost < found.cost) else found
    if style.middle is None or (best is not None and best.cost <= DEAR):
        return best
    free = _parted(lines, width, replace(style, middle=None))  # the note's other numbers may be no prices of its market
    return free if free is not None and (best is None or free.cost + MUCH_LESS < best.cost) else best


def _parted(lines: Sequence[str], width: int, style: Prices) -> Glued | None:
    cells = [dict(_cells_from(line, style)) for line in lines]
    if _are_counted(lines):
        for number, starts in enumerate(cells, 1):
            starts[0] = [(len(str(number)), "i", COUNTED)]
    for number, end in _numbered_sides(lines).items():
        cells[number][0] = [(end, "d", COUNTED)]
    best: Glued | None = None
    for pattern in _patterns(lines, cells, width):
        rows, total = [], 0.0
        for line, starts in zip(lines, cells, strict=True):
            cost, row = _fitted(line, starts, pattern)
            total += cost
            if cost >= NEVER or (best is not None and total / len(lines) >= best.cost):
                break
            rows.append(row)
        else:
            best = Glued(tuple(rows), total / len(lines))
    return best if best is not None and best.cost <= DEAREST_ROW + DEAREST_CELL * width else None


_NUMBERED_SIDE = re.compile(r"(?:(?P<up>R(?:es(?:istance)?)?)|S(?:upp?(?:ort)?)?) ?(?P<n>[1-5])(?=[~≈$€£]{0,2}\d)", re.I)


def _numbered_sides(lines: Sequence[str]) -> dict[int, int]:
    """Where the name of a side ends in rows that number both, R3 to R1 over S1 to S3; none where the numbers do not run from 1."""
    found = {n: m for n, line in enumerate(lines) if (m := _NUMBERED_SIDE.match(line))}
    for is_up in (True, False):
        given = sorted(int(m["n"]) for m in found.values() if bool(m["up"]) == is_up)
        if given != list(range(1, len(given) + 1)):
            return {}
    return {n: m.end() for n, m in found.items()} if len(found) >= 3 else {}


def _are_counted(lines: Sequence[str]) -> bool:
    """Whether the rows begin with 1, 2, 3 and so on."""
    return len(lines) > 2 and all(
        line.startswith(str(n)) and not line.startswith(("st", "nd", "rd", "th"), len(str(n))) for n, line in enumerate(lines, 1)
    )


def _of_table(lines: Sequence[str], style: Prices) -> Prices:
    """How the prices of a table are printed where most of its lines agree: the digits after their points."""
    lines = [line[1:] for line in lines] if _are_counted(lines) else lines
    digits = [len(found[1]) for line in lines for found in re.finditer(r"(?<=\d)\.(\d+)(?![\d.%])", line)]
    most = max(set(digits), key=digits.count, default=None)
    if most is None or digits.count(most) * 5 < len(digits) * 3 or len(digits) * 2 < len(lines):
        return style
    return replace(style, decimals=most)


def _patterns(lines: Sequence[str], cells: Sequence[dict[int, list[Part]]], width: int) -> Iterator[tuple[str, ...]]:
    """The kinds that the columns may be of: those of the likeliest cuts of the first rows."""
    seen: set[tuple[str, ...]] = set()
    for line, starts in zip(lines[:5], cells, strict=False):
        for pattern in _likeliest(line, starts, width):
            if pattern not in seen and any(k in "in%l" for k in pattern):
                seen.add(pattern)
                yield pattern
            if len(seen) >= MOST_PATTERNS:
                return


KEPT = 5
_SIGNS = "▲▼△▽●■"


def _likeliest(line: str, starts: dict[int, list[Part]], width: int) -> list[tuple[str, ...]]:
    """The kinds of the cells in the cheapest ways to cut a line in so many."""
    found: dict[tuple[int, int], list[tuple[float, tuple[str, ...]]]] = {(0, 0): [(0.0, ())]}
    for at in sorted(starts):
        for count in range(width):
            for cost, kinds in found.get((at, count), ()):
                for end, what, own in starts[at]:
                    if (end == len(line)) != (count + 1 == width):
                        continue
                    ways = found.setdefault((end, count + 1), [])
                    ways.append((cost + own, (*kinds, what)))
                    ways.sort(key=lambda way: way[0])
                    del ways[KEPT:]
    return [kinds for _, kinds in found.get((len(line), width), ())]


def _fitted(line: str, starts: dict[int, list[Part]], pattern: tuple[str, ...]) -> tuple[float, tuple[tuple[int, int] | None, ...]]:
    """The cheapest way to cut a line into cells of such kinds, some of which may be missing."""
    width = len(pattern)
    best: dict[tuple[int, int], tuple[float, tuple[tuple[int, int] | None, ...]]] = {(0, 0): (0.0, ())}
    order = sorted({*starts, len(line)})
    for at in order:
        for count in range(width):
            if (here := best.get((at, count))) is None:
                continue
            skipped = here[0] + gap_of(pattern[count]) * (2.0 if count == 0 else 0.8)
            if skipped < best.get((at, count + 1), (NEVER, ()))[0]:
                best[(at, count + 1)] = (skipped, (*here[1], None))
            for end, what, own in starts.get(at, ()):
                cost = (
                    here[0]
                    + own
                    + min(cost_of(what, pattern[count]), SIDE_AS_NAME if what == "d" and pattern[count] == "w" else NEVER)
                )
                if cost < best.get((end, count + 1), (NEVER, ()))[0]:
                    best[(end, count + 1)] = (cost, (*here[1], (at, end)))
    cost, row = best.get((len(line), width), (NEVER, ()))
    has_number = any(place is not None and what in "in%l" for place, what in zip(row, pattern, strict=False))
    return (cost, row) if has_number else (NEVER, ())


@lru_cache(maxsize=128)  # a line is cut for tables of several widths
def _cells_from(line: str, style: Prices) -> dict[int, list[Part]]:
    """For each place where a cell may begin, the cells that may stand there."""
    joints = _joints(line)
    ends, printed = sorted({*joints, len(line)}), replace(style, middle=None)  # words are the same wherever prices lie
    found: dict[int, list[Part]] = {}
    for start in (0, *joints):
        parts = {(end, what): cost for end, what, cost in _numbers(line, start, style) if end in joints or end == len(line)}
        for end in ends:
            if end > start and (word := _words(line, start, end, printed)) is not None:
                key = (end, word[0])
                parts[key] = min(word[1], parts.get(key, NEVER))
        found[start] = [(end, what, cost) for (end, what), cost in parts.items()]
    return found


def _may_meet(a: str, b: str) -> bool:
    """Whether one cell may end with a sign and the next begin with another."""
    if a in "%)" and b in "+-−":
        return True
    if (a.isdigit() and b.isdigit()) or b in _SIGNS or (a in "%)" and b.isdigit()) or (b in "$€£" and (a.isdigit() or a in "%)")):
        return True
    if not (a.isalpha() != b.isalpha() or (a.islower() and b.isupper()) or (a in ").%" and b.isalpha())):
        return False
    return b in "+-" or not (a == "-" or (a == "." and b.isdigit()) or (a.isalpha() and b in "-/–"))


def _joints(line: str) -> list[int]:
    """Where two cells may meet: where no blank stands and figures, letters or capitals begin, and behind a side."""
    found: set[int] = set()
    for at in range(1, len(line)):
        a, b = line[at - 1], line[at]
        if a.isspace() or b.isspace() or b in ",.)'’:;%" or a in "($€£,'’:;/#" or (b in "/–—-" and not a.isalpha()) or a in "–—":
            continue
        if b.isdigit() and _CURRENCY.search(line, max(0, at - 4), at):
            continue
        if _may_meet(a, b) or (a in "kK" and at > 1 and line[at - 2].isdigit()):
            found.add(at)
    for at in (0, *sorted(found)):
        if (side := _SIDES.match(line, at)) and 0 < side.end() < len(line) and line[side.end()].isalnum():
            found.add(side.end())
    return sorted(found)


def _numbers(line: str, start: int, style: Prices) -> Iterator[Part]:
    """The numbers that may begin at a place, however many of the figures there belong to them."""
    for end, values in _runs(line, start, 0):
        text = line[start:end]
        what = "%" if text.endswith("%") else "i" if text.isdigit() and len(text) <= 2 else "n"
        if what == "%" and any(value > 100 for value in _figures(text)):
            continue
        if what == "n" and re.fullmatch(r"0?\.\d{1,2}", text):
            what = "%"
        cost = 0.0
        for value, decimals in values:
            if what == "n" and style.middle and value > 0:
                most = FAR if decimals == style.decimals and re.search(r"[.,]", text) else FARTHEST
                cost += min(most, max(0.0, abs(math.log(value / style.middle)) - NEAR))
            if what == "n" and decimals > style.decimals:
                cost += 0.4 * (decimals - style.decimals)
            elif what == "n" and decimals and decimals < style.decimals:
                cost += 0.3
        if end < len(line) and line[end].isdigit():
            cost += 0.2
        elif end < len(line) and line[end] in "kK%":
            cost += 0.6
        yield end, what, cost


def _figures(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)]


def _runs(line: str, start: int, depth: int) -> Iterator[tuple[int, list[tuple[float, int]]]]:
    found = _NUMBER.match(line, start)
    if found is None:
        dotted = _DOTTED.match(line, start)
        if dotted and depth == 0:
            for end in range(start + 2, dotted.end() + 1):
                yield end, [(float(line[start:end]), end - start - 1)]
        return
    whole = found.group()
    first = next(n for n, ch in enumerate(whole) if ch.isdigit())
    for end in range(start + first + 1, found.end() + 1):
        text = line[start + first : end]
        if not _is_number(text) or (line[end : end + 1] in (",", ".", "'", "’") and line[end + 1 : end + 2].isdigit()):
            continue
        plain = re.sub(r"[,'’]", "", text.split(" ")[0])
        value = [(float(plain), len(plain.partition(".")[2]))]
        yield end, value
        if unit := _UNIT.match(line, end):
            yield unit.end(), [] if unit.group().strip() in "%kK" else value
        if depth == 0 and (joined := _RANGE.match(line, unit.end() if unit else end)):
            for last, others in _runs(line, joined.end(), 1):
                yield last, [*value, *others] if line[last - 1] != "%" else []


_DOTTED = re.compile(r"\.\d{1,2}(?=\D|\d,|\d{3}|$)")
_IS_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.\d{1,5})?(?: \d{1,2}/32)?|\d{2,3}['’]\d{2,3}")


def _is_number(text: str) -> bool:
    if len(text) > 1 and text[0] == "0" and text[1] != ".":
        return False
    return bool(_IS_NUMBER.fullmatch(text))


def _is_cut_short(line: str, start: int, text: str) -> bool:
    """Whether the name of an average or an oscillator ends within its length or behind it: 'SMA 2', 'RSI 146', '200-day MA10'."""
    if (cut := _WITHOUT_LENGTH.search(text)) is None:
        return False
    length = _LENGTH.match(line, start + cut.start(1))
    if length is not None and length.end() > start + len(text) and not _HAS_LENGTH.match(text):
        return True
    return bool(cut[1]) and (not _KNOWN_LENGTH.fullmatch(cut[1]) or bool(_HAS_LENGTH.match(text)))


@lru_cache(maxsize=2048)
def _words(line: str, start: int, end: int, style: Prices) -> tuple[str, float] | None:
    """What a cell of words is and what it costs to have it so; None where it cannot be one."""
    text = line[start:end]
    if text[0] in ",.)'’-–/:" or text[-1] in "(,-–/$":
        return None
    if not any(ch.isalpha() for ch in text):
        return ("g", 0.2) if not any(ch.isdigit() for ch in text) and len(text) <= 2 else None
    tail = re.search(r"(?<![\w.,])[$€£]?(\d[\d,.]*)$", text)
    if tail and re.search(r"[,.]|\d{3}", tail[1]) and not names_value(text) and not _is_number(tail[1]):
        return None
    what = kind(text)
    if what == "d" or names_side(text):
        return "d", 1.0 if re.search(r"[a-z]{4}\d$", text) else 0.0
    if _is_cut_short(line, start, text):
        return "w", 1.5
    if names_value(text.replace("_", " ")) or is_heading_cell(text):
        return "w", 0.0
    if what == "l":
        return "l", 0.1 + 0.5 * len(_INNER.findall(text)) + 0.8 * bool(_NUMBERED.match(text))
    before, after = line[start - 1 : start], line[end : end + 1]
    cost = 0.5 * len(_INNER.findall(text)) + 0.8 * bool(_PRICE_IN.search(text))
    if text[-1].isdigit():
        cost = BEFORE_SHARE if _ends_in_price(text, line[end:], style) else cost + 0.6
    if before.isdigit() and _CUT_OFF.match(text):
        cost += OF_THE_NUMBER
    if before.isalpha() and not text[0].isupper():
        cost += 0.0 if _SIDES.search(line[:start]) and _SIDES.search(line[:start]).end() <= start else NEVER  # type: ignore[union-attr]
    if after.isalpha() and text[-1].isalpha() and not after.isupper():
        return None
    return ("m" if what == "m" else "w"), cost


def _ends_in_price(text: str, rest: str, style: Prices) -> bool:
    """'Sideways between 2,085 and 2,152' before '45%': words that end in a price printed as the others are, then a share."""
    if not _SHARE_NEXT.match(rest) or "%" in text:
        return False
    found = re.search(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$", text)
    if found is None or not ("," in found.group() or found[1]):
        return False
    return len(found[1] or "") == style.decimals or ("," in found.group() and not found[1])


_CUT_OFF = re.compile(r"\d{1,2}[A-Z][a-z]")  # '2Buy' behind '56.11'
OF_THE_NUMBER = 1.2
_SHARE_NEXT = re.compile(r"[~≈]?\d{1,2}(?:\s?[–-]\s?\d{1,2})?\s?%")
