"""Which lines are told: at most three at a time, the ones worth most, kept to until they end or are clearly beaten.

Up to three trendlines and a channel hold at a time, and those that broke lately are still spoken of: more than a chart can carry.
A channel takes two of the three places, and a trendline that runs along one of its lines is that line. What is told at a row
depends on the bars up to it alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from levelhead.kernels.channel_lives import NEAR_SHARE
from levelhead.kernels.channels import Channel
from levelhead.kernels.line_lives import REPLACES
from levelhead.kernels.lines import FloatArray
from levelhead.kernels.trendlines import Trendline
from levelhead.reading.settings import YEAR

MOST, OF_A_CHANNEL = 3, 2
"""Lines told at a time, and how many of them a channel is."""
NEWS = 42
"""Bars for which a line or channel that broke is still told."""
HALVING = 21
"""Bars after which a break counts half as much."""
ALONG_ATR = 0.75
"""Lines whose gap is on average no wider are one line to the eye."""


class LinesAt(NamedTuple):
    """What is told at the close of a row: the trendlines that hold, by slot; one that broke; the channel, and whether it holds."""

    kept: tuple[Trendline, ...]
    broken: Trendline | None
    channel: tuple[Channel, bool] | None


NOTHING = LinesAt((), None, None)


def runs_along(line: Trendline, channel: Channel, width: float, atr: FloatArray) -> bool:
    """Whether a trendline is to the eye the line of the channel that lies `width` above its lower one."""
    known = max(line.known, channel.known)
    first, last = _both(line, channel, known)
    gaps = (line.at(row) - channel.lower_at(row) - width for row in (first, last))
    return first < last and _mean_gap(*gaps) <= max(ALONG_ATR * float(atr[known]), NEAR_SHARE * channel.width)


class Eye:
    """Which lines are one to the eye, as they stood when the later of them was drawn; asked at every turn, answered once."""

    __slots__ = ("_answers", "_atr")

    def __init__(self, atr: FloatArray) -> None:
        self._atr, self._answers = atr, dict[tuple[int, int], bool]()

    def is_one(self, line: Trendline, other: Trendline) -> bool:
        """Whether two trendlines are one; a support and a resistance never are."""
        if line.side != other.side:
            return False
        asked = (id(line), id(other)) if line.known > other.known else (id(other), id(line))
        if asked not in self._answers:
            self._answers[asked] = _is_one(line, other, self._atr)
        return self._answers[asked]

    def is_of(self, line: Trendline, channel: Channel) -> bool:
        """Whether a trendline is one with a line of the channel."""
        asked = (id(line), id(channel))
        if asked not in self._answers:
            self._answers[asked] = any(runs_along(line, channel, width, self._atr) for width in (0.0, channel.width))
        return self._answers[asked]


def _is_one(line: Trendline, other: Trendline, atr: FloatArray) -> bool:
    known = max(line.known, other.known)
    first, last = _both(line, other, known)
    gaps = (line.at(row) - other.at(row) for row in (first, last))
    return first < last and _mean_gap(*gaps) <= ALONG_ATR * float(atr[known])


def choice(told: LinesAt, row: int, held: Sequence[Trendline], channel: Channel | None, eye: Eye) -> LinesAt:
    """All that holds or broke lately, where it finds a place; else the set of lines that is worth most.

    told: until now. held, channel: what holds at the row.
    """
    broken = _lately_broken(told, row)
    if broken is not None and any(eye.is_one(broken, line) for line in held):
        broken = None
    if channel is None and told.channel is not None and _is_news(told.channel[0], row):
        channel = told.channel[0]
    lines = held if broken is None else [*held, broken]
    beside = all_beside(lines, channel, row, eye)
    return _best(told, row, lines, channel, eye) if beside is None else _as_told(beside, channel, row)


def all_beside(lines: Sequence[Trendline], channel: Channel | None, row: int, eye: Eye) -> Sequence[Trendline] | None:
    """The trendlines that the channel does not say, where all of them find a place beside it; else None."""
    beside = lines if channel is None else [line for line in lines if not _is_of(line, channel, row, eye)]
    finds_place = len(beside) <= (MOST if channel is None else MOST - OF_A_CHANNEL) and not _is_any_one(beside, eye)
    return beside if finds_place else None


def _best(told: LinesAt, row: int, lines: Sequence[Trendline], channel: Channel | None, eye: Eye) -> LinesAt:
    """The three trendlines that are worth most, or the channel and the one beside it that is."""
    ranked = _apart(sorted(((_worth_beside(line, told, row), line) for line in lines), key=_first, reverse=True), eye)
    alone = ranked[:MOST]
    if channel is not None:
        its_own = [each for each in ranked if _is_of(each[1], channel, row, eye)]
        beside = [each for each in ranked if each not in its_own][: MOST - OF_A_CHANNEL]
        worth = _worth(channel, row) * (REPLACES if told.channel is not None and told.channel[0] is channel else 1.0)
        if max(worth, _sum(its_own)) + _sum(beside) >= _sum(alone):
            return _as_told([line for _, line in beside], channel, row)
    return _as_told([line for _, line in alone], None, row)


def _as_told(lines: Iterable[Trendline], channel: Channel | None, row: int) -> LinesAt:
    kept = sorted((line for line in lines if holds(line, row)), key=lambda line: line.slot)
    broken = next((line for line in lines if not holds(line, row)), None)
    return LinesAt(tuple(kept), broken, None if channel is None else (channel, holds(channel, row)))


def holds(line: Trendline | Channel, row: int) -> bool:
    """Whether it has not ended at the close of a row."""
    return line.ended is None or line.ended > row


def _is_news(line: Trendline | Channel, row: int) -> bool:
    """Whether it broke in the last `NEWS` bars."""
    return line.ending.startswith("broken") and line.ended is not None and 0 <= row - line.ended < NEWS


def _lately_broken(told: LinesAt, row: int) -> Trendline | None:
    """Of the lines told until now that broke the one worth most."""
    seen = told.kept if told.broken is None else (*told.kept, told.broken)
    return max((line for line in seen if _is_news(line, row)), key=lambda line: _worth(line, row), default=None)


def _worth(line: Trendline | Channel, row: int) -> float:
    """Its score, half of it where its break is old."""
    return line.score(row) * (0.5 if line.ended is not None and row - line.ended >= HALVING else 1.0)


def _worth_beside(line: Trendline, told: LinesAt, row: int) -> float:
    """What is told already counts half as much again: another must be clearly better."""
    return _worth(line, row) * (REPLACES if line is told.broken or line in told.kept else 1.0)


def _is_any_one(lines: Sequence[Trendline], eye: Eye) -> bool:
    """Whether two of them are one to the eye."""
    return any(eye.is_one(line, other) for at, line in enumerate(lines) for other in lines[:at])


def _apart(ranked: Iterable[tuple[float, Trendline]], eye: Eye) -> list[tuple[float, Trendline]]:
    """Without the lines that are one to the eye with one worth more."""
    kept: list[tuple[float, Trendline]] = []
    for worth, line in ranked:
        if not any(eye.is_one(line, other) for _, other in kept):
            kept.append((worth, line))
    return kept


def _is_of(line: Trendline, channel: Channel, row: int, eye: Eye) -> bool:
    """Whether the channel's lines say what the line does. One that holds says more than a channel that broke."""
    if holds(line, row) and not holds(channel, row):
        return False
    return eye.is_of(line, channel)


def _both(line: Trendline, other: Trendline | Channel, known: int) -> tuple[int, int]:
    """The rows from which and to which both are drawn on a chart of a year that ends at `known`."""
    ended = min(line.ended or known, other.ended or known)
    return max(line.first, other.first, known - YEAR), min(known, ended)


def _mean_gap(first: float, last: float) -> float:
    """The mean distance of two straight lines between two rows, of their signed distances there."""
    wide, narrow = max(abs(first), abs(last)), min(abs(first), abs(last))
    return (wide**2 + narrow**2) / (2 * (wide + narrow)) if first * last < 0 else (wide + narrow) / 2


def _first(each: tuple[float, Trendline]) -> float:
    return each[0]


def _sum(ranked: Iterable[tuple[float, Trendline]]) -> float:
    return sum(worth for worth, _ in ranked)
