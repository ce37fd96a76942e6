"""What stands on the ladder, as facts: every source that no other topic has told, with the bars it was worked out from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Column, Fact, Stamp, Window, fact_of, window_of
from levelhead.domain.level import Level, Zone
from levelhead.domain.sessions import SessionTable, as_time
from levelhead.reading.facts import Findings, day
from levelhead.reading.gaps import edges_of as gap_edges
from levelhead.reading.level_geometry import major_turns
from levelhead.reading.level_lines import LevelLines
from levelhead.reading.level_periods import Rows, finished
from levelhead.reading.level_volume import profile_at, profile_rows
from levelhead.reading.periods import Part
from levelhead.reading.pivots import FORMULAS, demark_formula
from levelhead.reading.structure import as_quoted
from levelhead.reading.volume_bars import bars_of_volume, from_finer, not_finer, worked_out

HEADS = ("swing_", "prior_", "this_", "pivot_", "fibonacci", "gap_", "profile", "vwap_")
_EXTREMES: Mapping[str, str] = {"high": "highest(highs)", "low": "lowest(lows)", "close": "last(closes)", "open": "first(opens)"}
_LASTING = frozenset({"swing", "extreme", "anchor", "pivot", "fibonacci"})
_TOLD_ELSEWHERE = frozenset({"extreme", "anchor", "pivot"})
"""Kinds of which another topic may have told a source; the names of the others are the ladder's own."""
_OF_A_DAY = ("this_day.", "prior_day.", "pivot_day_")
"""What begins the names of levels that are others on the next day."""
_MOST = 1024
"""Levels of which what was said is kept: as many as stand on the ladders of some years."""
_LETTERS = {"h": "highest(highs)", "l": "lowest(lows)", "c": "last(closes)", "o": "first(opens)"}


def ladder_facts(
    bars: Bars,
    lines: LevelLines,
    zones: Sequence[Zone],
    told: Mapping[str, Fact],
    sessions: SessionTable | None,
) -> Findings:
    """Facts of the levels in the zones whose source is not told yet; a round number is its own fact and has none.

    swing_<high|low>_<date>; this_day, prior_quarter and other periods' .high, .low, .close, .open; pivot_<period>_<kind>.*;
    fibonacci.begin, .end, .retracement_*, .extension_*; gap_<date>.low, .high; profile.poc, .value_high, .value_low, .high_node_*,
    .low_node_*; vwap_<date>; where shorter bars are given profile.bars and vwap_<date>.bars.
    """
    facts = bars_of_volume(bars, lines.traded, zones)
    for zone in zones:
        for level in zone.levels:
            source, kind = level.source, level.kind
            if source in facts or kind not in _MAKERS or (kind in _TOLD_ELSEWHERE and told.get(source) is not None):
                continue
            kept = lines.told.get(id(level))
            if kept is None:
                kept = level, _MAKERS[kind](bars, lines, level, sessions)
                if kind in _LASTING and not source.endswith(".open") and not source.startswith(_OF_A_DAY):
                    if len(lines.told) >= _MOST:
                        lines.told.clear()
                    lines.told[id(level)] = kept
            facts.update(kept[1])
    return facts, tuple(not_finer(bars, lines.traded, zones))


def _swing(bars: Bars, lines: LevelLines, level: Level, sessions: SessionTable | None) -> dict[str, Fact]:
    swing = lines.swings.named(level.source)
    k = swing.known_index - swing.index
    quoted, window = as_quoted(bars, swing.kind, swing.index, swing.index - k, swing.known_index)
    meaning = f"swing {swing.kind}: no bar within {k} on either side passes it{quoted}"
    return {level.source: _price(level, meaning, _EXTREMES[swing.kind], (window,))}


def _of_period(bars: Bars, lines: LevelLines, level: Level, sessions: SessionTable | None) -> dict[str, Fact]:
    called, _, part = level.source.partition(".")
    period = called.split("_")[-1]
    side: Part = part  # type: ignore[assignment]
    rows = lines.calendar.this(period, len(bars) - 1) if side == "open" else finished(bars, lines.calendar, period, sessions)
    assert rows is not None
    return {level.source: _price(level, level.label, _EXTREMES[side], (_window(bars, side, rows),))}


def _pivot(bars: Bars, lines: LevelLines, level: Level, sessions: SessionTable | None) -> dict[str, Fact]:
    period, kind, place, meaning = _pivot_words(level.source, level.label)
    rows = finished(bars, lines.calendar, period, sessions)
    assert rows is not None
    middle = demark_formula(float(bars.open[rows.first]), float(bars.close[rows.last])) if kind == "demark" else None
    formula, used = _pivot_formula(kind, place, middle)
    opened = {"opened": float(bars.open[rows.last + 1])} if "opened" in formula else {}
    of_period = _windows(bars.stamp(rows.first), bars.stamp(rows.last), rows.last - rows.first + 1)
    return {level.source: _price(level, meaning, formula, tuple([of_period[at] for at in used]), opened)}


@lru_cache(maxsize=1024)
def _pivot_words(source: str, label: str) -> tuple[str, str, str, str]:
    """Period, kind and place of a pivot by its name, and what it is for a person."""
    prefix, _, place = source.partition(".")
    words = prefix.split("_")
    period, kind = words[1], words[-1]
    return period, kind, place, f"{label} ({kind}), from the {period} before"


@lru_cache(maxsize=64)
def _windows(first: Stamp, last: Stamp, count: int) -> tuple[Window, ...]:
    """The windows of a period that its pivots come from: the same for all of them."""
    columns: tuple[Column, ...] = ("high", "low", "close")
    return tuple(window_of(column, first, last, count) for column in columns)


