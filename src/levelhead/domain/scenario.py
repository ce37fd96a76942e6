"""The scenario table, the outlook by horizon, and the setups: a note's claims, grouped as a reader expects them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from levelhead.domain.claim import Chance

Bias = Literal["bullish", "cautiously bullish", "neutral", "cautiously bearish", "bearish"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One of three disjoint outcomes.

    said: the probability rounded to 5 % so that the three sum to 100 (largest remainder). target_low, target_high: where it
    leads; of the range, its two prices. title, trigger, comment: text with references.
    """

    name: Literal["up", "range", "down"]
    title: str
    trigger: str
    comment: str
    target_low: float
    target_high: float
    chance: Chance
    said: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioSet:
    """Three outcomes that exclude each other and leave no price to nobody.

    claim: the split they stand for. ends_on: the last session of the horizon. rule: resolution in words. decides: what would
    decide it, one sentence with references. undecided: share of paths left out because one bar reached both prices.
    """

    claim: str
    sessions: int
    ends_on: dt.date | None
    upper: float
    lower: float
    rule: str
    decides: str
    scenarios: tuple[Scenario, ...]
    undecided: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The bias over one horizon, why, and the price that would change it.

    up, flat, down: chances that the close after `sessions` lies above, within or below a quarter of the horizon's sigma
    around the last price. change_at: the close that would change the bias; None where nothing would within reason.
    """

    name: Literal["short term", "medium term", "long term"]
    sessions: int
    ends_on: dt.date | None
    bias: Bias
    reason: str
    change: str
    change_at: float | None
    up: Chance
    flat: Chance
    down: Chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target price, its distance in R, and the chance that it trades before the stop once the order is filled."""

    price: float
    r: float
    chance: Chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizing:
    """What one contract risks and how many the account allows; None where there is no contract or no account.

    risk: dollars from entry to stop with costs, one contract. contracts: how many fit. sentence: the answer in words.
    """

    symbol: str
    risk: float
    contracts: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """One trade worth showing, or the best of those tried.

    claim: the plan in the claim language. stop_atr: distance of the stop in ATR(14). expected_low, expected_high: mean result
    in R after costs over filled paths, all out at the first target, where every bar that may have gone two ways went the worse
    and the better; expected_error: Monte Carlo error of the former. base_low, base_high: the same over the instrument's own
    past at the same distances, base_count filled cases, base_windows of them not overlapping; base_error: the standard error
    of base_low when only those count. undecided: share of the filled paths whose end daily bars cannot show.
    """

    name: str
    title: str
    claim: str
    side: Literal["long", "short"]
    order: Literal["limit", "stop"]
    entry: float
    stop: float
    targets: tuple[Target, ...]
    fill: Chance
    fill_within: int
    exit_within: int
    stop_atr: float
    expected_low: float
    expected_high: float
    expected_error: float
    base_low: float | None
    base_high: float | None
    base_error: float | None
    base_count: int
    base_windows: int
    undecided: float
    reason: str
    sizing: tuple[Sizing, ...]
    sizing_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupTable:
    """Up to three plans that pay after costs; where none does, `none_because` says so and `best` is the best one tried."""

    plans: tuple[Setup, ...]
    tried: int
    none_because: str = ""
    best: Setup | None = None
