"""Words about where things stand: above and below, crosses, the golden cross, oversold and overbought."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from levelhead.review.allowance import feed_difference
from levelhead.review.conditional import is_conditional, is_denied
from levelhead.review.evidence import Evidence
from levelhead.review.extremes import RECENT
from levelhead.review.pivot_check import pivot_price
from levelhead.review.said import ReadStatement
from levelhead.review.values import called, series_of, value_of, why_unknown
from levelhead.review.verdict import Judgement, Verdict

OVERSOLD, OVERBOUGHT = 30.0, 70.0
_AVERAGE_IS = re.compile(
    r"\b(?P<n>\d{2,3})[- ]?(?:day|DMA)(?:\s(?:SMA|MA|moving average|average))?\s"
    r"(?:(?:is|stands?|remains?|lies|sits|has been|still)\s)*$",
    re.I,
)
_AVERAGES = ("sma_50", "sma_100", "sma_200")


def standing_verdicts(evidence: Evidence) -> Iterator[Verdict]:
    """One verdict for each statement of these kinds."""
    for said in evidence.note.statements:
        if is_conditional(evidence, said) or is_denied(evidence, said):
            continue
        if said.kind in ("above", "below"):
            yield from _stands(evidence, said)
        elif said.kind in ("crossed above", "crossed below"):
            yield _cross(evidence, said)
        elif said.kind.startswith(("golden cross", "death cross")):
            if not _is_within_another(evidence, said):
                yield _golden(evidence, said)
        elif said.kind in ("oversold", "overbought"):
            yield _zone(evidence, said)
        elif said.kind in ("recovered from oversold", "fell from overbought"):
            yield _left_zone(evidence, said)


def _verdict(said: ReadStatement, statement: str, verdict: Judgement, bars_say: str, rule: str) -> Verdict:
    return Verdict(statement=statement, verdict=verdict, bars_say=bars_say, span=said.span, rule=rule)


def _level(evidence: Evidence, name: str) -> float | None:
    """The price of a name: an average, an extreme, a pivot of the set that the note means."""
    if name.startswith("pivot."):
        return pivot_price(evidence, name.removeprefix("pivot."))
    value = value_of(evidence, name)
    return None if value is None else value.value


def _stands(evidence: Evidence, said: ReadStatement) -> Iterator[Verdict]:
    """'Below the 200-day': the first name against each of the others, or against the price given."""
    first = _subject(evidence, said)
    others = _others(evidence, said.names[1:])
    own = _level(evidence, first)
    for name in others or ("",):
        statement = f"{called(first)} {said.kind} {called(name) if name else ''}".strip()
        level = _level(evidence, name) if name else (said.numbers[0] if said.numbers else None)
        if level is None and said.numbers and name.startswith("pivot."):
            level = said.numbers[0]
        if own is None or level is None:
            why = why_unknown(evidence, first if own is None else name) if name else "It is not said of what it speaks."
            yield _verdict(said, statement, "cannot be checked", why, "above or below")
            continue
        yield _standing(evidence, said, first, name, own, level, statement)


def _subject(evidence: Evidence, said: ReadStatement) -> str:
    """What stands above or below: 'the 50-day is above the 200-day' speaks of the average, not of the price."""
    first = said.names[0] if said.names else "last"
    found = _AVERAGE_IS.search(evidence.note.text.plain[max(0, said.span.start - 40) : said.span.start])
    return f"sma_{found['n']}" if first == "last" and found is not None else first


def _others(evidence: Evidence, names: tuple[str, ...]) -> tuple[str, ...]:
    """'averages' are those of which the note speaks, else the usual three."""
    if names != ("averages",):
        return names
    spoken = [i.name for i in evidence.note.indicators if i.name.startswith(("sma_", "ema_")) and not i.name.endswith("_pct")]
    spoken += [n for s in evidence.note.statements for n in s.names if n.startswith(("sma_", "ema_"))]
    return tuple(dict.fromkeys(spoken)) or _AVERAGES


def _standing(evidence: Evidence, said: ReadStatement, first: str, name: str, own: float, level: float, statement: str) -> Verdict:
    gap = own - level
    where = "above" if gap > 0 else "below"
    what = f"{called(name)} at {evidence.price(level)}" if name else evidence.price(level)
    article = "the " if name and not name.startswith("pivot.") else ""
    says = f"The {called(first)} {evidence.price(own)} stood {evidence.points(gap)} {where} {article}{what} on {evidence.day}."
    if gap == 0 or abs(gap) <= feed_difference(level, evidence.atr):
        return _verdict(
            said, statement, "right" if where == said.kind else "cannot be checked", f"{says[:-1]}: at it.", "above or below"
        )
    if where == said.kind:
        return _verdict(said, statement, "right", says, "above or below")
    low, high = evidence.range
    if first == "last" and evidence.is_any_price and low <= level <= high:
        both = f"On {evidence.day} the price traded on both sides of {evidence.price(level)} and closed at {evidence.price(own)}."
        return _verdict(said, statement, "cannot be checked", both, "above or below")
    stated = evidence.stated if first == "last" else None
    contradicts = stated is not None and bool(said.numbers) and (stated > said.numbers[0]) == (where == "above")
    return _verdict(said, statement, "contradicts itself" if contradicts else "wrong", says, "above or below")


def _cross(evidence: Evidence, said: ReadStatement) -> Verdict:
    """Crossed above: it stands above now, and it stood below within the last twenty sessions."""
    wanted = said.kind.removeprefix("crossed ")
    pair = said.names[:2]
    statement = f"{called(pair[0])} {said.kind} {called(pair[1])}" if len(pair) == 2 else said.kind
    lines = [series_of(evidence, name) for name in pair]
    if len(lines) < 2 or lines[0] is None or lines[1] is None or not np.isfinite(lines[0][-1] - lines[1][-1]):
        return _verdict(said, statement, "cannot be checked", f"The bars do not give {' and '.join(map(called, pair))}.", "cross")
    gap = lines[0] - lines[1]
    side = np.sign(gap) * (1 if wanted == "above" else -1)
    values = f"{called(pair[0])} {lines[0][-1]:,.2f}, {called(pair[1])} {lines[1][-1]:,.2f}"
    before = np.flatnonzero(~(side > 0))
    if side[-1] <= 0:
        other = "below" if wanted == "above" else "above"
        return _verdict(said, statement, "wrong", f"On {evidence.day} it stood {other}: {values}.", "cross")
    if not before.size:
        return _verdict(said, statement, "right", f"It has stood {wanted} throughout the bars: {values}.", "cross")
    row = int(before[-1]) + 1
    return _verdict(said, statement, "right", f"It has stood {wanted} since {evidence.date(row)}: {values}.", "cross")


def _is_within_another(evidence: Evidence, said: ReadStatement) -> bool:
    """Whether longer words around it say more of the same cross: 'golden cross' in 'golden cross still absent'."""
    cross = said.kind.partition(" cross")[0]
    return any(
        o.kind.startswith(cross) and o.span != said.span and o.span.start <= said.span.start and said.span.end <= o.span.end
        for o in evidence.note.statements
    )


def _golden(evidence: Evidence, said: ReadStatement) -> Verdict:
    """The 50-day against the 200-day; price against the 200-day defines nothing."""
    cross, _, state = said.kind.partition(" cross ")
    fact, fast, slow = evidence.facts.get("golden_cross"), evidence.number("sma_50"), evidence.number("sma_200")
    statement = f"{cross} cross {state}"
    if fact is None or fast is None or slow is None:
        return _verdict(said, statement, "cannot be checked", why_unknown(evidence, "sma_200"), "golden cross")
    is_golden = fact.value == "present"
    side = "above" if is_golden else "below"
    stood = f"the 50-day average at {evidence.price(fast)} stood {side} the 200-day at {evidence.price(slow)} on {evidence.day}"
    is_there = is_golden if cross == "golden" else not is_golden
    is_true = is_there == (state == "present")
    if "last" in said.names:
        price = evidence.price(evidence.last)
        outcome = f"so it was {'present' if is_there else 'absent'}" + (", but for another reason" if is_true else "")
        means = f"A {cross} cross is the 50-day average crossing the 200-day, not the price ({price}) against it"
        says = f"{means}; {stood}, {outcome}."
        return _verdict(said, f"{statement}: price against the 200-day", "wrong", says, "golden cross")
    return _verdict(said, statement, "right" if is_true else "wrong", stood[0].upper() + stood[1:] + ".", "golden cross")


def _rsi(evidence: Evidence, said: ReadStatement) -> tuple[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]] | None]:
    name = said.names[0] if said.names else "rsi_14"
    series = series_of(evidence, name) if name.startswith("rsi_") else None
    return name, series if series is not None and np.isfinite(series[-1]) else None


def _zone(evidence: Evidence, said: ReadStatement) -> Verdict:
    name, series = _rsi(evidence, said)
    statement = f"{called(name)} {said.kind}"
    if series is None:
        return _verdict(said, statement, "cannot be checked", f"The bars do not give {called(name)}.", "RSI")
    now = float(series[-1])
    is_low = said.kind == "oversold"
    is_there = now < OVERSOLD if is_low else now > OVERBOUGHT
    bound = f"{said.kind} is {'below 30' if is_low else 'above 70'}"
    return _verdict(
        said, statement, "right" if is_there else "wrong", f"{called(name)} stood at {now:.1f} on {evidence.day}; {bound}.", "RSI"
    )


def _left_zone(evidence: Evidence, said: ReadStatement) -> Verdict:
    """'Recovered from oversold levels near 35': it was below 30 within the last twenty sessions."""
    name, series = _rsi(evidence, said)
    is_low = said.kind.endswith("oversold")
    near = f" near {said.numbers[0]:g}" if said.numbers else ""
    statement = f"{called(name)} {said.kind}{near}"
    if series is None:
        return _verdict(said, statement, "cannot be checked", f"The bars do not give {called(name)}.", "RSI")
    recent = series[-RECENT:]
    at = int(np.nanargmin(recent) if is_low else np.nanargmax(recent))
    extreme, day = float(recent[at]), evidence.date(len(series) - len(recent) + at)
    was_there = extreme < OVERSOLD if is_low else extreme > OVERBOUGHT
    word, bound, side = ("low", 30, "below") if is_low else ("high", 70, "above")
    reached = f"{side} {bound}" if was_there else f"never {side} {bound}"
    found = f"The {word} of {called(name)} in the last {len(recent)} sessions was {extreme:.1f} on {day}, {reached}"
    says = f"{found}; it stood at {series[-1]:.1f} on {evidence.day}."
    is_outside = bool(said.numbers) and (said.numbers[0] >= OVERSOLD if is_low else said.numbers[0] <= OVERBOUGHT)
    return _verdict(said, statement, "right" if was_there and not is_outside else "wrong", says, "RSI")
