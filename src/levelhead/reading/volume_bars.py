"""Which bars the levels of volume are worked out from, where shorter ones are given: told of each, and what they do not reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact
from levelhead.domain.level import Zone
from levelhead.domain.sessions import as_time
from levelhead.reading.facts import word
from levelhead.reading.finer import ENOUGH, Finer
from levelhead.reading.level_volume import Traded, profile_rows

DAILY = "daily bars"
SPREAD = ", approximated: each bar's volume is spread evenly over its range"


class _Span(NamedTuple):
    """Something of volume: its name, what it is called, and the first and last row that it is worked out from."""

    name: str
    called: str
    rows: tuple[int, int]


def bars_of_volume(bars: Bars, traded: Traded, zones: Sequence[Zone]) -> dict[str, Fact]:
    """profile.bars and vwap_<date>.bars for what stands on the ladder: '5-minute bars' or 'daily bars'."""
    finer = traded.finer
    if finer is None:
        return {}
    rule = f"{finer.called} bars where they show at least {ENOUGH:g} of the sessions whole, else daily bars."
    return {
        f"{span.name}.bars": word(
            f"{finer.called} bars" if finer.covers(*span.rows) else DAILY, f"what the {span.called} is worked out from", rule
        )
        for span in _spans(bars, zones)
    }


def not_finer(bars: Bars, traded: Traded, zones: Sequence[Zone]) -> Iterator[str]:
    """What is not worked out from the shorter bars that were given, and how far they reach."""
    if traded.finer is None:
        return
    year = _year(bars)
    spans = [*([] if year is None else [year]), *(span for span in _spans(bars, zones) if span.name != "profile")]
    for _, called, rows in spans:
        if not traded.finer.covers(*rows):
            shown, there_are = traded.finer.sessions(*rows)
            instead = f"approximated from {DAILY}" if traded.is_known(*rows) else "left out, for daily volume is missing"
            yield f"The {called} is {instead}: of its {there_are} sessions the {traded.finer.called} bars show {shown} whole."


def worked_out(bars: Bars, finer: Finer | None, first: int, last: int) -> str:
    """How volume by price of these rows is worked out: from shorter bars, or by an even spread of each bar's volume."""
    spread = "" if bars.days is not None else SPREAD
    if finer is None:
        return spread
    return from_finer(finer, first, last) if finer.covers(first, last) else f"{spread}{from_finer(finer, first, last)}"


def from_finer(finer: Finer, first: int, last: int) -> str:
    """', from 5-minute bars', or how many of the sessions they show where those are not all."""
    shown, there_are = finer.sessions(first, last)
    if not finer.covers(first, last):
        return f"; {finer.called} bars show {shown} of these {there_are} whole"
    return f", from {finer.called} bars" + ("" if shown == there_are else f" of {shown} of these {there_are}")


def _year(bars: Bars) -> _Span | None:
    rows = profile_rows(bars.timeframe, len(bars) - 1)
    return None if rows is None else _Span("profile", "volume profile", rows)


def _spans(bars: Bars, zones: Sequence[Zone]) -> Iterator[_Span]:
    """What of volume stands on the ladder."""
    levels = {level.source: level for zone in zones for level in zone.levels if level.kind in ("profile", "vwap")}
    year = _year(bars)
    if year is not None and any(level.kind == "profile" for level in levels.values()):
        yield year
    for name, level in levels.items():
        if level.kind == "vwap":
            assert level.known_on is not None
            yield _Span(name, level.label, (int(bars.time.searchsorted(as_time(level.known_on))), len(bars) - 1))
