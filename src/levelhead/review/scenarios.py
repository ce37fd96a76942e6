"""The scenarios of a note: their way, chance, trigger, zone and target."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from levelhead.review.conditions import told_by_condition
from levelhead.review.horizons import span_in
from levelhead.review.odds_apart import with_odds_apart
from levelhead.review.odds_behind import with_odds_behind
from levelhead.review.passages import Passage
from levelhead.review.prices import FAR, Prices
from levelhead.review.prose_rows import as_prose
from levelhead.review.prose_scenarios import conditionals_of
from levelhead.review.roles import Use, is_called_level, of_role
from levelhead.review.said import INFERRED, WRITTEN, Direction, How, Money, ReadLevel, ReadScenario
from levelhead.review.scenario_case import Case, direction_of
from levelhead.review.scenario_lines import cases_of
from levelhead.review.scenario_repeats import first_told, without_headlines
from levelhead.review.scenario_ways import directed
from levelhead.review.scenarios_beside import beside
from levelhead.review.text import Span

LIKE = 1.3  # a target lies no farther from a last price that may be of its own instrument
LONGEST_TOLD = 400
LONGEST_QUOTE = 160  # characters between the last prices of a list
OWN = 1.03  # a target lies no farther from the last price of its own instrument, where several are alike


_PREFERRED = re.compile(r"\W*our preference\b", re.I)  # 'Our preference: rise.'


def scenarios_of(
    passages: Sequence[Passage],
    prices: Prices,
    horizon: int | None,
    lasts: Sequence[Money],
    taken: Sequence[Span] = (),
    levels: Sequence[ReadLevel] = (),
) -> tuple[ReadScenario, ...]:
    """Every scenario, in the order of the text; the same one said twice is listed once.

    lasts: the last prices the note states, against which a target without a word for up or down is up or down. taken: spans of
    setups, whose conditions are no scenarios. levels: the note's own, whose sides tell it where it states no last price.
    """
    passages = [as_prose(p) for p in passages]
    rows = {p.block.span.start for p in passages if p.block.kind == "row"}
    cases = first_told(with_odds_apart(list(cases_of(passages, prices)), passages), rows)
    stands = _said_last(passages, prices, lasts) if len(lasts) > 1 else []
    found = [_placed(_scenario(c, prices, horizon, _own_first(stands, lasts, c.span.start)), levels) for c in cases]
    found = [s for s in found if s.target or s.zone or s.trigger or (s.direction and (s.probability or _PREFERRED.match(s.title)))]
    found = [s for s in found if s.target or s.zone or s.probability or (s.direction and not s.probability_words)]
    found = [s for s in found if s.probability or not any(_inside(s.span, t) for t in taken)]
    stated = {x.price for x in levels}
    told = list(conditionals_of(passages, prices, horizon, lasts))
    told = [s if s.direction or s.target in stated else _placed(s, levels) for s in told]
    told = [s for s in told if s.direction and not any(_inside(s.span, t) for t in taken)]
    told = _without_biases(told, passages)
    told = [s for s in told if s.trigger is None or s.target is None or 1 / FAR < s.target.middle / s.trigger.middle < FAR]
    ends = [s.target or s.zone for s in found if s.probability is None]
    worded = sorted((s for s in found if s.probability is None), key=lambda s: s.span)
    open_ways = [*worded, *(s for s in told if (s.target or s.zone) not in ends)]
    open_ways, more, spent = with_odds_behind(open_ways, found, passages, prices)
    weighed = [s for s in found if s.probability and (s.target or s.zone or not any(_inside(s.span, t) for t in spent))]
    found, told = [*weighed, *open_ways[: len(worded)]], open_ways[len(worded) :]
    found += [_placed(_scenario(case, prices, horizon, lasts), levels) for case in more]
    found = beside(found, told)
    led = directed(_without_repeats(without_headlines(found, rows)), lasts)
    return _once([s for s in led if s.direction or s.probability or not s.target])


def _without_biases(told: Sequence[ReadScenario], passages: Sequence[Passage]) -> list[ReadScenario]:
    """The ways on but 'bullish above 4,050' alone, or in a list of biases: where nothing is said to follow it takes both sides."""
    views = [p.block.span for p in passages if p.place.topic == "bias" or _VIEW.match(p.block.text)]
    bare = [s for s in told if not (s.target or s.zone or s.probability or s.probability_words)]
    paired = {
        s.span
        for s in bare
        if any(o.direction != s.direction and abs(o.span.start - s.span.start) <= NEAR_PAIR for o in bare)
        and not any(_inside(s.span, view) for view in views)
    }
    return [s for s in told if s.span in paired or s not in bare]


NEAR_PAIR = 240  # characters between the two sides
_VIEW = re.compile(
    r"\W*(?:(?:\w+\s)?bias\b|(?:very )?(?:short|near|medium|mid|intermediate|long)(?:er)?[- ]term\b|intraday|daily|weekly|monthly|"
    r"(?:days?|weeks?|months?|quarters?)\b)[^.;]{0,40}[:–—|]",
    re.I,
)


def _placed(found: ReadScenario, levels: Sequence[ReadLevel]) -> ReadScenario:
    """A scenario without a way of its own leads up where its target is one of the resistances or above them, down for supports."""
    if found.direction or found.target is None:
        return found
    target = found.target
    supports = [x.price for x in levels if x.side == "support" and target.low < 2 * x.price.low]
    resistances = [x.price for x in levels if x.side == "resistance" and 2 * target.high > x.price.high]
    is_up = bool(resistances) and target.low >= min(x.low for x in resistances)
    is_down = bool(supports) and target.high <= max(x.high for x in supports)
    if is_up != is_down:
        return replace(found, direction="up" if is_up else "down")
    if target.low < target.high and not is_up:
        return replace(found, direction="range", zone=target, target=None, trigger=None, trigger_how="")
    return found


def _inside(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _without_repeats(found: Sequence[ReadScenario]) -> list[ReadScenario]:
    """The scenarios without a mere mention of a chance that another with a price has ('a probability of 15% is not negligible')."""
    given = {s.probability for s in found if s.probability and (s.target or s.zone)}
    return [s for s in found if s.target or s.zone or s.trigger or s.probability not in given]


def _once(found: Sequence[ReadScenario]) -> tuple[ReadScenario, ...]:
    """Each way with its end once, with each chance it is given; one with a condition before one without."""
    kept: dict[tuple[object, ...], ReadScenario] = {}
    given = {(s.direction, s.target, s.zone) for s in found if s.probability is not None}
    led = {(s.direction, s.trigger) for s in found if s.target is not None and s.trigger is not None}
    for one in found:
        if one.target is None and one.zone is None and one.probability is None and (one.direction, one.trigger) in led:
            continue  # 'bulls want a close above 6,030. If they get it, 6,105'
        end = (one.direction, one.target, one.zone)
        key = (*end, one.probability, one.trigger if one.target is None and one.zone is None else None)
        if one.probability is None and end in given:
            continue
        if key not in kept or (kept[key].trigger is None and one.trigger is not None):
            kept[key] = one
    return tuple(kept.values())


def _scenario(case: Case, prices: Prices, horizon: int | None, lasts: Sequence[Money]) -> ReadScenario:
    uses = _ahead(case.uses(prices.is_price), lasts)
    direction = case.way or _way_of_prices(uses, lasts) or direction_of(" ".join(p.piece.text for p in case.parts)[:LONGEST_TOLD])
    target = None if direction == "range" else _target(uses)
    if target is None and direction != "range":
        direction, target = _led_to(case, uses, direction, prices, lasts)
    if target is not None and direction in ("up", "down"):
        direction = _by_price(target, lasts) or direction
    trigger, how = _trigger(uses, direction) if direction != "range" else (None, "")
    stated = next((h.sessions for p in case.parts if (h := span_in(p.piece.text))), None)
    chance = case.chance
    return ReadScenario(
        direction=direction,
        title=case.title,
        probability=chance.bounds if chance else None,
        probability_words=chance.words if chance else "",
        conditional=chance.conditional if chance else "",
        trigger=trigger,
        trigger_how=how,
        zone=_zone(uses) if direction == "range" else None,
        target=target,
        sessions=stated or case.sessions or horizon,
        span=case.span,
        sure=WRITTEN if chance else INFERRED,
    )


def _by_price(target: Money, lasts: Sequence[Money]) -> Direction:
    """Up or down as a target lies from the last price, where all of them that may be its own agree; words may be about the past."""
    ways: set[Direction] = {
        "up" if target.low > m.high else "down" if target.high < m.low else ""
        for m in lasts
        if 1 / LIKE < m.middle / target.middle < LIKE
    }
    if len(ways) > 1 and lasts and 1 / LIKE < lasts[0].middle / target.middle < LIKE:
        return "up" if target.low > lasts[0].high else "down" if target.high < lasts[0].low else ""
    return ways.pop() if len(ways) == 1 else ""


def _said_last(passages: Sequence[Passage], prices: Prices, lasts: Sequence[Money]) -> list[tuple[int, Money]]:
    """Where the last prices of the note stand, in order; those that follow each other in a list of markets are nobody's own."""
    tokens = ((p.start + t.start, t) for passage in passages for p in passage.pieces for t in p.tokens)
    stated = frozenset(lasts)
    found = [(at, m) for at, t in tokens if prices.is_price(t) and t.quantity and (m := t.quantity.money) in stated]
    return [
        (at, money)
        for n, (at, money) in enumerate(found)
        if not any(m != money and abs(at - other) < LONGEST_QUOTE for other, m in found[max(0, n - 1) : n + 2])
    ]


