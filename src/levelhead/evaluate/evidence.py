"""The evidence of an instrument's own past for each kind of statement a note makes, as a dated value."""

from __future__ import annotations

from dataclasses import replace

from levelhead.domain.bars import Bars
from levelhead.domain.evidence import Evidence
from levelhead.domain.sessions import SessionTable
from levelhead.evaluate.event_evidence import DRAWS_A_TEST, closed_bars, event_evidence
from levelhead.evaluate.ladders import ladders_of
from levelhead.evaluate.level_evidence import AHEAD, level_evidence
from levelhead.reading.settings import Settings
from levelhead.reading.whole import Whole, whole_of

USUAL = Settings()
FINE = 100  # draws for each test, where a second of work is no matter


def evidence_of(bars: Bars, *, settings: Settings = USUAL, sessions: SessionTable | None = None) -> Evidence:
    """Events and levels, with their intervals: some seconds for twenty years. sessions: as `reading.read` takes it."""
    known = closed(bars)
    made = of_events(whole_of(known, settings), draws_a_test=FINE, intervals=True)
    levels, draws = level_evidence(ladders_of(known, settings, ahead=AHEAD, sessions=sessions), seed=seed_of(known.digest()))
    tests = sum(each.p is not None for each in levels)
    return replace(made, draws={**made.draws, "level": draws}, tests={**made.tests, "level": tests}, tried=(*made.tried, *levels))


def of_events(whole: Whole, *, draws_a_test: int = DRAWS_A_TEST, intervals: bool = False) -> Evidence:
    """Of events alone: what a note can afford to work out for itself."""
    bars = closed(whole.bars)
    tried, draws = event_evidence(whole, seed=seed_of(bars.digest()), draws_a_test=draws_a_test, intervals=intervals)
    return Evidence(
        symbol=bars.instrument.symbol,
        timeframe=bars.timeframe,
        first=bars.first,
        last=bars.as_of,
        bars=len(bars),
        digest=bars.digest(),
        draws={"event": draws},
        tests={"event": sum(each.p is not None for each in tried)},
        tried=tried,
    )


def closed(bars: Bars) -> Bars:
    """The bars that have closed: without a provisional last one."""
    if bars.provisional is None or len(bars) == 1:
        return bars
    rows = slice(0, closed_bars(bars))
    columns = {name: getattr(bars, name)[rows] for name in ("time", "open", "high", "low", "close", "volume", "row")}
    return replace(bars, **columns, days=None if bars.days is None else bars.days[rows], provisional=None)


def seed_of(digest: str) -> int:
    """A seed from the bars' own digest: the same bars, the same draws."""
    return int(digest.removeprefix("sha256:")[:15], 16)
