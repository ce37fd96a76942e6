"""What a note says a price or an average did to the market: held, remained intact, acted as support, broke, was reclaimed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from levelhead.domain.bars import FloatArray
from levelhead.domain.visits import visit_rows
from levelhead.reading.periods import rows_in
from levelhead.review.allowance import TREND_ATR
from levelhead.review.conditional import is_denied
from levelhead.review.evidence import Evidence, printed
from levelhead.review.extremes import QUARTER, RECENT
from levelhead.review.named_days import latest_month, months_in
from levelhead.review.said import Money, ReadStatement
from levelhead.review.values import called, series_of
from levelhead.review.verdict import Judgement, Verdict

KINDS = ("held", "remains intact", "acted as support", "acted as resistance", "broken", "reclaimed", "lost")
TOUCH_ATR = 0.25  # an average has been met when a bar came so near to it
_NEAR = 64  # characters between the words and their price
ACCEPTED = 2  # closes in a row that make acceptance
_CLAUSE = re.compile(r"[.;!?](?=\s|$)|\n")
_DRAWN = re.compile(r"\b(?:channel|trend ?line|wedge|line)\b", re.I)
_NEXT = re.compile(r"\s(?:the\s|its\s|back above the\s)?(?P<n>20|50|100|200)[- ]?(?:day|DMA|MA)", re.I)
_MANY = re.compile(r"\b(?:multiple|several|many|repeated(?:ly)?|numerous)\b", re.I)
_CLOSES = re.compile(r"\b(?:multiple|several|two|three|consecutive)\s(?:sessions|closes|days|daily closes)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """A zone or an average along the bars: arrays of shape (n,). is_support: whether the price stands above it."""

    low: FloatArray
    high: FloatArray
    called: str
    is_support: bool

    def closed_beyond(self, evidence: Evidence) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Bars that closed on the far side."""
        close = evidence.bars.close
        with np.errstate(invalid="ignore"):
            return close < self.low if self.is_support else close > self.high

    def met(self, evidence: Evidence, reach: float) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Bars that came within `reach` points of its near side, or through it."""
        with np.errstate(invalid="ignore"):
            if self.is_support:
                return evidence.bars.low <= self.high + reach
            return evidence.bars.high >= self.low - reach


def support_verdicts(evidence: Evidence) -> Iterator[Verdict]:
    """One verdict for each statement of these kinds."""
    for said in evidence.note.statements:
        if said.kind not in KINDS or is_denied(evidence, said):
            continue
        level = _level(evidence, said)
        if level is None:  # 'holding near the highs' speaks of no price
            continue
        if said.kind == "held":
            yield _held(evidence, said, level)
        elif said.kind == "remains intact":
            yield _intact(evidence, said, level)
        elif said.kind.startswith("acted"):
            yield _acted(evidence, said, level)
        else:
            yield _crossed(evidence, said, level)


def _verdict(evidence: Evidence, said: ReadStatement, verdict: Judgement, bars_say: str) -> Verdict:
    return Verdict(statement=_statement(evidence, said), verdict=verdict, bars_say=bars_say, span=said.span, rule=said.kind)


def _statement(evidence: Evidence, said: ReadStatement) -> str:
    name = _average(evidence, said)
    what = called(name) if name else ""
    prices = _prices(evidence, said)
    if not what and prices:
        what = printed(Money(low=min(prices), high=max(prices)))
    return f"{what} {evidence.excerpt(said.span)}".strip()


def _prices(evidence: Evidence, said: ReadStatement) -> tuple[float, ...]:
    """The numbers of the statement that are prices and not counts, where they stand beside its words and not in another clause."""
    plain = evidence.note.text.plain
    before = _CLAUSE.split(plain[max(0, said.span.start - _NEAR) : said.span.start])[-1]
    after = _CLAUSE.split(plain[said.span.end : said.span.end + _NEAR])[0]
    near = (before + plain[said.span.start : said.span.end] + after).replace(",", "")
    if _DRAWN.search(near):  # where a drawn line stands today is not a price that was held
        return ()
    return tuple(n for n in said.numbers[:2] if evidence.is_of_scale(n) and f"{n:.10g}" in near)


def _counts(evidence: Evidence, said: ReadStatement) -> tuple[int, ...]:
    return tuple(int(n) for n in said.numbers if not evidence.is_of_scale(n) and n == int(n) and 0 < n <= 20)


def _level(evidence: Evidence, said: ReadStatement) -> _Level | None:
    prices, n = _prices(evidence, said), len(evidence.bars)
    if prices:
        low, high = min(prices), max(prices)
        is_support = {"acted as support": True, "acted as resistance": False}.get(said.kind, evidence.last >= (low + high) / 2)
        words = evidence.zone(low, high)
        return _Level(low=np.full(n, low), high=np.full(n, high), called=words, is_support=is_support)
    name = _average(evidence, said)
    series = series_of(evidence, name) if name else None
    if series is None or name.startswith(("rsi", "macd", "atr")) or not np.isfinite(series[-1]):
        return None
    is_support = {"acted as support": True, "acted as resistance": False}.get(said.kind, bool(evidence.last >= series[-1]))
    return _Level(low=series, high=series, called=f"the {called(name)}", is_support=is_support)


def _average(evidence: Evidence, said: ReadStatement) -> str:
    """The average it speaks of: the one right after the words ('lost the 200-day'), else the first one read."""
    found = _NEXT.match(evidence.note.text.plain[said.span.end : said.span.end + 24])
    return f"sma_{found['n']}" if found is not None else said.names[0] if said.names else ""


def _held(evidence: Evidence, said: ReadStatement, level: _Level) -> Verdict:
    """Held N times, in the months it names (else in sixty sessions): met so often, and never closed beyond."""
    bars, reach = evidence.bars, evidence.near(TREND_ATR)
    months = [latest_month(evidence.day, month) for month in months_in(said.text)]
    spans = [(rows_in(bars, days), days.called) for days in months if rows_in(bars, days).start < rows_in(bars, days).stop]
    if not spans:
        spans = [(slice(max(0, len(bars) - QUARTER), len(bars)), f"the last {min(QUARTER, len(bars))} sessions")]
    met, beyond = level.met(evidence, reach), level.closed_beyond(evidence)
    side, low_or_high = ("below", "low") if level.is_support else ("above", "high")
    parts, is_wrong = [], False
    for rows, words in spans:
        extreme = float(bars.low[rows].min() if level.is_support else bars.high[rows].max())
        if not met[rows].any():
            is_wrong = True
            traded = "traded below" if level.is_support else "traded above"
            parts.append(f"no bar of {words} {traded} {evidence.price(extreme)}")
            continue
        closes = np.flatnonzero(beyond[rows])
        if closes.size:
            is_wrong = True
            at = rows.start + int(closes[-1])
            parts.append(
                f"in {words} {closes.size} closed {side} it, the last at {evidence.price(bars.close[at])} on {evidence.date(at)}"
            )
        else:
            visits = _visits(evidence, level, rows, reach)
            parts.append(
                f"in {words} {_times(visits)} met it (the {low_or_high} was {evidence.price(extreme)}) and none closed {side} it"
            )
            wanted = max(_counts(evidence, said), default=2 if _MANY.search(said.text) and len(spans) == 1 else 1)
            is_wrong = is_wrong or (len(spans) == 1 and visits < wanted)
    says = f"Of {level.called}: {'; '.join(parts)}."
    return _verdict(evidence, said, "wrong" if is_wrong else "right", says)


def _visits(evidence: Evidence, level: _Level, rows: slice, reach: float) -> int:
    """How often price came to the level within these rows: runs of bars that met it."""
    if float(level.low.min()) == float(level.high.max()) or bool(np.all(level.low == level.low[0])):
        start = max(0, rows.start - 1)
        highs, lows = evidence.bars.high[start : rows.stop], evidence.bars.low[start : rows.stop]
        return max(1, len(visit_rows(highs, lows, float(level.low[0]) - reach, float(level.high[0]) + reach)))
    met = level.met(evidence, reach)[rows]
    return int(met[0]) + int(np.count_nonzero(met[1:] & ~met[:-1]))


def _times(count: int) -> str:
    return {1: "one visit", 2: "two visits"}.get(count, f"{count} visits")


def _intact(evidence: Evidence, said: ReadStatement, level: _Level) -> Verdict:
    """Intact: in the last twenty sessions no close went beyond it after one that had not."""
    bars = evidence.bars
    first = max(0, len(bars) - RECENT)
    beyond = level.closed_beyond(evidence)[first:]
    fell = np.flatnonzero(beyond[1:] & ~beyond[:-1]) + 1
    side = "below" if level.is_support else "above"
    if not fell.size:
        extreme = float(bars.low[first:].min() if level.is_support else bars.high[first:].max())
        word = "lowest low" if level.is_support else "highest high"
        says = f"In the last {len(beyond)} sessions none closed {side} {level.called}; the {word} was {evidence.price(extreme)}."
        return _verdict(evidence, said, "right", says)
    outside = np.flatnonzero(beyond)
    closes = bars.close[first:][outside]
    worst = first + int(outside[int(np.argmin(closes) if level.is_support else np.argmax(closes))])
    column = bars.low if level.is_support else bars.high
    recent = column[first:]
    at = first + int(np.argmin(recent) if level.is_support else np.argmax(recent))
    says = (
        f"The bars closed {side} {level.called} on {outside.size} of the last {len(beyond)} sessions, at "
        f"{evidence.price(bars.close[worst])} on {evidence.date(worst)}, and traded at {evidence.price(column[at])} "
        f"on {evidence.date(at)}."
    )
    return _verdict(evidence, said, "wrong", says)


def _acted(evidence: Evidence, said: ReadStatement, level: _Level) -> Verdict:
    """Support met and not lost since the day it names, else in sixty sessions: no two closes in a row beyond it."""
    bars = evidence.bars
    rows = (
        evidence.rows_since(said.since)
        if said.since and bars.first <= said.since <= evidence.day
        else slice(max(0, len(bars) - QUARTER), len(bars))
    )
    reach = evidence.near(TOUCH_ATR)
    met, beyond = level.met(evidence, reach)[rows], level.closed_beyond(evidence)[rows]
    side, since = ("below" if level.is_support else "above"), evidence.date(rows.start)
    lost = np.flatnonzero(beyond[1:] & beyond[:-1]) + 1
    if lost.size:
        at = rows.start + int(lost[-1])
        says = f"Since {since} {int(beyond.sum())} sessions closed {side} {level.called}, two in a row to {evidence.date(at)}."
        return _verdict(evidence, said, "wrong", says)
    gap = (bars.low - level.high if level.is_support else level.low - bars.high)[rows]
    nearest = rows.start + int(np.nanargmin(gap))
    if not met.any():
        says = (
            f"Since {since} no bar came within {TOUCH_ATR} ATR(14) of {level.called}; the nearest stayed "
            f"{evidence.points(float(np.nanmin(gap)))} away on {evidence.date(nearest)}."
        )
        return _verdict(evidence, said, "wrong", says)
    visits = int(met[0]) + int(np.count_nonzero(met[1:] & ~met[:-1]))
    closes = int(beyond.sum())
    ended = f"{_sessions(closes)} closed {side} it, never two in a row" if closes else f"none closed {side} it"
    says = f"Since {since} price came within {TOUCH_ATR} ATR(14) of {level.called} {_counted(visits)}; {ended}."
    return _verdict(evidence, said, "right", says)


def _sessions(count: int) -> str:
    return "one session" if count == 1 else f"{count} sessions"


def _counted(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _crossed(evidence: Evidence, said: ReadStatement, level: _Level) -> Verdict:
    """Reclaimed (lost, broken): the last close stands beyond it, after closes on the other side in sixty sessions."""
    bars, close = evidence.bars, evidence.bars.close
    first = max(0, len(bars) - QUARTER)
    up = said.kind == "reclaimed" or (said.kind == "broken" and evidence.last > level.high[-1])
    with np.errstate(invalid="ignore"):
        beyond = (close > level.high if up else close < level.low)[first:]
        other = (close < level.low if up else close > level.high)[first:]
    side = "above" if up else "below"
    now = f"The last price {evidence.price(evidence.last)} stood {{}} {level.called}{_at(evidence, level)}"
    if not beyond[-1]:
        return _verdict(evidence, said, "wrong", now.format("below" if up else "above") + ".")
    run = len(beyond) - 1 - int(np.flatnonzero(~beyond)[-1]) if not beyond.all() else len(beyond)
    wanted = ACCEPTED if _CLOSES.search(evidence.note.text.plain[said.span.start : said.span.end + 80]) else 1
    since = evidence.date(len(bars) - run)
    what = f"the last {run} closes, since {since}, were {side} it" if run > 1 else f"it closed {side} it on {since} alone"
    if not other.any():
        return _verdict(
            evidence,
            said,
            "wrong" if said.kind != "broken" else "right",
            f"{now.format(side)}; no close of the last {len(beyond)} sessions was on the other side.",
        )
    return _verdict(evidence, said, "right" if run >= wanted else "wrong", f"{now.format(side)}; {what}.")


def _at(evidence: Evidence, level: _Level) -> str:
    return "" if level.called[0].isdigit() else f" ({evidence.price(float(level.high[-1]))})"
