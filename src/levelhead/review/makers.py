"""What made a price: the high, average, line, gap or round number that a note ties it to, before it, behind it or a sentence later.

One mechanism for every tie: the words on either side of a price are written down as a line of a few symbols (AVG for the name of
an average, EXT for a high or low, DATE for a day, ...), and that line is matched with how the trade points from a price to its
maker ('1.1573, the April high', 'where the 50-day lies', 'the record itself, 1.2040', 'peaked at 2,442', 'That is the June low').
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from levelhead.review.dates import MONTH
from levelhead.review.passages import Passage, Piece
from levelhead.review.prices import Prices
from levelhead.review.said import Indicator, LevelKind, ReadLevel
from levelhead.review.tokens import Token

FARTHEST = 16  # tokens from a price to what made it
LONGEST = 140  # of a line, in characters
Zone = tuple[float, float]

# The nouns that name a maker beside those of the lexicon; the first that fits decides.
_NOUNS: tuple[tuple[LevelKind, str], ...] = (
    ("fibonacci", r"FIB|(?:PCT|halfway|half way) (?:retrace(?:ment)?|retr|pullback|level)s?|golden (?:pocket|zone|ratio)"),
    (
        "average",
        r"(?:GD|DMA|MA|SMA|EMA|SPAN|CNT|AVG)? ?AVG|(?:moving |long |short |mean |day |week |exponential |simple )*"
        r"(?:average|dma|sma|ema|ma|mean line)(?! (?:true|range|volume|daily range))|two hundred(?: day)?",
    ),
    ("gap", r"(?:(?:edge|end|side|half|rim|lip|top|bottom|floor|start) of (?:a |the |that |this |its )?(?:MOD ){0,2}?)?GAPS?"),
    (
        "line",
        r"(?:(?:edge|end|side|half|rim|top|bottom|floor|ceiling|rail|boundary|bound|border) "
        r"of (?:a |the |that |this |its )?(?:MOD ){0,2}?)?LINES?|"
        r"(?:that|trend|rising|falling|up|down|upward|downward|uptrend|downtrend|ascending|descending|sloping|"
        r"diagonal|channel|dotted|dashed) ?line|uptrend|downtrend|diagonal|"
        r"line(?= (?:drawn|joining|connecting|from|off|through))",
    ),
    (
        "round",
        r"ROUND|(?:big|nice|very|lovely|good|pleasant)? ?round(?: one| no\b| nr\b| hundred| thousand| and\b| level| price| sum)?|"
        r"psych?(?:ological(?:ly)?)?|psycho|big (?:fig(?:ure)?|number|one)|even (?:number|hundred|thousand|dollar|money)|"
        r"(?:full|whole) (?:figure|number|dollar|euro|pound|cent|point)|century(?: mark)?|double zeros?|(?:triple|double) noughts?|"
        r"milestone",
    ),
    (
        "extreme",
        r"EXTS?|high(?: water mark| tick| print)?|highs|low(?: tick| print| water mark)?|lows|peaks?|summits?|troughs?|tops|crest|"
        r"zenith|pinnacle|apogee|nadir|spike|hi|lo|record|high close|low close|(?:closing|intraday) (?:high|low)|PD[HL]|"
        r"(?:double|triple|twin|equal|matching) (?:tops?|bottoms?|highs?|lows?)|"
        r"(?:tops?|bottom)(?= (?:of|from|on|in|made|set|printed|put in) (?:the |that |this |its |last )?(?:DATE|SPAN|MOVE))",
    ),
)
_AFTER_HIGH = (  # what may not stand behind 'high' or 'low' when it is a thing
    r"(?! (?:volume|volatility|vol|risk|yield|probability|conviction|odds|beta|quality|liquidity|enough|as\b|priority|impact|time|"
    r"(?:of|end of) (?:the |that |this |its |our |a )?(?:MOD )?(?:range|shelf|zone|band|box|area|balance|value|cloud|body|candle)))"
)
_OF_RANGE = re.compile(
    r" of (?:the |that |this |its |our |a )?(?:\w+ )?(?:range|shelf|zone|band|box|area|balance|value|cloud|body)"
)

_STOPS = (
    r"from|off|since|between|after|above|below|over|under|beneath|beyond|past|towards?|to|into|through|before|ahead|but|while|"
    r"whereas|though|although|if|until|till|unless|because|so|when|once|than|then|not|no|never|nor|without|rather|hardly|neither|"
    r"instead|unlike|versus|vs|against|next|new|fresh|higher|lower(?! (?:high|edge|end|rail|bound|boundary|line|side|half))|which|"
    r"NUM|trading|mid|inside|within|in|at|on|for|by|of|with|has|have|had|is|are|was|were|be|or|and|as|it|we|i|he|she|they|you|trades?|"
    r"closed?|last|first|prior to"
)
_DET = r"(?:(?:the|a|an|its|our|my|your|their|his|her|this|that|those|these|last|both|such|some|what|prior|such a|all) )*"
_MOD = rf"(?:(?!(?:{_STOPS})(?: |$))[\w'’./&-]+ )"
_UNIT = (
    r"(?:(?:points?|pts|cents?|usd|eur|euros?|dollars?|level|area|zone|mark|handle|region|price|figure|line|print|pocket|band|here|"
    r"there|now|also|too|today|again|still|currently|itself|or so|or thereabouts|SIDE|an ounce|a barrel|"
    r"(?:, )?(?:t|lbs?|oz|bbl|mt|tonne|bu|mwh|mmbtu)|per \w+|"
    r"as (?:a |the |my |our )?(?:\w+ )?SIDE|(?:above|below|beyond|beneath|under|over) (?:that|it|there)) )*"
)
_SIDE_FIRST = r"(?:(?:the|our|my|a|its|also|next|first|second|key|major|and|is|this|last|SIDE) )*?"
# 'res 6,099.50 wkly high', '2,490 20ema': a name right behind its price, with nothing that points
_SHORT_NAME = (
    r"(?:(?:DATE|SPAN|wkly|weekly|mthly|monthly|daily|month|prior|prev|previous|last|week|wk|day|session|overnight|swing|intraday|"
    r"contract|year|yest|yesterday|yesterday's|old|former|recent|big|double|triple|equal|rising|falling) ){0,2}"
    r"(?:EXTS?|AVG|ROUND|GAPS?|FIB|LINES?|high|low|highs|lows|hi|lo|round) "
)
_POINTS_BEHIND = (
    r"(?:[,(:;|=] )+(?:(?:and )?(?:which|that|this|it) (?:also )?(?:is|was|'s|happens to be|marks|marked|matches|"
    r"equals|represents|coincides with|lines up with|corresponds to|sits on|sits at|lies at|is also|was also|is about|"
    r"is roughly) )?"
    r"(?:(?:i e|i\.e|ie|namely|aka|a k a|being|as|also|still|just|about|roughly|exactly|marking|matching|"
    r"coinciding with|in line with|level with|near|at|home of|home to|home also of|site of|seat of|location of|by way of|"
    r"formed by|made by|set by|set at|thanks to|courtesy of|given by|defined by|marked by|reinforced by|backed by|see) )*",
    r"(?:[,(;:] )*(?:and )?(?:(?:which|that|this|it) (?:is|was|'s) |it's |that's )?(?:right |just |also |exactly )?where (?!we\b)",
    rf"(?!(?:{_DET}SIDE ))(?={_SHORT_NAME}(?:[.,;/)|(]|$))",
    r"(?:that|this|the same) (?=AVG|GAP|LINE|average|high|low|peak|trough|line)",
    r"(?:as|being|coinciding with|coincides with|in line with|matching|marked by|aligns with|lines up with|home to|home of|"
    r"also known as|the same as|equal to) (?:also |one |about )?",
)
_TURN = r"peaked|topped(?: out)?|bottomed(?: out)?|troughed|crested|maxed out|found its (?:high|low)|made its (?:high|low)"
_PERIOD = (
    r"(?:(?:on|in|during|at|back|early|late|mid|last|this|the|of|end|start|DATE|SPAN|TIME|CNT|\w+day|week|month|year|quarter|"
    rf"session|and|{MONTH.lower()}|spring|summer|autumn|winter) ){{0,6}}"
)
_POINTS_BEFORE = (
    r" (?:(?:itself|proper|again|too|also|still|today|now|here|there|above|below) )*"
    r"(?:(?:of|from|on|in|set|made|hit|posted|printed|seen|established|registered|reached|put in|left|for) "
    rf"{_PERIOD}(?:\w+ )?)?"
    r"(?:to (?:beat|hold|watch|break|clear|mind|defend|take out) )?(?:\( SIDE \) )?"
    r"(?:[,(:=|] |(?:is|was|are|at|near|around|about|of|stands|sits|lies|runs|comes|came|in|now|currently|today|reads|passes|"
    r"located|found|seen|stood|will be|would be) )*$"
)
_LEADS_TO_NEXT = re.compile(
    r"(?:(?:of|from|on|in|set|made|hit|posted|seen) (?:\S+ ){1,5}?)?(?:now |today |currently |itself |which |that |SIDE |is |was |"
    r"stands |"
    r"sits |lies |runs |comes |passes |in |at |near |around |about |of |just |a |as |first |next |[(:=] )*"
)
_PARTED = re.compile(rf"{_UNIT}(?:[,;:] )?(?:and|then|next|followed by|plus|ahead of|before|with|or|while) ")
_ORIGIN = re.compile(rf"(?:off|from|since|between|joining|connecting|through|drawn|through the) {_DET}(?:[\w'’./&-]+ ){{0,3}}$")
_UNMADE = re.compile(
    r"(?:^| )(?:new|fresh|higher|lower|not|no|rather than|above|beyond|over|through|below|under) (?:the |a |its )?$"
)
_BARE = re.compile(r" ?(?:high|low|hi|lo|highs|lows|SIDE)(?: [,(:=|])? $")
_SAID_NEXT = re.compile(
    r"(?:and |which )?(?:that|this|it|both)(?: price| level| number| one)?"
    r"(?: 's| is| was| are| also| just| still| happens to be| being| marks| ,)+ "
)
_PLURAL = re.compile(
    r"(?:^| )(?:highs|lows|peaks|troughs|tops|bottoms|averages|gaps|lines|trendlines|retracements|EXTS|AVGS|LINES|GAPS)(?: |$)"
)
_LISTS_ON = re.compile(r"(?:\( [^()]{0,40} \) )?(?:(?:,|and|or) )+")
_GOES_ON = re.compile(r"(?:^|[, ])(?:,|the|a|an|its|our|two|three|last|which|which is|where|that|is|of|from|and) $")
_THE_LATTER = re.compile(
    r"(?:[,;:(.] |and |at )*(?:the )?(?P<which>latter|second(?: one)?|last(?: one| of these| of them)?|third|former|first(?: one)?|"
    r"lower(?: one)?|higher(?: one)?|upper(?: one)?)(?: of (?:these|those|them|the two))?(?: ,| is| being| also| just| runs| marks|"
    r" matches| coincides with| at| sits on| ;)+ "
)


def _heads() -> str:
    return "|".join(
        f"(?P<{kind}>(?:{noun.replace('MOD ', _MOD)}){_AFTER_HIGH if kind == 'extreme' else ''})(?=[ ]|$)" for kind, noun in _NOUNS
    )


_HEADS = _heads()
_NAMED = rf"{_DET}{_MOD}{{0,4}}?(?:{_HEADS})"
_BEHIND = tuple(re.compile(f"{_UNIT}{points}{_SIDE_FIRST}{_NAMED}") for points in _POINTS_BEHIND)
_TURNED_THERE = re.compile(
    rf"{_UNIT}(?:[,(;:] )*(?:and )?(?:(?:which|that|this|it) (?:is|was|'s) |it's |that's )?where (?:\S+ ){{1,6}}?(?:{_TURN})(?= |$)"
)
_TURNED_AT = re.compile(rf"(?:^| )(?:{_TURN}) (?:out )?{_PERIOD}(?:just )?(?:at|near|around|about|on|in) (?:the |about )?$")
_BEFORE = re.compile(rf"(?:^| ){_NAMED}{_POINTS_BEFORE}")
_ONLY = re.compile(_NAMED)


def with_makers(
    levels: Iterable[ReadLevel], passages: Sequence[Passage], prices: Prices, indicators: Sequence[Indicator]
) -> Iterator[ReadLevel]:
    """The levels, those of no nearer kind as what made them where the note says anywhere what did."""
    found = {**dict(_made(passages, prices)), **dict(_valued(indicators))}
    for level in levels:
        kind = found.get((level.price.low, level.price.high)) if level.kind == "level" else None
        yield replace(level, kind=kind) if kind else level


def _valued(indicators: Sequence[Indicator]) -> Iterator[tuple[Zone, LevelKind]]:
    """A level at the very value of an average or of a high of long standing is that."""
    for indicator in indicators:
        if indicator.value.low != indicator.value.high:
            continue  # a zone that an average lies in
        if indicator.name.startswith(("sma_", "ema_", "wma_")):
            yield (indicator.value.low, indicator.value.high), "average"
        elif re.fullmatch(r"all_time_(?:high|low)|(?:high|low)_52w", indicator.name):
            yield (indicator.value.low, indicator.value.high), "extreme"


def _made(passages: Sequence[Passage], prices: Prices) -> Iterator[tuple[Zone, LevelKind]]:
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
            if earlier and (kind := _said_next(piece, at)):
                yield earlier[-1], kind
            yield from _made_in(piece, pieces[number + 1] if number + 1 < len(pieces) else None, at, zones)
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
        shared = shared if n and _LISTS_ON.fullmatch(behind) else None
        behind = _line(piece, index + 1, len(piece.tokens) if is_last else at[n + 1])
        if is_last and following is not None and _GOES_ON.search(behind):
            behind += _line(following, 0, min(len(following.tokens), FARTHEST))
        kind, said = maker_behind(behind, is_last=is_last)
        if kind is None and (kind := maker_before(before[-LONGEST:])) is not None and _PLURAL.search(before):
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
    for pattern in _BEHIND:
        if found := pattern.match(line):
            rest = line[found.end() + 1 :]
            is_bracketed = line[: found.end()].count("(") > line[: found.end()].count(")") and ")" in rest
            if not is_last and not is_bracketed and (_LEADS_TO_NEXT.fullmatch(rest) or _PARTED.match(line)):
                return None, 0
            return _kind(found, line), found.end()
    if found := _TURNED_THERE.match(line):
        return "extreme", found.end()
    return None, 0


def maker_before(line: str) -> LevelKind | None:
    """What made a price by the line of words before it."""
    line = re.split(r"[.;!?] ", line)[-1]
    if _TURNED_AT.search(line):
        return "extreme"
    found = _last_match(_BEFORE, line)
    if found is None or _ORIGIN.search(line[: found.start() + 1]) or _UNMADE.search(line[: found.start() + 1]):
        return None
    if _BARE.match(found.group()):
        return None  # 'low: 6,935' is a field
    return _kind(found, line)


def _last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The match that begins last: the name nearest to the price."""
    for start in [m.start() for m in re.finditer(" |^", text)][::-1]:
        if found := pattern.match(text, start):
            return found
    return None


