"""Where in a note something stands: under which heading, beside which side, in which column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from levelhead.review.dates import DATE
from levelhead.review.headings import (
    CASE_FIELD,
    LONGEST_HEAD,
    Topic,
    is_head,
    is_teaser,
    side_of,
    topic_of,
    way_of,
)
from levelhead.review.horizons import horizon_in, span_in, term_in
from levelhead.review.instruments import mentions
from levelhead.review.letterheads import is_letterhead, is_mail_field
from levelhead.review.lexicon import respelled
from levelhead.review.sentences import LONGEST_PIECE, listed_on, sentences
from levelhead.review.text import Block, Span
from levelhead.review.tokens import Token, tokens_of

LONGEST_ASIDE = 60
FEWEST_OF_A_NOTE = 8  # blocks; of fewer the first line may head the only part


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
    place = said = Place()  # said: what headings alone say of it
    columns: tuple[str, ...] = ()
    table: int | None = None
    found: list[Passage] = []
    is_quoted = False
    before: Topic = ""  # what the last heading without numbers announced
    is_own_list = False
    is_begun = False  # whether a number has been said that may be a price
    for at, given in enumerate(blocks):
        block = _unprefixed(given)
        if block.kind == "rule":
            continue
        if columns and place.topic == "levels" and (block.kind != "row" or block.table != table):
            place = said  # a table's heading speaks of its rows
        if block.kind != "row":
            columns, table = (), None
        elif block.table != table:
            columns, table = (), block.table
        if block.is_header or _names_columns(block, columns):
            columns = tuple(column_name(c.text) for c in block.cells)
            place = _under_columns(said, columns)
            continue
        pieces = tuple(_pieces(block, is_bond))
        head = (is_head(block) and not (place.topic == "scenarios" and CASE_FIELD.match(block.text))) or _heads_table(
            block, blocks[at + 1] if at + 1 < len(blocks) else None
        )
        head = head or _heads_deeper(block, blocks[at + 1] if at + 1 < len(blocks) else None)
        if head and not _is_whole_teaser(block):
            place = said = _headed(place, block, pieces, at, blocks, is_begun=is_begun)
            before = before if has_numbers(pieces) else place.topic
            is_own_list = place.topic == "levels" != before and has_numbers(pieces)
        elif block.kind == "paragraph" and _ends_list(place, block, pieces, is_own_list=is_own_list):
            place = replace(place, topic="" if is_own_list else place.topic, side="")
            said, is_own_list = replace(said, topic="" if is_own_list else said.topic, side=""), False
        is_quoted = block.text.startswith(">") and (is_quoted or _WROTE.search(found[-1].block.text if found else "") is not None)
        here = replace(place, topic="dismissed") if is_quoted or is_teaser(block) else place
        found.append(Passage(block, pieces, here, _over(block, columns), head, len(found)))
        is_begun = is_begun or (not head and has_numbers(pieces))
    return tuple(found)


def _over(block: Block, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a row, of which the first, or the first two, have no heading: 'ES | Sep | 6,019.50' under 'Settle'."""
    missing = len(block.cells) - len(columns) if block.kind == "row" and columns else 0
    is_named = missing == MOST_UNHEADED and all(re.search("[A-Za-z]", c.text) for c in block.cells[:missing])
    return ("",) * missing + columns if missing == 1 or is_named else columns


MOST_UNHEADED = 2


def _headed(place: Place, block: Block, pieces: Sequence[Piece], at: int, blocks: Sequence[Block], *, is_begun: bool) -> Place:
    """The place under a heading. is_begun: whether a price has been said before it."""
    under = _under(place, block, pieces)
    if is_mail_field(block.text) or (not is_begun and is_letterhead(block.text)):
        topic = "" if is_mail_field(block.text) or under.topic in _OF_PAPER else under.topic
        under = Place(level=under.level, title=under.title, section=under.section, topic=topic)
    if is_begun or not _is_title(block, at, blocks):
        return under
    if under.side and _is_news(block.text):
        return replace(under, topic="", side="")  # 'Bund: the supports are tested'
    return replace(under, topic="") if under.topic in _OF_WHOLE else under


def _ends_list(place: Place, block: Block, pieces: Sequence[Piece], *, is_own_list: bool) -> bool:
    """Whether a paragraph is no part of the list above it: a report behind a heading that lists its own, or words alone."""
    if is_own_list and _TOLD.search(block.text):
        return True
    return bool(place.side) and len(block.text) > LONGEST_ASIDE and not has_numbers(pieces)


_TOLD = re.compile(r"[a-z]{3,}[^.!?]{30,}[.!?](?:\s|$)")  # a whole sentence
FEWEST_OF_NEWS = 5  # words of a title that tells what happens


def _is_news(text: str) -> bool:
    """Whether a heading tells what happens rather than what is listed under it."""
    return not text.rstrip().endswith(":") and len(re.findall(r"[A-Za-z][A-Za-z’'-]+", text)) >= FEWEST_OF_NEWS


_OF_WHOLE = ("setups", "scenarios", "bias")


