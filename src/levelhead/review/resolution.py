"""What a forecast leaves out so that nobody can settle it: touch or close, by when, which contract; and prices off the grid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from levelhead.domain.instrument import Instrument
from levelhead.review.evidence import Evidence, printed
from levelhead.review.instruments import FUTURE_OF, MICRO_OF
from levelhead.review.said import Money, ReadScenario, ReadSetup
from levelhead.review.text import Span
from levelhead.review.verdict import Verdict

_HOW = re.compile(
    r"\bclos(?:e|es|ing)\b[\w\s]{0,24}\b(?:above|below|over|under|beyond)\b|\btouch(?:es|ed)?\b|\btrades? (?:at|first|through)\b|"
    r"\b(?:two|three|2|3) closes\b",
    re.I,
)
_SETTLED = re.compile(r"\b(?:how it is settled|is settled by|settles? (?:on|by)|counts? as)\b", re.I)
_MONTHS = r"(?:March|June|September|December|Mar|Jun|Sep|Dec)"
_CASH = re.compile(r"\b(?:cash(?: index)?|spot index|spot)\b[^.\n|]{0,24}?\d[\d,]{2,}", re.I)
_FUTURE = re.compile(r"\b(?:futures?|front[- ]month|contract)\b[^.\n|]{0,24}?\d[\d,]{2,}", re.I)


def resolution_verdicts(evidence: Evidence) -> Iterator[Verdict]:
    """What is missing in scenarios and setups, mixed frames, and prices off the tick grid."""
    yield from _unsaid(evidence)
    yield from _mixed(evidence)
    yield from _off_grid(evidence)


def _unsaid(evidence: Evidence) -> Iterator[Verdict]:
    note = evidence.note
    forecasts = [s for s in note.scenarios if s.direction]
    foretold: tuple[ReadScenario | ReadSetup, ...] = tuple(forecasts) or note.setups
    if not foretold:
        return
    lacking = []
    if not _SETTLED.search(note.text.plain) and any(not _says_how(evidence, s) for s in forecasts):
        lacking.append("whether a touch or a close decides")
    if note.horizon is None and not any(s.sessions for s in foretold):
        lacking.append("by when")
    if evidence.bars.instrument.months and not names_contract(evidence.bars.instrument, note.text.plain):
        lacking.append("in which contract")
    if not lacking:
        return
    what = "scenarios" if forecasts else "setups"
    first, last = foretold[0], foretold[-1]
    yield Verdict(
        statement=f"{what} without a rule of settlement",
        verdict="cannot be checked",
        bars_say=f"Of its {what} the note does not say {_joined(lacking)}.",
        span=Span(start=min(first.span.start, last.span.start), end=max(first.span.end, last.span.end)),
        rule="resolution",
    )


def _says_how(evidence: Evidence, scenario: ReadScenario) -> bool:
    """Whether a scenario with a price says how it is reached."""
    if scenario.trigger_how or (scenario.trigger is None and scenario.target is None and scenario.zone is None):
        return True
    return bool(_HOW.search(evidence.note.text.plain[scenario.span.start : scenario.span.end]))


def names_contract(instrument: Instrument, text: str) -> bool:
    """Whether a contract is named: 'RTYZ5', 'RTY Dec 2025', 'the December contract', 'front month'."""
    symbol = re.escape(instrument.symbol)
    pattern = (
        rf"\b{symbol}[{instrument.months}]\d{{1,4}}\b|\b{_MONTHS}\b[\s'’\d]{{0,6}}\b(?:contract|futures?|expiry)|"
        r"\b(?:front[- ]month|continuous)\b"
    )
    return bool(re.search(pattern, text, re.I))


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _mixed(evidence: Evidence) -> Iterator[Verdict]:
    """Prices of the cash index and of its future side by side."""
    plain = evidence.note.text.plain
    cash, future = _CASH.search(plain), _FUTURE.search(plain)
    if cash is None or future is None or not evidence.bars.instrument.months:
        return
    symbol = evidence.bars.instrument.symbol
    index = next((i for i, f in FUTURE_OF.items() if f == MICRO_OF.get(symbol, symbol)), "the index")
    yield Verdict(
        statement=" ".join(cash.group().split()),
        verdict="cannot be checked",
        bars_say=f"Prices of {index} and of its future {symbol} stand in one note; the bars are of {symbol} alone.",
        span=Span(start=cash.start(), end=cash.end()),
        rule="mixed frames",
    )


def _rounded_by(instrument: Instrument) -> float:
    """How far off its grid a printed price may be: thirty-seconds are often printed with two decimals."""
    assert instrument.tick is not None
    return 0.0051 if instrument.decimals > 2 and instrument.tick > 0.01 else 1e-6 * max(1.0, instrument.tick)


def _off_grid(evidence: Evidence) -> Iterator[Verdict]:
    """Levels, entries, stops and targets that the instrument cannot trade; averages and pivots are computed, not traded."""
    instrument, note = evidence.bars.instrument, evidence.note
    if instrument.tick is None:
        return
    found: list[tuple[str, Money, Span]] = [
        (v.side or "level", v.price, v.span) for v in note.levels if v.kind not in ("average", "pivot")
    ]
    for setup in note.setups:
        found += [("entry", setup.entry, setup.span)]
        found += [("stop", setup.stop, setup.span)] if setup.stop is not None else []
        found += [("target", target, setup.span) for target in setup.targets]
    for scenario in note.scenarios:
        found += [("scenario", p, scenario.span) for p in (scenario.trigger, scenario.zone, scenario.target) if p is not None]
    seen: set[float] = set()
    for word, money, span in found:
        for price in dict.fromkeys((money.low, money.high)):
            if (
                money.approximate
                or price in seen
                or not evidence.is_of_scale(price)
                or abs(instrument.on_grid(price) - price) < _rounded_by(instrument)
            ):
                continue
            seen.add(price)
            below, above = evidence.price(instrument.below(price)), evidence.price(instrument.above(price))
            off = f"{price:,.10g} is not on the tick grid of {instrument.symbol} ({instrument.tick:g})"
            yield Verdict(
                statement=f"{word} {printed(money)}",
                verdict="wrong",
                bars_say=f"{off}; the nearest prices are {below} and {above}.",
                span=span,
                rule="tick",
            )
