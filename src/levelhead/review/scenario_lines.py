"""Scenarios outside of tables: headed cases with what stands under them, lines that begin with one, chances in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from levelhead.review.announced import announced_in
from levelhead.review.headings import CASE_FIELD, way_of
from levelhead.review.named_ways import siblings_by_line, ways_by_line, ways_in
from levelhead.review.odds import Weighed
from levelhead.review.paired_targets import paired_targets
from levelhead.review.passages import Passage, has_numbers
from levelhead.review.pieces import one_piece
from levelhead.review.prices import Prices
from levelhead.review.probabilities import Chance, chance_in
from levelhead.review.scenario_case import Case, Part, case_of, direction_of, title_of
from levelhead.review.scenario_grid import grids_in
from levelhead.review.scenario_rows import case_of_row, cases_of_columns
from levelhead.review.text import Span
from levelhead.review.told_chances import Segment, told_in
from levelhead.review.weighed import weighed_in

LONGEST_LINE = 240
_WHOLE = (0.97, 1.03)
_CASE = re.compile(
    r"^\W{0,6}(?:scenario\s?(?:\d|[A-D]|one|two|three)?\b|(?:our\s)?(?:preference|preferred|base|main|primary|central|"
    r"most likely|alternative|"
    r"alternate|secondary|bull(?:ish)?|bear(?:ish)?|neutral|upside|downside|range|sideways|tail|second|third|worst|best|up|"
    r"down)"
    r"(?:[- ](?:case|scenario|path|outcome|view|risk|bound))?\b(?!\s(?:targets?|objectives?|levels?|resistances?|"
    r"supports?)\b))",
    re.I,
)
_NAMED_CASE = re.compile(
    r"^\W{0,6}(?:(?:the|our|my|his|her|their|desk['’]?s?)\s)?(?:"
    r"(?:(?:second |next )?(?:preference|preferred|base|main|primary|central|most likely|likeliest|"
    r"more likely|less likely|least likely|likely|unlikely|"
    r"possible|alternative|alternate|alt\.?|risk)(?:\s(?:case|scenario|path|view|outcome|count|route|move|tally|label|read|"
    r"idea))?|"
    r"(?:bull(?:ish)?|bear(?:ish)?|upside|downside|range|neutral|sideways|flat|up|down|long|short|best|worst|second|third|"
    r"first|"
    r"other|middle|quiet|expected|"
    r"default|tail|risk|hawkish|dovish)\s(?:case|scenario|path|outcome|count|route|move|version))"
    r"(?:\s(?:of|for|into|in|from|over|today|this|next|the|here|now|is|on|week|month|day|session|tomorrow|tonight|friday|"
    r"monday)){0,4}"
    r"\s?(?:\([^)]{0,60}\))?\s?(?:[:–—.=-]|(?:is|would be|would see|sees|calls for|remains|looks for|has|expects|assumes|"
    r"takes)\b)"
    r"|(?:up|down)side\s?\([^)]{0,40}\)\s?[:–—=-]"
    r"|(?:scenario|path|option|case|alternative|outcome|route|variant|version|hypo(?:thesis)?|branch)\s?(?:no\.?\s?|#)?(?:\d|"
    r"[A-D]|one|two|three)"
    r"\s?(?:\([^)]{0,60}\))?\s?[:–—=-])",
    re.I,
)
_TITLED_CHANCE = re.compile(
    r"\W*(?:remainder|the rest|rest|else|otherwise|everything else|other|in between|"
    r"between|middle|neither|path (?:up|down|sideways)|"
    r"(?:path|scenario|case|way|route|branch|fork) \w{1,8})\s?[:,–—-]?\s?\(?[~≈]?\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?%\)?\W*",
    re.I,
)
_MANY = re.compile(r"\bscenarios\b|\bcases\b|&|\bprobability table\b|\bprobabilities\b|\boutlook\b", re.I)
_NAMED = re.compile(r"\b(?:base|alternat\w+|main|preferred|primary|our preference|scenario [A-D1-5])\b", re.I)


def cases_of(passages: Sequence[Passage], prices: Prices) -> Iterator[Case]:
    """Every scenario of a note while it is gathered, in the order of the text."""
    told = told_in(passages, prices)
    tables = paired_targets(passages, prices) | _by_column(passages) | grids_in(passages, prices)
    weighed = weighed_in(passages, prices)
    lines = ways_by_line(passages, prices)
    announced = announced_in(passages, prices)
    headed = _headed(passages)
    siblings = siblings_by_line(passages, prices, lambda n: n in told or n in lines or _started(passages[n], prices) is not None)
    open_case: Case | None = None
    open_is_head, open_level = True, -1
    for at, passage in enumerate(passages):
        whole = [_of_weighed(passage, w) for w in weighed.get(at, ())]
        found = tables[at] if at in tables else whole if len(whole) > 1 else []
        if not found and at not in tables:
            found = (
                [_of_segment(passage, s) for s in told.get(at, ())]
                or _in_cells(passage, prices)
                or _in_sentences(passage, prices)
                or lines.get(at, [])
            )
        started = None if found or at in tables else headed.get(at) or siblings.get(at) or _started(passage, prices)
        if started is not None and (started.chance is None or started.chance.bounds is None) and len(whole) == 1:
            started.chance = whole[0].chance
        if not found and started is None:
            found = whole or ways_in(passage, prices)
        is_body = open_case is not None and started is not None and _is_body(passage, started, open_case, prices)
        goes_on = open_case is not None and (open_is_head or not open_case.uses(prices.is_price)) and _belongs(passage, open_case)
        goes_on = goes_on or (open_case is not None and 0 <= open_level < passage.block.level and passage.block.kind == "item")
        goes_on = goes_on or (open_case is not None and open_is_head and _is_field(passage, open_case, prices))
        goes_on = goes_on or (open_case is not None and _belongs(passage, open_case) and _aims(passage))
        if started is None and at not in tables and not goes_on:
            found = [*found, *(c for c in announced.get(at, ()) if not any(_overlap(c, f) for f in found))]
        if not found and open_case is not None and (is_body or (started is None and goes_on)):
            _add(open_case, passage)
            continue
        if open_case is not None:
            yield open_case
            open_case = None
        yield from found
        if started is not None and (passage.is_head or not started.uses(prices.is_price)):
            open_case, open_is_head = started, passage.is_head
            open_level = passage.block.level if passage.block.kind == "item" else -1
        elif started is not None:
            yield started
    if open_case is not None:
        yield open_case


def _overlap(one: Case, other: Case) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def _in_cells(passage: Passage, prices: Prices) -> list[Case]:
    """'Up 50% → 2,455 | Flat 35% → … | Down 15% → …': a scenario in each cell of a line."""
    if passage.block.kind != "row" or passage.columns or len(passage.pieces) < 2:
        return []
    found = []
    for piece in passage.pieces:
        chances = [t.quantity for t in piece.tokens if t.kind == "percent" and t.quantity is not None]
        way = direction_of(piece.text)
        if len(chances) != 1 or not way or not any(prices.is_price(t) for t in piece.tokens):
            return []
        chance = Chance((chances[0].low / 100, chances[0].high / 100), "", "", 0, 0)
        case = case_of(passage, piece.text, way, chance)
        case.parts, case.span = [Part(piece)], piece.span()
        found.append(case)
    return found


def _in_sentences(passage: Passage, prices: Prices) -> list[Case]:
    """'Our preference: ... Alternative: ...' in one paragraph: a scenario from each sentence that begins one to the next."""
    if passage.block.kind == "row" or passage.place.topic == "dismissed" or len(passage.pieces) < 2:
        return []
    starts = [n for n, p in enumerate(passage.pieces) if _NAMED_CASE.match(p.text)]
    if len(starts) < 2:
        return []
    found = []
    for first, last in pairwise([*starts, len(passage.pieces)]):
        own = replace(passage, pieces=passage.pieces[first:last])
        piece = one_piece(own)
        if any(prices.is_price(t) for t in piece.tokens):
            head = re.split(r"[:–—]|\s-\s|\.\s", piece.text, maxsplit=1)[0]
            case = case_of(own, title_of(head), direction_of(head, piece.text[len(head) : len(head) + 200]), chance_in(piece.text))
            case.span = piece.span()
            found.append(case)
    return found if len(found) > 1 else []


def _is_body(passage: Passage, started: Case, case: Case, prices: Prices) -> bool:
    """A line with a price under a case that has none yet, which gives no chance of its own."""
    if (
        passage.block.kind == "row"
        or started.chance is not None
        or case.uses(prices.is_price)
        or passage.place.topic != "scenarios"
        or not started.uses(prices.is_price)
    ):
        return False
    if case.chance is not None and case.chance.bounds and not _NAMED_CASE.match(passage.block.text):
        return True  # 'Alternative (25 %)' over 'Sideways between 23,920 and 24,326'
    return not _CASE.match(passage.block.text.replace("Range", ""))


def _by_column(passages: Sequence[Passage]) -> dict[int, list[Case]]:
    """For the rows of each table that has a scenario in each column: the scenarios at its first row, none at the others."""
    tables: dict[tuple[int | None, tuple[str, ...]], list[int]] = {}
    for at, passage in enumerate(passages):
        if passage.block.kind == "row" and len(passage.columns) >= 3:
            tables.setdefault((passage.block.table, passage.columns), []).append(at)
    out: dict[int, list[Case]] = {}
    for rows in tables.values():
        cases = cases_of_columns([passages[i] for i in rows])
        if cases:
            out |= {at: [] for at in rows}
            out[rows[0]] = cases
    return out


_LONE_CHANCE = re.compile(r"\W*(?:odds|chance|probability)?\W*\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?%\W*", re.I)


def _add(case: Case, passage: Passage) -> None:
    case.parts += [Part(piece) for piece in passage.pieces]
    case.span = Span(start=case.span.start, end=max(case.span.end, passage.block.span.end))
    if (case.chance is None or case.chance.bounds is None) and len(passage.block.text) < 600:
        found = chance_in(passage.block.text, is_cell=bool(_LONE_CHANCE.fullmatch(passage.block.text)))
        case.chance = found if found is not None and (found.bounds or case.chance is None) else case.chance


def _of_segment(passage: Passage, segment: Segment) -> Case:
    text = segment.piece.text.strip(" ,;.")
    case = case_of(passage, text, direction_of(text), Chance(segment.bounds, segment.words, segment.conditional, 0, 0))
    case.parts, case.span = [Part(segment.piece)], segment.piece.span()
    return case


def _of_weighed(passage: Passage, part: Weighed) -> Case:
    text = part.piece.text.strip(" ,;.|")
    chance = Chance((round(part.low / 100, 12), round(part.high / 100, 12)), "", "", 0, 0)
    case = case_of(passage, text, direction_of(text), chance)
    case.parts, case.span = [Part(part.piece)], part.piece.span()
    return case


def _is_field(passage: Passage, case: Case, prices: Prices) -> bool:
    """'Target 23,900', set as if it headed something, under a case that has no price yet."""
    return passage.is_head and bool(_PRICED_FIELD.match(passage.block.text)) and not case.uses(prices.is_price)


def _aims(passage: Passage) -> bool:
    """'Target: 1,950', a line of its own: it belongs to the scenario above whatever prices that has."""
    return passage.block.kind != "row" and bool(_PRICED_FIELD.match(passage.block.text))


_PRICED_FIELD = re.compile(
    r"^\W*(?:targets?|objectives?|range|zone|aims?|goal|destination)(?:\s(?:zone|area|price|range|at|of|"
    r"is)){0,2}\s?[:=–—-]?\s?[$€£~≈]?\d",
    re.I,
)


_FIELD = re.compile(r"^\W*(?:targets?|range|zone|objective|goes to|price|level|to)\b\W{0,3}[$€£]?\d", re.I)


def _belongs(passage: Passage, case: Case) -> bool:
    place = passage.place
    if case.chance is not None and case.chance.bounds and len(case.parts) <= 2 and passage.block.kind != "row":
        if passage.is_head and (_FIELD.match(passage.block.text) or (place.topic == "scenarios" and has_numbers(passage.pieces))):
            return True
        topics = ("", "scenarios", "indicators", "bias", "summary")
        if place.section == case.section and not passage.is_head and place.topic in topics and len(case.parts) == 1:
            return True
    if passage.block.kind == "row" or place.topic != "scenarios":
        return False
    return place.section == case.section and not passage.is_head


def _started(passage: Passage, prices: Prices) -> Case | None:
    """The scenario that a passage begins, None where it begins none."""
    place, text = passage.place, passage.block.text
    if place.topic == "dismissed" or not passage.pieces or (place.topic == "scenarios" and CASE_FIELD.match(text)):
        return None
    if passage.block.kind == "row":
        return case_of_row(passage)
    has_price = any(prices.is_price(t) for p in passage.pieces for t in p.tokens)
    if (
        has_price
        and len(text) <= LONGEST_LINE
        and (_NAMED_CASE.match(text) or ((_CASE.match(text) or way_of(text[:60])) and _chance_first(text)))
    ):
        return _of_line(passage)
    if _TITLED_CHANCE.fullmatch(text) and place.topic in ("scenarios", ""):
        return _of_line(passage)
    if passage.is_head:
        return _of_head(passage, has_price=has_price)
    if _NAMED_CASE.match(text) and has_price:
        return _of_line(passage)
    if (
        place.topic == "scenarios"
        and (place.way == "" or (has_price and len(text) <= 120))
        and (_CASE.match(text) or chance_in(text))
    ):
        return _of_line(passage)
    return _of_line(passage) if (_CASE.match(text) or way_of(text[:60])) and _chance_first(text) else None


def _chance_first(text: str) -> bool:
    """Whether a probability stands at the beginning of a line, or right after its title."""
    found = chance_in(text[:160])
    return found is not None and found.bounds is not None and found.start < 80


def _headed(passages: Sequence[Passage]) -> dict[int, Case]:
    """The headings that give the chances of a whole, each over what it is about: 'Primary count (65%)', 'Alternate count (35%)'."""
    found = [
        (at, chance)
        for at, p in enumerate(passages)
        if p.is_head and p.place.topic != "dismissed" and not p.place.side and (chance := chance_in(p.block.text)) and chance.bounds
    ]
    total = sum(sum(chance.bounds) / 2 for _, chance in found if chance.bounds)
    if len(found) < 2 or not _WHOLE[0] <= total <= _WHOLE[1]:
        return {}
    return {
        at: case_of(passages[at], passages[at].block.text, direction_of(passages[at].block.text), chance) for at, chance in found
    }


def _of_head(passage: Passage, *, has_price: bool) -> Case | None:
    text = passage.block.text
    if passage.place.topic != "scenarios":
        return None
    chance = chance_in(text)
    has_bounds = chance is not None and chance.bounds is not None
    way = direction_of(text)
    if not way and not has_bounds and not _NAMED.search(text) and not (chance and has_price):
        return None
    if not has_bounds and _MANY.search(text):
        return None
    return case_of(passage, text, way, chance)


def _of_line(passage: Passage) -> Case:
    text = passage.block.text
    head = re.split(r"[:–—]|\s-\s|\.\s", text, maxsplit=1)[0]
    return case_of(passage, title_of(head), direction_of(head, text[len(head) : len(head) + 200]), chance_in(text))
