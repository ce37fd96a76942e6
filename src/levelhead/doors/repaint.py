"""The proof that a note of the past does not change when the future arrives."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.note import Note
from levelhead.doors.material import Material, gather
from levelhead.doors.shape import AS_THEY_ARE, Shape
from levelhead.wire.document import to_json

Writer = Callable[[Material], Note]
Peers = Mapping[str, Bars]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where two notes of one day part: the day, which future it was, the place in the JSON, and both values."""

    day: dt.date
    future: str
    place: str
    without: Any
    with_future: Any

    def __str__(self) -> str:
        return (
            f"the note of {self.day} changes with {self.future}: {self.place} is {self.without!r} on the bars up to that day, "
            f"{self.with_future!r} with bars after it."
        )


def days_of(bars: Bars, *, every: int, first: dt.date | None = None, last: dt.date | None = None) -> list[dt.date]:
    """Every `every`th date with bars from `first` to `last`, both included, counted back from the end."""
    dates = [d.item() for d in np.unique(bars.dates)]
    chosen = [d for d in dates if (first is None or d >= first) and (last is None or d <= last)]
    return chosen[::-1][::every][::-1]


def differences(
    day: dt.date, bars: Bars, peers: Peers, write: Writer, shape: Shape = AS_THEY_ARE, *, finer: Bars | None = None
) -> Iterator[Difference]:
    """Writes the note of `day` three times: on the bars up to it, on all bars, and on bars whose future is another one.

    peers, finer: shorter bars of the same days; their future is cut and changed likewise.

    Yields the first difference of each kind; nothing where all three are the same, byte for byte.
    """
    past = cut(bars, day)
    assert past is not None, f"{day} is one of the bars' dates"
    beneath = None if finer is None else cut(finer, day)
    alone = to_json(write(gather(past, _each(peers, day, cut), as_of=day, shape=shape, finer=beneath)))
    for words, change in (("the bars that followed", _unchanged), ("a future that never was", rewritten)):
        beneath = None if finer is None else change(finer, day)
        other = to_json(write(gather(change(bars, day), _each(peers, day, change), as_of=day, shape=shape, finer=beneath)))
        if other != alone:
            place, one, two = first_difference(json.loads(alone), json.loads(other))
            yield Difference(day=day, future=words, place=place, without=one, with_future=two)


def cut(bars: Bars, day: dt.date) -> Bars | None:
    """The bars up to `day` in arrays of their own, made without the door that is being tested; None where there are none."""
    keep = bars.dates <= np.datetime64(day)
    if not keep.any():
        return None
    columns = {name: getattr(bars, name)[keep].copy() for name in ("time", "open", "high", "low", "close", "volume", "row")}
    return replace(
        bars,
        **columns,
        days=None if bars.days is None else bars.days[keep].copy(),
        left_out=tuple(f for f in bars.left_out if f.date is None or f.date <= day),
        remarks=tuple(f for f in bars.remarks if f.date is None or f.date <= day),
    )


def rewritten(bars: Bars, day: dt.date) -> Bars:
    """The same bars up to `day`, and after it their mirror image around its close: what rose falls."""
    past = bars.dates <= np.datetime64(day)
    if not past.any() or past.all():
        return bars
    hinge = float(bars.close[past][-1])
    columns = (bars.open, bars.high, bars.low, bars.close)
    positive = hinge > 0 and all(bool((c > 0).all()) for c in columns)

    def mirrored(column: FloatArray) -> FloatArray:
        return np.where(past, column, hinge * hinge / column if positive else 2 * hinge - column)

    # The mirror turns a bar's high into its low.
    high = np.where(past, bars.high, mirrored(bars.low))
    low = np.where(past, bars.low, mirrored(bars.high))
    volume = np.where(past, bars.volume, 2 * bars.volume + 1)
    return replace(bars, open=mirrored(bars.open), high=high, low=low, close=mirrored(bars.close), volume=volume)


def first_difference(one: Any, two: Any, place: str = "$") -> tuple[str, Any, Any]:
    """The JSON path of the first value in which two documents differ, and both values there."""
    if isinstance(one, dict) and isinstance(two, dict):
        for key in sorted(one.keys() | two.keys()):
            if key not in one or key not in two:
                return f"{place}.{key}", one.get(key, "absent"), two.get(key, "absent")
            if one[key] != two[key]:
                return first_difference(one[key], two[key], f"{place}.{key}")
    if isinstance(one, list) and isinstance(two, list):
        for at, (left, right) in enumerate(zip(one, two, strict=False)):
            if left != right:
                return first_difference(left, right, f"{place}[{at}]")
        if len(one) != len(two):
            return f"{place}.length", len(one), len(two)
    return place, one, two


def _unchanged(bars: Bars, day: dt.date) -> Bars:
    return bars


def _each(peers: Peers, day: dt.date, change: Callable[[Bars, dt.date], Bars | None]) -> list[Bars]:
    return [changed for peer in peers.values() if (changed := change(peer, day)) is not None]
