"""Scenarios told in sentences: '60% we break and run to 2,620', 'above 154.47 will target 156.00', 'bullish above, bearish "
"below'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from levelhead.review.conditions import is_past, told_by_condition, told_by_event
from levelhead.review.events import told_by_events
from levelhead.review.forecasts import forecast_in
from levelhead.review.no_chance import is_no_chance
from levelhead.review.passages import Passage, Piece
from levelhead.review.pieces import part_of
from levelhead.review.prices import Prices
from levelhead.review.ranges import range_in
from levelhead.review.roles import Use, uses_of
from levelhead.review.said import SUPPOSED, WRITTEN, Money, ReadScenario
from levelhead.review.text import Span
from levelhead.review.tokens import Token
from levelhead.review.weighed import referred

ALL = 1.06  # chances of one sentence sum to no more
_BEFORE = re.compile(
    r"(?:(?P<word>\b(?:put|puts|give|gives|assign|see|odds|probab\w*|chances?|likelihood|remaining|other|otherwise|case|"
    r"scenario|confidence|weight|gets?|receives?|carries|has|have|takes?|worth|last|final|rest|at|with|is|the|a|of|and|or|then|"
    r"view)\b[\s,:]*"
    r"(?:it |the |this |that |of |at |a |is |an |me |to |remaining |other )*)|[()\[:,;=–—→>|-]\s*|^\W*|[.\d]\s|\b(?:up|down|"
    r"sideways|flat|range|higher|lower|bull\w*|bear\w*|neutral|upside|downside|continuation|breakout|breakdown|"
    r"pullback)\s)(?:~|≈|about |"
    r"roughly |some |maybe |perhaps |around |only )?$",
    re.I,
)
_AFTER = re.compile(
    r"^\s?(?:[()\],;.:–—-]|$|chances?\b|odds\b|prob\w*|likel\w+|confiden\w+|that\b|to\b|on (?:a|the|it|that|this)\b|for\b|we\b|"
    r"it\b|price\b|bulls?\b|bears?\b|up\b|down\b|range|sideways|of a\b|case\b|"
    r"scenario|→|break\w*|hold\w*|bounce|rally|pullback|drop|dip|drift|slide|tail|further|continu\w+|chop\w*|squeeze|re-?test\w*|"
    r"run\b|move\b|flush|grind|extension|correction|breakout|breakdown|rotation|fade|weight)",
    re.I,
)
_NEVER_BEFORE = re.compile(
    r"\b(?:down|up|rose|fell|gained|lost|drop|decline|rally|gain|loss|off|slid|dropped|climbed|added|risk|plus|minus|by|"
    r"yield\w*|volatility|vol|back|about|least|than|CPI|PPI|inflation|growth|rate|rates|"
    r"more|less|over|under)(?:\s(?:of|about|around|at|to|some|nearly|over|more than|only|y/y|m/m|was|is))*[\s~+-]{0,3}$",
    re.I,
)
_NEVER_AFTER = re.compile(
    r"^\s?(?:retrace|fib|from\b|away|below|above|off\b|of (?:the |its |this |that )?(?:move|rally|decline|account|capital|"
    r"equity|range|value|advance|drop|leg)|drop in|decline in|gain\b|loss\b|move\b|annual|year|"
    r"upside|downside|per\b|higher|lower|since|extension|advance|tariff|yield|discount|y/y|m/m|in (?:the|a|one|two|three|\d))",
    re.I,
)
_ODDS = re.compile(r"\b(?:odds|probab\w*|chances?|scenarios?|likelihood)\b", re.I)
_SURE_WORD = re.compile(r"\bP\(|\b(?:chances?|odds|probab\w*|likelihood|base case|put|give|confidence|assign)\b", re.I)
_NEXT = re.compile(r"^\s?(?:is|are|would be|comes?|will be|should be)\s(?:then\s)?(?:the\s)?next\b", re.I)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a sentence that speaks of one chance."""

    piece: Piece
    bounds: tuple[float, float] | None
    is_sure: bool
    words: str = ""
    conditional: str = ""