def _is_title(block: Block, at: int, blocks: Sequence[Block]) -> bool:
    """Whether a heading is the title of the whole: the first, or one that names a market or a day, before headings of parts."""
    if not at and (len(blocks) >= FEWEST_OF_A_NOTE or any(b.kind == "heading" for b in blocks[1:])):
        return True
    return any(mentions(block.text)) or bool(DATE.search(block.text))


def _is_whole_teaser(block: Block) -> bool:
    """'Also read: Can ether defend 2,400?': a teaser that says what it teases heads nothing."""
    return is_teaser(block) and bool(_TEASES.match(block.text))


_TEASES = re.compile(r"^\W{0,6}[A-Za-z ]{3,24}:\s*\w\W*(?:\w+\W+){3}")
_WROTE = re.compile(r"\b(?:wrote|writes|said|posted)\s?:\s*$", re.I)  # over lines of somebody else, each behind a '>'
# What the name of a paper may seem to announce: 'FX strategy memo' no setups, 'Noon comments' no end, 'Floor card' no support.
_OF_PAPER = ("setups", "bias", "dismissed")


def column_name(text: str) -> str:
    """What a column is called, in lower case and in the lexicon's words: 'sup1', '1st Sup' and 'Support_1' are 'support 1'."""
    name = spoken(text).lower().strip(" :*")
    name = re.sub(r"^([1-4])(?:st|nd|rd|th)\s(.+)$", r"\2 \1", name)
    name = re.sub(r"^(sup\w*|res\w*)[\s.#-]?([1-5])$", r"\1 \2", name)
    name = re.sub(r"^resist\b", "resistance", name)
    return respelled(name) if len(name) <= LONGEST_HEAD else name


_ONE_COLUMN = (
    r"(?:the\s)?(?:key\s|price\s|estimated\s|our\s|how\s|where\s|why\s|what\s)?(?:levels?|types?|prices?|zones?|notes?|"
    r"comment(?:s|ary)?|descriptions?|scenarios?|probabilit(?:y|ies)|odds|chances?|likely|likelihood|weight|"
    r"bias|time ?frames?|horizon|reason(?:s|ing)?|entry|stop(?:[- ]loss)?|targets?(?: \d)?|range|significance|indicators?|values?|"
    r"readings?|signals?|triggers?|outlook|direction|role|set-?up|status|area|path|case|view|"
    r"outcome|items?|models?|strength|touches|rating|importance|side|to|it matters|why|what|where|last|r:r|details?|remarks?|"
    r"context|meaning|instrument|market|name|"
    r"tp\d?|range|zone|p|prob\.?|source|basis|kind|support|resistance|pivot)(?:\s?\([^()\d]{1,16}\))?"
)
_COLUMN = re.compile(rf"{_ONE_COLUMN}(?:\s?(?:[/&,+]|\b(?:and|or)\b)\s?{_ONE_COLUMN}){{0,2}}", re.I)


_EITHER = re.compile(r"\s?/\s|\s/\s?|\s(?:or|and|&)\s")


def _names_columns(block: Block, columns: Sequence[str]) -> bool:
    """A row further down that is the heading of another table: nothing but names of columns in it."""
    cells = [c.text.strip() for c in block.cells if c.text.strip()]
    return len(cells) >= 2 and all(_COLUMN.fullmatch(part.strip()) for c in cells for part in _EITHER.split(c))


def has_numbers(pieces: Sequence[Piece]) -> bool:
    """Whether a number stands in it that may be a price."""
    return any(t.kind == "number" for p in pieces for t in p.tokens)


def _heads_table(block: Block, following: Block | None) -> bool:
    """A short line that ends no sentence, right above a table."""
    if following is None or following.kind != "row" or block.kind != "paragraph":
        return False
    return len(block.text) <= LONGEST_HEAD and not block.text.rstrip().endswith((".", "!", ";"))


_PRICE_FIRST = re.compile(r"\W{0,3}(?:US)?[$€£]?\d[\d,.]*\d[kK]?\b")


def _heads_deeper(block: Block, following: Block | None) -> bool:
    """A bullet that is nothing but the name of a side, over bullets that stand deeper or begin with a price."""
    if following is None or block.kind != "item" or following.kind not in ("item", "row"):
        return False
    if following.level <= block.level and not _PRICE_FIRST.match(following.text):
        return False
    return len(block.text) <= 32 and bool(side_of(block.text)) and not re.search(r"\d", block.text)


def _under_columns(place: Place, columns: Sequence[str]) -> Place:
    words = " | ".join(columns)
    if (
        sum(
            bool(re.fullmatch(r"[sr](?:[1-5]|[ -]\w{1,6})|pp?|pivot(?: points?)?|supports?(?: \d)?|resistances?(?: \d)?", c))
            for c in columns
        )
        >= 2
    ):
        return replace(place, topic="levels", way="", side="")
    if not (place.topic == "setups" and "scenario" not in words) and re.search(
        r"probab|odds|chance|scenario|likel|\bprob\b|\bweight\b|(?:^|\| )(?:%|p(?:r|rob)?\.?(?: ?\(%\)| ?%)?)(?: \||$)", words
    ):
        return replace(place, topic="scenarios")
    if re.search(r"\bentry|\benter|\bbuy\b|\bsell\b|\border", words) and re.search(r"\bstop|\bsl\b|\bs/l\b|invalid", words):
        return replace(place, topic="setups")
    if re.search(r"\bbias|outlook|trend|view|stance\b", words) and re.search(r"time ?frame|horizon|term|period", words):
        return replace(place, topic="bias")
    if re.search(r"\b(?:support|resistance|level|zone)s?\b", words) and place.topic not in ("scenarios", "setups"):
        return replace(place, topic="levels", way="")
    return place