@lru_cache(maxsize=256)
def _pivot_formula(kind: str, place: str, middle: str | None) -> tuple[str, tuple[int, ...]]:
    """Of the bars of the period, and which of its windows it uses; middle: DeMark's P, which depends on how the period closed."""
    formula = _written_out(FORMULAS[kind] if middle is None else {**FORMULAS[kind], "p": middle}, place)
    return formula, tuple(at for at, columns in enumerate(("highs", "lows", "closes")) if columns in formula)


def _written_out(formulas: Mapping[str, str], place: str) -> str:
    """A pivot's formula with its letters and the pivots it uses replaced by what they are of the bars."""
    used = {key: f"({_written_out(formulas, key)})" for key in formulas if f"{{{key}}}" in formulas[place]}
    return formulas[place].format(**_LETTERS, **used, now="opened")


def _fibonacci(bars: Bars, lines: LevelLines, level: Level, sessions: SessionTable | None) -> dict[str, Fact]:
    turns = lines.turns
    found = major_turns(turns, len(bars) - 1)
    assert found is not None
    ends = {}
    for name, at in zip(("begin", "end"), found, strict=True):
        row, known = int(turns.rows[at]), int(turns.known[at])
        side: Column = "high" if turns.sides[at] > 0 else "low"
        height = float(turns.heights[at])
        is_quoted = height == float(getattr(bars, side)[row])
        ends[f"fibonacci.{name}"] = fact_of(
            height,
            "price",
            f"{side} at which the last major leg {'began' if name == 'begin' else 'ended'}"
            + ("" if is_quoted else ", in the last contract's prices"),
            _EXTREMES[side] if is_quoted else "height",
            inputs={} if is_quoted else {"height": height},
            windows=(_window(bars, side, Rows(row, row, "")),) if is_quoted else (),
            date=day(bars, row),
            known_on=day(bars, known),
        )
    called, _, share = level.source.removeprefix("fibonacci.").rpartition("_")
    near, far = ("end", "begin") if called == "retracement" else ("begin", "end")
    formula = f"fibonacci.{near} + {int(share) / 1000:g} * (fibonacci.{far} - fibonacci.{near})"
    return {**ends, level.source: _price(level, level.label, formula)}


def _gap(bars: Bars, lines: LevelLines, level: Level, sessions: SessionTable | None) -> dict[str, Fact]:
    called = level.source.partition(".")[0]
    row, opened = len(bars) - 1, lines.gaps
    gaps = opened.gaps
    at = int(gaps.rows.searchsorted(_row_known(bars, level)))
    bottom, top = opened.left_of(at, row)
    return gap_edges(called, bars, at, opened, bottom, top, row)


def _profile(bars: Bars, lines: LevelLines, level: Level, sessions: SessionTable | None) -> dict[str, Fact]:
    row = len(bars) - 1
    year, rows = profile_at(lines.traded, bars.timeframe, row), profile_rows(bars.timeframe, row)
    assert year is not None
    assert rows is not None
    found, control, (low, high) = year
    name = level.source.removeprefix("profile.")
    if name == "poc":
        at = found.first + control
    elif name.startswith("value"):
        at = found.first + (high + 1 if name == "value_high" else low)
    else:
        at = round(level.price / found.step - 0.5)
    formula = "row * step" if name.startswith("value") else "(row + 0.5) * step"
    meaning = f"{level.label} of the last {rows[1] - rows[0] + 1} bars{worked_out(bars, lines.traded.finer, *rows)}"
    windows = _windows(bars.stamp(rows[0]), bars.stamp(rows[1]), rows[1] - rows[0] + 1)[:2]
    return {level.source: _price(level, meaning, formula, windows, {"row": float(at), "step": found.step})}


def _vwap(bars: Bars, lines: LevelLines, level: Level, sessions: SessionTable | None) -> dict[str, Fact]:
    row, at = len(bars) - 1, _row_known(bars, level)
    paid, finer = lines.traded.paid(at, row), lines.traded.finer
    assert paid is not None
    inputs = {"money": paid[0], "traded": paid[1]}
    windows = _windows(bars.stamp(at), bars.stamp(row), row - at + 1)
    how = "" if finer is None else from_finer(finer, at, row)
    meaning = f"{level.label}: each bar's (high + low + close) / 3 times its volume, over the volume{how}"
    return {level.source: _price(level, meaning, "money / traded", windows, inputs)}


def _row_known(bars: Bars, level: Level) -> int:
    assert level.known_on is not None
    if bars.days is None:
        return bars.count_until(level.known_on) - 1
    return int(bars.time.searchsorted(as_time(level.known_on)))


def _price(
    level: Level, meaning: str, formula: str, windows: tuple[Window, ...] = (), inputs: dict[str, float] | None = None
) -> Fact:
    return fact_of(level.price, "price", meaning, formula, inputs, windows, level.happened_on, level.known_on)


def _window(bars: Bars, column: Column, rows: Rows) -> Window:
    return window_of(column, bars.stamp(rows.first), bars.stamp(rows.last), rows.last - rows.first + 1)


Maker = Callable[[Bars, LevelLines, Level, SessionTable | None], dict[str, Fact]]
_MAKERS: Mapping[str, Maker] = {
    "swing": _swing,
    "extreme": _of_period,
    "anchor": _of_period,
    "pivot": _pivot,
    "fibonacci": _fibonacci,
    "gap": _gap,
    "profile": _profile,
    "vwap": _vwap,
}