def told_in(passages: Sequence[Passage], prices: Prices) -> dict[int, tuple[Segment, ...]]:
    """By passage, the parts of its sentences that each give a chance to a price.

    A single chance without a word for chance counts where its neighbours give chances too and all sum to one, about.
    """
    raw = {at: found for at, p in enumerate(passages) if _may_tell(p) and (found := _segments(p, prices))}
    runs = _runs(raw)
    out = {}
    for at, segments in raw.items():
        passage = passages[at]
        is_case = bool(_OWN_LINE.match(passage.block.text)) or passage.place.topic == "scenarios"
        if len(segments) == 1 and segments[0].bounds and is_case and not (passage.is_head and len(runs[at]) > 1):
            continue  # a line that is a case by itself
        total = sum(s.bounds[0] for s in segments if s.bounds)
        if len(segments) == 1 and not segments[0].is_sure:
            run = runs[at]
            total = sum(s.bounds[0] for i in run[:LONGEST_RUN] for s in raw[i] if s.bounds)
            if not 2 <= len(run) <= LONGEST_RUN or total < FEWEST:
                continue
        if total <= ALL:
            out[at] = segments
    return out


FEWEST = 0.5
LONGEST_RUN = 8
_OWN_LINE = re.compile(
    r"^\W{0,6}(?:scenario|(?:our\s)?(?:preference|preferred|base|main|primary|central|most likely|alternative|alternate|"
    r"secondary|bull(?:ish)?|bear(?:ish)?|neutral|"
    r"upside|downside|range|sideways|tail|second|third|worst|best|up|down))\b",
    re.I,
)


def _runs(raw: dict[int, tuple[Segment, ...]]) -> dict[int, list[int]]:
    """For each passage with chances the unbroken run of such passages around it."""
    out: dict[int, list[int]] = {}
    for at in sorted(raw):
        out[at] = out.get(at - 1, [])
        out[at].append(at)
    return out


def _may_tell(passage: Passage) -> bool:
    return passage.block.kind != "row" and passage.place.topic not in ("dismissed", "setups")


def _segments(passage: Passage, prices: Prices) -> tuple[Segment, ...]:
    pieces = referred(passage.pieces, prices)
    found = [segment for piece in pieces for clause in _clauses(piece) for segment in _of_clause(clause, prices)]
    if found:
        return tuple(found)
    is_body = passage.place.topic == "scenarios" and bool(passage.place.way)
    return () if passage.is_head or is_body else _in_words(passage, prices)


_WORDED = re.compile(
    r"\b(?:(?:very |quite |more |most |less |least |highly |equally |increasingly |somewhat |about as )?likely(?: than not)?|"
    r"(?:very |highly |rather )?unlikely|improbable|possible|"
    r"(?:a )?(?:slight|small|modest|clear|marginal) edge|(?:a )?(?:high|low|good|fair|decent|strong|small|slim|moderate|medium|"
    r"remote|better|lower|higher|even)[- ](?:probability|chances?|odds|likelihood)|"
    r"(?:probability|chance|likelihood|odds) (?:is|are|remains?|looks?|seems?|appears?) (?:considered |seen |judged |deemed |"
    r"rated |thought |regarded |estimated |put |held )?(?:as |to be )?(?:very |rather |quite |fairly |relatively )?(?:high|"
    r"low|moderate|good|small|slim|large|great|strong|decent|medium|even)|coin[- ]?(?:flip|toss)|(?:is|are) (?:\w+ly |still |"
    r"now )?(?:favou?red|preferred)|"
    r"we favou?r|tail risk|long shot|odds[- ]on)\b",
    re.I,
)
_MOVES = re.compile(
    r"\b(?:re-?tests?|tests?|rally|rallies|bounce|rebound|recovery|move|run|push|break(?:out|down)?|drop|fall|slide|decline|"
    r"dip|pullback|correction|selloff|sell-off|range|consolidation|"
    r"trade|return|squeeze|extension|drift|grind|climb|advance|flush|retreat|pop|chop|sideways|down|up|higher|lower|upside|"
    r"downside|between|back|"
    r"reach|hit|attain|touch|revisit|see|get(?= to| back)|go(?= to| back| and)|come(?= back| to)|sink|"
    r"continuation|rotation|balance|visit|slip|probe|trip|failure|breakout|breakdown)(?:e?s|ing)?\b[^.;]{0,60}$",
    re.I,
)
_PARTS = re.compile(r";\s|,\s(?:and\s|but\s|while\s|whereas\s|with\s)?|\s(?:while|whereas|but)\s|\sand\s(?=a\s|an\s|the\s)", re.I)


