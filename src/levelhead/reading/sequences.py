"""Sequences of swings: since when highs and lows rise or fall, told by the larger swings, those by reversal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact, fact_of
from levelhead.kernels.reversals import REVERSAL_ATR, Reversals, Sequence, Zigzag, sequences
from levelhead.reading.facts import Findings, day, number
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.periods import since_words
from levelhead.reading.structure import extreme_fact
from levelhead.reading.turning import closed_zigzag

WORDS = {1: "higher highs and higher lows", -1: "lower highs and lower lows"}
_KINDS: dict[int, Literal["high", "low"]] = {1: "high", -1: "low"}
_MEANINGS = {kind: f"swing {kind} by reversal: the close has come back from it by {REVERSAL_ATR:g} ATR" for kind in _KINDS.values()}
_RULE = (
    f"Swings that the close has come back from by {REVERSAL_ATR:g} ATR: rising from the first higher high and higher low that are "
    "both confirmed until a bar passes the last such low or a lower high is confirmed, told from the low it began at; falling "
    "is its mirror; else none."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Runs:
    """The swings by reversal and the sequences they make, on the back-adjusted series."""

    turns: Reversals
    sequences: tuple[Sequence, ...]
    _told: list[tuple[int, dict[str, Fact]]] = field(default_factory=list, repr=False)

    def at(self, row: int) -> Sequence | None:
        """The sequence that stands at the close of `row`."""
        standing = (run for run in reversed(self.sequences) if run.known <= row and (run.ended is None or run.ended > row))
        return next(standing, None)

    def told(self, known: int, bars: Bars) -> dict[str, Fact]:
        """The last two highs and lows of the first `known` turns; bars: a beginning of the series.

        They are the same on every day until the next turn: what was told last is kept.
        """
        told = self._told[0] if self._told else None
        if told is None or told[0] != known:
            told = known, _latest(bars, self.turns, known)
            self._told[:] = [told]
        return told[1]


def runs_of(bars: Bars, zigzag: Zigzag | None = None) -> Runs:
    """All of the series. A provisional last bar has not closed: it confirms and ends nothing.

    zigzag: of the closed bars, where it is there already.
    """
    zigzag = zigzag or closed_zigzag(bars)
    turns = zigzag.turns(REVERSAL_ATR)
    return Runs(turns=turns, sequences=sequences(turns, zigzag.high, zigzag.low))


def sequence_facts(bars: Bars, runs: Runs) -> Findings:
    """structure.sequence ('higher highs and higher lows since April', or 'none'), .turns; reversal_high_1|2, reversal_low_1|2.

    Its date is the swing it began at, known_on the day on which it could be told. The reversal swings are confirmed by the close
    (2 ATR back), where swing_high_1 is confirmed by five bars; each carries both dates.
    """
    row = len(bars) - 1
    known = int(np.searchsorted(runs.turns.known, row, side="right"))
    facts = runs.told(known, bars)
    if known == 0:
        return facts, ("The sequence of the larger swings needs one that has turned by 2 ATR; there is none yet.",)
    return facts | _sequence(bars, runs.at(row), row), ()


def sequence_occurrences(runs: Runs) -> tuple[Occurrences, ...]:
    """'sequence.begun' with its direction (happened at its first swing), 'sequence.ended' against it."""
    begun = runs.sequences
    ended = [run for run in begun if run.ended is not None]
    return (
        occurrences(
            "sequence.begun",
            np.array([run.known for run in begun], dtype=np.int64),
            np.array([run.direction for run in begun], dtype=np.int8),
            np.array([run.began for run in begun], dtype=np.int64),
        ),
        occurrences(
            "sequence.ended",
            np.array([run.ended for run in ended], dtype=np.int64),
            np.array([-run.direction for run in ended], dtype=np.int8),
        ),
    )


def reversal_occurrences(runs: Runs) -> tuple[Occurrences, ...]:
    """'reversal.low', bullish, and 'reversal.high', bearish: those by reversal, known when the close had come back."""
    turns = runs.turns
    return tuple(
        occurrences(f"reversal.{_KINDS[side]}", turns.known[turns.sides == side], -side, turns.rows[turns.sides == side])
        for side in (-1, 1)
    )


def _latest(bars: Bars, turns: Reversals, known: int) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for side, kind in _KINDS.items():
        own = [at for at in range(known - 1, max(known - 5, -1), -1) if turns.sides[at] == side]
        facts |= {f"reversal_{kind}_{n}": _turn(bars, turns, at, kind) for n, at in enumerate(own[:2], 1)}
    return facts


def _sequence(bars: Bars, run: Sequence | None, row: int) -> dict[str, Fact]:
    meaning = "sequence of the larger swings that stands today; its date is the swing it began at"
    if run is None:
        return {"structure.sequence": fact_of(value="none", unit="word", meaning=meaning, formula=_RULE)}
    begun, turns = day(bars, run.began), float(run.turns_until(row))
    return {
        "structure.sequence": fact_of(
            value=f"{WORDS[run.direction]} since {since_words(begun, bars.as_of)}",
            unit="word",
            meaning=meaning,
            formula=_RULE,
            date=begun,
            known_on=day(bars, run.known),
        ),
        "structure.sequence.turns": number(
            turns,
            "count",
            "confirmed swings of the sequence, each beyond the one before of its kind",
            "turns",
            inputs={"turns": turns},
        ),
    }


def _turn(bars: Bars, turns: Reversals, at: int, kind: Literal["high", "low"]) -> Fact:
    """A swing by reversal: the extreme of the bars from the turn before it to the one that confirms it."""
    row, known = int(turns.rows[at]), int(turns.known[at])
    return extreme_fact(bars, kind, row, (row, known), _MEANINGS[kind], known_on=day(bars, known))