_VALUED = re.compile(r"(?P<field>[^:=\d]{2,40}(?:\(\d+\)|\d{1,3}[- ]?\w{0,4})?[^:=\d]{0,20}[:=])\s?[~≈$€£]?[+−-]?\d[\d.,]*")


def _field_of(text: str) -> str:
    """The name of a field that a line gives a value, 'RSI (14):'; the whole line where it is none."""
    found = _VALUED.match(text)
    return found["field"] if found else text


def _under(place: Place, block: Block, pieces: Sequence[Piece]) -> Place:
    text = block.text
    numbers = has_numbers(pieces)
    # 'MACD: -11.2, below its signal' heads no signals: what stands behind a field's value is said of it
    topic, side, way = topic_of(_field_of(text) if numbers else text), side_of(text), way_of(text)
    if side and _ONE_WAY.fullmatch(text) and _OF_A_WAY.fullmatch(place.title):
        side = ""  # 'Trend' over 'UP': its value
    if place.topic == "setups" and _FIELD.match(text):
        return replace(place, title=place.title if place.title and not _FIELD.match(place.title) else text)
    deeper = bool(block.level and place.level and block.level > place.level) or block.kind == "item" or text.rstrip().endswith(":")
    fresh = Place(level=block.level, title=text, section=place.section + 1, above=place.title, sessions=_stated(text) or None)
    if numbers and place.topic == "dismissed":
        return replace(fresh, topic="dismissed")
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
    if place.topic == "dismissed" and not (block.kind == "heading" and block.level and not place.level):
        return replace(fresh, topic="dismissed")  # until a heading, where a line ending in a colon began it
    if way and place.topic in ("scenarios", "setups"):
        return replace(fresh, topic=place.topic, way=way)
    return replace(fresh, way=way, term=term_in(text))


_ONE_WAY = re.compile(r"\W*(?:up|down|higher|lower|above|below|upside|downside)\W*", re.I)
_OF_A_WAY = re.compile(
    r"\W*(?:\w+ )?(?:trend|bias|signal|direction|momentum|outlook|rating|view|regime|tide|slope|stance|mode|state|status)\W*", re.I
)
_FIELD = re.compile(
    r"^\W*(?:entry|entries|stop(?:[- ]?loss)?|sl|targets?(?: ?\d)?|take profits?(?: ?\d)?|tp ?\d?|direction|side|risk|"
    r"invalidation|reward|size|order|instrument|contract|time ?frame|horizon|objectives?|exit|"
    r"buy|sell|long|short)\b\s?(?:zone|area|price|level|limit|stop|side|above|below|at|near)?\s?\d?\s?(?:[:=–—-]|\d|\$|$)",
    re.I,
)


def _stated(text: str) -> int | None:
    found = span_in(text) or horizon_in(text)
    return found.sessions if found else None


def _pieces(block: Block, is_bond: bool) -> Iterator[Piece]:
    if block.kind == "row":
        for cell in block.cells:
            text = spoken(cell.text[:LONGEST_PIECE])
            yield Piece(text, cell.span.start, tokens_of(text, is_bond=is_bond))
        return
    for start, end in sentences(block.text):
        text = listed_on(spoken(block.text[start:end]).replace("\n", " "))
        yield Piece(text, block.span.start + start, tokens_of(text, is_bond=is_bond))


# Who speaks in a chat, and when: '[08:42] someone:'.
_SPEAKER = re.compile(
    r"\s*(?:[\[(<]?\d{1,2}:\d{2}(?::\d{2})?\s?(?:[ap]m)?[\])>]?[\s,–-]{0,3}(?:<?@?[\w.+-]{1,24}>?\s?:\s)?|"
    r"<@?[\w.+-]{1,24}>\s?:?\s|@[\w.]{1,24}\s?:\s)",
    re.I,
)


def spoken(text: str) -> str:
    """'take_profit_1' with blanks, as a person would say it."""
    return re.sub(r"(?<=[A-Za-z])_(?=[A-Za-z0-9])", " ", text) if "_" in text else text


def _unprefixed(block: Block) -> Block:
    """A block without the name of who speaks."""
    found = _SPEAKER.match(block.text) if block.kind != "row" else None
    if found is None or not found.end():
        return block
    kind = "paragraph" if block.kind == "heading" else block.kind  # what somebody says heads nothing
    return replace(
        block, kind=kind, text=block.text[found.end() :], span=Span(start=block.span.start + found.end(), end=block.span.end)
    )
