"""What made a price: the high, average, line, gap or round number that a note ties it to, before it, behind it or a sentence later.

One mechanism for every tie: the words on either side of a price are written down as a line of a few symbols (AVG for the name of
an average, EXT for a high or low, DATE for a day, ...), and that line is matched with how the trade points from a price to its
maker ('1.1573, the April high', 'where the 50-day lies', 'the record itself, 1.2040', 'peaked at 2,442', 'That is the June low').
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review import maker_words as words
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import LevelKind
from levelhead.review.tokens import Token

FARTHEST = 16  # tokens from a price to what made it
LONGEST = 140  # of a line, in characters
Zone = tuple[float, float]


def made_in(passages: Sequence[Passage], prices: Prices) -> Iterator[tuple[Zone, LevelKind]]:
    """Every price that the sentences tie to a maker."""
    for place, passage in enumerate(passages):
        if passage.place.topic == "dismissed":
            continue
        after = passages[place + 1] if place + 1 < len(passages) else passage
        is_told_on = after is not passage and after.block.kind == passage.block.kind == "paragraph"
        pieces = (*passage.pieces, *(after.pieces[:1] if is_told_on else ()))
        earlier: list[Zone] = []
        for number, piece in enumerate(passage.pieces):
            at = [i for i, t in enumerate(piece.tokens) if prices.is_price(t)]
            zones = [_zone(piece.tokens[i]) for i in at]
            if earlier and (
                kind := _said_next(piece, at) or (_named_alone(piece) if passage.block.kind == "item" and not at else None)
            ):
                yield earlier[-1], kind
            following = pieces[number + 1] if number + 1 < len(pieces) else None
            if passage.block.kind == "row" and following is not None and any(prices.is_price(t) for t in following.tokens):
                following = None  # another cell with a price of its own
            yield from _made_in(piece, following, at, zones)
            if len(zones) >= 2:
                yield from _told_apart(piece, at[-1], zones)
            earlier = zones


def _made_in(piece: Piece, following: Piece | None, at: Sequence[int], zones: Sequence[Zone]) -> Iterator[tuple[Zone, LevelKind]]:
    """The prices of one sentence, its tokens `at`, that are tied in it; its last words may go on in a broken line."""
    behind, said = "", 0
    shared: LevelKind | None = None  # of 'two lows, 50.15 and 49.40'
    for n, index in enumerate(at):
        before = behind[said:] if n else _line(piece, max(0, index - FARTHEST), index)
        is_last = n + 1 == len(at)
        shared = shared if n and words.LISTS_ON.fullmatch(behind) else None
        behind = _line(piece, index + 1, len(piece.tokens) if is_last else at[n + 1])
        if is_last and following is not None and words.GOES_ON.search(behind):
            behind += _line(following, 0, min(len(following.tokens), FARTHEST))
        kind, said = maker_behind(behind, is_last=is_last)
        if kind is None and (kind := maker_before(before[-LONGEST:])) is not None and words.PLURAL.search(before):
            shared = kind
        if kind := kind or shared:
            yield zones[n], kind


def maker_behind(line: str, *, is_last: bool) -> tuple[LevelKind | None, int]:
    """What made a price by the line of words behind it, and where in the line that has been said; None, 0 where nothing is.

    is_last: whether no other price follows, whose words these might be.
    """
    if not is_last and "; " in line:
        line, is_last = line.split("; ")[0], True
    line = line[:LONGEST]
    for pattern in words.BEHIND:
        if found := pattern.match(line):
            rest = line[found.end() + 1 :]
            is_bracketed = line[: found.end()].count("(") > line[: found.end()].count(")") and ")" in rest
            if not is_last and not is_bracketed and (words.LEADS_TO_NEXT.fullmatch(rest) or words.PARTED.match(line)):
                return None, 0
            return _kind(found, line), found.end()
    if found := words.TURNED_THERE.match(line):
        return "extreme", found.end()
    return None, 0


def maker_before(line: str) -> LevelKind | None:
    """What made a price by the line of words before it."""
    line = re.split(r"[.;!?] ", line)[-1]
    if words.TURNED_AT.search(line) or words.TURNED_WHERE.search(line):
        return "extreme"
    found = _last_match(words.BEFORE, line)
    if found is None or words.ORIGIN.search(line[: found.start() + 1]) or words.UNMADE.search(line[: found.start() + 1]):
        return None
    if words.BARE.match(found.group()):
        return None  # 'low: 6,935' is a field
    return _kind(found, line)


def _last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The match that begins last: the name nearest to the price."""
    for start in [m.start() for m in _BEGIN.finditer(text)][::-1]:
        if found := pattern.match(text, start):
            return found
    return None