def _own_first(stands: Sequence[tuple[int, Money]], lasts: Sequence[Money], at: int) -> Sequence[Money]:
    """The last prices, the one that was said last before a place first."""
    own = next((money for start, money in reversed(stands) if start < at), None)
    return lasts if own is None else [own, *(m for m in lasts if m != own)]


def _ahead(uses: list[Use], lasts: Sequence[Money]) -> list[Use]:
    """The prices of a case without the stated last price and what is called support or resistance, where it has others."""
    uses = [u for u in uses if u.role in ("zone", "target") or u.money not in lasts] or uses
    return [u for u in uses if u.role in ("zone", "target") or not is_called_level(u)] or uses


def _led_to(
    case: Case, uses: Sequence[Use], direction: Direction, prices: Prices, lasts: Sequence[Money]
) -> tuple[Direction, Money | None]:
    """Where a case without a price called its target leads: what follows from its condition, else the first price on its way."""
    for part in case.parts:
        for told in told_by_condition(part.piece, prices, None):
            if direction in ("", told.direction):
                return told.direction, told.target
    for use in uses:
        if use.role == "trigger" and use.token.quantity is not None and use.token.quantity.joined == "to":
            ahead = use.token.quantity.second  # 'a rally through 23,600 to 24,100'
            return direction or ("up" if ahead > use.token.quantity.first else "down"), Money(low=ahead, high=ahead)
    mark = next((m.middle for m in lasts if uses and 1 / FAR < m.middle / uses[0].money.middle < FAR), None)
    edge = mark  # 'stay short with 62.10 as resistance; first 60.35'
    if edge is None:
        every = case.uses(prices.is_price)
        edge = next((u.money.middle for u in every if u.role in ("entry", "trigger") or is_called_level(u)), None)
    for use in uses:
        if edge is not None and use.role == "" and direction and (use.money.middle > edge) == (direction == "up"):
            return direction, use.money
    if case.chance is not None and case.chance.bounds is not None:
        return _weighed(uses, direction, mark)
    return direction, None


