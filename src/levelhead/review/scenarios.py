"""Scenarios: rows of a probability table, headed cases, lines that begin with one, and 'bullish above, bearish below'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from levelhead.review.horizons import span_in
from levelhead.review.passages import Passage, Piece, way_of
from levelhead.review.prices import Prices
from levelhead.review.probabilities import Chance, chance_in
from levelhead.review.prose_scenarios import Segment, conditionals_of, segments_of
from levelhead.review.roles import Use, of_role, uses_of
from levelhead.review.said import INFERRED, WRITTEN, Direction, How, Money, ReadScenario
from levelhead.review.text import Span

_STRONG = {
    "up": re.compile(r"\b(?:bull(?:ish|s)?|upside|breakout|break ?out|rally|bounce|recovery|higher|upward|up|rebound|"
    r"melt[- ]?up|advance|long|continuation higher|squeeze|new highs?|fresh highs?)\b", re.I),
    "down": re.compile(r"\b(?:bear(?:ish|s)?|downside|breakdown|break ?down|pullback|pull back|correction|lower|downward|down|"
    r"sell-?off|decline|drop|deeper|retreat|slide|short|flush|failure|rejection|retracement|fall)\b", re.I),
    "range": re.compile(r"\b(?:range(?:[- ]?bound)?|sideways|neutral|consolidat\w+|chop(?:py)?|balance|rotation(?:al)?|flat|"
    r"digestion|base building|two[- ]way)\b", re.I),
}  # fmt: skip
_CASE = re.compile(
    r"^\W{0,6}(?:scenario\s?(?:\d|[A-D]|one|two|three)?\b|(?:our\s)?(?:preference|preferred|base|main|primary|central|"
    r"most likely|alternative|alternate|secondary|bull(?:ish)?|bear(?:ish)?|neutral|"
    r"upside|downside|range|sideways|tail|second|third|worst|best|up|down)(?:[- ](?:case|scenario|path|outcome|view|risk|"
    r"bound))?\b)",
    re.I,
)
_NAMED_CASE = re.compile(
    r"^\W{0,6}(?:(?:our\s)?(?:preference|preferred|base|main|primary|central|most likely|alternative|alternate)(?:\s(?:case|"
    r"scenario|path|view|outcome))?|(?:bull(?:ish)?|bear(?:ish)?|upside|downside|range)"
    r"\s(?:case|scenario|path))\s?(?:\([^)]{0,40}\))?\s?[:–—-]",
    re.I,
)


@dataclass(slots=True)
class _Case:
    """What belongs to one scenario while it is gathered."""

    title: str
    way: str
    pieces: list[Piece]
    chance: Chance | None
    sessions: int | None
    span: Span
    section: int
    is_sure: bool = True


def scenarios_of(
    passages: Sequence[Passage], prices: Prices, horizon: int | None, lasts: Sequence[Money]
) -> tuple[ReadScenario, ...]:
    """Every scenario, in the order of the text; the same one said twice is listed once.

    lasts: the last prices the note states, against which a target without a word for up or down is up or down.
    """
    found = [_scenario(case, prices, horizon, lasts) for case in _cases(passages, prices)]
    if not found:
        found = list(conditionals_of(passages, prices, horizon))
    return _once(found)


def _once(found: Sequence[ReadScenario]) -> tuple[ReadScenario, ...]:
    kept: list[ReadScenario] = []
    for one in found:
        same = next(
            (
                k
                for k in kept
                if (k.direction, k.trigger, k.target, k.zone) == (one.direction, one.trigger, one.target, one.zone)
                and (one.probability in (None, k.probability))
            ),
            None,
        )
        if same is None:
            kept.append(one)
    return tuple(kept)


def _cases(passages: Sequence[Passage], prices: Prices) -> Iterator[_Case]:
    open_case: _Case | None = None
    for passage in passages:
        told = _told(passage, prices)
        if told:
            if open_case is not None:
                yield open_case
                open_case = None
            yield from told
            continue
        starts = _starts(passage, prices)
        if starts is None and open_case is not None and _belongs(passage, open_case):
            open_case.pieces += passage.pieces
            open_case.span = Span(start=open_case.span.start, end=max(open_case.span.end, passage.block.span.end))
            open_case.chance = open_case.chance or _chance_of(passage)
            continue
        if open_case is not None:
            yield open_case
            open_case = None
        if starts is None:
            continue
        if passage.is_head:
            open_case = starts
        else:
            yield starts
    if open_case is not None:
        yield open_case


def _told(passage: Passage, prices: Prices) -> list[_Case]:
    """The scenarios of a passage that tells several in its sentences, or one inside a sentence."""
    if passage.block.kind == "row" or passage.is_head or passage.place.topic in ("dismissed", "setups"):
        return []
    segments = segments_of(passage, prices)
    if len(segments) == 1 and (_CASE.match(passage.block.text) or passage.place.topic == "scenarios"):
        return []
    return [_of_segment(passage, segment) for segment in segments]


def _of_segment(passage: Passage, segment: Segment) -> _Case:
    text = segment.piece.text.strip(" ,;.")
    chance = Chance(segment.bounds, "", "", 0, 0)
    return _Case(
        _title(text)[:120],
        direction_of(text, ""),
        [segment.piece],
        chance,
        passage.place.sessions,
        segment.piece.span(),
        passage.place.section,
    )


def _belongs(passage: Passage, case: _Case) -> bool:
    place = passage.place
    return place.topic == "scenarios" and not passage.is_head and passage.block.kind != "row" and place.section == case.section


def _chance_of(passage: Passage) -> Chance | None:
    return chance_in(passage.block.text) if len(passage.block.text) < 600 else None


def _starts(passage: Passage, prices: Prices) -> _Case | None:
    """The scenario that a passage begins, None where it begins none."""
    place, text = passage.place, passage.block.text
    if place.topic == "dismissed" or not passage.pieces:
        return None
    if passage.block.kind == "row":
        return _of_row(passage)
    if passage.is_head:
        return _of_head(passage)
    if place.topic == "scenarios" and (place.way == "" or _is_entry(passage, prices)) and (_CASE.match(text) or chance_in(text)):
        return _of_line(passage)
    if _NAMED_CASE.match(text) and any(prices.is_price(t) for p in passage.pieces for t in p.tokens):
        return _of_line(passage)
    if _chance_first(text) and (_CASE.match(text) or way_of(text[:60])):
        return _of_line(passage)
    return None


def _is_entry(passage: Passage, prices: Prices) -> bool:
    """A short line with a price and a chance is a scenario of its own, whatever stands above it."""
    return len(passage.block.text) <= 120 and any(prices.is_price(t) for p in passage.pieces for t in p.tokens)


def _chance_first(text: str) -> bool:
    """Whether a probability stands at the beginning of a line, or right after its title."""
    found = chance_in(text[:160])
    return found is not None and found.bounds is not None and found.start < 80


def _of_row(passage: Passage) -> _Case | None:
    columns = passage.columns
    if passage.place.topic != "scenarios":
        return None
    title = next((n for n, c in enumerate(columns) if re.search(r"scenario|case|path|outcome|direction|what", c)), 0)
    chance_at = next(
        (n for n, c in enumerate(columns) if re.search(r"probab|odds|chance|likel|prob\b|weight|confidence|%", c)), None
    )
    if title >= len(passage.pieces):
        return None
    chance = (
        chance_in(passage.pieces[chance_at].text, is_cell=True)
        if chance_at is not None and chance_at < len(passage.pieces)
        else None
    )
    if chance is None:
        chance = next(
            (
                c
                for n, p in enumerate(passage.pieces)
                if n != title and (c := chance_in(p.text, is_cell=bool(re.fullmatch(r"\W*\d{1,3}\s?%\W*", p.text)))) and c.bounds
            ),
            None,
        )
    if chance is None and chance_at is None and not re.search(r"scenario|case", " ".join(columns)):
        return None
    pieces = [p for n, p in enumerate(passage.pieces) if n != chance_at]
    ordered = [passage.pieces[title], *(p for p in pieces if p is not passage.pieces[title])]
    headed = [_headed(p, columns[passage.pieces.index(p)]) if passage.pieces.index(p) < len(columns) else p for p in ordered]
    text = passage.pieces[title].text
    return _Case(
        text,
        direction_of(text, " ".join(p.text for p in ordered[1:])),
        headed,
        chance,
        passage.place.sessions,
        passage.block.span,
        passage.place.section,
    )


def _headed(piece: Piece, column: str) -> Piece:
    return piece


def _of_head(passage: Passage) -> _Case | None:
    text = passage.block.text
    place = passage.place
    if place.topic != "scenarios":
        return None
    chance = chance_in(text)
    way = direction_of(text, "")
    if (
        not way
        and not (chance and chance.bounds)
        and not re.search(r"\b(?:base|alternat\w+|main|preferred|primary|our preference)\b", text, re.I)
    ):
        return None
    if not (chance and chance.bounds) and re.search(
        r"\bscenarios\b|\bcases\b|&|\bprobability table\b|\bprobabilities\b|\boutlook\b", text, re.I
    ):
        return None
    return _Case(_title(text), way, list(passage.pieces), chance, place.sessions, passage.block.span, place.section)


def _of_line(passage: Passage) -> _Case:
    text = passage.block.text
    head = re.split(r"[:–—]|\s-\s|\.\s", text, maxsplit=1)[0]
    return _Case(
        _title(head),
        direction_of(head, text[len(head) : len(head) + 200]),
        list(passage.pieces),
        chance_in(text),
        passage.place.sessions,
        passage.block.span,
        passage.place.section,
    )


def _title(text: str) -> str:
    bare = re.sub(
        r"[\s(\[–—:,-]*(?:~|≈|about |approx\.? )?\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?(?:%|per ?cent)(?:\s(?:probability|chance|"
        r"odds|likelihood))?[)\]]?",
        "",
        text,
    )
    return re.sub(r"^[^\w(]+|[\s:–—-]+$", "", bare) or text.strip()


def direction_of(title: str, rest: str) -> Direction:
    """Where a scenario goes: by the first word of its title that says so, else by the rest."""
    for text in (title, rest):
        found = sorted((m.start(), way) for way, pattern in _STRONG.items() if (m := pattern.search(text)))
        if found:
            return found[0][1]  # type: ignore[return-value]
    return ""


def _scenario(case: _Case, prices: Prices, horizon: int | None, lasts: Sequence[Money]) -> ReadScenario:
    uses = [u for piece in case.pieces for u in uses_of(piece, prices.is_price)]
    direction = case.way or _way_of_prices(uses, lasts)
    bounds = _target(uses, "")
    if (
        not case.way
        and bounds is not None
        and bounds.low < bounds.high
        and (of_role(uses, "zone") or any(bounds.low <= m.middle <= bounds.high for m in lasts))
    ):
        direction = "range"
    trigger, how = _trigger(uses, direction)
    zone = _zone(uses) if direction == "range" else None
    target = None if direction == "range" else _target(uses, direction)
    stated = next((h.sessions for p in case.pieces if (h := span_in(p.text))), None)
    chance = case.chance
    return ReadScenario(
        direction=direction,  # type: ignore[arg-type]
        title=case.title,
        probability=chance.bounds if chance else None,
        probability_words=chance.words if chance else "",
        conditional=chance.conditional if chance else "",
        trigger=trigger if direction != "range" else None,
        trigger_how=how if direction != "range" else "",
        zone=zone,
        target=target,
        sessions=stated or case.sessions or horizon,
        span=case.span,
        sure=WRITTEN if chance else INFERRED,
    )


def _way_of_prices(uses: Sequence[Use], lasts: Sequence[Money]) -> Direction:
    """Up or down by where the target lies against the last price or the trigger."""
    target = _target(uses, "")
    if target is None:
        return ""
    triggers = of_role(uses, "trigger")
    mark = min(lasts, key=lambda m: abs(m.middle - target.middle)) if lasts else triggers[0].money if triggers else None
    if mark is None or mark.middle == target.middle:
        return ""
    return "up" if target.middle > mark.middle else "down"


def _trigger(uses: Sequence[Use], direction: str) -> tuple[Money | None, How]:
    """The price that sets it off: one to be broken before one that only has to hold."""
    wanted = {"up": ("above", "through", ""), "down": ("below", "through", "")}.get(direction, ("above", "below", "through", ""))
    triggers = [u for u in of_role(uses, "trigger") if u.beyond in wanted]
    chosen = next((u for u in triggers if u.event != "hold"), triggers[0] if triggers else None)
    return (chosen.money, chosen.how) if chosen else (None, "")


def _target(uses: Sequence[Use], direction: str) -> Money | None:
    targets = of_role(uses, "target") or tuple(
        u for u in uses if u.role == "" and (u.is_bracketed or u.is_alone or u.money.low != u.money.high)
    )
    if not targets and len(uses) == 1 and uses[0].role in ("", "zone"):
        targets = (uses[0],)
    return targets[0].money if targets else None


def _zone(uses: Sequence[Use]) -> Money | None:
    zones = of_role(uses, "zone") or tuple(u for u in uses if u.money.low != u.money.high)
    if zones:
        return zones[0].money
    singles = sorted(u.money for u in uses if u.role != "stop")
    return Money(low=singles[0].low, high=singles[-1].high) if len(singles) >= 2 else None
