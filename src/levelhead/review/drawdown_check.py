"""'Down 19% since its high in December 2024': falls and rises in per cent against the bars."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from levelhead.review.allowance import allowed, holds
from levelhead.review.dates import month_number, since
from levelhead.review.evidence import Evidence
from levelhead.review.extremes import Extreme, Side, extreme_since, extremes_named
from levelhead.review.named_days import NAMED_MONTH, NamedDays, latest_month
from levelhead.review.said import Money, ReadStatement
from levelhead.review.verdict import Verdict

_ABOUT = re.compile(r"\b(?:about|around|nearly|almost|over|roughly|some|more than)\s(?:a\s)?\d", re.I)
_START = re.compile(r"\b(?:highs?|peaks?|tops?|records?|ATH|lows?|bottoms?|troughs?|since)\b", re.I)
_AFTER = 60  # characters after the per cent in which the high is named


def drawdown_verdicts(evidence: Evidence) -> Iterator[Verdict]:
    """One verdict for each fall and rise that a note measures in per cent."""
    for said in evidence.note.statements:
        if said.kind in ("drawdown", "gain") and said.numbers and _START.search(_behind(evidence, said)):
            yield _moved(evidence, said)


def _moved(evidence: Evidence, said: ReadStatement) -> Verdict:
    """Measured from that month's high or the highest since, where it names one; else from the highest of all."""
    side: Side = "high" if said.kind == "drawdown" else "low"
    share = Money(low=said.numbers[0], high=said.numbers[0], approximate=bool(_ABOUT.search(said.text)))
    name = "all-time high" if side == "high" else "lowest low of the bars"
    of_all = extreme_since(evidence, side, evidence.bars.first, name)
    candidates = _starts(evidence, said, side) or [of_all]
    allowance = allowed("drawdown_pct", share, evidence.atr)
    fitting = next((e for e in candidates if holds(share, _share(evidence, e), allowance)), None)
    told = [fitting] if fitting else list({e.row: e for e in (of_all, *candidates[:1])}.values())[::-1]
    way = "below" if side == "high" else "above"
    parts = [f"{_share(evidence, e):.1f}% {way} the {e.called} ({evidence.price(e.price)} on {evidence.date(e.row)})" for e in told]
    return Verdict(
        statement=f"{'down' if side == 'high' else 'up'} {said.numbers[0]:g}%",
        verdict="right" if fitting else "wrong",
        bars_say=f"At {evidence.price(evidence.last)} the price was {' and '.join(parts)}.",
        span=said.span,
        rule="drawdown" if side == "high" else "gain",
    )


def _share(evidence: Evidence, start: Extreme) -> float:
    return 100 * abs(1 - evidence.last / start.price)


def _starts(evidence: Evidence, said: ReadStatement, side: Side) -> list[Extreme]:
    """The extreme of the month named, then that of all days since it began; none where no day is named that the bars have."""
    words = _behind(evidence, said)
    day = said.since or since(words, evidence.day)
    if day is None or not evidence.bars.first <= day <= evidence.day:
        return []
    starts = [extreme_since(evidence, side, day, f"{side} since {day}")]
    month = _month(words, day)
    return starts if month is None else [*extremes_named(evidence, side, month), *starts]


def _behind(evidence: Evidence, said: ReadStatement) -> str:
    """The statement and the words after it, to the end of the sentence."""
    return re.split(r"\.(?!\d)|\n", evidence.note.text.plain[said.span.start : said.span.end + _AFTER])[0]


def _month(words: str, day: dt.date) -> NamedDays | None:
    found = NAMED_MONTH.search(words)
    if found is None or day.day != 1 or month_number(found["month"]) != day.month:
        return None
    return NamedDays(kind="days", days=(latest_month(day, day.month, day.year),))
