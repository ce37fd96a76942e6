"""Named highs and lows against the bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from levelhead.review.allowance import TREND_ATR, feed_difference, holds, rounding
from levelhead.review.evidence import Evidence, printed
from levelhead.review.extremes import Extreme, Side, extremes_named
from levelhead.review.named_days import named_days
from levelhead.review.said import Money, ReadLevel, ReadStatement
from levelhead.review.text import Span
from levelhead.review.verdict import Verdict

_SIDE = re.compile(
    r"\b(?:swing |recent |previous |prior )?(?:(?P<high>highs?|peaks?|tops?)|(?P<low>lows?|bottoms?|troughs?))\b", re.I
)
_OTHER = re.compile(r"(?:higher|lower|all[- ]time|record|52[- ]week|fresh|new)[\s-]$", re.I)
_ABOUT = re.compile(r"(?:\b(?:near|around|about|roughly|almost|nearly)\s|[~≈]\s?)[$€£]?\d", re.I)
_PLURAL_ATR = 0.25  # 'the October highs' are several: the zone need not hold the topmost
_JOINS = frozenset({"of", "the", "a", "at", "in", "on"})
_CLAUSE = re.compile(r"[|;,]| and | or ")
_HEAD, _TAIL = 40, 64  # characters beside the word in which the days it means are named


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A high or low as the note has it: the word, what stands before and after it in its line, and its price."""

    side: Side
    head: str
    word: str
    tail: str
    money: Money
    span: Span

    @property
    def called(self) -> str:
        """The few words before and with it: 'March–April lows'."""
        clause = _CLAUSE.split(self.head)[-1]
        words = [word for word in re.sub(r"[\d.$€£~:()+−*]+", " ", clause).split() if word.lower() not in _JOINS][-2:]
        return " ".join([*words, self.word]).strip("-–—• ")


def extreme_verdicts(evidence: Evidence) -> Iterator[Verdict]:
    """Statements 'high' and 'low', and the highs and lows in the labels of levels, each once."""
    found = [*_of_statements(evidence), *_of_levels(evidence)]
    seen: set[tuple[str, Money]] = set()
    for named in found:
        days = named_days(evidence.bars, named.head, named.word, named.tail)
        if days is None or not evidence.is_of_scale(named.money.middle):
            continue
        candidates = extremes_named(evidence, named.side, days)
        if candidates and (candidates[0].called, named.money) not in seen:
            seen.add((candidates[0].called, named.money))
            yield _verdict(evidence, named, candidates)


def _of_statements(evidence: Evidence) -> Iterator[_Named]:
    for said in evidence.note.statements:
        if said.kind not in ("high", "low") or not said.numbers:
            continue
        line = _line(evidence.note.text.plain, said)
        side: Side = "high" if said.kind == "high" else "low"
        about = bool(_ABOUT.search(line[1] + line[2]))
        money = Money(low=min(said.numbers[:2]), high=max(said.numbers[:2]), approximate=about)
        yield _Named(side=side, head=line[0], word=line[1], tail=line[2], money=money, span=said.span)


def _line(plain: str, said: ReadStatement) -> tuple[str, str, str]:
    """What stands before the word 'high' or 'low' of a span, the word itself, and what stands after it, within its line."""
    start, end = said.span.start, said.span.end
    head, words = plain[max(0, start - _HEAD) : start].rpartition("\n")[2], plain[start:end]
    tail = plain[end : end + _TAIL].partition("\n")[0]
    found = _SIDE.search(words)
    if found is None:
        return head, words, tail
    return head + words[: found.start()], found.group(), words[found.end() :] + tail


def _of_levels(evidence: Evidence) -> Iterator[_Named]:
    """Every high and low in the label of a level; the all-time and 52-week ones are checked as values."""
    for level in evidence.note.levels:
        if level.kind == "extreme" and level.name not in ("all_time_high", "all_time_low", "high_52w", "low_52w"):
            yield from _in_words(level, level.label)
        yield from _in_words(level, _explanation(evidence, level))


def _explanation(evidence: Evidence, level: ReadLevel) -> str:
    """The line under one that holds the level's price alone: '2,650–2,700:' over 'This area represents recent highs'."""
    plain = evidence.note.text.plain
    price = plain[level.span.start : level.span.end].strip()
    if not price or not any(digit.isdigit() for digit in price):
        return ""
    lines = plain.split("\n")
    at = next((i for i, line in enumerate(lines) if line.strip().rstrip(":") == price), None)
    return "" if at is None else next((line.strip() for line in lines[at + 1 : at + 3] if line.strip()), "")


def _in_words(level: ReadLevel, words: str) -> Iterator[_Named]:
    for found in _SIDE.finditer(words):
        head = words[max(0, found.start() - _HEAD) : found.start()]
        if _OTHER.search(head):
            continue
        tail = words[found.end() : found.end() + _TAIL]
        side: Side = "high" if found["high"] else "low"
        yield _Named(side=side, head=head, word=found.group(), tail=tail, money=level.price, span=level.span)


def _verdict(evidence: Evidence, named: _Named, candidates: Sequence[Extreme]) -> Verdict:
    money = named.money
    is_several = named.word.lower().endswith("s")
    drawn = evidence.near(_PLURAL_ATR if is_several else TREND_ATR)
    reach = rounding(money) + max(feed_difference(money.middle, evidence.atr), drawn)
    fitting = min((e for e in candidates if holds(money, e.price, reach)), key=lambda e: _outside(e, money), default=None)
    best = fitting or _telling(candidates, money)
    nearest = "nearest " if fitting is None and best.called.startswith("swing") else ""
    found = f"The {nearest}{best.called} was {evidence.price(best.price)} on {evidence.date(best.row)}"
    if fitting is None:
        where = "above" if best.price > money.high else "below"
        found = f"{found}, {evidence.points(_outside(best, money))} {where} {printed(money)}"
    return Verdict(
        statement=f"{named.called} {printed(money)}",
        verdict="wrong" if fitting is None else "right",
        bars_say=f"{found}.",
        span=named.span,
        rule=f"named {named.side}",
    )


def _outside(extreme: Extreme, money: Money) -> float:
    return max(0.0, extreme.price - money.high, money.low - extreme.price)


def _telling(candidates: Sequence[Extreme], money: Money) -> Extreme:
    """Of swings the nearest in price, else the first meaning."""
    if candidates[0].called.startswith("swing"):
        return min(candidates, key=lambda e: _outside(e, money))
    return candidates[0]
