"""Roll rules side by side: what each makes of the same contracts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from levelhead.domain.adjustment import back_adjusted
from levelhead.domain.bars import Bars
from levelhead.domain.roll import Adjustment
from levelhead.domain.sessions import SessionTable
from levelhead.kernels.averages import latest_mean
from levelhead.market.continuous import continuous
from levelhead.market.contracts import Contract
from levelhead.market.rolls import RollRule

AVERAGES = (50, 100, 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """One rule's series. averages: by adjustment, then by number of bars; those the series is too short for are absent."""

    rule: RollRule
    bars: Bars
    averages: Mapping[Adjustment, Mapping[int, float]]


def compare_rules(
    contracts: Sequence[Contract], rules: Sequence[RollRule], *, sessions: SessionTable | None
) -> tuple[RuleResult, ...]:
    """The series of each rule, cut at the last day that all of them reach, and its averages in the three frames."""
    series = [continuous(contracts, rule, sessions=sessions) for rule in rules]
    last = min(bars.as_of for bars in series)
    cut = [bars.until(last) for bars in series]
    return tuple(RuleResult(rule=rule, bars=bars, averages=averages_of(bars)) for rule, bars in zip(rules, cut, strict=True))


def averages_of(bars: Bars) -> Mapping[Adjustment, Mapping[int, float]]:
    """The latest 50-, 100- and 200-day averages as traded and adjusted by difference and by ratio."""
    frames: tuple[Adjustment, ...] = ("none", "difference", "ratio")
    return {how: _averages(back_adjusted(bars, how)) for how in frames}


def days_apart(results: Sequence[RuleResult]) -> int:
    """On how many days the rules do not all quote the same contract."""
    days = np.unique(np.concatenate([result.bars.dates for result in results]))
    quoted = [np.array([_quoted(result.bars, day) for day in days]) for result in results]
    return int(np.count_nonzero(np.any([column != quoted[0] for column in quoted[1:]], axis=0))) if len(quoted) > 1 else 0


def _averages(bars: Bars) -> Mapping[int, float]:
    return {n: latest_mean(bars.close, n) for n in AVERAGES if len(bars) >= n}


def _quoted(bars: Bars, day: np.datetime64) -> int:
    """How many rolls lie at or before `day`."""
    return sum(1 for roll in bars.rolls if np.datetime64(roll.date) <= day)