_JUDGED = re.compile(
    r"\W{0,3}(?:(?:i|we|our desk|the desk)(?:['’]d| would| do| can| still)?\s(?:call|rate|deem|consider|judge|think|see|hold|"
    r"put|give|reckon|regard|find|view)"
    r"(?:\s(?:of|down))?\s(?:that|this|it|the odds|the chances)|(?:that|this|it|which)(?:['’]s|\s(?:is|looks|seems|remains|"
    r"would be|strikes me|appears))|(?:odds|chances?|"
    r"probability|likelihood)\s?[:=]|(?:highly |very |quite |more |less |most |least )?(?:un)?likely)\b[^;\d]{0,80}",
    re.I,
)


def _in_words(passage: Passage, prices: Prices) -> tuple[Segment, ...]:
    """Chances in words: 'a retest of 4,832 has become less likely, and a range of 5,100–5,500 has a slight edge'."""
    if passage.place.topic == "levels" and passage.block.kind == "item":
        return ()
    found = []
    for earlier, piece in zip((None, *passage.pieces), passage.pieces, strict=False):
        if not _WORDED.search(piece.text):
            continue
        if earlier is not None and _JUDGED.fullmatch(piece.text):  # 'We rally to 62.05. I'd call that likely.'
            first = next((t for t in earlier.tokens if prices.is_price(t)), None)
            if first is not None and _MOVES.search(earlier.text[: first.start]):
                found.append(Segment(earlier, None, True, piece.text))
                continue
        edges = [0, *(m.end() for m in _PARTS.finditer(piece.text)), len(piece.text)]
        for start, end in pairwise(edges):
            part = part_of(piece, start, end)
            words = _WORDED.search(part.text)
            first = next((t for t in part.tokens if prices.is_price(t)), None)
            if words is not None and first is not None and _MOVES.search(part.text[: first.start]):
                found.append(Segment(part, None, True, words.group()))
    return tuple(found)


def _clauses(piece: Piece) -> Iterator[Piece]:
    at = 0
    for stop in [*(m.end() for m in re.finditer(r";\s", piece.text)), len(piece.text)]:
        yield part_of(piece, at, stop)
        at = stop


def _of_clause(clause: Piece, prices: Prices) -> Iterator[Segment]:
    chances = [t for t in clause.tokens if t.kind == "percent" and _is_chance(clause.text, t)]
    if not chances:
        return
    priced = [t for t in clause.tokens if prices.is_price(t)]
    if not priced:
        return
    if chances[0].start < priced[0].start:
        edges = [0, *(_phrase_start(clause, one, two) for one, two in pairwise(chances)), len(clause.text)]
    else:
        edges = [0, *(t.end for t in chances[:-1]), len(clause.text)]
    for chance, (start, end) in zip(chances, pairwise(edges), strict=True):
        assert chance.quantity is not None
        part = part_of(clause, start, end)
        if any(prices.is_price(t) for t in part.tokens):
            yield Segment(
                part,
                (round(chance.quantity.low / 100, 12), round(chance.quantity.high / 100, 12)),
                "chance" in chance.says or bool(_SURE_WORD.search(part.text)),
            )


def _phrase_start(clause: Piece, one: Token, two: Token) -> int:
    """Where the phrase of a second chance begins: behind the last comma or 'and' before it."""
    between = clause.text[one.end : two.start]
    depth = between.count("(") - between.count(")")
    cuts = [m.end() for m in re.finditer(r",\s|\sand\s|\sor\s|\|\s|\s/\s", between)] if depth <= 0 else []
    return one.end + cuts[-1] if cuts else two.start


_IS_CALLED = re.compile(
    r"\b(?:probabilit(?:y|ies)|chances?|odds|likelihood)(?: (?:of|is|are|at|now|stands? at|sits? at)){0,2}\s?[:=]?\s?(?:~|≈|"
    r"about |some |roughly |around )?$",
    re.I,
)


