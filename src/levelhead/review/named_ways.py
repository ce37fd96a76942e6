"""Ways on that a passage sets beside one another by name: 'upside scenario 1068; downside scenario 1019', 'the high road leads to
1,485, the low road ends at 1,265', 'break up? 8,905. Break down? 8,660', '1.0650 (down) and 1.1020 (up)'."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from levelhead.review.alternatives import by_first_letter
from levelhead.review.passages import Passage, Piece
from levelhead.review.pieces import one_piece, part_of, sentence_at
from levelhead.review.prices import Prices
from levelhead.review.probabilities import Chance, chance_in, is_worded
from levelhead.review.said import Direction
from levelhead.review.scenario_case import Case, Part, case_of, direction_of
from levelhead.review.tokens import Token

LONGEST = 900  # characters of a passage
LONGEST_LINE = 200
MOST_WAYS = 6
_UP = (
    r"bull(?:ish|s)?|upside|up|upward|higher|high|optimis\w+|positive|constructive|best|good|benign|reward|recovery|rally|breakout|"
    r"rosy|blue[- ]sky|sunny|favou?rable|risk[- ]on|soft[- ]landing|dovish"
)
_DOWN = (
    r"bear(?:ish|s)?|downside|down|downward|lower|low|pessimis\w+|negative|worst|bad|adverse|relapse|sell[- ]?off|breakdown|"
    r"gloomy|stress|crash|unfavou?rable|risk[- ]off|hard[- ]landing|hawkish|disaster"
)
_FLAT = (
    r"neutral|sideways|range(?:[- ]bound)?|flat|middle|stagnation|muddle[- ]through|unchanged|consolidation|stuck|quiet|no[- ]news|"
    r"no[- ]change|status[- ]quo"
)
_OPEN = (
    r"base|main|primary|central|core|preferred|favou?red|favou?rite|alternat(?:e|ive)|alt|secondary|second|other|third|first|"
    r"likel\w+|"
    r"more likely|less likely|least likely|most likely|unlikely|tail|risk|default|consensus|house|top|opposite|next|expected|"
    r"rival|backup|"
    r"fallback|competing|contrary|contrarian"
)
_CASE = (
    r"(?:cases?|scenario|path|road|route|(?:wave )?count|outcome|way|branch|fork|reading|version|option|story|expectation|"
    r"idea|variant|"
    r"thesis|forecast|course|track|possibility|alternative|assumption|view|resolution|hypothesis|interpretation|trajectory|one)"
)
_NOUN = rf"(?:{_CASE}|objective|target|projection|call|side|tail|destination|estimate|number|figure|potential|risk|scope|room)"
_OF_CASE = re.compile(rf"\b{_CASE}\b", re.I)
_NAMES = r"(?:path|road|route|plan|option|scenario|case|outcome|variant|branch|door|version|alternative|count|way)"
_LONE = (
    r"bull(?:ish|s)?|bear(?:ish|s)?|upside|downside|break(?:s|ing)? (?:up|down|higher|lower|out)|up|down|higher|lower|heads|"
    r"tails|neither|"
    r"sideways|neutral|flat|base|alternat(?:e|ive)(?:ly)?|preferred|preference|primary|secondary|best|worst|yes|no|"
    r"go(?:es|ne)? (?:right|wrong)|success|failure|probable|possible|likely"
)
_HEAD = re.compile(
    rf"\b(?:(?P<up>{by_first_letter(_UP)})|(?P<down>{by_first_letter(_DOWN)})|(?P<flat>{by_first_letter(_FLAT)})|"
    rf"(?P<open>{by_first_letter(_OPEN)})(?=(?: \w+)?[ -]{_CASE}\b))(?:['’]s?)?(?: \w+(?=[ -]))?[ -]{_NOUN}\b"
    rf"|\b(?:{_NAMES}) (?P<name>[A-D]|[1-4]|[IV]{{1,3}}|one|two|three)\b"
    rf"|\b(?P<lone>{by_first_letter(_LONE)})(?=\s?(?:[?:=]|[–—-]\s|\(|,\s|→|->|=>)|\s(?:to|at|is|means|would|targets?|gets?|has|have|wants?|"
    rf"scenario|points?|[$€£~≈]?\d))"
    rf"|(?<=\()(?P<behind>up|down|higher|lower|sideways|unchanged|flat|range|bull(?:ish)?|bear(?:ish)?|neutral|base)(?=\))"
    rf"|\bfor (?:the )?(?P<party>bulls|bears|them|upside|downside)\b",
    re.I,
)
_BREAK = re.compile(
    r"[.;:!?|]\s|\n|,\s(?:and |but |while |with |whereas )?|\s(?:and|but|while|whereas|versus|vs\.?)\s|\s[–—·•/-]\s"
)
_LEVELS = re.compile(
    r"\b"
    + by_first_letter(
        r"supports?|resistances?|pivots?|s[1-3]|r[1-3]|levels?|average|[se]ma|demand|supply|watch(?:ing)?|stop(?:[- ]loss)?|"
        r"entry|buy|sell|"
        r"long from|"
        r"short from|base rates?|tp\d?|range (?:high|low)"
    )
    + r"\b",
    re.I,
)


_AT_START = re.compile(
    r"(?:^|[.;:!?|,(\n/]\s*|[–—•→-]\s*|\b(?:and|or|but|while|versus|vs\.?|what (?:could|can|might)|what|if|the|our|my|a|"
    r"to the|on the)\s)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Head:
    start: int
    end: int
    way: Direction
    key: str
    is_behind: bool
    is_strong: bool


def ways_in(passage: Passage, prices: Prices) -> list[Case]:
    """The ways on that a passage names, each with its price; nothing where it names fewer than two."""
    if (passage.block.kind == "row" and passage.columns) or len(passage.block.text) > LONGEST or not passage.pieces:
        return []
    if passage.place.topic in ("dismissed", "setups", "levels"):
        return []
    if sum(prices.is_price(t) for p in passage.pieces for t in p.tokens) < 2:
        return []
    piece = one_piece(passage)
    priced = [t for t in piece.tokens if prices.is_price(t)]
    heads = _heads(piece.text) if len(priced) >= 2 else []
    if not 2 <= len({h.key for h in heads}) <= MOST_WAYS or (_LEVELS.search(piece.text) and not all(h.is_strong for h in heads)):
        return []
    found = [
        _case(passage, part, head) for head, part in _parts(piece, heads, priced) if any(prices.is_price(t) for t in part.tokens)
    ]
    if len({c.chance is None for c in found}) > 1:
        for case in found:
            case.chance = None if case.chance and _is_apart(case.parts[0].piece, prices) else case.chance
    is_clear = len({_way_or(c) for c in found}) == len(found) and len({c.chance is None for c in found}) == 1
    return found if len(found) >= 2 and is_clear else []


def _is_apart(part: Piece, prices: Prices) -> bool:
    """Whether the chance of a part stands in a sentence of its own, without a price."""
    chance = next(t for t in part.tokens if t.kind == "percent")
    start, end = sentence_at(part.text, chance.start)
    return not any(start <= t.start < end for t in part.tokens if prices.is_price(t))


_LINE = re.compile(
    r"^\W{0,4}(?:(?:bull(?:ish|s)?|bear(?:ish|s)?|base|up|down|best|worst|neutral|sideways|flat|range|higher|lower|middle|"
    r"alternat(?:e|ive)|"
    r"preferred|preference|main|primary|secondary|(?:(?:second|third|next)[- ])?(?:most|more|least|less) (?:probable|"
    r"likely))(?:\s(?:case|scenario|path|view|outcome|route))?|(?:up|down)side (?:case|"
    r"scenario|path|view|outcome|route))"
    r"\s?(?:\([^)\d]{0,40}\))?\s?(?:[:=–—]|->|→|-\s)",
    re.I,
)


def ways_by_line(passages: Sequence[Passage], prices: Prices) -> dict[int, list[Case]]:
    """The ways on that follow each other in lines: 'Bull (likely): 7,100' over 'Bear (unlikely): back to 6,785'."""
    out: dict[int, list[Case]] = {}
    for run in _runs([bool(_LINE.match(p.block.text)) and _is_line(p, prices) for p in passages]):
        cases = {i: _of_line(passages[i]) for i in run}
        if 2 <= len(cases) <= MOST_WAYS and len({_way_or(c) for c in cases.values()}) == len(cases):
            out |= {i: [case] for i, case in cases.items()}
    return out


def siblings_by_line(passages: Sequence[Passage], prices: Prices, is_case: Callable[[int], bool]) -> dict[int, Case]:
    """Lines under a name that says nothing, 'Outside chance: back to 23,480', among two or more that name a way on."""
    out: dict[int, Case] = {}
    for run in _runs([not p.is_head and bool(p.pieces) and _is_named(p) and _is_line(p, prices) for p in passages]):
        cases = [i for i in run if is_case(i)]
        named = [i for i in run if i in cases or is_worded(re.split(r"\s*[:=–—(]", passages[i].block.text, maxsplit=1)[0].strip())]
        if len(named) >= 2 and len(run) <= MOST_WAYS:
            out |= {i: _of_line(passages[i]) for i in run if i not in cases and named[0] <= i <= named[-1] + 2}
    return out


def _is_named(passage: Passage) -> bool:
    """Whether a line begins with a name that is none of a value or an instrument."""
    name = _NAMED.match(passage.block.text)
    return name is not None and not any(t.names for t in passage.pieces[0].tokens if t.start < name.end())


_NAMED = re.compile(r"^\W{0,4}[A-Za-z][A-Za-z' -]{2,28}(?:\([^)\d]{0,40}\))?\s?(?:[:=–—]|->|→)\s")


def _runs(wanted: Sequence[bool]) -> Iterator[list[int]]:
    """The places that follow each other without a break."""
    run: list[int] = []
    for at, is_wanted in enumerate([*wanted, False]):
        if is_wanted:
            run.append(at)
        elif run:
            yield run
            run = []


def _is_line(passage: Passage, prices: Prices) -> bool:
    if passage.block.kind == "row" or passage.place.topic in ("dismissed", "setups", "levels") or not passage.pieces:
        return False
    if len(passage.block.text) > LONGEST_LINE or _LEVELS.search(passage.block.text):
        return False
    return any(prices.is_price(t) for p in passage.pieces for t in p.tokens)


def _of_line(passage: Passage) -> Case:
    text = passage.block.text
    head = re.split(r"[:=–—]|->|→|-\s", text, maxsplit=1)[0]
    return case_of(passage, head, direction_of(head), chance_in(text))


def _way_or(case: Case) -> str:
    return case.way or case.title


def _heads(text: str) -> list[_Head]:
    """The heads of a text, each way once: those before their prices, else those behind them."""
    named = list(_HEAD.finditer(text))
    ahead = list(_found(text, named, is_behind=False))
    return ahead if len(ahead) >= 2 else list(_found(text, named, is_behind=True))


def _found(text: str, named: Sequence[re.Match[str]], *, is_behind: bool) -> Iterator[_Head]:
    known: set[str] = set()
    for found in named:
        if bool(found["behind"] or found["party"]) != is_behind:
            continue
        word = next((g for g in ("up", "down", "flat") if found[g]), "")
        alone = found["lone"] or found["behind"] or found["party"] or ""
        if found["lone"] and not _AT_START.search(text[max(0, found.start() - 24) : found.start()]):
            continue
        way: Direction = (
            {"up": "up", "down": "down", "flat": "range"}[word] if word else direction_of(alone)  # type: ignore[assignment]
        )
        key = way or found.group().lower()
        if key not in known:
            known.add(key)
            yield _Head(found.start(), found.end(), way, key, is_behind, bool(_OF_CASE.search(found.group())))


def _parts(piece: Piece, heads: Sequence[_Head], priced: Sequence[Token]) -> Iterator[tuple[_Head, Piece]]:
    """The piece cut so that each part has one head and the prices that belong to it."""
    is_behind = all(h.is_behind for h in heads) and priced[0].start < heads[0].start and priced[-1].end <= heads[-1].start
    if is_behind:
        edges = [0, *(h.end for h in heads[:-1]), len(piece.text)]
    else:
        edges = [
            _clause_start(piece.text, h.start, before, priced)
            for before, h in zip([0, *(h.end for h in heads)], heads, strict=False)
        ]
        edges.append(len(piece.text))
    for head, (start, end) in zip(heads, pairwise(edges), strict=True):
        yield head, part_of(piece, start, end if is_behind else _own_end(piece.text, head, end, priced))


def _own_end(text: str, head: _Head, end: int, priced: Sequence[Token]) -> int:
    """The end of the sentence in which the first price behind a head stands."""
    first = next((t for t in priced if head.end <= t.start < end), None)
    return min(end, sentence_at(text, first.start)[1]) if first else end


def _clause_start(text: str, at: int, after: int, priced: Sequence[Token]) -> int:
    """Where the clause around a head begins: behind the last mark or small word between the price before it and the head."""
    after = max([after, *(t.end for t in priced if t.end <= at)])
    cuts = [m.end() for m in _BREAK.finditer(text[after:at])]
    return after + cuts[-1] if cuts else at


def _case(passage: Passage, part: Piece, head: _Head) -> Case:
    chances = [t.quantity for t in part.tokens if t.kind == "percent" and t.quantity is not None]
    chance = Chance((chances[0].low / 100, chances[0].high / 100), "", "", 0, 0) if len(chances) == 1 else None
    case = case_of(passage, part.text, head.way, chance)
    case.parts, case.span = [Part(part)], part.span()
    return replace(case, title=part.text.strip()[:160])
