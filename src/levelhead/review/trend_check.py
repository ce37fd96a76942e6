"""Words about direction: slopes, swing structure, lines and candles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from levelhead.domain.adjustment import shape_of
from levelhead.review.allowance import feed_difference, last_digit
from levelhead.review.conditional import is_denied
from levelhead.review.dates import since
from levelhead.review.evidence import USUAL, Evidence
from levelhead.review.said import ReadStatement
from levelhead.review.values import called, series_of, shown
from levelhead.review.verdict import Judgement, Verdict

SLOPES = ("rising", "falling", "flattening")
STRUCTURES = (
    "higher highs and higher lows", "lower highs and lower lows", "higher highs", "higher lows", "lower highs", "lower lows",
    "no lower lows", "no higher highs",
)  # fmt: skip
_STRUCTURES = ("structure", "structure.confirmed", "structure.sequence")
_SPANS = (10, 5, 20)  # sessions over which a direction may be meant
CANDLES_BACK = 5


def trend_verdicts(evidence: Evidence) -> Iterator[Verdict]:
    """One verdict for each statement of these kinds."""
    for said in evidence.note.statements:
        if is_denied(evidence, said):
            continue
        if said.kind in SLOPES:
            yield from _slopes(evidence, said)
        elif said.kind in STRUCTURES:
            yield _structure(evidence, said)
        elif said.kind.startswith("engulfing"):
            yield _engulfing(evidence, said)
        elif said.kind.startswith(("trendline", "channel")):
            yield _line(evidence, said)
        elif said.kind in ("lags", "leads", "keeps pace"):
            says = "That is said of other instruments, whose bars were not given."
            yield _verdict(said, f"{said.kind} {', '.join(said.names)}".strip(), "cannot be checked", says, "relative strength")


def _verdict(said: ReadStatement, statement: str, verdict: Judgement, bars_say: str, rule: str) -> Verdict:
    return Verdict(statement=statement, verdict=verdict, bars_say=bars_say, span=said.span, rule=rule)


def _slopes(evidence: Evidence, said: ReadStatement) -> Iterator[Verdict]:
    for name in said.names or ("last",):
        statement = f"{called(name)} {said.kind}"
        series = series_of(evidence, name)
        if series is None or len(series) <= 2 * _SPANS[0] or not np.isfinite(series[-1 - 2 * _SPANS[0]]):
            yield _verdict(said, statement, "cannot be checked", f"The bars do not give the direction of {called(name)}.", "slope")
        elif said.kind == "flattening":
            yield _flattening(evidence, said, name, series)
        else:
            yield _direction(evidence, said, name, series)


def _direction(
    evidence: Evidence, said: ReadStatement, name: str, series: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> Verdict:
    """Rising where it stands higher than five, ten or twenty sessions ago: a note does not say which it means."""
    sign = 1 if said.kind == "rising" else -1
    moves = {n: float(series[-1] - series[-1 - n]) for n in _SPANS if len(series) > n and np.isfinite(series[-1 - n])}
    agreeing = [n for n, move in moves.items() if sign * move > 0]
    n = max(agreeing, key=lambda n: sign * moves[n]) if agreeing else _SPANS[0]
    before, now = shown(evidence, name, float(series[-1 - n])), shown(evidence, name, float(series[-1]))
    verb = "rose" if moves[n] > 0 else "fell" if moves[n] < 0 else "stayed"
    says = f"{_the(name)} {verb} from {before} to {now} in {n} sessions."
    return _verdict(said, f"{called(name)} {said.kind}", "right" if agreeing else "wrong", says, "slope")


def _flattening(
    evidence: Evidence, said: ReadStatement, name: str, series: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> Verdict:
    """Flattening where it moved less in the last ten sessions than in the ten before, or is flat."""
    n = USUAL.slope_bars
    now, before = float(series[-1] - series[-1 - n]), float(series[-1 - n] - series[-1 - 2 * n])
    moved = "rose" if now > 0 else "fell"
    steeper = "more slowly than" if abs(now) < abs(before) else "faster than" if abs(now) > abs(before) else "as fast as"
    share = f" ({evidence.in_atr(now)}; flat is within {USUAL.flat_atr})" if evidence.knows_atr else ""
    before_words = f"{'rise' if before > 0 else 'fall'} of {evidence.points(before)}"
    lately = f"{_the(name)} {moved} {evidence.points(now)} in the last {n} sessions{share}"
    says = f"{lately}, {steeper} the {before_words} in the {n} before."
    is_flat = evidence.knows_atr and abs(now) <= USUAL.flat_atr * evidence.atr
    return _verdict(said, f"{called(name)} flattening", "right" if is_flat or abs(now) < abs(before) else "wrong", says, "slope")


def _the(name: str) -> str:
    words = called(name)
    return words if words.startswith(("RSI", "ATR", "MACD")) else f"The {words}"


def _structure(evidence: Evidence, said: ReadStatement) -> Verdict:
    """The latest confirmed swings and what came after them, or the larger ones; since a day, every swing after it."""
    facts = [evidence.facts[name] for name in _STRUCTURES if name in evidence.facts]
    if not facts:
        return _verdict(said, said.kind, "cannot be checked", "The bars hold too few confirmed swings.", "structure")
    wanted = _wanted(evidence, said)
    is_true = any(wanted in str(fact.value) for fact in facts)
    if said.kind.startswith("no "):
        is_true = any(wanted not in str(fact.value) for fact in facts)
    if not is_true and said.since is not None:
        is_true = _since(evidence, said)
    says = f"The swings made {facts[0].value}: {_told(evidence)}."
    return _verdict(said, said.kind, "right" if is_true else "wrong", says, "structure")


def _wanted(evidence: Evidence, said: ReadStatement) -> str:
    """The words of the statement; of 'higher highs and lower lows' both halves, whichever of them was read."""
    words = " ".join(evidence.note.text.plain[said.span.start : said.span.end + 24].lower().split())
    mixed = next((m for m in ("higher highs and lower lows", "lower highs and higher lows") if words.startswith(m)), None)
    return mixed or said.kind.removeprefix("no ")


def _since(evidence: Evidence, said: ReadStatement) -> bool:
    """Whether every swing since the day that the note names steps the way it says."""
    steps = []
    for kind in ("high", "low"):
        heights = [s.height for s in evidence.swings if s.kind == kind and said.since is not None and s.happened_on >= said.since]
        sign = 1 if f"higher {kind}s" in said.kind else -1 if f"lower {kind}s" in said.kind else 0
        if sign:
            steps.append(len(heights) > 1 and all(sign * (b - a) > 0 for a, b in pairwise(heights)))
    return bool(steps) and all(steps)


def _told(evidence: Evidence) -> str:
    parts = []
    for kind in ("high", "low"):
        last = [s for s in evidence.swings if s.kind == kind][-2:]
        later = evidence.facts.get("structure.higher_high" if kind == "high" else "structure.lower_low")
        prices = [f"{evidence.price(s.price)} on {s.happened_on}" for s in last]
        if later is not None:
            prices.append(f"{evidence.price(float(later.value))} on {later.date}")
        parts.append(f"{kind}s {', then '.join(prices)}")
    return "; ".join(parts)


def _engulfing(evidence: Evidence, said: ReadStatement) -> Verdict:
    """One bar whose body holds that of the bar before it, or two whose joint range does; within the last five bars.

    The price that must hold is the extreme of the engulfing bars, or of those and the one they engulf.
    """
    found = list(_engulfings(evidence, up=said.kind.endswith("up")))
    word = "low" if said.kind.endswith("up") else "high"
    if not found:
        way = "rising" if word == "low" else "falling"
        says = f"In the last {CANDLES_BACK} bars to {evidence.day} no {way} bar or pair of bars engulfs the one before it."
        return _verdict(said, said.kind, "wrong", says, "candles")
    price = said.numbers[0] if said.numbers else None
    fitting = next((c for c in found if price is None or any(_is_at(evidence, price, edge) for edge in c.edges)), None)
    candles = fitting or found[0]
    one = candles.first == candles.row
    days = f"bar of {evidence.date(candles.row)} engulfs"
    if not one:
        days = f"bars of {evidence.date(candles.first)} and {evidence.date(candles.row)} engulf"
    edge = next((e for e in candles.edges if price is not None and _is_at(evidence, price, e)), candles.edges[0])
    says = f"The {days} the one before; {'its' if one else 'their'} {word} is {evidence.price(edge)}"
    instead = "" if fitting else f", not {price:,.10g}"
    return _verdict(said, said.kind, "right" if fitting else "wrong", f"{says}{instead}.", "candles")


@dataclass(frozen=True, slots=True)
class _Candles:
    """Engulfing bars from row `first` to `row`; edges: their extreme, and that with the bar they engulf."""

    first: int
    row: int
    edges: tuple[float, float]


def _engulfings(evidence: Evidence, *, up: bool) -> Iterator[_Candles]:
    bars = evidence.bars
    sign = 1 if up else -1
    step = sign * (bars.close - bars.open)
    edge = np.minimum if up else np.maximum
    side = bars.low if up else bars.high
    for row in range(len(bars) - 1, max(2, len(bars) - 1 - CANDLES_BACK), -1):
        for first in (row - 1, row):
            before = first - 1
            if (step[first : row + 1] > 0).all() and step[before] < 0 and _holds_before(evidence, first, row):
                own = float(edge.reduce(side[first : row + 1]))
                yield _Candles(first, row, (own, float(edge(own, side[before]))))


def _holds_before(evidence: Evidence, first: int, row: int) -> bool:
    bars, before = evidence.bars, first - 1
    if first == row:
        ends = sorted((float(bars.open[row]), float(bars.close[row])))
        held = sorted((float(bars.open[before]), float(bars.close[before])))
        return ends[0] <= held[0] and held[1] <= ends[1]
    low, high = bars.low[first : row + 1].min(), bars.high[first : row + 1].max()
    return bool(low <= bars.low[before] and bars.high[before] <= high)


def _is_at(evidence: Evidence, price: float, edge: float) -> bool:
    return abs(price - edge) <= last_digit(price) + feed_difference(edge, evidence.atr)


def _line(evidence: Evidence, said: ReadStatement) -> Verdict:
    """A trendline since a day: from that stretch's extreme through the bar that leaves none beyond it; a channel is not said."""
    up = evidence.last >= float(evidence.bars.close[max(0, len(evidence.bars) - 1 - 20)])
    words = evidence.note.text.plain[said.span.start : said.span.end + 40].split("\n")[0]
    day = said.since or since(words, evidence.day)
    if "channel" in said.kind or said.kind.endswith("broken") or day is None or not evidence.bars.first <= day < evidence.day:
        says = "A drawn line is known by two of its points, which the note does not give."
        return _verdict(said, said.kind, "cannot be checked", says, "line")
    return _drawn(evidence, said, evidence.rows_since(day), up)


def _drawn(evidence: Evidence, said: ReadStatement, rows: slice, up: bool) -> Verdict:
    shape = shape_of(evidence.bars)
    prices = shape.low[rows] if up else -shape.high[rows]
    start = int(np.argmin(prices))
    later = np.arange(start + 1, len(prices))
    if len(later) < 10:
        low = evidence.price(abs(float(prices[start])))
        says = f"The {'low' if up else 'high'} {low} of {evidence.date(rows.start + start)} is too recent for a line."
        return _verdict(said, said.kind, "cannot be checked", says, "line")
    slopes = (prices[later] - prices[start]) / (later - start)
    touch = int(later[int(np.argmin(slopes))])
    now = abs(float(prices[start] + slopes.min() * (len(prices) - 1 - start)))
    ends = " through ".join(f"{evidence.price(abs(float(prices[i])))} of {evidence.date(rows.start + i)}" for i in (start, touch))
    says = f"The line from {ends} has not been broken and stood at {evidence.price(now)} on {evidence.day}."
    return _verdict(said, said.kind, "right", says, "line")