def _is_chance(text: str, token: Token) -> bool:
    assert token.quantity is not None
    if is_no_chance(text, token.start, token.end):
        return False
    if "chance" in token.says or _IS_CALLED.search(text[max(0, token.start - 48) : token.start]):
        return True
    before, after = text[max(0, token.start - 48) : token.start], text[token.end : token.end + 32]
    if not 1 <= token.quantity.high <= 100 or _NEVER_AFTER.match(after):
        return False
    if _NEVER_BEFORE.search(before) and not (_ODDS.search(text) and re.search(r"\b(?:up|down|upside|downside)\s?$", before, re.I)):
        return False
    return bool(_BEFORE.search(before)) and bool(_AFTER.match(after))


def conditionals_of(
    passages: Sequence[Passage], prices: Prices, horizon: int | None, lasts: Sequence[Money]
) -> Iterator[ReadScenario]:
    """'If X breaks, Y is next', 'above X will target Y', 'bullish above X, bearish below Y'."""
    for passage in passages:
        if passage.place.topic == "dismissed" or passage.block.kind == "row":
            continue
        if passage.place.topic == "setups" and not _IS_CONDITION.match(passage.block.text):
            continue
        before: ReadScenario | None = None
        for piece in passage.pieces:
            uses = list(uses_of(piece, prices.is_price))
            told = [*_bull_bear(piece, uses, horizon), *_neutral(piece, uses, horizon)]
            told = told or list(told_by_condition(piece, prices, horizon)) or list(_if_then(piece, uses, horizon))
            told = told or list(told_by_event(piece, prices, horizon, lasts))
            marks = [*lasts, *((before.trigger,) if before is not None and before.trigger is not None else ())]
            told = told or list(told_by_events(piece, prices, horizon, marks, before))
            yield from told
            before = told[-1] if told else before
            clauses = _clauses(piece) if told else (piece,)
            for clause in clauses:
                if not any(clause.start < t.span.end and t.span.start < clause.start + len(clause.text) for t in told):
                    ranges = list(range_in(clause, prices, horizon, "" if passage.is_head else passage.place.title))
                    yield from ranges or forecast_in(clause, prices, horizon, lasts)


_IS_CONDITION = re.compile(
    r"\W*(?:if|should|once|when|above|below|a (?:daily |weekly )?(?:close|break|move) (?:above|below|over|under|of)|on a break)\b"
    r"(?!.{0,200}\b(?:buy|sell|long|short|stop|entry|enter|filled|target|tp|take|add|exit|cover|cut|reduce)\b)",
    re.I,
)
_BULL_BEAR = re.compile(
    r"\b(?P<way>bull(?:ish|s)?|bear(?:ish|s)?|long(?:s)?|short(?:s)?|upside|downside|positive|negative|"
    r"constructive)\b(?P<gap>[\w\s:,'’-]{0,32}?)(?:\b(?P<side>above|below|over|under)\b|(?P<sign>[<>]))",
    re.I,
)


def _bull_bear(piece: Piece, uses: Sequence[Use], horizon: int | None) -> Iterator[ReadScenario]:
    starts = list(_BULL_BEAR.finditer(piece.text))
    for n, found in enumerate(starts):
        end = starts[n + 1].start() if n + 1 < len(starts) else len(piece.text)
        own = [u for u in uses if found.end() <= u.token.start < end]
        is_up = re.match(r"bull|long|upside|positive|constr", found["way"], re.I) is not None
        if (
            not own
            or own[0].token.start - found.end() > 24
            or is_up != ((found["side"] or found["sign"]).lower() in ("above", "over", ">"))
        ):
            continue
        target = next((u for u in own[1:] if u.role == "target" or _is_beyond(piece, own[0], u, is_up=is_up)), None)
        yield ReadScenario(
            direction="up" if is_up else "down",
            title=piece.text[found.start() : own[0].token.end].strip(),
            trigger=own[0].money,
            trigger_how=own[0].how,
            target=target.money if target else None,
            sessions=horizon,
            span=Span(start=piece.start + found.start(), end=piece.start + end),
            sure=WRITTEN,
        )


_NO_TARGET = re.compile(
    r"\b(?:supports?|resistances?|stops?|levels?|averages?|[se]ma|last|spot|close[ds]?|now|pivots?|invalid\w*|wrong|risk|"
    r"entry|from|highs?|lows?|until)\b",
    re.I,
)


