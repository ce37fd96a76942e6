"""Where in a note something stands: under which heading, beside which side, in which column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from levelhead.review.horizons import horizon_in, span_in, term_in
from levelhead.review.text import Block, Span
from levelhead.review.tokens import Token, tokens_of

Topic = Literal["levels", "scenarios", "setups", "bias", "indicators", "summary", "dismissed", ""]
LONGEST_HEAD = 110
LONGEST_PIECE = 1500
_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (
        "dismissed",
        re.compile(
            r"\b(?:disclaimer|disclosure|risk warning|related (?:articles?|posts?|reading|news|analysis)|read (?:more|next|also)|"
            r"also read|more from|"
            r"you may also like|recommended(?: for you| reading)?|about the author|subscribe|newsletter|sponsored|advertisement|"
            r"latest news|"
            r"further reading|popular (?:posts|now)|most read|trending now|don[’']t miss|special offer|promo|share this|comments|"
            r"leave a reply|follow us)\b",
            re.I,
        ),
    ),
    (
        "setups",
        re.compile(
            r"\b(?:trade (?:ideas?|set-?ups?|plans?|of the (?:day|week)|parameters|levels)|trading (?:plans?|ideas?|strateg\w+|"
            r"set-?ups?|recommendations?)|set-?ups?|"
            r"trades? to (?:watch|consider)|actionable|(?:long|short|buy|sell) (?:idea|trade|side)|signals?|strateg(?:y|ies)|"
            r"plays?|how to trade(?: it)?|positioning|trade|trades|game plan)\b",
            re.I,
        ),
    ),
    (
        "scenarios",
        re.compile(
            r"\b(?:scenarios?|probabilit(?:y|ies)|(?:bull(?:ish)?|bear(?:ish)?|base|neutral|upside|downside) cases?|"
            r"what (?:comes )?next|odds|paths?(?: forward)?|roadmap|"
            r"our preference|preferred|alternative)\b",
            re.I,
        ),
    ),
    (
        "levels",
        re.compile(
            r"\b(?:(?:key|technical|important|price|major|critical|trading|intraday|daily|weekly|actionable)?\s?levels?|supports?|"
            r"resistances?|pivots?|pivot points|zones? to watch|ladder|"
            r"areas? of interest|numbers to (?:know|watch)|price map|line in the sand|where it matters|cheat sheet)\b",
            re.I,
        ),
    ),
    (
        "bias",
        re.compile(
            r"\b(?:bias|outlook|time ?frames?|final call|verdict|stance|our view|views?|call|trend by horizon|horizons?|"
            r"forecast)\b",
            re.I,
        ),
    ),
    (
        "summary",
        re.compile(r"\b(?:summary|at a glance|snapshot|overview|quick take|tl;?dr|key facts|dashboard|market data)\b", re.I),
    ),
    (
        "indicators",
        re.compile(
            r"\b(?:indicators?|moving averages?|momentum|oscillators?|technicals?|readings?|price action|"
            r"trend)\b",
            re.I,
        ),
    ),
)
_TEASER = re.compile(
    r"^\W{0,6}(?:read (?:more|next|also|our|the full)|also read|read:|related\s?[:|–-]|see also|see our|more:|sign up|"
    r"subscribe|join (?:our|us|the|over|\d)|follow (?:us|me)|"
    r"click here|don[’']t miss|up next|next up|coming up|next (?:article|note|read)\b|previous (?:article|note|post)\b|"
    r"in other news|recommended|advert(?:isement)?\b|sponsored|ad\s?[:|]|promo|"
    r"get (?:access|our|your|\d|up to)|try (?:our|it)|start your|limited[- ]time|download|watch (?:our|the|now)|also (?:on|in|"
    r"by)|tomorrow[’']s note|"
    r"(?:special|exclusive) offer|upgrade|unlock|save \d|\d{1,2}% off|this (?:analysis|content|article|material|report|"
    r"note) (?:is|was|does|has)|futures trading involves|"
    r"trading (?:futures|forex|involves|leveraged|cfds)|past performance|for (?:educational|informational)|not (?:financial|"
    r"investment) advice|risk disclosure|disclaimer|copyright|©|"
    r"more (?:analysis|notes|ideas|from)|elsewhere|if you (?:liked|enjoyed)|want more|become a|open an account|CFDs are|"
    r"\d{2}(?:\.\d{1,2})?% of retail)",
    re.I,
)
_SIDES = (
    ("both", re.compile(r"\bsupports?\b.{0,20}\bresistances?\b|\bresistances?\b.{0,20}\bsupports?\b", re.I)),
    (
        "support",
        re.compile(
            r"\b(?:supports?|demand|floors?|downside (?:levels?|targets?)|below (?:the )?(?:market|price)|"
            r"buy(?:ing)? zones?)\b|^\W*(?:below|downside|down|lower)\W*$",
            re.I,
        ),
    ),
    (
        "resistance",
        re.compile(
            r"\b(?:resistances?|supply|ceilings?|upside (?:levels?|targets?)|above (?:the )?(?:market|price)|"
            r"sell(?:ing)? zones?|overhead)\b|^\W*(?:above|upside|up|higher)\W*$",
            re.I,
        ),
    ),
    ("pivot", re.compile(r"^\W{0,4}(?:daily |weekly |monthly |central )?(?:pivot(?:s|(?: point| level| zone)?s?)?)\W{0,3}$", re.I)),
)
UP = re.compile(
    r"\b(?:bull(?:ish|s)?|upside|breakout|up(?:ward)?|long|buy(?:ers)?|bounce|rally|recovery|reversal higher|higher|"
    r"continuation higher)\b",
    re.I,
)
DOWN = re.compile(
    r"\b(?:bear(?:ish|s)?|downside|breakdown|down(?:ward)?|short(?![- ]?(?:er)?[- ]?term|[- ]run)|sell(?:ers)?|pullback|"
    r"correction|lower|decline|drop|failure)\b",
    re.I,
)
RANGE = re.compile(
    r"\b(?:range(?:[- ]?bound)?|sideways|neutral|consolidation|chop(?:py)?|balance|rotation(?:al)?|flat|no trade)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a table's cell at `start` of the plain text, with its tokens, whose places count from there."""

    text: str
    start: int
    tokens: tuple[Token, ...]

    def span(self, first: Token | None = None, last: Token | None = None) -> Span:
        """Where it, or its tokens first to last, stand in the plain text."""
        begin = self.start + (first.start if first else 0)
        end = self.start + (last.end if last else first.end if first else len(self.text))
        return Span(start=begin, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Under what something stands. side, way and term are those of the headings above; title the nearest one."""

    topic: Topic = ""
    level: int = 0
    side: str = ""
    way: str = ""
    term: str = ""
    title: str = ""
    sessions: int | None = None
    above: str = ""
    section: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A block with its pieces and its place. columns: what the header of its table calls each cell, lower case."""

    block: Block
    pieces: tuple[Piece, ...]
    place: Place
    columns: tuple[str, ...] = ()
    is_head: bool = False
    number: int = 0


def passages_of(blocks: Sequence[Block], *, is_bond: bool = False) -> tuple[Passage, ...]:
    """Every block that says something, in its place; teasers, adverts and disclaimers are marked 'dismissed'."""
    place = Place()
    columns: tuple[str, ...] = ()
    table: int | None = None
    found: list[Passage] = []
    for at, block in enumerate(blocks):
        if block.kind == "rule":
            continue
        if block.kind != "row":
            columns, table = (), None
        elif block.table != table:
            columns, table = (), block.table
        if block.is_header or _names_columns(block, columns):
            columns = tuple(c.text.lower().strip(" :") for c in block.cells)
            place = _under_columns(place, columns)
            continue
        if block.kind == "row" and columns and len(block.cells) == len(columns) + 1:
            columns = ("", *columns)  # the first column has no heading
        pieces = tuple(_pieces(block, is_bond))
        head = (is_head(block) and not (place.topic == "scenarios" and CASE_FIELD.match(block.text))) or _heads_table(
            block, blocks[at + 1] if at + 1 < len(blocks) else None
        )
        if head:
            place = _under(place, block, pieces)
        here = replace(place, topic="dismissed") if _is_teaser(block) else place
        found.append(Passage(block, pieces, here, columns, head, len(found)))
    return tuple(found)


_COLUMN = re.compile(
    r"(?:the\s)?(?:key\s|price\s|estimated\s|our\s|how\s|where\s|why\s|what\s)?(?:levels?|types?|prices?|zones?|notes?|"
    r"comment(?:s|ary)?|descriptions?|scenarios?|probabilit(?:y|ies)|odds|chances?|likely|likelihood|weight|"
    r"bias|time ?frames?|horizon|reason(?:s|ing)?|entry|stop(?:[- ]loss)?|targets?(?: \d)?|significance|indicators?|values?|"
    r"readings?|signals?|triggers?|outlook|direction|role|set-?up|status|area|path|case|view|"
    r"outcome|side|to|it matters|why|what|where|last|r:r|details?|remarks?|context|meaning|instrument|market|name|"
    r"tp\d?)(?:\s?\(%\))?",
    re.I,
)


def _names_columns(block: Block, columns: Sequence[str]) -> bool:
    """A row further down that is the heading of another table: nothing but names of columns in it."""
    cells = [c.text.strip() for c in block.cells if c.text.strip()]
    return len(cells) >= 2 and all(_COLUMN.fullmatch(c) for c in cells)


def has_numbers(pieces: Sequence[Piece]) -> bool:
    """Whether a number stands in it that may be a price."""
    return any(t.kind == "number" for p in pieces for t in p.tokens)


def is_head(block: Block) -> bool:
    """A heading, or a line that ends in a colon and so heads what follows."""
    text = block.text.rstrip()
    return block.kind == "heading" or (block.kind != "row" and text.endswith(":") and len(text) <= LONGEST_HEAD)


CASE_FIELD = re.compile(
    r"^\W*(?:probability|chances?|odds|likelihood|confidence|trigger|targets?|objective|invalidation|invalidated|zone|"
    r"conditions?|path|time ?frame|horizon|stop|confirmation|why|what it needs)\b[^:=–—-]{0,24}[:=–—-]",
    re.I,
)


def _heads_table(block: Block, following: Block | None) -> bool:
    """A short line that ends no sentence, right above a table."""
    if following is None or following.kind != "row" or block.kind != "paragraph":
        return False
    return len(block.text) <= LONGEST_HEAD and not block.text.rstrip().endswith((".", "!", ";"))


def way_of(text: str) -> str:
    """'up', 'down' or 'range' where a heading or title says one of them first, '' where it says none or all at once."""
    found = sorted((m.start(), way) for way, p in (("up", UP), ("down", DOWN), ("range", RANGE)) if (m := p.search(text)))
    if {"up", "down"} <= {w for _, w in found} and re.search(r"\b(?:&|and|or|vs\.?|/)\b|[&/]", text):
        return ""
    return found[0][1] if found else ""


def side_of(text: str) -> str:
    """The side a heading sets, '' where it names both or none."""
    for side, pattern in _SIDES:
        if pattern.search(text):
            return "" if side == "both" else side
    return ""


def topic_of(text: str) -> Topic:
    """What a heading announces."""
    return next((topic for topic, pattern in _TOPICS if pattern.search(text)), "")


def _under_columns(place: Place, columns: Sequence[str]) -> Place:
    words = " | ".join(columns)
    if re.search(r"probab|odds|chance|scenario|likel|\bprob\b|\bweight\b", words):
        return replace(place, topic="scenarios")
    if "entry" in words and re.search(r"stop|target", words):
        return replace(place, topic="setups")
    if re.search(r"\bbias|outlook|trend|view|stance\b", words) and re.search(r"time ?frame|horizon|term|period", words):
        return replace(place, topic="bias")
    if re.search(r"\b(?:support|resistance|level|zone)s?\b", words) and place.topic not in ("scenarios", "setups"):
        return replace(place, topic="levels", way="")
    return place


def _under(place: Place, block: Block, pieces: Sequence[Piece]) -> Place:
    text = block.text
    topic, side, way = topic_of(text), side_of(text), way_of(text)
    numbers = has_numbers(pieces)
    if place.topic == "setups" and _FIELD.match(text):
        return replace(place, title=place.title if place.title and not _FIELD.match(place.title) else text)
    deeper = bool(block.level and place.level and block.level > place.level) or block.kind == "item" or text.rstrip().endswith(":")
    fresh = Place(level=block.level, title=text, section=place.section + 1, above=place.title, sessions=_stated(text) or None)
    if numbers and topic not in ("dismissed",):
        # a price in a heading is content: the heading above it still holds
        keeps = place.topic in ("scenarios", "setups") or topic in ("", place.topic)
        return replace(
            fresh,
            topic=place.topic if keeps else topic,
            side=place.side,
            way=way or "",
            sessions=fresh.sessions or place.sessions,
            level=place.level,
        )
    if (
        place.topic in ("scenarios", "setups", "bias")
        and (way or term_in(text))
        and topic in ("", place.topic, "levels", "indicators", "bias", "setups", "scenarios")
        and (topic in ("", place.topic) or deeper)
    ):
        return replace(
            fresh, topic=place.topic, way=way, term=term_in(text), sessions=fresh.sessions or place.sessions, level=place.level
        )
    if side and topic in ("levels", "") and place.topic not in ("setups",):
        return replace(fresh, topic="levels", side=side, sessions=place.sessions, level=place.level if deeper else block.level)
    if topic:
        return replace(fresh, topic=topic, side=side, way=way, term=term_in(text))
    if deeper and place.topic:
        return replace(
            fresh,
            topic=place.topic,
            way=way,
            side=place.side,
            term=term_in(text),
            sessions=fresh.sessions or place.sessions,
            level=place.level,
        )
    if place.topic == "dismissed":
        return replace(fresh, topic="dismissed")
    if way and place.topic in ("scenarios", "setups"):
        return replace(fresh, topic=place.topic, way=way)
    return replace(fresh, way=way, term=term_in(text))


_FIELD = re.compile(
    r"^\W*(?:entry|entries|stop(?:[- ]?loss)?|sl|targets?(?: ?\d)?|take profits?(?: ?\d)?|tp ?\d?|direction|side|risk|"
    r"invalidation|reward|size|order|instrument|contract|time ?frame|horizon|objectives?|exit|"
    r"buy|sell|long|short)\b\s?(?:zone|area|price|level|limit|stop|side|above|below|at|near)?\s?\d?\s?(?:[:=–—-]|\d|\$|$)",
    re.I,
)


def _stated(text: str) -> int | None:
    found = span_in(text) or horizon_in(text)
    return found.sessions if found else None


def _is_teaser(block: Block) -> bool:
    return block.kind != "row" and bool(_TEASER.match(block.text))


def _pieces(block: Block, is_bond: bool) -> Iterator[Piece]:
    if block.kind == "row":
        for cell in block.cells:
            yield Piece(cell.text[:LONGEST_PIECE], cell.span.start, tokens_of(cell.text[:LONGEST_PIECE], is_bond=is_bond))
        return
    for start, end in sentences(block.text):
        text = block.text[start:end]
        yield Piece(text, block.span.start + start, tokens_of(text, is_bond=is_bond))


_END = re.compile(r"(?:[.!?][\"'”’)\]]{0,3}|•)\s+|\n")
_ABBREVIATED = re.compile(
    r"\b(?:vs|approx|ca|no|fig|e\.g|i\.e|U\.S|prob|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|St|est|avg|res|sup|p\.m|a\.m|"
    r"c)\.\s*$",
    re.I,
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends; one too long is cut."""
    at = 0
    for found in _END.finditer(text):
        if found.group().startswith(".") and _ABBREVIATED.search(text[max(at, found.end() - 12) : found.end()]):
            continue
        yield from _cut(at, found.end(), text)
        at = found.end()
    yield from _cut(at, len(text), text)


def _cut(start: int, end: int, text: str) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_PIECE:
        blank = text.rfind(" ", start + LONGEST_PIECE // 2, start + LONGEST_PIECE)
        stop = blank if blank > 0 else start + LONGEST_PIECE
        yield start, stop
        start = stop
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