def _said_next(piece: Piece, at: Sequence[int]) -> LevelKind | None:
    """'That is the March high.', 'It was where the index bottomed.': a sentence about the price before it."""
    line = _line(piece, 0, min(at[0] if at else len(piece.tokens), FARTHEST))
    begun = words.SAID_NEXT.match(line)
    if begun is None:
        return None
    rest = line[begun.end() :]
    if found := words.ONLY.match(rest) or re.match(rf"where {words.NAMED}", rest):
        return _kind(found, rest)
    return "extreme" if words.TURNED_THERE.match(rest) else None


def _named_alone(piece: Piece) -> LevelKind | None:
    """'Lows of Thursday and Friday.': the name of the price of an item as a sentence of its own."""
    if len(piece.tokens) > FARTHEST // 2:
        return None
    line = _line(piece, 0, len(piece.tokens))
    found = words.ONLY.match(line)
    return _kind(found, line) if found is not None and not _VERB.search(line) else None


_VERB = re.compile(
    r"(?:^| )(?:is|are|was|were|has|have|had|will|would|could|must|broke|held|holds|failed|comes|came|goes|opens|gives) "
)


def _told_apart(piece: Piece, last: int, zones: Sequence[Zone]) -> Iterator[tuple[Zone, LevelKind]]:
    """'6,880 and 6,954; the second one is the all-time high', '50d 98.11, 200d 100.62; the last of these'."""
    line = _line(piece, last + 1, min(len(piece.tokens), last + 1 + FARTHEST))
    begun = words.THE_LATTER.match(line)
    if begun is None or (found := words.ONLY.match(line, begun.end())) is None:
        return
    which, pair = begun["which"].split()[0], sorted(zones[-2:])
    zone = {"former": zones[-2], "first": zones[0], "lower": pair[0], "higher": pair[1], "upper": pair[1]}.get(which, zones[-1])
    if (kind := _kind(found, line)) is not None:
        yield zone, kind


def _kind(found: re.Match[str], line: str) -> LevelKind | None:
    """Which of the makers a match names."""
    kind = next((k for k, _ in words.NOUNS if found[k]), None)
    if kind == "extreme" and words.OF_RANGE.match(line[found.end(kind) :]):
        return None
    return kind


def _zone(token: Token) -> Zone:
    assert token.quantity is not None
    return token.quantity.money.low, token.quantity.money.high


_SYMBOLS = {
    "average": "AVG", "date": "DATE", "horizon": "SPAN", "time": "TIME", "number": "NUM", "percent": "PCT", "count": "CNT",
}  # fmt: skip
_SAYS = (
    ("profile", "PROFILE"),
    ("fibonacci", "FIB"),
    ("gap", "GAP"),
    ("round", "ROUND"),
    ("line", "LINE"),
    ("extreme", "EXT"),
    ("side", "SIDE"),
)
_SHORTENED = frozenset({"retr", "no", "nr", "avg", "mov", "approx"})
_PLAIN_HIGH = frozenset({"high", "highs", "low", "lows", "top", "tops", "bottom", "bottoms", "highest", "lowest"})


_NO_MARK = frozenset({"", " "})
_MARK = re.compile(r"[–—]|\s-\s|[\[{/]")
_BEGIN = re.compile(" |^")


def _line(piece: Piece, first: int, last: int) -> str:
    """Tokens first to last as one symbol or word each, a blank behind every one; dashes between words stand as commas."""
    out: list[str] = []
    end = piece.tokens[first - 1].end if first else 0
    for token in piece.tokens[first:last]:
        between = piece.text[end : token.start]
        if between not in _NO_MARK:
            out += [","] if _MARK.search(between) else ["="] if "=" in between else []
        if not (token.text == "." and out and out[-1] in _SHORTENED):
            out.append(_symbol(token))
        end = token.end
    return "".join(f"{word} " for word in out)


def _symbol(token: Token) -> str:
    word = token.text.lower()
    if token.kind == "mark" or word in _PLAIN_HIGH:
        return word
    if token.kind in _SYMBOLS and not (token.kind == "count" and "fibonacci" in token.says):
        return _SYMBOLS[token.kind]
    symbol = next((s for k, s in _SAYS if k in token.says), "")
    symbol += "S" if symbol in ("EXT", "LINE", "GAP") and word.endswith("s") else ""
    return symbol or (word if token.kind == "word" else "NAME")
