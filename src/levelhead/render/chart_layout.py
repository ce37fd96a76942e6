"""Where things stand on a chart: the three sizes it is drawn in, and its scales from prices and bars to points of the page.

Points run right and up from the lower left corner; one point is one pixel of a PNG and one unit of an SVG.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from levelhead.domain.quoting import DECIMAL, Quoting
from levelhead.render import chart_words
from levelhead.render.chart_words import width_of
from levelhead.render.numbers import MONTHS, quoting_in, scale_words
from levelhead.wire.document import Document

LETTER = 0.6  # mean width of a letter of the drawing's typeface, in units of its size
FEWEST = 40  # slots of bars that are always there, so that ten bars do not become ten pillars


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A size of the drawing.

    text: size of its type; smallest: the least of it, in units of `text`. bars: how many it shows at most. left: least room for
    the price scale; gutter: least room for labels, right of the plot; top, bottom: room for title and source line. roles_beside:
    whether a zone's role stands beside its price or beneath it, and a value beside an average's name.
    """

    name: str
    width: float
    height: float
    text: float
    bars: int
    left: float
    gutter: float
    top: float
    bottom: float
    roles_beside: bool = True
    smallest: float = 0.8
    stands_alone: bool = False


def picture(width: float, height: float) -> Layout:
    """The PNG: everything scales with its size, since it is shrunk to fit a mail."""
    size = min(width / 80, height / 50)
    return Layout(
        name="picture",
        width=width,
        height=height,
        text=size,
        bars=180,
        left=4.2 * size,
        gutter=20.5 * size,
        top=7.2 * size,
        bottom=2.6 * size,
        stands_alone=True,
    )


