"""Levels of volume: where most and least was traded in the last year, and what was paid on average since a well-known day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.kernels.profile import Profile, nodes, point_of_control, profile, value_area, vwap_sums
from levelhead.reading.finer import Finer, finer_of
from levelhead.reading.level_source import Source, Weighed, in_a_name, number_in_a_name, told
from levelhead.reading.rounding import nice_step_from
from levelhead.reading.settings import TOGETHER, YEAR

PROFILE_BARS: Mapping[str, int] = {"1d": YEAR, "1w": 52}
OF_OTHER_BARS = YEAR
ROW_SHARE = 0.25
"""A row of the profile is the smallest nice step that is no smaller than a quarter of the bars' mean range."""
NODE_REACH = 4
"""Rows on either side that a node stands out from: about the range of a bar."""
POC_WEIGHT, VALUE_WEIGHT, HIGH_NODE_WEIGHT, LOW_NODE_WEIGHT = 0.4, 0.3, 0.25, 0.15
VWAP_WEIGHTS = {"swing": 0.4, "year": 0.3}


class Anchor(NamedTuple):
    """A bar from which an average price is taken: which one it is, in a word and for a person."""

    row: int
    which: str
    called: str


class YearByPrice(NamedTuple):
    """The profile of a year, with its point of control and the first and last row of its value area."""

    rows: Profile
    control: int
    value: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Traded:
    """The bars in the last contract's prices and running sums of their volume, from 0, shape (n + 1,); found once.

    money: of typical price times volume. unknown: of bars whose volume is not known. finer: the shorter bars of the same days.
    """

    high: FloatArray
    low: FloatArray
    volume: FloatArray
    money: FloatArray
    total: FloatArray
    unknown: FloatArray
    finer: Finer | None = None
    _last: dict[tuple[str, int], YearByPrice | None] = field(default_factory=dict)

    def is_known(self, first: int, last: int) -> bool:
        """Whether the volume of all bars of these rows is known, and there was some."""
        known = self.unknown[last + 1] == self.unknown[first]
        return bool(known and self.total[last + 1] > self.total[first])

    def finer_over(self, first: int, last: int) -> Finer | None:
        """The shorter bars where they cover these rows; then everything of volume is worked out from them alone."""
        return self.finer if self.finer is not None and self.finer.covers(first, last) else None

    def paid(self, first: int, last: int) -> tuple[float, float] | None:
        """What was paid from row `first` to `last`, and for how much; None where it is not known."""
        finer = self.finer_over(first, last)
        if finer is not None:
            rows = finer.rows(first, last)
            return float(finer.money[rows.stop] - finer.money[rows.start]), float(finer.total[rows.stop] - finer.total[rows.start])
        if not self.is_known(first, last):
            return None
        return float(self.money[last + 1] - self.money[first]), float(self.total[last + 1] - self.total[first])


def traded_of(shape: Bars, finer: Bars | None = None) -> Traded:
    """The sums of bars that are in one contract's prices; finer: shorter bars of their days."""
    money, total = vwap_sums(shape.high, shape.low, shape.close, shape.volume)
    unknown = np.zeros(len(shape) + 1)
    np.cumsum(np.isnan(shape.volume), out=unknown[1:])
    return Traded(
        high=shape.high,
        low=shape.low,
        volume=shape.volume,
        money=money,
        total=total,
        unknown=unknown,
        finer=finer_of(shape, finer),
    )


def profile_rows(timeframe: str, row: int) -> tuple[int, int] | None:
    """First and last row of the profile of the day of `row`; None where there are too few."""
    bars = PROFILE_BARS.get(timeframe, OF_OTHER_BARS)
    return None if row + 1 < bars else (row + 1 - bars, row)


def profile_at(traded: Traded, timeframe: str, row: int) -> YearByPrice | None:
    """The profile of the year up to `row`; None where it is too short or a bar's volume is not known."""
    asked = (timeframe, row)
    if asked not in traded._last:  # the profile of one day is asked for by its levels and by the facts of each
        if len(traded._last) >= TOGETHER:
            del traded._last[next(iter(traded._last))]
        traded._last[asked] = _profile_at(traded, timeframe, row)
    return traded._last[asked]


def _profile_at(traded: Traded, timeframe: str, row: int) -> YearByPrice | None:
    rows = profile_rows(timeframe, row)
    if rows is None:
        return None
    finer = traded.finer_over(*rows)
    if finer is None and not traded.is_known(*rows):
        return None
    part = slice(rows[0], rows[1] + 1)
    high, low = traded.high[part], traded.low[part]
    spread = float(np.add.reduce(high - low)) / len(high)  # its mean, by a shorter way
    if not spread > 0:
        return None
    step, volume = nice_step_from(ROW_SHARE * spread), traded.volume
    if finer is not None:
        high, low, volume, part = finer.high, finer.low, finer.volume, finer.rows(*rows)
        high, low = high[part], low[part]
    found = profile(high, low, volume[part], step)
    control = point_of_control(found.volume)
    return YearByPrice(found, control, value_area(found.volume, control=control))


def profile_levels(year: YearByPrice | None) -> list[Weighed]:
    """Point of control, value area, and the nodes of high and low volume."""
    if year is None:
        return []
    found, control, (low, high) = year
    thick, thin = nodes(found.volume, NODE_REACH)
    return [
        Weighed(found.middle(control), POC_WEIGHT, _CONTROL),
        Weighed((found.first + high + 1) * found.step, VALUE_WEIGHT, _VALUE_HIGH),
        Weighed((found.first + low) * found.step, VALUE_WEIGHT, _VALUE_LOW),
        *[_node(found.middle(row), "high_node", "heavy volume node (HVN)", HIGH_NODE_WEIGHT) for row in thick if row != control],
        *[_node(found.middle(row), "low_node", "thin volume node (LVN)", LOW_NODE_WEIGHT) for row in thin],
    ]


def _source(name: str, label: str) -> Source:
    return Source(kind="profile", name=f"profile.{name}", key=f"profile_{name}", label=label, is_brief=True)


_CONTROL = _source("poc", "volume point of control")
_VALUE_HIGH = _source("value_high", "upper edge of the value area")
_VALUE_LOW = _source("value_low", "lower edge of the value area")


@lru_cache(maxsize=1024)
def _node(price: float, name: str, label: str, weight: float) -> Weighed:
    """A node stands at the same price for weeks."""
    source = _source(f"{name}_{number_in_a_name(price)}", label)
    return Weighed(price, weight, source, told(price, source))


def vwap_levels(bars: Bars, traded: Traded, anchors: Sequence[Anchor]) -> list[Weighed]:
    """The average price since each anchor, weighed by volume; absent where a volume since is not known."""
    last = len(bars) - 1
    found = []
    for anchor in anchors:
        paid = None if anchor.row >= last else traded.paid(anchor.row, last)
        if paid is None:
            continue
        source = _vwap_source(bars.stamp(anchor.row), anchor.called)
        found.append(Weighed(paid[0] / paid[1], VWAP_WEIGHTS[anchor.which], source))
    return found


@lru_cache(maxsize=1024)
def _vwap_source(begins: dt.date, called: str) -> Source:
    name = f"vwap_{in_a_name(begins)}"
    label = f"average price by volume since {called}"
    return Source(kind="vwap", name=name, key=name, label=label, known_on=begins, is_brief=True)
