"""A fact computed anew from the user's own bars."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from levelhead.domain.adjustment import back_adjusted
from levelhead.domain.bars import Bars
from levelhead.domain.fact import Window
from levelhead.domain.note import Note
from levelhead.domain.sessions import as_time
from levelhead.doors.shape import AS_THEY_ARE, Shape, shaped

AGREES = 1e-9
SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """What the bars give for a fact, in words, and whether it is what the note says."""

    text: str
    agrees: bool


def recomputed(note: Note, name: str, bars: Bars, peers: Mapping[str, Bars], shape: Shape = AS_THEY_ARE) -> Recomputed:
    """The value of the fact computed anew from `bars`, and those of its bars, by date, that the note does not carry itself.

    The bars are cut at the note's day, shaped as the note's were, and given its provisional last price where it has one. Raises
    BadBars where they are not the note's, BadNote where the fact is a word.
    """
    from levelhead.reading.recompute import recompute

    seen = _as_seen(note, bars, shape)
    cut = {symbol: shaped(peer.until(note.as_of), shape) for symbol, peer in peers.items() if peer.first <= note.as_of}
    value, held = recompute(name, note.facts, seen, cut), note.facts[name].value
    same = isinstance(held, int | float) and math.isclose(value, held, rel_tol=AGREES, abs_tol=1e-12)
    lines = []
    for window in note.facts[name].windows:
        if window.first < note.series.dates[0]:
            lines += _by_date(window, seen if window.peer is None else cut[window.peer])
    known = f"{held:.10g}" if isinstance(held, int | float) else held
    lines.append(f"From {seen.feed}: {value:.10g}, {'as the note has it' if same else f'NOT the {known} of the note'}.")
    return Recomputed(text="\n".join(lines), agrees=same)


def _as_seen(note: Note, bars: Bars, shape: Shape) -> Bars:
    """The bars as the note saw them: with its rolls, in its frame.

    Where their digest shows that they are no bars as traded, or that an older note did not say how it was adjusted, the frame
    in which it is the note's; else their own.
    """
    frames = (_with_last(note, shaped(moved, shape)) for moved in _frames(note, bars.until(note.as_of)))
    own = next(frames)
    return own if own.digest() == note.provenance.digest else next((f for f in frames if f.digest() == note.provenance.digest), own)


def _frames(note: Note, bars: Bars) -> Iterator[Bars]:
    """The bars with the note's rolls, adjusted as it says; then as they are given, and where it does not say by either way."""
    made = note.provenance
    if not made.rolls or bars.rolls:
        yield bars
        return
    traded = replace(bars, rolls=made.rolls, frame="as traded")
    yield back_adjusted(traded, made.adjustment)
    yield bars
    if made.frame == "back-adjusted" and made.adjustment == "none":
        yield back_adjusted(traded, "ratio")
        yield back_adjusted(traded, "difference")


def _with_last(note: Note, seen: Bars) -> Bars:
    last = note.provenance.provisional
    if last is None:
        return seen
    return seen.with_last(last.price, at=last.at, high=note.series.high[-1], low=note.series.low[-1])


def _written(bars: Bars, row: int) -> str:
    stamp = bars.stamp(row)
    return f"{stamp:%Y-%m-%d %H:%M} UTC" if isinstance(stamp, dt.datetime) else f"{stamp}"


def _by_date(window: Window, bars: Bars) -> list[str]:
    rows = np.flatnonzero((bars.time >= as_time(window.first)) & (bars.time <= as_time(window.last)))
    values = getattr(bars, window.column)[rows]
    lines = [f"  {_written(bars, int(row))}  {value:,.10g}" for row, value in zip(rows, values, strict=True)]
    if len(lines) > SHOWN:
        half = SHOWN // 2
        lines = [*lines[:half], f"  ... {len(lines) - SHOWN} more ...", *lines[-half:]]
    return [f"{window.count} {window.column}s of {bars.instrument.symbol}:", *lines]