def _weighed(uses: Sequence[Use], direction: Direction, mark: float | None) -> tuple[Direction, Money | None]:
    """The price that a chance is given to: the one that nothing makes something else, or the only one, to be crossed."""
    open_uses = [u for u in uses if u.role not in ("stop", "trigger", "zone")] or (uses if len(uses) == 1 else [])
    if open_uses and mark is not None and open_uses[0].money.middle != mark:
        way: Direction = "up" if open_uses[0].money.middle > mark else "down"
        if direction in ("", way) or len(uses) == 1:
            return way, open_uses[0].money
    if not direction and mark is None and len(uses) == 1 and uses[0].money.low < uses[0].money.high:
        return direction, uses[0].money  # 'holding pattern 1.3020-1.3160'
    if len(uses) == 1 and uses[0].role == "trigger" and uses[0].beyond and uses[0].event in ("close", "break", "accept", ""):
        across: Direction = "up" if uses[0].beyond == "above" else "down"  # 'chance of a close above 6,850: 42%'
        if direction in ("", across):
            return across, uses[0].money
    return direction, None


def _way_of_prices(uses: Sequence[Use], lasts: Sequence[Money]) -> Direction:
    """Up or down by where the target lies against the last price or the trigger; a range where it holds the last price."""
    target = _target(uses)
    if target is None:
        alone = uses[0].money if len(uses) == 1 else None  # 'Holds: 5.410-5.735'
        return "range" if alone and alone.low < alone.high and any(alone.low <= m.middle <= alone.high for m in lasts) else ""
    if target.low < target.high and (of_role(uses, "zone") or any(target.low <= m.middle <= target.high for m in lasts)):
        return "range"
    triggers = of_role(uses, "trigger")
    near = [m for m in lasts if 1 / OWN < m.middle / target.middle < OWN]
    alike = [m for m in lasts if 1 / FAR < m.middle / target.middle < FAR]
    nearest = near[:1] or sorted(alike, key=lambda m: abs(m.middle - target.middle))[:1]
    mark = nearest[0] if nearest else triggers[0].money if triggers else None
    if mark is None or mark.middle == target.middle:
        return ""
    return "up" if target.middle > mark.middle else "down"