def _said_next(piece: Piece, at: Sequence[int]) -> LevelKind | None:
    """'That is the March high.', 'It was where the index bottomed.': a sentence about the price before it."""
    line = _line(piece, 0, min(at[0] if at else len(piece.tokens), FARTHEST))
    begun = _SAID_NEXT.match(line)
    if begun is None:
        return None
    rest = line[begun.end() :]
    if found := _ONLY.match(rest) or re.match(rf"where {_NAMED}", rest):
        return _kind(found, rest)
    return "extreme" if _TURNED_THERE.match(rest) else None


def _told_apart(piece: Piece, last: int, zones: Sequence[Zone]) -> Iterator[tuple[Zone, LevelKind]]:
    """'6,880 and 6,954; the second one is the all-time high', '50d 98.11, 200d 100.62; the last of these'."""
    line = _line(piece, last + 1, min(len(piece.tokens), last + 1 + FARTHEST))
    begun = _THE_LATTER.match(line)
    if begun is None or (found := _ONLY.match(line, begun.end())) is None:
        return
    which, pair = begun["which"].split()[0], sorted(zones[-2:])
    zone = {"former": zones[-2], "first": zones[0], "lower": pair[0], "higher": pair[1], "upper": pair[1]}.get(which, zones[-1])
    if (kind := _kind(found, line)) is not None:
        yield zone, kind


def _kind(found: re.Match[str], line: str) -> LevelKind | None:
    """Which of the makers a match names."""
    kind = next((k for k, _ in _NOUNS if found[k]), None)
    if kind == "extreme" and _OF_RANGE.match(line[found.end(kind) :]):
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


def _line(piece: Piece, first: int, last: int) -> str:
    """Tokens first to last as one symbol or word each, a blank behind every one; dashes between words stand as commas."""
    out: list[str] = []
    end = piece.tokens[first - 1].end if first else 0
    for token in piece.tokens[first:last]:
        between = piece.text[end : token.start]
        out += [","] if re.search(r"[–—]|\s-\s|[\[{/]", between) else ["="] if "=" in between else []
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