def _is_beyond(piece: Piece, trigger: Use, use: Use, *, is_up: bool) -> bool:
    """Whether a price further on in the sentence lies where the way leads, and no word makes it something else."""
    gap = piece.text[trigger.token.end : use.token.start]
    if use.role in ("stop", "zone", "entry") or len(gap) > 60 or _NO_TARGET.search(gap):
        return False
    return (use.money.middle > trigger.money.middle) == is_up and use.money.middle != trigger.money.middle


_NEUTRAL = re.compile(
    r"\b(?:neutral|range(?:[- ]?bound)?|sideways|flat|no trade|chop(?:py)?|balanced?|stuck|contained|consolidat\w+|rotation\w*|"
    r"two-way|"
    r"muddle|nothing)\b[^.;\d]{0,40}?$",
    re.I,
)

_BEYOND = re.compile(r"\b(?:above|below|over|under|beneath|beyond|outside)\W*$", re.I)


def _neutral(piece: Piece, uses: Sequence[Use], horizon: int | None) -> Iterator[ReadScenario]:
    """'Neutral between 64.80 and 66.50'."""
    for use in uses:
        before = piece.text[: use.token.start]
        if use.money.low < use.money.high and use.role in ("zone", "", "trigger") and (found := _NEUTRAL.search(before)):
            if re.search(r"\b(?:support|resistance|gap|average|from|is|was)\b", found.group(), re.I) and not re.match(
                "neutral", found.group(), re.I
            ):
                continue
            if _BEYOND.search(found.group()):
                continue  # 'consolidates above 2,050-2,100': outside of it
            span = Span(start=piece.start + found.start(), end=piece.start + use.token.end)
            yield ReadScenario(
                direction="range",
                title=piece.text[found.start() : use.token.end],
                zone=use.money,
                sessions=horizon,
                span=span,
                sure=SUPPOSED,
            )
            return


_THERE = re.compile(
    r"\b(?:break(?:out|down)?s?|move|close|push|drop|slip|fall|loss|failure|rejection|trade|acceptance|hold|bounce|"
    r"reclaim)\s(?:\w+\s)?"
    r"(?:there|of (?:it|that|this|the (?:level|latter|former|zone|area))|(?:above|below|through|over|under|past|beyond)\s(?:it|"
    r"that|this|there|here|the (?:level|latter|zone|area)))\b"
    r"|\b(?:if|once|should) (?:it|that|this|these)\s(?:\w+\s){0,2}?(?:breaks?|gives?|goes|fails?|cracks?|falls?|clears?|is "
    r"(?:lost|broken|taken out|cleared)|"
    r"doesn[’']t hold|does not hold|yields?)\b|\bthrough (?:it|there|that)\b|\bbelow (?:it|that|there|which)\b,?|\babove (?:it|"
    r"that|there|which)\b,?",
    re.I,
)


def _lists_sides(piece: Piece, use: Use) -> bool:
    """'Support around 6,540, below that the 6,480 area': a list of levels, no condition."""
    return any("side" in t.says for t in piece.tokens[: use.index]) and not any("event" in t.says for t in piece.tokens)


def _if_then(piece: Piece, uses: Sequence[Use], horizon: int | None) -> Iterator[ReadScenario]:
    trigger: Use | None = None
    before: Use | None = None
    for use in uses:
        is_next = bool(_NEXT.match(piece.text[use.token.end :]))
        if before is not None and _THERE.search(piece.text[before.token.end : use.token.start]) and use.role == "target":
            trigger = before if not _lists_sides(piece, before) else trigger
        before = use
        if use.role == "trigger" and not is_next:
            trigger = use
        elif trigger is not None and (use.role == "target" or is_next):
            is_up = use.money.middle > trigger.money.middle
            is_over = is_past(piece.text, piece.text[trigger.token.end : use.token.start])
            if (trigger.beyond == "below" and is_up) or (trigger.beyond == "above" and not is_up) or is_over:
                trigger = None
                continue
            yield ReadScenario(
                direction="up" if is_up else "down",
                title=piece.text[trigger.token.start : use.token.end][:120],
                trigger=trigger.money,
                trigger_how=trigger.how,
                target=use.money,
                sessions=horizon,
                span=piece.span(trigger.token, use.token),
                sure=SUPPOSED,
            )
            trigger = None