def _trigger(uses: Sequence[Use], direction: str) -> tuple[Money | None, How]:
    """The price that sets it off: beside the target before elsewhere, one to be broken before one that only has to hold."""
    wanted = {"up": ("above", "through", ""), "down": ("below", "through", "")}.get(direction, ("above", "below", "through", ""))
    triggers = [u for u in of_role(uses, "trigger") if u.beyond in wanted]
    targets = of_role(uses, "target")
    beside = [u for u in triggers if targets and u.piece is targets[0].piece and u.index < targets[0].index]
    order = [*reversed(beside), *(u for u in triggers if u not in beside)]
    chosen = next((u for u in (beside and order[: len(beside)]) or order if u.event != "hold"), order[0] if order else None)
    return (chosen.money, chosen.how) if chosen else (None, "")


# 'prevails as long as 6,720 is support'
_CONDITION = re.compile(r"\b(?:as long as|so long as|while|unless|provided|until)\s(?:(?:the|that|above|below)\s)*[$€£~≈]?$", re.I)


def _target(uses: Sequence[Use]) -> Money | None:
    """Where it leads: what is called so; else what stands in brackets, alone or as a zone; else the only price."""
    targets = (
        of_role(uses, "target")
        or tuple(u for u in uses if u.role == "" and _GOAL.search(_around(u)))
        or tuple(u for u in uses if u.role == "" and (u.is_bracketed or u.is_alone or u.money.low != u.money.high))
    )
    if not targets and len(uses) == 1 and uses[0].role in ("", "zone", "entry") and not _CONDITION.search(_lead(uses[0])):
        targets = (uses[0],)
    return _first_listed(targets[0], uses).money if targets else None


def _first_listed(target: Use, uses: Sequence[Use]) -> Use:
    """'6,320 and 6,290 come into view': the first of those that share the words behind the last."""
    at = next(n for n, u in enumerate(uses) if u is target)
    before = uses[at - 1] if at else None
    if before is None or before.piece is not target.piece:
        return target
    is_triggered = at >= 2 and before.role == uses[at - 2].role == "trigger" and before.event == uses[at - 2].event
    if before.role and not is_triggered:
        return target
    gap = target.piece.text[before.token.end : target.token.start]
    return before if _SHARED.fullmatch(gap) and not _WORDS.search(_lead(before)) else target


_GOAL = re.compile(
    r"\b(?:goal|target|objective|destination|projection)s?\b[^.;\d]{0,12}(?:\d\.\d{1,3}[^.;\d]{0,24})?@|"
    r"@\s(?:as |being |is )?(?:its|the|our|my|a) (?:\w+ )?(?:goal|target|objective|destination)\b",
    re.I,
)


def _around(use: Use) -> str:
    """The words around a price, an @ in its place."""
    text = use.piece.text
    return f"{text[max(0, use.token.start - 60) : use.token.start]}@{text[use.token.end : use.token.end + 40]}"


_SHARED = re.compile(r"\s?(?:,|and|then|/|, then|, and)\s?[$€£]?", re.I)
_WORDS = re.compile(r"\b(?:above|below|through|over|under|at|from)\s[$€£]?$", re.I)


def _lead(use: Use) -> str:
    return use.piece.text[max(0, use.token.start - 12) : use.token.start]


def _zone(uses: Sequence[Use]) -> Money | None:
    """The bounds of a range: a zone, else the lowest and the highest price."""
    zones = of_role(uses, "zone") or tuple(u for u in uses if u.money.low != u.money.high and u.role != "stop")
    if zones and zones[0].money.low < zones[0].money.high:
        return zones[0].money
    singles = sorted(u.money for u in uses if u.role != "stop")
    return Money(low=singles[0].low, high=singles[-1].high) if len(singles) >= 2 else None