PAGE = Layout(name="page", width=1080, height=620, text=14, bars=180, left=50, gutter=287, top=20, bottom=4)
PHONE = Layout(
    name="phone",
    width=350,
    height=500,
    text=13,
    bars=60,
    left=30,
    gutter=112,
    top=19,
    bottom=3,
    roles_beside=False,
    smallest=0.88,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """A rectangle and the values at its lower and upper edge."""

    left: float
    right: float
    low: float
    high: float
    at_low: float
    at_high: float

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.low + (value - self.at_low) / (self.at_high - self.at_low) * (self.high - self.low)

    def holds(self, value: float) -> bool:
        """Whether a value is within the pane."""
        return self.at_low <= value <= self.at_high


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one drawing shows: the last `count` bars, `ahead` sessions, and the scales.

    window: slots right of the last bar: the sessions ahead, or what the words that stand there need.
    """

    layout: Layout
    first: int
    count: int
    ahead: int
    window: int
    step: float
    prices: Pane
    rsi: Pane

    def x(self, bar: float) -> float:
        """The middle of a visible bar; 0 is the first shown, `count` - 1 the last, higher ones are to come."""
        return self.edge + (bar - self.count + 1) * self.step

    @property
    def edge(self) -> float:
        """The middle of the last bar."""
        return self.prices.right - (self.window + 0.5) * self.step


def view(document: Document, layout: Layout) -> View:
    """The part of the note's series that `layout` shows, and its scales."""
    series = document["series"]
    count = min(layout.bars, len(series["close"]))
    first = len(series["close"]) - count
    ahead = sessions_ahead(document)
    months = 1.7 * layout.text
    floor = layout.bottom + months
    room = layout.height - layout.top - floor
    rsi_high = floor + 0.2 * room
    low, high = _price_range(document, first)
    if document["series"].get("patterns"):  # their names stand beyond the bars
        low, high = low - 0.03 * (high - low), high + 0.03 * (high - low)
    bottom, top = rsi_high + 1.3 * layout.text, layout.height - layout.top
    left, right = _left(document, layout, low, high, top - bottom), layout.width - _gutter(document, layout)
    window = _window(document, layout, right - left, count, ahead)
    rsi = [v for v in (*series["rsi"][first:], *series["rsi_signal"][first:]) if v is not None]
    slots = max(count, FEWEST) + window
    return View(
        layout=layout,
        first=first,
        count=count,
        ahead=ahead,
        window=window,
        step=(right - left) / slots,
        prices=Pane(left=left, right=right, low=bottom, high=top, at_low=low, at_high=high),
        rsi=Pane(
            left=left,
            right=right,
            low=floor,
            high=rsi_high,
            at_low=min([22.0, *(v - 3 for v in rsi)]),
            at_high=max([78.0, *(v + 3 for v in rsi)]),
        ),
    )


def sessions_ahead(document: Document) -> int:
    """Sessions right of the last bar: the fan's, or the scenario table's."""
    fan, scenarios = document["series"]["fan"], document["scenarios"]
    of_fan = max((len(row) for row in fan["quantiles"].values()), default=0) if fan else 0
    return of_fan or (scenarios["sessions"] if scenarios else 0)


def scale(low: float, high: float, height: float, size: float, quoting: Quoting) -> list[float]:
    """The prices that a price axis of that height names."""
    return round_values(low, high, int(height / (3.2 * size)), quoting)


def _left(document: Document, layout: Layout, low: float, high: float, height: float) -> float:
    """Room for the widest price of the scale."""
    quoting = quoting_in(document)
    words = scale_words(scale(low, high, height, layout.text, quoting), house=document["house"], quoting=quoting)
    return max([layout.left, *(width_of(word, 0.9 * layout.text) + 0.6 * layout.text for word in words)])


def _gutter(document: Document, layout: Layout) -> float:
    """Room for the widest zone where roles stand beneath; else what the layout gives."""
    if layout.roles_beside:
        return layout.gutter
    zones = (width_of(chart_words.zone(level, document), 0.9 * layout.text, bold=True) for level in document["levels"])
    return min(max([layout.gutter, *(width + 1.4 * layout.text for width in zones)]), 0.46 * layout.width)


def _window(document: Document, layout: Layout, plot: float, count: int, ahead: int) -> int:
    size = 0.9 * layout.text
    names = [
        width_of(line, size, bold=True)
        for name in chart_words.known_averages(document)
        for line in chart_words.average(name, document, on_one_line=layout.roles_beside)
    ]
    needed = max([*names, *(width_of(word, size) for word in chart_words.between(document))], default=0.0) + 0.4 * size
    return max(ahead + 1, math.ceil(max(count, FEWEST) * needed / (plot - needed)))


def _price_range(document: Document, first: int) -> tuple[float, float]:
    """The bars' range, widened for what stands close enough to it; what is far off is not worth flattening the candles."""
    series, scenarios = document["series"], document["scenarios"]
    low, high = min(series["low"][first:]), max(series["high"][first:])
    if high <= low:
        slack = abs(high) * 0.005 or 0.5
        low, high = low - slack, high + slack
    ahead = [v for name in ("q10", "q90") for v in (series["fan"]["quantiles"].get(name, ()) if series["fan"] else ())]
    if scenarios:
        ahead += [scenarios["upper"], scenarios["lower"]]
    averages = [v for row in series["averages"].values() for v in row[first:] if v is not None]
    zones = [edge for level in document["levels"] for edge in (level["low"], level["high"])]
    for values, share in ((ahead, 0.6), (averages, 0.15), (zones, 0.1)):
        low, high = _widened(low, high, values, share)
    pad = 0.03 * (high - low)
    return low - pad, high + pad


def _widened(low: float, high: float, values: Iterable[float], share: float) -> tuple[float, float]:
    slack = share * (high - low)
    near = [v for v in values if low - slack <= v <= high + slack]
    return min([low, *near]), max([high, *near])


def round_values(low: float, high: float, at_most: int, quoting: Quoting = DECIMAL) -> list[float]:
    """Multiples of a nice step (1, 2, 2.5, 5 x 10^n) from `low` to `high`, at most `at_most` and one.

    Where prices are in thirty-seconds, a step of less than two points is one point, or a half, a quarter of one and so on.
    """
    least = (high - low) / max(1, at_most)
    power = 10.0 ** math.floor(math.log10(least))
    step = next(nice * power for nice in (1, 2, 2.5, 5, 10) if nice * power >= least * (1 - 1e-9))
    if quoting.parts and least <= 1:
        step = 2.0 ** math.ceil(math.log2(least) - 1e-9)
    return [n * step for n in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A month or year on the axis: slots from `start` up to but not including `end`, and what is written beneath."""

    start: int
    end: int
    text: str


def _days(dates: Sequence[dt.date], slot: float, size: float) -> list[Period]:
    """Days of intraday bars, each named where its slots have room for it or enough unnamed ones lie before."""
    named, free = [], math.inf
    for start, end, day in _grouped(dates, lambda moment: (moment.year, moment.month, moment.day)):
        free += (end - start) * slot
        fits = min(free, (end - start) * slot * 4) > 6 * LETTER * size
        named.append(Period(start=start, end=end, text=f"{day.day} {MONTHS[day.month - 1][:3]}" if fits else ""))
        free = 0.0 if fits else free
    return named


def periods(dates: Sequence[dt.date], slot: float, size: float) -> list[Period]:
    """Months of the given slots, each `slot` wide; years where months are too narrow for type of `size`.

    A name that does not fit its own slots is shortened, then left out; the year stands at the first month that has room for
    it and at every January.
    """
    if dates and isinstance(dates[0], dt.datetime):
        return _days(dates, slot, size)
    months = _grouped(dates, lambda day: (day.year, day.month))
    full = [end - start for start, end, _ in months[1:-1]] or [end - start for start, end, _ in months]
    if max(full, default=0) * slot < 3.4 * LETTER * size:
        return [
            Period(start=a, end=b, text=str(d.year) if (b - a) * slot > 1.1 * width_of("2025", size) else "")
            for a, b, d in _grouped(dates, lambda day: day.year)
        ]
    named, year_is_said = [], False
    for start, end, day in months:
        room = (end - start) * slot / size
        short, long = MONTHS[day.month - 1][:3], f"{MONTHS[day.month - 1][:3]} {day.year}"
        text = short if room > 3.2 * LETTER else ""
        if room > 8.2 * LETTER and (day.month == 1 or not year_is_said):
            text, year_is_said = long, True
        named.append(Period(start=start, end=end, text=text))
    return named


def _grouped(dates: Sequence[dt.date], key: Any) -> list[tuple[int, int, dt.date]]:
    groups = [list(group) for _, group in itertools.groupby(enumerate(dates), lambda pair: key(pair[1]))]
    return [(group[0][0], group[-1][0] + 1, group[0][1]) for group in groups]
